"""Care of one entry of the catalog: merged, apart again, retired, its words forgotten or moved."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.domain.errors import NotFound, OffhookError, Refused
from app.domain.model_offer import ModelOffer
from app.domain.model_work import EntryCard
from app.domain.views import EntryNames
from app.services.decisions import Decided
from ui.problems import problems
from ui.session import Session
from ui.tasks import NewestWins, async_slot
from ui.text import one_line, quoted
from ui.views.entry_detail import EntryDetail
from ui.views.entry_forms import EntryChoiceForm, PreviewForm
from ui.views.model_acts import ModelActs, alone

_MOST_NAMED = 6


class EntryWork(ModelActs):
    """Acts on the entry that is shown, and on the words under its cursor."""

    def __init__(self, session: Session, detail: EntryDetail, parent: QWidget) -> None:
        super().__init__(session, parent)
        self._detail = detail
        self.merge_form = EntryChoiceForm(
            self.tr("It is the same model as another entry"), self.tr("Merge into it"), parent
        )
        self.point_form = EntryChoiceForm(
            self.tr("The words mean another model"), self.tr("Let them mean it"), parent
        )
        self.retire_form = PreviewForm(self.tr("No longer supported"), self.tr("Retire it"), parent)
        self.forms = (self.merge_form, self.point_form, self.retire_form)
        find = session.opened.finder.find
        self._merging = NewestWins(find, self._show_to_merge)
        self._pointing = NewestWins(find, self._show_to_point)
        self.merge_form.typed.connect(self._merging.request)
        self.point_form.typed.connect(self._pointing.request)
        self.merge_form.moved.connect(self._preview_merge)
        self.point_form.moved.connect(self._preview_point)
        self.merge_form.wanted.connect(self._merge)
        self.point_form.wanted.connect(self._point)
        self.retire_form.wanted.connect(self._retire)

    @property
    def card(self) -> EntryCard | None:
        return self._detail.card

    # --- merging ----------------------------------------------------------------------------

    def start_merge(self) -> None:
        if self.card is not None:
            entry = self.card.entry
            self.merge_form.open_for(f"{entry.maker} {entry.name}".strip())

    def _others(self, offer: ModelOffer) -> list[EntryNames]:
        own = self.card.entry.id if self.card is not None else ""
        found = [one.entry for one in offer.candidates]
        return [one for one in found if one.id != own and not one.provisional]

    def _show_to_merge(self, _words: str, offer: ModelOffer) -> None:
        self.merge_form.show_entries(self._others(offer))

    def _show_to_point(self, _words: str, offer: ModelOffer) -> None:
        self.point_form.show_entries(self._others(offer))

    def _preview_merge(self, into: EntryNames | None) -> None:
        card = self.card
        if card is None or into is None:
            self.merge_form.show_effect("")
            return
        tickets = self.tr("%n open ticket(s)", "", len(card.tickets))
        words = self.tr("%n wording(s)", "", len(card.words))
        told = self.tr(
            "{tickets} and {words} read as {model} from then on; no ticket is rewritten."
        )
        self.merge_form.show_effect(
            told.format(tickets=tickets, words=words, model=one_line(into.title))
        )

    @async_slot
    async def _merge(self, into: EntryNames) -> None:
        card, person = self.card, self._session.person
        if card is not None:
            merging = self._session.opened.merging
            await self._do(
                lambda: merging.merge_entries(card.entry.id, into.id, person),
                self.tr("Merged into {model}").format(model=one_line(into.title)),
                self.merge_form,
            )

    @async_slot
    async def unmerge(self) -> None:
        """Two models after all."""
        card, person = self.card, self._session.person
        if card is not None:
            merging = self._session.opened.merging
            await self._do(
                lambda: merging.unmerge_entry(card.entry.id, person),
                self.tr("The models are two again"),
            )

    # --- retiring ---------------------------------------------------------------------------

    def retire_or_support(self) -> None:
        """Say what retiring does, and then do it; supporting again is its undo and done at once."""
        card = self.card
        if card is None:
            return
        if card.entry.retired:
            self._support(card)
        else:
            self.retire_form.open_for(self._retiring(card))

    def _retiring(self, card: EntryCard) -> str:
        """What points at it and goes on doing so, and how it is taken back."""
        told = [
            self.tr("{tickets} and {words} go on reading as it; nothing is rewritten.").format(
                tickets=self.tr("%n open ticket(s)", "", len(card.tickets)),
                words=self.tr("%n wording(s)", "", len(card.words)),
            ),
            self.tr("Wherever it is offered it is marked as retired, here and on every desk."),
            self.tr('It is undone by Undo, later by "Support again".'),
        ]
        named = [one.reference for one in card.tickets if one.reference]
        if named:
            told.insert(1, self.tr("Tickets: {references}.").format(references=_few(named)))
        return " ".join(told)

    @async_slot
    async def _retire(self) -> None:
        card, person = self.card, self._session.person
        if card is not None:
            care = self._session.opened.catalog
            await self._do(lambda: care.retire(card.entry.id, person), self.tr("Retired"))

    @async_slot
    async def _support(self, card: EntryCard) -> None:
        care, person = self._session.opened.catalog, self._session.person
        await self._do(lambda: care.support(card.entry.id, person), self.tr("Supported again"))

    # --- its words --------------------------------------------------------------------------

    @async_slot
    async def forget(self) -> None:
        """The words under the cursor mean no model any more."""
        alias, person = self._detail.chosen, self._session.person
        if alias is not None:
            models = self._session.opened.models
            words = quoted(one_line(alias.words))
            await self._do(
                lambda: models.forget(alias.id, person),
                self.tr("{words} forgotten").format(words=words),
            )

    def start_pointing(self) -> None:
        alias = self._detail.chosen
        if alias is not None:
            self.point_form.open_for(alias.words)

    def _preview_point(self, to: EntryNames | None) -> None:
        alias = self._detail.chosen
        if alias is None or to is None:
            self.point_form.show_effect("")
            return
        count = self._detail.touched_by(alias)
        tickets = self.tr("%n open ticket(s)", "", count)
        told = self.tr("{tickets} with {words} read as {model} from then on.")
        words, model = quoted(one_line(alias.words)), one_line(to.title)
        self.point_form.show_effect(told.format(tickets=tickets, words=words, model=model))

    @async_slot
    async def _point(self, to: EntryNames) -> None:
        alias, person = self._detail.chosen, self._session.person
        if alias is not None:
            models = self._session.opened.models
            model = one_line(to.title)
            await self._do(
                lambda: models.point(alias.id, to.id, person),
                self.tr("The words mean {model}").format(model=model),
                self.point_form,
            )

    async def _do(
        self,
        work: Callable[[], Awaitable[Decided]],
        words: str,
        form: EntryChoiceForm | None = None,
    ) -> None:
        """Told with its undo; a form says itself why it was refused."""
        try:
            done = await alone(work())
        except (Refused, NotFound) as problem:
            if form is None:
                self._session.refuse(problem)
            else:
                form.refuse(problems.sentence(problem))
            return
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._tell(done, words)


def _few(references: Sequence[str]) -> str:
    """The first of them, and that there are more."""
    more = len(references) > _MOST_NAMED
    return ", ".join(references[:_MOST_NAMED]) + ("\N{HORIZONTAL ELLIPSIS}" if more else "")
