"""Waiting for news: one look for all who wait, one page for all who stand at the same place."""

from __future__ import annotations

import asyncio

import pytest

from app.central.reference.watch import Together, Watch
from app.domain.feed import Position


async def test_those_who_ask_the_same_share_one_answer() -> None:
    together, begun = Together(), asyncio.Event()

    async def work() -> str:
        begun.set()
        await asyncio.sleep(0.05)
        return "page"

    asked = [asyncio.ensure_future(together.get("tickets", "c1", work)) for _ in range(50)]
    await begun.wait()
    asked[0].cancel()
    answers = await asyncio.gather(*asked[1:])
    assert (set(answers), together.worked) == ({"page"}, 1)
    assert await together.get("tickets", "c2", work) == "page"
    assert together.worked == 2


async def test_a_failure_is_everybodys_and_is_not_kept_for_another_question() -> None:
    together = Together()

    async def fails() -> str:
        await asyncio.sleep(0)
        raise LookupError

    answers = await asyncio.gather(
        *(together.get("tickets", "c1", fails) for _ in range(3)), return_exceptions=True
    )
    assert [type(one) for one in answers] == [LookupError] * 3

    async def works() -> str:
        return "page"

    assert await together.get("tickets", "c2", works) == "page"


async def test_a_wait_tells_where_the_service_has_come_to() -> None:
    here, there = (Position(1, 1), "one"), (Position(1, 2), "one")
    places, looks = {"tickets": here}, 0

    def look() -> dict[str, tuple[Position, str]]:
        nonlocal looks
        looks += 1
        return dict(places)

    watch = Watch(look)
    assert await watch.moved("tickets", here, 0.01) is None
    waiting = [asyncio.ensure_future(watch.moved("tickets", here, 30)) for _ in range(40)]
    await asyncio.sleep(0.05)
    looks = 0
    places["tickets"] = there
    watch.wake()
    assert set(await asyncio.gather(*waiting)) == {there}
    assert looks <= 3


async def test_a_look_that_fails_ends_every_wait() -> None:
    def look() -> dict[str, tuple[Position, str]]:
        raise LookupError

    with pytest.raises(LookupError):
        await Watch(look).moved("tickets", (Position(1, 1), "one"), 30)
