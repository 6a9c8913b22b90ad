"""What befalls a whole world beside its network: deaths, cuts, lost history, wrong clocks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from random import Random

from app.central.reference import history
from app.central.reference.ledger import Ledger
from app.domain.central_services import Service
from tests.simulation import learning, older_stores, rot
from tests.simulation.central import Data
from tests.simulation.desk import SimDesk
from tests.simulation.ledgers import founded
from tests.simulation.network import Cut
from tests.simulation.plan import LEARNS, RESTORED, ROTTEN, UNREAD, Step
from tests.simulation.world import World

_YEAR_MS = 365 * 86_400_000
_PLACES_TO_DIE = 60
_LAST_CHANCE_S = 3.0
_MOST_SPOILT = 4


def _service(chance: Random) -> str:
    """Mostly the one where most happens."""
    return "tickets" if chance.random() < 0.5 else chance.choice(list(Service)).value


def _desk(world: World, chance: Random) -> SimDesk:
    return chance.choice(world.desks)


# --- desks ---------------------------------------------------------------------------------


async def _crash(world: World, chance: Random) -> None:
    """A desk dies at some place where its code waits, and is started again later."""
    desk = _desk(world, chance)
    if not desk.up or desk.death.is_near:
        return
    death, steps, down_s = desk.death, chance.randrange(_PLACES_TO_DIE), chance.expovariate(1.0)
    death.in_steps(steps)

    async def fall_and_rise() -> None:
        sleep = asyncio.ensure_future(world.clock.sleep(_LAST_CHANCE_S))
        fell = asyncio.ensure_future(death.fell.wait())
        await asyncio.wait((sleep, fell), return_when=asyncio.FIRST_COMPLETED)
        for task in (sleep, fell):
            task.cancel()
        if desk.up:
            await desk.die()
            world.trace.add(desk.name, "died")
            world.look(desk)
            await world.clock.sleep(down_s)
            await desk.rise()
            world.trace.add(desk.name, "rose")

    world.fork(asyncio.ensure_future(fall_and_rise()))


async def _clock(world: World, chance: Random) -> None:
    desk = _desk(world, chance)
    desk.clock.wrong_ms = round(chance.uniform(-3, 3) * _YEAR_MS)


async def _clone(world: World, chance: Random) -> None:
    """A copied profile goes on beside the real one, as a restored backup does."""
    desk = _desk(world, chance)
    if not desk.up or desk.death.is_near or len(world.desks) > world.plan.desks:
        return
    await desk.die()
    copy = SimDesk(world, desk.number, founded().desks[desk.number], f"{desk.name}-copy")
    place = desk.place.copy()
    await desk.rise()
    desk.replaced_by_copy = True
    copy.inherits(desk)
    world.desks.append(copy)
    await copy.begin(place, again=True)


async def _upgraded(world: World, chance: Random) -> None:
    """A desk that had the program's older version is started again with this one."""
    desk = _desk(world, chance)
    if not desk.up or desk.death.is_near:
        return
    await desk.die()
    version = older_stores.possible(desk.place, chance)
    before = older_stores.contents(desk.place)
    older_stores.take_down(desk.place, version)
    await desk.rise()
    world.trace.add(desk.name, "upgraded from version", version)
    for table in older_stores.moved(before, desk.place.raw(desk.store)):
        world.breach("I17", f"{desk.name}: {table} is not what it was in version {version}")


async def _learns(world: World, chance: Random) -> None:
    """Central writes what an older desk cannot read; soon one of them is started with this program.

    The service it writes in may lose some of it meanwhile; desks that learn nothing keep it unread.
    """
    learning.write(world.ledger, world.present, chance)
    world.data.wake()
    desk, later_s = _desk(world, chance), chance.uniform(0.0, 3.0)

    async def started_again() -> None:
        await world.clock.sleep(later_s)
        desk.learns = True
        if desk.up and not desk.death.is_near:
            await desk.die()
            await desk.rise()
            world.trace.add(desk.name, "learnt to read")

    world.fork(asyncio.ensure_future(started_again()))


async def _credential(world: World, chance: Random) -> None:
    """Central does not take a desk's credential for a while."""
    desk = _desk(world, chance)
    for node in world.nodes.values():
        node.refuses.add(desk.enrolled.identity.name)
    until_s = chance.uniform(0.5, 4.0)

    async def renew() -> None:
        await world.clock.sleep(until_s)
        for node in world.nodes.values():
            node.refuses.discard(desk.enrolled.identity.name)

    world.fork(asyncio.ensure_future(renew()))


