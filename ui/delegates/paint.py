"""Painting and measuring of parts, grounds and rings; the one place that draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from app.domain.lifecycle import RowState
from app.domain.visible import visible
from ui import icons
from ui.delegates.parts import AsOf, Bar, Break, Icon, Keys, Part, Pill, Spring, Tag, Text, Words
from ui.text import draw_line, line_width, one_line, quoted
from ui.theme import Radius, Size, Space, State, Theme, Token, Type
from ui.wording import wording


@dataclass(frozen=True, slots=True)
class _PillLook:
    icon: str
    state: State | None
    framed: bool = False


_PILLS = {
    RowState.SAVED_HERE: _PillLook("hard-drive", State.NEU),
    RowState.WAITING: _PillLook("clock", State.WARN),
    RowState.SENDING: _PillLook("arrow-up", State.MOVE),
    RowState.SENT: _PillLook("check", None),
    RowState.FAILED: _PillLook("x-circle", State.BAD),
    RowState.NEEDS_REVIEW: _PillLook("flag-fill", State.REV, framed=True),
}
_CAP_BORDER = 0.42
_SQUEEZED = 24


# --- measuring ----------------------------------------------------------------------------------


def key_caps(keys: str) -> list[list[str]]:
    """The caps of `Ctrl+K` as one chord, of `G, P` as two; a lone plus or comma is a key."""
    chords = [keys] if keys in ("+", ",") else keys.split(", ")
    return [_chord(chord) for chord in chords if chord]


def _chord(chord: str) -> list[str]:
    if chord.endswith("++") or chord == "+":
        return [*(wording.key(one) for one in chord[:-2].split("+") if one), "+"]
    return [wording.key(one) for one in chord.split("+")]


def _cap_width(cap: str, look: Theme) -> int:
    side = look.px(Size.KEY_CAP)
    return max(side, look.metrics(Type.KEY).horizontalAdvance(cap) + Space.S)


def _chip_width(icon: str, text: str, look: Theme, step: Type) -> int:
    picture = look.px(Size.ICON_PILL) + Space.ICON if icon else 0
    return picture + look.metrics(step).horizontalAdvance(one_line(text)) + 2 * Space.S


def width(part: Part, look: Theme) -> int:
    """Pixels a part wants."""
    match part:
        case Text(text=text, step=step, tabular=tabular, marks=marks):
            return int(line_width(text, look.font(step, tabular=tabular), marks, look)) + 1
        case Words(text=text):
            wide = look.metrics().horizontalAdvance(quoted(text))
            return look.px(Size.ICON_ROW) + Space.ICON + wide + 1
        case Icon(size=size):
            return look.px(size)
        case Pill(state=state):
            return _chip_width("x", wording.row_state(state), look, Type.LABEL)
        case Tag(text=text, icon=icon):
            return _chip_width(icon, text, look, Type.LABEL)
        case AsOf(time=time):
            metrics = look.metrics(Type.SMALL, tabular=True)
            wide = metrics.horizontalAdvance(wording.as_of(one_line(time)))
            return look.px(Size.ICON_PILL) + Space.XS + wide + 1
        case Keys(keys=keys):
            return _keys_width(keys, look)
        case Bar():
            return look.px(Size.SCORE)
        case Spring() | Break():
            return 0


def _keys_width(keys: str, look: Theme) -> int:
    chords = key_caps(keys)
    caps = sum(_cap_width(cap, look) for chord in chords for cap in chord)
    inner = sum(Space.RING * (len(chord) - 1) for chord in chords)
    return caps + inner + Space.XS * max(0, len(chords) - 1)


def height(part: Part, look: Theme) -> int:
    """Pixels a part needs; texts count their whole line."""
    match part:
        case Text(step=step):
            return look.metrics(step).height()
        case Words():
            return max(look.metrics().height(), look.px(Size.ICON_ROW))
        case Icon(size=size):
            return look.px(size)
        case Pill():
            return max(look.px(Size.PILL), look.metrics(Type.LABEL).height() + Space.XS)
        case Tag():
            return max(look.px(Size.TAG), look.metrics(Type.LABEL).height() + Space.XS)
        case AsOf():
            return look.metrics(Type.SMALL).height()
        case Keys():
            return max(look.px(Size.KEY_CAP), look.metrics(Type.KEY).height() + Space.RING)
        case Bar():
            return look.px(Size.METER)
        case Spring() | Break():
            return 0


def lines_of(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts by line."""
    lines: list[list[Part]] = [[]]
    for part in parts:
        if isinstance(part, Break):
            lines.append([])
        else:
            lines[-1].append(part)
    return lines


def measure(parts: Sequence[Part], look: Theme) -> QSize:
    """The room all parts want."""
    lines = lines_of(parts)
    wide = max(sum(width(p, look) for p in line) + sum(_gaps(line)) for line in lines)
    high = sum(max((height(p, look) for p in line), default=0) for line in lines)
    return QSize(wide, high)


