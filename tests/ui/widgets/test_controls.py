"""Buttons, fields, messages, toast and marks: names, reasons, keys and what they tell."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QAccessible, QFocusEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.lifecycle import RowState
from ui.text import PlainLabel
from ui.theme import Look, Size, State, Theme, Token
from ui.widgets.buttons import Button, ButtonKind, FocusRing
from ui.widgets.card import Card, CardStack
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import LONGEST_INPUT, Field
from ui.widgets.marks import AsOfMark, StatePill
from ui.widgets.message import Message, MessageAction
from ui.widgets.progress import Meter, Step, Stepper, StepState
from ui.widgets.reference_board import ReferenceBoard
from ui.widgets.toast import Toast
from ui.wording import wording


def name_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def description_of(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Description)


@pytest.fixture
def window(qtbot: QtBot, look: Theme) -> QWidget:
    shown = QWidget()
    QVBoxLayout(shown)
    qtbot.addWidget(shown)
    shown.resize(600, 300)
    shown.show()
    return shown


def add(window: QWidget, *widgets: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)
    QApplication.processEvents()


# --- buttons --------------------------------------------------------------------------------------


def test_a_button_is_named_and_tells_its_key(window: QWidget) -> None:
    button = Button("Black & Decker", keys="Ctrl+Enter")
    add(window, button)
    assert name_of(button) == "Black & Decker"
    assert "Ctrl" in description_of(button)


def test_an_icon_button_is_named_and_explained(window: QWidget) -> None:
    button = Button("Columns", icon="columns", icon_only=True, kind=ButtonKind.QUIET)
    add(window, button)
    assert name_of(button) == "Columns"
    assert "Columns" in button.toolTip()
    assert button.width() >= 24


def test_an_impossible_button_says_why(window: QWidget) -> None:
    button = Button("Book expert", keys="B")
    add(window, button)
    button.set_reason("Booking needs Tickets")
    assert not button.isEnabled()
    assert "Booking needs Tickets" in description_of(button)
    assert "Booking needs Tickets" in button.toolTip()
    button.set_reason("")
    assert button.isEnabled()
    assert button.toolTip() == ""


def test_the_verb_changes_with_its_name_and_room(window: QWidget) -> None:
    button = Button("Save", kind=ButtonKind.PRIMARY)
    add(window, button)
    before = button.sizeHint().width()
    button.set_text("Save and send later")
    assert name_of(button) == "Save and send later"
    assert button.sizeHint().width() > before


def _focus(button: Button, reason: Qt.FocusReason) -> None:
    QApplication.sendEvent(button, QFocusEvent(QEvent.Type.FocusIn, reason))


def test_the_ring_lies_outside_and_moves_with_the_button(window: QWidget) -> None:
    button = Button("Approve")
    add(window, button)
    _focus(button, Qt.FocusReason.TabFocusReason)
    ring = window.findChild(FocusRing)
    assert isinstance(ring, FocusRing)
    assert ring.geometry().contains(button.geometry().adjusted(-2, -2, 2, 2))
    button.move(button.pos() + QPoint(40, 0))
    assert ring.geometry().center().x() == pytest.approx(button.geometry().center().x(), abs=1)
    QApplication.sendEvent(button, QFocusEvent(QEvent.Type.FocusOut, Qt.FocusReason.TabFocusReason))
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert window.findChild(FocusRing) is None


def test_the_mouse_needs_no_ring(window: QWidget) -> None:
    button = Button("Approve")
    add(window, button)
    _focus(button, Qt.FocusReason.MouseFocusReason)
    assert window.findChild(FocusRing) is None


@pytest.mark.parametrize("kind", ButtonKind)
def test_buttons_look_different_when_hot_and_in_dark(
    kind: ButtonKind, window: QWidget, look: Theme
) -> None:
    button = Button("Next", kind=kind)
    add(window, button)
    rest = button.grab().toImage()
    button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    if kind is not ButtonKind.LINK:
        assert button.grab().toImage() != rest
    look.set_look(Look.DARK)
    assert button.grab().toImage() != rest


# --- fields ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("multi_line", [False, True])
def test_a_field_is_named_by_its_label_and_keeps_plain_text(
    multi_line: bool, window: QWidget, qtbot: QtBot
) -> None:
    field = Field("Fault", multi_line=multi_line, placeholder="What is wrong")
    add(window, field)
    assert name_of(field.edit) == "Fault"
    with qtbot.waitSignal(field.changed) as told:
        field.set_text("<b>No picture</b>")
    assert told.args == ["<b>No picture</b>"]
    assert field.text() == "<b>No picture</b>"


def test_setting_the_same_text_tells_nobody(window: QWidget, qtbot: QtBot) -> None:
    field = Field("Name")
    add(window, field)
    field.set_text("Ellen")
    with qtbot.assertNotEmitted(field.changed):
        field.set_text("Ellen")


def test_an_error_stands_under_the_field_and_is_read_out(window: QWidget) -> None:
    field = Field("Caller phone")
    add(window, field)
    field.set_error("Too short for a phone number")
    assert field.error == "Too short for a phone number"
    assert description_of(field.edit) == "Too short for a phone number"
    field.set_error("")
    assert field.error == ""
    field.set_hint("read as +44 7700 900118")
    assert field.error == ""


def test_a_fixed_field_says_why_and_can_be_read(window: QWidget) -> None:
    field = Field("Model")
    add(window, field)
    field.set_text("HP Pavilion")
    field.set_fixed(fixed=True, reason="Central decides this one")
    assert isinstance(field.edit, QLineEdit)
    assert field.edit.isReadOnly()
    assert field.edit.isEnabled()
    assert "Central decides" in description_of(field.edit)


def test_a_paste_is_never_cut_silently(window: QWidget) -> None:
    field = Field("Name")
    add(window, field)
    field.set_text("x" * 1_000_000)
    assert len(field.text()) == 1_000_000 < LONGEST_INPUT


def test_tab_leaves_a_multi_line_field(window: QWidget, qtbot: QtBot) -> None:
    fault, name = Field("Fault", multi_line=True), Field("Name")
    add(window, fault, name)
    window.activateWindow()
    fault.edit.setFocus()
    with qtbot.waitSignal(fault.left):
        QTest.keyClick(fault.edit, Qt.Key.Key_Tab)
    assert isinstance(fault.edit, QPlainTextEdit)
    assert fault.text() == ""


def test_enter_in_a_line_is_told(window: QWidget, qtbot: QtBot) -> None:
    field = Field("Name")
    add(window, field)
    with qtbot.waitSignal(field.entered):
        QTest.keyClick(field.edit, Qt.Key.Key_Return)


# --- messages -------------------------------------------------------------------------------------


class Heard:
    """What a screen reader would have been told, in order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.said: list[str] = []
        monkeypatch.setattr("ui.widgets.message.announce", lambda _, text: self.said.append(text))
        monkeypatch.setattr("ui.widgets.toast.announce", lambda _, text: self.said.append(text))


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> Heard:
    return Heard(monkeypatch)


