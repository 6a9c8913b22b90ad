"""Reading the ledger: pages of changes, pages of everything, and the truth line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, or_, select

from app.central.contract import bodies, wire
from app.central.reference import history
from app.central.reference.database import row
from app.central.reference.operations import effects
from app.domain.feed import Position
from app.domain.ids import Millis
from app.domain.times import to_rfc3339

RATE = wire.Rate(operations=300.0, pages=50.0)
"""What this central can take from one desk, per second."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """A stale service: it shows nothing past a position, and data from a time."""

    position: Position
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
    start = Position(cursor.term, cursor.n) if cursor else Position(0, 0)
    fork = here.fork if cursor is not None and cursor.term < here.position.term else None
    if fork is not None and start > fork:
        start = fork
    rows = (
        connection.execute(
            select(row)
            .where(row.c.service == service)
            .where(_beyond(start))
            .where(_up_to(end))
            .order_by(row.c.term, row.c.n)
            .limit(limit)
        )
        .mappings()
        .all()
    )
    items = [item(one) for one in rows]
    last = items[-1].position if len(items) == limit else wire.Position(end.term, end.n)
    next_cursor = history.cursor_at(connection, service, Position(last.term, last.n))
    return wire.Page(
        items=items,
        next_cursor=next_cursor,
        position=last,
        term_id=here.term_id,
        up_to_date=len(items) < limit,
        source_as_of=to_rfc3339(frozen.as_of if frozen else now),
        page_hash=bodies.page_hash([one.row_hash for one in items], next_cursor),
        rate=RATE,
        fork=wire.Position(fork.term, fork.n) if fork else None,
    )


def _beyond(start: Position) -> Any:  # noqa: ANN401 - a clause
    return or_(row.c.term > start.term, (row.c.term == start.term) & (row.c.n > start.n))


def _up_to(end: Position) -> Any:  # noqa: ANN401 - a clause
    return or_(row.c.term < end.term, (row.c.term == end.term) & (row.c.n <= end.n))


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
    if after is None:
        last_id, start = "", history.cursor_at(connection, service, here.position)
        total = history.total(connection, service)
    else:
        last_id, start, total = _resumed(after)
    query = select(row).where(row.c.service == service, row.c.op == "upsert")
    if last_id:
        query = query.where(row.c.id < last_id)
    rows = connection.execute(query.order_by(row.c.id.desc()).limit(limit)).mappings().all()
    items = [item(one) for one in rows]
    more = len(items) == limit
    return wire.SnapshotPage(
        items=items,
        start_cursor=start,
        position=wire.Position(here.position.term, here.position.n),
        term_id=here.term_id,
        total=total,
        source_as_of=to_rfc3339(frozen.as_of if frozen else now),
        after=f"{items[-1].id}|{total}|{start}" if more else None,
    )


def _resumed(after: str) -> tuple[str, str, int]:
    """Where a snapshot goes on: the last id, the feed's start, the total. Raises BadCursor."""
    last_id, _, rest = after.partition("|")
    total, _, start = rest.partition("|")
    history.read_cursor(start)
    if not total.isascii() or not total.isdigit():
        raise history.BadCursor
    return last_id, start, int(total)


def item(one: Any) -> wire.Item:  # noqa: ANN401 - a row
    """A row of the ledger as it travels."""
    return wire.Item(
        type=one["type"],
        id=one["id"].removesuffix(">redirect"),
        rev=one["rev"],
        position=wire.Position(one["term"], one["n"]),
        op=one["op"],
        as_of=to_rfc3339(Millis(one["changed_at"])),
        row_hash=one["row_hash"],
        fields=msgspec.Raw(one["fields"].encode()),
        origin_ops=json.loads(one["origin_ops"]),
        reason=one["reason"],
        redirect_to=one["redirect_to"],
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
