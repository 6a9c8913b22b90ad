"""The delegate that paints every row from its parts, and a model that holds such rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.domain.visible import visible
from ui.delegates import paint
from ui.delegates.parts import Break, Icon, Part, Role, RowKind, Spring, Text, sentence
from ui.text import tooltip
from ui.theme import Radius, Size, Space, Theme, Token, theme

Index = QModelIndex | QPersistentModelIndex

_HEIGHTS = {
    RowKind.ROW: Size.ROW,
    RowKind.TWO_LINES: Size.ROW_TWO,
    RowKind.TALL: Size.ROW_TALL,
    RowKind.GROUP: Size.GROUP_ROW,
    RowKind.GROUP_CLOSED: Size.GROUP_ROW,
    RowKind.HEAD: Size.GROUP_ROW,
}


def kind_of(index: Index) -> RowKind:
    """What kind of row an index stands in."""
    first = index.sibling(index.row(), 0)
    found = first.model().data(first, Role.KIND)
    return RowKind(found) if isinstance(found, str) else RowKind.ROW


def parts_of(index: Index) -> Sequence[Part]:
    """The parts of a cell; a cell without any is empty."""
    found = index.model().data(index, Role.PARTS)
    return found if found is not None else ()


def key_of(index: Index) -> object:
    """What the row of an index stands for; asked of the model itself, since Qt's variants turn
    tuples into lists and enumerations into strings.
    """
    first = index.sibling(index.row(), 0)
    return first.model().data(first, Role.KEY) if index.isValid() else None


def row_height(kind: RowKind, look: Theme) -> int:
    return look.px(_HEIGHTS[kind])


def _aligned(parts: Sequence[Part], kind: RowKind) -> Sequence[Part]:
    """In a row of two lines a single text stands in the first; pills stay in the middle."""
    two = kind in (RowKind.TWO_LINES, RowKind.TALL)
    if two and parts and all(isinstance(part, Text | Icon | Spring) for part in parts):
        return (*parts, Break())
    return parts


class PartsDelegate(QStyledItemDelegate):
    """Paints a cell's parts. In a list it paints ground, bar and ring too; trees do it per row."""

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        whole_row: bool = False,
        lines: bool = True,
        led: bool = False,
    ) -> None:
        """`lines` are the hairlines between rows; `led` means an edit elsewhere moves the row."""
        super().__init__(parent)
        self._whole_row, self._lines, self._led = whole_row, lines, led
        self.shows_keyboard_focus = False
        """Set by the view after a key press: whether the current row gets the ring."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if self._whole_row:
            painter.save()
            self._paint_ground(painter, option.rect, option, theme())
            painter.restore()
        self.paint_cell(painter, option.rect, index)

    def paint_cell(self, painter: QPainter, rect: QRect, index: Index) -> None:
        """The parts of a cell, without ground."""
        edge = Space.L if index.column() == 0 else 0
        inner = rect.adjusted(edge, 0, -(Space.L if self._whole_row else Space.S), 0)
        painter.save()
        painter.setClipRect(rect)
        paint.draw_parts(painter, inner, _aligned(parts_of(index), kind_of(index)), theme())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        kind = kind_of(index)
        if self._whole_row:
            wide = paint.measure(parts_of(index), theme()).width() + 2 * Space.L
            return QSize(wide, row_height(kind, theme()))
        return QSize(0, row_height(kind, theme()))

    def _paint_ground(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, look: Theme
    ) -> None:
        state = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        hover = bool(state & QStyle.StateFlag.State_MouseOver)
        has_focus = option.widget.hasFocus()
        paint.ground(
            painter,
            rect,
            look,
            selected=selected,
            hover=hover and not self._led,
            focused=has_focus or self._led,
        )
        if self._lines and not selected:
            paint.under_line(painter, rect, Token.ROW, look)
        if self.shows_keyboard_focus and state & QStyle.StateFlag.State_HasFocus:
            paint.ring(painter, rect.adjusted(1, 1, -1, -1), Radius.TAG, look)


@dataclass(frozen=True, slots=True)
class PartsRow:
    """A row ready to show: what it stands for and the parts of each column."""

    key: object
    cells: tuple[tuple[Part, ...], ...]
    kind: RowKind = RowKind.ROW
    says: str = ""
    """The full sentence for screen readers; composed from the parts where left empty."""
    tooltip: str = ""
    """Plain text; escaped before it is shown."""


class PartsModel(QAbstractTableModel):
    """Frozen rows in memory for outbox, status, candidates and the palette."""

    def __init__(
        self,
        heads: Sequence[str] = ("",),
        parent: QObject | None = None,
        *,
        right: frozenset[int] = frozenset(),
    ) -> None:
        """`right` are the columns of figures, whose heads stand over their ends."""
        super().__init__(parent)
        self._heads, self._right = tuple(heads), right
        self._rows: tuple[PartsRow, ...] = ()

    @property
    def rows(self) -> tuple[PartsRow, ...]:
        return self._rows

    def set_heads(self, heads: Sequence[str]) -> None:
        self._heads = tuple(heads)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(heads) - 1)

    def set_rows(self, rows: Sequence[PartsRow]) -> None:
        """Show these rows; where the keys and kinds stayed, only changed rows are repainted."""
        fresh = tuple(rows)
        if [(row.key, row.kind) for row in fresh] != [(row.key, row.kind) for row in self._rows]:
            self.beginResetModel()
            self._rows = fresh
            self.endResetModel()
            return
        earlier, self._rows = self._rows, fresh
        for at, (old, new) in enumerate(zip(earlier, fresh, strict=True)):
            if old != new:
                self.dataChanged.emit(self.index(at, 0), self.index(at, len(self._heads) - 1))

    def row_of(self, key: object) -> int:
        """The row of a key, -1 when it is not there."""
        return next((at for at, row in enumerate(self._rows) if row.key == key), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if role == Qt.ItemDataRole.TextAlignmentRole and section in self._right:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        wanted = orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._heads[section] if wanted and section < len(self._heads) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self._rows[index.row()].kind is RowKind.HEAD:
            return Qt.ItemFlag.ItemIsEnabled
        return super().flags(index)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        cell = row.cells[index.column()] if index.column() < len(row.cells) else ()
        match role:
            case Role.PARTS:
                return cell
            case Role.KIND:
                return row.kind
            case Role.KEY:
                return row.key
            case Qt.ItemDataRole.AccessibleTextRole:
                return visible(row.says if index.column() == 0 else "") or sentence(cell)
            case Qt.ItemDataRole.ToolTipRole:
                return tooltip(row.tooltip) or None
        return None