def test_a_message_takes_place_announces_once_and_goes(window: QWidget, heard: Heard) -> None:
    message = Message(State.BAD, "cloud-slash", full_width=True)
    add(window, message)
    assert not message.isVisible()
    for _ in range(3):
        message.show_message("Tickets unreachable since 10:42.", "3 are waiting.")
    assert message.isVisible()
    assert message.height() >= 24
    message.show_message("Tickets unreachable since 10:42.", "4 are waiting.")
    assert heard.said == [
        "Tickets unreachable since 10:42. 3 are waiting.",
        "Tickets unreachable since 10:42. 4 are waiting.",
    ]
    message.clear()
    assert not message.isVisible()


def test_a_message_never_moves_the_focus(window: QWidget) -> None:
    field, message = Field("Name"), Message()
    add(window, field, message)
    window.activateWindow()
    field.edit.setFocus()
    message.show_message("Like K7-0406-M?", "", (MessageAction("add", "Add to it", "Alt+A"),))
    QApplication.processEvents()
    assert field.edit.hasFocus()


def test_the_actions_of_a_message_tell_their_key(window: QWidget, qtbot: QtBot) -> None:
    message = Message()
    add(window, message)
    message.show_message("Like K7?", "", (MessageAction("a", "Add"), MessageAction("o", "Other")))
    buttons = message.findChildren(Button)
    with qtbot.waitSignal(message.acted) as told:
        buttons[1].click()
    assert told.args == ["o"]


def test_the_actions_go_under_the_words_where_it_is_narrow(window: QWidget) -> None:
    message = Message()
    add(window, message)
    actions = (MessageAction("a", "Add to the open ticket"), MessageAction("o", "Another fault"))
    message.show_message("Like K7-0406-M of Tuesday?", "Same caller.", actions)
    window.resize(320, 400)
    QApplication.processEvents()
    words = message.findChild(PlainLabel)
    assert isinstance(words, PlainLabel)
    for button in message.findChildren(Button):
        assert button.width() >= button.sizeHint().width()


