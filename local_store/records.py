"""Projected records: central's truth with the pending operations laid over it, and searchable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from app.domain.central_services import Aggregate
from app.domain.ids import DeskId, EntityId, Millis, OpId, PersonId
from app.domain.lifecycle import OVERLAID, OpState, RowState, loudest, word_of
from app.domain.operations import Body, Effect, FieldChange, Json
from app.domain.projection import lay_over
from local_store import indexing, mapping, tally
from local_store.entities import new_entity
from local_store.layout import SATELLITES
from local_store.mapping import BODIES, COLUMNS, UNMARKED
from local_store.sql import Sql, among, listed

Truth = tuple[int | None, int | None, int | None, int | None, str | None, str | None]
"""rev, term, n, as_of, row_hash and the JSON that came; all None where central knows nothing."""

UNCONFIRMED: Truth = (None, None, None, None, None, None)

_OVERLAID = ", ".join(f"'{state}'" for state in sorted(OVERLAID))


_SHOWS = f"lane = ? AND state IN ({_OVERLAID}) AND length(raw) > 0"
_STATES = {one.value: one for one in OpState}


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
        f"SELECT raw, state, attempts, poison FROM outbox WHERE {_SHOWS} ORDER BY place, seq",
        lane,
    )
    return [Overlay(raw, _STATES[state], *counts) for raw, state, *counts in rows]


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
    found = sql.one(
        "SELECT e.entity, r.rev, r.term, r.n, r.as_of, r.row_hash, r.fields "
        f"FROM entity e LEFT JOIN ${aggregate} r ON r.entity = e.entity WHERE e.id = ?",
        id_,
    )
    if found is None:
        entity, truth = new_entity(sql, aggregate, id_), UNCONFIRMED
    else:
        entity, truth = found[0], found[1:]
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
    merged_into, is_disputed = _beside(sql, record.id)
    follows = merged_into is not None and effect is not Effect.UNMERGE
    if follows and laid is not None and not laid.get("merged_into"):
        laid = {**laid, "merged_into": str(merged_into)}
    words = {word_of(one.state, one.attempts, one.poison) for one in over}
    mark = _mark(words, is_disputed) if aggregate is Aggregate.TICKET else UNMARKED
    is_laid = laid is not fields
    return Written(record, laid or {}, _encode(laid).decode() if is_laid else None, mark)


_MERGES = frozenset({Effect.MERGE, Effect.UNMERGE})


def not_plain(sql: Sql, ids: Sequence[str]) -> set[str]:
    """Those of the records that show otherwise than central says them.

    An operation lies over them, their readers go on elsewhere, or a conflict waits to be decided.
    """
    which, chosen = among(ids)
    which = which.replace("?", "?1")
    rows = sql.all(
        f"SELECT lane FROM outbox WHERE lane {which} AND state IN ({_OVERLAID}) "
        f"UNION SELECT from_id FROM redirect WHERE from_id {which} "
        f"UNION SELECT target FROM conflict WHERE target {which} AND decided_at IS NULL",
        chosen,
    )
    return {str(id_) for (id_,) in rows}


def _beside(sql: Sql, id_: str) -> tuple[str | None, bool]:
    """Where readers of the record go on, and whether it has a conflict nobody has decided."""
    merged_into, is_disputed = sql.all(
        "SELECT (SELECT to_id FROM redirect WHERE from_id = ?1), "
        "EXISTS (SELECT 1 FROM conflict WHERE target = ?1 AND decided_at IS NULL)",
        id_,
    )[0]
    return merged_into, bool(is_disputed)


def _mark(words: set[RowState], is_disputed: bool) -> tuple[str, int]:
    """The one word of a ticket's row, and whether somebody must look at it."""
    state = loudest({*words, RowState.NEEDS_REVIEW} if is_disputed else words)
    return str(state), int(state is RowState.NEEDS_REVIEW)


