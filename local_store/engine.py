"""Connections: the key first, then the pragmas that make a commit durable."""

from __future__ import annotations

from enum import Enum
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from app.domain.errors import StoreDamaged
from local_store.errors import damaged, emptied, gone, says_damage

APPLICATION_ID = 0x0FF_400C
_PLAIN_HEADER = b"SQLite format 3\x00"
_BUSY_S = 5.0


class Use(Enum):
    """What a connection is for, and how much of the 64 MB of cache it gets (KiB)."""

    WRITING = 13_500
    READING = 25_000
    UPKEEP = 500


def connect(path: Path, key: bytes, *, mode: str = "rw") -> driver.Connection:
    """A keyed connection (`ro`, `rw` or `rwc`). Raises StoreAbsent, StoreDamaged, driver errors.

    The cipher is asserted and a plaintext file is refused: forgetting the key on a new file
    would make one silently.
    """
    if mode != "rwc":
        _require_content(path)
    if path.exists() and is_plain(path):
        raise StoreDamaged(
            "The store's file is not encrypted: it is not ours.",
            safe="It is untouched.",
            todo="Move it away, then restore the newest backup (offhook restore).",
        )
    connection = driver.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        isolation_level=None,
        check_same_thread=False,
        timeout=_BUSY_S,
        cached_statements=400,
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        _require_cipher(connection)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException as error:
        connection.close()
        if isinstance(error, driver.DatabaseError) and says_damage(error):
            raise damaged() from None
        raise
    return connection


def _require_content(path: Path) -> None:
    if not path.exists():
        raise gone()
    if not path.stat().st_size:
        raise emptied()


def _require_cipher(connection: driver.Connection) -> None:
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise StoreDamaged(
            "This program has no cipher.", safe="Nothing was written.", todo="Install it anew."
        )


def is_plain(path: Path) -> bool:
    """Whether the file is an unencrypted database."""
    with path.open("rb") as file:
        return file.read(len(_PLAIN_HEADER)) == _PLAIN_HEADER


def tuned(connection: driver.Connection, use: Use) -> driver.Connection:
    """Set what every connection of the store works under."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute(f"PRAGMA cache_size = -{use.value}")
    connection.execute("PRAGMA wal_autocheckpoint = 4000")
    if use is Use.READING:
        connection.execute("PRAGMA query_only = ON")
    return connection


def opened(path: Path, key: bytes, use: Use) -> driver.Connection:
    """A connection of a store that is there, tuned for its use. Raises as `connect`."""
    return tuned(connect(path, key), use)
