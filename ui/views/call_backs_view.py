"""The call-backs: promises and dropped calls with their due times, soonest first."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QWidget

from app.domain.errors import OffhookError
from app.domain.ids import Millis
from app.domain.times import DAY
from app.domain.views import CallBack
from ui.actions import Act, Actions
from ui.delegates.parts import Icon, Part, Text, lead, past_due, second
from ui.delegates.rows import PartsModel, PartsRow
from ui.session import Session
from ui.tasks import Debounce, NewestWins, async_slot
from ui.text import one_line
from ui.theme import Space, Token, Type, theme
from ui.times import time_words
from ui.widgets.buttons import Button
from ui.widgets.empty_state import EmptyState
from ui.widgets.parts_view import PartsTable
from ui.widgets.surfaces import Surface, column, turn_to
from ui.widgets.view_head import ActionFoot, ViewHead

_AHEAD = 7 * DAY
_MOST = 200
_JOIN_MS = 150


class CallBacksView(QWidget):
    """Who was promised what, and who is waiting to be rung back."""

    ticket_chosen = Signal(str)
    ring_wanted = Signal(str)
    """Open a call with that number."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._found: tuple[CallBack, ...] = ()
        self.head = ViewHead(self.tr("Call-backs"), self)
        heads = (self.tr("Due"), self.tr("To"), self.tr("What"), self.tr("Whose"),
                 self.tr("Ticket"))  # fmt: skip
        self.model = PartsModel(heads, self)
        self.table = PartsTable(self.tr("Call-backs"), self)
        self.table.setModel(self.model)
        self.empty = EmptyState(self)
        self._pages = QStackedWidget(self)
        self._foot = ActionFoot(self)
        done = Button(self.tr("Done, rung back"), self._foot, icon="check", keys="D")
        open_ = Button(self.tr("Open"), self._foot, keys="Enter")
        done.clicked.connect(self.done)
        open_.clicked.connect(self._open)
        self._foot.add_left(open_)
        self._foot.add_left(done)
        self._lay_out()
        self._newest = NewestWins(self._ask, self._show)
        self._joining = Debounce(_JOIN_MS, self.reload, self)
        self.table.chosen.connect(lambda _index: self._open())
        session.person_changed.connect(self.changed)
        actions.bind(Act.RING_DONE, self, self.done)

    def _lay_out(self) -> None:
        full = Surface(Token.SURFACE)
        column(full).addWidget(self.table)
        full.setFocusProxy(self.table)
        self._pages.addWidget(full)
        self._pages.addWidget(self.empty)
        body = column(self)
        body.addWidget(self.head)
        body.addWidget(self._pages, 1)
        body.addWidget(self._foot)
        header, metrics = self.table.header(), theme().metrics(Type.LEAD, tabular=True)
        header.setStretchLastSection(False)
        samples = "1 h 25 min over now", "Margaret Ellison-Whitfield", "", "Ellen Marsh-Reyes", ""
        for at, sample in enumerate(samples):
            header.resizeSection(at, metrics.horizontalAdvance(sample or "K7-0000-00") + Space.XL)
        header.setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)

    def focus_list(self) -> None:
        """To the rows, or to the reason why there are none."""
        shown = self.empty if self._pages.currentIndex() else self.table
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        self._newest.request(Millis(self._session.now + _AHEAD))

    def changed(self) -> None:
        if self.isVisible():
            self._joining.touch()

    async def _ask(self, before: Millis) -> Sequence[CallBack]:
        return await self._session.tickets.call_backs(before, _MOST)

    def _show(self, _before: Millis, found: Sequence[CallBack]) -> None:
        self._found = tuple(found)
        row = max(0, self.table.current_row())
        self.model.set_rows([self._row(one) for one in found])
        self.table.setCurrentIndex(self.model.index(min(row, max(0, len(found) - 1)), 0))
        late = sum(one.is_late(self._session.now) for one in found)
        timeless = sum(one.due is None for one in found)
        count = self.tr("%n within a week", "", len(found) - timeless)
        unsaid = self.tr("%n without a time", "", timeless) if timeless else ""
        over = self.tr("%n past due", "", late) if late else ""
        self.head.set_note(", ".join(part for part in (count, over, unsaid) if part))
        self._foot.setVisible(bool(found))
        self.empty.explain(
            "phone-outgoing",
            self.tr("Nobody waits to be rung back"),
            self.tr("Promises and dropped calls stand here until they are kept."),
        )
        turn_to(self._pages, 0 if found else 1)

    def _row(self, one: CallBack) -> PartsRow:
        now = self._session.now
        when: Part
        if one.due is None:
            when = Text(time_words.no_time_said(), Token.TEXT2)
        else:
            due = time_words.due(one.due, now)
            when = past_due(due) if one.is_late(now) else Text(due, tabular=True)
        dropped = one.kind == "dropped"
        icon = Icon("phone-x" if dropped else "handshake", Token.MUTED)
        what = self.tr("The call dropped; ring back") if dropped else one_line(one.what)
        cells = (
            (when,), (lead(one_line(one.to)),), (icon, Text(what)), (self._whose(one),),
            (second(one.reference),),
        )  # fmt: skip
        return PartsRow((one.kind, one.id), cells)

    def _whose(self, one: CallBack) -> Part:
        """Nobody's is anybody's."""
        if not one.whose:
            return Text(self.tr("anybody"), Token.MUTED)
        if one.whose == self._session.person.id:
            return Text(self.tr("you"), step=Type.LEAD)
        return second(self._session.name_of(one.whose))

    def _current(self) -> CallBack | None:
        key = self.table.current_key
        return next((one for one in self._found if (one.kind, one.id) == key), None)

    def _open(self) -> None:
        one = self._current()
        if one is None:
            return
        if one.ticket_id is not None:
            self.ticket_chosen.emit(one.ticket_id)
        else:
            self.ring_wanted.emit(one.to)

    @async_slot
    async def done(self) -> None:
        """It was kept: the promise, or the call back to a dropped line."""
        one = self._current()
        if one is None:
            return
        tickets, person = self._session.tickets, self._session.person
        try:
            if one.ticket_id is not None:
                _ = await tickets.keep_promise(one.reference, one.id, person)
            else:
                _ = await tickets.keep_call_back(one.id, person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._session.saved()
