"""Services apart from one another, status and line over time, nudges and returns."""

from __future__ import annotations

import itertools

import pytest

from app.domain.central_services import Service
from app.domain.changes import Changes
from app.domain.feed import Answer, FeedPage, NoVerdict, Rate, Silence, Verdict
from app.domain.lifecycle import OpState
from app.domain.operations import Outcome
from app.domain.views import ServiceWord
from app.ports.central import Attempt
from app.ports.store import HELD
from app.sync.service_state import Way
from tests.support.memory_store import Transaction
from tests.unit.sync.desk import TICKETS, Bench, story


@story
async def test_one_service_down_the_others_settle(bench: Bench) -> None:
    """Given tickets unreachable, when work is saved everywhere, then only tickets waits."""
    bench.central.away = {TICKETS: Silence.CONNECT}
    async with bench.running():
        ops = {service: await bench.save(service=service) for service in Service}
        await bench.clock.sleep(2)
        settled = {one for one, op in ops.items() if bench.store.state_of(op) is OpState.SETTLED}
        assert settled == set(Service) - {TICKETS}
        words = {one.service: one.word for one in bench.engine.statuses(bench.clock.now())}
        assert words.pop(TICKETS) is ServiceWord.DOWN
        assert set(words.values()) == {ServiceWord.UP}
        assert not bench.engine.reachable(TICKETS)
        assert bench.engine.reachable(Service.BILLING)


@story
async def test_a_service_that_answers_slowly_does_not_slow_the_others(bench: Bench) -> None:
    """The push latency of the rest is what it is without the fault."""

    def drip(service: Service, attempt: Attempt) -> Answer | None:
        return NoVerdict(Silence.TIMEOUT) if service is TICKETS else None

    async def latency() -> float:
        op_id = await bench.save(service=Service.CUSTOMERS)
        return await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 5)

    async with bench.running():
        without = await latency()
        bench.central.script = drip
        for _ in range(20):
            await bench.save()
        assert await latency() <= without + 0.1


@story
async def test_mark_and_line_come_and_go_in_time(bench: Bench) -> None:
    """Marked ≤ 10 s after the cut, line ≤ 40 s, cleared after 60 s of good answers (ux 11)."""
    async with bench.running():
        await bench.clock.sleep(30)
        bench.central.away = {TICKETS: Silence.TIMEOUT}
        cut = bench.clock.now()
        await bench.until(lambda: bench.status().word is ServiceWord.DOWN, 10)
        assert bench.status().outage_since is None
        await bench.until(lambda: bench.status().outage_since is not None, 32)
        assert bench.clock.now() - cut <= 40_000
        assert abs((bench.status().outage_since or 0) - cut) <= 10_000
        await bench.clock.sleep(60)
        bench.central.away = {}
        await bench.until(lambda: bench.status().word is ServiceWord.UP, 8)
        assert bench.status().outage_since is not None
        calm = await bench.until(lambda: bench.status().outage_since is None, 70)
        assert calm > 50


@story
async def test_asked_to_look_again_every_service_is_probed_at_once(bench: Bench) -> None:
    async with bench.running():
        await bench.clock.sleep(5.0)
        bench.central.probes.clear()
        bench.engine.probe_all()
        await bench.clock.sleep(0.5)
        assert {service for _when, service in bench.central.probes} == set(Service)


@story
async def test_listeners_hear_of_words_and_lines_that_move(bench: Bench) -> None:
    heard: list[tuple[ServiceWord, bool]] = []

    def listen() -> None:
        status = bench.status()
        heard.append((status.word, status.outage_since is not None))

    undo = bench.engine.subscribe(listen)
    async with bench.running():
        bench.central.away = {TICKETS: Silence.CONNECT}
        await bench.clock.sleep(60)
        bench.central.away = {}
        await bench.clock.sleep(90)
        assert {
            (ServiceWord.UP, False),
            (ServiceWord.DOWN, False),
            (ServiceWord.DOWN, True),
            (ServiceWord.UP, True),
        } <= set(heard)
        undo()
        count = len(heard)
        bench.central.away = {TICKETS: Silence.CONNECT}
        await bench.clock.sleep(30)
        assert len(heard) == count


@story
async def test_a_save_goes_out_at_once(bench: Bench) -> None:
    async with bench.running():
        await bench.clock.sleep(100)
        op_id = await bench.save()
        took = await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 2)
        assert took <= 1.0


