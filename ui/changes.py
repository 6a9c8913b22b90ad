"""Commits and statuses from other threads, brought to the GUI thread and joined up."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from app.domain.changes import Changes

_JOIN_MS = 120


class ChangeFeed(QObject):
    """Publishes what moved at most every 120 ms, however many commits there were.

    `note` may be called on any thread; `changed` and `statuses_moved` are sent on the GUI thread.
    """

    changed = Signal(object)
    statuses_moved = Signal()
    _arrived = Signal(object)
    _status_arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: Changes | None = None
        self._undo: list[Callable[[], None]] = []
        self._timer = QTimer(self, singleShot=True, interval=_JOIN_MS)
        self._timer.timeout.connect(self._publish)
        self._arrived.connect(self._join, Qt.ConnectionType.QueuedConnection)
        self._status_arrived.connect(self.statuses_moved, Qt.ConnectionType.QueuedConnection)

    def follow(
        self,
        commits: Callable[[Callable[[Changes], None]], Callable[[], None]],
        statuses: Callable[[Callable[[], None]], Callable[[], None]],
    ) -> None:
        """Subscribe to the store's commits and to the engine's statuses."""
        self._undo = [commits(self.note), statuses(self._status_arrived.emit)]

    def note(self, changes: Changes) -> None:
        """Something moved; on whatever thread the commit ran."""
        self._arrived.emit(changes)

    def stop(self) -> None:
        """Hear nothing any more."""
        for undo in self._undo:
            undo()
        self._undo = []
        self._timer.stop()

    @Slot(object)
    def _join(self, changes: Changes) -> None:
        self._waiting = changes if self._waiting is None else self._waiting.merged(changes)
        if not self._timer.isActive():
            self._timer.start()

    def _publish(self) -> None:
        changes, self._waiting = self._waiting, None
        if changes is not None:
            self.changed.emit(changes)
