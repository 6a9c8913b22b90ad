"""A commit that raised may have happened: its operation is looked for, then written again."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import cast

import pytest

from app.domain.errors import StoreInDoubt
from app.domain.ids import OpId
from app.domain.lifecycle import OpState
from app.ports.store import ReadTx, WriteTx
from app.services.decisions import Decided, decide_once
from app.services.desk import Desk

OP = OpId("op-1")
DECIDED = Decided(OP, OpState.PENDING)


class Doubtful:
    """A store whose first commits raise, after having written or not."""

    def __init__(self, *, doubts: int, kept: bool) -> None:
        self._doubts = doubts
        self._kept = kept
        self.writes = 0
        self.outbox: dict[OpId, SimpleNamespace] = {}

    async def write(self, work: Callable[[WriteTx], Decided]) -> Decided:
        self.writes += 1
        decided = work(cast("WriteTx", self))
        doubtful = self.writes <= self._doubts
        if not doubtful or self._kept:
            self.outbox[decided.op_id] = SimpleNamespace(state=OpState.WAITING)
        if doubtful:
            raise StoreInDoubt("The commit raised.")
        return decided

    async def read(self, work: Callable[[ReadTx], object]) -> object:
        return work(cast("ReadTx", self))


async def _decided(store: Doubtful) -> Decided:
    desk = cast("Desk", SimpleNamespace(store=store))
    return await decide_once(desk, OP, lambda _tx: DECIDED)


async def test_what_was_committed_after_all_is_not_written_again() -> None:
    store = Doubtful(doubts=1, kept=True)
    assert await _decided(store) == Decided(OP, OpState.WAITING)
    assert store.writes == 1


async def test_what_was_not_committed_is_written_once_more() -> None:
    store = Doubtful(doubts=1, kept=False)
    assert await _decided(store) == DECIDED
    assert store.writes == 2
    assert set(store.outbox) == {OP}


async def test_a_second_doubt_is_said() -> None:
    store = Doubtful(doubts=2, kept=False)
    with pytest.raises(StoreInDoubt):
        await _decided(store)
    assert store.writes == 2
