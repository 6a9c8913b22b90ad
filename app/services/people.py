"""Who works at this desk now."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.people import Person
from app.services.desk import PERSON_IN_USE, Desk


class People:
    """The person chooser's service; open calls survive the change."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def everybody(self) -> Sequence[Person]:
        """Everybody of the configuration who is not revoked, in its order."""
        return [one for one in self._desk.configuration.people if one.revoked_at is None]

    async def current(self, wanted: str | None = None) -> Person:
        """The person named, else who last worked here, else the first agent."""
        return await self._desk.person(wanted)

    async def choose(self, person_id: str) -> Person:
        """From now on that person works here. Raises NotFound."""
        person = await self._desk.person(person_id)
        await self._desk.store.write(lambda tx: tx.desk.set_setting(PERSON_IN_USE, person.id))
        return person
