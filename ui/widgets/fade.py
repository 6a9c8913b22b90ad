"""Fading in without a graphics effect: what was there before is painted over, ever fainter."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, QVariantAnimation
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from ui.theme import FADE_MS, theme


class _Veil(QWidget):
    """A picture of what was there, going away; mouse and keys pass through."""

    def __init__(self, parent: QWidget, rect: QRect, before: QPixmap) -> None:
        super().__init__(parent)
        self._before, self._shown = before, 1.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setGeometry(rect)
        self._run = QVariantAnimation(self)
        self._run.setStartValue(1.0)
        self._run.setEndValue(0.0)
        self._run.setDuration(theme().motion(FADE_MS))
        self._run.valueChanged.connect(self._fainter)
        self._run.finished.connect(self.deleteLater)
        self.show()
        self.raise_()
        self._run.start()

    def _fainter(self, shown: object) -> None:
        self._shown = float(shown) if isinstance(shown, float) else 0.0
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setOpacity(self._shown)
        painter.drawPixmap(self.rect(), self._before)
        painter.end()


def fade_in(widget: QWidget) -> None:
    """Let a visible child widget appear over 120 ms; at once with reduced motion."""
    parent = widget.parentWidget()
    if parent is None or not parent.isVisible() or not theme().motion(FADE_MS):
        return
    widget.hide()
    before = parent.grab(widget.geometry())
    widget.show()
    widget.raise_()
    _Veil(parent, widget.geometry(), before)
