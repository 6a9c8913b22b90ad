"""From a queue to a ticket, its customer, its conflict, its neighbour, and back again."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.activities import Activity
from app.domain.errors import NotFound, OffhookError
from app.domain.views import Disputed
from ui.calling import TicketName
from ui.dialogs.leave_note import LeaveNote
from ui.main_window import MainWindow
from ui.offers import Offers
from ui.problems import problems
from ui.session import Session
from ui.tasks import async_slot
from ui.views.conflict_view import ConflictView
from ui.views.customer_view import CustomerView
from ui.views.queue_page import QueuePage
from ui.views.ticket_view import TicketView


class Wayfinding(QObject):
    """Knows which ticket was opened from where; the pages themselves know only what they show."""

    back_wanted = Signal()
    """To the lane it all began at."""

    def __init__(
        self, session: Session, window: MainWindow, queue_page: QueuePage, offers: Offers
    ) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self._queue = queue_page.queue
        self._offers = offers
        self.ticket = TicketView(session, window.actions_)
        self.customer = CustomerView(session, window.actions_)
        self.conflict = ConflictView(session, window.actions_)
        self.leave_note = LeaveNote(window)
        self._last_ticket: tuple[str, str] | None = None
        self._before_customer: tuple[str, str] | None = None
        self._before_conflict: QWidget | None = None
        self.ticket.left.connect(self.back_wanted)
        self.ticket.moved.connect(self._turn_page)
        self.ticket.customer_chosen.connect(self.show_customer)
        self.ticket.compare_wanted.connect(self.compare)
        self.conflict.left.connect(self._leave_conflict)
        self.customer.compare_wanted.connect(self.compare)
        self.customer.ticket_chosen.connect(self.open_ticket)
        self.customer.left.connect(self._leave_customer)
        queue_page.note_wanted.connect(self.write_note)
        queue_page.cards.customer_chosen.connect(self.show_customer)
        queue_page.cards.complete_wanted.connect(self._open_current)
        queue_page.cards.revert_wanted.connect(self._open_current)

    @property
    def _shown(self) -> QWidget | None:
        return self._window.pages.currentWidget()

    def ticket_on_screen(self) -> TicketName | None:
        """The ticket that is open, else the one under the cursor of the queue."""
        detail = self.ticket.detail
        if detail is not None and self._last_ticket is not None:
            return detail.row.id, detail.row.reference
        row = self._queue.current()
        return (row.id, row.reference) if row else None

    def open_ticket(self, ticket_id: str) -> None:
        """The ticket's own page; the way back leads to the queue it came from."""
        self.ticket.open_ticket(ticket_id)
        model = self._queue.model
        at, count = model.place_of(ticket_id), len(model.rows)
        place = self.tr("{at} of {count}").format(at=at + 1, count=count) if at >= 0 else ""
        self.ticket.show_place(place)
        row = model.rows[at] if at >= 0 else None
        self._last_ticket = (row.id, row.reference) if row else (ticket_id, "")
        self._window.show_page(self.ticket)
        self.ticket.entries.setFocus()

    def write_note(self, ticket_id: str) -> None:
        """The ticket's page with the cursor where a note is written."""
        self.open_ticket(ticket_id)
        self.ticket.focus_note()

    @async_slot
    async def open_reference(self, text: str) -> None:
        """A reference as typed or heard; one of another desk takes a note."""
        try:
            detail = await self._session.tickets.by_reference(text)
        except NotFound as problem:
            verb = self._offers.verb(Activity.LEAVE_NOTE)
            self.leave_note.open_for(text, problems.sentence(problem), verb)
        except OffhookError as problem:
            self._session.refuse(problem)
        else:
            self.open_ticket(detail.row.id)

    def _open_current(self) -> None:
        row = self._queue.current()
        if row is not None:
            self.open_ticket(row.id)

    def _turn_page(self, step: int) -> None:
        """To the neighbour in the queue."""
        if self._last_ticket is None:
            return
        row = self._queue.model.neighbour(self._last_ticket[0], step)
        if row is not None:
            self._queue.select(row.id)
            self.open_ticket(row.id)

    def show_customer(self, customer_id: str) -> None:
        """All of a customer; the way back leads to the ticket it was opened from, or the queue."""
        if self._shown is not self.customer:
            self._before_customer = self._last_ticket if self._shown is self.ticket else None
        self.customer.open_customer(customer_id)
        self._window.rail.set_current("")
        self._window.show_page(self.customer)
        self.customer.table.setFocus()

    def compare(self, record_id: str) -> None:
        """The values of a record that were changed in two places."""
        if self._shown is not self.conflict:
            self._before_conflict = self._shown
        self._window.show_page(self.conflict)
        self.conflict.open_record(record_id)

    @async_slot
    async def compare_first(self) -> None:
        """What waits longest for a choice, records that stand in no queue before tickets."""
        found = await self._session.opened.conflicts.disputed()
        if found:
            self.compare(min(found, key=lambda one: one.is_ticket).target)
        else:
            self._session.refuse(NotFound("Nothing here was changed in two places."))

    def _leave_conflict(self, record: Disputed | None) -> None:
        """To the record's own page where it has one that we came from, else to the lane."""
        if record is not None and record.is_ticket:
            self.open_ticket(record.target)
        elif self._before_conflict is self.customer and self.customer.page is not None:
            self.show_customer(self.customer.page.customer.id)
        else:
            self.back_wanted.emit()

    def _leave_customer(self) -> None:
        if self._before_customer is not None:
            self.open_ticket(self._before_customer[0])
        else:
            self.back_wanted.emit()
