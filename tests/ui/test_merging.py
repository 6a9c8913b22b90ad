"""A ticket that is part of another one: merged by reference, and taken apart again."""

from __future__ import annotations

from dataclasses import replace

from tests.support.ui_desk import UiDesk
from tests.support.ui_screens import Screens
from tests.support.ui_story import ticket


def opened(screens: Screens, at: int) -> None:
    screens.work.queue_page.queue.select(ticket(at))
    screens.press("Return")
    screens.until(lambda: screens.work.ticket.detail is not None)


def kinds(desk: UiDesk) -> list[str]:
    return [one.kind for one in desk.contents.outbox.values()]


def test_m_merges_into_the_ticket_named(screens: Screens, desk: UiDesk) -> None:
    opened(screens, 3)
    screens.press("M")
    form = screens.work.ticket.merging.form
    assert form.isVisible()
    screens.press("Ctrl+Return")
    assert form.isVisible(), "it asks which one stays"
    screens.type(str(desk.contents.tickets[ticket(4)]["reference"]))
    screens.press("Ctrl+Return")
    screens.until(lambda: "ticket.merge" in kinds(desk))
    assert not form.isVisible()


def test_what_is_part_of_it_is_named_and_taken_apart(screens: Screens, desk: UiDesk) -> None:
    part = desk.contents.tickets[ticket(4)]
    part["merged_into"] = ticket(3)
    opened(screens, 3)
    detail = screens.work.ticket.detail
    assert detail is not None
    named = replace(detail, merged_here=(str(part["reference"]),))
    screens.work.ticket.merging.show_detail(named)
    assert str(part["reference"]) in screens.work.ticket.merging.message.words()
    screens.press("Shift+M")
    screens.until(lambda: "ticket.unmerge" in kinds(desk))
