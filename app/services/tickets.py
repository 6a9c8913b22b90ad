"""Working on tickets: notes, fields, status moves, promises; and reading queues and threads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from app.central.contract import bodies
from app.domain import reference as references
from app.domain.central_services import Aggregate
from app.domain.errors import NotFound, Refused
from app.domain.ids import EntityId, Millis, OpId
from app.domain.operations import FieldChange, Json
from app.domain.people import Person
from app.domain.projection import changes_between
from app.domain.tickets import Status
from app.domain.times import to_rfc3339
from app.domain.views import (
    CallBack,
    QueueFilter,
    QueueKey,
    QueuePage,
    RailCounts,
    TicketDetail,
)
from app.ports.store import ReadTx, WriteTx
from app.services.claim_work import require_dispatchable
from app.services.decisions import Decided, Decision, Target, decide, decide_once
from app.services.desk import Desk
from app.services.field_values import require_moves, require_note, ticket_values, with_e164
from app.services.shift import call_backs_due


def _itself(_tx: ReadTx, ticket_id: EntityId) -> EntityId:
    return ticket_id


class Tickets:
    """One ticket at a time, and the queues they stand in."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def queue(
        self, which: QueueFilter, after: QueueKey | None = None, limit: int = 256
    ) -> QueuePage:
        """A page of a queue in the order of work."""
        return await self._desk.store.read(
            lambda tx: tx.tickets.queue(which, after, limit, self._desk.now(tx)[0])
        )

    async def counts(self, person: Person) -> RailCounts:
        return await self._desk.store.read(
            lambda tx: tx.tickets.counts(person.id, self._desk.now(tx)[0])
        )

    async def call_backs(self, before: Millis, limit: int = 50) -> Sequence[CallBack]:
        """Promises and dropped calls due before that time, soonest first; then the timeless."""
        return await self._desk.store.read(lambda tx: call_backs_due(tx, before, limit))

    async def detail(self, ticket_id: str) -> TicketDetail | None:
        """The ticket opened, with as-of per field group."""
        return await self._desk.store.read(
            lambda tx: tx.tickets.detail(ticket_id, self._desk.staleness(tx))
        )

    async def gone(self, ticket_id: str) -> NotFound | None:
        """Why a ticket that was here is here no more, as a refusal to be shown."""
        reason = await self._desk.store.read(lambda tx: tx.tickets.why_gone(ticket_id))
        match reason:
            case None:
                return None
            case "erased":
                return NotFound("This ticket was erased; nothing of it is kept.")
            case "merged":
                return NotFound("This ticket became part of another one.")
            case "expired":
                return NotFound("This ticket is older than what is kept.")
            case "out_of_scope":
                return NotFound("This ticket is not this desk's any more.")
            case _:
                return NotFound("This ticket was deleted at central.")

    async def by_reference(self, text: str) -> TicketDetail:
        """The ticket of a reference as typed or heard.

        Raises Invalid for a slip of the tongue, NotFound with the issuing desk's extension, Refused
        where the call was taken back at this desk.
        """
        reference = references.parse(text).text

        def find(tx: ReadTx) -> TicketDetail | None:
            ticket_id = tx.tickets.id_of(reference)
            if ticket_id is None:
                _require_not_taken_back(tx, reference)
                return None
            return tx.tickets.detail(ticket_id, self._desk.staleness(tx))

        found = await self._desk.store.read(find)
        if found is None:
            raise self.not_here(reference)
        return found

    def not_here(self, reference: str) -> NotFound:
        """Says which desk gave the reference and how to ring it; of one's own, why it is away."""
        code = reference.split("-", 1)[0]
        entry = self._desk.configuration.desk_of_code(code)
        if entry is not None and entry.desk_id == self._desk.identity.desk_id:
            return NotFound(
                f"{reference} is not on this computer.",
                todo="Fetch from central, then look again. What was deleted there is not kept.",
            )
        where = f" It was given by {entry.name}." if entry else ""
        ring = f"Ring extension {entry.extension}, or leave a note." if entry else "Leave a note."
        return NotFound(f"{reference} is not on this computer yet.{where}", todo=ring)

    async def note(
        self, text_reference: str, text: str, person: Person, *, internal: bool = False
    ) -> Decided:
        """Add a note; for another desk's ticket it finds its way at central.

        Raises Invalid for an empty or far too long note.
        """
        require_note(text)
        entry = self._entry(person, {"text": text, "internal": internal})
        return await self._append("ticket.note", text_reference, entry, person)

    async def promise(
        self, text_reference: str, what: str, to: str, by_when: Millis | None, person: Person
    ) -> Decided:
        """Promise somebody something by a time; it is listed until it is kept."""
        due = to_rfc3339(by_when) if by_when is not None else None
        entry = self._entry(person, {"what": what, "to": to, "by_when": due}, by="made_by")
        return await self._append("ticket.promise", text_reference, entry, person)

    async def keep_promise(self, text_reference: str, promise_id: str, person: Person) -> Decided:
        """Say that a promise was kept, also one of a ticket that was merged into this one.

        It is written to the ticket that was promised by: there it holds after an un-merge as well.
        """
        entry = self._entry(person, {"promise_id": promise_id})

        def holder(tx: ReadTx, ticket_id: EntityId) -> EntityId:
            return tx.tickets.holder_of(promise_id, ticket_id) or ticket_id

        return await self._append("ticket.promise_kept", text_reference, entry, person, holder)

    async def keep_call_back(self, contact_id: str, person: Person) -> Decided:
        """Say that a dropped call was rung back."""
        op_id = OpId(self._desk.ids.new_id())
        at = to_rfc3339(self._desk.clock.now())

        def write(tx: WriteTx) -> Decided:
            change = {"call_back_done": FieldChange(None, at)}
            decision = Decision("contact.set", EntityId(contact_id), op_id, changes=change)
            return decide(self._desk, tx, person, decision)

        return await decide_once(self._desk, op_id, write)

    async def set_fields(
        self, text_reference: str, wanted: Mapping[str, str | Json], person: Person
    ) -> Decided:
        """Change fields; values as text are read by the field's kind.

        Raises Invalid for a field or value that cannot be set, MoveNotAllowed for a status the
        table does not lead to, NotFound where the ticket is not on this computer, Refused where a
        claim holds the visit.
        """
        values = ticket_values(self._desk, wanted)
        reference = references.parse(text_reference).text
        op_id = OpId(self._desk.ids.new_id())
        if values.get("status") == Status.SCHEDULED:
            # Claims are derived from many payments, so not while the writer waits.
            await self._desk.store.read(
                lambda tx: require_dispatchable(self._desk, tx, tx.tickets.id_of(reference))
            )

        def write(tx: WriteTx) -> Decided:
            ticket_id = tx.tickets.id_of(reference)
            record = tx.record(Aggregate.TICKET, ticket_id) if ticket_id else None
            if ticket_id is None or record is None:
                _require_not_taken_back(tx, reference)
                raise self.not_here(reference)
            fields, rev = record
            require_moves(fields, values)
            changes = changes_between(fields, with_e164(self._desk, values))
            decision = Decision("ticket.set", ticket_id, op_id, changes=changes, base_rev=rev)
            return decide(self._desk, tx, person, decision)

        return await decide_once(self._desk, op_id, write)

    def _entry(
        self, person: Person, content: Mapping[str, Json], by: str = "by"
    ) -> dict[str, Json]:
        at = to_rfc3339(self._desk.clock.now())
        return {"id": self._desk.ids.new_id(), **content, by: person.id, "at": at}

    async def _append(
        self,
        kind: str,
        text_reference: str,
        entry: Mapping[str, Json],
        person: Person,
        holder: Callable[[ReadTx, EntityId], EntityId] = _itself,
    ) -> Decided:
        """`holder` names the ticket that it is written to, of the one that is left."""
        reference = references.parse(text_reference).text
        op_id = OpId(self._desk.ids.new_id())

        def write(tx: WriteTx) -> Decided:
            ticket_id = tx.tickets.id_of(reference)
            if ticket_id is None:
                _require_not_taken_back(tx, reference)
            target: Target = holder(tx, ticket_id) if ticket_id else {"ref": reference}
            return decide(self._desk, tx, person, Decision(kind, target, op_id, entry=entry))

        return await decide_once(self._desk, op_id, write)


def _require_not_taken_back(tx: ReadTx, reference: str) -> None:
    """Raise Refused where the call that has this reference was withdrawn here: no desk has it."""
    created = (bodies.read(raw) for raw in tx.outbox.withdrawn("ticket.create"))
    changes = (body.changes.get("reference") for body in created)
    if any(change is not None and change.new == reference for change in changes):
        raise Refused(
            f"{reference} was taken back at this desk.",
            safe="It never goes to central.",
            todo="Take the call as a new one.",
        )
