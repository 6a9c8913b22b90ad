"""The store behind its port: one writer, readers beside it, each call one transaction."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from app.domain.changes import Changes
from app.domain.errors import EnvironmentFault, StoreFull, StoreLocked
from app.ports.store import ReadTx, WriteTx
from app.ports.system import Executor, Lane
from local_store import engine
from local_store.errors import in_doubt, speaking, translated
from local_store.keys import KEYS
from local_store.schema import SEARCHES
from local_store.unit_of_work import UnitOfWork

T = TypeVar("T")


class SqlStore:
    """Implements `app.ports.store.Store` over one encrypted file."""

    def __init__(self, path: Path, key: bytes, executor: Executor) -> None:
        self._path = path
        self._key = key
        self._executor = executor
        self._writing: Connection | None = None
        self._engines: list[Engine] = []
        self._readers = threading.local()
        self._reading: list[Connection] = []
        self._listeners: list[Callable[[Changes], None]] = []
        self._lock = threading.Lock()

    # --- transactions ----------------------------------------------------------------------

    async def read(self, work: Callable[[ReadTx], T]) -> T:
        """Run against one consistent view; never waits for the writer."""
        return await self._executor.run(Lane.READ, lambda: self._read(work))

    async def write(self, work: Callable[[WriteTx], T], *, by_person: bool = True) -> T:
        """Run in the writer, people first; durable when it returns.

        Raises StoreFull, StoreDamaged, and StoreInDoubt where COMMIT itself raised.
        """
        lane = Lane.USER_WRITE if by_person else Lane.ENGINE_WRITE
        return await self._executor.run(lane, lambda: self._write(work))

    def _read(self, work: Callable[[ReadTx], T]) -> T:
        with speaking():
            connection = self._reader()
            with connection.begin():
                return work(UnitOfWork(connection))

    def _write(self, work: Callable[[WriteTx], T]) -> T:
        with self._lock:
            result, changes = self._committed(work)
        if changes.ids or changes.everything:
            for listener in tuple(self._listeners):
                listener(changes)
        return result

    def _committed(self, work: Callable[[WriteTx], T]) -> tuple[T, Changes]:
        with speaking():
            transaction = self._writer().begin()
            try:
                unit = UnitOfWork(self._writer())
                result = work(unit)
            except BaseException:
                self._rolled_back(transaction.rollback)
                raise
        try:
            transaction.commit()
        except DBAPIError as error:
            self._rolled_back(transaction.rollback)
            if isinstance(translated(error), StoreFull):
                raise translated(error) or in_doubt() from None
            raise in_doubt() from None
        return result, unit.all_changes()

    @staticmethod
    def _rolled_back(rollback: Callable[[], None]) -> None:
        """SQLite may have rolled back by itself (disk full); then there is nothing left to undo."""
        with contextlib.suppress(DBAPIError):
            rollback()

    def _writer(self) -> Connection:
        if self._writing is None:
            self._writing = self._connection(reads_only=False)
        return self._writing

    def _reader(self) -> Connection:
        connection: Connection | None = getattr(self._readers, "connection", None)
        if connection is None:
            connection = self._connection(reads_only=True)
            self._readers.connection = connection
            self._reading.append(connection)
        return connection

    def _connection(self, *, reads_only: bool) -> Connection:
        made = engine.engine(self._path, self._key, reads_only=reads_only)
        self._engines.append(made)
        return made.connect()

    # --- news ------------------------------------------------------------------------------

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Call after each commit that moved something, on the writer's thread."""
        self._listeners.append(listener)

        def undo() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return undo

    # --- care ------------------------------------------------------------------------------

    async def backup(self, target: str) -> None:
        """An encrypted copy of the store with its key slots, in a new folder; verified.

        Raises EnvironmentFault where it cannot be written, StoreDamaged where a page is wrong.
        """
        await self._executor.run(Lane.USER_WRITE, lambda: self._backup(Path(target)))

    def _backup(self, folder: Path) -> None:
        from local_store.profile import verify

        try:
            with self._lock, speaking():
                self._empty_log()
                folder.mkdir(mode=0o700, parents=True, exist_ok=False)
                for name in (self._path.name, KEYS):
                    shutil.copyfile(self._path.with_name(name), folder / name)
        except OSError as error:
            raise EnvironmentFault(
                "The backup could not be written.",
                safe="The store is untouched.",
                todo="Name a folder that does not exist yet, with enough room.",
            ) from error
        verify(folder / self._path.name, self._key)

    def _empty_log(self) -> None:
        """Bring the whole log into the file, so that the file alone is everything.

        Raises StoreLocked where readers do not let go of it for a second.
        """
        raw = self._writer().connection.driver_connection
        for _ in range(20):
            row = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone() if raw else (1,)
            if row[0] == 0:
                return
            threading.Event().wait(0.05)
        raise StoreLocked("The store is busy.", safe="Nothing changed.", todo="Try again.")

    async def check(self) -> Iterable[str]:
        """Findings of the cipher's, SQLite's and the searches' own checks; none when healthy."""
        return await self._executor.run(Lane.USER_WRITE, self._check)

    def _check(self) -> list[str]:
        findings: list[str] = []
        with self._lock, speaking():
            for pragma in ("cipher_integrity_check", "integrity_check"):
                rows = self._writer().exec_driver_sql(f"PRAGMA {pragma}").fetchall()
                findings += [f"{pragma}: {row[0]}" for row in rows if row[0] != "ok"]
            for name in SEARCHES:
                try:
                    self._writer().exec_driver_sql(
                        f"INSERT INTO {name}_search({name}_search, rank) "
                        "VALUES ('integrity-check', 1)"
                    )
                except DBAPIError:
                    findings.append(f"search over {name} does not fit its texts")
            self._writer().rollback()
        return findings

    async def close(self) -> None:
        """Close every connection; what runs is finished first."""
        self.close_now()

    def close_now(self) -> None:
        """Finish what runs and let go of the file."""
        self._executor.close()
        for connection in [*self._reading, *([self._writing] if self._writing else [])]:
            connection.close()
        for made in self._engines:
            made.dispose()
        self._reading.clear()
        self._engines.clear()
        self._writing = None
