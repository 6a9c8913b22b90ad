"""What is kept of a lost history until central has said everything again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from app.domain.central_services import Service
from app.domain.errors import CentralUnavailable
from app.domain.feed import Position, Silence
from app.domain.operations import Json
from app.ports.central import FetchedRows
from app.sync.beyond import (
    MOST_IDS,
    Beyond,
    fetched_rows,
    forget_beyond,
    is_beyond_kept,
    keep_beyond,
)
from tests.support.memory_store import Tables, Transaction
from tests.unit.sync.desk import TICKETS, Bench, story
from tests.unit.sync.test_pull import fill

NAME = f"beyond.{TICKETS}"


def kept(tx: Transaction) -> Json:
    return tx.setting(NAME)


def test_of_two_losses_the_earlier_fork_counts_and_all_is_asked_for_again() -> None:
    tx = Transaction(Tables())
    assert not is_beyond_kept(tx, TICKETS)  # type: ignore[arg-type]  # as much as it uses
    keep_beyond(tx, TICKETS, Position(2, 5))  # type: ignore[arg-type]  # as much as it uses
    assert kept(tx) == [2, 5, ""]
    tx.set_setting(NAME, [2, 5, "some-row"])
    keep_beyond(tx, TICKETS, Position(3, 1))  # type: ignore[arg-type]  # as much as it uses
    assert kept(tx) == [2, 5, ""]
    keep_beyond(tx, TICKETS, Position(1, 9))  # type: ignore[arg-type]  # as much as it uses
    assert kept(tx) == [1, 9, ""]
    assert is_beyond_kept(tx, TICKETS)  # type: ignore[arg-type]  # as much as it uses
    forget_beyond(tx, TICKETS)  # type: ignore[arg-type]  # as much as it uses
    assert kept(tx) is None
    assert not is_beyond_kept(tx, TICKETS)  # type: ignore[arg-type]  # as much as it uses


def test_where_nothing_is_kept_nothing_is_written() -> None:
    tx = Transaction(Tables())
    forget_beyond(tx, TICKETS)  # type: ignore[arg-type]  # as much as it uses
    assert tx.tables.settings == {}


@pytest.mark.parametrize("setting", [7, [], [1, 2], [1, 2, "a", 3], ["1", 2, ""], [1, "2", ""]])
def test_what_nobody_can_read_is_nothing_kept(setting: Json) -> None:
    tx = Transaction(Tables())
    tx.set_setting(NAME, setting)
    assert not is_beyond_kept(tx, TICKETS)  # type: ignore[arg-type]  # as much as it uses


def noted(bench: Bench) -> list[list[str]]:
    """The ids of each question about records."""
    asked: list[list[str]] = []
    rows = bench.central.rows

    async def noting(service: Service, ids: Sequence[str]) -> FetchedRows:
        asked.append([*ids])
        return await rows(service, ids)

    bench.central.rows = noting  # type: ignore[method-assign]  # noted on the way
    return asked


@story
async def test_it_is_asked_for_in_hundreds_goes_on_where_it_stopped_and_ends(bench: Bench) -> None:
    fill(bench, 251)
    await bench.engine.sync_once()
    state, asked = bench.engine._states[TICKETS], noted(bench)
    bench.store.tables.settings[NAME] = [1, 0, ""]
    bench.central.rows_fail_after = 1
    with pytest.raises(CentralUnavailable):
        await Beyond(state).fetch()
    first = [f"row-{number:05d}" for number in range(100)]
    assert bench.store.tables.settings[NAME] == [1, 0, first[-1]]
    bench.central.rows_fail_after = None
    assert await Beyond(state).fetch() == 151
    assert [len(one) for one in asked] == [100, 100, 100, 51]
    assert asked[0] == first
    assert MOST_IDS == 100, "central answers for no more at a time"
    assert bench.store.tables.settings[NAME] is None
    assert await Beyond(state).fetch() == 0
    assert len(asked) == 4


@story
async def test_what_is_fetched_is_in_the_mirror_and_counted(bench: Bench) -> None:
    fill(bench, 3)
    await bench.engine.sync_once()
    state, history = bench.engine._states[TICKETS], bench.central.histories[TICKETS]
    history.rewrite("row-00001", {"fault": "as it is now"})
    del history.rows["row-00002"]
    bench.store.tables.settings[NAME] = [1, 1, ""]
    assert await Beyond(state).fetch() == 2
    rows = bench.store.tables.rows[TICKETS]
    assert rows["row-00001"].fields == {"fault": "as it is now"}
    assert set(rows) == {"row-00000", "row-00001"}
    assert bench.status().mirrored == 2


@pytest.mark.parametrize(
    ("term", "term_id", "n", "taken"),
    [
        (1, "term-one", 3, True),
        (1, "term-one", 4, True),
        (1, "term-one", 2, False),
        (2, "term-one", 9, False),
        (1, "another", 3, False),
    ],
)
def test_only_the_mirror_s_own_history_as_far_as_it_stands_is_believed(
    term: int, term_id: str, n: int, taken: bool
) -> None:
    @story
    async def tell(bench: Bench) -> None:
        fill(bench, 3)
        await bench.engine.sync_once()
        state, history = bench.engine._states[TICKETS], bench.central.histories[TICKETS]
        history.term, history.term_id, history.n = term, term_id, n
        if taken:
            assert len((await fetched_rows(state, ["row-00001"])).items) == 1
        else:
            with pytest.raises(CentralUnavailable) as met:
                await fetched_rows(state, ["row-00001"])
            assert met.value.cause == Silence.BEHIND, "another endpoint may do"

    tell()


@pytest.mark.parametrize("how", ["forks", "expires", "more than a page"])
def test_records_are_not_believed_where_the_cursor_shows_another_history_afterwards(
    how: str,
) -> None:
    """A central that lost history in silence and went on shows it by the cursor alone."""

    @story
    async def tell(bench: Bench) -> None:
        fill(bench, 3)
        await bench.engine.sync_once()
        state, history = bench.engine._states[TICKETS], bench.central.histories[TICKETS]
        asked = bench.central.rows

        async def and_tell(service: Service, ids: Sequence[str]) -> FetchedRows:
            found = await asked(service, ids)
            if how == "forks":
                history.term, history.term_id, history.fork = 2, "term-two", Position(1, 2)
            elif how == "expires":
                bench.central.purged_before[TICKETS] = Position(1, 9)
            else:
                bench.central.page_rows = 1
                for number in range(2):
                    history.change(f"more {number}", bench.clock.now())
            return found

        bench.central.rows = and_tell  # type: ignore[method-assign]  # replaced for this test
        with pytest.raises(CentralUnavailable) as met:
            await fetched_rows(state, ["row-00001"])
        assert met.value.cause == Silence.BEHIND

    tell()


@story
async def test_records_too_are_asked_for_at_the_published_pace(bench: Bench) -> None:
    fill(bench, 251)
    await bench.engine.sync_once()
    state = bench.engine._states[TICKETS]
    state.pages.publish(1.0)
    state.pages.take(state.pages.available())
    bench.store.tables.settings[NAME] = [1, 0, ""]
    began = bench.clock.monotonic()
    await Beyond(state).fetch()
    assert bench.clock.monotonic() - began >= 3
