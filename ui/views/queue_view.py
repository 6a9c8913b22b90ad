"""A queue: its head, the table over the windowed model, the reason when it is empty."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QLocale, QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QWidget

from app.domain.central_services import Service
from app.domain.changes import Changes
from app.domain.ids import Millis
from app.domain.lifecycle import RowState
from app.domain.times import MINUTE
from app.domain.views import QueueFilter, QueueKey, QueuePage, QueueView, TicketRow
from ui.delegates import paint
from ui.delegates.parts import Pill
from ui.models.queue import Column, QueueGroup, QueueModel
from ui.session import Session
from ui.tasks import Debounce, NewestWins, async_slot
from ui.theme import Size, Space, Token, Type, theme
from ui.times import clock, time_words
from ui.views.column_choice import ColumnChoice
from ui.views.filter_bar import FilterBar
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.empty_state import EmptyState
from ui.widgets.message import Message
from ui.widgets.parts_view import PartsTable
from ui.widgets.surfaces import Surface, column, turn_to
from ui.widgets.view_head import ViewHead

PAGE = 256
_MINUTE_MS = 60_000
_TYPING_MS = 120
_SAMPLES = {
    Column.TICKET: "K7-0000-00",
    Column.DEVICE: "Samsung RB38C602CS9",
    Column.CUSTOMER: "Margaret Elliso",
    Column.ASSIGNED: "Tom Reyes",
}
"""A column is as wide as such words, so that it grows with the font."""
_LONG_WAITS = (-59, 59, -23 * 60, 3 * 24 * 60, 200 * 24 * 60)
"""Minutes whose words are about as wide as a due time gets."""
_GIVE_WAY = {Column.ASSIGNED: 820, Column.CUSTOMER: 720, Column.DEVICE: 560}
"""Below that width of the table (at 100 %) a column goes; its words are in the row's tooltip."""


@dataclass(frozen=True, slots=True)
class Queue:
    """What is shown: a lane or a saved view, with its title."""

    key: str
    title: str
    which: QueueFilter


