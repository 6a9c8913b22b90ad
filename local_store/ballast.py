"""A file kept for the day the disk is full: freeing it lets the store be read and closed."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from app.ports.system import Platform

BALLAST = "ballast"
BYTES = 1 << 20
_ENOUGH = 32 * BYTES
"""Free bytes from which the ballast is laid down (again)."""
LEAST = BYTES // 4
"""With less than this free, trouble with the store's files is a full disk."""


def keep(profile: Path, platform: Platform) -> None:
    """Lay the ballast down where there is room for it and none lies there."""
    path = profile / BALLAST
    if path.exists() or platform.free_bytes(profile) < _ENOUGH:
        return
    with contextlib.suppress(OSError), path.open("wb") as file:
        file.write(os.urandom(BYTES))
        platform.private_file(path)


def free(profile: Path) -> bool:
    """Give the ballast's room back; whether there was any."""
    try:
        (profile / BALLAST).unlink()
    except OSError:
        return False
    return True
