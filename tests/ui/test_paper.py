"""Paper entered with its own times, and the outage report on screen, as PDF and as CSV."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDateTime
from pytestqt.qtbot import QtBot

from app.domain import reference as codes
from app.domain.ids import Millis
from app.domain.times import HOUR, MINUTE, to_rfc3339
from app.services.blanks import BLANKS
from tests.support.ui_desk import ELLEN, NOON, TOM, UiDesk, ui_desk
from tests.support.ui_screens import Screens, desk_screens
from tests.support.ui_story import morning, ticket, with_payments
from ui.report_words import report_words


@pytest.fixture
def desk() -> UiDesk:
    return ui_desk(with_payments(morning()))


@pytest.fixture
def screens(qtbot: QtBot, desk: UiDesk) -> Iterator[Screens]:
    with desk_screens(qtbot, desk) as open_:
        yield open_


@pytest.mark.qt_log_ignore("This plugin does not support")  # a dialog without a window system
def test_blanks_are_reserved_before_they_are_printed(screens: Screens, desk: UiDesk) -> None:
    screens.press("G,E")
    paper = screens.work.work_lists.paper
    screens.press("Ctrl+P")
    screens.until(lambda: len(paper.open_blanks) == 10)
    kept = desk.contents.settings[BLANKS]
    assert isinstance(kept, list)
    assert list(paper.open_blanks) == kept
    text = report_words.blanks(paper.open_blanks)
    assert all(one in text for one in paper.open_blanks)
    assert "never a card number" in text


def test_a_paper_is_entered_with_the_times_that_stand_on_it(screens: Screens, desk: UiDesk) -> None:
    """Given blanks, when one is typed in and saved, then the call has its real times; then next."""
    references = [_reference(0), _reference(1)]
    desk.contents.settings[BLANKS] = list(references)
    screens.press("G,E")
    paper = screens.work.work_lists.paper
    screens.until(lambda: paper.reference.text() == references[0])
    start = Millis(NOON - 26 * HOUR)
    paper.start.setDateTime(QDateTime.fromMSecsSinceEpoch(start))
    paper.end.setDateTime(QDateTime.fromMSecsSinceEpoch(start + 7 * MINUTE))
    for field, said in (
        (paper.phone, "07700 900555"), (paper.name, "Owen Hart"), (paper.fault, "It hums"),
        (paper.place, "3 Low Road"),
    ):  # fmt: skip
        field.set_text(said)
    screens.press("Ctrl+Return")
    screens.until(lambda: paper.reference.text() == references[1])
    made = next(one for one in desk.contents.tickets.values() if one["reference"] == references[0])
    assert made["happened_at"] == to_rfc3339(start)
    (call,) = [one for one in desk.contents.contacts.values() if one.get("number")]
    assert call["started"] == to_rfc3339(start)
    assert call["ended"] == to_rfc3339(Millis(start + 7 * MINUTE))
    assert paper.fault.text() == ""


def _reference(at: int) -> str:
    counter = 0x700
    for _ in range(at + 1):
        counter = codes.next_counter("K7", counter)
    return str(codes.compose("K7", counter))


def test_the_report_is_shown_and_written(screens: Screens, desk: UiDesk, tmp_path: Path) -> None:
    for number, minutes in ((2, 4), (3, 8)):
        desk.contents.tickets[ticket(number)]["offline"] = True
        started = Millis(NOON - 20 * MINUTE)
        desk.contents.contacts[f"c{number}"] = {
            "tickets": [ticket(number)], "started": to_rfc3339(started),
            "ended": to_rfc3339(Millis(started + minutes * MINUTE)), "agent": "ellen",
        }  # fmt: skip
    desk.contents.tickets[ticket(2)]["taken_by"] = "=cmd|' /C calc'!A0"
    screens.work.set_person(TOM.id)
    screens.settled()
    screens.press("G,T")
    report = screens.work.work_lists.report
    screens.until(lambda: report.report)
    assert report.report is not None
    outage = report.report.outage
    assert outage.taken == outage.completed + outage.unresolved > 0
    assert outage.outage.median_s == 6 * 60
    text = report_words.text(report.report, screens.work.session)
    assert f"Taken: {outage.taken}" in text
    assert "6 min" in text

    report.write_pdf(str(tmp_path / "report.pdf"))
    screens.until(lambda: (tmp_path / "report.pdf").exists() and screens.window.news.words())
    assert (tmp_path / "report.pdf").read_bytes().startswith(b"%PDF")
    report.write_csv(str(tmp_path / "report.csv"))
    screens.until((tmp_path / "report.csv").exists)
    screens.settled()
    assert "\"'=cmd|" in (tmp_path / "report.csv").read_text("utf-8")


def test_an_agent_prints_and_exports_nothing(screens: Screens, tmp_path: Path) -> None:
    assert screens.work.session.person == ELLEN
    screens.press("G,T")
    report = screens.work.work_lists.report
    screens.until(lambda: report.report)
    assert report.print_button.isEnabled()
    assert not report.pdf_button.isEnabled()
    assert not report.csv_button.isEnabled()
    report.write_pdf(str(tmp_path / "report.pdf"))
    screens.until(screens.window.trouble.isVisible)
    assert not (tmp_path / "report.pdf").exists()
