"""What people do at the desks, over every service; each edit draws from its own seed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from app.domain.call import Claim
from app.domain.central_services import Aggregate
from app.domain.errors import CentralUnavailable, NotFound, Refused
from app.domain.ids import EntityId, OpId
from app.domain.lifecycle import OpState
from app.domain.model_work import ModelParts
from app.domain.operations import KINDS, Effect, FieldChange, Json
from app.domain.projection import changes_between
from app.domain.proposals import ProposalState
from app.domain.views import OutboxRow
from app.ports.store import WriteTx
from app.services.conflicts import Take, shown_of
from app.services.decisions import Decided, Decision, decide
from app.services.models import NewEntry
from tests.simulation import watch
from tests.simulation.desk import SimDesk
from tests.simulation.plan import Step
from tests.simulation.world import World

_FAULTS = ("No picture", "Drum squeals", "Door seal leaks cold", "Smells of gas", "Does not charge")
_PLACES = ("Quarry Bank", "Cotham Vale", "Mill Lane")
_PRIORITIES = ("high", "low", "urgent", "normal")
_FIELDS = {
    "ticket.set": "place",
    "customer.set": "city",
    "contact.set": "outcome",
    "device.set": "serial",
    "catalog_entry.set": "detail",
}
"""What an edit in the outbox changes; the other kinds have a state."""
_MAKERS = ("Kestrel", "Wren", "Dunlin", "Teal", "Osprey")


@dataclass
class Made:
    """What was confirmed so far, by kind of record: what later edits choose from."""

    tickets: list[tuple[str, str]]
    """Reference and id."""
    records: dict[Aggregate, list[str]]

    @classmethod
    def nothing(cls) -> Made:
        return cls([], {aggregate: [] for aggregate in Aggregate})


class Edit:
    """One person's act at one desk."""

    def __init__(self, world: World, made: Made, desk: SimDesk, chance: Random) -> None:
        self.world, self.made, self.desk, self.chance = world, made, desk, chance
        self.done = False

    async def run(self) -> None:
        """Do it; what is refused to a person is no edit, what dies with the desk neither."""
        names = list(_KINDS)
        (name,) = self.chance.choices(names, [_KINDS[one][0] for one in names])
        await while_it_lives(self.desk, self._do(name))

    async def _do(self, name: str) -> None:
        try:
            await _KINDS[name][1](self)
        except (Refused, CentralUnavailable) as refused:
            self.world.trace.add(self.desk.name, name, "refused", refused.code)
        if not self.done:
            await self.take()

    async def confirm(self, *op_ids: str) -> None:
        """A person was told that it is saved: from now on it may never be lost."""
        for op_id in op_ids:
            stored = await self.desk.store.read(lambda tx, one=op_id: tx.outbox.get(one))  # type: ignore[misc]  # bound
            if stored is None:
                self.world.breach("I1", f"{self.desk.name} {op_id} was saved and is not there")
                continue
            self.desk.confirmed[op_id] = stored
            self.desk.saved_at[op_id] = self.world.clock.monotonic()
            self.world.trace.add(self.desk.name, "saved", stored.kind, op_id)
            await watch.read_own(self.desk, stored)
        self.count()

    def count(self) -> None:
        self.done = True
        self.world.edits += 1

    # --- tickets ---------------------------------------------------------------------------

    def a_ticket(self) -> tuple[str, str]:
        """Mostly one of the newest, so that two people meet on it. Raises where there is none."""
        if not self.made.tickets:
            raise NotFound("There is no ticket yet.")
        return self.chance.choice(self.made.tickets[-6:])

    async def take(self) -> None:
        chance, desk = self.chance, self.desk
        call = replace(
            desk.intake.new_call(f"07700 900{chance.randrange(100, 999)}"),
            fault=chance.choice(_FAULTS), name=f"Caller {chance.randrange(50)}",
        )  # fmt: skip
        if chance.random() < 0.2:
            call = replace(call, claim=Claim(4_000, "GBP", f"R{chance.randrange(99)}", "bank"))
        person = desk.person_for("ticket.create", chance)
        taken = await desk.intake.take(call, person)
        desk.references.append(taken.reference)
        self.made.tickets.append((taken.reference, taken.ticket_id))
        await self.confirm(taken.op_id, taken.contact_op_id)

    async def dropped(self) -> None:
        desk = self.desk
        call = replace(desk.intake.new_call("07700 900123"), dropped=True)
        taken = await desk.intake.take(call, desk.person_for("contact.create", self.chance))
        await self.confirm(taken.contact_op_id)

    async def note(self) -> None:
        reference, _ = self.a_ticket()
        words = f"note {self.chance.randrange(1 << 30)}"
        person = self.desk.person_for("ticket.note", self.chance)
        await self.confirm((await self.desk.tickets.note(reference, words, person)).op_id)

    async def promise(self) -> None:
        reference, _ = self.a_ticket()
        person = self.desk.person_for("ticket.promise", self.chance)
        done = await self.desk.tickets.promise(reference, "a call", "the caller", None, person)
        await self.confirm(done.op_id)

    async def set_ticket(self) -> None:
        reference, _ = self.a_ticket()
        chance = self.chance
        wanted: dict[str, str | Json] = {
            chance.choice(("place", "reachable")): f"{chance.choice(_PLACES)} {chance.randrange(9)}"
        }
        if chance.random() < 0.5:
            wanted["priority"] = chance.choice(_PRIORITIES)
        person = self.desk.person_for("ticket.set", chance)
        await self.confirm((await self.desk.tickets.set_fields(reference, wanted, person)).op_id)

    async def meet(self) -> None:
        """Two people on one ticket: each changes what the other has not seen yet."""
        reference, _ = self.a_ticket()
        others = [one for one in self.world.desks if one.up and one is not self.desk]
        both = [self.desk, *self.chance.sample(others, min(len(others), 1))]
        for desk in both:
            await while_it_lives(desk, self._changes_place(desk, reference))
            self.done = True

    async def _changes_place(self, desk: SimDesk, reference: str) -> None:
        wanted: dict[str, str | Json] = {"place": f"Near {desk.name} {self.chance.random():.4f}"}
        person = desk.person_for("ticket.set", self.chance)
        done = await desk.tickets.set_fields(reference, wanted, person)
        await Edit(self.world, self.made, desk, self.chance).confirm(done.op_id)

    async def claim(self) -> None:
        """A claim noted on a ticket later on."""
        _, ticket = self.a_ticket()
        entry: dict[str, Json] = {
            "id": self.desk.ids.new_id(), "provider": "bank", "reference": "A7", "amount": 2_500,
            "currency": "GBP", "by": "ellen.marsh", "at": "2026-11-23T12:00:00Z",
        }  # fmt: skip
        await self.decide("ticket.claim", ticket, entry=entry)

    async def merge_tickets(self) -> None:
        await self._merge("ticket", [ticket for _, ticket in self.made.tickets])

    async def unmerge_tickets(self) -> None:
        await self._unmerge("ticket", [ticket for _, ticket in self.made.tickets])

    # --- the outbox in people's hands ------------------------------------------------------

    async def withdraw(self) -> None:
        rows = [one for one in await self.desk.outgoing.rows() if one.state is not OpState.ACKED]
        if rows:
            row = self.chance.choice(rows)
            person = self.desk.person_for(row.kind, self.chance)
            await self.desk.outgoing.withdraw(row.op_id, person)
            self.desk.withdrawn.add(row.op_id)
            self.count()
            self.world.trace.add(self.desk.name, "withdrew", row.op_id)

    async def replace_one(self) -> None:
        """Put right what is parked or has not left; else what was changed only now."""
        rows = [one for one in await self.desk.outgoing.rows() if _is_replaceable(one)]
        if not rows:
            await self.set_ticket()
            rows = [one for one in await self.desk.outgoing.rows() if _is_replaceable(one)]
        if rows:
            row = self.chance.choice(rows)
            field = _FIELDS.get(row.kind, "state")
            wanted: dict[str, Json] = {field: f"Another {self.chance.randrange(99)}"}
            person = self.desk.person_for(row.kind, self.chance)
            done = await self.desk.outgoing.replace(row.op_id, wanted, person)
            self.desk.replaced.add(row.op_id)
            await self.confirm(done.op_id)

    async def settle_conflict(self) -> None:
        rows = await self.desk.conflicts.rows()
        if rows:
            row = self.chance.choice(rows)
            take = self.chance.choice(list(Take))
            stored = await self.desk.store.read(lambda tx: tx.outbox.get(row.op_id))
            if stored is None:
                return
            person = self.desk.person_for(stored.kind, self.chance)
            shown = shown_of(one for one in rows if one.op_id == row.op_id)
            done = await self.desk.conflicts.decide(row.op_id, take, person, shown)
            self.world.befell("conflict decided")
            self.done = True
            for one in done:
                await self.confirm(one.op_id)

    # --- the other services ----------------------------------------------------------------

    async def decide(
        self,
        kind: str,
        target: str,
        changes: dict[str, Json] | None = None,
        entry: dict[str, Json] | None = None,
        reason: str | None = None,
    ) -> None:
        """Any operation, as a service would decide it; the base is what this desk shows."""
        desk, aggregate = self.desk, KINDS[kind].aggregate
        person = desk.person_for(kind, self.chance)
        op_id = OpId(desk.ids.new_id())

        def write(tx: WriteTx) -> Decided | None:
            known = tx.record(aggregate, target)
            fields, rev = known if known is not None else ({}, None)
            if known is None and KINDS[kind].effect is not Effect.CREATE:
                return None
            moved: dict[str, FieldChange] = changes_between(fields, changes or {})
            if KINDS[kind].effect is Effect.UNMERGE:
                moved = {"merged_into": FieldChange(fields.get("merged_into"), None)}
            decision = Decision(
                kind, EntityId(target), op_id, changes=moved, entry=entry, base_rev=rev,
                reason=reason,
            )  # fmt: skip
            return decide(desk.desk, tx, person, decision)

        if await desk.store.write(write) is not None:
            await self.confirm(op_id)

    async def _create(self, kind: str, changes: dict[str, Json]) -> None:
        target = self.desk.ids.new_id()
        await self.decide(kind, target, changes)
        self.made.records[KINDS[kind].aggregate].append(target)

    def _one(self, aggregate: Aggregate) -> str:
        if not self.made.records[aggregate]:
            raise NotFound("There is none yet.")
        return self.chance.choice(self.made.records[aggregate][-4:])

    async def customer(self) -> None:
        name = f"Customer {self.chance.randrange(999)}"
        await self._create("customer.create", {"name": name, "phones": ["+447700900118"]})

    async def set_customer(self) -> None:
        city = f"{self.chance.choice(_PLACES)} {self.chance.randrange(9)}"
        await self.decide("customer.set", self._one(Aggregate.CUSTOMER), {"city": city})

    async def doomed(self) -> None:
        """What central must refuse, and an edit behind it that has to wait."""
        target = self._one(Aggregate.CUSTOMER)
        await self.decide("customer.set", target, {"merged_into": "nobody"})
        await self.decide("customer.set", target, {"city": f"City {self.chance.randrange(99)}"})

    async def device(self) -> None:
        owner = self._one(Aggregate.CUSTOMER)
        await self._create("device.create", {"customer_id": owner, "words": "the old one"})

    async def merge_customers(self) -> None:
        await self._merge("customer", self.made.records[Aggregate.CUSTOMER])

    async def unmerge_customers(self) -> None:
        await self._unmerge("customer", self.made.records[Aggregate.CUSTOMER])

    async def _merge(self, what: str, ids: list[str]) -> None:
        if len(ids) > 1:
            one, into = self.chance.sample(ids[-5:], 2)
            await self.decide(f"{what}.merge", one, entry={"into": into})

    async def _unmerge(self, what: str, ids: list[str]) -> None:
        aggregate = KINDS[f"{what}.unmerge"].aggregate
        for id_ in self.chance.sample(ids, len(ids)):
            known = await self.desk.store.read(
                lambda tx, one=id_: tx.record(aggregate, one)  # type: ignore[misc]  # bound
            )
            if known is not None and known[0].get("merged_into"):
                await self.decide(f"{what}.unmerge", id_)
                return

    async def propose(self) -> None:
        number = f"X{self.chance.randrange(10, 9_999)}"
        parts = ModelParts(self.chance.choice(_MAKERS), f"Model {number}", (number,))
        person = self.desk.person_for("proposal.create", self.chance)
        done = await self.desk.models.propose(NewEntry("the grey one", parts), person)
        self.made.records[Aggregate.PROPOSAL].append(done.proposal_id)
        await self.confirm(done.decided.op_id)

    async def approve(self) -> None:
        """By another pair of eyes; signed, and held for Undo."""
        desk = self.desk
        open_ = [
            one
            for one in await desk.approvals.proposals()
            if one.fields.get("state") == ProposalState.OPEN
        ]
        if not open_:
            return
        proposal = self.chance.choice(open_)
        person = desk.person_for("proposal.approve", self.chance)
        shown = desk.approvals.shown(proposal)
        signer = await desk.signer(person)
        if self.chance.random() < 0.7:
            _, done = await desk.approvals.approve(proposal.id, shown, person, signer)
        else:
            done = await desk.approvals.reject(proposal.id, shown, "not ours", person, signer)
        await self.confirm(done.op_id)

    async def visit(self) -> None:
        _, ticket = self.a_ticket()
        await self._create("visit.create", {"ticket_id": ticket, "state": "planned"})

    async def set_visit(self) -> None:
        state = f"state {self.chance.randrange(9)}"
        await self.decide("visit.set", self._one(Aggregate.VISIT), {"state": state})

    async def message(self) -> None:
        _, ticket = self.a_ticket()
        await self._create("message.create", {"ticket_id": ticket, "text": "We are on our way."})

    async def ruling(self) -> None:
        fields: dict[str, Json] = {
            "claim_id": self.desk.ids.new_id(), "ruling": "paid", "reason": "receipt seen",
        }  # fmt: skip
        target = self.desk.ids.new_id()
        await self.decide("ruling.create", target, fields, reason="receipt seen")


