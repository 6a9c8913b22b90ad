"""The queue with the context panel beside it: the row under the cursor, opened."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from app.domain.errors import NotFound
from app.domain.views import QueueView, TicketDetail, TicketRow
from ui.session import Session
from ui.tasks import Debounce, NewestWins, async_slot
from ui.theme import Size, Token, theme
from ui.views.disputed_lines import OtherDisputed
from ui.views.queue_view import QueueScreen
from ui.views.ticket_cards import TicketCards
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.surfaces import column
from ui.widgets.view_head import ActionFoot

_SETTLE_MS = 60


class QueuePage(QWidget):
    """Queue left, context right; narrow, the context is shown when it is asked for."""

    note_wanted = Signal(str)
    assign_wanted = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._narrow = False
        self.queue = QueueScreen(session, self)
        self.cards = TicketCards(session, self)
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.queue)
        self.split.addWidget(self.cards)
        self.split.setStretchFactor(0, 1)
        self.disputed = OtherDisputed(session, self)
        body = column(self)
        body.addWidget(self.disputed)
        body.addWidget(self.split, 1)
        self.cards.set_foot(self._foot())
        self._newest = NewestWins(session.tickets.detail, self._show)
        self._settle = Debounce(_SETTLE_MS, self._read, self)
        self.queue.current_changed.connect(self._settle_on)
        self.queue.details_wanted.connect(self.toggle_details)
        session.statuses_changed.connect(self.reread)

    def _foot(self) -> ActionFoot:
        foot = ActionFoot(self, ground=Token.PANEL, height=Size.CONTEXT_FOOT)
        line_ = Size.BUTTON_LINE
        open_ = Button(self.tr("Open"), foot, keys="Enter", height=line_)
        note = Button(self.tr("Note"), foot, kind=ButtonKind.QUIET, keys="N", height=line_)
        mine = Button(self.tr("Take it"), foot, kind=ButtonKind.QUIET, keys="A", height=line_)
        open_.clicked.connect(lambda: self._with(self.queue.ticket_chosen))
        note.clicked.connect(lambda: self._with(self.note_wanted))
        mine.clicked.connect(lambda: self._with(self.assign_wanted))
        self.on_ticket = (open_, note, mine)
        for button in self.on_ticket:
            foot.add_left(button)
        return foot

    def _with(self, signal: object) -> None:
        row = self.queue.current()
        if row is not None:
            signal.emit(row.id)  # type: ignore[attr-defined]  # a bound Qt signal

    def _settle_on(self, row: TicketRow | None) -> None:
        """Arrow keys run over rows faster than anybody reads: the last one counts."""
        self._settle.touch()
        for button in self.on_ticket:
            button.set_reason("" if row else self.tr("No ticket is chosen."))
        if row is None:
            self._newest.cancel()
            self.cards.show_detail(None)

    def _read(self) -> None:
        row = self.queue.current()
        if row is not None and not self.cards.isHidden():
            self._newest.request(row.id)

    def _show(self, ticket_id: str, detail: TicketDetail | None) -> None:
        if self.queue.current_id() == ticket_id:
            self.cards.show_detail(detail)

    @async_slot
    async def choose_customer(self) -> None:
        """U: the page of the customer whose ticket is under the cursor."""
        row = self.queue.current()
        detail = await self._session.tickets.detail(row.id) if row else None
        if detail is None:
            return
        if detail.customer is None:
            self._session.refuse(NotFound("This ticket names no customer yet."))
        else:
            self.cards.customer_chosen.emit(detail.customer.id)

    def look_beside(self) -> None:
        """In the lane of what needs review: records that are no tickets and need it too."""
        if self.queue.queue.which.view is QueueView.NEEDS_REVIEW:
            self.disputed.reload()
        else:
            self.disputed.clear()

    def reread(self) -> None:
        """The data under the cards moved."""
        self._settle.touch()

    def set_narrow(self, *, narrow: bool) -> None:
        self._narrow = narrow
        self.queue.set_narrow(narrow=narrow)
        self.cards.setHidden(narrow)
        if not narrow:
            self._aim()

    def toggle_details(self) -> None:
        """Slide the context over the table's right side, or away again."""
        self.cards.setHidden(not self.cards.isHidden())
        if not self.cards.isHidden():
            self._aim()
            self._settle.touch()

    def _aim(self) -> None:
        wide = theme().px(Size.CONTEXT)
        self.split.setSizes([max(wide, self.width() - wide), wide])
