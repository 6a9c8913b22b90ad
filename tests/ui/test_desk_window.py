"""The window in an outage and out of it: outage line, lanes, filter, views, palette, evil texts."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.central_services import Service
from app.domain.errors import StoreLocked
from app.domain.lifecycle import OpEvent
from app.domain.times import MINUTE, to_rfc3339
from app.domain.views import QueueView, ServiceWord
from app.domain.visible import visible
from app.ports.store import EventDetail
from tests.support.contrast import contrast
from tests.support.ui_desk import NOON, TOM, UiDesk, ui_desk
from tests.support.ui_forbidden import GUI_THREAD
from tests.support.ui_screens import Screens, desk_screens, focusable
from tests.support.ui_store import Contents
from tests.support.ui_story import ticket
from ui.actions import Actions
from ui.models.queue import Column, QueueGroup
from ui.text import PlainLabel
from ui.theme import Look, theme
from ui.widgets.empty_state import EmptyState

EVIL = (
    "<b>bold</b><img src='//host/share/a.png'>",
    "<script>alert(1)</script>",
    "&amp; &lt;",
    "\u202etfel ot thgir\u202c 🧯 👩‍👩‍👧",
    "x" * 5_000,
    "line\nline\r\n\x00\x07",
)


def down(desk: UiDesk, waiting: int = 3) -> None:
    desk.sync.tickets_down(NOON - 24 * MINUTE)  # type: ignore[arg-type]  # milliseconds
    desk.sync.set(Service.TICKETS, waiting=waiting)


def _words(widget: object) -> str:
    assert hasattr(widget, "findChildren")
    return " ".join(one.text() for one in widget.findChildren(QLabel))


# --- the outage line ----------------------------------------------------------------------------


def test_the_outage_line_says_what_works_and_never_moves_the_focus(
    screens: Screens, desk: UiDesk
) -> None:
    """Given somebody typing, when tickets goes down, then the line appears beside their work."""
    screens.take_call("07700 900333", "Ice")
    focused = screens.focused()
    down(desk)
    screens.until(lambda: not screens.window.outage.isHidden())
    words = _words(screens.window.outage)
    assert "Tickets unreachable since" in words
    assert "New tickets are saved on this computer; 3 are waiting" in words
    assert screens.focused() is focused
    screens.type(" cream")
    assert screens.call.form.fault.text() == "Ice cream"


def _waiting_said(screens: Screens, count: int) -> bool:
    return f"{count} " in screens.window.outage.words()


def test_the_line_is_announced_once_however_many_tickets_wait(
    screens: Screens, desk: UiDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each save moves the count; only another service going down is said again (ux 11)."""
    said: list[str] = []
    monkeypatch.setattr("ui.widgets.message.announce", lambda _, text: said.append(text))
    for waiting in (1, 2, 3):
        down(desk, waiting)
        screens.until(partial(_waiting_said, screens, waiting))
    assert len(said) == 1
    since = NOON - 20 * MINUTE
    desk.sync.set(Service.BILLING, word=ServiceWord.DOWN, outage_since=since)
    screens.until(lambda: "Billing" in screens.window.outage.words())
    assert len(said) == 2


def test_a_short_trouble_shows_a_mark_and_no_line(screens: Screens, desk: UiDesk) -> None:
    """The engine names an outage only after its time; without that the bar alone tells."""
    desk.sync.set(Service.TICKETS, word=ServiceWord.DOWN, since=NOON)
    screens.turn(50)
    assert screens.window.outage.isHidden()


def test_the_line_stays_until_the_engine_takes_it_back(screens: Screens, desk: UiDesk) -> None:
    down(desk)
    screens.until(lambda: not screens.window.outage.isHidden())
    desk.sync.set(Service.TICKETS, word=ServiceWord.UP)
    screens.turn(50)
    assert not screens.window.outage.isHidden()
    desk.sync.set(Service.TICKETS, outage_since=None)
    screens.until(screens.window.outage.isHidden)


def test_coming_back_is_silent_but_for_one_summary(screens: Screens, desk: UiDesk) -> None:
    down(desk, waiting=12)
    screens.until(lambda: not screens.window.outage.isHidden())
    desk.sync.set(Service.TICKETS, word=ServiceWord.UP, outage_since=None, waiting=0)
    screens.until(screens.window.outage.isHidden)
    screens.work.rail.count()
    screens.until(lambda: not screens.window.news.isHidden())
    assert "12 sent" in _words(screens.window.news)


