"""The real clock, chance and ids behind the ports of `app.ports.system`."""

from __future__ import annotations

import asyncio
import secrets
import time

from app.domain.ids import Millis, uuid7
from app.ports.system import Clock, Platform, Random

_LONGEST_NAP_S = 5.0
"""The event loop's own timers stand still while the machine is suspended; ours look again."""


class SystemClock:
    """Wall time in milliseconds; monotonic seconds that count suspend."""

    def __init__(self, platform: Platform) -> None:
        self._boot_seconds = platform.boot_seconds

    def now(self) -> Millis:
        return Millis(time.time_ns() // 1_000_000)

    def monotonic(self) -> float:
        return self._boot_seconds()

    async def sleep(self, seconds: float) -> None:
        """Return once that many seconds have passed, suspend included (within 5 s of waking)."""
        until = self._boot_seconds() + seconds
        while True:
            left = until - self._boot_seconds()
            await asyncio.sleep(min(max(left, 0.0), _LONGEST_NAP_S))
            if left <= _LONGEST_NAP_S:
                return


class SystemRandom:
    """The operating system's random source, for jitter and for bytes alike."""

    def __init__(self) -> None:
        self._source = secrets.SystemRandom()

    def uniform(self, low: float, high: float) -> float:
        return self._source.uniform(low, high)

    def bytes(self, count: int) -> bytes:
        return secrets.token_bytes(count)


class Uuid7Source:
    """Fresh UUIDv7 (RFC 9562) from the clock and the random source."""

    def __init__(self, clock: Clock, random: Random) -> None:
        self._clock = clock
        self._random = random

    def new_id(self) -> str:
        return uuid7(self._clock.now(), self._random.bytes(10))