def _is_replaceable(row: OutboxRow) -> bool:
    """Whether the screen offers to edit it."""
    kind = KINDS[row.kind]
    unsent = row.state is OpState.PARKED or not row.attempts
    return kind.effect is Effect.SET and not kind.signed and unsent


Act = Callable[[Edit], Awaitable[None]]
_KINDS: dict[str, tuple[int, Act]] = {
    "take": (10, Edit.take), "dropped": (1, Edit.dropped), "note": (7, Edit.note),
    "promise": (1, Edit.promise), "set": (9, Edit.set_ticket), "claim": (2, Edit.claim),
    "meet": (4, Edit.meet), "doomed": (2, Edit.doomed),
    "merge tickets": (1, Edit.merge_tickets), "unmerge tickets": (1, Edit.unmerge_tickets),
    "withdraw": (3, Edit.withdraw), "replace": (3, Edit.replace_one),
    "conflict": (3, Edit.settle_conflict), "customer": (3, Edit.customer),
    "set customer": (4, Edit.set_customer), "device": (1, Edit.device),
    "merge customers": (2, Edit.merge_customers), "unmerge customers": (1, Edit.unmerge_customers),
    "propose": (2, Edit.propose), "approve": (3, Edit.approve), "visit": (2, Edit.visit),
    "set visit": (2, Edit.set_visit), "message": (2, Edit.message), "ruling": (1, Edit.ruling),
}  # fmt: skip


async def while_it_lives(desk: SimDesk, work: Coroutine[Any, Any, None]) -> None:
    """Work to its end, or to the desk's; raises what it raised."""
    done = asyncio.ensure_future(work)
    fell = asyncio.ensure_future(desk.death.fell.wait())
    try:
        await asyncio.wait((done, fell), return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (done, fell):
            task.cancel()
        await asyncio.wait((done, fell))
    if not done.cancelled() and done.exception() is not None:
        raise done.exception()  # type: ignore[misc]  # it is not None


async def act(world: World, made: Made, step: Step) -> None:
    """The edit of a step, at a desk that is up."""
    chance = Random(step.seed)
    able = [desk for desk in world.desks if desk.up and not desk.death.dead]
    if able:
        await Edit(world, made, chance.choice(able), chance).run()
