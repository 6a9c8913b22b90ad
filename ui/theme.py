"""The one table of colours, type and sizes, and the theme that lays it on the application.

Nothing else in `ui` names a colour or a size (docs of the look: tokens). Widgets ask
`theme()` while they paint, so that a change of palette or font shows without rebuilding them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib.resources import files
from types import MappingProxyType
from typing import cast

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from ui.style import filled


class Token(StrEnum):
    """A colour by what it is for."""

    WINDOW = "window"
    SURFACE = "surface"
    PANEL = "panel"
    RAISED = "raised"
    SUNKEN = "sunken"
    HOVER = "hover"
    SELECTED = "selected"
    SELECTED_IDLE = "selected.idle"
    RAIL_SEL = "rail.sel"
    TEXT = "text"
    TEXT2 = "text2"
    MUTED = "muted"
    ACCENT = "accent"
    ON_ACCENT = "on.accent"
    ACCENT_HOVER = "accent.hover"
    LINK = "link"
    FOCUS = "focus"
    CONTROL = "control"
    LINE = "line"
    HAIR = "hair"
    ROW = "row"
    MARK = "mark"
    MARK_TEXT = "mark.text"
    SCRIM = "scrim"
    PLAIN = "plain"
    """Ground of a plain button: the surface in light, raised in dark."""
    PLAIN_HOVER = "plain.hover"
    OK = "ok"
    OK_TINT = "ok.tint"
    WARN = "warn"
    WARN_TINT = "warn.tint"
    BAD = "bad"
    BAD_TINT = "bad.tint"
    REV = "rev"
    REV_TINT = "rev.tint"
    MOVE = "move"
    MOVE_TINT = "move.tint"
    NEU = "neu"
    NEU_TINT = "neu.tint"


_T = Token

GROUNDS = (
    _T.WINDOW, _T.SURFACE, _T.PANEL, _T.RAISED, _T.SUNKEN,
    _T.HOVER, _T.SELECTED, _T.SELECTED_IDLE, _T.RAIL_SEL,
)  # fmt: skip
"""What text may stand on."""


class State(StrEnum):
    """What a state colour means; ink and tint belong together."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    REV = "rev"
    MOVE = "move"
    NEU = "neu"

    @property
    def ink(self) -> Token:
        return Token(self.value)

    @property
    def tint(self) -> Token:
        return Token(f"{self.value}.tint")


LIGHT: Mapping[Token, str] = MappingProxyType({
    _T.WINDOW: "#F3F3F1", _T.SURFACE: "#FFFFFF", _T.PANEL: "#FAFAF9", _T.RAISED: "#FFFFFF",
    _T.SUNKEN: "#F3F3F1", _T.HOVER: "#F5F5F3", _T.SELECTED: "#E8EEFB",
    _T.SELECTED_IDLE: "#EDEDEA", _T.RAIL_SEL: "#E4E4E0",
    _T.TEXT: "#1A1B1E", _T.TEXT2: "#4A4D55", _T.MUTED: "#5E616A",
    _T.ACCENT: "#2450BE", _T.ON_ACCENT: "#FFFFFF", _T.ACCENT_HOVER: "#1D439F",
    _T.LINK: "#2450BE", _T.FOCUS: "#2450BE", _T.CONTROL: "#868A92",
    _T.LINE: "#D2D2CC", _T.HAIR: "#E7E7E3", _T.ROW: "#F0F0ED",
    _T.MARK: "#FFE9A8", _T.MARK_TEXT: "#1A1B1E", _T.SCRIM: "#2E1A1B1E",
    _T.PLAIN: "#FFFFFF", _T.PLAIN_HOVER: "#F5F5F3",
    _T.OK: "#1C6239", _T.OK_TINT: "#E3F1E8", _T.WARN: "#7A4900", _T.WARN_TINT: "#FBEED2",
    _T.BAD: "#9F1D1D", _T.BAD_TINT: "#FBE8E6", _T.REV: "#66299C", _T.REV_TINT: "#F0E6FA",
    _T.MOVE: "#0C5664", _T.MOVE_TINT: "#DFEFF2", _T.NEU: "#3B3E45", _T.NEU_TINT: "#EAEAE6",
})  # fmt: skip

