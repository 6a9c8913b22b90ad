"""Stores as an older version of the program has them, and what an upgrade must hand over."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from random import Random
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, NullPool, create_engine, event
from sqlcipher3 import dbapi2 as driver

from local_store import layout, migrate

if TYPE_CHECKING:
    from tests.simulation.storage import Place

Contents = Mapping[str, list[tuple[Any, ...]]]

_KEPT = ("outbox", "dependency", "conflict", "draft", "setting", "counter", "entity", "removed")
_SINCE: Mapping[int, tuple[str, ...]] = {
    2: ("parallel_edit", "second_offer", "incident", "held_tombstone", "unread_row"),
    3: ("erased",), 4: ("evidence_file",),
}  # fmt: skip
"""Version → tables it brought, without which nothing that stands in them can be known."""


def possible(place: Place, chance: Random) -> int:
    """A version that could have written what is here."""
    with place.closed() as raw:
        full = [
            version
            for version, tables in _SINCE.items()
            if any(raw.execute(f"SELECT 1 FROM {one} LIMIT 1").fetchone() for one in tables)
        ]
    return chance.randrange(max(full, default=1), layout.VERSION)


def take_down(place: Place, version: int) -> None:
    """Give the store that version's tables."""
    with place.closed() as raw, _transaction(raw) as connection:
        migrate._stamp(connection, layout.VERSION)
        migrate.run(connection, "downgrade", f"{version:04d}")
        connection.exec_driver_sql(f"PRAGMA user_version = {version}")


def bring_up(memory: driver.Connection) -> None:
    """What opening a store's file does, for one in memory."""
    (present,) = memory.execute("PRAGMA user_version").fetchone()
    if present < layout.VERSION:
        with _transaction(memory) as connection:
            migrate._stamp(connection, present)
            migrate.run(connection, "upgrade", "head")
            connection.exec_driver_sql(f"PRAGMA user_version = {layout.VERSION}")


@contextmanager
def _transaction(raw: driver.Connection) -> Iterator[Connection]:
    """SQLAlchemy's, over a connection that stays open."""
    made = create_engine("sqlite://", creator=lambda: _Lent(raw), module=driver, poolclass=NullPool)

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    with made.connect() as connection, connection.begin():
        yield connection
    made.dispose()


class _Lent:
    """Whoever gave it closes it."""

    def __init__(self, raw: driver.Connection) -> None:
        self._raw = raw

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - the driver's own
        return getattr(self._raw, name)

    def close(self) -> None:
        """Not yet."""


def contents(place: Place) -> Contents:
    """Every row that an upgrade hands over, bytes and all."""
    with place.closed() as raw:
        return _read(raw)


def moved(before: Contents, raw: driver.Connection) -> list[str]:
    """The tables that are not what they were."""
    return [table for table, rows in _read(raw).items() if rows != before[table]]


def _read(raw: driver.Connection) -> Contents:
    every = {table: f"SELECT * FROM {table} ORDER BY 1, 2" for table in _KEPT}
    return {table: raw.execute(query).fetchall() for table, query in every.items()}
