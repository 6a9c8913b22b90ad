"""Taking a call by keyboard alone: match, fault, model, safety, save, undo, draft."""

from __future__ import annotations

import functools

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.domain import reference as references
from app.domain.call import Call
from app.domain.central_services import Service
from app.domain.errors import StoreFull, StoreInDoubt
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.views import ServiceWord
from tests.support.ui_desk import NOON, TOM, UiDesk, ui_desk
from tests.support.ui_screens import Screens, desk_screens
from tests.support.ui_story import morning, ticket
from ui.widgets.caller_offer import CallerOffer, OfferRow


def test_a_whole_phone_ticket_by_keyboard_alone(screens: Screens, desk: UiDesk) -> None:
    """Given a ringing telephone, when only keys are pressed, then the reference is read out."""
    screens.press("F2")
    assert screens.focused() is screens.call.form.phone.edit
    screens.type("07700 900118")
    screens.until(lambda: len(screens.call.assist.matches) == 2)
    screens.press("Alt+M", "Tab")
    assert screens.call.form.name.text() == "Margaret Ellison"
    screens.press("Tab")
    screens.type("Remote does nothing at all")
    screens.press("Tab")
    screens.type("Samsng UE55")
    screens.until(lambda: len(screens.call.form.candidates.candidates) == 4)
    screens.press("Alt+1", "Ctrl+Return")
    screens.until(lambda: screens.call.taken is not None)

    taken = screens.call.taken
    assert taken is not None
    assert references.parse(taken.reference).text == taken.reference
    assert screens.call.after.board.reference == taken.reference
    fields = desk.contents.tickets[taken.ticket_id]
    assert fields["customer_id"] == "margaret"
    assert fields["model_words"] == "Samsng UE55"
    assert fields["model_pin"]["entry_id"] == "e0"  # type: ignore[index,call-overload]  # JSON
    assert desk.sync.nudges == 1


def test_the_match_is_an_offer_and_can_be_taken_back(screens: Screens) -> None:
    """Given an accepted match, when it is not that person, then all it filled is gone."""
    screens.take_call("07700 900118")
    screens.until(lambda: screens.call.assist.matches)
    assert screens.call.form.name.text() == ""
    screens.press("Alt+M")
    screens.call.caller.check("postcode")
    assert screens.call.form.place.text() == "12 Cotham Vale, Bristol BS6"
    screens.press("Alt+N")
    assert screens.call.form.name.text() == ""
    assert screens.call.form.place.text() == ""
    assert screens.call.form.phone.text() == "07700 900118"
    assert screens.call.call.customer_id is None
    screens.settled()
    assert [one.customer.id for one in screens.call.assist.matches] == ["david"]


def test_what_a_person_typed_is_not_taken_back(screens: Screens) -> None:
    screens.take_call("07700 900118")
    screens.call.form.name.set_text("Mrs Elison, she says")
    screens.until(lambda: screens.call.assist.matches)
    screens.press("Alt+M", "Alt+N")
    assert screens.call.form.name.text() == "Mrs Elison, she says"


def test_address_and_plan_stay_covered_until_the_caller_is_checked(screens: Screens) -> None:
    screens.take_call("07700 900118")
    screens.until(lambda: screens.call.assist.matches)
    screens.press("Alt+M")
    screens.settled()
    assert "Cotham" not in _words_on(screens)
    screens.press("Alt+C")
    screens.type("BS6")
    screens.press("Return")
    assert screens.call.call.checked == "postcode"
    assert "Cotham" in _words_on(screens)


def test_a_wrong_postcode_uncovers_nothing(screens: Screens) -> None:
    screens.take_call("07700 900118")
    screens.until(lambda: screens.call.assist.matches)
    screens.press("Alt+M", "Alt+C")
    screens.type("LS9")
    screens.press("Return")
    assert screens.call.call.checked == "not_checked"
    assert "Cotham" not in _words_on(screens)


def _words_on(screens: Screens) -> str:
    from PySide6.QtWidgets import QLabel

    labels = screens.call.assist.findChildren(QLabel)
    return " ".join(one.text() for one in labels if one.isVisible())


