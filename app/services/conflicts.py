"""Conflicts in people's hands: base, mine and theirs side by side, and one of them chosen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.central_services import Aggregate
from app.domain.errors import NotFound, Refused
from app.domain.ids import EntityId, OpId
from app.domain.lifecycle import OpState
from app.domain.operations import KINDS, FieldConflict, Json
from app.domain.people import Person
from app.domain.views import ConflictRow, Disputed, ParallelRow
from app.ports.store import ReadTx, WriteTx
from app.services.called import called, pointed_at
from app.services.decisions import Decided, decide
from app.services.desk import Desk, require
from app.services.settling import Choice, Settling


class Take(StrEnum):
    """Which of the three values is to be the field's."""

    BASE = "base"
    MINE = "mine"
    THEIRS = "theirs"


@dataclass(frozen=True, slots=True)
class Edited:
    """A value of a person's own, where none of the three fits."""

    value: Json


Wanted = Take | Mapping[str, Take | Edited]
"""One answer for every field of the conflict, or one for each by its name."""


class Conflicts:
    """Theirs stays live until somebody chooses; choosing is a new operation based on it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def rows(self) -> Sequence[ConflictRow]:
        """What nobody has decided, oldest first; leaving one for later changes nothing."""
        return await self._desk.store.read(lambda tx: tx.conflicts())

    async def disputed(self) -> Sequence[Disputed]:
        """The records with such fields, the one that waits longest first, in people's words."""
        return await self._desk.store.read(disputed)

    async def beside_tickets(self) -> int:
        """How many of those records are no tickets, and so stand in no queue."""
        kinds = {one.target: KINDS[one.kind].aggregate for one in await self.rows()}
        return sum(kind is not Aggregate.TICKET for kind in kinds.values())

    async def parallel(self, limit: int = 200) -> Sequence[ParallelRow]:
        """Edits of other fields that merged silently beside ours, newest first."""
        return await self._desk.store.read(lambda tx: tx.outbox.parallel_edits(limit))

    async def preview(self, op_id: str, take: Wanted) -> Sequence[Choice]:
        """What the choice would write, field by field. Raises NotFound."""
        return await self._desk.store.read(lambda tx: _choices(tx, op_id, take))

    async def decide(self, op_id: str, take: Wanted, person: Person) -> list[Decided]:
        """Settle every field of the conflict; the new operations, none where nothing changes.

        Raises NotFound, NotAllowed, and Refused where the record is gone, a field has no answer,
        or what is wanted is not lawful any more.
        """
        fresh = (OpId(self._desk.ids.new_id()), OpId(self._desk.ids.new_id()))

        def write(tx: WriteTx) -> list[Decided]:
            stored = tx.outbox.get(op_id)
            if stored is None:
                raise NotFound("That operation is not on this computer any more.")
            require(person, KINDS[stored.kind].permission)
            choices = _choices(tx, op_id, take)
            tx.outbox.conflict_decided(op_id, self._desk.clock.now())
            changed = [one for one in choices if one.changes]
            settling = Settling(self._desk, stored.kind, EntityId(stored.lane), person)
            decisions = settling.decisions(tx, changed, fresh)
            return [
                decide(self._desk, tx, person, replace(one, reason=_reason(take)))
                for one in decisions
            ]

        return await self._desk.store.write(write)


def _reason(take: Wanted) -> str:
    if isinstance(take, Take):
        return f"conflict: {take} taken"
    return "conflict: decided field by field"


def disputed(tx: ReadTx) -> Sequence[Disputed]:
    """Each record with a conflict nobody has decided."""
    by_target: dict[str, list[ConflictRow]] = {}
    for row in tx.conflicts():
        by_target.setdefault(row.target, []).append(row)
    return [_in_words(tx, target, rows) for target, rows in by_target.items()]


def _in_words(tx: ReadTx, target: str, rows: Sequence[ConflictRow]) -> Disputed:
    aggregate = KINDS[rows[0].kind].aggregate
    found = tx.own_record(aggregate, target)
    fields = found[0] if found is not None else {}
    named = {
        pointed
        for row in rows
        for pointed in pointed_at(aggregate, row.conflict.field, _values(row.conflict))
    }
    names = {id_: called(tx, other, id_) for other, id_ in sorted(named)}
    if aggregate is Aggregate.TICKET:
        title, reference = str(fields.get("fault") or ""), str(fields.get("reference") or "")
    else:
        title = called(tx, aggregate, target)
        reference = called(tx, Aggregate.TICKET, str(fields.get("ticket_id") or ""))
    return Disputed(target, aggregate, title, reference, tuple(rows), names)


def _values(conflict: FieldConflict) -> Iterator[Json]:
    return iter((conflict.base, conflict.mine, conflict.theirs))


def _choices(tx: ReadTx, op_id: str, take: Wanted) -> list[Choice]:
    rows = [one for one in tx.conflicts() if one.op_id == op_id]
    stored = tx.outbox.get(op_id)
    if not rows or stored is None:
        raise NotFound("No conflict of that operation waits for a decision.")
    found = tx.own_record(KINDS[stored.kind].aggregate, rows[0].target)
    if found is None:
        raise Refused("The record is not at central any more.", safe="Nothing was written.")
    laid = stored.state is not OpState.SETTLED
    return [
        _choice(row, row.conflict.theirs if laid else found[0].get(row.conflict.field), take)
        for row in rows
    ]


def _choice(row: ConflictRow, present: Json, wanted: Wanted) -> Choice:
    """Theirs is what stands at central now: somebody may have gone on from it. As long as mine is
    laid over the record here, that is what the verdict said.
    """
    take = wanted if isinstance(wanted, Take) else wanted.get(row.conflict.field)
    if take is None:
        raise Refused("Not every field is decided.", safe="Nothing was written.")
    if isinstance(take, Edited):
        return Choice(row.conflict.field, present, take.value)
    values = {Take.BASE: row.conflict.base, Take.MINE: row.conflict.mine, Take.THEIRS: present}
    return Choice(row.conflict.field, present, values[take])
