"""Messages in the layout: the outage line and inline messages near their cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPropertyAnimation, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from ui import icons
from ui.delegates import paint
from ui.text import WrappedLabel, one_line
from ui.theme import GROW_MS, Radius, Size, Space, State, Token, Type, theme
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.marks import KeyHint
from ui.widgets.surfaces import line, reveal


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say something that appeared without taking the focus."""
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


@dataclass(frozen=True, slots=True)
class MessageAction:
    """A link or button at the right end; `key` comes back in `Message.acted`."""

    key: str
    text: str
    keys: str = ""
    kind: ButtonKind = ButtonKind.LINK


class IconMark(QWidget):
    """A glyph of its own, for heads and messages."""

    def __init__(
        self,
        name: str,
        ink: Token,
        parent: QWidget | None = None,
        *,
        size: Size = Size.ICON,
    ) -> None:
        super().__init__(parent)
        self._name, self._ink, self._size = name, ink, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, name: str, ink: Token) -> None:
        self._name, self._ink = name, ink
        self.update()

    def sizeHint(self) -> QSize:
        side = theme().px(self._size)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        icons.draw(painter, self.rect(), self._name, self._ink)
        painter.end()


class Message(QWidget):
    """One sentence of fact, what works, and at most two actions; never moves the focus.

    With `full_width` it is the outage line. `show_message` grows it into the layout and
    announces it once; the same words again are not announced again.
    """

    acted = Signal(str)
    """The key of the action that was chosen."""

    def __init__(
        self,
        state: State = State.NEU,
        icon: str = "info",
        parent: QWidget | None = None,
        *,
        full_width: bool = False,
    ) -> None:
        super().__init__(parent)
        self._state, self._full_width = state, full_width
        self._announced = ""
        self._unsaid = ""
        self._growth = QPropertyAnimation(self, b"maximumHeight", self)
        self._growth.finished.connect(self._release_height)
        self._icon = IconMark(icon, state.ink, self, size=Size.ICON_MESSAGE)
        self._words = WrappedLabel("", self)
        self._words.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._row = line(self, gap=Space.M)
        self._actions = line(gap=Space.L if full_width else Space.S)
        self._lay_out()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()

    def _lay_out(self) -> None:
        side = Space.L if self._full_width else Space.M
        self._row.setContentsMargins(side, Space.ICON, side, Space.ICON)
        said = line(gap=Space.M)
        said.addWidget(self._icon)
        said.addWidget(self._words, 1)
        self._row.addLayout(said, 1)
        self._row.addLayout(self._actions)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where the actions would take half the width they go under the words."""
        super().resizeEvent(event)
        below = self._actions.sizeHint().width() > self.width() // 2
        way = QBoxLayout.Direction
        self._row.setDirection(way.TopToBottom if below else way.LeftToRight)

    def show_message(
        self,
        fact: str,
        more: str = "",
        actions: Sequence[MessageAction] = (),
        *,
        state: State | None = None,
        icon: str = "",
        steady: bool = False,
    ) -> None:
        """Say this; the message takes its place in the layout.

        While a `steady` one stands, only another fact is announced again: what follows the fact
        may count on.
        """
        if state is not None:
            self._state = state
        if icon:
            self._icon.set_icon(icon, self._state.ink)
        self._words.set_passage(one_line(more), one_line(fact))
        self._set_actions(actions)
        if self.isHidden():
            self._grow()
        said = f"{fact} {more}".strip()
        known = fact if steady else said
        if known != self._announced:
            self._announced = known
            self._unsaid = said
            self._announce_if_seen()
        self.update()

    def _announce_if_seen(self) -> None:
        """What a page says that is not in front is announced when it comes there."""
        if self._unsaid and self._on_screen():
            announce(self, self._unsaid)
            self._unsaid = ""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._announce_if_seen()

    def words(self) -> str:
        """What it says now."""
        return self._words.text()

    def clear(self) -> None:
        """Take the message out of the layout."""
        self._announced = self._unsaid = ""
        self._growth.stop()
        self.hide()

    def _set_actions(self, actions: Sequence[MessageAction]) -> None:
        while (item := self._actions.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for action in actions:
            self._actions.addWidget(self._button(action))
            if action.kind is ButtonKind.LINK and action.keys:
                self._actions.addWidget(KeyHint(action.keys, self))
                self._actions.addSpacing(Space.S)
        self._actions.addStretch(0)

    def _button(self, action: MessageAction) -> Button:
        link = action.kind is ButtonKind.LINK
        button = Button(action.text, self, kind=action.kind, height=Size.BUTTON_LINE)
        if link and action.keys:
            button.setAccessibleDescription(action.keys)
        elif action.keys:
            button.set_keys(action.keys)
        button.clicked.connect(lambda: self.acted.emit(action.key))
        return button

    def _grow(self) -> None:
        length = theme().motion(GROW_MS)
        self.setMaximumHeight(0 if length and self._on_screen() else self._no_limit())
        reveal(self, shown=True)
        if length and self._on_screen():
            self._growth.setDuration(length)
            self._growth.setStartValue(0)
            self._growth.setEndValue(max(self.sizeHint().height(), theme().px(Size.OUTAGE_LINE)))
            self._growth.start()

    def _on_screen(self) -> bool:
        parent = self.parentWidget()
        return parent is not None and parent.isVisible()

    def _no_limit(self) -> int:
        return (1 << 24) - 1

    def _release_height(self) -> None:
        self.setMaximumHeight(self._no_limit())

    def minimumSizeHint(self) -> QSize:
        return QSize(0, max(super().minimumSizeHint().height(), theme().px(Size.OUTAGE_LINE)))

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), theme().px(Size.OUTAGE_LINE)))

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        tint = look.colour(self._state.tint)
        if self._full_width:
            painter.fillRect(self.rect(), tint)
        else:
            paint.rounded(painter, self.rect(), Radius.CONTROL, ground=tint)
        painter.end()


class Hint(QWidget):
    """A small line under what it explains: icon and words, error or information."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconMark("info", Token.MUTED, self, size=Size.DETAIL)
        self._words = WrappedLabel("", self, step=Type.SMALL, ink=Token.TEXT2)
        row = line(self, gap=Space.ICON)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def say(self, text: str, *, wrong: bool = False) -> None:
        """Show a text; an empty one hides the line."""
        self._icon.set_icon(
            "warning-circle" if wrong else "info", Token.BAD if wrong else (Token.MUTED)
        )
        self._words.set_ink(Token.BAD if wrong else Token.TEXT2)
        self._words.set_passage(text)
        self.setVisible(bool(text))