def test_danger_words_show_what_to_say_and_one_key_clears_a_false_alarm(
    screens: Screens, desk: UiDesk
) -> None:
    screens.take_call("07700 900118", "There is a smell of gas from the oven")
    assert not screens.call.danger.isHidden()
    assert "Leave the room now" in _danger_words(screens)
    assert "Ring 999" in _danger_words(screens)
    screens.press("Alt+X")
    assert screens.call.danger.isHidden()
    screens.type(" still smells of gas")
    assert screens.call.danger.isHidden()


def test_danger_is_saved_and_sorts_first(screens: Screens, desk: UiDesk) -> None:
    screens.take_call("07700 900333", "Smoke comes out of the back")
    screens.save()
    taken = screens.call.taken
    assert taken is not None
    assert desk.contents.tickets[taken.ticket_id]["safety"] == "smoke"
    screens.press("Esc")
    screens.until(lambda: screens.work.queue_page.queue.model.rows[0].id == taken.ticket_id)


def _danger_words(screens: Screens) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(one.text() for one in screens.call.danger.findChildren(QLabel))


def test_missing_parts_stand_beside_their_fields(screens: Screens) -> None:
    screens.press("F2", "Ctrl+Return")
    screens.until(lambda: screens.call.form.phone.error)
    assert screens.call.form.fault.error
    assert screens.focused() is screens.call.form.phone.edit
    screens.type("0")
    assert not screens.call.form.phone.error


def test_the_duplicate_is_pointed_out_and_never_blocks(screens: Screens, desk: UiDesk) -> None:
    screens.take_call("07700 900118", "No picture, sound works")
    screens.until(lambda: not screens.call.form.duplicate.isHidden())
    screens.press("Alt+O")
    assert screens.call.form.duplicate.isHidden()
    screens.save()
    assert screens.call.taken is not None
    assert screens.call.taken.ticket_id not in (ticket(2), "")


def test_the_call_joins_the_duplicate(screens: Screens, desk: UiDesk) -> None:
    screens.take_call("07700 900118", "No picture, sound works")
    screens.until(lambda: not screens.call.form.duplicate.isHidden())
    screens.press("Alt+A")
    screens.save()
    assert screens.call.taken is not None
    assert screens.call.taken.ticket_id == ticket(2)
    notes = desk.contents.tickets[ticket(2)]["notes"]
    assert isinstance(notes, list)
    assert len(notes) == 2


def test_ctrl_j_adds_the_call_to_the_open_ticket(screens: Screens) -> None:
    queue = screens.work.queue_page.queue
    row = queue.current()
    assert row is not None
    screens.press("Ctrl+J")
    assert screens.call.call.ticket_id == row.id
    assert not screens.call.notice.isHidden()


def test_a_dropped_call_needs_a_number_alone(screens: Screens, desk: UiDesk) -> None:
    screens.press("F2")
    screens.type("07700 900451")
    screens.press("Alt+D")
    screens.until(lambda: screens.call.taken is not None)
    contact = next(iter(desk.contents.contacts.values()))
    assert contact["outcome"] == "dropped"
    assert contact["call_back_due"]


def test_the_next_device_keeps_caller_and_customer(screens: Screens) -> None:
    screens.take_call("07700 900118", "Remote lost")
    screens.until(lambda: screens.call.assist.matches)
    screens.press("Alt+M")
    screens.save()
    first = screens.call
    screens.press("Alt+V")
    screens.until(lambda: screens.call is not first)
    assert screens.call.call.customer_id == "margaret"
    assert screens.call.form.name.text() == "Margaret Ellison"
    assert screens.call.form.fault.text() == ""


def test_undo_brings_the_words_back_into_the_form(screens: Screens, desk: UiDesk) -> None:
    screens.take_call("07700 900333", "Ice in the drawer")
    screens.save()
    taken = screens.call.taken
    assert taken is not None
    screens.press("Ctrl+Z")
    screens.until(lambda: screens.call.taken is None)
    assert screens.call.form.fault.text() == "Ice in the drawer"
    assert taken.ticket_id not in desk.contents.tickets
    screens.until(lambda: desk.contents.drafts)


