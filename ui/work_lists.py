"""The work lists that are no queues: payments, what is to complete, visits, paper, the report."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from app.domain.changes import Changes
from app.domain.views import QueueView
from ui.claim_steps import ClaimSteps
from ui.lanes import CATALOG
from ui.main_window import MainWindow
from ui.session import Session
from ui.undoing import Done, Undoing
from ui.unmerging import Unmerging
from ui.views.catalog_view import CatalogView
from ui.views.claim_card import ClaimCard
from ui.views.enrichment_view import EnrichmentView
from ui.views.paper_view import PaperView
from ui.views.payments_view import PaymentsView
from ui.views.report_view import ReportView
from ui.views.ticket_view import TicketView
from ui.views.visit_view import VisitView

_MOVES = ("ticket", "outbox", "payment", "ruling", "statement", "configuration", "customer")
_CATALOG_MOVES = ("catalog_entry", "alias", "proposal", "ticket", "conflict")
_WorkList = PaymentsView | EnrichmentView | PaperView | ReportView
_MINUTE_MS = 60_000
PAPER, REPORT = "paper", "report"


class WorkLists(QObject):
    """Makes the pages and brings them to the front; each stands at a lane's place in the rail."""

    ticket_chosen = Signal(str)
    place_wanted = Signal(str)
    """The key of a place of the rail."""

    def __init__(self, session: Session, window: MainWindow, undoing: Undoing) -> None:
        super().__init__(window)
        self._session, self._window, self._undoing = session, window, undoing
        actions = window.actions_
        self.payments = PaymentsView(session, actions)
        self.enrichment = EnrichmentView(session, actions)
        self.visit = VisitView(session, actions)
        self.paper = PaperView(session, actions)
        self.report = ReportView(session, actions)
        self._clock = QTimer(self, interval=_MINUTE_MS)
        self._clock.timeout.connect(self.tick)
        self._clock.start()
        self.enrichment.paper_wanted.connect(lambda: self.place_wanted.emit(PAPER))
        self._pages: dict[str, _WorkList] = {
            str(QueueView.PAYMENTS): self.payments,
            str(QueueView.TO_COMPLETE): self.enrichment,
            PAPER: self.paper,
            REPORT: self.report,
        }
        for page in self._pages.values():
            self._add(page, feet=1 if page is self.paper else 0)
            page.ticket_chosen.connect(self.ticket_chosen)
            page.done.connect(self._offer_undo)
        self.catalog = CatalogView(session, actions)
        self._add(self.catalog, feet=1)
        self.catalog.ticket_chosen.connect(self.ticket_chosen)
        self.catalog.done.connect(undoing.offer_all)
        self._add(self.visit, feet=1)
        self.visit.left.connect(self.ticket_chosen)
        self.visit.done.connect(self._offer_undo)

    def _add(self, page: QWidget, *, feet: int) -> None:
        page.setProperty("primary", True)
        page.setProperty("feet", feet)
        self._window.add_page(page)

    def go(self, key: str) -> bool:
        """Show the page of that place; false where another part of the desk has it."""
        page = self.catalog if key == CATALOG else self._pages.get(key)
        if page is None:
            return False
        self._window.show_page(page)
        page.open()
        return True

    def follow_claims(self, *cards: ClaimCard) -> None:
        """Do what the claims' cards offer."""
        steps = self.claim_steps = ClaimSteps(self._session, self._window, *cards)
        steps.done.connect(self._offer_undo)
        steps.visit_wanted.connect(self.show_visit)
        steps.payments_wanted.connect(lambda: self.place_wanted.emit(str(QueueView.PAYMENTS)))

    def follow_ticket(self, view: TicketView) -> None:
        """What can be done from a ticket's own page beside its work."""
        view.visit_wanted.connect(self.show_visit)
        unmerging = Unmerging(self._session, self._window.actions_, view)
        unmerging.done.connect(self._offer_undo)

    def show_visit(self, ticket_id: str) -> None:
        """The visit of a ticket, by telephone."""
        self._window.show_page(self.visit)
        self.visit.open_ticket(ticket_id)

    def changed(self, changes: Changes) -> None:
        """The data moved."""
        if changes.everything or changes.touches(*_CATALOG_MOVES):
            self.catalog.changed()
        if changes.everything or changes.touches(*_MOVES):
            for page in self._pages.values():
                page.changed()

    def tick(self) -> None:
        """Countdowns, and whose turn it is to decide, move on by themselves."""
        for page in self._pages.values():
            page.changed()

    def _offer_undo(self, done: Done) -> None:
        if not done.op_id and done.take_back is None:
            self._window.news.show_message(done.words)  # nothing to take back
            return
        self._undoing.offer(done.op_id, done.words, done.take_back)
