"""The whole gallery: names, targets, nothing cut at 200 %, and evil texts shown as typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.views import ServiceWord
from tests.support.gallery import PAGES, pose
from ui.delegates.parts import Tag, Text, Words
from ui.delegates.rows import PartsModel, PartsRow
from ui.text import one_line
from ui.theme import Look, State, Theme
from ui.widgets.buttons import Button
from ui.widgets.call_strip import CallCard, CallStrip
from ui.widgets.caller_offer import CallerOffer, Offer
from ui.widgets.candidate_list import Candidate, CandidateList
from ui.widgets.card import Card
from ui.widgets.empty_state import EmptyState
from ui.widgets.field import Field
from ui.widgets.marks import AsOfMark, Avatar, PartsLabel, TagMark
from ui.widgets.message import Message, MessageAction
from ui.widgets.palette import Palette, PaletteRow, PaletteSection
from ui.widgets.parts_view import PartsTable
from ui.widgets.person import PersonButton
from ui.widgets.progress import Meter, Step, Stepper, StepState
from ui.widgets.rail import Rail, RailGroup, RailItem
from ui.widgets.reference_board import ReferenceBoard
from ui.widgets.service_bar import ServiceState, StatusBar
from ui.widgets.shortcut_sheet import ShortcutGroup, ShortcutSheet
from ui.widgets.toast import Toast
from ui.widgets.view_head import ViewHead


def show(page: QWidget, qtbot: QtBot, size: tuple[int, int] = (1440, 900)) -> QWidget:
    qtbot.addWidget(page)
    page.resize(*size)
    page.show()
    QApplication.processEvents()
    return page


def said_by(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def focusable(page: QWidget) -> list[QWidget]:
    """What the keyboard reaches; a viewport or proxy is part of its owner."""
    return [
        one
        for one in page.findChildren(QWidget)
        if one.focusPolicy() is not Qt.FocusPolicy.NoFocus
        and one.isVisible()
        and one.focusProxy() is None
    ]


@pytest.mark.parametrize("name", PAGES)
def test_everything_the_keyboard_reaches_has_a_name(name: str, look: Theme, qtbot: QtBot) -> None:
    page = show(PAGES[name](), qtbot)
    pose(name, page)
    reached = focusable(page)
    assert reached
    assert [type(one).__name__ for one in reached if not said_by(one).strip()] == []


@pytest.mark.parametrize("name", PAGES)
def test_no_target_is_smaller_than_24_pixels(name: str, look: Theme, qtbot: QtBot) -> None:
    page = show(PAGES[name](), qtbot)
    pose(name, page)
    small = [
        (type(one).__name__, said_by(one), one.size().toTuple())
        for one in page.findChildren(QAbstractButton)
        if one.isVisible() and (one.height() < 24 or one.width() < 24)
    ]
    assert small == []


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_lower_than_its_text_at_200_percent(
    name: str, look: Theme, qtbot: QtBot
) -> None:
    look.set_font_scale(2.0)
    page = show(PAGES[name](), qtbot, (2880, 1800))
    pose(name, page)
    QApplication.processEvents()
    cut = [
        (type(one).__name__, said_by(one), one.height(), one.minimumSizeHint().height())
        for one in page.findChildren(QWidget)
        if isinstance(one, QAbstractButton | QLabel | QLineEdit)
        and one.isVisible()
        and one.height() < one.minimumSizeHint().height()
    ]
    assert cut == []
    narrow = [
        (said_by(one), one.width(), one.sizeHint().width())
        for one in page.findChildren(Button)
        if one.isVisible() and one.width() < one.sizeHint().width()
    ]
    assert narrow == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("chosen", [Look.LIGHT, Look.DARK])
def test_every_page_paints_in_both_palettes(
    name: str, chosen: Look, look: Theme, qtbot: QtBot
) -> None:
    look.set_look(chosen)
    page = show(PAGES[name](), qtbot)
    pose(name, page)
    picture = page.grab().toImage()
    colours = {picture.pixelColor(x, y).rgb() for x in range(0, 1440, 9) for y in range(0, 900, 9)}
    assert len(colours) > 5


def test_labels_of_the_gallery_are_all_plain(look: Theme, qtbot: QtBot) -> None:
    for name, made in PAGES.items():
        page = show(made(), qtbot)
        pose(name, page)
        for label in page.findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText


# --- evil texts -----------------------------------------------------------------------------------

EVIL = {
    "html": "<b>x</b><img src=//host/x><a href='file:///etc/passwd'>y</a> & &amp;",
    "right to left": "שלום \u202e\u2067evil\u2069 עולם",
    "emoji": "👩‍🚒🇩🇪😀 e\u0301",
    "breaks": "a\nb\r\n\tc\u2028d\u0000e",
    "megabyte": "<i>word</i> " * 90_000,
}


def _field(evil: str) -> QWidget:
    field = Field(evil, placeholder=one_line(evil))
    field.set_text(evil)
    field.set_note(evil)
    field.set_error(evil)
    return field


def _area(evil: str) -> QWidget:
    field = Field("Fault", multi_line=True)
    field.set_text(evil)
    return field


def _message(evil: str) -> QWidget:
    message = Message()
    message.show_message(evil, evil, (MessageAction("a", one_line(evil)[:60]),))
    return message


def _toast(evil: str) -> QWidget:
    place = QWidget()
    place.resize(400, 100)
    place.show()
    Toast(place).offer(evil)
    return place


def _card(evil: str) -> QWidget:
    card = Card("user", evil)
    card.set_note(evil)
    card.set_as_of(evil)
    card.add_lead(evil)
    card.add_text(evil)
    card.add_parts(Words(evil), Text(evil))
    card.add_pair(evil, Text(evil))
    card.add_to_complete(evil)
    card.add_link("k", one_line(evil)[:60], evil)
    return card


def _rail(evil: str) -> QWidget:
    rail = Rail(one_line(evil))
    rail.show_groups((RailGroup(evil, (RailItem("k", evil, "tray", 3),)),))
    rail.set_narrow(narrow=True)
    return rail


def _candidates(evil: str) -> QWidget:
    found = CandidateList()
    found.show_candidates([Candidate(1, evil, evil)], evil)
    return found


def _calls(evil: str) -> QWidget:
    strip = CallStrip()
    strip.show_calls([CallCard("a", evil, evil, one_line(evil)[:8])])
    return strip


def _offer(evil: str) -> QWidget:
    offer = CallerOffer()
    offer.show_offers([Offer("a", evil, (evil, evil))], "a")
    return offer


def _palette(evil: str) -> QWidget:
    window = QWidget()
    window.resize(700, 500)
    window.show()
    palette = Palette(window)
    palette.open_with(one_line(evil))
    row = PaletteRow("v", "user", evil, evil, (Text(evil), Tag(evil)))
    palette.show_sections(palette.query, [PaletteSection("k", evil, (row,))], evil)
    return window


def _sheet(evil: str) -> QWidget:
    window = QWidget()
    window.resize(700, 500)
    window.show()
    sheet = ShortcutSheet(window)
    sheet.show_groups([ShortcutGroup(evil, ((evil, "A"),))])
    sheet.open()
    return window


def _table(evil: str) -> QWidget:
    table = PartsTable("Queue")
    model = PartsModel(("A", "B"), table)
    cells = ((Text(evil), Tag(evil, State.BAD, "warning")), (Words(evil),))
    model.set_rows([PartsRow(1, cells, tooltip=evil)])
    table.setModel(model)
    return table


def _status(evil: str) -> QWidget:
    bar = StatusBar()
    bar.show_services([ServiceState("t", evil, ServiceWord.DOWN, one_line(evil)[:9], evil)])
    bar.show_note(evil)
    return bar


def _empty(evil: str) -> QWidget:
    state = EmptyState()
    state.explain("tray", evil, evil, action=one_line(evil)[:60], parts=(Tag(evil),))
    return state


def _person(evil: str) -> QWidget:
    person = PersonButton()
    person.set_person(evil, evil)
    person.set_narrow(narrow=True)
    return person


def _head(evil: str) -> QWidget:
    head = ViewHead(evil)
    head.set_note(evil)
    return head


def _meter(evil: str) -> QWidget:
    meter = Meter()
    meter.set_share(0.5, evil)
    return meter


def _button(evil: str) -> QWidget:
    button = Button(evil)
    button.set_reason(evil)
    return button


TAKERS: dict[str, Callable[[str], QWidget]] = {
    "field": _field, "area": _area, "message": _message, "toast": _toast, "card": _card,
    "rail": _rail, "candidates": _candidates, "calls": _calls, "offer": _offer,
    "palette": _palette, "sheet": _sheet, "table": _table, "status": _status, "empty": _empty,
    "person": _person, "head": _head, "meter": _meter, "button": _button,
    "tag": lambda evil: TagMark(evil, State.WARN, "question"),
    "as of": AsOfMark,
    "avatar": Avatar,
    "parts": lambda evil: PartsLabel((Words(evil), Text(evil))),
    "steps": lambda evil: Stepper((Step(evil, StepState.CURRENT, evil),)),
    "board": lambda evil: ReferenceBoard([(one_line(evil)[:1], one_line(evil)[:20])]),
}  # fmt: skip


@pytest.mark.parametrize("kind", EVIL)
@pytest.mark.parametrize("name", TAKERS)
def test_evil_texts_are_shown_as_typed(name: str, kind: str, look: Theme, qtbot: QtBot) -> None:
    widget = TAKERS[name](EVIL[kind])
    qtbot.addWidget(widget)
    widget.show()
    QApplication.processEvents()
    assert not widget.grab().isNull()
    for one in (widget, *widget.findChildren(QWidget)):
        if isinstance(one, QLabel):
            assert one.textFormat() is Qt.TextFormat.PlainText
        assert_tooltip_is_text(one.toolTip())
        if isinstance(one, QLineEdit | QPlainTextEdit):
            assert "\ufffc" not in (one.text() if isinstance(one, QLineEdit) else one.toPlainText())


def assert_tooltip_is_text(tip: str) -> None:
    """A tooltip either is empty or holds no tag but ours."""
    if not tip:
        return
    assert tip.startswith("<span>")
    assert tip.endswith("</span>")
    inner = tip.removeprefix("<span>").removesuffix("</span>").replace("<br>", "")
    assert "<" not in inner
    document = QTextDocument()
    document.setHtml(tip)
    assert "\ufffc" not in document.toPlainText()  # an image would leave this mark


def test_the_whole_text_of_a_field_is_kept(look: Theme, qtbot: QtBot) -> None:
    for kind in ("html", "right to left", "emoji", "megabyte"):
        field = Field("Fault", multi_line=True)
        qtbot.addWidget(field)
        field.set_text(EVIL[kind])
        assert field.text() == EVIL[kind]


def test_scroll_areas_of_the_gallery_are_no_tab_stops(look: Theme, qtbot: QtBot) -> None:
    page = show(PAGES["desk"](), qtbot)
    stops = [
        type(one).__name__
        for one in page.findChildren(QAbstractScrollArea)
        if one.focusPolicy() is not Qt.FocusPolicy.NoFocus and not said_by(one)
    ]
    assert stops == []
