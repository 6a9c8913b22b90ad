"""The desk's services over the real store, with a scripted central: no engine runs by itself."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path

from app.central.contract import bodies
from app.domain.central_services import Aggregate, Service
from app.domain.configuration import Configuration
from app.domain.feed import FeedItem
from app.domain.ids import PersonId
from app.domain.lifecycle import OpState
from app.domain.operations import Body, Json
from app.domain.people import Person, Role
from app.ports.store import Store, StoredOperation
from app.providers.executor import InlineExecutor
from app.providers.phones import LibPhoneNumbers
from app.providers.platform import SystemPlatform
from app.services.desk import Desk, Tools
from app.services.merging import Merging
from app.services.outgoing import Outgoing
from app.services.tickets import Tickets
from app.sync.engine import SyncEngine
from local_store import profile
from tests.support.memory_store import IDENTITY
from tests.support.scripted_central import ScriptedCentral
from tests.support.virtual_time import NOON, SeededIds, SeededRandom, VirtualClock, run_virtual

KEY = bytes(range(32))
ANN = Person(PersonId("p-ann"), "Ann", frozenset({Role.AGENT}))


@dataclass
class ServiceDesk:
    """What a story touches."""

    clock: VirtualClock
    central: ScriptedCentral
    store: Store
    ids: SeededIds = field(default_factory=SeededIds)

    def __post_init__(self) -> None:
        tools = Tools(self.clock, self.ids, LibPhoneNumbers())
        self.desk = Desk(self.store, tools, IDENTITY, Configuration(1, "o", (ANN,)))
        self.outgoing = Outgoing(self.desk, self.central)
        self.tickets, self.merging = Tickets(self.desk), Merging(self.desk)

    async def sync(self, deadline_s: float = 60.0) -> None:
        engine = SyncEngine(self.store, self.central, self.clock, SeededRandom(), self.ids)
        await engine.sync_once(deadline_s)

    def at_central(self, reference: str, **fields: Json) -> FeedItem:
        """A ticket of another desk's."""
        history = self.central.histories[Service.TICKETS]
        made = {"reference": reference, "fault": "humming", "status": "ready", **fields}
        return history.change(self.ids.new_id(), NOON, fields=made)

    async def stored(self, op_id: str) -> StoredOperation:
        found = await self.store.read(lambda tx: tx.outbox.get(op_id))
        assert found is not None
        return found

    async def state(self, op_id: str) -> OpState:
        return (await self.stored(op_id)).state

    async def body(self, op_id: str) -> Body:
        return bodies.read((await self.stored(op_id)).raw)

    async def fields(self, id_: str, kind: Aggregate = Aggregate.TICKET) -> dict[str, Json]:
        found = await self.store.read(lambda tx: tx.own_record(kind, id_))
        return dict(found[0]) if found else {}


def served(
    tell: Callable[[ServiceDesk], Coroutine[object, object, None]],
) -> Callable[[Path], None]:
    """Run a story over a fresh encrypted store on virtual time."""

    def told(tmp_path: Path) -> None:
        async def run(clock: VirtualClock) -> None:
            store = profile.create(tmp_path, KEY, SystemPlatform(), InlineExecutor())
            await store.write(lambda tx: tx.desk.keep_identity(IDENTITY))
            try:
                await tell(ServiceDesk(clock, ScriptedCentral(clock), store))
                assert list(await store.check()) == []
            finally:
                await store.close()

        run_virtual(run)

    told.__name__ = tell.__name__
    told.__doc__ = tell.__doc__
    return told
