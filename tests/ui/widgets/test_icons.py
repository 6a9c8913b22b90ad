"""Icons exist, take the colour of their token, and are drawn once."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from PySide6.QtGui import QColor

from ui import icons
from ui.theme import Look, Size, Theme, Token

ROOT = Path(__file__).parents[3]


def _darkest(name: str, ink: Token, size: int = 32) -> QColor:
    picture = icons.image(name, ink, size)
    return max(
        (picture.pixelColor(x, y) for x in range(size) for y in range(size)),
        key=lambda colour: colour.alpha(),
    )


def test_an_icon_has_the_colour_of_its_token_in_both_palettes(look: Theme) -> None:
    for chosen in (Look.LIGHT, Look.DARK):
        look.set_look(chosen)
        drawn, wanted = _darkest("flag-fill", Token.REV), look.colour(Token.REV)
        assert drawn.alpha() > 200
        assert abs(drawn.red() - wanted.red()) <= 4
        assert abs(drawn.blue() - wanted.blue()) <= 4


def test_an_icon_is_drawn_once_per_palette_and_size(look: Theme) -> None:
    first = icons.image("check", Token.OK, 16)
    assert icons.image("check", Token.OK, 16) is first
    look.set_look(Look.DARK)
    assert icons.image("check", Token.OK, 16) is not first


def test_an_unknown_name_is_our_bug(look: Theme) -> None:
    with pytest.raises(KeyError):
        icons.image("no-such-icon", Token.TEXT, 16)
    assert not icons.exists("no-such-icon")


def test_a_qicon_for_menus(look: Theme) -> None:
    assert not icons.icon("gear", Token.TEXT, Size.ICON).isNull()


def _names_in_code() -> set[str]:
    """Strings given to icon parameters anywhere in the screens."""
    found: set[str] = set()
    for file in (ROOT / "ui").rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                found |= {
                    keyword.value.value
                    for keyword in node.keywords
                    if keyword.arg == "icon"
                    and isinstance(keyword.value, ast.Constant)
                    and isinstance(keyword.value.value, str)
                }
                called = node.func
                is_icon = isinstance(called, ast.Name) and called.id in ("Icon", "IconMark")
                first = node.args[0] if node.args else None
                if is_icon and isinstance(first, ast.Constant) and isinstance(first.value, str):
                    found.add(first.value)
    return found - {""}


def test_every_icon_named_in_the_screens_exists() -> None:
    names = _names_in_code()
    assert len(names) > 5
    assert [name for name in sorted(names) if not icons.exists(name)] == []
