"""A ticket that central took away is not shown on; a sentence says why."""

from __future__ import annotations

import pytest

from app.domain.changes import Changes
from tests.support.ui_desk import UiDesk
from tests.support.ui_screens import Screens
from tests.support.ui_story import ticket


@pytest.mark.parametrize("reason", ["deleted", "merged", "erased", "expired", "out_of_scope"])
def test_the_page_is_left_with_a_sentence(screens: Screens, desk: UiDesk, reason: str) -> None:
    screens.work.queue_page.queue.select(ticket(3))
    screens.press("Return")
    screens.until(lambda: screens.work.ticket.detail is not None)
    said: list[str] = []
    screens.work.session.refused.connect(lambda problem: said.append(problem.happened))
    del desk.contents.tickets[ticket(3)]
    desk.contents.gone[ticket(3)] = reason
    desk.store.publish(Changes.of("ticket", ticket(3)))
    screens.until(lambda: said)
    assert screens.window.pages.currentWidget() is screens.work.queue_page
    words = {"erased": "erased", "deleted": "deleted", "merged": "part of another"}
    assert words.get(reason, "ticket") in said[0]
