"""The desk at work: who it is, what the configuration says, who sits here, what they may do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.central.contract.signing import read_document
from app.domain.central_services import Service
from app.domain.configuration import Configuration
from app.domain.errors import NotAllowed, NotFound
from app.domain.freshness import thresholds
from app.domain.ids import Millis
from app.domain.outages import trouble_setting
from app.domain.people import Permission, Person, Role
from app.domain.times import MINUTE
from app.ports.store import DeskIdentity, ReadTx, Staleness, Store
from app.ports.system import Clock, IdSource, PhoneNumbers

PERSON_IN_USE = "person"
"""The setting that names who last worked in this profile."""

_REACHED_WITHIN = MINUTE


@dataclass(frozen=True, slots=True)
class Tools:
    """What comes from the machine: time, ids and the reading of phone numbers."""

    clock: Clock
    ids: IdSource
    phones: PhoneNumbers


class CentralTime:
    """The machine's clock put right by the offset from central's that was measured last.

    What is recorded and what is compared with recorded times is of this time.
    """

    def __init__(self, wall: Clock) -> None:
        self._wall = wall
        self._offset_ms = 0

    def learn(self, offset_ms: int) -> None:
        """So far is central's clock ahead."""
        self._offset_ms = offset_ms

    def now(self) -> Millis:
        """As central's clock says, as far as this desk knows."""
        return Millis(self._wall.now() + self._offset_ms)


class Desk:
    """Shared by the services; cheap to read, refreshed when the configuration moves."""

    def __init__(
        self, store: Store, tools: Tools, identity: DeskIdentity, configuration: Configuration
    ) -> None:
        self.store = store
        self.wall = tools.clock
        """As the machine says: for what this desk and its engine tell nobody else."""
        self.clock = CentralTime(tools.clock)
        self.ids = tools.ids
        self.phones = tools.phones
        self.identity = identity
        self.configuration = configuration
        self.reachable: Callable[[Service], bool] | None = None
        """Set by whoever runs the sync engine; without one the store's last contact tells."""

    @classmethod
    async def open(cls, store: Store, tools: Tools) -> Desk:
        """Read identity and configuration from the store; the signature is verified again."""
        identity, document, measured = await store.read(
            lambda tx: (
                tx.desk.identity(),
                tx.desk.configuration_document(),
                tx.desk.clock_offset(),
            )
        )
        if document is None:
            raise NotFound("This desk has no configuration yet.", todo="Enrol it again.")
        desk = cls(store, tools, identity, read_document(document, identity.organisation_key))
        if measured is not None:
            desk.clock.learn(measured[0])
        return desk

    async def refresh(self) -> None:
        """Take up a newer configuration and identity from the store."""
        identity, document = await self.store.read(
            lambda tx: (tx.desk.identity(), tx.desk.configuration_document())
        )
        self.identity = identity
        if document is not None:
            self.configuration = read_document(document, identity.organisation_key)

    async def person(self, wanted: str | None = None) -> Person:
        """The named person, else who last worked here, else the first agent; of those whom nobody
        named only one who is not revoked.

        Raises NotFound for a name the configuration does not know.
        """
        if wanted:
            found = self.configuration.person(wanted)
            if found is None:
                raise NotFound("Nobody of that name is in the configuration.")
            return found
        last = await self.store.read(lambda tx: tx.desk.setting(PERSON_IN_USE))
        person = self.configuration.person(str(last)) if last else None
        if person is None or person.revoked_at is not None:
            person = self.configuration.first_with(Role.AGENT)
        if person is None:
            raise NotFound("The configuration names no agent.")
        return person

    def staleness(self, tx: ReadTx) -> Staleness:
        """The time by central's clock, and how old each service's data may be."""
        return Staleness(self.now(tx)[0], thresholds(self.configuration.stale_after_s))

    def now(self, tx: ReadTx) -> tuple[Millis, int | None, int | None]:
        """The time by central's clock, the offset used, and its age (all ms)."""
        measured = tx.desk.clock_offset()
        if measured is None:
            return self.clock.now(), None, None
        offset, at = measured
        self.clock.learn(offset)
        return self.clock.now(), offset, max(0, self.wall.now() - at)

    def is_offline(self, tx: ReadTx, service: Service) -> bool:
        """Whether the service cannot be reached as far as this desk knows."""
        if self.reachable is not None:
            return not self.reachable(service)
        trouble = tx.desk.setting(trouble_setting(service))
        if isinstance(trouble, dict) and trouble.get("since") is not None:
            return True
        last_good = tx.feed_state(service).last_good
        return last_good is None or self.wall.now() - last_good > _REACHED_WITHIN


def require(person: Person, permission: Permission) -> None:
    """Raise NotAllowed where the person's roles do not grant it."""
    if not person.may(permission):
        raise NotAllowed(
            f"{person.name} may not do that: it needs another role.",
            safe="Nothing was written.",
            todo="Ask somebody with the role, or work as another person.",
        )
