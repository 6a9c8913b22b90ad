"""Who is calling: offers while typing, one accepted, checked, or taken back whole."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.domain.views import CallerMatch, DeviceCard
from ui.session import Session
from ui.tasks import NewestWins
from ui.views.call_assist import CallAssist, address_of
from ui.views.call_form import CallForm
from ui.views.conversation import Conversation


class CallerChoice(QObject):
    """Joins the offers of the assist with the form; nothing is filled before a person accepts."""

    devices_moved = Signal()
    """Another customer, so other devices."""

    def __init__(
        self, session: Session, talk: Conversation, form: CallForm, assist: CallAssist
    ) -> None:
        super().__init__(talk)
        self._session, self._talk = session, talk
        self._form, self._assist = form, assist
        self._preferred = ""
        self.devices: tuple[DeviceCard, ...] = ()
        self._newest = NewestWins(self._ask, self._show)
        assist.accepted.connect(self.accept)
        assist.refused.connect(self.refuse)
        assist.checked.connect(self.check)

    def look(self) -> None:
        """Ask who fits the phone and the name."""
        self._newest.request((self._talk.call.phone, self._talk.call.name))

    def stop(self) -> None:
        self._newest.cancel()

    def prefer(self, customer_id: str) -> None:
        """Whoever opened this call had that customer in mind: accepted once they are offered."""
        self._preferred = customer_id

    def edited(self, name: str) -> None:
        """A person typed over what a match had filled: it is theirs now."""
        filled = self._talk.call.filled_by_match
        self._talk.change(filled_by_match=tuple(one for one in filled if one != name))

    async def _ask(self, asked: tuple[str, str]) -> Sequence[CallerMatch]:
        return await self._session.intake.matches(*asked)

    def _show(self, _asked: tuple[str, str], found: Sequence[CallerMatch]) -> None:
        call = self._talk.call
        known = call.customer_id
        wanted = [one for one in found if one.customer.id not in call.refused_matches]
        if known is not None and all(one.customer.id != known for one in wanted):
            wanted += [one for one in self._assist.matches if one.customer.id == known]
        self._assist.show_matches(wanted, known)
        chosen = self._match(known)
        self._set_devices(chosen.devices if chosen else ())
        self._assist.show_call(call, self._session.now)
        preferred, self._preferred = self._preferred, ""
        if preferred and self._match(preferred) is not None:
            self.accept(preferred)

    def _match(self, customer_id: str | None) -> CallerMatch | None:
        found = (one for one in self._assist.matches if one.customer.id == customer_id)
        return next(found, None)

    def _set_devices(self, devices: tuple[DeviceCard, ...]) -> None:
        if devices != self.devices:
            self.devices = devices
            self.devices_moved.emit()

    def accept(self, customer_id: str) -> None:
        """The offer is right: fill what is empty, and remember what was filled."""
        match = self._match(customer_id)
        if match is None:
            return
        texts = {"name": match.customer.name}
        if match.customer.phones:
            _, texts["phone"] = self._session.intake.read_phone(match.customer.phones[0])
        self._take_back()
        self._talk.change(customer_id=customer_id, checked="not_checked")
        self._fill({name: text for name, text in texts.items() if not self._holds(name)})
        self._set_devices(match.devices)
        self._assist.show_matches(self._assist.matches, customer_id)
        self._talk.answered.emit()

    def refuse(self) -> None:
        """Not this person: everything a match filled goes again."""
        call = self._talk.call
        offered = tuple(one.customer.id for one in self._assist.matches)
        refused = (call.customer_id,) if call.customer_id else offered
        self._take_back()
        self._set_devices(())
        self._talk.change(
            customer_id=None,
            checked="not_checked",
            refused_matches=(*call.refused_matches, *refused),
        )
        self._talk.answered.emit()
        self.look()

    def check(self, how: str) -> None:
        """The caller proved who they are: address and plan may be seen."""
        self._talk.change(checked=how)
        match = self._match(self._talk.call.customer_id)
        if match is not None and not self._talk.call.place:
            self._fill({"place": address_of(match.customer)})
        self._talk.answered.emit()

    def _holds(self, name: str) -> bool:
        return bool(getattr(self._talk.call, name))

    def _fill(self, texts: dict[str, str]) -> None:
        self._form.fill(texts)
        filled = (*self._talk.call.filled_by_match, *texts)
        self._talk.call = self._form.read(self._talk.call)
        self._talk.change(filled_by_match=filled)

    def _take_back(self) -> None:
        self._form.fill(dict.fromkeys(self._talk.call.filled_by_match, ""))
        if self._talk.call.device_id is not None:
            self._form.fill({"model": ""})
        self._talk.call = self._form.read(self._talk.call)
        self._talk.change(filled_by_match=(), device_id=None)
