"""The way out: what an attempt carries, what is asked first, what each answer says beside."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import cast

import pytest

from app.central.contract.routes import Code
from app.domain.central_services import Service
from app.domain.errors import CentralUnavailable
from app.domain.feed import (
    Answer,
    NoVerdict,
    Poison,
    Position,
    Rate,
    SignIn,
    Silence,
    TermRefused,
    Verdict,
)
from app.domain.ids import Millis, OpId
from app.domain.lifecycle import LONGEST_WAIT, POISON_LIMIT, TARGET_MISSING, OpEvent, OpState
from app.domain.operations import Outcome, Reason
from app.domain.times import DAY
from app.domain.views import ServiceWord
from app.ports.central import Attempt, SignInNeeded
from app.ports.store import EventDetail, WriteTx
from app.sync.backoff import LEAST_S
from app.sync.health import Talk
from app.sync.push import ASK_FIRST_AFTER, OVERDUE_S, Answered, Pusher, _decided, _taken, _waits_on
from app.sync.service_state import Patience, ServiceState, Way
from app.sync.terms import KnownTerm
from app.sync.waiting import cancelled
from tests.support.memory_store import Tables, Transaction
from tests.support.virtual_time import NOON
from tests.unit.sync.desk import TICKETS, Bench, story

HERE = KnownTerm(3, "three", Position(3, 8))
OP = OpId("op")


def verdict(outcome: Outcome, code: str = "") -> Verdict:
    problem = Reason(code, "Because.") if code else None
    return Verdict(OP, outcome, 1, Position(3, 9), "three", problem=problem)


def pusher(bench: Bench) -> tuple[Pusher, ServiceState]:
    state = bench.engine._states[TICKETS]
    return Pusher(state), state


# --- what an attempt carries --------------------------------------------------------------------


@story
async def test_an_attempt_says_its_number_the_term_and_the_clocks_of_now(bench: Bench) -> None:
    """The bytes are for life; what is of the moment goes beside them."""
    await bench.engine.sync_once()
    op_id = await bench.save()
    silences = [NoVerdict(Silence.TIMEOUT)] * 2
    bench.central.script = lambda service, attempt: silences.pop() if silences else None
    async with bench.running():
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 60)
    tries = [attempt for _when, _service, attempt in bench.central.attempts]
    assert [one.number for one in tries] == [1, 2, 3]
    assert {one.incarnation for one in tries} == {"inc-1"}
    assert {one.clock_offset_ms for one in tries} == {0}
    assert tries[-1].expected_term == (1, "term-one")
    assert {one.raw for one in tries} == {bench.store.tables.operations[op_id].raw}


@story
async def test_before_anything_was_measured_or_mirrored_an_attempt_says_nothing_of_it(
    bench: Bench,
) -> None:
    op_id = await bench.save()
    way_out, _state = pusher(bench)
    await way_out.drain()
    ((_when, _service, attempt),) = bench.central.attempts
    assert (attempt.op_id, attempt.number) == (op_id, 1)
    assert (attempt.expected_term, attempt.clock_offset_ms) == (None, None)


# --- what is asked first ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("attempts", "age", "asked"),
    [
        (1, ASK_FIRST_AFTER + 60_000, True),
        (0, ASK_FIRST_AFTER + 60_000, False),
        (1, ASK_FIRST_AFTER - 60_000, False),
    ],
)
def test_only_what_was_tried_and_is_older_than_central_s_record_is_asked_for(
    attempts: int, age: int, asked: bool
) -> None:
    """Eighty days of the ninety that central keeps ids for."""

    @story
    async def tell(bench: Bench) -> None:
        recorded = Millis(bench.clock.now() - age)
        operation = bench.taken.note(None, TICKETS, recorded)
        await bench.store.take(replace(operation, attempts=attempts))
        way_out, _state = pusher(bench)
        await way_out.drain()
        assert bench.store.state_of(operation.op_id) is OpState.ACKED
        assert (("verdict_of", TICKETS) in bench.central.requests) is asked
        assert len(bench.central.attempts) == 1, "central never saw it"

    assert ASK_FIRST_AFTER == 80 * DAY
    tell()


@pytest.mark.parametrize("erased", [False, True], ids=["asked for", "burned"])
def test_what_is_asked_first_is_asked_at_the_pace_of_pages(erased: bool) -> None:
    """A clock that jumped makes everything old at once; sixteen lanes would all ask together."""

    @story
    async def tell(bench: Bench) -> None:
        recorded = Millis(bench.clock.now() - ASK_FIRST_AFTER - 60_000)
        for _ in range(9):
            operation = replace(bench.taken.note(None, TICKETS, recorded), attempts=1)
            await bench.store.take(replace(operation, raw=b"") if erased else operation)
        times: list[float] = []
        name = "withdraw" if erased else "verdict_of"
        ask = getattr(bench.central, name)

        async def noted(*asked: object) -> object:
            times.append(bench.clock.monotonic())
            return await ask(*asked)

        setattr(bench.central, name, noted)
        way_out, state = pusher(bench)
        state.publish(Transaction(bench.store.tables), Rate(1_000.0, 2.0))  # type: ignore[arg-type]  # as much of it as it uses
        await way_out.drain()
        assert len(times) == 9
        assert all(after - before >= 0.499 for before, after in pairwise(times))

    tell()


def raising(error: Exception) -> Callable[..., object]:
    async def asked(*_asked: object) -> None:
        raise error

    return asked


@pytest.mark.parametrize("erased", [False, True], ids=["asked for", "burned"])
@pytest.mark.parametrize(
    ("error", "state", "reason", "cause"),
    [
        (CentralUnavailable("", cause=Silence.CONNECT), OpState.WAITING, "unanswered", "connect"),
        (CentralUnavailable(""), OpState.WAITING, "unanswered", Silence.NOT_CENTRAL),
        (SignInNeeded(), OpState.SIGN_IN, "sign_in", ""),
    ],
    ids=["silence", "nonsense", "signed out"],
)
def test_a_question_that_is_not_answered_leaves_the_operation_waiting(
    error: Exception, state: OpState, reason: str, cause: str, erased: bool
) -> None:
    @story
    async def tell(bench: Bench) -> None:
        recorded = Millis(bench.clock.now() - 90 * DAY)
        operation = bench.taken.note(None, TICKETS, recorded)
        operation = replace(operation, attempts=1, raw=b"" if erased else operation.raw)
        await bench.store.take(operation)
        for name in ("verdict_of", "withdraw"):
            setattr(bench.central, name, raising(error))
        way_out, service = pusher(bench)
        await way_out.drain()
        stored = bench.store.tables.operations[operation.op_id]
        assert (stored.state, stored.reason) == (state, reason)
        assert service.health.cause == cause
        assert service.way is (Way.DOUBTFUL if cause else Way.SIGNED_OUT)
        assert bench.central.attempts == []

    tell()


@story
async def test_what_is_erased_and_refused_is_taken_back_for_good(bench: Bench) -> None:
    """Nobody could do anything about a card without words."""
    operation = replace(bench.taken.note(None, TICKETS, bench.clock.now()), raw=b"", attempts=1)
    await bench.store.take(operation)
    refused = verdict(Outcome.REJECTED, "rule")
    said = replace(refused, op_id=operation.op_id)
    bench.central.histories[TICKETS].verdicts[operation.op_id] = said
    await bench.engine.sync_once()
    assert bench.store.state_of(operation.op_id) is OpState.WITHDRAWN
    assert bench.central.attempts == []


# --- what goes next -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("in_ms", "patience", "poison", "reason", "waits"),
    [
        (None, Patience.ALL, 0, "deferred", False),
        (0, Patience.ALL, 0, "deferred", False),
        (1, Patience.ALL, 0, "deferred", True),
        (LONGEST_WAIT, Patience.ALL, 0, "deferred", True),
        (LONGEST_WAIT + 1, Patience.ALL, 0, "deferred", False),
        (1, Patience.ENDED, POISON_LIMIT, "deferred", False),
        (1, Patience.UNANSWERED_ENDED, 0, "deferred", True),
        (1, Patience.UNANSWERED_ENDED, 0, "unanswered", False),
        (1, Patience.UNANSWERED_ENDED, POISON_LIMIT - 1, "unanswered", False),
        (1, Patience.UNANSWERED_ENDED, POISON_LIMIT, "unanswered", True),
    ],
)
def test_who_waits_on_though_waiting_times_were_left_out(
    in_ms: int | None, patience: Patience, poison: int, reason: str, waits: bool
) -> None:
    @story
    async def tell(bench: Bench) -> None:
        now = bench.clock.now()
        at = None if in_ms is None else Millis(now + in_ms)
        head = bench.taken.note(None, TICKETS, now)
        head = replace(head, next_try=at, poison_count=poison, reason=reason)
        assert _waits_on(head, patience, now) is waits

    tell()


@pytest.mark.parametrize(
    ("answer", "taken", "decided"),
    [
        (verdict(Outcome.APPLIED), True, True),
        (verdict(Outcome.APPLIED_WITH_CONFLICTS), True, True),
        (verdict(Outcome.DUPLICATE), True, True),
        (verdict(Outcome.REJECTED), False, True),
        (verdict(Outcome.DEFERRED), False, False),
        (NoVerdict(Silence.TIMEOUT), False, False),
        (Poison(Reason("server", "It failed.")), False, False),
        (SignIn(), False, False),
    ],
)
def test_only_a_verdict_takes_or_decides(answer: Answer, taken: bool, decided: bool) -> None:
    assert (_taken(answer), _decided(answer)) == (taken, decided)


@pytest.mark.parametrize(
    ("in_ms", "rests"),
    [
        (None, None),
        (5_000, 5.0),
        (1, LEAST_S),
        (LONGEST_WAIT, LONGEST_WAIT / 1_000),
        (LONGEST_WAIT + 1, OVERDUE_S),
        (0, OVERDUE_S),
        (-9_000, OVERDUE_S),
    ],
)
def test_it_rests_until_the_earliest_is_due_and_looks_again_soon_at_what_is_overdue(
    in_ms: int | None, rests: float | None
) -> None:
    @story
    async def tell(bench: Bench) -> None:
        way_out, state = pusher(bench)
        state.next_try = None if in_ms is None else Millis(bench.clock.now() + in_ms)
        assert way_out._rest_s() == rests
        state.term_in_doubt = True
        assert way_out._rest_s() is None, "whoever ends the doubt wakes it"

    tell()


DEFERRED = verdict(Outcome.DEFERRED, "missing-target")


async def drained_slowly(bench: Bench, rate: float) -> tuple[Pusher, ServiceState]:
    """Its way out at a central that takes few operations a second, each in a tenth of one."""
    bench.central.rate, bench.central.answer_later_s = Rate(rate, 50.0), 0.1
    await bench.engine.sync_once()
    return pusher(bench)


@story
async def test_what_was_asked_to_wait_goes_again_before_a_long_outbox_is_through(
    bench: Bench,
) -> None:
    """Given a minute's worth of work, who was put off for a second does not wait for its end."""
    way_out, _state = await drained_slowly(bench, 2.0)
    ops = [await bench.save() for _ in range(120)]
    busy = [NoVerdict(Silence.BUSY)]
    bench.central.script = lambda service, attempt: busy.pop() if busy else None
    draining = asyncio.ensure_future(way_out.drain())
    await bench.until(lambda: bench.store.state_of(ops[0]) is OpState.ACKED, 4.0)
    assert bench.store.state_of(ops[-1]) is OpState.PENDING
    await draining


