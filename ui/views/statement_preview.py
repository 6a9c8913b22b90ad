"""A bank's file before anything is changed: its statements, what it means here, its bad lines."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from app.domain.errors import OffhookError
from app.domain.payments.statements import (
    BadLine,
    Balances,
    CsvLook,
    Statement,
    StatementFile,
)
from app.ports.statements import StatementReader
from app.services.payments import Preview
from ui.claim_words import claim_words
from ui.delegates.parts import Icon, Part, Spring, Text, lead, second
from ui.delegates.rows import PartsModel, PartsRow
from ui.problems import problems
from ui.refusals import in_our_words
from ui.session import Session
from ui.tasks import async_slot
from ui.terms import terms
from ui.text import ElidedLabel, one_line
from ui.theme import VERY_NARROW_BELOW, Size, Space, State, Token, Type, theme
from ui.views.statement_columns import StatementColumns
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.message import Message
from ui.widgets.parts_view import PartsTable
from ui.widgets.surfaces import Surface, column
from ui.widgets.view_head import ActionFoot

_MOST_BAD = 500
_FIGURES_OF_BALANCES = (4, 5)


@dataclass(frozen=True, slots=True)
class _Looked:
    file: StatementFile
    means: Preview


class StatementPreview(Surface):
    """`imported` tells that its lines were kept; nothing is ever half kept."""

    left = Signal()
    imported = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Token.SURFACE, parent)
        self._session = session
        self._path: Path | None = None
        self.looked: _Looked | None = None
        """What was understood of the file; None while nothing is."""
        self._look: CsvLook | None = None
        self._kept: tuple[str, ...] = ()
        self._used = ""
        self.title = ElidedLabel("", self, step=Type.GROUP)
        self.means = ElidedLabel("", self, ink=Token.TEXT2, tabular=True)
        self.trouble = Message(State.WARN, "warning", self)
        heads = (
            self.tr("Account"), self.tr("Lines"), self.tr("In"), self.tr("Out"),
            self.tr("Opening"), self.tr("Closing"), self.tr("Balances"),
        )  # fmt: skip
        self.statements = PartsModel(heads, self)
        self.table = PartsTable(self.tr("Statements of the file"), self)
        self.table.setModel(self.statements)
        self.bad = PartsModel((self.tr("Line"), self.tr("Cannot be read")), self)
        self.bad_table = PartsTable(self.tr("Lines that cannot be read"), self)
        self.bad_table.setModel(self.bad)
        self.columns = StatementColumns(self)
        self.columns_button = Button(
            self.tr("Columns"), self, kind=ButtonKind.QUIET, icon="columns", keys="C"
        )
        self.back = Button(
            self.tr("Leave it"), self, kind=ButtonKind.QUIET, icon="arrow-left", keys="Esc"
        )
        self.take = Button("", self, kind=ButtonKind.PRIMARY, keys="Enter")
        self._lay_out()
        self._show_form(shown=False)
        self.back.clicked.connect(self.left)
        self.take.clicked.connect(self.take_in)
        self.table.chosen.connect(lambda _index: self.take_in())
        self.columns.decided.connect(self._again)
        self.columns.kept_chosen.connect(lambda name: self._again((), name))
        self.columns_button.clicked.connect(self.show_columns)

    def _lay_out(self) -> None:
        head = column(gap=Space.XS)
        head.setContentsMargins(Space.L, Space.M, Space.L, Space.M)
        for widget in (self.title, self.means, self.trouble):
            head.addWidget(widget)
        foot = ActionFoot(self)
        foot.add_left(self.back)
        foot.add_left(self.columns_button)
        foot.add_right(self.columns.read)
        foot.add_right(self.take)
        body = column(self)
        body.addLayout(head)
        body.addWidget(self.table, 3)
        body.addWidget(self.bad_table, 2)
        body.addWidget(self.columns, 4)
        body.addWidget(foot)
        metrics = theme().metrics(Type.LEAD, tabular=True)
        header = self.table.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        wide = metrics.horizontalAdvance("GBP 100,000.00") + Space.M
        for at, width in enumerate((theme().px(Size.CARD_LABEL), wide, wide, wide, wide, wide), 1):
            header.resizeSection(at, width)
        header.resizeSection(6, metrics.horizontalAdvance("does not add up, GBP 1,000"))
        self.bad_table.header().resizeSection(0, theme().px(Size.CARD_LABEL))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Very narrow, the sums stay and the balances' own figures go."""
        super().resizeEvent(event)
        narrow = self.window().width() / theme().effective_factor < VERY_NARROW_BELOW
        for column_ in _FIGURES_OF_BALANCES:
            self.table.setColumnHidden(column_, narrow)

    # --- looking ----------------------------------------------------------------------------

    def look_at(self, path: Path) -> None:
        """Read the file and say what it would do; nothing is changed."""
        self._path, self.looked = path, None
        self._read(path, (), "")

    def _again(self, columns: tuple[str, ...], name: str) -> None:
        if self._path is not None:
            self._read(self._path, columns, name)

    @async_slot
    async def _read(self, path: Path, columns: tuple[str, ...], name: str) -> None:
        """Off the window's thread: a large file takes its time."""
        self.looked = None
        self._show_nothing(path.name)
        reader, payments = self._session.opened.statements, self._session.opened.payments
        self._look, self._kept = await asyncio.to_thread(_beginning, reader, path)
        self._used = name
        self.columns_button.setVisible(self._look is not None)
        try:
            file = await asyncio.to_thread(reader.read, path, name, columns)
            self.looked = _Looked(file, await payments.preview(file))
        except OffhookError as problem:
            self._show_refusal(problem)
            return
        self._show(self.looked)

    def _show_nothing(self, name: str) -> None:
        self.title.setText(one_line(name))
        self.means.setText(self.tr("Reading"))
        self.means.show()
        self.trouble.clear()
        self.statements.set_rows([])
        self._show_bad(())
        self.columns_button.setVisible(False)
        self._show_form(shown=False)
        self.table.setVisible(True)
        self.take.set_text(self.tr("Import"))
        self.take.set_reason(self.tr("The file is being read."))

    def _show_refusal(self, problem: OffhookError) -> None:
        happened, safe, _todo = problems.parts(problem)
        self.means.hide()
        self.trouble.show_message(happened, safe)
        self.take.set_reason(self.tr("It is no statement that can be read."))
        self.show_columns()

    def _show_form(self, *, shown: bool) -> None:
        """While the columns are chosen, reading the file with them is the one thing to do."""
        self.columns.setVisible(shown)
        self.columns.read.setVisible(shown)
        self.take.setVisible(not shown)

    def show_columns(self) -> None:
        """Say which column means what; of a file without columns there is nothing to say."""
        if self._look is None:
            return
        self.columns.show_look(self._look, self._kept, self._used)
        self._show_form(shown=True)
        self.table.setVisible(bool(self.statements.rows))
        self.columns.meanings["booked"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, looked: _Looked) -> None:
        file, means = looked.file, looked.means
        self.statements.set_rows([self._row(at, one) for at, one in enumerate(file.statements)])
        self._show_bad(file.bad)
        said = self.tr(
            "{matched} settle claims by themselves, {suggested} to choose, {unmatched} fit "
            "nothing, {seen} were imported before"
        ).format(
            matched=means.matched, suggested=means.suggested, unmatched=means.unmatched,
            seen=means.already_seen,
        )  # fmt: skip
        self.means.setText(said)
        self._judge({one.balances for one in file.statements}, bad=len(file.bad))
        self.table.setCurrentIndex(self.statements.index(0, 0))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _judge(self, found: set[Balances], *, bad: int) -> None:
        self.take.set_reason("")
        self.take.set_text(self.tr("Import"))
        if Balances.DIFFER in found:
            self.trouble.show_message(
                self.tr("The balances of a statement and its lines differ."),
                self.tr("Something is missing or twice. Ask the bank for the whole file."),
            )
            self.take.set_reason(self.tr("A statement does not add up."))
        elif Balances.MISSING in found:
            self.trouble.show_message(
                self.tr("A statement has no balances that could prove it whole."),
                self.tr("Compare the sums below by hand before you import it."),
            )
            self.take.set_text(self.tr("The sums are right, import"))
        elif bad:
            self.trouble.show_message(self.tr("%n line(s) cannot be read.", "", bad))

    def _row(self, at: int, one: Statement) -> PartsRow:
        def money(amount: int | None) -> tuple[Part, ...]:
            shown = terms.money(amount, one.currency) if amount is not None else "\u2013"
            return (Text(shown, tabular=True),)

        words = claim_words.balances(one.balances)
        fine = one.balances is Balances.ADD_UP
        if one.difference:
            words = f"{words}, {terms.money(one.difference, one.currency)}"
        icon = Icon("check", Token.OK) if fine else Icon("warning", Token.WARN)
        cells: tuple[tuple[Part, ...], ...] = (
            (lead(one_line(one.account) or self.tr("no account named")),),
            (Text(str(len(one.lines)), tabular=True),),
            money(one.sum_in), money(one.sum_out), money(one.opening), money(one.closing),
            (icon, Text(words)),
        )  # fmt: skip
        return PartsRow(at, cells)

    def _show_bad(self, bad: tuple[BadLine, ...]) -> None:
        self.bad.set_rows(
            [PartsRow(at, ((lead(str(one.line)),), (second(in_our_words(one.reason)), Spring())))
             for at, one in enumerate(bad[:_MOST_BAD])]
        )  # fmt: skip
        self.bad_table.setVisible(bool(bad))

    # --- keeping ----------------------------------------------------------------------------

    @async_slot
    async def take_in(self) -> None:
        """Keep its lines, all of them or none."""
        looked = self.looked
        if looked is None or not self.take.isEnabled():
            return
        person, payments = self._session.person, self._session.opened.payments
        try:
            _ = await payments.take_in(looked.file, person, confirmed=True)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self.looked = None
        self.imported.emit()


def _beginning(reader: StatementReader, path: Path) -> tuple[CsvLook | None, tuple[str, ...]]:
    """The file's columns, and the names under which others are kept; reading says what is wrong."""
    try:
        return reader.look(path), reader.mappings()
    except OffhookError:
        return None, ()
