"""The strip of open calls: a card for each, the caller's timer, a key to get back to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons
from ui.delegates import paint
from ui.delegates.parts import Keys, Spring, Text
from ui.text import ElidedLabel, one_line, plain_button_text, tooltip
from ui.theme import Radius, Size, Space, Token, Type, theme
from ui.widgets.surfaces import Surface, line, reveal
from ui.wording import wording

MOST_KEYS = 9


class CallState(StrEnum):
    TALKING = "talking"
    ON_HOLD = "on_hold"


@dataclass(frozen=True, slots=True)
class CallCard:
    """An open call as the strip shows it; the timer's text is the caller's business."""

    key: str
    title: str
    note: str = ""
    timer: str = ""
    state: CallState = CallState.TALKING
    active: bool = False


class CallButton(QAbstractButton):
    """One call card."""

    def __init__(self, card: CallCard, number: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = number
        self._compact = False
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_card(card)

    def set_card(self, card: CallCard) -> None:
        self._card = card
        self.setChecked(card.active)
        self.setText(plain_button_text(card.title))
        self.setToolTip(tooltip(f"{card.title}\n{card.note}".strip()))
        name = wording.call_number(self._number)
        said = (name, card.title, card.note, self._state_word())
        self.setAccessibleName(", ".join(one_line(word) for word in said if word))
        self.setAccessibleDescription(wording.key_sentence(self._keys) if self._keys else "")
        self.update()

    def set_compact(self, *, compact: bool) -> None:
        """One line instead of two, where height is scarce."""
        self._compact = compact
        self.updateGeometry()
        self.update()

    @property
    def card(self) -> CallCard:
        return self._card

    @property
    def _keys(self) -> str:
        return f"Ctrl+{self._number}" if self._number <= MOST_KEYS else ""

    def _shown_keys(self) -> str:
        """A card squeezed to half its width keeps name and timer instead of the caps."""
        return self._keys if self.width() >= theme().px(Size.RAIL) else ""

    def _state_word(self) -> str:
        on_hold = self._card.state is CallState.ON_HOLD
        return wording.on_hold() if on_hold else wording.talking()

    def sizeHint(self) -> QSize:
        look = theme()
        if self._compact:
            return QSize(look.px(Size.CALL_WIDTH), look.px(Size.FIELD))
        lines = look.metrics(Type.STRONG).height() + look.metrics(Type.SMALL).height()
        high = max(look.px(Size.CALL_HEIGHT), lines + Space.L)
        return QSize(look.px(Size.CALL_WIDTH), high)

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width() // 2, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look, card = theme(), self._card
        painter = QPainter(self)
        frame = Token.FOCUS if card.active else Token.LINE
        wide = Space.RING if card.active else Space.HAIR
        ground = Token.HOVER if self.underMouse() and not card.active else Token.SURFACE
        paint.rounded(
            painter, self.rect(), Radius.CONTROL, ground=look.colour(ground),
            border=look.colour(frame), border_width=wide,
        )  # fmt: skip
        side = look.px(Size.ICON_MESSAGE)
        square = QRect(Space.M, 0, side, self.height())
        on_hold = card.state is CallState.ON_HOLD
        ink = Token.TEXT if card.active else Token.MUTED
        icons.draw(painter, square, "pause-circle" if on_hold else "phone-call", ink)
        self._paint_words(painter, QRect(self.rect()).adjusted(Space.M + side + Space.M, 0, 0, 0))
        if self.hasFocus() and not card.active:
            paint.ring(painter, self.rect(), Radius.CONTROL, look)
        painter.end()

    def _paint_words(self, painter: QPainter, room: QRect) -> None:
        look, card = theme(), self._card
        keys = Keys(self._shown_keys())
        caps = paint.width(keys, look) + Space.M if keys.keys else 0
        words = room.adjusted(0, 0, -(caps + Space.M), 0)
        high = look.metrics(Type.STRONG).height() + 1
        low = look.metrics(Type.SMALL).height() + 1
        low = 0 if self._compact else low
        top = (self.height() - high - low) // 2
        first = Type.STRONG if card.active else Type.LEAD
        ink = Token.TEXT if card.active else Token.TEXT2
        upper = QRect(words.left(), top, words.width(), high)
        timer = Text(card.timer, ink, first if card.active else Type.BODY, True, fixed=True)
        paint.draw_row(painter, upper, (Text(card.title, ink, first, True), Spring(), timer), look)
        if self._compact:
            self._paint_caps(painter, keys, caps)
            return
        lower = QRect(words.left(), top + high, words.width(), low)
        note = Text(card.note, Token.TEXT2, Type.SMALL, True)
        state = Text(self._state_word(), Token.TEXT2, Type.SMALL, fixed=True)
        paint.draw_row(painter, lower, (note, Spring(), state), look)
        self._paint_caps(painter, keys, caps)

    def _paint_caps(self, painter: QPainter, keys: Keys, caps: int) -> None:
        if keys.keys:
            room = QRect(self.width() - caps, 0, caps, self.height())
            paint.draw(painter, room, keys, theme())


class CallStrip(Surface):
    """The cards from left to right, and how many calls are open; hidden without any."""

    chosen = Signal(str)
    """The key of a call."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Token.PANEL, parent, line_below=True)
        self._buttons: list[CallButton] = []
        self._compact = False
        self._count = ElidedLabel("", self, step=Type.SMALL, ink=Token.TEXT2)
        self._count.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._row = line(self, gap=Space.S)
        self._row.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        self._row.addStretch(1)
        self._row.addWidget(self._count)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_compact(self, *, compact: bool) -> None:
        """Cards of one line, and less room around them."""
        self._compact = compact
        edge = Space.XS if compact else Space.M
        self._row.setContentsMargins(Space.XL, edge, Space.XL, edge)
        for button in self._buttons:
            button.set_compact(compact=compact)

    def show_calls(self, cards: Sequence[CallCard]) -> None:
        """Show these calls in this order; cards that stayed keep their focus."""
        if [card.key for card in cards] != [button.card.key for button in self._buttons]:
            self._rebuild(cards)
        for button, card in zip(self._buttons, cards, strict=True):
            button.set_card(card)
        self._count.setText(wording.calls_open(len(cards)))
        reveal(self, shown=bool(cards))

    def set_timer(self, key: str, timer: str) -> None:
        """Show another time on one card."""
        for button in self._buttons:
            if button.card.key == key:
                button.set_card(replace(button.card, timer=timer))

    def key_of(self, number: int) -> str | None:
        """The call that Ctrl+`number` means, counted from 1."""
        return self._buttons[number - 1].card.key if 0 < number <= len(self._buttons) else None

    def _rebuild(self, cards: Sequence[CallCard]) -> None:
        for button in self._buttons:
            self._row.removeWidget(button)
            button.deleteLater()
        self._buttons = []
        for number, card in enumerate(cards, 1):
            button = CallButton(card, number, self)
            button.set_compact(compact=self._compact)
            button.clicked.connect(lambda _=False, key=card.key: self.chosen.emit(key))
            self._row.insertWidget(number - 1, button)
            self._buttons.append(button)
            button.show()
