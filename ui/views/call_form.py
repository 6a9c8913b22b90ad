"""The fields of a call, in the order of talking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QDateTime, QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.call import Call
from app.domain.ids import Millis
from app.domain.times import HOUR
from ui.terms import RELATIONS, terms
from ui.theme import Size, Space, State, Token, theme
from ui.views.call_claim import ClaimFields
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.candidate_list import CandidateList
from ui.widgets.choices import Choice, When, labelled
from ui.widgets.field import Field
from ui.widgets.flow import Flow, beside
from ui.widgets.message import Message
from ui.widgets.scrolled import Scrolled
from ui.widgets.surfaces import Surface, column

_TEXTS = ("phone", "name", "fault", "model", "caller", "place", "reachable", "serial", "promise")


class CallForm(Scrolled):
    """Shows a Call and reads one back; `edited` after each change by a person.

    `field_edited` carries the name of the field that changed, `left` that the focus went.
    """

    field_edited = Signal(str)
    left = Signal()

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._inside = Surface(Token.SURFACE)
        self._quiet = False
        self._make_fields(currency)
        self._make_extras()
        self._lay_out()
        self.setWidget(self._inside)
        self._connect()

    def minimumSizeHint(self) -> QSize:
        """A field with its label, and what is wrong with it."""
        return QSize(super().minimumSizeHint().width(), 3 * theme().px(Size.FIELD))

    # --- making -----------------------------------------------------------------------------

    def _make_fields(self, currency: str) -> None:
        inside = self._inside
        self.phone = Field(self.tr("Caller phone"), inside, big=True)
        self.name = Field(self.tr("Name"), inside, big=True)
        self.caller = Field(self.tr("Who is calling"), inside)
        self.fault = Field(self.tr("Fault"), inside, multi_line=True)
        self.model = Field(self.tr("Device"), inside, big=True)
        self.serial = Field(self.tr("Serial number"), inside)
        self.place = Field(self.tr("Place"), inside)
        self.reachable = Field(
            self.tr("Reachable"), inside, placeholder=self.tr("After 17:00, neighbour has the key")
        )
        self.promise = Field(
            self.tr("Promised"), inside, placeholder=self.tr("Ring back with a time")
        )
        self.claim = ClaimFields(currency, inside)
        self.duplicate = Message(State.NEU, "copy", inside)
        self.candidates = CandidateList(inside)
        self.candidates.attach(self.model.edit)

    def _make_extras(self) -> None:
        inside = self._inside
        self.relation = Choice(self.tr("Relation to the customer"), inside)
        for one in RELATIONS:
            self.relation.addItem(terms.relation(one), one)
        self.promise_by = When(self.tr("Promised until"), inside)
        self.other_button = self._opener(self.tr("Somebody else is calling"), "users", "Alt+E")
        self.claim_button = self._opener(self.tr("Says it was paid"), "money", "Alt+P")
        self.promise_button = self._opener(self.tr("Promise or call-back"), "handshake", "Alt+B")
        self.other_row, self.promise_row = QWidget(inside), QWidget(inside)
        self._under_caller, self._under_all = column(), column()

    def _opener(self, text: str, icon: str, keys: str) -> Button:
        return Button(
            text,
            self._inside,
            kind=ButtonKind.QUIET,
            icon=icon,
            keys=keys,
            height=Size.BUTTON_LINE,
        )

    def _lay_out(self) -> None:
        self._pair(self.other_row, self.caller, self.tr("Relation"), self.relation)
        self._pair(self.promise_row, self.promise, self.tr("Until"), self.promise_by)
        openers = Flow()
        for button in (self.other_button, self.claim_button, self.promise_button):
            openers.add(button)
        body = column(self._inside, gap=Space.L)
        body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        body.addLayout(beside((self.phone, 5), (self.name, 8)))
        body.addLayout(self._under_caller)
        body.addWidget(self.other_row)
        fault = column(gap=Space.S)
        fault.addWidget(self.fault)
        fault.addWidget(self.duplicate)
        body.addLayout(fault)
        devices = column(gap=Space.S)
        devices.addLayout(beside((self.model, 8), (self.serial, 4)))
        devices.addWidget(self.candidates)
        body.addLayout(devices)
        body.addLayout(beside((self.place, 1), (self.reachable, 1)))
        body.addWidget(self.claim)
        body.addWidget(self.promise_row)
        body.addLayout(openers)
        body.addLayout(self._under_all)
        body.addStretch(1)
        for hidden in (self.other_row, self.claim, self.promise_row):
            hidden.hide()

    def _pair(self, row: QWidget, field: Field, label: str, edit: QWidget) -> None:
        row.setLayout(beside((field, 8), (labelled(label, edit), 4)))

    def _connect(self) -> None:
        for name, field in self.fields.items():
            field.changed.connect(lambda _text, name=name: self._tell(name))
            field.left.connect(self.left)
        self.claim.edited.connect(lambda: self._tell("claim"))
        self.claim.left.connect(self.left)
        self.relation.currentIndexChanged.connect(lambda _at: self._tell("relation"))
        self.promise_by.dateTimeChanged.connect(lambda _when: self._tell("promise_by"))
        self.other_button.clicked.connect(self.open_other)
        self.claim_button.clicked.connect(self.open_claim)
        self.promise_button.clicked.connect(self.open_promise)
        for edit in (self.relation, self.promise_by):
            edit.installEventFilter(self)

    def _tell(self, name: str) -> None:
        if not self._quiet:
            self.field_edited.emit(name)

    def take_in(self, cards: Sequence[QWidget]) -> None:
        """Very narrow: the first card stands under the caller, the others under the fields."""
        for card in cards[:1]:
            self._under_caller.addWidget(card)
        for card in cards[1:]:
            self._under_all.addWidget(card)

    # --- what it holds ----------------------------------------------------------------------

    @property
    def fields(self) -> Mapping[str, Field]:
        """The text fields by the name a Call gives them."""
        return {name: getattr(self, name) for name in _TEXTS}

    def read(self, call: Call) -> Call:
        """The call with what stands in the fields."""
        other = not self.other_row.isHidden()
        promised = self.promise.text() if not self.promise_row.isHidden() else ""
        until = Millis(self.promise_by.dateTime().toMSecsSinceEpoch())
        return replace(
            call,
            phone=self.phone.text(),
            name=self.name.text(),
            fault=self.fault.text(),
            model=self.model.text(),
            serial=self.serial.text(),
            place=self.place.text(),
            reachable=self.reachable.text(),
            caller=self.caller.text() if other else "",
            relation=str(self.relation.currentData()) if other else "",
            claim=None if self.claim.isHidden() else self.claim.claim(),
            promise=promised,
            promise_by=until if promised.strip() else None,
        )

    def show_call(self, call: Call) -> None:
        """Put a call into the fields; nobody is told of an edit."""
        self._quiet = True
        for name, field in self.fields.items():
            field.set_text(str(getattr(call, name)))
        self.other_row.setVisible(bool(call.caller))
        self.relation.setCurrentIndex(max(0, self.relation.findData(call.relation or "other")))
        self.claim.show_claim(call.claim)
        self.claim.setVisible(call.claim is not None)
        self._show_promise(call.promise_by, call.started)
        self.promise_row.setVisible(bool(call.promise))
        self._quiet = False

    def _show_promise(self, by: Millis | None, started: Millis) -> None:
        due = by if by is not None else Millis(started + 2 * HOUR)
        self.promise_by.setDateTime(QDateTime.fromSecsSinceEpoch(due // 60_000 * 60))

    def fill(self, texts: Mapping[str, str]) -> None:
        """Set some fields without telling of an edit."""
        self._quiet = True
        for name, text in texts.items():
            self.fields[name].set_text(text)
        self._quiet = False

    def show_errors(self, errors: Mapping[str, str]) -> None:
        """A sentence beside each field that is wrong; the first of them gets the focus."""
        for name, field in self.fields.items():
            field.set_error(errors.get(name, ""))
        first = next((name for name in self.fields if name in errors), None)
        if first is not None:
            self.fields[first].setFocus(Qt.FocusReason.OtherFocusReason)

    # --- parts that open --------------------------------------------------------------------

    def open_other(self) -> None:
        """The caller is not the customer."""
        self._open(self.other_row, self.caller)

    def open_claim(self) -> None:
        """The caller says it was paid."""
        self._open(self.claim, self.claim.amount)

    def open_promise(self) -> None:
        """Something is promised until a time."""
        self._open(self.promise_row, self.promise)

    def _open(self, row: QWidget, first: Field) -> None:
        row.show()
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut and watched in (self.relation, self.promise_by):
            self.left.emit()
        return super().eventFilter(watched, event)
