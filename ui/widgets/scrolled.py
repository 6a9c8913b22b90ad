"""Areas that are scrolled up and down where they are too low, and that follow the keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)

from ui.theme import Size, theme

_CARET = Qt.InputMethodQuery.ImCursorRectangle


class Scrolled(QScrollArea):
    """`inside` at the width there is, scrolled up and down where it is higher.

    It takes no focus and is never scrolled sideways. What has the keyboard inside stays in view,
    also while it grows or is typed into; not where a press of the mouse gave it the keyboard (a
    page that moved under the pointer would take the click away), nor once a person has scrolled.
    """

    def __init__(self, inside: QWidget | None = None, parent: QWidget | None = None) -> None:
        """`inside` may also come later, by `setWidget`."""
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sideways = self.horizontalScrollBar()
        sideways.valueChanged.connect(lambda _at: sideways.setValue(0))
        self.verticalScrollBar().actionTriggered.connect(lambda _action: _follower().let_go())
        _follower()
        if inside is not None:
            self.setWidget(inside)

    def sizeHint(self) -> QSize:
        """No higher than it must be: layouts whose words wrap take what is liked for the least."""
        return QSize(super().sizeHint().width(), self.minimumSizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is inside has another size, or a bar comes or goes with the room there is."""
        handled = super().eventFilter(watched, event)
        if event.type() is QEvent.Type.Resize:
            _follower().look_again()
        return handled

    def bring_into_view(self, part: QRect, *, around: bool = True) -> None:
        """Scroll as little as shows this part of what is inside, with some room around it.

        Going up, all that stands above it is shown where there is room for that as well.
        """
        bar, room = self.verticalScrollBar(), self.viewport().height()
        edge = max(0, min(theme().px(Size.FIELD), (room - part.height()) // 2)) if around else 0
        top, bottom = part.top() - edge, part.bottom() + 1 + edge
        value = bar.value()
        if bottom > value + room:
            value = bottom - room
        if top < value:
            value = 0 if bottom <= room else top
        bar.setValue(value)


class _Follower(QObject):
    """Keeps what has the keyboard in view, in the innermost area first; one for the program."""

    def __init__(self, program: QApplication) -> None:
        super().__init__(program)
        self._held: QWidget | None = None
        """What it follows; None where a hand moved the page since."""
        self._last: QWidget | None = None
        """What had the keyboard last, in whatever window."""
        self._caret: object = None
        """Where it was written last, in the widget's own pixels."""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._follow)
        program.focusChanged.connect(self._moved)
        QGuiApplication.inputMethod().cursorRectangleChanged.connect(self._typed)

    def _moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if now is None or (old is None and now is self._last):
            return  # another window, or back from one
        self._held = self._last = now
        self._caret = now.inputMethodQuery(_CARET)
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._held = None
        self.look_again()

    def _typed(self) -> None:
        """The caret is elsewhere; Qt tells of it as well where only the page has moved."""
        held = QApplication.focusWidget()
        caret = None if held is None else held.inputMethodQuery(_CARET)
        if caret != self._caret:
            self._held, self._caret = held, caret
            self.look_again()

    def let_go(self) -> None:
        """A person scrolls."""
        held, self._held = QApplication.focusWidget(), None
        self._caret = None if held is None else held.inputMethodQuery(_CARET)

    def look_again(self) -> None:
        """Once what is laid out anew stands where it will."""
        if self._held is not None:
            self._timer.start(0)

    def _follow(self) -> None:
        held = self._held
        if held is None or held is not QApplication.focusWidget():
            return
        for area, inside in _areas(held):
            part = _part(held, area.viewport().height()).translated(held.mapTo(inside, QPoint()))
            area.bring_into_view(part, around=not isinstance(held, QScrollArea))


def _areas(widget: QWidget) -> Iterator[tuple[Scrolled, QWidget]]:
    """Those it stands in with what is inside each, the innermost first."""
    above = widget.parentWidget()
    while above is not None:
        inside = above.widget() if isinstance(above, Scrolled) else None
        if isinstance(above, Scrolled) and inside is not None:
            yield above, inside
        above = above.parentWidget()


def _part(widget: QWidget, room: int) -> QRect:
    """What must be seen of it: a list's row, where one writes, a thread's beginning, else all."""
    if isinstance(widget, QAbstractItemView):
        row = widget.visualRect(widget.currentIndex())
        return row.translated(widget.viewport().mapTo(widget, QPoint()))
    if widget.height() <= room and not isinstance(widget, QScrollArea):
        return widget.rect()
    written = widget.inputMethodQuery(_CARET)
    begins = QRect(0, 0, widget.width(), theme().px(Size.LINE_BODY))
    return cast("QRect", written) if isinstance(widget, QPlainTextEdit) else begins


def _follower() -> _Follower:
    program = cast("QApplication", QApplication.instance())
    found = program.findChild(_Follower)
    return found if found is not None else _Follower(program)
