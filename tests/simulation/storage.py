"""Stores of desks for a world: the real one over a database in memory, or over its own file."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from app.ports.system import Executor
from app.providers.executor import InlineExecutor
from app.providers.platform import SystemPlatform
from local_store import engine, layout, profile
from local_store.engine import Use
from local_store.keys import STORE
from local_store.sql import Sql
from local_store.store import SqlStore
from tests.simulation import older_stores

KEY = bytes(range(32))
PLATFORM = SystemPlatform()
_TIDY_EACH = 32
"""Commits between two steps of what the store does when it is quiet."""


def fast_folder(name: str) -> Path:
    """A folder in memory, where there is a file system there."""
    memory = Path("/dev/shm")  # noqa: S108 - a file system in memory
    where = str(memory) if memory.is_dir() else None
    return Path(tempfile.mkdtemp(prefix=f"offhook-{name}-", dir=where))


class _Memory(driver.Connection):
    """Outlives the store that closes it: what a death leaves."""

    def close(self) -> None:
        """The place ends it."""

    def end(self) -> None:
        super().close()


def _in_memory() -> _Memory:
    connection = driver.connect(
        ":memory:", isolation_level=None, check_same_thread=False, cached_statements=600,
        factory=_Memory,
    )  # fmt: skip
    for pragma in ("temp_store = MEMORY", "trusted_schema = OFF", "page_size = 4096"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


@cache
def _template() -> _Memory:
    """This version's empty tables, made once per process by the code that makes every store."""
    folder = fast_folder("template")
    try:
        profile.make(folder / STORE, KEY)
        keyed = engine.connect(folder / STORE, KEY)
        keyed.execute(f"ATTACH '{folder / 'plain.db'}' AS plain KEY ''")
        keyed.execute("SELECT sqlcipher_export('plain')")
        keyed.execute("DETACH plain")
        keyed.close()
        plain = driver.connect(str(folder / "plain.db"))
        made = _in_memory()
        plain.backup(made)
        plain.close()
        made.execute(f"PRAGMA user_version = {layout.VERSION}")
        return made
    finally:
        shutil.rmtree(folder)


class Place:
    """Where a desk's store lies: what dying leaves, what a backup holds, what a copy begins with.

    In memory it is plain; every hundredth seed has the encrypted file, opened as the product does.
    """

    def __init__(self, folder: Path, memory: _Memory | None) -> None:
        self.folder = folder
        self.memory = memory

    @classmethod
    def empty(cls, *, on_file: bool) -> Place:
        folder = fast_folder("desk")
        if on_file:
            profile.create(folder, KEY, PLATFORM, InlineExecutor()).close_now()
            return cls(folder, None)
        return cls(folder, _copied(_template()))

    def copy(self) -> Place:
        """Another one like it, as a backup or a copied disk has it; its store must be closed."""
        folder = fast_folder("desk")
        if self.memory is None:
            shutil.copytree(self.folder, folder, dirs_exist_ok=True)
            return Place(folder, None)
        return Place(folder, _copied(self.memory))

    def open(self, executor: Executor) -> SqlStore:
        """The real store; its work behind the commits is done on this thread."""
        store: SqlStore
        if self.memory is None:
            store = profile.open_(self.folder, KEY, PLATFORM, executor)
        else:
            older_stores.bring_up(self.memory)
            store = MemoryStore(self.folder, self.memory, executor)
        behind(store)
        return store

    @contextmanager
    def closed(self) -> Iterator[driver.Connection]:
        """The driver's own connection while no store is open here."""
        if self.memory is not None:
            yield self.memory
            return
        connection = engine.connect(self.folder / STORE, KEY)
        try:
            yield connection
        finally:
            connection.close()

    def raw(self, store: SqlStore) -> driver.Connection:
        """The driver's own connection, for those who look without asking."""
        if self.memory is not None:
            return self.memory
        return store._writer()

    def sql(self, store: SqlStore) -> Sql:
        """The same, with what the store's connection has read and still holds."""
        raw = self.raw(store)
        return Sql.reading(raw, store._given.kept(raw))

    def end(self) -> None:
        if self.memory is not None:
            self.memory.end()
        shutil.rmtree(self.folder)


def _copied(source: _Memory) -> _Memory:
    fresh = _in_memory()
    source.backup(fresh)
    return fresh


class MemoryStore(SqlStore):
    """The real store's transactions over one connection in memory."""

    def __init__(self, folder: Path, memory: driver.Connection, executor: Executor) -> None:
        super().__init__(folder, KEY, PLATFORM, executor)
        self._memory = memory

    def _connection(self, use: Use) -> driver.Connection:
        return self._memory


class _Behind:
    """Does what the store's thread does, after so many commits instead of so many seconds."""

    def __init__(self, sync: Callable[[], None], tidy: Callable[[], bool]) -> None:
        self._sync, self._tidy = sync, tidy
        self._commits = 0

    def committed(self) -> None:
        self._commits += 1
        if self._commits % _TIDY_EACH == 0:
            self._sync()
            self._tidy()

    def stop(self) -> None:
        """There is no thread."""


def behind(store: SqlStore) -> None:
    """Take the store's thread away: chance is the seed's alone."""
    store._upkeep = _Behind(store._keeper.sync, store._tidy)  # type: ignore[assignment]  # same calls
