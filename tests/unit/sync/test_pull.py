"""The mirror: snapshots that resume, pages with their cursor, terms, splits and lost cursors."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest

from app.domain.central_services import Service
from app.domain.errors import CentralUnavailable
from app.domain.feed import (
    Answer,
    FeedPage,
    Position,
    Rate,
    Silence,
    SnapshotPage,
    TermRefused,
)
from app.domain.lifecycle import OpState
from app.domain.views import ServiceWord
from app.ports.central import Attempt, CursorExpired
from app.sync.snapshot import refetch_setting
from tests.unit.sync.desk import TICKETS, Bench, story


def fill(bench: Bench, rows: int) -> None:
    for number in range(rows):
        bench.central.histories[TICKETS].change(f"row-{number:05d}", bench.clock.now())


def mirror_is_right(bench: Bench) -> bool:
    mirrored = bench.store.tables.rows.get(TICKETS, {})
    rows = bench.central.histories[TICKETS].rows
    return {id_: item.rev for id_, item in mirrored.items()} == {
        id_: item.rev for id_, item in rows.items()
    }


@story
async def test_a_first_mirror_is_a_snapshot_then_the_feed(bench: Bench) -> None:
    fill(bench, 4_500)
    report = await bench.engine.sync_once()
    assert mirror_is_right(bench)
    assert report.pulled == 4_500
    talks = [what for what, service in bench.central.requests if service is TICKETS]
    assert talks == ["changes"] + ["snapshot"] * 5 + ["changes"]
    assert bench.store.tables.unsearchable == 0, "searchable when it is done"
    status = bench.status()
    assert (status.mirrored, status.expected) == (4_500, None)


@story
async def test_a_snapshot_that_broke_resumes_where_it_was(bench: Bench) -> None:
    """Given a line that breaks in the middle, then no page is fetched twice after the return."""
    fill(bench, 6_000)
    bench.central.snapshot_fails_after = 10  # five other services take one page each
    async with bench.running():
        await bench.clock.sleep(2)
        assert bench.store.tables.feeds[TICKETS].snapshot_after is not None
        assert bench.status().expected == 6_000
        before = sum(talk == ("snapshot", TICKETS) for talk in bench.central.requests)
        bench.central.snapshot_fails_after = None
        await bench.until(lambda: mirror_is_right(bench), 60)
        after = sum(talk == ("snapshot", TICKETS) for talk in bench.central.requests)
        assert after - before <= 3
    assert bench.store.tables.old[TICKETS] == 0


@story
async def test_a_snapshot_resumes_in_the_next_start(bench: Bench) -> None:
    fill(bench, 6_000)
    bench.central.snapshot_fails_after = 8
    await bench.engine.sync_once()
    assert not mirror_is_right(bench)
    bench.central.snapshot_fails_after = None
    bench.central.requests.clear()
    bench.engine = bench.new_engine()
    await bench.engine.sync_once()
    assert mirror_is_right(bench)
    assert sum(talk == ("snapshot", TICKETS) for talk in bench.central.requests) < 6


@story
async def test_changes_while_the_snapshot_runs_are_not_lost(bench: Bench) -> None:
    fill(bench, 3_000)
    async with bench.running():
        for number in range(0, 3_000, 100):
            bench.central.histories[TICKETS].change(f"row-{number:05d}", bench.clock.now())
            await bench.clock.sleep(0.01)
        await bench.until(lambda: mirror_is_right(bench), 10)


@story
async def test_a_change_at_central_arrives_by_the_poll_within_a_second(bench: Bench) -> None:
    async with bench.running():
        await bench.clock.sleep(40)
        item = bench.central.histories[TICKETS].change("news", bench.clock.now())
        took = await bench.until(lambda: item.id in bench.store.tables.rows.get(TICKETS, {}), 2)
        assert took <= 1.0


@story
async def test_an_idle_desk_polls_and_does_not_spin(bench: Bench) -> None:
    async with bench.running():
        await bench.clock.sleep(10)
        bench.central.requests.clear()
        await bench.clock.sleep(600)
        polls = sum(talk == ("changes", TICKETS) for talk in bench.central.requests)
        assert 20 <= polls <= 26


@story
async def test_a_lost_cursor_fills_a_new_generation(bench: Bench) -> None:
    """Given purged tombstones (410), then rows that are gone at central go here too."""
    fill(bench, 1_500)
    async with bench.running():
        await bench.until(lambda: mirror_is_right(bench), 10)
        history = bench.central.histories[TICKETS]
        del history.rows["row-00007"]
        bench.central.purged_before[TICKETS] = Position(1, history.n + 3)
        history.change("row-00008", bench.clock.now())
        await bench.clock.sleep(1)
        history.change("row-00009", bench.clock.now())
        history.change("row-00010", bench.clock.now())
        await bench.until(lambda: mirror_is_right(bench), 40)
        await bench.clock.sleep(5)
    assert "row-00007" not in bench.store.tables.rows[TICKETS]
    assert bench.store.tables.old[TICKETS] == 0, "the old generation is emptied"


@story
async def test_a_history_that_is_lost_behind_the_first_snapshot_is_fetched_once_more(
    bench: Bench,
) -> None:
    """Nobody can say what the snapshot had, or lacked, of the history that goes on."""
    fill(bench, 20)
    history, real = bench.central.histories[TICKETS], bench.central.snapshot

    async def loses(service: Service, after: str | None, limit: int) -> SnapshotPage:
        page = await real(service, after, limit)
        if service is TICKETS and history.term == 1:
            del history.rows["row-00007"]
            history.term, history.term_id, history.fork = 2, "term-two", Position(1, 6)
            history.change("row-00003", bench.clock.now())
        return page

    bench.central.snapshot = loses  # type: ignore[method-assign]  # replaced for this test
    async with bench.running():
        await bench.until(lambda: history.term == 2 and mirror_is_right(bench), 10)
        await bench.clock.sleep(5)
    assert bench.central.requests.count(("snapshot", TICKETS)) == 2
    assert "row-00007" not in bench.store.tables.rows[TICKETS]


@story
async def test_two_centrals_with_one_term_stop_the_pushing(bench: Bench) -> None:
    """Split-brain: same term, other id. Nothing is pushed to that service until it is healed."""
    async with bench.running():
        await bench.clock.sleep(5)
        history = bench.central.histories[TICKETS]
        history.term_id = "the other one"
        history.change("theirs", bench.clock.now())
        await bench.until(lambda: bench.status().detail == "split_brain", 30)
        op_id = await bench.save()
        other = await bench.save(service=Service.BILLING)
        await bench.clock.sleep(60)
        assert bench.status().word is ServiceWord.DOWN
        assert bench.store.state_of(op_id) is OpState.PENDING
        assert bench.store.state_of(other) is OpState.SETTLED
        assert "theirs" not in bench.store.tables.rows[TICKETS]
        history.term_id = "term-one"
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 30)


@story
async def test_a_split_outlasts_a_refused_credential_and_ends_with_it(bench: Bench) -> None:
    """Signed out meanwhile, it is neither forgotten (nothing is pushed) nor kept for ever."""
    await bench.engine.sync_once()
    history = bench.central.histories[TICKETS]
    history.term_id = "the other one"
    async with bench.running():
        await bench.until(lambda: bench.status().detail == "split_brain", 30)
        op_id = await bench.save()
        bench.central.signed_out = True
        await bench.clock.sleep(30)
        bench.central.signed_out = False
        await bench.clock.sleep(60)
        assert bench.status().detail == "split_brain"
        assert bench.store.state_of(op_id) is OpState.PENDING
        bench.central.signed_out = True
        await bench.clock.sleep(30)
        history.term_id, bench.central.signed_out = "term-one", False
        await bench.until(lambda: bench.status().word is ServiceWord.UP, 60)
        assert bench.store.state_of(op_id) is OpState.SETTLED


@story
async def test_a_split_met_by_a_push_stops_it_too(bench: Bench) -> None:
    await bench.engine.sync_once()
    bench.central.script = lambda service, attempt: TermRefused(Position(1, 9), "other", None)
    op_id = await bench.save()
    await bench.engine.sync_once()
    assert bench.store.state_of(op_id) is OpState.WAITING
    assert len(bench.central.attempts) == 1


@story
async def test_a_term_no_page_tells_of_is_waited_for_without_spinning(bench: Bench) -> None:
    await bench.engine.sync_once()

    def refuse(service: Service, attempt: Attempt) -> Answer | None:
        return TermRefused(Position(9, 9), "nine", None)

    bench.central.script = refuse
    op_id = await bench.save()
    async with bench.running():
        await bench.clock.sleep(600)
        assert len(bench.central.attempts) < 30
        assert bench.store.state_of(op_id) in (OpState.WAITING, OpState.PENDING)


@story
async def test_a_new_term_ends_the_waiting_for_an_answer(bench: Bench) -> None:
    """Given refusals for a term that no page told for long, then it is told: what waited goes."""
    await bench.engine.sync_once()
    history = bench.central.histories[TICKETS]
    bench.central.script = lambda service, attempt: TermRefused(Position(9, 9), "nine", None)
    op_id = await bench.save()
    async with bench.running():
        await bench.until(
            lambda: (bench.status().next_try or 0) - bench.clock.now() > 60_000, 3_000
        )
        bench.central.script = lambda service, attempt: None
        history.term, history.term_id, history.fork = 9, "nine", history.position
        history.change("theirs", bench.clock.now())
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 30)


@story
async def test_a_restore_met_by_a_snapshot_offers_everything_again(bench: Bench) -> None:
    """Given a new term and no fork (410 on the way), then the journal goes once more, once each."""
    ops = [await bench.save() for _ in range(5)]
    await bench.engine.sync_once()
    history = bench.central.histories[TICKETS]
    bench.central.page_rows = 2
    bench.central.purged_before[TICKETS] = Position(2, 0)
    history.rows.clear()
    history.verdicts.clear()
    history.effects.clear()
    history.term, history.term_id, history.n = 2, "term-two", 0
    fill(bench, 20)
    async with bench.running():
        await bench.until(
            lambda: all(bench.store.state_of(one) is OpState.SETTLED for one in ops), 60
        )
        await bench.clock.sleep(2)
    assert sorted(history.effects) == sorted(ops)
    assert len(bench.central.attempts) == 2 * len(ops), "offered again once, not at each page"
    assert mirror_is_right(bench)


@story
async def test_a_replica_of_a_former_history_is_ignored(bench: Bench) -> None:
    history = bench.central.histories[TICKETS]
    history.term, history.term_id = 3, "term-three"
    fill(bench, 10)
    await bench.engine.sync_once()
    history.term, history.term_id = 2, "term-two"
    history.change("old news", bench.clock.now())
    async with bench.running():
        await bench.clock.sleep(120)
        assert "old news" not in bench.store.tables.rows[TICKETS]
        assert bench.store.tables.feeds[TICKETS].position == Position(3, 10)
        assert bench.status().word is ServiceWord.DOWN


@story
async def test_a_poll_ends_when_the_service_is_known_to_be_down(bench: Bench) -> None:
    async with bench.running():
        await bench.clock.sleep(3)
        bench.central.away = {TICKETS: Silence.TIMEOUT}
        await bench.save()
        await bench.clock.sleep(2)
        asked = len([talk for talk in bench.central.requests if talk[1] is TICKETS])
        await bench.clock.sleep(60)
        assert len([talk for talk in bench.central.requests if talk[1] is TICKETS]) == asked


@story
async def test_pages_are_asked_for_at_the_published_rate(bench: Bench) -> None:
    bench.central.rate = Rate(10.0, 2.0)
    await bench.engine.sync_once()
    bench.central.page_rows = 10
    fill(bench, 300)
    began = bench.clock.monotonic()
    await bench.engine.sync_once()
    assert mirror_is_right(bench)
    assert bench.clock.monotonic() - began >= 13


@story
async def test_a_poll_that_hears_nothing_any_more_is_not_waited_for(bench: Bench) -> None:
    """Given a line that went dead under a poll, when it is back, news comes by a new poll."""
    async with bench.running():
        await bench.clock.sleep(5)
        bench.central.deaf_polls = True
        bench.engine.probe_all()
        await bench.until(lambda: bench.central.requests[-1][0] == "changes", 30)
        await bench.clock.sleep(26)
        bench.central.away = {TICKETS: Silence.TIMEOUT}
        await bench.save()
        await bench.until(lambda: bench.status().word is ServiceWord.DOWN, 5)
        bench.central.deaf_polls = False
        bench.central.away = {}
        await bench.until(lambda: bench.status().word is ServiceWord.UP, 7)
        item = bench.central.histories[TICKETS].change("news", bench.clock.now())
        await bench.until(lambda: item.id in bench.store.tables.rows[TICKETS], 2)


@story
async def test_a_desk_that_slept_through_a_term_trusts_no_fork_of_it(bench: Bench) -> None:
    """Given two restores while this desk was away, then the second one's fork says nothing here."""
    op_id = await bench.save()
    await bench.engine.sync_once()
    history = bench.central.histories[TICKETS]
    history.rows.clear()
    history.verdicts.clear()
    history.effects.clear()
    history.term, history.term_id, history.n = 3, "term-three", 9
    history.fork = Position(2, 5)
    fill(bench, 4)
    async with bench.running():
        await bench.until(lambda: mirror_is_right(bench) and len(history.effects) == 1, 60)
    assert history.effects == [op_id]


