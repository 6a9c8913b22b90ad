"""Each row of the life table as the engine meets it."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from app.domain.central_services import Service
from app.domain.errors import StoreFull, StoreInDoubt
from app.domain.feed import (
    Answer,
    FeedPage,
    NoVerdict,
    Poison,
    Position,
    SignIn,
    Silence,
    TermRefused,
    Verdict,
)
from app.domain.ids import OpId
from app.domain.lifecycle import OpEvent, OpState
from app.domain.operations import Outcome, Reason
from app.ports.central import Attempt
from app.ports.store import EventDetail
from tests.unit.sync.desk import TICKETS, Bench, story


def verdict(op_id: OpId, outcome: Outcome, **more: object) -> Verdict:
    fields: dict[str, object] = {"rev": None, "position": None, "term_id": "term-one"} | more
    return Verdict(op_id=op_id, outcome=outcome, **fields)  # type: ignore[arg-type]  # by name


@story
async def test_applied_goes_from_saved_to_settled(bench: Bench) -> None:
    op_id = await bench.save()
    report = await bench.engine.sync_once()
    assert (report.pushed, report.waiting, report.needs_review) == (1, 0, 0)
    assert bench.store.state_of(op_id) is OpState.SETTLED
    assert bench.central.histories[TICKETS].effects == [op_id]


@story
async def test_sending_is_stored_before_the_bytes_leave(bench: Bench) -> None:
    seen: list[OpState] = []

    def look(service: Service, attempt: Attempt) -> Answer | None:
        seen.append(bench.store.state_of(attempt.op_id))
        return None

    bench.central.script = look
    await bench.save()
    await bench.engine.sync_once()
    assert seen == [OpState.SENDING]


@story
async def test_killed_while_sending_the_same_id_and_bytes_go_again(bench: Bench) -> None:
    """Given an answer that never came because we died, when started again, then one effect."""
    op_id = await bench.save()
    async with bench.running():
        bench.central.took_s = 5.0
        late = await bench.save()
        await bench.until(lambda: bench.store.state_of(late) is OpState.SENDING, 1)
        await bench.clock.sleep(0.1)
    assert bench.store.state_of(late) is OpState.SENDING
    bench.central.took_s = 0.01
    bench.engine = bench.new_engine()
    report = await bench.engine.sync_once()
    assert {bench.store.state_of(one) for one in (op_id, late)} == {OpState.SETTLED}
    bodies = {one.raw for _, _, one in bench.central.attempts if one.op_id == late}
    assert len(bodies) == 1
    assert bench.central.histories[TICKETS].effects.count(late) == 1
    assert report.waiting == 0


@story
async def test_an_answer_lost_after_the_effect_is_a_duplicate_then(bench: Bench) -> None:
    lost = {"left": 1}

    def lose(service: Service, attempt: Attempt) -> Answer | None:
        if lost["left"]:
            lost["left"] -= 1
            bench.central.apply(service, attempt)
            return NoVerdict(Silence.TIMEOUT)
        return None

    bench.central.script = lose
    op_id = await bench.save()
    async with bench.running():
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 30)
    assert bench.central.histories[TICKETS].effects == [op_id]
    assert lost["left"] == 0


@story
async def test_no_verdict_waits_with_jitter_and_without_limit(bench: Bench) -> None:
    bench.central.script = lambda service, attempt: NoVerdict(Silence.TIMEOUT)
    op_id = await bench.save()
    async with bench.running():
        await bench.clock.sleep(3_600)
        operation = bench.store.tables.operations[op_id]
        assert operation.state is OpState.WAITING
        tries = [when for when, _, one in bench.central.attempts if one.op_id == op_id]
        assert 180 < len(tries) < 720, "every 5 to 20 s: neither given up nor spinning"
        gaps = [later - one for one, later in itertools.pairwise(tries[8:])]
        assert len({round(gap) for gap in gaps}) > 3, "full jitter"
        bench.central.script = lambda service, attempt: None
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 320)


@pytest.mark.parametrize("least_s", [None, 40.0])
def test_asked_to_wait_is_held_against_nobody(least_s: float | None) -> None:
    @story
    async def tell(bench: Bench) -> None:
        answers: list[Answer | None] = [NoVerdict(Silence.BUSY, least_s), None]
        bench.central.script = lambda service, attempt: answers.pop(0)
        op_id = await bench.save()
        async with bench.running():
            assert bench.store.tables.operations[op_id].reason in ("", "asked_to_wait")
            probes = len(bench.central.probes)
            took = await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 60)
            assert took >= (least_s or 0.0) - 1.1
            assert len(bench.central.probes) <= probes + 6, "no probe because of it"

    tell()


@story
async def test_deferred_waits_and_keeps_centrals_reason(bench: Bench) -> None:
    problem = Reason("missing-target", "The ticket is not there yet.")
    bench.central.script = lambda service, attempt: verdict(
        attempt.op_id, Outcome.DEFERRED, problem=problem, retry_after_s=7.0
    )
    op_id = await bench.save()
    await bench.engine.sync_once()
    operation = bench.store.tables.operations[op_id]
    assert (operation.state, operation.reason) == (OpState.WAITING, problem.text)
    assert operation.next_try is not None
    assert operation.next_try - bench.clock.now() > 5_000
    assert len(bench.central.attempts) == 1


@story
async def test_a_poison_operation_goes_to_the_slow_lane_and_stops_nobody(bench: Bench) -> None:
    bad = await bench.save()

    def poison(service: Service, attempt: Attempt) -> Answer | None:
        failed = Reason("operation-failed", "Central failed on it.")
        return Poison(failed) if attempt.op_id == bad else None

    bench.central.script = poison
    others = [await bench.save() for _ in range(20)]
    async with bench.running():
        await bench.until(
            lambda: all(bench.store.state_of(one) is OpState.SETTLED for one in others), 20
        )
        await bench.until(lambda: bench.store.tables.operations[bad].poison_count == 5, 120)
        fifth = bench.clock.monotonic()
        await bench.clock.sleep(3_600)
        slow = [when for when, _, one in bench.central.attempts if one.op_id == bad]
        slow = [when for when in slow if when > fifth]
        assert 5 <= len(slow) <= 6, "once in ten minutes"
        assert bench.status().word == "up", "one bad operation is no outage"


@story
async def test_probing_and_a_return_leave_the_slow_lane_alone(bench: Bench) -> None:
    bad = await bench.save()
    failed = Reason("operation-failed", "Central failed on it.")
    bench.central.script = lambda service, attempt: Poison(failed)
    async with bench.running():
        await bench.until(lambda: bench.store.tables.operations[bad].poison_count == 5, 120)
        before = len(bench.central.attempts)
        bench.central.away = {TICKETS: Silence.CONNECT}
        await bench.clock.sleep(60)
        bench.central.away = {}
        await bench.clock.sleep(60)
        assert len(bench.central.attempts) == before


@story
async def test_signed_out_nothing_is_counted_and_all_goes_once_renewed(bench: Bench) -> None:
    bench.central.signed_out = True
    bench.central.script = lambda service, attempt: SignIn() if bench.central.signed_out else None
    ops = [await bench.save() for _ in range(5)]
    async with bench.running():
        await bench.clock.sleep(300)
        assert bench.status().word == "sign_in"
        assert len(bench.central.attempts) <= 2, "not tried again while it is refused"
        states = {bench.store.state_of(one) for one in ops}
        assert states <= {OpState.SIGN_IN, OpState.PENDING}
        bench.central.signed_out = False
        await bench.until(
            lambda: all(bench.store.state_of(one) is OpState.SETTLED for one in ops), 60
        )
        assert bench.status().word == "up"


@story
async def test_refused_while_a_poll_waits_the_desk_asks_at_once_whether_that_is_over(
    bench: Bench,
) -> None:
    """The poll was let in before; its 25 s are not waited for."""
    async with bench.running():
        await bench.until(lambda: bench.central.polls[TICKETS] == 1, 10)
        bench.central.signed_out = True
        bench.central.script = lambda service, attempt: (
            SignIn() if bench.central.signed_out else None
        )
        op_id = await bench.save()
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SIGN_IN, 1)
        bench.central.signed_out = False
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 12)


@story
async def test_rejected_is_parked_with_the_reason_and_other_lanes_go_on(bench: Bench) -> None:
    problem = Reason("invalid-field", "The status is not known.")
    bad = await bench.save()
    bench.central.script = lambda service, attempt: (
        verdict(attempt.op_id, Outcome.REJECTED, problem=problem) if attempt.op_id == bad else None
    )
    lane = bench.store.tables.operations[bad].lane
    behind = await bench.save(lane)
    other = await bench.save()
    report = await bench.engine.sync_once()
    assert bench.store.state_of(bad) is OpState.PARKED
    assert bench.store.tables.operations[bad].reason == problem.text
    assert bench.store.state_of(behind) is OpState.PENDING
    assert bench.store.state_of(other) is OpState.SETTLED
    assert (report.pushed, report.waiting, report.needs_review) == (1, 1, 1)


@story
async def test_a_raised_term_is_recovered_and_what_lies_beyond_the_fork_goes_again(
    bench: Bench,
) -> None:
    """Given central restored from a backup, when it says so, then the lost ones are sent again."""
    history = bench.central.histories[TICKETS]
    kept = await bench.save()
    await bench.engine.sync_once()
    fork = history.position
    lost = await bench.save()
    history.change("somebody's row that the backup does not have", bench.clock.now())
    await bench.engine.sync_once()
    assert bench.store.state_of(lost) is OpState.SETTLED
    assert bench.central.attempts[-1][2].expected_term == (1, "term-one")

    for row in [row for row in history.rows.values() if row.position > fork]:
        del history.rows[row.id]
    del history.verdicts[OpId(lost)]
    history.effects.remove(lost)
    history.term, history.term_id, history.n, history.fork = 2, "term-two", fork.n, fork
    fresh = await bench.save()

    def precondition(service: Service, attempt: Attempt) -> Answer | None:
        if attempt.expected_term in (None, (2, "term-two")):
            return None
        return TermRefused(Position(2, history.n), "term-two", fork)

    bench.central.script = precondition
    async with bench.running():
        await bench.until(
            lambda: all(
                bench.store.state_of(one) is OpState.SETTLED for one in (kept, lost, fresh)
            ),
            30,
        )
        await bench.clock.sleep(5)
    assert sorted(history.effects) == sorted([kept, lost, fresh])
    mirrored = bench.store.tables.rows[TICKETS]
    assert {row: item.rev for row, item in mirrored.items()} == {
        row: item.rev for row, item in history.rows.items()
    }


@story
async def test_the_feed_may_settle_what_no_answer_came_for(bench: Bench) -> None:
    """Given a late verdict for what the feed has settled, then it is no news and no error."""
    op_id = await bench.save()

    def slow(service: Service, attempt: Attempt) -> Answer | None:
        applied = bench.central.apply(service, attempt)
        one = bench.store.tables.operations[op_id]
        bench.store.tables.operations[op_id] = type(one)(
            **{name: getattr(one, name) for name in one.__slots__} | {"state": OpState.SETTLED}
        )
        return applied

    bench.central.script = slow
    report = await bench.engine.sync_once()
    assert bench.store.state_of(op_id) is OpState.SETTLED
    assert report.pushed == 1


@story
async def test_what_a_person_withdraws_before_its_turn_is_not_sent(bench: Bench) -> None:
    bench.central.away = {TICKETS: Silence.CONNECT}
    op_id = await bench.save()
    await bench.store.write(
        lambda tx: tx.event(op_id, OpEvent.WITHDRAWN, EventDetail(bench.clock.now()))
    )
    bench.central.away = {}
    await bench.engine.sync_once()
    assert bench.store.state_of(op_id) is OpState.WITHDRAWN
    assert bench.central.attempts == []


@story
async def test_one_lane_goes_in_order_and_lanes_go_side_by_side(bench: Bench) -> None:
    await bench.engine.sync_once()  # central publishes this desk's share
    bench.central.took_s = 0.5
    lane = "0190a000-0000-7000-8000-000000000001"
    ordered = [await bench.save(lane) for _ in range(4)]
    for _ in range(40):
        await bench.save()
    await bench.engine.sync_once()
    effects = bench.central.histories[TICKETS].effects
    assert [one for one in effects if one in ordered] == ordered
    assert bench.central.widest[TICKETS] == bench.settings.widest
    assert len(effects) == 44


@pytest.mark.parametrize("fault", [StoreFull, StoreInDoubt])
def test_a_store_that_fails_once_loses_and_doubles_nothing(fault: type[Exception]) -> None:
    @story
    async def tell(bench: Bench) -> None:
        async with bench.running():
            op_id = await bench.save()
            bench.store.plant(fault("the disk said no"))
            await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 60)
        assert bench.store.faults_fired == 1
        assert bench.central.histories[TICKETS].effects == [op_id]

    tell()


@story
async def test_an_id_tried_long_ago_is_asked_for_first(bench: Bench) -> None:
    bench.central.script = lambda service, attempt: NoVerdict(Silence.TIMEOUT)
    op_id = await bench.save()
    await bench.engine.sync_once()
    bench.clock.wall_at_start = type(bench.clock.wall_at_start)(
        bench.clock.wall_at_start + 95 * 86_400_000
    )
    attempts = len(bench.central.attempts)
    history = bench.central.histories[TICKETS]
    item = history.change("row", bench.clock.now(), op_id=op_id)
    history.verdicts[op_id] = verdict(OpId(op_id), Outcome.APPLIED, rev=1, position=item.position)
    bench.engine = bench.new_engine()
    await bench.engine.sync_once()
    assert bench.store.state_of(op_id) is OpState.SETTLED
    assert len(bench.central.attempts) == attempts
    assert ("verdict_of", TICKETS) in bench.central.requests


@story
async def test_it_is_settled_when_the_mirror_has_passed_it_and_not_before(bench: Bench) -> None:
    """Own edits never flicker: the overlay stays until central's rows are here."""
    await bench.engine.sync_once()
    history = bench.central.histories[TICKETS]
    ahead = Position(1, history.n + 3)
    bench.central.script = lambda service, attempt: verdict(
        attempt.op_id, Outcome.APPLIED, rev=1, position=ahead
    )
    op_id = await bench.save()
    await bench.engine.sync_once()
    assert bench.store.state_of(op_id) is OpState.ACKED
    for number in range(3):
        history.change(f"row {number}", bench.clock.now())
    history.verdicts[op_id] = verdict(OpId(op_id), Outcome.APPLIED, rev=1, position=ahead)
    await bench.engine.sync_once()
    assert bench.store.state_of(op_id) is OpState.SETTLED
    assert ("verdict_of", TICKETS) in bench.central.requests, "no page named it"