# --- queue --------------------------------------------------------------------------------------


def test_rows_stand_under_the_groups_of_their_due_time(screens: Screens) -> None:
    model = screens.work.queue_page.queue.model
    groups = [
        line.bucket
        for at in range(model.rowCount())
        if isinstance(line := model.line(model.index(at, 0)), QueueGroup)
    ]
    assert groups == ["past_due", "within_the_hour", "later_today", "later"]


def test_a_group_folds_by_keyboard(screens: Screens) -> None:
    queue = screens.work.queue_page.queue
    count = queue.model.rowCount()
    queue.table.setCurrentIndex(queue.model.index(0, 0))
    screens.press("Left")
    assert queue.model.rowCount() == count - 1
    screens.press("Right")
    assert queue.model.rowCount() == count


def test_the_cursor_stays_on_its_ticket_when_others_arrive(screens: Screens, desk: UiDesk) -> None:
    queue = screens.work.queue_page.queue
    queue.select(ticket(8))
    fields = dict(desk.contents.tickets[ticket(8)])
    fields |= {"reference": "K7-0ABC-1", "due": to_rfc3339(NOON)}
    desk.contents.tickets["new"] = fields
    queue.reload()
    screens.until(lambda: queue.model.place_of("new") >= 0)
    assert queue.current_id() == ticket(8)


def test_the_first_tickets_of_a_new_desk_take_the_cursor(qtbot: QtBot, desk: UiDesk) -> None:
    """Given an empty queue with the keyboard in it, when its tickets come, then one is chosen."""
    coming, desk.contents.tickets = desk.contents.tickets, {}
    with desk_screens(qtbot, desk) as screens:
        queue = screens.work.queue_page.queue
        queue.focus_table()
        desk.contents.tickets = coming
        queue.reload()
        screens.until(lambda: queue.model.rows)
        screens.turn(20)
        assert queue.current() == queue.model.rows[0]


def test_the_filter_narrows_is_kept_as_a_view_and_goes(screens: Screens, desk: UiDesk) -> None:
    queue = screens.work.queue_page.queue
    screens.press("Ctrl+F")
    screens.type("fridge")
    screens.until(lambda: 0 < len(queue.model.rows) < 5)
    screens.press("Ctrl+S")
    screens.until(lambda: desk.contents.settings.get("desk.views"))
    screens.until(lambda: queue.queue.key == "view:0")
    assert queue.filter.isHidden()
    screens.work.drop_view()
    screens.until(lambda: desk.contents.settings["desk.views"] == [])


def test_a_filter_that_hides_all_says_so_and_offers_the_way_back(screens: Screens) -> None:
    queue = screens.work.queue_page.queue
    screens.press("Ctrl+F")
    screens.type("zzzz")
    screens.until(lambda: not queue.model.rows)
    screens.until(lambda: "filter hides" in _words(queue.empty))
    screens.press("Ctrl+Backspace")
    screens.until(lambda: queue.model.rows)
    assert not queue.filter.is_set
    assert queue.filter.isHidden()


def test_an_empty_desk_says_why(qtbot: QtBot) -> None:
    desk = ui_desk(Contents())
    desk.sync.set(Service.TICKETS, last_good=None, as_of=None, word=ServiceWord.DOWN)
    with desk_screens(qtbot, desk) as screens:
        assert "Not yet on this computer" in _words(screens.work.queue_page.queue.empty)


def test_an_empty_lane_of_a_desk_from_a_seed_waits_for_no_mirror(qtbot: QtBot) -> None:
    """Its records are here, though central has never answered it."""
    desk = ui_desk(Contents())
    desk.sync.set(Service.TICKETS, last_good=None, word=ServiceWord.DOWN)
    with desk_screens(qtbot, desk) as screens:
        words = _words(screens.work.queue_page.queue.empty)
        assert "Nothing is assigned to you" in words
        assert "Not yet on this computer" not in words


@pytest.mark.parametrize(
    ("keys", "view"),
    [("G, U", QueueView.UNASSIGNED), ("G, A", QueueView.OPEN)],
)
def test_lanes_are_two_keys_away(screens: Screens, keys: str, view: QueueView) -> None:
    screens.press(keys)
    screens.until(lambda: screens.work.queue_page.queue.queue.which.view is view)
    assert screens.window.pages.currentWidget() is screens.work.queue_page


