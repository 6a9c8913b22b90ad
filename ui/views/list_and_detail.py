"""A list beside what is looked at: how they share the window."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QSplitter, QWidget

from ui.theme import VERY_NARROW_BELOW, Token, theme
from ui.views.field_forms import FormArea, TicketForm
from ui.widgets.surfaces import Surface, column
from ui.widgets.view_head import ActionFoot

_SHARES = (355, 855)
"""How list and detail share the width at first."""


class ListAndDetail(QSplitter):
    """Beside each other; very narrow the list stands above, and there an open form stands alone."""

    def __init__(
        self,
        left: QWidget,
        detail: QWidget,
        foot: ActionFoot,
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
        body.addStretch(0)  # an open form that stands alone begins at the top
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
