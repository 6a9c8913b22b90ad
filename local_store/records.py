"""Projected rows: central's truth with the pending operations laid over it, and searchable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from app.domain.central_services import Aggregate
from app.domain.ids import DeskId, EntityId, Millis, OpId, PersonId
from app.domain.lifecycle import OVERLAID, OpState, RowState, loudest, word_of
from app.domain.operations import Body, FieldChange, Json
from app.domain.projection import lay_over
from local_store import mapping
from local_store.schema import NEWEST_FIRST

_OVERLAID = ", ".join(f"'{state}'" for state in sorted(OVERLAID))
_REDIRECTS = 8


class _StoredBody(msgspec.Struct):
    """As much of a body's bytes as laying it over needs."""

    op_id: str
    kind: str
    changes: dict[str, dict[str, object]] = {}
    entry: dict[str, object] | None = None


_decode = msgspec.json.Decoder(_StoredBody).decode
_fields = msgspec.json.Decoder(dict[str, object]).decode


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


def entity_of(connection: Connection, id_: str) -> int | None:
    """The local row number of a record, if it was ever seen."""
    row = connection.exec_driver_sql("SELECT entity FROM entity WHERE id = ?", (id_,)).fetchone()
    return int(row[0]) if row else None


def new_entity(connection: Connection, aggregate: str, id_: str) -> int:
    """The record's row number, given at first sight; later ones are larger."""
    known = entity_of(connection, id_)
    if known is not None:
        return known
    row = connection.exec_driver_sql(
        "INSERT INTO entity (entity, type, id) "
        "VALUES ((SELECT max(ifnull(max(entity), 0), ?) + 1 FROM entity), ?, ?) RETURNING entity",
        (NEWEST_FIRST, aggregate, id_),
    ).fetchone()
    if row is None:
        raise AssertionError("an insert with RETURNING gives a row")
    return int(row[0])


def followed(connection: Connection, id_: str) -> str:
    """Where redirects lead, at most eight hops; a cycle ends where it began."""
    for _ in range(_REDIRECTS):
        row = connection.exec_driver_sql(
            "SELECT to_id FROM redirect WHERE from_id = ?", (id_,)
        ).fetchone()
        if row is None:
            return id_
        id_ = str(row[0])
    return id_


def mirrored(connection: Connection, id_: str) -> tuple[dict[str, Json], int] | None:
    """Central's fields and rev of a record."""
    row = connection.exec_driver_sql(
        "SELECT m.fields, m.rev FROM entity e JOIN mirror m ON m.entity = e.entity WHERE e.id = ?",
        (id_,),
    ).fetchone()
    if row is None:
        return None
    fields: dict[str, Json] = _fields(row[0])  # type: ignore[assignment]  # JSON by contract
    return fields, int(row[1])


def projected(connection: Connection, id_: str) -> tuple[dict[str, Json], int | None] | None:
    """The record as screens show it, and central's rev; None where neither side knows it."""
    truth = mirrored(connection, id_)
    fields: dict[str, Json] | None = truth[0] if truth else None
    for raw, _state, _attempts in overlays(connection, id_):
        fields = lay_over(fields, overlay_of(raw))
    return None if fields is None else (fields, truth[1] if truth else None)


def overlays(connection: Connection, lane: str) -> Sequence[tuple[bytes, str, int]]:
    """Operations that show over a record, in lane order: bytes, state, attempts."""
    rows = connection.exec_driver_sql(
        "SELECT raw, state, attempts FROM outbox "
        f"WHERE lane = ? AND state IN ({_OVERLAID}) ORDER BY place, seq",
        (lane,),
    )
    return [(bytes(raw), str(state), int(attempts)) for raw, state, attempts in rows]


def reproject(connection: Connection, aggregate: Aggregate, id_: str) -> None:
    """Write the record's row and words anew, or take them away where nothing is left of it."""
    found = projected(connection, id_)
    entity = new_entity(connection, aggregate, id_)
    if found is None:
        remove(connection, aggregate, entity)
        return
    fields = found[0]
    row = mapping.ROWS[aggregate][1](fields)
    if aggregate is Aggregate.TICKET:
        row |= _standing(connection, id_)
        keep_promises(connection, [(entity, fields)])
    write_rows(connection, aggregate, [(entity, id_, row)])
    if aggregate is Aggregate.CUSTOMER:
        keep_phones(connection, [(entity, fields)])
    if aggregate in mapping.SEARCHED:
        make_searchable(connection, aggregate, [(entity, fields)])


