"""Paper, files and links: what leaves the desk is whole, plain, harmless and recorded."""

from __future__ import annotations

import asyncio
import csv
import io
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from pytestqt.qtbot import QtBot

from app.domain.links import reference_in
from tests.support.programs import ROOT, environment
from tests.support.ui_desk import TOM, UiDesk
from tests.support.ui_screens import Screens, desk_screens
from tests.support.ui_story import ticket
from ui.printing import text_document
from ui.theme import theme
from ui.views.ticket_paper import ticket_paper

EVIL = '=HYPERLINK("http://evil","<b>x</b>")'


def _opened(screens: Screens, at: int) -> None:
    screens.work.ways.open_ticket(ticket(at))
    screens.until(lambda: screens.work.ticket.detail is not None)


def test_a_printed_ticket_says_what_the_screen_says_as_plain_text(
    qtbot: QtBot, desk: UiDesk, tmp_path: Path
) -> None:
    desk.contents.tickets[ticket(0)]["fault"] = "<b>loud</b> & hot"
    with desk_screens(qtbot, desk) as screens:
        _opened(screens, 0)
        view = screens.work.ticket
        assert view.detail is not None
        text = ticket_paper.lines(
            view.detail, screens.work.session, view.entries, view.cards.claims.states
        )
        row = view.detail.row
        assert "<b>loud</b> & hot" in text
        for words in (row.device, row.customer, *(one.text for one in view.detail.thread)):
            assert words.splitlines()[0] in text if words else True
        document = text_document(row.reference, text)
        assert "<b>loud</b>" in document.toPlainText()
        theme().set_font_scale(2.0)
        assert text_document(row.reference, text).defaultFont() == document.defaultFont()
        printer = QPrinter()
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "ticket.pdf"))
        document.print_(printer)
        assert (tmp_path / "ticket.pdf").read_bytes()[:5] == b"%PDF-"


def test_a_queue_becomes_a_file_without_formulas_for_those_who_may(
    qtbot: QtBot, desk: UiDesk, tmp_path: Path
) -> None:
    for fields in desk.contents.tickets.values():
        fields["fault"] = EVIL
    target = tmp_path / "out.csv"
    with desk_screens(qtbot, desk) as screens:
        screens.press("Ctrl+E")  # an agent: said, not done
        screens.until(screens.window.trouble.isVisible)
        screens.work.set_person(TOM.id)
        screens.until(lambda: screens.work.session.person.id == TOM.id)
        screens.press("G", "O")
        screens.settled()
        shown = [row.reference for row in screens.work.queue_page.queue.model.rows]
        screens.work.queue_export.write(str(target))
        screens.until(lambda: target.exists() and target.stat().st_size > 0)
        screens.until(lambda: str(target) in screens.window.news.words())
        assert f"{len(shown)} ticket" in screens.window.news.words()
        rows = list(csv.reader(io.StringIO(target.read_text("utf-8"))))
        assert [row[0] for row in rows[1:]] == shown
        assert {row[3] for row in rows[1:]} == {f"'{EVIL}"}
    (kept,) = asyncio.run(desk.opened.exporting.record(TOM))
    assert (kept["by"], kept["what"]) == (TOM.id, "queue")


@pytest.mark.qt_log_ignore("does not support raise")
def test_a_link_opens_its_ticket_and_is_copied_from_it(qtbot: QtBot, desk: UiDesk) -> None:
    with desk_screens(qtbot, desk) as screens:
        _opened(screens, 0)
        screens.press("Ctrl+Shift+C")
        link = QGuiApplication.clipboard().text()
        assert link in screens.window.news.words()
        detail = screens.work.ticket.detail
        assert detail is not None
        assert reference_in(link) == detail.row.reference
        screens.press("Esc")
        screens.until(lambda: screens.window.pages.currentWidget() is screens.work.queue_page)
        answer = asyncio.ensure_future(screens.program.answer(["open", reference_in(link)]))
        screens.until(answer.done)
        assert answer.result() == (0, "")
        screens.until(lambda: screens.window.pages.currentWidget() is screens.work.ticket)


def test_a_link_to_anything_else_is_refused_without_a_window(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "app", "open", "offhook://erase/all", "--profile", str(tmp_path)],
        capture_output=True, text=True, check=False, cwd=ROOT, env=environment(), timeout=120,
    )  # fmt: skip
    assert done.returncode == 3
    assert "offhook://ticket/" in done.stderr
