"""The status bar: each service with icon and words, and the outbox at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.domain.views import ServiceWord
from ui.delegates import paint
from ui.delegates.parts import Icon, Part, Text, sentence
from ui.text import plain_button_text, tooltip
from ui.theme import (
    NARROW_BELOW,
    VERY_NARROW_BELOW,
    Radius,
    Size,
    Space,
    State,
    Token,
    Type,
    theme,
)
from ui.widgets.surfaces import Surface, line
from ui.wording import wording

_ICONS = {
    ServiceWord.UP: ("check-circle", State.OK),
    ServiceWord.SLOW: ("hourglass", State.WARN),
    ServiceWord.STALE: ("clock-counter-clockwise", State.WARN),
    ServiceWord.DOWN: ("x-circle-fill", State.BAD),
    ServiceWord.SIGN_IN: ("sign-in", State.WARN),
}


@dataclass(frozen=True, slots=True)
class ServiceState:
    """A service as the bar shows it; `time` is since when down, or as of when stale."""

    key: str
    name: str
    word: ServiceWord
    time: str = ""
    tip: str = ""
    """Last good contact and endpoint, for the tooltip."""


def service_parts(word: ServiceWord, time: str = "", name: str = "") -> tuple[Part, ...]:
    """Icon, name and words of a service, for the bar and for the status table."""
    icon, state = _ICONS[word]
    up = word is ServiceWord.UP
    said = Text(
        wording.service_sentence(word, time),
        Token.MUTED if up else state.ink,
        Type.SMALL if up else Type.LABEL,
        tabular=True,
        fixed=True,
    )
    named = (Text(name, Token.TEXT2, Type.SMALL, fixed=True),) if name else ()
    return (Icon(icon, state.ink, Size.ICON_ROW), *named, said)


class BarButton(QAbstractButton):
    """A part of the bar that can be chosen; painted from parts and named by them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: tuple[Part, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_parts(self, parts: Sequence[Part], tip: str = "") -> None:
        self._parts = tuple(parts)
        said = sentence(self._parts)
        self.setText(plain_button_text(said))
        self.setAccessibleName(said)
        self.setToolTip(tooltip(tip))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        wanted = paint.measure(self._parts, look)
        high = max(look.px(Size.TARGET), wanted.height() + Space.XS)
        return QSize(wanted.width() + 2 * Space.S, high)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        if self.underMouse():
            ground = look.colour(Token.RAIL_SEL)
            paint.rounded(painter, self.rect(), Radius.TAG, ground=ground)
        inner = self.rect().adjusted(Space.S, 0, -Space.S, 0)
        paint.draw_parts(painter, inner, self._parts, look)
        if self.hasFocus():
            paint.ring(painter, self.rect(), Radius.TAG, look)
        painter.end()


class ServiceItem(BarButton):
    """One service of the bar."""

    def set_service(self, service: ServiceState) -> None:
        self.set_parts(service_parts(service.word, service.time, service.name), service.tip)


class StatusBar(Surface):
    """Six services, folded where the window is narrow; the outbox with its count.

    Below 1200 layout pixels services that are up fold into "3 up"; below 1000 only those that
    are not up stay.
    """

    service_chosen = Signal(str)
    """The key of a service, empty for the folded ones."""
    outbox_chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Token.WINDOW, parent, line_above=True)
        self._services: tuple[ServiceState, ...] = ()
        self._items: dict[str, ServiceItem] = {}
        self._folded = BarButton(self)
        self._folded.clicked.connect(lambda: self.service_chosen.emit(""))
        self._outbox = BarButton(self)
        self._outbox.clicked.connect(self.outbox_chosen)
        self._note = BarButton(self)
        self._note.clicked.connect(lambda: self.service_chosen.emit(""))
        self._note.hide()
        self._row = line(self, gap=Space.XS)
        self._row.setContentsMargins(Space.S, Space.XS, Space.S, Space.XS)
        self._row.addWidget(self._folded)
        self._row.addStretch(1)
        self._row.addWidget(self._note)
        self._row.addWidget(self._outbox)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_outbox(None)

    def show_services(self, services: Sequence[ServiceState]) -> None:
        """Show these services in this order."""
        self._services = tuple(services)
        for at, service in enumerate(self._services):
            if service.key not in self._items:
                self._items[service.key] = self._made(service.key, at)
            self._items[service.key].set_service(service)
        self._fold()

    def show_outbox(self, count: int | None, oldest: str = "", review: int = 0) -> None:
        """How many operations wait, since when, and how many a person must decide.

        None before they were counted: no number is said then.
        """
        parts: list[Part] = [
            Icon("tray", Token.MUTED),
            Text(wording.outbox(), Token.TEXT2, Type.SMALL, fixed=True),
        ]
        if count is not None:
            parts.append(Text(str(count), Token.TEXT, Type.HEAD, tabular=True, fixed=True))
        if oldest:
            oldest_words = wording.oldest(oldest)
            parts.append(Text(oldest_words, Token.TEXT2, Type.SMALL, tabular=True, fixed=True))
        if review:
            words = wording.needs_review_count(review)
            parts.append(Text(words, Token.REV, Type.LABEL, tabular=True, fixed=True))
        self._outbox.set_parts(parts)

    def show_note(self, note: str, state: State = State.WARN, icon: str = "warning") -> None:
        """A lasting remark such as "only on this computer"; empty takes it away."""
        self._note.set_parts((Icon(icon, state.ink), Text(note, state.ink, Type.LABEL)))
        self._note.setVisible(bool(note))

    def _made(self, key: str, at: int) -> ServiceItem:
        item = ServiceItem(self)
        item.clicked.connect(lambda: self.service_chosen.emit(key))
        self._row.insertWidget(at, item)
        return item

    def _fold(self) -> None:
        wide = self.width() / theme().effective_factor
        up = [one for one in self._services if one.word is ServiceWord.UP]
        folds = wide < NARROW_BELOW and len(up) > 1
        for service in self._services:
            hidden = folds and service.word is ServiceWord.UP
            self._items[service.key].setVisible(not hidden)
        first, state = _ICONS[ServiceWord.UP]
        words = Text(wording.services_up(len(up)), Token.TEXT2, Type.SMALL, fixed=True)
        self._folded.set_parts((Icon(first, state.ink), words))
        all_up = len(up) == len(self._services)
        self._folded.setVisible(folds and (wide >= VERY_NARROW_BELOW or all_up))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().px(Size.STATUS_BAR))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())
