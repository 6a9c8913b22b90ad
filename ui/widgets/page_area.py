"""Pages of which one shows; where it has no room for what it says, it is scrolled."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.widgets.scrolled import Scrolled


class Pages(QStackedWidget):
    """A stack that needs the room of the page in front, not of its largest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(lambda _at: self.updateGeometry())

    def minimumSizeHint(self) -> QSize:
        """As narrow as may be: what does not fit is elided, never scrolled sideways."""
        return QSize(0, self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """The least height at which nothing of the page in front is cut."""
        page = self.currentWidget()
        if page is None:
            return 0
        layout = page.layout()
        if layout is None or not layout.hasHeightForWidth():
            return page.minimumSizeHint().height()
        return layout.minimumHeightForWidth(width)


class PageArea(Scrolled):
    """`pages` as high as the area, or as high as they need; another one is shown from its top."""

    def __init__(self, pages: Pages, parent: QWidget | None = None) -> None:
        super().__init__(pages, parent)
        pages.currentChanged.connect(lambda _at: self.verticalScrollBar().setValue(0))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


def room_of(page: QWidget) -> int:
    """How high a page may be and still be seen whole, in pixels."""
    above = page.parentWidget()
    while above is not None and not isinstance(above, PageArea):
        above = above.parentWidget()
    return page.height() if above is None else above.viewport().height()