@story
async def test_the_way_to_a_new_term_leads_through_the_shared_history(bench: Bench) -> None:
    """Given a restore ahead of this desk's cursor, then the old rows come first: no split-brain."""
    history = bench.central.histories[TICKETS]
    await bench.engine.sync_once()
    bench.central.page_rows = 3
    fill(bench, 10)
    history.fork = history.position
    history.term, history.term_id = 2, "term-two"
    fill(bench, 2)
    op_id = await bench.save()
    async with bench.running():
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 10)
        await bench.until(lambda: mirror_is_right(bench), 10)
        assert bench.status().word is ServiceWord.UP
    assert sum(talk == ("snapshot", TICKETS) for talk in bench.central.requests) == 1
    assert bench.store.tables.feeds[TICKETS].term_id == "term-two"


@story
async def test_a_new_desk_at_work_learns_its_share_before_the_first_page(bench: Bench) -> None:
    bench.central.rate = Rate(10.0, 2.0)
    bench.central.page_rows = 10
    fill(bench, 300)
    began = bench.clock.monotonic()
    async with bench.running():
        await bench.until(lambda: mirror_is_right(bench), 30)
        assert bench.clock.monotonic() - began >= 13


@dataclass
class Asked:
    """Each question about a service's changes: when, from which cursor, how many, how long."""

    bench: Bench
    questions: list[tuple[float, str | None, int, float]] = field(default_factory=list)
    waits: bool = True
    """Whether central waits for news."""
    error: Exception | None = None

    def __post_init__(self) -> None:
        self._changes = self.bench.central.changes
        self.bench.central.changes = self.changes  # type: ignore[method-assign]  # noted on the way

    async def changes(
        self, service: Service, cursor: str | None, limit: int, wait_s: float
    ) -> FeedPage:
        if service is TICKETS:
            self.questions.append((self.bench.clock.monotonic(), cursor, limit, wait_s))
            if self.error is not None:
                raise self.error
        return await self._changes(service, cursor, limit, wait_s if self.waits else 0.0)

    @property
    def gaps(self) -> list[float]:
        times = [when for when, *_ in self.questions]
        return [later - one for one, later in itertools.pairwise(times)]


