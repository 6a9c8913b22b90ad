"""The catch-up on screen: figures, rows and cards of one outage, by keyboard, for each role."""

from __future__ import annotations

import asyncio
import csv
import io
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.views import QueueView
from tests.support.screen_pictures import other_desks
from tests.support.ui_desk import TOM, UiDesk, ui_desk
from tests.support.ui_screens import Screens, desk_screens
from tests.support.ui_story import after_the_outage, ticket
from ui.lanes import CALL_BACKS
from ui.printing import text_document
from ui.views.catch_up_view import CatchUpView


@pytest.fixture
def desk() -> UiDesk:
    made = ui_desk(after_the_outage())
    made.others.standing = other_desks()
    return made


def opened(screens: Screens) -> CatchUpView:
    """G, K, and the first reading."""
    screens.press("G,K")
    view = screens.work.catch_up
    screens.until(lambda: view.found is not None)
    screens.turn(20)
    return view


def shown(widget: QWidget) -> str:
    return "\n".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def test_the_outage_is_counted_and_parted_into_active_and_closed(
    desk: UiDesk, qtbot: QtBot
) -> None:
    with desk_screens(qtbot, desk) as screens:
        view = opened(screens)
        assert [one.value for one in view.figures.figures] == ["10", "9", "4", "1", "£681.00"]
        assert "£340.00" in shown(view.cards.exposure), "four visits, beside what is claimed"
        groups = [row.says for row in view.model.rows if row.kind.is_group]
        assert groups == ["Still active 7", "Closed during the outage 3"]
        assert view.table.current_key == ticket(0), "what needs review is first, and chosen"
        assert view.cards.desks.isHidden(), "an agent is not told of other desks"
        assert desk.others.asked_by == []
        assert "1 not at central yet" in shown(view.cards.same)
        assert "10" in shown(view.cards.web)


def test_a_supervisor_sees_desks_with_unsent_work_silent_ones_first(
    desk: UiDesk, qtbot: QtBot
) -> None:
    with desk_screens(qtbot, desk) as screens:
        screens.work.session.set_person(TOM)
        view = opened(screens)
        screens.until(lambda: not view.cards.desks.isHidden())
        words = shown(view.cards.desks)
        assert words.index("Leeds 2") < words.index("Bristol front")
        assert "York" not in words
        assert words.index("Bristol front") < words.index("Hull") < words.index("removed, last")
        assert words.count("silent") == 1
        assert "silent since" in words
        assert "extension 204" in words
        desk.others.away = True
        view.reload()
        screens.until(lambda: "nobody knows" in shown(view.cards.desks))
        assert set(desk.others.asked_by) == {TOM.id}


def test_a_narrow_window_keeps_the_desks_behind_a_key(desk: UiDesk, qtbot: QtBot) -> None:
    """Given less than 1200 px, then the rows have the page, and D shows desks and call-backs."""
    with desk_screens(qtbot, desk) as screens:
        screens.work.session.set_person(TOM)
        screens.window.resize(1100, 800)
        view = opened(screens)
        screens.until(view.cards.isHidden)
        screens.press("D")
        assert view.cards.desks.isVisible()
        assert view.cards.calls.isVisible()
        assert view.table.isVisible()
        screens.window.resize(900, 700)
        screens.until(lambda: view.table.isColumnHidden(1) and view.table.isColumnHidden(3))
        assert view.figures.isHidden()
        assert view.table.horizontalScrollBar().maximum() == 0, "nothing of a row is out of sight"
        screens.press("D")
        assert view.cards.isHidden()
        assert not any(map(view.table.isColumnHidden, range(6)))
        assert view.figures.isVisible()


def test_every_way_on_has_a_key(desk: UiDesk, qtbot: QtBot) -> None:
    with desk_screens(qtbot, desk) as screens:
        opened(screens)
        screens.press("B")
        assert screens.work.window.pages.currentWidget() is screens.work.call_backs
        opened(screens)
        screens.press("T")
        assert screens.work.queue_page.queue.queue.key == QueueView.QUARANTINE
        opened(screens)
        screens.press("Return")
        screens.until(lambda: screens.work.ticket.detail is not None)
        detail = screens.work.ticket.detail
        assert detail is not None
        assert detail.row.id == ticket(0)


def test_groups_fold_and_an_older_outage_can_be_looked_at(desk: UiDesk, qtbot: QtBot) -> None:
    kept = desk.contents.settings["outages"]
    assert isinstance(kept, list)
    desk.contents.settings["outages"] = [["billing", 1_000, 61_000], *kept]
    with desk_screens(qtbot, desk) as screens:
        view = opened(screens)
        screens.press("Up")
        screens.press("Space")
        assert [row.kind.is_group for row in view.model.rows] == [True, True, False, False, False]
        screens.press("Alt+Left")
        screens.until(lambda: view.found is not None and not view.found.taken)
        assert "Billing" in shown(view.head)
        assert "Nothing was taken here" in view.empty.accessibleName()


def test_the_news_of_coming_back_leads_there(desk: UiDesk, qtbot: QtBot) -> None:
    with desk_screens(qtbot, desk) as screens:
        screens.work.window.news.acted.emit("catch_up")
        assert screens.work.window.pages.currentWidget() is screens.work.catch_up
        screens.work.go(CALL_BACKS)


def test_the_export_needs_the_role_and_is_no_formula(
    desk: UiDesk, qtbot: QtBot, tmp_path: Path
) -> None:
    desk.contents.tickets[ticket(5)]["fault"] = "=HYPERLINK(1)"
    with desk_screens(qtbot, desk) as screens:
        view = opened(screens)
        assert not view._export.isEnabled()  # the button has no other name
        screens.work.session.set_person(TOM)
        target = tmp_path / "out.csv"
        view.export_to(str(target))
        screens.until(target.exists)
        screens.until(lambda: target.stat().st_size > 0)
        rows = list(csv.reader(io.StringIO(target.read_text("utf-8"))))
        assert len(rows) == 11
        assert "'=HYPERLINK(1)" in {row[3] for row in rows}


def test_paper_says_all_of_it_as_plain_text(desk: UiDesk, qtbot: QtBot) -> None:
    desk.contents.tickets[ticket(5)]["fault"] = "<b>loud</b>"
    with desk_screens(qtbot, desk) as screens:
        view = opened(screens)
        found = view.found
        assert found is not None
        from ui.views.catch_up_words import catch_up_words

        text = catch_up_words.paper(found, "Tickets", screens.work.session)
        assert text_document("x", text).toPlainText().count("<b>loud</b>") == 1
        assert all(one.row.reference in text for one in found.taken)


def test_the_service_counts_without_a_screen(desk: UiDesk) -> None:
    found = asyncio.run(desk.opened.catching_up.read())
    assert (len(found.active), len(found.closed), found.backlog.total) == (7, 3, 30)
