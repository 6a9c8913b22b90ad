"""A claim's state, its countdown, the caps on dispatch, and what is exposed meanwhile."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.ids import Millis, PersonId
from app.domain.operations import Json
from app.domain.payments.claims import (
    MOVES,
    NEXT_STEPS,
    ClaimState,
    Countdown,
    NextStep,
    Patience,
    Ruling,
    claims_of,
    state_of,
)
from app.domain.payments.exposure import exposure
from app.domain.payments.policy import Cap, PaymentPolicy, Unverified, asked, holds
from app.domain.people import Person, Role
from app.domain.times import DAY, HOUR, MINUTE

T0 = Millis(1_000 * DAY)


def test_every_state_has_a_next_step_and_a_way_back() -> None:
    assert set(MOVES) == set(NEXT_STEPS) == set(ClaimState)
    for state, leads_to in MOVES.items():
        assert state not in leads_to
        assert NEXT_STEPS[state]
        assert state is ClaimState.NOT_VERIFIED or ClaimState.NOT_VERIFIED in leads_to
    assert NextStep.HOLD_VISIT in NEXT_STEPS[ClaimState.UNPAID]
    assert NextStep.HOLD_VISIT not in NEXT_STEPS[ClaimState.NOT_VERIFIED]


def test_a_ruling_goes_before_a_payment_and_a_payment_before_doubt() -> None:
    assert state_of("c", []) is ClaimState.NOT_VERIFIED
    assert state_of("c", [], paid=["c"]) is ClaimState.VERIFIED
    unpaid = Ruling("c", ClaimState.UNPAID, "sue", seq=1)
    assert state_of("c", [unpaid], paid=["c"]) is ClaimState.UNPAID
    waived = replace(unpaid, ruling=ClaimState.WAIVED, seq=2)
    assert state_of("c", [waived, unpaid]) is ClaimState.WAIVED
    back = replace(unpaid, ruling=ClaimState.NOT_VERIFIED, seq=3)
    assert state_of("c", [back, waived, unpaid]) is ClaimState.NOT_VERIFIED
    assert state_of("c", [back, waived, unpaid], paid=["c"]) is ClaimState.VERIFIED
    assert state_of("other", [unpaid]) is ClaimState.NOT_VERIFIED


@pytest.mark.parametrize(
    ("age", "as_of", "patience"),
    [
        (0, None, Patience.RUNNING),
        (24 * HOUR - 1, None, Patience.RUNNING),
        (24 * HOUR, None, Patience.WARN),
        (72 * HOUR, None, Patience.SUPERVISOR),
        (7 * DAY - 1, 7 * DAY, Patience.SUPERVISOR),
        (7 * DAY, 6 * DAY, Patience.STOP),
        (7 * DAY, 0, Patience.STOP),
        (7 * DAY, -1, Patience.ASK),
        (7 * DAY, None, Patience.ASK),
        (70 * DAY, -1, Patience.ASK),
        (-HOUR, None, Patience.RUNNING),
    ],
)
def test_the_stop_never_fires_on_billing_data_older_than_the_claim(
    age: int, as_of: int | None, patience: Patience
) -> None:
    known = None if as_of is None else Millis(T0 + as_of)
    assert Countdown().at(T0, Millis(T0 + age), known) is patience


def test_the_countdown_says_when_it_moves_on() -> None:
    assert Countdown().next_at(T0, T0) == T0 + 24 * HOUR
    assert Countdown().next_at(T0, Millis(T0 + 25 * HOUR)) == T0 + 72 * HOUR
    assert Countdown().next_at(T0, Millis(T0 + 8 * DAY)) is None


def test_a_claims_entry_is_read_whatever_it_holds() -> None:
    fields: dict[str, Json] = {
        "happened_at": "2026-01-01T00:00:00Z",
        "claims": [
            {"id": "a", "amount": 4900, "currency": "eur", "at": "2026-01-02T00:00:00Z"},
            {"id": "b", "amount": "much", "currency": None, "at": "no time"},
            {"id": "c", "amount": True},
            {"amount": 1},
            "words",
        ],
    }
    found = claims_of(fields, "GBP")
    assert [(one.id, one.amount, one.currency) for one in found] == [
        ("a", 4900, "EUR"), ("b", 0, "GBP"), ("c", 0, "GBP"),
    ]  # fmt: skip
    assert found[0].at - found[1].at == DAY
    assert claims_of({"claims": None}, "GBP") == ()


# --- caps and holds -------------------------------------------------------------------------------


def ticket(number: int, customer: str = "", desk: str = "d1", amount: int = 100) -> Unverified:
    return Unverified(f"t{number}", customer, desk, Millis(T0 + number), {"EUR": amount})


def person(name: str, *roles: Role) -> Person:
    return Person(PersonId(name), name, frozenset(roles))


SUE, SAM = person("sue", Role.SUPERVISOR), person("sam", Role.SUPERVISOR)
PEOPLE = (person("ann", Role.AGENT), SUE, SAM)


def held(tickets: list[Unverified], policy: PaymentPolicy) -> dict[str, tuple[Cap, ...]]:
    return {one.ticket_id: one.caps for one in holds(tickets, policy, PEOPLE, T0)}


def test_the_third_open_claim_of_a_customer_waits_for_a_supervisor() -> None:
    tickets = [ticket(n, "erika") for n in (3, 1, 2)] + [ticket(4, "paul"), ticket(5)]
    assert held(tickets, PaymentPolicy()) == {"t3": (Cap.CUSTOMER_COUNT,)}


def test_the_desks_cap_holds_what_came_last_and_other_desks_go_on() -> None:
    tickets = [ticket(n, f"c{n}") for n in range(4)] + [ticket(9, "c9", desk="d2")]
    assert held(tickets, PaymentPolicy(per_desk=3)) == {"t3": (Cap.DESK_COUNT,)}


def test_caps_in_money_hold_in_their_own_currency_only() -> None:
    policy = PaymentPolicy(money_per_customer={"EUR": 250}, money_per_desk={"GBP": 1})
    tickets = [ticket(1, "erika", amount=200), ticket(2, "erika", amount=51)]
    assert held(tickets, policy) == {"t2": (Cap.CUSTOMER_MONEY,)}
    assert held([tickets[0], replace(tickets[1], amounts={"EUR": 50})], policy) == {}


def test_danger_is_never_held() -> None:
    tickets = [replace(ticket(n, "erika"), danger=n == 4) for n in range(1, 6)]
    assert held(tickets, PaymentPolicy()).keys() == {"t3", "t5"}


def test_an_undecided_hold_goes_to_the_next_supervisor_every_half_hour() -> None:
    policy = PaymentPolicy()
    turns = [
        asked(T0, policy, PEOPLE, Millis(T0 + minutes * MINUTE)) for minutes in (0, 29, 30, 60, 90)
    ]
    assert turns == ["sue", "sue", "sam", "sue", "sam"]
    gone = (*PEOPLE[:1], replace(SUE, revoked_at=T0), SAM)
    assert asked(T0, policy, gone, Millis(T0 + 1)) == "sam"
    assert asked(T0, policy, PEOPLE[:1], T0) == ""


# --- exposure -------------------------------------------------------------------------------------

POLICY = PaymentPolicy(
    per_desk=10, visit_cost={"EUR": 9000, "GBP": 8000}, money_per_desk={"EUR": 100_000}
)


def test_the_meter_is_the_visits_and_what_was_claimed() -> None:
    tickets = [
        ticket(1, amount=4900),
        ticket(2, amount=100),
        replace(ticket(3), amounts={"JPY": 5}),
    ]
    eur, jpy = exposure(tickets, POLICY, "EUR", desks=3)
    assert (eur.currency, eur.tickets, eur.visits, eur.claimed, eur.total) == (
        "EUR", 2, 18_000, 5_000, 23_000,
    )  # fmt: skip
    assert eur.worst == 3 * (10 * 9000 + 100_000)
    assert (jpy.visits, jpy.claimed, jpy.worst, jpy.worst_visits) == (0, 5, None, 0)


def test_nothing_unverified_is_nothing_exposed_and_the_worst_case_stays() -> None:
    (eur,) = exposure([], POLICY, "EUR", desks=2)
    assert (eur.total, eur.worst_visits) == (0, 180_000)


@given(
    st.lists(
        st.dictionaries(st.sampled_from(["EUR", "GBP", "JPY"]), st.integers(0, 10**6), max_size=3)
    )
)
def test_no_claim_and_no_visit_is_counted_twice_or_lost(amounts: list[dict[str, int]]) -> None:
    tickets = [replace(ticket(n), amounts=one) for n, one in enumerate(amounts)]
    found = exposure(tickets, POLICY, "EUR", desks=1)
    assert sum(one.tickets for one in found) == len(tickets)
    for one in found:
        assert one.claimed == sum(each.get(one.currency, 0) for each in amounts)