@story
async def test_the_first_words_to_a_service_ask_for_one_row_and_wait_for_none(bench: Bench) -> None:
    asked = Asked(bench)
    await bench.engine.sync_once()
    assert [question[1:] for question in asked.questions] == [(None, 1, 0.0), ("1.0", 200, 0.0)]
    await bench.engine.sync_once()
    assert len(asked.questions) == 3, "the share is known"


@story
async def test_news_is_waited_for_only_where_all_that_is_there_is_here(bench: Bench) -> None:
    await bench.engine.sync_once()
    bench.central.page_rows = 10
    fill(bench, 35)
    bench.engine, asked = bench.new_engine(), Asked(bench)
    async with bench.running():
        await bench.clock.sleep(5)
    waits = [wait_s for *_, wait_s in asked.questions]
    assert waits[0] == waits[-1] == 25.0
    assert 3 <= waits[1:-1].count(0.0) == len(waits) - 2 <= 4


@story
async def test_a_central_that_does_not_wait_is_asked_about_once_a_second(bench: Bench) -> None:
    await bench.engine.sync_once()
    asked = Asked(bench, waits=False)
    async with bench.running():
        await bench.clock.sleep(400)
    assert 350 <= len(asked.questions) <= 450
    assert 0.5 <= min(asked.gaps) < 0.6
    assert 1.4 < max(asked.gaps) <= 1.53


