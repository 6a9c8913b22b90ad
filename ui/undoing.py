"""Undo for a moment: what was done last can be taken back, and what follows from that."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.domain.errors import OffhookError
from ui.session import Session
from ui.tasks import async_slot
from ui.widgets.toast import Toast


class Undoing(QObject):
    """Offers the toast; an operation is taken back at the outbox, anything else by its own way."""

    def __init__(self, session: Session, toast: Toast) -> None:
        super().__init__(toast)
        self._session, self._toast = session, toast
        self._op_id = ""
        self._afterwards: Callable[[], object] | None = None
        toast.undone.connect(self.take_back)
        toast.expired.connect(self._forget)

    def offer(self, op_id: str, done: str, afterwards: Callable[[], object] | None = None) -> None:
        """Say what was done. Without an operation `afterwards` alone takes it back."""
        self._toast.offer(done)
        self._op_id, self._afterwards = op_id, afterwards

    def _forget(self) -> None:
        self._op_id, self._afterwards = "", None

    @async_slot
    async def take_back(self) -> None:
        """Take it back, once; a refusal is shown and nothing else happens."""
        op_id, afterwards = self._op_id, self._afterwards
        self._forget()
        try:
            if op_id:
                await self._session.outgoing.undo(op_id, self._session.person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        if afterwards is not None:
            afterwards()
