"""The command line's fixed shapes and exit codes, on the real programs."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command_here import run_here
from tests.support.programs import ROOT, Central, DeskProgram, Ended, environment
from tests.support.sentences import REFUSED_EXIT, must_say

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def desk(central: Central, tmp_path_factory: pytest.TempPathFactory) -> DeskProgram:
    made = DeskProgram(tmp_path_factory.mktemp("commands") / "desk")
    made.enrol(central, "Front desk")
    return made


def test_a_ticket_goes_through_all_commands(desk: DeskProgram, central: Central) -> None:
    assert desk.run("sync", "--once").json["waiting"] == 0  # whatever another story left
    taken = desk.run("take", "--phone", "07700 900118", "--fault", "Door seal leaks cold",
                     "--claim-amount", "8900", "--claim-currency", "GBP",
                     "--claim-ref", "4111 1111 1111 1111").json  # fmt: skip
    assert set(taken) >= {"ref", "ticket_id", "op_id", "state"}
    assert taken["state"] == "pending"
    thread = desk.run("ticket", taken["ref"]).json["thread"]
    assert {one["kind"]: one["state"] for one in thread} == {
        "call": "Saved here", "claim": "Saved here",
    }  # fmt: skip

    noted = desk.run("note", taken["ref"], "Rang back, card 5555 5555 5555 4444").json
    moved = desk.run("set", taken["ref"], "place=12 Cotham Vale", "priority=high").json
    assert set(noted) == set(moved) == {"op_id", "state"}

    waiting = desk.run("outbox").json
    assert {"op_id", "kind", "lane", "state", "attempts", "reason", "since"} <= set(waiting[0])
    kinds = [row["kind"] for row in waiting]
    assert kinds == ["ticket.create", "contact.create", "ticket.note", "ticket.set"]

    report = desk.run("sync", "--once").json
    assert report["pushed"] == 4
    assert report["waiting"] == report["needs_review"] == 0
    assert set(report["services"]) == {
        "tickets", "customers", "catalog", "billing", "experts", "notifications",
    }  # fmt: skip
    state = report["services"]["tickets"]
    assert {"state", "as_of", "position", "endpoint"} <= set(state)
    assert state["state"] == "up"

    ticket = desk.run("ticket", taken["ref"].lower()).json
    assert ticket["state"] == "Sent"
    assert ticket["fields"]["place"] == "12 Cotham Vale"
    assert ticket["as_of"]["payment"]["stale"] is False
    assert ticket["fields"]["claims"][0]["reference"] == "[card ending 1111]"

    found = desk.run("search", "door seal", "--limit", "5").json
    assert [row["ref"] for row in found["tickets"]] == [taken["ref"]]
    assert {"ref", "ticket_id", "fault", "state"} <= set(found["tickets"][0])

    truth = [line for line in central.ledger() if line["ref"] == taken["ref"]]
    assert len(truth) == 1
    assert truth[0]["fields"]["priority"] == "high"
    assert "4444" in truth[0]["fields"]["notes"][0]["text"]
    assert "5555" not in json.dumps(truth[0])


def test_a_slip_in_the_words_exits_2_and_a_refusal_3(desk: DeskProgram) -> None:
    assert desk.run("take", "--frobnicate").code == 2
    assert desk.run("nonsense").code == 2
    for words in (
        ("take", "--phone", "07700 900118"),
        ("take", "--fault", "x"),
        ("note", "K7-0001-A", "x"),
        ("ticket", "K7-9999-9"),
        ("take", "--phone", "1", "--fault", "x", "--happened-at", "yesterday"),
        ("take", "--phone", "hello", "--dropped"),
    ):
        ended = desk.run(*words)
        problem = json.loads(ended.err)
        assert (ended.code, ended.out) == (3, ""), words
        assert problem["happened"][-1] in ".?", words


def test_what_nobody_reads_to_its_end_is_no_fault(desk: DeskProgram) -> None:
    """Given a reader that is gone, as `head` is after its lines, then the command ends in order."""
    with desk.start("people") as command:
        assert command.stdout is not None
        assert command.stderr is not None
        command.stdout.close()
        assert command.stderr.read() == ""
    assert command.returncode == 0


def test_roles_are_checked_in_the_services(desk: DeskProgram) -> None:
    refused = desk.run("take", "--phone", "07700 900118", "--fault", "x", "--as", "ada.quist")
    assert refused.code == 3
    assert json.loads(refused.err)["error"] == "not-allowed"
    assert desk.run("take", "--phone", "1", "--fault", "x", "--as", "nobody").code == 3
    assert desk.run("export", "--as", "ellen.marsh", str(desk.profile / "out")).code == 3
    back = desk.run("take", "--phone", "07700 900118", "--fault", "ok", "--as", "ellen.marsh")
    assert back.code == 0


def test_a_dropped_call_is_a_call_back_without_a_ticket(desk: DeskProgram) -> None:
    taken = desk.run("take", "--phone", "07700 900451", "--dropped").json
    assert taken["ref"] is None
    assert taken["op_id"]
    kinds = [row["kind"] for row in desk.run("outbox").json]
    assert "contact.create" in kinds


def test_an_unsent_ticket_can_be_withdrawn_and_replaced(central: Central, tmp_path: Path) -> None:
    desk = DeskProgram(tmp_path / "desk")
    desk.enrol(central)
    gone = desk.run("take", "--phone", "07700 900118", "--fault", "first").json
    assert desk.run("outbox", "withdraw", gone["op_id"]).json["state"] == "withdrawn"
    kept = desk.run("take", "--phone", "07700 900118", "--fault", "second").json
    fresh = desk.run("outbox", "replace", kept["op_id"], "fault=third").json
    assert fresh["op_id"] != kept["op_id"]
    assert "third" in [row["words"] for row in desk.run("outbox").json], "as the agent said it"
    assert desk.run("sync", "--once").json["waiting"] == 0
    refs = {line["ref"]: line["fields"]["fault"] for line in central.ledger()}
    assert gone["ref"] not in refs
    assert refs[kept["ref"]] == "third"


def test_store_faults_exit_4_with_a_sentence(central: Central, tmp_path: Path) -> None:
    nowhere = DeskProgram(tmp_path / "nothing")
    absent = nowhere.run("status")
    assert (absent.code, json.loads(absent.err)["error"]) == (4, "store-absent")
    desk = DeskProgram(tmp_path / "desk")
    desk.enrol(central)
    again = desk.run("enrol", "--central", central.url, "--code", "let-me-in")
    assert again.code == 4
    desk.secret.write_text("another passphrase")
    wrong = desk.run("status")
    assert (wrong.code, json.loads(wrong.err)["error"]) == (4, "store-key-wrong")


def test_a_wrong_code_makes_no_desk(central: Central, tmp_path: Path) -> None:
    desk = DeskProgram(tmp_path / "desk")
    refused = desk.run("enrol", "--central", central.url, "--code", "guess")
    assert refused.code == 3
    assert not desk.profile.exists()


def test_enrolling_that_cannot_succeed_asks_central_for_nothing(
    central: Central, tmp_path: Path
) -> None:
    desk = DeskProgram(tmp_path / "desk")
    nowhere = run_here(desk, "enrol", "--central", "http://127.0.0.1:9", "--code", "let-me-in")
    must_say(nowhere, REFUSED_EXIT, "central-unavailable")
    slip = run_here(desk, "enrol", "--central", "central.example", "--code", "let-me-in")
    assert "https://" in must_say(slip, REFUSED_EXIT, "invalid")["todo"]
    before = len(_desks(central))
    line = [
        "enrol",
        "--profile",
        str(desk.profile),
        "--central",
        central.url,
        "--code",
        "let-me-in",
    ]
    without = subprocess.run(
        [sys.executable, "-m", "app", *line], capture_output=True, text=True, check=False,
        cwd=ROOT, env=environment(DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent"), timeout=120,
    )  # fmt: skip
    must_say(Ended(without.returncode, without.stdout, without.stderr), REFUSED_EXIT,
             "secrets-unavailable")  # fmt: skip
    assert len(_desks(central)) == before
    assert not desk.profile.exists()


def _desks(central: Central) -> list[object]:
    """The desks that central's ledger knows."""
    with sqlite3.connect(central.data / "ledger.db") as ledger:
        return ledger.execute("SELECT * FROM desk").fetchall()


