"""Pages of which one shows; where it has no room for what it says, it is scrolled."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QLayout,
    QLayoutItem,
    QStackedLayout,
    QStackedWidget,
    QWidget,
)

from ui.widgets.scrolled import Scrolled

_DOWN = (QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.BottomToTop)


class Pages(QStackedWidget):
    """A stack that needs the room of the page in front, not of its largest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.currentChanged.connect(lambda _at: self.updateGeometry())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What stands beside something else has its new width only now."""
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self.updateGeometry)

    def minimumSizeHint(self) -> QSize:
        """As narrow as may be: what does not fit is elided, never scrolled sideways."""
        return QSize(0, self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """The least height at which nothing of the page in front is cut."""
        page = self.currentWidget()
        return 0 if page is None else _of_widget(page, width)


def _of_widget(widget: QWidget, width: int) -> int:
    """The least height; what scrolls by itself needs little, whatever it would like to have.

    Qt's own layouts take what it would like for the least, where anything in it is wrapped.
    """
    layout = widget.layout()
    if layout is not None:
        needed = _of_layout(layout, width)
    elif widget.hasHeightForWidth():
        needed = widget.heightForWidth(width)
    else:
        needed = 0
    return max(needed, widget.minimumSizeHint().height(), widget.minimumHeight())


def _of_layout(layout: QLayout, width: int) -> int:
    if isinstance(layout, QStackedLayout):
        shown = layout.currentWidget()
        return 0 if shown is None else _of_widget(shown, width)
    edges = layout.contentsMargins()
    around = edges.top() + edges.bottom()
    if not isinstance(layout, QBoxLayout):
        flows = layout.hasHeightForWidth()
        return layout.heightForWidth(width) if flows else layout.minimumSize().height()
    found = (layout.itemAt(at) for at in range(layout.count()))
    items = [one for one in found if one is not None and not (one.widget() and one.isEmpty())]
    if layout.direction() in _DOWN:
        inside = width - edges.left() - edges.right()
        gaps = layout.spacing() * max(0, sum(one.spacerItem() is None for one in items) - 1)
        return around + gaps + sum(_of_item(one, inside) for one in items)
    return around + max((_of_item(one, _width(one)) for one in items), default=0)


def _of_item(item: QLayoutItem, width: int) -> int:
    widget, layout = item.widget(), item.layout()
    if widget is not None:
        return _of_widget(widget, width)
    return item.minimumSize().height() if layout is None else _of_layout(layout, width)


def _width(item: QLayoutItem) -> int:
    """As it was laid out last; at first as it would like to be."""
    return item.geometry().width() or item.sizeHint().width()


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
