"""Heads and feet of views: a title with a note and actions, an action foot below."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.text import ElidedLabel
from ui.theme import Size, Space, Token, Type, theme
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
    """A bar of actions below a view: remarks from the left, buttons at the right."""

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        ground: Token = Token.SURFACE,
        height: Size = Size.ACTION_FOOT,
    ) -> None:
        super().__init__(ground, parent, line_above=True)
        self._high = height
        side = Space.XL if height is Size.ACTION_FOOT else Space.L
        self._left = line()
        self._right = line()
        row = line(self)
        row.setContentsMargins(side, Space.S, side, Space.S)
        row.addLayout(self._left)
        row.addStretch(1)
        row.addLayout(self._right)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def add_left(self, widget: QWidget) -> None:
        self._left.addWidget(widget)

    def add_right(self, widget: QWidget) -> None:
        self._right.addWidget(widget)

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        return QSize(hint.width(), max(hint.height(), theme().px(self._high)))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self.sizeHint().height())