def test_who_calls_for_somebody_hides_nobodys_name(desk: DeskProgram, central: Central) -> None:
    """Given a caller who is not the customer, both names are kept, shown, found and sent."""
    taken = desk.run("take", "--phone", "07700 900119", "--name", "José Ánimo", "--fault",
                     "No picture", "--caller", "Bob Neighbour").json  # fmt: skip
    shown = desk.run("ticket", taken["ref"]).json
    assert shown["customer"] == "José Ánimo"
    for name in ("José", "Neighbour"):
        found = desk.run("search", name).json
        assert taken["ref"] in [hit["ref"] for hit in found["tickets"]], name
    assert desk.run("sync", "--once").json["waiting"] == 0
    (line,) = [line for line in central.ledger() if line["ref"] == taken["ref"]]
    fields = line["fields"]
    assert (fields["customer_name"], fields["caller_name"]) == ("José Ánimo", "Bob Neighbour")


def test_what_a_ticket_needs_is_not_taken_away(desk: DeskProgram) -> None:
    """Central would refuse it, with everything behind it in the ticket's lane."""
    reference = desk.run("take", "--phone", "07700 900120", "--fault", "Hums").json["ref"]
    for name in ("fault", "status", "priority", "safety"):
        ended = desk.run("set", reference, f"{name}=")
        assert (ended.code, json.loads(ended.err)["error"]) == (3, "invalid"), name
    assert desk.run("set", reference, "place=").code == 0


