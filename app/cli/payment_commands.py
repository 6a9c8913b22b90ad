"""Claims, exposure, reduced tickets and statements on the command line of an opened desk."""

from __future__ import annotations

import argparse
import asyncio

from app.cli import statement
from app.domain.errors import Invalid
from app.domain.ids import Millis
from app.domain.payments.claims import ClaimState
from app.domain.payments.exposure import Exposure
from app.domain.payments.matching import Match
from app.domain.payments.policy import Hold
from app.domain.payments.reconciliation import ClaimView
from app.domain.people import Person
from app.domain.times import from_rfc3339, to_rfc3339
from app.services.opened import OpenedDesk

Answer = dict[str, object] | list[dict[str, object]]

_SETTLED = frozenset({ClaimState.VERIFIED, ClaimState.WAIVED})


async def claims(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    """Claims of open tickets, what is urgent first; settled ones only with --all."""
    work = await opened.payments.work()
    held = {one.ticket_id: one for one in work.holds}
    return [
        _claim(one, held.get(one.ticket.id))
        for one in work.claims
        if arguments.all or one.state not in _SETTLED
    ]


def _claim(view: ClaimView, hold: Hold | None) -> dict[str, object]:
    claim = view.claim
    return {
        "claim_id": claim.id,
        "ref": view.ticket.reference or None,
        "ticket_id": view.ticket.id,
        "amount": claim.amount,
        "open": view.open_amount,
        "currency": claim.currency,
        "reference": claim.reference,
        "provider": claim.provider,
        "paid_on": claim.paid_on or None,
        "at": to_rfc3339(claim.at),
        "state": str(view.state),
        "patience": str(view.patience),
        "next_at": to_rfc3339(view.next_at) if view.next_at is not None else None,
        "next_steps": [str(one) for one in view.next_steps],
        "settled_by": _match(view.settled_by) if view.settled_by else None,
        "choices": [_match(one) for one in view.choices],
        "held": [str(cap) for cap in hold.caps] if hold else [],
        "asked": hold.asked if hold else None,
    }


def _match(match: Match) -> dict[str, object]:
    return {
        "payments": list(match.payments),
        "amount": sum(one.amount for one in match.portions),
        "score": match.score,
        "reasons": [str(one) for one in match.reasons],
    }


async def exposure(opened: OpenedDesk, _arguments: argparse.Namespace) -> Answer:
    """The meter per currency in minor units, and the worst case the caps allow."""
    work = await opened.payments.work()
    policy = opened.desk.configuration.payments
    as_of = work.billing_as_of
    return {
        "currencies": [_meter(one) for one in work.exposure],
        "held": len(work.holds),
        "desks": len(opened.desk.configuration.desks),
        "caps": {"per_customer": policy.per_customer, "per_desk": policy.per_desk},
        "billing_as_of": to_rfc3339(as_of) if as_of is not None else None,
    }


def _meter(one: Exposure) -> dict[str, object]:
    return {
        "currency": one.currency,
        "tickets": one.tickets,
        "visits": one.visits,
        "claimed": one.claimed,
        "total": one.total,
        "worst_case": one.worst,
        "worst_case_visits": one.worst_visits,
    }


async def enrich(opened: OpenedDesk, _arguments: argparse.Namespace) -> Answer:
    """Reduced tickets, each with its missing parts in the order of asking."""
    return [
        {
            "ref": one.reference or None,
            "ticket_id": one.ticket_id,
            "danger": one.danger,
            "due": to_rfc3339(one.due) if one.due is not None else None,
            "missing": [str(part) for part in one.missing],
            "customer": one.customer,
            "fault": one.fault,
        }
        for one in await opened.payments.to_complete()
    ]


async def rule(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    """Decide about a claim; `not_verified` takes the last ruling back."""
    done = await opened.payments.rule(
        arguments.claim_id, arguments.ruling, arguments.reason or "", person
    )
    opened.sync.nudge()
    return {"op_id": done.op_id, "state": str(done.state)}


async def report(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    """What was taken in a span of time; with --csv the counts as a file."""
    since, until = (_time(text) for text in (arguments.since, arguments.until))
    made = await opened.reporting.outage(since, until)
    if arguments.csv is not None:
        await opened.reporting.write_csv(made, arguments.csv, person)
    outage = made.outage
    return {
        "since": to_rfc3339(outage.since),
        "until": to_rfc3339(outage.until),
        "taken": outage.taken,
        "completed": outage.completed,
        "unresolved": outage.unresolved,
        "by_agent_and_hour": [
            {
                "agent": one.agent,
                "hour": to_rfc3339(one.hour),
                "taken": one.taken,
                "completed": one.completed,
                "unresolved": one.unresolved,
            }
            for one in outage.counts
        ],
        "handling": {
            "online": {"calls": outage.online.calls, "median_s": outage.online.median_s},
            "outage": {"calls": outage.outage.calls, "median_s": outage.outage.median_s},
        },
        "exposure": [_meter(one) for one in made.exposure],
    }


def _time(text: str) -> Millis:
    try:
        return from_rfc3339(text)
    except ValueError as error:
        raise Invalid("A time is written like 2026-11-23T10:42:00Z.") from error


async def read_statement(
    opened: OpenedDesk, arguments: argparse.Namespace, person: Person
) -> Answer:
    """Look at a statement beside this desk's claims; with --apply its new lines are kept."""
    # A large file takes its time, and a running desk goes on meanwhile.
    file = await asyncio.to_thread(statement.read, arguments)
    if arguments.apply:
        found = await opened.payments.take_in(file, person, confirmed=arguments.yes)
    else:
        found = await opened.payments.preview(file)
    return {
        **statement.shape(file),
        "already_seen": found.already_seen,
        "matched": found.matched,
        "suggested": found.suggested,
        "unmatched": found.unmatched,
    }
