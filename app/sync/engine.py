"""The sync engine: per service a push, a pull and a probe loop that never wait for one another."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any

from app.domain.central_services import OWNERS, Service
from app.domain.changes import Changes
from app.domain.configuration import Configuration
from app.domain.desk_standing import REPORT_EACH_S
from app.domain.errors import CentralUnavailable
from app.domain.feed import Silence
from app.domain.freshness import thresholds
from app.domain.ids import Millis
from app.domain.outages import trouble_setting
from app.domain.parity import ParityReport
from app.domain.views import OutboxCounts, ServiceStatus, SyncReport
from app.ports.central import Central, EndpointState, SignInNeeded
from app.ports.store import ReadTx, Store, WriteTx
from app.ports.system import Clock, IdSource, Random
from app.sync.configuration import ConfigurationWatch
from app.sync.desk_report import DeskReporter
from app.sync.outage_log import OutageLog
from app.sync.parity import ParityCheck
from app.sync.person_keys import KeyRegistrar
from app.sync.probe import Prober
from app.sync.pull import Puller
from app.sync.push import Pusher
from app.sync.seed_claim import SeedClaim
from app.sync.service_state import Patience, ServiceState, SyncSettings, Tools, Way
from app.sync.take_overs import TakeOvers
from app.sync.terms import known_term
from app.sync.upkeep import Upkeep
from app.sync.waiting import Wake, cancelled, first_ended

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
        ids: IdSource,
        *,
        services: Sequence[Service] = tuple(Service),
        settings: SyncSettings | None = None,
        configuration_changed: Callable[[Configuration], None] | None = None,
    ) -> None:
        self._tools = Tools(store, central, clock, random, ids, settings or SyncSettings())
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
        self._parity = {one: ParityCheck(state) for one, state in self._states.items()}
        self._upkeep = Upkeep(self._tools, tuple(self._states.values()), self._mirrored)
        self._watch = ConfigurationWatch(self._tools, self._adopt)
        self._keys = KeyRegistrar(self._tools, self._watch)
        self._outages = OutageLog(self._tools)
        self._reporter: DeskReporter | None = None
        self._take_overs: TakeOvers | None = None
        self._claim: SeedClaim | None = None

    @property
    def tools(self) -> Tools:
        """What it works with, for those that work beside it."""
        return self._tools

    def claim_through(self, claim: SeedClaim) -> None:
        """Register a desk that began from a seed as soon as central answers; before it runs."""
        self._claim = claim

    def report_through(self, reporter: DeskReporter, take_overs: TakeOvers) -> None:
        """Tell central regularly how this desk stands, and what it took over; before it runs."""
        self._reporter, self._take_overs = reporter, take_overs

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
                remembered = tx.desk.setting(trouble_setting(service))
                if service not in self._remembered:
                    self._remembered[service] = remembered
                    state.recall_rate(tx)
                    state.recall(remembered)
                known = known_term(tx, service)
                if known is not None:
                    self._tools.central.adopted(service, known.term)

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
                self._kept_up(f"{service} parity", self._parity[service].run),
            ]
        loops += [
            self._kept_up("upkeep", self._upkeep.run),
            self._kept_up("configuration", self._watch.run),
            self._kept_up("keys", self._register_keys),
            self._kept_up("statuses", self._watch_statuses),
        ]
        if self._claim is not None:
            loops.append(self._kept_up("seed", self._claim_seed))
        if self._reporter is not None:
            loops.append(self._kept_up("report", self._report_regularly))
            loops.append(self._kept_up("take-overs", self._show_take_overs))
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
        await self._claimed()
        await self._take_overs_shown()
        before = self._moved_so_far()
        with contextlib.suppress(CentralUnavailable, SignInNeeded):
            await self.register_keys()
        works = [asyncio.ensure_future(self._once(one)) for one in self._states]
        works.append(asyncio.ensure_future(self._fetch_configuration()))
        everything = asyncio.ensure_future(self._all(works))
        try:
            await first_ended((everything,), self._tools.clock, deadline_s)
        finally:
            await cancelled((everything, *works))
        if not everything.cancelled():
            everything.result()
        for work in works:
            if not work.cancelled():
                work.result()
        await self._remember()
        await self._outages.note(self.statuses(self._tools.clock.now()))
        await self._tell_how_it_stands()
        return await self._report(before)

    async def _once(self, service: Service) -> None:
        state = self._states[service]
        state.interrupt.set()
        await self._pullers[service].read_kept()
        if not await self._answers(service):
            return
        with contextlib.suppress(CentralUnavailable, SignInNeeded):
            await self._pullers[service].learn_rate()  # what it met is met again below
        state.patience = Patience.ENDED
        done, second_tries = (-1, -1), 1
        while done != (state.attempted, state.offered_again):
            done = (state.attempted, state.offered_again)
            await self._pushers[service].drain()
            await self._pullers[service].attempt(0.0)
            if state.way is Way.DOUBTFUL and await self._probers[service].ask() and second_tries:
                second_tries -= 1
                state.patience = Patience.UNANSWERED_ENDED
            if not state.may_push:
                break

    async def _answers(self, service: Service) -> bool:
        """Whether the service is there; one that was only slow is asked a second time."""
        prober, state = self._probers[service], self._states[service]
        return await prober.ask() or (state.health.cause == Silence.TIMEOUT and await prober.ask())

    async def check_parity(self) -> tuple[ParityReport, ...]:
        """Compare every mirror with central now, and repair what differs; one service at a time.

        What can only be filled anew is fetched before the next one is compared.
        """
        await self.load()
        reports = []
        for service, one in self._parity.items():
            report = await one.check(thoroughly=True)
            if report.compared and not report.healthy:
                await self._pullers[service].attempt(0.0)
            reports.append(report)
        return tuple(reports)

    async def register_keys(self) -> None:
        """Tell central which keys people sign with here, where it does not know them.

        Raises CentralUnavailable, SignInNeeded.
        """
        await self._keys.register()

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
        if changes.touches("held"):
            for pusher in self._pushers.values():
                pusher.look_again()
        loop = self._loop
        moved = changes.ids.get("outbox", frozenset())
        handled = all(
            any(op_id in pusher.handling for pusher in self._pushers.values()) for op_id in moved
        )
        if loop is not None and (changes.everything or not handled):
            loop.call_soon_threadsafe(self._wake_pushers, changes)

    def _wake_pushers(self, changes: Changes) -> None:
        """Those whose records moved have something to send; without a record named, all may."""
        states = self._states.items()
        moved = [state for service, state in states if changes.touches(*OWNERS[service])]
        for state in moved or self._states.values():
            state.push.set()

    def _moved(self) -> None:
        for listener in tuple(self._listeners):
            listener()

    async def _register_keys(self) -> None:
        """As soon as the catalog answers; a desk nobody signs at asks nothing."""
        while True:
            with contextlib.suppress(CentralUnavailable, SignInNeeded):
                await self.register_keys()
            await self._tools.clock.sleep(self._tools.settings.keys_each_s)

    async def _claim_seed(self) -> None:
        """Ask until central answers; from then on everything goes as at any other desk."""
        while True:
            if await self._claimed():
                for state in self._states.values():
                    state.pull.set()
                self.probe_all()
            await self._tools.clock.sleep(self._tools.settings.keys_each_s)

    async def _claimed(self) -> bool:
        if self._claim is None:
            return False
        with contextlib.suppress(CentralUnavailable, SignInNeeded):
            return await self._claim.claim()
        return False

    async def _take_overs_shown(self) -> None:
        if self._take_overs is not None:
            with contextlib.suppress(CentralUnavailable, SignInNeeded):
                if await self._take_overs.show():
                    self.nudge()

    async def _show_take_overs(self) -> None:
        """What was taken over goes as soon as central has seen whose it was."""
        while True:
            await self._take_overs_shown()
            await self._tools.clock.sleep(self._tools.settings.keys_each_s)

    async def _report_regularly(self) -> None:
        """Each minute while central answers; a desk that is not heard of is a silent one."""
        while True:
            await self._tell_how_it_stands()
            await self._tools.clock.sleep(REPORT_EACH_S)

    async def _tell_how_it_stands(self) -> None:
        if self._reporter is not None and any(map(self.reachable, self._states)):
            with contextlib.suppress(CentralUnavailable, SignInNeeded):
                await self._reporter.report()

    async def _watch_statuses(self) -> None:
        """Words and lines move with time alone: tell the listeners, and keep what is in trouble."""
        while True:
            now = self._tools.clock.now()
            told = tuple([state.shown(now) for state in self._states.values()])
            if told != self._told:
                self._told = told
                statuses = self.statuses(now)
                self._moved()
                await self._remember()
                await self._outages.note(statuses)
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
                tx.desk.set_setting(trouble_setting(service), remembered)

        await self._tools.store.write(write, by_person=False)
        self._remembered.update(moved)

    def _adopt(self, configuration: Configuration) -> None:
        """A configuration came: thresholds here, endpoints with whoever made the client."""
        for service, stale_after_ms in thresholds(configuration.stale_after_s).items():
            if service in self._states:
                self._states[service].stale_after_ms = stale_after_ms
        for service, state in self._states.items():
            told = tuple(one for one in configuration.deletions if one.service is service)
            if told != state.announced:
                state.announced = told
                state.interrupt.set()  # what is held may go: the next page looks
        if self._configuration_changed is not None:
            self._configuration_changed(configuration)