def test_a_new_person_sees_their_own_queue(screens: Screens) -> None:
    screens.work.set_person(TOM.id)
    queue = screens.work.queue_page.queue
    screens.until(lambda: [row.id for row in queue.model.rows] == [ticket(1)])
    assert screens.work.session.person.id == TOM.id


# --- tickets ------------------------------------------------------------------------------------


def test_a_note_is_written_by_keyboard_and_can_be_undone(screens: Screens, desk: UiDesk) -> None:
    screens.press("Return")
    screens.until(lambda: screens.work.ticket.detail is not None)
    screens.press("N")
    screens.type("Told her we come on Friday.")
    screens.press("Ctrl+Return")
    screens.until(lambda: desk.contents.tickets[ticket(0)].get("notes"))
    operation = next(iter(desk.contents.outbox.values()))
    assert operation.kind == "ticket.note"
    screens.press("Ctrl+Z")
    screens.until(lambda: desk.contents.outbox[operation.op_id].state == "withdrawn")


def test_only_moves_of_the_table_are_offered_and_done(screens: Screens, desk: UiDesk) -> None:
    screens.press("Return")
    screens.until(lambda: screens.work.ticket.detail is not None)
    screens.work.ticket.set_status("scheduled")
    screens.until(lambda: desk.contents.tickets[ticket(0)]["status"] == "scheduled")
    screens.until(lambda: _status(screens) == "scheduled")
    screens.work.ticket.set_status("closed")
    screens.until(lambda: not screens.window.trouble.isHidden())
    assert desk.contents.tickets[ticket(0)]["status"] == "scheduled"


def _status(screens: Screens) -> str:
    detail = screens.work.ticket.detail
    return detail.row.status if detail else ""


def test_a_promise_is_made_and_kept(screens: Screens, desk: UiDesk) -> None:
    screens.press("Return")
    screens.until(lambda: screens.work.ticket.detail is not None)
    screens.press("P")
    screens.type("Ring back with a time")
    screens.press("Ctrl+Return")
    screens.until(lambda: desk.contents.tickets[ticket(0)].get("promises"))
    screens.until(lambda: screens.work.ticket.detail and screens.work.ticket.detail.promises)
    screens.work.ticket.work.keep_first_promise()
    screens.until(lambda: desk.contents.tickets[ticket(0)].get("promises_kept"))
    kinds = [one.kind for one in desk.contents.outbox.values()]
    assert kinds == ["ticket.promise", "ticket.promise_kept"]


def test_a_missing_part_is_completed(screens: Screens, desk: UiDesk) -> None:
    screens.press("Return")
    screens.until(lambda: screens.work.ticket.detail is not None)
    screens.press("E")
    form = screens.work.ticket.fields
    form._fields["serial"].set_text("0A1B")
    screens.press("Ctrl+Return")
    screens.until(lambda: desk.contents.tickets[ticket(0)].get("serial") == "0A1B")
    assert [one.kind for one in desk.contents.outbox.values()] == ["ticket.set"]
    assert form.isHidden()


def test_an_unsaved_note_outlives_the_program(qtbot: QtBot, desk: UiDesk) -> None:
    with desk_screens(qtbot, desk) as before:
        before.press("Return", "N")
        before.type("Half a thought")
        before.until(lambda: "desk.note_drafts" in desk.contents.settings)
    with desk_screens(qtbot, desk) as after:
        after.press("Return")
        assert after.work.ticket.note.written() == "Half a thought"


def test_esc_closes_the_form_before_it_leaves_the_ticket(screens: Screens) -> None:
    screens.press("Return", "E", "Esc")
    assert screens.window.pages.currentWidget() is screens.work.ticket
    screens.press("Esc")
    assert screens.window.pages.currentWidget() is screens.work.queue_page


# --- outbox, call-backs -------------------------------------------------------------------------


def test_the_outbox_shows_edits_and_withdraws(screens: Screens, desk: UiDesk) -> None:
    screens.take_call("07700 900333", "Ice in the drawer")
    screens.save()
    screens.press("Esc", "G, O")
    outbox = screens.work.delivery.outbox
    screens.until(lambda: outbox.model.rowCount() == 2)
    outbox.table.setCurrentIndex(outbox.model.index(0, 0))
    outbox.edit()
    outbox.form.text.set_text("Ice in the freezer")
    outbox.form.save()
    screens.until(lambda: len(_made(desk)) == 2)
    fresh = _made(desk)[-1]
    screens.until(lambda: outbox.model.row_of(fresh) >= 0)
    outbox.table.setCurrentIndex(outbox.model.index(outbox.model.row_of(fresh), 0))
    screens.press("W")
    screens.until(lambda: desk.contents.outbox[fresh].state == "withdrawn")
    assert desk.contents.outbox[_made(desk)[0]].state == "superseded"