class QueueScreen(QWidget):
    """The queue of the lane that was chosen.

    `current_changed` carries the TicketRow under the cursor or None, `ticket_chosen` an id.
    """

    ticket_chosen = Signal(str)
    current_changed = Signal(object)
    view_kept = Signal()
    unassigned_wanted = Signal()
    details_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.queue = Queue("", "", QueueFilter(QueueView.MINE, owner=session.person.id))
        self.model = QueueModel(self)
        self._wanted_row: str | None = None
        self._total, self._past_due, self._loaded = 0, 0, False
        self._waited = False
        """Whether what is missing here was still on its way."""
        self._make()
        self._lay_out()
        self._connect()
        self.name_people()

    def _make(self) -> None:
        self.head = ViewHead("", self)
        self.filter = FilterBar(self)
        self.note = Message(parent=self)
        self.table = PartsTable(self.tr("Queue"), self)
        self.table.setModel(self.model)
        self.table.setUniformRowHeights(False)
        self.empty = EmptyState(self)
        self.columns = ColumnChoice(self._session.settings, self.table)
        self._filter_button = self._head_button(self.tr("Filter"), "funnel", "Ctrl+F")
        self._details_button = self._head_button(self.tr("Details"), "columns", "Space")
        self._pages = QStackedWidget(self)
        self._newest = NewestWins(self._fetch, self._show)
        self._typing = Debounce(_TYPING_MS, self.reload, self)
        self._clock = QTimer(self, interval=_MINUTE_MS)

    def _head_button(self, text: str, icon: str, keys: str) -> Button:
        button = Button(
            text, self, kind=ButtonKind.QUIET, icon=icon, keys=keys, height=Size.BUTTON_LINE
        )
        self.head.add_action(button)
        return button

    def _lay_out(self) -> None:
        full = Surface(Token.SURFACE)
        column(full).addWidget(self.table)
        none = Surface(Token.SURFACE)
        column(none).addWidget(self.empty)
        for page, inside in ((full, self.table), (none, self.empty)):
            page.setFocusProxy(inside)
            self._pages.addWidget(page)
        notes = column()
        notes.setContentsMargins(Space.L, 0, Space.L, 0)
        notes.addWidget(self.note)
        body = column(self)
        body.addWidget(self.head)
        body.addLayout(notes)
        body.addWidget(self.filter)
        body.addWidget(self._pages, 1)
        self._set_widths()

    def _connect(self) -> None:
        self.table.chosen.connect(self._choose)
        self.table.current_moved.connect(self._move)
        self.table.group_toggled.connect(self._fold)
        self.model.page_wanted.connect(self._next_page)
        self.filter.edited.connect(self._typing.touch)
        self.filter.closed.connect(self.show_all)
        self.filter.kept.connect(self.view_kept)
        self.empty.acted.connect(self._act_on_empty)
        self._filter_button.clicked.connect(self.open_filter)
        self._details_button.clicked.connect(self.details_wanted)
        self._clock.timeout.connect(self.pass_time)
        self.columns.changed.connect(self._lay_columns)
        self._session.statuses_changed.connect(self._follow_mirror)
        self._clock.start()

    # --- which queue ------------------------------------------------------------------------

    def show_queue(self, queue: Queue) -> None:
        """Show a lane or view from its first page; the cursor goes to the first ticket."""
        self._turn_to(queue)
        self.reload()

    def _turn_to(self, queue: Queue) -> None:
        same = queue.key == self.queue.key
        self.queue = queue
        self._lay_columns()
        self.head.set_title(queue.title, "" if not same else self._count_words())
        self._wanted_row = self.current_id() if same else None
        if not same:
            self._loaded = False
            self.model.show_pages((), self._session.now)

    async def show_first(self, queue: Queue) -> None:
        """Show a lane; its first page is there when this returns. Raises OffhookError."""
        self._turn_to(queue)
        which = self._narrowed()
        self._show(which, await self._fetch(which))

    @property
    def is_loaded(self) -> bool:
        """Whether the first page of what is shown has come."""
        return self._loaded

    def reload(self) -> None:
        """Fetch as many pages as are shown, and show what changed."""
        self._newest.request(self._narrowed())

    def changed(self, changes: Changes) -> None:
        """A commit moved tickets or the outbox."""
        if changes.touches("ticket", "outbox", "customer", "configuration"):
            self._typing.touch()

    def name_people(self) -> None:
        """Who is who, and who sits here."""
        self.model.set_people(self._session.names(), self._session.person.id)

    def shown_filter(self) -> QueueFilter:
        """What the rows on screen are: the lane or view, and the filter over it."""
        return self._narrowed()

    def _narrowed(self) -> QueueFilter:
        now = self._session.now
        return self.filter.apply(self.queue.which, now) if self.filter.is_set else self.queue.which

    async def _fetch(self, which: QueueFilter) -> list[QueuePage]:
        wanted = max(1, -(-len(self.model.rows) // PAGE))
        pages = [await self._session.tickets.queue(which, None, PAGE)]
        while len(pages) < wanted and pages[-1].next_key is not None:
            pages.append(await self._session.tickets.queue(which, pages[-1].next_key, PAGE))
        return pages

    def _show(self, _which: QueueFilter, pages: list[QueuePage]) -> None:
        current = self._wanted_row or self.current_id()
        self._wanted_row = None
        first = not self._loaded or not self.model.rows
        self._loaded = True
        self._total, self._past_due = pages[0].total, pages[0].past_due
        self.model.show_pages(pages, self._session.now)
        self.head.set_title(self.queue.title, self._count_words())
        self._show_empty()
        self._restore(current, first=first)

    @async_slot
    async def _next_page(self, after: QueueKey) -> None:
        which = self._narrowed()
        page = await self._session.tickets.queue(which, after, PAGE)
        if which == self._narrowed():
            self.model.append_page(page, self._session.now)

    def _restore(self, ticket_id: str | None, *, first: bool) -> None:
        index = self.model.index_of(ticket_id) if ticket_id else QModelIndex()
        nowhere = self.table.current_row() < 0
        if not index.isValid() and self.model.rows and (first or nowhere or ticket_id is not None):
            index = self.model.index_of(self.model.rows[0].id)
        if index.isValid() and index.row() != self.table.current_row():
            self.table.setCurrentIndex(index)
        if not index.isValid():
            self.current_changed.emit(None)

    def _count_words(self) -> str:
        count = self.tr("%n ticket(s)", "", self._total)
        late = self.tr("%n past due", "", self._past_due) if self._past_due else ""
        return ", ".join(part for part in (count, late, self._mirror_words()) if part)

    def _mirror_words(self) -> str:
        """How far the first mirror is; empty once all is here."""
        status = self._session.status(Service.TICKETS)
        if status is None or status.expected is None:
            return ""
        return self.tr("first mirror {here} of {all}").format(
            here=QLocale().toString(status.mirrored), all=QLocale().toString(status.expected)
        )

    # --- what is chosen ---------------------------------------------------------------------

    def current(self) -> TicketRow | None:
        found = self.table.current_key
        return found if isinstance(found, TicketRow) else None

    def current_id(self) -> str | None:
        found = self.current()
        return found.id if found else None

    def select(self, ticket_id: str) -> None:
        """Put the cursor on a ticket, where it is in this queue."""
        index = self.model.index_of(ticket_id)
        if index.isValid():
            self.table.setCurrentIndex(index)

    def _choose(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if isinstance(line, TicketRow):
            self.ticket_chosen.emit(line.id)

    def _move(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        self.current_changed.emit(line if isinstance(line, TicketRow) else None)

    def _fold(self, index: QModelIndex) -> None:
        line = self.model.line(index)
        if isinstance(line, QueueGroup):
            self.model.fold(line.bucket, folded=not line.folded)

    def pass_time(self) -> None:
        """A minute went by: groups and due words move."""
        current = self.current_id()
        self.model.pass_time(self._session.now)
        if current is not None:
            self.select(current)

    # --- filter -----------------------------------------------------------------------------

    def open_filter(self) -> None:
        self.filter.show()
        self.filter.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_all(self) -> None:
        """Take the filter away."""
        self.filter.clear()
        self.filter.hide()
        self.reload()
        self.focus_table()

    def focus_table(self) -> None:
        target = self.table if self._pages.currentIndex() == 0 else self.empty
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- empty ------------------------------------------------------------------------------

    def _show_empty(self) -> None:
        if self.model.rows:
            turn_to(self._pages, 0)
            return
        if self.filter.is_set:
            self._explain_filter()
        elif self._not_mirrored():
            self._explain_not_here()
        elif self.queue.which.view is QueueView.MINE:
            self.empty.explain(
                "tray",
                self.tr("Nothing is assigned to you"),
                self.tr("New calls land here; unassigned tickets wait for somebody."),
                action=self.tr("See the unassigned"),
                keys="G, U",
            )
        else:
            self.empty.explain("check", self.tr("Nothing here, and that is good news"))
        turn_to(self._pages, 1)

    def _explain_filter(self) -> None:
        self.empty.explain(
            "funnel",
            self.tr("The filter hides every ticket here"),
            self.filter.name(),
            action=self.tr("Show all"),
            keys="Ctrl+Backspace",
        )

    def _explain_not_here(self) -> None:
        status = self._session.status(Service.TICKETS)
        more = self.tr("The first mirror is still on its way.")
        if status is not None and status.expected is not None:
            more = self.tr("Calls can be taken meanwhile; {progress}.")
            more = more.format(progress=self._mirror_words())
        elif status is not None and status.last_good is None and status.next_try is not None:
            now = self._session.wall
            more = self.tr("Tickets has not answered yet. Next try {time}.").format(
                time=f"{clock(status.next_try)} ({time_words.until(status.next_try, now)})"
            )
        self.empty.explain(
            "arrows-clockwise",
            self.tr("Not yet on this computer"),
            more,
            action=self.tr("Try now"),
            keys="F5",
        )

    def _follow_mirror(self) -> None:
        """While the first mirror runs its progress stands here."""
        if not self._loaded:
            return
        self.head.set_note(self._count_words())
        waits = self._not_mirrored()
        if not self.model.rows and not self.filter.is_set and waits:
            self._explain_not_here()
        if self._waited and not waits:
            self.reload()
        self._waited = waits

    def _not_mirrored(self) -> bool:
        status = self._session.status(Service.TICKETS)
        return status is not None and (status.as_of is None or status.expected is not None)

    def _act_on_empty(self) -> None:
        if self.filter.is_set:
            self.show_all()
        elif self._not_mirrored():
            self._session.sync.probe_all()
        else:
            self.unassigned_wanted.emit()

    # --- columns ----------------------------------------------------------------------------

    def _set_widths(self) -> None:
        look, header = theme(), self.table.header()
        metrics = look.metrics(Type.LEAD, tabular=True)
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        for section, sample in _SAMPLES.items():
            edge = Space.L if section is Column.TICKET else 0
            header.resizeSection(section, metrics.horizontalAdvance(sample) + edge + Space.M)
        header.resizeSection(Column.STATE, widest_pill() + Space.M)
        now = self._session.now
        due = max(
            metrics.horizontalAdvance(time_words.due(Millis(now + minutes * MINUTE), now))
            for minutes in _LONG_WAITS
        )
        header.resizeSection(Column.DUE, due + Space.M)
        header.setSectionResizeMode(Column.FAULT, QHeaderView.ResizeMode.Stretch)

    def set_narrow(self, *, narrow: bool) -> None:
        """Details takes the panel's place."""
        self._details_button.setVisible(narrow)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_columns()

    def _lay_columns(self) -> None:
        """What gives way to a narrow window, and what a person hid here."""
        wide = self.width() / theme().effective_factor
        for section, least in _GIVE_WAY.items():
            chosen = self.columns.hides(self.queue.key, section)
            self.table.setColumnHidden(section, wide < least or chosen)

    def choose_columns(self) -> None:
        """Which columns this lane or view shows."""
        heads = {
            column: str(self.model.headerData(column, Qt.Orientation.Horizontal) or "")
            for column in Column
        }
        self.columns.open(self.queue.key, heads)


def widest_pill() -> int:
    """Pixels the longest of the six row words takes, in the language of now."""
    return max(paint.width(Pill(state), theme()) for state in RowState)
