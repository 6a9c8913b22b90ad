"""Paper: blanks with references of this desk's counter, and entering them with the real times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import OffhookError
from app.domain.ids import Millis
from app.domain.times import MINUTE
from ui.actions import Act, Actions
from ui.delegates.parts import lead
from ui.delegates.rows import PartsModel, PartsRow
from ui.printing import print_text
from ui.report_words import report_words
from ui.session import Session
from ui.tasks import NewestWins, async_slot
from ui.text import WrappedLabel
from ui.theme import VERY_NARROW_BELOW, Space, Token, theme
from ui.undoing import Done
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.choices import When, labelled
from ui.widgets.field import Field
from ui.widgets.flow import beside
from ui.widgets.parts_view import PartsTable
from ui.widgets.scrolled import Scrolled
from ui.widgets.surfaces import Surface, column, line
from ui.widgets.view_head import ActionFoot, ViewHead

_AT_ONCE = 10
_USUAL = 5 * MINUTE


class PaperView(QWidget):
    """Left what was printed and not entered; right one form, saved by Ctrl+Enter, then the next."""

    ticket_chosen = Signal(str)
    done = Signal(object)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.open_blanks: tuple[str, ...] = ()
        self._make()
        self._lay_out()
        self._newest = NewestWins(self._ask, self._show)
        self._connect(actions)

    def _make(self) -> None:
        self.head = ViewHead(self.tr("Paper"), self)
        self.print_button = Button(
            self.tr("Print %n blanks", "", _AT_ONCE), self, icon="printer", keys="Ctrl+P"
        )
        self.head.add_action(self.print_button)
        self.model = PartsModel((self.tr("Printed, not entered"),), self)
        self.table = PartsTable(self.tr("Printed, not entered"), self)
        self.table.setModel(self.model)
        self.reference = Field(self.tr("Reference on the paper"), self)
        self.start = When(self.tr("Call from"), self)
        self.end = When(self.tr("Call until"), self)
        self.phone = Field(self.tr("Phone"), self)
        self.name = Field(self.tr("Name"), self)
        self.fault = Field(self.tr("What is wrong?"), self)
        self.model_words = Field(self.tr("Device, as said"), self)
        self.place = Field(self.tr("Where"), self)
        self.reachable = Field(self.tr("Reachable"), self)
        self.explained = WrappedLabel(
            self.tr("A reference on paper is final: it was taken from this desk's counter before "
                    "it was printed. Enter each one with the times that stand on it."),
            self, ink=Token.TEXT2,
        )  # fmt: skip
        self.save = Button(
            self.tr("Save and next"), self, kind=ButtonKind.PRIMARY, keys="Ctrl+Enter"
        )

    @property
    def texts(self) -> tuple[Field, ...]:
        return (
            self.reference, self.phone, self.name, self.fault, self.model_words, self.place,
            self.reachable,
        )  # fmt: skip

    def _lay_out(self) -> None:
        form = Surface(Token.SURFACE, line_left=True)
        inside = column(form, gap=Space.M)
        inside.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        inside.addWidget(self.explained)
        begun = labelled(self.tr("Call from"), self.start)
        ended = labelled(self.tr("Call until"), self.end)
        inside.addLayout(beside((self.reference, 1), (begun, 1), (ended, 1)))
        for pair in (
            (self.phone, self.name), (self.fault, self.model_words), (self.place, self.reachable)
        ):  # fmt: skip
            inside.addLayout(beside(*((field, 1) for field in pair)))
        inside.addStretch(1)
        scroll = Scrolled(form, self)
        foot = ActionFoot(self)
        foot.add_right(self.save)
        right = column()
        right.addWidget(scroll, 1)
        right.addWidget(foot)
        row = line(gap=0)
        row.addWidget(self.table, 1)
        row.addLayout(right, 3)
        body = column(self)
        body.addWidget(self.head)
        body.addLayout(row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Very narrow, the form has all the room; the next reference stands in it anyway."""
        super().resizeEvent(event)
        wide = self.window().width() / theme().effective_factor
        self.table.setHidden(wide < VERY_NARROW_BELOW)
        self.explained.setHidden(wide < VERY_NARROW_BELOW)

    def _connect(self, actions: Actions) -> None:
        self.print_button.clicked.connect(self.print_blanks)
        self.save.clicked.connect(self.enter)
        self.table.chosen.connect(lambda _index: self._take_current())
        self.start.dateTimeChanged.connect(self._follow_start)
        table: dict[str, Callable[[], object]] = {
            Act.PAPER_PRINT: self.print_blanks,
            Act.PAPER_SAVE: self.enter,
        }
        for act, do in table.items():
            actions.bind(act, self, do)

    # --- reading ----------------------------------------------------------------------------

    def open(self) -> None:
        """What is still on paper; the cursor stands in the form."""
        now = self._session.now
        self.start.setDateTime(QDateTime.fromMSecsSinceEpoch(now - _USUAL))
        self.end.setDateTime(QDateTime.fromMSecsSinceEpoch(now))
        self.reload()
        self.reference.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        self._newest.request(None)

    def changed(self) -> None:
        """Somebody printed or entered one elsewhere."""
        if self.isVisible():
            self.reload()

    async def _ask(self, _nothing: None) -> tuple[str, ...]:
        return await self._session.opened.blanks.open()

    def _show(self, _nothing: None, found: tuple[str, ...]) -> None:
        self.open_blanks = found
        self.model.set_rows([PartsRow(one, ((lead(one),),)) for one in found])
        self.head.set_note(self.tr("%n still on paper", "", len(found)))
        if not self.reference.text() and found:
            self.reference.set_text(found[0])

    def _take_current(self) -> None:
        key = self.table.current_key
        if isinstance(key, str):
            self.reference.set_text(key)
            self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def _follow_start(self, start: QDateTime) -> None:
        """The day of the paper is the day of both times."""
        if self.end.dateTime() < start or self.end.date() != start.date():
            self.end.setDateTime(start.addMSecs(_USUAL))

    # --- acting -----------------------------------------------------------------------------

    @async_slot
    async def print_blanks(self) -> None:
        """Reserve references durably, then print them: the paper is final from here on."""
        blanks, person = self._session.opened.blanks, self._session.person
        try:
            made = await blanks.reserve(_AT_ONCE, person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self.reload()
        print_text(self, self.tr("Calls on paper"), report_words.blanks([*map(str, made)]))

    @async_slot
    async def enter(self) -> None:
        """One paper becomes a ticket with the times of the call; then the next one."""
        intake = self._session.intake
        start, end = (
            Millis(edit.dateTime().toMSecsSinceEpoch()) for edit in (self.start, self.end)
        )
        call = replace(
            intake.new_call(self.phone.text().strip()),
            reference=self.reference.text().strip(),
            happened_at=start,
            ended=max(start, end),
            name=self.name.text().strip(),
            fault=self.fault.text().strip(),
            model=self.model_words.text().strip(),
            place=self.place.text().strip(),
            reachable=self.reachable.text().strip(),
        )
        if not call.reference:
            self.reference.set_error(self.tr("Every paper has a reference."))
            self.reference.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        try:
            taken = await intake.take(call, self._session.person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._session.saved()
        for field in self.texts:
            field.set_text("")
            field.set_error("")
        words = self.tr("{ticket} is entered").format(ticket=taken.reference)
        self.done.emit(Done(words, op_id=taken.op_id))
        self.reload()
        self.reference.setFocus(Qt.FocusReason.OtherFocusReason)
