"""Turning a person's decision into an operation in the outbox, inside their transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from app.central.contract.bodies import seal
from app.domain.cards import mask_cards
from app.domain.central_services import SERVICE_OF
from app.domain.errors import StoreInDoubt
from app.domain.ids import DeskId, EntityId, Millis, OpId
from app.domain.lifecycle import OpState
from app.domain.operations import KINDS, Body, FieldChange, Json, NewOperation
from app.domain.people import Person
from app.domain.proposals import DECISIONS
from app.domain.times import SECOND
from app.ports.store import WriteTx
from app.services.desk import Desk, require

HELD_MS = 8 * SECOND
"""So long what cannot be put back afterwards can be taken back before it leaves at all."""
_HELD = frozenset({"message.create"}) | DECISIONS.keys()

Target = EntityId | Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Decided:
    """What was written: the operation's id and its state in the outbox."""

    op_id: OpId
    state: OpState


@dataclass(frozen=True, slots=True)
class Decision:
    """One kind of change to one target, before it has a body."""

    kind: str
    target: Target
    op_id: OpId
    changes: Mapping[str, FieldChange] | None = None
    entry: Mapping[str, Json] | None = None
    happened_at: Millis | None = None
    base_rev: int | None = None
    depends_on: tuple[OpId, ...] = ()
    reason: str | None = None
    shown: str | None = None
    """Of a decision on something: the digest of what the person saw of it."""


def decide(desk: Desk, tx: WriteTx, person: Person, decision: Decision) -> Decided:
    """Check the right, mask card numbers, fix the bytes, append to the outbox.

    Raises NotAllowed before anything is written.
    """
    operation, now = sealed_decision(desk, tx, person, decision), desk.wall.now()
    if decision.kind in _HELD:
        operation = replace(operation, held_until=Millis(now + HELD_MS))
    state = tx.outbox.append(operation, now)
    return Decided(operation.body.op_id, state)


def sealed_decision(desk: Desk, tx: WriteTx, person: Person, decision: Decision) -> NewOperation:
    """Check the right, mask card numbers, fix the bytes. Raises NotAllowed."""
    require(person, KINDS[decision.kind].permission)
    return seal(_body(desk, tx, person, decision))


async def decide_once(desk: Desk, op_id: OpId, write: Callable[[WriteTx], Decided]) -> Decided:
    """Run a decision's transaction; where its commit is in doubt, look before trying once more.

    Raises what `write` raises, and StoreFault; StoreInDoubt only where the second try is in doubt.
    """
    try:
        return await desk.store.write(write)
    except StoreInDoubt:
        found = await desk.store.read(lambda tx: tx.outbox.get(op_id))
        if found is not None:
            return Decided(op_id, found.state)
        return await desk.store.write(write)


def _body(desk: Desk, tx: WriteTx, person: Person, decision: Decision) -> Body:
    now, offset, age = desk.now(tx)
    service = SERVICE_OF[KINDS[decision.kind].aggregate]
    target = decision.target
    lane = target if isinstance(target, str) else f"ref:{target['ref']}"
    return Body(
        op_id=decision.op_id,
        kind=decision.kind,
        target=target,
        after=tx.outbox.last_in_lane(lane, decision.kind),
        actor=person.id,
        desk=DeskId(desk.identity.desk_id),
        incarnation=desk.identity.incarnation,
        happened_at=decision.happened_at or now,
        clock_offset_ms=offset,
        clock_offset_age_ms=age,
        offline=desk.is_offline(tx, service),
        base_rev=decision.base_rev,
        changes={
            name: FieldChange(change.base, masked(change.new))
            for name, change in (decision.changes or {}).items()
        },
        entry=_masked_entry(decision.entry),
        depends_on=decision.depends_on,
        reason=mask_cards(decision.reason) if decision.reason else None,
        shown=decision.shown,
    )


def _masked_entry(entry: Mapping[str, Json] | None) -> dict[str, Json] | None:
    return None if entry is None else {name: masked(value) for name, value in entry.items()}


def masked(value: Json) -> Json:
    """The value with every card number in its texts masked, at any depth."""
    if isinstance(value, str):
        return mask_cards(value)
    if isinstance(value, list):
        return [masked(one) for one in value]
    if isinstance(value, dict):
        return {name: masked(one) for name, one in value.items()}
    return value
