"""The empty state: why there is nothing here, and the one thing to do about it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.delegates import paint
from ui.delegates.parts import Part
from ui.text import WrappedLabel
from ui.theme import Radius, Size, Space, Token, Type, theme
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.marks import PartsLabel
from ui.widgets.message import IconMark
from ui.widgets.surfaces import column

_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class EmptyState(QWidget):
    """Icon, one sentence with the reason, one line, at most one action, in the middle."""

    acted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconMark("tray", Token.MUTED, self, size=Size.ICON_EMPTY)
        # In a column of their own: an aligned item of a layout gets the height that its text has
        # over the whole width.
        self._words = QWidget(self)
        self._reason = self._passage(Type.GROUP, Token.TEXT)
        self._more = self._passage(Type.BODY, Token.TEXT2)
        self._parts = PartsLabel((), self)
        self._action = Button("", self)
        self._action.clicked.connect(self.acted)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        body = column(self, gap=Space.S)
        body.addStretch(1)
        body.addWidget(self._icon, 0, _MIDDLE)
        body.addLayout(self._narrow())
        body.addWidget(self._parts, 0, _MIDDLE)
        body.addSpacing(Space.S)
        body.addWidget(self._action, 0, _MIDDLE)
        body.addStretch(1)

    def _narrow(self) -> QHBoxLayout:
        """Reason and line below each other, in the middle."""
        words = column(self._words, gap=Space.S)
        words.addWidget(self._reason)
        words.addWidget(self._more)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._words)
        middle.addStretch(1)
        return middle

    def _passage(self, step: Type, ink: Token) -> WrappedLabel:
        label = WrappedLabel("", self._words, step=step, ink=ink)
        label.setAlignment(_MIDDLE | Qt.AlignmentFlag.AlignTop)
        return label

    def explain(
        self,
        icon: str,
        reason: str,
        more: str = "",
        *,
        action: str = "",
        keys: str = "",
        primary: bool = False,
        parts: Sequence[Part] = (),
    ) -> None:
        """Say why; without an action there is no button. `parts` may show a filter's words."""
        self._icon.set_icon(icon, Token.MUTED)
        self._reason.set_passage(reason)
        self._more.set_passage(more)
        self._words.setFixedWidth(theme().px(Size.EMPTY_TEXT))
        self._more.setVisible(bool(more))
        self._parts.set_parts(parts)
        self._parts.setVisible(bool(parts))
        here = self.hasFocus() or self._action.hasFocus()
        self._action.setVisible(bool(action))
        self.setAccessibleName(f"{reason}. {more}" if more else reason)
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.NoFocus if action else policy.StrongFocus)
        if action:
            self._action.set_text(action)
            self._action.set_keys(keys)
            self._action.set_kind(ButtonKind.PRIMARY if primary else ButtonKind.PLAIN)
        if here:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """With an action the keyboard goes to it."""
        super().focusInEvent(event)
        if not self._action.isHidden():
            self._action.setFocus(event.reason())
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The keyboard is here where a list would be: the reason carries the ring."""
        if self.hasFocus():
            painter = QPainter(self)
            reason = self._reason.geometry().translated(self._words.pos())
            around = reason.adjusted(-Space.S, -Space.S, Space.S, Space.S)
            paint.ring(painter, around, Radius.CONTROL, theme())
            painter.end()