@story
async def test_what_was_lost_in_silence_and_grown_over_is_offered_again(bench: Bench) -> None:
    """Given a verdict of a history that a desk without a cursor cannot miss, when the mirror has
    passed its position, then central is asked, and what it does not know goes again.
    """
    history = bench.central.histories[TICKETS]
    for number in range(5):
        history.change(f"row {number}", bench.clock.now())
    lost = [True]

    def from_the_past(service: Service, attempt: Attempt) -> Answer | None:
        if lost and lost.pop():
            return verdict(attempt.op_id, Outcome.APPLIED, rev=1, position=Position(1, 2))
        return None

    bench.central.script = from_the_past
    op_id = await bench.save()
    for _ in range(3):
        await bench.engine.sync_once()
    assert history.effects == [op_id]
    assert bench.store.state_of(op_id) is OpState.SETTLED


@story
async def test_what_was_lost_in_silence_is_offered_again_before_anything_grows_over_it(
    bench: Bench,
) -> None:
    """Given a central that fell back to where the desk had read: no cursor is ahead of it, and
    where nobody else writes none will be; it has accepted more than it shows, so it is asked.
    """
    history = bench.central.histories[TICKETS]
    lost = [True]

    def and_lost(service: Service, attempt: Attempt) -> Answer | None:
        if lost and lost.pop():
            further = Position(1, history.n + 2)
            return verdict(attempt.op_id, Outcome.APPLIED, rev=1, position=further)
        return None

    async with bench.running():
        await bench.clock.sleep(40)
        bench.central.script = and_lost
        op_id = await bench.save()
        took = await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 60)
        assert took <= 27.0, "one poll, and the next question"
    assert history.effects == [op_id]