@story
async def test_what_is_put_off_again_and_again_holds_up_nobody(bench: Bench) -> None:
    """Given more of it than the rate lets through, the others still have every other place."""
    way_out, _state = await drained_slowly(bench, 4.0)
    put_off = {await bench.save() for _ in range(40)}
    others = [await bench.save() for _ in range(20)]

    def answer(_service: Service, attempt: Attempt) -> Answer | None:
        return replace(DEFERRED, op_id=attempt.op_id) if attempt.op_id in put_off else None

    bench.central.script = answer
    draining = asyncio.ensure_future(way_out.drain())
    await bench.until(lambda: bench.store.state_of(others[-1]) is OpState.ACKED, 31.0)
    assert min(attempts_of(bench, one) for one in put_off) >= 1
    await cancelled((draining,))


def attempts_of(bench: Bench, op_id: str) -> int:
    return sum(attempt.op_id == op_id for _when, _service, attempt in bench.central.attempts)


@pytest.mark.parametrize("restarted", [False, True], ids=["in one run", "started again"])
def test_where_central_leads_again_nobody_waits_out_what_one_behind_has_cost(
    restarted: bool,
) -> None:
    """Behind one, waits grow to minutes, and nothing was ever down: a verdict ends them."""

    @story
    async def tell(bench: Bench) -> None:
        await bench.save()

        async def goes_with_the_next(op_id: str) -> None:
            await bench.save()
            await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 5.0)

        async with bench.running():
            bench.central.script = lambda service, attempt: NoVerdict(Silence.BEHIND, 60.0)
            op_id = await bench.save()
            await bench.until(lambda: bench.store.state_of(op_id) is OpState.WAITING, 5.0)
            bench.central.script = lambda service, attempt: None
            if not restarted:
                await goes_with_the_next(op_id)
        bench.engine = bench.new_engine()
        async with bench.running():
            if restarted:
                await goes_with_the_next(op_id)

    tell()


