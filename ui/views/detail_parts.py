"""What the details of a model and of its words share: their head, and the tickets behind them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from app.domain.ids import Millis
from app.domain.model_work import WaitingTicket
from ui.delegates.parts import Tag
from ui.text import ElidedLabel, one_line, quoted
from ui.theme import Space, State, Token, Type
from ui.times import moment
from ui.widgets.card import Card
from ui.widgets.marks import PartsLabel
from ui.widgets.surfaces import column, line

_MOST_TICKETS = 12


class DetailHead(QWidget):
    """A title with a tag at its right, and a line about it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ElidedLabel("", self, step=Type.VIEW)
        self._tag = PartsLabel((), self)
        self._about = ElidedLabel("", self, ink=Token.TEXT2, tabular=True)
        title = line(gap=Space.S)
        title.addWidget(self._title, 1)
        title.addWidget(self._tag)
        self._body = column(self, gap=Space.XS)
        self._body.setContentsMargins(Space.L, Space.L, Space.L, Space.M)
        self._body.addLayout(title)
        self._body.addWidget(self._about)

    def add(self, widget: QWidget) -> None:
        """Below the line about it."""
        self._body.addWidget(widget)

    def show_title(self, title: str, tag: str, state: State = State.NEU) -> None:
        """What is looked at, and where it stands."""
        self._title.setText(title)
        self._tag.set_parts((Tag(tag, state),))

    def show_about(self, text: str) -> None:
        """The line about it."""
        self._about.setText(text)


class TicketsCard(Card):
    """Tickets to open, each with the words its caller said; the first of many."""

    def show_tickets(self, tickets: Sequence[WaitingTicket], now: Millis) -> None:
        """In the order given."""
        self.clear()
        self.set_note(self.tr("%n ticket(s)", "", len(tickets)) if tickets else "")
        for one in tickets[:_MOST_TICKETS]:
            said = f"{quoted(one_line(one.words))}  " if one.words else ""
            name = one.reference or self.tr("the ticket")
            self.add_link(one.id, name, said + moment(one.happened_at, now))
        more = len(tickets) - _MOST_TICKETS
        if more > 0:
            self.add_text(self.tr("and %n more", "", more), Type.SMALL, Token.MUTED)
