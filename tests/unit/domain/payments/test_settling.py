"""What people settle by hand: it stands, it adds up, and it can always be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.payments.claim_index import Payment
from app.domain.payments.claims import ClaimState
from app.domain.payments.policy import PaymentPolicy
from app.domain.payments.read_lines import TicketFields
from app.domain.payments.reconciliation import Known, Reconciliation, reconcile, unverified
from app.domain.payments.settling import Given, Settling, SettlingWord, settling_of
from app.domain.times import from_rfc3339

T0 = from_rfc3339("2026-01-10T12:00:00Z")
DAY = date(2026, 1, 11)


def ticket(*amounts: int) -> TicketFields:
    claims: list[Json] = [
        {"id": f"c{number}", "amount": amount, "currency": "EUR", "at": "2026-01-10T12:00:00Z",
         "reference": f"INV-8821{number}"}
        for number, amount in enumerate(amounts)
    ]  # fmt: skip
    return TicketFields("t", "K7-0422-0", None, "erika", {"claims": claims, "desk": "d"})


def payments(*amounts: int, named: bool = False) -> list[Payment]:
    """Each names the claim of its number, so that it may also settle it by itself."""
    return [
        Payment(f"p{number}", one, "EUR", DAY, text=f"INV-8821{number}" if named else "")
        for number, one in enumerate(amounts)
    ]


def gave(id_: str, claim: str, *given_: tuple[str, int], word: str = "settled") -> Settling:
    given_money = tuple(Given(payment, amount, "EUR") for payment, amount in given_)
    return Settling(id_, claim, SettlingWord(word), "ellen", given_money)


def back(id_: str, claim: str) -> Settling:
    return Settling(f"undo-{id_}", claim, SettlingWord.TAKEN_BACK, "ellen", takes_back=id_)


def made(claims: list[int], paid: list[int], *settlings: Settling) -> Reconciliation:
    known = Known([ticket(*claims)], [], payments(*paid), None, settlings)
    return reconcile(known, PaymentPolicy(), "EUR", Millis(T0))


def states(found: Reconciliation) -> list[ClaimState]:
    return [one.state for one in found.views]


def left(found: Reconciliation) -> dict[str, int]:
    return {one.id: one.amount for one in found.open_payments}


def test_one_to_one_and_back() -> None:
    found = made([4900], [4900], gave("s", "c0", ("p0", 4900)))
    assert states(found) == [ClaimState.VERIFIED]
    assert left(found) == {}
    assert found.views[0].settled_by is not None
    assert found.views[0].by_hand[0].id == "s"
    again = made([4900], [4900], gave("s", "c0", ("p0", 4900)), back("s", "c0"))
    assert again == made([4900], [4900])


def test_one_payment_for_two_claims_and_two_payments_for_one() -> None:
    both = (gave("a", "c0", ("p0", 4900)), gave("b", "c1", ("p0", 100)))
    combined = made([4900, 100], [5200], *both)
    assert states(combined) == [ClaimState.VERIFIED] * 2
    assert left(combined) == {"p0": 200}

    first = gave("a", "c0", ("p0", 3000), word="part")
    half = made([4900], [3000, 1900], first)
    assert states(half) == [ClaimState.NOT_VERIFIED]
    assert half.views[0].open_amount == 1900
    assert unverified(half.views)[0].amounts == {"EUR": 1900}
    rest = gave("b", "c0", ("p1", 1900), word="part")
    assert states(made([4900], [3000, 1900], first, rest)) == [ClaimState.VERIFIED]


def test_what_a_bank_kept_does_not_leave_the_claim_open() -> None:
    found = made([4900], [4800], gave("s", "c0", ("p0", 4800)))
    assert states(found) == [ClaimState.VERIFIED]
    assert found.views[0].open_amount == 100


def test_a_payment_two_desks_gave_away_counts_once() -> None:
    both = (gave("a", "c0", ("p0", 4900)), gave("b", "c1", ("p0", 4900)))
    found = made([4900, 4900], [4900], *both)
    assert states(found) == [ClaimState.VERIFIED, ClaimState.NOT_VERIFIED]
    # The first is taken back: the later one's money is there after all.
    found = made([4900, 4900], [4900], *both, back("a", "c0"))
    assert states(found) == [ClaimState.NOT_VERIFIED, ClaimState.VERIFIED]


def test_another_desks_statement_counts_here() -> None:
    found = made([4900], [], gave("s", "c0", ("unknown-here", 4900)))
    assert states(found) == [ClaimState.VERIFIED]


def test_a_refused_payment_is_neither_matched_nor_offered() -> None:
    paid = replace(payments(4900)[0], text="INV-88210")
    known = Known([ticket(4900)], [], [paid], None)
    by_itself = reconcile(known, PaymentPolicy(), "EUR", Millis(T0))
    assert states(by_itself) == [ClaimState.VERIFIED]
    no = gave("s", "c0", ("p0", 0), word="not_this")
    found = reconcile(replace(known, settlings=[no]), PaymentPolicy(), "EUR", Millis(T0))
    assert states(found) == [ClaimState.NOT_VERIFIED]
    assert found.views[0].choices == ()
    assert left(found) == {"p0": 4900}
    again = replace(known, settlings=[no, back("s", "c0")])
    assert reconcile(again, PaymentPolicy(), "EUR", Millis(T0)) == by_itself


@pytest.mark.parametrize(
    "wrong",
    [
        gave("s", "c0"),
        gave("s", "c0", ("p0", 0)),
        gave("s", "c0", ("p0", -4900)),
        gave("s", "c0", ("p0", 4901)),
        gave("s", "c0", ("p0", 2450), ("p0", 2451)),
        gave("s", "c9", ("p0", 4900)),
        replace(gave("s", "c0"), given=(Given("usd", 4900, "EUR"),)),
    ],
)
def test_what_does_not_fit_gives_nothing(wrong: Settling) -> None:
    dollars = Payment("usd", 4900, "USD", DAY)
    known = Known([ticket(4900)], [], [*payments(4900), dollars], None, [wrong])
    found = reconcile(known, PaymentPolicy(), "EUR", Millis(T0))
    assert states(found) == [ClaimState.NOT_VERIFIED]
    assert left(found) == {"p0": 4900, "usd": 4900}


def test_records_of_other_kinds_are_left_alone() -> None:
    assert settling_of({"id": "r", "claim_id": "c", "ruling": "waived"}) is None
    entry: Json = {"id": "p", "amount": 5, "currency": "EUR"}
    portions: Json = [entry, "x", {"id": "q", "amount": True}]
    found = settling_of({"id": "r", "claim_id": "c", "ruling": "settled", "portions": portions})
    assert found is not None
    assert found.given == (Given("p", 5, "EUR"), Given("q", 0))


SMALL = st.lists(st.integers(1, 60), min_size=1, max_size=4)
SAID = st.lists(
    st.tuples(
        st.sampled_from(["settled", "part", "not_this", "taken_back"]),
        st.integers(0, 4),
        st.lists(st.tuples(st.integers(0, 4), st.integers(-5, 70)), max_size=3),
        st.integers(0, 9),
    ),
    max_size=10,
)


@settings(max_examples=300)
@given(claims=SMALL, paid=SMALL, said=SAID)
def test_no_cent_is_lost_or_counted_twice_whatever_people_do(
    claims: list[int],
    paid: list[int],
    said: list[tuple[str, int, list[tuple[int, int]], int]],
) -> None:
    """Money in = what claims got + what is left of it; no claim gets more than it asks for."""
    settlings = [
        Settling(
            f"s{at}", f"c{claim}", SettlingWord(word), "ellen",
            tuple(Given(f"p{payment}", amount, "EUR") for payment, amount in parts),
            f"s{undone}" if word == "taken_back" else "",
        )
        for at, (word, claim, parts, undone) in enumerate(said)
    ]  # fmt: skip
    known = Known([ticket(*claims)], [], payments(*paid, named=True), None, settlings)
    found = reconcile(known, PaymentPolicy(), "EUR", Millis(T0))
    given_by: dict[str, int] = {}
    for view in found.views:
        portions = [(one.payment, one.amount) for said_ in view.by_hand for one in said_.given]
        if view.settled_by is not None and view.settled_by.score:
            portions += [(one.payment, one.amount) for one in view.settled_by.portions
                         if one.claim == view.claim.id]  # fmt: skip
        got = sum(amount for _, amount in portions)
        assert got <= view.claim.amount
        assert all(amount > 0 for _, amount in portions)
        for payment, amount in portions:
            given_by[payment] = given_by.get(payment, 0) + amount
    for number, amount in enumerate(paid):
        name = f"p{number}"
        assert given_by.get(name, 0) + left(found).get(name, 0) == amount
