"""The outbox: what waits, since when, why, next try; and what a person can do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHeaderView, QStackedWidget, QWidget

from app.domain.activities import Activity
from app.domain.central_services import Service
from app.domain.errors import OffhookError
from app.domain.lifecycle import RowState
from app.domain.operations import KINDS, Json
from app.domain.views import OutboxRow
from ui.actions import Act, Actions, explain
from ui.delegates.parts import Break, Part, Pill, RowKind, Text, lead, small
from ui.delegates.rows import PartsModel, PartsRow
from ui.offers import Offers
from ui.record_words import record_words
from ui.session import Session
from ui.tasks import Debounce, NewestWins, async_slot
from ui.terms import terms
from ui.text import one_line
from ui.theme import Space, Token, Type, theme
from ui.times import clock_seconds, moment, time_words
from ui.views.field_forms import TicketForm
from ui.views.queue_view import widest_pill
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.marks import PartsLabel
from ui.widgets.parts_view import PartsTable
from ui.widgets.surfaces import Surface, column, turn_to
from ui.widgets.view_head import ActionFoot, ViewHead

_JOIN_MS = 150
_EDITABLE = {"ticket.note": "text", "ticket.promise": "what", "ticket.create": "fault"}
"""The one field of an operation that is edited here; others are tried again as they stand."""


class OutgoingView(QWidget):
    """Rows of the outbox, loudest first; order per ticket is kept by the store."""

    ticket_chosen = Signal(str)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._offers = Offers(session, self)
        self._rows: tuple[OutboxRow, ...] = ()
        self.head = ViewHead(self.tr("Outbox"), self)
        heads = (
            self.tr("State"), self.tr("What"), self.tr("Since"),
            self.tr("Why it waits"), self.tr("Next try"),
        )  # fmt: skip
        self.model = PartsModel(heads, self)
        self.table = PartsTable(self.tr("Outbox"), self)
        self.table.setModel(self.model)
        self.empty = EmptyState(self)
        self.form = ReplaceForm(self)
        self._pages = QStackedWidget(self)
        self._foot()
        self._lay_out()
        self._newest = NewestWins(self._ask, self._show)
        self._joining = Debounce(_JOIN_MS, self.reload, self)
        self.table.current_moved.connect(lambda _index: self._name_current())
        self.table.chosen.connect(lambda _index: self._open_current())
        self.form.wanted.connect(self.replace)
        self.form.closed.connect(self.table.setFocus)
        actions.bind(Act.TRY_NOW, self, self.try_now)
        self._edit_act = actions.bind(Act.EDIT, self, self.edit)
        self._withdraw_act = actions.bind(Act.WITHDRAW, self, self.withdraw)
        session.statuses_changed.connect(self._name_current)
        actions.bind(Act.COPY_ID, self, self.copy_id)

    def _foot(self) -> None:
        self.foot = ActionFoot(self)
        self._named = PartsLabel((), self.foot)
        self._try = Button(self.tr("Try now"), self.foot, icon="arrow-clockwise", keys="T")
        self._edit = Button(self.tr("Edit"), self.foot, icon="pencil", keys="E")
        self._withdraw = Button(
            self.tr("Withdraw"), self.foot, icon="arrow-counter-clockwise", keys="W"
        )
        self._copy = Button(
            self.tr("Copy id"), self.foot, kind=ButtonKind.QUIET, icon="copy", keys="Ctrl+C"
        )
        for widget in (self._named, self._try, self._edit, self._withdraw):
            self.foot.add_left(widget)
        self.foot.add_right(self._copy)
        self._try.clicked.connect(self.try_now)
        self._edit.clicked.connect(self.edit)
        self._withdraw.clicked.connect(self.withdraw)
        self._copy.clicked.connect(self.copy_id)

    def _lay_out(self) -> None:
        full = Surface(Token.SURFACE)
        column(full).addWidget(self.table)
        full.setFocusProxy(self.table)
        self._pages.addWidget(full)
        self._pages.addWidget(self.empty)
        body = column(self)
        body.addWidget(self.head)
        body.addWidget(self.form)
        body.addWidget(self._pages, 1)
        body.addWidget(self.foot)
        header, metrics = self.table.header(), theme().metrics(Type.LEAD, tabular=True)
        header.setStretchLastSection(False)
        samples = ("", "", "Mon 24 Nov 10:42", "", "when decided now")
        for at, sample in enumerate(samples[1:], 1):
            if sample:
                header.resizeSection(at, metrics.horizontalAdvance(sample) + 2 * Space.XL)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, Space.L + widest_pill() + Space.M)

    # --- reading ----------------------------------------------------------------------------

    def focus_list(self) -> None:
        """To the rows, or to the reason why there are none."""
        shown = self.empty if self._pages.currentIndex() else self.table
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        self._newest.request(None)

    def changed(self) -> None:
        """The outbox moved."""
        if self.isVisible():
            self._joining.touch()

    async def _ask(self, _nothing: None) -> Sequence[OutboxRow]:
        return await self._session.outgoing.rows()

    def _show(self, _nothing: None, rows: Sequence[OutboxRow]) -> None:
        order = list(RowState)[::-1]
        current = self._current()
        self._rows = tuple(sorted(rows, key=lambda one: (order.index(one.word), one.since)))
        self.model.set_rows([self._row(one) for one in self._rows])
        at = self.model.row_of(current.op_id) if current is not None else 0
        self.table.setCurrentIndex(self.model.index(max(0, at), 0))
        self._show_note()
        self.empty.explain(
            "check-circle",
            self.tr("Nothing waits to be sent"),
            self.tr("Everything decided at this desk is at central."),
        )
        turn_to(self._pages, 0 if rows else 1)
        self._name_current()

    def _show_note(self) -> None:
        count = self.tr("%n entry(s)", "", len(self._rows))
        oldest = min((one.since for one in self._rows), default=None)
        since = ""
        if oldest is not None:
            since = self.tr("oldest {time}").format(time=moment(oldest, self._session.now))
        kept = self.tr("order per ticket is kept")
        self.head.set_note(", ".join(part for part in (count, since, kept) if part))

    def _row(self, row: OutboxRow) -> PartsRow:
        now = self._session.now
        what: tuple[Part, ...] = (
            *((lead(row.reference),) if row.reference else ()),
            Text(terms.kind(row.kind), step=Type.LEAD),
            Break(),
            small(self._summary(row), Token.TEXT2),
        )
        since = (
            Text(moment(row.since, now), tabular=True), Break(),
            small(time_words.length(max(0, now - row.since))),
        )  # fmt: skip
        why: tuple[Part, ...] = (
            Text(terms.waiting(row.reason, row.service)), Break(),
            small(self._tries(row)),
        )  # fmt: skip
        cells = ((Pill(row.word),), what, since, why, self._next(row))
        return PartsRow(row.op_id, cells, RowKind.TWO_LINES, tooltip=row.summary)

    def _summary(self, row: OutboxRow) -> str:
        """The person's words; of changed fields their names as the screens call them."""
        if not row.kind.endswith(".set"):
            return one_line(row.summary)
        rule, names = KINDS[row.kind], map(str.strip, row.summary.split(","))
        told = (name for name in names if name not in rule.stamps)
        return ", ".join(record_words.field(rule.aggregate, name) for name in told)

    def _tries(self, row: OutboxRow) -> str:
        if row.former_history:
            return self.tr("decided under the former history")
        attempts = row.attempts
        return self.tr("tried %n time(s)", "", attempts) if attempts else self.tr("not tried yet")

    def _next(self, row: OutboxRow) -> tuple[Part, ...]:
        if row.word is RowState.NEEDS_REVIEW:
            return (Text(self.tr("when decided")),)
        if row.next_try is None:
            return (Text(self.tr("as soon as it can")),)
        until = time_words.until(row.next_try, self._session.wall)
        return (Text(clock_seconds(row.next_try), tabular=True), Break(), small(until))

    # --- the row under the cursor -----------------------------------------------------------

    def _current(self) -> OutboxRow | None:
        key = self.table.current_key
        return next((one for one in self._rows if one.op_id == key), None)

    def _name_current(self) -> None:
        row = self._current()
        self.foot.setVisible(row is not None)
        if row is not None:
            named = [lead(row.reference)] if row.reference else []
            self._named.set_parts([*named, Text(terms.kind(row.kind))])
            sent = row.attempts > 0 and row.word is not RowState.NEEDS_REVIEW
            reason = self.tr("It may be under way; only what is unsent can be edited.")
            self._edit.set_reason(reason if sent else "")
            explain(self._edit_act, reason if sent else "")
            cannot = self._cannot_withdraw(row, sent=sent)
            self._withdraw.set_reason(cannot)
            explain(self._withdraw_act, cannot)

    def _cannot_withdraw(self, row: OutboxRow, *, sent: bool) -> str:
        if not sent:
            return self._offers.reason(Activity.WITHDRAW_UNSENT)
        return self._offers.reason(Activity.WITHDRAW_SENT, Service(row.service))

    def _open_current(self) -> None:
        row = self._current()
        if row is not None and row.reference:
            self.ticket_chosen.emit(row.target)

    @async_slot
    async def try_now(self) -> None:
        """End the waiting; what needs review is tried again as it stands."""
        row = self._current()
        if row is not None and row.word is RowState.NEEDS_REVIEW:
            await self._replaced(row, {})
        self._session.sync.probe_all()

    def edit(self) -> None:
        """Open the one field that can be edited, beside the row."""
        row = self._current()
        if row is not None and self._edit.isEnabled():
            self.form.open_for(row, _EDITABLE.get(row.kind, ""))

    @async_slot
    async def replace(self, op_id: str, wanted: dict[str, Json]) -> None:
        row = next((one for one in self._rows if one.op_id == op_id), None)
        if row is not None:
            await self._replaced(row, wanted)

    async def _replaced(self, row: OutboxRow, wanted: dict[str, Json]) -> None:
        try:
            _ = await self._session.outgoing.replace(row.op_id, wanted, self._session.person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._session.saved()

    @async_slot
    async def withdraw(self) -> None:
        """Take it back; where nobody can say whether it arrived, it stays."""
        row = self._current()
        if row is None:
            return
        try:
            _ = await self._session.outgoing.withdraw(row.op_id, self._session.person)
        except OffhookError as problem:
            self._session.refuse(problem)

    def copy_id(self) -> None:
        row = self._current()
        if row is not None:
            QGuiApplication.clipboard().setText(row.op_id)


class ReplaceForm(TicketForm):
    """A new operation takes the old one's place; the person's words are kept."""

    wanted = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Edit what waits"), self.tr("Replace it"), parent)
        self._op_id, self._name = "", ""
        self.text = Field(self.tr("Text"), self, multi_line=True)
        self._body.addWidget(self.text)
        self._body.addLayout(self._foot)

    def open_for(self, row: OutboxRow, field: str) -> None:
        self._op_id, self._name = row.op_id, field
        self.text.set_label(terms.field(field) if field else terms.kind(row.kind))
        self.text.set_text(row.summary)
        self.text.set_fixed(
            fixed=not field, reason="" if field else self.tr("It is tried again as it stands.")
        )
        self.show()
        self.text.setFocus()

    def save(self) -> None:
        values: dict[str, Json] = {self._name: self.text.text()} if self._name else {}
        self.wanted.emit(self._op_id, values)
        self.close_form()
