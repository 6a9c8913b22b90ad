"""The executor: people's saves first, awaitable from any loop, nothing lost at the end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from functools import partial

import pytest

from app.domain.errors import StoreLocked
from app.ports.system import Lane
from app.providers.executor import InlineExecutor, ThreadExecutor

GUARD_S = 30.0


@pytest.fixture
def executor() -> Iterator[ThreadExecutor]:
    made = ThreadExecutor()
    yield made
    made.close()


async def test_work_runs_elsewhere_and_its_result_comes_back(executor: ThreadExecutor) -> None:
    thread = await executor.run(Lane.READ, threading.get_ident)
    assert thread != threading.get_ident()


async def test_what_the_work_raises_is_raised_where_it_is_awaited(
    executor: ThreadExecutor,
) -> None:
    def broken() -> None:
        raise KeyError("mine")

    with pytest.raises(KeyError):
        await executor.run(Lane.USER_WRITE, broken)
    assert await executor.run(Lane.USER_WRITE, lambda: 7) == 7


async def test_a_persons_save_goes_before_the_engines_batches(executor: ThreadExecutor) -> None:
    order: list[str] = []
    began, go = threading.Event(), threading.Event()

    def first() -> None:
        began.set()
        assert go.wait(GUARD_S)

    running = asyncio.ensure_future(executor.run(Lane.ENGINE_WRITE, first))
    await asyncio.to_thread(began.wait, GUARD_S)
    batches = [
        asyncio.ensure_future(executor.run(Lane.ENGINE_WRITE, partial(order.append, f"page {n}")))
        for n in range(3)
    ]
    saved = asyncio.ensure_future(executor.run(Lane.USER_WRITE, lambda: order.append("save")))
    await asyncio.sleep(0)
    go.set()
    await asyncio.gather(running, *batches, saved)
    assert order == ["save", "page 0", "page 1", "page 2"]


async def test_there_is_one_writer_and_readers_beside_it(executor: ThreadExecutor) -> None:
    lanes = [Lane.USER_WRITE, Lane.ENGINE_WRITE] * 5
    writers = await asyncio.gather(*(executor.run(one, threading.get_ident) for one in lanes))
    assert len(set(writers)) == 1
    both = threading.Barrier(2, timeout=GUARD_S)
    readers = await asyncio.gather(*(executor.run(Lane.READ, both.wait) for _ in range(2)))
    assert sorted(readers) == [0, 1]


def test_it_may_be_awaited_from_loops_on_several_threads(executor: ThreadExecutor) -> None:
    found: list[int] = []

    def one() -> None:
        found.append(asyncio.run(executor.run(Lane.READ, lambda: 1)))

    threads = [threading.Thread(target=one) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(GUARD_S)
    assert found == [1, 1, 1, 1]


async def test_a_cancelled_caller_stops_no_work_that_has_begun(executor: ThreadExecutor) -> None:
    began, go, done = threading.Event(), threading.Event(), threading.Event()

    def work() -> None:
        began.set()
        assert go.wait(GUARD_S)
        done.set()

    task = asyncio.ensure_future(executor.run(Lane.USER_WRITE, work))
    await asyncio.to_thread(began.wait, GUARD_S)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    go.set()
    assert await asyncio.to_thread(done.wait, GUARD_S)


async def test_what_was_asked_for_before_closing_is_done_and_nothing_after() -> None:
    executor = ThreadExecutor()
    done: list[int] = []
    tasks = [
        asyncio.ensure_future(executor.run(Lane.ENGINE_WRITE, partial(done.append, n)))
        for n in range(20)
    ]
    await asyncio.sleep(0)
    await asyncio.to_thread(executor.close)
    await asyncio.gather(*tasks)
    assert done == list(range(20))
    with pytest.raises(StoreLocked):
        await executor.run(Lane.READ, lambda: None)
    executor.close()


async def test_inline_runs_at_once_on_the_callers_thread() -> None:
    executor = InlineExecutor()
    assert await executor.run(Lane.READ, threading.get_ident) == threading.get_ident()
    executor.close()
