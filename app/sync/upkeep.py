"""Behind the pages: mirrored rows made searchable and old generations emptied, in slices."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.central_services import Service
from app.sync.service_state import ServiceState, Tools
from app.sync.waiting import Wake

_LOOK_AGAIN_S = 0.5


class Upkeep:
    """Takes small turns at the writer, so that nobody waits long for it."""

    def __init__(self, tools: Tools, states: Sequence[ServiceState], mirrored: Wake) -> None:
        self._tools = tools
        self._states = states
        self._mirrored = mirrored

    async def run(self) -> None:
        """Work whenever a new generation is read, until cancelled."""
        while True:
            await self.empty_old()
            await self.fill_search()
            await self._mirrored.wait(self._tools.clock)

    async def fill_search(self) -> None:
        """Make every mirrored row searchable; rows still arriving in bulk come first."""
        rows = self._tools.settings.search_rows
        while True:
            while any(state.mirroring for state in self._states):
                await self._tools.clock.sleep(_LOOK_AGAIN_S)
            done = await self._tools.store.write(
                lambda tx: tx.mirror.fill_search(rows), by_person=False
            )
            if done < rows:
                return
            await self._tools.clock.sleep(0)

    async def finish(self) -> None:
        """Leave nothing to do, for a run that ends."""
        await self.fill_search()
        await self.empty_old()

    async def empty_old(self) -> None:
        """Delete what was swapped out."""
        for state in self._states:
            while await self._emptied(state.service) > 0:
                await self._tools.clock.sleep(0)

    async def _emptied(self, service: Service) -> int:
        rows = self._tools.settings.old_rows
        return await self._tools.store.write(
            lambda tx: tx.mirror.empty_old_generation(service, rows), by_person=False
        )
