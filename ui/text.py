"""Text shown as it was typed: labels, tooltips and marked lines that read no HTML.

What hides or turns other text is left out of all of them (`app.domain.visible`).
"""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.domain.visible import FSI, isolated, visible
from ui.theme import Size, Theme, Token, Type, theme

LONGEST_LINE = 1_000
"""Characters of a one-line text that are laid out; no screen is wider."""
LONGEST_PASSAGE = 20_000
"""Characters a wrapped label lays out; longer texts belong in a scrolling field."""
LONGEST_TOOLTIP = 500
_ELLIPSIS = "…"
_LINE_HEIGHT = 1.25
"""Of the font's own height: 20 px at 13."""
_BREAKS = str.maketrans({"\n": " ", "\r": " ", "\t": " ", "\u2028": " ", "\u2029": " "})


def one_line(text: str) -> str:
    """The text as one line of at most `LONGEST_LINE` characters; line breaks become spaces.

    It stands beside others as it is: written from the right, it turns only itself.
    """
    cut = isolated(text[:LONGEST_LINE].translate(_BREAKS))
    return cut if len(text) <= LONGEST_LINE else cut + _ELLIPSIS


def clipped(text: str) -> str:
    """The text as long as a label lays it out."""
    shown = visible(text[:LONGEST_PASSAGE])
    return shown if len(text) <= LONGEST_PASSAGE else shown + _ELLIPSIS


def quoted(text: str) -> str:
    """A caller's own words in typographic quotation marks."""
    return f"\u201c{one_line(text)}\u201d"


def tooltip(text: str) -> str:
    """A tooltip that shows exactly this text: escaped, breaks kept, at most 500 characters.

    Qt guesses whether a tooltip is HTML; this makes it HTML that holds nothing but text.
    """
    if not text:
        return ""
    shown = visible(text[:LONGEST_TOOLTIP])
    cut = shown if len(text) <= LONGEST_TOOLTIP else shown + _ELLIPSIS
    return "<span>" + html.escape(cut).replace("\n", "<br>") + "</span>"


def plain_button_text(text: str) -> str:
    """Text for a button or menu: an ampersand stays an ampersand."""
    return one_line(text).replace("&", "&&")


# --- labels -------------------------------------------------------------------------------------


class PlainLabel(QLabel):
    """A label that shows its text as typed, in one token's ink and one step of the type scale.

    Screen readers read the whole text, also where it is cut on the screen.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        step: Type = Type.BODY,
        ink: Token = Token.TEXT,
        tabular: bool = False,
    ) -> None:
        super().__init__(parent)
        self._step, self._ink, self._tabular = step, ink, tabular
        self._dressed: tuple[QFont, QColor] | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._dress()
        theme().changed.connect(self._dress_anew)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show a text; beyond `LONGEST_PASSAGE` characters it ends with an ellipsis."""
        super().setText(clipped(text))

    def set_ink(self, ink: Token) -> None:
        self._ink = ink
        self._dress()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.ApplicationFontChange):
            self._dress()

    def _dress_anew(self) -> None:
        """The palette changed: laying on a style sheet puts back what a label had before."""
        self._dressed = None
        self._dress()

    def _dress(self) -> None:
        look = theme()
        wanted = (look.font(self._step, tabular=self._tabular), look.colour(self._ink))
        if wanted == self._dressed:
            return
        self._dressed = wanted
        self.setFont(wanted[0])
        palette = QPalette()
        palette.setColor(QPalette.ColorRole.WindowText, wanted[1])
        self.setPalette(palette)


