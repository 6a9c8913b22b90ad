"""Commands about what must not happen: incidents, held deletions, mirrors that differ."""

from __future__ import annotations

import argparse

from app.domain.people import Person
from app.domain.times import to_rfc3339
from app.services.opened import OpenedDesk

Answer = dict[str, object] | list[dict[str, object]]


async def incidents(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    """Open ones, or with `--all` those of the last 30 days."""
    oversight = opened.oversight
    found = await (oversight.incidents() if arguments.all else oversight.open_incidents())
    return [
        {
            "kind": one.kind,
            "service": one.service,
            "subject": one.subject,
            "detail": one.detail,
            "times": one.times,
            "first_at": to_rfc3339(one.first_at),
            "last_at": to_rfc3339(one.last_at),
            "closed_at": to_rfc3339(one.closed_at) if one.closed_at is not None else None,
            "closed_by": one.closed_by,
        }
        for one in found
    ]


async def held(opened: OpenedDesk) -> Answer:
    """What is held, by service."""
    return [
        {
            "service": one.service,
            "count": one.count,
            "mirrored": one.mirrored,
            "since": to_rfc3339(one.since),
            "refused": one.refused,
            "examples": list(one.examples),
        }
        for one in await opened.oversight.held()
    ]


async def decide_held(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    """Let the deletions happen, or keep their rows."""
    oversight = opened.oversight
    decide = oversight.release if arguments.action == "release" else oversight.refuse
    count = await decide(arguments.service, arguments.reason, person)
    return {"service": arguments.service, "decided": arguments.action, "rows": count}


async def parity(opened: OpenedDesk, _arguments: argparse.Namespace) -> Answer:
    """Compare every mirror with central now; what differs is repaired."""
    return [
        {
            "service": one.service,
            "healthy": one.healthy,
            "compared": one.compared,
            "rows": one.rows,
            "differing_buckets": one.buckets,
            "found": {str(finding): count for finding, count in one.found.items()},
            "repaired": one.repaired,
        }
        for one in await opened.check_parity()
    ]