@story
async def test_who_asks_while_a_long_outbox_is_on_its_way_has_everything_tried(
    bench: Bench,
) -> None:
    """Given what central had asked to wait for a minute, a person's word counts at once."""
    way_out, state = await drained_slowly(bench, 2.0)
    ops = [await bench.save() for _ in range(60)]
    busy = [NoVerdict(Silence.BUSY, 60.0)]
    bench.central.script = lambda service, attempt: busy.pop() if busy else None
    draining = asyncio.ensure_future(way_out.drain())
    await bench.clock.sleep(5.0)
    assert bench.store.state_of(ops[0]) is OpState.WAITING
    state.patience = Patience.ENDED
    await bench.until(lambda: bench.store.state_of(ops[0]) is OpState.ACKED, 2.0)
    await draining


@story
async def test_a_person_s_word_holds_for_a_lane_whose_first_verdict_says_that_central_answers(
    bench: Bench,
) -> None:
    """Held for second thoughts, each behind the one before: all of them go with "send now"."""
    later = Millis(bench.clock.now() + 8_000)
    ticket = bench.taken.ids.new_id()
    lane = [bench.taken.note(ticket, TICKETS, bench.clock.now()) for _ in range(3)]
    for one in lane:
        await bench.store.take(replace(one, next_try=later))
    way_out, state = pusher(bench)
    state.patience = Patience.ENDED
    await way_out.drain()
    assert [bench.store.state_of(one.op_id) for one in lane] == [OpState.ACKED] * 3
    assert bench.clock.now() < later


