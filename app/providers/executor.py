"""Runs the store's short calls on threads of their own: one writer, a few readers."""

from __future__ import annotations

import asyncio
import itertools
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from app.domain.errors import StoreLocked
from app.ports.system import Lane

T = TypeVar("T")

_PRIORITY = {Lane.USER_WRITE: 0, Lane.ENGINE_WRITE: 1, Lane.READ: 0}
_LAST = 9


@dataclass(order=True, slots=True)
class _Job:
    """A call in a queue: people's saves first, then first come, first served."""

    priority: int
    number: int
    run: Callable[[], None] | None = field(compare=False)


class ThreadExecutor:
    """Implements `app.ports.system.Executor`; may be awaited from any event loop."""

    def __init__(self, readers: int = 2) -> None:
        self._numbers = itertools.count()
        self._writing: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._reading: queue.PriorityQueue[_Job] = queue.PriorityQueue()
        self._closed = False
        self._threads = [self._start("store-write", self._writing)]
        self._threads += [self._start(f"store-read-{n}", self._reading) for n in range(readers)]

    def _start(self, name: str, jobs: queue.PriorityQueue[_Job]) -> threading.Thread:
        thread = threading.Thread(target=_work, args=(jobs,), name=name, daemon=True)
        thread.start()
        return thread

    async def run(self, lane: Lane, work: Callable[[], T]) -> T:
        """The work's result in the caller's loop; what it raises is raised there.

        A cancelled caller does not stop work that has begun. Raises StoreLocked after `close`.
        """
        if self._closed:
            raise StoreLocked("The store is closed.", safe="What was saved is safe.")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()

        def run() -> None:
            if not future.cancelled():
                _deliver(loop, future, work)

        jobs = self._reading if lane is Lane.READ else self._writing
        jobs.put(_Job(_PRIORITY[lane], next(self._numbers), run))
        return await future

    def close(self) -> None:
        """Finish what was asked for, refuse what comes after."""
        if self._closed:
            return
        self._closed = True
        self._writing.put(_Job(_LAST, next(self._numbers), None))
        for _ in self._threads[1:]:
            self._reading.put(_Job(_LAST, next(self._numbers), None))
        for thread in self._threads:
            thread.join()


def _work(jobs: queue.PriorityQueue[_Job]) -> None:
    while (job := jobs.get()).run is not None:
        job.run()


def _deliver(
    loop: asyncio.AbstractEventLoop, future: asyncio.Future[T], work: Callable[[], T]
) -> None:
    settle: Callable[[Any], None]
    result: object
    try:
        result, settle = work(), future.set_result
    except BaseException as error:  # noqa: BLE001 - it belongs to whoever awaits
        result, settle = error, future.set_exception
    try:
        loop.call_soon_threadsafe(_settle, future, settle, result)
    except RuntimeError:  # the caller's loop has ended; nobody is left to tell
        return


def _settle(future: asyncio.Future[T], settle: Callable[[Any], None], result: object) -> None:
    if not future.done():
        settle(result)


class InlineExecutor:
    """Runs everything at once on the caller's thread: for commands, tests and the simulation."""

    async def run(self, lane: Lane, work: Callable[[], T]) -> T:  # noqa: ARG002 - the port's
        return work()

    def close(self) -> None:
        """Nothing runs behind."""
