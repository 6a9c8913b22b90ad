"""Words of a newer program (a status, a danger) are shown as they are and never written over."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from tests.support.ui_desk import UiDesk
from tests.support.ui_screens import Screens
from tests.support.ui_story import ticket
from ui.terms import terms
from ui.views.ticket_view import TicketView

NEWER = {"status": "on_loan", "priority": "at_once", "safety": "monoxide", "coverage": "shared"}


@pytest.fixture
def view(screens: Screens, desk: UiDesk) -> TicketView:
    """A ticket's page, with a word of a newer program wherever there is one of a few."""
    desk.contents.tickets[ticket(3)].update(NEWER)
    screens.work.queue_page.queue.select(ticket(3))
    screens.press("Return")
    screens.until(lambda: screens.work.ticket.detail is not None)
    found: TicketView = screens.work.ticket
    return found


def test_the_page_shows_them(view: TicketView) -> None:
    assert view.detail is not None
    assert view.detail.row.danger
    said = [one.accessibleName() + one.toolTip() for one in view.findChildren(QWidget)]
    assert any("newer version" in one for one in said), "why its status stays"
    assert terms.status("on_loan") == "on_loan"


def test_what_is_saved_beside_them_leaves_them_alone(view: TicketView, screens: Screens) -> None:
    wanted: list[object] = []
    view.fields.wanted.connect(wanted.append)
    assert view.detail is not None
    view.fields.open_for(view.detail)
    view.fields.save()
    assert wanted == []
    screens.settled()
