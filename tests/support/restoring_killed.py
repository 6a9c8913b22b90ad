"""Restores copies of a damaged profile, each killed at another of the calls that it makes.

`python -m tests.support.restoring_killed PROFILE PASSPHRASE_FILE ROOM COUNT`: one process imports
everything and forks; each line printed is the folder of a copy whose restore was killed.
"""

from __future__ import annotations

import os
import shutil
import signal
import struct
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from app import restoring

_COUNTED = frozenset(
    {"execute", "executemany", "close", "fsync", "replace", "mkdir", "unlink", "rmdir", "chmod"}
)


class Counting:
    """A profile hook over calls into the driver and the disk; kills at the last one, if any."""

    def __init__(self, last: int | None = None) -> None:
        self.calls = 0
        self._last = last

    def __call__(self, _frame: FrameType, event: str, called: Any) -> None:  # noqa: ANN401 - any C function
        if event == "c_call" and getattr(called, "__name__", "") in _COUNTED:
            self.calls += 1
            if self.calls == self._last:
                os.kill(os.getpid(), signal.SIGKILL)


def restored(folder: Path, secret: Path, hook: Counting) -> None:
    sys.setprofile(hook)
    restoring.from_journal(folder, None, restoring.Secrets(secret))
    sys.setprofile(None)


def calls_of(folder: Path, secret: Path) -> int:
    """How many calls a whole restore makes."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        hook = Counting()
        restored(folder, secret, hook)
        os.write(writing, struct.pack(">I", hook.calls))
        os._exit(0)
    os.wait()
    return int(struct.unpack(">I", os.read(reading, 4))[0])


def main(source: Path, secret: Path, room: Path, count: int) -> None:
    """At `count` places, evenly over all calls."""
    shutil.copytree(source, room / "whole")
    calls = calls_of(room / "whole", secret)
    for number in range(1, count + 1):
        folder = room / str(number)
        shutil.copytree(source, folder)
        if os.fork() == 0:
            restored(folder, secret, Counting(max(1, calls * number // count)))
            os._exit(0)
        _pid, status = os.wait()
        if os.WIFSIGNALED(status):
            os.write(1, f"{folder}\n".encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
