"""Brings back from a journal what a damaged store, or an older backup, does not hold any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec

from app.domain import reference as references
from app.domain.call import Draft
from app.domain.central_services import Aggregate, Service
from app.domain.errors import Invalid
from app.domain.ids import DeskId, EntityId, Millis, OpId, PersonId
from app.domain.lifecycle import FINAL, OpState
from app.domain.operations import Body, FieldChange, Json, NewOperation
from app.domain.times import from_rfc3339
from app.ports.store import WriteTx
from local_store import desk_record, journal_file
from local_store.journal_file import JournalEntry

if TYPE_CHECKING:
    from local_store.unit_of_work import UnitOfWork

_DROPPED = frozenset({OpState.WITHDRAWN.value, OpState.SUPERSEDED.value})


class _Change(msgspec.Struct):
    base: object
    new: object


class _Body(msgspec.Struct):
    """An operation's body as its bytes have it; what joined later is left to the bytes."""

    op_id: str
    kind: str
    target: str | dict[str, str]
    actor: str
    desk: str
    incarnation: str
    happened_at: str
    after: str | None = None
    offline: bool = False
    changes: dict[str, _Change] = {}
    entry: dict[str, object] | None = None
    depends_on: list[str] = []


_decode = msgspec.json.Decoder(_Body).decode


def bring_back(tx: WriteTx, journal: Iterable[JournalEntry]) -> int:
    """Append what the journal holds and the outbox does not, in its old order; how many there were.

    They go to central under their own ids, which answers what it has already with `duplicate`.
    What was withdrawn or superseded stays so.
    """
    journal = list(journal)
    gone = {entry.lane for entry in journal if entry.kind == journal_file.ERASED}
    entries = [one for one in journal if one.op_id and one.raw and one.lane not in gone]
    last = {entry.op_id: entry.state for entry in entries}
    brought: set[str] = set()
    for entry in entries:
        known = entry.op_id in brought or tx.outbox.get(entry.op_id) is not None
        if not known and last[entry.op_id] not in _DROPPED:
            tx.outbox.append(_operation(entry), Millis(entry.recorded_at))
            brought.add(entry.op_id)
    return len(brought)


def bring_drafts_back(tx: WriteTx, journal: Iterable[JournalEntry]) -> None:
    """Calls being typed stand as the journal has them last, but for those that name an erased
    record.
    """
    journal = list(journal)
    gone = [entry.lane.encode() for entry in journal if entry.kind == journal_file.ERASED]
    for draft_id, record in _drafts_of(journal).items():
        if record and not any(id_ in record for id_ in gone):
            tx.keep_draft(msgspec.json.decode(record, type=Draft))
        else:
            tx.drop_draft(draft_id)


def draft_record(draft: Draft) -> bytes:
    """A draft as the journal holds it."""
    return msgspec.json.encode(draft)


def _drafts_of(journal: Iterable[JournalEntry]) -> dict[str, bytes]:
    return {entry.lane: entry.raw for entry in journal if entry.kind == journal_file.DRAFT}


def erase_again(unit: UnitOfWork, journal: Iterable[JournalEntry], at: Millis) -> int:
    """What was erased since a backup was made is taken out of it, too; how many records."""
    gone = list(dict.fromkeys(one.lane for one in journal if one.kind == journal_file.ERASED))
    for id_ in gone:
        type_ = unit.sql.value("SELECT type FROM entity WHERE id = ?", id_)
        unit.outbox.erase(Aggregate(type_) if type_ else Aggregate.TICKET, id_, at)
    return len(gone)


def desk_of(journal: Iterable[JournalEntry]) -> bytes | None:
    """The desk's own rows as the journal has them last."""
    records = [entry.raw for entry in journal if entry.kind == journal_file.DESK]
    return records[-1] if records else None


def counters_of(journal: Iterable[JournalEntry]) -> dict[str, int]:
    """The last counter of each desk code whose reference the journal's tickets carry."""
    last: dict[str, int] = {}
    for entry in journal:
        created = _body(entry.raw).changes if entry.kind == "ticket.create" and entry.raw else {}
        given = created["reference"].new if "reference" in created else None
        if isinstance(given, str):
            with suppress(Invalid):
                reference = references.parse(given)
                code, counter = reference.desk_code, reference.counter
                last[code] = max(counter, last.get(code, 0))
    return last


def lacking(unit: UnitOfWork, journal: Sequence[JournalEntry]) -> list[JournalEntry]:
    """What the store holds and the journal does not: a kill came between, or the disk was full."""
    known = {entry.op_id for entry in journal}
    ids = [op_id for (op_id,) in unit.sql.all("SELECT op_id FROM outbox ORDER BY seq")]
    missing = [unit.outbox.get(op_id) for op_id in ids if op_id not in known]
    found = [journal_file.of_operation(one) for one in missing if one is not None and one.raw]
    noted = {entry.lane for entry in journal if entry.kind == journal_file.ERASED}
    gone = [str(id_) for (id_,) in unit.sql.all("SELECT id FROM erased ORDER BY id")]
    found += [journal_file.of_erased(id_) for id_ in gone if id_ not in noted]
    found += _lacking_drafts(unit, journal)
    record = desk_record.taken(unit.sql)
    if unit.desk.is_enrolled() and desk_of(journal) != record:
        found.append(journal_file.of_desk(record))
    return found


def _lacking_drafts(unit: UnitOfWork, journal: Sequence[JournalEntry]) -> list[JournalEntry]:
    noted = _drafts_of(journal)
    present = {draft.call.draft_id: draft_record(draft) for draft in unit.desk.drafts()}
    dropped = {id_: b"" for id_, record in noted.items() if record and id_ not in present}
    moved = {id_: record for id_, record in present.items() if noted.get(id_) != record}
    return [journal_file.of_draft(id_, record) for id_, record in {**dropped, **moved}.items()]


def unsettled(unit: UnitOfWork) -> list[JournalEntry]:
    """As a journal would hold it: who the desk is, and every operation that is not final."""
    kept = [one for one in lacking(unit, ()) if not one.op_id or OpState(one.state) not in FINAL]
    return [one for one in kept if one.kind not in (journal_file.ERASED, journal_file.DRAFT)]


def _operation(entry: JournalEntry) -> NewOperation:
    return NewOperation(_body(entry.raw), Service(entry.service), entry.raw, entry.digest)


def _body(raw: bytes) -> Body:
    body = _decode(raw)
    target = body.target
    return Body(
        op_id=OpId(body.op_id),
        kind=body.kind,
        target=EntityId(target) if isinstance(target, str) else target,
        after=OpId(body.after) if body.after else None,
        actor=PersonId(body.actor),
        desk=DeskId(body.desk),
        incarnation=body.incarnation,
        happened_at=from_rfc3339(body.happened_at),
        clock_offset_ms=None,
        clock_offset_age_ms=None,
        offline=body.offline,
        changes={
            name: FieldChange(_json(one.base), _json(one.new)) for name, one in body.changes.items()
        },
        entry=None if body.entry is None else {n: _json(v) for n, v in body.entry.items()},
        depends_on=tuple(OpId(one) for one in body.depends_on),
    )


def _json(value: object) -> Json:
    found: Json = value  # type: ignore[assignment]  # decoded from JSON a line ago
    return found
