"""Tickets that are one: which are part of this one, merging it into another, taking it apart."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import OffhookError
from app.domain.views import TicketDetail
from ui.session import Session
from ui.tasks import async_slot
from ui.theme import State
from ui.views.field_forms import TicketForm
from ui.widgets.buttons import ButtonKind
from ui.widgets.field import Field
from ui.widgets.message import Message, MessageAction
from ui.widgets.surfaces import column


class TicketMerging(QWidget):
    """A line under the ticket's head; its form stands with the page's other forms.

    `done` carries the operation's id, the words of what was done, and the ticket.
    """

    done = Signal(str, str, object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._detail: TicketDetail | None = None
        self.message = Message(State.NEU, "git-merge", self)
        self.form = MergeForm(parent)
        column(self).addWidget(self.message)
        self.form.wanted.connect(self.merge)
        self.message.acted.connect(lambda _key: self.take_apart())

    def show_detail(self, detail: TicketDetail) -> None:
        self._detail = detail
        if not detail.merged_here:
            self.message.clear()
            return
        count, references = len(detail.merged_here), ", ".join(detail.merged_here)
        fact = self.tr("%n other ticket(s) are part of this one: {references}.", "", count)
        apart = MessageAction("apart", self.tr("Take apart"), "Shift+M", ButtonKind.PLAIN)
        self.message.show_message(fact.format(references=references), "", (apart,))

    @async_slot
    async def merge(self, into: str) -> None:
        """From here on readers of this one arrive at the other."""
        detail = self._detail
        if detail is None:
            return
        merging, reference = self._session.opened.merging, detail.row.reference
        try:
            decided = await merging.merge_tickets(reference, into, self._session.person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self.done.emit(decided.op_id, self.tr("{reference} is part of another one"), detail)

    @async_slot
    async def take_apart(self) -> None:
        """Shift+M: the last of the tickets that are part of this one stands for itself again."""
        detail = self._detail
        if detail is None or not detail.merged_here:
            return
        merging, reference = self._session.opened.merging, detail.merged_here[-1]
        try:
            decided = await merging.unmerge_ticket(reference, self._session.person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self.done.emit(decided.op_id, self.tr("Taken apart from {reference}"), detail)


class MergeForm(TicketForm):
    """The ticket that this one is part of; both references stay."""

    wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Part of another ticket"), self.tr("Merge them"), parent)
        self.into = Field(
            self.tr("Reference of the ticket that stays"), self, placeholder="K7-0422-0"
        )
        self._body.addWidget(self.into)
        self._body.addLayout(self._foot)

    def open_for(self) -> None:
        self.into.set_text("")
        self.open_form()
        self.into.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def save(self) -> None:
        if not self.into.text().strip():
            self.into.set_error(self.tr("Which one stays?"))
            return
        self.wanted.emit(self.into.text().strip())
        self.close_form()