class ElidedLabel(PlainLabel):
    """One line, cut with an ellipsis where it does not fit; the tooltip then has all of it."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        step: Type = Type.BODY,
        ink: Token = Token.TEXT,
        tabular: bool = False,
    ) -> None:
        super().__init__(text, parent, step=step, ink=ink, tabular=tabular)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        width = metrics.horizontalAdvance(one_line(self.text())) + 1
        height = max(metrics.height(), metrics.lineSpacing())
        return QSize(width, height).grownBy(self.contentsMargins())

    def minimumSizeHint(self) -> QSize:
        wanted = self.sizeHint()
        if not self.text():
            return wanted
        narrow = self.fontMetrics().horizontalAdvance(_ELLIPSIS) * 2
        return QSize(min(narrow, wanted.width()), wanted.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        line, room = one_line(self.text()), self.contentsRect()
        shown = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideRight, room.width())
        whole = tooltip(self.text()) if shown != line else ""
        if whole != self.toolTip():
            self.setToolTip(whole)
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        alignment = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, alignment | Qt.TextFlag.TextSingleLine, shown)
        painter.end()


class WrappedLabel(PlainLabel):
    """Running text with room between its lines; beyond `LONGEST_PASSAGE` it ends with an ellipsis.

    A `fact` in front is set in weight 500, as messages have it.
    """

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        step: Type = Type.BODY,
        ink: Token = Token.TEXT,
        tabular: bool = False,
    ) -> None:
        super().__init__("", parent, step=step, ink=ink, tabular=tabular)
        self._lead = 0
        self._whole = ""
        self._laid: tuple[object, QTextLayout] | None = None
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_passage(text)

    def set_passage(self, text: str, fact: str = "") -> None:
        """Show a text of any length; screen readers get what is shown."""
        lead, rest = clipped(fact), clipped(text)
        self._whole = clipped(f"{lead}  {rest}" if lead and rest else lead or rest)
        self._lead = min(len(lead), LONGEST_PASSAGE)
        self._laid = None
        self.setText(self._whole)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        lines = self._layout(width).lineCount()
        return max(1, lines) * self._line_height() if self._whole else 0

    def sizeHint(self) -> QSize:
        wide = min(self._natural_width(), theme().px(Size.EMPTY_TEXT))
        return QSize(wide, self.heightForWidth(wide))

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._natural_width(), theme().px(Size.TARGET)), self._line_height())

    def _line_height(self) -> int:
        return round(self.fontMetrics().height() * _LINE_HEIGHT)

    def _natural_width(self) -> int:
        longest = max(self._whole[:LONGEST_LINE].splitlines() or [""], key=len)
        wide = QFont(self.font())
        wide.setWeight(QFont.Weight.Medium)
        return QFontMetrics(wide).horizontalAdvance(longest) + 2

    def _layout(self, width: int) -> QTextLayout:
        key = (width, self._whole, self._lead, self.font().toString())
        if self._laid is None or self._laid[0] != key:
            self._laid = (key, self._lay_out(width))
        return self._laid[1]

    def _lay_out(self, width: int) -> QTextLayout:
        layout = QTextLayout(self._whole.replace("\n", "\u2028"), self.font())
        option = QTextOption(self.alignment())
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.setFormats(self._lead_format())
        layout.beginLayout()
        top, step = 0.0, self._line_height()
        while (row := layout.createLine()).isValid():
            row.setLineWidth(max(1, width))
            row.setPosition(QPointF(0, top + (step - row.height()) / 2))
            top += step
        layout.endLayout()
        return layout

    def _lead_format(self) -> list[QTextLayout.FormatRange]:
        if not self._lead:
            return []
        bold = QTextLayout.FormatRange()
        bold.start, bold.length = 0, _utf16(self._whole, self._lead)
        shape = QTextCharFormat()
        shape.setFontWeight(QFont.Weight.Medium)
        bold.format = shape
        return [bold]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        spare = self.height() - self.heightForWidth(self.width())
        top = spare / 2 if self.alignment() & Qt.AlignmentFlag.AlignVCenter else 0
        self._layout(self.width()).draw(painter, QPointF(0, max(0, top)))
        painter.end()


# --- marked lines -------------------------------------------------------------------------------


class MarkKind(Enum):
    """Two meanings, two looks (tokens: Difference and search hits)."""

    DIFFERENCE = auto()
    """Mark ground, weight 600 and underline together."""
    HIT = auto()
    """Weight 600 and underline, no ground."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text, in Python characters."""

    start: int
    length: int
    kind: MarkKind = MarkKind.DIFFERENCE


def hits(text: str, query: str) -> tuple[Mark, ...]:
    """Where the words of a query begin or stand in a text, case aside."""
    found: list[Mark] = []
    folded = text.lower()
    if len(folded) != len(text):  # some letters change length with case: mark nothing wrong
        folded = text
    for word in query.lower().split():
        at = folded.find(word)
        if at >= 0:
            found.append(Mark(at, len(word), MarkKind.HIT))
    return tuple(found)


