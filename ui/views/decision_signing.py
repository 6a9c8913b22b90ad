"""Signing a decision with the person's own key, unlocked for a few minutes by their passphrase."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from PySide6.QtCore import QObject

from app.domain.errors import Invalid, NotAllowed, OffhookError
from app.domain.times import MINUTE
from app.ports.system import Signer
from app.services.decisions import Decided
from ui.problems import problems
from ui.session import Session
from ui.tasks import async_slot
from ui.views.model_acts import ModelActs, alone
from ui.views.model_forms import PassphraseForm

_UNLOCKED_MS = 5 * MINUTE
"""How long a person's key stays unlocked after they gave their passphrase."""

Signed = Callable[[Signer], Awaitable[Decided]]


class DecisionSigning(ModelActs):
    """Asks for the passphrase where the key is locked, then decides."""

    def __init__(self, session: Session, form: PassphraseForm, parent: QObject) -> None:
        super().__init__(session, parent)
        self._form = form
        self._unlocked: tuple[str, Signer, int] | None = None
        self._to_sign: Signed | None = None
        form.wanted.connect(self._unlock)
        session.person_changed.connect(self.lock)

    def lock(self) -> None:
        """Somebody else sits here."""
        self._unlocked = self._to_sign = None

    @async_slot
    async def sign(self, decide: Signed) -> None:
        """With the key that is unlocked, or after the person has given their passphrase."""
        person, now = self._session.person, self._session.now
        if self._unlocked and self._unlocked[0] == person.id and now < self._unlocked[2]:
            await self._decide(decide, self._unlocked[1])
            return
        self._to_sign = decide
        known = await self._session.opened.signing.has_key(person)
        self._form.open_for(person, known=known)

    @async_slot
    async def _unlock(self, passphrase: str) -> None:
        person, signing = self._session.person, self._session.opened.signing
        try:
            signer = await signing.signer(person, passphrase.encode())
        except (NotAllowed, Invalid) as problem:
            self._form.refuse(problems.sentence(problem))
            return
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._unlocked = (person.id, signer, self._session.now + _UNLOCKED_MS)
        decide, self._to_sign = self._to_sign, None
        if decide is not None:
            await self._decide(decide, signer)

    async def _decide(self, decide: Signed, signer: Signer) -> None:
        done = await self._tried(lambda: alone(decide(signer)))
        self._tell(done, self.tr("Decided and signed"))
