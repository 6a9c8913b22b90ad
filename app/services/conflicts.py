"""Conflicts in people's hands: base, mine and theirs side by side, and one of them chosen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.central.contract.signatures import digest_of
from app.domain.central_services import Aggregate
from app.domain.errors import NotFound, Refused
from app.domain.ids import EntityId, OpId
from app.domain.lifecycle import OpState
from app.domain.operations import KINDS, FieldConflict, Json
from app.domain.people import Person
from app.domain.views import ConflictRow, Disputed, ParallelRow
from app.ports.store import ReadTx, StoredOperation, WriteTx
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


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody wants of one operation's conflict, and of what they saw."""

    op_id: str
    take: Wanted
    shown: str | None = None
    """`shown_of` the rows they looked at; None where it was the verdict itself."""


class Conflicts:
    """Theirs is what stands now; choosing is a new operation based on what the person saw."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def rows(self) -> Sequence[ConflictRow]:
        """What nobody has decided, oldest first; leaving one for later changes nothing."""
        return await self._desk.store.read(_standing)

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
        return await self._desk.store.read(lambda tx: _choices(_found(tx, op_id), take))

    async def decide(
        self, op_id: str, take: Wanted, person: Person, shown: str | None = None
    ) -> list[Decided]:
        """Settle every field of one operation's conflict, as `decide_all` does."""
        return await self.decide_all([Answer(op_id, take, shown)], person)

    async def decide_all(self, answers: Sequence[Answer], person: Person) -> list[Decided]:
        """Settle these conflicts, all or none; the new operations, none where nothing changes.

        Raises NotFound, NotAllowed, and Refused where the record is gone or has moved on since
        the person looked, a field has no answer, or what is wanted is not lawful any more.
        """
        ids = self._desk.ids
        fresh = [(OpId(ids.new_id()), OpId(ids.new_id())) for _ in answers]

        def write(tx: WriteTx) -> list[Decided]:
            found = [_found(tx, one.op_id) for one in answers]
            for one, answer in zip(found, answers, strict=True):
                require(person, KINDS[one.stored.kind].permission)
                _require_seen(one, answer.shown)
            made, just_set = list[Decided](), dict[tuple[str, str], Json]()
            for one, answer, op_ids in zip(found, answers, fresh, strict=True):
                made += self._settle(tx, one, answer, person, op_ids, just_set)
            return made

        return await self._desk.store.write(write)

    def _settle(
        self,
        tx: WriteTx,
        found: _Found,
        answer: Answer,
        person: Person,
        op_ids: tuple[OpId, OpId],
        just_set: dict[tuple[str, str], Json],
    ) -> list[Decided]:
        """`just_set` is what the same person has chosen a moment before: that is no surprise."""
        tx.outbox.conflict_decided(answer.op_id, self._desk.wall.now())
        lane = found.stored.lane
        choices = [
            replace(one, before=just_set.get((lane, one.field), one.before))
            for one in _choices(found, answer.take)
        ]
        settling = Settling(self._desk, found.stored.kind, EntityId(lane), person)
        decisions = settling.decisions(tx, [one for one in choices if one.changes], op_ids)
        just_set.update({(lane, one.field): one.after for one in choices})
        for decision in decisions:
            changes = (decision.changes or {}).items()
            just_set.update({(lane, name): one.new for name, one in changes})
        why, settles = _reason(answer.take), (OpId(answer.op_id),)
        return [
            decide(self._desk, tx, person, replace(one, reason=why, depends_on=settles))
            for one in decisions
        ]


def _reason(take: Wanted) -> str:
    if isinstance(take, Take):
        return f"conflict: {take} taken"
    return "conflict: decided field by field"


def disputed(tx: ReadTx) -> Sequence[Disputed]:
    """Each record with a conflict nobody has decided."""
    by_target: dict[str, list[ConflictRow]] = {}
    for row in _standing(tx):
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


@dataclass(frozen=True, slots=True)
class _Found:
    """The conflict of one operation: as central's verdict said it, and with what stands now."""

    stored: StoredOperation
    told: tuple[ConflictRow, ...]
    rows: tuple[ConflictRow, ...]


def shown_of(rows: Iterable[ConflictRow]) -> str:
    """The digest of what somebody sees of one operation's conflict."""
    theirs: dict[str, Json] = {one.conflict.field: one.conflict.theirs for one in rows}
    return digest_of(theirs)


def _require_seen(found: _Found, shown: str | None) -> None:
    if (shown or shown_of(found.told)) != shown_of(found.rows):
        raise Refused(
            "Somebody has changed it again: another value stands there now.",
            safe="Nothing was written.",
            todo="Look at the values again, then choose.",
        )


def _standing(tx: ReadTx) -> Sequence[ConflictRow]:
    """What nobody has decided; theirs is what stands now, for somebody may have gone on from it.

    As long as mine is laid over the record here, that is what the verdict said.
    """
    return [_as_it_stands(tx, one) for one in tx.conflicts()]


def _as_it_stands(tx: ReadTx, row: ConflictRow) -> ConflictRow:
    stored, told = tx.outbox.get(row.op_id), row.conflict
    found = tx.own_record(KINDS[row.kind].aggregate, row.target)
    if stored is None or stored.state is not OpState.SETTLED or found is None:
        return row
    present = found[0].get(told.field)
    if present == told.theirs:
        return row
    return replace(row, conflict=replace(told, theirs=present, by=None, at=None))


def _found(tx: ReadTx, op_id: str) -> _Found:
    stored = tx.outbox.get(op_id)
    if stored is None:
        raise NotFound("That operation is not on this computer any more.")
    told = tuple(one for one in tx.conflicts() if one.op_id == op_id)
    if not told:
        raise NotFound("No conflict of that operation waits for a decision.")
    if tx.own_record(KINDS[stored.kind].aggregate, told[0].target) is None:
        raise Refused("The record is not at central any more.", safe="Nothing was written.")
    return _Found(stored, told, tuple(_as_it_stands(tx, one) for one in told))


def _choices(found: _Found, take: Wanted) -> list[Choice]:
    return [_choice(one.conflict, take) for one in found.rows]


def _choice(conflict: FieldConflict, wanted: Wanted) -> Choice:
    take = wanted if isinstance(wanted, Take) else wanted.get(conflict.field)
    if take is None:
        raise Refused("Not every field is decided.", safe="Nothing was written.")
    if isinstance(take, Edited):
        return Choice(conflict.field, conflict.theirs, take.value)
    values = {Take.BASE: conflict.base, Take.MINE: conflict.mine, Take.THEIRS: conflict.theirs}
    return Choice(conflict.field, conflict.theirs, values[take])
