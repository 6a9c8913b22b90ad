"""To complete and the visit by telephone, by keyboard alone."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.central_services import Aggregate
from app.domain.operations import Json
from tests.support.ui_desk import UiDesk, ui_desk
from tests.support.ui_screens import Screens, desk_screens
from tests.support.ui_story import morning, ticket, with_experts, with_reduced
from ui.views.enrichment_view import EnrichmentView


@pytest.fixture
def desk() -> UiDesk:
    return ui_desk(with_experts(with_reduced(morning())))


@pytest.fixture
def screens(qtbot: QtBot, desk: UiDesk) -> Iterator[Screens]:
    with desk_screens(qtbot, desk) as open_:
        yield open_


def page(screens: Screens) -> EnrichmentView:
    return screens.work.work_lists.enrichment


def go(screens: Screens, ticket_id: str) -> None:
    """To complete, and with the arrow keys to that ticket."""
    screens.press("G,C")
    view = page(screens)
    screens.until(lambda: view.found)
    for _ in view.found:
        if view.table.current_key == ticket_id:
            break
        screens.press("Down")
    screens.until(lambda: view.items.ticket and view.items.ticket.ticket_id == ticket_id)


def field(desk: UiDesk, ticket_id: str, name: str) -> Json:
    return desk.contents.tickets[ticket_id].get(name)


def test_a_ticket_is_completed_while_the_customer_talks(screens: Screens, desk: UiDesk) -> None:
    """Given nothing but a fault, when each question is answered with Enter, then it is ready."""
    one = ticket(9)
    go(screens, one)
    screens.press("Return")
    for name, said in (
        ("caller_phone", "07700 900333"), ("place", "3 Low Road"), ("model_words", "Beko washer"),
    ):  # fmt: skip
        assert QApplication.focusWidget() is not page(screens).table
        screens.type(said)
        screens.press("Return")
        screens.until(functools.partial(field, desk, one, name))
        screens.settled()
    assert field(desk, one, "status") == "to_complete"
    screens.press("Alt+P")
    screens.type("89.00")
    screens.press("Return")
    screens.until(lambda: field(desk, one, "status") == "ready")
    assert field(desk, one, "coverage") == "claimed"
    screens.until(lambda: one not in [row.ticket_id for row in page(screens).found])


def test_an_answer_is_taken_back(screens: Screens, desk: UiDesk) -> None:
    one = ticket(9)
    go(screens, one)
    screens.press("Alt+W")
    screens.until(lambda: field(desk, one, "coverage") == "waived")
    screens.press("Ctrl+Z")
    screens.until(lambda: desk.contents.outbox)
    screens.settled()
    assert next(iter(desk.contents.outbox.values())).state == "withdrawn"


def test_a_customer_is_known_by_one_key(screens: Screens, desk: UiDesk) -> None:
    one = ticket(6)
    go(screens, one)
    view = page(screens)
    screens.until(lambda: view.items.offers)
    assert view.items.offers[0].customer.name == "Margaret Ellison"
    screens.press("Alt+1")
    screens.until(lambda: field(desk, one, "customer_id") == "margaret")


def test_words_being_typed_survive_news(screens: Screens, desk: UiDesk) -> None:
    """Something else arrives while a field is being filled: its words and the cursor stay."""
    one = ticket(9)
    go(screens, one)
    screens.press("Return")
    screens.type("07700 9")
    page(screens).reload()
    screens.settled()
    assert "07700 9" in [field.text() for field in page(screens).items.fields.values()]
    screens.type("00333")
    screens.press("Return")
    screens.until(lambda: field(desk, one, "caller_phone") == "07700 900333")


def test_somebody_new_is_made_provisional(screens: Screens, desk: UiDesk) -> None:
    one = ticket(9)
    go(screens, one)
    screens.press("Alt+N")
    screens.until(lambda: field(desk, one, "customer_id"))
    made = desk.contents.records[Aggregate.CUSTOMER]
    assert [bool(fields["provisional"]) for fields in made.values()] == [True]


def test_an_expert_is_told_by_phone(screens: Screens, desk: UiDesk) -> None:
    one = ticket(13)
    screens.work.ways.open_ticket(one)
    screens.until(lambda: screens.work.ticket.detail)
    screens.press("V")
    visit = screens.work.work_lists.visit
    screens.until(lambda: visit.model.rowCount() == 3)
    assert "Bristol" in visit.sheet.toPlainText()
    screens.type("fridge")
    assert visit.model.rowCount() == 1
    screens.press("Ctrl+Return")
    screens.until(lambda: desk.contents.records.get(Aggregate.VISIT))
    (made,) = desk.contents.records[Aggregate.VISIT].values()
    assert (made["state"], made["expert_id"]) == ("told_by_phone", "rosa")
    assert made["told_at"] == "2026-11-23T11:06:00.000Z"
    screens.until(lambda: field(desk, one, "status") == "scheduled")


def test_a_wrong_merge_is_taken_back_from_the_ticket(screens: Screens, desk: UiDesk) -> None:
    """Given a ticket whose customer was merged, when Shift+U is pressed, then they are two."""
    one = ticket(9)
    desk.contents.records[Aggregate.CUSTOMER] = {
        "p1": {"name": "A Low", "provisional": True, "merged_into": "margaret"}
    }
    desk.contents.redirects["p1"] = "margaret"
    desk.contents.tickets[one]["customer_id"] = "p1"
    screens.work.ways.open_ticket(one)
    screens.until(lambda: screens.work.ticket.detail)
    screens.press("Shift+U")
    customers = desk.contents.records[Aggregate.CUSTOMER]
    screens.until(lambda: not customers["p1"].get("merged_into"))


def test_what_was_never_merged_says_so(screens: Screens) -> None:
    screens.work.ways.open_ticket(ticket(13))
    screens.until(lambda: screens.work.ticket.detail)
    screens.press("Shift+U")
    screens.until(screens.window.trouble.isVisible)
    assert "merged" in screens.window.trouble.words()


def test_the_roster_is_whole_however_large_the_letters_are(screens: Screens) -> None:
    """At 200 % on a usual screen nothing lies over the experts, and three of them are seen."""
    screens.grow(2.0)
    screens.window.resize(1440, 900)
    screens.work.work_lists.show_visit(ticket(13))
    screens.settled()
    view = screens.work.work_lists.visit
    below = view.table.mapTo(view.split, QPoint(0, view.table.height()))
    assert below.y() <= view.start.mapTo(view.split, QPoint(0, 0)).y()
    assert (
        view.table.viewport().height() >= 3 * view.table.visualRect(view.model.index(0, 0)).height()
    )
