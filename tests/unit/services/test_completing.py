"""Reduced tickets completed, customers merged, experts told by phone, over the real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.domain.call import Claim
from app.domain.central_services import Aggregate, Service
from app.domain.errors import EnvironmentFault, Invalid, NotAllowed, NotFound, Refused
from app.domain.evidence import LARGEST_BYTES
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.payments.claims import ClaimState
from app.domain.payments.policy import PaymentPolicy
from app.domain.payments.statements import Statement, StatementFile, StatementLine, bank_date
from app.domain.tickets import Missing, missing_parts
from app.domain.times import HOUR, to_rfc3339
from app.providers.phones import LibPhoneNumbers
from app.services.desk import Desk, Tools
from app.services.enrichment import Enrichment
from app.services.evidence import Evidence
from app.services.merging import Merging
from app.services.payments import Payments
from app.services.settlements import Settlements
from app.services.tickets import Tickets
from app.services.visits import Visits, sheet_of
from tests.support.store_desk import IDENTITY, StoreDesk, item, ticket_fields, tombstone
from tests.support.ui_desk import CONFIGURATION, ELLEN, TOM, CountedIds, FixedClock
from tests.support.virtual_time import NOON

EXPERT: dict[str, Json] = {
    "name": "Rosa Beck", "area": "Leeds", "phones": ["+447700900901", "+447700900902"],
    "skills": ["television"], "roster": ["Mon-Fri 08:00-17:00"],
}  # fmt: skip
KNOWN: dict[str, Json] = {
    "name": "Ann Miller", "phones": ["+447700900118"], "address": "12 Mill Road", "city": "Leeds",
}  # fmt: skip


@dataclass
class Bench:
    """A store with services on it."""

    held: StoreDesk
    desk: Desk

    def ticket(self, **fields: Json) -> str:
        """A ticket nothing but these is known of."""
        ticket = self.held.ids.new_id()
        fields = {"reference": "K7-0001-M", "status": "to_complete", "happened_at":
                  to_rfc3339(NOON), "desk": "desk-1", **fields}  # fmt: skip
        self.held.decide("ticket.create", ticket, fields)
        return ticket

    def fields(self, ticket: str) -> dict[str, Json]:
        return dict(self.held.fields(ticket))


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    held = StoreDesk.made(tmp_path)
    tools = Tools(FixedClock(NOON), CountedIds(), LibPhoneNumbers())
    yield Bench(held, Desk(held.store, tools, IDENTITY, CONFIGURATION))
    held.store.close_now()


async def test_each_missing_part_is_one_answer_and_the_last_makes_it_ready(bench: Bench) -> None:
    enrichment, ticket = Enrichment(bench.desk), bench.ticket(fault="No picture")
    answers = {
        Missing.REACHABLE: "07700 900118",
        Missing.PLACE: "12 Mill Road",
        Missing.DEVICE: "the small Hisense",
        Missing.COVERAGE: "waived",
    }
    assert missing_parts(bench.fields(ticket)) == tuple(answers)
    for part, said in answers.items():
        assert bench.fields(ticket)["status"] == "to_complete"
        done = await enrichment.answer(ticket, part, said, ELLEN)
        assert part not in missing_parts(bench.fields(ticket))
        assert done.ready is (part is Missing.COVERAGE)
    found = bench.fields(ticket)
    assert found["status"] == "ready"
    assert found["caller_e164"] == "+447700900118"
    assert found["model_words"] == "the small Hisense"


async def test_words_instead_of_a_number_say_how_to_reach_them(bench: Bench) -> None:
    ticket = bench.ticket()
    await Enrichment(bench.desk).answer(ticket, Missing.REACHABLE, "the neighbour, 2b", ELLEN)
    assert bench.fields(ticket)["reachable"] == "the neighbour, 2b"
    with pytest.raises(Invalid):
        await Enrichment(bench.desk).answer(ticket, Missing.PLACE, "  ", ELLEN)
    with pytest.raises(Invalid):
        await Enrichment(bench.desk).answer(ticket, Missing.COVERAGE, "perhaps", ELLEN)
    with pytest.raises(NotFound):
        await Enrichment(bench.desk).answer("nowhere", Missing.PLACE, "here", ELLEN)


async def test_a_claim_taken_later_covers_it_and_has_no_card(bench: Bench) -> None:
    ticket = bench.ticket()
    claim = Claim(8900, "GBP", "paid 4111 1111 1111 1111", "card", "2026-11-20", "00004242")
    await Enrichment(bench.desk).claim(ticket, claim, ELLEN)
    found = bench.fields(ticket)
    assert found["coverage"] == "claimed"
    assert "'last4': '4242'" in str(found["claims"])
    assert "4111" not in str(found["claims"])
    (view,) = (await Payments(bench.desk).work()).claims
    assert view.state is ClaimState.NOT_VERIFIED


async def test_a_provisional_customer_is_merged_into_the_known_one_and_back(bench: Bench) -> None:
    bench.held.feed(
        item("known", 5, KNOWN, aggregate=Aggregate.CUSTOMER), service=Service.CUSTOMERS
    )
    enrichment = Enrichment(bench.desk)
    ticket = bench.ticket(caller_name="A Miller", caller_phone="07700 900118")
    await enrichment.make_provisional(ticket, ELLEN)
    own = str(bench.fields(ticket)["customer_id"])
    assert bench.held.fields(own, Aggregate.CUSTOMER)["provisional"] is True
    merged = await enrichment.know(ticket, "known", ELLEN)
    detail = await Tickets(bench.desk).detail(ticket)
    assert detail is not None
    assert detail.customer is not None
    assert detail.customer.name == "Ann Miller"
    assert bench.fields(ticket)["customer_id"] == own  # nothing that points at either is rewritten
    assert bench.fields(ticket)["place"] == "12 Mill Road, Leeds"
    assert merged.op_id
    await Merging(bench.desk).unmerge_customer(own, ELLEN)
    detail = await Tickets(bench.desk).detail(ticket)
    assert detail is not None
    assert detail.customer is not None
    assert detail.customer.id == own


async def test_somebody_nobody_knew_is_linked_and_fills_what_is_missing(bench: Bench) -> None:
    bench.held.feed(
        item("known", 5, KNOWN, aggregate=Aggregate.CUSTOMER), service=Service.CUSTOMERS
    )
    ticket = bench.ticket(place="at the office")
    await Enrichment(bench.desk).know(ticket, "known", ELLEN)
    found = bench.fields(ticket)
    assert (found["customer_id"], found["place"]) == ("known", "at the office")
    assert found["caller_phone"] == "+447700900118"
    with pytest.raises(NotFound):
        await Enrichment(bench.desk).know(ticket, "nobody", ELLEN)


# --- visits -------------------------------------------------------------------------------------


def window() -> tuple[Millis, Millis]:
    return Millis(NOON + HOUR), Millis(NOON + 5 * HOUR)


async def test_an_expert_is_told_by_phone_and_the_ticket_is_planned(bench: Bench) -> None:
    bench.held.feed(item("rosa", 5, EXPERT, aggregate=Aggregate.EXPERT), service=Service.EXPERTS)
    visits = Visits(bench.desk)
    (rosa,) = await visits.roster()
    assert rosa.phones == ("+447700900901", "+447700900902")
    assert (rosa.area, rosa.skills, rosa.roster) == (
        "Leeds", ("television",), ("Mon-Fri 08:00-17:00",),
    )  # fmt: skip
    ticket = bench.ticket(status="ready", fault="No picture", place="Leeds")
    told_at = Millis(NOON - 60_000)
    await visits.told_by_phone(ticket, rosa.id, window(), ELLEN, told_at)
    detail = await Tickets(bench.desk).detail(ticket)
    assert detail is not None
    (visit,) = detail.visits
    assert (visit.expert, visit.state, visit.told_at) == ("Rosa Beck", "told_by_phone", told_at)
    assert (visit.window_start, visit.window_end) == window()
    assert detail.row.status == "scheduled"
    with pytest.raises(Invalid):
        await visits.told_by_phone(ticket, rosa.id, (NOON, NOON), ELLEN)


async def test_a_held_visit_is_told_to_nobody_and_danger_always(bench: Bench) -> None:
    bench.desk.configuration = replace(CONFIGURATION, payments=PaymentPolicy(per_customer=0))
    claims: Json = [{"id": "c1", "amount": 100, "currency": "GBP", "at": to_rfc3339(NOON)}]
    more: dict[str, Json] = {"status": "ready", "claims": claims, "coverage": "claimed",
                             "caller_e164": "+447700900118"}  # fmt: skip
    calm = bench.ticket(**more)
    gas = bench.ticket(**{**more, "safety": "gas", "reference": "K7-0002-Q"})
    with pytest.raises(Refused):
        await Visits(bench.desk).told_by_phone(calm, "rosa", window(), ELLEN)
    assert bench.fields(calm)["status"] == "ready"
    await Visits(bench.desk).told_by_phone(gas, "rosa", window(), ELLEN)
    assert bench.fields(gas)["status"] == "scheduled"


async def test_the_sheet_says_nothing_of_the_payment(bench: Bench) -> None:
    claims: Json = [{"id": "c1", "amount": 8900, "currency": "GBP", "reference": "INV-1",
                     "provider": "Northgate", "last4": "4242", "at": to_rfc3339(NOON)}]  # fmt: skip
    ticket = bench.ticket(**ticket_fields(claims=claims, caller_phone="07700 900118"))
    detail = await Tickets(bench.desk).detail(ticket)
    assert detail is not None
    sheet = sheet_of(detail)
    assert (sheet.place, sheet.name, sheet.fault) == ("Leeds", "Ann Miller", "It leaks")
    for word in ("8900", "89.00", "GBP", "INV-1", "Northgate", "4242"):
        assert word not in str(sheet)


# --- settling -----------------------------------------------------------------------------------


async def test_settling_by_hand_lasts_in_the_store_and_is_taken_back(bench: Bench) -> None:
    claims: Json = [{"id": "c1", "amount": 8900, "currency": "GBP", "at": to_rfc3339(NOON)}]
    bench.ticket(claims=claims, coverage="claimed")
    day = bank_date(2026, 11, 22)
    line = StatementLine(8900, day, day, payer="M ELISON")
    file = StatementFile("csv", (Statement("acc", "GBP", None, None, (line,)),))
    payments, settlements = Payments(bench.desk), Settlements(bench.desk)
    await payments.take_in(file, ELLEN, confirmed=True)
    assert (await settlements.last_statement()).lines == 1
    (offered,) = await settlements.lines_for("c1")
    assert (offered.settles, offered.whole) == (8900, True)
    await settlements.settle("c1", offered.payment.id, ELLEN)
    work = await payments.work()
    assert [one.state for one in work.claims] == [ClaimState.VERIFIED]
    assert work.open_payments == ()
    with pytest.raises(Refused):
        await settlements.settle("c1", offered.payment.id, ELLEN)
    last = await settlements.last_of("c1")
    assert last is not None
    await settlements.take_back("c1", last.id, ELLEN)
    assert [one.state for one in (await payments.work()).claims] == [ClaimState.NOT_VERIFIED]
    await settlements.refuse("c1", offered.payment.id, ELLEN)
    assert await settlements.lines_for("c1") == ()
    refused = await settlements.last_of("c1")
    assert refused is not None
    await settlements.take_back("c1", refused.id, TOM)
    assert len(await settlements.lines_for("c1")) == 1


async def test_what_hardly_speaks_for_a_claim_is_no_choice_and_stands_last(bench: Bench) -> None:
    claims: Json = [{"id": "c1", "amount": 8900, "currency": "GBP", "at": to_rfc3339(NOON)}]
    bench.ticket(claims=claims, coverage="claimed", caller_name="Ann Miller")
    day = bank_date(2026, 11, 22)
    lines = (
        StatementLine(8900, day, day, payer="SOMEBODY ELSE"),  # 30 + 10 - 25
        StatementLine(700, day, day, payer="A STRANGER"),
        StatementLine(8750, day, day, payer="ANN MILLER"),  # less a fee
    )
    file = StatementFile("csv", (Statement("acc", "GBP", None, None, lines),))
    payments, settlements = Payments(bench.desk), Settlements(bench.desk)
    await payments.take_in(file, ELLEN, confirmed=True)
    offered = await settlements.lines_for("c1")
    assert [(one.payment.amount, one.likely) for one in offered] == [
        (8750, True), (8900, False), (700, False),
    ]  # fmt: skip
    assert [one.score for one in offered] == [42, 15, -15]
    (view,) = (await payments.work()).claims
    assert [one.score for one in view.choices] == [42]


async def test_a_claim_without_an_amount_takes_no_part_of_a_payment(bench: Bench) -> None:
    claims: Json = [{"id": "c1", "amount": 0, "currency": "GBP", "at": to_rfc3339(NOON)}]
    bench.ticket(claims=claims, coverage="claimed")
    day = bank_date(2026, 11, 22)
    file = StatementFile(
        "csv", (Statement("a", "GBP", None, None, (StatementLine(8900, day, day),)),)
    )
    await Payments(bench.desk).take_in(file, ELLEN, confirmed=True)
    settlements = Settlements(bench.desk)
    (offered,) = await settlements.lines_for("c1")
    with pytest.raises(Refused):
        await settlements.settle("c1", offered.payment.id, ELLEN)


# --- evidence -----------------------------------------------------------------------------------


def claimed(bench: Bench) -> str:
    claims: Json = [{"id": "c1", "amount": 8900, "currency": "GBP", "at": to_rfc3339(NOON)}]
    return bench.ticket(claims=claims, coverage="claimed")


async def test_a_file_is_kept_encrypted_and_written_out_only_with_the_right(
    bench: Bench, tmp_path: Path
) -> None:
    evidence, ticket = Evidence(bench.desk), claimed(bench)
    picture = b"\x89PNG\r\n\x1a\n" + b"a receipt nobody may read" * 40
    await evidence.keep(ticket, "c1", "../../etc/receipt.svg", picture, ELLEN)
    (file,) = (await Payments(bench.desk).of_ticket(ticket)).files
    assert (file.name, file.kind, file.size, file.claim_id) == (
        "receipt.svg", "png", len(picture), "c1",
    )  # fmt: skip
    assert _files_that_say(tmp_path, b"a receipt nobody may read") == []
    with pytest.raises(NotAllowed):
        await evidence.save_copy(file.id, tmp_path / "out.png", ELLEN)
    await evidence.save_copy(file.id, tmp_path / "out.png", TOM)
    assert (tmp_path / "out.png").read_bytes() == picture
    with pytest.raises(EnvironmentFault):
        await evidence.save_copy(file.id, tmp_path / "out.png", TOM)
    with pytest.raises(NotFound):
        await evidence.save_copy("of another desk", tmp_path / "other", TOM)


def _files_that_say(folder: Path, words: bytes) -> list[str]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return [path.name for path in files if words in path.read_bytes()]


async def test_files_are_capped_and_texts_hold_no_card(bench: Bench, tmp_path: Path) -> None:
    evidence, ticket = Evidence(bench.desk), claimed(bench)
    for wrong in (b"", b"x" * (LARGEST_BYTES + 1)):
        with pytest.raises(Invalid):
            await evidence.keep(ticket, "c1", "a", wrong, ELLEN)
    for _ in range(4):
        await evidence.keep(ticket, "c1", "scan", b"\x00" * LARGEST_BYTES, ELLEN)
    with pytest.raises(Invalid):
        await evidence.keep(ticket, "c1", "one too many", b"x", ELLEN)

    paid: Json = [{"id": "c2", "amount": 1, "currency": "GBP", "at": to_rfc3339(NOON)}]
    other = bench.ticket(reference="K7-0002-Q", claims=paid, coverage="claimed")
    text = b"paid by 4111 1111 1111 1111, imei 490154203237518"
    await evidence.keep(other, "c2", "5555555555554444.txt", text, ELLEN)
    (file,) = (await Payments(bench.desk).of_ticket(other)).files
    assert file.name == "[card ending 4444].txt"
    await evidence.save_copy(file.id, tmp_path / "out.txt", TOM)
    said = (tmp_path / "out.txt").read_text("utf-8")
    assert said == "paid by [card ending 1111], imei 490154203237518"


async def test_an_erased_ticket_takes_its_files_along(bench: Bench) -> None:
    evidence, ticket = Evidence(bench.desk), claimed(bench)
    await evidence.keep(ticket, "c1", "a.txt", b"words", ELLEN)
    (file,) = (await Payments(bench.desk).of_ticket(ticket)).files
    assert bench.held.read(lambda tx: tx.payments.evidence(file.id)) == b"words"
    bench.held.feed(tombstone(ticket, 9, reason="erased"))
    assert bench.held.read(lambda tx: tx.payments.evidence(file.id)) is None
