"""Connections: the key first, the pragmas that make a commit durable, one BEGIN for writers."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, NullPool, create_engine, event
from sqlcipher3 import dbapi2 as driver

from app.domain.errors import StoreAbsent, StoreDamaged
from local_store.errors import damaged

APPLICATION_ID = 0x0FF_400C
_PLAIN_HEADER = b"SQLite format 3\x00"
_BUSY_MS = 5_000
_CACHE_KIB = 21_000
"""Per connection; three of them make 64 MB."""


def connect(path: Path, key: bytes, *, create: bool = False) -> driver.Connection:
    """A keyed connection. Raises StoreAbsent, StoreDamaged.

    The cipher is asserted and a plaintext file is refused: forgetting the key on a new file
    would make one silently.
    """
    if not create and not path.exists():
        raise StoreAbsent("The store is not there.", todo="Restore a backup, or enrol anew.")
    if path.exists() and _is_plain(path):
        raise StoreDamaged("The store's file is not encrypted: it is not ours.")
    connection = driver.connect(
        str(path), isolation_level=None, check_same_thread=False, timeout=_BUSY_MS / 1_000
    )
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        _require_cipher(connection)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except driver.DatabaseError:
        connection.close()
        raise damaged() from None
    except BaseException:
        connection.close()
        raise
    return connection


def _require_cipher(connection: driver.Connection) -> None:
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise StoreDamaged("This program has no cipher; nothing was written.")


def _is_plain(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER


def tuned(connection: driver.Connection, *, reads_only: bool) -> driver.Connection:
    """Set what every connection of the store works under."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")
    if reads_only:
        connection.execute("PRAGMA query_only = ON")
    return connection


def engine(path: Path, key: bytes, *, reads_only: bool) -> Engine:
    """A SQLAlchemy engine over keyed connections; writers begin IMMEDIATE."""

    def create() -> driver.Connection:
        return tuned(connect(path, key), reads_only=reads_only)

    made = create_engine(
        "sqlite://", creator=create, module=driver, hide_parameters=True, poolclass=NullPool
    )
    begin = "BEGIN" if reads_only else "BEGIN IMMEDIATE"

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return made
