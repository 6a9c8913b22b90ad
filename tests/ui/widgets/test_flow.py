"""Rows that go on below: what stands on which line, how wide, and how high it all is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QSizePolicy, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Space
from ui.widgets.flow import Flow
from ui.widgets.surfaces import column

_HIGH = 20


class Block(QWidget):
    """As wide as it wants, at least as wide as it must be."""

    def __init__(self, wants: int, least: int, parent: QWidget) -> None:
        super().__init__(parent)
        self._wants, self._least = wants, least
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._wants, _HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._least, _HIGH)


class Row:
    """A flow in a window of some width."""

    def __init__(self, qtbot: QtBot, width: int) -> None:
        self.window = QWidget()
        qtbot.addWidget(self.window)
        self.holder = QWidget(self.window)
        self.flow = Flow(self.holder)
        body = column(self.window)
        body.addWidget(self.holder)
        body.addStretch(1)
        self.window.setFixedWidth(width)
        self.parts: list[Block] = []

    def add(self, wants: int, least: int, stretch: int = 0, *, at: int | None = None) -> Block:
        part = Block(wants, least, self.holder)
        self.flow.add(part, stretch, at=at)
        self.parts.append(part)
        return part

    def shown(self, qtbot: QtBot) -> list[tuple[int, int, int]]:
        """Left, line and width of each."""
        self.window.show()
        qtbot.waitExposed(self.window)
        step = _HIGH + Space.S
        return [(one.x(), one.y() // step, one.width()) for one in self.parts if one.isVisible()]


def test_what_fits_stands_beside_each_other_as_wide_as_it_wants(qtbot: QtBot) -> None:
    row = Row(qtbot, 300)
    row.add(100, 50)
    row.add(80, 50)
    assert row.shown(qtbot) == [(0, 0, 100), (100 + Space.S, 0, 80)]
    assert row.holder.height() == _HIGH


def test_what_does_not_fit_stands_below(qtbot: QtBot) -> None:
    row = Row(qtbot, 200)
    for _ in range(3):
        row.add(90, 50)
    assert row.shown(qtbot) == [(0, 0, 90), (90 + Space.S, 0, 90), (0, 1, 90)]
    assert row.holder.height() == 2 * _HIGH + Space.S


def test_rather_than_on_a_fourth_line_each_is_as_narrow_as_it_may_be(qtbot: QtBot) -> None:
    row = Row(qtbot, 200)
    for _ in range(4):
        row.add(180, 90)
    lines = [line for _left, line, _width in row.shown(qtbot)]
    assert lines == [0, 0, 1, 1]
    assert all(90 <= one.width() <= 100 for one in row.parts)


def test_one_that_is_too_wide_for_a_line_has_the_line(qtbot: QtBot) -> None:
    row = Row(qtbot, 100)
    row.add(150, 60)
    assert row.shown(qtbot) == [(0, 0, 100)]


def test_what_stretches_shares_the_rest(qtbot: QtBot) -> None:
    row = Row(qtbot, 3 * 100 + 2 * Space.S)
    first = row.add(10, 10, 1)
    fixed = row.add(100, 50)
    second = row.add(10, 10, 1)
    for one in (first, second):
        one.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    row.shown(qtbot)
    assert [one.width() for one in (first, fixed, second)] == [100, 100, 100]


def test_nobody_who_stretches_has_less_than_it_needs(qtbot: QtBot) -> None:
    row = Row(qtbot, 300 + Space.S)
    for least, stretch in ((200, 1), (20, 9)):
        part = row.add(least, least, stretch)
        part.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    assert [width for _left, _line, width in row.shown(qtbot)] == [200, 100]


@pytest.mark.parametrize(("width", "lines"), [(400, [0, 0]), (150, [0, 1])])
def test_what_follows_the_room_stands_at_the_right_on_its_own_line_too(
    qtbot: QtBot, width: int, lines: list[int]
) -> None:
    row = Row(qtbot, width)
    row.flow.add_stretch()
    last = row.add(80, 80)
    row.add(100, 100, at=0)
    row.shown(qtbot)
    step = _HIGH + Space.S
    assert [one.y() // step for one in reversed(row.parts)] == lines
    assert last.x() + last.width() == width


def test_what_is_hidden_takes_no_room(qtbot: QtBot) -> None:
    row = Row(qtbot, 200)
    for _ in range(3):
        row.add(90, 90)
    row.parts[0].hide()
    assert row.shown(qtbot) == [(0, 0, 90), (90 + Space.S, 0, 90)]


def test_a_part_that_goes_is_forgotten(qtbot: QtBot) -> None:
    row = Row(qtbot, 200)
    for _ in range(2):
        row.add(90, 90)
    row.parts.pop(0).deleteLater()
    qtbot.waitUntil(lambda: row.flow.count() == 1)
    assert row.shown(qtbot) == [(0, 0, 90)]
    assert row.flow.takeAt(5) is None
    assert row.flow.itemAt(5) is None
