"""The same fault again: a likely duplicate is pointed out, and a call may join its ticket."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject

from app.domain.call import Call
from app.domain.views import Duplicate
from ui.session import Session
from ui.tasks import NewestWins, async_slot
from ui.terms import terms
from ui.text import one_line
from ui.views.call_form import CallForm
from ui.views.conversation import Conversation
from ui.widgets.message import Message, MessageAction

_LONGEST_FAULT = 80


class Joining(QObject):
    """Never blocks a save: it only asks, once per ticket and call."""

    def __init__(
        self, session: Session, talk: Conversation, form: CallForm, notice: Message
    ) -> None:
        super().__init__(talk)
        self._session, self._talk = session, talk
        self._form, self._notice = form, notice
        self._refused: set[str] = set()
        self._offered: Duplicate | None = None
        self._reference = ""
        self._newest = NewestWins(session.intake.duplicates, self._show)
        form.duplicate.acted.connect(self._answer)
        notice.acted.connect(self.leave)
        if talk.call.ticket_id is not None:
            self._read_reference(talk.call.ticket_id)

    def look(self) -> None:
        """Ask which open tickets may be about this fault."""
        self._newest.request(self._talk.call)

    def stop(self) -> None:
        self._newest.cancel()

    def _show(self, _call: Call, found: Sequence[Duplicate]) -> None:
        open_ = [one for one in found if one.row.id not in self._refused]
        self._offered = open_[0] if open_ and self._talk.call.ticket_id is None else None
        if self._offered is None:
            self._form.duplicate.clear()
            return
        row = self._offered.row
        why = ", ".join(terms.why_duplicate(one) for one in self._offered.why)
        fact = self.tr("Like {reference}?").format(reference=row.reference)
        actions = (
            MessageAction("add", self.tr("Add to it"), "Alt+A"),
            MessageAction("other", self.tr("Another fault"), "Alt+O"),
        )
        fault = one_line(row.fault)[:_LONGEST_FAULT]
        self._form.duplicate.show_message(fact, f"{fault} ({why})", actions)

    def _answer(self, key: str) -> None:
        (self.add if key == "add" else self.refuse)()

    def add(self) -> None:
        """The call is about that ticket."""
        if self._offered is not None:
            self.join(self._offered.row.id, self._offered.row.reference)

    def refuse(self) -> None:
        """It is another fault; this ticket is not offered again in this call."""
        if self._offered is not None:
            self._refused.add(self._offered.row.id)
            self._show(self._talk.call, ())

    def join(self, ticket_id: str, reference: str) -> None:
        """Add this call to a ticket instead of making one."""
        self._reference = reference
        self._talk.change(ticket_id=ticket_id)
        self._form.duplicate.clear()
        self._talk.answered.emit()

    def leave(self) -> None:
        """Make it a ticket of its own after all."""
        self._talk.change(ticket_id=None)
        self._talk.answered.emit()

    def show(self) -> None:
        """Say which ticket the call joins, if any."""
        if self._talk.call.ticket_id is None:
            self._notice.clear()
            return
        fact = self.tr("This call is added to {reference}.").format(reference=self._reference)
        more = self.tr("What you write under Fault becomes a note there.")
        own = MessageAction("own", self.tr("Make it a ticket of its own"))
        self._notice.show_message(fact, more, (own,))

    @async_slot
    async def _read_reference(self, ticket_id: str) -> None:
        """A draft brought back knows the ticket's id only."""
        detail = await self._session.tickets.detail(ticket_id)
        if detail is not None:
            self._reference = detail.row.reference
            self.show()