@story
async def test_what_stands_in_the_outbox_shows_with_the_answer_and_waits_for_no_page(
    bench: Bench,
) -> None:
    await bench.engine.sync_once()
    bench.central.feed_away = {TICKETS: Silence.TIMEOUT}
    op_id = await bench.save()
    way_out, state = pusher(bench)
    await bench.engine.load()
    assert state.waiting == 1
    await way_out.drain()
    assert bench.store.state_of(op_id) is OpState.ACKED
    assert (state.waiting, state.pushed, way_out.handling) == (0, 1, set())


# --- what an answer says beside -----------------------------------------------------------------


def answered(answer: Answer, took_s: float = 0.1) -> Answered:
    return Answered(cast("object", None), answer, took_s)  # type: ignore[arg-type]  # not looked at


@pytest.mark.parametrize(
    ("answer", "way", "doubt", "raised", "cause"),
    [
        (NoVerdict(Silence.TIMEOUT), Way.DOUBTFUL, False, {"probe"}, "timeout"),
        (NoVerdict(Silence.BUSY), Way.OPEN, False, set(), ""),
        (SignIn(), Way.SIGNED_OUT, False, {"interrupt", "reopened"}, ""),
        (Poison(Reason("server", "It failed.")), Way.OPEN, False, set(), ""),
        (verdict(Outcome.REJECTED), Way.OPEN, False, set(), ""),
        (TermRefused(Position(4, 1), "four", None), Way.OPEN, True, {"interrupt", "pull"}, ""),
        (TermRefused(Position(3, 1), "other", None), Way.SPLIT, False, {"push", "reopened"}, ""),
        (TermRefused(Position(2, 1), "two", None), Way.OPEN, False, set(), ""),
        (TermRefused(Position(3, 1), "three", None), Way.OPEN, False, set(), ""),
    ],
)
def test_each_answer_moves_the_service_as_far_as_it_concerns_it(
    answer: Answer, way: Way, doubt: bool, raised: set[str], cause: str
) -> None:
    @story
    async def tell(bench: Bench) -> None:
        way_out, state = pusher(bench)
        way_out._note(answered(answer), HERE)
        wakes = ("push", "pull", "probe", "reopened", "interrupt")
        assert (state.way, state.term_in_doubt, state.health.cause) == (way, doubt, cause)
        assert {name for name in wakes if getattr(state, name)._is_raised} == raised
        heard = not cause
        assert state.health.failing(Talk.PUSH) is not heard
        assert state.ramp.width == (2 if heard else 1)

    tell()


@story
async def test_a_slow_answer_shows_and_a_good_one_ends_a_silence(bench: Bench) -> None:
    way_out, state = pusher(bench)
    now = bench.clock.now()
    state.feed = replace(state.feed, source_as_of=now, last_good=now)
    way_out._note(answered(NoVerdict(Silence.TIMEOUT)), HERE)
    assert state.health.failing(Talk.PUSH)
    way_out._note(answered(verdict(Outcome.APPLIED), 3.0), HERE)
    assert not state.health.failing(Talk.PUSH)
    assert state.shown(bench.clock.now())[0] is ServiceWord.SLOW