@story
async def test_signed_out_it_asks_each_ten_seconds_and_never_waits_for_news(bench: Bench) -> None:
    await bench.engine.sync_once()
    bench.central.signed_out = True
    asked = Asked(bench)
    async with bench.running():
        await bench.clock.sleep(300)
        before = len(asked.questions)
        assert 28 <= before <= 31
        assert {wait_s for *_, wait_s in asked.questions[1:]} == {0.0}
        bench.central.signed_out = False
        await bench.until(lambda: bench.status().word is ServiceWord.UP, 11)
        assert asked.questions[before][3] == 0.0


@asynccontextmanager
async def signed_out(bench: Bench) -> AsyncIterator[None]:
    """The engine runs, and has heard that its credential is refused."""
    await bench.engine.sync_once()
    bench.central.signed_out = True
    async with bench.running():
        await bench.until(lambda: bench.status().word is ServiceWord.SIGN_IN, 30)
        yield


@story
async def test_signed_out_and_then_down_it_comes_back_with_the_first_probe_that_is_answered(
    bench: Bench,
) -> None:
    """Both ways in were given up meanwhile, and only a probe tries them; no news are waited for."""
    async with signed_out(bench):
        bench.central.away[TICKETS] = Silence.CONNECT
        await bench.clock.sleep(120)
        asked = Asked(bench)
        bench.central.signed_out = False
        del bench.central.away[TICKETS]
        await bench.until(lambda: bench.status().word is ServiceWord.UP, 11)
        assert asked.questions[0][3] == 0.0


