"""Handing over from the palette: to a colleague by name, and it says what went."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.central.contract import bodies
from app.domain.views import SearchAnswer
from app.services.handed_drafts import GIVEN
from tests.support.ui_desk import ELLEN, NOON, TOM, UiDesk
from tests.support.ui_screens import Screens, desk_screens
from ui.delegates.parts import sentence
from ui.lanes import DRAFTS, HANDED_DRAFTS
from ui.views.call_backs_view import CallBacksView


def test_a_colleague_is_found_in_the_palette_and_gets_it_all(desk: UiDesk, qtbot: QtBot) -> None:
    asyncio.run(desk.opened.intake.keep_draft(desk.opened.intake.new_call("07700 900118"), ELLEN))
    with desk_screens(qtbot, desk) as screens:
        screens.press("Ctrl+K")
        screens.type("hand over to tom")
        screens.settled()
        screens.press("Return")
        screens.until(lambda: len(desk.contents.outbox) == 2)
        set_ = bodies.read(next(iter(desk.contents.outbox.values())).raw)
        assert set_.changes["owner"].new == TOM.id
        assert [one.person for one in desk.contents.drafts.values()] == [TOM.id]
        news = screens.window.news
        screens.until(lambda: any("Tom Reyes" in one.text() for one in news.findChildren(QLabel)))


def test_with_nothing_open_it_says_so(desk: UiDesk, qtbot: QtBot) -> None:
    desk.contents.tickets.clear()
    with desk_screens(qtbot, desk) as screens:
        screens.work.hand_over.give(TOM.id)
        screens.until(lambda: not screens.window.trouble.isHidden())
        assert not desk.contents.outbox


def test_the_list_says_whose_a_call_back_is(desk: UiDesk, qtbot: QtBot) -> None:
    """Given a dropped call, then it is anybody's, and from the hand-over on Tom's."""
    desk.contents.contacts["c-1"] = {
        "number": "07700 900118", "call_back_due": "2026-11-23T12:00:00.000Z",
    }  # fmt: skip
    with desk_screens(qtbot, desk) as screens:
        screens.press("G,B")
        backs = screens.work.call_backs
        screens.until(lambda: len(_whose(backs)) == 2)
        assert _whose(backs) == {"dropped": "anybody", "promise": "you"}
        screens.work.hand_over.give(TOM.id)
        screens.until(lambda: set(_whose(backs).values()) == {"Tom Reyes"})
        screens.work.set_person(TOM.id)
        screens.until(lambda: screens.work.session.person.id == TOM.id)
        screens.until(lambda: set(_whose(backs).values()) == {"you"})


def _whose(backs: CallBacksView) -> dict[str, str]:
    """What the column says, by kind."""
    return {
        str(row.key[0]): sentence(row.cells[3])
        for row in backs.model.rows
        if isinstance(row.key, tuple)
    }


def test_only_whoever_can_finish_it_is_offered(desk: UiDesk, qtbot: QtBot) -> None:
    """Neither oneself, nor an auditor, nor somebody revoked; who sits here is looked at anew."""
    with desk_screens(qtbot, desk) as screens:
        assert _offered(screens) == {"the next shift", TOM.name}
        screens.work.set_person(TOM.id)
        screens.until(lambda: screens.work.session.person.id == TOM.id)
        assert _offered(screens) == {"the next shift", ELLEN.name}
        inside = desk.opened.desk
        gone = replace(ELLEN, revoked_at=NOON)
        people = tuple(gone if one.id == ELLEN.id else one for one in inside.configuration.people)
        inside.configuration = replace(inside.configuration, people=people)
        assert _offered(screens) == {"the next shift"}


def _offered(screens: Screens) -> set[str]:
    """Whom the palette would hand over to."""
    screens.press("Ctrl+K")
    screens.type("hand over to")
    screens.settled()
    found = {
        row.lead.removeprefix("Hand over to ")
        for row in screens.work.commands._acts("hand over to", SearchAnswer((), (), (), 0.0))
    }
    screens.press("Esc")
    return found


def test_calls_that_were_handed_over_are_no_kept_calls_of_the_giver(
    desk: UiDesk, qtbot: QtBot
) -> None:
    """Given one call for Tom and one at another desk, then they stand apart; Tom has his."""
    intake = desk.opened.intake
    for number in ("07700 900118", "07700 900451", "07700 900222"):
        asyncio.run(intake.keep_draft(intake.new_call(number), ELLEN))
    away, *_others = desk.contents.drafts
    desk.contents.settings[GIVEN] = {
        away: {"to": "desk-2", "hand_over": "h", "words": "w", "at": int(NOON)}
    }
    with desk_screens(qtbot, desk) as screens:
        screens.until(lambda: _calls_in_the_rail(screens) == {DRAFTS: 2, HANDED_DRAFTS: 1})
        screens.work.hand_over.give(TOM.id)
        screens.until(lambda: _calls_in_the_rail(screens) == {HANDED_DRAFTS: 3})
        screens.work.set_person(TOM.id)
        screens.until(lambda: _calls_in_the_rail(screens) == {DRAFTS: 2, HANDED_DRAFTS: 1})
        screens.work.go(HANDED_DRAFTS)
        screens.until(lambda: len(screens.work.calls.screens) == 1)
        assert screens.work.calls.screens[0].call.draft_id == away


def _calls_in_the_rail(screens: Screens) -> dict[str, int | None]:
    """The counts of the kept and of the handed-over calls."""
    items = (item for group in screens.window.rail._groups for item in group.items)
    return {one.key: one.count for one in items if one.key in (DRAFTS, HANDED_DRAFTS)}
