"""Hand-over on the command line: to a colleague or the next shift, or to another desk as a file."""

from __future__ import annotations

import argparse

from app.domain.people import Person
from app.services.opened import OpenedDesk

Answer = dict[str, object] | list[dict[str, object]]


async def hand_over(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    """What the words after `hand-over` ask for; without any, what there is to hand over."""
    match arguments.action:
        case "give":
            return await _give(opened, arguments, person)
        case "file":
            return await _file(opened, arguments, person)
        case "take":
            return await _take(opened, arguments, person)
        case "back":
            await opened.intake.take_back(arguments.draft, person)
            return {"draft_id": arguments.draft}
    own = await opened.shift.own(person)
    return {
        "drafts": len(own.drafts),
        "promises": [{"ref": one.reference, "what": one.what} for one in own.promises],
        "call_backs": len(own.call_backs),
        "away": dict(await opened.intake.away()),
        "before": await opened.shift.history(),
    }


async def _give(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    done = await opened.shift.give(arguments.to, person)
    opened.sync.nudge()
    return {
        "to": done.to,
        "drafts": done.drafts,
        "tickets": list(done.tickets),
        "call_backs": done.call_backs,
    }


async def _file(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    given = await opened.handing_over.give_to_file(arguments.to, arguments.out, person)
    return {
        "to": given.to.name,
        "operations": given.operations,
        "drafts": given.drafts,
        "drafts_elsewhere": given.elsewhere,
        **({"fingerprint": given.fingerprint} if given.fingerprint else {}),
        "desk_code": opened.desk.identity.desk_code,
    }


async def _take(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    taken = await opened.handing_over.take_file(
        arguments.file, arguments.receipt, person, arguments.giver
    )
    opened.sync.nudge()
    return {
        "from": taken.from_desk,
        "operations": taken.operations,
        "known_here": taken.known_here,
        "drafts": taken.drafts,
    }
