"""Projected records: central's truth with the pending operations laid over it, and searchable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from app.domain.central_services import Aggregate
from app.domain.ids import DeskId, EntityId, Millis, OpId, PersonId
from app.domain.lifecycle import OVERLAID, OpState, RowState, loudest, word_of
from app.domain.operations import Body, Effect, FieldChange, Json
from app.domain.projection import lay_over
from local_store import indexing, mapping, tally
from local_store.entities import entity_of, new_entity
from local_store.layout import SATELLITES
from local_store.mapping import BODIES, COLUMNS, UNMARKED
from local_store.sql import Sql, listed

Truth = tuple[int | None, int | None, int | None, int | None, str | None, str | None]
"""rev, term, n, as_of, row_hash and the JSON that came; all None where central knows nothing."""

UNCONFIRMED: Truth = (None, None, None, None, None, None)

_OVERLAID = ", ".join(f"'{state}'" for state in sorted(OVERLAID))


class _StoredBody(msgspec.Struct):
    """As much of a body's bytes as laying it over needs."""

    op_id: str
    kind: str
    changes: dict[str, dict[str, object]] = {}
    entry: dict[str, object] | None = None


_decode = msgspec.json.Decoder(_StoredBody).decode
_fields = msgspec.json.Decoder(dict[str, object]).decode
_encode = msgspec.json.Encoder().encode


def overlay_of(raw: bytes) -> Body:
    """The part of a stored body that shows over its record."""
    stored = _decode(raw)
    changes = {
        name: FieldChange(change.get("base"), change.get("new"))  # type: ignore[arg-type]  # JSON
        for name, change in stored.changes.items()
    }
    return Body(
        op_id=OpId(stored.op_id), kind=stored.kind, target=EntityId(""), after=None,
        actor=PersonId(""), desk=DeskId(""), incarnation="", happened_at=Millis(0),
        clock_offset_ms=None, clock_offset_age_ms=None, offline=False, changes=changes,
        entry=stored.entry,  # type: ignore[arg-type]  # JSON by contract
    )  # fmt: skip


def decoded(fields: str) -> dict[str, Json]:
    """The fields a column's JSON holds."""
    found: dict[str, Json] = _fields(fields)  # type: ignore[assignment]  # JSON by contract
    return found


@dataclass(frozen=True, slots=True)
class Overlay:
    """An operation that shows over its record."""

    raw: bytes
    state: OpState
    attempts: int
    poison: int = 0


def overlays(sql: Sql, lane: str) -> Sequence[Overlay]:
    """What shows over a record, in lane order."""
    rows = sql.all(
        "SELECT raw, state, attempts, poison FROM outbox "
        f"WHERE lane = ? AND state IN ({_OVERLAID}) AND length(raw) > 0 ORDER BY place, seq",
        lane,
    )
    return [Overlay(bytes(raw), OpState(state), *counts) for raw, state, *counts in rows]


def overlaid(sql: Sql, lanes: Iterable[str]) -> set[str]:
    """Those of the lanes that have an operation showing over their record."""
    rows = sql.all(
        "SELECT DISTINCT lane FROM outbox WHERE lane IN (SELECT value FROM json_each(?)) "
        f"AND state IN ({_OVERLAID})",
        listed(lanes),
    )
    return {str(lane) for (lane,) in rows}


def truth_of(sql: Sql, aggregate: Aggregate, entity: int) -> Truth:
    """What central says of a record; `UNCONFIRMED` where it has said nothing."""
    row = sql.one(
        f"SELECT rev, term, n, as_of, row_hash, fields FROM ${aggregate} WHERE entity = ?", entity
    )
    return UNCONFIRMED if row is None else (row[0], row[1], row[2], row[3], row[4], row[5])


def has_row(sql: Sql, aggregate: Aggregate, entity: int) -> bool:
    """Whether the record shows at all."""
    return sql.value(f"SELECT 1 FROM ${aggregate} WHERE entity = ?", entity) is not None


def is_confirmed(sql: Sql, aggregate: Aggregate, entity: int) -> bool:
    """Whether central has said anything of the record."""
    found = sql.value(f"SELECT 1 FROM ${aggregate} WHERE entity = ? AND rev IS NOT NULL", entity)
    return found is not None


def projected(
    sql: Sql, aggregate: Aggregate, id_: str
) -> tuple[dict[str, Json], int | None] | None:
    """The record as screens show it, and central's rev; None where neither side knows it."""
    row = sql.one(
        f"SELECT coalesce(r.laid, r.fields), r.rev FROM entity e JOIN ${aggregate} r "
        "ON r.entity = e.entity WHERE e.id = ?",
        id_,
    )
    return None if row is None else (decoded(row[0]), row[1])


def reproject(sql: Sql, aggregate: Aggregate, id_: str) -> None:
    """Write the record's row and words anew, or take them away where nothing is left of it."""
    entity = new_entity(sql, aggregate, id_)
    truth = truth_of(sql, aggregate, entity)
    show(sql, aggregate, Shown(entity, id_, truth))


