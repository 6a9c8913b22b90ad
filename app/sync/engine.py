"""The sync engine: per service a push, a pull and a probe loop that never wait for one another."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from app.domain.central_services import Service
from app.domain.changes import Changes
from app.domain.configuration import Configuration
from app.domain.errors import CentralUnavailable
from app.domain.freshness import thresholds
from app.domain.ids import Millis
from app.domain.views import OutboxCounts, ServiceStatus, SyncReport
from app.ports.central import Central, EndpointState, SignInNeeded
from app.ports.store import ReadTx, Store, WriteTx
from app.ports.system import Clock, Random
from app.sync.configuration import ConfigurationWatch
from app.sync.probe import Prober
from app.sync.pull import Puller
from app.sync.push import Pusher
from app.sync.service_state import Patience, ServiceState, SyncSettings, Tools, Way
from app.sync.upkeep import Upkeep
from app.sync.waiting import Wake, cancelled, first_of

_LOG = logging.getLogger("app.sync")
_LONGEST_PAUSE_S = 60.0


class SyncEngine:
    """Everything between the outbox and central. All of it lives on one event loop.

    `statuses` and `endpoints` may be called from any thread; the rest belongs on the loop (see
    `app.sync.thread`).
    """

    def __init__(
        self,
        store: Store,
        central: Central,
        clock: Clock,
        random: Random,
        *,
        services: Sequence[Service] = tuple(Service),
        settings: SyncSettings | None = None,
        configuration_changed: Callable[[Configuration], None] | None = None,
    ) -> None:
        self._tools = Tools(store, central, clock, random, settings or SyncSettings())
        self._configuration_changed = configuration_changed
        self._listeners: list[Callable[[], None]] = []
        self._told: tuple[object, ...] = ()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = asyncio.Event()
        self._mirrored = Wake()
        self._remembered: dict[Service, object] = {}
        self._states = {
            service: ServiceState(service, self._tools, self._moved) for service in services
        }
        self._pushers = {one: Pusher(state) for one, state in self._states.items()}
        self._pullers = {one: Puller(state, self._mirrored) for one, state in self._states.items()}
        self._probers = {one: Prober(state) for one, state in self._states.items()}
        self._upkeep = Upkeep(self._tools, tuple(self._states.values()), self._mirrored)
        self._watch = ConfigurationWatch(self._tools, self._adopt)

    # --- what people ask -------------------------------------------------------------------

    def statuses(self, now: Millis) -> tuple[ServiceStatus, ...]:
        """One line per service, in the order given; from any thread."""
        return tuple(state.status(now) for state in self._states.values())

    def endpoints(self, service: str) -> tuple[EndpointState, ...]:
        """The ways in to a service, the one in use marked; from any thread."""
        return self._tools.central.endpoints(Service(service))

    def reachable(self, service: Service) -> bool:
        """Whether a save would go out now; from any thread."""
        state = self._states.get(service)
        return state is not None and state.way is Way.OPEN and state.health.down is None

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call on the engine's loop whenever a status may have moved; returns the undo."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def nudge(self) -> None:
        """Something was saved: try to send at once."""
        for state in self._states.values():
            state.push.set()

    def probe_all(self) -> None:
        """Ask every service now; where it answers, stored waiting times end once."""
        for state in self._states.values():
            state.patience = Patience.ENDED
            state.probe.set()
            state.push.set()

    def stop(self) -> None:
        """Let `run` return (within 2 s; what is `sending` is safe)."""
        self._stopping.set()

    # --- running ---------------------------------------------------------------------------

    async def load(self) -> None:
        """Take up from the store where everything stands, without talking to anybody."""
        await self._watch.load()

        def read(tx: ReadTx) -> None:
            offset = tx.desk.clock_offset()
            for service, state in self._states.items():
                state.read(tx)
                state.offset_ms = offset[0] if offset else 0
                remembered = tx.desk.setting(_trouble_setting(service))
                if service not in self._remembered:
                    self._remembered[service] = remembered
                    state.recall_rate(tx)
                    state.recall(remembered)

        await self._tools.store.read(read)

    async def run(self) -> None:
        """Sync until `stop` is called."""
        self._loop = asyncio.get_running_loop()
        await self.load()
        undo = self._tools.store.subscribe(self._on_changes)
        tasks = [asyncio.ensure_future(one) for one in self._loops()]
        try:
            await self._stopping.wait()
        finally:
            undo()
            await cancelled(tasks)
            await self._remember()
            self._loop = None
            self._stopping.clear()

    def _loops(self) -> list[Coroutine[Any, Any, None]]:
        loops: list[Coroutine[Any, Any, None]] = []
        for service in self._states:
            loops += [
                self._kept_up(f"{service} push", self._pushers[service].run),
                self._kept_up(f"{service} pull", self._pullers[service].run),
                self._kept_up(f"{service} probe", self._probers[service].run),
            ]
        loops += [
            self._kept_up("upkeep", self._upkeep.run),
            self._kept_up("configuration", self._watch.run),
            self._kept_up("statuses", self._watch_statuses),
        ]
        return loops

    async def _kept_up(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """One loop's fault (a full disk, a bug) neither ends it for good nor touches the others."""
        failures = 0
        while True:
            try:
                await work()
            except Exception:  # noqa: BLE001 - it starts again from the store, all it knows
                failures += 1
                _LOG.error("The %s loop starts again.", name, exc_info=True)
                await self._tools.clock.sleep(min(2.0**failures, _LONGEST_PAUSE_S))

    # --- once ------------------------------------------------------------------------------

    async def sync_once(self, deadline_s: float = 60.0) -> SyncReport:
        """Push until nothing more can go and pull until up to date, every service by itself.

        Stored waiting times are left out once. Ends by the deadline and never raises because
        central is away; what the store raises comes through.
        """
        await self.load()
        before = self._moved_so_far()
        works = [asyncio.ensure_future(self._once(one)) for one in self._states]
        works.append(asyncio.ensure_future(self._fetch_configuration()))
        try:
            await first_of(self._all(works), self._tools.clock.sleep(deadline_s))
        finally:
            await cancelled([work for work in works if not work.done()])
        for work in works:
            if not work.cancelled():
                work.result()
        await self._remember()
        return await self._report(before)

    async def _once(self, service: Service) -> None:
        state = self._states[service]
        state.interrupt.set()
        if not await self._probers[service].ask():
            return
        with contextlib.suppress(CentralUnavailable, SignInNeeded):
            await self._pullers[service].learn_rate()  # what it met is met again below
        state.patience = Patience.ENDED
        tried = -1
        while tried < state.attempted:
            tried = state.attempted
            await self._pushers[service].drain()
            await self._pullers[service].attempt(0.0)
            if state.way is Way.DOUBTFUL:
                await self._probers[service].ask()
            if not state.may_push:
                break

    async def _all(self, works: Sequence[asyncio.Future[None]]) -> None:
        await asyncio.wait(works)
        await self._upkeep.finish()

    async def _fetch_configuration(self) -> None:
        await self._watch.fetch()

    def _moved_so_far(self) -> tuple[int, int]:
        states = self._states.values()
        return sum(one.pushed for one in states), sum(one.pulled for one in states)

    async def _report(self, before: tuple[int, int]) -> SyncReport:
        outbox = await self._tools.store.read(self._read_all)
        pushed, pulled = self._moved_so_far()
        return SyncReport(
            pushed=pushed - before[0],
            pulled=pulled - before[1],
            waiting=outbox.waiting,
            needs_review=outbox.needs_review,
            services=self.statuses(self._tools.clock.now()),
        )

    async def standing(self) -> SyncReport:
        """How things stand by the store and the last contact, without talking to anybody."""
        return await self._report(self._moved_so_far())

    def _read_all(self, tx: ReadTx) -> OutboxCounts:
        for state in self._states.values():
            state.read(tx)
        return tx.outbox.counts()

    # --- news ------------------------------------------------------------------------------

    def _on_changes(self, changes: Changes) -> None:
        """After a commit, on whichever thread committed."""
        loop = self._loop
        moved = changes.ids.get("outbox", frozenset())
        handled = all(
            any(op_id in pusher.handling for pusher in self._pushers.values()) for op_id in moved
        )
        if loop is not None and (changes.everything or not handled):
            loop.call_soon_threadsafe(self.nudge)

    def _moved(self) -> None:
        for listener in tuple(self._listeners):
            listener()

    async def _watch_statuses(self) -> None:
        """Words and lines move with time alone: tell the listeners, and keep what is in trouble."""
        while True:
            now = self._tools.clock.now()
            told = tuple((one.word, one.outage_since) for one in self.statuses(now))
            if told != self._told:
                self._told = told
                self._moved()
                await self._remember()
            await self._tools.clock.sleep(self._tools.settings.watch_each_s)

    async def _remember(self) -> None:
        """Keep what is in trouble, so that the next start does not show it as well."""
        moved = {
            service: state.remembered()
            for service, state in self._states.items()
            if state.remembered() != self._remembered.get(service)
        }
        if not moved:
            return

        def write(tx: WriteTx) -> None:
            for service, remembered in moved.items():
                tx.desk.set_setting(_trouble_setting(service), remembered)

        await self._tools.store.write(write, by_person=False)
        self._remembered.update(moved)

    def _adopt(self, configuration: Configuration) -> None:
        """A configuration came: thresholds here, endpoints with whoever made the client."""
        for service, stale_after_ms in thresholds(configuration.stale_after_s).items():
            if service in self._states:
                self._states[service].stale_after_ms = stale_after_ms
        if self._configuration_changed is not None:
            self._configuration_changed(configuration)


def _trouble_setting(service: Service) -> str:
    return f"trouble.{service}"
