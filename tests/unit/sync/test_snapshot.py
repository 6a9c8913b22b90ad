"""A snapshot is of one history: of no other one, and of nothing that lags behind its first page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.central_services import Service
from app.domain.errors import CentralUnavailable
from app.domain.feed import FeedPage, Position, Silence, SnapshotPage
from app.sync.snapshot import refetch_setting
from tests.support.scripted_central import History
from tests.support.virtual_time import NOON
from tests.unit.sync.desk import TICKETS, Bench, story
from tests.unit.sync.real_desk import RealDesk, real
from tests.unit.sync.test_parity import sql_of
from tests.unit.sync.test_pull import fill, mirror_is_right


@pytest.mark.parametrize("at_page", [1, 2], ids=["between pages", "after the last page"])
def test_what_is_lost_behind_a_further_snapshot_goes_with_it(at_page: int, tmp_path: Path) -> None:
    """The mirror stood where both histories were one: what was fetched since is of the lost."""

    @real
    async def tell(desk: RealDesk) -> None:
        history, real_snapshot = desk.central.histories[TICKETS], desk.central.snapshot
        ids = [desk.ids.new_id() for _ in range(20)]
        for one in ids[:5]:
            history.change(one, NOON, fields={"fault": "x", "status": "new"})
        await desk.engine().sync_once()
        for one in ids[5:]:
            history.change(one, NOON, fields={"fault": "x", "status": "new"})
        desk.central.purged_before[TICKETS] = Position(1, 20)
        desk.central.page_rows = 10
        pages = 0

        async def loses(service: Service, after: str | None, limit: int) -> SnapshotPage:
            nonlocal pages
            page = await real_snapshot(service, after, limit)
            if service is TICKETS:
                page = replace(page, position=history.position, term_id=history.term_id)
                pages += 1
                if pages == at_page:
                    _lose(desk, history, ids)
            return page

        desk.central.snapshot = loses  # type: ignore[method-assign]  # replaced for this test
        for _ in range(4):
            await desk.engine().sync_once()
            await desk.clock.sleep(60)
        rows = "SELECT id FROM $ticket WHERE rev IS NOT NULL"
        mine = await desk.store.read(lambda tx: {id_ for (id_,) in sql_of(tx).all(rows)})
        assert mine == set(history.rows)
        assert ids[17] not in mine
        assert pages > 2, "it was taken anew"

    tell(tmp_path)


def _lose(desk: RealDesk, history: History, ids: list[str]) -> None:
    for one in (ids[17], ids[19]):
        del history.rows[one]
    del desk.central.purged_before[TICKETS]
    history.term, history.term_id, history.fork = 2, "term-two", Position(1, 17)
    history.change(ids[3], NOON, fields={"fault": "x", "status": "new"})


@pytest.mark.parametrize("former", [False, True], ids=["behind", "of a former term"])
def test_a_page_of_a_replica_that_has_not_come_so_far_is_not_taken(former: bool) -> None:
    """Given the first page of the primary, the feed goes on from there; and the next one is asked
    for while the first is stored.
    """

    @story
    async def tell(bench: Bench) -> None:
        fill(bench, 20)
        history, real_snapshot = bench.central.histories[TICKETS], bench.central.snapshot
        followed = replace(history, rows=dict(history.rows))
        for row in ("row-00003", "row-00001a"):
            history.change(row, bench.clock.now())
        if former:
            history.term, history.term_id = 2, "term-two"
        bench.central.page_rows, lags = 10, [True] * 3

        async def by_turns(service: Service, after: str | None, limit: int) -> SnapshotPage:
            if service is not TICKETS or after is None or not lags or not lags.pop():
                return await real_snapshot(service, after, limit)
            bench.central.histories[TICKETS] = followed
            try:
                page = await real_snapshot(service, after, limit)
            finally:
                bench.central.histories[TICKETS] = history
            return replace(page, position=followed.position, term_id=followed.term_id)

        bench.central.snapshot = by_turns  # type: ignore[method-assign]  # two endpoints by turns
        async with bench.running():
            await bench.until(lambda: mirror_is_right(bench), 60)
        assert lags == []

    tell()


@story
async def test_nothing_is_fetched_anew_before_the_cursor_was_shown(bench: Bench) -> None:
    """It is all that shows a central what it has lost, and a snapshot takes its place."""
    fill(bench, 5)
    await bench.engine.sync_once()
    bench.store.tables.settings[refetch_setting(TICKETS)] = True
    asked, silent = bench.central.changes, [True]

    async def now_and_then(
        service: Service, cursor: str | None, limit: int, wait_s: float
    ) -> FeedPage:
        if service is TICKETS and silent and silent.pop():
            raise CentralUnavailable("It does not answer.", cause=Silence.CONNECT)
        return await asked(service, cursor, limit, wait_s)

    bench.central.changes = now_and_then  # type: ignore[method-assign]  # once it is not heard
    bench.central.requests.clear()
    await bench.engine.sync_once()
    assert ("snapshot", TICKETS) not in bench.central.requests
    await bench.engine.sync_once()
    assert ("snapshot", TICKETS) in bench.central.requests
    assert mirror_is_right(bench)


@story
async def test_the_client_is_told_which_term_the_mirror_took_also_at_a_start(bench: Bench) -> None:
    """Else an endpoint of a former history is asked again and again, and no other one."""
    told, history = bench.central.terms_adopted, bench.central.histories[TICKETS]
    fill(bench, 2)
    page, seen = bench.central.snapshot, list[int | None]()

    async def noted(service: Service, after: str | None, limit: int) -> SnapshotPage:
        seen.append(told.get(TICKETS))
        return await page(service, after, limit)

    asked, behind = bench.central.changes, list[int | None]()

    async def followed(service: Service, cursor: str | None, limit: int, wait_s: float) -> FeedPage:
        if service is TICKETS and cursor is not None:
            behind.append(told.get(TICKETS))
        return await asked(service, cursor, limit, wait_s)

    bench.central.snapshot, bench.central.page_rows = noted, 1  # type: ignore[method-assign]  # looked at
    bench.central.changes = followed  # type: ignore[method-assign]  # looked at
    await bench.engine.sync_once()
    assert seen[0] is None
    assert behind[0] == 1, "before the first page behind the snapshot"
    assert told[TICKETS] == 1
    history.term, history.term_id = 2, "term-two"
    history.change("row-00001", bench.clock.now())
    await bench.engine.sync_once()
    assert told[TICKETS] == 2
    told.clear()
    await bench.new_engine().load()
    assert told[TICKETS] == 2
