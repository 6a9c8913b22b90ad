"""Which device: candidates while typing, the customer's own first, or the caller's words kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt

from app.domain.views import DeviceCard, ModelCandidate
from ui.session import Session
from ui.tasks import NewestWins
from ui.text import Mark
from ui.views.call_form import CallForm
from ui.views.conversation import Conversation
from ui.widgets.candidate_list import Candidate


class ModelChoice(QObject):
    """Joins the model field with its candidates; the caller's words stay beside the entry."""

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
        self._kept_words = ""
        self._talk.change(entry_id=None, device_id=None)
        self._form.model.set_hint("")

    @property
    def _decided(self) -> bool:
        call = self._talk.call
        chosen = call.entry_id is not None or call.device_id is not None
        return chosen or (bool(self._kept_words) and self._kept_words == call.model)

    async def _ask(self, words: str) -> Sequence[ModelCandidate]:
        return () if self._decided else await self._session.intake.candidates(words)

    def _show(self, words: str, found: Sequence[ModelCandidate]) -> None:
        own = () if self._decided else self._own(words)
        known = () if self._decided else tuple(_as_candidate(one, found) for one in found)
        offered = (*own, *known)
        said = words or " ".join(one.name for one in own)
        self._form.candidates.show_candidates(offered, "" if self._decided else said)
        note = self.tr("%n candidate(s), differences marked", "", len(offered)) if offered else ""
        self._form.model.set_note(note)

    def _own(self, words: str) -> tuple[Candidate, ...]:
        wanted, owned = words.lower(), self.tr("the customer's own")
        return tuple(
            Candidate(one, one.name or one.words, owned)
            for one in self._devices()
            if wanted in f"{one.name} {one.words} {one.category}".lower()
        )

    def _choose(self, chosen: object) -> None:
        if isinstance(chosen, DeviceCard):
            self._set(chosen.name or chosen.words, device_id=chosen.id, entry_id=None)
            self._form.model.set_hint(self.tr("The customer's own device"))
        elif isinstance(chosen, ModelCandidate):
            said = self._talk.call.model.strip() or chosen.name
            self._set(said, entry_id=chosen.entry_id)
            self._form.model.set_hint(self.tr("Model: {name}").format(name=chosen.name))
        self._settle()

    def _set(self, words: str, **chosen: str | None) -> None:
        self._form.fill({"model": words})
        self._talk.call = self._form.read(self._talk.call)
        self._talk.change(**chosen)

    def _keep_words(self) -> None:
        self._kept_words = self._talk.call.model
        self._form.model.set_hint(self.tr("Kept as said; it joins Models to resolve."))
        self._settle()

    def _settle(self) -> None:
        self._newest.cancel()
        self._form.candidates.clear()
        self._form.model.set_note("")
        self._talk.answered.emit()
        self._form.place.setFocus(Qt.FocusReason.TabFocusReason)


def _as_candidate(one: ModelCandidate, found: Sequence[ModelCandidate]) -> Candidate:
    """With what tells it from the others marked."""
    others = [other.name for other in found if other is not one]
    shared = max((_shared(one.name, other) for other in others), default=0)
    rest = len(one.name) - shared
    marks = (Mark(shared, rest),) if shared and rest else ()
    return Candidate(one, one.name, one.detail, marks)


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (left, right) in enumerate(pairs) if left != right), len(one))
