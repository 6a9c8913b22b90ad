"""A customer's page by keyboard alone: from search, from a queue, from a ticket, and back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.domain.central_services import Aggregate
from app.domain.ids import Millis
from app.domain.operations import FieldConflict
from app.domain.times import DAY, to_rfc3339
from app.domain.views import ConflictRow, CustomerPage
from tests.support.ui_desk import NOON, UiDesk
from tests.support.ui_forbidden import GUI_THREAD
from tests.support.ui_screens import Screens, desk_screens
from tests.support.ui_story import morning, ticket
from ui.views.customer_view import CustomerView


@pytest.fixture
def desk(desk: UiDesk) -> UiDesk:
    """The morning, and two calls of Margaret Ellison."""
    for number, (days, outcome, about) in enumerate(
        ((3, "new_ticket", ticket(2)), (9, "dropped", ""))
    ):
        desk.contents.contacts[f"call-{number}"] = {
            "customer_id": "margaret", "outcome": outcome, "agent": "tom",
            "caller_name": "Margaret Ellison", "tickets": [about] if about else [],
            "started": to_rfc3339(Millis(NOON - days * DAY)),
        }  # fmt: skip
    return desk


def _view(screens: Screens) -> CustomerView:
    return screens.work.customer


def _page(screens: Screens) -> CustomerPage:
    screens.until(lambda: _view(screens).page is not None)
    page = _view(screens).page
    assert page is not None
    return page


def _from_search(screens: Screens) -> CustomerPage:
    screens.press("Ctrl+K")
    screens.type("margaret")
    screens.settled()
    screens.press("Return")
    return _page(screens)


def test_search_leads_to_the_customer_with_everything(screens: Screens) -> None:
    page = _from_search(screens)
    assert screens.window.pages.currentWidget() is _view(screens)
    assert page.customer.id == "margaret"
    screens.turn(20)
    said = " ".join(one.text() for one in _view(screens).findChildren(QLabel) if one.isVisible())
    for words in ("Samsung QE43Q60C", "Home Plus", "Ring back with a time", "12 Cotham Vale"):
        assert words in said
    assert _view(screens).tickets.rowCount() == 2
    assert _view(screens).calls.rowCount() == 2
    assert screens.focused() is _view(screens).table


def test_what_was_changed_in_two_places_is_said_and_compared(
    screens: Screens, desk: UiDesk
) -> None:
    """Given a customer whose address central changed too, then Shift+C compares, L comes back."""
    desk.contents.records[Aggregate.CUSTOMER] = {"margaret": {"name": "Margaret Ellison"}}
    both = FieldConflict("address", "12 Cotham Vale", "14 Cotham Vale", "12a", "tom", NOON)
    desk.contents.conflicts.append(ConflictRow("op", "customer.set", "margaret", NOON, both))
    _from_search(screens)
    screens.until(lambda: not _view(screens).disputed.isHidden())
    assert "Address" in _view(screens).disputed.words()
    screens.press("Shift+C")
    compare = screens.work.conflict
    screens.until(lambda: bool(compare.fields))
    assert compare.fields[0].name.text() == "Address"
    assert compare.fields[0].cards[1].value.text == "14 Cotham Vale"
    screens.press("L")
    screens.until(_view(screens).isVisible)


def test_a_ticket_opens_from_the_page_and_from_a_call(screens: Screens) -> None:
    _from_search(screens)
    screens.press("Return")
    screens.until(lambda: screens.work.ticket.detail is not None)
    assert screens.window.pages.currentWidget() is screens.work.ticket
    screens.press("U")
    screens.until(lambda: screens.window.pages.currentWidget() is _view(screens))
    screens.press("Esc")
    screens.until(lambda: screens.window.pages.currentWidget() is screens.work.ticket)
    screens.press("U")
    _page(screens)
    screens.press("Tab")
    assert screens.focused() is _view(screens).call_table
    screens.press("Home", "Return")
    screens.until(lambda: screens.window.pages.currentWidget() is screens.work.ticket)
    assert screens.work.ticket.detail is not None
    assert screens.work.ticket.detail.row.id == ticket(2)


def test_the_queue_leads_to_the_customer_of_the_row(screens: Screens) -> None:
    screens.work.queue_page.queue.select(ticket(2))
    screens.press("U")
    assert _page(screens).customer.id == "margaret"
    screens.press("Esc")
    assert screens.window.pages.currentWidget() is screens.work.queue_page


def test_a_ticket_without_a_customer_says_so(screens: Screens) -> None:
    screens.work.queue_page.queue.select(ticket(0))
    screens.press("U")
    screens.until(lambda: not screens.window.trouble.isHidden())
    assert "names no customer" in screens.window.trouble.words()


def test_a_call_with_them_starts_with_the_customer_accepted(screens: Screens) -> None:
    _from_search(screens)
    screens.press("C")
    screens.until(lambda: screens.work.calls.active is not None)
    screens.until(lambda: screens.call.call.customer_id == "margaret")
    assert screens.call.form.name.text() == "Margaret Ellison"


def test_the_number_is_copied(screens: Screens) -> None:
    _from_search(screens)
    screens.press("Ctrl+C")
    assert QGuiApplication.clipboard().text() == "+447700900118"


def test_another_customer_shows_nothing_of_the_one_before(screens: Screens, desk: UiDesk) -> None:
    _from_search(screens)
    _view(screens).open_customer("david")
    assert _view(screens).page is None
    assert _view(screens).tickets.rowCount() == 0
    assert _page(screens).customer.name == "David Ellison"
    screens.until(lambda: "No tickets and no calls" in _view(screens).trouble.words())


def test_the_page_follows_what_moves(screens: Screens, desk: UiDesk) -> None:
    _from_search(screens)
    card = desk.contents.customers["margaret"]
    desk.contents.customers["margaret"] = replace(card, name="Margaret Ellison-Webb")
    _view(screens).reread()
    screens.until(lambda: _page(screens).customer.name == "Margaret Ellison-Webb")
    shown = " ".join(one.text() for one in _view(screens).findChildren(QLabel))
    assert "Margaret Ellison-Webb" in shown


def test_hostile_words_on_the_page_are_shown_as_typed(qtbot: QtBot, desk: UiDesk) -> None:
    evil = "<img src='//host/share/a.png'><b>x</b>"
    card = morning().customers["margaret"]
    desk.contents.customers["margaret"] = replace(card, name=evil, address=evil)
    with desk_screens(qtbot, desk) as screens, GUI_THREAD.watched() as breaches:
        screens.work.ways.show_customer("margaret")
        _page(screens)
        screens.turn(50)
        shown = [one.text() for one in _view(screens).findChildren(QLabel)]
        assert evil in shown
    assert breaches == []


def test_a_customer_is_merged_into_another_and_taken_apart_by_keyboard(
    screens: Screens, desk: UiDesk
) -> None:
    """M, a name, Ctrl+Enter; the one who stays says who is part of them, and Shift+M parts them."""
    records = desk.contents.records.setdefault(Aggregate.CUSTOMER, {})
    records |= {"margaret": {"name": "Margaret Ellison"}, "david": {"name": "David Ellison"}}
    _from_search(screens)
    merging = _view(screens).merging
    screens.press("M")
    screens.until(merging.form.isVisible)
    screens.type("Nobody At All")
    screens.until(lambda: "Nobody else" in " ".join(_said(merging)))
    screens.press("Ctrl+Return")
    assert not desk.contents.outbox
    merging.form.words.set_text("")
    screens.type("ellison")
    screens.until(lambda: merging.form.who.count() == 1)
    assert merging.form.who.currentText().startswith("David Ellison")
    screens.press("Ctrl+Return")
    screens.until(lambda: records["margaret"].get("merged_into") == "david")
    assert not merging.form.isVisible()
    desk.contents.redirects["margaret"] = "david"
    _view(screens).reread()
    screens.until(lambda: "Margaret Ellison" in merging.message.words())
    screens.press("Shift+M")
    screens.until(lambda: not records["margaret"].get("merged_into"))
    kinds = [one.kind for one in desk.contents.outbox.values()]
    assert kinds == ["customer.merge", "customer.unmerge"]


def _said(widget: QWidget) -> list[str]:
    return [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
