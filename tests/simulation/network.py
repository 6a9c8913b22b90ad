"""What happens between a desk and central: everything a network, a balancer or a portal does."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from random import Random

from app.central.contract.routes import PROBLEM_BASE, Code, Header
from app.domain.errors import CentralUnavailable
from app.domain.feed import Silence
from app.ports.central import Request, Response
from app.ports.system import Clock
from tests.simulation.endpoints import node_of
from tests.simulation.sources import Death


class Fault(StrEnum):
    """Drawn per exchange, each with its own chance in this seed."""

    LOST_REQUEST = "lost request"
    LOST_ANSWER = "lost answer"
    DUPLICATE = "duplicate"
    DELAY = "delay"
    REORDER = "reorder"
    """The desk gives up; the request arrives all the same, behind later ones."""
    BUSY = "429 or 503"
    GARBAGE = "garbage body"
    PORTAL = "portal answer"
    POISON = "poison operation"


Kept = tuple[str, Request]
"""A request that has left and is still on its way, and the way in it goes to."""
_HTML = b"<html><body>Welcome to the guest network</body></html>"
_LATEST_S = 12.0
Server = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Cut:
    """A partition: whom it separates from what, and which way."""

    desk: str
    service: str = ""
    """Empty: every service."""
    node: str = ""
    """Empty: both ways in."""
    answers_only: bool = False
    """Requests arrive, nothing comes back."""
    reads_only: bool = False
    """What serves reads is away, what takes operations is not."""
    kept: list[Kept] | None = None
    """Where it keeps operations that leave, for whoever delivers them later; nothing else then."""

    def holds(self, desk: str, service: str, node: str, method: str) -> bool:
        if self.reads_only and method != "GET":
            return False
        if self.kept is not None and method != "POST":
            return False
        return (
            self.desk == desk and self.service in ("", service) and self.node in ("", node)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Late:
    """Central's answers to a desk's operations take that much longer."""

    desk: str
    service: str
    by_s: float


@dataclass
class Weather:
    """The faults of one seed: chances per exchange, cuts and storms that last."""

    seed: int
    chances: Mapping[Fault, float]
    only: str = ""
    """The one service it befalls; empty: all of them."""
    fired: Counter[str] = field(default_factory=Counter)
    cuts: list[Cut] = field(default_factory=list)
    late: list[Late] = field(default_factory=list)
    storms: set[str] = field(default_factory=set)
    """Services whose balancers answer 429 and 503 to everything."""
    poisoned: dict[str, bool] = field(default_factory=dict)
    calm: bool = False

    def draw(self, chance: Random, service: str) -> Fault | None:
        """At most one fault for an exchange."""
        if self.calm or (self.only and service != self.only):
            return None
        for fault, likely in self.chances.items():
            if fault is not Fault.POISON and chance.random() < likely:
                return fault
        return None

    def is_poison(self, chance: Random, op_id: str) -> bool:
        """Whether central fails on this very operation, each time until all is healed."""
        if self.calm or Fault.POISON not in self.chances:
            return False
        if op_id not in self.poisoned:
            self.poisoned[op_id] = chance.random() < self.chances[Fault.POISON] / 2
        return self.poisoned[op_id]

    def cut(self, desk: str, service: str, node: str, method: str) -> Cut | None:
        return next((one for one in self.cuts if one.holds(desk, service, node, method)), None)

    def late_s(self, desk: str, service: str, method: str) -> float:
        mine = (one.by_s for one in self.late if (one.desk, one.service) == (desk, service))
        return max(mine, default=0.0) if method == "POST" else 0.0

    def heal(self) -> None:
        self.calm = True
        self.cuts.clear()
        self.storms.clear()


class Wire:
    """Implements `app.ports.central.Transport` for one desk."""

    def __init__(
        self,
        desk: str,
        clock: Clock,
        weather: Weather,
        servers: Mapping[str, Server],
        death: Death,
    ) -> None:
        self._desk, self._clock, self._weather = desk, clock, weather
        self._servers = servers
        self._death = death
        self._chances: dict[str, Random] = {}
        self._late: set[asyncio.Task[None]] = set()
        self.listeners: list[Callable[[str, Request], None]] = []
        """Told of each request before it leaves: service and bytes."""
        self.answered: list[Callable[[str, Request, Response], None]] = []

    def _chance(self, service: str) -> Random:
        if service not in self._chances:
            self._chances[service] = Random(f"{self._weather.seed} {self._desk} {service}")
        return self._chances[service]

    async def exchange(self, request: Request) -> Response:
        """The answer, after whatever the weather does to it."""
        if self._death.dead or self._death.is_near:
            await self._death.passes()
        service = request.url.split("/v1/", 1)[1].split("/", 1)[0]
        for listener in self.listeners:
            listener(service, request)
        chance, weather, node = self._chance(service), self._weather, node_of(request.url)
        await self._clock.sleep(0.002 + 0.02 * chance.random())
        cut = weather.cut(self._desk, service, node, request.method)
        if cut is not None:
            weather.fired["partition"] += 1
            raise await self._stopped(cut, request, node)
        if service in weather.storms:
            weather.fired["storm"] += 1
            return _busy(chance)
        answer = await self._through(request, service, node, chance)
        if weather.cut(self._desk, service, node, request.method) is not None:
            weather.fired["partition"] += 1
            raise _silence(Silence.CONNECT)
        if self._death.dead or self._death.is_near:
            await self._death.passes()
        for heard in self.answered:
            heard(service, request, answer)
        return answer

    async def _stopped(self, cut: Cut, request: Request, node: str) -> CentralUnavailable:
        if cut.kept is not None:
            cut.kept.append((node, request))
            return _silence(Silence.TIMEOUT)
        if cut.answers_only:
            await self._servers[node](request)
        return _silence(Silence.CONNECT)

    async def _through(self, request: Request, service: str, node: str, chance: Random) -> Response:
        clock, weather, server = self._clock, self._weather, self._servers[node]
        if request.method == "POST" and weather.is_poison(chance, request.headers[Header.KEY]):
            weather.fired[Fault.POISON] += 1
            return _poison(request)
        fault = weather.draw(chance, service)
        if fault is not None:
            weather.fired[fault] += 1
        instead = self._instead(fault, request, server, chance)
        if instead is not None:
            return instead
        late_s = weather.late_s(self._desk, service, request.method)
        if fault is Fault.DELAY:
            delay_s = min(chance.expovariate(0.5), request.deadline_s)
            if chance.random() < 0.5:  # the request is late, else its answer
                await clock.sleep(delay_s)
            else:
                late_s += delay_s
        if fault is Fault.DUPLICATE:
            await server(request)
            await clock.sleep(chance.random())
        answer = await server(request)
        await clock.sleep(0.002 + 0.02 * chance.random() + late_s)
        if fault is Fault.LOST_ANSWER:
            raise _silence(Silence.TIMEOUT)
        if fault is Fault.GARBAGE:
            cut = chance.randrange(len(answer.body) + 1)
            return Response(answer.status, answer.headers, answer.body[:cut])
        return answer

    def _instead(
        self, fault: Fault | None, request: Request, server: Server, chance: Random
    ) -> Response | None:
        """What comes in the place of central's answer; None where central is asked."""
        if fault is Fault.LOST_REQUEST:
            raise _silence(Silence.CONNECT)
        if fault is Fault.REORDER and request.method != "GET":
            self._arrives_late(request, server, chance.uniform(0.05, _LATEST_S))
            raise _silence(Silence.TIMEOUT)
        if fault is Fault.BUSY:
            return _busy(chance)
        if fault is Fault.PORTAL:
            return Response(200, {"content-type": "text/html"}, _HTML)
        return None

    def _arrives_late(self, request: Request, server: Server, after_s: float) -> None:
        async def arrive() -> None:
            await self._clock.sleep(after_s)
            await server(request)

        task = asyncio.ensure_future(arrive())
        self._late.add(task)
        task.add_done_callback(self._late.discard)

    async def close(self) -> None:
        """Nothing is held open."""


def _busy(chance: Random) -> Response:
    code = chance.choice((Code.TOO_MANY, Code.BEHIND, Code.STILL_RUNNING))
    status = {Code.TOO_MANY: 429, Code.BEHIND: 503, Code.STILL_RUNNING: 409}[code]
    body = f'{{"type":"{PROBLEM_BASE}{code}","title":"wait","status":{status}}}'
    headers = {"content-type": "application/problem+json", "retry-after": "2"}
    return Response(status, headers, body.encode())


def _poison(request: Request) -> Response:
    op_id = request.headers[Header.KEY]
    body = (
        f'{{"type":"{PROBLEM_BASE}{Code.OPERATION_FAILED}","title":"bug","status":500,'
        f'"op_id":"{op_id}"}}'
    )
    return Response(500, {"content-type": "application/problem+json"}, body.encode())


def _silence(cause: Silence) -> CentralUnavailable:
    return CentralUnavailable("It does not answer.", cause=cause)