def differences(text: str, base: str) -> tuple[Mark, ...]:
    """The stretch of a text between what it shares with another at its start and its end."""
    longest = min(len(text), len(base))
    start = next((at for at in range(longest) if text[at] != base[at]), longest)
    rest = longest - start
    end = next((at for at in range(rest) if text[-1 - at] != base[-1 - at]), rest)
    length = len(text) - start - end
    return (Mark(start, length),) if length > 0 else ()


def _utf16(text: str, at: int) -> int:
    """Where Qt counts the character: emoji are two of Qt's units."""
    return len(text[:at].encode("utf-16-le")) // 2


def format_ranges(text: str, marks: Sequence[Mark], look: Theme) -> list[QTextLayout.FormatRange]:
    """The marks of a text as a QTextLayout wants them; what lies outside the text is cut."""
    ranges = []
    for mark in marks:
        start, end = max(0, mark.start), min(len(text), mark.start + mark.length)
        if start >= end:
            continue
        one = QTextLayout.FormatRange()
        one.start = _utf16(text, start)
        one.length = _utf16(text, end) - one.start
        one.format = _format(mark.kind, look)
        ranges.append(one)
    return ranges


def _format(kind: MarkKind, look: Theme) -> QTextCharFormat:
    shape = QTextCharFormat()
    shape.setFontWeight(QFont.Weight.DemiBold)
    shape.setFontUnderline(True)
    if kind is MarkKind.DIFFERENCE:
        shape.setBackground(look.colour(Token.MARK))
        shape.setForeground(look.colour(Token.MARK_TEXT))
    return shape


def line_width(text: str, font: QFont, marks: Sequence[Mark], look: Theme) -> float:
    """Pixels a marked line needs."""
    if not marks:
        return QFontMetrics(font).horizontalAdvance(one_line(text))
    layout = _laid_out(*_marked(text, marks), font, look)  # a line dies with its layout
    return layout.lineAt(0).naturalTextWidth()


def draw_line(
    painter: QPainter,
    rect: QRectF,
    text: str,
    *,
    font: QFont,
    colour: QColor,
    look: Theme,
    marks: Sequence[Mark] = (),
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> bool:
    """Draw one line of plain text, cut with an ellipsis; true when it had to be cut."""
    if not marks:
        whole = one_line(text)
        shown = QFontMetrics(font).elidedText(
            whole, Qt.TextElideMode.ElideRight, math.ceil(rect.width())
        )
        painter.setFont(font)
        painter.setPen(colour)
        flags = align | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
        painter.drawText(rect, flags, shown)
        return shown != whole
    line, moved = _marked(text, marks)
    return _draw_marked(painter, rect, line, font=font, colour=colour, marks=moved, look=look)


def _draw_marked(
    painter: QPainter,
    rect: QRectF,
    whole: str,
    *,
    font: QFont,
    colour: QColor,
    marks: Sequence[Mark],
    look: Theme,
) -> bool:
    layout = _laid_out(whole, marks, font, look)
    cut = layout.lineAt(0).naturalTextWidth() > rect.width() + 1
    if cut:
        wide = QFont(font)
        wide.setWeight(QFont.Weight.DemiBold)
        shown = QFontMetrics(wide).elidedText(whole, Qt.TextElideMode.ElideRight, int(rect.width()))
        kept = [mark for mark in marks if mark.start < len(shown) - 1]
        layout = _laid_out(shown, kept, font, look)
    line = layout.lineAt(0)
    painter.setPen(colour)
    layout.draw(painter, QPointF(rect.left(), rect.center().y() - line.height() / 2))
    return cut


def _marked(text: str, marks: Sequence[Mark]) -> tuple[str, Sequence[Mark]]:
    """The line as it is shown, its marks where their letters are then."""
    line = one_line(text)
    if line == text:
        return line, marks
    lead = line.startswith(FSI) and not text.startswith(FSI)
    starts = [lead + len(visible(text[: mark.start])) for mark in marks]
    ends = [lead + len(visible(text[: mark.start + mark.length])) for mark in marks]
    return line, [
        Mark(start, end - start, mark.kind)
        for start, end, mark in zip(starts, ends, marks, strict=True)
    ]


def _laid_out(text: str, marks: Sequence[Mark], font: QFont, look: Theme) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats(format_ranges(text, marks, look))
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout
