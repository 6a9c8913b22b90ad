"""The catch-up on the command line: the outage's figures, its tickets, and all desks."""

from __future__ import annotations

import argparse

from app.domain.catch_up import CatchUp, TakenHere
from app.domain.desk_standing import WatchedDesk
from app.domain.errors import Invalid
from app.domain.ids import Millis
from app.domain.people import Permission, Person
from app.domain.times import from_rfc3339, to_rfc3339
from app.domain.views import CallBack
from app.services.opened import OpenedDesk

Answer = dict[str, object] | list[dict[str, object]]


async def catch_up(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    """What we took, what is unresolved, what is due; desks only for those who may see them."""
    span = _span(arguments)
    catching_up = opened.catching_up
    found = await (catching_up.read() if span is None else catching_up.read_span(*span))
    answer = _shape(found)
    if person.may(Permission.SEE_ALL_DESKS):
        all_desks = await opened.catching_up.desks(person)
        answer["desks"] = [_desk(one) for one in all_desks.desks] if all_desks.known else None
    return answer


def _span(arguments: argparse.Namespace) -> tuple[Millis, Millis | None] | None:
    if arguments.since is None and arguments.until is None:
        return None
    since, until = (_time(text) for text in (arguments.since, arguments.until))
    if since is None:
        raise Invalid("A span begins somewhere.", todo="Give --since as well.")
    if until is not None and since >= until:
        raise Invalid("The span's end is not after its beginning.")
    return since, until


def _time(text: str | None) -> Millis | None:
    try:
        return from_rfc3339(text) if text is not None else None
    except ValueError as error:
        raise Invalid("A time is written like 2026-11-23T10:42:00Z.") from error


def _shape(found: CatchUp) -> dict[str, object]:
    outage = found.outage
    return {
        "since": to_rfc3339(outage.since),
        "until": _text(outage.until),
        "services": [service.value for service in outage.services],
        "recorded": found.recorded,
        "taken": len(found.taken),
        "by_intake": dict(found.by_intake),
        "sent": found.sent,
        "unsent": found.unsent,
        "last_received": _text(found.last_received),
        "unresolved": found.unresolved,
        "models": found.models,
        "to_complete": found.to_complete,
        "needs_review": [one.row.reference for one in found.reviews],
        "exposure": dict(found.exposure),
        "claims": [
            {
                "claim_id": one.claim_id,
                "ref": one.reference or None,
                "amount": one.amount,
                "currency": one.currency,
                "next_at": _text(one.next_at),
            }
            for one in found.claims
        ],
        "active": [_ticket(one) for one in found.active],
        "closed": [_ticket(one) for one in found.closed],
        "web_backlog": {
            "total": found.backlog.total,
            "actionable": found.backlog.actionable,
            "to_complete": found.backlog.to_complete,
            "quarantined": found.backlog.quarantined,
        },
        "call_backs": [_call_back(one) for one in found.call_backs],
    }


def _ticket(one: TakenHere) -> dict[str, object]:
    return {
        "ref": one.row.reference,
        "ticket_id": one.row.id,
        "state": str(one.row.state),
        "status": one.row.status,
        "fault": one.row.fault,
        "device": one.row.device,
        "left": str(one.left),
        "count": one.count,
        "missing": [str(part) for part in one.missing],
        "due": _text(one.row.due),
        "at_central": one.at_central,
    }


def _call_back(one: CallBack) -> dict[str, object]:
    return {
        "kind": one.kind,
        "id": one.id,
        "ref": one.reference or None,
        "what": one.what,
        "to": one.to,
        "due": _text(one.due),
        "whose": one.whose or None,
    }


def _desk(one: WatchedDesk) -> dict[str, object]:
    standing, report = one.standing, one.standing.report
    return {
        "desk": standing.desk_id,
        "name": standing.name,
        "codes": list(standing.codes),
        "extension": standing.extension or None,
        "hearing": str(one.hearing),
        "last_seen": _text(standing.last_seen),
        "unsent": one.unsent,
        "waiting": report.waiting if report else None,
        "needs_review": report.needs_review if report else None,
        "oldest_unsent": _text(report.oldest_unsent) if report else None,
        "version": report.version if report else None,
        "as_of": {name.value: _text(at) for name, at in report.as_of.items()} if report else {},
        "last_drill": _text(report.last_drill) if report else None,
    }


def _text(at: Millis | None) -> str | None:
    return to_rfc3339(at) if at is not None else None
