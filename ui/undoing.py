"""Undo for a moment: what was done last can be taken back, and what follows from that."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject

from app.domain.errors import OffhookError
from ui.session import Session
from ui.tasks import async_slot
from ui.widgets.toast import Toast


@dataclass(frozen=True, slots=True)
class Done:
    """What was done, in words, and how it is taken back: an operation, or a way of its own."""

    words: str
    take_back: Callable[[], object] | None = None
    op_id: str = ""


class Undoing(QObject):
    """Offers the toast; an operation is taken back at the outbox, anything else by its own way."""

    def __init__(self, session: Session, toast: Toast) -> None:
        super().__init__(toast)
        self._session, self._toast = session, toast
        self._op_ids: tuple[str, ...] = ()
        self._afterwards: Callable[[], object] | None = None
        toast.undone.connect(self.take_back)
        toast.expired.connect(self._forget)

    def offer(self, op_id: str, done: str, afterwards: Callable[[], object] | None = None) -> None:
        """Say what was done. Without an operation `afterwards` alone takes it back."""
        self._toast.offer(done)
        self._op_ids = (op_id,) if op_id else ()
        self._afterwards = afterwards

    def offer_all(self, op_ids: Sequence[str], done: str) -> None:
        """Say what several operations have done together; they are taken back together."""
        self._toast.offer(done)
        self._op_ids, self._afterwards = tuple(op_ids), None

    def _forget(self) -> None:
        self._op_ids, self._afterwards = (), None

    @async_slot
    async def take_back(self) -> None:
        """Take it back, once; a refusal is shown and nothing else happens."""
        op_ids, afterwards = self._op_ids, self._afterwards
        self._forget()
        try:
            for op_id in op_ids:
                await self._session.outgoing.undo(op_id, self._session.person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        if afterwards is not None:
            afterwards()