@story
async def test_signed_out_and_silent_once_it_does_not_wait_for_news_before_it_is_let_in(
    bench: Bench,
) -> None:
    """The probe answers all the time, so the way is open again; the credential is not proven."""
    async with signed_out(bench):
        bench.central.feed_away[TICKETS] = Silence.CONNECT
        asked = Asked(bench)
        await bench.until(lambda: bool(asked.questions), 30)
        await bench.clock.sleep(8)
        before = len(asked.questions)
        bench.central.signed_out = False
        del bench.central.feed_away[TICKETS]
        await bench.until(lambda: bench.status().word is ServiceWord.UP, 16)
        assert asked.questions[before][3] == 0.0


@story
async def test_where_pages_come_again_an_unanswered_question_is_asked_again_soon(
    bench: Bench,
) -> None:
    """What failed before the page came is no reason to wait for minutes behind it."""
    fill(bench, 3)
    await bench.engine.sync_once()
    bench.central.script = bench.accepted_behind
    async with bench.running():
        bench.central.feed_away[TICKETS] = Silence.SERVER_ERROR
        await bench.clock.sleep(1_200)
        op_id = await bench.save()
        await bench.clock.sleep(60)
        bench.central.questions_lost = 1
        del bench.central.feed_away[TICKETS]
        await bench.until(lambda: bench.central.questions_lost == 0, 400)
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 10)


@story
async def test_split_it_asks_each_five_seconds_whether_that_is_over(bench: Bench) -> None:
    await bench.engine.sync_once()
    bench.central.histories[TICKETS].term_id = "the other one"
    asked = Asked(bench)
    async with bench.running():
        await bench.clock.sleep(300)
    assert 58 <= len(asked.questions) <= 61
    assert {wait_s for *_, wait_s in asked.questions[1:]} == {0.0}


