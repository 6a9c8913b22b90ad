"""The model work list on the command line: what waits, proposing, deciding."""

from __future__ import annotations

import argparse

from app.domain.errors import Invalid, NotFound
from app.domain.ids import Millis
from app.domain.model_work import ModelParts, ProposalView, WaitingWords
from app.domain.people import Person
from app.domain.times import to_rfc3339
from app.ports.system import Signer
from app.services.decisions import Decided
from app.services.models import NewEntry
from app.services.opened import OpenedDesk

Answer = dict[str, object] | list[dict[str, object]]


async def models(opened: OpenedDesk, _arguments: argparse.Namespace) -> Answer:
    """Waiting words, each with its tickets and its proposal; then proposals nobody waits for."""
    proposals = {one.id: one for one in await opened.approvals.proposals()}
    waiting = await opened.models.waiting()
    rows = [
        _waiting_row(opened, row, proposals.pop(row.proposal_id or "", None)) for row in waiting
    ]
    return [*rows, *(_proposal_row(opened, one) for one in proposals.values())]


def _waiting_row(
    opened: OpenedDesk, row: WaitingWords, proposal: ProposalView | None
) -> dict[str, object]:
    return {
        "words": row.words,
        "key": row.key,
        "state": "proposed" if proposal else "as_said",
        "tickets": [one.reference or one.id for one in row.tickets],
        "oldest": to_rfc3339(Millis(row.oldest)),
        "blocks": row.blocking,
        "proposal": _proposal(opened, proposal) if proposal else None,
    }


def _proposal_row(opened: OpenedDesk, one: ProposalView) -> dict[str, object]:
    words = str(one.fields.get("words") or "")
    return {
        "words": words, "key": "", "state": "proposed", "tickets": [], "oldest": None, "blocks": 0,
        "proposal": _proposal(opened, one),
    }  # fmt: skip


def _proposal(opened: OpenedDesk, one: ProposalView) -> dict[str, object]:
    fields = one.fields
    names = ("maker", "name", "numbers", "category", "proposer", "state", "question", "answer")
    return {
        "id": one.id,
        **{name: fields.get(name) for name in names},
        "near": fields.get("neighbours"),
        "shown": opened.approvals.shown(one),
    }


async def propose(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    """Ask for a new entry of the catalog."""
    words = arguments.words or ""
    if arguments.ref:
        ticket = await opened.tickets.by_reference(arguments.ref)
        words = words or str(ticket.fields.get("model_words") or "")
    parts = ModelParts(arguments.maker, arguments.name or "", tuple(arguments.number or ()))
    done = await opened.models.propose(NewEntry(words, parts, arguments.category), person)
    opened.sync.nudge()
    return {"proposal_id": done.proposal_id, **_decided(done.decided)}


async def approve(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    """Into the catalog, signed by the person."""
    shown = await _shown(opened, arguments)
    signer = await _signer(opened, arguments, person)
    entry_id, done = await opened.approvals.approve(arguments.proposal, shown, person, signer)
    opened.sync.nudge()
    return {"entry_id": entry_id, **_decided(done)}


async def reject(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    """No, with a reason, signed by the person."""
    shown = await _shown(opened, arguments)
    signer = await _signer(opened, arguments, person)
    done = await opened.approvals.reject(
        arguments.proposal, shown, arguments.reason, person, signer
    )
    opened.sync.nudge()
    return _decided(done)


async def _shown(opened: OpenedDesk, arguments: argparse.Namespace) -> str:
    """The digest of what was looked at: as given, else of the proposal as it stands."""
    if arguments.shown:
        return str(arguments.shown)
    for one in await opened.approvals.proposals():
        if one.id == arguments.proposal:
            return opened.approvals.shown(one)
    raise NotFound("No proposal with that id waits for a decision.")


async def _signer(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Signer:
    try:
        passphrase = arguments.person_passphrase_file.read_bytes().rstrip(b"\r\n")
    except OSError as error:
        raise Invalid("The person's passphrase file cannot be read.") from error
    return await opened.signing.signer(person, passphrase)


def _decided(done: Decided) -> dict[str, object]:
    return {"op_id": done.op_id, "state": str(done.state)}
