"""Deciding about waiting words: link their tickets, remember them, propose, or not supported."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import Invalid, OffhookError, Refused
from app.domain.model_offer import ModelOffer
from app.domain.model_work import WaitingWords
from app.domain.views import EntryNames
from app.services.decisions import Decided
from app.services.models import NewEntry, PlateReading
from ui.problems import problems
from ui.session import Session
from ui.tasks import NewestWins, async_slot
from ui.text import one_line
from ui.views.model_acts import ModelActs
from ui.views.model_detail import ModelDetail
from ui.views.model_forms import PlateForm, ProposalForm, SentenceForm


class WordsWork(ModelActs):
    """Acts on the waiting words under the cursor and the candidate that is chosen for them."""

    judged = Signal()
    """Another candidate is chosen, or it is known whether the words may be remembered for it."""

    def __init__(
        self,
        session: Session,
        current: Callable[[], WaitingWords | None],
        waiting: Callable[[], Sequence[WaitingWords]],
        detail: ModelDetail,
        parent: QWidget,
    ) -> None:
        """`current` says which words are to be resolved, if any; `waiting` are all that wait."""
        super().__init__(session, parent)
        self._current, self._waiting, self._detail = current, waiting, detail
        self.may_remember = False
        """Whether the words tell the chosen candidate from every near neighbour."""
        self.marked: set[str] = set()
        """Keys of words that are proposed together with those under the cursor."""
        self.offers: dict[str, ModelOffer] = {}
        """The words' key → what they may mean."""
        self._make_forms(parent)
        find = session.opened.finder.find
        self._looking = NewestWins(find, self._show_found)
        self._judging = NewestWins(self._may_remember, self._show_may_remember)
        self._proposing = NewestWins(find, self._show_proposal_near)
        self._connect()

    def _make_forms(self, parent: QWidget) -> None:
        self.tell_form = SentenceForm(
            self.tr("Not supported"),
            self.tr("Mark as not supported"),
            self.tr("What to tell the customer"),
            self.tr("What is the customer told?"),
            parent,
        )
        self.plate_form = PlateForm(parent)
        self.proposal_form = ProposalForm(parent)
        self.forms = (self.tell_form, self.plate_form, self.proposal_form)

    def _connect(self) -> None:
        self._detail.entry_moved.connect(self._judge)
        self._detail.searched.connect(self._search)
        self.proposal_form.typed.connect(self._proposing.request)
        self.tell_form.wanted.connect(self._not_supported)
        self.plate_form.wanted.connect(self._link_by_plate)
        self.proposal_form.wanted.connect(self._propose)

    # --- candidates -------------------------------------------------------------------------

    def category(self, row: WaitingWords) -> str:
        """What kind of device the words are likely about."""
        offer = self.offers.get(row.key)
        return offer.candidates[0].entry.category if offer and offer.candidates else ""

    def next_candidate(self) -> None:
        """The candidate below; after the last one the first."""
        view = self._detail.candidates
        at = view.currentIndex().row()
        count = self._detail.model.rowCount()
        if count:
            view.setCurrentIndex(self._detail.model.index((at + 1) % count, 0))

    def _search(self, text: str) -> None:
        row = self._current()
        if text.strip():
            self._looking.request(text)
        elif row is not None:
            self._looking.cancel()
            self._detail.show_offer(self.offers.get(row.key))

    def _show_found(self, _text: str, offer: ModelOffer) -> None:
        if self._current() is not None:
            self._detail.show_offer(offer)

    def _judge(self) -> None:
        row, entry = self._current(), self._detail.chosen
        self.may_remember = False
        if row is not None and entry is not None:
            self._judging.request((row.words, entry.id))
            self._show_effect(row, entry)
        self.judged.emit()

    def _show_effect(self, row: WaitingWords, entry: EntryNames, remembered: str = "") -> None:
        """What linking would touch, and what remembering does beyond that."""
        fact = self.tr("Linking resolves %n ticket(s)", "", len(row.tickets))
        named = self.tr("as {model}.").format(model=one_line(entry.title))
        self._detail.show_effect(fact, " ".join(part for part in (named, remembered) if part))

    async def _may_remember(self, asked: tuple[str, str]) -> bool:
        return await self._session.opened.models.may_remember(*asked)

    def _show_may_remember(self, _asked: tuple[str, str], may: bool) -> None:
        self.may_remember = may
        row, entry = self._current(), self._detail.chosen
        if row is not None and entry is not None:
            remembered = self.tr("Remembered, the words mean it on every desk, later too.")
            common = self.tr("The words fit other models as well and cannot be remembered.")
            self._show_effect(row, entry, remembered if may else common)
        self.judged.emit()

    # --- deciding ---------------------------------------------------------------------------

    @async_slot
    async def link_tickets(self) -> None:
        """Pin these tickets; the words stay free for others."""
        await self._link(None)

    @async_slot
    async def _link_by_plate(self, reading: PlateReading) -> None:
        await self._link(reading)

    async def _link(self, reading: PlateReading | None) -> None:
        row, entry = self._current(), self._detail.chosen
        if row is None or entry is None:
            return
        ids, person = [one.id for one in row.tickets], self._session.person
        models = self._session.opened.models
        done = await self._tried(lambda: models.link(ids, entry.id, person, reading))
        self._tell(done, self.tr("Linked to {model}").format(model=entry.title))

    @async_slot
    async def remember_words(self) -> None:
        """The words mean this model from now on, on every desk."""
        row, entry = self._current(), self._detail.chosen
        if row is None or entry is None:
            return
        models, person = self._session.opened.models, self._session.person

        async def remember() -> list[Decided]:
            return [await models.remember(row.words, entry.id, person)]

        done = await self._tried(remember)
        self._tell(done, self.tr("Remembered for {model}").format(model=entry.title))

    @async_slot
    async def _not_supported(self, why: str) -> None:
        row = self._current()
        if row is None:
            return
        ids, person = [one.id for one in row.tickets], self._session.person
        models = self._session.opened.models
        done = await self._tried(lambda: models.not_supported(ids, why, person))
        self._tell(done, self.tr("Marked as not supported"))

    def start_plate(self) -> None:
        self.plate_form.open_for(self._session.person)

    def mark(self) -> None:
        """These words join the proposal of others, or leave it."""
        row = self._current()
        if row is not None:
            self.marked ^= {row.key}

    def together(self) -> tuple[WaitingWords, ...]:
        """The words under the cursor, then the marked ones that still wait."""
        row = self._current()
        if row is None:
            return ()
        others = (one for one in self._waiting() if one.key in self.marked and one.key != row.key)
        return (row, *others)

    def start_proposal(self) -> None:
        row = self._current()
        if row is not None:
            entry = self._detail.entries[0] if self._detail.entries else None
            maker = entry.maker if entry and entry.maker.lower() in row.words.lower() else ""
            self.proposal_form.open_for(self.together(), maker, self.category(row))

    def _show_proposal_near(self, _words: str, offer: ModelOffer) -> None:
        self.proposal_form.show_near([one.entry.title for one in offer.candidates])

    @async_slot
    async def _propose(self, entry: NewEntry) -> None:
        models, person = self._session.opened.models, self._session.person
        try:
            proposed = await models.propose(entry, person)
        except (Invalid, Refused) as problem:
            self.proposal_form.refuse(problems.sentence(problem))
            return
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self.marked.clear()
        self._tell([proposed.decided], self.tr("Proposed; a supervisor decides"))
