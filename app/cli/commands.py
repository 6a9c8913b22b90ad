"""Commands on an opened desk, whether it was opened for them or runs already."""

from __future__ import annotations

import argparse
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

import msgspec

from app.central.contract.seeds import fingerprint
from app.cli import (
    catalog_commands,
    catch_up_commands,
    claim_commands,
    hand_over_commands,
    model_commands,
    oversight_commands,
    payment_commands,
    shapes,
)
from app.cli.arguments import UsageError, parsed_elsewhere
from app.domain.call import Call, Claim
from app.domain.drill import DRILL_SETTING, as_real
from app.domain.errors import DeskSilent, Invalid, OffhookError, Refused, StoreFault
from app.domain.ids import Millis
from app.domain.people import Permission, Person
from app.domain.times import from_rfc3339
from app.domain.words import readable
from app.services.conflicts import Take, shown_of
from app.services.desk import require
from app.services.exporting import record_export
from app.services.opened import OpenedDesk

EXIT_DONE, EXIT_USAGE, EXIT_REFUSED, EXIT_STORE, EXIT_SILENT = 0, 2, 3, 4, 5

_LARGEST_AMOUNT = 2**53 - 1
"""What JSON carries exactly (RFC 8785)."""

Answer = dict[str, object] | list[dict[str, object]]
Handler = Callable[[OpenedDesk, argparse.Namespace], Awaitable[Answer]]


def exit_code(problem: OffhookError) -> int:
    """3 for a refusal or an unreachable need, 4 for the store, 5 for a desk without an answer."""
    if isinstance(problem, DeskSilent):
        return EXIT_SILENT
    return EXIT_STORE if isinstance(problem, StoreFault) else EXIT_REFUSED


async def run_line(opened: OpenedDesk, argv: list[str]) -> tuple[int, str]:
    """Run one command line on the desk; never raises for what a script did wrong."""
    try:
        arguments = parsed_elsewhere(argv)
    except UsageError as slip:
        return EXIT_USAGE, str(slip)
    return await run(opened, arguments)


async def run(opened: OpenedDesk, arguments: argparse.Namespace) -> tuple[int, str]:
    """The exit code, and the JSON for standard output (0) or standard error (else)."""
    _made_readable(arguments)
    try:
        answer = await HANDLERS[arguments.command](opened, arguments)
        if getattr(arguments, "as_person", None) is not None:
            await opened.people.choose(arguments.as_person)
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
    """Who does it; one who is named works at this profile from then on, once it is done."""
    return await opened.people.current(arguments.as_person)


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
        reference=arguments.ref or "",
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
        if any(getattr(arguments, f"claim_{name}") for name in _CLAIM_PARTS):
            raise Invalid(
                "A claim that something was paid needs its amount.",
                fields={"claim_amount": "Missing."},
                todo="Give --claim-amount in minor units: 4900 is 49.00.",
            )
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
    paid_on = arguments.claim_paid_on or ""
    if paid_on and not _is_day(paid_on):
        raise Invalid(
            "The day of a payment is written like 2026-11-18.",
            fields={"claim_paid_on": "Not a day."},
        )
    return Claim(
        amount=arguments.claim_amount,
        currency=currency,
        reference=arguments.claim_ref or "",
        provider=arguments.claim_provider or "",
        paid_on=paid_on,
        last4=arguments.claim_last4 or "",
    )


_CLAIM_PARTS = ("currency", "ref", "provider", "paid_on", "last4")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


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


