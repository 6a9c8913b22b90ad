"""What stands in a row or a mark, as values: text, icon, pill, tag, as-of mark, keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from PySide6.QtCore import Qt

from app.domain.lifecycle import RowState
from ui.text import Mark, one_line, quoted
from ui.theme import Size, State, Token, Type
from ui.wording import wording


@dataclass(frozen=True, slots=True)
class Text:
    """One line of plain text; it gives way to others by an ellipsis unless it is `fixed`."""

    text: str
    ink: Token = Token.TEXT
    step: Type = Type.BODY
    tabular: bool = False
    marks: tuple[Mark, ...] = ()
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A caller's own words where a known value belongs: warning glyph and quotation marks."""

    text: str
    ink: Token = Token.TEXT


@dataclass(frozen=True, slots=True)
class Icon:
    """A Phosphor glyph; `says` is what a screen reader reads, empty for decoration."""

    name: str
    ink: Token = Token.MUTED
    size: Size = Size.ICON_ROW
    says: str = ""


@dataclass(frozen=True, slots=True)
class Pill:
    """The state of a row: one of the six words."""

    state: RowState


@dataclass(frozen=True, slots=True)
class Tag:
    """A mark that is not a row state; without a state it is outlined."""

    text: str
    state: State | None = None
    icon: str = ""


@dataclass(frozen=True, slots=True)
class AsOf:
    """Since when data is known to be true; present only past its threshold."""

    time: str


@dataclass(frozen=True, slots=True)
class Keys:
    """Key caps: `Ctrl+K` is two caps, `G, P` two one after the other."""

    keys: str
    ink: Token = Token.TEXT2


@dataclass(frozen=True, slots=True)
class Bar:
    """A share of a whole, drawn small beside its figure; the loud one is the best of its list."""

    share: float
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Spring:
    """Pushes what follows to the right."""


@dataclass(frozen=True, slots=True)
class Break:
    """What follows stands in the second line."""


Part = Text | Words | Icon | Pill | Tag | AsOf | Keys | Bar | Spring | Break


class Role(IntEnum):
    """The roles a model answers for the parts delegate."""

    PARTS = Qt.ItemDataRole.UserRole + 1
    """A sequence of Part for the cell."""
    KIND = Qt.ItemDataRole.UserRole + 2
    """RowKind of the row, asked in column 0; None is an ordinary row."""
    KEY = Qt.ItemDataRole.UserRole + 3
    """What the row stands for: an id or a frozen row."""


class RowKind(StrEnum):
    """How high a row is and on what ground it stands."""

    ROW = "row"
    TWO_LINES = "two_lines"
    TALL = "tall"
    GROUP = "group"
    GROUP_CLOSED = "group_closed"
    HEAD = "head"
    """A section head that cannot be chosen."""

    @property
    def is_group(self) -> bool:
        return self in (RowKind.GROUP, RowKind.GROUP_CLOSED)


# --- parts often needed -------------------------------------------------------------------------


def lead(text: str) -> Text:
    """A reference or other first column: 13/500, tabular, never cut."""
    return Text(text, step=Type.LEAD, tabular=True, fixed=True)


def second(text: str, *, tabular: bool = False) -> Text:
    """Second reading, muted by one step."""
    return Text(text, Token.TEXT2, tabular=tabular)


def small(text: str, ink: Token = Token.MUTED) -> Text:
    """Meta and the second line of a row."""
    return Text(text, ink, Type.SMALL, tabular=True)


def past_due(text: str) -> Text:
    """`18 min over`: words, 500, bad ink."""
    return Text(text, Token.BAD, Type.LEAD, tabular=True)


def group_head(text: str, count: int, *, over: bool = False) -> tuple[Part, ...]:
    """The parts of a group row; `over` is for what is past due."""
    ink = Token.BAD if over else Token.TEXT2
    word = Text(text, ink, Type.HEAD, fixed=True)
    figure = Text(str(count), Token.MUTED, Type.SMALL, tabular=True)
    return (Icon("warning-circle", ink), word, figure) if over else (word, figure)


def not_verified() -> Tag:
    return Tag(wording.not_verified(), State.WARN, "question")


def taken_in_outage() -> Tag:
    return Tag(wording.taken_in_outage(), State.NEU, "cloud-slash")


def danger(text: str = "") -> Tag:
    """The loudest tag: smoke, gas, shock or water."""
    return Tag(text or wording.danger(), State.BAD, "warning")


_INTAKE_ICONS = {"phone": "phone", "web": "globe", "walk_in": "storefront"}


def intake(channel: str) -> Tag:
    return Tag(wording.intake(channel), None, _INTAKE_ICONS.get(channel, "tray"))


# --- for screen readers -------------------------------------------------------------------------


def sentence(parts: Sequence[Part]) -> str:
    """The parts as one sentence; texts are cut as they are on the screen."""
    return ", ".join(said for said in (_said(part) for part in parts) if said)


def _said(part: Part) -> str:
    match part:
        case Text(text=text):
            return one_line(text)
        case Words(text=text):
            return quoted(text)
        case Icon(says=says):
            return says
        case Pill(state=state):
            return wording.row_state(state)
        case Tag(text=text):
            return one_line(text)
        case AsOf(time=time):
            return wording.as_of(one_line(time))
        case Keys() | Bar() | Spring() | Break():
            return ""
