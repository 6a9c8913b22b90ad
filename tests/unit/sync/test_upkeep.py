"""Behind the pages: search filled, what was kept read, the old emptied, outages noted."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from app.domain.central_services import Service
from app.domain.errors import StoreFull
from app.domain.feed import Silence
from app.domain.outages import OUTAGES_SETTING, spells_of
from app.sync.service_state import SyncSettings
from app.sync.upkeep import Upkeep
from app.sync.waiting import Wake
from tests.support.memory_store import MemoryStore, T, Transaction
from tests.unit.sync.desk import TICKETS, Bench, story


@dataclass
class Left:
    """What there is to do, and in which slices it was done."""

    search: int = 0
    kept: dict[Service, int] = field(default_factory=dict)
    old: dict[Service, int] = field(default_factory=dict)
    done: list[tuple[str, int]] = field(default_factory=list)
    fault: Exception | None = None

    def take(self, what: str, left: int, limit: int) -> int:
        some = min(left, limit)
        self.done.append((what, some))
        return some


class Working(Transaction):
    left: Left

    def fill_search(self, limit: int) -> int:
        some = self.left.take("search", self.left.search, limit)
        self.left.search -= some
        return some

    def read_kept(self, service: Service, limit: int) -> int:
        if self.left.fault is not None:
            raise self.left.fault
        some = self.left.take(f"kept of {service}", self.left.kept.get(service, 0), limit)
        self.left.kept[service] = self.left.kept.get(service, 0) - some
        return some

    def empty_old_generation(self, service: Service, limit: int) -> int:
        some = self.left.take(f"old of {service}", self.left.old.get(service, 0), limit)
        self.left.old[service] = self.left.old.get(service, 0) - some
        return some


class WorkingStore(MemoryStore):
    def __init__(self, left: Left) -> None:
        super().__init__()
        self.left = left

    async def write(self, work: Callable[[Transaction], T], *, by_person: bool = True) -> T:
        assert not by_person, "nobody waits for it"
        transaction = Working(self.tables)
        transaction.left = self.left
        return work(transaction)


def at_work(bench: Bench, left: Left) -> tuple[Upkeep, Wake, Bench]:
    """Its upkeep over a store with that much to do."""
    bench.store = WorkingStore(left)
    bench.settings = SyncSettings(search_rows=10, old_rows=4)
    bench.engine = bench.new_engine()
    mirrored = Wake()
    states = tuple(bench.engine._states.values())
    return Upkeep(bench.engine.tools, states, mirrored), mirrored, bench


@story
async def test_it_ends_with_nothing_left_and_takes_small_turns(bench: Bench) -> None:
    left = Left(search=25, old={TICKETS: 9, Service.BILLING: 4})
    upkeep, _mirrored, _bench = at_work(bench, left)
    await upkeep.finish()
    assert left.search == 0
    assert [some for what, some in left.done if what == "search"] == [10, 10, 5]
    assert [some for what, some in left.done if what == "old of tickets"] == [4, 4, 1, 0]
    assert [some for what, some in left.done if what == "old of billing"] == [4, 0]
    assert left.done[0][0] == "search"


@story
async def test_rows_that_arrive_in_bulk_come_before_the_search(bench: Bench) -> None:
    left = Left(search=5)
    upkeep, _mirrored, bench = at_work(bench, left)
    state = bench.engine._states[Service.BILLING]
    state.mirroring = True
    filling = asyncio.ensure_future(upkeep.fill_search())
    await bench.clock.sleep(10)
    assert left.done == []
    state.mirroring = False
    await bench.clock.sleep(0.6)
    assert left.search == 0
    await filling


@story
async def test_it_works_at_the_start_and_again_with_each_new_generation(bench: Bench) -> None:
    left = Left(search=5, old={TICKETS: 3})
    upkeep, mirrored, bench = at_work(bench, left)
    running = asyncio.ensure_future(upkeep.run())
    await bench.clock.sleep(1)
    assert (left.search, left.old[TICKETS]) == (0, 0)
    left.done.clear()
    await bench.clock.sleep(600)
    assert left.done == [], "it does not spin"
    left.search, left.old[TICKETS] = 7, 2
    mirrored.set()
    await bench.clock.sleep(1)
    assert (left.search, left.old[TICKETS]) == (0, 0)
    running.cancel()
    await asyncio.wait([running])


@story
async def test_what_was_kept_unread_is_looked_through_once_and_in_slices(bench: Bench) -> None:
    """A program learns once, at its start."""
    left = Left(kept={TICKETS: 6})
    at_work(bench, left)
    puller = bench.engine._pullers[TICKETS]
    await puller.read_kept()
    assert left.done == [("kept of tickets", 4), ("kept of tickets", 2), ("kept of tickets", 0)]
    await puller.read_kept()
    assert len(left.done) == 3


@story
async def test_a_store_that_cannot_read_what_was_kept_is_no_secret(bench: Bench) -> None:
    """Whoever keeps the loops up hears of it, and begins again."""
    at_work(bench, Left(fault=StoreFull("The disk is full.")))
    with pytest.raises(StoreFull):
        await bench.engine._pullers[TICKETS].run()


@story
async def test_what_the_store_raises_at_the_end_of_a_run_comes_through(bench: Bench) -> None:
    class Full(MemoryStore):
        async def write(self, work: Callable[[Transaction], T], *, by_person: bool = True) -> T:
            if self.writes > 30 and not by_person:
                raise StoreFull("The disk is full.")
            return await super().write(work, by_person=by_person)

    bench.store = Full()
    bench.store.tables.unsearchable = 40 * 400
    bench.engine = bench.new_engine()
    with pytest.raises(StoreFull):
        await bench.engine.sync_once()


@story
async def test_an_outage_is_noted_when_its_line_comes_and_when_it_goes(bench: Bench) -> None:
    written: list[object] = []

    class Noting(MemoryStore):
        async def write(self, work: Callable[[Transaction], T], *, by_person: bool = True) -> T:
            before = self.tables.settings.get(OUTAGES_SETTING)
            result = await super().write(work, by_person=by_person)
            after = self.tables.settings.get(OUTAGES_SETTING)
            if after != before:
                assert not by_person
                written.append(after)
            return result

    bench.store = Noting()
    bench.engine = bench.new_engine()
    told: list[bool] = []
    bench.store.subscribe(lambda changes: told.append(changes.touches("outage")))
    async with bench.running():
        await bench.clock.sleep(30)
        bench.central.away = {TICKETS: Silence.CONNECT}
        began = bench.clock.now()
        await bench.clock.sleep(20)
        assert written == [], "no line, no outage"
        await bench.clock.sleep(100)
        (spell,) = spells_of(bench.store.tables.settings[OUTAGES_SETTING])
        assert (spell.service, spell.until) == (TICKETS, None)
        assert abs(spell.since - began) < 30_000
        bench.central.away = {}
        back = bench.clock.now()
        await bench.clock.sleep(120)
    (spell,) = spells_of(bench.store.tables.settings[OUTAGES_SETTING])
    assert spell.until is not None
    assert abs(spell.until - back) < 10_000
    assert len(written) == 2
    assert told.count(True) == 2