@story
async def test_after_a_return_work_is_at_central_within_two_seconds_of_the_probe(
    bench: Bench,
) -> None:
    """S11: stored waiting times end with the first good probe; lanes ramp up from one."""
    for _ in range(60):
        await bench.save()
    async with bench.running():
        await bench.clock.sleep(20)
        bench.central.away = dict.fromkeys(Service, Silence.CONNECT)
        ops = [await bench.save() for _ in range(30)]
        await bench.clock.sleep(1_800)
        assert {bench.store.state_of(one) for one in ops} <= {OpState.WAITING, OpState.PENDING}
        bench.central.attempts.clear()
        bench.central.probes.clear()
        bench.central.away = {}
        back = bench.clock.monotonic()
        await bench.until(
            lambda: all(bench.store.state_of(one) is OpState.SETTLED for one in ops), 30
        )
        probe = next(when for when, service in bench.central.probes if service is TICKETS)
        first = min(when for when, service, _ in bench.central.attempts if service is TICKETS)
        assert probe - back <= 6.0
        assert first - probe <= 2.0
        at_once = [when for when, _, _ in bench.central.attempts if when < first + 0.005]
        assert len(at_once) == 1, "the ramp begins with one lane"


@story
async def test_a_service_that_is_down_is_probed_each_five_seconds_with_jitter(
    bench: Bench,
) -> None:
    async with bench.running():
        bench.central.away = {TICKETS: Silence.CONNECT}
        await bench.save()
        await bench.clock.sleep(5)
        bench.central.probes.clear()
        bench.central.attempts.clear()
        await bench.clock.sleep(600)
        times = [when for when, service in bench.central.probes if service is TICKETS]
        gaps = [later - one for one, later in itertools.pairwise(times)]
        assert 100 <= len(times) <= 150
        assert all(3.9 <= gap <= 6.2 for gap in gaps)
        assert len({round(gap, 2) for gap in gaps}) > 20
        assert bench.central.attempts == [], "only the probe goes"


@story
async def test_asked_by_a_person_everything_is_tried_at_once(bench: Bench) -> None:
    answers: list[Answer | None] = [NoVerdict(Silence.BUSY, 300.0)]
    bench.central.script = lambda service, attempt: answers.pop() if answers else None
    op_id = await bench.save()
    async with bench.running():
        await bench.clock.sleep(5)
        assert bench.store.state_of(op_id) is OpState.WAITING
        bench.engine.probe_all()
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 2)


@story
async def test_a_stale_central_is_shown_stale_within_one_poll(bench: Bench) -> None:
    """The answer came now; the data is from an hour ago."""
    async with bench.running():
        assert bench.status().word is ServiceWord.UP
        bench.central.stale_by_ms = 3_600_000
        await bench.until(lambda: bench.status().word is ServiceWord.STALE, 26)
        as_of = bench.status().as_of
        assert as_of is not None
        assert bench.clock.now() - as_of >= 3_600_000
        bench.central.stale_by_ms = 0
        await bench.until(lambda: bench.status().word is ServiceWord.UP, 26)


@pytest.mark.parametrize("years", [-20, 20])
def test_a_clock_wrong_by_years_makes_nothing_stale(years: int) -> None:
    @story
    async def tell(bench: Bench) -> None:
        bench.central.offset_ms = years * 365 * 86_400_000
        async with bench.running():
            await bench.clock.sleep(30)
            assert bench.status().word is ServiceWord.UP
            kept = bench.store.tables.offset
            assert kept is not None
            assert kept[0] == bench.central.offset_ms
            await bench.save()
            await bench.clock.sleep(1)
            assert bench.central.attempts[-1][2].clock_offset_ms == bench.central.offset_ms

    tell()


@story
async def test_central_hears_no_more_than_the_rate_it_publishes(bench: Bench) -> None:
    """Given 300 saved offline and 8 a second allowed, then no 10 s see over 1.2 times that."""
    bench.central.rate = Rate(8.0, 100.0)
    async with bench.running():
        bench.central.away = {TICKETS: Silence.CONNECT}
        ops = [await bench.save() for _ in range(300)]
        await bench.clock.sleep(30)
        bench.central.away = {}
        bench.central.attempts.clear()
        await bench.until(
            lambda: all(bench.store.state_of(one) is OpState.SETTLED for one in ops), 90
        )
        times = [when for when, service, _ in bench.central.attempts if service is TICKETS]
        assert len(times) == 300
        assert max(sum(b <= one < b + 10 for one in times) for b in times) <= 1.2 * 80


