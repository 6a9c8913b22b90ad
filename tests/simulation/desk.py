"""One desk: the real store, services, client and engine, which may die at any moment."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from random import Random
from typing import TYPE_CHECKING

from app.central.client.contract_client import Access, ContractClient
from app.central.client.endpoints import places
from app.domain.central_services import Aggregate
from app.domain.changes import Changes
from app.domain.configuration import Configuration
from app.domain.operations import KINDS
from app.domain.people import Person
from app.ports.store import StoredOperation, WriteTx
from app.providers.phones import LibPhoneNumbers
from app.services.approvals import Approvals
from app.services.conflicts import Conflicts
from app.services.desk import Desk, Tools
from app.services.intake import Intake
from app.services.models import Models
from app.services.outgoing import Outgoing
from app.services.tickets import Tickets
from app.sync.engine import SyncEngine
from app.sync.service_state import SyncSettings
from tests.simulation import learning, watch
from tests.simulation.endpoints import URLS
from tests.simulation.ledgers import Enrolled
from tests.simulation.network import Wire
from tests.simulation.rot import Rot
from tests.simulation.signers import SeededSigner, registration
from tests.simulation.sources import Death, OwnClock, SteppingExecutor
from tests.simulation.storage import Place
from tests.support.virtual_time import SeededIds, SeededRandom

if TYPE_CHECKING:
    from local_store.store import SqlStore
    from tests.simulation.world import World

PHONES = LibPhoneNumbers()
_TYPES = frozenset(one.value for one in Aggregate)
_COMPARED = SyncSettings(parity_first_s=3.0, parity_each_s=6.0)
MIRRORED: dict[int, Place] = {}
"""Desks as they are once they have mirrored a central where nothing has happened yet."""


class SimDesk:
    """Enrolled before the world began; opened, killed and opened again over the same place."""

    def __init__(self, world: World, number: int, enrolled: Enrolled, name: str = "") -> None:
        self.world = world
        self.number = number
        self.name = name or f"desk-{number}"
        chance = f"{world.plan.seed} {self.name}"
        self.clock = OwnClock(world.clock)
        self.ids = SeededIds(Random(chance).randrange(1 << 60))
        self.random = SeededRandom(Random(chance).randrange(1 << 60))
        self._steps = Random(f"steps {chance}")
        self.enrolled = enrolled
        self.confirmed: dict[str, StoredOperation] = {}
        """Operations whose save returned, as they were then. None of these may ever be lost."""
        self.saved_at: dict[str, float] = {}
        self.references: list[str] = []
        self.replaced: set[str] = set()
        self.withdrawn: set[str] = set()
        self.rotten: list[Rot] = []
        """Rows of its mirror that were spoilt."""
        self.unknown = learning.OLDER if world.plan.has_older_desks else learning.NOTHING
        """Types of records that its program cannot read."""
        self.learns = False
        """The next start is with a program that can read all there is."""
        self.up = False
        self.death = Death()
        self.place: Place
        self.store: SqlStore
        self.desk: Desk
        self.engine: SyncEngine
        self._running: asyncio.Task[None] | None = None
        self.watchers: list[Callable[[SimDesk, Changes], None]] = []
        self.watch = watch.over(self)
        self.replaced_by_copy = False
        """Its profile goes on elsewhere: central no longer takes its word, a person must look."""

    async def begin(self, place: Place | None = None, *, again: bool = False) -> None:
        """Into its place with what enrolling gave it, unless that is there already.

        `again`: as after a restore, under the next spare code and a new incarnation.
        """
        plan = self.world.plan
        if place is None and not (plan.on_file or plan.fresh) and self.number in MIRRORED:
            place = MIRRORED[self.number].copy()
        self.place = place or Place.empty(on_file=plan.on_file)
        self._open()
        if place is None:

            def keep(tx: WriteTx) -> None:
                tx.desk.keep_identity(self.enrolled.identity)
                tx.desk.keep_configuration(self.enrolled.document)

            await self.store.write(keep)
        if again:
            incarnation = self.ids.new_id()
            await self.store.write(lambda tx: tx.desk.start_again(incarnation))
        await self._start()

    def _open(self) -> None:
        self.death = Death()
        self.store = self.place.open(SteppingExecutor(self._steps, self.death))
        self.store.subscribe(self._committed)

    def _committed(self, changes: Changes) -> None:
        for watcher in self.watchers:
            watcher(self, changes)

    async def _start(self) -> None:
        """Open the services on the store and let the engine run."""
        self.desk = await Desk.open(self.store, Tools(self.clock, self.ids, PHONES))
        identity = self.desk.identity
        transport = self.world.transport(self)
        self.client = ContractClient(
            transport, self.clock, Access(identity.credential, identity.incarnation),
            places(self.desk.configuration, URLS),
        )  # fmt: skip
        settings = _COMPARED if self.world.plan.is_compared else SyncSettings()
        self.engine = SyncEngine(
            self.store, self.client, self.clock, self.random, self.ids, settings=settings,
            configuration_changed=self._adopt,
        )  # fmt: skip
        self.intake, self.tickets = Intake(self.desk), Tickets(self.desk)
        self.outgoing = Outgoing(self.desk, self.client)
        self.conflicts, self.models = Conflicts(self.desk), Models(self.desk)
        self.approvals = Approvals(self.desk)
        with learning.runs(self.unknown):
            self._running = asyncio.ensure_future(self.engine.run())
        self.up = True

    def _adopt(self, configuration: Configuration) -> None:
        self.desk.configuration = configuration

    def wire(self) -> Wire:
        made = Wire(self.name, self.world.clock, self.world.weather, self.world.servers, self.death)
        made.listeners.append(self.watch.leaves)
        made.answered.append(self.watch.answered)
        return made

    # --- people ----------------------------------------------------------------------------

    def person_for(self, kind: str, chance: Random) -> Person:
        """Somebody who may decide that kind of operation."""
        permission = KINDS[kind].permission
        able = [one for one in self.desk.configuration.people if one.may(permission)]
        return chance.choice(able)

    async def signer(self, person: Person) -> SeededSigner:
        """The person's key at this desk, kept for registration at its first use."""
        signer = SeededSigner(f"{self.desk.identity.desk_id} {person.id}")
        await self.store.write(registration(self.desk.identity.desk_id, person, signer))
        return signer

    def can_read(self, type_: str) -> bool:
        """Whether its program knows records of a type."""
        return type_ in _TYPES and type_ not in self.unknown

    def inherits(self, other: SimDesk) -> None:
        """A copy has confirmed what its original had when it was copied."""
        self.confirmed, self.saved_at = dict(other.confirmed), dict(other.saved_at)
        self.replaced, self.withdrawn = set(other.replaced), set(other.withdrawn)
        self.watch.refused.update(other.watch.refused)
        self.rotten, self.unknown = list(other.rotten), other.unknown

    # --- death -----------------------------------------------------------------------------

    async def die(self) -> None:
        """Everything in memory is gone; the place stays as the last commit left it."""
        self.up = False
        self.death.dead = True
        self.death.fell.set()
        running, self._running = self._running, None
        while running is not None and not running.done():
            running.cancel()
            await asyncio.sleep(0)
        self.store.close_now()

    async def rise(self) -> None:
        if self.learns:
            self.unknown = learning.NOTHING
        self._open()
        await self._start()

    async def end(self) -> None:
        if self._running is not None:
            await self.die()
        self.place.end()
