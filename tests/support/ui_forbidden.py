"""Counts what a GUI thread must never do: SQL, network, keyring, opening files."""

from __future__ import annotations

import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

_WATCHED = ("sqlite3.", "socket.connect", "socket.getaddrinfo", "open", "subprocess.Popen")
_QUIET_FILES = ("/dev/", "/proc/")


class GuiThread:
    """An audit hook cannot be taken away again, so one stays and is switched on and off."""

    def __init__(self) -> None:
        self._watching = False
        self._thread = 0
        self.breaches: list[str] = []
        sys.addaudithook(self._heard)

    @contextmanager
    def watched(self) -> Iterator[list[str]]:
        """What this very thread did meanwhile, each with the line of ours that led to it."""
        self.breaches = []
        self._thread = threading.get_ident()
        self._watching = True
        try:
            yield self.breaches
        finally:
            self._watching = False

    def _heard(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._watching or threading.get_ident() != self._thread:
            return
        if event.startswith(_WATCHED) and self._counts(event, arguments):
            self._watching = False  # reading the stack opens source files itself
            where = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_stack()[:-1]]
            self._watching = True
            self.breaches.append(f"{event} {arguments[:1]!r} at {where[-1]}")

    @staticmethod
    def _counts(event: str, arguments: tuple[object, ...]) -> bool:
        if event != "open":
            return True
        name = str(arguments[0])
        is_import = name.endswith((".py", ".pyc")) or isinstance(arguments[0], int)
        return not is_import and not name.startswith(_QUIET_FILES)


GUI_THREAD = GuiThread()
