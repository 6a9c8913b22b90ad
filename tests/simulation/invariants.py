"""What must hold of every world at rest, each with the number the issue gives it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise

from app.domain.central_services import OWNERS, Aggregate, Service
from app.domain.lifecycle import POISON_LIMIT, OpState
from app.domain.operations import KINDS, Effect
from tests.simulation import rot, watch
from tests.simulation.desk import SimDesk
from tests.simulation.facts import (
    Facts,
    Sent,
    gathered,
    mirror_of,
    outbox_of,
)
from tests.simulation.mirrors import mirrors_equal_central
from tests.simulation.world import World

_ENDED = frozenset({
    OpState.SETTLED, OpState.WITHDRAWN, OpState.SUPERSEDED, OpState.PARKED, OpState.BLOCKED
})  # fmt: skip
_WAITS_FOR_A_PERSON = frozenset({OpState.PARKED, OpState.BLOCKED})
_WITHOUT_EFFECT = frozenset({OpState.PARKED, OpState.WITHDRAWN, OpState.SUPERSEDED})


@dataclass(frozen=True, slots=True)
class Violation:
    """An invariant that does not hold."""

    invariant: str
    what: str


async def judged(world: World) -> list[Violation]:
    """Every violation: what was seen on the way, and what is wrong at rest."""
    for desk in world.desks:
        watch.all_shown(desk)
        watch.cursor_has_its_rows(desk)
        for finding in await desk.store.check():
            world.breach("I19", f"{desk.name}: {finding}")
    facts = gathered(world)
    found = [Violation(name, what) for name, check in CHECKS.items() for what in check(facts)]
    if world.switches:
        first = [one for one in found if one.invariant in ("I1", "I2", "I3", "I4", "I5")]
        found += [Violation("I22", f"{one.invariant}: {one.what}") for one in first]
    return [*(Violation(*one) for one in world.breaches), *found]


def nothing_is_lost(facts: Facts) -> Iterator[str]:
    """I1: every confirmed edit is applied, in conflict, parked, withdrawn, superseded or waits.

    Where central erased the record, the words are gone on both sides for good: what was settled
    before stays so, though a restore took central's own note of it, and cannot be offered again.
    What a copied profile goes on with is judged there: its original hears of nothing any more.
    """
    for desk in facts.world.desks:
        outbox = facts.outboxes[desk.name]
        for op_id in desk.confirmed:
            one = outbox.get(op_id)
            if one is None:
                yield f"{desk.name} {op_id} is gone from the outbox"
            elif one.state is OpState.SETTLED and not (
                facts.has_effect(op_id)
                or (one.is_erased and facts.was_erased(one))
                or (desk.replaced_by_copy and _is_shared(facts, desk, op_id))
            ):
                yield f"{desk.name} {one.kind} {op_id} is settled without an effect at central"
    for desk in facts.at_work:
        yield from _given_up(facts, desk)
        for op_id in desk.watch.unread:
            yield f"{desk.name} {op_id} was refused by a central too old to read it"


def _given_up(facts: Facts, desk: SimDesk) -> Iterator[str]:
    """What is said to have no effect has none, and central's refusal is central's.

    What a former history had refused stays with people, and is said to be so.
    """
    outbox = facts.outboxes[desk.name]
    for op_id, one in outbox.items():
        if _is_shared(facts, desk, op_id):
            continue
        if one.state in _WITHOUT_EFFECT and facts.has_effect(op_id) and not one.is_former:
            yield f"{desk.name} {one.kind} {op_id} is {one.state} although central applied it"
        if one.state is OpState.PARKED and op_id not in desk.watch.refused:
            yield f"{desk.name} {one.kind} {op_id} is parked without central's refusal"
    for op_id in desk.replaced:
        if op_id in outbox and outbox[op_id].state is not OpState.SUPERSEDED:
            yield f"{desk.name} {op_id} was replaced and is {outbox[op_id].state}"
    for op_id in desk.withdrawn:
        if _is_shared(facts, desk, op_id) or _is_told(facts, desk, op_id):
            continue
        if facts.has_effect(op_id):
            yield f"{desk.name} {op_id} was withdrawn and has an effect"


def _is_told(facts: Facts, desk: SimDesk, op_id: str) -> bool:
    """Whether people were told that what they took back had been applied all the same.

    A burn goes with the history that gave it: the one that goes on may have had it before.
    """
    asked = "SELECT 1 FROM incident WHERE kind = 'overtaken' AND subject = ?"
    told = desk.place.raw(desk.store).execute(asked, (op_id,)).fetchone() is not None
    return told and bool(facts.world.losses)


def _is_shared(facts: Facts, desk: SimDesk, op_id: str) -> bool:
    """Whether a copied profile holds the operation as well and may have gone another way."""
    others = (facts.outboxes[one.name] for one in facts.world.desks if one is not desk)
    return any(op_id in outbox for outbox in others)


def no_second_effect(facts: Facts) -> Iterator[str]:
    """I2: an operation and its entry stand once; so does a reference."""
    references: Counter[str] = Counter()
    for id_, one in facts.rows.items():
        for name in ("notes", "claims", "promises", "promises_kept"):
            ids = Counter(entry["id"] for entry in one.fields.get(name) or [])
            yield from (f"{name} {entry} twice in {id_}" for entry, n in ids.items() if n > 1)
        twice = Counter(one.origins)
        yield from (f"{op_id} acted twice on {id_}" for op_id, n in twice.items() if n > 1)
        if one.type == Aggregate.TICKET and one.op == "upsert" and one.fields.get("reference"):
            references[str(one.fields["reference"])] += 1
    yield from (f"reference {name} stands twice" for name, n in references.items() if n > 1)


def what_is_gone_stays_gone(facts: Facts) -> Iterator[str]:
    """I4: what was deleted or erased at central is on no desk."""
    for desk in facts.at_work:
        for service, id_ in (*facts.world.erased, *facts.world.deleted):
            if id_ in facts.rows and facts.rows[id_].op == "upsert":
                continue  # a restore brought it back
            if any(id_ in mirror_of(desk, aggregate) for aggregate in _kinds_of(service)):
                yield f"{desk.name} still holds {id_}"


def _kinds_of(service: str) -> tuple[Aggregate, ...]:
    return OWNERS[Service(service)]


def dependencies_come_first(facts: Facts) -> Iterator[str]:
    """I5: central had what an operation builds on before it, within its service."""
    for desk in facts.world.desks:
        for op_id, one in facts.outboxes[desk.name].items():
            if not facts.has_effect(op_id):
                continue
            for needed in one.body.depends_on:
                known = facts.operations.get(needed)
                if known is not None and known.order > facts.operations[op_id].order:
                    yield f"{desk.name} {op_id} came before {needed}"


def unrest(world: World, *, facts: Facts | None = None) -> Iterator[str]:
    """I6: with every fault healed, only what waits for a person is left.

    Or for the slow lane, or for a target that is not at central; and what stands behind it.
    """
    for desk in world.desks:
        if desk.replaced_by_copy:
            continue
        outbox = facts.outboxes[desk.name] if facts else outbox_of(desk)
        yield from _blocked_by_nothing(desk.name, outbox)
        left = [one for one in outbox.values() if one.state not in _ENDED]
        if not left:
            continue
        excused = _excused(world, outbox, left)
        for one in left:
            if one.op_id not in excused:
                yield f"{desk.name} {one.kind} {one.op_id} is still {one.state} ({one.reason})"


def _blocked_by_nothing(name: str, outbox: Mapping[str, Sent]) -> Iterator[str]:
    held = [one for one in outbox.values() if one.state in _WAITS_FOR_A_PERSON]
    for one in held:
        needed = one.body.depends_on
        behind = (
            other.op_id in needed or (other.lane == one.lane and other.place < one.place)
            for other in held
        )
        if one.state is OpState.BLOCKED and not any(behind):
            yield f"{name} {one.kind} {one.op_id} is blocked by nothing"


def _excused(world: World, outbox: Mapping[str, Sent], left: list[Sent]) -> set[str]:
    """Those of an outbox that may wait longer."""
    excused = {
        one.op_id
        for one in left
        if one.poison >= POISON_LIMIT
        or (one.attempts and KINDS[one.kind].effect is not Effect.CREATE and _no_target(world, one))
        or (one.kind.endswith(".merge") and _no_target(world, one, into=True))
        or (one.attempts and _builds_on_gone(world, outbox, one))
    }
    held = {one.op_id for one in outbox.values() if one.state in _WAITS_FOR_A_PERSON}
    while True:
        behind = {
            one.op_id
            for one in left
            if one.op_id not in excused
            and (
                any(needed in excused | held for needed in one.body.depends_on)
                or any(
                    other.op_id in excused and other.lane == one.lane and other.place < one.place
                    for other in left
                )
            )
        }
        if not behind:
            return excused
        excused |= behind


def _builds_on_gone(world: World, outbox: Mapping[str, Sent], one: Sent) -> bool:
    """Whether what comes before it was erased, and central has lost its note of it.

    Its bytes name it for life, and what is erased is not offered again: after a day it is a card,
    as with any target that is missing.
    """
    body = one.body
    gone = [
        needed
        for needed in (*body.depends_on, *([body.after] if body.after else []))
        if needed in outbox and outbox[needed].is_erased
    ]
    with world.ledger.reading() as connection:
        driver = connection.connection.driver_connection
        asked = "SELECT 1 FROM operation WHERE op_id = ?"
        return any(driver.execute(asked, (needed,)).fetchone() is None for needed in gone)  # type: ignore[union-attr]  # SQLite's


def _no_target(world: World, one: Sent, *, into: bool = False) -> bool:
    """Whether central does not hold what it is about."""
    body = one.body
    with world.ledger.reading() as connection:
        driver = connection.connection.driver_connection
        target = str((body.entry or {}).get("into")) if into else body.target
        if not isinstance(target, str):
            asked = "SELECT ticket FROM reference WHERE reference = ?"
            found = driver.execute(asked, (target["ref"],)).fetchone()  # type: ignore[union-attr]  # SQLite's
            if found is None:
                return True
            target = found[0]
        asked = "SELECT 1 FROM row WHERE id = ?"
        return driver.execute(asked, (target,)).fetchone() is None  # type: ignore[union-attr]  # SQLite's


def all_is_settled(facts: Facts) -> Iterator[str]:
    """I6: see `unrest`."""
    yield from unrest(facts.world, facts=facts)


def nothing_unseen_is_overwritten(facts: Facts) -> Iterator[str]:
    """I8: a field changes only from what its operation had seen, or with a conflict record.

    An erasure takes the conflict record as well: it quotes both.
    """
    for desk in facts.at_work:
        kept = desk.place.raw(desk.store).execute("SELECT DISTINCT op_id FROM conflict").fetchall()
        for op_id, one in facts.outboxes[desk.name].items():
            known = facts.operations.get(op_id)
            in_conflict = known is not None and known.outcome == "applied_with_conflicts"
            if not in_conflict or one.is_erased or one.state is not OpState.SETTLED:
                continue
            if (op_id,) not in kept:
                yield f"{desk.name} {one.kind} {op_id} has no record of its conflict"
    bodies_ = {op_id: one for outbox in facts.outboxes.values() for op_id, one in outbox.items()}
    for versions in facts.versions.values():
        for before, after in pairwise(versions):
            if not after.origins or after.op != "upsert" or before.op != "upsert":
                continue
            sent = bodies_.get(after.origins[-1])
            if sent is None or len(after.origins) == len(before.origins):
                continue
            yield from _unseen(sent, before.fields, after.fields)


def _unseen(sent: Sent, before: Mapping[str, object], after: Mapping[str, object]) -> Iterator[str]:
    body, effect = sent.body, KINDS[sent.kind].effect
    moved = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    if effect is Effect.SET:
        for name in moved:
            change = body.changes.get(name)
            if change is None or change.base != before.get(name):
                yield f"{sent.kind} {sent.op_id} overwrote {name} unseen"
    elif effect is Effect.APPEND:
        yield from (
            f"{sent.kind} {sent.op_id} moved {name}"
            for name in moved - {KINDS[sent.kind].list_field}
        )


def lanes_keep_their_order(facts: Facts) -> Iterator[str]:
    """I9: central had the operations of one desk's lane in the order they were decided.

    A note may have gone by what stood in an edit's place and waited for a person.
    """
    for desk in facts.at_work:
        lanes: dict[str, list[Sent]] = {}
        for op_id, one in facts.outboxes[desk.name].items():
            if facts.has_effect(op_id) and not _is_shared(facts, desk, op_id):
                lanes.setdefault(one.lane, []).append(one)
        for lane, ops in lanes.items():
            came = sorted(ops, key=lambda one: facts.operations[one.op_id].order)
            for first, second in combinations(came, 2):
                passed = (first.op_id, second.place[0]) in desk.watch.passed
                if first.place > second.place and not passed:
                    yield f"{desk.name} {lane}: {first.op_id} came before {second.op_id}"


def what_need_not_wait_goes(facts: Facts) -> Iterator[str]:
    """I10: notes, claims and promises wait for a person only behind a create that does.

    Or where something they depend on does.
    """
    for desk in facts.at_work:
        outbox = facts.outboxes[desk.name]
        held = {one.op_id: one for one in outbox.values() if one.state in _WAITS_FOR_A_PERSON}
        for one in held.values():
            creates = (
                other
                for other in held.values()
                if other.lane == one.lane and KINDS[other.kind].effect is Effect.CREATE
            )
            must_wait = any(creates) or any(needed in held for needed in one.body.depends_on)
            appends = KINDS[one.kind].effect is Effect.APPEND
            if appends and one.state is OpState.BLOCKED and not must_wait:
                yield f"{desk.name} {one.kind} {one.op_id} waits behind edits alone"


def bytes_are_for_life(facts: Facts) -> Iterator[str]:
    """I17: an operation's bytes are those that were confirmed."""
    for desk in facts.world.desks:
        for op_id, stored in desk.confirmed.items():
            one = facts.outboxes[desk.name].get(op_id)
            if one is not None and one.raw != stored.raw:
                yield f"{desk.name} {op_id} has other bytes than when it was saved"
            if one is not None and one.is_erased and not facts.was_erased(one):
                yield f"{desk.name} {op_id} has no bytes left, and nobody erased its record"


