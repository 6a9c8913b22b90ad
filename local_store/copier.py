"""Keeps the second copy: a thread of its own, so that a share that hangs holds nobody up."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable

from app.domain.errors import StoreFault
from app.domain.views import CopyWord, SecondCopy
from local_store.second_place import SecondPlace

_COPY_AFTER_S = 0.5
"""From a commit until its records go to the second place; the promise is five seconds."""
_AGAIN_AFTER_S = 2.0
"""Until a place that could not be reached is tried again."""
_GRACE_S = 5.0
_FIRST_LOOK_S = 2.0
_LAST_COPY_S = 1.0


class Copier:
    """One place at a time; `committed` wakes it, `standing` says how the copy stands."""

    def __init__(self, place: SecondPlace, folder: str, seconds: Callable[[], float]) -> None:
        self._place = place
        self._folder = folder
        self._seconds = seconds
        self._wakeup = threading.Condition()
        self._commits = 1
        self._copied = 0
        self._behind_since: float | None = seconds()
        self._failed = False
        self._looked = self._waited = False
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="second-copy", daemon=True)
        self._thread.start()

    def committed(self) -> None:
        """There is more to copy."""
        with self._wakeup:
            self._commits += 1
            if self._behind_since is None:
                self._behind_since = self._seconds()
            self._wakeup.notify_all()

    def stop(self) -> None:
        """End after a last copy, where the place takes it soon; the rest follows later."""
        with self._wakeup:
            self._stopped = True
            self._wakeup.notify_all()
        self._thread.join(_LAST_COPY_S)

    def take_away(self) -> None:
        """Delete the copy, where its place is there; after `stop`."""
        with contextlib.suppress(OSError):
            self._place.take_away()

    def standing(self, *, patiently: bool = False) -> SecondCopy:
        """How the copy stands; `patiently` waits a moment for the first look at the place."""
        with self._wakeup:
            if patiently and not self._waited:
                self._waited = True  # a share that hangs is waited for once
                self._wakeup.wait_for(lambda: self._looked, _FIRST_LOOK_S)
            behind = 0.0
            if self._behind_since is not None:
                behind = max(0.0, self._seconds() - self._behind_since)
            is_behind = self._copied < self._commits and (
                self._failed or not self._looked or behind > _GRACE_S
            )
            word = CopyWord.BEHIND if is_behind else CopyWord.CURRENT
            return SecondCopy(word, self._folder, behind)

    def _run(self) -> None:
        while True:
            with self._wakeup:
                self._wakeup.wait_for(lambda: self._stopped or self._copied < self._commits)
                last, seen = self._stopped, self._commits
                if last and self._copied == seen:
                    return
            self._copy(seen)
            if last:
                return
            with self._wakeup:
                pause = _AGAIN_AFTER_S if self._failed else _COPY_AFTER_S
                self._wakeup.wait_for(lambda: self._stopped, pause)

    def _copy(self, seen: int) -> None:
        began = self._seconds()
        try:
            self._place.bring_up_to_date()
        except (OSError, StoreFault):
            failed = True
        else:
            failed = False
        with self._wakeup:
            self._failed, self._looked = failed, True
            if not failed:
                self._copied = seen
                self._behind_since = began if self._commits > seen else None
            self._wakeup.notify_all()
