"""Waiting for the first of several things, by the injected clock only."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from app.ports.system import Clock

Works = Sequence[asyncio.Future[Any]]


async def first_ended(works: Works, clock: Clock, seconds: float | None = None) -> None:
    """Until one of them has ended or that many seconds have passed; takes no result of theirs."""
    await _opened(asyncio.get_running_loop().create_future(), works, clock, seconds)


async def _opened(
    gate: asyncio.Future[None], works: Works, clock: Clock, seconds: float | None
) -> None:
    """Until the gate is opened, by one of the works, by the time, or by whoever else has it."""
    if any(work.done() for work in works):
        return

    def open_gate(_work: object) -> None:
        opened(gate)

    timers = [] if seconds is None else [asyncio.ensure_future(clock.sleep(seconds))]
    for work in (*works, *timers):
        work.add_done_callback(open_gate)
    try:
        await gate
    finally:
        for work in works:
            work.remove_done_callback(open_gate)
        for timer in timers:
            timer.cancel()


def opened(gate: asyncio.Future[None]) -> None:
    """Let go on who waits there."""
    if not gate.done():
        gate.set_result(None)


async def cancelled(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Cancel them in order and wait until each has ended, whatever it ended with."""
    for task in tasks:
        task.cancel()
    if not all(task.done() for task in tasks):
        await asyncio.gather(*tasks, return_exceptions=True)
    for task in tasks:
        task.cancelled() or task.exception()  # looked at: nobody else is told of it


class Wake:
    """A flag one loop waits for and others raise; raised twice, it wakes once."""

    def __init__(self) -> None:
        self._is_raised = False
        self._gates: list[asyncio.Future[None]] = []

    def set(self) -> None:
        self._is_raised = True
        for gate in self._gates:
            opened(gate)

    async def wait(self, clock: Clock, seconds: float | None = None, *, beside: Works = ()) -> bool:
        """Until the flag is raised, that many seconds have passed, or one of the works has ended.

        Lowers the flag and says whether it was raised; an end beside it leaves it as it is.
        """
        if not self._is_raised:
            gate: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._gates.append(gate)
            try:
                await _opened(gate, beside, clock, seconds)
            finally:
                self._gates.remove(gate)
        if any(work.done() for work in beside):
            return False
        was, self._is_raised = self._is_raised, False
        return was
