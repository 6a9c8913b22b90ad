"""Totals always add up: no cent is lost or counted twice, and everything can be taken back."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.payments.claim_index import OpenClaim, Payment
from app.domain.payments.ledger import DoesNotFit, Ledger
from app.domain.payments.matching import Match, Portion, match
from tests.support.payment_truth import truth

DAY = date(2026, 1, 10)
AMOUNTS = st.integers(1, 500)
SIDES = st.integers(0, 3)


def check(ledger: Ledger) -> None:
    """Money in = given to claims + left; claims = paid + open; neither ever below nothing."""
    portions = [one for made in ledger.accepted.values() for one in made.portions]
    given_away = sum(one.amount for one in portions)
    left = [ledger.left_of(one) for one in ledger.payments]
    open_ = [ledger.open_of(one) for one in ledger.claims]
    assert all(one.amount > 0 for one in portions)
    assert min(left, default=0) >= 0
    assert min(open_, default=0) >= 0
    assert sum(one.minor for one in ledger.payments.values()) == given_away + sum(left)
    assert sum(one.minor for one in ledger.claims.values()) == given_away + sum(open_)


def ledger_of(payments: list[int], claims: list[int]) -> Ledger:
    return Ledger.of(
        [Payment(f"p{n}", amount, "EUR", DAY) for n, amount in enumerate(payments)],
        [OpenClaim(f"c{n}", amount, "EUR", DAY) for n, amount in enumerate(claims)],
    )


PORTIONS = st.lists(
    st.builds(
        lambda payment, claim, amount: Portion(f"p{payment}", f"c{claim}", amount),
        SIDES, SIDES, st.integers(-50, 90),
    ),
    min_size=1,
    max_size=4,
)  # fmt: skip
STEPS = st.lists(st.tuples(st.booleans(), st.integers(0, 5), PORTIONS), max_size=25)


@given(
    payments=st.lists(AMOUNTS, min_size=4, max_size=4),
    claims=st.lists(AMOUNTS, min_size=4, max_size=4),
    steps=STEPS,
)
def test_totals_add_up_whatever_is_accepted_and_taken_back(
    payments: list[int], claims: list[int], steps: list[tuple[bool, int, list[Portion]]]
) -> None:
    empty = ledger = ledger_of(payments, claims)
    for accept, number, portions in steps:
        before = ledger
        with suppress(DoesNotFit, KeyError):
            if accept:
                ledger = ledger.accept(f"m{number}", Match(tuple(portions), 0, ()))
                assert ledger.reverse(f"m{number}") == before
            else:
                ledger = ledger.reverse(f"m{number}")
        check(ledger)
    for name in list(ledger.accepted):
        ledger = ledger.reverse(name)
    assert ledger == empty


@settings(max_examples=40)
@given(seed=st.integers(0, 10**6), claims=st.integers(0, 60), payments=st.integers(0, 60))
def test_every_payment_has_one_answer_and_automatic_matches_fit_together(
    seed: int, claims: int, payments: int
) -> None:
    known = truth(seed, claims, payments)
    found = match(known.payments, known.claims)
    automatic = [line for one in found.automatic for line in one.payments]
    answers = [*automatic, *found.suggested, *found.unmatched]
    assert sorted(answers) == sorted(one.id for one in known.payments)
    ledger = Ledger.of(known.payments, known.claims)
    for number, one in enumerate(found.automatic):
        ledger = ledger.accept(str(number), one)
    check(ledger)


def test_two_currencies_a_stranger_and_a_second_time_do_not_fit() -> None:
    ledger = Ledger.of(
        [Payment("p", 100, "EUR", DAY)],
        [OpenClaim("c", 100, "EUR", DAY), OpenClaim("g", 100, "GBP", DAY)],
    )
    whole = Match((Portion("p", "c", 100),), 0, ())
    with pytest.raises(DoesNotFit, match="currencies"):
        ledger.accept("1", Match((Portion("p", "g", 100),), 0, ()))
    with pytest.raises(DoesNotFit, match="not here"):
        ledger.accept("1", Match((Portion("p", "x", 100),), 0, ()))
    with pytest.raises(DoesNotFit, match="already"):
        ledger.accept("1", whole).accept("1", whole)
    with pytest.raises(DoesNotFit, match="left"):
        ledger.accept("1", whole).accept("2", whole)
