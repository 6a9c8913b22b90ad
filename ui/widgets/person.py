"""Who is working at this desk, at the foot of the rail; opens the person chooser."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.delegates import paint
from ui.delegates.parts import Text
from ui.text import one_line, plain_button_text, tooltip
from ui.theme import Radius, Size, Space, Theme, Token, Type, theme


class PersonButton(QAbstractButton):
    """Avatar, name, and role with the desk's code; narrow the avatar alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role, self._narrow = "", "", False
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_person(self, name: str, role: str) -> None:
        """`role` is a few words: "Agent, desk K7"."""
        self._name, self._role = name, role
        self.setText(plain_button_text(name))
        self.setAccessibleName(f"{one_line(name)}, {role}")
        self._set_tooltip()
        self.update()

    def set_narrow(self, *, narrow: bool) -> None:
        self._narrow = narrow
        self._set_tooltip()
        self.update()

    def _set_tooltip(self) -> None:
        self.setToolTip(tooltip(f"{self._name}\n{self._role}") if self._narrow else "")

    def sizeHint(self) -> QSize:
        look = theme()
        lines = look.metrics(Type.LEAD).height() + look.metrics(Type.SMALL).height()
        return QSize(look.px(Size.RAIL_NARROW), lines + Space.L)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.fillRect(0, 0, self.width(), Space.HAIR, look.colour(Token.HAIR))
        if self.underMouse():
            painter.fillRect(self.rect(), look.colour(Token.HOVER))
        side = look.px(Size.AVATAR)
        left = (self.width() - side) // 2 if self._narrow else Space.L
        square = QRect(left, (self.height() - side) // 2, side, side)
        paint.avatar(painter, square, self._name, look)
        if not self._narrow:
            self._paint_words(painter, left + side + Space.S, look)
        if self.hasFocus():
            paint.ring(painter, self.rect().adjusted(1, 1, -1, -1), Radius.TAG, look)
        painter.end()

    def _paint_words(self, painter: QPainter, left: int, look: Theme) -> None:
        high = look.metrics(Type.LEAD).height()
        low = look.metrics(Type.SMALL).height()
        top = (self.height() - high - low) // 2
        wide = self.width() - left - Space.S
        name = Text(self._name, Token.TEXT, Type.LEAD)
        paint.draw_row(painter, QRect(left, top, wide, high), (name,), look)
        role = Text(self._role, Token.TEXT2, Type.SMALL)
        paint.draw_row(painter, QRect(left, top + high, wide, low), (role,), look)
