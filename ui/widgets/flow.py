"""Rows that go on below where the window is too narrow for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSpacerItem, QWidget

from ui.theme import Space

_FEW = 3
"""Lines that are rather taken than that a button goes without its key caps."""


@dataclass(slots=True)
class _Part:
    item: QLayoutItem
    stretch: int

    @property
    def least(self) -> int:
        return self.item.minimumSize().width()

    @property
    def wanted(self) -> int:
        """What it takes before others get more; a stretching part takes what is left."""
        return self.least if self.stretch else max(self.least, self.item.sizeHint().width())

    def height(self, width: int) -> int:
        if self.item.hasHeightForWidth():
            return self.item.heightForWidth(width)
        return self.item.sizeHint().height()


class Flow(QLayout):
    """Parts beside each other, as wide as they want; what does not fit begins a further line.

    Where three lines are not enough, parts are as narrow as they may be. What stretches shares a
    line's rest.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = Space.S) -> None:
        super().__init__()
        self._parts: list[_Part] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            parent.setLayout(self)

    def add(self, part: QWidget | QLayout, stretch: int = 0, *, at: int | None = None) -> None:
        """At the end, or in front of the one that stands `at`."""
        if isinstance(part, QLayout):
            self.addChildLayout(part)
            self.addItem(part)
        else:
            self.addWidget(part)
        self._parts[-1].stretch = stretch
        if at is not None:
            self._parts.insert(at, self._parts.pop())

    def add_stretch(self) -> None:
        """Room, before which a line may break: what follows stands at the right."""
        self._parts.append(_Part(QSpacerItem(0, 0), 1))
        self.invalidate()

    # --- what Qt asks -----------------------------------------------------------------------

    def addItem(self, item: QLayoutItem) -> None:
        self._parts.append(_Part(item, 0))
        self.invalidate()

    def count(self) -> int:
        return len(self._parts)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._parts[index].item if 0 <= index < len(self._parts) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        if not 0 <= index < len(self._parts):
            return None
        self.invalidate()
        return self._parts.pop(index).item

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        edges = self.contentsMargins()
        inside = width - edges.left() - edges.right()
        lines = self._lines(inside)
        high = sum(self._height(one, inside) for one in lines)
        return high + self._gap * max(0, len(lines) - 1) + edges.top() + edges.bottom()

    def sizeHint(self) -> QSize:
        """All on one line."""
        shown = self._shown()
        wide = sum(max(one.least, one.item.sizeHint().width()) for one in shown)
        high = max((one.item.sizeHint().height() for one in shown), default=0)
        return self._with_edges(wide + self._gaps(shown), high)

    def minimumSize(self) -> QSize:
        shown = self._shown()
        wide = max((one.least for one in shown), default=0)
        high = max((one.item.minimumSize().height() for one in shown), default=0)
        return self._with_edges(wide, high)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        inside = rect.marginsRemoved(self.contentsMargins())
        top = inside.top()
        lines = self._lines(inside.width())
        for at, one in enumerate(lines):
            high = self._height(one, inside.width())
            if at == len(lines) - 1:
                high = max(high, inside.bottom() + 1 - top)
            self._place(one, QRect(inside.left(), top, inside.width(), high))
            top += high + self._gap

    # --- lines ------------------------------------------------------------------------------

    def _shown(self) -> list[_Part]:
        return [one for one in self._parts if _is_room(one) or not one.item.isEmpty()]

    def _gaps(self, parts: list[_Part]) -> int:
        return self._gap * max(0, sum(not _is_room(one) for one in parts) - 1)

    def _lines(self, width: int) -> list[list[_Part]]:
        lines = self._broken(width, lambda part: part.wanted)
        return lines if len(lines) <= _FEW else self._broken(width, lambda part: part.least)

    def _broken(self, width: int, needs: Callable[[_Part], int]) -> list[list[_Part]]:
        lines: list[list[_Part]] = [[]]
        for one in self._shown():
            trial = [*lines[-1], one]
            needed = sum(map(needs, trial)) + self._gaps(trial)
            if needed > width and any(not _is_room(part) for part in lines[-1]):
                room = [lines[-1].pop()] if _is_room(lines[-1][-1]) else []
                lines.append([*room, one])
            else:
                lines[-1].append(one)
        return lines

    def _widths(self, parts: list[_Part], width: int) -> list[int]:
        room = width - self._gaps(parts)
        wide = [one.wanted for one in parts]
        over = sum(wide) - room
        if over > 0:
            return _shrunk(wide, [one.least for one in parts], over)
        return _stretched(wide, [one.stretch for one in parts], room)

    def _height(self, parts: list[_Part], width: int) -> int:
        sized = zip(parts, self._widths(parts, width), strict=True)
        return max((one.height(wide) for one, wide in sized if not _is_room(one)), default=0)

    def _place(self, parts: list[_Part], line: QRect) -> None:
        left = line.left()
        for one, wide in zip(parts, self._widths(parts, line.width()), strict=True):
            if not _is_room(one):
                one.item.setGeometry(QRect(left, line.top(), wide, line.height()))
                left += self._gap
            left += wide

    def _with_edges(self, wide: int, high: int) -> QSize:
        return QSize(wide, high).grownBy(self.contentsMargins())


def beside(*parts: tuple[QWidget | QLayout, int], gap: int = Space.L) -> Flow:
    """Fields beside each other that share the width by these weights."""
    row = Flow(gap=gap)
    for part, weight in parts:
        row.add(part, weight)
    return row


def _is_room(part: _Part) -> bool:
    return isinstance(part.item, QSpacerItem)


def _shrunk(wide: list[int], least: list[int], over: int) -> list[int]:
    """As many pixels less as are over, from each as it has more than it needs."""
    slack = [one - low for one, low in zip(wide, least, strict=True)]
    whole = max(1, sum(slack))
    over = min(over, whole)
    return [one - -(-over * more // whole) for one, more in zip(wide, slack, strict=True)]


def _stretched(wide: list[int], stretch: list[int], room: int) -> list[int]:
    """The room shared by stretch, nobody below what it has; as it is where nothing stretches."""
    fixed = {at for at, one in enumerate(stretch) if not one}
    while len(fixed) < len(wide):
        rest = room - sum(wide[at] for at in fixed)
        whole = sum(one for at, one in enumerate(stretch) if at not in fixed)
        shares = {at: rest * stretch[at] // whole for at in range(len(wide)) if at not in fixed}
        short = {at for at, share in shares.items() if share < wide[at]}
        if not short:
            return [shares.get(at, one) for at, one in enumerate(wide)]
        fixed |= short
    return wide