@story
async def test_a_replica_that_follows_slowly_is_asked_now_and_then(bench: Bench) -> None:
    """What central knows and does not show yet stays as it is, without a question at each page."""
    history = bench.central.histories[TICKETS]
    further = Position(1, history.n + 40)

    def by_the_primary(service: Service, attempt: Attempt) -> Answer:
        said = verdict(attempt.op_id, Outcome.APPLIED, rev=1, position=further)
        history.verdicts[attempt.op_id] = said
        return said

    async with bench.running():
        await bench.clock.sleep(40)
        bench.central.script = by_the_primary
        op_id = await bench.save()
        bench.central.requests.clear()
        for number in range(30):
            await bench.clock.sleep(2.0)
            history.change(f"row {number}", bench.clock.now())
        assert bench.store.state_of(op_id) is OpState.ACKED
        asked = bench.central.requests.count(("verdict_of", TICKETS))
        assert 2 <= asked <= 4
        for number in range(30, 40):
            history.change(f"row {number}", bench.clock.now(), op_id=op_id)
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 30)


@story
async def test_what_the_other_side_of_a_split_knows_settles_nothing(bench: Bench) -> None:
    """Given two centrals, the one that answers the question is not the one that is followed."""
    history = bench.central.histories[TICKETS]
    for number in range(5):
        history.change(f"row {number}", bench.clock.now())

    def passed_already(service: Service, attempt: Attempt) -> Answer:
        history.term_id = "the other one"
        return bench.accepted_behind(service, attempt)

    bench.central.script = passed_already
    op_id = await bench.save()
    followed = bench.central.changes

    async def of_the_one(
        service: Service, cursor: str | None, limit: int, wait_s: float
    ) -> FeedPage:
        page = await followed(service, cursor, limit, wait_s)
        return replace(page, term_id="term-one") if service is TICKETS else page

    bench.central.changes = of_the_one  # type: ignore[method-assign]  # it is followed on
    for _ in range(3):
        await bench.engine.sync_once()
    assert ("verdict_of", TICKETS) in bench.central.requests
    assert bench.store.state_of(op_id) is OpState.ACKED


