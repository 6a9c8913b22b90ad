"""The toast: Undo for a moment, counted down in words, and nothing else."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.delegates import paint
from ui.text import ElidedLabel
from ui.theme import Radius, Size, Space, Token, Type, theme
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.fade import fade_in
from ui.widgets.marks import KeyHint
from ui.widgets.message import IconMark, announce
from ui.widgets.surfaces import line
from ui.wording import wording

UNDO_SECONDS = 8
_TICK_MS = 1_000
_UNDO_KEYS = "Ctrl+Z"


class Toast(QWidget):
    """Sits bottom left of the widget it is given, above it, and goes by itself.

    `undone` is sent once when a person takes the action back, `expired` when the time is over
    or another toast takes the place.
    """

    undone = Signal()
    expired = Signal()

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self._over = over
        self._left = 0
        self._lift = 0
        self._words = ElidedLabel("", self, step=Type.LEAD)
        self._undo = Button(wording.undo(), self, kind=ButtonKind.LINK, height=Size.BUTTON_LINE)
        self._undo.setAccessibleDescription(wording.key_sentence(_UNDO_KEYS))
        self._undo.clicked.connect(self.undo)
        self._count = ElidedLabel("", self, step=Type.SMALL, ink=Token.TEXT2, tabular=True)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        row = line(self, gap=Space.S)
        row.setContentsMargins(Space.L, Space.XS, Space.L, Space.XS)
        row.addWidget(IconMark("check", Token.OK, self))
        row.addWidget(self._words, 1)
        row.addSpacing(Space.L)
        row.addWidget(self._undo)
        row.addWidget(KeyHint(_UNDO_KEYS, self))
        row.addWidget(self._count)
        over.installEventFilter(self)
        self.hide()

    @property
    def showing(self) -> bool:
        return self._left > 0

    def offer(self, done: str, seconds: int = UNDO_SECONDS) -> None:
        """Say what was done and offer to take it back for a while."""
        if self.showing:
            self.expire()
        self._left = seconds
        self._words.setText(done)
        self._undo.set_text(wording.undo())
        self._show_count()
        self._place()
        self.show()
        self.raise_()
        fade_in(self)
        announce(self, f"{done}. {wording.undo()}: {wording.key_sentence(_UNDO_KEYS)}")
        self._timer.start()

    def set_lift(self, lift: int) -> None:
        """Pixels above the bottom that belong to a foot, which the toast must not cover."""
        self._lift = lift
        if self.isVisible():
            self._place()

    def undo(self) -> None:
        """Take the action back; for the button and for Ctrl+Z."""
        if self.showing:
            self._end()
            self.undone.emit()

    def expire(self) -> None:
        """Let the offer go now."""
        if self.showing:
            self._end()
            self.expired.emit()

    def _end(self) -> None:
        self._left = 0
        self._timer.stop()
        self.hide()

    def _tick(self) -> None:
        if self._left <= 1:
            self.expire()
            return
        self._left -= 1
        self._show_count()

    def _show_count(self) -> None:
        self._count.setText(wording.seconds(self._left))

    def _place(self) -> None:
        over = self._over
        wanted = self.sizeHint()
        wide = min(wanted.width(), over.width() - 2 * Space.XL)
        self.setGeometry(
            Space.XL,
            over.height() - wanted.height() - Space.L - max(self._lift, Space.S),
            wide,
            wanted.height(),
        )

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, theme().px(Size.OUTAGE_LINE)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.transparent)
        paint.rounded(
            painter, self.rect(), Radius.CARD,
            ground=look.colour(Token.RAISED), border=look.colour(Token.LINE),
        )  # fmt: skip
        painter.end()
