"""As `tests.support.taking`, with `synchronous=NORMAL`: the control that must lose tickets."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from local_store import engine
from local_store.engine import Use
from tests.support.taking import run

_careful = engine.tuned


def careless(connection: driver.Connection, use: Use) -> driver.Connection:
    """Everything as it is, but a commit is not synced."""
    made = _careful(connection, use)
    made.execute("PRAGMA synchronous = NORMAL")
    return made


if __name__ == "__main__":
    engine.tuned = careless
    asyncio.run(run(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), "Door seal leaks"))