def test_the_reference_can_be_copied(screens: Screens) -> None:
    screens.take_call("07700 900333", "Ice in the drawer")
    screens.save()
    screens.press("Ctrl+C")
    assert screens.call.taken is not None
    assert QGuiApplication.clipboard().text() == screens.call.taken.reference


def test_several_calls_hold_and_come_back_by_their_number(screens: Screens) -> None:
    first = screens.take_call("07700 900118")
    second = screens.take_call("07700 900451")
    assert first is not second
    assert first.on_hold
    screens.press("Ctrl+1")
    assert screens.call is first
    assert second.on_hold
    screens.press("Ctrl+2")
    assert screens.call is second


def test_the_draft_is_kept_after_a_pause_and_esc_never_discards(
    screens: Screens, desk: UiDesk
) -> None:
    screens.take_call("07700 900333", "Ice in")
    screens.until(lambda: desk.contents.drafts)
    screens.type(" the drawer")
    screens.press("Esc")
    screens.until(lambda: not screens.work.calls.screens)
    draft = next(iter(desk.contents.drafts.values()))
    assert draft.call.fault == "Ice in the drawer"
    assert draft.call.phone == "07700 900333"


def test_a_draft_survives_the_program_and_is_offered(qtbot: QtBot, desk: UiDesk) -> None:
    """Given a call cut off by a crash, when the desk starts again, then it is offered."""
    with desk_screens(qtbot, desk) as before:
        before.take_call("07700 900333", "Ice in the drawer")
        before.until(lambda: desk.contents.drafts)
    with desk_screens(qtbot, desk) as after:
        after.until(lambda: not after.window.news.isHidden())
        assert not after.work.calls.screens
        after.window.news.acted.emit("drafts")
        after.until(lambda: after.work.calls.screens)
        assert after.call.form.fault.text() == "Ice in the drawer"


def test_card_numbers_never_reach_a_draft(screens: Screens, desk: UiDesk) -> None:
    screens.take_call("07700 900333", "She paid with 4111 1111 1111 1111 yesterday")
    screens.until(lambda: desk.contents.drafts)
    screens.settled()
    draft = next(iter(desk.contents.drafts.values()))
    assert "4111 1111 1111 1111" not in draft.call.fault


def test_open_calls_survive_a_change_of_person(screens: Screens, desk: UiDesk) -> None:
    screens.take_call("07700 900333", "Ice in the drawer")
    screens.work.set_person(TOM.id)
    screens.until(lambda: screens.work.session.person.id == TOM.id)
    assert screens.call.form.fault.text() == "Ice in the drawer"
    screens.save()
    assert screens.call.taken is not None
    assert desk.contents.tickets[screens.call.taken.ticket_id]["taken_by"] == TOM.id


def test_the_verb_changes_when_tickets_is_down(screens: Screens, desk: UiDesk) -> None:
    screens.press("F2")
    assert screens.call.save_button.label == "Save"
    desk.sync.set(Service.TICKETS, word=ServiceWord.DOWN)
    screens.until(lambda: screens.call.save_button.label == "Save and send later")


def test_a_save_in_doubt_says_checking_and_keeps_the_words(screens: Screens, desk: UiDesk) -> None:
    screens.take_call("07700 900333", "Ice in the drawer")
    screens.until(lambda: desk.contents.drafts)
    desk.store.trouble = StoreInDoubt("The commit raised.")
    screens.press("Ctrl+Return")
    screens.until(lambda: not screens.call.doubt.isHidden())
    assert screens.call.form.fault.text() == "Ice in the drawer"
    desk.store.trouble = None
    screens.call.doubt.acted.emit("again")
    screens.until(lambda: screens.call.taken is not None)
    assert screens.call.doubt.isHidden()
    assert len(desk.contents.contacts) == 1


