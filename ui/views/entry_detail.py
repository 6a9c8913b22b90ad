"""One entry of the catalog: what names it, the words it is found by, and what points at it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.central_services import Aggregate
from app.domain.model_work import AliasRow, EntryCard
from app.domain.views import ConflictRow, Disputed
from app.domain.words import words_key
from ui.delegates.parts import RowKind, Spring, Text, small
from ui.delegates.rows import PartsModel, PartsRow
from ui.record_words import record_words
from ui.session import Session
from ui.terms import terms
from ui.text import one_line, quoted
from ui.theme import Space, State, Token
from ui.views.detail_parts import DetailHead, TicketsCard
from ui.views.disputed_lines import OwnDisputed
from ui.widgets.card import Card
from ui.widgets.message import Message
from ui.widgets.parts_view import PartsList
from ui.widgets.scrolled import Scrolled
from ui.widgets.surfaces import Surface, column


class EntryDetail(Surface):
    """Shows an entry; a person chooses among its words here, the page does the rest."""

    ticket_chosen = Signal(str)
    entry_chosen = Signal(str)
    words_moved = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Token.SURFACE, parent)
        self._session = session
        self.card: EntryCard | None = None
        self._make()
        self._lay_out()

    def _make(self) -> None:
        self._head = DetailHead(self)
        self.disputed = OwnDisputed("Shift+C", self._head)
        self._head.add(self.disputed)
        self._inside = Surface(Token.SURFACE)
        inside = self._inside
        self.found_by = Card("quotes", self.tr("Words it is found by"), inside)
        self.model = PartsModel(parent=self)
        self.words = PartsList(self.tr("Words it is found by"), inside)
        self.words.setModel(self.model)
        self.words.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.words.selectionModel().currentChanged.connect(lambda *_: self.words_moved.emit())
        self.effect = Message(State.NEU, "tag", inside)
        self.merged = Card("git-diff", self.tr("Merged"), inside)
        self.tickets = TicketsCard("tray", self.tr("Open tickets that read as it"), inside)
        self.tickets.link_chosen.connect(self.ticket_chosen)
        self.merged.link_chosen.connect(self.entry_chosen)

    def _lay_out(self) -> None:
        body = column(self._inside)
        body.addWidget(self._head)
        words = column(gap=Space.S)
        words.setContentsMargins(Space.L, 0, Space.L, Space.M)
        words.addWidget(self.words)
        words.addWidget(self.effect)
        body.addWidget(self.found_by)
        body.addLayout(words)
        body.addWidget(self.tickets)
        body.addWidget(self.merged)
        body.addStretch(1)
        scroll = Scrolled(self._inside, self)
        whole = column(self)
        whole.addWidget(scroll, 1)

    # --- showing ----------------------------------------------------------------------------

    def show_card(self, card: EntryCard) -> None:
        """Everything that hangs on the entry; the words under the cursor stay chosen."""
        before = self.chosen
        self.card = card
        entry = card.entry
        state = State.WARN if entry.retired else State.NEU
        self._head.show_title(one_line(entry.title), self._standing(card), state)
        kind = terms.category(entry.category)
        parts = (kind, one_line(entry.numbers), one_line(entry.detail))
        self._head.show_about(", ".join(one for one in parts if one))
        self.disputed.show_fields([self._disputed(one, row) for one in card.disputed
                                   for row in one.rows])  # fmt: skip
        for part in (self.found_by, self.tickets):
            part.setVisible(card.into is None)
        self._show_words(card.words, before)
        self._show_tickets(card)
        self._show_merged(card)
        self._tell_effect()

    @staticmethod
    def _disputed(one: Disputed, row: ConflictRow) -> str:
        """A field of the entry, or the words that mean another model elsewhere."""
        if one.aggregate is Aggregate.ALIAS:
            return record_words.title(one)
        return record_words.field(one.aggregate, row.conflict.field)

    def _standing(self, card: EntryCard) -> str:
        if card.into is not None:
            return self.tr("merged away")
        return self.tr("retired") if card.entry.retired else self.tr("supported")

    def _show_words(self, words: Sequence[AliasRow], before: AliasRow | None) -> None:
        self.found_by.clear()
        self.found_by.set_note(self.tr("%n wording(s)", "", len(words)) if words else "")
        if not words:
            self.found_by.add_text(self.tr("By its own names and numbers alone."))
        rows = []
        for one in words:
            by = small(one_line(self._session.name_of(one.decided_by)))
            cells = (Text(quoted(one_line(one.words))), Spring(), by)
            rows.append(PartsRow(one.id, (cells,), RowKind.ROW, one_line(one.words)))
        self.model.set_rows(rows)
        self.words.setVisible(bool(words))
        self.words.setFixedHeight(max(1, self.words.content_height()))
        at = max(0, self.model.row_of(before.id)) if before is not None else 0
        self.words.setCurrentIndex(self.model.index(at, 0))

    def _show_tickets(self, card: EntryCard) -> None:
        self.tickets.show_tickets(card.tickets, self._session.now)
        if not card.tickets:
            self.tickets.add_text(self.tr("None at present."))

    def _show_merged(self, card: EntryCard) -> None:
        self.merged.clear()
        self.merged.setVisible(bool(card.merged) or card.into is not None)
        if card.into is not None:
            self.merged.add_text(self.tr("Readers of it arrive at:"))
            self.merged.add_link(card.into.id, one_line(card.into.title))
        if card.merged:
            self.merged.add_text(self.tr("Readers of these arrive here:"))
        for one in card.merged:
            self.merged.add_link(one.id, one_line(one.title))

    # --- the words under the cursor ---------------------------------------------------------

    @property
    def chosen(self) -> AliasRow | None:
        """The words under the cursor."""
        at = self.words.currentIndex().row()
        words = self.card.words if self.card is not None else ()
        return words[at] if 0 <= at < len(words) else None

    def next_words(self) -> None:
        """The wording below; after the last one the first."""
        count = self.model.rowCount()
        if count:
            at = (self.words.currentIndex().row() + 1) % count
            self.words.setCurrentIndex(self.model.index(at, 0))
            self._tell_effect()

    def touched_by(self, alias: AliasRow) -> int:
        """How many open tickets said those words and read as this entry."""
        tickets = self.card.tickets if self.card is not None else ()
        key = words_key(alias.words)
        return sum(words_key(one.words) == key for one in tickets)

    def _tell_effect(self) -> None:
        alias = self.chosen
        if alias is None:
            self.effect.clear()
            return
        fact = self.tr("%n ticket(s) read by these words", "", self.touched_by(alias))
        words = quoted(one_line(alias.words))
        more = self.tr("Forgotten, {words} waits for a model again.").format(words=words)
        self.effect.show_message(fact, more)
