"""Counts what a GUI thread must never do: SQL, network, keyring, opening files; and its stalls."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from PySide6.QtCore import QTimer

_AUDITED = ("sqlite3.", "socket.connect", "socket.getaddrinfo", "open", "subprocess.Popen")
_LIBRARIES = ("sqlcipher3", "sqlite3", "_sqlite3", "sqlalchemy", "httpx", "keyring", "_ssl")
_QUIET_FILES = ("/dev/", "/proc/")
_BEAT_MS = 5


class GuiThread:
    """Watches the thread it is switched on in.

    An audit hook hears of files, sockets and databases that are opened; a profile function hears
    of each call into a library that has no business on this thread.
    """

    def __init__(self) -> None:
        self._watching = False
        self._thread = 0
        self.breaches: list[str] = []
        sys.addaudithook(self._heard)  # it cannot be taken away again, so one stays

    @contextmanager
    def watched(self) -> Iterator[list[str]]:
        """What this very thread did meanwhile, each with the line that led to it."""
        self.breaches = []
        self._thread = threading.get_ident()
        self._watching = True
        before = sys.getprofile()
        sys.setprofile(self._called)
        try:
            yield self.breaches
        finally:
            sys.setprofile(before)
            self._watching = False

    def _called(self, frame: FrameType, event: str, argument: object) -> None:
        if event == "call":
            module = str(frame.f_globals.get("__name__", ""))
            caller = frame.f_back
            came_from = str(caller.f_globals.get("__name__", "")) if caller else ""
            if _forbidden(module) and not _forbidden(came_from):
                self._note(f"calls {module}.{frame.f_code.co_name}")
        elif event == "c_call":
            owner = getattr(argument, "__self__", None)
            module = str(getattr(argument, "__module__", None) or type(owner).__module__)
            if _forbidden(module) and not _forbidden(str(frame.f_globals.get("__name__", ""))):
                self._note(f"calls {module}.{getattr(argument, '__name__', '?')}")

    def _heard(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self._watching or threading.get_ident() != self._thread:
            return
        if event.startswith(_AUDITED) and self._counts(event, arguments):
            self._note(f"{event} {arguments[:1]!r}")

    def _note(self, what: str) -> None:
        self._watching = False  # reading the stack opens source files itself
        where = [f"{one.filename}:{one.lineno}" for one in traceback.extract_stack()[:-2]]
        self._watching = True
        self.breaches.append(f"{what} at {where[-1] if where else '?'}")

    @staticmethod
    def _counts(event: str, arguments: tuple[object, ...]) -> bool:
        if event != "open":
            return True
        name = str(arguments[0])
        is_import = name.endswith((".py", ".pyc")) or isinstance(arguments[0], int)
        return not is_import and not name.startswith(_QUIET_FILES)


def _forbidden(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] in _LIBRARIES


GUI_THREAD = GuiThread()


class Stalls:
    """The longest time Qt's loop did not turn, in milliseconds."""

    def __init__(self) -> None:
        self.longest_ms = 0.0
        self._last = time.monotonic()
        self._beat = QTimer()
        self._beat.setInterval(_BEAT_MS)
        self._beat.timeout.connect(self._turned)
        self._beat.start()

    def _turned(self) -> None:
        now = time.monotonic()
        self.longest_ms = max(self.longest_ms, 1_000 * (now - self._last) - _BEAT_MS)
        self._last = now

    def stop(self) -> float:
        """Stop counting; the longest stall."""
        self._beat.stop()
        return self.longest_ms
