"""From what a store holds to claims with their states."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.payments.claims import ClaimState, NextStep, Patience, Ruling
from app.domain.payments.policy import PaymentPolicy
from app.domain.payments.read_lines import KeptLine, TicketFields
from app.domain.payments.reconciliation import (
    Known,
    bank_payment,
    billed_payment,
    earliest,
    reconciled,
    ruling_of,
    unverified,
    without_twins,
)
from app.domain.payments.statements import StatementLine
from app.domain.times import DAY, HOUR, from_rfc3339

T0 = from_rfc3339("2026-01-10T12:00:00Z")
LINE = StatementLine(
    4900, date(2026, 1, 11), date(2026, 1, 11), "K7-0422-0", "BANK-4711", "Erika Muster", "thanks"
)
KEPT = KeptLine("key", "mt940", T0, "12345678", "EUR", LINE)
CAMT = replace(KEPT, key="other", import_id="camt", imported_at=Millis(T0 + 1))


def ticket(*amounts: int, **more: Json) -> TicketFields:
    claims: list[Json] = [
        {"id": f"c{number}", "amount": amount, "currency": "EUR", "at": "2026-01-10T12:00:00Z"}
        for number, amount in enumerate(amounts)
    ]
    fields: dict[str, Json] = {"claims": claims, "caller_name": "Erika Muster", "desk": "d", **more}
    return TicketFields("t", "K7-0422-0", None, "erika", fields)


def states(known: Known, now: int = T0) -> list[ClaimState]:
    return [one.state for one in reconciled(known, PaymentPolicy(), "EUR", Millis(now))]


def test_a_line_settles_and_a_ruling_overrules_it() -> None:
    known = Known([ticket(4900)], [], [bank_payment(KEPT, "EUR")], None)
    (view,) = reconciled(known, PaymentPolicy(), "EUR", T0)
    assert view.state is ClaimState.VERIFIED
    assert view.settled_by is not None
    assert view.next_steps == (NextStep.VISIT,)
    disputed = Ruling("c0", ClaimState.DISPUTED, "sue", seq=1)
    assert states(replace(known, rulings=[disputed])) == [ClaimState.DISPUTED]
    assert states(replace(known, payments=[])) == [ClaimState.NOT_VERIFIED]


def test_an_open_claim_counts_down_and_a_settled_one_does_not() -> None:
    known = Known([ticket(4900)], [], [], Millis(T0 + 9 * DAY))
    (view,) = reconciled(known, PaymentPolicy(), "EUR", Millis(T0 + 8 * DAY))
    assert (view.patience, view.next_at) == (Patience.STOP, None)
    (view,) = reconciled(known, PaymentPolicy(), "EUR", Millis(T0 + HOUR))
    assert (view.patience, view.next_at) == (Patience.RUNNING, T0 + DAY)
    waived = replace(known, rulings=[Ruling("c0", ClaimState.WAIVED, "sue")])
    (view,) = reconciled(waived, PaymentPolicy(), "EUR", Millis(T0 + 8 * DAY))
    assert (view.patience, view.next_at) == (Patience.RUNNING, None)


def test_the_same_booking_in_another_format_pays_once() -> None:
    assert without_twins([CAMT, KEPT]) == (KEPT,)
    by_bank = replace(CAMT, line=replace(LINE, reference="", text="other words"))
    assert without_twins([KEPT, by_bank]) == (KEPT,)
    both = [bank_payment(one, "EUR") for one in without_twins([KEPT, CAMT])]
    assert states(Known([ticket(4900)], [], both, None)) == [ClaimState.VERIFIED]


@pytest.mark.parametrize(
    "other",
    [
        replace(CAMT, import_id="mt940"),
        replace(CAMT, line=replace(LINE, amount=4800)),
        replace(CAMT, line=replace(LINE, booked=date(2026, 1, 12))),
        replace(CAMT, currency="GBP"),
        replace(CAMT, line=replace(LINE, reference="A", bank_reference="B")),
    ],
)
def test_what_differs_in_day_money_or_reference_is_no_twin(other: KeptLine) -> None:
    assert len(without_twins([KEPT, other])) == 2


def test_what_is_no_payment_or_ruling_is_left_out() -> None:
    whole: dict[str, Json] = {"amount": 4900, "currency": "EUR", "value_date": "2026-01-11"}
    assert billed_payment("p", whole) is not None
    for name, value in (("amount", "x"), ("amount", True), ("value_date", None)):
        assert billed_payment("p", {**whole, name: value}) is None
    assert ruling_of({"claim_id": "c", "ruling": "forgiven"}, 0) is None
    assert ruling_of({"claim_id": "c", "ruling": "waived"}, 3) == Ruling(
        "c", ClaimState.WAIVED, "", seq=3
    )


def test_payments_are_looked_for_from_before_the_first_claim() -> None:
    assert earliest([], "EUR") is None
    assert earliest([ticket(1)], "EUR") == date(2025, 11, 26)


def test_only_what_nobody_verified_is_exposed() -> None:
    known = Known([ticket(4900, 100)], [], [bank_payment(KEPT, "EUR")], None)
    (one,) = unverified(reconciled(known, PaymentPolicy(), "EUR", T0))
    assert (one.amounts, one.customer, one.desk, one.danger) == ({"EUR": 100}, "erika", "d", False)
    gas = Known([ticket(1, safety="gas")], [], [], None)
    assert unverified(reconciled(gas, PaymentPolicy(), "EUR", T0))[0].danger


def test_a_parts_claim_is_matched_as_it_was_said_and_counts_once_under_its_ticket() -> None:
    """The payer gave the reference the caller heard; the ticket left knows another caller."""
    part = replace(ticket(4900), id="part", reference="K7-0101-3")
    left = TicketFields("left", "K7-0999-1", None, "", {"caller_name": "Paul Other"}, (part,))
    said = replace(KEPT, line=replace(LINE, reference="K7-0101-3"))
    known = Known([left], [], [], None)
    (open_one,) = reconciled(known, PaymentPolicy(), "EUR", T0)
    assert (open_one.ticket, open_one.said_in) == (left, part)
    (held,) = unverified([open_one])
    assert (held.ticket_id, held.customer, held.amounts) == ("left", "erika", {"EUR": 4900})
    paid = replace(known, payments=[bank_payment(said, "EUR")])
    assert states(paid) == [ClaimState.VERIFIED]
    assert earliest([left], "EUR") == earliest([part], "EUR")
    twice = replace(left, fields=part.fields)
    assert len(reconciled(replace(known, tickets=[twice]), PaymentPolicy(), "EUR", T0)) == 1
    gas = replace(left, parts=(replace(part, fields={**part.fields, "safety": "gas"}),))
    views = reconciled(replace(known, tickets=[gas]), PaymentPolicy(), "EUR", T0)
    assert unverified(views)[0].danger