async def _rotten(world: World, chance: Random) -> None:
    """A row of a desk's mirror is not any more what central said."""
    desk = _desk(world, chance)
    if desk.up and not desk.death.is_near and not desk.replaced_by_copy:
        for _ in range(chance.randint(1, _MOST_SPOILT)):
            spoilt = await rot.spoil(desk, chance)
            if spoilt is not None:
                world.trace.add(desk.name, spoilt.finding, spoilt.aggregate, spoilt.id)


# --- the network ---------------------------------------------------------------------------


async def _cut(world: World, chance: Random) -> None:
    """One-sided, one service, one way in, or everything."""
    desk = _desk(world, chance)
    service = chance.choice(("", _service(chance)))
    node = chance.choice(("", "", "a", "b"))
    world.weather.cuts.append(Cut(desk.name, service, node, chance.random() < 0.3))


async def _unread(world: World, chance: Random) -> None:
    """What serves reads is away for a while at all desks; operations are taken all the same."""
    service, lasts_s = chance.choice(("", _service(chance))), chance.uniform(0.5, 6.0)
    cuts = [Cut(desk.name, service, reads_only=True) for desk in world.desks]
    world.weather.cuts += cuts

    async def served_again() -> None:
        await world.clock.sleep(lasts_s)
        world.weather.cuts[:] = [one for one in world.weather.cuts if one not in cuts]

    world.fork(asyncio.ensure_future(served_again()))


async def _mend(world: World, _chance: Random) -> None:
    world.weather.cuts.clear()


async def _storm(world: World, chance: Random) -> None:
    service, lasts_s = _service(chance), chance.uniform(0.5, 5.0)
    world.weather.storms.add(service)

    async def pass_by() -> None:
        await world.clock.sleep(lasts_s)
        world.weather.storms.discard(service)

    world.fork(asyncio.ensure_future(pass_by()))


# --- central's data ------------------------------------------------------------------------


async def _go_back(world: World, chance: Random, *, said: bool) -> None:
    """A service is restored from an older backup."""
    service, back_ms = _service(chance), round(1_000 * chance.uniform(0.2, 6))
    world.losses += 1
    restore(world, world.ledger, service, back_ms, said=said)
    world.data.wake()


def restore(world: World, ledger: Ledger, service: str, back_ms: int, *, said: bool) -> None:
    """What is purged no history brings back: then nothing is lost but the term."""
    if service not in world.purged:
        ledger.go_back(service, back_ms, said=said)
        return
    with ledger.writing() as connection:
        here = history.standing(connection, service).position
        history.raise_term(connection, service, here, ledger.surroundings)


async def _restored(world: World, chance: Random) -> None:
    await _go_back(world, chance, said=True)


async def _restored_in_silence(world: World, chance: Random) -> None:
    await _go_back(world, chance, said=False)


async def _promotion(world: World, chance: Random) -> None:
    """A follower that lacked the newest is promoted while the old primary still answers."""
    back_ms, both_s = round(1_000 * chance.uniform(0.1, 3)), chance.uniform(0.0, 3.0)
    if len({id(node.data) for node in world.nodes.values()}) > 1:
        return
    world.losses += 1
    ledger = world.ledgers.copy(world.ledger)
    for service in Service:
        restore(world, ledger, service.value, back_ms, said=True)
    old, new = world.data, Data(ledger)
    world.data = new
    first = chance.choice(("a", "b"))
    world.serve(new, first)

    async def old_one_dies() -> None:
        await world.clock.sleep(both_s)
        if world.data is new:
            world.serve(new)
        old.wake()

    world.fork(asyncio.ensure_future(old_one_dies()))


async def _split(world: World, chance: Random) -> None:
    """Both nodes are promoted: the same new term under two ids, until one of them is told."""
    if len({id(node.data) for node in world.nodes.values()}) > 1:
        return
    both_s, survives = chance.uniform(0.5, 3.0), chance.choice(("a", "b"))
    world.losses += 1
    sides = {"a": world.data, "b": Data(world.ledgers.copy(world.ledger))}
    for side in sides.values():
        side.ledger.new_terms()
    world.serve(sides["b"], "b")
    sides["a"].wake()
    kept = sides[survives]
    world.data = kept

    async def decided() -> None:
        await world.clock.sleep(both_s)
        if world.data is kept:
            _raise_above_both([side.ledger for side in sides.values()], kept.ledger)
            world.serve(kept)
        for side in sides.values():
            side.wake()

    world.fork(asyncio.ensure_future(decided()))


def _raise_above_both(sides: Sequence[Ledger], kept: Ledger) -> None:
    """Whoever decides looks at both histories: the new term is above all that was seen."""
    highest = {
        service: max(side.standing(service.value).position.term for side in sides)
        for service in Service
    }
    with kept.writing() as connection:
        for service, term in highest.items():
            here = history.standing(connection, service.value)
            history.raise_term(connection, service.value, here.position, kept.surroundings, term)


