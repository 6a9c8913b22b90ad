"""Tables, lists, rail, calls, offers, candidates, palette and bars by keyboard and signal."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.domain.lifecycle import RowState
from app.domain.views import ServiceWord
from tests.support.gallery import (
    CALLS,
    CANDIDATES,
    GROUPS,
    OFFERS,
    SECTIONS,
    SERVICES,
    SHORTCUTS,
    queue_rows,
)
from tests.ui.widgets.test_controls import name_of
from ui.delegates.parts import (
    AsOf,
    Break,
    Keys,
    Part,
    Pill,
    Role,
    RowKind,
    Spring,
    Tag,
    Text,
    Words,
    group_head,
    sentence,
)
from ui.delegates.rows import PartsModel, PartsRow, key_of, kind_of
from ui.theme import Theme
from ui.widgets.call_strip import CallButton, CallCard, CallStrip
from ui.widgets.caller_offer import CallerOffer, OfferRow
from ui.widgets.candidate_list import CandidateList
from ui.widgets.palette import Palette
from ui.widgets.parts_view import PartsTable
from ui.widgets.rail import Rail, RailRow
from ui.widgets.service_bar import ServiceItem, ServiceState, StatusBar
from ui.widgets.shortcut_sheet import ShortcutSheet
from ui.widgets.top_bar import SearchButton, TopBar


@pytest.fixture
def window(qtbot: QtBot, look: Theme) -> QWidget:
    shown = QWidget()
    QVBoxLayout(shown)
    qtbot.addWidget(shown)
    shown.resize(1200, 700)
    shown.show()
    shown.activateWindow()
    return shown


def add(window: QWidget, *widgets: QWidget) -> None:
    layout = window.layout()
    assert layout is not None
    for widget in widgets:
        layout.addWidget(widget)
    QApplication.processEvents()


def press(window: QWidget, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """A key as the window system sends it, so that shortcuts fire."""
    held = Qt.KeyboardModifier.NoModifier
    for modifier in modifiers:
        held |= modifier
    QTest.keyClick(window.windowHandle(), key, held)


ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


# --- models and tables ----------------------------------------------------------------------------


def test_the_model_keeps_qts_rules(look: Theme, qtbot: QtBot) -> None:
    model = PartsModel(("A", "B"))
    tester = QAbstractItemModelTester(
        model, QAbstractItemModelTester.FailureReportingMode.Fatal, model
    )
    model.set_rows(queue_rows())
    model.set_rows(queue_rows()[:3])
    model.set_rows([])
    assert tester.model() is model


def test_only_changed_rows_are_told(look: Theme, qtbot: QtBot) -> None:
    model = PartsModel(("A",))
    rows = [PartsRow(at, ((Text(str(at)),),)) for at in range(3)]
    model.set_rows(rows)
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last, _roles=None: told.append(first.row()))
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_rows([rows[0], PartsRow(1, ((Text("new"),),)), rows[2]])
    assert told == [1]


def test_keys_come_back_as_they_went_in(look: Theme) -> None:
    model = PartsModel()
    key = ("ticket", RowState.SENT)
    model.set_rows([PartsRow(key, ((),), RowKind.GROUP)])
    index = model.index(0, 0)
    assert key_of(index) is key
    assert kind_of(index) is RowKind.GROUP
    assert model.row_of(key) == 0
    assert model.row_of("other") == -1


def test_a_row_is_read_as_a_sentence(look: Theme) -> None:
    parts: Sequence[Part] = (
        Text("K7-0421-X"), Pill(RowState.WAITING), Spring(), Words("the <b>small</b> one"),
        Tag("Phone"), AsOf("09:55"), Keys("A"), Break(),
    )  # fmt: skip
    said = "K7-0421-X, Waiting, “the <b>small</b> one”, Phone, as of 09:55"
    assert sentence(parts) == said
    model = PartsModel()
    model.set_rows([PartsRow(1, (tuple(parts),), tooltip="<i>x</i>")])
    index = model.index(0, 0)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == said
    assert "<i>" not in index.data(Qt.ItemDataRole.ToolTipRole)
    assert index.data(Role.PARTS) is not None


def table_of_queue(window: QWidget) -> PartsTable:
    table = PartsTable("My queue")
    model = PartsModel(tuple("abcdefg"), table)
    model.set_rows(queue_rows())
    table.setModel(model)
    add(window, table)
    table.setFocus()
    return table


def test_enter_opens_a_row_and_folds_a_group(window: QWidget, qtbot: QtBot) -> None:
    table = table_of_queue(window)
    chosen: list[object] = []
    toggled: list[object] = []
    table.chosen.connect(lambda index: chosen.append(key_of(index)))
    table.group_toggled.connect(lambda index: toggled.append(key_of(index)))
    table.setCurrentIndex(table.model().index(1, 0))
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Up)
    assert table.current_key == "past"
    press(window, Qt.Key.Key_Return)
    press(window, Qt.Key.Key_Left)
    press(window, Qt.Key.Key_Right)  # an open group does not open again
    press(window, Qt.Key.Key_Space)
    assert chosen == ["K7-0388-D"]
    assert toggled == ["past"] * 3


def test_a_click_on_a_group_folds_it(window: QWidget, qtbot: QtBot) -> None:
    table = table_of_queue(window)
    place = table.visualRect(table.model().index(0, 0)).center() + QPoint(300, 0)
    with qtbot.waitSignal(table.group_toggled):
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_rows_are_as_high_as_their_kind(window: QWidget, look: Theme) -> None:
    table = table_of_queue(window)
    assert table.visualRect(table.model().index(0, 0)).height() == 30
    assert table.visualRect(table.model().index(1, 0)).height() == 34


def test_the_ring_comes_with_keys_and_goes_with_the_mouse(window: QWidget) -> None:
    table = table_of_queue(window)
    table.setCurrentIndex(table.model().index(2, 0))
    QTest.mouseClick(
        table.viewport(), Qt.MouseButton.LeftButton,
        pos=table.visualRect(table.model().index(3, 0)).center(),
    )  # fmt: skip
    by_mouse = table.grab().toImage()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Up)
    assert table.grab().toImage() != by_mouse


def test_selection_is_paler_without_focus(window: QWidget) -> None:
    table = table_of_queue(window)
    other = QLineEdit()
    add(window, other)
    table.setCurrentIndex(table.model().index(1, 0))
    focused = table.grab().toImage()
    other.setFocus()
    assert table.grab().toImage() != focused


def test_moving_tells_the_row(window: QWidget, qtbot: QtBot) -> None:
    table = table_of_queue(window)
    table.setCurrentIndex(table.model().index(1, 0))
    with qtbot.waitSignal(table.current_moved) as told:
        press(window, Qt.Key.Key_Down)
    index: QModelIndex = told.args[0]
    assert key_of(index) == "C1-7732-M"
    assert table.current_row() == 2


def test_group_heads_are_read_with_their_count() -> None:
    assert sentence(group_head("Past due", 2, over=True)) == "Past due, 2"


# --- candidates -----------------------------------------------------------------------------------


def candidates_under(window: QWidget) -> tuple[QLineEdit, CandidateList]:
    edit, found = QLineEdit("Samsng 55"), CandidateList()
    found.attach(edit)
    add(window, edit, found)
    edit.setFocus()
    return edit, found


def test_candidates_are_chosen_by_their_key_from_the_field(window: QWidget, qtbot: QtBot) -> None:
    edit, found = candidates_under(window)
    assert not found.isVisible()
    found.show_candidates(CANDIDATES, edit.text())
    assert found.isVisible()
    with qtbot.waitSignal(found.chosen) as told:
        press(window, Qt.Key.Key_2, ALT)
    assert told.args == [2]
    with qtbot.waitSignal(found.words_kept):
        press(window, Qt.Key.Key_0, ALT)
    assert edit.hasFocus()


def test_arrows_move_in_the_list_while_typing(window: QWidget, qtbot: QtBot) -> None:
    edit, found = candidates_under(window)
    found.show_candidates(CANDIDATES, edit.text())
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Up)
    with qtbot.waitSignal(found.chosen) as told:
        press(window, Qt.Key.Key_Return)
    assert told.args == [2]
    for _ in range(9):
        press(window, Qt.Key.Key_Down)
    with qtbot.waitSignal(found.words_kept):
        press(window, Qt.Key.Key_Return)


def test_without_words_there_is_nothing_and_no_key_fires(window: QWidget, qtbot: QtBot) -> None:
    _edit, found = candidates_under(window)
    found.show_candidates(CANDIDATES, "x")
    found.clear()
    assert not found.isVisible()
    with qtbot.assertNotEmitted(found.chosen), qtbot.assertNotEmitted(found.words_kept):
        press(window, Qt.Key.Key_1, ALT)
        press(window, Qt.Key.Key_0, ALT)


def test_words_can_be_kept_where_nothing_matches(window: QWidget, qtbot: QtBot) -> None:
    edit, found = candidates_under(window)
    found.show_candidates((), edit.text())
    with qtbot.assertNotEmitted(found.chosen):
        press(window, Qt.Key.Key_1, ALT)
    with qtbot.waitSignal(found.words_kept):
        press(window, Qt.Key.Key_Return)


def test_all_candidates_are_shown_without_scrolling(window: QWidget) -> None:
    edit, found = candidates_under(window)
    found.show_candidates(CANDIDATES, edit.text())
    QApplication.processEvents()
    assert found.height() >= 5 * 34


# --- caller offers --------------------------------------------------------------------------------


def offer_in(window: QWidget) -> CallerOffer:
    offer = CallerOffer()
    add(window, offer)
    offer.show_offers(OFFERS)
    return offer


def test_one_key_accepts_again_the_next_and_one_refuses(window: QWidget, qtbot: QtBot) -> None:
    offer = offer_in(window)
    heard: list[object] = []
    offer.accepted.connect(heard.append)
    offer.refused.connect(lambda: heard.append("refused"))
    for key in (Qt.Key.Key_M, Qt.Key.Key_M, Qt.Key.Key_M, Qt.Key.Key_N):
        press(window, key, ALT)
    assert heard == ["m", "d", "m", "refused"]


def test_an_offer_says_why_it_matched_and_nothing_is_chosen_before(window: QWidget) -> None:
    offer = offer_in(window)
    rows = offer.findChildren(OfferRow)
    assert not any(row.isChecked() for row in rows)
    assert "Number on the customer record" in name_of(rows[0])


def test_arrows_walk_the_offers_and_space_accepts(window: QWidget, qtbot: QtBot) -> None:
    offer = offer_in(window)
    rows = offer.findChildren(OfferRow)
    rows[0].setFocus()
    press(window, Qt.Key.Key_Down)
    assert rows[1].hasFocus()
    with qtbot.waitSignal(offer.accepted) as told:
        press(window, Qt.Key.Key_Space)
    assert told.args == ["d"]


def test_no_offer_no_key(window: QWidget, qtbot: QtBot) -> None:
    offer = offer_in(window)
    offer.show_offers(())
    assert not offer.isVisible()
    with qtbot.assertNotEmitted(offer.accepted), qtbot.assertNotEmitted(offer.refused):
        offer.accept_next()
        offer.refuse()


# --- calls ----------------------------------------------------------------------------------------


def test_calls_are_named_kept_and_chosen(window: QWidget, qtbot: QtBot) -> None:
    strip = CallStrip()
    add(window, strip)
    assert not strip.isVisible()
    strip.show_calls(CALLS)
    buttons = strip.findChildren(CallButton)
    assert "Margaret Ellison" in name_of(buttons[0])
    assert "on hold" in name_of(buttons[1])
    strip.set_timer("a", "02:42")
    assert strip.findChildren(CallButton) == buttons
    assert buttons[0].card.timer == "02:42"
    assert strip.key_of(2) == "b"
    assert strip.key_of(3) is None
    with qtbot.waitSignal(strip.chosen) as told:
        buttons[1].click()
    assert told.args == ["b"]
    strip.show_calls(())
    assert not strip.isVisible()


def test_nine_calls_fit(window: QWidget) -> None:
    strip = CallStrip()
    add(window, strip)
    strip.show_calls([CallCard(str(at), f"Caller {at}") for at in range(10)])
    QApplication.processEvents()
    assert strip.height() < 120


# --- rail -----------------------------------------------------------------------------------------


def rail_in(window: QWidget) -> Rail:
    rail = Rail("Lanes")
    rail.show_groups(GROUPS)
    rail.set_current("mine")
    add(window, rail)
    return rail


def test_the_rail_is_walked_by_arrows_and_chosen_by_enter(window: QWidget, qtbot: QtBot) -> None:
    rail = rail_in(window)
    rows = rail.findChildren(RailRow)
    rows[0].setFocus()
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)
    with qtbot.waitSignal(rail.chosen) as told:
        press(window, Qt.Key.Key_Return)
    assert told.args == ["to_complete"]
    press(window, Qt.Key.Key_End)
    assert rows[-1].hasFocus()
    press(window, Qt.Key.Key_Home)
    press(window, Qt.Key.Key_Up)
    assert rows[0].hasFocus()


def test_tab_stops_once_in_the_rail(window: QWidget) -> None:
    rail = rail_in(window)
    stops = [
        row.item.key
        for row in rail.findChildren(RailRow)
        if row.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    ]
    assert stops == ["mine"]


def test_counts_change_without_new_rows_and_are_read(window: QWidget) -> None:
    rail = rail_in(window)
    rows = rail.findChildren(RailRow)
    rail.set_counts({"mine": 17, "needs_review": 0})
    assert rail.findChildren(RailRow) == rows
    assert name_of(rows[0]) == "My queue, 17"
    rail.show_groups(GROUPS)
    assert name_of(rows[0]) == "My queue, 16"


def test_a_narrow_rail_keeps_names_and_gains_tooltips(window: QWidget) -> None:
    rail = rail_in(window)
    wide = rail.sizeHint().width()
    rail.set_narrow(narrow=True)
    row = rail.findChildren(RailRow)[0]
    assert rail.sizeHint().width() < wide
    assert "My queue" in name_of(row)
    assert "My queue" in row.toolTip()


# --- palette and sheet ----------------------------------------------------------------------------


def palette_over(window: QWidget) -> Palette:
    palette = Palette(window)
    palette.query_changed.connect(lambda query: palette.show_sections(query, SECTIONS, "4 ms"))
    return palette


def test_the_palette_asks_shows_and_chooses(window: QWidget, qtbot: QtBot) -> None:
    before = QLineEdit()
    add(window, before)
    before.setFocus()
    palette = palette_over(window)
    with qtbot.waitSignal(palette.query_changed) as asked:
        palette.open_with("elli")
    assert asked.args == ["elli"]
    press(window, Qt.Key.Key_Down)
    press(window, Qt.Key.Key_Down)  # over the head of the tickets
    with qtbot.waitSignal(palette.chosen) as told:
        press(window, Qt.Key.Key_Return)
    assert told.args == ["t1"]
    assert not palette.is_open
    assert before.hasFocus()


def test_control_enter_opens_beside(window: QWidget, qtbot: QtBot) -> None:
    palette = palette_over(window)
    palette.open_with("elli")
    with qtbot.waitSignal(palette.chosen_beside) as told:
        press(window, Qt.Key.Key_Return, CTRL)
    assert told.args == ["c1"]


def test_tab_narrows_to_a_kind_and_widens_again(window: QWidget, qtbot: QtBot) -> None:
    palette = palette_over(window)
    palette.open_with("elli")
    for expected in ("customers", ""):
        with qtbot.waitSignal(palette.kind_narrowed) as told:
            press(window, Qt.Key.Key_Tab)
        assert told.args == [expected]


def test_an_overtaken_answer_is_not_shown(window: QWidget, qtbot: QtBot) -> None:
    palette = Palette(window)
    palette.open_with("ell")
    press(window, Qt.Key.Key_End)
    press(window, Qt.Key.Key_I)
    palette.show_sections("ell", SECTIONS)
    with qtbot.assertNotEmitted(palette.chosen):
        press(window, Qt.Key.Key_Return)
    palette.show_sections("elli", SECTIONS)
    with qtbot.waitSignal(palette.chosen):
        press(window, Qt.Key.Key_Return)


def test_escape_closes_and_gives_the_focus_back(window: QWidget, qtbot: QtBot) -> None:
    before = QLineEdit()
    add(window, before)
    before.setFocus()
    palette = palette_over(window)
    palette.open_with()
    with qtbot.waitSignal(palette.closed):
        press(window, Qt.Key.Key_Escape)
    assert before.hasFocus()


def test_the_palette_stays_inside_a_small_window(window: QWidget) -> None:
    window.resize(420, 300)
    palette = palette_over(window)
    palette.open_with("elli")
    QApplication.processEvents()
    assert palette.rect().contains(palette.panel.geometry())
    window.resize(500, 360)
    QApplication.processEvents()
    assert palette.size() == window.size()


def test_the_sheet_shows_groups_and_closes(window: QWidget, qtbot: QtBot) -> None:
    sheet = ShortcutSheet(window)
    sheet.show_groups(SHORTCUTS)
    sheet.open()
    assert sheet.is_open
    press(window, Qt.Key.Key_PageDown)
    press(window, Qt.Key.Key_Tab)
    focus = QApplication.focusWidget()
    assert focus is not None
    assert sheet.isAncestorOf(focus)
    with qtbot.waitSignal(sheet.closed):
        press(window, Qt.Key.Key_Escape)


# --- bars -----------------------------------------------------------------------------------------


def test_services_fold_with_the_width(window: QWidget, look: Theme) -> None:
    bar = StatusBar()
    add(window, bar)
    bar.show_services(SERVICES)
    window.resize(1440, 300)
    QApplication.processEvents()
    shown = [item for item in bar.findChildren(ServiceItem) if item.isVisible()]
    assert len(shown) == 6
    window.resize(1100, 300)
    QApplication.processEvents()
    assert {name_of(item).split(",")[0] for item in _visible(bar)} == {
        "Tickets", "Billing", "Experts",
    }  # fmt: skip
    folded = [name_of(b) for b in bar.findChildren(QWidget) if b.isVisible() and name_of(b)]
    assert "3 up" in folded
    window.resize(960, 300)
    QApplication.processEvents()
    folded = [name_of(b) for b in bar.findChildren(QWidget) if b.isVisible() and name_of(b)]
    assert "3 up" not in folded


def _visible(bar: StatusBar) -> list[ServiceItem]:
    return [item for item in bar.findChildren(ServiceItem) if item.isVisible()]


def test_a_service_is_read_with_its_words_and_chosen(window: QWidget, qtbot: QtBot) -> None:
    bar = StatusBar()
    add(window, bar)
    bar.show_services((ServiceState("t", "Tickets", ServiceWord.DOWN, "10:42", "<b>x</b>"),))
    item = bar.findChildren(ServiceItem)[0]
    assert name_of(item) == "Tickets, down since 10:42"
    assert "<b>" not in item.toolTip()
    with qtbot.waitSignal(bar.service_chosen) as told:
        item.click()
    assert told.args == ["t"]
    bar.show_outbox(8, "09:41", 1)
    bar.show_note("only on this computer")
    bar.show_note("")


def test_the_top_bar_tells_what_was_pressed(window: QWidget, qtbot: QtBot) -> None:
    bar = TopBar()
    add(window, bar)
    with qtbot.waitSignal(bar.search_chosen):
        bar.findChildren(SearchButton)[0].click()
    bar.set_new_call_primary(primary=False)
    bar.set_new_call_primary(primary=True)
    window.resize(1500, 300)
    QApplication.processEvents()
    wide = bar.findChildren(SearchButton)[0].width()
    window.resize(700, 300)
    QApplication.processEvents()
    assert bar.findChildren(SearchButton)[0].width() < wide
