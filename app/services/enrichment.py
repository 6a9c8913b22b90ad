"""Completing reduced tickets: each missing part is one answer, the last one makes it ready."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.call import Claim
from app.domain.cards import last_four, mask_cards
from app.domain.central_services import Aggregate
from app.domain.errors import Invalid, NotFound
from app.domain.ids import EntityId, OpId
from app.domain.operations import FieldChange, Json
from app.domain.people import Permission, Person
from app.domain.projection import changes_between
from app.domain.tickets import Missing, Status, is_actionable
from app.domain.times import to_rfc3339
from app.ports.store import ReadTx, WriteTx
from app.services.decisions import Decided, Decision, decide, decide_once
from app.services.desk import Desk, require
from app.services.merging import Merging

_WAITING = frozenset({Status.NEW, Status.TO_COMPLETE})
_COVERED = ("verified", "claimed", "waived")


@dataclass(frozen=True, slots=True)
class Completed:
    """What an answer did: the operation to undo, and whether the ticket is ready now."""

    op_id: OpId
    ready: bool


class Enrichment:
    """One reduced ticket at a time, asked part by part."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def answer(self, ticket_id: str, part: Missing, text: str, person: Person) -> Completed:
        """Fill one part in the caller's words; coverage is verified, claimed or waived.

        Raises Invalid for no answer, NotFound where the ticket is not on this computer.
        """
        said = text.strip()
        if not said:
            raise Invalid("The answer is empty.", fields={str(part): "Write something."})
        return await self._set(ticket_id, self._fields(part, said), person)

    def _fields(self, part: Missing, said: str) -> dict[str, Json]:
        match part:
            case Missing.REACHABLE:
                region = self._desk.configuration.phone_region
                e164 = self._desk.phones.e164(said, region)
                if e164 is None:
                    return {"reachable": said}
                return {"caller_phone": said, "caller_e164": e164}
            case Missing.PLACE:
                return {"place": said}
            case Missing.FAULT:
                return {"fault": said}
            case Missing.DEVICE:
                return {"model_words": said}
            case Missing.COVERAGE:
                if said not in _COVERED:
                    raise Invalid("Coverage is one of: verified, claimed, waived.")
                return {"coverage": said}

    async def claim(self, ticket_id: str, claim: Claim, person: Person) -> Completed:
        """The caller's word that it was paid, taken after the call; coverage is claimed by it."""
        entry: dict[str, Json] = {
            "id": self._desk.ids.new_id(),
            "provider": mask_cards(claim.provider),
            "reference": mask_cards(claim.reference),
            "amount": claim.amount,
            "currency": claim.currency,
            "paid_on": claim.paid_on or None,
            "last4": last_four(claim.last4) or None,
            "by": person.id,
            "at": to_rfc3339(self._desk.clock.now()),
        }
        op_id = OpId(self._desk.ids.new_id())

        def write(tx: WriteTx) -> Decided:
            _ticket(tx, ticket_id)
            decision = Decision("ticket.claim", EntityId(ticket_id), op_id, entry=entry)
            return decide(self._desk, tx, person, decision)

        await decide_once(self._desk, op_id, write)
        return await self._set(ticket_id, {"coverage": "claimed"}, person)

    async def _set(self, ticket_id: str, values: Mapping[str, Json], person: Person) -> Completed:
        require(person, Permission.EDIT_TICKETS)
        op_id = OpId(self._desk.ids.new_id())
        ready = False

        def write(tx: WriteTx) -> Decided:
            nonlocal ready
            fields, rev = _ticket(tx, ticket_id)
            wanted = dict(values)
            if str(fields.get("status")) in _WAITING and is_actionable({**fields, **wanted}):
                wanted["status"] = str(Status.READY)
            ready = "status" in wanted
            changes = changes_between(fields, wanted)
            decision = Decision(
                "ticket.set", EntityId(ticket_id), op_id, changes=changes, base_rev=rev
            )
            return decide(self._desk, tx, person, decision)

        decided = await decide_once(self._desk, op_id, write)
        return Completed(decided.op_id, ready)

    # --- who it is --------------------------------------------------------------------------

    async def know(self, ticket_id: str, customer_id: str, person: Person) -> Completed:
        """The ticket's customer is this one; a provisional one is merged into them.

        What the customer's record knows fills what the ticket lacks. Either is taken back by its
        own undo: an un-merge, or the field as it was.
        """
        fields, values = await self._desk.store.read(
            lambda tx: (_ticket(tx, ticket_id)[0], self._known(tx, ticket_id, customer_id))
        )
        before = str(fields.get("customer_id") or "")
        merged = None
        if before and before != customer_id and await self._is_provisional(before):
            merged = await Merging(self._desk).merge_customers(before, customer_id, person)
            values.pop("customer_id", None)  # readers follow the redirect
        if values or merged is None:
            done = await self._set(ticket_id, values, person)
            return Completed(merged.op_id, done.ready) if merged is not None else done
        return Completed(merged.op_id, ready=False)

    def _known(self, tx: ReadTx, ticket_id: str, customer_id: str) -> dict[str, Json]:
        fields, _ = _ticket(tx, ticket_id)
        card = tx.customers.card(customer_id)
        if card is None:
            raise NotFound("That customer is not on this computer.", safe="Nothing was written.")
        values: dict[str, Json] = {"customer_id": customer_id}
        place = ", ".join(part for part in (card.address, card.city, card.postcode) if part)
        if not fields.get("place") and place:
            values["place"] = place
        device = str(fields.get("device_id") or "") or None
        plan = tx.customers.plan(customer_id, device, self._desk.clock.now())
        if plan is not None and plan.covers_now and not fields.get("coverage"):
            values.update(plan_id=plan.id, coverage="verified")
        if not fields.get("caller_phone") and card.phones:
            values.update(caller_phone=card.phones[0], caller_e164=card.phones[0])
        return values

    async def _is_provisional(self, customer_id: str) -> bool:
        def read(tx: ReadTx) -> bool:
            found = tx.own_record(Aggregate.CUSTOMER, customer_id)
            return found is not None and bool(found[0].get("provisional"))

        return await self._desk.store.read(read)

    async def make_provisional(self, ticket_id: str, person: Person) -> Completed:
        """A customer nobody knows yet, from what the ticket says; merged once they are known."""
        customer, op_id = EntityId(self._desk.ids.new_id()), OpId(self._desk.ids.new_id())

        def write(tx: WriteTx) -> Decided:
            fields, _ = _ticket(tx, ticket_id)
            if fields.get("customer_id"):
                raise Invalid("The ticket names a customer already.")
            name = str(fields.get("caller_name") or "")
            number = fields.get("caller_e164") or fields.get("caller_phone")
            made: dict[str, Json] = {
                "name": name or str(number or ""),
                "phones": [str(number)] if number else [],
                "address": fields.get("place"),
                "provisional": True,
            }
            changes = {key: FieldChange(None, value) for key, value in made.items() if value}
            decision = Decision("customer.create", customer, op_id, changes=changes)
            return decide(self._desk, tx, person, decision)

        await decide_once(self._desk, op_id, write)
        return await self._set(ticket_id, {"customer_id": str(customer)}, person)


def _ticket(tx: ReadTx, ticket_id: str) -> tuple[Mapping[str, Json], int | None]:
    record = tx.record(Aggregate.TICKET, ticket_id)
    if record is None:
        raise NotFound("That ticket is not on this computer.", safe="Nothing was written.")
    return record
