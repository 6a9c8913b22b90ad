"""The sources of chance a desk is given: its clock, its executor; ids and randomness are seeded."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from random import Random
from typing import Any, TypeVar

from app.domain.ids import Millis
from app.ports.system import Lane
from tests.support.virtual_time import VirtualClock

T = TypeVar("T")


class OwnClock:
    """The desk's wall clock may be wrong by years; its monotonic time is the world's."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self.wrong_ms = 0
        self.monotonic: Callable[[], float] = clock.monotonic

    def now(self) -> Millis:
        return Millis(self._clock.now() + self.wrong_ms)

    def sleep(self, seconds: float) -> Coroutine[Any, Any, None]:
        return self._clock.sleep(seconds)


class Death:
    """When a desk dies: at one of the places where its code waits, whichever comes next."""

    def __init__(self) -> None:
        self._left = 0
        self.is_near = False
        self.dead = False
        self.fell = asyncio.Event()

    def in_steps(self, count: int) -> None:
        """Let so many places pass."""
        self._left, self.is_near = count, True

    async def passes(self) -> None:
        """One place; nothing of a dead desk goes past it."""
        if self.is_near:
            self._left -= 1
            if self._left < 0:
                self.dead = True
                self.fell.set()
        if self.dead:
            await asyncio.get_running_loop().create_future()


class SteppingExecutor:
    """Implements `app.ports.system.Executor`: at once, with a scheduling point on both sides."""

    def __init__(self, chance: Random, death: Death) -> None:
        self._draw = chance.random
        self._death = death

    async def run(self, lane: Lane, work: Callable[[], T]) -> T:
        await self._point()
        result = work()
        await self._point()
        return result

    async def _point(self) -> None:
        drawn = self._draw()
        if drawn < 0.2:
            await asyncio.sleep(0)
            if drawn < 0.05:
                await asyncio.sleep(0)
        death = self._death
        if death.dead or death.is_near:
            await death.passes()

    def close(self) -> None:
        """Nothing runs behind."""
