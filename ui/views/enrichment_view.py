"""To complete: reduced tickets, what blocks dispatch first, and their questions beside them."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QSplitter, QStackedWidget, QWidget

from app.domain.call import Claim
from app.domain.enrichment import ReducedTicket
from app.domain.errors import OffhookError
from app.domain.tickets import Missing
from app.domain.views import CallerMatch, TicketDetail
from app.services.enrichment import Completed, Enrichment
from ui.actions import Act, Actions
from ui.delegates.parts import Break, Part, RowKind, Tag, Text, lead, past_due, small
from ui.delegates.rows import PartsModel, PartsRow
from ui.session import Session
from ui.tasks import Debounce, NewestWins, async_slot
from ui.terms import terms
from ui.text import one_line
from ui.theme import VERY_NARROW_BELOW, State, Token, Type, theme
from ui.times import time_words
from ui.undoing import Done
from ui.views.enrichment_items import EnrichmentItems
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.empty_state import EmptyState
from ui.widgets.parts_view import PartsTable
from ui.widgets.surfaces import Surface, column, turn_to
from ui.widgets.view_head import ViewHead

_JOIN_MS = 150
_CHOOSE_MS = 60
_Beside = tuple[TicketDetail | None, Sequence[CallerMatch]]


class EnrichmentView(QWidget):
    """The work list; the ticket that was being completed stays chosen while it lacks anything."""

    ticket_chosen = Signal(str)
    done = Signal(object)
    """A `Done`, for the undo."""
    paper_wanted = Signal()

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._enrichment = Enrichment(session.opened.desk)
        self.found: tuple[ReducedTicket, ...] = ()
        self._make()
        self._lay_out()
        self._newest = NewestWins(self._ask, self._show)
        self._beside = NewestWins(self._ask_beside, self._show_beside)
        self._joining = Debounce(_JOIN_MS, self.reload, self)
        self._choosing = Debounce(_CHOOSE_MS, self._choose_now, self)
        self._connect(actions)

    def _make(self) -> None:
        self.head = ViewHead(self.tr("To complete"), self)
        self.paper = Button(
            self.tr("Paper"), self, kind=ButtonKind.QUIET, icon="printer", keys="G, E"
        )
        self.head.add_action(self.paper)
        heads = (self.tr("Ticket"), self.tr("To ask"), self.tr("Due"))
        self.model = PartsModel(heads, self)
        self.table = PartsTable(self.tr("To complete"), self)
        self.table.setModel(self.model)
        self.items = EnrichmentItems(self._session.opened.desk.configuration.currency, self)
        self.empty = EmptyState(self)
        self.empty.explain(
            "check-square-offset",
            self.tr("Every ticket has what it needs"),
            self.tr("Tickets that lack a part of what an expert needs stand here."),
        )

    def _lay_out(self) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.table)
        self.split.addWidget(self.items)
        self.split.setSizes([1, 1])
        full = Surface(Token.SURFACE)
        column(full).addWidget(self.split)
        full.setFocusProxy(self.table)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(full)
        self._pages.addWidget(self.empty)
        body = column(self)
        body.addWidget(self.head)
        body.addWidget(self._pages, 1)
        header, metrics = self.table.header(), theme().metrics(Type.LEAD, tabular=True)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, metrics.horizontalAdvance("Margaret Ellison mm"))
        header.resizeSection(2, metrics.horizontalAdvance("1 h 25 min over m"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Very narrow, the questions stand below the list."""
        super().resizeEvent(event)
        narrow = self.window().width() / theme().effective_factor < VERY_NARROW_BELOW
        way = Qt.Orientation
        self.split.setOrientation(way.Vertical if narrow else way.Horizontal)

    def _connect(self, actions: Actions) -> None:
        self.table.current_moved.connect(lambda _index: self._choosing.touch())
        self.table.chosen.connect(lambda _index: self.ask())
        self.paper.clicked.connect(self.paper_wanted)
        self.items.answered.connect(self.answer)
        self.items.claimed.connect(self.claim)
        self.items.known.connect(self.know)
        self.items.provisional.connect(self.make_provisional)
        items = self.items
        table: dict[str, Callable[[], object]] = {
            Act.ENRICH_ASK: self.ask,
            Act.ENRICH_OPEN: self._open,
            Act.ENRICH_NEXT: functools.partial(self.step, 1),
            Act.ENRICH_BEFORE: functools.partial(self.step, -1),
            Act.ENRICH_VERIFIED: functools.partial(items.cover, "verified"),
            Act.ENRICH_WAIVED: functools.partial(items.cover, "waived"),
            Act.ENRICH_CLAIMED: items.open_claim,
            Act.ENRICH_PROVISIONAL: self.make_provisional,
            Act.ENRICH_LIST: self.table.setFocus,
            **{f"enrich_offer_{at + 1}": functools.partial(items.choose, at) for at in range(3)},
        }
        for act, do in table.items():
            actions.bind(act, self, do)

    # --- reading ----------------------------------------------------------------------------

    def open(self) -> None:
        """Show the list of now."""
        self.reload()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        self._newest.request(None)

    def changed(self) -> None:
        """The data moved under the page."""
        if self.isVisible():
            self._joining.touch()

    async def _ask(self, _nothing: None) -> tuple[ReducedTicket, ...]:
        return await self._session.opened.payments.to_complete()

    def _show(self, _nothing: None, found: tuple[ReducedTicket, ...]) -> None:
        key, row = self.table.current_key, max(0, self.table.current_row())
        self.found = found
        self.model.set_rows([self._row(one) for one in found])
        kept = self.model.row_of(key)
        at = kept if kept >= 0 else min(row, max(0, len(found) - 1))
        self.table.setCurrentIndex(self.model.index(at, 0))
        self.head.set_note(self.tr("%n ticket(s)", "", len(found)))
        if self._pages.currentIndex() != (0 if found else 1):  # the cursor stays where it types
            turn_to(self._pages, 0 if found else 1)
        self._choose_now()

    def _row(self, one: ReducedTicket) -> PartsRow:
        now = self._session.now
        first: tuple[Part, ...] = (lead(one.reference), Break(), small(one_line(one.customer)))
        asked = [terms.missing(part) for part in one.missing]
        tags: tuple[Part, ...] = ()
        if one.danger:
            tags = (Tag(self.tr("Danger"), State.BAD, "warning"),)
        more = self.tr("and %n more", "", len(asked) - 1) if len(asked) > 1 else ""
        questions = (
            *tags, Text(asked[0]), small(more), Break(), small(one_line(one.fault), Token.TEXT2)
        )  # fmt: skip
        due: Part = Text("")
        if one.due is not None:
            words = time_words.due(one.due, now)
            due = past_due(words) if one.due < now else Text(words, tabular=True)
        return PartsRow(one.ticket_id, (first, questions, (due,)), RowKind.TALL, tooltip=one.fault)

    @property
    def current(self) -> ReducedTicket | None:
        """The ticket under the cursor."""
        key = self.table.current_key
        return next((one for one in self.found if one.ticket_id == key), None)

    def _choose_now(self) -> None:
        self._choosing.drop()
        one = self.current
        if one is None:
            self._beside.cancel()
            self.items.show_ticket(None, "")
            return
        self._beside.request(one.ticket_id)

    async def _ask_beside(self, ticket_id: str) -> _Beside:
        detail = await self._session.tickets.detail(ticket_id)
        if detail is None or (detail.customer is not None and not detail.customer.provisional):
            return detail, ()
        phone = str(detail.fields.get("caller_phone") or "")
        name = str(detail.fields.get("caller_name") or "")
        found = await self._session.intake.matches(phone, name)
        own = detail.customer.id if detail.customer is not None else ""
        return detail, [one for one in found if one.customer.id != own]

    def _show_beside(self, ticket_id: str, beside: _Beside) -> None:
        detail, offers = beside
        one = self.current
        if one is None or one.ticket_id != ticket_id or detail is None:
            return
        phone = str(detail.fields.get("caller_phone") or "")
        _, shown = self._session.intake.read_phone(phone)
        self.items.show_ticket(one, shown or phone)
        self.items.offers = ()
        if detail.customer is None or detail.customer.provisional:
            self.items.show_offers(offers)

    # --- acting -----------------------------------------------------------------------------

    def ask(self) -> None:
        """To the first question of the chosen ticket."""
        self.items.focus_item()

    def step(self, by: int) -> None:
        """The next ticket, or the one before."""
        at = self.table.current_row() + by
        if 0 <= at < self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(at, 0))

    def _open(self) -> None:
        if self.current is not None:
            self.ticket_chosen.emit(self.current.ticket_id)

    def answer(self, part: Missing, text: str) -> None:
        """One part is known now."""
        one = self.items.ticket
        if one is not None:
            person = self._session.person
            self._do(one, functools.partial(self._enrichment.answer, one.ticket_id, part, text,
                                            person))  # fmt: skip

    def claim(self, claim: Claim) -> None:
        """The caller says it was paid."""
        one = self.items.ticket
        if one is not None:
            person = self._session.person
            self._do(one, functools.partial(self._enrichment.claim, one.ticket_id, claim, person))

    def know(self, customer_id: str) -> None:
        """It is this customer; a provisional one is merged into them."""
        one = self.items.ticket
        if one is not None:
            person = self._session.person
            know = functools.partial(self._enrichment.know, one.ticket_id, customer_id, person)
            self._do(one, know)

    def make_provisional(self) -> None:
        """Somebody nobody knows yet."""
        one = self.items.ticket
        if one is not None:
            person = self._session.person
            self._do(one, functools.partial(self._enrichment.make_provisional, one.ticket_id,
                                            person))  # fmt: skip

    @async_slot
    async def _do(self, one: ReducedTicket, work: Callable[[], object]) -> None:
        try:
            made: Completed = await work()  # type: ignore[misc]  # a coroutine of the service
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._session.saved()
        words = self.tr("{ticket} is ready") if made.ready else self.tr("Added to {ticket}")
        self.done.emit(Done(words.format(ticket=one.reference), op_id=made.op_id))
        self.reload()
