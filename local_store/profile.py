"""Makes and opens the store of a profile, and looks at what is there before touching it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.domain.errors import StoreDamaged, StoreFault, StoreLocked, StoreTooNew
from app.ports.system import Executor, Platform
from local_store import ballast, engine, layout
from local_store.errors import full, speaking
from local_store.keys import STORE
from local_store.store import SqlStore


def create(profile: Path, key: bytes, platform: Platform, executor: Executor) -> SqlStore:
    """Make an empty store. Raises StoreLocked over an existing one, StoreFull.

    It is made under another name and moved into place, so that no half of one is ever found.
    """
    path = profile / STORE
    if path.exists():
        raise StoreLocked("There is a store already.", safe="Nothing was changed.")
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with speaking():
        make(unfinished, key)
    platform.private_file(unfinished)
    unfinished.replace(path)
    platform.sync_directory(profile)
    ballast.keep(profile, platform)
    return SqlStore(profile, key, platform, executor)


def make(path: Path, key: bytes) -> None:
    """A file with this version's empty tables, complete without its log."""
    connection = engine.connect(path, key, mode="rwc")
    connection.execute(f"PRAGMA application_id = {engine.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {layout.VERSION}")
    connection.close()
    from local_store import making, schema  # SQLAlchemy is loaded only for this

    with making.transaction(path, key) as transaction:
        schema.create_all(transaction)


def open_(profile: Path, key: bytes, platform: Platform, executor: Executor) -> SqlStore:
    """Open the store with its key, bringing an older one up to this version under a backup.

    Raises StoreAbsent, StoreDamaged, StoreTooNew (before anything is written), StoreFull.
    """
    version = _with_room(profile, platform, lambda: version_of(profile / STORE, key))
    if version < layout.VERSION:
        from local_store.migrate import upgrade  # alembic is loaded only for this

        upgrade(profile, key, version, platform)
    ballast.keep(profile, platform)
    return SqlStore(profile, key, platform, executor)


def _with_room(profile: Path, platform: Platform, look: Callable[[], int]) -> int:
    """Even looking needs room (for the log's index): on a full disk the ballast gives it."""
    try:
        return look()
    except StoreFault as fault:
        if type(fault) is not StoreFault or platform.free_bytes(profile) >= ballast.LEAST:
            raise
    if not ballast.free(profile):
        raise full()
    return look()


def version_of(path: Path, key: bytes) -> int:
    """The version of a store of ours, read without writing anything.

    Raises StoreAbsent, StoreDamaged (also for a foreign file), StoreTooNew.
    """
    with speaking():
        connection = engine.connect(path, key, mode="ro")
        try:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        finally:
            connection.close()
    if application != engine.APPLICATION_ID:
        raise StoreDamaged(
            "That file is not a store of this program.",
            safe="It is untouched.",
            todo="Move it away, then restore the newest backup (offhook restore).",
        )
    if version > layout.VERSION:
        raise StoreTooNew(
            "This store was written by a newer Offhook.",
            safe="Nothing was touched.",
            todo="Start the newer program.",
        )
    return version