def _made(desk: UiDesk) -> list[str]:
    """The operations that make a ticket, oldest first."""
    return [one.op_id for one in desk.contents.outbox.values() if one.kind == "ticket.create"]


def test_what_may_be_under_way_cannot_be_edited(screens: Screens, desk: UiDesk) -> None:
    screens.take_call("07700 900333", "Ice in the drawer")
    screens.save()
    for op_id in tuple(desk.contents.outbox):
        from tests.support.ui_store import OutboxPart

        OutboxPart(desk.contents, lambda _: None).event(op_id, OpEvent.SEND, EventDetail(NOON))
    screens.press("Esc", "G, O")
    outbox = screens.work.delivery.outbox
    screens.until(lambda: outbox.model.rowCount() == 2)
    assert not outbox._edit.isEnabled()


def test_a_dropped_call_stands_among_the_call_backs_until_it_is_rung(
    screens: Screens, desk: UiDesk
) -> None:
    screens.press("F2")
    screens.type("07700 900451")
    screens.press("Alt+D")
    screens.until(lambda: screens.call.taken is not None)
    screens.press("Esc", "G, B")
    backs = screens.work.call_backs
    screens.until(lambda: backs.model.rowCount() == 2)
    row = next(at for at, one in enumerate(backs._found) if one.kind == "dropped")
    backs.table.setCurrentIndex(backs.model.index(row, 0))
    screens.press("D")
    screens.until(lambda: backs.model.rowCount() == 1)
    assert "dropped" not in [one.kind for one in backs._found]


