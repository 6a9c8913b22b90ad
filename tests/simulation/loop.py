"""The event loop of a world: time jumps, and everything happens on this one thread."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Callable, Coroutine
from contextvars import Context, copy_context
from typing import Any, TypeVar

from tests.support.virtual_time import VirtualClock, VirtualLoop

T = TypeVar("T")


class _Soon(asyncio.Handle):
    """A callback that keeps no account of where it was made."""

    def __init__(
        self,
        callback: Callable[..., object],
        args: tuple[Any, ...],
        loop: asyncio.AbstractEventLoop,
        context: Context | None,
    ) -> None:
        """Instead of the base class's own, which asks the loop whether it is watched."""
        self._context = copy_context() if context is None else context
        self._loop, self._callback, self._args = loop, callback, args
        self._cancelled, self._repr = False, None


class _Later(_Soon, asyncio.TimerHandle):
    """The same at a time; the loop keeps it in the order of times, then of calls."""

    _when: float

    def cancel(self) -> None:
        """Without telling the loop, which finds it when its time has come."""
        asyncio.Handle.cancel(self)


class WorldLoop(VirtualLoop):
    """Work meant for another thread is done at once: chance alone decides what comes first.

    Nothing is heard from outside, so no round of it asks the system whether there is anything.
    """

    def __init__(self) -> None:
        super().__init__()
        self._timers: list[tuple[float, int, _Later]] = []
        self._made = 0

    def _run_once(self) -> None:
        """One round, in asyncio's own order: what has become due, then all that was ready then."""
        loop: Any = self  # what it keeps of its callbacks has no public name
        ready, timers = loop._ready, self._timers
        while timers and timers[0][2]._cancelled:
            heapq.heappop(timers)
        if not ready and not loop._stopping:
            if not timers:
                raise RuntimeError("everything waits for something that will not happen")
            self._jumping.now = max(self._jumping.now, timers[0][0])
        until = self._jumping.now + loop._clock_resolution
        while timers and timers[0][0] < until:
            ready.append(heapq.heappop(timers)[2])
        for _ in range(len(ready)):
            handle = ready.popleft()
            if handle._cancelled:
                continue
            try:
                handle._context.run(handle._callback, *handle._args)
            except Exception as error:  # noqa: BLE001 - as asyncio has it: told, and the loop goes on
                self.call_exception_handler({"message": "a callback failed", "exception": error})

    def call_at(  # type: ignore[override]  # as it is called
        self,
        when: float,
        callback: Callable[..., object],
        *args: Any,  # noqa: ANN401 - the base class's own signature
        context: Any = None,  # noqa: ANN401 - the base class's own signature
    ) -> asyncio.TimerHandle:
        """Two of one time come in the order they were made in."""
        timer = _Later(callback, args, self, context)
        timer._when = when
        self._made += 1
        heapq.heappush(self._timers, (when, self._made, timer))
        return timer

    def call_later(  # type: ignore[override]  # as it is called
        self,
        delay: float,
        callback: Callable[..., object],
        *args: Any,  # noqa: ANN401 - the base class's own signature
        context: Any = None,  # noqa: ANN401 - the base class's own signature
    ) -> asyncio.TimerHandle:
        return self.call_at(self._jumping.now + delay, callback, *args, context=context)

    def call_soon(  # type: ignore[override]  # as it is called
        self,
        callback: Callable[..., object],
        *args: Any,  # noqa: ANN401 - the base class's own signature
        context: Any = None,  # noqa: ANN401 - the base class's own signature
    ) -> asyncio.Handle:
        """Without asking whether the loop is closed, or this thread another one."""
        loop: Any = self
        handle = _Soon(callback, args, self, context)
        loop._ready.append(handle)
        return handle

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