@story
async def test_what_the_history_that_goes_on_has_refused_is_not_settled(bench: Bench) -> None:
    """Accepted by a history that was lost in silence, it is a card once the other one is asked."""
    history = bench.central.histories[TICKETS]
    for number in range(5):
        history.change(f"row {number}", bench.clock.now())
    lost = [True]

    def from_the_past(service: Service, attempt: Attempt) -> Answer | None:
        if lost and lost.pop():
            history.verdicts[attempt.op_id] = verdict(attempt.op_id, Outcome.REJECTED)
            return verdict(attempt.op_id, Outcome.APPLIED, rev=1, position=Position(1, 2))
        return None

    bench.central.script = from_the_past
    op_id = await bench.save()
    for _ in range(3):
        await bench.engine.sync_once()
    assert bench.store.state_of(op_id) is OpState.PARKED


@story
async def test_an_unanswered_question_about_an_id_is_asked_again_before_news_is_waited_for(
    bench: Bench,
) -> None:
    """Given a verdict that no page named, when the question about it gets no answer, then it is
    not left until the next poll has ended.
    """
    history = bench.central.histories[TICKETS]
    for number in range(3):
        history.change(f"row {number}", bench.clock.now())

    bench.central.script = bench.accepted_behind
    async with bench.running():
        bench.central.questions_lost = 1
        op_id = await bench.save()
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 10)
    assert bench.central.questions_lost == 0
    assert bench.central.requests.count(("verdict_of", TICKETS)) == 2


