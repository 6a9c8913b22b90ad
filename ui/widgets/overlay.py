"""A panel over the whole window behind a scrim; not a dialog, so nothing waits for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QLayout, QVBoxLayout, QWidget

from ui.delegates import paint
from ui.theme import Radius, Size, Space, Theme, Token, theme
from ui.widgets.fade import fade_in
from ui.widgets.scrolled import Scrolled
from ui.widgets.surfaces import column

_SHADOW_STRENGTH = 3
"""Alpha of one of the rectangles the shadow is made of, of 255."""


class Panel(QWidget):
    """The raised ground of an overlay."""

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        paint.rounded(
            painter, self.rect(), Radius.PALETTE,
            ground=look.colour(Token.RAISED), border=look.colour(Token.LINE),
        )  # fmt: skip
        painter.end()


class _Held(QWidget):
    """As high as its text is at the width there is; what is too wide is cut by itself."""

    def minimumSizeHint(self) -> QSize:
        content = self.layout()
        flows = content is not None and content.hasHeightForWidth()
        return QSize(0, 0 if flows else super().minimumSizeHint().height())


class Overlay(QWidget):
    """Covers its window, keeps the focus inside while open and gives it back when closed.

    Escape and a click on the scrim close it.
    """

    closed = Signal()

    def __init__(self, window: QWidget, *, width: Size = Size.PALETTE) -> None:
        super().__init__(window)
        self._window, self._wide = window, width
        self._before: QWidget | None = None
        self.panel = Panel(self)
        self.body: QVBoxLayout = column(self.panel, edge=Space.HAIR)
        self._held: QWidget | None = None
        window.installEventFilter(self)
        self.hide()

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    def open(self) -> None:
        """Show over the window; the first widget of the panel takes the focus."""
        if self.is_open:
            return
        self._before = QApplication.focusWidget()
        self.setGeometry(self._window.rect())
        self.place()
        self.show()
        self.raise_()
        fade_in(self)
        self.focus_first()

    def close_overlay(self) -> None:
        """Close and give the focus back to where it was."""
        if not self.is_open:
            return
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def focus_first(self) -> None:
        """Give the focus to the first thing in the panel."""
        self.panel.setFocus(Qt.FocusReason.PopupFocusReason)

    def hold(self, content: QLayout) -> None:
        """All that is in the panel; scrolled where the window has no room for it."""
        self._held = _Held(self.panel)
        self._held.setLayout(content)
        self.body.addWidget(Scrolled(self._held, self.panel))

    def place(self) -> None:
        """Put the panel in the upper middle, never larger than the window."""
        wide = min(theme().px(self._wide), self.width() - 2 * Space.L)
        room = self.height() - 2 * Space.XL
        top = min(theme().px(Size.TOP_BAR) * 2, max(Space.XL, self.height() // 8))
        high = min(self.panel_height(wide), room)
        top = min(top, self.height() - high - Space.XL)
        self.panel.setGeometry((self.width() - wide) // 2, max(Space.XL, top), wide, high)

    def panel_height(self, width: int) -> int:
        """The height the panel wants at a width."""
        held, edge = self._held or self.panel, 0 if self._held is None else 2 * Space.HAIR
        wanted = held.sizeHint().height()
        content = held.layout()
        if content is not None and content.hasHeightForWidth():
            wanted = max(wanted, content.heightForWidth(width - edge))
        return wanted + edge

    # --- keys and mouse ---------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.close_overlay()
        event.accept()  # what the panel leaves is not the window's

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self.panel.geometry().contains(event.position().toPoint()):
            self.close_overlay()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 - Qt's own name
        """Tab stays inside the panel."""
        chain = [
            one
            for one in self.panel.findChildren(QWidget)
            if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.isVisible() and one.isEnabled()
        ]
        if not chain:
            return True
        at = next_index(chain, QApplication.focusWidget(), 1 if next else -1)
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        chain[at].setFocus(reason)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.is_open:
            self.setGeometry(self._window.rect())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.place()

    # --- painting ---------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), look.colour(Token.SCRIM))
        _draw_shadow(painter, self.panel.geometry(), look)
        painter.end()


def next_index(chain: list[QWidget], current: QWidget | None, step: int) -> int:
    """Where the focus goes in a closed chain."""
    at = next((n for n, one in enumerate(chain) if one is current), -1 if step > 0 else 0)
    return (at + step) % len(chain)


def _draw_shadow(painter: QPainter, box: QRect, look: Theme) -> None:
    shade = QColor(Qt.GlobalColor.black)
    shade.setAlpha(_SHADOW_STRENGTH)
    reach = look.px(Size.SHADOW)
    for spread in range(reach):
        wider = box.adjusted(-spread, Space.XS - spread, spread, Space.XS + spread)
        paint.rounded(painter, wider, Radius.PALETTE + spread, ground=shade)
