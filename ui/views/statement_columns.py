"""Which column of a bank's CSV means what: one choice for each meaning, with the first lines."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHeaderView, QWidget

from app.domain.payments.statements import CsvLook
from ui.delegates.parts import Text
from ui.delegates.rows import PartsModel, PartsRow
from ui.text import one_line
from ui.theme import VERY_NARROW_BELOW, Space, Token, theme
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.choices import Choice, labelled
from ui.widgets.field import Field
from ui.widgets.page_area import room_of
from ui.widgets.parts_view import PartsTable
from ui.widgets.scrolled import Scrolled
from ui.widgets.surfaces import Surface, column

_SHOWN = ("booked", "amount", "currency", "payer", "reference", "text", "account")
_ACROSS, _ACROSS_NARROW = 5, 2
_ROOM_FOR_LINES = 300
"""Pixels at 100 %; below, the examples in the choices are enough."""
_LONGEST_EXAMPLE = 24


class StatementColumns(Surface):
    """`decided` carries (columns as ``MEANING=HEADING``, the name to keep them under)."""

    decided = Signal(object, str)
    kept_chosen = Signal(str)
    """The columns kept under this name are to be used."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Token.SURFACE, parent, line_above=True)
        self.look: CsvLook | None = None
        self._inside = Surface(Token.SURFACE)
        self.meanings = {name: Choice(said, self._inside) for name, said in self._said()}
        self.day = Choice(self.tr("Dates are written"), self._inside)
        self.decimal = Choice(self.tr("Amounts are written"), self._inside)
        self.kept = Choice(self.tr("Columns of"), self._inside)
        self.name = Field(
            self.tr("Keep them under the name"), self._inside,
            placeholder=self.tr("for example: our-bank"),
        )  # fmt: skip
        heads = [said for name, said in self._said() if name in _SHOWN]
        self.model = PartsModel(heads, self)
        self.table = PartsTable(self.tr("The first lines, as they would be read"), self)
        self.table.setModel(self.model)
        self.read = Button(
            self.tr("Read it with these columns"), self, kind=ButtonKind.PRIMARY, keys="Enter"
        )
        self._fill_ways()
        self._lay_out()
        self.read.clicked.connect(self.decide)
        self.kept.activated.connect(self._choose_kept)
        for choice in self.meanings.values():
            choice.currentIndexChanged.connect(self._show_rows)

    def _said(self) -> tuple[tuple[str, str], ...]:
        return (
            ("booked", self.tr("Date")),
            ("amount", self.tr("Amount")),
            ("debit", self.tr("Paid out, if apart")),
            ("currency", self.tr("Currency")),
            ("payer", self.tr("Payer")),
            ("reference", self.tr("Reference")),
            ("text", self.tr("Purpose")),
            ("account", self.tr("Account")),
        )

    def _fill_ways(self) -> None:
        for words, value in (
            (self.tr("as the file shows it"), ""), (self.tr("day first: 18.11.2026"), "dmy"),
            (self.tr("month first: 11/18/2026"), "mdy"),
            (self.tr("year first: 2026-11-18"), "ymd"),
        ):  # fmt: skip
            self.day.addItem(words, value)
        for words, value in (
            (self.tr("as the file shows it"), ""), (self.tr("with a comma: 1.234,50"), ","),
            (self.tr("with a point: 1,234.50"), "."),
        ):  # fmt: skip
            self.decimal.addItem(words, value)

    def _lay_out(self) -> None:
        self._grid = QGridLayout(self._inside)
        self._grid.setContentsMargins(Space.L, 0, Space.L, Space.S)
        self._grid.setHorizontalSpacing(Space.L)
        self._grid.setVerticalSpacing(Space.S)
        self._cells = [
            labelled(choice.accessibleName(), choice)
            for choice in (*self.meanings.values(), self.day, self.decimal, self.kept)
        ]
        self._place(_ACROSS)
        scroll = Scrolled(self._inside, self)
        body = column(self, gap=Space.S)
        body.setContentsMargins(0, Space.S, 0, 0)
        body.addWidget(scroll, 3)
        body.addWidget(self.table, 2)
        header = self.table.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)

    def _place(self, across: int) -> None:
        """The choices in rows of so many."""
        for at, cell in enumerate(self._cells):
            self._grid.removeItem(cell)
            self._grid.addLayout(cell, at // across, at % across)
        at = len(self._cells)
        self._grid.removeWidget(self.name)
        self._grid.addWidget(self.name, at // across, at % across, 1, max(1, across - at % across))
        for one in range(_ACROSS):
            self._grid.setColumnStretch(one, 1 if one < across else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Very narrow, fewer stand side by side."""
        super().resizeEvent(event)
        narrow = self.window().width() / theme().effective_factor < VERY_NARROW_BELOW
        self._place(_ACROSS_NARROW if narrow else _ACROSS)
        room = min(self.height(), room_of(self))
        self.table.setHidden(room / theme().effective_factor < _ROOM_FOR_LINES)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.decide()
            return
        super().keyPressEvent(event)

    # --- showing ----------------------------------------------------------------------------

    def show_look(self, look: CsvLook, names: tuple[str, ...], name: str) -> None:
        """The file's headings to choose from, those that are usual chosen already.

        `names` are the columns kept before, `name` the one in use.
        """
        same = self.look is not None and self.look.heading == look.heading
        self.look = look
        if not same:
            for meaning, choice in self.meanings.items():
                self._offer(choice, meaning, look)
        self.kept.blockSignals(True)  # filling it chooses nothing
        self.kept.clear()
        self.kept.addItem(self.tr("this file"), "")
        for one in names:
            self.kept.addItem(one, one)
        self.kept.setCurrentIndex(max(0, self.kept.findData(name)))
        self.kept.blockSignals(False)
        if name:
            self.name.set_text(name)
        self._show_rows()

    def _offer(self, choice: Choice, meaning: str, look: CsvLook) -> None:
        choice.blockSignals(True)  # the lines are shown once, when all are filled
        choice.clear()
        choice.addItem("\u2013", "")
        for heading in look.heading:
            if heading:
                choice.addItem(_with_example(heading, look), heading)
        wanted = look.columns.get(meaning, "")
        if meaning == "amount" and not wanted:
            wanted = look.columns.get("credit", "")
        choice.setCurrentIndex(max(0, choice.findData(wanted)) if wanted else 0)
        choice.blockSignals(False)

    def _show_rows(self) -> None:
        look = self.look
        if look is None:
            return
        at = {heading: place for place, heading in reversed(list(enumerate(look.heading)))}
        chosen = [at.get(str(self.meanings[name].currentData() or ""), -1) for name in _SHOWN]
        self.model.set_rows(
            [
                PartsRow(number, tuple(_cell(row, place) for place in chosen))
                for number, row in enumerate(look.rows)
            ]
        )
        lacks = [name for name in ("booked", "amount") if not self.meanings[name].currentData()]
        self.read.set_reason(self.tr("A day and an amount are needed.") if lacks else "")

    # --- deciding ---------------------------------------------------------------------------

    def columns(self) -> tuple[str, ...]:
        """What is chosen, as the reader of statements wants it."""
        chosen = {name: str(one.currentData() or "") for name, one in self.meanings.items()}
        if chosen["debit"]:
            chosen["credit"] = chosen.pop("amount")
        chosen |= self._rest(chosen)
        chosen["date_order"] = str(self.day.currentData() or "")
        chosen["decimal"] = str(self.decimal.currentData() or "")
        chosen["delimiter"] = self.look.delimiter if self.look is not None else ""
        return tuple(f"{name}={heading}" for name, heading in chosen.items() if heading)

    def _rest(self, chosen: Mapping[str, str]) -> dict[str, str]:
        """What the file's headings say beside the choices: value date, sign and balance."""
        found = self.look.columns if self.look is not None else {}
        names = ("value_date", "sign", "balance")
        taken = set(chosen.values())
        return {one: found[one] for one in names if one in found and found[one] not in taken}

    def decide(self) -> None:
        """Read the file so."""
        if self.read.isEnabled():
            self.decided.emit(self.columns(), self.name.text().strip())

    def _choose_kept(self) -> None:
        if name := str(self.kept.currentData() or ""):
            self.kept_chosen.emit(name)


def _with_example(heading: str, look: CsvLook) -> str:
    """A heading that says little beside what stands under it first."""
    at = look.heading.index(heading)
    first = next((row[at] for row in look.rows if row[at]), "")
    example = one_line(first)[:_LONGEST_EXAMPLE]
    return f"{one_line(heading)}  ({example})" if example else one_line(heading)


def _cell(row: tuple[str, ...], place: int) -> tuple[Text, ...]:
    text = row[place] if 0 <= place < len(row) else ""
    return (Text(one_line(text)),)
