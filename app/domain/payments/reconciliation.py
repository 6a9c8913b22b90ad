"""From tickets, rulings, payments and bank lines to the open claims and their states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.payments.claim_index import OpenClaim, Payment
from app.domain.payments.claims import (
    EXPOSED,
    NEXT_STEPS,
    ClaimRecord,
    ClaimState,
    NextStep,
    Patience,
    Ruling,
    claims_of,
    state_of,
)
from app.domain.payments.matching import Match, Matching, match
from app.domain.payments.policy import PaymentPolicy, Unverified
from app.domain.payments.read_lines import KeptLine, TicketFields
from app.domain.payments.settling import ByHand, Settling, as_match, by_hand
from app.domain.payments.signals import compact, usable_reference
from app.domain.tickets import in_danger

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LOOK_BACK_DAYS = 45
"""A payment this long before a claim may be the one it speaks of."""


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim as a desk works with it."""

    claim: ClaimRecord
    ticket: TicketFields
    """The ticket it is worked on under, after merges."""
    said_in: TicketFields
    """The ticket the caller said it in: the same one, or a part of it."""
    state: ClaimState
    patience: Patience
    next_at: Millis | None
    next_steps: tuple[NextStep, ...]
    settled_by: Match | None
    choices: tuple[Match, ...]
    by_hand: tuple[Settling, ...] = ()
    """What people settled of it, the last one last."""
    open_amount: int = 0
    """What of it nothing has paid yet."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the store knew when it was asked."""

    tickets: Sequence[TicketFields]
    rulings: Sequence[Ruling]
    payments: Sequence[Payment]
    billing_as_of: Millis | None
    settlings: Sequence[Settling] = ()
    """In the order this desk came to know them."""


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The claims, and what of each payment went nowhere yet."""

    views: tuple[ClaimView, ...]
    open_payments: tuple[Payment, ...]
    """Money in, each with the amount that is left of it."""
    refused: Mapping[tuple[str, str], Settling]


def reconciled(
    known: Known, policy: PaymentPolicy, currency: str, now: Millis
) -> tuple[ClaimView, ...]:
    """Every claim of the tickets, in the tickets' order, with its state and what settles it."""
    return reconcile(known, policy, currency, now).views


def reconcile(known: Known, policy: PaymentPolicy, currency: str, now: Millis) -> Reconciliation:
    """What people settled stands first; what is left of payments and claims is matched."""
    said = list(_said(known.tickets, currency))
    claims = [open_claim(*one) for one in said]
    hand = by_hand(known.settlings, known.payments, claims)
    left = [
        replace(one, amount=hand.left[one.id]) for one in known.payments if hand.left[one.id] > 0
    ]
    unpaid = [replace(one, amount=hand.open[one.id]) for one in claims if one.id not in hand.whole]
    found = match(left, unpaid, hand.refused.keys())
    settled = {claim: made for made in found.automatic for claim in made.claims}
    settled.update({claim: as_match(hand.paid[claim]) for claim in hand.whole})
    judged = _Judged(known, policy, now, settled, _choices(found), hand)
    return Reconciliation(
        views=tuple(judged.view(*one) for one in said),
        open_payments=_not_given(left, found),
        refused=hand.refused,
    )


def _said(
    tickets: Iterable[TicketFields], currency: str
) -> Iterator[tuple[ClaimRecord, TicketFields, TicketFields]]:
    """Each claim with its ticket and the ticket it was said in; once under its ticket."""
    for ticket in tickets:
        seen = set[str]()
        for said_in in (ticket, *ticket.parts):
            for claim in claims_of(said_in.fields, currency):
                if claim.id not in seen:
                    seen.add(claim.id)
                    yield claim, ticket, said_in


def _not_given(payments: Sequence[Payment], found: Matching) -> tuple[Payment, ...]:
    """What automatic matches leave of the payments."""
    gone: dict[str, int] = {}
    for made in found.automatic:
        for portion in made.portions:
            gone[portion.payment] = gone.get(portion.payment, 0) + portion.amount
    rest = (replace(one, amount=one.amount - gone.get(one.id, 0)) for one in payments)
    return tuple(one for one in rest if one.amount > 0)


@dataclass(frozen=True, slots=True)
class _Judged:
    """Everything a claim's view is made from."""

    known: Known
    policy: PaymentPolicy
    now: Millis
    settled: Mapping[str, Match]
    choices: Mapping[str, tuple[Match, ...]]
    hand: ByHand

    def view(self, claim: ClaimRecord, ticket: TicketFields, said_in: TicketFields) -> ClaimView:
        state = state_of(claim.id, self.known.rulings, self.settled)
        is_open = state in EXPOSED
        countdown, now = self.policy.countdown, self.now
        patience = countdown.at(claim.at, now, self.known.billing_as_of)
        return ClaimView(
            claim=claim,
            ticket=ticket,
            said_in=said_in,
            state=state,
            patience=patience if is_open else Patience.RUNNING,
            next_at=countdown.next_at(claim.at, now) if is_open else None,
            next_steps=NEXT_STEPS[state],
            settled_by=self.settled.get(claim.id) if state is ClaimState.VERIFIED else None,
            choices=self.choices.get(claim.id, ()) if is_open else (),
            by_hand=self.hand.paid.get(claim.id, ()),
            open_amount=self.hand.open.get(claim.id, claim.amount),
        )


