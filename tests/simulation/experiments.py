"""Invariants that need a world of their own: run beside the stories, on some of the seeds."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from random import Random
from typing import TypeVar

from app.central.contract.bodies import seal
from app.domain.central_services import Aggregate, Service
from app.domain.deletions import LEAST
from app.domain.feed import Position, Verdict
from app.domain.ids import DeskId, EntityId, Millis, OpId, PersonId
from app.domain.lifecycle import OpEvent, OpState
from app.domain.operations import Body, FieldChange, NewOperation, Outcome
from app.ports.store import EventDetail, WriteTx
from app.providers.executor import InlineExecutor
from tests.simulation.desk import SimDesk
from tests.simulation.facts import mirror_of
from tests.simulation.loop import run_world
from tests.simulation.network import Fault
from tests.simulation.plan import EDIT, Plan
from tests.simulation.run import run_plan
from tests.simulation.storage import Place
from tests.simulation.world import World
from tests.support.virtual_time import NOON, SeededIds, VirtualClock

_ROUND_S = 0.25
"""One round of the scheduler, with the network's own way there."""
_OLD_MS = 100_000
_ONE_POLL_S = 27.0
_CUSTOMERS = 400
_GONE = 250
_ERASED = 30

T = TypeVar("T")
Violation = tuple[str, str]


def same_again(plan: Plan) -> Iterator[Violation]:
    """I7: the same seed tells the same story."""
    once, again = run_plan(plan).digest, run_plan(plan).digest
    if again != once:
        yield "I7", f"another trace the second time: {again[:8]}, not {once[:8]}"


def one_service_in_trouble(plan: Plan) -> Iterator[Violation]:
    """I15: what befalls one service delays the operations of no other one."""
    steps = tuple(step for step in plan.steps if step.what == EDIT)
    calm = replace(plan, steps=steps, weather={}, over_http=False, on_file=False, rate=300.0)
    bad = {Fault.DELAY.value: 0.6, Fault.LOST_ANSWER.value: 0.2}
    most = run_plan(calm).latencies
    seen = run_plan(replace(calm, weather=bad, only=Service.TICKETS.value)).latencies
    for service, latency_s in seen.items():
        if service != Service.TICKETS and latency_s > most.get(service, 0.0) + _ROUND_S:
            yield "I15", f"{service} waited {latency_s:.2f} s, {most.get(service, 0.0):.2f} before"


def any_order_of_lanes(plan: Plan) -> Iterator[Violation]:
    """I18: what goes first does not depend on the order in which independent lanes were filled."""
    lanes = _lanes(Random(plan.seed))
    plans = {json.dumps(_planned(lanes, Random(order))) for order in range(3)}
    if len(plans) > 1:
        yield "I18", "another plan for another order of independent operations"


def _lanes(chance: Random) -> list[list[NewOperation]]:
    ids = SeededIds(chance.randrange(1 << 30))
    return [_lane(ids, chance.randint(1, 3)) for _ in range(5)]


def _lane(ids: SeededIds, length: int) -> list[NewOperation]:
    target, made, after = EntityId(ids.new_id()), list[NewOperation](), None
    for number in range(length):
        op_id = OpId(ids.new_id())
        kind = "customer.set" if number else "customer.create"
        body = Body(
            op_id=op_id, kind=kind, target=target, after=after, actor=PersonId("ellen.marsh"),
            desk=DeskId("d"), incarnation="i", happened_at=Millis(NOON), clock_offset_ms=None,
            clock_offset_age_ms=None, offline=False,
            changes={"name": FieldChange(None, f"name {number}")},
        )  # fmt: skip
        made.append(seal(body))
        after = op_id
    return made


def _planned(lanes: list[list[NewOperation]], chance: Random) -> list[list[str]]:
    """Which operations may go together, round by round, with the lanes filled in some order."""
    order = [at for at, lane in enumerate(lanes) for _ in lane]
    chance.shuffle(order)
    left = [list(lane) for lane in lanes]

    def write(tx: WriteTx) -> list[list[str]]:
        for at in order:
            tx.outbox.append(left[at].pop(0), Millis(NOON))
        rounds: list[list[str]] = []
        while heads := tx.outbox.sendable(Service.CUSTOMERS, Millis(NOON), 100):
            rounds.append(sorted(one.op_id for one in heads))
            for one in heads:
                verdict = Verdict(one.op_id, Outcome.APPLIED, 1, Position(1, 1), "t")
                tx.outbox.event(one.op_id, OpEvent.SEND, EventDetail(Millis(NOON)))
                detail = EventDetail(Millis(NOON), verdict=verdict)
                tx.outbox.event(one.op_id, OpEvent.APPLIED, detail)
        return rounds

    return _in_a_store(write)


def _in_a_store(write: Callable[[WriteTx], T]) -> T:
    """One transaction of a store of its own."""

    async def live(_clock: VirtualClock) -> T:
        place = Place.empty(on_file=False)
        store = place.open(InlineExecutor())
        try:
            return await store.write(write)
        finally:
            store.close_now()
            place.end()

    return run_world(live)


