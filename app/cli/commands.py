"""Commands on an opened desk, whether it was opened for them or runs already."""

from __future__ import annotations

import argparse
from collections.abc import Awaitable, Callable
from dataclasses import replace

from app.cli import shapes
from app.cli.arguments import UsageError, parser
from app.domain.call import Call, Claim
from app.domain.errors import Invalid, OffhookError, Refused, StoreFault
from app.domain.ids import Millis
from app.domain.people import Permission, Person
from app.domain.times import from_rfc3339
from app.domain.words import readable
from app.services.desk import require
from app.services.opened import OpenedDesk

EXIT_DONE, EXIT_USAGE, EXIT_REFUSED, EXIT_STORE = 0, 2, 3, 4

_LARGEST_AMOUNT = 2**53 - 1
"""What JSON carries exactly (RFC 8785)."""

Answer = dict[str, object] | list[dict[str, object]]
Handler = Callable[[OpenedDesk, argparse.Namespace], Awaitable[Answer]]


def exit_code(problem: OffhookError) -> int:
    """3 for a refusal or an unreachable need, 4 for the store."""
    return EXIT_STORE if isinstance(problem, StoreFault) else EXIT_REFUSED


async def run_line(opened: OpenedDesk, argv: list[str]) -> tuple[int, str]:
    """Run one command line on the desk; never raises for what a script did wrong."""
    try:
        arguments = parser().parse_args(argv)
    except UsageError as slip:
        return EXIT_USAGE, str(slip)
    return await run(opened, arguments)


async def run(opened: OpenedDesk, arguments: argparse.Namespace) -> tuple[int, str]:
    """The exit code, and the JSON for standard output (0) or standard error (else)."""
    _made_readable(arguments)
    try:
        answer = await HANDLERS[arguments.command](opened, arguments)
    except OffhookError as problem:
        return exit_code(problem), shapes.error(problem)
    return EXIT_DONE, shapes.printed(answer)


def _made_readable(arguments: argparse.Namespace) -> None:
    """A script may pass bytes of another encoding; paths are left as they are."""
    for name, value in vars(arguments).items():
        if isinstance(value, str):
            setattr(arguments, name, readable(value))
        elif isinstance(value, list):
            setattr(arguments, name, [readable(one) for one in value if isinstance(one, str)])


async def _person(opened: OpenedDesk, arguments: argparse.Namespace) -> Person:
    """Who does it; naming somebody makes them the person of this profile from here on."""
    wanted = arguments.as_person
    if wanted is not None:
        return await opened.people.choose(wanted)
    return await opened.people.current()


async def _take(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    person = await _person(opened, arguments)
    done = await opened.intake.take(_call(opened, arguments), person)
    opened.sync.nudge()
    return shapes.taken(done)


def _call(opened: OpenedDesk, arguments: argparse.Namespace) -> Call:
    call = opened.intake.new_call(arguments.phone or "")
    return replace(
        call,
        name=arguments.name or "",
        fault=arguments.fault or "",
        model=arguments.model or "",
        customer_id=arguments.customer,
        caller=arguments.caller or "",
        device_id=arguments.device,
        place=arguments.place or "",
        priority=arguments.priority or "normal",
        happened_at=_time(arguments.happened_at),
        dropped=arguments.dropped,
        claim=_claim(opened, arguments),
    )


def _time(text: str | None) -> Millis | None:
    if text is None:
        return None
    try:
        return from_rfc3339(text)
    except ValueError as error:
        sentence = "The time of the call is written like 2026-11-23T10:42:00Z."
        raise Invalid(sentence, fields={"happened_at": "Not a time."}) from error


def _claim(opened: OpenedDesk, arguments: argparse.Namespace) -> Claim | None:
    if arguments.claim_amount is None:
        return None
    if not 0 <= arguments.claim_amount <= _LARGEST_AMOUNT:
        raise Invalid(
            "A claim's amount is a whole number of minor units, not negative.",
            fields={"claim_amount": "Not an amount."},
            todo="4900 is 49.00.",
        )
    currency = (arguments.claim_currency or opened.desk.configuration.currency).upper()
    if len(currency) != 3 or not currency.isalpha():
        raise Invalid("A currency has three letters.", fields={"claim_currency": "Not a currency."})
    return Claim(arguments.claim_amount, currency, arguments.claim_ref or "")


async def _note(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    person = await _person(opened, arguments)
    done = await opened.tickets.note(arguments.ref, arguments.text, person)
    opened.sync.nudge()
    return {"op_id": done.op_id, "state": str(done.state)}


async def _set(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    person = await _person(opened, arguments)
    wanted = shapes.assignments(arguments.fields)
    done = await opened.tickets.set_fields(arguments.ref, wanted, person)
    opened.sync.nudge()
    return {"op_id": done.op_id, "state": str(done.state)}


async def _outbox(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    if arguments.action is None:
        return [shapes.outbox_row(row) for row in await opened.outgoing.rows()]
    person = await _person(opened, arguments)
    if arguments.action == "withdraw":
        state = await opened.outgoing.withdraw(arguments.op_id, person)
        return {"op_id": arguments.op_id, "state": str(state)}
    wanted = shapes.assignments(arguments.fields)
    done = await opened.outgoing.replace(arguments.op_id, wanted, person)
    opened.sync.nudge()
    return {"op_id": done.op_id, "state": str(done.state)}


async def _sync(opened: OpenedDesk, _arguments: argparse.Namespace) -> Answer:
    return shapes.sync_report(await opened.sync_once())


async def _status(opened: OpenedDesk, _arguments: argparse.Namespace) -> Answer:
    return shapes.sync_report(await opened.standing())


async def _search(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    return shapes.search(await opened.finding.search(arguments.text, arguments.limit))


async def _ticket(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    return shapes.ticket(await opened.tickets.by_reference(arguments.ref))


async def _people(opened: OpenedDesk, _arguments: argparse.Namespace) -> Answer:
    current = await opened.people.current()
    return [
        {
            "id": person.id,
            "name": person.name,
            "roles": sorted(person.roles),
            "current": person.id == current.id,
        }
        for person in opened.people.everybody()
    ]


async def _backup(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    require(await _person(opened, arguments), Permission.TAKE_CALLS)
    await opened.desk.store.backup(str(arguments.target))
    return {"backup": arguments.target.name}


async def _export(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    person = await _person(opened, arguments)
    count = await opened.exporting.tickets(arguments.target, person)
    return {"exported": count}


async def _call_form(_opened: OpenedDesk, _arguments: argparse.Namespace) -> Answer:
    raise Refused("No desk is running with this profile.", todo="Start offhook first.")


HANDLERS: dict[str, Handler] = {
    "take": _take,
    "note": _note,
    "set": _set,
    "outbox": _outbox,
    "sync": _sync,
    "status": _status,
    "search": _search,
    "ticket": _ticket,
    "people": _people,
    "backup": _backup,
    "export": _export,
    "call": _call_form,
}
