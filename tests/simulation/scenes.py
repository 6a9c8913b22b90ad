"""What chance alone brings too seldom: some things that befall a world in one order.

Each is drawn from a stream of its own. It works on a ticket that it takes itself, at a desk that
is up; where that desk dies meanwhile, the scene ends. What the network and chance do besides stays.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import Random
from typing import Any

from app.central.contract.routes import Header
from app.domain.central_services import Service
from app.domain.errors import CentralUnavailable, NotFound, Refused
from app.domain.lifecycle import OpState
from tests.simulation import chaos
from tests.simulation.desk import SimDesk
from tests.simulation.edits import Edit, Made, while_it_lives
from tests.simulation.network import Cut, Kept, Late
from tests.simulation.plan import PURGED, UNMIRRORED, Step
from tests.simulation.world import World

_TICKETS = Service.TICKETS.value
_AHEAD_MS = 2 * 365 * 86_400_000
_LOOK_EACH_S = 0.1
_LONGEST_S = 4.0


@dataclass
class _Act:
    """A desk, and a ticket that was taken there for the scene."""

    world: World
    desk: SimDesk
    chance: Random
    edit: Edit

    @property
    def now(self) -> int:
        """By central's clock."""
        return self.world.surroundings.now()

    @property
    def newest(self) -> str:
        """The operation that was confirmed last."""
        return next(reversed(self.desk.confirmed))

    async def state(self, op_id: str) -> OpState | None:
        stored = await self.desk.store.read(lambda tx: tx.outbox.get(op_id))
        return stored.state if stored else None

    async def until(self, holds: Callable[[], Awaitable[bool]]) -> bool:
        """Whether it came to be so before the scene goes on all the same."""
        for _ in range(round(_LONGEST_S / _LOOK_EACH_S)):
            if await holds():
                return True
            await self.world.clock.sleep(_LOOK_EACH_S)
        return False

    async def settled(self, op_id: str) -> bool:
        async def is_settled() -> bool:
            return await self.state(op_id) is OpState.SETTLED

        return await self.until(is_settled)

    async def take(self) -> None:
        """A ticket, and time for it to come to central."""
        await self.edit.take()
        await self.pause(0.5, 1.5)

    async def pause(self, least_s: float, most_s: float) -> None:
        await self.world.clock.sleep(self.chance.uniform(least_s, most_s))

    async def change(self) -> None:
        await (self.edit.note if self.chance.random() < 0.5 else self.edit.set_ticket)()

    def lose(self, since: int, *, said: bool) -> None:
        """Central is restored to that moment."""
        self.world.losses += 1
        chaos.restore(self.world, self.world.ledger, _TICKETS, self.now - since, said=said)
        self.world.data.wake()


Scene = Callable[[_Act], Coroutine[Any, Any, None]]


@asynccontextmanager
async def _cut(world: World, cut: Cut) -> AsyncIterator[None]:
    world.weather.cuts.append(cut)
    try:
        yield
    finally:
        world.weather.cuts[:] = [one for one in world.weather.cuts if one is not cut]


async def _taken_back_on_its_way(act: _Act) -> None:
    """What was sent is still on its way; it is taken back, and arrives behind that.

    Or where that is lost, in silence and before anybody could notice.
    """
    await act.take()
    kept: list[Kept] = []
    async with _cut(act.world, Cut(act.desk.name, _TICKETS, kept=kept)):
        await act.edit.note()
        op_id = act.newest

        async def has_left() -> bool:
            return any(request.headers[Header.KEY] == op_id for _, request in kept)

        if not await act.until(has_left):
            return
        before = act.now
        person = act.desk.person_for("ticket.note", act.chance)
        await act.desk.outgoing.withdraw(op_id, person)
        act.desk.withdrawn.add(op_id)
    await act.pause(0.05, 1.5)
    if act.chance.random() < 0.5:
        act.lose(before, said=False)
    for node, request in kept:
        await act.world.servers[node](request)


async def _changed_behind_a_loss(act: _Act) -> None:
    """A change is settled and lost; the next one goes before the desk has heard of that."""
    await act.take()
    before = act.now
    await act.world.clock.sleep(0.01)
    await act.change()
    await act.settled(act.newest)
    async with _cut(act.world, Cut(act.desk.name, _TICKETS, reads_only=True)):
        act.lose(before, said=act.chance.random() < 0.7)
        await act.change()
        await act.pause(0.2, 1.5)


