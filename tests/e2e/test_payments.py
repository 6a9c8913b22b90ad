"""A claim from the call to its settlement, also offline, by the commands others script against."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from app.services.opened import OpenedDesk
from tests.support.desk_in_process import desk_in_process
from tests.support.programs import Central, DeskProgram, Ended

pytestmark = pytest.mark.e2e

SUPERVISOR = "nadia.holt"
TODAY = f"{datetime.now(UTC):%y%m%d}"


@pytest.fixture
async def desk(central: Central, tmp_path: Path) -> AsyncIterator[OpenedDesk]:
    """A desk that never saw its central again after it was enrolled: nothing of the seed's."""
    made = DeskProgram(tmp_path / "desk")
    made.enrol(central, "Offline desk")
    async with desk_in_process(made.profile, made.secret) as opened:
        yield opened.opened


async def run(desk: OpenedDesk, *words: str) -> Ended:
    """A command line as a running desk answers it."""
    code, text = await desk.run_command(list(words))
    return Ended(code, "" if code else text, text if code else "")


async def claim(desk: OpenedDesk, phone: str, name: str, amount: int) -> dict[str, Any]:
    """A ticket with a claim; its reference and ids."""
    words = ("--fault", "No picture", "--claim-amount", str(amount), "--claim-currency", "GBP")
    done: dict[str, Any] = (await run(desk, "take", "--phone", phone, "--name", name, *words)).json
    return done


def sta(folder: Path, *bookings: str, closing: str = "", name: str = "bank.sta") -> str:
    """An MT940 file of these `61` and `86` fields."""
    path = folder / name
    end = f":62F:C{TODAY}GBP{closing}\n" if closing else ""
    text = ":20:S\n:25:20-00-00/12345678\n:28C:1/1\n"
    text += f":60F:C{TODAY}GBP1000,00\n" + "".join(bookings) + end
    path.write_text(text, encoding="utf-8")
    return str(path)


def booking(amount: str, text: str, payer: str = "") -> str:
    return f":61:{TODAY}C{amount}NTRFNONREF\n:86:166?00CREDIT?20{text}?32{payer}\n"


def counts(ended: Ended) -> tuple[int, int, int, int]:
    found = ended.json
    return (
        found["already_seen"], found["matched"], found["suggested"], found["unmatched"],
    )  # fmt: skip


async def test_a_statement_settles_its_claim_offline_and_once(
    desk: OpenedDesk, tmp_path: Path
) -> None:
    erika = await claim(desk, "07700 900118", "Erika Muster", 4900)
    paul = await claim(desk, "07700 900119", "Paul Other", 7900)
    path = sta(
        tmp_path,
        booking("49,00", f"Ref {erika['ref'].replace('-', ' ')}", "ERIKA MUSTER"),
        booking("79,00", "thanks", "P OTHER"),
        booking("5,00", "gift", "SOMEBODY"),
        closing="1133,00",
    )
    assert counts(await run(desk, "statement", path)) == (0, 1, 1, 1)
    assert counts(await run(desk, "statement", path)) == (0, 1, 1, 1)  # a look changes nothing
    before = {one["ref"]: one for one in (await run(desk, "claims")).json}
    assert before.keys() == {erika["ref"], paul["ref"]}
    assert before[erika["ref"]]["state"] == "not_verified"
    assert before[erika["ref"]]["next_steps"] == ["check", "call_back"]

    assert counts(await run(desk, "statement", path, "--apply")) == (0, 1, 1, 1)
    assert counts(await run(desk, "statement", path, "--apply")) == (3, 0, 0, 0)
    (left,) = (await run(desk, "claims")).json
    assert left["ref"] == paul["ref"]
    assert left["choices"][0]["reasons"] == ["amount", "day", "name_part"]
    every = {one["ref"]: one for one in (await run(desk, "claims", "--all")).json}
    assert every[erika["ref"]]["state"] == "verified"
    assert every[erika["ref"]]["settled_by"]["amount"] == 4900

    longer = sta(
        tmp_path,
        booking("49,00", f"Ref {erika['ref'].replace('-', ' ')}", "ERIKA MUSTER"),
        booking("79,00", f"for {paul['ref']}", "P OTHER"),
        closing="1128,00",
        name="overlapping.sta",
    )
    assert counts(await run(desk, "statement", longer, "--apply"))[0] == 1


