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
from sqlcipher3 import dbapi2 as driver

from app.domain.changes import Changes
from app.domain.errors import EnvironmentFault, StoreFault, StoreFull
from app.ports.store import ReadTx, StoredOperation, WriteTx
from app.ports.system import Executor, Lane, Platform
from local_store import ballast, engine, health, indexing
from local_store.engine import Use
from local_store.errors import full, in_doubt, speaking, translated
from local_store.journal_file import JournalFile
from local_store.keys import KEYS, STORE
from local_store.unit_of_work import Given, UnitOfWork
from local_store.upkeep import Upkeep

T = TypeVar("T")


class SqlStore:
    """Implements `app.ports.store.Store` over one encrypted file."""

    def __init__(self, profile: Path, key: bytes, platform: Platform, executor: Executor) -> None:
        self._profile = profile
        self._path = profile / STORE
        self._key = key
        self._platform = platform
        self._executor = executor
        self._given = Given(platform.boot_seconds)
        self._journal = JournalFile(profile, key, platform)
        self._upkeep = Upkeep(self._sync_journal, self._tidy)
        self._connections: dict[str, Connection] = {}
        self._engines: list[Engine] = []
        self._readers = threading.local()
        self._listeners: list[Callable[[Changes], None]] = []
        self._lock = threading.Lock()
        self._journal_lock = threading.Lock()
        self.journal_trouble = ""
        """Why the journal beside the store is behind; empty while it is not."""

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
            raw = _raw(self._reader())
            raw.execute("BEGIN")
            try:
                return work(UnitOfWork(raw, self._given))
            finally:
                _rolled_back(raw)

    def _write(self, work: Callable[[WriteTx], T]) -> T:
        with self._lock:
            try:
                result, unit = self._committed(work)
            except StoreFull:
                ballast.free(self._profile)
                raise
            self._keep_journal(unit.decided)
        changes = unit.all_changes()
        if changes.ids or changes.everything:
            for listener in tuple(self._listeners):
                listener(changes)
        self._upkeep.committed()
        return result

    def _committed(self, work: Callable[[WriteTx], T]) -> tuple[T, UnitOfWork]:
        with speaking():
            raw = _raw(self._writer())
            raw.execute("BEGIN IMMEDIATE")
            try:
                unit = UnitOfWork(raw, self._given)
                result = work(unit)
            except BaseException:
                _rolled_back(raw)
                raise
        try:
            self._commit(raw)
        except driver.Error as error:
            _rolled_back(raw)
            fault = translated(error)
            raise (fault if isinstance(fault, StoreFull) else in_doubt()) from None
        return result, unit

    @staticmethod
    def _commit(raw: driver.Connection) -> None:
        raw.execute("COMMIT")

    def _writer(self) -> Connection:
        if "writer" not in self._connections:
            self._connections["writer"] = self._connection(Use.WRITING)
        return self._connections["writer"]

    def _reader(self) -> Connection:
        connection: Connection | None = getattr(self._readers, "connection", None)
        if connection is None or connection.closed:
            connection = self._connection(Use.READING)
            self._readers.connection = connection
            self._connections[f"reader {threading.get_ident()}"] = connection
        return connection

    def _connection(self, use: Use) -> Connection:
        made = engine.engine(self._path, self._key, use)
        self._engines.append(made)
        try:
            return made.connect()
        except (DBAPIError, driver.Error):
            # On a full disk even the shared-memory file of a reader finds no room.
            if not ballast.free(self._profile):
                if self._platform.free_bytes(self._profile) < ballast.LEAST:
                    raise full() from None
                raise
            return made.connect()

    # --- news ------------------------------------------------------------------------------

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Call after each commit that moved something, on the writer's thread."""
        self._listeners.append(listener)

        def undo() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return undo

    # --- behind the commits ----------------------------------------------------------------

    def _keep_journal(self, decided: list[StoredOperation]) -> None:
        """What was committed stays committed, whether the journal takes it or not."""
        try:
            with self._journal_lock:
                self._journal.append(decided)
        except (OSError, StoreFault) as error:
            self.journal_trouble = f"the journal could not be written: {type(error).__name__}"

    def _sync_journal(self) -> None:
        try:
            with self._journal_lock:
                self._journal.sync()
        except OSError as error:
            self.journal_trouble = f"the journal could not be synced: {type(error).__name__}"

    def _tidy(self) -> bool:
        """A step of what can wait for a quiet moment; whether there is more of it.

        First the searches' segments are merged, so that no save has to; then the log goes back
        into the file. Either may well be put off.
        """
        try:
            return self._merge_step() or self._checkpoint()
        except (DBAPIError, driver.Error):
            return False

    def _merge_step(self) -> bool:
        with self._lock:
            raw = _raw(self._writer())
            raw.execute("BEGIN IMMEDIATE")
            try:
                more = indexing.merge_step(UnitOfWork(raw, self._given).sql)
            except BaseException:
                _rolled_back(raw)
                raise
            raw.execute("COMMIT")
            return more

    def _checkpoint(self) -> bool:
        if "upkeep" not in self._connections:
            self._connections["upkeep"] = self._connection(Use.UPKEEP)
        _raw(self._connections["upkeep"]).execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        return False

    # --- care ------------------------------------------------------------------------------

    async def backup(self, target: str) -> None:
        """An encrypted copy of the store with its key slots, in a new folder; verified.

        Raises EnvironmentFault where it cannot be written, StoreDamaged where a page is wrong.
        """
        await self._executor.run(Lane.READ, lambda: self._backup(Path(target)))

    def _backup(self, folder: Path) -> None:
        from local_store.profile import verify

        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=False)
            self._platform.private_directory(folder)
            with speaking():
                self._copy_pages(folder / STORE)
            shutil.copyfile(self._profile / KEYS, folder / KEYS)
            for name in (STORE, KEYS):
                self._platform.private_file(folder / name)
            self._platform.sync_directory(folder)
        except OSError as error:
            raise EnvironmentFault(
                "The backup could not be written.",
                safe="The store is untouched.",
                todo="Name a folder that does not exist yet, with enough room.",
            ) from error
        verify(folder / STORE, self._key)

    def _copy_pages(self, target: Path) -> None:
        """Page by page under one view, while people go on working."""
        source = engine.connect(self._path, self._key)
        copy = engine.connect(target, self._key, mode="rwc")
        try:
            copy.execute("PRAGMA synchronous = FULL")
            source.backup(copy)
        finally:
            copy.close()
            source.close()

    async def check(self) -> Iterable[str]:
        """Findings of the cipher's, SQLite's, the searches' and the counters' own checks.

        None where everything is healthy.
        """
        return await self._executor.run(Lane.USER_WRITE, self._check)

    def _check(self) -> list[str]:
        with self._lock, speaking():
            raw = _raw(self._writer())
            findings = health.findings(raw, UnitOfWork(raw, self._given).sql)
        return [*findings, *([self.journal_trouble] if self.journal_trouble else [])]

    async def close(self) -> None:
        """Close every connection; what runs is finished first."""
        self.close_now()

    def close_now(self) -> None:
        """Finish what runs, make the journal durable and let go of the files."""
        self._executor.close()
        self._upkeep.stop()
        try:
            with self._journal_lock:
                self._journal.close()
        except OSError as error:
            self.journal_trouble = f"the journal could not be closed: {type(error).__name__}"
        for connection in self._connections.values():
            connection.close()
        for made in self._engines:
            made.dispose()
        self._connections.clear()
        self._engines.clear()


def _rolled_back(raw: driver.Connection) -> None:
    """SQLite may have rolled back by itself (disk full); then there is nothing left to undo."""
    if raw.in_transaction:
        with contextlib.suppress(driver.Error):
            raw.execute("ROLLBACK")


def _raw(connection: Connection) -> driver.Connection:
    """The driver's own connection under SQLAlchemy's."""
    raw = connection.connection.driver_connection
    if not isinstance(raw, driver.Connection):
        raise TypeError("the engine was not made over the cipher's driver")
    return raw