DARK: Mapping[Token, str] = MappingProxyType({
    _T.WINDOW: "#131416", _T.SURFACE: "#191A1D", _T.PANEL: "#16171A", _T.RAISED: "#222428",
    _T.SUNKEN: "#131416", _T.HOVER: "#1F2024", _T.SELECTED: "#202C49",
    _T.SELECTED_IDLE: "#26282D", _T.RAIL_SEL: "#25272C",
    _T.TEXT: "#E9E9E7", _T.TEXT2: "#BDC0C7", _T.MUTED: "#9CA0AA",
    _T.ACCENT: "#3D68DC", _T.ON_ACCENT: "#FFFFFF", _T.ACCENT_HOVER: "#3156BE",
    _T.LINK: "#93B1FF", _T.FOCUS: "#86A8FF", _T.CONTROL: "#767B86",
    _T.LINE: "#383B41", _T.HAIR: "#292B30", _T.ROW: "#212327",
    _T.MARK: "#5A4712", _T.MARK_TEXT: "#FFF3CF", _T.SCRIM: "#73000000",
    _T.PLAIN: "#222428", _T.PLAIN_HOVER: "#383B41",
    _T.OK: "#80CB9A", _T.OK_TINT: "#17301F", _T.WARN: "#E9B968", _T.WARN_TINT: "#322711",
    _T.BAD: "#F4948A", _T.BAD_TINT: "#331B1A", _T.REV: "#CBA6F4", _T.REV_TINT: "#2F2240",
    _T.MOVE: "#7FC8D5", _T.MOVE_TINT: "#14313A", _T.NEU: "#C3C6CD", _T.NEU_TINT: "#2B2D32",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class TypeStep:
    """A step of the type scale: size relative to body 13, weight, tracking in pixels."""

    size: float
    weight: int = 400
    tracking: float = 0.0


class Type(StrEnum):
    """Text by what it is for."""

    REFERENCE = "reference"
    FIGURE = "figure"
    FIGURE_SMALL = "figure.small"
    VIEW = "view"
    GROUP = "group"
    GROUP_MEDIUM = "group.medium"
    INPUT = "input"
    """Big fields of the call form."""
    BODY = "body"
    LEAD = "lead"
    STRONG = "strong"
    SMALL = "small"
    LABEL = "label"
    HEAD = "head"
    KEY = "key"


_BODY = 13.0
_STEPS: Mapping[Type, TypeStep] = MappingProxyType({
    Type.REFERENCE: TypeStep(60, 600), Type.FIGURE: TypeStep(28, 600),
    Type.FIGURE_SMALL: TypeStep(22, 600), Type.VIEW: TypeStep(18, 600, -0.25),
    Type.GROUP: TypeStep(15, 600), Type.GROUP_MEDIUM: TypeStep(15, 500),
    Type.INPUT: TypeStep(15, 400), Type.BODY: TypeStep(13, 400), Type.LEAD: TypeStep(13, 500),
    Type.STRONG: TypeStep(13, 600), Type.SMALL: TypeStep(12, 400), Type.LABEL: TypeStep(12, 500),
    Type.HEAD: TypeStep(12, 600), Type.KEY: TypeStep(11, 500, 0.1),
})  # fmt: skip


class Space:
    """Distances; they stay as they are when the font grows, so that more text fits."""

    HAIR = 1
    RING = 2
    BAR = 3
    XS = 4
    ICON = 6
    INSIDE = 7
    """Left and right inside a focused field, whose border is one pixel wider."""
    S = 8
    M = 12
    L = 16
    XL = 24


class Radius:
    TAG = 4
    CONTROL = 6
    CARD = 8
    PALETTE = 10


class Size(StrEnum):
    """A height, width or icon size that grows with the font; see `Theme.px`."""

    TOP_BAR = "top_bar"
    OUTAGE_LINE = "outage_line"
    VIEW_HEAD = "view_head"
    COLUMN_HEAD = "column_head"
    ROW = "row"
    ROW_TWO = "row_two"
    ROW_TALL = "row_tall"
    GROUP_ROW = "group_row"
    RAIL_ROW = "rail_row"
    RAIL_ROW_NARROW = "rail_row_narrow"
    CANDIDATE = "candidate"
    FIELD = "field"
    AREA = "area"
    BUTTON = "button"
    BUTTON_LINE = "button_line"
    BUTTON_SAVE = "button_save"
    ACTION_FOOT = "action_foot"
    CONTEXT_FOOT = "context_foot"
    STATUS_BAR = "status_bar"
    TARGET = "target"
    PILL = "pill"
    TAG = "tag"
    KEY_CAP = "key_cap"
    METER = "meter"
    CALL_WIDTH = "call_width"
    CALL_HEIGHT = "call_height"
    RAIL = "rail"
    RAIL_NARROW = "rail_narrow"
    CONTEXT = "context"
    CONTEXT_CALL = "context_call"
    CARD_LABEL = "card_label"
    SEARCH = "search"
    PALETTE = "palette"
    AVATAR = "avatar"
    STEP_DOT = "step_dot"
    RADIO = "radio"
    EMPTY_TEXT = "empty_text"
    ICON_PILL = "icon.pill"
    ICON_ROW = "icon.row"
    ICON = "icon"
    ICON_MESSAGE = "icon.message"
    ICON_EMPTY = "icon.empty"
    LOGO = "logo"
    DETAIL = "detail"
    TICK = "tick"
    SHADOW = "shadow"
    LINE_BODY = "line.body"
    LINE_ROW = "line.row"
    SCORE = "score"


_PX: Mapping[Size, int] = MappingProxyType({
    Size.TOP_BAR: 54, Size.OUTAGE_LINE: 40, Size.VIEW_HEAD: 56, Size.COLUMN_HEAD: 30,
    Size.ROW: 34, Size.ROW_TWO: 40, Size.ROW_TALL: 56, Size.GROUP_ROW: 30, Size.RAIL_ROW: 30,
    Size.RAIL_ROW_NARROW: 46, Size.CANDIDATE: 34, Size.FIELD: 34, Size.AREA: 60,
    Size.BUTTON: 32, Size.BUTTON_LINE: 28, Size.BUTTON_SAVE: 36, Size.ACTION_FOOT: 60,
    Size.CONTEXT_FOOT: 48, Size.STATUS_BAR: 34, Size.TARGET: 24, Size.PILL: 22, Size.TAG: 22,
    Size.KEY_CAP: 18, Size.METER: 8, Size.CALL_WIDTH: 320, Size.CALL_HEIGHT: 52,
    Size.RAIL: 220, Size.RAIL_NARROW: 64, Size.CONTEXT: 300, Size.CONTEXT_CALL: 372,
    Size.CARD_LABEL: 72, Size.SEARCH: 560, Size.PALETTE: 680, Size.AVATAR: 22,
    Size.STEP_DOT: 16, Size.RADIO: 16, Size.EMPTY_TEXT: 340, Size.ICON_PILL: 13,
    Size.ICON_ROW: 15, Size.ICON: 16, Size.ICON_MESSAGE: 18, Size.ICON_EMPTY: 32,
    Size.LOGO: 20, Size.DETAIL: 14, Size.TICK: 2, Size.SHADOW: 20, Size.LINE_BODY: 20,
    Size.LINE_ROW: 18, Size.SCORE: 44,
})  # fmt: skip


class Look(StrEnum):
    """Which palette a person chose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


_STYLE_PICTURES = ("tick", "caret", "caret_up")
FADE_MS = 120
GROW_MS = 160
MIN_WINDOW = (960, 640)
NARROW_BELOW = 1200
VERY_NARROW_BELOW = 1000
READING_COLUMN = 880


class Theme(QObject):
    """The look of one application: a palette, a font scale, motion.

    `changed` is sent after everything has been laid on; widgets repaint by themselves, only
    what keeps pixmaps or heights of its own needs to listen.
    """

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        *,
        look: Look = Look.SYSTEM,
        font_scale: float = 1.0,
        reduced_motion: bool = False,
        base_font: QFont | None = None,
    ) -> None:
        """`base_font` is the system's UI font unless pictures ask for another."""
        super().__init__(app)
        self._app = app
        self._look = look
        self._font_scale = _in_range(font_scale)
        self._reduced_motion = reduced_motion
        self._laid_on = False
        self._base = base_font or QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
        self._points = _points(self._base)
        self._colours: dict[Token, QColor] = {}
        self._fonts: dict[tuple[Type, bool], QFont] = {}
        self._metrics: dict[tuple[Type, bool], QFontMetrics] = {}
        self._read_tables()
        for earlier in app.findChildren(Theme, options=Qt.FindChildOption.FindDirectChildrenOnly):
            if earlier is not self:
                earlier.setParent(None)
        app.styleHints().colorSchemeChanged.connect(self._follow_system)

    # --- what widgets ask -------------------------------------------------------------------

    @property
    def dark(self) -> bool:
        """True while the dark palette shows."""
        if self._look is Look.SYSTEM:
            return self._app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return self._look is Look.DARK

    @property
    def look(self) -> Look:
        return self._look

    @property
    def font_scale(self) -> float:
        """1.0 to 2.0, on top of the system's own size."""
        return self._font_scale

    @property
    def reduced_motion(self) -> bool:
        return self._reduced_motion

    def colour(self, token: Token) -> QColor:
        return self._colours[token]

    def font(self, step: Type = Type.BODY, *, tabular: bool = False) -> QFont:
        """The font of a step; `tabular` for references, times, money and counts."""
        return self._fonts[step, tabular]

    def metrics(self, step: Type = Type.BODY, *, tabular: bool = False) -> QFontMetrics:
        key = (step, tabular)
        if key not in self._metrics:
            self._metrics[key] = QFontMetrics(self._fonts[key])
        return self._metrics[key]

    def px(self, size: Size) -> int:
        """Pixels of a size that grows with the text, never below its value in the table."""
        return round(_PX[size] * self._growth)

    def motion(self, milliseconds: int) -> int:
        """The length of an animation: 0 with reduced motion."""
        return 0 if self._reduced_motion else milliseconds

    @property
    def effective_factor(self) -> float:
        """How many of the layout's pixels one pixel of the window is worth (200 % font: 2)."""
        return self._growth

    # --- what settings change ---------------------------------------------------------------

    def set_look(self, look: Look) -> None:
        if look is not self._look or not self._laid_on:
            self._look = look
            self.apply()

    def set_font_scale(self, scale: float) -> None:
        """1.0 to 2.0; beyond that it is clipped."""
        if _in_range(scale) != self._font_scale or not self._laid_on:
            self._font_scale = _in_range(scale)
            self.apply()

    def set_reduced_motion(self, *, reduced: bool) -> None:
        self._reduced_motion = reduced
        self.changed.emit()

    def apply(self) -> None:
        """Lay palette, font and style sheet on the application."""
        self._read_tables()
        self._laid_on = True
        self._app.setStyle("Fusion")
        self._app.setPalette(self._palette())
        self._app.setFont(self.font(Type.BODY))
        self._app.setStyleSheet(filled(self._style_values()))
        self.changed.emit()

    # --- inside -----------------------------------------------------------------------------

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, token in _ROLES.items():
            palette.setColor(role, self.colour(token))
        for role in _DISABLED_ROLES:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.colour(Token.MUTED))
        return palette

    def _style_values(self) -> dict[str, str]:
        values = {str(token): _css(colour) for token, colour in self._colours.items()}
        values |= {f"px:{size}": f"{self.px(size)}px" for size in _PX}
        values |= {
            f"{kind.__name__.lower()}:{name.lower()}": f"{value}px"
            for kind in (Space, Radius)
            for name, value in vars(kind).items()
            if name.isupper()
        }
        folder = files("resources").joinpath("icons")
        for name in _STYLE_PICTURES:
            values[f"file:{name}"] = str(folder.joinpath(f"{name}.svg")).replace("\\", "/")
        return values | {f"pt:{step}": f"{self.font(step).pointSizeF():.2f}pt" for step in _STEPS}

    def _follow_system(self) -> None:
        if self._look is Look.SYSTEM:
            self.apply()

    def _read_tables(self) -> None:
        table = DARK if self.dark else LIGHT
        self._colours = {token: QColor(value) for token, value in table.items()}
        body = self._points * self._font_scale
        self._fonts = {
            (step, tabular): _font(self._base, body, values, tabular=tabular)
            for step, values in _STEPS.items()
            for tabular in (False, True)
        }
        self._metrics = {}
        self._growth = max(1.0, QFontInfo(self._fonts[Type.BODY, False]).pixelSize() / _BODY)


_R = QPalette.ColorRole
_ROLES: Mapping[QPalette.ColorRole, Token] = MappingProxyType({
    _R.Window: _T.WINDOW, _R.Base: _T.SURFACE, _R.AlternateBase: _T.PANEL,
    _R.Button: _T.PLAIN, _R.Text: _T.TEXT, _R.WindowText: _T.TEXT, _R.ButtonText: _T.TEXT,
    _R.BrightText: _T.TEXT, _R.Highlight: _T.SELECTED, _R.HighlightedText: _T.TEXT,
    _R.PlaceholderText: _T.MUTED, _R.ToolTipBase: _T.RAISED, _R.ToolTipText: _T.TEXT,
    _R.Link: _T.LINK, _R.LinkVisited: _T.LINK, _R.Accent: _T.ACCENT, _R.Light: _T.RAISED,
    _R.Midlight: _T.HAIR, _R.Mid: _T.LINE, _R.Dark: _T.CONTROL, _R.Shadow: _T.LINE,
})  # fmt: skip
_DISABLED_ROLES = (
    _R.Text, _R.WindowText, _R.ButtonText, _R.PlaceholderText, _R.HighlightedText, _R.ToolTipText,
)  # fmt: skip


def _css(colour: QColor) -> str:
    return f"rgba({colour.red()}, {colour.green()}, {colour.blue()}, {colour.alpha()})"


def _in_range(scale: float) -> float:
    return min(2.0, max(1.0, scale))


def _points(font: QFont) -> float:
    return font.pointSizeF() if font.pointSizeF() > 0 else QFontInfo(font).pointSizeF()


def _font(base: QFont, body: float, step: TypeStep, *, tabular: bool) -> QFont:
    font = QFont(base)
    ratio = step.size / _BODY
    font.setPointSizeF(body * ratio)
    font.setWeight(QFont.Weight(step.weight))
    if step.tracking:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, step.tracking * body / _BODY)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def theme() -> Theme:
    """The application's theme; where nobody made one, a light one is made now.

    Raises RuntimeError where there is no QApplication yet.
    """
    app = cast("QApplication | None", QApplication.instance())
    if app is None:
        raise RuntimeError("a theme needs a QApplication")
    found = app.findChild(Theme, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return found if isinstance(found, Theme) else Theme(app, look=Look.LIGHT)