@story
async def test_a_term_refused_twice_without_a_page_is_waited_for_as_for_a_silence(
    bench: Bench,
) -> None:
    """Once more it would go at once; until a verdict came it does not."""
    await bench.engine.sync_once()
    refused = TermRefused(Position(2, 0), "two", None)
    way_out, state = pusher(bench)
    answers: list[Answer] = [refused, refused, refused]
    bench.central.script = lambda service, attempt: answers.pop(0) if answers else None
    op_id = await bench.save()
    seen = []
    for _ in range(3):
        await way_out.drain()
        stored = bench.store.tables.operations[op_id]
        seen.append((stored.state, stored.reason, stored.next_try is not None))
        state.term_in_doubt = False
        await bench.clock.sleep(120)
    waits = (OpState.WAITING, "unanswered", True)
    assert seen == [(OpState.PENDING, "new_term", False), waits, waits]
    await way_out.drain()
    assert bench.store.state_of(op_id) is OpState.ACKED
    answers.append(refused)
    other = await bench.save()
    await way_out.drain()
    assert bench.store.state_of(other) is OpState.PENDING, "a verdict came between"


# --- offered again without a target -------------------------------------------------------------


class Missing(Transaction):
    """An operation that was offered again and has found no target since."""

    since: Millis | None = None

    def missing_since(self, op_id: str, now: Millis) -> Millis | None:
        return self.since


MISSING, ELSE = (
    verdict(Outcome.DEFERRED, Code.MISSING_TARGET), verdict(Outcome.DEFERRED, "something-else"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("answer", "event", "missing_ms", "offset_ms", "overdue"),
    [
        (MISSING, OpEvent.DEFERRED, DAY + 1, 0, True),
        (MISSING, OpEvent.DEFERRED, DAY, 0, False),
        (MISSING, OpEvent.DEFERRED, None, 0, False),
        (MISSING, OpEvent.DEFERRED, DAY, 1, True),
        (MISSING, OpEvent.DEFERRED, DAY + 1, -1, False),
        (ELSE, OpEvent.DEFERRED, 2 * DAY, 0, False),
        (MISSING, OpEvent.UNANSWERED, 2 * DAY, 0, False),
        (NoVerdict(Silence.BUSY), OpEvent.DEFERRED, 2 * DAY, 0, False),
    ],
)
def test_a_day_by_central_s_clock_is_waited_for_a_target_and_then_somebody_has_to_look(
    answer: Answer, event: OpEvent, missing_ms: int | None, offset_ms: int, overdue: bool
) -> None:
    @story
    async def tell(bench: Bench) -> None:
        way_out, state = pusher(bench)
        state.compared(offset_ms)
        tx = Missing(Tables())
        tx.since = None if missing_ms is None else Millis(NOON - missing_ms)
        detail = EventDetail(Millis(NOON), Millis(NOON + 5), "deferred")
        stored = bench.taken.note(None, TICKETS, NOON)
        found = way_out._missing_too_long(cast("WriteTx", tx), stored, answer, event, detail)
        if overdue:
            card = replace(detail, next_try=None, reason=TARGET_MISSING)
            assert found == (OpEvent.OVERDUE, card)
        else:
            assert found == (event, detail)

    tell()


@story
async def test_a_clock_that_was_moved_since_it_was_compared_brings_no_card(bench: Bench) -> None:
    """Nor does one that was not compared yet: the next probe says how long it has been."""
    way_out, state = pusher(bench)
    tx = Missing(Tables())
    tx.since = Millis(NOON - 2 * DAY)
    stored = bench.taken.note(None, TICKETS, NOON)

    def found(moved_ms: int) -> OpEvent:
        detail = EventDetail(Millis(bench.clock.now() + moved_ms), None, "deferred")
        given = (cast("WriteTx", tx), stored, MISSING, OpEvent.DEFERRED, detail)
        return way_out._missing_too_long(*given)[0]

    assert found(0) is OpEvent.DEFERRED, "not compared"
    state.compared(0)
    await bench.clock.sleep(3_600)
    assert found(0) is OpEvent.OVERDUE
    assert found(60_000) is found(-60_000) is OpEvent.OVERDUE
    assert found(60_001) is found(-60_001) is OpEvent.DEFERRED
    tx.since = Millis(NOON + 365 * DAY)
    assert found(400 * DAY) is OpEvent.DEFERRED


@story
async def test_services_share_no_attempt(bench: Bench) -> None:
    ops = {service: await bench.save(service=service) for service in Service}
    await bench.engine.sync_once()
    sent: list[tuple[Service, Attempt]] = [(one, two) for _when, one, two in bench.central.attempts]
    assert {service: attempt.op_id for service, attempt in sent} == ops
