"""The engine over the real encrypted store and a scripted central, on virtual time."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path

from app.central.contract import bodies
from app.domain.central_services import Aggregate, Service
from app.domain.ids import DeskId, EntityId, OpId, PersonId
from app.domain.lifecycle import OpState
from app.domain.operations import Body, FieldChange, Json, NewOperation
from app.ports.store import Store
from app.providers.executor import InlineExecutor
from app.providers.platform import SystemPlatform
from app.sync.engine import SyncEngine
from local_store import profile
from tests.support.engines_store import EnginesStore
from tests.support.memory_store import IDENTITY
from tests.support.scripted_central import ScriptedCentral
from tests.support.virtual_time import SeededIds, SeededRandom, VirtualClock, run_virtual

TICKETS = Service.TICKETS
KEY = bytes(range(32))


@dataclass
class RealDesk:
    folder: Path
    clock: VirtualClock
    central: ScriptedCentral
    store: Store
    ids: SeededIds = field(default_factory=SeededIds)
    given: list[EnginesStore] = field(default_factory=list)
    """What its engines were given."""

    def engine(self) -> SyncEngine:
        given = EnginesStore(self.store)
        self.given.append(given)
        return SyncEngine(given.as_port(), self.central, self.clock, SeededRandom(), self.ids)

    def operation(self, kind: str, lane: str, **changes: Json) -> NewOperation:
        return bodies.seal(
            Body(
                op_id=OpId(self.ids.new_id()),
                kind=kind,
                target=EntityId(lane),
                after=None,
                actor=PersonId("agent"),
                desk=DeskId("desk-1"),
                incarnation="inc-1",
                happened_at=self.clock.now(),
                clock_offset_ms=None,
                clock_offset_age_ms=None,
                offline=True,
                changes={name: FieldChange(None, value) for name, value in changes.items()},
            )
        )

    async def save(self, kind: str, lane: str, **changes: Json) -> str:
        operation = self.operation(kind, lane, **changes)
        await self.store.write(lambda tx: tx.outbox.append(operation, self.clock.now()))
        return operation.body.op_id

    async def take(self, fault: str) -> tuple[str, str]:
        lane = self.ids.new_id()
        return lane, await self.save("ticket.create", lane, fault=fault, status="new")

    async def states(self) -> dict[str, OpState]:
        rows = await self.store.read(lambda tx: tx.outbox.rows(include_final=True))
        return {row.op_id: row.state for row in rows}

    async def fields(self, ticket: str) -> dict[str, Json]:
        found = await self.store.read(lambda tx: tx.record(Aggregate.TICKET, ticket))
        return dict(found[0]) if found else {}


def real(tell: Callable[[RealDesk], Coroutine[object, object, None]]) -> Callable[[Path], None]:
    """Run a story over a fresh encrypted store on virtual time."""

    def told(tmp_path: Path) -> None:
        async def run(clock: VirtualClock) -> None:
            platform, executor = SystemPlatform(), InlineExecutor()
            store = profile.create(tmp_path, KEY, platform, executor)
            await store.write(lambda tx: tx.desk.keep_identity(IDENTITY))
            desk = RealDesk(tmp_path, clock, ScriptedCentral(clock), store)
            try:
                await tell(desk)
                assert sum(one.turns_taken for one in desk.given) == 0
                assert list(await store.check()) == []
            finally:
                await desk.store.close()

        run_virtual(run)

    told.__name__ = tell.__name__
    told.__doc__ = tell.__doc__
    return told
