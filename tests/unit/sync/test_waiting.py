"""Flags that loops wait for, the first of several works, and what pages have named."""

from __future__ import annotations

import asyncio

import pytest

from app.domain.ids import OpId
from app.sync.named import Named
from app.sync.waiting import Wake, cancelled, first_ended
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

    run_virtual(tell)


def test_what_ends_beside_a_flag_leaves_it_as_it_is() -> None:
    async def tell(clock: VirtualClock) -> None:
        wake, began = Wake(), clock.monotonic()
        work = asyncio.ensure_future(clock.sleep(1.0))
        assert not await wake.wait(clock, beside=(work,))
        assert clock.monotonic() == began + 1.0
        wake.set()
        assert not await wake.wait(clock, beside=(work,))
        assert await wake.wait(clock)

    run_virtual(tell)


def test_a_wait_that_was_given_up_takes_no_flag_with_it() -> None:
    async def tell(clock: VirtualClock) -> None:
        wake = Wake()
        waiting = asyncio.ensure_future(wake.wait(clock, 5.0))
        await clock.sleep(1.0)
        await cancelled([waiting])
        wake.set()
        assert await wake.wait(clock)

    run_virtual(tell)


def test_the_first_end_of_several_works_is_enough_and_its_result_is_left_to_others() -> None:
    async def tell(clock: VirtualClock) -> None:
        async def failing() -> None:
            await clock.sleep(1.0)
            raise OSError("full")

        began = clock.monotonic()
        works = [asyncio.ensure_future(failing()), asyncio.ensure_future(clock.sleep(9.0))]
        await first_ended(works, clock)
        assert clock.monotonic() == began + 1.0
        with pytest.raises(OSError, match="full"):
            works[0].result()
        await first_ended(works[1:], clock, 2.0)
        assert clock.monotonic() == began + 3.0
        assert not works[1].done()
        await cancelled(works)
        assert works[1].cancelled()

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
