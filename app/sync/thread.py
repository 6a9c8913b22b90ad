"""The engine on a thread of its own: a plain event loop beside the one that draws."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar

from app.domain.audit import SignedHead
from app.domain.central_services import Service
from app.domain.desk_standing import DeskReport, DeskStanding
from app.domain.errors import Bug, OffhookError
from app.domain.feed import Answer, FeedPage, Position, SnapshotPage, Verdict
from app.domain.ids import Millis, OpId, PersonId
from app.domain.parity import ParityReport, RowState
from app.domain.views import ServiceStatus, SyncReport
from app.ports.central import Attempt, Central, EndpointState, FetchedRows, HealthAnswer
from app.ports.desks import Desks
from app.sync.engine import SyncEngine

T = TypeVar("T")

_LOG = logging.getLogger("app.sync")

STOP_WITHIN_S = 2.0


class EngineThread:
    """Implements `app.ports.sync.SyncControl`; every method may be called from any thread."""

    def __init__(self, engine: SyncEngine, closing: Callable[[], Awaitable[None]]) -> None:
        """`closing` runs on the engine's loop at the very end (the client's connections)."""
        self._engine = engine
        self._closing = closing
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._main, name="sync", daemon=True)
        self._started = False

    def start(self) -> None:
        """Let the engine run; once."""
        if not self._started:
            self._started = True
            self._thread.start()

    def _main(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._run())
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        finally:
            self._loop.close()

    async def _run(self) -> None:
        try:
            await self._engine.run()
        except OffhookError:
            # The store could not even be read: the desk meets the same fault and says so.
            _LOG.error("The sync engine does not run.", exc_info=True)
        finally:
            await self._closing()

    def stop(self, within_s: float = STOP_WITHIN_S) -> bool:
        """End the engine; whether it ended in time. What is `sending` is safe either way."""
        if not self._started:
            self._loop.close()
            return True
        self._call(self._engine.stop)
        if self._thread.is_alive():
            self._thread.join(within_s)
        return not self._thread.is_alive()

    def _call(self, work: Callable[[], None]) -> None:
        """Run on the engine's loop; after the engine has ended there is nothing to tell it."""
        try:
            self._loop.call_soon_threadsafe(work)
        except RuntimeError:
            return

    def begin(self, work: Coroutine[Any, Any, T]) -> Future[T]:
        """Run a coroutine on the engine's loop; a future to wait for from another thread.

        Raises Bug where the engine's thread does not run.
        """
        if not self._thread.is_alive():
            work.close()
            raise Bug("The sync engine does not run.")
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def awaited(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the engine's loop and await it in the caller's."""
        return await asyncio.wrap_future(self.begin(work))

    # --- SyncControl -----------------------------------------------------------------------

    def statuses(self, now: Millis) -> tuple[ServiceStatus, ...]:
        return self._engine.statuses(now)

    def endpoints(self, service: str) -> tuple[EndpointState, ...]:
        return self._engine.endpoints(service)

    def reachable(self, service: Service) -> bool:
        return self._engine.reachable(service)

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        return self._engine.subscribe(listener)

    def nudge(self) -> None:
        self._call(self._engine.nudge)

    def probe_all(self) -> None:
        self._call(self._engine.probe_all)

    async def sync_once(self, deadline_s: float = 60.0) -> SyncReport:
        """`SyncEngine.sync_once` on the engine's loop, beside the loops that run there."""
        return await self.awaited(self._engine.sync_once(deadline_s))

    async def register_keys(self) -> None:
        """`SyncEngine.register_keys` on the engine's loop."""
        await self.awaited(self._engine.register_keys())

    async def check_parity(self) -> tuple[ParityReport, ...]:
        """`SyncEngine.check_parity` on the engine's loop."""
        return await self.awaited(self._engine.check_parity())

    async def standing(self) -> SyncReport:
        """`SyncEngine.standing` on the engine's loop."""
        return await self.awaited(self._engine.standing())


class CentralOnThread:
    """Implements `app.ports.central.Central` for callers on other loops than the engine's."""

    def __init__(self, central: Central, thread: EngineThread) -> None:
        self._central = central
        self._thread = thread

    async def changes(
        self, service: Service, cursor: str | None, limit: int, wait_s: float
    ) -> FeedPage:
        return await self._thread.awaited(self._central.changes(service, cursor, limit, wait_s))

    async def snapshot(self, service: Service, after: str | None, limit: int) -> SnapshotPage:
        return await self._thread.awaited(self._central.snapshot(service, after, limit))

    async def rows(self, service: Service, ids: Sequence[str]) -> FetchedRows:
        return await self._thread.awaited(self._central.rows(service, ids))

    async def digests(self, service: Service, at: Position) -> tuple[str, ...]:
        return await self._thread.awaited(self._central.digests(service, at))

    async def bucket(self, service: Service, number: int, at: Position) -> tuple[RowState, ...]:
        return await self._thread.awaited(self._central.bucket(service, number, at))

    async def submit(self, service: Service, attempt: Attempt) -> Answer:
        return await self._thread.awaited(self._central.submit(service, attempt))

    async def verdict_of(
        self, service: Service, op_id: OpId, expected: tuple[int, str] | None = None
    ) -> Verdict | None:
        return await self._thread.awaited(self._central.verdict_of(service, op_id, expected))

    async def withdraw(self, service: Service, op_id: OpId) -> Verdict:
        return await self._thread.awaited(self._central.withdraw(service, op_id))

    async def configuration(self) -> bytes:
        return await self._thread.awaited(self._central.configuration())

    async def register_key(self, person: str, public_key: str, proof: str) -> bytes | None:
        return await self._thread.awaited(self._central.register_key(person, public_key, proof))

    async def probe(self, service: Service) -> HealthAnswer:
        return await self._thread.awaited(self._central.probe(service))

    def adopted(self, service: Service, term: int) -> None:
        """The engine alone takes pages."""
        self._central.adopted(service, term)

    def endpoints(self, service: Service) -> tuple[EndpointState, ...]:
        return self._central.endpoints(service)

    async def close(self) -> None:
        """Nothing: the engine's thread closes what it uses."""


class DesksOnThread:
    """Implements `app.ports.desks.Desks` for callers on other loops than the engine's."""

    def __init__(self, desks: Desks, thread: EngineThread) -> None:
        self._desks = desks
        self._thread = thread

    async def report(self, report: DeskReport) -> str | None:
        return await self._thread.awaited(self._desks.report(report))

    async def signed_heads(self) -> tuple[SignedHead, ...]:
        return await self._thread.awaited(self._desks.signed_heads())

    async def standings(self, person: PersonId) -> tuple[DeskStanding, ...]:
        return await self._thread.awaited(self._desks.standings(person))

    async def take_over(self, certificate: bytes) -> bool:
        return await self._thread.awaited(self._desks.take_over(certificate))
