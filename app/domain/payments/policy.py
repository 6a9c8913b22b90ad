"""Caps on what may stand unverified: never on saving, only on dispatch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.ids import Millis
from app.domain.payments.claims import Countdown
from app.domain.people import Person, Role
from app.domain.times import MINUTE


@dataclass(frozen=True, slots=True)
class PaymentPolicy:
    """What the configuration says of claims; amounts in minor units by currency."""

    per_customer: int = 2
    per_desk: int = 200
    money_per_customer: Mapping[str, int] = field(default_factory=dict)
    """No entry: no cap in that currency."""
    money_per_desk: Mapping[str, int] = field(default_factory=dict)
    visit_cost: Mapping[str, int] = field(default_factory=dict)
    """What a visit costs us on average; the default currency's counts where none is given."""
    countdown: Countdown = field(default_factory=Countdown)
    undecided_ms: int = 30 * MINUTE
    """After this, a held ticket goes to the next supervisor."""


class Cap(StrEnum):
    """Which limit a ticket goes beyond."""

    CUSTOMER_COUNT = "customer_count"
    CUSTOMER_MONEY = "customer_money"
    DESK_COUNT = "desk_count"
    DESK_MONEY = "desk_money"


@dataclass(frozen=True, slots=True)
class Unverified:
    """One open ticket with claims nobody has verified."""

    ticket_id: str
    customer: str
    """The customer's id after redirects, else the caller's number; empty: nobody known."""
    desk: str
    taken: Millis
    amounts: Mapping[str, int]
    """Claimed, minor units by currency."""
    danger: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """A ticket that is not dispatched before a supervisor decides; it is saved all the same."""

    ticket_id: str
    caps: tuple[Cap, ...]
    since: Millis
    asked: str
    """The person whose decision it waits for now; empty where there is no supervisor."""


def holds(
    tickets: Iterable[Unverified],
    policy: PaymentPolicy,
    people: Sequence[Person],
    now: Millis,
) -> tuple[Hold, ...]:
    """The tickets beyond a cap, in the order they were taken; danger is never held.

    Earlier tickets fill the caps first, whichever desk took them: a cap found exceeded across
    desks when they meet again holds the later ones. A ruling decides: what is
    waived or verified is none of these tickets any more.
    """
    used = _Used()
    found = []
    for ticket in sorted(tickets, key=lambda one: (one.taken, one.ticket_id)):
        caps = used.beyond(ticket, policy)
        used.add(ticket)
        if caps and not ticket.danger:
            found.append(
                Hold(ticket.ticket_id, caps, ticket.taken, asked(ticket.taken, policy, people, now))
            )
    return tuple(found)


def asked(since: Millis, policy: PaymentPolicy, people: Sequence[Person], now: Millis) -> str:
    """Whose turn it is: the next supervisor in the configuration's order after each wait."""
    supervisors = [
        one.id
        for one in people
        if Role.SUPERVISOR in one.roles and (one.revoked_at is None or one.revoked_at > now)
    ]
    if not supervisors:
        return ""
    turn = max(0, now - since) // max(1, policy.undecided_ms)
    return str(supervisors[turn % len(supervisors)])


class _Used:
    """What earlier tickets have taken of the caps."""

    def __init__(self) -> None:
        self._count: dict[str, int] = {}
        self._money: dict[tuple[str, str], int] = {}

    def add(self, ticket: Unverified) -> None:
        for whose in _owners(ticket):
            self._count[whose] = self._count.get(whose, 0) + 1
            for currency, amount in ticket.amounts.items():
                key = whose, currency
                self._money[key] = self._money.get(key, 0) + amount

    def beyond(self, ticket: Unverified, policy: PaymentPolicy) -> tuple[Cap, ...]:
        """The caps that this ticket, added, would break."""
        checks = (
            (Cap.CUSTOMER_COUNT, Cap.CUSTOMER_MONEY, f"customer {ticket.customer}",
             policy.per_customer, policy.money_per_customer),
            (Cap.DESK_COUNT, Cap.DESK_MONEY, f"desk {ticket.desk}",
             policy.per_desk, policy.money_per_desk),
        )  # fmt: skip
        found: list[Cap] = []
        for count_cap, money_cap, whose, most, money in checks:
            if whose not in _owners(ticket):
                continue
            if self._count.get(whose, 0) + 1 > most:
                found.append(count_cap)
            if any(
                self._money.get((whose, currency), 0) + amount > money[currency]
                for currency, amount in ticket.amounts.items()
                if currency in money
            ):
                found.append(money_cap)
        return tuple(found)


def _owners(ticket: Unverified) -> tuple[str, ...]:
    named = (("customer", ticket.customer), ("desk", ticket.desk))
    return tuple(f"{kind} {name}" for kind, name in named if name)