def _choices(found: Matching) -> dict[str, tuple[Match, ...]]:
    """Claim → the payments offered for it, best first."""
    offered: dict[str, list[Match]] = {}
    for some in found.suggested.values():
        for one in some:
            for claim in one.claims:
                offered.setdefault(claim, []).append(one)
    return {
        claim: tuple(sorted(some, key=lambda one: (-one.score, one.payments)))
        for claim, some in offered.items()
    }


def open_claim(claim: ClaimRecord, ticket: TicketFields, said_in: TicketFields) -> OpenClaim:
    """The claim as matching wants it: with the name and phone of whoever said it.

    Of a merged ticket both references are valid, so a payer may give either.
    """
    fields = said_in.fields
    named = dict.fromkeys((claim.reference, said_in.reference, ticket.reference))
    references = tuple(one for one in named if one)
    return OpenClaim(
        id=claim.id,
        amount=claim.amount,
        currency=claim.currency,
        day=_said_day(claim),
        references=references,
        name=str(fields.get("caller_name") or ""),
        phone=str(fields.get("caller_e164") or fields.get("caller_phone") or ""),
    )


def _said_day(claim: ClaimRecord) -> date:
    try:
        return date.fromisoformat(claim.paid_on[:10])
    except ValueError:
        return (_EPOCH + timedelta(milliseconds=claim.at)).date()


def earliest(tickets: Iterable[TicketFields], currency: str) -> date | None:
    """The first day a payment may have for one of the tickets' claims; None without claims."""
    days = [_said_day(claim) for claim, _, _ in _said(tickets, currency)]
    return min(days) - timedelta(days=LOOK_BACK_DAYS) if days else None


def ruling_of(fields: Mapping[str, Json], seq: int) -> Ruling | None:
    """A ruling's record, or None for words of another version."""
    said = str(fields.get("ruling") or "")
    if said not in set(ClaimState):
        return None
    return Ruling(
        claim_id=str(fields.get("claim_id") or ""),
        ruling=ClaimState(said),
        by=str(fields.get("by") or ""),
        reason=str(fields.get("reason") or ""),
        seq=seq,
    )


def billed_payment(id_: str, fields: Mapping[str, Json]) -> Payment | None:
    """A payment of billing's feed; None where it has no amount or day."""
    amount = fields.get("amount")
    try:
        day = date.fromisoformat(str(fields.get("value_date") or "")[:10])
    except ValueError:
        return None
    if not isinstance(amount, int) or isinstance(amount, bool):
        return None
    return Payment(
        id=id_,
        amount=amount,
        currency=str(fields.get("currency") or ""),
        day=day,
        payer=str(fields.get("payer") or ""),
        text=str(fields.get("reference") or ""),
    )


def bank_payment(kept: KeptLine, currency: str) -> Payment:
    """An imported line as a payment, in the default currency where its file named none."""
    line = kept.line
    return Payment(
        id=kept.key,
        amount=line.amount,
        currency=kept.currency or currency,
        day=line.value_date,
        payer=line.payer,
        text=f"{line.reference} {line.text}".strip(),
    )


def without_twins(lines: Iterable[KeptLine]) -> tuple[KeptLine, ...]:
    """The lines without those that an earlier import had in another format.

    A bank gives the same booking other words in MT940 and in CAMT.053, so their keys differ; day,
    money and one of its two references do not. Within one import nothing is a twin.
    """
    first: dict[tuple[object, ...], str] = {}
    kept = []
    for one in sorted(lines, key=lambda one: (one.imported_at, one.import_id, one.key)):
        names = [
            (one.currency, one.line.amount, one.line.booked, kind, compact(text))
            for kind, text in (("own", one.line.reference), ("bank", one.line.bank_reference))
            if usable_reference(compact(text))
        ]
        if all(first.setdefault(name, one.import_id) == one.import_id for name in names):
            kept.append(one)
    return tuple(kept)


def unverified(views: Iterable[ClaimView]) -> tuple[Unverified, ...]:
    """The tickets with claims nobody has verified, with what is claimed of each currency."""
    amounts: dict[str, dict[str, int]] = {}
    tickets: dict[str, tuple[TicketFields, Millis]] = {}
    for view in views:
        if view.state not in EXPOSED:
            continue
        own = amounts.setdefault(view.ticket.id, {})
        own[view.claim.currency] = own.get(view.claim.currency, 0) + view.open_amount
        _, first = tickets.get(view.ticket.id, (view.ticket, view.claim.at))
        tickets[view.ticket.id] = view.ticket, min(first, view.claim.at)
    return tuple(
        Unverified(
            ticket_id=id_,
            customer=_whose(ticket),
            desk=str(ticket.fields.get("desk") or ""),
            taken=taken,
            amounts=amounts[id_],
            danger=any(in_danger(one.fields) for one in (ticket, *ticket.parts)),
        )
        for id_, (ticket, taken) in tickets.items()
    )


def _whose(ticket: TicketFields) -> str:
    """The customer or number of the ticket, else of a part; empty where nobody is known."""
    known = (
        one.customer_id or str(one.fields.get("caller_e164") or "")
        for one in (ticket, *ticket.parts)
    )
    return next((name for name in known if name), "")
