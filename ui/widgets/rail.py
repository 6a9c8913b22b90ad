"""The rail: lanes and saved views with their counts, and who is working, all by keyboard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui import icons
from ui.delegates import paint
from ui.delegates.parts import Spring, Text
from ui.text import ElidedLabel, one_line, plain_button_text, tooltip
from ui.theme import Radius, Size, Space, Theme, Token, Type, theme
from ui.widgets.person import PersonButton
from ui.widgets.scrolled import Scrolled
from ui.widgets.surfaces import Surface, column


@dataclass(frozen=True, slots=True)
class RailItem:
    """A row of the rail. `review` paints its count and flag in the ink of needs review."""

    key: str
    word: str
    icon: str
    count: int | None = None
    review: bool = False


@dataclass(frozen=True, slots=True)
class RailGroup:
    """Rows that belong together, with a head where `title` is not empty."""

    title: str
    items: tuple[RailItem, ...]


class RailRow(QAbstractButton):
    """One row: icon, word and count; narrow it shows the icon over the count."""

    walked = Signal(int)
    """An arrow key, Home or End: the rail moves the focus."""

    def __init__(self, item: RailItem, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._narrow = False
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_item(item)

    @property
    def item(self) -> RailItem:
        return self._item

    def set_item(self, item: RailItem) -> None:
        self._item = item
        self.setText(plain_button_text(item.word))
        count = "" if item.count is None else f", {item.count}"
        self.setAccessibleName(one_line(item.word) + count)
        self._set_tooltip()
        self.update()

    def set_narrow(self, *, narrow: bool) -> None:
        self._narrow = narrow
        self._set_tooltip()
        self.updateGeometry()
        self.update()

    def _set_tooltip(self) -> None:
        self.setToolTip(tooltip(self._item.word) if self._narrow else "")

    def sizeHint(self) -> QSize:
        look = theme()
        size = Size.RAIL_ROW_NARROW if self._narrow else Size.RAIL_ROW
        high = max(look.px(size), look.metrics().height() + Space.XS)
        return QSize(look.px(Size.RAIL_NARROW if self._narrow else Size.RAIL), high)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(Size.TARGET), self.sizeHint().height())

    @property
    def _emphasis(self) -> bool:
        return self._item.review and bool(self._item.count)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        inner = self.rect().adjusted(Space.S, 1, -Space.S, -1)
        if self.isChecked() or self.underMouse():
            ground = Token.RAIL_SEL if self.isChecked() else Token.HOVER
            paint.rounded(painter, inner, Radius.CONTROL, ground=look.colour(ground))
        if self.isChecked():
            bar = QRect(inner.left(), inner.top(), Space.BAR, inner.height())
            high = min(bar.height(), look.px(Size.ICON))
            bar = QRect(bar.left(), bar.center().y() - high // 2, Space.BAR, high)
            paint.rounded(painter, bar, Space.HAIR, ground=look.colour(Token.FOCUS))
        self._paint_icon(painter, inner, look)
        if self._narrow:
            self._paint_count_below(painter, inner, look)
        else:
            self._paint_words(painter, inner, look)
        if self.hasFocus():
            paint.ring(painter, inner, Radius.CONTROL, look)
        painter.end()

    def _paint_icon(self, painter: QPainter, inner: QRect, look: Theme) -> None:
        side = look.px(Size.ICON)
        ink = Token.REV if self._emphasis else (Token.TEXT if self.isChecked() else Token.TEXT2)
        name = "flag-fill" if self._emphasis and self._item.icon == "flag" else self._item.icon
        square = QRect(inner.left() + Space.S + Space.RING, inner.top(), side, inner.height())
        if self._narrow:
            square = QRect(inner.left(), inner.top() + Space.XS, inner.width(), side)
        icons.draw(painter, square, name, ink)

    def _count(self, step: Type) -> Text:
        figure = "" if self._item.count is None else str(self._item.count)
        if self._emphasis:
            return Text(figure, Token.REV, Type.HEAD, tabular=True, fixed=True)
        ink = Token.TEXT if self.isChecked() else Token.TEXT2
        chosen = Type.LABEL if self.isChecked() else step
        return Text(figure, ink, chosen, tabular=True, fixed=True)

    def _paint_words(self, painter: QPainter, inner: QRect, look: Theme) -> None:
        left = Space.S + Space.RING + look.px(Size.ICON) + Space.S + Space.RING
        room = inner.adjusted(left, 0, -(Space.S + Space.RING), 0)
        checked = self.isChecked()
        word = Text(
            self._item.word,
            Token.TEXT if checked else Token.TEXT2,
            Type.LEAD if checked else Type.BODY,
        )
        paint.draw_row(painter, room, (word, Spring(), self._count(Type.SMALL)), look)

    def _paint_count_below(self, painter: QPainter, inner: QRect, look: Theme) -> None:
        count = self._count(Type.KEY)
        wide = paint.width(count, look)
        high = look.metrics(Type.SMALL).height()
        left = inner.center().x() - wide // 2
        room = QRect(left, inner.bottom() - high - Space.RING, wide, high)
        paint.draw(painter, room, count, look)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End):
            self.walked.emit(event.key())  # not left to the scroll area around, which scrolls
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)


class Rail(Surface):
    """All groups, and a foot for the person. Tab reaches one row, arrows move among them."""

    chosen = Signal(str)
    """The key of a row."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Token.WINDOW, parent, line_right=True)
        self.setAccessibleName(name)
        self._narrow = False
        self._foot: QWidget | None = None
        self._rows: list[RailRow] = []
        self._heads: list[ElidedLabel] = []
        self._groups: tuple[RailGroup, ...] = ()
        self._inside = Surface(Token.WINDOW)
        self._body = column(self._inside)
        self._body.setContentsMargins(0, Space.S, 0, Space.S)
        scroll = Scrolled(self._inside, self)
        self._outer = column(self)
        self._outer.setContentsMargins(0, 0, Space.HAIR, 0)
        self._outer.addWidget(scroll, 1)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    # --- rows -------------------------------------------------------------------------------

    def show_groups(self, groups: Sequence[RailGroup]) -> None:
        """Show these rows; where the keys stayed, only words and counts change."""
        fresh = tuple(groups)
        if _keys(fresh) != _keys(self._groups):
            self._rebuild(fresh)
        self._groups = fresh
        items = [item for group in fresh for item in group.items]
        for row, item in zip(self._rows, items, strict=True):
            row.set_item(item)
        for head, title in zip(self._heads, [g.title for g in fresh if g.title], strict=True):
            head.setText(title)

    def set_counts(self, counts: Mapping[str, int | None]) -> None:
        """New counts for the keys named; other rows stay."""
        for row in self._rows:
            if row.item.key in counts:
                item = row.item
                fresh = RailItem(item.key, item.word, item.icon, counts[item.key], item.review)
                row.set_item(fresh)

    def set_current(self, key: str) -> None:
        """Mark the row of what is shown; an unknown key marks none."""
        for row in self._rows:
            row.setChecked(row.item.key == key)
        self._aim()

    def set_narrow(self, *, narrow: bool) -> None:
        """Icons over counts, words as tooltips and names."""
        self._narrow = narrow
        for row in self._rows:
            row.set_narrow(narrow=narrow)
        for head in self._heads:
            head.setVisible(not narrow)
        if isinstance(self._foot, PersonButton):
            self._foot.set_narrow(narrow=narrow)
        self.updateGeometry()

    def set_foot(self, foot: QWidget) -> None:
        """What stands at the bottom: the person, who narrows with the rail."""
        self._foot = foot
        self._outer.addWidget(foot)

    def _rebuild(self, groups: tuple[RailGroup, ...]) -> None:
        while (item := self._body.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._rows, self._heads = [], []
        for number, group in enumerate(groups):
            if number:
                self._body.addSpacing(Space.S)
            self._add_group(group)
        self._body.addStretch(1)
        self._aim()

    def _add_group(self, group: RailGroup) -> None:
        if group.title:
            head = ElidedLabel(group.title, self._inside, step=Type.LABEL, ink=Token.TEXT2)
            head.setContentsMargins(Space.L, Space.XS, Space.L, Space.XS)
            head.setMinimumHeight(theme().px(Size.TARGET))
            head.setVisible(not self._narrow)
            self._heads.append(head)
            self._body.addWidget(head)
        for item in group.items:
            row = RailRow(item, self._inside)
            row.set_narrow(narrow=self._narrow)
            row.clicked.connect(lambda _=False, key=item.key: self._choose(key))
            row.walked.connect(self._walk)
            self._rows.append(row)
            self._body.addWidget(row)

    def _choose(self, key: str) -> None:
        self.set_current(key)
        self.chosen.emit(key)

    # --- keyboard ---------------------------------------------------------------------------

    def _aim(self) -> None:
        """Tab stops at the chosen row, or the first; arrows reach the others."""
        stop = next((row for row in self._rows if row.isChecked()), None) or (
            self._rows[0] if self._rows else None
        )
        for row in self._rows:
            tabbed = Qt.FocusPolicy.StrongFocus if row is stop else Qt.FocusPolicy.ClickFocus
            row.setFocusPolicy(tabbed)

    def _walk(self, key: int) -> None:
        at = next((n for n, row in enumerate(self._rows) if row.hasFocus()), 0)
        wanted = {
            Qt.Key.Key_Down: at + 1, Qt.Key.Key_Up: at - 1,
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._rows) - 1,
        }[Qt.Key(key)]  # fmt: skip
        row = self._rows[min(max(wanted, 0), len(self._rows) - 1)]
        row.setFocus(Qt.FocusReason.TabFocusReason)

    def sizeHint(self) -> QSize:
        look = theme()
        wide = look.px(Size.RAIL_NARROW if self._narrow else Size.RAIL)
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), 0)


def _keys(groups: Sequence[RailGroup]) -> list[tuple[str, tuple[str, ...]]]:
    return [(group.title, tuple(item.key for item in group.items)) for group in groups]
