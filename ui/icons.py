"""Icons: Phosphor glyphs in a token's colour, drawn larger and scaled down smoothly.

The font and its map of names are qtawesome's; they are read from its folder, because importing
the package loads every font set and half a dozen modules before the first window shows.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QIcon,
    QImage,
    QPainter,
    QPixmap,
)

from ui.theme import Size, Theme, Token, theme

_FONT = "phosphor-1.3.0.ttf"
_NAMES = "phosphor-charmap-1.3.0.json"
_LARGER = 4
_MOST_KEPT = 2_000
_DRAWN: dict[tuple[str, int, int], QImage] = {}


@cache
def _folder() -> Path:
    found = find_spec("qtawesome")
    if found is None or not found.submodule_search_locations:
        raise RuntimeError("qtawesome is not installed")
    return Path(found.submodule_search_locations[0]) / "fonts"


@cache
def _glyphs() -> dict[str, str]:
    codes: dict[str, str] = json.loads((_folder() / _NAMES).read_text("utf-8"))
    return {name: chr(int(code, 16)) for name, code in codes.items()}


@cache
def _family() -> str:
    number = QFontDatabase.addApplicationFont(str(_folder() / _FONT))
    families = QFontDatabase.applicationFontFamilies(number)
    if not families:
        raise RuntimeError("the icon font could not be loaded")
    return families[0]


def image(name: str, ink: Token, size: int, *, look: Theme | None = None) -> QImage:
    """A square picture of `size` device pixels. Raises KeyError for a name Phosphor lacks."""
    colour = (look or theme()).colour(ink)
    key = (name, colour.rgba(), size)
    if key not in _DRAWN:
        if len(_DRAWN) >= _MOST_KEPT:
            _DRAWN.clear()
        _DRAWN[key] = _drawn(_glyphs()[name], ink, size, look or theme())
    return _DRAWN[key]


def _drawn(glyph: str, ink: Token, size: int, look: Theme) -> QImage:
    big = QImage(size * _LARGER, size * _LARGER, QImage.Format.Format_ARGB32_Premultiplied)
    big.fill(Qt.GlobalColor.transparent)
    font = QFont(_family())
    font.setPixelSize(size * _LARGER)
    painter = QPainter(big)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    painter.setPen(look.colour(ink))
    painter.drawText(QRect(0, 0, big.width(), big.height()), Qt.AlignmentFlag.AlignCenter, glyph)
    painter.end()
    return big.scaled(
        QSize(size, size),
        Qt.AspectRatioMode.KeepAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )


def draw(painter: QPainter, rect: QRect, name: str, ink: Token) -> None:
    """Draw an icon centred in a rectangle, as large as its shorter side."""
    side = min(rect.width(), rect.height())
    ratio = painter.device().devicePixelRatio()
    picture = image(name, ink, max(1, round(side * ratio)))
    square = QRect(0, 0, side, side)
    square.moveCenter(rect.center())
    painter.drawImage(square, picture)


def icon(name: str, ink: Token = Token.MUTED, size: Size = Size.ICON) -> QIcon:
    """A QIcon for menus and actions; made anew after a change of palette."""
    return QIcon(QPixmap.fromImage(image(name, ink, theme().px(size) * 2)))


def exists(name: str) -> bool:
    """True when Phosphor has the name."""
    return name in _glyphs()