def everything_has_an_actor(facts: Facts) -> Iterator[str]:
    """I21: each applied operation names its person, each decision also why."""
    for known in facts.operations.values():
        if known.has_effect and not known.actor:
            yield f"{known.op_id} was applied for nobody"
    for desk in facts.world.desks:
        for op_id, one in facts.outboxes[desk.name].items():
            if not facts.has_effect(op_id):
                continue
            body = one.body
            why = body.reason or "why" in body.changes or body.shown
            decides = KINDS[one.kind].signed or one.kind == "ruling.create"
            if decides and not why:
                yield f"{desk.name} {one.kind} {op_id} was decided without a reason"


def references_are_given_once(facts: Facts) -> Iterator[str]:
    """I23: no reference is given twice, whatever is restored or copied."""
    given = Counter(one for desk in facts.world.desks for one in desk.references)
    yield from (f"{name} was given {count} times" for name, count in given.items() if count > 1)


Check = Callable[[Facts], Iterator[str]]
CHECKS: Mapping[str, Check] = {
    "I1": nothing_is_lost,
    "I2": no_second_effect,
    "I3": mirrors_equal_central,
    "I4": what_is_gone_stays_gone,
    "I5": dependencies_come_first,
    "I6": all_is_settled,
    "I8": nothing_unseen_is_overwritten,
    "I9": lanes_keep_their_order,
    "I10": what_need_not_wait_goes,
    "I17": bytes_are_for_life,
    "I21": everything_has_an_actor,
    "I23": references_are_given_once,
}


async def settled(world: World) -> bool:
    """Whether nothing is left to wait for, and every mirror has come as far as central."""
    if next(unrest(world), None) is not None:
        return False
    places = world.ledger.places()
    for desk in world.desks:
        if not desk.up:
            return False
        if desk.replaced_by_copy:
            continue
        if next(rot.left(desk), None) is not None:
            return False
        found = desk.place.raw(desk.store).execute(
            "SELECT service, term, n, snapshot_running FROM feed"
        )
        for service, term, n, running in found.fetchall():
            position = places[Service(service)][0]
            if running or (term, n) != (position.term, position.n):
                return False
    return True
