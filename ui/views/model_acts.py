"""What each part of the model work does with a decision: tried, told with its undo, or refused."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtCore import QObject, Signal

from app.domain.errors import OffhookError
from app.services.decisions import Decided
from ui.session import Session
from ui.widgets.buttons import Button


class ModelActs(QObject):
    """The ground of the parts; `done` carries what was decided, for the undo."""

    done = Signal(object, str)
    """Operation ids and what was done."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session

    async def _tried(
        self, work: Callable[[], Awaitable[Sequence[Decided]]]
    ) -> Sequence[Decided] | None:
        """What was decided; None where it was refused, and the reason shows."""
        try:
            return await work()
        except OffhookError as problem:
            self._session.refuse(problem)
            return None

    def _tell(self, decided: Sequence[Decided] | None, words: str) -> None:
        """Offer the undo and wake the engine."""
        if decided:
            self.done.emit([one.op_id for one in decided], words)
            self._session.saved()


async def alone(work: Awaitable[Decided]) -> list[Decided]:
    """One decision as the several that others are."""
    return [await work]


def press(button: Button) -> None:
    """A key does what its button does, where that can be done."""
    if button.isVisible() and button.isEnabled():
        button.click()
