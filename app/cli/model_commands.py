"""The model work list on the command line: what waits, proposing, deciding."""

from __future__ import annotations

import argparse

from app.domain.errors import Invalid, NotFound
from app.domain.ids import Millis
from app.domain.model_work import ModelParts, ProposalView, WaitingWords
from app.domain.people import Person
from app.domain.proposals import all_wordings
from app.domain.times import to_rfc3339
from app.domain.words import words_key
from app.ports.system import Signer
from app.services.decisions import Decided
from app.services.models import NewEntry
from app.services.opened import OpenedDesk

Answer = dict[str, object] | list[dict[str, object]]

_SHOWN = (
    "maker", "name", "numbers", "category", "proposer", "state", "question", "answer",
    "delegated_to", "delegated_why",
)  # fmt: skip


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
    return {
        "id": one.id,
        **{name: fields.get(name) for name in _SHOWN},
        "wordings": list(all_wordings(fields)),
        "near": fields.get("neighbours"),
        "shown": opened.approvals.shown(one),
    }


async def propose(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    """Ask for a new entry of the catalog; with all waiting tickets that say one of its wordings."""
    said = [str(one) for one in arguments.words or ()]
    tickets: list[str] = []
    for reference in arguments.ref or ():
        ticket = await opened.tickets.by_reference(reference)
        tickets.append(ticket.row.id)
        said.append(str(ticket.fields.get("model_words") or ""))
    wordings = [one for one in said if words_key(one)]
    keys = set(map(words_key, wordings))
    waiting = [row for row in await opened.models.waiting() if row.key in keys]
    tickets += [one.id for row in waiting for one in row.tickets if one.id not in tickets]
    parts = ModelParts(arguments.maker, arguments.name or "", tuple(arguments.number or ()))
    entry = NewEntry(
        wordings[0] if wordings else "", parts, arguments.category,
        ticket_ids=tuple(tickets), wordings=tuple(wordings[1:]),
    )  # fmt: skip
    done = await opened.models.propose(entry, person)
    opened.sync.nudge()
    return {"proposal_id": done.proposal_id, **_decided(done.decided)}


async def ask_back(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    """Back to the proposer with a question."""
    asked = await opened.approvals.ask(arguments.proposal, arguments.question, person)
    opened.sync.nudge()
    return _decided(asked)


async def answer(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    """What was asked is answered; the proposal waits for a decision again."""
    given = await opened.approvals.answer(arguments.proposal, arguments.answer, person)
    opened.sync.nudge()
    return _decided(given)


async def delegate(opened: OpenedDesk, arguments: argparse.Namespace, person: Person) -> Answer:
    """That supervisor decides; oneself, where somebody else was to."""
    to, why = await opened.desk.person(arguments.to), arguments.why or ""
    given = await opened.approvals.delegate(arguments.proposal, to, person, why)
    opened.sync.nudge()
    return _decided(given)


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
