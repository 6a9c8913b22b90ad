"""The store behind its port: one writer, readers beside it, each call one transaction."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from sqlcipher3 import dbapi2 as driver

from app.domain.changes import Changes
from app.domain.errors import EnvironmentFault, StoreDamaged, StoreFault, StoreFull
from app.domain.views import SecondCopy
from app.ports.store import ReadTx, WriteTx
from app.ports.system import Executor, Lane, Platform
from local_store import ballast, engine, health, indexing, retention
from local_store.audit import audit_key
from local_store.engine import Use
from local_store.errors import full, in_doubt, speaking, tells_disk_trouble, translated
from local_store.housekeeping import Housekeeping, Turns
from local_store.keeper import Keeper
from local_store.keys import KEYS, STORE
from local_store.second_place import SETTING, Chosen
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
        self._given = Given(platform.boot_seconds, audit_key(key))
        self._keeper = Keeper(profile, key, platform, platform.boot_seconds)
        self._upkeep = Upkeep(self._keeper.sync, self._tidy)
        self._connections: dict[str, driver.Connection] = {}
        self._listeners: list[Callable[[Changes], None]] = []
        self._lock = threading.Lock()
        self._housekeeping = Housekeeping(
            profile,
            self._keeper,
            Turns(self._read_once, self._quietly, self._truncate_log, platform.boot_seconds),
        )

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

    def write_now(self, work: Callable[[UnitOfWork], T]) -> T:
        """As `write`, on the caller's own thread: for a store nobody else uses yet."""
        return self._write(work)

    def _read(self, work: Callable[[ReadTx], T]) -> T:
        with speaking():
            return _twice(lambda: self._read_once(work))

    def _read_once(self, work: Callable[[UnitOfWork], T]) -> T:
        with _Lent(self, self._reader()) as raw:
            raw.execute("BEGIN")
            try:
                return work(UnitOfWork(raw, self._given))
            finally:
                _rolled_back(raw)

    def _write(self, work: Callable[[UnitOfWork], T]) -> T:
        with self._lock:
            try:
                result, unit = self._committed(work)
            except StoreFull:
                ballast.free(self._profile)
                raise
            # Files first: a second place that has the journal's words has their files too.
            self._keeper.keep_files(unit.files)
            self._keeper.append(unit.entries)
        self._publish(unit)
        self._upkeep.committed()
        return result

    def _publish(self, unit: UnitOfWork) -> None:
        changes = unit.all_changes()
        if changes.ids or changes.everything:
            for listener in tuple(self._listeners):
                listener(changes)

    def _committed(self, work: Callable[[UnitOfWork], T]) -> tuple[T, UnitOfWork]:
        with speaking():
            return _twice(lambda: self._committed_once(work))

    def _committed_once(self, work: Callable[[UnitOfWork], T]) -> tuple[T, UnitOfWork]:
        with _Lent(self, self._writer()) as raw:
            raw.execute("BEGIN IMMEDIATE")
            try:
                unit = UnitOfWork(raw, self._given)
                result = work(unit)
                unit.entries = unit.journal_entries()
                self._choose_second_place(unit)
            except BaseException:
                _rolled_back(raw)
                raise
            try:
                self._commit(raw)
            except driver.Error as error:
                _rolled_back(raw)
                if tells_disk_trouble(error):
                    self._give_up(self._writer())
                fault = translated(error)
                raise (fault if isinstance(fault, StoreFull) else in_doubt()) from None
            unit.sql.kept.committed()
        return result, unit

    def give_up_if_failed(self, connection: driver.Connection, error: object) -> None:
        """Close a connection under which the disk failed; whoever needs one next opens another.

        After one page that could not be read the cipher calls every other one damaged.
        """
        if isinstance(error, driver.Error) and tells_disk_trouble(error):
            self._give_up(connection)

    def _give_up(self, connection: driver.Connection) -> None:
        with contextlib.suppress(driver.Error):
            connection.close()
        self._given.let_go(connection)
        for name, one in tuple(self._connections.items()):
            if one is connection:
                del self._connections[name]

    @staticmethod
    def _commit(raw: driver.Connection) -> None:
        raw.execute("COMMIT")

    def _writer(self) -> driver.Connection:
        if "writer" not in self._connections:
            self._connections["writer"] = self._connection(Use.WRITING)
        return self._connections["writer"]

    def _reader(self) -> driver.Connection:
        name = f"reader {threading.get_ident()}"
        if name not in self._connections:
            self._connections[name] = self._connection(Use.READING)
        return self._connections[name]

    def _connection(self, use: Use) -> driver.Connection:
        try:
            return engine.opened(self._path, self._key, use)
        except driver.Error:
            # On a full disk even the shared-memory file of a reader finds no room.
            if not ballast.free(self._profile):
                if self._platform.free_bytes(self._profile) < ballast.LEAST:
                    raise full() from None
                raise
            return engine.opened(self._path, self._key, use)

    # --- news ------------------------------------------------------------------------------

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Call after each commit that moved something, on the writer's thread."""
        self._listeners.append(listener)

        def undo() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return undo

    # --- behind the commits ----------------------------------------------------------------

    def _choose_second_place(self, unit: UnitOfWork) -> None:
        """Once per opening, where a desk is enrolled already."""
        if not self._keeper.is_chosen and unit.desk.is_enrolled():
            chosen = Chosen.of(unit.desk.setting(SETTING))
            self._keeper.choose(chosen, unit.desk.identity())

    def _tidy(self) -> bool:
        """A step of what can wait for a quiet moment; whether there is more of it.

        The searches' segments are merged, so that no save has to; then the log goes back into the
        file. All of it may well be put off.
        """
        try:
            return self._housekeeping.step() or self._quietly(_merge_step) or self._checkpoint()
        except (driver.Error, OSError, StoreFault):
            return False

    def keep_journal_whole(self) -> None:
        """What a kill or a full disk kept out of the journal joins it."""
        self._housekeeping.keep_journal_whole()

    def _quietly(self, work: Callable[[UnitOfWork], T]) -> T:
        """A transaction that nobody waits for, and that does not end what runs when it is quiet."""
        with self._lock:
            raw = self._writer()
            raw.execute("BEGIN IMMEDIATE")
            try:
                unit = UnitOfWork(raw, self._given)
                result = work(unit)
            except BaseException:
                _rolled_back(raw)
                raise
            raw.execute("COMMIT")
            unit.sql.kept.committed()
        self._publish(unit)
        return result

    def _checkpoint(self) -> bool:
        self._upkeep_connection().execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
        return False

    def _truncate_log(self) -> bool:
        """The log still holds what was erased until it is written back and cut; nobody waits."""
        raw = self._upkeep_connection()
        raw.execute("PRAGMA busy_timeout = 50")
        return bool(raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)

    def _upkeep_connection(self) -> driver.Connection:
        if "upkeep" not in self._connections:
            self._connections["upkeep"] = self._connection(Use.UPKEEP)
        return self._connections["upkeep"]

    # --- care ------------------------------------------------------------------------------

    async def backup(self, target: str) -> None:
        """An encrypted copy of the store with its key slots, in a new folder; verified.

        Raises EnvironmentFault where it cannot be written or read back, StoreDamaged where a page
        of the store is wrong.
        """
        await self._executor.run(Lane.READ, lambda: self._backup(Path(target)))

    def _backup(self, folder: Path) -> None:
        try:
            made = [one for one in (folder, *folder.parents) if not one.exists()]
            folder.mkdir(mode=0o700, parents=True, exist_ok=False)
            self._platform.private_directory(folder)
            with speaking():
                self._copy_pages(folder / STORE)
            copy_durably(self._profile / KEYS, folder / KEYS)
            for name in (STORE, KEYS):
                self._platform.private_file(folder / name)
            for one in (folder, *(each.parent for each in made)):
                self._platform.sync_directory(one)
        except OSError as error:
            raise EnvironmentFault(
                "The backup could not be written.",
                safe="The store is untouched.",
                todo="Name a folder that does not exist yet, with enough room.",
            ) from error
        try:
            health.verify(folder / STORE, self._key)
        except StoreDamaged as error:
            raise EnvironmentFault(
                "The backup cannot be read back.",
                safe="The store is untouched.",
                todo="Back up into another folder, on another disk where there is one.",
            ) from error
        self._quietly(lambda unit: retention.past_backups(unit.sql, [str(folder.absolute())]))

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
            raw = self._writer()
            findings = health.findings(raw, UnitOfWork(raw, self._given).sql)
        return [*findings, *([self._keeper.trouble] if self._keeper.trouble else [])]

    # --- the second copy -------------------------------------------------------------------

    async def second_copy(self) -> SecondCopy:
        """How it stands, after a first look at its place."""
        return await self._executor.run(Lane.READ, self._second_copy)

    def _second_copy(self) -> SecondCopy:
        if not self._keeper.is_chosen:
            with self._lock, speaking():
                self._choose_second_place(UnitOfWork(self._writer(), self._given))
        return self._keeper.standing()

    async def keep_second_copy(self, folder: str) -> SecondCopy:
        """Keep one in that folder from now on; "" ends it.

        Raises EnvironmentFault where it cannot be written, StoreKeyMissing where nobody could
        open it elsewhere.
        """
        return await self._executor.run(Lane.READ, lambda: self._keep_second_copy(folder))

    def _keep_second_copy(self, folder: str) -> SecondCopy:
        if folder and Path(folder).resolve().is_relative_to(self._profile.resolve()):
            raise EnvironmentFault(
                "The second copy must not lie inside the profile.",
                safe="Nothing was changed.",
                todo="Name a folder on a share or a stick.",
            )
        self._second_copy()  # where it is kept so far
        chosen = Chosen(str(Path(folder).absolute()) if folder else "")
        self._keeper.move(chosen, self._read(lambda tx: tx.desk.identity()))
        self._write(lambda tx: tx.desk.set_setting(SETTING, chosen.to_json()))
        return self._keeper.standing()

    async def close(self) -> None:
        """Close every connection; what runs is finished first."""
        self.close_now()

    def close_now(self) -> None:
        """Finish what runs, make the journal durable and let go of the files."""
        self._executor.close()
        self._upkeep.stop()
        if self._connections:
            with contextlib.suppress(driver.Error, OSError, StoreFault):
                self._housekeeping.erase_traces()
        self._keeper.close()
        for connection in self._connections.values():
            connection.close()
            self._given.let_go(connection)
        self._connections.clear()


class _Lent:
    """The connection of a transaction; given up where the disk failed under it."""

    def __init__(self, store: SqlStore, connection: driver.Connection) -> None:
        self._store, self._connection = store, connection

    def __enter__(self) -> driver.Connection:
        return self._connection

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        self._store.give_up_if_failed(self._connection, error)


def _merge_step(unit: UnitOfWork) -> bool:
    return indexing.merge_step(unit.sql)


def _twice(attempt: Callable[[], T]) -> T:
    """Once more, on a fresh connection, where the disk failed under the first: damage stays."""
    try:
        return attempt()
    except driver.Error as error:
        if not tells_disk_trouble(error):
            raise
    return attempt()


def copy_durably(source: Path, target: Path) -> None:
    """A copy of a small file that is on the disk when this returns; its name is with its folder."""
    with target.open("wb") as out:
        out.write(source.read_bytes())
        out.flush()
        os.fsync(out.fileno())


def _rolled_back(raw: driver.Connection) -> None:
    """SQLite may have rolled back by itself (disk full); then there is nothing left to undo."""
    if raw.in_transaction:
        with contextlib.suppress(driver.Error):
            raw.execute("ROLLBACK")
