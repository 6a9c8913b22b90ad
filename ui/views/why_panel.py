"""Why a payment may be the claim's: each thing compared with its points, and what would follow."""

from __future__ import annotations

from PySide6.QtWidgets import QHeaderView, QWidget

from app.services.settlements import OfferedLine
from ui.delegates.rows import PartsModel, PartsRow
from ui.text import ElidedLabel, WrappedLabel
from ui.theme import Size, Space, Token, Type, theme
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.parts_view import PartsTable
from ui.widgets.surfaces import Surface, column, line

_MOST_ROWS = 5
_COMPARED, _POINTS = 0, 3


class WhyPanel(Surface):
    """Below the tables; its buttons are the two answers to a suggestion."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Token.PANEL, parent, line_above=True)
        self._low = False
        self._title = ElidedLabel(self.tr("Why this line"), self, step=Type.GROUP)
        self._score = ElidedLabel("", self, ink=Token.TEXT2, tabular=True)
        self.refuse = Button(self.tr("Not this line"), self, keys="N")
        self.settle = Button(self.tr("Settle"), self, kind=ButtonKind.PRIMARY, keys="S")
        heads = (
            self.tr("Compared"), self.tr("Claim"), self.tr("Statement line"), self.tr("Points"),
        )  # fmt: skip
        self.model = PartsModel(heads, self, right=frozenset({_POINTS}))
        self.table = PartsTable(self.tr("Why this line"), self)
        self.table.setModel(self.model)
        self._follows = WrappedLabel("", self, step=Type.SMALL, ink=Token.TEXT2)
        self._lay_out()

    def _lay_out(self) -> None:
        head = line(gap=Space.S)
        head.setContentsMargins(Space.L, Space.M, Space.L, Space.S)
        head.addWidget(self._title)
        head.addWidget(self._score, 1)
        head.addWidget(self.refuse)
        head.addWidget(self.settle)
        foot = line()
        foot.setContentsMargins(Space.L, Space.S, Space.L, Space.M)
        foot.addWidget(self._follows, 1)
        body = column(self)
        body.addLayout(head)
        body.addWidget(self.table)
        body.addLayout(foot)
        header = self.table.header()
        header.setStretchLastSection(False)
        for at in (1, 2):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)
        metrics = theme().metrics(Type.LEAD)
        header.resizeSection(_COMPARED, metrics.horizontalAdvance("Reference mmmmm"))
        header.resizeSection(_POINTS, metrics.horizontalAdvance("Points mmm"))

    def set_low(self, *, low: bool) -> None:
        """Where height is scarce the score and the answers stay, the table goes."""
        self._low = low
        self.table.setVisible(bool(self.model.rows) and not low)

    def show_line(self, rows: list[PartsRow], offered: OfferedLine, follows: str) -> None:
        """The reasons of one line, which add up to its score."""
        self._title.setText(self.tr("Why this line"))
        score = self.tr("{score} points; suggested, a person decides").format(score=offered.score)
        self._score.setText(score)
        self._set_rows(rows)
        self._follows.set_passage(follows)
        self.settle.set_text(self.tr("Settle") if offered.whole else self.tr("Settle a part"))
        self.settle.setVisible(True)
        self.refuse.setVisible(True)
        self.show()

    def show_none(self, reason: str, *, may_refuse: bool) -> None:
        """There is no line to explain, and why."""
        self._title.setText(self.tr("No line to choose"))
        self._score.setText("")
        self._set_rows([])
        self._follows.set_passage(reason)
        self.settle.setVisible(False)
        self.refuse.setVisible(may_refuse)
        self.show()

    def clear(self) -> None:
        """Nothing is chosen."""
        self._set_rows([])
        self.hide()

    def _set_rows(self, rows: list[PartsRow]) -> None:
        self.model.set_rows(rows)
        self.table.setVisible(bool(rows) and not self._low)
        high = theme().px(Size.COLUMN_HEAD) + theme().px(Size.ROW) * min(_MOST_ROWS, len(rows))
        self.table.setFixedHeight(high + Space.RING)