@story
async def test_split_and_then_down_it_asks_with_the_first_probe_that_is_answered(
    bench: Bench,
) -> None:
    """The feed is asked ever less often meanwhile; a probe each 5 s tells when there is a way."""
    await bench.engine.sync_once()
    bench.central.histories[TICKETS].term_id = "the other one"
    async with bench.running():
        await bench.until(lambda: bench.status().detail == "split_brain", 30)
        bench.central.away[TICKETS] = Silence.CONNECT
        await bench.clock.sleep(1_200)
        probes = len(bench.central.probes)
        await bench.clock.sleep(60)
        assert 10 <= len([one for one in bench.central.probes[probes:] if one[1] is TICKETS]) <= 15
        bench.central.histories[TICKETS].term_id = "term-one"
        del bench.central.away[TICKETS]
        await bench.until(lambda: bench.status().word is ServiceWord.UP, 7)


@pytest.mark.parametrize(
    "error",
    [CentralUnavailable("", cause=Silence.SERVER_ERROR), CursorExpired()],
    ids=["silence", "every cursor expired"],
)
def test_a_feed_that_fails_is_asked_ever_less_often_until_it_answers_again(
    error: Exception,
) -> None:
    @story
    async def tell(bench: Bench) -> None:
        await bench.engine.sync_once()
        asked = Asked(bench, error=error)
        snapshots = bench.central.requests.count(("snapshot", TICKETS))
        async with bench.running():
            await bench.clock.sleep(3_600)
            tries = len([gap for gap in asked.gaps if gap > 0.05])
            assert 12 <= tries <= 60, "half of five minutes on average in the end"
            assert max(asked.gaps[:4]) < 10
            assert max(asked.gaps) > 100
            snapshots = bench.central.requests.count(("snapshot", TICKETS)) - snapshots
            assert snapshots == (tries + 1 if isinstance(error, CursorExpired) else 0)
            asked.error = None
            await bench.until(lambda: bench.status().word is ServiceWord.UP, 310)
            asked.questions.clear()
            asked.error = CentralUnavailable("", cause=Silence.SERVER_ERROR)
            bench.central.histories[TICKETS].change("news", bench.clock.now())
            await bench.until(lambda: len(asked.questions) >= 4, 60)
            assert sum(asked.gaps[:2]) < 8, "what failed long ago counts no more"

    tell()


@story
async def test_a_feed_that_asks_to_be_left_alone_is(bench: Bench) -> None:
    await bench.engine.sync_once()
    busy = CentralUnavailable("", cause=Silence.BUSY, retry_after_s=40.0)
    asked = Asked(bench, error=busy)
    async with bench.running():
        await bench.clock.sleep(300)
    assert min(asked.gaps) >= 40
    assert len(asked.questions) >= 4


@story
async def test_a_snapshot_of_a_second_central_is_not_taken_and_is_shown_this_desk_s_cursor(
    bench: Bench,
) -> None:
    """From it that one learns what it has lost: else neither could go on."""
    fill(bench, 5)
    await bench.engine.sync_once()
    history = bench.central.histories[TICKETS]
    history.term_id = "the other one"
    fill(bench, 7)
    bench.store.tables.settings[refetch_setting(TICKETS)] = True
    asked = Asked(bench)
    await bench.engine.sync_once()
    assert [question[1:] for question in asked.questions] == [("1.5", 200, 0.0), ("1.5", 1, 0.0)]
    assert bench.status().detail == "split_brain"
    assert len(bench.store.tables.rows[TICKETS]) == 5
    assert bench.store.tables.building.get(TICKETS, {}) == {}
    assert bench.store.tables.settings[refetch_setting(TICKETS)] is True


@story
async def test_a_snapshot_of_a_former_term_is_not_taken_after_a_start_either(bench: Bench) -> None:
    """Nothing was heard since the start, and central has lost a term in silence: the cursor of
    that term is all that can show it, so nothing may take its place.
    """
    fill(bench, 5)
    history = bench.central.histories[TICKETS]
    history.term, history.term_id = 2, "term-two"
    history.change("row-00001", bench.clock.now())
    await bench.engine.sync_once()
    history.term, history.term_id = 1, "term-one"
    bench.store.tables.settings[refetch_setting(TICKETS)] = True
    bench.engine = bench.new_engine()
    asked = Asked(bench)
    await bench.engine.sync_once()
    assert [question[1:] for question in asked.questions] == [("2.6", 200, 0.0), ("2.6", 1, 0.0)]
    assert bench.status().detail == Silence.BEHIND
    assert bench.store.tables.building.get(TICKETS, {}) == {}


