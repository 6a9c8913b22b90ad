"""Conflicts in people's hands: base, mine and theirs side by side, and one of them chosen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import NotFound, Refused
from app.domain.ids import EntityId, OpId
from app.domain.operations import KINDS, FieldChange, Json
from app.domain.people import Person
from app.domain.views import ConflictRow, ParallelRow
from app.ports.store import ReadTx, WriteTx
from app.services.decisions import Decided, Decision, decide
from app.services.desk import Desk, require


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


@dataclass(frozen=True, slots=True)
class Choice:
    """What choosing one value would do to a field."""

    field: str
    before: Json
    """As the record stands now, which may be later than the conflict's *theirs*."""
    after: Json

    @property
    def changes(self) -> bool:
        return self.before != self.after


class Conflicts:
    """Theirs stays live until somebody chooses; choosing is a new operation based on it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def rows(self) -> Sequence[ConflictRow]:
        """What nobody has decided, oldest first; leaving one for later changes nothing."""
        return await self._desk.store.read(lambda tx: tx.conflicts())

    async def parallel(self, limit: int = 200) -> Sequence[ParallelRow]:
        """Edits of other fields that merged silently beside ours, newest first."""
        return await self._desk.store.read(lambda tx: tx.outbox.parallel_edits(limit))

    async def preview(self, op_id: str, take: Wanted) -> Sequence[Choice]:
        """What the choice would write, field by field. Raises NotFound."""
        return await self._desk.store.read(lambda tx: _choices(tx, op_id, take))

    async def decide(self, op_id: str, take: Wanted, person: Person) -> Decided | None:
        """Settle every field of the conflict; the new operation, None where nothing changes.

        Raises NotFound, NotAllowed, and Refused where the record is gone or a field has no answer.
        """
        fresh = OpId(self._desk.ids.new_id())

        def write(tx: WriteTx) -> Decided | None:
            stored = tx.outbox.get(op_id)
            if stored is None:
                raise NotFound("That operation is not on this computer any more.")
            require(person, KINDS[stored.kind].permission)
            choices = _choices(tx, op_id, take)
            tx.outbox.conflict_decided(op_id, self._desk.clock.now())
            changes = {
                one.field: FieldChange(one.before, one.after) for one in choices if one.changes
            }
            if not changes:
                return None
            found = tx.record(KINDS[stored.kind].aggregate, stored.lane)
            return decide(
                self._desk, tx, person,
                Decision(
                    stored.kind, EntityId(stored.lane), fresh, changes=changes,
                    base_rev=found[1] if found else None, reason=_reason(take),
                ),
            )  # fmt: skip

        return await self._desk.store.write(write)


def _reason(take: Wanted) -> str:
    if isinstance(take, Take):
        return f"conflict: {take} taken"
    return "conflict: decided field by field"


def _choices(tx: ReadTx, op_id: str, take: Wanted) -> list[Choice]:
    rows = [one for one in tx.conflicts() if one.op_id == op_id]
    stored = tx.outbox.get(op_id)
    if not rows or stored is None:
        raise NotFound("No conflict of that operation waits for a decision.")
    found = tx.record(KINDS[stored.kind].aggregate, rows[0].target)
    if found is None:
        raise Refused("The record is not at central any more.", safe="Nothing was written.")
    return [_choice(row, found[0].get(row.conflict.field), take) for row in rows]


def _choice(row: ConflictRow, present: Json, wanted: Wanted) -> Choice:
    """Theirs is what stands there now: somebody may have gone on from it."""
    take = wanted if isinstance(wanted, Take) else wanted.get(row.conflict.field)
    if take is None:
        raise Refused("Not every field is decided.", safe="Nothing was written.")
    if isinstance(take, Edited):
        return Choice(row.conflict.field, present, take.value)
    values = {Take.BASE: row.conflict.base, Take.MINE: row.conflict.mine, Take.THEIRS: present}
    return Choice(row.conflict.field, present, values[take])
