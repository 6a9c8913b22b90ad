"""Figures in a row: a large number, what it counts, and a few words below; wraps where narrow."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QWidget

from ui.delegates.parts import Icon, Part, Text, small
from ui.text import one_line
from ui.theme import Size, Space, State, Token, Type, theme
from ui.widgets.marks import PartsLabel
from ui.widgets.surfaces import Surface, column


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of a view; `review` gives it the flag of what a person must decide."""

    value: str
    label: str
    note: str = ""
    review: bool = False

    def sentence(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (f"{self.value} {self.label}", self.note) if part)


class _Block(Surface):
    """One figure; a hairline parts it from the one before."""

    def __init__(self, figure: Figure, parent: QWidget, *, first: bool) -> None:
        super().__init__(Token.SURFACE, parent, line_left=not first)
        ink = State.REV.ink if figure.review else Token.TEXT
        flag: tuple[Part, ...] = (
            (Icon("flag-fill", State.REV.ink, Size.ICON_MESSAGE),) if figure.review else ()
        )
        number = (*flag, Text(figure.value, ink, Type.FIGURE, fixed=True))
        label = (Text(figure.label, step=Type.LEAD),)
        body = column(self)
        body.setContentsMargins(Space.L, 0, Space.S, 0)
        for parts in (number, label, (small(figure.note),)):
            body.addWidget(PartsLabel(parts, self).stretching())
        self.setAccessibleName(one_line(figure.sentence()))


class Figures(Surface):
    """The figures of a view, as many side by side as there is room for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Token.SURFACE, parent, line_below=True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, Space.L)
        self._grid.setHorizontalSpacing(0)
        self._grid.setVerticalSpacing(Space.M)
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetMinimumSize)
        self._figures: tuple[Figure, ...] = ()
        self._across = 0

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self._figures

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Replace what is shown; the same figures are left as they are."""
        if tuple(figures) != self._figures:
            self._figures = tuple(figures)
            self._arrange(self._room())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._room() != self._across:
            self._arrange(self._room())

    def _room(self) -> int:
        """How many stand side by side without a cut word."""
        wanted = max(map(_width, self._figures), default=0) + Space.L + Space.S
        return max(1, min(len(self._figures), self.width() // max(1, wanted)))

    def _arrange(self, across: int) -> None:
        self._across = across
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        for at, figure in enumerate(self._figures):
            first = at % across == 0
            self._grid.addWidget(_Block(figure, self, first=first), at // across, at % across)
        for at in range(self._grid.columnCount()):
            below = self._figures[at::across] if at < across else ()
            self._grid.setColumnStretch(at, max(map(_width, below), default=0))


def _width(figure: Figure) -> int:
    label = theme().metrics(Type.LEAD).horizontalAdvance(figure.label)
    return max(label, theme().metrics(Type.SMALL, tabular=True).horizontalAdvance(figure.note))
