"""Heads and feet of views: a title with a note and actions, an action foot below."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.text import ElidedLabel
from ui.theme import Size, Space, Token, Type, theme
from ui.widgets.flow import Flow
from ui.widgets.surfaces import Surface, line


class ViewHead(Surface):
    """Title 18/600, a note beside it, actions at the right."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(Token.SURFACE, parent)
        self._title = ElidedLabel(title, self, step=Type.VIEW)
        self._note = ElidedLabel("", self, ink=Token.TEXT2, tabular=True)
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = line(self, gap=Space.S)
        self._row.setContentsMargins(Space.L, 0, Space.L, 0)
        self._row.addWidget(self._title)
        self._row.addSpacing(Space.S)
        self._row.addWidget(self._note, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_title(self, title: str, note: str = "") -> None:
        self._title.setText(title)
        self._note.setText(note)

    def set_note(self, note: str) -> None:
        self._note.setText(note)

    def add_action(self, widget: QWidget) -> None:
        """A button at the right end."""
        self._row.addWidget(widget)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().px(Size.VIEW_HEAD))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())


class ActionFoot(Surface):
    """A bar of actions below a view: remarks from the left, buttons at the right.

    What does not fit beside the others stands below.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        ground: Token = Token.SURFACE,
        height: Size = Size.ACTION_FOOT,
    ) -> None:
        super().__init__(ground, parent, line_above=True)
        self._high = height
        side = Space.XL if height is Size.ACTION_FOOT else Space.M
        self._row = Flow(self)
        self._row.setContentsMargins(side, Space.S, side, Space.S)
        self._lefts = 0
        self._row.add_stretch()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add_left(self, widget: QWidget) -> None:
        self._row.add(widget, at=self._lefts)
        self._lefts += 1

    def add_right(self, widget: QWidget) -> None:
        self._row.add(widget)

    def heightForWidth(self, width: int) -> int:
        return max(super().heightForWidth(width), theme().px(self._high))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A splitter asks for the least height alone, not for that of a width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), theme().px(self._high)))

    def minimumSizeHint(self) -> QSize:
        least = super().minimumSizeHint().width()
        return QSize(least, self.heightForWidth(max(least, self.width())))