@dataclass(frozen=True, slots=True)
class Shown:
    """A record to be written: where, and what central says of it."""

    entity: int
    id: str
    truth: Truth


def show(sql: Sql, aggregate: Aggregate, record: Shown) -> None:
    """Write one record with whatever operations lie over it."""
    written = expected(sql, aggregate, record)
    if written is None:
        remove(sql, aggregate, [record.entity])
    else:
        write(sql, aggregate, [written])


def expected(sql: Sql, aggregate: Aggregate, record: Shown) -> Written | None:
    """The record's row as it follows from its truth and the outbox; None where nothing is left."""
    over = overlays(sql, record.id)
    truth = record.truth
    fields = None if truth[-1] is None else decoded(truth[-1])
    if fields is None and not over:
        return None
    laid, effect = fields, None
    for one in over:
        body = overlay_of(one.raw)
        laid = lay_over(laid, body)
        effect = body.rule.effect if body.rule.effect in _MERGES else effect
    merged_into = sql.value("SELECT to_id FROM redirect WHERE from_id = ?", record.id)
    follows = merged_into is not None and effect is not Effect.UNMERGE
    if follows and laid is not None and not laid.get("merged_into"):
        laid = {**laid, "merged_into": str(merged_into)}
    mark = _mark(sql, record.id, over) if aggregate is Aggregate.TICKET else UNMARKED
    is_laid = laid is not fields
    return Written(record, laid or {}, _encode(laid).decode() if is_laid else None, mark)


_MERGES = frozenset({Effect.MERGE, Effect.UNMERGE})


def disputed(sql: Sql, ids: Iterable[str]) -> set[str]:
    """Those of the records that have a conflict nobody has decided."""
    rows = sql.all(
        "SELECT DISTINCT target FROM conflict WHERE decided_at IS NULL "
        "AND target IN (SELECT value FROM json_each(?))",
        listed(ids),
    )
    return {str(id_) for (id_,) in rows}


def redirected(sql: Sql, ids: Iterable[str]) -> set[str]:
    """Those of the records whose readers go on elsewhere."""
    rows = sql.all(
        "SELECT from_id FROM redirect WHERE from_id IN (SELECT value FROM json_each(?))",
        listed(ids),
    )
    return {str(id_) for (id_,) in rows}


def _mark(sql: Sql, lane: str, over: Sequence[Overlay]) -> tuple[str, int]:
    """The one word of a ticket's row, and whether somebody must look at it."""
    words = {word_of(one.state, one.attempts, one.poison) for one in over}
    disputed = sql.value(
        "SELECT 1 FROM conflict WHERE target = ? AND decided_at IS NULL LIMIT 1", lane
    )
    if disputed:
        words.add(RowState.NEEDS_REVIEW)
    state = loudest(words)
    return str(state), int(state is RowState.NEEDS_REVIEW)


def remark(sql: Sql, ticket_id: str) -> None:
    """Bring a ticket's row word up to date where nothing else of it has moved."""
    entity = entity_of(sql, ticket_id)
    if entity is None:
        return
    state, reviewing = _mark(sql, ticket_id, overlays(sql, ticket_id))
    before = tally.standings(sql, [entity])
    sql.run(
        "UPDATE $ticket SET state = ?, reviewing = ? WHERE entity = ?", state, reviewing, entity
    )
    if before and before[0][-1] != reviewing:
        tally.move(sql, before, tally.standings(sql, [entity]))


@dataclass(frozen=True, slots=True)
class Written:
    """A record's row to be: central's truth, the projected fields, and the ticket's mark."""

    record: Shown
    fields: Mapping[str, Json]
    laid: str | None = None
    mark: tuple[str, int] = UNMARKED


def write(
    sql: Sql, aggregate: Aggregate, rows: Sequence[Written], *, first_sight: bool = False
) -> None:
    """Insert or replace rows in batches, and all that goes with them: search, counters, satellites.

    `first_sight` promises that none of them has a row yet in this slot.
    """
    if not rows:
        return
    entities = [] if first_sight else [one.record.entity for one in rows]
    body_of = BODIES.get(aggregate)
    before = indexing.bodies(sql, aggregate, entities) if body_of and entities else {}
    stood = tally.standings(sql, entities) if aggregate is Aggregate.TICKET and entities else []
    typed = [mapping.values(aggregate, one.fields) for one in rows]
    words = [(one.record.entity, body_of(one.fields)) for one in rows] if body_of else []
    _insert(sql, aggregate, rows, typed, [(body,) for _entity, body in words])
    if body_of:
        indexing.reindex(sql, aggregate, before, words)
    if aggregate is Aggregate.TICKET:
        standings = (_standing(one, row.mark[1]) for one, row in zip(typed, rows, strict=True))
        tally.move(sql, stood, standings)
    if aggregate in SATELLITES:
        _keep_satellites(sql, aggregate, rows, first_sight=first_sight)


