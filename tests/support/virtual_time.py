"""An event loop whose time jumps to the next timer, so that minutes pass in no time."""

from __future__ import annotations

import asyncio
import random
import selectors
from collections.abc import Callable, Coroutine, Mapping
from typing import Any, TypeVar

from app.domain.ids import Millis, uuid7

T = TypeVar("T")

NOON = Millis(1_795_430_527_000)
"""Where virtual wall clocks begin."""


class _JumpingSelector(selectors.BaseSelector):
    """Never waits: the time it was asked to wait has passed at once."""

    def __init__(self) -> None:
        self._real = selectors.DefaultSelector()
        self.now = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        ready = self._real.select(0)
        if ready or (timeout is not None and timeout <= 0):
            return ready
        if timeout is None:
            raise RuntimeError("everything waits for something that will not happen")
        self.now += timeout
        return ready

    def register(
        self,
        fileobj: Any,  # noqa: ANN401 - the base class's own signature
        events: int,
        data: Any = None,  # noqa: ANN401 - the base class's own signature
    ) -> selectors.SelectorKey:
        return self._real.register(fileobj, events, data)

    def unregister(self, fileobj: Any) -> selectors.SelectorKey:  # noqa: ANN401  # as the library's own
        return self._real.unregister(fileobj)

    def get_map(self) -> Mapping[Any, selectors.SelectorKey]:
        return self._real.get_map()

    def close(self) -> None:
        self._real.close()


class VirtualLoop(asyncio.SelectorEventLoop):
    """Time stands still while code runs and jumps when there is none to run."""

    def __init__(self) -> None:
        self._jumping = _JumpingSelector()
        super().__init__(self._jumping)

    def time(self) -> float:
        return self._jumping.now


class VirtualClock:
    """Implements `app.ports.system.Clock` over a virtual loop; the wall clock may be set."""

    def __init__(self, loop: VirtualLoop, start: Millis = NOON) -> None:
        self._loop = loop
        self.wall_at_start = start

    def now(self) -> Millis:
        return Millis(self.wall_at_start + round(self._loop.time() * 1_000))

    def monotonic(self) -> float:
        return 1_000.0 + self._loop.time()

    def sleep(self, seconds: float) -> Coroutine[Any, Any, None]:
        return asyncio.sleep(max(seconds, 0.0))


class SeededRandom:
    """Implements `app.ports.system.Random`, the same each time."""

    def __init__(self, seed: int = 1) -> None:
        self._source = random.Random(seed)

    def uniform(self, low: float, high: float) -> float:
        return self._source.uniform(low, high)

    def bytes(self, count: int) -> bytes:
        return self._source.randbytes(count)


class SeededIds:
    """Implements `app.ports.system.IdSource`, the same each time."""

    def __init__(self, seed: int = 7) -> None:
        self._random = SeededRandom(seed)
        self._made = 0

    def new_id(self) -> str:
        self._made += 1
        return uuid7(NOON + self._made, self._random.bytes(10))


def run_virtual(story: Callable[[VirtualClock], Coroutine[Any, Any, T]]) -> T:
    """Run a story to its end on virtual time; whatever it left running is cancelled."""
    loop = VirtualLoop()
    try:
        return loop.run_until_complete(story(VirtualClock(loop)))
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left))
        loop.close()
