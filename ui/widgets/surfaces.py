"""Grounds and hairlines: a widget that stands on a token, and a line between two others."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui.theme import Space, Token, theme


class Surface(QWidget):
    """A plain ground in a token's colour, with hairlines at the edges named."""

    def __init__(
        self,
        ground: Token = Token.SURFACE,
        parent: QWidget | None = None,
        *,
        line_above: bool = False,
        line_below: bool = False,
        line_left: bool = False,
        line_right: bool = False,
    ) -> None:
        super().__init__(parent)
        self._ground = ground
        self._lines = (line_above, line_below, line_left, line_right)

    def set_ground(self, ground: Token) -> None:
        self._ground = ground
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.fillRect(event.rect(), look.colour(self._ground))
        wide, high, hair = self.width(), self.height(), look.colour(Token.HAIR)
        edges = (
            (0, 0, wide, Space.HAIR),
            (0, high - Space.HAIR, wide, Space.HAIR),
            (0, 0, Space.HAIR, high),
            (wide - Space.HAIR, 0, Space.HAIR, high),
        )
        for drawn, edge in zip(self._lines, edges, strict=True):
            if drawn:
                painter.fillRect(*edge, hair)
        painter.end()


class Hairline(QWidget):
    """A line between sections, lying or standing."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        orientation: Qt.Orientation = Qt.Orientation.Horizontal,
        ink: Token = Token.HAIR,
    ) -> None:
        super().__init__(parent)
        self._ink = ink
        lying = orientation is Qt.Orientation.Horizontal
        fixed, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(wide if lying else fixed, fixed if lying else wide)

    def sizeHint(self) -> QSize:
        return QSize(Space.HAIR, Space.HAIR)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), theme().colour(self._ink))
        painter.end()


def reveal(widget: QWidget, *, shown: bool) -> None:
    """Show or hide a widget in its layout; one without a parent yet must not become a window."""
    if shown and widget.parentWidget() is None:
        widget.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, on=False)
    else:
        widget.setVisible(shown)


def turn_to(pages: QStackedWidget, at: int) -> None:
    """Show another page; a keyboard that was on the old one is on the new one afterwards."""
    focused = QApplication.focusWidget()
    here = focused is not None and pages.isAncestorOf(focused)
    pages.setCurrentIndex(at)
    shown = pages.currentWidget()
    if here and shown is not None:
        shown.setFocus(Qt.FocusReason.OtherFocusReason)


def column(parent: QWidget | None = None, *, gap: int = 0, edge: int = 0) -> QVBoxLayout:
    """A vertical layout with these distances."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    _space(layout, gap, edge)
    return layout


def line(parent: QWidget | None = None, *, gap: int = Space.S, edge: int = 0) -> QHBoxLayout:
    """A horizontal layout with these distances."""
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    _space(layout, gap, edge)
    return layout


def _space(layout: QBoxLayout, gap: int, edge: int) -> None:
    layout.setSpacing(gap)
    layout.setContentsMargins(edge, edge, edge, edge)
