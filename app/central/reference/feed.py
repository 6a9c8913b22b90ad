"""Reading the ledger: pages of changes, pages of everything, and the truth line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Result, Row, bindparam, func, or_, select, union_all

from app.central.contract import bodies, wire
from app.central.reference import history
from app.central.reference.database import REDIRECT, row
from app.central.reference.database import history as history_table
from app.central.reference.gate import ONE_DESK
from app.central.reference.operations import effects
from app.domain.feed import Position
from app.domain.ids import Millis
from app.domain.times import to_rfc3339

_CHANGED = (
    select(row)
    .where(row.c.service == bindparam("name_"))
    .where(
        or_(
            row.c.term > bindparam("from_term"),
            (row.c.term == bindparam("from_term")) & (row.c.n > bindparam("from_n")),
        )
    )
    .where(
        or_(
            row.c.term < bindparam("to_term"),
            (row.c.term == bindparam("to_term")) & (row.c.n <= bindparam("to_n")),
        )
    )
    .order_by(row.c.term, row.c.n)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Frozen:
    """A stale service: it shows nothing past a position, and data from a time."""

    position: Position
    term_id: str
    as_of: Millis


def changes(
    connection: Connection,
    service: str,
    cursor: history.Cursor | None,
    limit: int,
    now: Millis,
    frozen: Frozen | None = None,
) -> wire.Page:
    """The rows changed behind a cursor, each once at its latest rev."""
    here = history.standing(connection, service)
    end = min(frozen.position, here.position) if frozen else here.position
    begin = start(connection, service, cursor, here.position)
    end = max(begin, end)
    items = [item(one) for one in _between(connection, service, begin, end, limit, frozen)]
    full = len(items) == limit
    last = Position(items[-1].position.term, items[-1].position.n) if full else end
    back = _shared(connection, service, cursor, here.position.term)
    on_the_way = last.term < here.position.term
    next_cursor = history.cursor_at(connection, service, last, back if on_the_way else None)
    entered = cursor is not None and last.term > cursor.term
    fork = _shared(connection, service, cursor, last.term) if entered else None
    return wire.Page(
        items=items,
        next_cursor=next_cursor,
        position=wire.Position(last.term, last.n),
        term_id=history.term_id_of(connection, service, last.term) or here.term_id,
        up_to_date=not full,
        source_as_of=to_rfc3339(frozen.as_of if frozen else now),
        page_hash=bodies.page_hash([one.row_hash for one in items], next_cursor),
        rate=ONE_DESK,
        fork=wire.Position(fork.term, fork.n) if fork else None,
    )


def _between(
    connection: Connection,
    service: str,
    start: Position,
    end: Position,
    limit: int,
    frozen: Frozen | None,
) -> Result[Any]:
    """The rows behind one position up to another, in the order they changed."""
    if frozen is None:
        where = {"name_": service, "from_term": start.term, "from_n": start.n}
        until = {"to_term": end.term, "to_n": end.n, "most": limit}
        return connection.execute(_CHANGED, where | until)
    seen = seen_at(service, end)
    return connection.execute(
        select(seen)
        .where(_beyond(seen, start), _up_to(seen, end))
        .order_by(seen.c.term, seen.c.n)
        .limit(limit)
    )


def start(
    connection: Connection, service: str, cursor: history.Cursor | None, here: Position
) -> Position:
    """Where a page begins: behind its cursor, or behind what that still shares with this history.

    A page on the way into a newer term stands in the term its last row is of, under that term's
    own id; the fork is told with the page that enters the newer one.
    """
    if cursor is None:
        return Position(0, 0)
    start = Position(cursor.term, cursor.n)
    fork = history.fork_for(connection, service, cursor, here.term)
    return min(start, fork) if fork else start


def _shared(
    connection: Connection, service: str, cursor: history.Cursor | None, term: int
) -> Position | None:
    """The last place a desk's history shares with a newer term, from where it began its way."""
    if cursor is None:
        return None
    fork = history.fork_for(connection, service, cursor, term)
    if fork is None or cursor.back is None:
        return fork
    return min(fork, Position(*cursor.back))


def seen_at(service: str, until: Position | None) -> Any:  # noqa: ANN401 - a table or a view of one
    """The service's records; with `until` as they were at that position."""
    if until is None:
        return select(row).where(row.c.service == service).subquery()
    old = history_table
    newest = (
        select(func.max(old.c.number))
        .where(old.c.service == service, _up_to(old, until))
        .group_by(old.c.id)
    )
    names = [column.name for column in row.c]
    later = row.alias("later")
    overtaken = select(later.c.id).where(later.c.id == old.c.id, _beyond(later, until)).exists()
    return union_all(
        select(row).where(row.c.service == service, _up_to(row, until)),
        select(*(old.c[name] for name in names)).where(old.c.number.in_(newest), overtaken),
    ).subquery()


