"""One seed's world: central, some desks, and what is known of them without asking."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from collections.abc import Mapping
from contextlib import ExitStack
from random import Random

from sqlalchemy import Connection, select

from app.central.contract import wire
from app.central.reference import operations
from app.central.reference.database import row
from app.central.reference.gate import Gate
from app.central.reference.ledger import Ledger
from app.domain.errors import CentralUnavailable
from app.domain.feed import Silence
from app.domain.operations import BODY_SCHEMA
from app.ports.central import Request, Response, Transport
from tests.simulation import learning, newer, watch
from tests.simulation.central import Data, Node
from tests.simulation.desk import SimDesk
from tests.simulation.endpoints import NODES
from tests.simulation.ledgers import Ledgers, Surroundings, founded
from tests.simulation.network import Server, Weather
from tests.simulation.over_http import Apps
from tests.simulation.plan import Plan, weather_of
from tests.support.virtual_time import VirtualClock

_SCHEMA = "BODY_SCHEMA"


class World:
    """Everything a plan decides, and everything a judge looks at."""

    def __init__(self, plan: Plan, clock: VirtualClock) -> None:
        self.plan = plan
        self.clock = clock
        self.trace = Trace(clock)
        self.weather = Weather(plan.seed, weather_of(plan), plan.only)
        self.surroundings = Surroundings(clock, Random(f"central {plan.seed}"))
        self.ledgers = Ledgers(self.surroundings)
        self.gate = Gate(self.surroundings.now, wire.Rate(plan.rate, 500.0))
        self.data = Data(self.ledgers.first)
        self.apps = Apps(plan.rate) if plan.over_http else None
        self.nodes: dict[str, Node] = {}
        self.serve(self.data)
        self.servers: Mapping[str, Server] = {name: self._server(name) for name in NODES}
        self.desks = [SimDesk(self, n, founded().desks[n]) for n in range(plan.desks)]
        self.tasks: set[asyncio.Task[None]] = set()
        self.edits = 0
        self.erased: dict[tuple[str, str], None] = {}
        """(service, id) of what was erased at central."""
        self.deleted: dict[tuple[str, str], None] = {}
        self.purged: set[str] = set()
        self.losses = 0
        """How often central was taken back to an earlier state, or lost some of it."""
        self.switches = 0
        """How often everybody was moved to another central."""
        self.skewed = False
        self.newer: ExitStack | None = None
        """While central runs a newer program: what takes that away."""
        self._programs = ExitStack()
        if plan.has_older_desks:
            self._programs.enter_context(learning.programs())
        self.breaches: list[tuple[str, str]] = []
        """Invariants broken on the way: name and what was seen."""

    @property
    def ledger(self) -> Ledger:
        """The ledger that counts."""
        return self.data.ledger

    def serve(self, data: Data, *names: str) -> None:
        """From now on these ways in (without names: all) lead to that database."""
        for name in names or NODES:
            self._put(name, Node(data, data.ledger, self.gate))

    def serve_replica(self, name: str) -> None:
        """From now on this way in leads to a replica of the same database."""
        node = Node(self.data, self.ledgers.beside(self.ledger), self.gate)
        node.follows = True
        self._put(name, node)

    def _put(self, name: str, node: Node) -> None:
        """In the place of the one that was there; whoever waited at that one is cut off."""
        former = self.nodes.get(name)
        self.nodes[name] = node
        if former is not None:
            former.retired.set()
            node.refuses = former.refuses
            former.data.wake()
        node.data.wake()

    def begin_skew(self) -> None:
        """Central runs an older program, which knows no body of this one."""
        setattr(operations, _SCHEMA, 0)
        self.skewed = True

    def end_skew(self) -> None:
        """Central runs this program again."""
        setattr(operations, _SCHEMA, BODY_SCHEMA)
        self.skewed = False

    def begin_newer(self, chance: Random) -> None:
        """Central runs a newer program: it has migrated what is there, and says more."""
        if self.newer is None:
            self.newer = ExitStack()
            self.newer.enter_context(newer.program())
        newer.migrate(self.ledger, self.present, chance)
        self.data.wake()

    def end_newer(self) -> None:
        """Central runs this program again, over what the newer one wrote."""
        if self.newer is not None:
            self.newer.close()
            self.newer = None

    def look(self, desk: SimDesk) -> None:
        """A desk has just died: what it left must be sound."""
        watch.after_death(desk)

    def _server(self, name: str) -> Server:
        async def answer(request: Request) -> Response:
            node = self.nodes[name]
            try:
                response = await self._answered(node, request)
            except Exception as error:
                self.breach("central", f"{request.method} {request.url} raised {error!r}")
                raise
            if self.newer is not None:
                response = newer.speaks(response)
            if node.retired.is_set():
                raise CentralUnavailable("It is gone.", cause=Silence.CONNECT)
            return response

        return answer

    async def _answered(self, node: Node, request: Request) -> Response:
        if self.apps is None:
            return await node.answer(request)
        return await self.apps.answer(node, request)

    def transport(self, desk: SimDesk) -> Transport:
        return desk.wire()

    async def begin(self) -> None:
        for desk in self.desks:
            await desk.begin()

    def breach(self, invariant: str, what: str) -> None:
        """An invariant was seen broken."""
        self.breaches.append((invariant, what))

    def befell(self, name: str, *words: object) -> None:
        self.weather.fired[name] += 1
        self.trace.add(name, *words)

    def fork(self, work: asyncio.Task[None]) -> None:
        """Something that goes on beside the story; awaited before the world rests."""
        self.tasks.add(work)
        work.add_done_callback(self.tasks.discard)

    def present(self, connection: Connection, service: str) -> list[str]:
        """Central's records of a service."""
        wanted = (row.c.service == service) & (row.c.op == "upsert")
        return list(connection.scalars(select(row.c.id).where(wanted).order_by(row.c.id)))

    @property
    def faults(self) -> Counter[str]:
        return self.weather.fired

    async def end(self) -> None:
        self.end_skew()
        self.end_newer()
        for desk in self.desks:
            await desk.end()
        self._programs.close()
        self.ledgers.end()


class Trace:
    """What happened, line by line; its hash is the same for the same seed."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._said: list[tuple[float, tuple[object, ...]]] = []

    def add(self, *words: object) -> None:
        self._said.append((self._clock.monotonic(), words))

    @property
    def lines(self) -> list[str]:
        return [f"{at - 1_000:.3f} {' '.join(map(str, words))}" for at, words in self._said]

    def digest(self) -> str:
        return hashlib.sha256("\n".join(self.lines).encode()).hexdigest()
