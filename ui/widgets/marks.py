"""Marks as small widgets: pill, tag, as-of mark, key hint, avatar and any line of parts."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.domain.lifecycle import RowState
from ui.delegates import paint
from ui.delegates.parts import AsOf, Keys, Part, Pill, Tag, Text, Words, sentence
from ui.text import PlainLabel, one_line, tooltip
from ui.theme import Size, State, Token, Type, theme
from ui.widgets.surfaces import reveal


class PartsLabel(PlainLabel):
    """A line of parts as a label; screen readers read the parts as one sentence.

    It wants the width of its parts and is cut with an ellipsis below that.
    """

    def __init__(
        self,
        parts: Sequence[Part] = (),
        parent: QWidget | None = None,
        *,
        least: Size | None = None,
    ) -> None:
        """`least` is a height the label never goes below, so that lines keep their pitch."""
        self._parts, self._least = tuple(parts), least
        super().__init__(sentence(self._parts), parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    @property
    def parts(self) -> tuple[Part, ...]:
        return self._parts

    def set_parts(self, parts: Sequence[Part]) -> None:
        self._parts = tuple(parts)
        self.setText(sentence(self._parts))
        self.updateGeometry()
        self.update()

    def stretching(self) -> PartsLabel:
        """The same label taking all the width there is, for lines with a Spring."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return self

    def sizeHint(self) -> QSize:
        wanted = paint.measure(self._parts, theme())
        least = theme().px(self._least) if self._least else 0
        return wanted.expandedTo(QSize(0, least))

    def minimumSizeHint(self) -> QSize:
        wanted = self.sizeHint()
        if any(isinstance(part, Text | Words) for part in self._parts):
            return QSize(min(wanted.width(), theme().px(Size.TARGET)), wanted.height())
        return wanted

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.draw_parts(painter, self.rect(), self._parts, theme())
        painter.end()


class StatePill(PartsLabel):
    """The state of a row or ticket; one of the six words."""

    def __init__(
        self, state: RowState = RowState.SAVED_HERE, parent: QWidget | None = None
    ) -> None:
        super().__init__((Pill(state),), parent)

    def set_state(self, state: RowState) -> None:
        self.set_parts((Pill(state),))


class TagMark(PartsLabel):
    """A tag; without a state colour it is outlined."""

    def __init__(
        self,
        text: str = "",
        state: State | None = None,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__((Tag(text, state, icon),), parent)

    @classmethod
    def of(cls, tag: Tag, parent: QWidget | None = None) -> TagMark:
        return cls(tag.text, tag.state, tag.icon, parent)


class AsOfMark(PartsLabel):
    """`as of 09:55`; hidden while the time is empty, since absence means fresh."""

    def __init__(self, time: str = "", parent: QWidget | None = None) -> None:
        super().__init__((AsOf(time),), parent)
        self.set_time(time)

    @property
    def time(self) -> str:
        return self._time

    def set_time(self, time: str) -> None:
        self._time = time
        self.set_parts((AsOf(time),))
        reveal(self, shown=bool(time))


class KeyHint(PartsLabel):
    """Key caps beside what they do; decoration, since the control itself names its key."""

    def __init__(
        self, keys: str, parent: QWidget | None = None, *, ink: Token = Token.TEXT2
    ) -> None:
        super().__init__((Keys(keys, ink),), parent)


class Avatar(PlainLabel):
    """Two initials in a circle; the whole name is the tooltip."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name, parent, step=Type.KEY)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        self.setText(one_line(name))
        self.setToolTip(tooltip(name))
        self.update()

    def sizeHint(self) -> QSize:
        side = theme().px(Size.AVATAR)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint.avatar(painter, self.rect(), self.text(), theme())
        painter.end()