async def test_a_statement_that_does_not_add_up_is_refused_whole(
    desk: OpenedDesk, tmp_path: Path
) -> None:
    erika = await claim(desk, "07700 900118", "Erika Muster", 4900)
    paid = booking("49,00", erika["ref"], "ERIKA MUSTER")
    wrong = sta(tmp_path, paid, closing="1050,00")
    shown = await run(desk, "statement", wrong)
    assert shown.code == 0
    assert shown.json["statements"][0]["balances"] == "differ"
    refused = await run(desk, "statement", wrong, "--apply", "--yes")
    assert (refused.code, refused.out) == (3, "")
    open_end = sta(tmp_path, paid)
    refused = await run(desk, "statement", open_end, "--apply")
    assert refused.code == 3
    assert "--yes" in json.loads(refused.err)["todo"]
    assert [one["state"] for one in (await run(desk, "claims")).json] == ["not_verified"]
    assert counts(await run(desk, "statement", open_end, "--apply", "--yes"))[1] == 1
    assert (await run(desk, "claims")).json == []


async def test_the_meter_and_the_caps_follow_the_claims(desk: OpenedDesk) -> None:
    (empty,) = (await run(desk, "exposure")).json["currencies"]
    assert (empty["currency"], empty["total"]) == ("GBP", 0)
    assert empty["worst_case"] >= empty["worst_case_visits"] > 0
    made = [await claim(desk, "07700 900118", "Erika Muster", 1000) for _ in range(3)]
    found = (await run(desk, "exposure")).json
    (meter,) = found["currencies"]
    assert (meter["tickets"], meter["claimed"]) == (3, 3000)
    assert meter["total"] == meter["visits"] + 3000
    assert meter["visits"] == 3 * 8500
    held = {one["ref"]: one for one in (await run(desk, "claims")).json if one["held"]}
    assert held.keys() == {made[2]["ref"]}
    assert held[made[2]["ref"]]["held"] == ["customer_count"]
    assert held[made[2]["ref"]]["asked"] == SUPERVISOR

    for one in made[1:]:
        assert (await make_ready(desk, one["ref"])).code == 0
    assert (await schedule(desk, made[1]["ref"])).code == 0
    refused = await schedule(desk, made[2]["ref"])
    assert refused.code == 3
    assert "Nadia Holt" in json.loads(refused.err)["todo"]
    waive = ("rule", held[made[2]["ref"]]["claim_id"], "waived", "--as", SUPERVISOR)
    assert (await run(desk, *waive)).code == 0
    assert (await schedule(desk, made[2]["ref"])).code == 0
    danger = (await run(desk, "take", "--phone", "07700 900118", "--name", "Erika Muster",
                      "--fault", "It smells of gas", "--claim-amount", "1000")).json  # fmt: skip
    assert (await schedule(desk, danger["ref"])).code == 0


async def make_ready(desk: OpenedDesk, ref: str) -> Ended:
    return await run(desk, "set", ref, "place=12 Mill Road", "model_words=tv", "status=ready")


async def schedule(desk: OpenedDesk, ref: str) -> Ended:
    return await run(desk, "set", ref, "status=scheduled")


