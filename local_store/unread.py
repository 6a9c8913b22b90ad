"""Rows of types this program does not know: kept as they came for the one that will.

Of a tombstone the reason is kept, as JSON text in the place of the fields: a history that is lost
may have held no more than that, and the record is then asked for again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence

from app.domain.central_services import OWNERS, Service
from app.domain.feed import FeedItem, ItemOp, Position
from app.domain.ids import EntityId, Millis
from local_store import erasure, records
from local_store.sql import Row, Sql, listed

STANDS = "substr(fields, 1, 1) = '{'"
"""A condition on `unread_row`: it is a record, not the reason of a tombstone."""


def keep(sql: Sql, service: Service, items: Sequence[FeedItem]) -> None:
    """Keep the newer word on each; what is erased goes out of every slot."""
    slot = sql.slot(service)
    for item in items:
        if item.op is ItemOp.TOMBSTONE and item.reason == erasure.ERASED:
            drop(sql, {item.id})
            erasure.note(sql, item.id, item.as_of)
        elif item.op is not ItemOp.REDIRECT:
            position, row = item.position, item.op is ItemOp.UPSERT
            sql.run(
                "INSERT INTO unread_row (id, slot, type, service, rev, term, n, as_of, row_hash, "
                "fields) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id, slot) DO UPDATE "
                "SET type = excluded.type, rev = excluded.rev, term = excluded.term, "
                "n = excluded.n, as_of = excluded.as_of, row_hash = excluded.row_hash, "
                "fields = excluded.fields WHERE (excluded.term, excluded.rev) > (term, rev)",
                item.id, slot, item.type, service.value, item.rev, position.term, position.n,
                item.as_of, item.row_hash,
                item.raw_fields.decode() if row else json.dumps(item.reason),
            )  # fmt: skip


def outdone(sql: Sql, service: Service, items: Sequence[FeedItem]) -> None:
    """What was kept of a known record, for an op nobody here knows, gives way to newer words."""
    if is_any(sql, service):
        sql.many(
            "DELETE FROM unread_row WHERE id = ? AND slot = ? AND (term, rev) < (?, ?)",
            [
                (item.id, sql.slot(service), item.position.term, item.rev)
                for item in items
                if item.op is not ItemOp.REDIRECT
            ],
        )


def drop(sql: Sql, ids: Collection[str], *, slot: int | None = None) -> None:
    """Nothing is kept of these any more."""
    sql.run(
        "DELETE FROM unread_row WHERE id IN (SELECT value FROM json_each(?1)) "
        "AND (?2 IS NULL OR slot = ?2)",
        listed(ids), slot,
    )  # fmt: skip


def empty(sql: Sql, service: Service, limit: int) -> int:
    """Delete up to `limit` of a slot that is not read any more; how many went."""
    return sql.run(
        "DELETE FROM unread_row WHERE (id, slot) IN (SELECT id, slot FROM unread_row "
        "WHERE service = ? AND slot = ? LIMIT ?)",
        service.value, sql.slot(service), limit,
    )  # fmt: skip


def is_any(sql: Sql, service: Service) -> bool:
    """Whether something of the service is kept."""
    found = sql.value(
        "SELECT EXISTS (SELECT 1 FROM unread_row WHERE service = ? AND slot = ?)",
        service.value, sql.slot(service),
    )  # fmt: skip
    return bool(found)


def now_known(sql: Sql, service: Service, limit: int) -> list[FeedItem]:
    """What was kept of types that this program has learnt to read."""
    rows = sql.all(
        "SELECT id, type, rev, term, n, as_of, row_hash, fields FROM unread_row "
        "WHERE service = ? AND slot = ? AND type IN (SELECT value FROM json_each(?)) LIMIT ?",
        service.value, sql.slot(service), listed(one.value for one in OWNERS[service]), limit,
    )  # fmt: skip
    return [_item(row) for row in rows]


def _item(row: Row) -> FeedItem:
    id_, type_, rev, term, n, as_of, row_hash, kept = row
    stands = kept.startswith("{")
    op, reason = (ItemOp.UPSERT, "") if stands else (ItemOp.TOMBSTONE, json.loads(kept))
    raw = kept if stands else "{}"
    return FeedItem(
        type_, EntityId(id_), rev, Position(term, n), op, records.decoded(raw), raw.encode(),
        Millis(as_of), row_hash, (), reason,
    )  # fmt: skip