def _beyond(table: Any, start: Position) -> Any:  # noqa: ANN401 - a clause
    place = table.c
    return or_(place.term > start.term, (place.term == start.term) & (place.n > start.n))


def _up_to(table: Any, end: Position) -> Any:  # noqa: ANN401 - a clause
    place = table.c
    return or_(place.term < end.term, (place.term == end.term) & (place.n <= end.n))


def snapshot(
    connection: Connection,
    service: str,
    after: str | None,
    limit: int,
    now: Millis,
    frozen: Frozen | None = None,
) -> wire.SnapshotPage:
    """Rows by id, the newest ids first; `after` carries the feed's start along."""
    here = history.standing(connection, service)
    position = min(frozen.position, here.position) if frozen else here.position
    if after is None:
        last_id, start = "", history.cursor_at(connection, service, position)
        total = history.total(connection, service)
    else:
        last_id, start, total = _resumed(service, after)
    seen = seen_at(service, position if frozen else None)
    query = select(seen).where(seen.c.op.in_(("upsert", "redirect")))
    if last_id:
        query = query.where(seen.c.id < last_id)
    rows = connection.execute(query.order_by(seen.c.id.desc()).limit(limit))
    found = list(rows)
    more = len(found) == limit
    return wire.SnapshotPage(
        items=[item(one) for one in found],
        start_cursor=start,
        position=wire.Position(position.term, position.n),
        term_id=history.term_id_of(connection, service, position.term) or here.term_id,
        total=total,
        source_as_of=to_rfc3339(frozen.as_of if frozen else now),
        after=f"{found[-1].id}|{total}|{start}" if more else None,
    )


def rows(
    connection: Connection,
    service: str,
    ids: Sequence[str],
    as_of: Millis,
    frozen: Frozen | None = None,
) -> wire.Rows:
    """Records by id, tombstones and redirects too; an id that is nowhere is left out."""
    here = history.standing(connection, service)
    position = min(frozen.position, here.position) if frozen else here.position
    seen = seen_at(service, position if frozen else None)
    wanted = [*ids, *(id_ + REDIRECT for id_ in ids)]
    found = connection.execute(select(seen).where(seen.c.id.in_(wanted)).order_by(seen.c.id))
    return wire.Rows(
        items=[item(one) for one in found],
        position=wire.Position(position.term, position.n),
        term_id=history.term_id_of(connection, service, position.term) or here.term_id,
        source_as_of=to_rfc3339(frozen.as_of if frozen else as_of),
    )


def _resumed(service: str, after: str) -> tuple[str, str, int]:
    """Where a snapshot goes on: the last id, the feed's start, the total. Raises BadCursor."""
    last_id, _, rest = after.partition("|")
    total, _, start = rest.partition("|")
    history.read_cursor(service, start)
    if not (total.isascii() and total.isdigit() and last_id.isascii() and last_id.isprintable()):
        raise history.BadCursor
    return last_id, start, int(total)


def item(one: Row[Any]) -> wire.Item:
    """A row of the ledger as it travels."""
    origins: str = one.origin_ops
    return wire.Item(
        type=one.type,
        id=one.id.removesuffix(REDIRECT),
        rev=one.rev,
        position=wire.Position(one.term, one.n),
        op=one.op,
        as_of=to_rfc3339(Millis(one.changed_at)),
        row_hash=one.row_hash,
        fields=msgspec.Raw(one.fields.encode()),
        origin_ops=json.loads(origins) if origins != "[]" else [],
        reason=one.reason,
        redirect_to=one.redirect_to,
    )


class _Named(msgspec.Struct):
    """What a line of the truth says apart from the fields themselves."""

    reference: Any = None
    happened_at: Any = None
    received_at: Any = None


def truth(connection: Connection) -> Iterator[dict[str, Any]]:
    """Each ticket of the ledger itself, with the operations that had an effect on it."""
    by_target = effects(connection)
    rows = connection.execute(
        select(row.c.id, row.c.rev, row.c.fields)
        .where(row.c.service == "tickets", row.c.type == "ticket", row.c.op == "upsert")
        .order_by(row.c.id)
    )
    named = msgspec.json.Decoder(_Named)
    for id_, rev, fields in rows:
        known = named.decode(fields)
        had_effect = by_target.get(id_, [])
        yield {
            "id": id_,
            "ref": known.reference,
            "fields": msgspec.json.decode(fields),
            "rev": rev,
            "happened_at": known.happened_at,
            "received_at": known.received_at,
            "operations": [op_id for op_id, _kind in had_effect],
            "kinds": dict(had_effect),
        }
