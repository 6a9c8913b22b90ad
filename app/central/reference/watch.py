"""Waiting for news: one look at the ledger serves every waiting desk of this node."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Hashable, Mapping
from typing import Any, TypeVar

from app.domain.feed import Position

Place = tuple[Position, str]
"""A service's position and its term's id, as it shows them."""

_LOOK_AGAIN_S = 0.25
"""Another node over the same database may have written."""


T = TypeVar("T")
_YOUNG_S = 1.0


class Together:
    """One answer for all who ask the same at the same time; of each name the newest is kept."""

    def __init__(self) -> None:
        self._latest: dict[str, tuple[Hashable, float, asyncio.Task[Any]]] = {}
        self.worked = 0
        """How often it did the work."""

    async def get(self, name: str, asked: Hashable, work: Callable[[], Awaitable[T]]) -> T:
        """What `work` gives; whoever asks first does it. Raises what it raised, to all of them."""
        loop = asyncio.get_running_loop()
        known = self._latest.get(name)
        if (
            known is None
            or known[0] != asked
            or known[2].get_loop() is not loop
            or loop.time() - known[1] > _YOUNG_S
        ):
            self.worked += 1
            task: asyncio.Task[T] = loop.create_task(_awaited(work))
            self._latest[name] = known = asked, loop.time(), task
        found: T = await asyncio.shield(known[2])
        return found


async def _awaited(work: Callable[[], Awaitable[T]]) -> T:
    return await work()


class Watch:
    """Ends a wait when a service moves on; looks only while somebody waits."""

    def __init__(self, look: Callable[[], Mapping[str, Place]]) -> None:
        self._look = look
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news = asyncio.Event()
        self._waiting: dict[asyncio.Future[Place], tuple[str, Place]] = {}
        self._task: asyncio.Task[None] | None = None

    def wake(self) -> None:
        """Look at once; from any thread."""
        loop = self._loop
        if loop is not None and not loop.is_closed():
            loop.call_soon_threadsafe(self._news.set)

    async def moved(self, service: str, seen: Place, seconds: float) -> Place | None:
        """Where the service stands now, once that is elsewhere than `seen`; None after the time.

        Raises what the look at the ledger raised.
        """
        loop = asyncio.get_running_loop()
        if loop is not self._loop:
            self._loop, self._news, self._task, self._waiting = loop, asyncio.Event(), None, {}
        future: asyncio.Future[Place] = loop.create_future()
        self._waiting[future] = service, seen
        if self._task is None or self._task.done():
            self._task = loop.create_task(self._watch())
        try:
            async with asyncio.timeout(seconds):
                return await future
        except TimeoutError:
            return None
        finally:
            self._waiting.pop(future, None)

    async def _watch(self) -> None:
        """Look again and again; the first time at once, since the ledger may have moved already."""
        while self._waiting:
            self._news.clear()
            try:
                places = await asyncio.to_thread(self._look)
            except Exception as error:  # noqa: BLE001 - whatever it is belongs to those who wait
                for future in self._open():
                    future.set_exception(error)
                return
            for future, (service, seen) in self._open().items():
                if places[service] != seen:
                    future.set_result(places[service])
            await self._pause()

    def _open(self) -> dict[asyncio.Future[Place], tuple[str, Place]]:
        return {future: at for future, at in self._waiting.items() if not future.done()}

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(_LOOK_AGAIN_S):
                await self._news.wait()
        except TimeoutError:
            return