async def test_a_ruling_is_a_supervisors_and_can_be_taken_back(desk: OpenedDesk) -> None:
    await claim(desk, "07700 900118", "Erika Muster", 4900)
    (one,) = (await run(desk, "claims")).json
    rule = ("rule", one["claim_id"])
    agent = await run(desk, *rule, "waived", "--as", "ellen.marsh")
    assert json.loads(agent.err)["error"] == "not-allowed"
    words = ("--reason", "Known for years", "--as", SUPERVISOR)
    assert (await run(desk, *rule, "waived", *words)).json["state"] == "pending"
    assert (await run(desk, "claims")).json == []
    assert (await run(desk, *rule, "unpaid")).code == 3
    assert (await run(desk, *rule, "not_verified")).code == 0
    (again,) = (await run(desk, "claims")).json
    assert again["state"] == "not_verified"
    assert (await run(desk, "exposure")).json["currencies"][0]["tickets"] == 1


async def test_danger_goes_out_even_when_nobody_paid(desk: OpenedDesk) -> None:
    words = ("--name", "Erika Muster", "--fault", "It smells of gas", "--claim-amount", "1000")
    gas = (await run(desk, "take", "--phone", "07700 900118", *words)).json
    await claim(desk, "07700 900119", "Paul Other", 2000)
    calm = next(one for one in (await run(desk, "claims")).json if one["ref"] != gas["ref"])
    for one in (await run(desk, "claims")).json:
        rule = ("rule", one["claim_id"], "unpaid", "--as", SUPERVISOR)
        assert (await run(desk, *rule)).code == 0
    assert (await make_ready(desk, calm["ref"])).code == 0
    assert (await schedule(desk, calm["ref"])).code == 3
    assert (await schedule(desk, gas["ref"])).code == 0


async def test_the_outage_report_counts_what_was_taken(desk: OpenedDesk, tmp_path: Path) -> None:
    await claim(desk, "07700 900118", "Erika Muster", 1000)
    await run(desk, "take", "--phone", "07700 900119", "--fault", "It smells of gas")
    span = ("report", "--since", "2020-01-01T00:00:00Z", "--until", "2099-01-01T00:00:00Z")
    found = (await run(desk, *span)).json
    assert (found["taken"], found["completed"], found["unresolved"]) == (2, 1, 1)
    assert found["by_agent_and_hour"][0]["agent"] == "ellen.marsh"
    assert found["handling"]["outage"]["calls"] == 2
    assert found["exposure"][0]["claimed"] == 1000
    path = tmp_path / "report.csv"
    assert (await run(desk, *span, "--csv", str(path))).code == 3  # an agent takes nothing out
    assert not path.exists()
    assert (await run(desk, *span, "--csv", str(path), "--as", SUPERVISOR)).code == 0
    assert path.read_text(encoding="utf-8").splitlines()[1].endswith('"2","1","1"')
    assert (await run(desk, "report", "--since", "now", "--until", "then")).code == 3


async def test_the_work_list_asks_for_what_is_missing(desk: OpenedDesk) -> None:
    await run(desk, "take", "--phone", "07700 900118", "--fault", "No picture")
    danger = (
        await run(desk, "take", "--phone", "07700 900119", "--fault", "It smells of gas")
    ).json
    rows = (await run(desk, "enrich")).json
    assert [one["missing"] for one in rows] == [["place", "device", "coverage"]] * 2
    # It is ready with parts missing and goes out; whoever goes still needs the place first.
    assert [one["ref"] for one in rows if one["danger"]] == [rows[0]["ref"]] == [danger["ref"]]


async def test_paper_written_in_the_dark_keeps_its_reference_and_time(desk: OpenedDesk) -> None:
    refs = (await run(desk, "blanks", "3")).json["reserved"]
    assert len(set(refs)) == 3
    phone = ("take", "--phone", "07700 900118", "--fault", "No picture")
    between = (await run(desk, *phone)).json["ref"]
    assert between not in refs
    when = "2026-11-01T10:42:00Z"
    paper = (*phone, "--ref", refs[1].lower(), "--happened-at", when)
    assert (await run(desk, *paper)).json["ref"] == refs[1]
    ticket = (await run(desk, "ticket", refs[1])).json
    assert ticket["fields"]["happened_at"].startswith("2026-11-01T10:42:00")
    assert (await run(desk, "blanks")).json["open"] == [refs[0], refs[2]]
    again = await run(desk, *paper)
    assert (again.code, "already" in again.err) == (3, True)
    assert (await run(desk, *phone, "--ref", between)).code == 3
    assert (await run(desk, "blanks", "0")).code == 3
    foreign = await run(desk, *phone, "--ref", refs[0].replace("-", "-1", 1))
    assert foreign.code == 3
    assert (await run(desk, "blanks")).json["open"] == [refs[0], refs[2]]


