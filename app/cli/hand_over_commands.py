"""Hand-over on the command line: to a colleague or the next shift, or to another desk as a file."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

import msgspec

from app.domain.errors import EnvironmentFault, Invalid
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
    own = await opened.shift.own(person)
    return {
        "drafts": len(own.drafts),
        "promises": [{"ref": one.reference, "what": one.what} for one in own.promises],
        "call_backs": len(own.call_backs),
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
    out: Path = arguments.out
    if await asyncio.to_thread(out.exists):
        raise Invalid("That file is there already.", todo="Name another one.")
    given = await opened.handing_over.give(arguments.to, person)
    await asyncio.to_thread(_write, out, given.content)
    return {
        "to": given.to.name,
        "operations": given.operations,
        "drafts": given.drafts,
        "desk_code": opened.desk.identity.desk_code,
    }


async def _take(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    try:
        content = await asyncio.to_thread(arguments.file.read_bytes)
    except OSError as error:
        raise Invalid("The hand-over's file cannot be read.") from error
    taken = await opened.handing_over.take(content, person)
    if arguments.receipt is not None:
        await asyncio.to_thread(_write, arguments.receipt, msgspec.json.encode(taken.receipt))
    opened.sync.nudge()
    return {
        "from": taken.from_desk,
        "operations": taken.operations,
        "known_here": taken.known_here,
        "drafts": taken.drafts,
    }


def _write(target: Path, content: bytes) -> None:
    try:
        with target.open("xb") as out:
            out.write(content)
    except OSError as error:
        raise EnvironmentFault(
            "The file could not be written.",
            safe="Everything is still in this desk's outbox.",
            todo="Name another place, then again.",
        ) from error