async def _switch(world: World, chance: Random) -> None:
    """Everybody is moved to another central that has taken the data over, and back again."""
    if len({id(node.data) for node in world.nodes.values()}) > 1:
        return
    away_s = chance.uniform(0.5, 4.0)

    def move() -> Data:
        fresh = Data(world.ledgers.copy(world.ledger))
        fresh.ledger.new_terms()
        world.data = fresh
        world.serve(fresh)
        world.switches += 1
        return fresh

    other = move()

    async def back() -> None:
        await world.clock.sleep(away_s)
        if world.data is other:
            move()

    world.fork(asyncio.ensure_future(back()))


async def _stale(world: World, chance: Random) -> None:
    """One way in leads to a replica that has stopped following; the other may be cut off."""
    name = chance.choice(("a", "b"))
    if world.nodes[name].data is not world.data or world.nodes[name].follows:
        return
    world.serve_replica(name)
    for service in Service:
        world.nodes[name].freeze(service.value, round(chance.uniform(0, 120_000)))
    if chance.random() < 0.7:
        other = "b" if name == "a" else "a"
        world.weather.cuts.append(Cut(_desk(world, chance).name, "", other))


async def _erase(world: World, chance: Random) -> None:
    """Somebody's record is erased at central."""
    service = chance.choice(("tickets", "tickets", "customers"))
    with world.ledger.reading() as connection:
        ids = world.present(connection, service)
    if ids:
        chosen = chance.choice(ids)
        world.ledger.remove(service, [chosen], "erased")
        world.erased[service, chosen] = None
        world.data.wake()


async def purge(world: World, chance: Random) -> None:
    """Records are deleted while a desk is away, and their tombstones forgotten."""
    service, desk = chance.choice(("tickets", "customers")), _desk(world, chance)
    away = Cut(desk.name, service)
    world.weather.cuts.append(away)
    with world.ledger.reading() as connection:
        ids = world.present(connection, service)
    if not ids:
        return
    chosen = chance.sample(ids, min(len(ids), 2))
    world.ledger.remove(service, chosen, "deleted")
    world.deleted.update(dict.fromkeys((service, one) for one in chosen))
    world.data.wake()
    later_s = chance.uniform(0.1, 3.0)

    async def forget() -> None:
        await world.clock.sleep(later_s)
        world.ledger.purge(service, 0.0)
        world.purged.add(service)
        world.data.wake()
        if away in world.weather.cuts:
            world.weather.cuts.remove(away)

    world.fork(asyncio.ensure_future(forget()))


async def _skew(world: World, chance: Random) -> None:
    """Central runs an older program for a while: it does not know this body yet."""
    lasts_s = chance.uniform(0.5, 4.0)
    world.end_newer()
    world.begin_skew()

    async def upgraded() -> None:
        await world.clock.sleep(lasts_s)
        world.end_skew()

    world.fork(asyncio.ensure_future(upgraded()))


async def _newer(world: World, chance: Random) -> None:
    """Central runs a newer program for a while, and goes back to this one."""
    if world.skewed:
        return
    world.begin_newer(chance)
    lasts_s = chance.uniform(0.5, 6.0)

    async def back() -> None:
        await world.clock.sleep(lasts_s)
        world.end_newer()

    world.fork(asyncio.ensure_future(back()))


Befalls = Mapping[str, Callable[[World, Random], Awaitable[None]]]
BEFALLS: Befalls = {
    "crash": _crash,
    "clock jump": _clock,
    "cloned profile": _clone,
    "credential refused": _credential,
    "partition begins": _cut,
    UNREAD: _unread,
    "partition ends": _mend,
    "storm begins": _storm,
    RESTORED: _restored,
    "restore, unsaid": _restored_in_silence,
    "promotion with loss": _promotion,
    "split-brain": _split,
    "switch of central": _switch,
    "stale replica": _stale,
    "erasure": _erase,
    "purged tombstones": purge,
    "schema skew": _skew,
}


BESIDE: Befalls = {
    ROTTEN: _rotten, "newer central": _newer, "desk upgraded": _upgraded, LEARNS: _learns,
}  # fmt: skip
"""Drawn from a stream of their own: whoever adds one changes no other part of a seed's story."""


async def befall(world: World, step: Step) -> None:
    """One of them happens."""
    world.befell(step.what)
    await (BEFALLS.get(step.what) or BESIDE[step.what])(world, Random(step.seed))


async def heal(world: World) -> None:
    """Every fault ends; what was under way comes to its own end first."""
    while world.tasks:
        await asyncio.wait(set(world.tasks))
    world.weather.heal()
    world.end_skew()
    world.end_newer()
    for node in world.nodes.values():
        node.refuses.clear()
    world.serve(world.data)
    for desk in world.desks:
        desk.clock.wrong_ms = 0
    world.data.wake()