@pytest.mark.parametrize(("cause", "times"), [(Silence.BEHIND, 2), (Silence.SERVER_ERROR, 1)])
def test_a_snapshot_of_a_former_history_is_shown_this_desk_s_cursor_once_more(
    cause: Silence, times: int
) -> None:
    """Before each snapshot it is shown; another endpoint may have answered that."""

    @story
    async def tell(bench: Bench) -> None:
        fill(bench, 5)
        await bench.engine.sync_once()
        bench.store.tables.settings[refetch_setting(TICKETS)] = True

        async def elsewhere(service: Service, after: str | None, limit: int) -> SnapshotPage:
            raise CentralUnavailable("Not here.", cause=cause)

        bench.central.snapshot = elsewhere  # type: ignore[method-assign]  # a former one answers
        asked = Asked(bench, error=CursorExpired() if cause is Silence.BEHIND else None)
        await bench.engine.sync_once()
        shown = [("1.5", 200, 0.0), ("1.5", 1, 0.0)]
        assert [question[1:] for question in asked.questions] == shown[:times]
        assert bench.status().detail == cause

    tell()


@story
async def test_a_desk_without_a_cursor_has_none_to_show(bench: Bench) -> None:
    async def elsewhere(service: Service, after: str | None, limit: int) -> SnapshotPage:
        raise CentralUnavailable("Not here.", cause=Silence.BEHIND)

    bench.central.snapshot = elsewhere  # type: ignore[method-assign]  # a former one answers
    asked = Asked(bench)
    await bench.engine.sync_once()
    assert [question[1:] for question in asked.questions] == [(None, 1, 0.0)], "its share only"


@story
async def test_a_generation_after_the_first_comes_in_smaller_pages_and_ends_the_asking(
    bench: Bench,
) -> None:
    """Between people's saves: some forty milliseconds of the writer for each page."""
    fill(bench, 1_500)
    limits, snapshot = list[int](), bench.central.snapshot

    async def noted(service: Service, after: str | None, limit: int) -> SnapshotPage:
        if service is TICKETS:
            limits.append(limit)
        return await snapshot(service, after, limit)

    bench.central.snapshot = noted  # type: ignore[method-assign]  # noted on the way
    await bench.engine.sync_once()
    assert limits == [1_000, 1_000]
    bench.store.tables.settings[refetch_setting(TICKETS)] = True
    await bench.engine.sync_once()
    assert limits[2:] == [400] * 4
    assert bench.store.tables.settings[refetch_setting(TICKETS)] is False
    await bench.engine.sync_once()
    assert len(limits) == 6


@story
async def test_while_a_snapshot_comes_listeners_hear_of_each_page_and_search_waits(
    bench: Bench,
) -> None:
    """And not longer: other services' polls, which wait for news, keep nobody from the search."""
    fill(bench, 6_000)
    bench.central.took_s = 1.0
    heard: list[tuple[int | None, bool]] = []
    state = bench.engine._states[TICKETS]
    bench.engine.subscribe(lambda: heard.append((bench.status().expected, state.mirroring)))
    filled: list[bool] = []
    async with bench.running():
        for _ in range(200):
            await bench.clock.sleep(0.1)
            if state.mirroring and bench.store.tables.unsearchable:
                filled.append(bench.store.tables.unsearchable % 1_000 == 0)
        assert all(filled)
        assert len(filled) > 20
        assert not state.mirroring
        assert bench.store.tables.unsearchable == 0
    assert heard.count((6_000, True)) >= 5
    assert state.pulled == 6_000


@story
async def test_a_snapshot_that_broke_is_not_said_to_be_coming(bench: Bench) -> None:
    fill(bench, 3_000)
    bench.central.snapshot_fails_after = 6
    await bench.engine.sync_once()
    assert bench.engine._states[TICKETS].mirroring is False
