"""Text is shown as typed: no HTML, no lost character, no hang."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QAccessible,
    QImage,
    QPainter,
    QTextDocument,
    QTextLayout,
    QTextLine,
)
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ui.text import (
    LONGEST_LINE,
    LONGEST_PASSAGE,
    ElidedLabel,
    Mark,
    MarkKind,
    PlainLabel,
    WrappedLabel,
    differences,
    draw_line,
    format_ranges,
    hits,
    line_width,
    one_line,
    plain_button_text,
    tooltip,
)
from ui.theme import Theme, Token, Type

HTML = "<b>bold</b><img src=//host/x> &amp; <script>"
LABELS = pytest.mark.parametrize("kind", [PlainLabel, ElidedLabel, WrappedLabel])


@LABELS
def test_labels_never_read_html(kind: type[PlainLabel], look: Theme, qtbot: QtBot) -> None:
    label = kind(HTML)
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == HTML
    if kind is not WrappedLabel:  # a wrapped label may break the line
        wide = label.fontMetrics().horizontalAdvance(HTML)
        assert label.sizeHint().width() >= wide


@LABELS
def test_screen_readers_get_the_text(kind: type[PlainLabel], look: Theme, qtbot: QtBot) -> None:
    label = kind(HTML)
    qtbot.addWidget(label)
    face = QAccessible.queryAccessibleInterface(label)
    assert face.text(QAccessible.Text.Name) == HTML


def test_a_cut_label_keeps_its_text_and_tells_it_in_a_tooltip(look: Theme, qtbot: QtBot) -> None:
    label = ElidedLabel("Samsung <b>UE55</b> with a long name")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    label.grab()
    assert label.text() == "Samsung <b>UE55</b> with a long name"
    assert _read(label.toolTip()) == label.text()
    label.resize(label.sizeHint())
    label.grab()
    assert label.toolTip() == ""


def _read(tip: str) -> str:
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


@pytest.mark.parametrize("text", [HTML, "plain", "a\nb", "<qt>", "&lt;", "👩‍🚒", "שלום"])
def test_a_tooltip_shows_exactly_its_text(text: str) -> None:
    assert _read(tooltip(text)) == text
    assert "<img" not in tooltip(text)


@LABELS
def test_a_label_shows_nothing_that_hides_or_turns(
    kind: type[PlainLabel], look: Theme, qtbot: QtBot
) -> None:
    label = kind("Ms \u202enosrep\u2069 Pet\u200brov")
    qtbot.addWidget(label)
    assert label.text() == "Ms nosrep Petrov"
    assert _read(tooltip("Ms \u202enosrep")) == "Ms nosrep"


@pytest.mark.parametrize("name", ["שלום", "مرحبا 24", "\u202eשלום", "Ms \u202enosrep"])
def test_a_name_from_the_right_does_not_move_what_stands_beside_it(
    name: str, look: Theme, qapp: QApplication
) -> None:
    """Given a name between words of ours, these stand where they stand around any other name."""
    before, after = "Tickets", "12:30, 3 of 16"
    line = f"{before} {one_line(name)} {after}"
    shown = QTextLayout(line, look.font())
    shown.beginLayout()
    row = shown.createLine()
    shown.endLayout()
    metrics = look.metrics()
    end = line.index(after)
    left = _x(row, end)
    assert left >= metrics.horizontalAdvance(f"{before} ")
    rest = [_x(row, at) for at in range(end, len(line) + 1)]
    assert rest == sorted(rest)
    assert _x(row, 0) == 0
    assert [_x(row, at) for at in range(len(before))] == sorted(
        _x(row, at) for at in range(len(before))
    )


def _x(row: QTextLine, at: int) -> float:
    where = row.cursorToX(at)
    assert isinstance(where, tuple)  # with where the cursor stands after all
    return float(where[0])


def test_marks_stay_on_their_letters_where_some_are_left_out(look: Theme) -> None:
    """Given a hit behind letters nobody sees, the same width is bold as without them."""
    plain, hidden = "Pet rov", "\u202ePet\u200b\u200b rov"
    font = look.font(Type.LEAD)
    wide = line_width(plain, font, hits(plain, "rov"), look)
    assert line_width(hidden, font, hits(hidden, "rov"), look) == wide


def test_a_long_tooltip_ends() -> None:
    assert len(_read(tooltip("x" * 1_000_000))) < 1_000


def test_one_line_has_no_breaks_and_an_end() -> None:
    assert one_line("a\nb\r\tc\u2028d") == "a b  c d"
    assert len(one_line("x" * 1_000_000)) == LONGEST_LINE + 1


def test_a_button_keeps_its_ampersand() -> None:
    assert plain_button_text("Black & Decker") == "Black && Decker"


def test_a_passage_of_a_megabyte_is_laid_out_in_part(look: Theme, qtbot: QtBot) -> None:
    label = WrappedLabel("word <i>x</i> " * 80_000)
    qtbot.addWidget(label)
    label.resize(400, 200)
    label.show()
    assert not label.grab().isNull()
    assert len(label.text()) == LONGEST_PASSAGE + 1


def test_a_passage_needs_more_height_where_it_is_narrow(look: Theme, qtbot: QtBot) -> None:
    label = WrappedLabel("It is sent by itself when Tickets answers. " * 4)
    qtbot.addWidget(label)
    assert label.heightForWidth(150) > label.heightForWidth(600) > 0


def test_a_fact_is_set_apart_and_read_in_front(look: Theme, qtbot: QtBot) -> None:
    label = WrappedLabel()
    qtbot.addWidget(label)
    label.set_passage("3 are waiting.", "Tickets unreachable.")
    assert label.text() == "Tickets unreachable.  3 are waiting."


# --- marks ----------------------------------------------------------------------------------------


def _spans(ranges: list[QTextLayout.FormatRange]) -> list[tuple[int, int]]:
    return [(one.start, one.length) for one in ranges]


def test_marks_count_as_qt_counts(look: Theme) -> None:
    text = "😀ab😀c"
    ranges = format_ranges(text, [Mark(1, 2), Mark(3, 2)], look)
    assert _spans(ranges) == [(2, 2), (4, 3)]


def test_marks_outside_the_text_are_cut(look: Theme) -> None:
    assert _spans(format_ranges("abc", [Mark(-2, 3), Mark(2, 9), Mark(7, 1)], look)) == [
        (0, 1),
        (2, 1),
    ]


def test_difference_and_hit_look_different(look: Theme) -> None:
    marks = [Mark(0, 1, MarkKind.DIFFERENCE), Mark(1, 1, MarkKind.HIT)]
    difference, hit = format_ranges("ab", marks, look)
    for one in (difference, hit):
        assert one.format.fontUnderline()
        assert one.format.fontWeight() == 600
    assert difference.format.background().color() == look.colour(Token.MARK)
    assert hit.format.background().style() is Qt.BrushStyle.NoBrush


@pytest.mark.parametrize(
    ("text", "base", "expected"),
    [
        ("UE55AU7100K", "UE55AU7172UXXH", (Mark(8, 3),)),
        ("UE55AU7100K", "UE55CU7100K", (Mark(4, 1),)),
        ("same", "same", ()),
        ("", "x", ()),
        ("x", "", (Mark(0, 1),)),
    ],
)
def test_differences_lie_between_common_ends(
    text: str, base: str, expected: tuple[Mark, ...]
) -> None:
    assert differences(text, base) == expected


def test_hits_ignore_case_and_never_point_beside(look: Theme) -> None:
    assert hits("Margaret Ellison", "elli") == (Mark(9, 4, MarkKind.HIT),)
    assert hits("İstanbul ELLI", "elli") == ()
    assert hits("abc", "") == ()


@pytest.mark.parametrize("text", [HTML, "שלום עולם", "😀" * 400, "x" * 1_000_000, "a\u0000b", ""])
def test_any_line_can_be_drawn_with_and_without_marks(text: str, look: Theme) -> None:
    image = QImage(200, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    for marks in ((), (Mark(0, 3),)):
        draw_line(
            painter, QRectF(0, 0, 200, 30), text, font=look.font(Type.BODY),
            colour=look.colour(Token.TEXT), look=look, marks=marks,
        )  # fmt: skip
        assert line_width(text, look.font(Type.BODY), marks, look) >= 0
    painter.end()


def test_plain_label_is_a_label_for_the_tree(look: Theme, qtbot: QtBot) -> None:
    label = PlainLabel("x")
    qtbot.addWidget(label)
    assert isinstance(label, QLabel)


@pytest.mark.parametrize(
    ("text", "base", "marked"),
    [
        ("12a Cotham Vale", "12 Cotham Vale", "a"),
        ("12 Cotham Vale", "12a Cotham Vale", ""),
        ("14 Cotham Vale", "12 Cotham Vale", "4"),
        ("mornings", "after 17:00", "mornings"),
        ("aa", "a", "a"),
        ("same", "same", ""),
    ],
)
def test_only_what_differs_is_marked(text: str, base: str, marked: str) -> None:
    found = differences(text, base)
    assert "".join(text[one.start : one.start + one.length] for one in found) == marked
