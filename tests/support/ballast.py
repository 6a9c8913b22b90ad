"""A small disk that can be filled to the last byte, and emptied again."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_BALLAST = "ballast"
_PAGE = 4096


class SmallDisk:
    """A file system of its own with little room; the ballast in it takes all that is left."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @property
    def free(self) -> int:
        """Bytes that may still be written."""
        status = os.statvfs(self.folder)
        return status.f_bavail * status.f_frsize

    def fill(self, leave: int = 0) -> None:
        """Write ballast until no more than `leave` bytes are free."""
        with (self.folder / _BALLAST).open("ab", buffering=0) as file:
            while self.free > leave:
                try:
                    file.write(bytes(min(self.free - leave, 1 << 20) or _PAGE))
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
                    return

    def free_ballast(self) -> None:
        """Take the ballast away."""
        (self.folder / _BALLAST).unlink(missing_ok=True)


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[SmallDisk]:
    """Mount a tmpfs of that size; the test skips, saying so, where that is not permitted."""
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=0700", "tmpfs", str(folder)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if mounted.returncode != 0:
        pytest.skip(f"needs the right to mount a small disk: {mounted.stderr.strip()}")
    try:
        yield SmallDisk(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], capture_output=True, check=True)