def test_a_promise_without_a_time_stands_last_and_says_so(screens: Screens, desk: UiDesk) -> None:
    """Given a promise nobody gave a time for, then it is in the list, and never past due."""
    promises = desk.contents.tickets[ticket(2)]["promises"]
    assert isinstance(promises, list)
    promises.append({"id": "p2", "what": "Ask the maker", "to": "Ann", "by_when": None})
    screens.press("G, B")
    backs = screens.work.call_backs
    screens.until(lambda: backs.model.rowCount() == 2)
    index = backs.model.index(1, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "no time said"
    assert "1 without a time" in _words(backs.head)
    backs.table.setCurrentIndex(index)
    screens.press("D")
    screens.until(lambda: backs.model.rowCount() == 1)


# --- palette ------------------------------------------------------------------------------------


def test_the_palette_finds_people_tickets_models_and_actions(screens: Screens) -> None:
    screens.press("Ctrl+K")
    screens.type("elli")
    screens.until(lambda: screens.work.commands._answer.customers)
    screens.press("Return")
    screens.until(lambda: screens.window.pages.currentWidget() is screens.work.customer)
    assert "Ellison" in _words(screens.work.customer)


def test_a_reference_heard_badly_is_still_read(screens: Screens, desk: UiDesk) -> None:
    reference = str(desk.contents.tickets[ticket(4)]["reference"])
    screens.press("Ctrl+K")
    screens.type(reference.lower().replace("-", " ").replace("0", "o"))
    screens.until(lambda: screens.work.palette._model.rowCount() == 1)
    screens.press("Return")
    screens.until(lambda: screens.work.ticket.detail is not None)
    assert screens.work.ticket.detail is not None
    assert screens.work.ticket.detail.row.id == ticket(4)


def test_a_reference_of_another_desk_names_it_and_takes_a_note(
    screens: Screens, desk: UiDesk
) -> None:
    from app.domain import reference as references

    other = references.compose("C1", references.next_counter("C1", 40))
    screens.work.ways.open_reference(other)
    screens.until(lambda: screens.work.ways.leave_note.is_open)
    assert "Leeds" in _words(screens.work.ways.leave_note)
    assert "204" in _words(screens.work.ways.leave_note)
    screens.type("He rang again.")
    screens.press("Ctrl+Return")
    screens.until(lambda: desk.contents.outbox)
    assert next(iter(desk.contents.outbox.values())).lane == f"ref:{other}"


def test_every_action_has_words_and_no_key_is_given_twice_in_one_place(qtbot: QtBot) -> None:
    specs = Actions().specs()
    assert all(one.text for one in specs)
    assert len({one.act for one in specs}) == len(specs)
    for scope in {one.scope for one in specs}:
        keys = [key for one in specs if one.scope is scope for key in one.keys]
        assert len(keys) == len(set(keys)), scope


def test_f1_lists_the_shortcuts(screens: Screens) -> None:
    screens.press("F1")
    assert screens.work.sheet.is_open
    assert "New call" in _words(screens.work.sheet)
    screens.press("Esc")
    assert not screens.work.sheet.is_open


# --- texts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", EVIL)
def test_evil_texts_are_shown_as_they_were_typed(qtbot: QtBot, desk: UiDesk, text: str) -> None:
    for fields in desk.contents.tickets.values():
        fields |= {"fault": text, "caller_name": text, "place": text, "model_words": text}
        fields.pop("device_name", None)
    with desk_screens(qtbot, desk) as screens:
        screens.press("Return")
        screens.until(lambda: screens.work.ticket.detail is not None)
        screens.window.grab()
        seen = visible(text)[:20]
        shown = [one for one in screens.window.findChildren(QLabel) if seen in one.text()]
        assert shown
        assert all(one.textFormat().name == "PlainText" for one in shown)
        screens.press("Esc")
        screens.window.grab()


# --- what must never happen on this thread ------------------------------------------------------


def test_a_journey_opens_no_file_no_socket_and_no_database(screens: Screens, desk: UiDesk) -> None:
    """Counted over a whole call, a ticket, a search and a change of lane: 0."""
    screens.take_call("07700 900118", "warm up: fonts and icons are read once")
    screens.until(lambda: screens.call.assist.matches)
    screens.press("Esc")
    with GUI_THREAD.watched() as breaches:
        screens.take_call("07700 900118", "Remote does nothing")
        screens.until(lambda: screens.call.assist.matches)
        screens.press("Alt+M")
        screens.save()
        screens.press("Esc", "G, U", "G, Q", "Ctrl+K")
        screens.type("elli")
        screens.settled()
        screens.press("Esc", "Return")
        screens.until(lambda: screens.work.ticket.detail is not None)
        screens.settled()
    assert breaches == []


def test_the_count_of_forbidden_work_does_count(tmp_path: object) -> None:
    with GUI_THREAD.watched() as breaches:
        open(f"{tmp_path}/x", "w", encoding="utf-8").close()  # noqa: PTH123  # what is watched for
    assert len(breaches) == 1


# --- names, opening, one instance ---------------------------------------------------------------


def test_everything_that_takes_the_focus_has_a_name(screens: Screens) -> None:
    screens.press("F2")
    pages = screens.window.pages
    nameless = []
    for at in range(pages.count()):
        pages.setCurrentIndex(at)
        screens.turn()
        for widget in focusable(screens.window):
            name = widget.accessibleName() or getattr(widget, "text", lambda: "")()
            if not name and type(widget).__name__ != "QScrollArea":
                nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert nameless == []


def test_a_desk_that_does_not_open_says_why_and_tries_again(qtbot: QtBot, desk: UiDesk) -> None:
    tries = []
    with desk_screens(qtbot, desk, wait=False) as screens:
        program = screens.program

        def locked() -> object:
            tries.append(1)
            if len(tries) == 1:
                raise StoreLocked("held")
            return desk.opened

        program._open_desk = locked  # type: ignore[assignment]  # replaced for this test
        screens.until(lambda: "Another program holds" in _words(screens.window.waiting))
        screens.window.waiting.acted.emit()
        screens.until(lambda: program.workplace is not None)
    assert len(tries) == 2


def test_settings_are_laid_on_and_remembered(qtbot: QtBot, desk: UiDesk) -> None:
    from ui.dialogs.settings import Preferences
    from ui.theme import Look, theme

    with desk_screens(qtbot, desk) as screens:
        screens.take_call("07700 900333", "Ice in the drawer")
        remembering = screens.program.remembering
        assert remembering is not None
        old = screens.work
        remembering.choose(Preferences(Look.DARK, 1.5, "de", reduced_motion=True))
        screens.until(lambda: screens.work is not old and screens.work.calls.screens)
        assert theme().dark
        assert screens.call.form.fault.text() == "Ice in the drawer"
        assert screens.call.save_button.label == "Speichern"
    with desk_screens(qtbot, desk) as again:
        assert theme().font_scale == 1.5
        remembered = again.program.remembering
        assert remembered is not None
        remembered.choose(Preferences(Look.LIGHT, 1.0, "en"))
        again.until(lambda: theme().font_scale == 1.0)
        again.settled()


# --- where the keyboard is ----------------------------------------------------------------------


@pytest.mark.parametrize("lane", ["G,X", "G,O", "G,B"])
def test_an_empty_place_keeps_the_keyboard(lane: str, qtbot: QtBot) -> None:
    """Given nothing in a lane, then the focus is on the reason, not on some other part."""
    with desk_screens(qtbot, ui_desk(Contents())) as screens:
        for _twice in range(2):
            screens.press(lane)
            screens.settled()
            focused = screens.focused()
            assert isinstance(focused, EmptyState)
            assert focused.accessibleName()
            screens.press("G,S")


def test_without_a_ticket_its_actions_say_why_they_rest(screens: Screens) -> None:
    page = screens.work.queue_page
    assert all(one.isEnabled() for one in page.on_ticket)
    screens.press("G,X")
    screens.until(lambda: not page.queue.model.rows and page.queue.is_loaded)
    screens.until(lambda: not any(one.isEnabled() for one in page.on_ticket))
    assert all("No ticket" in one.toolTip() for one in page.on_ticket)


# --- palettes -----------------------------------------------------------------------------------


def _faint(screens: Screens) -> list[str]:
    """Labels on screen whose darkest and lightest pixels differ by less than 4.5."""
    picture = screens.window.grab().toImage()
    found = []
    for label in screens.window.findChildren(PlainLabel):
        if not label.isVisible() or not label.text().strip() or not label.isEnabled():
            continue
        place = QRect(label.mapTo(screens.window, QPoint()), label.size())
        seen = _seen(label, place)
        if seen.width() < 8 or seen.height() < 8:
            continue
        inks = {
            picture.pixelColor(x, y).name()
            for x in range(seen.left(), seen.right())
            for y in range(seen.top(), seen.bottom())
        }
        if max((contrast(a, b) for a in _ends(inks) for b in _ends(inks)), default=21) < 4.5:
            found.append(label.text())
    return found


def _ends(inks: set[str]) -> tuple[str, str]:
    order = sorted(inks, key=lambda name: QColor(name).lightness())
    return order[0], order[-1]


def _seen(label: QLabel, place: QRect) -> QRect:
    """What of a label no scroll area cuts off."""
    region = label.visibleRegion().boundingRect()
    return region.translated(place.topLeft())


@pytest.mark.parametrize("look", [Look.DARK, Look.LIGHT])
def test_a_palette_chosen_at_work_is_legible_at_once(
    look: Look, screens: Screens, desk: UiDesk
) -> None:
    """Given a desk at work, when the palette changes, then every label stands out."""
    theme().set_look(Look.DARK if look is Look.LIGHT else Look.LIGHT)
    down(desk)
    theme().set_look(look)
    for keys in (("G,Q",), ("Return",), ("Esc", "G,S"), ("F2",)):
        screens.press(*keys)
        screens.settled()
        assert _faint(screens) == [], keys


# --- columns ------------------------------------------------------------------------------------


@pytest.mark.qt_log_ignore("This plugin does not support")  # a menu without a window system
def test_columns_are_chosen_by_keyboard_and_remembered_for_their_lane(
    qtbot: QtBot, desk: UiDesk
) -> None:
    """Given a hidden column in one lane, then it shows in others, and stays hidden next time."""
    with desk_screens(qtbot, desk) as screens:
        queue = screens.work.queue_page.queue
        assert not queue.table.isColumnHidden(Column.DEVICE)
        screens.press("Alt+C")
        menu = QApplication.activePopupWidget()
        assert menu is not None
        QTest.keyClick(menu, Qt.Key.Key_Return)
        screens.until(lambda: queue.table.isColumnHidden(Column.DEVICE))
        screens.press("G,A")
        screens.until(lambda: queue.queue.key == "open")
        assert not queue.table.isColumnHidden(Column.DEVICE)
    with desk_screens(qtbot, desk) as again:
        queue = again.work.queue_page.queue
        assert queue.table.isColumnHidden(Column.DEVICE)
        queue.columns.show_column("mine", Column.DEVICE, shown=True)
        again.until(lambda: not queue.table.isColumnHidden(Column.DEVICE))
