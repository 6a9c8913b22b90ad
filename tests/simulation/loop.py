"""The event loop of a world: time jumps, and everything happens on this one thread."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from tests.support.virtual_time import VirtualClock, VirtualLoop

T = TypeVar("T")
_MANY = 100
"""Fewer timers are not worth tidying."""


class WorldLoop(VirtualLoop):
    """Work meant for another thread is done at once: chance alone decides what comes first.

    Nothing is heard from outside, so no round of it asks the system whether there is anything.
    """

    def _run_once(self) -> None:
        """One round, in asyncio's own order: what has become due, then all that was ready then."""
        loop: Any = self  # what it keeps of its callbacks has no public name
        ready, scheduled = loop._ready, loop._tidied()
        if not ready and not loop._stopping:
            if not scheduled:
                raise RuntimeError("everything waits for something that will not happen")
            self._jumping.now += max(0.0, scheduled[0]._when - self._jumping.now)
        until = self._jumping.now + loop._clock_resolution
        while scheduled and scheduled[0]._when < until:
            handle = heapq.heappop(scheduled)
            handle._scheduled = False
            ready.append(handle)
        for _ in range(len(ready)):
            handle = ready.popleft()
            if not handle._cancelled:
                handle._run()

    def call_soon(  # type: ignore[override]  # as it is called
        self,
        callback: Callable[..., object],
        *args: Any,  # noqa: ANN401 - the base class's own signature
        context: Any = None,  # noqa: ANN401 - the base class's own signature
    ) -> asyncio.Handle:
        """Without asking whether the loop is closed, or this thread another one."""
        loop: Any = self
        handle = asyncio.Handle(callback, args, self, context)
        loop._ready.append(handle)
        return handle

    def _tidied(self) -> list[Any]:
        """The timers, without the cancelled ones where those are many or come first."""
        loop: Any = self
        timers: list[Any] = loop._scheduled
        if len(timers) > _MANY and loop._timer_cancelled_count > len(timers) / 2:
            for handle in timers:
                handle._scheduled = not handle._cancelled
            loop._scheduled = timers = [one for one in timers if not one._cancelled]
            heapq.heapify(timers)
            loop._timer_cancelled_count = 0
        while timers and timers[0]._cancelled:
            loop._timer_cancelled_count -= 1
            heapq.heappop(timers)._scheduled = False
        return timers

    def call_soon_threadsafe(  # type: ignore[override]  # as it is called
        self,
        callback: Callable[..., object],
        *args: Any,  # noqa: ANN401 - the base class's own signature
        context: Any = None,  # noqa: ANN401 - the base class's own signature
    ) -> asyncio.Handle:
        return self.call_soon(callback, *args, context=context)

    def run_in_executor(  # type: ignore[override]  # a future all the same
        self,
        executor: object,
        func: Callable[..., T],
        *args: Any,  # noqa: ANN401 - the base class's own signature
    ) -> asyncio.Future[T]:
        future: asyncio.Future[T] = self.create_future()
        try:
            future.set_result(func(*args))
        except BaseException as error:  # noqa: BLE001 - it belongs to whoever awaits
            future.set_exception(error)
        return future


def run_world(story: Callable[[VirtualClock], Coroutine[Any, Any, T]]) -> T:
    """Run a story to its end on virtual time; whatever it left running is cancelled."""
    loop = WorldLoop()
    try:
        return loop.run_until_complete(story(VirtualClock(loop)))
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        if left:
            loop.run_until_complete(asyncio.wait(left))
        loop.close()
