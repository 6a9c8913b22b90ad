"""Values changed in two places: one key per choice, a preview, later, and nothing thrown away."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.central.contract import bodies
from app.domain.ids import Millis
from app.domain.lifecycle import OpState
from app.domain.operations import FieldConflict, Json
from app.domain.views import ConflictRow
from tests.support.ui_desk import ELLEN, NOON, UiDesk
from tests.support.ui_screens import Screens, desk_screens
from tests.support.ui_story import ticket
from ui.views.conflict_view import ConflictView

REFERENCE_AT = 3
MINE = {"place": "14 Cotham Vale", "reachable": "mornings"}
THEIRS: dict[str, Json] = {"place": "12a Cotham Vale", "reachable": "after 17:00"}


@pytest.fixture
def desk(desk: UiDesk) -> UiDesk:
    """An edit of two fields that central changed too."""
    fields = desk.contents.tickets[ticket(REFERENCE_AT)]
    change = desk.opened.tickets.set_fields(str(fields["reference"]), MINE, ELLEN)
    decided = asyncio.run(_awaited(change))
    desk.contents.tickets[ticket(REFERENCE_AT)].update(THEIRS)
    for name, value in MINE.items():
        both = FieldConflict(name, "12 Cotham Vale", value, THEIRS[name], "tom", NOON)
        desk.contents.conflicts.append(
            ConflictRow(decided, "ticket.set", ticket(REFERENCE_AT), Millis(NOON - 60_000), both)
        )
    return desk


async def _awaited(change: object) -> str:
    return str((await change).op_id)  # type: ignore[misc]  # what the service gives


def compared(screens: Screens) -> ConflictView:
    """The ticket opened, and C pressed."""
    screens.work.queue_page.queue.select(ticket(REFERENCE_AT))
    screens.press("Return")
    screens.until(lambda: screens.work.ticket.detail is not None)
    screens.until(lambda: not screens.work.ticket.conflict.isHidden())
    screens.press("C")
    view = screens.work.conflict
    screens.until(lambda: len(view.fields) == 2)
    assert screens.window.pages.currentWidget() is view
    return view


def _written(desk: UiDesk) -> dict[str, Json]:
    body = bodies.read(list(desk.contents.outbox.values())[-1].raw)
    return {name: change.new for name, change in body.changes.items()}


def test_each_field_is_chosen_by_one_key_and_saved_as_one_operation(
    screens: Screens, desk: UiDesk
) -> None:
    """Given two conflicting fields, when M and T are pressed, then one new operation says so."""
    view = compared(screens)
    assert not view.save_button.isEnabled()
    before = len(desk.contents.outbox)
    screens.press("M")
    assert [field.cards[1].isChecked() for field in view.fields] == [True, False]
    screens.press("T")
    assert view.fields[1].cards[2].isChecked()
    assert view.save_button.isEnabled()
    screens.press("Ctrl+Return")
    screens.until(lambda: not desk.contents.conflicts)
    assert len(desk.contents.outbox) == before + 1
    assert _written(desk) == {"place": "14 Cotham Vale"}
    screens.until(lambda: screens.window.pages.currentWidget() is screens.work.ticket)


def test_later_changes_nothing_and_the_answers_are_still_there(
    screens: Screens, desk: UiDesk
) -> None:
    view = compared(screens)
    before = len(desk.contents.outbox)
    screens.press("B", "L")
    screens.until(lambda: screens.window.pages.currentWidget() is screens.work.ticket)
    assert len(desk.contents.conflicts) == 2
    assert len(desk.contents.outbox) == before
    screens.press("C")
    screens.until(lambda: screens.window.pages.currentWidget() is view)
    screens.until(view.fields[0].cards[0].isChecked)


def test_a_value_of_ones_own_is_typed_where_none_fits(screens: Screens, desk: UiDesk) -> None:
    view = compared(screens)
    screens.press("E", "Ctrl+A")
    screens.type("13 Cotham Vale")
    screens.press("Return")
    assert view.own.isHidden()
    screens.press("Down", "B", "Ctrl+Return")
    screens.until(lambda: not desk.contents.conflicts)
    assert _written(desk)["place"] == "13 Cotham Vale"


def test_a_value_that_moved_again_is_shown_and_the_choice_asked_for_anew(
    screens: Screens, desk: UiDesk
) -> None:
    """Given theirs changed again after T was pressed, then the preview never names a value that
    saving does not leave.
    """
    view = compared(screens)
    screens.press("T", "M")
    assert "12a Cotham Vale" in previewed(view)
    for op_id, stored in desk.contents.outbox.items():
        desk.contents.outbox[op_id] = replace(stored, state=OpState.SETTLED)
    desk.contents.tickets[ticket(REFERENCE_AT)]["place"] = "99 Nova Road"
    before = len(desk.contents.outbox)
    screens.press("Ctrl+Return")
    screens.until(lambda: view.fields[0].cards[2].value.text == "99 Nova Road")
    screens.settled()
    assert len(desk.contents.outbox) == before
    assert len(desk.contents.conflicts) == 2
    assert not view.save_button.isEnabled()
    assert "12a Cotham Vale" not in previewed(view)
    assert view.fields[1].cards[1].isChecked()
    screens.press("T")
    assert "99 Nova Road" in previewed(view)
    screens.press("Ctrl+Return")
    screens.until(lambda: not desk.contents.conflicts)
    assert "place" not in _written(desk)


def previewed(view: ConflictView) -> str:
    """All words of the preview."""
    return " ".join(one.text() for one in view._preview.findChildren(QLabel))


def test_an_edit_is_left_by_escape_without_an_answer(screens: Screens, desk: UiDesk) -> None:
    view = compared(screens)
    screens.press("E")
    screens.type("x")
    screens.press("Esc")
    assert view.own.isHidden()
    assert screens.window.pages.currentWidget() is view
    screens.press("Ctrl+Return")
    screens.settled()
    assert len(desk.contents.conflicts) == 2


def test_differences_are_marked_and_every_card_says_what_it_is(screens: Screens) -> None:
    view = compared(screens)
    base, mine, theirs = view.fields[0].cards
    assert base.value.marks == ()
    assert mine.value.text == "14 Cotham Vale"
    assert mine.value.marks
    assert "Tom Reyes" in theirs.accessibleName()
    assert theirs.accessibleDescription() == "T"


def test_a_desk_that_is_german_compares_in_german(qtbot: QtBot, desk: UiDesk) -> None:
    with desk_screens(qtbot, desk, language="de") as screens:
        view = compared(screens)
        assert view.fields[0].name.text() == "Ort"
        assert view.fields[0].cards[2].accessibleName().startswith("Andere")
