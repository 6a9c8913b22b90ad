"""The second copy of what this desk decided: where it is kept, and how it stands."""

from __future__ import annotations

from app.domain.people import Permission, Person
from app.domain.views import SecondCopy
from app.services.desk import Desk, require


class Copies:
    """Asked by the status and by the settings."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def standing(self) -> SecondCopy:
        """How the second copy stands."""
        return await self._desk.store.second_copy()

    async def keep_in(self, folder: str, person: Person) -> SecondCopy:
        """Keep it in that folder from now on; "" ends it.

        Raises NotAllowed, EnvironmentFault where nothing can be written there.
        """
        require(person, Permission.TAKE_CALLS)
        return await self._desk.store.keep_second_copy(folder)
