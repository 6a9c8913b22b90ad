"""Tables and lists whose rows are parts: ground, bar, ring, folding groups, all by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from ui import icons
from ui.delegates import paint
from ui.delegates.parts import RowKind
from ui.delegates.rows import Index, PartsDelegate, key_of, kind_of, parts_of
from ui.theme import Radius, Size, Space, Token, theme

_CHOOSE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PartsTable(QTreeView):
    """A table over a flat model that answers `Role.PARTS`; group rows are painted across.

    `chosen` and `current_changed` carry an index of column 0; `group_toggled` asks the model's
    owner to fold or unfold, since the model decides which rows there are.
    """

    chosen = Signal(QModelIndex)
    """Enter or a double click on a row."""
    current_moved = Signal(QModelIndex)
    group_toggled = Signal(QModelIndex)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """`name` is what a screen reader says of the table."""
        super().__init__(parent)
        self._delegate = PartsDelegate(self)
        self._hover = QPersistentModelIndex()
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRootIsDecorated(False)
        self.setItemsExpandable(False)
        self.setIndentation(0)
        self.setMouseTracking(True)
        self.setAllColumnsShowFocus(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerItem)
        self.setTabKeyNavigation(False)
        header = self.header()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        self.doubleClicked.connect(self._choose)

    @property
    def current_key(self) -> object:
        """What the current row stands for (`Role.KEY`), None without one."""
        return key_of(self.currentIndex())

    def current_row(self) -> int:
        """The row number of the current row, -1 without one."""
        return self.currentIndex().row() if self.currentIndex().isValid() else -1

    # --- keyboard and mouse -----------------------------------------------------------------

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.viewport().update()
        self.current_moved.emit(current.sibling(current.row(), 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._show_ring(shown=True)
        index = self.currentIndex()
        if event.key() in _CHOOSE and not event.modifiers() and index.isValid():
            self._choose(index)
            return
        if index.isValid() and self._folds(event.key(), kind_of(index)):
            self.group_toggled.emit(index.sibling(index.row(), 0))
            return
        super().keyPressEvent(event)

    def _folds(self, key: int, kind: RowKind) -> bool:
        match kind:
            case RowKind.GROUP:
                return key in (Qt.Key.Key_Left, Qt.Key.Key_Space)
            case RowKind.GROUP_CLOSED:
                return key in (Qt.Key.Key_Right, Qt.Key.Key_Space)
            case _:
                return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._show_ring(shown=False)
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and kind_of(index).is_group:
            self.group_toggled.emit(index.sibling(index.row(), 0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover_over(self.indexAt(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover_over(QModelIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._show_ring(shown=event.reason() is not Qt.FocusReason.MouseFocusReason)
        if not self.currentIndex().isValid() and self.model() is not None:
            self.setCurrentIndex(self.model().index(0, 0))

    def _hover_over(self, index: QModelIndex) -> None:
        if index.row() != self._hover.row():
            self._hover = QPersistentModelIndex(index)
            self.viewport().update()

    def _show_ring(self, *, shown: bool) -> None:
        self._delegate.shows_keyboard_focus = shown
        self.viewport().update()

    def _choose(self, index: QModelIndex) -> None:
        first = index.sibling(index.row(), 0)
        if kind_of(first).is_group:
            self.group_toggled.emit(first)
        elif kind_of(first) is not RowKind.HEAD:
            self.chosen.emit(first)

    # --- painting ---------------------------------------------------------------------------

    def drawRow(
        self,
        painter: QPainter,
        options: QStyleOptionViewItem,
        index: Index,
    ) -> None:
        look, kind = theme(), kind_of(index)
        row = QRect(0, options.rect.top(), self.viewport().width(), options.rect.height())
        if kind.is_group:
            painter.fillRect(row, look.colour(Token.PANEL))
        first = index.sibling(index.row(), 0)
        selected = self.selectionModel().isSelected(first)
        paint.ground(
            painter, row, look, selected=selected,
            hover=index.row() == self._hover.row(), focused=self.hasFocus(),
        )  # fmt: skip
        if kind.is_group:
            self._draw_group(painter, row, first)
        else:
            self._draw_cells(painter, row, index)
        paint.under_line(painter, row, Token.HAIR if kind.is_group else Token.ROW, look)
        rings = self._delegate.shows_keyboard_focus and self.hasFocus()
        if rings and index.row() == self.currentIndex().row():
            paint.ring(painter, row.adjusted(1, 1, -1, -1), Radius.TAG, look)

    def _draw_cells(self, painter: QPainter, row: QRect, index: Index) -> None:
        """Cell by cell: the style's own row would lay its selection under the parts."""
        header = self.header()
        for column in range(header.count()):
            wide = header.sectionSize(column)
            if wide and not header.isSectionHidden(column):
                left = header.sectionViewportPosition(column)
                cell = QRect(left, row.top(), wide, row.height())
                self._delegate.paint_cell(painter, cell, index.sibling(index.row(), column))

    def _draw_group(self, painter: QPainter, row: QRect, index: QModelIndex) -> None:
        look = theme()
        side = look.px(Size.ICON_ROW)
        caret = QRect(Space.L, row.top(), side, row.height())
        closed = kind_of(index) is RowKind.GROUP_CLOSED
        icons.draw(painter, caret, "caret-right" if closed else "caret-down", Token.MUTED)
        rest = row.adjusted(Space.L + side + Space.ICON, 0, -Space.S, 0)
        paint.draw_parts(painter, rest, parts_of(index), look)


class PartsList(QListView):
    """A list of one-column rows made of parts; the delegate paints ground and ring."""

    chosen = Signal(QModelIndex)
    """Enter or a click on a row."""

    def __init__(
        self, name: str, parent: QWidget | None = None, *, lines: bool = True, led: bool = False
    ) -> None:
        """`led` is for a list under an edit that moves its row and keeps the focus."""
        super().__init__(parent)
        self._delegate = PartsDelegate(self, whole_row=True, lines=lines, led=led)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.clicked.connect(self._choose)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._delegate.shows_keyboard_focus = True
        if event.key() in _CHOOSE and self.currentIndex().isValid():
            self._choose(self.currentIndex())
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._delegate.shows_keyboard_focus = False
        super().mousePressEvent(event)

    def move_by(self, step: int) -> None:
        """Move the current row over rows that can be chosen; stops at the ends."""
        model = self.model()
        at = self.currentIndex().row() + step
        while 0 <= at < model.rowCount():
            index = model.index(at, 0)
            if index.flags() & Qt.ItemFlag.ItemIsSelectable:
                self.setCurrentIndex(index)
                return
            at += step

    def choose_current(self) -> bool:
        """Choose the current row as Enter does; false when there is none."""
        index = self.currentIndex()
        if not index.isValid():
            return False
        self._choose(index)
        return True

    def content_height(self) -> int:
        """The height of all rows together."""
        model = self.model()
        return sum(self.sizeHintForRow(at) for at in range(model.rowCount()))

    def _choose(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsSelectable:
            self.chosen.emit(index)