def remark(sql: Sql, ticket_id: str) -> None:
    """Bring a ticket's row word up to date where nothing else of it has moved."""
    found = sql.one(
        f"SELECT r.entity, r.state, {tally.STANDING}, EXISTS "
        "(SELECT 1 FROM conflict WHERE target = e.id AND decided_at IS NULL) "
        "FROM entity e JOIN $ticket r ON r.entity = e.entity WHERE e.id = ?",
        ticket_id,
    )
    if found is None:
        return
    entity, kept, *standing, is_disputed = found
    rows = sql.all(f"SELECT state, attempts, poison FROM outbox WHERE {_SHOWS}", ticket_id)
    words = {word_of(_STATES[state], *counts) for state, *counts in rows}
    state, reviewing = _mark(words, bool(is_disputed))
    if (state, reviewing) == (kept, standing[-1]):
        return
    sql.run(
        "UPDATE $ticket SET state = ?, reviewing = ? WHERE entity = ?", state, reviewing, entity
    )
    if standing[-1] != reviewing:
        before, after = tuple(standing), (*standing[:-1], reviewing)
        tally.move(sql, [before], [after])


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
    body_of = BODIES.get(aggregate)
    typed = [mapping.values(aggregate, one.fields) for one in rows]
    bodies: list[tuple[str, ...]] = [(body_of(one.fields),) if body_of else () for one in rows]
    before = {} if first_sight else _searched_before(sql, aggregate, rows)
    values = [_row(aggregate, *one) for one in zip(rows, typed, bodies, strict=True)]
    _put(sql, aggregate, values, before)
    if body_of:
        words = [(one.record.entity, body[0]) for one, body in zip(rows, bodies, strict=True)]
        indexing.reindex(sql, aggregate, {one: row[-1] for one, row in before.items()}, words)
    if aggregate is Aggregate.TICKET:
        tally.move(
            sql,
            [_standing(row[1:], row[-2]) for row in before.values()],
            [_standing(one, row.mark[1]) for one, row in zip(typed, rows, strict=True)],
        )
    if aggregate in SATELLITES:
        _keep_satellites(sql, aggregate, rows, first_sight=first_sight)


def _searched_before(
    sql: Sql, aggregate: Aggregate, rows: Sequence[Written]
) -> dict[int, tuple[Any, ...]]:
    """Row number → what a search or a view finds the record by now; nothing for other records."""
    if aggregate not in BODIES:
        return {}
    which, chosen = among([one.record.entity for one in rows])
    names = ", ".join(_found_by(aggregate))
    found = sql.all(f"SELECT entity, {names} FROM ${aggregate} WHERE entity {which}", chosen)
    return {row[0]: row[1:] for row in found}


def _found_by(aggregate: Aggregate) -> list[str]:
    marks = ["reviewing"] if aggregate is Aggregate.TICKET else []
    return ["id", *(column.name for column in COLUMNS[aggregate]), *marks, "body"]


def _put(
    sql: Sql,
    aggregate: Aggregate,
    rows: Sequence[tuple[Any, ...]],
    before: Mapping[int, tuple[Any, ...]],
) -> None:
    """Rows that no index and no search would find otherwise than before are spared both."""
    same = [row for row in rows if before and before.get(row[0]) == _found(aggregate, row)]
    apart = {row[0] for row in same}
    sql.many(_INSERTS[aggregate], [row for row in rows if row[0] not in apart])
    if same:
        at = 2 + len(COLUMNS[aggregate])
        state = slice(at, at + (aggregate is Aggregate.TICKET))
        sql.many(_UPDATES[aggregate], [(*row[state], *row[_REST:], row[0]) for row in same])


def _found(aggregate: Aggregate, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """Of a row that is written, what `_found_by` names."""
    at = 2 + len(COLUMNS[aggregate])
    return (*row[1:at], *row[at + (aggregate is Aggregate.TICKET) : _REST])


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


def follows(sql: Sql, aggregate: Aggregate, record: Shown) -> bool:
    """Whether the row that stands there is what `write` makes of a truth."""
    row = sql.one(f"SELECT * FROM ${aggregate} WHERE entity = ?", record.entity)
    try:
        written = expected(sql, aggregate, record)
        return row is not None and written is not None and row_of(aggregate, written) == tuple(row)
    except (msgspec.MsgspecError, TypeError, ValueError):
        return False


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


def _update_statement(aggregate: Aggregate) -> str:
    names = [*_TRUTH, "laid"]
    if aggregate is Aggregate.TICKET:
        names = ["state", *names]
    sets = ", ".join(f"{name} = ?" for name in names)
    return f"UPDATE ${aggregate} SET {sets} WHERE entity = ?"


_TRUTH = ("rev", "term", "n", "as_of", "row_hash", "fields")
_REST = -len(_TRUTH) - 1
"""Where in a row central's truth begins, seen from its end."""
_UPDATES = {aggregate: _update_statement(aggregate) for aggregate in BODIES}
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
        which, chosen = among([one.record.entity for one in rows])
        sql.run(f"DELETE FROM ${table} WHERE entity {which}", chosen)
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