@story
async def test_what_its_page_named_before_the_answer_came_settles_with_it(bench: Bench) -> None:
    """Page and answer race all day long: it costs no question."""
    async with bench.running():
        await bench.clock.sleep(2)
        bench.central.took_s = 0.01

        def slow_answer(service: Service, attempt: Attempt) -> Answer | None:
            return bench.central.apply(service, attempt)

        bench.central.script = slow_answer
        bench.central.answer_later_s = 2.0
        op_id = await bench.save()
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 10)
    assert ("verdict_of", TICKETS) not in bench.central.requests


@story
async def test_withdrawn_between_the_look_and_the_send_it_stays_here(bench: Bench) -> None:
    op_id = await bench.save()

    async def withdraw() -> None:
        detail = EventDetail(bench.clock.now())
        await bench.store.write(lambda tx: tx.event(op_id, OpEvent.WITHDRAWN, detail))

    bench.store.after_look = withdraw
    await bench.engine.sync_once()
    assert bench.store.state_of(op_id) is OpState.WITHDRAWN
    assert bench.central.attempts == []


@story
async def test_while_the_term_is_in_doubt_nothing_more_goes(bench: Bench) -> None:
    await bench.engine.sync_once()
    for _ in range(10):
        await bench.save()
    bench.central.feed_away = {TICKETS: Silence.SERVER_ERROR}
    bench.central.script = lambda service, attempt: TermRefused(Position(2, 0), "two", None)
    async with bench.running():
        await bench.clock.sleep(60)
        assert len(bench.central.attempts) == 1


