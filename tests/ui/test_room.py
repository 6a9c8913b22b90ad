"""Nothing that is said is cut short, whatever the size of the letters and of the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QApplication,
    QLineEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.deletions import HeldDeletions
from app.domain.incidents import Incident, IncidentKind
from tests.support.room import cut_short
from tests.support.ui_desk import NOON, UiDesk
from tests.support.ui_screens import desk_screens
from ui.theme import MIN_WINDOW
from ui.widgets.empty_state import EmptyState
from ui.widgets.page_area import PageArea, Pages
from ui.widgets.scrolled import Scrolled
from ui.widgets.surfaces import column


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_place_cuts_what_it_says_in_the_smallest_window(
    scale: float, desk: UiDesk, qtbot: QtBot
) -> None:
    """Given an outage, held deletions and incidents, in German, then each place scrolls."""
    desk.contents.held.append(
        HeldDeletions("tickets", 300, 1_240, NOON, refused=False, examples=())
    )
    for at, kind in enumerate((IncidentKind.OVERTAKEN, IncidentKind.COPIED)):
        desk.contents.incidents.append(
            Incident(str(at), kind, "tickets", str(at), "", 1, NOON, NOON, NOON, "central")
        )
    with desk_screens(qtbot, desk, language="de") as screens:
        if scale != 1.0:
            screens.grow(scale)
        screens.window.resize(*MIN_WINDOW)
        desk.sync.tickets_down(NOON)
        for keys in (
            ("G,Q",), ("Down", "Return"), ("E",), ("Esc", "P"), ("Esc", "Esc", "G,X"), ("G,O",),
            ("G,S",), ("D",), ("Esc", "G,B"), ("G,P",), ("G,C",), ("Ctrl+,",), ("Esc", "F2"),
        ):  # fmt: skip
            screens.press(*keys)
            screens.settled()
            screens.turn(250)
            assert cut_short(screens.window) == [], keys
        for panel in (screens.work.desk_work.giving, screens.work.desk_work.removing):
            panel.open()
            screens.turn(250)
            assert cut_short(screens.window) == [], panel
            panel.close_overlay()


def test_what_has_the_keyboard_is_scrolled_into_view(qtbot: QtBot) -> None:
    """Given a page higher than the window, its last field, then its first with what is above it."""
    pages = Pages()
    area, page = PageArea(pages), QWidget()
    first, last = QLineEdit(page), QLineEdit(page)
    body = column(page)
    body.addSpacing(120)
    body.addWidget(first)
    body.addSpacing(2_000)
    body.addWidget(last)
    pages.addWidget(page)
    _show(qtbot, area)
    for field in (last, first):
        assert field.visibleRegion().isEmpty()
        field.setFocus()
        qtbot.waitUntil(lambda one=field: one.visibleRegion().boundingRect() == one.rect())  # type: ignore[misc]  # a lambda with a default
    assert area.verticalScrollBar().value() == 0


def _show(qtbot: QtBot, area: PageArea) -> None:
    """A small window with the keyboard."""
    qtbot.addWidget(area)
    area.resize(400, 300)
    area.show()
    area.activateWindow()
    qtbot.waitExposed(area)


def _sees(widget: QWidget | None) -> bool:
    """Whether all of it is in view, or where one writes in it."""
    assert widget is not None
    seen = widget.visibleRegion()
    caret = widget.inputMethodQuery(Qt.InputMethodQuery.ImCursorRectangle)
    return seen.boundingRect() == widget.rect() or seen.contains(caret)


def test_a_call_in_a_drill_is_taken_in_view_with_the_largest_letters(
    desk: UiDesk, qtbot: QtBot
) -> None:
    """Given German, the smallest window and what stands above it, each field by Tab is seen."""
    with desk_screens(qtbot, desk, language="de") as screens:
        screens.grow(2.0)
        screens.window.resize(*MIN_WINDOW)
        screens.window.mark_drill()
        desk.sync.tickets_down(NOON)
        screens.press("F2")
        screens.settled()
        for words in ("07700 900451", "", "no picture", "", "", "", "", "", "", "", "", ""):
            if words:
                screens.type(words)
            screens.settled()
            assert _sees(screens.focused()), screens.focused()
            screens.press("Tab")


def _area_with_fields(qtbot: QtBot) -> tuple[PageArea, QLineEdit, QWidget]:
    """A field far below, and above it what may grow."""
    pages = Pages()
    area, page = PageArea(pages), QWidget()
    grows, field = QWidget(page), QLineEdit(page)
    grows.setFixedHeight(100)
    body = column(page)
    body.addWidget(grows)
    body.addSpacing(600)
    body.addWidget(field)
    body.addSpacing(600)
    pages.addWidget(page)
    _show(qtbot, area)
    field.setFocus()
    qtbot.waitUntil(lambda: _sees(field))
    return area, field, grows


def test_what_has_the_keyboard_stays_in_view_where_something_grows_above_it(qtbot: QtBot) -> None:
    area, field, grows = _area_with_fields(qtbot)
    before = area.verticalScrollBar().value()
    grows.setFixedHeight(500)
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > before)
    qtbot.waitUntil(lambda: _sees(field))


def test_what_has_the_keyboard_stays_in_view_where_the_window_gets_lower(qtbot: QtBot) -> None:
    area, field, _grows = _area_with_fields(qtbot)
    area.resize(400, 90)
    qtbot.waitUntil(lambda: area.viewport().height() <= 90)
    qtbot.waitUntil(lambda: _sees(field))


def test_nothing_is_scrolled_sideways(qtbot: QtBot) -> None:
    """What is too wide is cut, and found by `cut_short`; nobody loses the left side for it."""
    wide = QWidget()
    wide.setMinimumWidth(2_000)
    area = Scrolled(wide)
    qtbot.addWidget(area)
    area.resize(300, 200)
    area.show()
    qtbot.waitExposed(area)
    assert area.horizontalScrollBar().maximum() > 0
    area.horizontalScrollBar().setValue(500)
    assert area.horizontalScrollBar().value() == 0


def test_who_scrolls_is_left_alone_until_they_write(qtbot: QtBot) -> None:
    area, field, grows = _area_with_fields(qtbot)
    bar = area.verticalScrollBar()
    bar.triggerAction(QAbstractSlider.SliderAction.SliderToMinimum)
    grows.setFixedHeight(500)
    qtbot.wait(50)
    assert bar.value() == 0
    QTest.keyClicks(field, "a")
    qtbot.waitUntil(lambda: _sees(field))


def test_coming_back_from_another_window_moves_no_page(qtbot: QtBot) -> None:
    area, field, _grows = _area_with_fields(qtbot)
    bar, program = area.verticalScrollBar(), QApplication.instance()
    assert isinstance(program, QApplication)
    for by_hand in (False, True):
        bar.setValue(0)
        if by_hand:
            bar.triggerAction(QAbstractSlider.SliderAction.SliderToMinimum)
        for old, now in ((field, None), (None, field)):
            program.focusChanged.emit(old, now)
        qtbot.wait(50)
        assert bar.value() == 0


def test_another_page_is_shown_from_its_top(qtbot: QtBot) -> None:
    area, _field, _grows = _area_with_fields(qtbot)
    pages = area.widget()
    assert isinstance(pages, Pages)
    pages.addWidget(QWidget())
    assert area.verticalScrollBar().value() > 0
    pages.setCurrentIndex(1)
    assert area.verticalScrollBar().value() == 0


def test_with_large_letters_a_call_is_saved_without_scrolling(desk: UiDesk, qtbot: QtBot) -> None:
    """What scrolls by itself asks for no more than it must have, also on pages behind."""
    with desk_screens(qtbot, desk, language="de") as screens:
        screens.grow(2.0)
        screens.window.resize(1_440, 900)
        desk.sync.tickets_down(NOON)
        screens.press("F2")
        screens.settled()
        save = screens.call.save_button
        assert save.visibleRegion().boundingRect() == save.rect()


def test_a_click_on_what_is_half_in_view_is_a_click(qtbot: QtBot) -> None:
    """The press gives it the keyboard; the page stays where the pointer is."""
    pages = Pages()
    area, page = PageArea(pages), QWidget()
    button, clicked = QPushButton("Save", page), list[bool]()
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    button.setMinimumHeight(60)
    button.clicked.connect(lambda: clicked.append(True))
    body = column(page)
    body.addSpacing(280)
    body.addWidget(button)
    body.addSpacing(500)
    pages.addWidget(page)
    _show(qtbot, area)
    half = button.visibleRegion().boundingRect()
    assert 0 < half.height() < button.height()
    window, at = area.windowHandle(), button.mapTo(area, half.center())
    QTest.mousePress(window, Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(button.hasFocus)
    assert area.verticalScrollBar().value() == 0
    QTest.mouseRelease(window, Qt.MouseButton.LeftButton, pos=at)
    qtbot.waitUntil(lambda: clicked == [True])


def test_a_reason_of_several_lines_is_read_whole(qtbot: QtBot) -> None:
    state = EmptyState()
    qtbot.addWidget(state)
    state.resize(1200, 700)
    state.explain(
        "trash",
        "The desk is removed, but central could not be told.",
        "Supervisors see it as silent for a month, or until central's people name it gone.\nClose.",
    )
    state.show()
    qtbot.waitExposed(state)
    assert cut_short(state) == []


def test_where_there_is_room_nothing_is_scrolled(desk: UiDesk, qtbot: QtBot) -> None:
    with desk_screens(qtbot, desk) as screens:
        (area,) = screens.window.findChildren(PageArea)
        for keys in ("G,Q", "G,S", "G,B", "G,P", "F2"):
            screens.press(keys)
            screens.settled()
            assert not area.verticalScrollBar().isVisible(), keys
