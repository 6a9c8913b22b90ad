"""Who may be calling, as an offer: one key accepts, one says "not this person"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.delegates import paint
from ui.delegates.parts import Keys, Part, Spring, Text, small
from ui.text import one_line, plain_button_text, tooltip
from ui.theme import Radius, Size, Space, Theme, Token, Type, theme
from ui.widgets.surfaces import column, reveal
from ui.wording import wording

ACCEPT_KEYS = "Alt+M"
REFUSE_KEYS = "Alt+N"


@dataclass(frozen=True, slots=True)
class Offer:
    """A match: the name, and lines under it, the first of which says why it matched."""

    key: object
    name: str
    lines: tuple[str, ...] = ()


class OfferRow(QAbstractButton):
    """One offer with a radio mark; painted, named and keyed as a radio button."""

    def __init__(self, offer: Offer, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offer, self._keys = offer, keys
        self.setCheckable(True)
        self.setText(plain_button_text(offer.name))
        self.setAccessibleName(", ".join(map(one_line, (offer.name, *offer.lines))))
        self.setToolTip(tooltip("\n".join((offer.name, *offer.lines))))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_keys(keys)

    @property
    def offer(self) -> Offer:
        return self._offer

    def set_keys(self, keys: str) -> None:
        """The key that chooses this row now; empty while another has it."""
        self._keys = keys
        self.setAccessibleDescription(wording.key_sentence(keys) if keys else "")
        self.update()

    def _lines(self) -> list[list[Part]]:
        head: list[Part] = [Text(self._offer.name, step=Type.LEAD)]
        if self._keys:
            head += [Spring(), Keys(self._keys)]
        below: list[list[Part]] = [[small(text, Token.TEXT2)] for text in self._offer.lines]
        return [head, *below]

    def _line_height(self, look: Theme) -> int:
        return max(look.px(Size.LINE_ROW), look.metrics(Type.LEAD).height() + 1)

    def sizeHint(self) -> QSize:
        look = theme()
        high = self._line_height(look) * (len(self._offer.lines) + 1) + 2 * Space.S
        return QSize(look.px(Size.EMPTY_TEXT), max(high, look.px(Size.TARGET)))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(Size.CARD_LABEL), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        look = theme()
        painter = QPainter(self)
        ground = Token.SELECTED if self.isChecked() else Token.HOVER
        if self.isChecked() or self.underMouse():
            paint.rounded(painter, self.rect(), Radius.CONTROL, ground=look.colour(ground))
        side, high = look.px(Size.RADIO), self._line_height(look)
        centre = QRect(Space.M, (self.height() - side) // 2, side, side)
        draw_radio(painter, centre, look, checked=self.isChecked())
        left, top = Space.M + side + Space.S, Space.S
        for parts in self._lines():
            room = QRect(left, top, self.width() - left - Space.S, high)
            paint.draw_row(painter, room, parts, look)
            top += high
        if self.hasFocus():
            paint.ring(painter, self.rect(), Radius.CONTROL, look)
        painter.end()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()  # the list of offers moves the focus
            return
        super().keyPressEvent(event)


def draw_radio(painter: QPainter, square: QRect, look: Theme, *, checked: bool) -> None:
    """A radio mark: an open circle, or a filled one with a dot."""
    half = square.width() / 2
    if not checked:
        control = look.colour(Token.CONTROL)
        paint.rounded(painter, square, half, border=control)
        return
    paint.rounded(painter, square, half, ground=look.colour(Token.ACCENT))
    inset = round(square.width() / 3)
    dot = square.adjusted(inset, inset, -inset, -inset)
    paint.rounded(painter, dot, dot.width() / 2, ground=look.colour(Token.ON_ACCENT))


class _Nobody:
    """The key of the row that refuses all offers."""


_NOBODY = _Nobody()


class CallerOffer(QWidget):
    """The matches and a last row that refuses them.

    Alt+M accepts the first match, again the next one; Alt+N refuses. `accepted` carries the
    offer's key; `refused` asks the form to take back all it filled.
    """

    accepted = Signal(object)
    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[OfferRow] = []
        self._body = column(self, gap=Space.XS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        QShortcut(QKeySequence(ACCEPT_KEYS), self).activated.connect(self.accept_next)
        QShortcut(QKeySequence(REFUSE_KEYS), self).activated.connect(self.refuse)
        self.hide()

    def show_offers(self, offers: Sequence[Offer], chosen: object = None) -> None:
        """Offer these people; `chosen` is the key of one accepted before."""
        for row in self._rows:
            self._body.removeWidget(row)
            row.deleteLater()
        last = Offer(_NOBODY, wording.not_this_person(), (wording.takes_back(),))
        wanted = (*offers, last) if offers else ()
        self._rows = [self._made(offer) for offer in wanted]
        self._mark(chosen)
        reveal(self, shown=bool(offers))

    def show_only(self, offer: Offer) -> None:
        """This one was it; there is nothing to choose any more."""
        self.show_offers(())
        row = OfferRow(offer, "", self)
        row.setChecked(True)
        row.setEnabled(False)
        self._rows = [row]
        self._body.addWidget(row)
        reveal(self, shown=True)

    def _made(self, offer: Offer) -> OfferRow:
        row = OfferRow(offer, "", self)
        row.clicked.connect(lambda: self._choose(row))
        self._body.addWidget(row)
        return row

    def accept_next(self) -> None:
        """Accept the match that carries Alt+M now."""
        following = self._following()
        if following is not None:
            self._choose(following)

    def refuse(self) -> None:
        """Not this person."""
        if self._rows and self._rows[-1].offer.key is _NOBODY:
            self._choose(self._rows[-1])

    def _following(self) -> OfferRow | None:
        matches = self._rows[:-1]
        if not matches:
            return None
        at = next((n for n, row in enumerate(matches) if row.isChecked()), -1)
        return matches[(at + 1) % len(matches)]

    def _choose(self, row: OfferRow) -> None:
        self._mark(row.offer.key)
        if row.offer.key is _NOBODY:
            self.refused.emit()
        else:
            self.accepted.emit(row.offer.key)

    def _mark(self, key: object) -> None:
        for row in self._rows:
            row.setChecked(key is not None and row.offer.key == key)
        following = self._following()
        for row in self._rows:
            accepts = row is following and not row.isChecked()
            row.set_keys(ACCEPT_KEYS if accepts else "")
        if self._rows:
            self._rows[-1].set_keys(REFUSE_KEYS)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        at = next((n for n, row in enumerate(self._rows) if row.hasFocus()), -1)
        if step is None or at < 0:
            super().keyPressEvent(event)
            return
        self._rows[(at + step) % len(self._rows)].setFocus(Qt.FocusReason.TabFocusReason)
