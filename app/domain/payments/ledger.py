"""What of each payment went to which claim: nothing lost, nothing twice, everything reversible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from app.domain.payments.claim_index import OpenClaim, Payment
from app.domain.payments.matching import Match
from app.domain.payments.money import Money


class DoesNotFit(ValueError):
    """A match would give away money that is not there, or pay a claim more than it asks."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Payments, claims and the accepted matches between them; every change gives a new one."""

    payments: Mapping[str, Money]
    claims: Mapping[str, Money]
    accepted: Mapping[str, Match] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def of(cls, payments: Iterable[Payment], claims: Iterable[OpenClaim]) -> Ledger:
        """Nothing matched yet."""
        return cls(
            {one.id: Money(one.amount, one.currency) for one in payments},
            {one.id: Money(one.amount, one.currency) for one in claims},
        )

    def left_of(self, payment: str) -> int:
        """What of the payment has gone nowhere yet."""
        return self.payments[payment].minor - self._given("payment", payment)

    def open_of(self, claim: str) -> int:
        """What of the claim nothing has paid yet."""
        return self.claims[claim].minor - self._given("claim", claim)

    def accept(self, match_id: str, match: Match) -> Ledger:
        """With the match. Raises DoesNotFit, and then nothing is changed."""
        if match_id in self.accepted:
            raise DoesNotFit("The match is accepted already.")
        self._check_currencies(match)
        made = replace(self, accepted={**self.accepted, match_id: match})
        if any(portion.amount <= 0 for portion in match.portions):
            raise DoesNotFit("A portion is no money.")
        if any(made.left_of(one) < 0 for one in match.payments):
            raise DoesNotFit("The payment has not that much left.")
        if any(made.open_of(one) < 0 for one in match.claims):
            raise DoesNotFit("The claim asks for less.")
        return made

    def reverse(self, match_id: str) -> Ledger:
        """Without the match, as if it had never been. Raises KeyError where there is none."""
        if match_id not in self.accepted:
            raise KeyError(match_id)
        rest = {name: one for name, one in self.accepted.items() if name != match_id}
        return replace(self, accepted=rest)

    def _check_currencies(self, match: Match) -> None:
        for portion in match.portions:
            payment = self.payments.get(portion.payment)
            claim = self.claims.get(portion.claim)
            if payment is None or claim is None:
                raise DoesNotFit("The match names a payment or a claim that is not here.")
            if payment.currency != claim.currency:
                raise DoesNotFit("Payment and claim have two currencies.")

    def _given(self, side: str, name: str) -> int:
        return sum(
            portion.amount
            for match in self.accepted.values()
            for portion in match.portions
            if getattr(portion, side) == name
        )
