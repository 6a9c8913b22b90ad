"""What we stand to lose on claims nobody has verified: per currency, and at the very worst."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.domain.payments.policy import PaymentPolicy, Unverified


@dataclass(frozen=True, slots=True)
class Exposure:
    """One currency's meter, in minor units."""

    currency: str
    tickets: int
    visits: int
    """The standard visit cost of each open unverified ticket."""
    claimed: int
    worst_visits: int
    """Every desk at its cap of tickets, and every visit made for nothing."""
    worst: int | None
    """The same with every desk's cap of money claimed; None where no cap of money bounds it."""

    @property
    def total(self) -> int:
        return self.visits + self.claimed


def exposure(
    tickets: Iterable[Unverified], policy: PaymentPolicy, currency: str, desks: int
) -> tuple[Exposure, ...]:
    """The meter of each currency that occurs, and of the default one always.

    A ticket's visit is counted once, in the currency of its first claim, so that the sum over
    tickets is the sum over currencies.
    """
    count: dict[str, int] = {currency: 0}
    claimed: dict[str, int] = {currency: 0}
    for ticket in tickets:
        own = next(iter(ticket.amounts), currency)
        count[own] = count.get(own, 0) + 1
        for name, amount in ticket.amounts.items():
            claimed[name] = claimed.get(name, 0) + amount
    return tuple(
        Exposure(
            currency=name,
            tickets=count.get(name, 0),
            visits=count.get(name, 0) * policy.visit_cost.get(name, 0),
            claimed=claimed.get(name, 0),
            worst_visits=_worst_visits(policy, name, desks),
            worst=_worst(policy, name, desks),
        )
        for name in sorted(count.keys() | claimed.keys(), key=lambda one: (one != currency, one))
    )


def _worst(policy: PaymentPolicy, currency: str, desks: int) -> int | None:
    money = policy.money_per_desk.get(currency)
    if money is None:
        return None
    return _worst_visits(policy, currency, desks) + desks * money


def _worst_visits(policy: PaymentPolicy, currency: str, desks: int) -> int:
    return desks * policy.per_desk * policy.visit_cost.get(currency, 0)