async def test_a_claim_is_settled_rejected_and_reopened_by_command(
    desk: OpenedDesk, tmp_path: Path
) -> None:
    erika = await claim(desk, "07700 900118", "Erika Muster", 4900)
    ref = erika["ref"]
    path = sta(
        tmp_path,
        booking("49,00", "thank you", "E MUSTER"),
        booking("730,00", "rent", "HAUSVERWALTUNG"),
        closing="1779,00",
    )
    assert (await run(desk, "statement", path, "--apply")).code == 0
    lines = (await run(desk, "claims", "lines", ref.lower())).json
    assert [one["likely"] for one in lines] == [True, False]
    assert lines[0]["reasons"] == ["amount", "day", "name_part"]
    payment = lines[0]["payment"]
    done = (await run(desk, "claims", "settle", ref, payment, "--as", SUPERVISOR)).json
    assert (done["claim_state"], done["open"]) == ("verified", 0)
    again = await run(desk, "claims", "settle", ref, payment)
    assert (again.code, again.out) == (3, "")
    assert (await run(desk, "claims", "reopen", ref)).json["claim_state"] == "not_verified"
    assert (await run(desk, "claims", "reject", ref, payment)).code == 0
    left = (await run(desk, "claims", "lines", ref)).json
    assert payment not in [one["payment"] for one in left]
    assert (await run(desk, "claims", "reopen", done["claim_id"])).code == 0
    nothing = await run(desk, "claims", "reopen", ref)
    assert (nothing.code, "Nobody has decided" in nothing.err) == (3, True)
    assert (await run(desk, "claims", "reject", ref)).code == 3
    assert (await run(desk, "claims", "settle", "ZZ-1-1", payment)).code == 3
    ruled = await run(desk, "rule", done["claim_id"], "waived", "--as", SUPERVISOR)
    assert ruled.code == 0
    assert (await run(desk, "claims", "reopen", ref)).json["claim_state"] == "not_verified"


async def test_a_payment_settled_by_itself_is_rejected_without_naming_it(
    desk: OpenedDesk, tmp_path: Path
) -> None:
    erika = await claim(desk, "07700 900118", "Erika Muster", 4900)
    paid = sta(tmp_path, booking("49,00", erika["ref"], "ERIKA MUSTER"), closing="1049,00")
    assert counts(await run(desk, "statement", paid, "--apply"))[1] == 1
    done = (await run(desk, "claims", "reject", erika["ref"])).json
    assert (done["claim_state"], done["open"]) == ("not_verified", 4900)


async def test_evidence_is_kept_listed_and_written_out_by_command(
    desk: OpenedDesk, tmp_path: Path
) -> None:
    words = ("--claim-amount", "4900", "--claim-currency", "GBP", "--claim-provider", "Northgate")
    proof = ("--claim-paid-on", "2026-11-18", "--claim-last4", "4111 1111 1111 1111")
    take = ("take", "--phone", "07700 900118", "--fault", "No picture")
    ref = (await run(desk, *take, *words, *proof)).json["ref"]
    said = (await run(desk, "ticket", ref)).json["fields"]["claims"][0]
    assert (said["provider"], said["paid_on"], said["last4"]) == ("Northgate", "2026-11-18", "1111")
    assert (await run(desk, *take, *words, "--claim-paid-on", "last week")).code == 3
    receipt = tmp_path / "receipt.txt"
    receipt.write_text("paid with 4111 1111 1111 1111", encoding="utf-8")
    kept = await run(desk, "claims", "evidence", ref, str(receipt))
    assert kept.code == 0
    (file,) = (await run(desk, "claims", "evidence", ref)).json
    assert (file["name"], file["kind"], file["here"]) == ("receipt.txt", "text", True)
    copy = ("claims", "copy", ref, file["file_id"], str(tmp_path / "out.txt"))
    assert (await run(desk, *copy, "--as", "ellen.marsh")).code == 3
    assert (await run(desk, *copy, "--as", SUPERVISOR)).code == 0
    assert (tmp_path / "out.txt").read_text("utf-8") == "paid with [card ending 1111]"
    assert (await run(desk, "claims", "evidence", ref, str(tmp_path / "none"))).code == 3