def test_a_save_that_was_there_after_all_is_not_made_twice(screens: Screens, desk: UiDesk) -> None:
    """Given a commit that raised and is durable, when it is looked for, then it is the one."""
    screens.take_call("07700 900333", "Ice in the drawer")
    screens.until(lambda: desk.contents.drafts)
    desk.store.trouble_after = StoreInDoubt("The commit raised.")
    screens.press("Ctrl+Return")
    screens.until(lambda: not screens.call.doubt.isHidden())
    desk.store.trouble_after = None
    screens.call.doubt.acted.emit("again")
    screens.until(lambda: screens.call.taken is not None)
    faults = [one["fault"] for one in desk.contents.tickets.values()]
    assert faults.count("Ice in the drawer") == 1
    assert screens.call.taken is not None
    made = desk.contents.tickets[screens.call.taken.ticket_id]
    assert made["reference"] == screens.call.taken.reference


def test_a_full_disk_is_a_sentence_and_the_words_stay(screens: Screens, desk: UiDesk) -> None:
    screens.take_call("07700 900333", "Ice in the drawer")
    desk.store.trouble = StoreFull("The disk is full.")
    screens.press("Ctrl+Return")
    screens.until(lambda: not screens.window.trouble.isHidden())
    assert screens.call.form.fault.text() == "Ice in the drawer"
    desk.store.trouble = None
    screens.save()


def test_a_stored_call_fills_every_field(qtbot: QtBot) -> None:
    contents = morning()
    desk = ui_desk(contents)
    call = Call(
        draft_id="d", started=Millis(NOON), phone="1", name="n", fault="f", model="m",
        caller="c", relation="carer", place="p", reachable="r", serial="s", promise="w",
        promise_by=Millis(NOON + 3_600_000),
    )  # fmt: skip
    with desk_screens(qtbot, desk) as screens:
        screens.work.calling.take_call(call)
        screen = screens.call
        assert screen.form.read(screen.call) == call


@pytest.mark.parametrize(
    ("text", "minor"),
    [("89", 8900), ("89.5", 8950), ("£1,234.50", 123450), ("1.234,50 ", 123450), ("1,234", 123400)],
)
def test_amounts_are_read_as_people_write_them(text: str, minor: int) -> None:
    from ui.views.call_claim import minor_units

    assert minor_units(text) == minor


def test_amounts_have_the_decimals_of_their_currency() -> None:
    """1200 yen are 1200 of its smallest unit, never 120000."""
    from ui.views.call_claim import minor_units

    assert minor_units("1200", "JPY") == 1200
    assert minor_units("12.5", "JPY") is None
    assert minor_units("4.5", "KWD") == 4500


@pytest.mark.parametrize("text", ["", "abc", "-5", "0", "1.2345", "nan", "inf", "9" * 40])
def test_what_is_no_amount_is_none(text: str) -> None:
    from ui.views.call_claim import minor_units

    assert minor_units(text) is None


def test_a_claim_goes_with_the_ticket(screens: Screens, desk: UiDesk) -> None:
    screens.take_call("07700 900333", "Ice in the drawer")
    screens.press("Alt+P")
    screens.type("89.00")
    screens.press("Tab", "Tab")
    screens.type("4471")
    screens.save()
    assert screens.call.taken is not None
    claims = desk.contents.tickets[screens.call.taken.ticket_id]["claims"]
    assert isinstance(claims, list)
    assert isinstance(claims[0], dict)
    assert (claims[0]["amount"], claims[0]["currency"]) == (8900, "GBP")


def test_of_a_card_only_its_last_four_digits_are_ever_kept(screens: Screens, desk: UiDesk) -> None:
    screens.take_call("07700 900333", "Ice in the drawer")
    screens.press("Alt+P")
    screens.type("89.00")
    screens.press("Tab", "Tab", "Tab", "Tab")
    screens.type("18.11.2026")
    screens.press("Tab")
    fields = screens.call.form.claim
    fields.last4.set_text("4111 1111 1111 4242")  # pasted
    assert fields.last4.text() == "4242"
    screens.save()
    assert screens.call.taken is not None
    claim = _only_claim(desk, screens.call.taken.ticket_id)
    assert (claim["last4"], claim["paid_on"]) == ("4242", "2026-11-18")


