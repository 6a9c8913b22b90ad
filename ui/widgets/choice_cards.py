"""A field changed in two places: three values side by side, one of which is chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.delegates import paint
from ui.delegates.parts import Icon, Keys, Spring, Text, small
from ui.text import ElidedLabel, Mark, one_line, plain_button_text, tooltip
from ui.theme import Radius, Size, Space, Token, Type, theme
from ui.widgets.flow import Flow
from ui.widgets.marks import PartsLabel
from ui.widgets.surfaces import column, line


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values: what it is, where it comes from, the key that takes it."""

    key: str
    title: str
    """Before, Mine, Theirs: what a screen reader says first."""
    text: str
    source: str
    marks: tuple[Mark, ...] = ()


class ChoiceCard(QAbstractButton):
    """A value with its key; painted, named and keyed as a radio button."""

    def __init__(self, value: Value, chosen_word: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value, self._word = value, chosen_word
        self.setCheckable(True)
        self.setText(plain_button_text(value.text))
        self.setAccessibleName(f"{value.title}, {one_line(value.text)}, {one_line(value.source)}")
        self.setAccessibleDescription(value.key)
        self.setToolTip(tooltip(value.text))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def value(self) -> Value:
        return self._value

    def sizeHint(self) -> QSize:
        look = theme()
        caps = look.px(Size.TARGET)
        lines = look.metrics(Type.GROUP).height() + look.metrics(Type.SMALL).height()
        return QSize(look.px(Size.RAIL), caps + lines + 2 * Space.M + 2 * Space.S)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(Size.CARD_LABEL) * 2, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look, painter = theme(), QPainter(self)
        chosen = self.isChecked()
        hover = Token.HOVER if self.underMouse() else Token.SURFACE
        paint.rounded(
            painter, self.rect(), Radius.CARD,
            ground=look.colour(Token.SELECTED if chosen else hover),
            border=look.colour(Token.FOCUS if chosen else Token.LINE),
            border_width=Space.RING if chosen else Space.HAIR,
        )  # fmt: skip
        inside = self.rect().adjusted(Space.L, Space.M, -Space.L, -Space.M)
        head = QRect(inside.left(), inside.top(), inside.width(), look.px(Size.TARGET))
        mark = (Icon("check", Token.LINK), Text(self._word, Token.LINK)) if chosen else ()
        paint.draw_row(painter, head, (Keys(self._value.key), Spring(), *mark), look)
        high = look.metrics(Type.GROUP).height() + 2
        words = QRect(inside.left(), head.bottom() + Space.S, inside.width(), high)
        value = Text(self._value.text, step=Type.GROUP, tabular=True, marks=self._value.marks)
        paint.draw_row(painter, words, (value,), look)
        low = QRect(inside.left(), words.bottom() + Space.XS, inside.width(), high)
        paint.draw_row(painter, low, (small(self._value.source, Token.TEXT2),), look)
        if self.hasFocus():
            paint.ring(painter, self.rect().adjusted(2, 2, -2, -2), Radius.CARD, look)
        painter.end()


class FieldChoice(QWidget):
    """One field: its name, whether it is decided, and its cards. `chosen` carries a key."""

    chosen = Signal(str)
    entered = Signal()
    """The keyboard came to this field."""

    def __init__(
        self, name: str, values: Sequence[Value], words: tuple[str, str, str], parent: QWidget
    ) -> None:
        """`words`: chosen, decided, to decide."""
        super().__init__(parent)
        self._active = False
        self._words = words
        self.name = ElidedLabel(name, self, step=Type.GROUP)
        self._state = PartsLabel((), self)
        head = line(gap=Space.S)
        head.addWidget(self.name, 1)
        head.addWidget(self._state)
        row = Flow(gap=Space.M)
        self.cards = tuple(_Card(value, words[0], self) for value in values)
        for card in self.cards:
            card.clicked.connect(lambda _on=False, key=card.value.key: self.chosen.emit(key))
            card.focused.connect(self.entered)
            row.add(card, 1)
        body = column(self, gap=Space.S)
        body.setContentsMargins(Space.XL, Space.S, Space.XL, Space.S)
        body.addLayout(head)
        body.addLayout(row)
        self.show_chosen("")

    def show_chosen(self, key: str, *, decided: bool = False) -> None:
        """Mark the card of that key; `decided` may be by a value of one's own."""
        for card in self.cards:
            card.setChecked(card.value.key == key)
        done = decided or bool(key)
        icon = Icon("check", Token.OK) if done else Icon("circle-dashed", Token.REV)
        word = self._words[1] if done else self._words[2]
        self._state.set_parts((icon, Text(word, Token.OK if done else Token.REV, Type.LABEL)))

    def set_active(self, *, active: bool) -> None:
        self._active = active
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._active:
            painter = QPainter(self)
            bar = QRect(0, 0, Space.BAR, self.height())
            painter.fillRect(bar, theme().colour(Token.FOCUS))
            painter.end()


class _Card(ChoiceCard):
    focused = Signal()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit()
        self.update()
