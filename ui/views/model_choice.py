"""Which device: candidates while typing, the customer's own first, or the caller's words kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt

from app.domain.matching.resolution import Outcome
from app.domain.model_offer import NOTHING, ModelOffer, Offered
from app.domain.views import DeviceCard, EntryNames
from ui.session import Session
from ui.tasks import NewestWins
from ui.terms import terms
from ui.text import Mark, one_line
from ui.views.call_form import CallForm
from ui.views.conversation import Conversation
from ui.widgets.candidate_list import Candidate


class ModelChoice(QObject):
    """Joins the model field with its candidates; the caller's words stay beside the entry.

    Words that surely mean one entry are linked to it at once; choosing another, keeping the words
    or typing on undoes that.
    """

    def __init__(
        self,
        session: Session,
        talk: Conversation,
        form: CallForm,
        devices: Callable[[], Sequence[DeviceCard]],
    ) -> None:
        super().__init__(talk)
        self._session, self._talk, self._form = session, talk, form
        self._devices = devices
        self._kept_words = ""
        """The words a person chose to keep; they are not offered candidates again."""
        self._linked = ""
        """The entry that the words alone have linked; a person has not chosen yet."""
        self._newest = NewestWins(self._ask, self._show)
        form.candidates.chosen.connect(self._choose)
        form.candidates.words_kept.connect(self._keep_words)

    def look(self) -> None:
        """Ask which entries fit the words."""
        self._newest.request(self._talk.call.model)

    def stop(self) -> None:
        self._newest.cancel()

    def edited(self) -> None:
        """The words changed: what was chosen for the old ones no longer holds."""
        self._kept_words = self._linked = ""
        self._talk.change(entry_id=None, device_id=None)
        self._form.model.set_hint("")

    @property
    def _decided(self) -> bool:
        call = self._talk.call
        entry = call.entry_id is not None and call.entry_id != self._linked
        kept = bool(self._kept_words) and self._kept_words == call.model
        return entry or call.device_id is not None or kept

    async def _ask(self, words: str) -> ModelOffer:
        return NOTHING if self._decided else await self._session.opened.finder.find(words)

    def _show(self, words: str, found: ModelOffer) -> None:
        own = () if self._decided else self._own(words)
        known = () if self._decided else tuple(map(_as_candidate, found.candidates))
        offered = (*own, *known)
        said = words or " ".join(one.name for one in own)
        absent = found.outcome is Outcome.NOT_IN_LIST and not own
        self._form.candidates.show_candidates(
            offered, "" if self._decided else said, keep_first=absent
        )
        self._form.model.set_note(self._note(found, len(offered)))
        if not self._decided:
            self._link(found)

    def _note(self, found: ModelOffer, count: int) -> str:
        """The outcome in a few words, at the right of the field's label."""
        if not count:
            return ""
        if found.outcome is Outcome.NOT_IN_LIST and found.candidates:
            return self.tr("Not in the list; these come near")
        if found.outcome is Outcome.LINKED and found.candidates[0].remembered:
            return self.tr("Known by these words")
        if found.outcome is Outcome.LINKED:
            sure = round(found.confidence * 100)
            return self.tr("Linked, {percent} % sure").format(percent=sure)
        return self.tr("%n candidate(s), differences marked", "", count)

    def _link(self, found: ModelOffer) -> None:
        """Link what is sure; else say what would separate the candidates."""
        if found.outcome is Outcome.LINKED and found.candidates:
            entry = found.candidates[0].entry
            self._linked = entry.id
            self._talk.change(entry_id=entry.id)
            self._form.model.set_hint(self._named(entry))
            return
        if self._linked:
            self._talk.change(entry_id=None)
            self._linked = ""
        self._form.model.set_hint(self._question(found.separating))

    def _question(self, separating: Sequence[str]) -> str:
        if not separating:
            return ""
        pieces = self.tr("\u201c{first}\u201d or \u201c{last}\u201d").format(
            first="\u201d, \u201c".join(map(one_line, separating[:-1])),
            last=one_line(separating[-1]),
        )
        return self.tr("Ask: is there {pieces} on the sticker?").format(pieces=pieces)

    def _named(self, entry: EntryNames) -> str:
        """The model, and its number in words to read back."""
        name = self.tr("Model: {name}").format(name=entry.title)
        said = terms.read_back(entry.numbers.split(" ")[0] or _number_in(entry.title))
        back = self.tr("Read back: {words}").format(words=said)
        return f"{name}. {back}" if said else name

    def _own(self, words: str) -> tuple[Candidate, ...]:
        wanted, owned = words.lower(), self.tr("the customer's own")
        return tuple(
            Candidate(one, one.name or one.words, owned)
            for one in self._devices()
            if wanted in f"{one.name} {one.words} {one.category}".lower()
        )

    def _choose(self, chosen: object) -> None:
        self._linked = ""
        if isinstance(chosen, DeviceCard):
            self._set(chosen.name or chosen.words, device_id=chosen.id, entry_id=None)
            self._form.model.set_hint(self.tr("The customer's own device"))
        elif isinstance(chosen, EntryNames):
            said = self._talk.call.model.strip() or chosen.title
            self._set(said, entry_id=chosen.id)
            self._form.model.set_hint(self._named(chosen))
        self._settle()

    def _set(self, words: str, **chosen: str | None) -> None:
        self._form.fill({"model": words})
        self._talk.call = self._form.read(self._talk.call)
        self._talk.change(**chosen)

    def _keep_words(self) -> None:
        self._linked = ""
        self._talk.change(entry_id=None)
        self._kept_words = self._talk.call.model
        self._form.model.set_hint(self.tr("Kept as said; it joins Models to resolve."))
        self._settle()

    def _settle(self) -> None:
        self._newest.cancel()
        self._form.candidates.clear()
        self._form.model.set_note("")
        self._talk.answered.emit()
        self._form.place.setFocus(Qt.FocusReason.TabFocusReason)


def _as_candidate(one: Offered) -> Candidate:
    """With what the caller did not say marked."""
    marks = tuple(Mark(span.start, span.length) for span in one.unsaid)
    return Candidate(one.entry, one.entry.title, one.entry.detail, marks)


def _number_in(title: str) -> str:
    """The first word of a name with a digit in it."""
    return next((word for word in title.split() if any(map(str.isdigit, word))), "")
