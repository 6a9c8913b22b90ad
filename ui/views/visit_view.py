"""A visit by telephone: the sheet to read out or print, the roster, and "told by phone at"."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QPlainTextEdit, QSplitter, QWidget

from app.domain.errors import OffhookError
from app.domain.ids import Millis
from app.domain.times import HOUR
from app.domain.views import ExpertCard, TicketDetail
from app.services.visits import Visits, sheet_of
from ui.actions import Act, Actions
from ui.delegates.parts import Break, RowKind, Text, lead, second, small
from ui.delegates.rows import PartsModel, PartsRow
from ui.printing import print_text
from ui.session import Session
from ui.tasks import NewestWins, async_slot
from ui.text import one_line
from ui.theme import VERY_NARROW_BELOW, Size, Space, Token, Type, theme
from ui.times import clock
from ui.undoing import Done
from ui.visit_sheet import sheet_words
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.choices import When, labelled
from ui.widgets.field import Field
from ui.widgets.flow import Flow
from ui.widgets.parts_view import PartsTable
from ui.widgets.scrolled import Scrolled
from ui.widgets.surfaces import Surface, column
from ui.widgets.view_head import ActionFoot, ViewHead

_WINDOW = 4 * HOUR
_LEAST_ROWS = 3
"""Experts that are seen at once, however large the letters; the page scrolls then."""
_NO_LIMIT = (1 << 24) - 1
"""Qt's own largest size."""
_Found = tuple[TicketDetail | None, Sequence[ExpertCard]]