def lanes_drain(plan: Plan) -> Iterator[Violation]:
    """I10: whatever central refuses and history loses, people's rulings let every lane go on.

    What a parked operation held back goes once a person has taken that one out of its way.
    """
    chance = Random(plan.seed)

    def write(tx: WriteTx) -> list[str]:
        operations = [one for lane in _lanes(chance) for one in lane]
        for one in operations:
            tx.outbox.append(one, Millis(NOON))
        for _ in range(_ROUNDS):
            _central_speaks(tx, chance)
            _history_is_lost(tx, chance)
        for _ in operations:
            _central_speaks(tx, None)
            parked = [one for one in tx.outbox.rows() if one.state is OpState.PARKED]
            for row in parked[:1]:
                tx.outbox.event(row.op_id, OpEvent.WITHDRAWN, EventDetail(Millis(NOON)))
        left = [row for row in tx.outbox.rows() if row.state is not OpState.ACKED]
        return [f"{row.kind} {row.op_id} is still {row.state}" for row in left]

    yield from (("I10", what) for what in _in_a_store(write))


_ROUNDS = 3


def _central_speaks(tx: WriteTx, chance: Random | None) -> None:
    """A verdict for every head; with chance, some are refused."""
    now = Millis(NOON)
    for one in tx.outbox.sendable(Service.CUSTOMERS, now, 100):
        tx.outbox.event(one.op_id, OpEvent.SEND, EventDetail(now))
        refused = chance is not None and chance.random() < 0.3
        outcome = Outcome.REJECTED if refused else Outcome.APPLIED
        verdict = Verdict(one.op_id, outcome, 1, Position(1, 1), "t")
        event = OpEvent.REJECTED if refused else OpEvent.APPLIED
        tx.outbox.event(one.op_id, event, EventDetail(now, verdict=verdict))


def _history_is_lost(tx: WriteTx, chance: Random) -> None:
    if chance.random() < 0.5:
        for one in tx.outbox.journal(Service.CUSTOMERS, None):
            tx.outbox.event(one.op_id, OpEvent.FORKED, EventDetail(Millis(NOON)))


def old_data_is_not_fresh(plan: Plan) -> Iterator[Violation]:
    """I14: a central that answers at once with data of long ago is told from a fresh one."""
    service = Random(plan.seed).choice(list(Service))
    found: list[Violation] = []

    async def live(clock: VirtualClock) -> None:
        world = World(Plan(plan.seed, 0, 1, {}, ()), clock)
        await world.begin()
        await clock.sleep(5.0)
        world.desks[0].watch.fresh_is_fresh()
        for node in world.nodes.values():
            node.freeze(service.value, _OLD_MS)
        await clock.sleep(_ONE_POLL_S)
        world.desks[0].watch.fresh_is_fresh()
        found.extend(world.breaches)
        await world.end()

    run_world(live)
    yield from found


def mass_deletion(plan: Plan) -> Iterator[Violation]:
    """I20: unannounced deletions of a tenth of the mirror are held; an erasure passes."""
    found: list[Violation] = []

    async def live(clock: VirtualClock) -> None:
        world = World(Plan(plan.seed, 0, 1, {}, ()), clock)
        await world.begin()
        desk = world.desks[0]
        ids = _customers(world)
        await clock.sleep(5.0)
        world.ledger.remove(Service.CUSTOMERS.value, ids[:_GONE], "deleted")
        world.ledger.remove(Service.CUSTOMERS.value, ids[_GONE : _GONE + _ERASED], "erased")
        world.data.wake()
        await clock.sleep(5.0)
        kept = _held(desk)
        gone = len(set(ids[:_GONE]) - kept)
        if gone > LEAST:
            found.append(("I20", f"{gone} unannounced deletions were not held"))
        if kept & set(ids[_GONE : _GONE + _ERASED]):
            found.append(("I20", "an erasure was held"))
        await world.end()

    run_world(live)
    yield from found


def _customers(world: World) -> list[str]:
    ids = SeededIds(world.plan.seed)
    known = world.ledger.desk_of(world.desks[0].enrolled.identity.credential)
    assert known is not None
    made = []
    for _ in range(_CUSTOMERS):
        (operation,) = _lane(ids, 1)
        world.ledger.receive(Service.CUSTOMERS.value, operation.raw, known)
        made.append(str(operation.body.target))
    world.data.wake()
    return made


def _held(desk: SimDesk) -> set[str]:
    """Customers the desk still shows."""
    return set(mirror_of(desk, Aggregate.CUSTOMER))


Experiment = Callable[[Plan], Iterator[Violation]]
EXPERIMENTS: Mapping[str, tuple[int, int, Experiment]] = {
    "I7": (50, 7, same_again),
    "I10": (5, 1, lanes_drain),
    "I14": (25, 13, old_data_is_not_fresh),
    "I15": (25, 5, one_service_in_trouble),
    "I18": (25, 3, any_order_of_lanes),
    "I20": (50, 11, mass_deletion),
}
"""Invariant → every so many seeds, beginning with which, and what is done."""


def experiments(plan: Plan) -> list[Violation]:
    """What the seed's own experiments found."""
    found: list[Violation] = []
    for each, first, experiment in EXPERIMENTS.values():
        if plan.seed % each == first:
            found += experiment(plan)
    return found