async def test_a_claim_outlives_the_merge_of_its_ticket(desk: OpenedDesk, tmp_path: Path) -> None:
    """Merged into a ticket without one: listed, counted, held and settled there until undone."""
    erika = await claim(desk, "07700 900118", "Erika Muster", 7000)
    phone = ("take", "--phone", "07700 900119", "--fault", "No picture")
    left = (await run(desk, *phone)).json
    before = (await run(desk, "exposure")).json
    (alone,) = (await run(desk, "claims")).json
    due = (await run(desk, "catch-up")).json

    assert (await run(desk, "merge", erika["ref"], left["ref"])).code == 0
    (merged,) = (await run(desk, "claims")).json
    assert merged == {**alone, "ref": left["ref"], "ticket_id": merged["ticket_id"]}
    assert (await run(desk, "exposure")).json == before
    after = (await run(desk, "catch-up")).json
    assert after["exposure"] == due["exposure"]
    assert [one["ref"] for one in after["claims"]] == [left["ref"]]

    rule = ("rule", alone["claim_id"], "unpaid", "--as", SUPERVISOR)
    assert (await run(desk, *rule)).code == 0
    assert (await make_ready(desk, left["ref"])).code == 0
    assert (await schedule(desk, left["ref"])).code == 3
    assert (await run(desk, "claims", "reopen", erika["ref"], "--as", SUPERVISOR)).code == 0
    assert (await schedule(desk, left["ref"])).code == 0

    receipt = tmp_path / "receipt.txt"
    receipt.write_text("paid", encoding="utf-8")
    assert (await run(desk, "claims", "evidence", left["ref"], str(receipt))).code == 0
    path = sta(tmp_path, booking("70,00", f"Ref {erika['ref']}", "ERIKA MUSTER"))
    assert counts(await run(desk, "statement", path)) == (0, 1, 0, 0)

    assert (await run(desk, "unmerge", erika["ref"])).code == 0
    (back,) = (await run(desk, "claims")).json
    assert back["ref"] == erika["ref"]
    (file,) = (await run(desk, "claims", "evidence", erika["ref"])).json
    assert (file["name"], file["here"]) == ("receipt.txt", True)
    assert (await run(desk, "exposure")).json == before


async def test_a_merge_does_not_end_a_claim_in_silence(desk: OpenedDesk) -> None:
    """Into a closed ticket only once the claim is settled."""
    erika = await claim(desk, "07700 900118", "Erika Muster", 7000)
    phone = ("take", "--phone", "07700 900119", "--fault", "No picture")
    closed = (await run(desk, *phone)).json
    assert (await run(desk, "set", closed["ref"], "status=closed")).code == 0
    refused = await run(desk, "merge", erika["ref"], closed["ref"])
    assert (refused.code, "closed" in refused.err) == (3, True)
    (still,) = (await run(desk, "claims")).json
    assert still["ref"] == erika["ref"]
    rule = ("rule", still["claim_id"], "waived", "--as", SUPERVISOR)
    assert (await run(desk, *rule)).code == 0
    assert (await run(desk, "merge", erika["ref"], closed["ref"])).code == 0