async def _merge(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    person = await _person(opened, arguments)
    merging = opened.merging
    merge = merging.merge_customers if arguments.customers else merging.merge_tickets
    done = await merge(arguments.one, arguments.into, person)
    opened.sync.nudge()
    return {"op_id": done.op_id, "state": str(done.state)}


async def _unmerge(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    person = await _person(opened, arguments)
    merging = opened.merging
    unmerge = merging.unmerge_customer if arguments.customers else merging.unmerge_ticket
    done = await unmerge(arguments.one, person)
    opened.sync.nudge()
    return {"op_id": done.op_id, "state": str(done.state)}


async def _outbox(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    if arguments.action is None:
        return [shapes.outbox_row(row) for row in await opened.outgoing.rows()]
    person = await _person(opened, arguments)
    if arguments.action == "release":
        released = await opened.outgoing.release(person)
        opened.sync.nudge()
        return {"released": list(released)}
    if arguments.action == "withdraw":
        state = await opened.outgoing.withdraw(arguments.op_id, person)
        return {"op_id": arguments.op_id, "state": str(state)}
    wanted = shapes.assignments(arguments.fields)
    done = await opened.outgoing.replace(arguments.op_id, wanted, person)
    opened.sync.nudge()
    return {"op_id": done.op_id, "state": str(done.state)}


async def _conflicts(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    if arguments.action is None:
        rows = await opened.conflicts.rows()
        shown = {
            op_id: shown_of(one for one in rows if one.op_id == op_id)
            for op_id in {row.op_id for row in rows}
        }
        return [shapes.conflict(row, shown[row.op_id]) for row in rows]
    if arguments.action == "parallel":
        return [shapes.parallel(row) for row in await opened.conflicts.parallel()]
    person = await _person(opened, arguments)
    take, shown = Take(arguments.take), arguments.shown
    done = await opened.conflicts.decide(arguments.op_id, take, person, shown)
    opened.sync.nudge()
    if not done:
        return {"op_id": None, "state": None, "taken": arguments.take}
    return {"op_id": done[-1].op_id, "state": str(done[-1].state), "taken": arguments.take}


async def _held(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    if arguments.action is None:
        return await oversight_commands.held(opened)
    person = await _person(opened, arguments)
    return await oversight_commands.decide_held(opened, arguments, person)


async def _sync(opened: OpenedDesk, _arguments: argparse.Namespace) -> Answer:
    return shapes.sync_report(await opened.sync_once())


async def _status(opened: OpenedDesk, _arguments: argparse.Namespace) -> Answer:
    identity = opened.desk.identity
    return {
        **shapes.sync_report(await opened.standing()),
        "desk": identity.name,
        "desk_code": identity.desk_code,
        "registered": bool(identity.credential),
        "registration": str(await opened.oversight.registration()),
        "drill": await opened.desk.store.read(lambda tx: tx.desk.setting(DRILL_SETTING) is True),
        "organisation": fingerprint(identity.organisation_key),
        "second_copy": shapes.second_copy(await opened.copies.standing()),
        "held_after_restore": list(await opened.outgoing.held()),
    }


async def _second_place(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    if arguments.folder is None and not arguments.none:
        return shapes.second_copy(await opened.copies.standing())
    if arguments.folder is not None and arguments.none:
        raise Invalid("Either a folder or --none.")
    person = await _person(opened, arguments)
    folder = "" if arguments.none else str(arguments.folder)
    return shapes.second_copy(await opened.copies.keep_in(folder, person))


async def _search(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    return shapes.search(await opened.finding.search(arguments.text, arguments.limit))


async def _ticket(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    return shapes.ticket(await opened.tickets.by_reference(arguments.ref))


async def _propose(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    return await model_commands.propose(opened, arguments, await _person(opened, arguments))


async def _approve(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    return await model_commands.approve(opened, arguments, await _person(opened, arguments))


async def _reject(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    return await model_commands.reject(opened, arguments, await _person(opened, arguments))


async def _ask_back(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    return await model_commands.ask_back(opened, arguments, await _person(opened, arguments))


async def _answer(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    return await model_commands.answer(opened, arguments, await _person(opened, arguments))


async def _delegate(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    return await model_commands.delegate(opened, arguments, await _person(opened, arguments))


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
    person = await _person(opened, arguments)
    require(person, Permission.TAKE_CALLS)
    await record_export(opened.desk, person, "backup")
    await opened.desk.store.backup(str(arguments.target))
    return {"backup": arguments.target.name}


async def _export(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    person = await _person(opened, arguments)
    if arguments.target is None:
        return [dict(one) for one in await opened.exporting.record(person)]
    count = await opened.exporting.tickets(arguments.target, person)
    return {"exported": count}


async def _claims(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    if arguments.action is None:
        return await payment_commands.claims(opened, arguments)
    person = await _person(opened, arguments)
    return await claim_commands.act(opened, arguments, person)


async def _rule(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    return await payment_commands.rule(opened, arguments, await _person(opened, arguments))


async def _report(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    return await payment_commands.report(opened, arguments, await _person(opened, arguments))


async def _blanks(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    if arguments.count is None:
        return {"open": list(await opened.blanks.open())}
    person = await _person(opened, arguments)
    return {"reserved": list(await opened.blanks.reserve(arguments.count, person))}


async def _statement(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    person = await _person(opened, arguments)
    return await payment_commands.read_statement(opened, arguments, person)


async def _catch_up(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    return await catch_up_commands.catch_up(opened, arguments, await _person(opened, arguments))


async def _doctor(opened: OpenedDesk, _arguments: argparse.Namespace) -> Answer:
    """Of an open desk, which goes on working: its pages are not read one by one for this."""
    offset = await opened.desk.store.read(lambda tx: tx.desk.clock_offset())
    now = opened.desk.wall.now()
    return {
        "store": "open in the running desk",
        "clock_offset_ms": offset[0] if offset else None,
        "endpoints": {one.service: shapes.way(one) for one in opened.sync.statuses(now)},
    }


async def _drill_call(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    """A drill's call goes on here as a draft: nothing is saved before a person says so."""
    try:
        call = msgspec.json.decode(arguments.call, type=Call)
    except msgspec.MsgspecError as error:
        raise Invalid("That is no call of a drill.") from error
    await opened.intake.keep_draft(as_real(call), await opened.people.current())
    return {"draft_id": call.draft_id, "running": False}


async def _hand_over(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    person = await _person(opened, arguments)
    return await hand_over_commands.hand_over(opened, arguments, person)


async def _call_form(_opened: OpenedDesk, _arguments: argparse.Namespace) -> Answer:
    raise Refused("No desk is running with this profile.", todo="Start offhook first.")


async def _catalog(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    return await catalog_commands.catalog(opened, arguments, await _person(opened, arguments))


async def _audit(opened: OpenedDesk, arguments: argparse.Namespace) -> Answer:
    return await catalog_commands.audit(opened, arguments, await _person(opened, arguments))


HANDLERS: dict[str, Handler] = {
    "take": _take,
    "note": _note,
    "set": _set,
    "merge": _merge,
    "unmerge": _unmerge,
    "outbox": _outbox,
    "conflicts": _conflicts,
    "held": _held,
    "incidents": oversight_commands.incidents,
    "parity": oversight_commands.parity,
    "sync": _sync,
    "status": _status,
    "second-place": _second_place,
    "search": _search,
    "ticket": _ticket,
    "models": model_commands.models,
    "claims": _claims,
    "exposure": payment_commands.exposure,
    "enrich": payment_commands.enrich,
    "rule": _rule,
    "statement": _statement,
    "blanks": _blanks,
    "report": _report,
    "catch-up": _catch_up,
    "hand-over": _hand_over,
    "catalog": _catalog,
    "audit": _audit,
    "drill-call": _drill_call,
    "propose": _propose,
    "approve": _approve,
    "reject": _reject,
    "ask-back": _ask_back,
    "answer": _answer,
    "delegate": _delegate,
    "people": _people,
    "backup": _backup,
    "export": _export,
    "call": _call_form,
    "open": _call_form,
    "doctor": _doctor,
}
