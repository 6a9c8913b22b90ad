"""The event loop of a world: time jumps, and everything happens on this one thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from tests.support.virtual_time import VirtualClock, VirtualLoop

T = TypeVar("T")


class WorldLoop(VirtualLoop):
    """Work meant for another thread is done at once: chance alone decides what comes first."""

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
