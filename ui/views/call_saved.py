"""After saving: the reference to read out, what was saved, and what comes next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.domain import reference as references
from app.domain.call import Call, Taken
from app.domain.lifecycle import RowState
from ui.delegates.parts import Part, Text, Words, not_verified, small
from ui.terms import terms
from ui.text import ElidedLabel, PlainLabel, WrappedLabel
from ui.theme import Size, Space, Token, Type, theme
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.flow import Flow
from ui.widgets.marks import PartsLabel, StatePill
from ui.widgets.reference_board import ReferenceBoard
from ui.widgets.scrolled import Scrolled
from ui.widgets.surfaces import Hairline, Surface, column, line


class SavedCall(Scrolled):
    """The reference, big and spelled; the next action first."""

    next_device = Signal()
    copied = Signal()
    opened = Signal()
    done = Signal()
    back_wanted = Signal()
    """To the call that is on hold meanwhile."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        inside = Surface(Token.SURFACE)
        self._title = PlainLabel("", inside, step=Type.LABEL, ink=Token.TEXT2)
        self.board = ReferenceBoard(parent=inside)
        self._pill = StatePill(RowState.SAVED_HERE, inside)
        self._sentence = WrappedLabel("", inside)
        self.finish = Button(
            self.tr("Close this call"), inside, kind=ButtonKind.PRIMARY, keys="Esc"
        )
        self.back = Button(
            self.tr("Back to the call on hold"), inside, kind=ButtonKind.PRIMARY, icon="phone-call"
        )
        self.back.hide()
        self.device = Button(self.tr("Next device"), inside, icon="plus-circle", keys="Alt+V")
        self.copy = Button(self.tr("Copy"), inside, icon="copy", keys="Ctrl+C")
        self.open = Button(self.tr("Open ticket"), inside, icon="arrow-square-out", keys="Enter")
        self._rows = column()
        self._lay_out(inside)
        self.setWidget(inside)
        self.finish.clicked.connect(self.done)
        self.back.clicked.connect(self.back_wanted)
        self.device.clicked.connect(self.next_device)
        self.copy.clicked.connect(self.copied)
        self.open.clicked.connect(self.opened)
        for keys in ("Return", "Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.opened)

    def _lay_out(self, inside: QWidget) -> None:
        state, buttons = line(gap=Space.M), Flow()
        state.addWidget(self._pill)
        state.addWidget(self._sentence, 1)
        for button in (self.back, self.finish, self.device, self.copy, self.open):
            buttons.add(button)
        body = column(inside, gap=Space.M)
        body.setContentsMargins(Space.XL, 2 * Space.XL, Space.XL, Space.XL)
        body.addWidget(self._title)
        body.addWidget(self.board)
        for layout in (state, buttons):
            body.addSpacing(Space.S)
            body.addLayout(layout)
        body.addSpacing(Space.S)
        body.addWidget(Hairline(inside))
        body.addSpacing(Space.S)
        head = PlainLabel(self.tr("What was saved"), inside, step=Type.HEAD, ink=Token.TEXT2)
        body.addWidget(head)
        body.addLayout(self._rows)
        body.addStretch(1)

    @property
    def first(self) -> Button:
        """What comes next, and so has the focus."""
        return self.finish if self.back.isHidden() else self.back

    def show_on_hold(self, number: int) -> None:
        """Another caller waits under Ctrl+`number`; 0 where nobody does."""
        self.back.setVisible(number > 0)
        self.back.set_keys(f"Ctrl+{number}" if number else "")
        self.finish.set_kind(ButtonKind.PLAIN if number else ButtonKind.PRIMARY)

    def show_taken(self, taken: Taken, call: Call, sentence: str) -> None:
        """The answer to a save; a call without a ticket has no reference to read out."""
        has = bool(taken.reference)
        self._title.setText(self.tr("Read this out") if has else self.tr("Saved as a call-back"))
        self.board.set_spoken(
            [(letter, terms.spoken(word)) for letter, word in references.spoken(taken.reference)]
        )
        self.board.setVisible(has)
        self.copy.setVisible(has)
        self.open.setVisible(has)
        self._sentence.set_passage(sentence)
        self._show_rows(call)

    def show_state(self, state: RowState, sentence: str) -> None:
        """The ticket moved on: sent, or it needs review."""
        self._pill.set_state(state)
        self._sentence.set_passage(sentence)

    def _show_rows(self, call: Call) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for label, parts in self._saved(call):
            self._rows.addWidget(self._row(label, parts))

    def _saved(self, call: Call) -> list[tuple[str, tuple[Part, ...]]]:
        caller = call.caller or call.name
        rows: list[tuple[str, tuple[Part, ...]]] = [
            (self.tr("Caller"), (Text(caller, step=Type.LEAD), small(call.phone)))
        ]
        if call.fault:
            rows.append((self.tr("Fault"), (Text(call.fault),)))
        if call.model:
            known = call.entry_id is not None or call.device_id is not None
            rows.append((self.tr("Device"), self._device(call, known=known)))
        if call.claim is not None:
            money = terms.money(call.claim.amount, call.claim.currency)
            text = self.tr("{amount} claimed").format(amount=money)
            if not call.claim.amount:
                text = self.tr("paid by the caller's word, amount not known")
            rows.append((self.tr("Payment"), (not_verified(), Text(text))))
        if call.promise:
            rows.append((self.tr("Promised"), (Text(call.promise),)))
        return rows

    def _device(self, call: Call, *, known: bool) -> tuple[Part, ...]:
        if known:
            return (Text(call.model),)
        return (Words(call.model), small(self.tr("the caller's words, in Models to resolve")))

    def _row(self, label: str, parts: tuple[Part, ...]) -> QWidget:
        holder = Surface(Token.SURFACE, line_below=True)
        layout = line(holder, gap=Space.M)
        layout.setContentsMargins(0, Space.S, 0, Space.S)
        name = ElidedLabel(label, holder, ink=Token.MUTED)
        name.setFixedWidth(theme().px(Size.CARD_LABEL) + Space.XL)
        layout.addWidget(name)
        layout.addWidget(PartsLabel(parts, holder).stretching(), 1)
        return holder
