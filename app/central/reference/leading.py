"""Whether a ledger on PostgreSQL leads or follows another, and what a promotion means for it."""

from __future__ import annotations

from sqlalchemy import Connection, select, text

from app.central.reference import history
from app.central.reference.database import Replica, alone, setting, upsert
from app.central.reference.system import Surroundings
from app.domain.ids import Millis

_TIMELINE, _BEAT = "timeline", "beat"
_NOW = text(
    "SELECT CASE WHEN pg_is_in_recovery() THEN NULL"
    " ELSE substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END,"
    " (SELECT value FROM setting WHERE name = 'timeline')"
)
"""PostgreSQL begins a new timeline with each promotion, and with each restore from an archive."""


def is_following(connection: Connection) -> bool:
    """Whether the database only follows another one and takes no writes."""
    if connection.dialect.name != "postgresql":
        return False
    return bool(connection.execute(text("SELECT pg_is_in_recovery()")).scalar_one())


def lead(connection: Connection, surroundings: Surroundings) -> None:
    """Raise Replica on a follower; after a promotion, raise each service's term first.

    The former leader may still be there: desks that have heard of the new term never go back to it.
    """
    if connection.dialect.name != "postgresql":
        return
    timeline, known = connection.execute(_NOW).one()
    if timeline is None:
        raise Replica
    if timeline == known:
        return
    alone(connection)
    known = _value(connection, _TIMELINE)
    if timeline == known:
        return
    if known is not None:
        for name, here in history.all_standing(connection).items():
            history.raise_term(connection, name, here.position, surroundings)
    upsert(connection, setting, "name", {"name": _TIMELINE, "value": timeline})


def beat(connection: Connection, now: Millis) -> None:
    """Note that the leader is alive; its followers' data is from the last time it was."""
    upsert(connection, setting, "name", {"name": _BEAT, "value": str(now)})


def source_as_of(connection: Connection, now: Millis) -> Millis:
    """When this node's data is from: now, but on a follower the leader's last sign of life."""
    if not is_following(connection):
        return now
    value = _value(connection, _BEAT)
    return min(now, Millis(int(value))) if value else Millis(0)


def _value(connection: Connection, name: str) -> str | None:
    return connection.execute(select(setting.c.value).where(setting.c.name == name)).scalar()
