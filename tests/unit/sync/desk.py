"""A desk on virtual time: the engine between a store in memory and a scripted central."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from app.domain.central_services import Service
from app.domain.feed import Position, Verdict
from app.domain.operations import Outcome
from app.domain.views import ServiceStatus
from app.ports.central import Attempt
from app.sync.engine import SyncEngine
from app.sync.service_state import SyncSettings
from tests.support.engines_store import EnginesStore
from tests.support.memory_store import MemoryStore, Taken
from tests.support.scripted_central import ScriptedCentral
from tests.support.virtual_time import SeededRandom, VirtualClock, run_virtual

TICKETS = Service.TICKETS


@dataclass
class Bench:
    """Everything a story touches."""

    clock: VirtualClock
    central: ScriptedCentral
    store: MemoryStore = field(default_factory=MemoryStore)
    taken: Taken = field(default_factory=Taken)
    settings: SyncSettings = field(default_factory=SyncSettings)
    given: list[EnginesStore] = field(default_factory=list)
    """What its engines were given."""

    def __post_init__(self) -> None:
        self.engine = self.new_engine()

    def new_engine(self) -> SyncEngine:
        """The program started again over the same store."""
        given = EnginesStore(self.store.as_port())
        self.given.append(given)
        return SyncEngine(
            given.as_port(),
            self.central,
            self.clock,
            SeededRandom(),
            self.taken.ids,
            settings=self.settings,
        )

    def accepted_behind(self, service: Service, attempt: Attempt) -> Verdict:
        """A script: accepted where the mirror has passed already, so that no page will name it."""
        said = Verdict(attempt.op_id, Outcome.APPLIED, 1, Position(1, 2), "term-one")
        self.central.histories[service].verdicts[attempt.op_id] = said
        return said

    async def save(self, lane: str | None = None, service: Service = TICKETS) -> str:
        """A person saves an operation."""
        return await self.store.take(self.taken.note(lane, service, self.clock.now()))

    def status(self, service: Service = TICKETS) -> ServiceStatus:
        lines = self.engine.statuses(self.clock.now())
        return next(one for one in lines if one.service == service)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[SyncEngine]:
        """The engine at work until the block ends."""
        running = asyncio.ensure_future(self.engine.run())
        await self.clock.sleep(1.0)
        try:
            yield self.engine
        finally:
            self.engine.stop()
            await running

    async def until(self, holds: Callable[[], bool], within_s: float) -> float:
        """Wait until something holds; how long that took. Fails once the time is over."""
        began = self.clock.monotonic()
        while not holds():
            assert self.clock.monotonic() - began <= within_s, "it did not come to hold in time"
            await self.clock.sleep(0.05)
        return self.clock.monotonic() - began


def story(
    tell: Callable[[Bench], Coroutine[object, object, None]],
) -> Callable[[], None]:
    """Run an async story as a test on virtual time."""

    def told() -> None:
        async def run(clock: VirtualClock) -> None:
            bench = Bench(clock, ScriptedCentral(clock))
            await tell(bench)
            assert sum(one.turns_taken for one in bench.given) == 0

        run_virtual(run)

    told.__name__ = tell.__name__
    told.__doc__ = tell.__doc__
    told.__module__ = tell.__module__
    return told
