"""How far something is: a stepper with times beside the words, a meter with a limit tick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui import icons
from ui.delegates import paint
from ui.delegates.parts import Text
from ui.text import PlainLabel, tooltip
from ui.theme import Size, Space, Theme, Token, Type, theme
from ui.wording import wording


class StepState(Enum):
    DONE = auto()
    CURRENT = auto()
    TO_COME = auto()


@dataclass(frozen=True, slots=True)
class Step:
    word: str
    state: StepState
    time: str = ""


class Stepper(PlainLabel):
    """Steps from left to right; screen readers read each with done, now or to come."""

    def __init__(self, steps: Sequence[Step] = (), parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._steps: tuple[Step, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[Step]) -> None:
        self._steps = tuple(steps)
        self.setText("; ".join(_said(step) for step in self._steps))
        self.setToolTip(tooltip("\n".join(_said(step) for step in self._steps)))
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        high = look.px(Size.STEP_DOT) + Space.S + look.metrics(Type.HEAD).height()
        return QSize(look.px(Size.CARD_LABEL) * max(1, len(self._steps)), high)

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._steps:
            return
        look = theme()
        painter = QPainter(self)
        cell = self.width() // len(self._steps)
        for at, step in enumerate(self._steps):
            room = QRect(at * cell, 0, cell, self.height())
            last = at == len(self._steps) - 1
            _paint_step(painter, room, step, look, last=last)
        painter.end()


def _said(step: Step) -> str:
    words = {
        StepState.DONE: wording.step_done,
        StepState.CURRENT: wording.step_current,
        StepState.TO_COME: wording.step_to_come,
    }[step.state](step.word)
    return f"{words} {step.time}".strip()


def _paint_step(painter: QPainter, room: QRect, step: Step, look: Theme, *, last: bool) -> None:
    side = look.px(Size.STEP_DOT)
    dot = QRect(room.left(), 0, side, side)
    _paint_dot(painter, dot, step.state, look)
    if not last:
        ink = Token.MUTED if step.state is StepState.DONE else Token.LINE
        painter.setPen(QPen(look.colour(ink), Space.RING))
        middle = dot.center().y() + 1
        painter.drawLine(
            QPoint(dot.right() + Space.S, middle), QPoint(room.right() - Space.S, middle)
        )
    current = step.state is StepState.CURRENT
    ink = Token.TEXT if current else Token.TEXT2
    word = Text(step.word, ink, Type.HEAD if current else Type.LABEL, fixed=True)
    time = Text(step.time, Token.MUTED, Type.SMALL, tabular=True)
    words = QRect(
        room.left(), side + Space.S, room.width() - Space.S, room.height() - side - Space.S
    )
    paint.draw_row(painter, words, (word, time) if step.time else (word,), look)


def _paint_dot(painter: QPainter, dot: QRect, state: StepState, look: Theme) -> None:
    half = dot.width() / 2
    match state:
        case StepState.DONE:
            paint.rounded(painter, dot, half, ground=look.colour(Token.NEU_TINT))
            inset = dot.width() // 5
            inner = dot.adjusted(inset, inset, -inset, -inset)
            icons.draw(painter, inner, "check-bold", Token.TEXT)
        case StepState.CURRENT:
            paint.ring(painter, dot, half, look)
            inset = round(dot.width() * 0.3)
            inner = dot.adjusted(inset, inset, -inset, -inset)
            paint.rounded(painter, inner, inner.width() / 2, ground=look.colour(Token.FOCUS))
        case StepState.TO_COME:
            paint.rounded(painter, dot, half, border=look.colour(Token.CONTROL))


class Meter(PlainLabel):
    """A share of a limit as a bar; the figures stand in words beside it and in its text."""

    def __init__(self, says: str = "", parent: QWidget | None = None) -> None:
        super().__init__(says, parent)
        self._share, self._tick, self._busy = 0.0, -1.0, False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_share(self, share: float, says: str, tick: float = -1.0) -> None:
        """`share` and `tick` run from 0 to 1; a tick below 0 is not drawn."""
        self._share, self._tick = min(1.0, max(0.0, share)), tick
        self.setText(says)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(Size.CARD_LABEL), theme().px(Size.METER) + Space.XS)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(Size.TARGET), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        high = look.px(Size.METER)
        painter = QPainter(self)
        bar = QRect(0, (self.height() - high) // 2, self.width(), high)
        paint.rounded(painter, bar, high / 2, ground=look.colour(Token.NEU_TINT))
        filled = QRect(bar.left(), bar.top(), round(bar.width() * self._share), high)
        if filled.width() > 0:
            paint.rounded(painter, filled, high / 2, ground=look.colour(Token.TEXT2))
        if self._tick >= 0:
            at = round(bar.width() * min(1.0, self._tick))
            tick = QRect(at, bar.top() - Space.RING, Space.RING, high + 2 * Space.RING)
            painter.fillRect(tick, look.colour(Token.BAD))
        painter.end()