class VisitView(QWidget):
    """One ticket; everything here works while Experts and Notifications are away."""

    left = Signal(str)
    """Back to this ticket."""
    done = Signal(object)
    """A `Done`, for the undo."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._visits = Visits(session.opened.desk)
        self._ticket, self._is_narrow = "", False
        self._experts: tuple[ExpertCard, ...] = ()
        self._make()
        self._lay_out()
        self._newest = NewestWins(self._ask, self._show)
        self._connect(actions)

    def _make(self) -> None:
        self.head = ViewHead(self.tr("Visit by telephone"), self)
        self.print_button = Button(
            self.tr("Print the sheet"), self, kind=ButtonKind.QUIET, icon="printer", keys="Ctrl+P"
        )
        self.head.add_action(self.print_button)
        self.sheet = QPlainTextEdit(self)
        self.sheet.setReadOnly(True)
        self.sheet.setAccessibleName(self.tr("The sheet, to read out"))
        self.sheet.setFont(theme().font(Type.INPUT))
        self.sheet.setTabChangesFocus(True)
        self.filter = Field(
            self.tr("Who goes"), self, placeholder=self.tr("Name, area or what they repair")
        )
        heads = (self.tr("Expert"), self.tr("Phones"), self.tr("Works"))
        self.model = PartsModel(heads, self)
        self.table = PartsTable(self.tr("Experts"), self)
        self.table.setModel(self.model)
        some = theme().px(Size.COLUMN_HEAD) + _LEAST_ROWS * theme().px(Size.ROW_TALL) + Space.RING
        self.table.setMinimumHeight(some)
        self.start = When(self.tr("From"), self)
        self.end = When(self.tr("Until"), self)
        self.told_at = When(self.tr("Told by phone at"), self)
        self.back = Button(
            self.tr("Back"), self, kind=ButtonKind.QUIET, icon="arrow-left", keys="Esc"
        )
        self.tell = Button(
            self.tr("Told by phone"), self, kind=ButtonKind.PRIMARY, keys="Ctrl+Enter"
        )

    def _lay_out(self) -> None:
        self.split = QSplitter(Qt.Orientation.Horizontal, self)
        self.split.setChildrenCollapsible(False)
        right = self._roster = Surface(Token.SURFACE)
        inside = column(right, gap=Space.M)
        inside.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        inside.addWidget(self.filter)
        inside.addWidget(self.table, 1)
        times = Flow(gap=Space.L)
        for edit, name in (
            (self.start, self.tr("From")), (self.end, self.tr("Until")),
            (self.told_at, self.tr("Told by phone at")),
        ):  # fmt: skip
            times.add(labelled(name, edit), 1)
        inside.addLayout(times)
        self.split.addWidget(self.sheet)
        self.split.addWidget(right)
        self.split.setStretchFactor(0, 2)
        self.split.setStretchFactor(1, 3)
        self.area = Scrolled(self.split, self)
        self.sheet.setMinimumWidth(theme().px(Size.CONTEXT))
        foot = ActionFoot(self)
        foot.add_left(self.back)
        foot.add_right(self.tell)
        body = column(self)
        body.addWidget(self.head)
        body.addWidget(self.area, 1)
        body.addWidget(foot)
        header, metrics = self.table.header(), theme().metrics(Type.LEAD, tabular=True)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for at, sample in ((1, "+44 7700 900900 m"), (2, "Mon-Fri 08:00-17:00")):
            header.resizeSection(at, metrics.horizontalAdvance(sample) + Space.L)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Very narrow, the sheet stands above the roster."""
        super().resizeEvent(event)
        narrow = self.window().width() / theme().effective_factor < VERY_NARROW_BELOW
        way = Qt.Orientation
        self.split.setOrientation(way.Vertical if narrow else way.Horizontal)
        self.sheet.setMaximumHeight(theme().px(Size.AREA) if narrow else _NO_LIMIT)
        self._is_narrow = narrow

    def _connect(self, actions: Actions) -> None:
        self.filter.changed.connect(lambda _text: self._show_experts())
        self.filter.entered.connect(self.table.setFocus)
        self.table.chosen.connect(lambda _index: self.start.setFocus())
        self.table.current_moved.connect(lambda _index: self._aim())
        self.print_button.clicked.connect(self.print_sheet)
        self.tell.clicked.connect(self.told)
        self.back.clicked.connect(self.leave)
        table: dict[str, Callable[[], object]] = {
            Act.VISIT_TOLD: self.told,
            Act.VISIT_PRINT: self.print_sheet,
            Act.VISIT_BACK: self.leave,
        }
        for act, do in table.items():
            actions.bind(act, self, do)

    # --- reading ----------------------------------------------------------------------------

    def open_ticket(self, ticket_id: str) -> None:
        """The visit of this ticket: a window from the next full hour, told now."""
        self._ticket = ticket_id
        now = self._session.now
        start = Millis(now - now % HOUR + HOUR)
        for edit, at in ((self.start, start), (self.end, start + _WINDOW), (self.told_at, now)):
            edit.setDateTime(QDateTime.fromMSecsSinceEpoch(at))
        self.filter.set_text("")
        self._newest.request(ticket_id)
        self.filter.setFocus(Qt.FocusReason.OtherFocusReason)

    async def _ask(self, ticket_id: str) -> _Found:
        return await self._session.tickets.detail(ticket_id), await self._visits.roster()

    def _show(self, ticket_id: str, found: _Found) -> None:
        detail, experts = found
        if detail is None or ticket_id != self._ticket:
            return
        self._experts = tuple(experts)
        self.head.set_note(f"{detail.row.reference}  {one_line(detail.row.fault)}")
        self.sheet.setPlainText(sheet_words.text(sheet_of(detail), self._session.now))
        self._show_experts()
        if self._is_narrow:  # the roster first: who goes is chosen before anything is read out
            self.area.verticalScrollBar().setValue(self._roster.y())

    def _show_experts(self) -> None:
        words = self.filter.text().casefold().split()
        shown = [one for one in self._experts if _fits(one, words)]
        self.model.set_rows([self._row(one) for one in shown])
        self.table.setCurrentIndex(self.model.index(0, 0))
        self._aim()

    def _row(self, one: ExpertCard) -> PartsRow:
        skills = ", ".join(terms_of(one))
        who = (lead(one_line(one.name)), second(one_line(one.area)), Break(), small(skills))
        phones = tuple(self._shown(number) for number in one.phones)
        first = Text(phones[0] if phones else "", tabular=True)
        rest = small(", ".join(phones[1:]))
        works = small(one_line(", ".join(one.roster)), Token.TEXT2)
        return PartsRow(one.id, (who, (first, Break(), rest), (works,)), RowKind.TALL)

    def _shown(self, number: str) -> str:
        _, shown = self._session.intake.read_phone(number)
        return shown or one_line(number)

    def _aim(self) -> None:
        nobody = self.tr("No expert of the roster is chosen.")
        self.tell.set_reason("" if self.table.current_key else nobody)

    # --- acting -----------------------------------------------------------------------------

    def leave(self) -> None:
        """Back to the ticket."""
        self.left.emit(self._ticket)

    def print_sheet(self) -> None:
        """The sheet on paper; no payment is in it."""
        print_text(self, self.tr("Visit"), self.sheet.toPlainText())

    @async_slot
    async def told(self) -> None:
        """The expert was told by phone: who, which window, when."""
        expert = self.table.current_key
        if not isinstance(expert, str):
            return
        window = (_millis(self.start), _millis(self.end))
        at = _millis(self.told_at)
        try:
            decided = await self._visits.told_by_phone(
                self._ticket, expert, window, self._session.person, at
            )
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._session.saved()
        name = next((one.name for one in self._experts if one.id == expert), "")
        words = self.tr("{expert} was told by phone at {time}").format(
            expert=one_line(name), time=clock(at)
        )
        self.done.emit(Done(words, op_id=decided.op_id))
        self.leave()


def _fits(expert: ExpertCard, words: Sequence[str]) -> bool:
    whole = " ".join((expert.name, expert.area, *terms_of(expert))).casefold()
    return all(word in whole for word in words)


def terms_of(expert: ExpertCard) -> tuple[str, ...]:
    """What they repair, in words."""
    return tuple(one_line(skill.replace("_", " ")) for skill in expert.skills)


def _millis(edit: When) -> Millis:
    return Millis(edit.dateTime().toMSecsSinceEpoch())