def test_a_claim_of_an_unknown_amount_is_not_lost(screens: Screens, desk: UiDesk) -> None:
    screens.take_call("07700 900333", "Ice in the drawer")
    screens.press("Alt+P")
    screens.type("about ninety")
    screens.press("Tab", "Tab")
    screens.type("4471")
    screens.save()
    assert screens.call.taken is not None
    ticket = screens.call.taken.ticket_id
    claim = _only_claim(desk, ticket)
    assert (claim["amount"], claim["reference"]) == (0, "4471")
    assert claim["provider"] == "(about ninety)"
    assert desk.contents.tickets[ticket]["coverage"] == "claimed"


def _only_claim(desk: UiDesk, ticket_id: str) -> dict[str, Json]:
    claims = desk.contents.tickets[ticket_id]["claims"]
    assert isinstance(claims, list)
    (claim,) = claims
    assert isinstance(claim, dict)
    return claim


@pytest.mark.parametrize(
    ("text", "day"),
    [("2026-11-18", "2026-11-18"), ("18.11.2026", "2026-11-18"), (" 1/2/2026 ", "2026-02-01"),
     ("31.02.2026", ""), ("last week", ""), ("", "")],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(text: str, day: str) -> None:
    from ui.views.call_claim import day_said

    assert day_said(text) == day


def test_what_a_match_filled_and_a_person_changed_is_theirs(screens: Screens) -> None:
    screens.take_call("07700 900118")
    screens.until(lambda: screens.call.assist.matches)
    screens.press("Alt+M")
    screens.call.form.name.set_text("Her son, Tim Ellison")
    screens.press("Alt+N")
    assert screens.call.form.name.text() == "Her son, Tim Ellison"


def test_a_call_thrown_away_can_be_brought_back(screens: Screens, desk: UiDesk) -> None:
    screens.take_call("07700 900333", "Ice in the drawer")
    screens.until(lambda: desk.contents.drafts)
    screens.press("Ctrl+Del")
    screens.until(lambda: not screens.work.calls.screens)
    assert not desk.contents.drafts
    screens.press("Ctrl+Z")
    screens.until(lambda: screens.work.calls.screens)
    assert screens.call.form.fault.text() == "Ice in the drawer"
    screens.until(lambda: desk.contents.drafts)


def test_a_kept_call_knows_which_ticket_it_joins(qtbot: QtBot, desk: UiDesk) -> None:
    with desk_screens(qtbot, desk) as before:
        before.press("Ctrl+J")
        before.type("07700 900118")
        before.until(lambda: desk.contents.drafts)
    with desk_screens(qtbot, desk) as after:
        after.work.calling.open_drafts()
        after.until(lambda: after.work.calls.screens)
        reference = str(desk.contents.tickets[ticket(0)]["reference"])
        after.until(lambda: reference in _notice(after))
        assert after.call.form.phone.text() == "07700 900118"


def _notice(screens: Screens) -> str:
    from PySide6.QtWidgets import QLabel

    return " ".join(one.text() for one in screens.call.notice.findChildren(QLabel))


# --- little room --------------------------------------------------------------------------------


def _at_200(screens: Screens) -> None:
    """Letters twice as large on a usual screen."""
    screens.grow(2.0)
    screens.window.resize(1440, 900)
    screens.window.activateWindow()
    screens.settled()


def test_with_large_letters_the_form_has_the_room_and_the_caller_stands_in_it(
    screens: Screens,
) -> None:
    """Given 200 %, then three fields show at once and the offers stand under the caller."""
    _at_200(screens)
    screens.press("F2")
    screens.until(lambda: screens.work.calls.active is not None)
    screens.settled()
    form, assist = screens.call.form, screens.call.assist
    shown = form.viewport().rect()
    for field in (form.phone, form.fault, form.model):
        place = QRect(field.mapTo(form.viewport(), QPoint()), field.size())
        assert shown.contains(place), field.edit.accessibleName()
    screens.type("07700 900118")
    screens.until(lambda: len(assist.matches) == 2)
    offer = form.findChild(CallerOffer)
    assert offer is not None
    assert offer.isVisible()
    assert assist.isHidden()
    screens.press("Alt+M")
    assert form.name.text() == "Margaret Ellison"
    screens.window.resize(2400, 1200)
    screens.settled()
    assert assist.isVisible()
    assert form.findChild(CallerOffer) is None


def test_what_is_typed_into_shows_however_one_got_there(screens: Screens) -> None:
    _at_200(screens)
    screens.press("F2")
    screens.until(lambda: screens.work.calls.active is not None)
    screens.until(lambda: screens.has_focus_in(screens.call))
    for keys, field in (("Alt+B", screens.call.form.promise), ("Alt+E", screens.call.form.caller)):
        screens.press(keys)
        screens.settled()
        edit, viewport = field.edit, screens.call.form.viewport()
        screens.until(functools.partial(screens.has_focus_in, edit))
        assert viewport.rect().contains(edit.mapTo(viewport, edit.rect().center()))


def test_after_the_save_the_caller_on_hold_is_next(screens: Screens) -> None:
    """Given another call on hold, when this one is saved, then one key goes back to it."""
    screens.take_call("07700 900333", "It rattles")
    held = screens.call
    screens.take_call("07700 900451", "It hums")
    screens.save()
    assert screens.call.after.back.isVisible()
    assert screens.focused() is screens.call.after.back
    screens.press("Space")
    assert screens.call is held
    screens.save()
    assert screens.call.after.back.isHidden()


def test_what_can_no_longer_be_chosen_is_not_offered_after_the_save(screens: Screens) -> None:
    screens.take_call("07700 900118", "It hums")
    screens.until(lambda: screens.call.assist.matches)
    screens.press("Alt+M")
    screens.save()
    offers = screens.call.assist.findChild(CallerOffer)
    assert offers is not None
    rows = [one for one in offers.findChildren(OfferRow) if one.isVisible()]
    assert [one.offer.name for one in rows] == ["Margaret Ellison"]
    screens.press("Alt+N")
    assert screens.call.call.customer_id == "margaret"
    screens.press("Ctrl+Z")
    screens.until(lambda: screens.call.taken is None)
    screens.until(lambda: len([o for o in offers.findChildren(OfferRow) if o.isVisible()]) == 3)


def test_words_that_surely_mean_a_model_are_linked_until_somebody_says_otherwise(
    screens: Screens, desk: UiDesk
) -> None:
    """Given remembered words, when they are typed, then the model is linked and read back."""
    desk.contents.aliases["the big one upstairs"] = "e2"
    form = screens.take_call("07700 900118", "No picture").form
    form.model.setFocus()
    screens.type("The big one upstairs")
    screens.until(lambda: screens.call.call.entry_id == "e2")
    assert "Uniform Echo five five" in form.model.edit.accessibleDescription()
    screens.press("Alt+0")
    assert screens.call.call.entry_id is None
    assert screens.call.call.model == "The big one upstairs"


def test_what_would_separate_tied_models_is_suggested(screens: Screens) -> None:
    form = screens.take_call("07700 900118", "No picture").form
    form.model.setFocus()
    screens.type("Samsung UE55AU71")
    screens.until(lambda: "on the sticker" in form.model.edit.accessibleDescription())
    hint = form.model.edit.accessibleDescription()
    assert "UE55AU7100K" in hint
    assert "UE55AU7172UXXH" in hint


def test_words_of_no_model_put_keeping_them_first(screens: Screens) -> None:
    form = screens.take_call("07700 900118", "No picture").form
    form.model.setFocus()
    screens.type("zanussi toaster")
    screens.until(lambda: not form.candidates.isHidden())
    screens.press("Return")
    assert screens.call.call.entry_id is None
    assert "joins Models" in form.model.edit.accessibleDescription()
