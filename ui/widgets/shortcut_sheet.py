"""The sheet of shortcuts (F1): every action with its keys, by group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.delegates.parts import Keys, Spring, Text
from ui.text import ElidedLabel
from ui.theme import Size, Space, Token, Type, theme
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.marks import PartsLabel
from ui.widgets.overlay import Overlay
from ui.widgets.scrolled import Scrolled
from ui.widgets.surfaces import Hairline, column, line
from ui.wording import wording

_COLUMNS = 2


@dataclass(frozen=True, slots=True)
class ShortcutGroup:
    """A group of actions: pairs of what it does and its keys."""

    title: str
    rows: tuple[tuple[str, str], ...]


class ShortcutSheet(Overlay):
    """Two columns of groups that scroll; Escape closes."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        head = line(gap=Space.S)
        head.setContentsMargins(Space.XL, Space.M, Space.L, Space.M)
        head.addWidget(ElidedLabel(wording.shortcuts(), self.panel, step=Type.VIEW), 1)
        self._close = Button(
            wording.close(), self.panel, kind=ButtonKind.QUIET, keys="Esc", height=Size.BUTTON_LINE
        )
        self._close.clicked.connect(self.close_overlay)
        head.addWidget(self._close)
        self._inside = QWidget()
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(Space.XL, Space.M, Space.XL, Space.L)
        self._grid.setHorizontalSpacing(Space.XL)
        self._grid.setVerticalSpacing(Space.L)
        self._scroll = Scrolled(self._inside, self.panel)
        self._inside.setAutoFillBackground(False)
        self.body.addLayout(head)
        self.body.addWidget(Hairline(self.panel))
        self.body.addWidget(self._scroll, 1)

    def show_groups(self, groups: Sequence[ShortcutGroup]) -> None:
        """Show these groups; the registry of actions is where they come from."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for at, group in enumerate(groups):
            block = self._block(group)
            top = Qt.AlignmentFlag.AlignTop
            self._grid.addWidget(block, at // _COLUMNS, at % _COLUMNS, top)

    def _block(self, group: ShortcutGroup) -> QWidget:
        block = QWidget(self._inside)
        body = column(block, gap=Space.S)
        body.addWidget(ElidedLabel(group.title, block, step=Type.HEAD, ink=Token.TEXT2))
        for does, keys in group.rows:
            body.addWidget(PartsLabel((Text(does), Spring(), Keys(keys)), block).stretching())
        return block

    def focus_first(self) -> None:
        self._close.setFocus(Qt.FocusReason.PopupFocusReason)

    def panel_height(self, width: int) -> int:
        head = theme().px(Size.VIEW_HEAD)
        return head + self._inside.sizeHint().height() + Space.L

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._scroll.verticalScrollBar()
        step = {
            Qt.Key.Key_Down: bar.singleStep(), Qt.Key.Key_Up: -bar.singleStep(),
            Qt.Key.Key_PageDown: bar.pageStep(), Qt.Key.Key_PageUp: -bar.pageStep(),
        }.get(Qt.Key(event.key()))  # fmt: skip
        if step is not None:
            bar.setValue(bar.value() + step)
            return
        super().keyPressEvent(event)