async def _answered_by_a_lost_history(act: _Act) -> None:
    """A change is lost, and said to be, before its answer is here."""
    await act.take()
    before = act.now
    await act.world.clock.sleep(0.01)
    late = Late(act.desk.name, _TICKETS, act.chance.uniform(1.0, 4.0))
    act.world.weather.late.append(late)
    try:
        await act.edit.note()
        await act.pause(0.1, 0.5)
    finally:
        act.world.weather.late[:] = [one for one in act.world.weather.late if one is not late]
    act.lose(before, said=True)


async def _deferred_by_a_wrong_clock(act: _Act) -> None:
    """What waits for its target waits by a clock two years ahead, which is then put right."""
    others = [one for one in act.world.desks if one.up and one is not act.desk]
    if not others:
        return
    other = act.chance.choice(others)
    async with _cut(act.world, Cut(other.name, _TICKETS)):
        made = Made.nothing()
        await while_it_lives(other, Edit(act.world, made, other, act.chance).take())
        act.desk.clock.wrong_ms = _AHEAD_MS
        try:
            await Edit(act.world, made, act.desk, act.chance).note()
            op_id = act.newest

            async def is_deferred() -> bool:
                return await act.state(op_id) is OpState.WAITING

            await act.until(is_deferred)
        finally:
            act.desk.clock.wrong_ms = 0


async def _lost_before_the_first_mirror(act: _Act) -> None:
    """What the desk sent before it could read anything was accepted, and is lost."""
    async with _cut(act.world, Cut(act.desk.name, _TICKETS, reads_only=True)):
        before = act.now
        await act.world.clock.sleep(0.01)
        await act.take()
        act.lose(before, said=act.chance.random() < 0.5)


async def _sent_to_an_older_central(act: _Act) -> None:
    """What comes to an older program, which cannot read it yet, waits until this one is back."""
    act.world.end_newer()
    act.world.begin_skew()
    try:
        await act.take()
        await act.pause(0.2, 2.0)
    finally:
        act.world.end_skew()


async def _noted_behind_what_is_refused(act: _Act) -> None:
    """An edit that central refuses, one behind it that waits with it, and notes that need not.

    Some are decided before the refusal is here and some behind it. What is refused stays, or a
    person takes it back.
    """
    await act.take()
    _, ticket = act.edit.a_ticket()
    async with _cut(act.world, Cut(act.desk.name, _TICKETS)):
        await act.edit.decide("ticket.set", ticket, {"received_at": "2026-11-20T10:00:00.000Z"})
        refused = act.newest
        if act.chance.random() < 0.7:
            await _edit_and_note(act)
        await act.pause(0.1, 1.0)

    async def is_parked() -> bool:
        return await act.state(refused) is OpState.PARKED

    if not await act.until(is_parked) and not await act.until(is_parked):
        return
    if act.chance.random() < 0.7:
        await _edit_and_note(act)
    await act.pause(1.0, 4.0)
    if act.chance.random() < 0.3:
        await act.desk.outgoing.withdraw(refused, act.desk.person_for("ticket.set", act.chance))
        act.desk.withdrawn.add(refused)


async def _edit_and_note(act: _Act) -> None:
    await act.edit.set_ticket()
    for _ in range(act.chance.choice((1, 1, 2))):
        await act.edit.note()


_SCENES: Mapping[str, Scene] = {
    "taken back on its way": _taken_back_on_its_way,
    "changed behind a loss": _changed_behind_a_loss,
    "answered by a lost history": _answered_by_a_lost_history,
    "deferred by a wrong clock": _deferred_by_a_wrong_clock,
    UNMIRRORED: _lost_before_the_first_mirror,
    "sent to an older central": _sent_to_an_older_central,
    "noted behind what is refused": _noted_behind_what_is_refused,
}
SCENES = (*_SCENES, PURGED)
"""Their names; each has a stream of its own."""


async def play(world: World, step: Step) -> None:
    """One of them begins; the story goes on beside it."""
    world.befell(step.what)
    chance = Random(step.seed)
    if step.what == PURGED:
        await chaos.purge(world, chance)
    else:
        world.fork(asyncio.ensure_future(_played(world, chance, _SCENES[step.what])))


async def _played(world: World, chance: Random, scene: Scene) -> None:
    able = [one for one in world.desks if one.up and not (one.death.is_near or one.death.dead)]
    able = [one for one in able if not one.replaced_by_copy]
    if not able:
        return
    desk = chance.choice(able)
    act = _Act(world, desk, chance, Edit(world, Made.nothing(), desk, chance))
    try:
        await while_it_lives(desk, scene(act))
    except (Refused, CentralUnavailable, NotFound) as refused:
        world.trace.add(desk.name, "scene", "refused", refused.code)
