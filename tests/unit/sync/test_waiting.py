"""Flags that loops wait for, the first of several works, and what pages have named."""

from __future__ import annotations

import asyncio

import pytest

from app.domain.ids import OpId
from app.sync.named import Named
from app.sync.waiting import Wake, cancelled, first_of
from tests.support.virtual_time import VirtualClock, run_virtual


def test_raised_twice_a_flag_wakes_once_and_the_time_passes_else() -> None:
    async def tell(clock: VirtualClock) -> None:
        wake, began = Wake(), clock.monotonic()
        wake.set()
        wake.set()
        assert await wake.wait(clock)
        assert clock.monotonic() == began
        assert not await wake.wait(clock, 5.0)
        assert clock.monotonic() == began + 5.0

    run_virtual(tell)


def test_whoever_waits_is_woken_within_the_time_and_without_any() -> None:
    async def tell(clock: VirtualClock) -> None:
        wake, began = Wake(), clock.monotonic()

        async def later() -> None:
            for _ in range(2):
                await clock.sleep(2.0)
                wake.set()

        raising = asyncio.ensure_future(later())
        assert await wake.wait(clock, 5.0)
        assert await wake.wait(clock)
        assert clock.monotonic() == began + 4.0
        await raising
        raising = asyncio.ensure_future(later())
        await wake.raised()
        assert clock.monotonic() == began + 6.0
        assert await wake.wait(clock, 0.0), "looking at the flag does not lower it"
        await raising

    run_virtual(tell)


def test_of_several_works_the_first_ends_the_others_and_its_error_is_told() -> None:
    async def tell(clock: VirtualClock) -> None:
        ended: list[str] = []

        async def work(name: str, seconds: float, error: Exception | None = None) -> None:
            try:
                await clock.sleep(seconds)
                if error is not None:
                    raise error
            finally:
                ended.append(name)

        await first_of(work("long", 9.0), work("short", 1.0))
        assert ended == ["short", "long"]
        with pytest.raises(OSError, match="full"):
            await first_of(work("long", 9.0), work("failing", 1.0, OSError("full")))
        assert ended == ["short", "long", "failing", "long"]

    run_virtual(tell)


def test_what_is_cancelled_has_ended_whatever_it_ended_with() -> None:
    async def tell(clock: VirtualClock) -> None:
        async def stubborn() -> None:
            try:
                await clock.sleep(99.0)
            finally:
                await clock.sleep(1.0)
                raise OSError("on its way out")

        tasks = [asyncio.ensure_future(stubborn()) for _ in range(2)]
        await clock.sleep(0.1)
        await cancelled(tasks)
        assert all(task.done() for task in tasks)
        await cancelled([])

    run_virtual(tell)


def test_what_pages_have_named_lately_is_known() -> None:
    named = Named()
    named.add([OpId("first"), OpId("second"), OpId("second")])
    named.add([OpId("first")])
    named.add(OpId(f"op-{number}") for number in range(1_998))
    assert OpId("first") in named
    named.add([OpId("one more")])
    assert OpId("first") not in named
    assert OpId("second") in named
    named.forget()
    assert OpId("second") not in named
    named.add([OpId("second")])
    assert OpId("second") in named
