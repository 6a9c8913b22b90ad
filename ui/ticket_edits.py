"""What is done to a ticket from beside its page: taken over from the queue, a note left for one."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.errors import OffhookError
from ui.session import Session
from ui.tasks import async_slot
from ui.undoing import Undoing


class TicketEdits(QObject):
    """Each is saved, told, and can be undone."""

    def __init__(self, session: Session, undoing: Undoing, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._undoing = undoing

    @async_slot
    async def assign(self, ticket_id: str) -> None:
        """The ticket is mine from here on."""
        session = self._session
        detail = await session.tickets.detail(ticket_id)
        if detail is None:
            return
        mine = {"owner": session.person.id}
        try:
            decided = await session.tickets.set_fields(detail.row.reference, mine, session.person)
        except OffhookError as problem:
            session.refuse(problem)
            return
        session.saved()
        self._undoing.offer(decided.op_id, self.tr("Assigned to you"))

    @async_slot
    async def note_elsewhere(self, reference: str, text: str) -> None:
        """The note finds its ticket at central."""
        session = self._session
        try:
            decided = await session.tickets.note(reference, text, session.person)
        except OffhookError as problem:
            session.refuse(problem)
            return
        session.saved()
        self._undoing.offer(decided.op_id, self.tr("Note left for {what}").format(what=reference))
