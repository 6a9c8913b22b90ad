"""Transactions on a ledger's database: views that stand still, and writers one after another."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Engine

from app.central.reference import leading
from app.central.reference.database import alone, check_schema, empty_log, prepare
from app.central.reference.organisation import Organisation
from app.central.reference.system import Surroundings

_PATIENCE_S = 10.0


class Busy(Exception):
    """Somebody else has been writing for longer than anybody waits."""


class Transactions:
    """Reads beside one another, writes of a service one after another."""

    def __init__(self, engine: Engine, surroundings: Surroundings, *, demo: bool = False) -> None:
        self.engine = engine
        self.surroundings = surroundings
        self._writing = threading.Lock()
        with self.reading() as connection:
            follows = leading.is_following(connection)
            if follows:
                check_schema(connection)
        if not follows:
            self._found(demo=demo)

    def _found(self, *, demo: bool) -> None:
        with self._lock_of_process(), self.engine.begin() as connection:
            alone(connection)
            prepare(connection, self.surroundings)
            leading.lead(connection, self.surroundings)
            Organisation(connection, self.surroundings).found(demo=demo)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; on SQLite one at a time within this process.

        Raises Replica where the database follows another one, Busy after a long wait.
        """
        with self._lock_of_process(), self.engine.begin() as connection:
            leading.lead(connection, self.surroundings)
            yield connection

    @contextmanager
    def organising(self) -> Iterator[Organisation]:
        """A transaction on the organisation's document and desks, one at a time over all nodes."""
        with self.writing() as connection:
            alone(connection)
            yield Organisation(connection, self.surroundings)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view."""
        options: dict[str, Any] = {"reading": True}
        if self.engine.dialect.name == "postgresql":
            options["isolation_level"] = "REPEATABLE READ"
        with (
            self.engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            yield connection

    def empty_log(self) -> None:
        """SQLite's write-ahead log still holds what was erased until it is written back and cut."""
        if self.engine.dialect.name == "sqlite":
            with self._lock_of_process(), self.engine.connect() as connection:
                empty_log(connection)

    @contextmanager
    def _lock_of_process(self) -> Iterator[None]:
        """SQLite has one writer; whoever waits too long for it is told so."""
        if self.engine.dialect.name != "sqlite":
            yield
            return
        if not self._writing.acquire(timeout=_PATIENCE_S):
            raise Busy
        try:
            yield
        finally:
            self._writing.release()