def _standing(connection: Connection, lane: str) -> mapping.Row:
    """The one word of a ticket's row, and whether somebody must look at it."""
    words = {
        word_of(OpState(state), attempts) for _raw, state, attempts in overlays(connection, lane)
    }
    disputed = connection.exec_driver_sql(
        "SELECT 1 FROM conflict WHERE target = ? AND decided_at IS NULL LIMIT 1", (lane,)
    ).fetchone()
    if disputed:
        words.add(RowState.NEEDS_REVIEW)
    state = loudest(words)
    return {"state": str(state), "reviewing": int(state is RowState.NEEDS_REVIEW)}


def remove(connection: Connection, aggregate: Aggregate, entity: int) -> None:
    """Take a record's row, phones, promises and words away."""
    connection.exec_driver_sql(
        f"DELETE FROM {mapping.ROWS[aggregate][0]} WHERE entity = ?",
        (entity,),
    )
    if aggregate is Aggregate.CUSTOMER:
        connection.exec_driver_sql("DELETE FROM customer_phone WHERE entity = ?", (entity,))
    if aggregate is Aggregate.TICKET:
        connection.exec_driver_sql("DELETE FROM promise_row WHERE ticket = ?", (entity,))
    if aggregate in mapping.SEARCHED:
        unsearchable(connection, mapping.SEARCHED[aggregate][0], [entity])


def write_rows(
    connection: Connection,
    aggregate: Aggregate,
    rows: Sequence[tuple[int, str, mapping.Row]],
) -> None:
    """Insert or replace projected rows in one batch."""
    if not rows:
        return
    names = list(rows[0][2])
    columns = ", ".join(f'"{name}"' for name in ("entity", "id", *names))
    marks = ", ".join("?" * (len(names) + 2))
    connection.exec_driver_sql(
        f"INSERT OR REPLACE INTO {mapping.ROWS[aggregate][0]} ({columns}) VALUES ({marks})",
        [(entity, id_, *row.values()) for entity, id_, row in rows],
    )


def keep_phones(
    connection: Connection, customers: Iterable[tuple[int, Mapping[str, Json]]]
) -> None:
    """Index customers' numbers, forwards and reversed."""
    gone, phones = [], []
    for entity, fields in customers:
        gone.append((entity,))
        phones += [(entity, one, one[::-1]) for one in mapping.texts(fields, "phones")]
    if gone:
        connection.exec_driver_sql("DELETE FROM customer_phone WHERE entity = ?", gone)
    if phones:
        connection.exec_driver_sql("INSERT INTO customer_phone VALUES (?, ?, ?)", phones)


def keep_promises(
    connection: Connection, tickets: Iterable[tuple[int, Mapping[str, Json]]]
) -> None:
    """List the promises of tickets that were not kept yet."""
    gone, promises = [], []
    for entity, fields in tickets:
        made = mapping.entries(fields, "promises")
        if not made:
            continue
        kept = {one.get("promise_id") for one in mapping.entries(fields, "promises_kept")}
        gone.append((entity,))
        promises += [
            (str(one["id"]), entity, mapping.text(one, "what"), mapping.text(one, "to"),
             mapping.time(one, "by_when"))
            for one in made
            if one.get("id") and one["id"] not in kept
        ]  # fmt: skip
    if gone:
        connection.exec_driver_sql("DELETE FROM promise_row WHERE ticket = ?", gone)
    if promises:
        connection.exec_driver_sql(
            "INSERT OR REPLACE INTO promise_row (id, ticket, what, whom, due) "
            "VALUES (?, ?, ?, ?, ?)",
            promises,
        )


def make_searchable(
    connection: Connection,
    aggregate: Aggregate,
    records: Sequence[tuple[int, Mapping[str, Json]]],
) -> None:
    """Index records' words; what was indexed of them before is deleted by its old text first."""
    search, words_of = mapping.SEARCHED[aggregate]
    unsearchable(connection, search, [entity for entity, _ in records])
    rows = [(entity, words_of(fields)) for entity, fields in records]
    connection.exec_driver_sql(
        f"INSERT INTO {search}_text (entity, body) VALUES (?, ?)",
        rows,
    )
    connection.exec_driver_sql(
        f"INSERT INTO {search}_search (rowid, body) VALUES (?, ?)",
        rows,
    )


def unsearchable(connection: Connection, search: str, entities: Sequence[int]) -> None:
    """Take records out of a search, their words with them."""
    old: list[tuple[int, str]] = []
    for entity in entities:
        row = connection.exec_driver_sql(
            f"SELECT entity, body FROM {search}_text WHERE entity = ?",
            (entity,),
        ).fetchone()
        if row is not None:
            old.append((int(row[0]), str(row[1])))
    if not old:
        return
    connection.exec_driver_sql(
        f"INSERT INTO {search}_search ({search}_search, rowid, body) VALUES ('delete', ?, ?)",
        old,
    )
    connection.exec_driver_sql(
        f"DELETE FROM {search}_text WHERE entity = ?",
        [(entity,) for entity, _ in old],
    )
