"""Brings a store up to this version: `python -m tests.support.migrating PROFILE KEY_IN_HEX`."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from app.profiles import PLATFORM
from local_store import engine, migrate
from local_store.keys import STORE


def empty_store(profile: Path, key: bytes) -> None:
    """A store of version 0: ours, and nothing in it."""
    profile.mkdir(exist_ok=True)
    connection = engine.connect(profile / STORE, key, mode="rwc")
    connection.execute(f"PRAGMA application_id = {engine.APPLICATION_ID}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()


if __name__ == "__main__":
    migrate.upgrade(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), 0, PLATFORM)
    os.write(1, b"migrated\n")
