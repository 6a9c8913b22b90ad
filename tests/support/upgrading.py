"""Migrates copies of a store, each killed one call of the driver later than the one before.

`python -m tests.support.upgrading PROFILE KEY_IN_HEX ROOM`: one process imports everything and
forks; each line printed is the folder of a copy whose migration was killed, the last one's was
not.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import alembic.command  # what a migration loads later is loaded before the forks
import sqlalchemy.dialects.sqlite.base

from app.profiles import PLATFORM
from local_store import migrate, profile
from local_store.keys import STORE

LOADED = (alembic.command, sqlalchemy.dialects.sqlite.base)
_COUNTED = frozenset({"execute", "executemany", "commit", "close", "fsync", "replace", "copyfile"})
_MOST = 2_000


def migrated(folder: Path, key: bytes) -> None:
    """As opening it would."""
    present = profile.version_of(folder / STORE, key)
    migrate.upgrade(folder, key, present, PLATFORM)


def killed(folder: Path, key: bytes, after: int) -> bool:
    """Fork, and kill the migration when it makes its `after`-th call; whether it came to that."""
    child = os.fork()
    if child == 0:
        sys.setprofile(_Executioner(after))
        migrated(folder, key)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError(f"the migration failed by itself: {status}")
    return os.WIFSIGNALED(status)


class _Executioner:
    """A profile hook that counts calls into the driver and the disk."""

    def __init__(self, after: int) -> None:
        self._left = after

    def __call__(self, _frame: FrameType, event: str, called: Any) -> None:  # noqa: ANN401 - any C function
        if event == "c_call" and getattr(called, "__name__", "") in _COUNTED:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)


def main(source: Path, key: bytes, room: Path) -> None:
    """Until one lives."""
    for after in range(1, _MOST):
        folder = room / str(after)
        shutil.copytree(source, folder)
        came = killed(folder, key, after)
        os.write(1, f"{folder}\n".encode())
        if not came:
            return
    raise RuntimeError("it never ended")


if __name__ == "__main__":
    main(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), Path(sys.argv[3]))
