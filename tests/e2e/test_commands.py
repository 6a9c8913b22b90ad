"""The command line's fixed shapes and exit codes, on the real programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.programs import Central, DeskProgram

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def central(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Central]:
    with Central(tmp_path_factory.mktemp("commands") / "central") as started:
        yield started


@pytest.fixture(scope="module")
def desk(central: Central, tmp_path_factory: pytest.TempPathFactory) -> DeskProgram:
    made = DeskProgram(tmp_path_factory.mktemp("commands") / "desk")
    made.enrol(central, "Front desk")
    return made


def test_a_ticket_goes_through_all_commands(desk: DeskProgram, central: Central) -> None:
    taken = desk.run("take", "--phone", "07700 900118", "--fault", "Door seal leaks cold",
                     "--claim-amount", "8900", "--claim-currency", "GBP",
                     "--claim-ref", "4111 1111 1111 1111").json  # fmt: skip
    assert set(taken) >= {"ref", "ticket_id", "op_id", "state"}
    assert taken["state"] == "pending"

    noted = desk.run("note", taken["ref"], "Rang back, card 5555 5555 5555 4444").json
    moved = desk.run("set", taken["ref"], "place=12 Cotham Vale", "priority=high").json
    assert set(noted) == set(moved) == {"op_id", "state"}

    waiting = desk.run("outbox").json
    assert {"op_id", "kind", "lane", "state", "attempts", "reason", "since"} <= set(waiting[0])
    kinds = [row["kind"] for row in waiting]
    assert sorted(kinds) == ["contact.create", "ticket.create", "ticket.note", "ticket.set"]
    assert kinds.index("ticket.create") < kinds.index("ticket.note") < kinds.index("ticket.set")

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
    ):
        ended = desk.run(*words)
        problem = json.loads(ended.err)
        assert (ended.code, ended.out) == (3, ""), words
        assert problem["happened"][-1] in ".?", words


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