def _gaps(line: Sequence[Part]) -> list[int]:
    """The gap in front of each part."""
    gaps = [0] * len(line)
    for at in range(1, len(line)):
        before = line[at - 1]
        near = isinstance(before, Icon) or (_is_small(before) and _is_small(line[at]))
        gaps[at] = Space.ICON if near else Space.S
        if isinstance(line[at], Spring) or (isinstance(before, Spring) and at == 1):
            gaps[at] = 0
    return gaps


def _is_small(part: Part) -> bool:
    return isinstance(part, Text) and part.step in (Type.SMALL, Type.LABEL, Type.HEAD)


# --- lines --------------------------------------------------------------------------------------


def draw_parts(painter: QPainter, rect: QRect, parts: Sequence[Part], look: Theme) -> None:
    """Draw all lines, centred together in the rectangle's height."""
    lines = lines_of(parts)
    heights = [_line_height(line, look, single=len(lines) == 1) for line in lines]
    top = rect.top() + (rect.height() - sum(heights)) // 2
    for line, high in zip(lines, heights, strict=True):
        draw_row(painter, QRect(rect.left(), top, rect.width(), high), line, look)
        top += high


def _line_height(line: Sequence[Part], look: Theme, *, single: bool) -> int:
    high = max((height(part, look) for part in line), default=0)
    return high if single else max(high, look.px(Size.LINE_ROW))


def draw_row(painter: QPainter, rect: QRect, line: Sequence[Part], look: Theme) -> None:
    """Draw one line of parts from left to right (right to left where the desk is)."""
    gaps = _gaps(line)
    widths = _fitted([width(part, look) for part in line], line, rect.width() - sum(gaps))
    spare = max(0, rect.width() - sum(widths) - sum(gaps))
    springs = sum(isinstance(part, Spring) for part in line)
    left = rect.left()
    for part, gap, wide in zip(line, gaps, widths, strict=True):
        left += gap
        if isinstance(part, Spring):
            left += spare // springs
        elif wide > 0:
            draw(painter, QRect(left, rect.top(), wide, rect.height()), part, look)
        left += wide


def _fitted(wanted: list[int], line: Sequence[Part], room: int) -> list[int]:
    """Widths that fit: the last texts give way first, then fixed ones, icons and pills never."""
    fitted = list(wanted)
    for squeeze_fixed in (False, True):
        for at in reversed(range(len(line))):
            over = sum(fitted) - room
            if over <= 0:
                return fitted
            part = line[at]
            if not isinstance(part, Text | Words):
                continue
            if isinstance(part, Text) and part.fixed and not squeeze_fixed:
                continue
            fitted[at] = max(min(_SQUEEZED, fitted[at]), fitted[at] - over)
    return fitted


# --- single parts -------------------------------------------------------------------------------