@story
async def test_a_return_ends_waiting_for_an_answer_and_nothing_else(bench: Bench) -> None:
    """What central asked to wait five minutes for, waits them; what got no answer goes."""
    asked = await bench.save()
    unheard = await bench.save()
    bench.central.script = lambda service, attempt: (
        NoVerdict(Silence.BUSY, 300.0)
        if attempt.op_id == asked
        else NoVerdict(Silence.TIMEOUT, 250.0)
    )
    async with bench.running():
        await bench.until(lambda: bench.store.state_of(unheard) is OpState.WAITING, 5)
        await bench.until(lambda: bench.store.state_of(asked) is OpState.WAITING, 5)
        assert bench.store.tables.operations[asked].reason == "asked_to_wait"
        bench.central.away = {TICKETS: Silence.CONNECT}
        await bench.clock.sleep(90)
        assert bench.status().word == "down"
        bench.central.away = {}
        bench.central.script = lambda service, attempt: None
        await bench.until(lambda: bench.store.state_of(unheard) is OpState.SETTLED, 10)
        assert bench.store.state_of(asked) is OpState.WAITING


@story
async def test_what_waited_for_a_sign_in_goes_on_in_the_next_start(bench: Bench) -> None:
    bench.central.signed_out = True
    bench.central.script = lambda service, attempt: SignIn()
    op_id = await bench.save()
    await bench.engine.sync_once()
    assert bench.store.state_of(op_id) is OpState.SIGN_IN
    bench.central.signed_out = False
    bench.central.script = lambda service, attempt: None
    bench.store.tables.settings.clear()  # killed before the trouble was noted
    bench.engine = bench.new_engine()
    async with bench.running():
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 10)
        assert bench.status().word == "up"


@story
async def test_in_the_next_start_what_waited_for_a_sign_in_waits_for_no_poll(bench: Bench) -> None:
    """The mirror is up to date: nothing would end the poll before its 25 s."""
    await bench.engine.sync_once()
    bench.central.script = lambda service, attempt: SignIn()
    op_id = await bench.save()
    async with bench.running():
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SIGN_IN, 1)
        bench.central.signed_out = True
        await bench.clock.sleep(5)
    bench.central.script = lambda service, attempt: None
    bench.central.signed_out = False
    bench.engine = bench.new_engine()
    async with bench.running():
        await bench.until(lambda: bench.store.state_of(op_id) is OpState.SETTLED, 2)


@story
async def test_with_nothing_left_to_send_lost_answers_are_no_outage(bench: Bench) -> None:
    """Given answers that get lost, when the feed settles the work, then the mark goes."""

    def lose(service: Service, attempt: Attempt) -> Answer | None:
        if attempt.number > 1:
            bench.central.apply(service, attempt)
        return NoVerdict(Silence.TIMEOUT)

    bench.central.script = lose
    op_id = await bench.save()
    async with bench.running():
        await bench.until(lambda: bench.store.tables.operations[op_id].attempts >= 2, 10)
        await bench.until(lambda: bench.status().word == "down", 5)
        bench.store.tables.operations[op_id] = replace(
            bench.store.tables.operations[op_id], state=OpState.SETTLED, next_try=None
        )
        await bench.until(lambda: bench.status().word == "up", 30)
