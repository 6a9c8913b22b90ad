"""The outage report: taken, completed, unresolved, exposure, by agent and hour; paper and files."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDateTime, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QHeaderView, QWidget

from app.domain.central_services import Service
from app.domain.errors import OffhookError
from app.domain.ids import Millis
from app.domain.outage_report import Count, Handling
from app.domain.people import Permission
from app.domain.times import DAY
from app.services.reporting import Report
from ui.actions import Act, Actions
from ui.delegates.parts import Part, Spring, Text, lead, second
from ui.delegates.rows import PartsModel, PartsRow
from ui.printing import print_text, write_pdf
from ui.report_words import report_words
from ui.session import Session
from ui.tasks import NewestWins, async_slot
from ui.terms import terms
from ui.text import one_line
from ui.theme import VERY_NARROW_BELOW, Space, Token, Type, theme
from ui.undoing import Done
from ui.views.claim_figures import Figure
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.choices import When, labelled
from ui.widgets.flow import Flow
from ui.widgets.parts_view import PartsTable
from ui.widgets.surfaces import Surface, column, line
from ui.widgets.view_head import ViewHead

_COMPARED = 7 * DAY
"""Calls of the week before show what is usual online."""
_FIGURES = frozenset({2, 3, 4})
_Span = tuple[Millis, Millis]


class ReportView(Surface):
    """Counts of what this desk knows; the span is chosen, by default the outage of now."""

    ticket_chosen = Signal(str)
    done = Signal(object)

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(Token.SURFACE, parent)
        self._session = session
        self.report: Report | None = None
        """What is on screen."""
        self._make()
        self._lay_out()
        self._newest = NewestWins(self._ask, self._show)
        self._connect(actions)

    def _make(self) -> None:
        self.head = ViewHead(self.tr("Outage report"), self)
        quiet = ButtonKind.QUIET
        self.print_button = Button(
            self.tr("Print"), self, kind=quiet, icon="printer", keys="Ctrl+P"
        )
        self.pdf_button = Button(self.tr("PDF"), self, kind=quiet, icon="file-pdf", keys="Ctrl+D")
        self.csv_button = Button(
            self.tr("CSV"), self, kind=quiet, icon="download-simple", keys="Ctrl+E"
        )
        for button in (self.print_button, self.pdf_button, self.csv_button):
            self.head.add_action(button)
        self.since = When(self.tr("From"), self)
        self.until = When(self.tr("Until"), self)
        self.taken = Figure(self.tr("Taken"), self)
        self.completed = Figure(self.tr("Completed"), self)
        self.unresolved = Figure(self.tr("Unresolved"), self)
        self.exposure = Figure(self.tr("Exposure"), self)
        self.outage = Figure(self.tr("A call in the outage"), self)
        self.online = Figure(self.tr("A call online"), self)
        heads = (
            self.tr("Hour"), self.tr("Agent"), self.tr("Taken"), self.tr("Completed"),
            self.tr("Unresolved"),
        )  # fmt: skip
        self.model = PartsModel(heads, self, right=_FIGURES)
        self.table = PartsTable(self.tr("By hour and agent"), self)
        self.table.setModel(self.model)

    def _lay_out(self) -> None:
        span = Flow(gap=Space.L)
        span.setContentsMargins(Space.L, 0, Space.L, Space.M)
        span.add(labelled(self.tr("From"), self.since))
        span.add(labelled(self.tr("Until"), self.until))
        self._rest = QWidget(self)
        figures = line(gap=Space.XL)
        figures.setContentsMargins(Space.L, Space.S, Space.L, Space.L)
        for figure in (self.taken, self.completed, self.unresolved, self.exposure):
            figures.addWidget(figure, 2)
        rest = line(self._rest, gap=Space.XL)
        for figure in (self.outage, self.online):
            rest.addWidget(figure, 1)
        figures.addWidget(self._rest, 5)
        body = column(self)
        body.addWidget(self.head)
        body.addLayout(span)
        body.addLayout(figures)
        body.addWidget(self.table, 1)
        header, metrics = self.table.header(), theme().metrics(Type.LEAD, tabular=True)
        header.setStretchLastSection(False)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.resizeSection(0, metrics.horizontalAdvance("24 Nov 2025 10:00 m") + Space.L)
        for at in _FIGURES:
            header.resizeSection(at, metrics.horizontalAdvance(self.tr("Unresolved") + "mm"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Very narrow, handling times are left to paper and files."""
        super().resizeEvent(event)
        narrow = self.window().width() / theme().effective_factor < VERY_NARROW_BELOW
        self._rest.setHidden(narrow)

    def _connect(self, actions: Actions) -> None:
        self.print_button.clicked.connect(self.print_report)
        self.pdf_button.clicked.connect(self.choose_pdf)
        self.csv_button.clicked.connect(self.choose_csv)
        for edit in (self.since, self.until):
            edit.editingFinished.connect(self.reload)
        table: dict[str, Callable[[], object]] = {
            Act.REPORT_PRINT: self.print_report,
            Act.REPORT_PDF: self.choose_pdf,
            Act.REPORT_CSV: self.choose_csv,
        }
        for act, do in table.items():
            actions.bind(act, self, do)
        self._session.person_changed.connect(self._name_rights)

    # --- reading ----------------------------------------------------------------------------

    def open(self) -> None:
        """The outage of now, else the last day."""
        status, now = self._session.status(Service.TICKETS), self._session.now
        since = status.outage_since if status is not None else None
        self._set_span(since if since is not None else Millis(now - DAY), now)
        self._name_rights()
        self.reload()
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _set_span(self, since: Millis, until: Millis) -> None:
        for edit, at in ((self.since, since), (self.until, until)):
            edit.setDateTime(QDateTime.fromMSecsSinceEpoch(at))

    def reload(self) -> None:
        span = tuple(
            Millis(edit.dateTime().toMSecsSinceEpoch()) for edit in (self.since, self.until)
        )
        self._newest.request((span[0], span[1]))

    def changed(self) -> None:
        """A report stays as it was asked for until it is asked again."""

    async def _ask(self, span: _Span) -> Report | OffhookError:
        try:
            return await self._session.opened.reporting.outage(*span, _COMPARED)
        except OffhookError as problem:
            return problem

    def _show(self, _span: _Span, found: Report | OffhookError) -> None:
        if isinstance(found, OffhookError):
            self._session.refuse(found)
            return
        self.report = found
        outage, now = found.outage, self._session.now
        self.head.set_note(report_words.span(outage, now))
        self.taken.show_figure(str(outage.taken), "")
        self.completed.show_figure(str(outage.completed), self.tr("ready or further"))
        self.unresolved.show_figure(str(outage.unresolved), self.tr("still to complete"))
        first, *others = found.exposure
        more = ", ".join(terms.money(one.total, one.currency) for one in others)
        self.exposure.show_figure(terms.money(first.total, first.currency), more)
        self._show_handling(self.outage, outage.outage)
        self._show_handling(self.online, outage.online)
        self.model.set_rows([self._row(one) for one in outage.counts])

    def _show_handling(self, figure: Figure, handling: Handling) -> None:
        said, _, calls = report_words.median(handling).partition(" (")
        if handling.median_s is None:
            figure.show_figure("\u2013", said)
        else:
            figure.show_figure(said, calls.rstrip(")"))

    def _row(self, one: Count) -> PartsRow:
        hour = report_words.hour(one.hour, self._session.now)
        name = one_line(self._session.name_of(one.agent)) or "\u2013"
        figures = tuple(self._figure(n) for n in (one.taken, one.completed, one.unresolved))
        cells: tuple[tuple[Part, ...], ...] = ((lead(hour),), (second(name),), *figures)
        return PartsRow((one.hour, one.agent), cells)

    def _figure(self, count: int) -> tuple[Part, ...]:
        return (Spring(), Text(str(count), tabular=True), Text("", fixed=True))

    # --- paper and files --------------------------------------------------------------------

    def _name_rights(self) -> None:
        may = self._session.person.may(Permission.EXPORT)
        reason = "" if may else self.tr("Exporting needs another role.")
        for button in (self.pdf_button, self.csv_button):
            button.set_reason(reason)

    def print_report(self) -> None:
        """On paper, through the system's window."""
        if self.report is not None:
            text = report_words.text(self.report, self._session)
            print_text(self, self.tr("Outage report"), text)

    def choose_pdf(self) -> None:
        """Choose a new file for the PDF."""
        self._choose(self.pdf_button, "outage-report.pdf", "PDF (*.pdf)", self.write_pdf)

    def choose_csv(self) -> None:
        """Choose a new file for the counts."""
        self._choose(self.csv_button, "outage-report.csv", "CSV (*.csv)", self.write_csv)

    def _choose(self, button: Button, name: str, kind: str, write: Callable[[str], object]) -> None:
        if self.report is None or not button.isEnabled():
            return
        dialog = QFileDialog(self, self.tr("Outage report"), name, kind)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(write)
        dialog.open()

    @async_slot
    async def write_pdf(self, target: str) -> None:
        """The report as a PDF, off the window's thread; recorded like every export."""
        if self.report is None:
            return
        text = report_words.text(self.report, self._session)
        try:
            await self._session.opened.reporting.record_copy(self._session.person)
            await asyncio.to_thread(write_pdf, Path(target), self.tr("Outage report"), text)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self.done.emit(Done(self.tr("Written: {file}").format(file=Path(target).name)))

    @async_slot
    async def write_csv(self, target: str) -> None:
        """The counts as CSV that no spreadsheet reads as formulas."""
        if self.report is None:
            return
        reporting, person = self._session.opened.reporting, self._session.person
        try:
            await reporting.write_csv(self.report, Path(target), person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self.done.emit(Done(self.tr("Written: {file}").format(file=Path(target).name)))