@story
async def test_after_a_return_central_hears_one_attempt_then_twice_as_many(bench: Bench) -> None:
    """Given 60 saved in an outage and a rate that holds nobody, then each wave of attempts waits
    for the answers to the one before, which was half as wide.
    """
    bench.central.took_s = 0.5
    async with bench.running():
        bench.central.away = {TICKETS: Silence.CONNECT}
        ops = [await bench.save() for _ in range(60)]
        await bench.clock.sleep(60)
        bench.central.away = {}
        bench.central.attempts.clear()
        bench.central.widest.clear()
        await bench.until(
            lambda: all(bench.store.state_of(one) is OpState.SETTLED for one in ops), 90
        )
    times = [when for when, service, _ in bench.central.attempts if service is TICKETS]
    waves = [len(list(some)) for _, some in itertools.groupby(times, lambda one: round(one, 1))]
    assert waves[:5] == [1, 2, 4, 8, 16]
    assert bench.central.widest[TICKETS] == bench.settings.widest


@story
async def test_a_health_check_that_answers_does_not_hide_a_feed_that_does_not(
    bench: Bench,
) -> None:
    async with bench.running():
        bench.central.feed_away = {TICKETS: Silence.SERVER_ERROR}
        await bench.clock.sleep(60)
        assert bench.status().word is ServiceWord.DOWN
        bench.central.requests.clear()
        await bench.clock.sleep(600)
        assert sum(service is TICKETS for _, service in bench.central.requests) < 30, "no spinning"
        bench.central.feed_away = {}
        await bench.until(lambda: bench.status().word is ServiceWord.UP, 310)


@story
async def test_trouble_is_remembered_until_the_next_start(bench: Bench) -> None:
    bench.central.away = {TICKETS: Silence.CONNECT}
    await bench.engine.sync_once()
    bench.engine = bench.new_engine()
    await bench.engine.load()
    assert bench.status().word is ServiceWord.DOWN
    assert bench.status(Service.BILLING).word is ServiceWord.UP
    bench.central.away = {}
    await bench.engine.sync_once()
    bench.engine = bench.new_engine()
    await bench.engine.load()
    assert bench.status().word is ServiceWord.UP


@story
async def test_a_push_that_never_gets_a_verdict_is_no_reason_to_stop_reading(
    bench: Bench,
) -> None:
    bench.central.script = lambda service, attempt: NoVerdict(Silence.NOT_CENTRAL)
    async with bench.running():
        await bench.save()
        await bench.clock.sleep(120)
        item = bench.central.histories[TICKETS].change("seen", bench.clock.now())
        await bench.until(lambda: item.id in bench.store.tables.rows[TICKETS], 10)


@story
async def test_stopping_takes_less_than_two_seconds_whatever_is_under_way(
    bench: Bench,
) -> None:
    bench.central.took_s = 1.0
    async with bench.running():
        await bench.clock.sleep(20)
        bench.central.took_s = 60.0
        await bench.save()
        await bench.clock.sleep(1)
        began = bench.clock.monotonic()
    assert bench.clock.monotonic() - began <= 2.0


@story
async def test_a_conflict_is_a_verdict_and_no_failure(bench: Bench) -> None:
    def conflict(service: Service, attempt: Attempt) -> Answer | None:
        applied = bench.central.apply(service, attempt)
        return Verdict(
            applied.op_id,
            Outcome.APPLIED_WITH_CONFLICTS,
            applied.rev,
            applied.position,
            applied.term_id,
        )

    bench.central.script = conflict
    op_id = await bench.save()
    report = await bench.engine.sync_once()
    assert (report.pushed, bench.store.state_of(op_id)) == (1, OpState.SETTLED)


@story
async def test_asked_while_a_service_is_down_everything_goes_when_it_is_back(
    bench: Bench,
) -> None:
    bench.central.script = lambda service, attempt: NoVerdict(Silence.BUSY, 300.0)
    op_id = await bench.save()
    async with bench.running():
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.WAITING, 5)
        bench.central.away = {TICKETS: Silence.CONNECT}
        await bench.clock.sleep(30)
        bench.engine.probe_all()
        await bench.clock.sleep(3)
        bench.central.away = {}
        bench.central.script = lambda service, attempt: None
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 10)


