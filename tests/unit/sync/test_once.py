"""`sync --once`: central away, deadlines, reports, and beside a running engine."""

from __future__ import annotations

import asyncio

import pytest

from app.domain.central_services import Service
from app.domain.errors import StoreDamaged
from app.domain.feed import NoVerdict, Silence
from app.domain.lifecycle import OpState
from app.domain.views import ServiceWord
from app.ports.central import Attempt
from tests.unit.sync.desk import TICKETS, Bench, story


@story
async def test_with_central_away_it_ends_with_a_report(bench: Bench) -> None:
    """Given every service unreachable, then nothing is raised, tried or lost, and it says so."""
    bench.central.away = dict.fromkeys(Service, Silence.THIS_COMPUTER)
    ops = [await bench.save() for _ in range(40)]
    began = bench.clock.monotonic()
    report = await bench.engine.sync_once()
    assert bench.clock.monotonic() - began < 10
    assert (report.pushed, report.pulled, report.waiting, report.needs_review) == (0, 0, 40, 0)
    assert {one.word for one in report.services} == {ServiceWord.DOWN}
    assert {bench.store.state_of(one) for one in ops} == {OpState.PENDING}


@story
async def test_stored_waiting_times_are_ignored_once(bench: Bench) -> None:
    bench.central.script = lambda service, attempt: NoVerdict(Silence.BUSY, 300.0)
    op_id = await bench.save()
    await bench.engine.sync_once()
    assert bench.store.state_of(op_id) is OpState.WAITING
    await bench.engine.sync_once()
    assert len(bench.central.attempts) == 2, "once in each run"
    bench.central.script = lambda service, attempt: None
    report = await bench.engine.sync_once()
    assert (report.pushed, report.waiting) == (1, 0)
    assert bench.store.state_of(op_id) is OpState.SETTLED


@story
async def test_one_answer_that_got_lost_leaves_nothing_waiting(bench: Bench) -> None:
    """Given central took the first attempt in silence, when it is there, then it goes again."""
    silences = iter([NoVerdict(Silence.TIMEOUT)])
    bench.central.script = lambda service, attempt: next(silences, None)
    op_id = await bench.save()
    report = await bench.engine.sync_once()
    assert len(bench.central.attempts) == 2
    assert (report.pushed, report.waiting) == (1, 0)
    assert bench.store.state_of(op_id) is OpState.SETTLED


@story
async def test_what_central_asked_to_wait_is_not_tried_again_for_another_one_s_silence(
    bench: Bench,
) -> None:
    """Given one asked to wait and one not heard, when central is there, only the second goes."""
    asked, unheard = await bench.save(), await bench.save()
    silences = iter([NoVerdict(Silence.TIMEOUT)])

    def answer(_service: Service, attempt: Attempt) -> NoVerdict | None:
        if attempt.op_id == asked:
            return NoVerdict(Silence.BUSY, 300.0)
        return next(silences, None)

    bench.central.script = answer
    report = await bench.engine.sync_once()
    assert (report.pushed, report.waiting) == (1, 1)
    tried = [str(attempt.op_id) for _when, _service, attempt in bench.central.attempts]
    assert (tried.count(asked), tried.count(unheard)) == (1, 2)


@story
async def test_a_report_counts_what_moved_in_its_own_run(bench: Bench) -> None:
    for number in range(3):
        bench.central.histories[TICKETS].change(f"t-{number}", bench.clock.now())
    first = await bench.engine.sync_once()
    assert (first.pushed, first.pulled) == (0, 3)
    await bench.save()
    second = await bench.engine.sync_once()
    assert (second.pushed, second.pulled) == (1, 1)
    third = await bench.engine.sync_once()
    assert (third.pushed, third.pulled) == (0, 0)


@story
async def test_a_new_start_shows_what_the_last_run_met_before_anything_is_asked(
    bench: Bench,
) -> None:
    """Signed out, down since when and why, and how far this clock is from central's."""
    bench.central.signed_out = True
    bench.central.away = {Service.BILLING: Silence.TIMEOUT}
    await bench.engine.sync_once()
    down_since = bench.status(Service.BILLING).since
    assert down_since is not None
    await bench.clock.sleep(50.0)
    bench.engine = bench.new_engine()
    await bench.engine.load()
    assert bench.status().word is ServiceWord.SIGN_IN
    assert bench.status(Service.BILLING).word is ServiceWord.DOWN
    assert bench.status(Service.BILLING).since == down_since
    assert bench.status(Service.BILLING).detail == Silence.TIMEOUT


