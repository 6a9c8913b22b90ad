"""A desk's store looked at from outside, with its key: rows, checks and damage."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from argon2.low_level import Type, hash_secret_raw
from sqlcipher3 import dbapi2

from app.profiles import PLATFORM
from local_store import sealing
from local_store.keys import SLOT_CHECK, STORE, Keys

LOG = f"{STORE}-wal"


def key_of(profile: Path, passphrase_file: Path) -> bytes:
    """The store's key by its passphrase slot."""
    passphrase = passphrase_file.read_bytes().strip()
    return Keys(profile, PLATFORM).unlock(passphrase=passphrase, secrets=None)


def lighten(profile: Path, passphrase_file: Path) -> None:
    """Seal the passphrase slot anew at a thousandth of the cost, which the slot itself names.

    For tests that open a profile hundreds of times; those of the keys use the real cost.
    """
    passphrase, salt = passphrase_file.read_bytes().strip(), os.urandom(16)
    keys = Keys(profile, PLATFORM)
    key = keys.unlock(passphrase=passphrase, secrets=None)
    stretched = hash_secret_raw(
        passphrase, salt, time_cost=1, memory_cost=8, parallelism=1, hash_len=32, type=Type.ID
    )
    document = json.loads(keys.path.read_text("utf-8"))
    document["slots"]["passphrase"] = {
        "salt": sealing.as_text(salt),
        "argon2id": {"time_cost": 1, "memory_cost": 8, "parallelism": 1},
        **sealing.seal(stretched, key, SLOT_CHECK, os.urandom),
    }
    keys.path.write_text(json.dumps(document), encoding="utf-8")


def opened(path: Path, key: bytes) -> dbapi2.Connection:
    """A plain connection with the raw key; its own log of damage is silent."""
    connection = dbapi2.connect(str(path), isolation_level=None)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    return connection


@contextmanager
def looked_at(profile: Path, key: bytes) -> Iterator[dbapi2.Connection]:
    """A copy of the store as it lies there; the profile's own files stay as they are."""
    with TemporaryDirectory(prefix="offhook-") as name:
        for file in (STORE, LOG):
            if (profile / file).exists():
                shutil.copyfile(profile / file, Path(name) / file)
        with closing(opened(Path(name) / STORE, key)) as connection:
            yield connection


def ticket_states(profile: Path, key: bytes) -> dict[str, str]:
    """The state of every operation that makes a ticket, by operation id, oldest first."""
    with looked_at(profile, key) as connection:
        return dict(
            connection.execute(
                "SELECT op_id, state FROM outbox WHERE kind = 'ticket.create' ORDER BY seq"
            ).fetchall()
        )


def bring_in(connection: dbapi2.Connection) -> None:
    """What was torn in the file may lie whole in its log: it goes where it belongs."""
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def damage(connection: dbapi2.Connection) -> str:
    """What the cipher's and SQLite's own checks and the foreign keys say; "" when healthy."""
    bring_in(connection)
    findings = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
    for pragma in ("integrity_check", "foreign_key_check"):
        rows = connection.execute(f"PRAGMA {pragma}").fetchall()
        findings += [str(row[0]) for row in rows if row[0] != "ok"]
    return "; ".join(findings)


class Damages:
    """What is damaged in many stores. Of those that are the same, byte for byte, one is checked.

    A store whose log was brought in is one file, and what its checks say follows from its bytes.
    """

    def __init__(self) -> None:
        self._said: dict[bytes, str] = {}

    def of(self, connection: dbapi2.Connection, folder: Path) -> str:
        """As `damage`, for the store in that folder."""
        bring_in(connection)
        log = folder / LOG
        if log.exists() and log.stat().st_size:
            return damage(connection)
        bytes_ = hashlib.sha256((folder / STORE).read_bytes()).digest()
        if bytes_ not in self._said:
            self._said[bytes_] = damage(connection)
        return self._said[bytes_]
