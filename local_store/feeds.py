"""The feed's own row per service: cursor, position, freshness and how far a snapshot is."""

from __future__ import annotations

from app.domain.central_services import Service
from app.domain.feed import Position
from app.ports.store import FeedState
from local_store.kept import SLOTS, Row
from local_store.sql import Sql

_MIRRORED = SLOTS.index("mirrored")


def feed_state(sql: Sql, service: Service) -> FeedState:
    """Where a service's feed stands."""
    known = sql.kept.states
    if service not in known:
        known[service] = _state(sql.kept.feed(service))
    return known[service]


def _state(found: Row) -> FeedState:
    row = found[len(SLOTS) :]
    return FeedState(
        cursor=row[0],
        position=None if row[1] is None else Position(row[1], row[2]),
        term_id=row[3],
        source_as_of=row[4],
        last_good=row[5],
        up_to_date=bool(row[6]),
        snapshot_after=row[7],
        snapshot_running=bool(row[8]),
        expected_rows=row[9],
        mirrored_rows=found[_MIRRORED],
    )


def snapshot_start(sql: Sql, service: Service) -> str | None:
    """The cursor that the snapshot under way noted at its first page."""
    found = sql.value("SELECT snapshot_start FROM feed WHERE service = ?", service.value)
    return None if found is None else str(found)


def keep(sql: Sql, service: Service, **values: object) -> None:
    """Set columns of the service's row."""
    sets = ", ".join(f'"{name}" = ?' for name in values)
    sql.write(f"UPDATE feed SET {sets} WHERE service = ?", *values.values(), service.value)
    sql.kept.feed_written(service, values)


def count(sql: Sql, service: Service, more: int, *, hidden: bool) -> None:
    """The counter of mirrored rows (of a slot nobody reads yet: of built ones) moves with them."""
    if more:
        slots = sql.kept.slots_of(service)
        if hidden:
            keep(sql, service, built=slots.built + more)
        else:
            keep(sql, service, mirrored=slots.mirrored + more)
