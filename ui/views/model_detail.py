"""What is known of one row of the model work: who said what, candidates or the nearest entry."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import Millis
from app.domain.matching.resolution import Outcome
from app.domain.model_offer import ModelOffer
from app.domain.model_work import ModelParts, ProposalView, WaitingWords
from app.domain.proposals import all_wordings
from app.domain.views import EntryNames
from app.domain.words import words_key
from ui.delegates.parts import AsOf, Icon, Part, RowKind, Spring, Tag, Text, second, small
from ui.delegates.rows import PartsModel, PartsRow
from ui.session import Session
from ui.terms import terms
from ui.text import Mark, WrappedLabel, differences, one_line, quoted
from ui.theme import Size, Space, State, Token, Type, theme
from ui.times import moment
from ui.views.detail_parts import DetailHead, TicketsCard
from ui.views.model_list import title_of
from ui.widgets.card import Card
from ui.widgets.field import Field
from ui.widgets.marks import PartsLabel
from ui.widgets.message import Message
from ui.widgets.parts_view import PartsList
from ui.widgets.scrolled import Scrolled
from ui.widgets.surfaces import Hairline, Surface, column, line


class ModelDetail(Surface):
    """Shows one row; a person chooses among candidates here, the page does the rest."""

    ticket_chosen = Signal(str)
    entry_moved = Signal()
    """Another candidate is the chosen one."""
    searched = Signal(str)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Token.SURFACE, parent)
        self._session = session
        self.entries: tuple[EntryNames, ...] = ()
        self._make()
        self._lay_out()

    def _make(self) -> None:
        self._head = DetailHead(self)
        self._inside = Surface(Token.SURFACE)
        inside = self._inside
        self.said = TicketsCard("quotes", self.tr("What callers said"), inside)
        self.evidence = Card("image", self.tr("Where it is from"), inside)
        self.question = Card("chat-centered-text", self.tr("Question and answer"), inside)
        self.compare = Card("git-diff", self.tr("Beside the nearest in the catalog"), inside)
        self.near = Card("stack", self.tr("Other near entries"), inside)
        self.choose = Card("magnifying-glass", self.tr("Candidates"), inside)
        self.search = Field(self.tr("Find another model"), inside)
        self.model = PartsModel(parent=self)
        self.candidates = PartsList(self.tr("Candidates"), inside)
        self.candidates.setModel(self.model)
        self.candidates.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.candidates.selectionModel().currentChanged.connect(lambda *_: self.entry_moved.emit())
        self.effect = Message(State.NEU, "tag", inside)
        self.who = WrappedLabel("", inside, ink=Token.TEXT2)
        self.said.link_chosen.connect(self.ticket_chosen)
        self.search.changed.connect(self.searched)

    def _lay_out(self) -> None:
        body = column(self._inside)
        body.addWidget(self._head)
        for card in (self.said, self.evidence, self.question, self.compare, self.near, self.choose):
            body.addWidget(card)
        choose = column(gap=Space.S)
        choose.setContentsMargins(Space.L, 0, Space.L, Space.M)
        choose.addWidget(self.candidates)
        choose.addWidget(self.search)
        choose.addWidget(self.effect)
        choose.addWidget(self.who)
        body.addLayout(choose)
        body.addStretch(1)
        scroll = Scrolled(self._inside, self)
        whole = column(self)
        whole.addWidget(scroll, 1)

    # --- words ------------------------------------------------------------------------------

    def show_words(self, row: WaitingWords, offer: ModelOffer | None) -> None:
        """What callers said, and the entries that may be it."""
        self._start(quoted(one_line(row.words)), self.tr("To resolve"))
        oldest = moment(Millis(row.oldest), self._session.now)
        count = self.tr("%n ticket(s) wait", "", len(row.tickets))
        self._head.show_about(self.tr("{count}, the oldest since {time}").format(
            count=count, time=oldest))  # fmt: skip
        self._show_said((row,))
        self.choose.show()
        self.candidates.show()
        self.search.show()
        self.show_offer(offer)

    def show_offer(self, offer: ModelOffer | None) -> None:
        """The candidates, with what the caller did not say marked."""
        found = offer.candidates if offer else ()
        self.entries = tuple(one.entry for one in found)
        rows = []
        for number, one in enumerate(found, 1):
            marks = tuple(Mark(span.start, span.length) for span in one.unsaid)
            title = Text(one_line(one.entry.title), step=Type.LEAD, marks=marks)
            detail = one.entry.detail or terms.category(one.entry.category)
            retired: tuple[Part, ...] = (
                (Tag(self.tr("retired"), State.WARN),) if one.entry.retired else ()
            )
            cells: tuple[Part, ...] = (title, *retired, Spring(), small(one_line(detail)))
            says = f"{number}, {one.entry.title}, {detail}"
            rows.append(PartsRow(one.entry.id, (cells,), RowKind.ROW, says))
        self.model.set_rows(rows)
        self.candidates.setFixedHeight(max(1, self.candidates.content_height()))
        self.candidates.setCurrentIndex(self.model.index(0, 0))
        self.choose.clear()
        note = self._outcome(offer)
        self.choose.set_note(note)
        if offer and offer.separating:
            pieces = ", ".join(quoted(one_line(one)) for one in offer.separating)
            ask = self.tr("Ask which of these is on the sticker: {pieces}").format(pieces=pieces)
            self.choose.add_text(ask)
        self.entry_moved.emit()

    def _outcome(self, offer: ModelOffer | None) -> str:
        if offer is None or not offer.candidates:
            return ""
        if offer.outcome is Outcome.NOT_IN_LIST:
            return self.tr("none clear")
        if offer.outcome is Outcome.LINKED:
            sure = round(offer.confidence * 100)
            return self.tr("{percent} % sure").format(percent=sure)
        return self.tr("one of these")

    @property
    def chosen(self) -> EntryNames | None:
        """The candidate under the cursor."""
        at = self.candidates.currentIndex().row()
        return self.entries[at] if 0 <= at < len(self.entries) else None

    # --- proposals --------------------------------------------------------------------------

    def show_proposal(
        self, one: ProposalView, said: Sequence[WaitingWords], *, decided: str = ""
    ) -> None:
        """A proposal as a supervisor sees it before deciding."""
        self._start(title_of(one), decided or self.tr("Proposal"))
        by = self._session.name_of(one.proposer)
        since = moment(one.since, self._session.now) if one.since is not None else ""
        about = self.tr("Proposed by {person}").format(person=one_line(by))
        self._head.show_about(", ".join(part for part in (about, since) if part))
        self._show_said(said)
        heard = {words_key(ticket.words) for row in said for ticket in row.tickets}
        for words in all_wordings(one.fields):
            if words_key(words) not in heard:
                self.said.show()
                self.said.add_text(quoted(one_line(words)), ink=Token.TEXT)
        evidence = str(one.fields.get("evidence") or "")
        self.evidence.setVisible(bool(evidence))
        self.evidence.clear()
        self.evidence.add_text(one_line(evidence))
        self._show_question(one)

    def _show_question(self, one: ProposalView) -> None:
        lines = [
            (self.tr("Asked"), str(one.fields.get("question") or "")),
            (self.tr("Answered"), str(one.fields.get("answer") or "")),
        ]
        self.question.clear()
        self.question.setVisible(any(text for _, text in lines))
        for label, text in lines:
            if text:
                self.question.add_long_pair(label, one_line(text))
        delegated = str(one.fields.get("delegated_to") or "")
        if delegated:
            self.question.show()
            self.question.add_pair(self.tr("Decides"), Text(self._session.name_of(delegated)))
            why = one_line(str(one.fields.get("delegated_why") or ""))
            if why:
                self.question.add_long_pair(self.tr("Why"), why)

    def show_nearest(self, one: ProposalView, offer: ModelOffer, as_of: str) -> None:
        """Field by field beside the entry that comes nearest; differences marked."""
        self.compare.clear()
        self.near.clear()
        entries = [found.entry for found in offer.candidates if not found.entry.provisional]
        self.compare.show()
        if not entries:
            self.compare.add_text(self.tr("Nothing in the catalog comes near."))
            return
        nearest, parts = entries[0], ModelParts.of(one.fields)
        mark: tuple[Part, ...] = (AsOf(as_of),) if as_of else ()
        self._line(("", self.tr("This proposal"), self.tr("Nearest in the catalog")), mark)
        kinds = (str(one.fields.get("category") or ""), nearest.category)
        pairs = (
            (self.tr("Maker"), parts.maker, nearest.maker),
            (self.tr("Model"), parts.name, nearest.name),
            (self.tr("Also written"), " ".join(parts.numbers), nearest.numbers),
            (self.tr("Kind"), *(terms.category(kind) for kind in kinds)),
        )
        for label, mine, theirs in pairs:
            self._pair(label, one_line(mine), one_line(theirs))
        others = entries[1:]
        self.near.setVisible(bool(others))
        self.near.add_text(", ".join(one_line(entry.title) for entry in others))

    def _pair(self, label: str, mine: str, theirs: str) -> None:
        same = mine.casefold() == theirs.casefold()
        marks = ((), ()) if same else (differences(mine, theirs), differences(theirs, mine))
        word: tuple[Part, ...] = (
            (small(self.tr("same")),)
            if same
            else (Icon("arrows-left-right", Token.TEXT2), small(self.tr("differs"), Token.TEXT))
        )
        row = line(gap=Space.S)
        self._cell(row, (second(label),), 2)
        self._cell(row, (Text(mine or "-", step=Type.LEAD, marks=marks[0]),), 5)
        self._cell(row, (Text(theirs or "-", Token.TEXT2, marks=marks[1]),), 5)
        self._cell(row, word, 2)
        self._wide(row)

    def _line(self, heads: Sequence[str], mark: tuple[Part, ...]) -> None:
        row = line(gap=Space.S)
        for text, wide in zip(heads, (2, 5, 5), strict=True):
            self._cell(row, (Text(text, Token.TEXT2, Type.HEAD),), wide)
        self._cell(row, mark, 2)
        self._wide(row)

    def _cell(self, row: object, parts: tuple[Part, ...], wide: int) -> None:
        label = PartsLabel(parts, self.compare, least=Size.LINE_BODY).stretching()
        label.setMinimumWidth(theme().px(Size.TARGET) * wide // 2)
        row.addWidget(label, wide)  # type: ignore[attr-defined]  # a layout of `line`

    def _wide(self, row: object) -> None:
        holder = QWidget(self.compare)
        holder.setLayout(row)  # type: ignore[arg-type]  # a layout of `line`
        self.compare.add_wide(holder)
        self.compare.add_wide(Hairline(self.compare))

    # --- all --------------------------------------------------------------------------------

    def _start(self, title: str, tag: str) -> None:
        self._head.show_title(title, tag)
        self.entries = ()
        hidden = (
            self.evidence, self.question, self.compare, self.near, self.choose, self.candidates,
            self.search,
        )  # fmt: skip
        for widget in hidden:
            widget.hide()
        self.effect.clear()
        self.who.set_passage("")

    def _show_said(self, rows: Sequence[WaitingWords]) -> None:
        """The words as each caller said them, with the ticket to open: what would be touched."""
        tickets = [one for row in rows for one in row.tickets]
        self.said.show_tickets(tickets, self._session.now)
        self.said.setVisible(bool(tickets))

    def show_effect(self, fact: str, more: str = "") -> None:
        """What the decision would touch, before it is made."""
        self.effect.show_message(fact, more)
