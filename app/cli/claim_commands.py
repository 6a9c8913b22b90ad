"""One claim on the command line: its payments, settling by hand, taking back, evidence."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

from app.domain.errors import NotFound, Refused
from app.domain.evidence import LARGEST_BYTES
from app.domain.payments.reconciliation import ClaimView
from app.domain.people import Person
from app.services.decisions import Decided
from app.services.evidence import Evidence
from app.services.opened import OpenedDesk
from app.services.payments import files_of
from app.services.settlements import OfferedLine, Settlements

Answer = dict[str, object] | list[dict[str, object]]
_Act = Callable[[OpenedDesk, argparse.Namespace, Person, ClaimView], Awaitable[Answer]]


async def act(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    """What is done with the claim that a reference or an id names."""
    view = await Settlements(opened.desk).named(arguments.claim)
    return await _ACTS[arguments.action](opened, arguments, person, view)


async def _lines(
    opened: OpenedDesk, _arguments: argparse.Namespace, _person: Person, view: ClaimView
) -> Answer:
    return [_line(one) for one in await Settlements(opened.desk).lines_for(view.claim.id)]


def _line(one: OfferedLine) -> dict[str, object]:
    payment = one.payment
    return {
        "payment": payment.id,
        "amount": payment.amount,
        "currency": payment.currency,
        "day": payment.day.isoformat(),
        "payer": payment.payer,
        "text": payment.text,
        "likely": one.likely,
        "score": one.score,
        "reasons": [str(reason) for reason in one.reasons],
        "settles": one.settles,
        "whole": one.whole,
    }


async def _settle(
    opened: OpenedDesk, arguments: argparse.Namespace, person: Person, view: ClaimView
) -> Answer:
    settlements = Settlements(opened.desk)
    done = await settlements.settle(view.claim.id, arguments.payment, person)
    return await _done(opened, view, done)


async def _reject(
    opened: OpenedDesk, arguments: argparse.Namespace, person: Person, view: ClaimView
) -> Answer:
    payment = arguments.payment
    if payment is None:
        if view.settled_by is None or view.by_hand:
            raise Refused(
                "No payment settled it by itself.", todo="Name the payment it does not go with."
            )
        payment = view.settled_by.payments[0]
    done = await Settlements(opened.desk).refuse(view.claim.id, payment, person)
    return await _done(opened, view, done)


async def _reopen(
    opened: OpenedDesk, _arguments: argparse.Namespace, person: Person, view: ClaimView
) -> Answer:
    return await _done(opened, view, await Settlements(opened.desk).reopen(view.claim.id, person))


async def _done(opened: OpenedDesk, view: ClaimView, done: Decided) -> Answer:
    """The operation, and how the claim stands after it."""
    opened.sync.nudge()
    now = await Settlements(opened.desk).named(view.claim.id)
    return {
        "op_id": done.op_id,
        "state": str(done.state),
        "claim_id": view.claim.id,
        "claim_state": str(now.state),
        "open": now.open_amount,
    }


# --- evidence -----------------------------------------------------------------------------------


async def _evidence(
    opened: OpenedDesk, arguments: argparse.Namespace, person: Person, view: ClaimView
) -> Answer:
    if arguments.file is None:
        here = await Evidence(opened.desk).here()
        return [
            {
                "file_id": one.id,
                "name": one.name,
                "kind": one.kind,
                "size": one.size,
                "here": one.id in here,
            }
            for one in files_of([view])
            if one.claim_id == view.claim.id
        ]
    path: Path = arguments.file.expanduser()
    content = await asyncio.to_thread(_read, path)
    kept = await Evidence(opened.desk).keep(
        view.said_in.id, view.claim.id, path.name, content, person
    )
    opened.sync.nudge()
    return {"op_id": kept.op_id, "state": str(kept.state), "claim_id": view.claim.id}


async def _copy(
    opened: OpenedDesk, arguments: argparse.Namespace, person: Person, _view: ClaimView
) -> Answer:
    target: Path = arguments.out.expanduser()
    await Evidence(opened.desk).save_copy(arguments.file_id, target, person)
    return {"file_id": arguments.file_id, "out": target.name}


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise NotFound("The file cannot be read.") from error


_ACTS: dict[str, _Act] = {
    "lines": _lines,
    "settle": _settle,
    "reject": _reject,
    "reopen": _reopen,
    "evidence": _evidence,
    "copy": _copy,
}
