"""A list beside what is looked at: how they share the window, and the buttons below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QSplitter, QWidget

from ui.theme import VERY_NARROW_BELOW, Space, Token, theme
from ui.views.field_forms import FormArea, TicketForm
from ui.widgets.buttons import Button
from ui.widgets.surfaces import Surface, column
from ui.widgets.view_head import ActionFoot

_SHARES = (355, 855)
"""How list and detail share the width at first."""


class TwoRowFoot(Surface):
    """One row of buttons where they fit, else the seldom ones in a row of their own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Token.SURFACE, parent)
        self._seldom: tuple[Button, ...] = ()
        self._often: tuple[Button, ...] = ()
        self._more, self._foot = ActionFoot(self), ActionFoot(self)
        body = column(self)
        body.addWidget(self._more)
        body.addWidget(self._foot)

    def set_buttons(self, seldom: Sequence[Button], often: Sequence[Button]) -> None:
        """Left the seldom ones, right the others."""
        self._seldom, self._often = tuple(seldom), tuple(often)
        for button in seldom:
            self._more.add_left(button)
        for button in often:
            self._foot.add_right(button)

    def share(self) -> None:
        """Give the rows their buttons, by the width there is."""
        shown = [one for one in (*self._seldom, *self._often) if not one.isHidden()]
        needed = sum(one.sizeHint().width() + Space.S for one in shown) + 2 * Space.XL
        fits = needed <= self.width()
        foot = self._foot if fits else self._more
        for button in self._seldom:
            if button.parentWidget() is not foot:
                foot.add_left(button)
        self._more.setVisible(not fits)


class ListAndDetail(QSplitter):
    """Beside each other; very narrow the list stands above, and there an open form stands alone."""

    def __init__(
        self,
        left: QWidget,
        detail: QWidget,
        foot: TwoRowFoot,
        forms: Sequence[TicketForm],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._left, self._detail, self._foot = left, detail, foot
        right = Surface(Token.SURFACE)
        self._forms = FormArea(forms, right)
        body = column(right)
        detail.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        body.addWidget(self._forms)
        body.addWidget(detail, 1)
        body.addWidget(foot)
        self.setChildrenCollapsible(False)
        self.setFocusProxy(left)
        self.addWidget(left)
        self.addWidget(right)
        self.setStretchFactor(1, 1)
        self.setSizes([*_SHARES])
        self._forms.turned.connect(self.make_room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.window().width() / theme().effective_factor < VERY_NARROW_BELOW
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if way is not self.orientation():
            self.setOrientation(way)
            self.setSizes([*_SHARES])
        self.make_room()

    def make_room(self) -> None:
        """Where height is scarce, an open form stands alone."""
        scarce = self.orientation() is Qt.Orientation.Vertical
        alone = scarce and self._forms.form_open is not None
        for part in (self._left, self._foot, self._detail):
            part.setHidden(alone)
        if not alone:
            self._foot.share()
