"""Asks whether a service is there: at once after a silence, each 5 s while it is down."""

from __future__ import annotations

from app.domain.errors import CentralUnavailable
from app.ports.central import HealthAnswer
from app.ports.store import WriteTx
from app.sync.service_state import ServiceState, Way

_JITTER = 0.2
_OFFSET_MOVED_MS = 250
_OFFSET_OLD_MS = 600_000


class Prober:
    """One service's probe; a good one measures the clocks and opens the way again."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state
        self._tools = state.tools

    async def run(self) -> None:
        """Probe until cancelled: when asked, and by the clock."""
        state, clock = self._state, self._tools.clock
        while True:
            await self.ask()
            if state.way is not Way.DOUBTFUL:
                await state.probe.wait(clock, self._rest_s())

    def _rest_s(self) -> float:
        settings = self._tools.settings
        each = settings.probe_down_s if self._state.cut_off else settings.probe_each_s
        return each * self._tools.random.uniform(1 - _JITTER, 1 + _JITTER)

    async def ask(self) -> bool:
        """One probe; whether central answered."""
        try:
            answer = await self._tools.central.probe(self._state.service)
        except CentralUnavailable as error:
            self._state.down(error.cause)
            return False
        await self._keep_offset(answer)
        self._state.back(answer.took_s)
        return True

    async def _keep_offset(self, answer: HealthAnswer) -> None:
        """Central's clock against ours, written when it moved or the last measure is old."""
        state, now = self._state, self._tools.clock.now()
        state.compared(answer.offset_ms)

        def write(tx: WriteTx) -> None:
            tx.desk.keep_clock_offset(answer.offset_ms, now)

        kept = await self._tools.store.read(lambda tx: tx.desk.clock_offset())
        if (
            kept is None
            or abs(kept[0] - answer.offset_ms) > _OFFSET_MOVED_MS
            or not 0 <= now - kept[1] < _OFFSET_OLD_MS
        ):
            await self._tools.store.write(write, by_person=False)
