"""Taking a call: drafts while talking, one durable save, and what the caller is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import resources
from app.domain.call import Call, Draft, Kept, Taken
from app.domain.cards import last_four, mask_cards
from app.domain.duplicates import likely_duplicates
from app.domain.errors import Invalid, NotFound, StoreInDoubt
from app.domain.people import Permission, Person
from app.domain.safety import Danger, find_danger, patterns_from
from app.domain.views import CallerMatch, Duplicate
from app.domain.visible import visible
from app.ports.store import ReadTx
from app.services import handed_drafts
from app.services.desk import Desk, require
from app.services.saving import Saving
from app.services.shift import drafts_of_others

LONGEST_TEXT = 2_000_000
"""Characters in any one field; more is refused with a sentence."""

_TEXTS = ("phone", "name", "fault", "model", "caller", "place", "reachable", "serial", "promise")


class Intake:
    """The call form's service."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._dangers = patterns_from(resources.data("safety_words.json"))

    def new_call(self, phone: str = "") -> Call:
        """An empty call started now."""
        return Call(draft_id=self._desk.ids.new_id(), started=self._desk.clock.now(), phone=phone)

    async def keep_draft(self, call: Call, person: Person) -> None:
        """Store what is typed so far, card numbers masked."""
        draft = Draft(masked_call(call), person.id, self._desk.clock.now())
        await self._desk.store.write(lambda tx: tx.keep_draft(draft))

    async def drop_draft(self, draft_id: str) -> None:
        await self._desk.store.write(lambda tx: tx.drop_draft(draft_id))

    async def drafts(self) -> Sequence[Draft]:
        """Every open draft, oldest call first."""
        return await self._desk.store.read(lambda tx: tx.drafts())

    async def kept(self, person: Person) -> Kept:
        """Every open draft: those for this person, and those that were handed over."""

        def read(tx: ReadTx) -> tuple[Sequence[Draft], set[str]]:
            return tx.drafts(), {*handed_drafts.away(tx), *drafts_of_others(tx, person)}

        drafts, gone = await self._desk.store.read(read)
        return Kept(
            tuple(one for one in drafts if one.call.draft_id not in gone),
            tuple(one for one in drafts if one.call.draft_id in gone),
        )

    async def away(self) -> Mapping[str, str]:
        """The drafts another desk finishes: that desk's name by draft id."""
        gone = await self._desk.store.read(handed_drafts.away)
        entries = {one.desk_id: one.name for one in self._desk.configuration.desks}
        return {id_: entries.get(one.to, one.to) for id_, one in gone.items()}

    async def take_back(self, draft_id: str, person: Person) -> None:
        """Finish it here after all: a person says that the other desk will not.

        Raises NotAllowed, NotFound for a draft that no other desk has.
        """
        require(person, Permission.TAKE_CALLS)
        if not await self._desk.store.write(lambda tx: handed_drafts.take_back(tx, draft_id)):
            raise NotFound("No other desk has that draft.")

    def danger(self, call: Call) -> Danger | None:
        """The danger the words name; None once a person said it is none."""
        if call.safety_cleared:
            return None
        return find_danger((getattr(call, name) for name in _TEXTS), self._dangers)

    def read_phone(self, text: str) -> tuple[str | None, str]:
        """The number as E.164 (None while it is not one) and as it is shown."""
        e164 = self._desk.phones.e164(text, self._desk.configuration.phone_region)
        return e164, self._desk.phones.shown(e164) if e164 else ""

    async def matches(self, phone: str, name: str) -> Sequence[CallerMatch]:
        """Offers for who is calling, best first, each with why."""
        e164, _shown = self.read_phone(phone)
        digits = "".join(character for character in phone if character.isdigit())
        if not (e164 or len(digits) >= 4 or len(name.strip()) >= 3):
            return ()
        now = self._desk.clock.now()
        return await self._desk.store.read(
            lambda tx: tx.customers.matches(e164=e164, digits=digits, name=name, now=now, limit=5)
        )

    async def duplicates(self, call: Call) -> Sequence[Duplicate]:
        """Open tickets that may be about the same fault."""
        e164, _shown = self.read_phone(call.phone)
        if not (e164 or call.customer_id or call.device_id):
            return ()
        found = await self._desk.store.read(
            lambda tx: tx.tickets.open_like(
                e164=e164, customer_id=call.customer_id, device_id=call.device_id, limit=20
            )
        )
        return likely_duplicates(call, e164, found)

    async def take(self, call: Call, person: Person) -> Taken:
        """Save the call: ticket, claim and contact in one durable transaction.

        Never waits for the network. Raises Invalid (with field sentences), NotAllowed, StoreFault,
        Refused for a draft that another desk finishes.
        """
        require(person, Permission.TAKE_CALLS)
        ready = masked_call(call)
        check(ready)
        saving = Saving(self._desk, ready, person, self.danger(ready))
        try:
            return await self._desk.store.write(saving.write)
        except StoreInDoubt:
            return await self._after_doubt(saving)

    async def _after_doubt(self, saving: Saving) -> Taken:
        """The commit raised: look whether it is there before doing anything again."""
        found = await self._desk.store.read(saving.look)
        return found if found is not None else await self._desk.store.write(saving.write)


def check(call: Call) -> None:
    """What a save needs: phone or name, and the fault; a dropped call only a number.

    Raises Invalid with a sentence per field.
    """
    problems: dict[str, str] = {}
    if not (_says(call.phone) or _says(call.name) or _says(call.caller) or call.customer_id):
        problems["phone"] = "A phone number or a name is needed."
    if call.dropped and not any(letter.isdigit() for letter in call.phone):
        problems["phone"] = "A dropped call needs the number to ring back."
    if not _says(call.fault) and not call.dropped and call.ticket_id is None:
        problems["fault"] = "The fault is needed: what is wrong with it?"
    for name in _TEXTS:
        if len(getattr(call, name)) > LONGEST_TEXT:
            problems[name] = "That is too long to keep in one field: 2 000 000 characters at most."
    if problems:
        raise Invalid(
            " ".join(problems.values()), fields=problems, todo="Correct that and save again."
        )


def _says(text: str) -> bool:
    """Whether anybody who looks at it sees something."""
    return bool(visible(text).strip())


def masked_call(call: Call) -> Call:
    """The call with card numbers masked in every text."""
    claim = call.claim
    if claim is not None:
        claim = replace(
            claim,
            reference=mask_cards(claim.reference),
            provider=mask_cards(claim.provider),
            currency=mask_cards(claim.currency),
            paid_on=mask_cards(claim.paid_on),
            last4=last_four(claim.last4),
        )
    return replace(
        call,
        claim=claim,
        phone=mask_cards(call.phone),
        name=mask_cards(call.name),
        fault=mask_cards(call.fault),
        model=mask_cards(call.model),
        caller=mask_cards(call.caller),
        place=mask_cards(call.place),
        reachable=mask_cards(call.reachable),
        serial=mask_cards(call.serial),
        promise=mask_cards(call.promise),
        reference=mask_cards(call.reference),
    )
