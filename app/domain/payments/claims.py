"""A payment claim: its state derived at read, what to do next, and when its patience ends."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.payments.money import is_currency
from app.domain.times import DAY, HOUR, from_rfc3339


class ClaimState(StrEnum):
    """Never "paid" before it is checked, and never "unpaid" because it cannot be."""

    NOT_VERIFIED = "not_verified"
    VERIFIED = "verified"
    UNPAID = "unpaid"
    DISPUTED = "disputed"
    WAIVED = "waived"


class NextStep(StrEnum):
    """What a desk does about a claim in its state."""

    CHECK = "check"
    CALL_BACK = "call_back"
    HOLD_VISIT = "hold_visit"
    OFFER_VISIT_AT_PRICE = "offer_visit_at_price"
    VISIT = "visit"


_S = ClaimState
MOVES: dict[ClaimState, frozenset[ClaimState]] = {
    _S.NOT_VERIFIED: frozenset({_S.VERIFIED, _S.UNPAID, _S.DISPUTED, _S.WAIVED}),
    _S.VERIFIED: frozenset({_S.NOT_VERIFIED, _S.DISPUTED}),
    _S.UNPAID: frozenset({_S.NOT_VERIFIED, _S.VERIFIED, _S.DISPUTED, _S.WAIVED}),
    _S.DISPUTED: frozenset({_S.NOT_VERIFIED, _S.VERIFIED, _S.UNPAID, _S.WAIVED}),
    _S.WAIVED: frozenset({_S.NOT_VERIFIED, _S.VERIFIED}),
}
"""The moves a ruling may make; back to not verified takes a ruling back."""

NEXT_STEPS: dict[ClaimState, tuple[NextStep, ...]] = {
    _S.NOT_VERIFIED: (NextStep.CHECK, NextStep.CALL_BACK),
    _S.VERIFIED: (NextStep.VISIT,),
    _S.UNPAID: (NextStep.CALL_BACK, NextStep.HOLD_VISIT, NextStep.OFFER_VISIT_AT_PRICE),
    _S.DISPUTED: (NextStep.HOLD_VISIT, NextStep.CALL_BACK),
    _S.WAIVED: (NextStep.VISIT,),
}

EXPOSED = frozenset({_S.NOT_VERIFIED})
"""States in which we may pay for a visit nobody has paid for."""


class Patience(StrEnum):
    """How far the countdown of an unverified claim is."""

    RUNNING = "running"
    WARN = "warn"
    SUPERVISOR = "supervisor"
    STOP = "stop"
    ASK = "ask"
    """The time is over, but billing's data is older than the claim: a supervisor decides."""


@dataclass(frozen=True, slots=True)
class Countdown:
    """Ages in ms from the claim on, as the configuration sets them."""

    warn: int = 24 * HOUR
    supervisor: int = 72 * HOUR
    stop: int = 7 * DAY

    def at(self, claimed: Millis, now: Millis, billing_as_of: Millis | None) -> Patience:
        """How far it is; a stop never fires by itself on billing data older than the claim."""
        age = now - claimed
        if age >= self.stop:
            known = billing_as_of is not None and billing_as_of >= claimed
            return Patience.STOP if known else Patience.ASK
        if age >= self.supervisor:
            return Patience.SUPERVISOR
        return Patience.WARN if age >= self.warn else Patience.RUNNING

    def next_at(self, claimed: Millis, now: Millis) -> Millis | None:
        """When it moves on next; None once it has stopped."""
        ahead = (claimed + one for one in (self.warn, self.supervisor, self.stop))
        return next((Millis(at) for at in ahead if at > now), None)


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """One claim of a ticket, as its entry says it."""

    id: str
    amount: int
    currency: str
    reference: str
    provider: str
    paid_on: str
    last4: str
    at: Millis


@dataclass(frozen=True, slots=True)
class Ruling:
    """A person's decision on a claim; the latest one counts."""

    claim_id: str
    ruling: ClaimState
    by: str
    reason: str = ""
    seq: int = 0
    """The order in which they were decided, as far as this desk knows."""


def claims_of(fields: Mapping[str, Json], default_currency: str) -> tuple[ClaimRecord, ...]:
    """The ticket's claims; an entry without a whole amount is one of nothing claimed."""
    entries = fields.get("claims")
    if not isinstance(entries, list):
        return ()
    made = (_claim(one, fields, default_currency) for one in entries if isinstance(one, dict))
    return tuple(one for one in made if one.id)


def _claim(entry: Mapping[str, Json], fields: Mapping[str, Json], currency: str) -> ClaimRecord:
    amount, said = entry.get("amount"), str(entry.get("currency") or "").upper()
    whole = isinstance(amount, int) and not isinstance(amount, bool) and amount >= 0
    return ClaimRecord(
        id=str(entry.get("id") or ""),
        amount=int(amount) if whole and isinstance(amount, int) else 0,
        currency=said if is_currency(said) else currency,
        reference=str(entry.get("reference") or ""),
        provider=str(entry.get("provider") or ""),
        paid_on=str(entry.get("paid_on") or ""),
        last4=str(entry.get("last4") or ""),
        at=_time(entry.get("at")) or _time(fields.get("happened_at")) or Millis(0),
    )


def _time(value: Json) -> Millis | None:
    try:
        return from_rfc3339(value) if isinstance(value, str) else None
    except ValueError:
        return None


def state_of(claim_id: str, rulings: Iterable[Ruling], paid: Iterable[str] = ()) -> ClaimState:
    """Billing's ruling, else a matching payment, else not verified (contract.md).

    `paid` are the ids of claims that a payment settles. A ruling back to not verified takes an
    earlier ruling away and lets the payment speak again.
    """
    own = sorted((one for one in rulings if one.claim_id == claim_id), key=lambda one: one.seq)
    if own and own[-1].ruling is not ClaimState.NOT_VERIFIED:
        return own[-1].ruling
    return ClaimState.VERIFIED if claim_id in set(paid) else ClaimState.NOT_VERIFIED
