"""The reference to read out: one large cell per character, the word to say underneath."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.text import PlainLabel
from ui.theme import Space, Theme, Token, Type, theme

Spoken = Sequence[tuple[str, str]]
"""Each character with its word; a hyphen has none."""


class ReferenceBoard(PlainLabel):
    """Read to a screen reader as the reference and then its words, one after the other."""

    def __init__(self, spoken: Spoken = (), parent: QWidget | None = None) -> None:
        super().__init__("", parent, step=Type.REFERENCE)
        self._spoken: tuple[tuple[str, str], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_spoken(spoken)

    def set_spoken(self, spoken: Spoken) -> None:
        self._spoken = tuple(spoken)
        words = " ".join(word for _, word in self._spoken if word)
        self.setText(f"{self.reference}: {words}" if self._spoken else "")
        self.updateGeometry()
        self.update()

    @property
    def reference(self) -> str:
        return "".join(character for character, _ in self._spoken)

    def _cells(self, look: Theme) -> list[int]:
        big = look.metrics(Type.REFERENCE, tabular=True)
        small = look.metrics(Type.LABEL)
        widest = big.horizontalAdvance("0")
        cells = []
        for character, word in self._spoken:
            glyph = (
                big.horizontalAdvance(character)
                if not word
                else max(widest, big.horizontalAdvance(character))
            )
            cells.append(max(glyph, small.horizontalAdvance(word)) + Space.M)
        return cells

    def sizeHint(self) -> QSize:
        look = theme()
        high = look.metrics(Type.REFERENCE).height() + look.metrics(Type.LABEL).height()
        return QSize(sum(self._cells(look)), high + Space.S)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        big, left = look.metrics(Type.REFERENCE).height(), -Space.ICON
        for (character, word), wide in zip(self._spoken, self._cells(look), strict=True):
            painter.setFont(look.font(Type.REFERENCE, tabular=True))
            painter.setPen(look.colour(Token.TEXT if word else Token.MUTED))
            centre = Qt.AlignmentFlag.AlignHCenter
            painter.drawText(
                QRect(left, 0, wide, big), centre | Qt.AlignmentFlag.AlignVCenter, character
            )
            painter.setFont(look.font(Type.LABEL))
            painter.setPen(look.colour(Token.TEXT2))
            below = QRect(left, big + Space.S, wide, self.height() - big - Space.S)
            painter.drawText(below, centre | Qt.AlignmentFlag.AlignTop, word)
            left += wide
        painter.end()