@story
async def test_a_new_start_measures_ages_by_central_s_clock(bench: Bench) -> None:
    await bench.engine.sync_once()
    assert bench.status().word is ServiceWord.UP
    bench.store.tables.offset = (36_000_000, bench.clock.now())
    bench.engine = bench.new_engine()
    await bench.engine.load()
    assert bench.status().stale
    assert bench.status().word is ServiceWord.STALE


@story
async def test_silence_to_every_attempt_is_met_twice_and_no_more(bench: Bench) -> None:
    bench.central.script = lambda service, attempt: NoVerdict(Silence.TIMEOUT)
    await bench.save()
    report = await bench.engine.sync_once()
    assert (len(bench.central.attempts), report.waiting) == (2, 1)


@story
async def test_a_probe_that_was_only_slow_is_asked_again(bench: Bench) -> None:
    bench.central.slow_probes = 1
    await bench.save()
    report = await bench.engine.sync_once()
    assert (report.pushed, report.waiting) == (1, 0)


@story
async def test_it_ends_by_its_deadline(bench: Bench) -> None:
    bench.central.took_s = 4.0
    for _ in range(200):
        await bench.save()
    began = bench.clock.monotonic()
    report = await bench.engine.sync_once(deadline_s=30)
    assert bench.clock.monotonic() - began <= 30.5
    assert 0 < report.waiting < 200
    assert report.pushed > 0


@story
async def test_a_whole_lane_goes_in_one_run(bench: Bench) -> None:
    lane = "0190a000-0000-7000-8000-00000000000a"
    ops = [await bench.save(lane) for _ in range(12)]
    report = await bench.engine.sync_once()
    assert (report.pushed, report.waiting) == (12, 0)
    assert bench.central.histories[TICKETS].effects == ops


@story
async def test_only_the_service_that_is_away_waits(bench: Bench) -> None:
    bench.central.away = {TICKETS: Silence.CONNECT}
    await bench.save()
    await bench.save(service=Service.CUSTOMERS)
    report = await bench.engine.sync_once()
    assert (report.pushed, report.waiting) == (1, 1)
    words = {one.service: one.word for one in report.services}
    assert words[TICKETS] is ServiceWord.DOWN
    assert words[Service.CUSTOMERS] is ServiceWord.UP
    assert [one.service for one in report.services] == list(Service)


@story
async def test_beside_a_running_engine_nothing_goes_twice(bench: Bench) -> None:
    bench.central.took_s = 0.3
    async with bench.running() as engine:
        await bench.clock.sleep(10)
        ops = [await bench.save() for _ in range(30)]
        report = await engine.sync_once()
        assert report.waiting == 0
        sent = [one.op_id for _, _, one in bench.central.attempts]
        assert sorted(sent) == sorted(ops)


@story
async def test_what_the_store_raises_comes_through(bench: Bench) -> None:
    await bench.save()
    bench.store.plant(StoreDamaged("A page does not verify."))
    with pytest.raises(StoreDamaged):
        await bench.engine.sync_once()


@story
async def test_cancelled_it_leaves_nothing_running(bench: Bench) -> None:
    bench.central.took_s = 30.0
    await bench.save()
    running = asyncio.ensure_future(bench.engine.sync_once())
    await bench.clock.sleep(1)
    running.cancel()
    await asyncio.wait([running])
    assert running.cancelled()
    assert len(asyncio.all_tasks()) == 1


@story
async def test_every_operation_is_tried_though_each_answer_gets_lost(bench: Bench) -> None:
    ops = [await bench.save() for _ in range(5)]
    bench.central.script = lambda service, attempt: NoVerdict(Silence.TIMEOUT)
    await bench.engine.sync_once()
    assert {one.op_id for _, _, one in bench.central.attempts} == set(ops)


@story
async def test_an_answer_and_what_goes_next_share_a_commit(bench: Bench) -> None:
    await bench.engine.sync_once()
    for _ in range(200):
        await bench.save()
    before = bench.store.writes
    await bench.engine.sync_once()
    assert len(bench.central.attempts) == 200
    assert bench.store.writes - before < 80


@story
async def test_own_writes_wake_no_other_service(bench: Bench) -> None:
    async with bench.running():
        await bench.clock.sleep(5)
        before = bench.store.reads
        for _ in range(100):
            await bench.save()
        saved = bench.store.reads - before
        await bench.clock.sleep(10)
        assert bench.central.histories[TICKETS].n == 100
        assert bench.store.reads - before - saved < 130
