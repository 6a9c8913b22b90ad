"""Digests of what the ledger holds, so that a desk can tell whether its mirror holds the same."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from app.central.contract import wire
from app.central.reference.feed import seen_at
from app.central.reference.history import standing
from app.domain import parity
from app.domain.feed import Position


def digests(connection: Connection, service: str, position: Position) -> tuple[str, ...]:
    """One digest for each bucket, of the rows that stood at a position."""
    return parity.digests((id_, hash_) for id_, _rev, hash_ in _rows(connection, service, position))


def bucket(
    connection: Connection, service: str, position: Position, number: int
) -> list[wire.ParityRow]:
    """Every row of a bucket, by id."""
    mine = (
        one for one in _rows(connection, service, position) if parity.bucket_of(one[0]) == number
    )
    return sorted((wire.ParityRow(*one) for one in mine), key=lambda one: one.id)


def _rows(
    connection: Connection, service: str, position: Position
) -> Iterator[tuple[str, int, str]]:
    here = standing(connection, service).position
    seen = seen_at(service, position if position < here else None)
    found = connection.execution_options(yield_per=5_000).execute(
        select(seen.c.id, seen.c.rev, seen.c.row_hash).where(seen.c.op == "upsert")
    )
    for one in found:
        yield one[0], one[1], one[2]