def test_half_a_claim_is_no_claim(desk: DeskProgram) -> None:
    for half in (("--claim-currency", "EUR"), ("--claim-ref", "TX-1")):
        words = ("take", "--phone", "1", "--fault", "x", *half)
        said = must_say(run_here(desk, *words), REFUSED_EXIT, "invalid")
        assert "claim_amount" in said["fields"]


def test_what_was_taken_out_is_recorded_for_those_who_may_look(
    central: Central, tmp_path: Path
) -> None:
    desk = DeskProgram(tmp_path / "desk")
    desk.enrol(central)
    assert run_here(desk, "backup", str(tmp_path / "copy")).code == 0
    assert run_here(desk, "export").code == REFUSED_EXIT
    assert run_here(desk, "export", str(tmp_path / "out"), "--as", "ada.quist").code == 0
    record = run_here(desk, "export").json
    assert [(one["by"], one["what"]) for one in record] == [
        ("ellen.marsh", "backup"), ("ada.quist", "tickets"),
    ]  # fmt: skip
    assert run_here(desk, "backup", str(tmp_path / "another")).code == REFUSED_EXIT


def test_a_backup_is_restored_under_a_spare_code(central: Central, tmp_path: Path) -> None:
    desk = DeskProgram(tmp_path / "desk")
    first = desk.enrol(central)
    before = desk.run("take", "--phone", "07700 900118", "--fault", "before").json
    assert desk.run("backup", str(tmp_path / "copy")).code == 0
    copy = DeskProgram(tmp_path / "restored")
    restored = copy.run("restore", str(tmp_path / "copy")).json
    assert restored["desk_code"] != first["desk_code"]
    after = copy.run("take", "--phone", "07700 900118", "--fault", "after").json
    assert after["ref"].split("-")[0] == restored["desk_code"] != before["ref"].split("-")[0]
    assert copy.run("ticket", before["ref"]).json["fault"] == "before"


def test_the_organisations_key_opens_a_store_whose_passphrase_is_lost(tmp_path: Path) -> None:
    with Central(tmp_path / "central") as central:
        desk = DeskProgram(tmp_path / "desk")
        desk.enrol(central)
        desk.secret.write_text("forgotten")
        assert desk.run("status").code == 4
        fresh = tmp_path / "fresh"
        fresh.write_text("a new one")
        done = desk.run("recover", "--recovery-key-file", str(central.data / "recovery.key"),
                        "--new-passphrase-file", str(fresh))  # fmt: skip
        assert done.code == 0, done.err
        desk.secret.write_text("a new one")
        assert desk.run("status").code == 0


def test_doctor_says_how_things_are(desk: DeskProgram) -> None:
    found = desk.run("doctor").json
    assert found["store"] == "healthy"
    assert all(one["answers"] for one in found["endpoints"].values())
    assert isinstance(found["clock_offset_ms"], int)
