"""Waiting for the first of several things, by the injected clock only."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

from app.ports.system import Clock


async def first_of(*works: Coroutine[Any, Any, object]) -> None:
    """Return when one of them has ended, raising what it raised; the others are cancelled."""
    tasks = [asyncio.ensure_future(work) for work in works]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in tasks:
            if task.done():
                task.result()
    finally:
        await cancelled(tasks)


async def cancelled(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Cancel them in order and wait until each has ended, whatever it ended with."""
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.gather(*tasks, return_exceptions=True)


class Wake:
    """A flag one loop waits for and others raise; raised twice, it wakes once."""

    def __init__(self) -> None:
        self._event = asyncio.Event()

    def set(self) -> None:
        self._event.set()

    async def raised(self) -> None:
        """Wait for the flag without lowering it."""
        await self._event.wait()

    async def wait(self, clock: Clock, seconds: float | None = None) -> bool:
        """Until the flag is raised or that many seconds have passed; lowers it, says if it was."""
        if not self._event.is_set():
            if seconds is None:
                await self._event.wait()
            else:
                await first_of(self._event.wait(), clock.sleep(seconds))
        was = self._event.is_set()
        self._event.clear()
        return was
