"""Endpoints that take everything and answer nothing: found out in time, and passed by."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field

import msgspec

from app.central.client.contract_client import Access, ContractClient
from app.central.client.transport import TransportSettings
from app.domain.central_services import Service
from app.domain.configuration import EndpointPlace
from app.domain.errors import CentralUnavailable
from app.domain.feed import Silence
from app.domain.lifecycle import OpState
from app.domain.views import ServiceWord
from app.ports.central import Request, Response
from tests.support.virtual_time import VirtualClock, run_virtual
from tests.support.wire_bodies import answer, health, html, page, snapshot, verdict
from tests.unit.sync.desk import Bench

A, B = "http://a", "http://b"


@dataclass
class Swallowing:
    """A transport whose endpoints answer well, or take the bytes and stay quiet."""

    clock: VirtualClock
    quiet: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    async def exchange(self, request: Request) -> Response:
        host, path = request.url.split("/v1/")
        self.asked.append(host)
        news = self.clock.monotonic() + (25.0 if "wait=25" in path else 0.01)
        ends = self.clock.monotonic() + request.deadline_s
        quiet_since: float | None = None
        while True:
            if host not in self.quiet:
                quiet_since = None
                if self.clock.monotonic() >= news:
                    return _good(path, request)
            elif quiet_since is None:
                quiet_since = self.clock.monotonic()
            now = self.clock.monotonic()
            gap = quiet_since is not None and now - quiet_since >= TransportSettings().quiet_s
            if gap or now >= ends:
                raise CentralUnavailable("Nothing came.", cause=Silence.TIMEOUT)
            await self.clock.sleep(0.01 if news - now < 0.02 else 0.1)

    async def close(self) -> None:
        """Nothing is held."""


def _good(path: str, request: Request) -> Response:
    service, _, rest = path.partition("/")
    if rest.startswith("health"):
        return answer(200, health(service))
    if rest.startswith("changes"):
        return answer(200, page())
    if rest.startswith("snapshot"):
        return answer(200, snapshot())
    if rest.startswith("operations/"):
        return answer(200, verdict(rest.partition("/")[2]))
    if rest.startswith("operations"):
        return answer(200, verdict(msgspec.json.decode(request.body)["op_id"]))
    return html(404)


def two_ways(
    tell: Callable[[Bench, Swallowing], Coroutine[object, object, None]],
) -> Callable[[], None]:
    """A story of a desk with two endpoints for each service."""

    def told() -> None:
        async def run(clock: VirtualClock) -> None:
            transport = Swallowing(clock)
            both = [EndpointPlace(A, "West", "A"), EndpointPlace(B, "North", "B")]
            client = ContractClient(
                transport, clock, Access("secret", "inc-1"), dict.fromkeys(Service, both)
            )
            await tell(Bench(clock, client), transport)  # type: ignore[arg-type]  # the real client

        run_virtual(run)

    told.__name__, told.__doc__, told.__module__ = tell.__name__, tell.__doc__, tell.__module__
    return told


@two_ways
async def test_both_ways_swallow_all_and_the_mark_comes_within_ten_seconds(
    bench: Bench, transport: Swallowing
) -> None:
    """Given polls under way, when nothing comes any more, it is marked ≤ 10 s later (ux 11)."""
    async with bench.running():
        await bench.clock.sleep(60)
        assert bench.status().word is ServiceWord.UP
        transport.quiet = {A, B}
        await bench.until(lambda: bench.status().word is ServiceWord.DOWN, 10)
        await bench.until(lambda: bench.status().outage_since is not None, 30)
        transport.quiet = set()
        await bench.until(lambda: bench.status().word is ServiceWord.UP, 10)


@two_ways
async def test_one_way_swallows_all_and_work_goes_by_the_other_within_five_seconds(
    bench: Bench, transport: Swallowing
) -> None:
    """Given the endpoint in use gone quiet, a save is at central in time and nothing is marked."""
    async with bench.running():
        await bench.clock.sleep(60)
        transport.quiet = {A}
        op_id = await bench.save()
        done = (OpState.ACKED, OpState.SETTLED)
        await bench.until(lambda: bench.store.state_of(op_id) in done, 5)
        for _ in range(100):
            assert bench.status().word is not ServiceWord.DOWN
            await bench.clock.sleep(0.2)
        assert bench.status().endpoint == B
        transport.asked.clear()
        await bench.save()
        await bench.clock.sleep(1)
        assert A not in transport.asked, "it stays with what answers"
