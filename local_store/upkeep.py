"""Work behind the commits: the journal is synced soon, the rest is done when it is quiet."""

from __future__ import annotations

import threading
from collections.abc import Callable

SYNC_AFTER_S = 0.5
"""From a commit until its journal records are durable; the promise is two seconds."""
QUIET_S = 2.0
"""Without a commit for so long, there is time for what can wait."""


class Upkeep:
    """A daemon thread that wakes after commits; started by the first one."""

    def __init__(self, sync: Callable[[], None], tidy: Callable[[], bool]) -> None:
        self._sync = sync
        self._tidy = tidy
        self._wakeup = threading.Condition()
        self._commits = 0
        self._stopped = False
        self._thread: threading.Thread | None = None

    def committed(self) -> None:
        """There is something to sync."""
        with self._wakeup:
            self._commits += 1
            if self._thread is None and not self._stopped:
                self._thread = threading.Thread(target=self._run, name="store-upkeep", daemon=True)
                self._thread.start()
            self._wakeup.notify()

    def stop(self) -> None:
        """End the thread; what it was doing is finished first."""
        with self._wakeup:
            self._stopped = True
            self._wakeup.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        done = 0
        while not self._stopped:
            done = self._next(done)
            self._pause(SYNC_AFTER_S)
            self._sync()
            self._tidy_while_quiet(done)

    def _tidy_while_quiet(self, seen: int) -> None:
        quiet = self._is_quiet(seen, QUIET_S)
        while quiet and self._tidy():
            quiet = self._is_quiet(seen, 0.0)

    def _next(self, done: int) -> int:
        """Wait for a commit beyond those seen; how many there are."""
        with self._wakeup:
            self._wakeup.wait_for(lambda: self._stopped or self._commits > done)
            return self._commits

    def _pause(self, seconds: float) -> None:
        with self._wakeup:
            self._wakeup.wait_for(lambda: self._stopped, seconds)

    def _is_quiet(self, seen: int, seconds: float) -> bool:
        with self._wakeup:
            moved = self._wakeup.wait_for(lambda: self._stopped or self._commits > seen, seconds)
        return not moved
