"""The table of colours keeps what the look promises, and the theme lays it on."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from tests.support.contrast import contrast
from ui.style import filled
from ui.theme import DARK, GROUNDS, LIGHT, Look, Size, State, Theme, Token, Type, theme

TABLES = pytest.mark.parametrize("table", [LIGHT, DARK], ids=["light", "dark"])
Table = Mapping[Token, str]

WORST_OVER_GROUNDS = [
    (Token.TEXT, 13.5, 11.4),
    (Token.TEXT2, 6.6, 7.6),
    (Token.MUTED, 4.9, 5.3),
    (Token.LINK, 5.6, 6.6),
    (Token.FOCUS, 5.6, 6.0),
]
"""Claims of the tokens page, in light and dark."""

PAIRS = [
    (Token.ON_ACCENT, Token.ACCENT, 7.1, 5.0),
    (Token.ON_ACCENT, Token.ACCENT_HOVER, 8.9, 6.6),
    (Token.MARK_TEXT, Token.MARK, 14.3, 8.1),
    (Token.CONTROL, Token.WINDOW, 3.1, 3.7),
    (Token.CONTROL, Token.SURFACE, 3.1, 3.7),
    (Token.CONTROL, Token.PANEL, 3.1, 3.7),
    (Token.CONTROL, Token.RAISED, 3.1, 3.7),
]

STATES = {
    State.OK: (6.3, 7.4, 5.3, 5.4),
    State.WARN: (6.6, 8.1, 5.4, 5.6),
    State.BAD: (6.7, 7.2, 5.2, 6.1),
    State.REV: (7.4, 7.2, 5.1, 5.6),
    State.MOVE: (7.0, 7.3, 5.2, 5.2),
    State.NEU: (8.9, 8.1, 5.1, 5.3),
}
"""Ink on own tint in light and dark, then muted on that tint in light and dark."""

ROUNDING = 0.051


@pytest.mark.parametrize(("token", "light", "dark"), WORST_OVER_GROUNDS)
def test_worst_contrast_over_all_grounds_is_as_claimed(
    token: Token, light: float, dark: float
) -> None:
    for table, claimed in ((LIGHT, light), (DARK, dark)):
        worst = min(contrast(table[token], table[ground]) for ground in GROUNDS)
        assert worst >= claimed - ROUNDING, (token, worst)


@pytest.mark.parametrize(("ink", "ground", "light", "dark"), PAIRS)
def test_pairs_are_as_claimed(ink: Token, ground: Token, light: float, dark: float) -> None:
    assert contrast(LIGHT[ink], LIGHT[ground]) >= light - ROUNDING
    assert contrast(DARK[ink], DARK[ground]) >= dark - ROUNDING


@pytest.mark.parametrize("state", State)
def test_state_inks_and_muted_are_readable_on_tints(state: State) -> None:
    ink_light, ink_dark, muted_light, muted_dark = STATES[state]
    for table, ink, muted in ((LIGHT, ink_light, muted_light), (DARK, ink_dark, muted_dark)):
        assert contrast(table[state.ink], table[state.tint]) >= ink - ROUNDING
        assert contrast(table[Token.MUTED], table[state.tint]) >= muted - ROUNDING


@TABLES
def test_text_reaches_aa_wherever_it_stands(table: Table) -> None:
    inks = (Token.TEXT, Token.TEXT2, Token.MUTED, Token.LINK, *(state.ink for state in State))
    grounds = (*GROUNDS, Token.PLAIN)
    poor = [
        (ink, ground)
        for ink in inks
        for ground in grounds
        if contrast(table[ink], table[ground]) < 4.5
    ]
    assert not poor


@TABLES
def test_links_reach_aa_on_tints_and_focus_three_to_one(table: Table) -> None:
    for state in State:
        assert contrast(table[Token.LINK], table[state.tint]) >= 5.9 - ROUNDING
    for ground in GROUNDS:
        assert contrast(table[Token.FOCUS], table[ground]) >= 3.0


@TABLES
def test_plain_button_text_reaches_aa_while_hovered(table: Table) -> None:
    assert contrast(table[Token.TEXT], table[Token.PLAIN_HOVER]) >= 4.5
    assert contrast(table[Token.TEXT2], table[Token.PLAIN_HOVER]) >= 4.5


def test_both_tables_name_every_token() -> None:
    assert set(LIGHT) == set(DARK) == set(Token)


def test_disabled_and_placeholder_text_stay_readable(look: Theme) -> None:
    for chosen in (Look.LIGHT, Look.DARK):
        look.set_look(chosen)
        palette = QApplication.palette()
        muted = look.colour(Token.MUTED)
        group, role = QPalette.ColorGroup, QPalette.ColorRole
        assert palette.color(group.Disabled, role.Text) == muted
        assert palette.color(group.Disabled, role.WindowText) == muted
        assert palette.color(group.Disabled, role.ButtonText) == muted
        assert palette.color(group.Active, role.PlaceholderText) == muted


def test_the_placeholder_of_a_styled_field_is_not_half_transparent(
    look: Theme, qtbot: QtBot
) -> None:
    edit = QLineEdit()
    qtbot.addWidget(edit)
    edit.show()
    shown = edit.palette().color(QPalette.ColorRole.PlaceholderText)
    assert shown == look.colour(Token.MUTED)


def test_the_style_sheet_has_a_value_for_every_name(look: Theme) -> None:
    look.apply()
    assert "@" not in QApplication.instance().styleSheet()  # type: ignore[union-attr]  # it runs by then
    with pytest.raises(KeyError):
        filled({})


def test_sizes_grow_with_the_font_and_never_shrink(look: Theme) -> None:
    heights = {size: look.px(size) for size in Size}
    body = look.metrics(Type.BODY).height()
    look.set_font_scale(2.0)
    assert look.metrics(Type.BODY).height() >= 2 * body - 2
    for size, before in heights.items():
        assert look.px(size) > before
    look.set_font_scale(7.0)
    assert look.font_scale == 2.0


def test_sizes_follow_the_ratios_of_the_type_scale(look: Theme) -> None:
    body = look.font(Type.BODY).pointSizeF()
    assert look.font(Type.REFERENCE).pointSizeF() / body == pytest.approx(60 / 13, rel=0.01)
    assert look.font(Type.SMALL).pointSizeF() / body == pytest.approx(12 / 13, rel=0.01)


def test_dark_and_light_are_chosen_and_system_follows(look: Theme) -> None:
    look.set_look(Look.DARK)
    assert look.dark
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == "#131416"
    look.set_look(Look.SYSTEM)
    system = QApplication.styleHints().colorScheme()
    assert look.dark is (system is Qt.ColorScheme.Dark)


def test_a_change_is_told_once_it_is_laid_on(look: Theme, qtbot: QtBot) -> None:
    with qtbot.waitSignal(look.changed):
        look.set_look(Look.DARK)


def test_there_is_no_motion_when_reduced(look: Theme) -> None:
    assert look.motion(160) == 0
    look.set_reduced_motion(reduced=False)
    assert look.motion(160) == 160
    look.set_reduced_motion(reduced=True)


def test_one_theme_serves_the_application(look: Theme) -> None:
    assert theme() is look
    assert theme() is theme()


def test_widgets_made_before_a_change_take_the_new_palette(look: Theme, qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    look.set_look(Look.DARK)
    assert widget.palette().color(QPalette.ColorRole.Window).name() == "#131416"


def test_no_colour_is_written_twice_by_mistake() -> None:
    for table in (LIGHT, DARK):
        assert all(re.fullmatch(r"#([0-9A-F]{2}){3,4}", value) for value in table.values())