def _insert(
    sql: Sql,
    aggregate: Aggregate,
    rows: Sequence[Written],
    typed: Sequence[tuple[object, ...]],
    bodies: Sequence[tuple[str]],
) -> None:
    sql.many(
        _INSERTS[aggregate],
        [
            _row(aggregate, one, typed[at], bodies[at] if bodies else ())
            for at, one in enumerate(rows)
        ],
    )


def _row(
    aggregate: Aggregate, one: Written, typed: tuple[object, ...], body: tuple[str, ...] | tuple[()]
) -> tuple[object, ...]:
    mark = one.mark if aggregate is Aggregate.TICKET else ()
    return (one.record.entity, one.record.id, *typed, *mark, *body, *one.record.truth, one.laid)


def row_of(aggregate: Aggregate, one: Written) -> tuple[object, ...]:
    """Every column of the record's row, in the table's order."""
    body_of = BODIES.get(aggregate)
    body = (body_of(one.fields),) if body_of else ()
    return _row(aggregate, one, mapping.values(aggregate, one.fields), body)


def put_back(sql: Sql, aggregate: Aggregate, one: Written) -> None:
    """Write a row as it was before something spoilt it: searches and counters still know it so."""
    sql.run(_INSERTS[aggregate], *row_of(aggregate, one))
    if aggregate in SATELLITES:
        _keep_satellites(sql, aggregate, [one], first_sight=False)


def satellites_of(aggregate: Aggregate, fields: Mapping[str, Json]) -> list[tuple[object, ...]]:
    """What stands beside the record's row in its satellite table, without the row number."""
    return list(_SATELLITE_ROWS[aggregate](fields))


def _insert_statement(aggregate: Aggregate) -> str:
    marks = 2 * (aggregate is Aggregate.TICKET) + (aggregate in BODIES)
    width = 2 + len(COLUMNS[aggregate]) + marks + len(UNCONFIRMED) + 1
    return f"INSERT OR REPLACE INTO ${aggregate} VALUES ({', '.join('?' * width)})"


_INSERTS = {aggregate: _insert_statement(aggregate) for aggregate in Aggregate}
_TICKET_NAMES = [column.name for column in COLUMNS[Aggregate.TICKET]]
_STANDING_AT = [_TICKET_NAMES.index(name) for name in tally.STANDING.split(", ")[:-1]]


def _standing(typed: tuple[object, ...], reviewing: int) -> tally.Standing:
    is_open, owner, status, unresolved, unverified = (typed[at] for at in _STANDING_AT)
    return (is_open, owner, status, unresolved, unverified, reviewing)  # type: ignore[return-value]  # typed by COLUMNS


def remove(sql: Sql, aggregate: Aggregate, entities: Sequence[int]) -> None:
    """Take records away with their words, phones and promises."""
    chosen = listed(entities)
    if aggregate in BODIES:
        indexing.reindex(sql, aggregate, indexing.bodies(sql, aggregate, entities), [])
    if aggregate is Aggregate.TICKET:
        tally.move(sql, tally.standings(sql, entities), ())
    for table in (aggregate.value, SATELLITES.get(aggregate)):
        if table:
            sql.run(
                f"DELETE FROM ${table} WHERE entity IN (SELECT value FROM json_each(?))", chosen
            )


def _keep_satellites(
    sql: Sql, aggregate: Aggregate, rows: Sequence[Written], *, first_sight: bool
) -> None:
    table = SATELLITES[aggregate]
    if not first_sight:
        sql.run(
            f"DELETE FROM ${table} WHERE entity IN (SELECT value FROM json_each(?))",
            listed(one.record.entity for one in rows),
        )
    made = [
        (one.record.entity, *values)
        for one in rows
        for values in _SATELLITE_ROWS[aggregate](one.fields)
    ]
    if made:
        marks = ", ".join("?" * len(made[0]))
        sql.many(f"INSERT INTO ${table} VALUES ({marks})", made)


def _phones(fields: Mapping[str, Json]) -> Iterable[tuple[object, ...]]:
    return [(one, one[::-1]) for one in mapping.texts(fields, "phones")]


def _promises(fields: Mapping[str, Json]) -> Iterable[tuple[object, ...]]:
    made = mapping.entries(fields, "promises")
    if not made:
        return []
    kept = {
        one.get("promise_id"): mapping.time(one, "at") or 0
        for one in mapping.entries(fields, "promises_kept")
    }
    return [
        (
            mapping.word(fields, "customer_id"),
            mapping.text(one, "id"), mapping.text(one, "what"), mapping.text(one, "to"),
            mapping.time(one, "by_when"), kept.get(one.get("id")), mapping.time(one, "at"),
        )
        for one in made
    ]  # fmt: skip


_SATELLITE_ROWS = {
    Aggregate.CUSTOMER: _phones,
    Aggregate.TICKET: _promises,
}
