"""What a supervisor must look at: incidents, and deletions that nobody announced."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.central_services import Service
from app.domain.deletions import HeldDeletions
from app.domain.errors import Invalid, NotFound
from app.domain.ids import Millis
from app.domain.incidents import Incident
from app.domain.people import Permission, Person
from app.domain.seeding import SEED_SETTING, Registration, registration_of
from app.domain.times import DAY
from app.services.desk import Desk, require

_AT_A_TIME = 200
_LOOK_BACK = 30 * DAY


class Oversight:
    """Held deletions are let happen or refused by a person with a reason; rows stay meanwhile."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def open_incidents(self) -> Sequence[Incident]:
        """What is not over yet."""
        return await self._desk.store.read(lambda tx: tx.incidents.open())

    async def incidents(self) -> Sequence[Incident]:
        """Everything of the last 30 days, newest first."""
        since = Millis(self._desk.wall.now() - _LOOK_BACK)
        return await self._desk.store.read(lambda tx: tx.incidents.recent(since))

    async def registration(self) -> Registration:
        """Whether central knows this desk, which may have begun from a seed."""
        return registration_of(
            await self._desk.store.read(lambda tx: tx.desk.setting(SEED_SETTING))
        )

    async def held(self) -> Sequence[HeldDeletions]:
        """Deletions that wait for a decision, and those refused, by service."""
        return await self._desk.store.read(lambda tx: tx.held_deletions())

    async def release(self, service: str, reason: str, person: Person) -> int:
        """Let the held deletions of a service happen; how many rows went.

        In slices, each its own transaction. Raises NotAllowed, Invalid without a reason, NotFound
        where nothing is held.
        """
        name, by = self._decision(service, reason, person)
        count = 0
        while True:
            now = self._desk.wall.now()
            done = await self._desk.store.write(
                lambda tx, now=now: tx.mirror.release_deletions(name, _AT_A_TIME, now, by)  # type: ignore[misc]  # a lambda with defaults has no type
            )
            count += done
            if done < _AT_A_TIME:
                return self._some(count)

    async def refuse(self, service: str, reason: str, person: Person) -> int:
        """Keep the rows of all that is held for good; how many. Raises as `release` does."""
        name, by = self._decision(service, reason, person)
        now = self._desk.wall.now()
        return self._some(
            await self._desk.store.write(lambda tx: tx.mirror.refuse_deletions(name, now, by))
        )

    def _decision(self, service: str, reason: str, person: Person) -> tuple[Service, str]:
        require(person, Permission.DECIDE_DELETIONS)
        if not reason.strip():
            raise Invalid("A decision needs its reason.", fields={"reason": "Say why."})
        if service not in set(Service):
            raise NotFound("There is no such service.", todo="It is one of: " + ", ".join(Service))
        return Service(service), f"{person.id}: {reason.strip()}"

    @staticmethod
    def _some(count: int) -> int:
        if not count:
            raise NotFound("Nothing of that service is held.", safe="Nothing was changed.")
        return count
