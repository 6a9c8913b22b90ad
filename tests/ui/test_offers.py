"""Every action of the desk in an outage: another verb, an age, or a reason (ux 14)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.domain.activities import NEEDS, Activity, Form
from app.domain.central_services import Service
from app.domain.views import ServiceWord
from tests.support.ui_desk import NOON, UiDesk
from tests.support.ui_screens import Screens, desk_screens
from tests.support.ui_story import ticket
from ui.offers import Offers
from ui.widgets.buttons import Button
from ui.widgets.palette import PaletteRow


def tickets_down(screens: Screens, desk: UiDesk) -> None:
    desk.sync.tickets_down(NOON)
    screens.until(lambda: not screens.work.session.is_up(Service.TICKETS))


def verb_of(screens: Screens, at: Callable[[], Button]) -> str:
    screens.turn(30)
    return at().label


def test_each_verb_changes_when_its_service_goes_and_when_it_comes_back(
    screens: Screens, desk: UiDesk
) -> None:
    """The buttons on screen, whole and reduced; nothing is hidden or disabled by an outage."""
    screens.work.ways.open_ticket(ticket(4))
    screens.until(lambda: screens.work.ticket.detail is not None)
    view, call = screens.work.ticket, screens.take_call("07700 900333", "Ice")
    buttons: dict[Activity, Callable[[], Button]] = {
        Activity.TAKE_CALL: lambda: call.save_button,
        Activity.WRITE_NOTE: lambda: view.note._save,
        Activity.ASSIGN: lambda: view.mine,
        Activity.EDIT_TICKET: lambda: view.fields.save_button,
        Activity.PROMISE: lambda: view.promise.save_button,
    }
    whole = {one: verb_of(screens, at) for one, at in buttons.items()}
    tickets_down(screens, desk)
    reduced = {one: verb_of(screens, at) for one, at in buttons.items()}
    assert all("later" in verb for verb in reduced.values())
    assert not any("later" in verb for verb in whole.values())
    assert call.save_button.isEnabled()
    desk.sync.set(Service.TICKETS, word=ServiceWord.UP)
    screens.until(lambda: screens.work.session.is_up(Service.TICKETS))
    assert {one: verb_of(screens, at) for one, at in buttons.items()} == whole


def test_another_service_away_changes_no_verb_of_tickets(screens: Screens, desk: UiDesk) -> None:
    call = screens.take_call("07700 900333", "Ice")
    for service in set(Service) - {Service.TICKETS}:
        desk.sync.set(service, word=ServiceWord.DOWN)
    screens.until(lambda: not screens.work.session.is_up(Service.BILLING))
    assert call.save_button.label == "Save"


def test_a_call_back_and_a_call_added_to_a_ticket_say_so_too(
    screens: Screens, desk: UiDesk
) -> None:
    offers = screens.work.offers
    tickets_down(screens, desk)
    later = [one for one, needs in NEEDS.items() if needs.reduced is Form.LATER]
    known = offers._verbs()
    assert {Activity.TAKE_CALL_BACK, Activity.ADD_CALL, Activity.LEAVE_NOTE} <= set(known)
    for activity in set(later) & set(known):
        whole, reduced = known[activity]
        missing = NEEDS[activity].services == (Service.TICKETS,)
        assert offers.verb(activity) == (reduced if missing else whole)
        assert "later" in reduced


def sent_row(screens: Screens, desk: UiDesk) -> str:
    """A note that was tried once and may be at central."""
    screens.work.ways.write_note(ticket(4))
    screens.until(lambda: screens.work.ticket.detail is not None)
    screens.type("Rang back.")
    screens.press("Ctrl+Return")
    screens.until(lambda: desk.contents.outbox)
    (op_id,) = desk.contents.outbox
    desk.contents.outbox[op_id] = replace(desk.contents.outbox[op_id], attempts=1)
    return op_id


def test_what_may_be_at_central_cannot_be_withdrawn_while_it_does_not_answer(
    screens: Screens, desk: UiDesk
) -> None:
    """The button stays, disabled, with its reason, and so does the palette's row."""
    sent_row(screens, desk)
    screens.press("G", "O")
    outbox = screens.work.delivery.outbox
    screens.until(lambda: outbox._current() is not None)
    assert outbox._withdraw.isEnabled()
    tickets_down(screens, desk)
    screens.until(lambda: not outbox._withdraw.isEnabled())
    assert not outbox._withdraw.isHidden()
    assert "Tickets does not answer" in outbox._withdraw.accessibleDescription()
    row = _palette_row(screens, "withdraw")
    assert row.off
    assert "Tickets does not answer" in row.more
    screens.press("Return")
    assert screens.work.palette.is_open, "a row that is off cannot be chosen"


def _palette_row(screens: Screens, words: str) -> PaletteRow:
    screens.press("Ctrl+K")
    screens.type(words)
    screens.turn(100)
    commands = screens.work.commands
    (row,) = [one for one in commands._acts(words, commands._answer) if one.lead.lower() == words]
    return row


@pytest.mark.parametrize(
    ("words", "down", "note"),
    [
        ("new call", Service.TICKETS, "sent later, without Tickets now"),
        ("payments not verified", Service.BILLING, "with what is here of Billing"),
        ("all shortcuts", Service.TICKETS, ""),
    ],
)
def test_the_palette_says_what_is_different_about_an_action_now(
    screens: Screens, desk: UiDesk, words: str, down: Service, note: str
) -> None:
    assert _palette_row(screens, words).more == ""
    screens.press("Esc")
    desk.sync.set(down, word=ServiceWord.DOWN)
    screens.until(lambda: not screens.work.session.is_up(down))
    row = _palette_row(screens, words)
    assert (row.more, row.off) == (note, False)


def test_verbs_and_notes_are_there_in_german(qtbot: QtBot, desk: UiDesk) -> None:
    with desk_screens(qtbot, desk, language="de") as screens:
        tickets_down(screens, desk)
        offers = Offers(screens.work.session)
        verbs = {one: offers.verb(one) for one in offers._verbs()}
        assert verbs[Activity.TAKE_CALL] == "Speichern, später senden"
        assert "später" in offers.note(offers.of(Activity.TAKE_CALL))
