"""After the outage: figures, what is still active and what is closed, and what is left to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHeaderView, QStackedWidget, QWidget

from app.domain.catch_up import CatchUp, Left, TakenHere
from app.domain.central_services import Service
from app.domain.errors import OffhookError
from app.domain.ids import Millis
from app.domain.outages import Outage
from app.domain.people import Permission
from app.domain.times import MINUTE
from app.services.catch_up import AllDesks
from ui.actions import Act, Actions
from ui.delegates.parts import (
    Icon,
    Part,
    Pill,
    Role,
    RowKind,
    Text,
    Words,
    group_head,
    lead,
    past_due,
    second,
)
from ui.delegates.rows import PartsModel, PartsRow
from ui.printing import print_text
from ui.session import Session
from ui.tasks import Debounce, NewestWins, async_slot
from ui.terms import terms
from ui.text import one_line
from ui.theme import NARROW_BELOW, VERY_NARROW_BELOW, Size, Space, Token, Type, theme
from ui.times import clock, day, local, moment, time_words
from ui.views.catch_up_cards import CatchUpCards
from ui.views.catch_up_words import catch_up_words
from ui.views.queue_view import widest_pill
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.empty_state import EmptyState
from ui.widgets.figures import Figures
from ui.widgets.parts_view import PartsTable
from ui.widgets.surfaces import Surface, column, line, turn_to
from ui.widgets.view_head import ViewHead

_JOIN_MS = 300
_KEY = int(Role.KEY)
_ACTIVE, _CLOSED = "active", "closed"
_STATE, _DEVICE = 1, 3


class CatchUpView(QWidget):
    """One outage at a time, the newest first; a page of the window."""

    ticket_chosen = Signal(str)
    triage_wanted = Signal()
    call_backs_wanted = Signal()

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._outages: tuple[Outage, ...] = ()
        self._at = 0
        self._folded: set[str] = set()
        self.found: CatchUp | None = None
        """What is on screen; None while nothing is."""
        self._make()
        self._lay_out()
        self._newest = NewestWins(self._ask, self._show)
        self._joining = Debounce(_JOIN_MS, self.reload, self)
        self._connect(actions)

    def _make(self) -> None:
        self.head = ViewHead(self.tr("After the outage"), self)
        quiet, line_ = ButtonKind.QUIET, Size.BUTTON_LINE
        self._print = Button(
            self.tr("Print"), self.head, kind=quiet, icon="printer", keys="Ctrl+P", height=line_
        )
        self._export = Button(
            self.tr("Export CSV"), self.head, kind=quiet, icon="download-simple", height=line_
        )
        self.details = Button(
            self.tr("Details"), self.head, kind=quiet, icon="columns", keys="D", height=line_
        )
        for button in (self.details, self._print, self._export):
            self.head.add_action(button)
        self.figures = Figures(self)
        heads = (
            self.tr("Ticket"), self.tr("State"), self.tr("Fault"), self.tr("Device"),
            self.tr("Left to do"), self.tr("Due"),
        )  # fmt: skip
        self.model = PartsModel(heads, self)
        self.table = PartsTable(self.tr("Taken in the outage"), self)
        self.table.setModel(self.model)
        self.empty = EmptyState(self)
        self.cards = CatchUpCards(self._session, self)
        self._pages = QStackedWidget(self)

    def _lay_out(self) -> None:
        full = Surface(Token.SURFACE)
        column(full).addWidget(self.table)
        full.setFocusProxy(self.table)
        self._pages.addWidget(full)
        self._pages.addWidget(self.empty)
        centre = Surface(Token.SURFACE)
        body = column(centre)
        body.addWidget(self.head)
        body.addWidget(self.figures)
        body.addWidget(self._pages, 1)
        self._narrow = False
        row = line(self, gap=0)
        row.addWidget(centre, 1)
        row.addWidget(self.cards)
        self.cards.setFixedWidth(theme().px(Size.CONTEXT))
        header, metrics = self.table.header(), theme().metrics(Type.LEAD, tabular=True)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)
        late = time_words.due(Millis(0), Millis(53 * MINUTE))
        for at, sample in ((0, "K7-0000-00"), (4, "Choose model, 4 candidates"), (5, late)):
            edge = Space.L if at == 0 else 0
            header.resizeSection(at, metrics.horizontalAdvance(sample) + edge + Space.M)
        header.resizeSection(1, widest_pill() + Space.M)

    def _connect(self, actions: Actions) -> None:
        self.table.chosen.connect(self._open)
        self.table.group_toggled.connect(self._fold)
        self.cards.triage_wanted.connect(self.triage_wanted)
        self.cards.call_backs_wanted.connect(self.call_backs_wanted)
        self.details.clicked.connect(self.toggle_details)
        self._print.clicked.connect(self.print_all)
        self._export.clicked.connect(self.export)
        actions.bind(Act.CATCH_UP_TRIAGE, self, self.triage_wanted.emit)
        actions.bind(Act.CATCH_UP_CALL_BACKS, self, self.call_backs_wanted.emit)
        actions.bind(Act.CATCH_UP_PRINT, self, self.print_all)
        actions.bind(Act.CATCH_UP_EXPORT, self, self.export)
        actions.bind(Act.CATCH_UP_DETAILS, self, self.toggle_details)
        actions.bind(Act.OUTAGE_BEFORE, self, lambda: self._turn(1))
        actions.bind(Act.OUTAGE_AFTER, self, lambda: self._turn(-1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow, the cards give way to the rows; Details brings them back."""
        super().resizeEvent(event)
        narrow = self.window().width() / theme().effective_factor < NARROW_BELOW
        if narrow is not self._narrow:
            self._narrow = narrow
            self.cards.setHidden(narrow)
        self._make_room()

    def toggle_details(self) -> None:
        """Show or hide the cards: call-backs, the web's backlog, other desks."""
        self.cards.setHidden(not self.cards.isHidden())
        self._make_room()

    def _make_room(self) -> None:
        """Narrow and beside the cards, the rows say what is left to do and by when, no more; very
        narrow, the figures and the buttons that have a key or can wait give way as well.
        """
        scarce = self._narrow and not self.cards.isHidden()
        wide = self.window().width() / theme().effective_factor
        for widget in (self.figures, self._print, self._export):
            widget.setHidden(scarce and wide < VERY_NARROW_BELOW)
        for column_ in (_STATE, _DEVICE):
            self.table.setColumnHidden(column_, scarce)

    # --- reading ----------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the outage again, and the desks where the person may see them."""
        self._newest.request(self._at)
        self._ask_desks()

    def changed(self) -> None:
        if self.isVisible():
            self._joining.touch()

    def focus_list(self) -> None:
        """To the rows, or to the reason why there are none."""
        shown = self.empty if self._pages.currentIndex() else self.table
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    async def _ask(self, at: int) -> CatchUp:
        service = self._session.opened.catching_up
        self._outages = await service.outages()
        chosen = self._outages[at] if at < len(self._outages) else None
        return await service.read(chosen)

    @async_slot
    async def _ask_desks(self) -> None:
        person = self._session.person
        found: AllDesks | None = None
        if person.may(Permission.SEE_ALL_DESKS):
            try:
                found = await self._session.opened.catching_up.desks(person)
            except OffhookError as problem:
                self._session.refuse(problem)
        self.cards.show_desks(found)

    def _turn(self, step: int) -> None:
        at = self._at + step
        if 0 <= at < len(self._outages):
            self._at = at
            self.reload()

    def _show(self, _at: int, found: CatchUp) -> None:
        self.found = found
        self.head.set_title(self.tr("After the outage"), self._span(found))
        self.figures.show_figures(catch_up_words.figures(found, self._session.now))
        current = self.table.current_key
        rows = [*self._group(_ACTIVE, found.active), *self._group(_CLOSED, found.closed)]
        self.model.set_rows(rows)
        at = self.model.row_of(current) if current is not None else -1
        first = next((n for n, one in enumerate(rows) if not one.kind.is_group), 0)
        self.table.setCurrentIndex(self.model.index(at if at >= 0 else first, 0))
        self._export.set_reason(
            "" if self._may_export else self.tr("Exporting needs another role.")
        )
        self._show_empty(found)
        self.cards.show_found(found)

    @property
    def _may_export(self) -> bool:
        return self._session.person.may(Permission.EXPORT)

    def _show_empty(self, found: CatchUp) -> None:
        reason = (
            self.tr("Nothing was taken here in this outage")
            if found.recorded
            else self.tr("No outage was noted on this computer")
        )
        self.empty.explain("check-circle", reason, self.tr("Older outages: Alt+Left."))
        turn_to(self._pages, 0 if found.taken else 1)

    def _span(self, found: CatchUp) -> str:
        outage, now = found.outage, self._session.now
        every = len(outage.services) == len(Service)
        names = [terms.service(one) for one in outage.services]
        who = self.tr("Central") if every else ", ".join(names)
        since = f"{day(outage.since, now)} {clock(outage.since)}"
        if outage.until is None:
            span = self.tr("since {time}").format(time=since)
        else:
            same = local(outage.since).date() == local(outage.until).date()
            end = clock(outage.until) if same else moment(outage.until, now)
            span = f"{since}\u2013{end}"
        length = time_words.length(outage.lasted(now)) if found.recorded else ""
        place = ""
        if len(self._outages) > 1:
            place = self.tr("{at} of {count}").format(at=self._at + 1, count=len(self._outages))
        return ", ".join(part for part in (who, span, length, place) if part)

    # --- rows -------------------------------------------------------------------------------

    def _group(self, key: str, rows: Sequence[TakenHere]) -> list[PartsRow]:
        if not rows:
            return []
        folded = key in self._folded
        name = self.tr("Still active") if key == _ACTIVE else self.tr("Closed during the outage")
        head = group_head(name, len(rows))
        if key == _CLOSED:
            head = (Icon("check", Token.OK), *head)
        kind = RowKind.GROUP_CLOSED if folded else RowKind.GROUP
        group = PartsRow(key, (head,), kind, says=f"{name} {len(rows)}")
        return [group, *([] if folded else [self._row(one) for one in rows])]

    def _row(self, one: TakenHere) -> PartsRow:
        row = one.row
        device: Part = (
            Words(row.device, Token.TEXT2) if row.device_is_words else second(one_line(row.device))
        )
        left = catch_up_words.left(one, self._session.name_of)
        ink = Token.MUTED if one.left is Left.NOTHING else Token.LINK
        cells = (
            (lead(row.reference),),
            (Pill(row.state),),
            (Text(one_line(row.fault)),),
            (device,),
            (Text(left, ink),),
            (self._due(one),),
        )
        return PartsRow(row.id, cells, tooltip=row.fault if len(row.fault) > 40 else "")

    def _due(self, one: TakenHere) -> Part:
        now = self._session.now
        if one.closed or one.row.due is None:
            return second(moment(one.row.happened_at, now), tabular=True)
        words = time_words.due(one.row.due, now)
        return past_due(words) if one.row.due < now else second(words, tabular=True)

    def _fold(self, index: QModelIndex) -> None:
        key = str(self.model.data(index, _KEY))
        self._folded ^= {key}
        if self.found is not None:
            self._show(self._at, self.found)

    def _open(self, index: QModelIndex) -> None:
        key = self.model.data(index, _KEY)
        if key not in (_ACTIVE, _CLOSED):
            self.ticket_chosen.emit(str(key))

    # --- paper and files --------------------------------------------------------------------

    def print_all(self) -> None:
        """The figures, every row and the call-backs, as plain text on paper or as PDF."""
        if self.found is not None:
            text = catch_up_words.paper(self.found, self._span(self.found), self._session)
            print_text(self, self.tr("After the outage"), text)

    def export(self) -> None:
        """Choose a new file for the rows."""
        if self.found is None or not self._may_export:
            return
        dialog = QFileDialog(self, self.tr("Export CSV"), "catch-up.csv", "CSV (*.csv)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.export_to)
        dialog.open()

    @async_slot
    async def export_to(self, target: str) -> None:
        if self.found is None:
            return
        try:
            await self._session.opened.catching_up.write_csv(
                self.found, Path(target), self._session.person
            )
        except OffhookError as problem:
            self._session.refuse(problem)