def test_a_toast_counts_down_in_words_and_expires(
    window: QWidget, qtbot: QtBot, heard: Heard
) -> None:
    toast = Toast(window)
    toast.offer("Assigned to R. Beck", seconds=2)
    assert toast.isVisible()
    assert wording.seconds(2) in {label.text() for label in toast.findChildren(PlainLabel)}
    with qtbot.waitSignal(toast.expired, timeout=20_000):
        pass
    assert not toast.isVisible()
    assert "Undo" in heard.said[0]


def test_a_toast_is_undone_once(window: QWidget, qtbot: QtBot, heard: Heard) -> None:
    toast = Toast(window)
    undone: list[bool] = []
    toast.undone.connect(lambda: undone.append(True))
    toast.offer("Saved")
    toast.undo()
    toast.undo()
    assert undone == [True]
    assert not toast.showing


def test_a_new_toast_ends_the_older_offer(window: QWidget, qtbot: QtBot, heard: Heard) -> None:
    toast = Toast(window)
    toast.offer("First")
    with qtbot.waitSignal(toast.expired):
        toast.offer("Second")
    assert toast.showing


# --- the rest -------------------------------------------------------------------------------------


@pytest.mark.parametrize("state", RowState)
def test_a_pill_says_its_word(state: RowState, window: QWidget) -> None:
    pill = StatePill(state)
    add(window, pill)
    assert name_of(pill) == wording.row_state(state)


def test_absence_of_the_as_of_mark_means_fresh(window: QWidget) -> None:
    mark = AsOfMark()
    add(window, mark)
    assert not mark.isVisible()
    mark.set_time("09:55")
    assert mark.isVisible()
    assert name_of(mark) == "as of 09:55"
    mark.set_time("")
    assert not mark.isVisible()


def test_a_reference_is_read_with_its_words(window: QWidget) -> None:
    board = ReferenceBoard([("K", "Kilo"), ("7", "seven"), ("-", "")])
    add(window, board)
    assert board.reference == "K7-"
    assert name_of(board) == "K7-: Kilo seven"


def test_steps_are_read_with_where_they_stand(window: QWidget) -> None:
    stepper = Stepper((Step("Taken", StepState.DONE, "16:12"), Step("Closed", StepState.TO_COME)))
    add(window, stepper)
    assert name_of(stepper) == "Taken, done 16:12; Closed, to come"


def test_a_meter_says_its_figures(window: QWidget) -> None:
    meter = Meter()
    add(window, meter)
    meter.set_share(0.34, "£341 of £1,000", 0.8)
    assert name_of(meter) == "£341 of £1,000"
    empty, full = Meter("a"), Meter("a")
    add(window, empty, full)
    full.set_share(2.0, "a")
    assert empty.grab().toImage() != full.grab().toImage()


def test_an_empty_state_offers_one_action(window: QWidget, qtbot: QtBot) -> None:
    state = EmptyState()
    add(window, state)
    state.explain("funnel", "The filter hides 14 tickets", action="Show all 14")
    button = state.findChild(Button)
    assert isinstance(button, Button)
    with qtbot.waitSignal(state.acted):
        button.click()
    state.explain("tray", "Nothing here")
    assert not button.isVisible()


def test_a_card_is_filled_and_cleared(window: QWidget, qtbot: QtBot) -> None:
    stack, card = CardStack(), Card("user", "Customer")
    stack.add_card(card)
    stack.add_card(Card("tray", "Tickets"))
    add(window, stack)
    card.add_lead("Margaret <b>Ellison</b>")
    card.add_pair("Due", *StatePill().parts)
    card.add_to_complete("Serial number")
    link = card.add_link("open", "2 open tickets", "since 2019")
    with qtbot.waitSignal(card.link_chosen) as told:
        link.click()
    assert told.args == ["open"]
    card.set_as_of("09:55")
    card.clear()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    texts = {label.text() for label in card.findChildren(PlainLabel)}
    assert texts == {"Customer", "as of 09:55", ""}
    stack.clear()


def test_parts_follow_a_larger_font(window: QWidget, look: Theme) -> None:
    field, button, pill = Field("Name"), Button("Save"), StatePill()
    add(window, field, button, pill)
    before = [widget.sizeHint() for widget in (field.edit, button, pill)]
    look.set_font_scale(2.0)
    QApplication.processEvents()
    after = [widget.sizeHint() for widget in (field.edit, button, pill)]
    for small, large in zip(before, after, strict=True):
        assert large.height() >= 1.8 * small.height()
    assert look.px(Size.TARGET) >= 24 * 1.8
    assert look.colour(Token.TEXT).isValid()