def draw(painter: QPainter, rect: QRect, part: Part, look: Theme) -> None:
    """Draw one part, centred in the rectangle's height."""
    match part:
        case Text(text=text, ink=ink, step=step, tabular=tabular, marks=marks):
            draw_line(
                painter, QRectF(rect), text, font=look.font(step, tabular=tabular),
                colour=look.colour(ink), look=look, marks=marks,
            )  # fmt: skip
        case Words():
            _draw_words(painter, rect, part, look)
        case Icon(name=name, ink=ink, size=size):
            side = look.px(size)
            square = QRect(rect.left(), rect.center().y() - side // 2 + 1, side, side)
            icons.draw(painter, square, name, ink)
        case Pill(state=state):
            _draw_pill(painter, rect, state, look)
        case Tag():
            _draw_tag(painter, rect, part, look)
        case AsOf(time=time):
            _draw_as_of(painter, rect, time, look)
        case Keys(keys=keys, ink=ink):
            draw_keys(painter, rect, keys, look.colour(ink), look)
        case Bar():
            _draw_bar(painter, rect, part, look)
        case Spring() | Break():
            pass


def _draw_words(painter: QPainter, rect: QRect, part: Words, look: Theme) -> None:
    side = look.px(Size.ICON_ROW)
    square = QRect(rect.left(), rect.center().y() - side // 2 + 1, side, side)
    icons.draw(painter, square, "warning", Token.WARN)
    rest = QRectF(rect.adjusted(side + Space.ICON, 0, 0, 0))
    draw_line(
        painter, rest, quoted(part.text), font=look.font(), colour=look.colour(part.ink), look=look
    )


def _draw_bar(painter: QPainter, rect: QRect, part: Bar, look: Theme) -> None:
    box = _centred(rect, look.px(Size.METER) - Space.RING)
    rounded(painter, box, box.height() / 2, ground=look.colour(Token.NEU_TINT))
    share = min(1.0, max(0.0, part.share))
    filled = QRect(box.left(), box.top(), round(box.width() * share), box.height())
    if filled.width() > 0:
        ink = Token.FOCUS if part.loud else Token.TEXT2
        rounded(painter, filled, box.height() / 2, ground=look.colour(ink))


def _draw_pill(painter: QPainter, rect: QRect, state: RowState, look: Theme) -> None:
    shape = _PILLS[state]
    box = _centred(rect, height(Pill(state), look))
    if shape.state is not None:
        border = look.colour(shape.state.ink) if shape.framed else None
        tint = look.colour(shape.state.tint)
        rounded(painter, box, box.height() / 2, ground=tint, border=border)
    icon_ink = shape.state.ink if shape.state else Token.TEXT2
    ink = shape.state.ink if shape.state else Token.MUTED
    text = Text(wording.row_state(state), ink, Type.LABEL)
    _chip(painter, box, text, look, icon=Icon(shape.icon, icon_ink))


def _draw_tag(painter: QPainter, rect: QRect, part: Tag, look: Theme) -> None:
    box = _centred(rect, height(part, look))
    ink = part.state.ink if part.state else Token.TEXT2
    if part.state:
        rounded(painter, box, Radius.TAG, ground=look.colour(part.state.tint))
    else:
        rounded(painter, box, Radius.TAG, border=look.colour(Token.LINE))
    icon = Icon(part.icon, ink) if part.icon else None
    _chip(painter, box, Text(part.text, ink, Type.LABEL), look, icon=icon)


def _chip(
    painter: QPainter, box: QRect, text: Text, look: Theme, *, icon: Icon | None = None
) -> None:
    inner = box.adjusted(Space.S, 0, 1 - Space.S, 0)
    if icon is not None:
        side = look.px(Size.ICON_PILL)
        square = QRect(inner.left(), box.center().y() - side // 2, side, side)
        icons.draw(painter, square, icon.name, icon.ink)
        inner.setLeft(inner.left() + side + Space.ICON)
    draw(painter, inner, text, look)


def _draw_as_of(painter: QPainter, rect: QRect, time: str, look: Theme) -> None:
    side = look.px(Size.ICON_PILL)
    square = QRect(rect.left(), rect.center().y() - side // 2 + 1, side, side)
    icons.draw(painter, square, "clock-counter-clockwise", Token.WARN)
    draw_line(
        painter, QRectF(rect.adjusted(side + Space.XS, 0, 0, 0)), wording.as_of(one_line(time)),
        font=look.font(Type.SMALL, tabular=True), colour=look.colour(Token.WARN), look=look,
    )  # fmt: skip


def draw_keys(painter: QPainter, rect: QRect, keys: str, ink: QColor, look: Theme) -> None:
    """Key caps from the left, in an ink of the caller's (white on a filled button)."""
    frame = QColor(ink)
    frame.setAlphaF(_CAP_BORDER)
    box = _centred(rect, height(Keys(keys), look))
    left = box.left()
    for chord in key_caps(keys):
        for cap in chord:
            one = QRect(left, box.top(), _cap_width(cap, look), box.height())
            rounded(painter, one, Radius.TAG, border=frame)
            painter.setFont(look.font(Type.KEY))
            painter.setPen(ink)
            painter.drawText(one, Qt.AlignmentFlag.AlignCenter, cap)
            left += one.width() + Space.RING
        left += Space.XS - Space.RING


# --- shapes -------------------------------------------------------------------------------------


def _centred(rect: QRect, high: int) -> QRect:
    return QRect(rect.left(), rect.top() + (rect.height() - high) // 2, rect.width(), high)


def rounded(
    painter: QPainter,
    rect: QRect,
    radius: float,
    *,
    ground: QColor | None = None,
    border: QColor | None = None,
    border_width: float = Space.HAIR,
) -> None:
    """A rounded rectangle whose border lies inside it."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(border, border_width) if border is not None else Qt.PenStyle.NoPen)
    painter.setBrush(ground if ground is not None else Qt.BrushStyle.NoBrush)
    half = border_width / 2 if border is not None else 0.0
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def initials(name: str) -> str:
    """The first letters of the first and the last word."""
    words = visible(name).split()
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper()


def avatar(painter: QPainter, square: QRect, name: str, look: Theme) -> None:
    """Initials in a circle."""
    ground = look.colour(Token.RAIL_SEL)
    rounded(painter, square, square.width() / 2, ground=ground)
    painter.setFont(look.font(Type.KEY))
    painter.setPen(look.colour(Token.TEXT2))
    painter.drawText(square, Qt.AlignmentFlag.AlignCenter, initials(name))


def ring(painter: QPainter, rect: QRect, radius: float, look: Theme) -> None:
    """The focus ring, 2 px of the focus colour just inside the rectangle."""
    focus = look.colour(Token.FOCUS)
    rounded(painter, rect, radius, border=focus, border_width=Space.RING)


def ground(
    painter: QPainter, rect: QRect, look: Theme, *, selected: bool, hover: bool, focused: bool
) -> None:
    """A row's ground: rest paints nothing, selection has a bar at its left."""
    if selected:
        painter.fillRect(rect, look.colour(Token.SELECTED if focused else Token.SELECTED_IDLE))
        bar = QRect(rect.left(), rect.top(), Space.BAR, rect.height())
        painter.fillRect(bar, look.colour(Token.FOCUS if focused else Token.MUTED))
    elif hover:
        painter.fillRect(rect, look.colour(Token.HOVER))


def under_line(painter: QPainter, rect: QRect, ink: Token, look: Theme) -> None:
    """A hairline along the bottom of a rectangle."""
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), Space.HAIR), look.colour(ink))
