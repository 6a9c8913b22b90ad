"""The open claims derived in one transaction: states, holds, the meter, and what may go out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from app.domain.central_services import Aggregate, Service
from app.domain.errors import Refused
from app.domain.ids import Millis
from app.domain.payments.claim_index import Payment
from app.domain.payments.claims import EXPOSED, ClaimState, Patience
from app.domain.payments.exposure import Exposure, exposure
from app.domain.payments.policy import Hold, holds
from app.domain.payments.reconciliation import (
    ClaimView,
    Known,
    bank_payment,
    billed_payment,
    earliest,
    reconcile,
    ruling_of,
    unverified,
    without_twins,
)
from app.domain.payments.settling import Settling, settling_of
from app.domain.tickets import Status, in_danger, is_open
from app.ports.store import ReadTx
from app.services.desk import Desk


@dataclass(frozen=True, slots=True)
class Work:
    """The open claims with the holds and the meter that follow from them, of one moment."""

    claims: tuple[ClaimView, ...]
    holds: tuple[Hold, ...]
    exposure: tuple[Exposure, ...]
    billing_as_of: Millis | None
    open_payments: tuple[Payment, ...] = ()
    """Money in, from billing and from statements, that went nowhere yet."""
    refused: Mapping[tuple[str, str], Settling] = field(default_factory=dict)
    """(payment, claim) → who said that they do not belong together."""


def work_of(desk: Desk, tx: ReadTx) -> Work:
    """Everything that follows from the open tickets' claims, at this moment."""
    configuration, now = desk.configuration, desk.clock.now()
    known = known_to(desk, tx)
    found = reconcile(known, configuration.payments, configuration.currency, now)
    open_ones = unverified(found.views)
    return Work(
        claims=found.views,
        holds=holds(open_ones, configuration.payments, configuration.people, now),
        exposure=exposure(
            open_ones, configuration.payments, configuration.currency, len(configuration.desks)
        ),
        billing_as_of=known.billing_as_of,
        open_payments=found.open_payments,
        refused=found.refused,
    )


def known_to(desk: Desk, tx: ReadTx) -> Known:
    """The open tickets with claims, and all on this desk that may say something of them."""
    currency = desk.configuration.currency
    tickets = tx.payments.unverified()
    since = earliest(tickets, currency)
    records = tx.payments.rulings()
    rulings = (ruling_of(fields, seq) for seq, fields in enumerate(records))
    settlings = [made for fields in records if (made := settling_of(fields)) is not None]
    used = {given.payment for one in settlings for given in one.given if given.amount}
    return Known(
        tickets=tickets,
        rulings=[one for one in rulings if one is not None],
        payments=_payments(desk, tx, since.isoformat(), used) if since else [],
        billing_as_of=tx.feed_state(Service.BILLING).source_as_of,
        settlings=settlings,
    )


def _payments(desk: Desk, tx: ReadTx, since: str, used: AbstractSet[str]) -> list[Payment]:
    """Billing's own, and the bank's lines: one payment may be in both, and settles once."""
    found = (billed_payment(id_, fields) for id_, fields in tx.payments.billed(since))
    billed = [one for one in found if one is not None]
    currency = desk.configuration.currency
    lines = [bank_payment(one, currency) for one in without_twins(tx.payments.lines(since))]
    return each_once(lines, billed, used)


def each_once(
    lines: Sequence[Payment], billed: Sequence[Payment], used: AbstractSet[str]
) -> list[Payment]:
    """Both, without the lines that billing has as well: same money, same days, same words.

    Of such a pair the one stays that a person gave to a claim (`used`), else billing's.
    """
    known: dict[tuple[str, int], list[Payment]] = {}
    for one in billed:
        known.setdefault((one.currency, one.amount), []).append(one)
    fresh, gone = [], set[str]()
    for line in lines:
        twins = known.get((line.currency, line.amount), [])
        twin = next((one for one in twins if _is_same(line, one)), None)
        if twin is not None:
            twins.remove(twin)
        if twin is None or line.id in used:
            fresh.append(line)
        if twin is not None and line.id in used:
            gone.add(twin.id)
    return [*(one for one in billed if one.id not in gone), *fresh]


_SAME_WITHIN_DAYS = 3


def _is_same(line: Payment, billed: Payment) -> bool:
    near = abs((line.day - billed.day).days) <= _SAME_WITHIN_DAYS
    reference = "".join(billed.text.split()).casefold()
    return near and bool(reference) and reference in "".join(line.text.split()).casefold()


def require_claims_go_on(desk: Desk, tx: ReadTx, ticket_id: str, into: str) -> None:
    """Raise Refused where a merge would end claims of a ticket that nobody has verified.

    A claim is worked on under the ticket that is left, which is over for one that is closed.
    """
    record = tx.record(Aggregate.TICKET, into)
    status = str((record[0] if record else {}).get("status") or Status.NEW)
    if is_open(status) or status == Status.MERGED:
        return
    open_ones = (one for one in work_of(desk, tx).claims if one.state in EXPOSED)
    if any(ticket_id in (one.ticket.id, one.said_in.id) for one in open_ones):
        raise Refused(
            "The other ticket is closed: nobody would verify the payment any more.",
            safe="Nothing was written.",
            todo="Reopen the other ticket first, or settle the claim.",
        )


_NO_VISIT = frozenset({ClaimState.UNPAID, ClaimState.DISPUTED})


def require_dispatchable(desk: Desk, tx: ReadTx, ticket_id: str | None) -> None:
    """Raise Refused where a claim of the ticket, or of one merged into it, holds its visit.

    Danger is never held.
    """
    record = tx.record(Aggregate.TICKET, ticket_id) if ticket_id else None
    row = tx.tickets.row(ticket_id) if ticket_id else None
    if record is None or row is None or in_danger(record[0]):
        return
    work = work_of(desk, tx)
    own = [one for one in work.claims if one.ticket.id == row.id]
    if not own or any(in_danger(one.said_in.fields) for one in own):
        return
    hold = next((one for one in work.holds if one.ticket_id == row.id), None)
    if hold is not None:
        person = desk.configuration.person(hold.asked)
        raise Refused(
            "The visit waits for a decision: too many payments are not verified.",
            safe="The ticket is saved and keeps its reference.",
            todo=f"{person.name} decides." if person else "Ask a supervisor.",
        )
    if any(one.state in _NO_VISIT for one in own):
        raise Refused(
            "The visit is held: the payment is missing or disputed.",
            safe="The ticket is saved and keeps its reference.",
            todo="Call back, or offer the visit at a price.",
        )
    if any(one.patience is Patience.STOP for one in own):
        raise Refused(
            "The visit is held: nobody verified the payment in time.",
            safe="The ticket is saved and keeps its reference.",
            todo="Ask a supervisor.",
        )