@story
async def test_a_new_desk_asks_for_its_share_before_it_sends_or_mirrors(bench: Bench) -> None:
    bench.central.rate = Rate(4.0, 100.0)
    for _ in range(60):
        await bench.save()
    await bench.engine.sync_once()
    times = [when for when, _, _ in bench.central.attempts]
    assert len(times) == 60
    assert max(sum(b <= one < b + 10 for one in times) for b in times) <= 1.2 * 40


@pytest.mark.parametrize("met", ["split", "signed_out"])
def test_whatever_ends_a_silence_the_feed_is_asked_again(met: str) -> None:
    """Given a service that went silent, when an answer under way says split or sign in, then the
    feed finds out how that ends; nothing else would.
    """

    @story
    async def tell(bench: Bench) -> None:
        async with bench.running() as engine:
            state = engine._states[TICKETS]
            bench.central.away = {TICKETS: Silence.CONNECT}
            await bench.until(lambda: state.way is Way.DOWN, 120)
            await bench.clock.sleep(600)
            if met == "split":
                state.split(split=True)
            else:
                state.signed_out()
            bench.central.away = {}
            await bench.until(lambda: state.way is Way.OPEN, 120)

    tell()


def test_a_loop_that_fails_again_and_again_rests_longer_and_the_others_go_on(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """A bug in one of them, or a full disk: each start is later, up to a minute, for good."""

    @story
    async def tell(bench: Bench) -> None:
        times: list[float] = []
        asked = bench.central.changes

        async def failing(
            service: Service, cursor: str | None, limit: int, wait_s: float
        ) -> FeedPage:
            if service is TICKETS:
                times.append(bench.clock.monotonic())
                raise ZeroDivisionError
            return await asked(service, cursor, limit, wait_s)

        bench.central.changes = failing  # type: ignore[method-assign]  # a bug of ours
        async with bench.running():
            await bench.clock.sleep(300)
            other = await bench.save(service=Service.BILLING)
            await bench.until(lambda: bench.store.state_of(other) is OpState.SETTLED, 2)
        gaps = [later - one for one, later in itertools.pairwise(times)]
        assert gaps == pytest.approx([2, 4, 8, 16, 32, 60, 60, 60], abs=0.1)

    tell()
    assert "The tickets pull loop starts again." in caplog.text


@story
async def test_whatever_a_person_hands_over_meanwhile_waits_until_central_was_asked(
    bench: Bench,
) -> None:
    """Another desk's outbox is brought in while this one works: what arrived is not sent again."""
    async with bench.running():
        await bench.clock.sleep(5)
        operation = bench.taken.note(None, TICKETS, bench.clock.now())
        attempt = Attempt(operation.op_id, operation.raw, 1, "inc-1", None, None)
        bench.central.apply(TICKETS, attempt)

        def hand_over(tx: Transaction) -> None:
            tx.set_setting(HELD, [TICKETS.value])
            tx.append_raw(operation)
            tx.note_change(Changes.of("held"))

        await bench.store.write(hand_over)
        settled = OpState.SETTLED
        await bench.until(lambda: bench.store.state_of(operation.op_id) is settled, 30)
    assert bench.central.attempts == []
    assert bench.central.requests.count(("verdict_of", TICKETS)) >= 1


@story
async def test_while_nothing_moves_nobody_is_told_anything(bench: Bench) -> None:
    """Words and lines are looked at each second; screens are drawn anew only for another one."""
    async with bench.running():
        await bench.clock.sleep(100)
        heard: list[float] = []
        bench.engine.subscribe(lambda: heard.append(bench.clock.monotonic()))
        await bench.clock.sleep(20)
        assert len({round(when) for when in heard}) < 10


@story
async def test_who_stopped_listening_twice_and_who_listens_on_are_both_served(
    bench: Bench,
) -> None:
    heard: list[int] = []
    undo = bench.engine.subscribe(lambda: heard.append(1))
    bench.engine.subscribe(lambda: heard.append(2))
    undo()
    undo()
    await bench.engine.sync_once()
    assert set(heard) == {2}


@story
async def test_an_engine_that_has_ended_leaves_no_listener_behind_and_runs_again(
    bench: Bench,
) -> None:
    async with bench.running():
        await bench.clock.sleep(1)
    assert bench.engine._loop is None
    assert bench.store._listeners == []
    op_id = await bench.save()
    async with bench.running():
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 2)
