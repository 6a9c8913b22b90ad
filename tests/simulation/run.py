"""Runs one plan from its first edit to its judgement."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from app.domain.lifecycle import WITHOUT_VERDICT, OpState
from app.domain.operations import KINDS
from app.ports.store import StoredOperation
from tests.simulation import chaos, edits, scenes
from tests.simulation.desk import MIRRORED
from tests.simulation.invariants import Violation, judged, settled
from tests.simulation.ledgers import MOST_DESKS
from tests.simulation.loop import run_world
from tests.simulation.plan import EDIT, Plan, draw
from tests.simulation.world import World
from tests.support.virtual_time import VirtualClock

T = TypeVar("T")
REST_S = 30.0
"""After healing, everything that waits for nobody is settled within this time (I6)."""
_LONGEST_WAIT_S = 16.0
"""Between two tries of an operation: what the engine allows a push that got no verdict."""
_LOOK_EACH_S = 2.5
_WAITS = ", ".join(f"'{state}'" for state in sorted(WITHOUT_VERDICT))


@dataclass(frozen=True, slots=True)
class Told:
    """What one seed came to."""

    seed: int
    violations: tuple[Violation, ...]
    edits: int
    operations: int
    faults: Counter[str]
    conflicts: int
    parked: int
    digest: str
    lines: tuple[str, ...]
    latencies: Mapping[str, float]
    """Service → the longest time from when an operation might go to its first way out."""

    def also(self, more: tuple[Violation, ...]) -> Told:
        """With what an experiment found besides."""
        return replace(self, violations=(*self.violations, *more))


def story(seed: int, edits: int, *, whole: bool = True) -> Plan:
    """What a seed decides; else without what came into such stories later."""
    later = (tuple(chaos.BESIDE), scenes.SCENES) if whole else ((), ())
    return draw(seed, edits, tuple(chaos.BEFALLS), *later)


def run_seed(seed: int, edits: int) -> Told:
    """One world, the same each time."""
    return run_plan(story(seed, edits))


def run_plan(plan: Plan) -> Told:
    """One world by its script."""

    async def lived(world: World) -> Told:
        async for _ in _life(world):
            pass
        return await _told(world)

    return _in_a_world(plan, lived)


def first_violation(plan: Plan) -> Violation | None:
    """What a world breaks first; one that has broken something lives no further."""

    async def lived(world: World) -> Violation | None:
        async for _ in _life(world):
            if world.breaches:
                return Violation(*world.breaches[0])
        return next(iter(await judged(world)), None)

    return _in_a_world(plan, lived)


def _in_a_world(plan: Plan, lived: Callable[[World], Awaitable[T]]) -> T:
    if not MIRRORED:
        run_world(_mirror)

    async def live(clock: VirtualClock) -> T:
        world = World(plan, clock)
        await world.begin()
        try:
            return await lived(world)
        finally:
            await world.end()

    return run_world(live)


async def _life(world: World) -> AsyncIterator[None]:
    """What is decided, then the rest, with a moment to look at the world between any two steps."""
    made = edits.Made.nothing()
    for step in world.plan.steps:
        await world.clock.sleep(step.after_s)
        yield
        if step.what == EDIT:
            world.fork(asyncio.ensure_future(edits.act(world, made, step)))
        elif step.what in scenes.SCENES:
            await scenes.play(world, step)
        else:
            await chaos.befall(world, step)
    async for _ in _rest(world):
        yield


async def _mirror(clock: VirtualClock) -> None:
    """Every desk's first mirror, once per process."""
    world = World(Plan(0, 0, MOST_DESKS, {}, ()), clock)
    await world.begin()
    while not await settled(world):
        await clock.sleep(1.0)
    for desk in world.desks:
        await desk.die()
        MIRRORED[desk.number] = desk.place.copy()
    await world.end()


async def _rest(world: World) -> AsyncIterator[None]:
    """Every fault is healed; wait until all is settled, no longer than is promised.

    Where central publishes so low a rate that what waits cannot go in that time, as long as the
    rate takes for it, and one wait behind that: each operation is counted once, however often it
    is tried.
    """
    yield
    await chaos.heal(world)
    rested, seen = 0.0, set[tuple[str, str, str]]()
    while rested < max(REST_S, _let_through_s(world, seen) + _LONGEST_WAIT_S):
        yield
        await world.clock.sleep(_LOOK_EACH_S)
        rested += _LOOK_EACH_S
        if await settled(world):
            return


def _let_through_s(world: World, seen: set[tuple[str, str, str]]) -> float:
    """How long central's rate takes for what has been seen to wait since all was healed.

    A desk has its share of the total for each service, as central publishes it.
    """
    at_work = [desk for desk in world.desks if not desk.replaced_by_copy]
    for desk in at_work:
        found = desk.place.raw(desk.store).execute(
            f"SELECT service, op_id FROM outbox WHERE state IN ({_WAITS})"
        )
        seen |= {(desk.name, service, op_id) for service, op_id in found.fetchall()}
    most = max(Counter((name, service) for name, service, _ in seen).values(), default=0)
    return most * len(at_work) / world.plan.rate


async def _told(world: World) -> Told:
    violations = await judged(world)
    conflicts = parked = operations = 0
    for desk in world.desks:
        raw = desk.place.raw(desk.store)
        conflicts += raw.execute("SELECT count(*) FROM conflict").fetchone()[0]
        rows = await desk.store.read(lambda tx: tx.outbox.rows(include_final=True))
        operations += len(rows)
        parked += sum(one.state is OpState.PARKED for one in rows)
        for one in rows:
            world.trace.add(desk.name, one.op_id, one.state)
    return Told(
        world.plan.seed, tuple(violations), world.edits, operations, world.faults, conflicts,
        parked, world.trace.digest(), tuple(world.trace.lines), _latencies(world),
    )  # fmt: skip


def _latencies(world: World) -> dict[str, float]:
    most: dict[str, float] = {}
    for desk in world.desks:
        for op_id, stored in desk.confirmed.items():
            left = desk.watch.first_tries.get(op_id)
            if left is not None and not KINDS[stored.kind].signed:
                waited = left - desk.saved_at[op_id] - _held_s(stored)
                most[stored.service] = max(most.get(stored.service, 0.0), waited)
    return most


def _held_s(stored: StoredOperation) -> float:
    """How long it was held for a person's second thoughts (8 s for what a customer reads)."""
    return (stored.next_try - stored.recorded_at) / 1_000 if stored.next_try else 0.0
