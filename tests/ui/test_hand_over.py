"""Handing over from the palette: to a colleague by name, and it says what went."""

from __future__ import annotations

import asyncio

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.central.contract import bodies
from tests.support.ui_desk import ELLEN, TOM, UiDesk
from tests.support.ui_screens import desk_screens


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
