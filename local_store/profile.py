"""Makes and opens the store of a profile, and looks at what is there before touching it."""

from __future__ import annotations

from pathlib import Path

from app.domain.errors import StoreDamaged, StoreLocked, StoreTooNew
from app.ports.system import Executor, Platform
from local_store import engine, schema
from local_store.errors import damaged, speaking
from local_store.keys import STORE
from local_store.store import SqlStore


def create(profile: Path, key: bytes, platform: Platform, executor: Executor) -> SqlStore:
    """Make an empty store. Raises StoreLocked over an existing one, StoreFull."""
    path = profile / STORE
    if path.exists():
        raise StoreLocked("There is a store already.", safe="Nothing was changed.")
    with speaking():
        connection = engine.connect(path, key, create=True)
        connection.execute(f"PRAGMA application_id = {engine.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {schema.VERSION}")
        engine.tuned(connection, reads_only=False).close()
        made = engine.engine(path, key, reads_only=False)
        with made.begin() as transaction:
            schema.create_all(transaction)
        made.dispose()
    platform.private_file(path)
    platform.sync_directory(profile)
    return SqlStore(path, key, executor)


def open_(profile: Path, key: bytes, platform: Platform, executor: Executor) -> SqlStore:
    """Open the store with its key, bringing an older one up to this version under a backup.

    Raises StoreAbsent, StoreDamaged, StoreTooNew (before anything is written), StoreFull.
    """
    path = profile / STORE
    version = _version(path, key)
    if version < schema.VERSION:
        from local_store.migrate import upgrade  # alembic is loaded only for this

        upgrade(profile, key, version, platform)
    return SqlStore(path, key, executor)


def _version(path: Path, key: bytes) -> int:
    with speaking():
        connection = engine.connect(path, key)
        try:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        finally:
            connection.close()
    if application != engine.APPLICATION_ID:
        raise StoreDamaged("That file is not a store of this program.", safe="It is untouched.")
    if version > schema.VERSION:
        raise StoreTooNew(
            "This store was written by a newer Offhook.",
            safe="Nothing was touched.",
            todo="Start the newer program.",
        )
    return version


def verify(path: Path, key: bytes) -> None:
    """Raise StoreDamaged unless every page of the file verifies under the key."""
    with speaking():
        connection = engine.connect(path, key)
        try:
            cipher = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            plain = connection.execute("PRAGMA integrity_check").fetchall()
        finally:
            connection.close()
    if cipher or plain != [("ok",)]:
        raise damaged()
