"""A restored desk asks before it sends; what was erased under way is never sent again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from app.domain.central_services import Service
from app.domain.errors import CentralUnavailable
from app.domain.feed import NoVerdict, Rate, Silence, Verdict
from app.domain.ids import OpId
from app.domain.lifecycle import OpEvent, OpState
from app.domain.operations import Outcome, Reason
from app.domain.views import ServiceWord
from app.ports.central import Attempt, SignInNeeded
from app.ports.store import HELD, EventDetail
from app.sync.backoff import LEAST_S
from app.sync.restored import Restored
from tests.support.virtual_time import NOON
from tests.unit.sync.real_desk import TICKETS, RealDesk, real


@real
async def test_what_central_knows_is_not_sent_again_and_the_rest_is(desk: RealDesk) -> None:
    """Given one operation that arrived and one that did not, only the second leaves the desk."""
    _arrived, known = await desk.take("arrived")
    desk.central.script = applied_unheard(desk)
    await desk.engine().sync_once()
    _here, unknown = await desk.take("only here")
    await desk.store.write(lambda tx: tx.desk.set_setting(HELD, [one.value for one in Service]))
    sent: list[str] = []

    def note(_service: Service, attempt: Attempt) -> None:
        sent.append(attempt.op_id)

    desk.central.script = note
    report = await desk.engine().sync_once()
    assert (report.waiting, report.needs_review) == (0, 0)
    assert sent == [unknown]
    assert set((await desk.states()).values()) == {OpState.SETTLED}
    assert sorted(desk.central.histories[TICKETS].effects) == sorted([known, unknown])
    assert await desk.store.read(lambda tx: tx.desk.setting(HELD)) == []


@real
async def test_what_central_had_refused_waits_for_a_person_and_is_not_sent(desk: RealDesk) -> None:
    """Given a refusal that came only before the backup was put back, it is told here again."""
    _ticket, refused = await desk.take("refused")
    said = Verdict(OpId(refused), Outcome.REJECTED, None, None, "", problem=Reason("rule", "No."))
    desk.central.histories[TICKETS].verdicts[refused] = said
    await desk.store.write(lambda tx: tx.desk.set_setting(HELD, [TICKETS.value]))
    report = await desk.engine().sync_once()
    assert (report.waiting, report.needs_review) == (0, 1)
    assert await desk.states() == {refused: OpState.PARKED}
    assert desk.central.attempts == []
    stored = await desk.store.read(lambda tx: tx.outbox.get(OpId(refused)))
    assert stored is not None
    assert stored.reason == "No."


@real
async def test_while_nobody_can_be_asked_nothing_leaves(desk: RealDesk) -> None:
    await desk.take("only here")
    await desk.store.write(lambda tx: tx.desk.set_setting(HELD, [TICKETS.value]))
    sent: list[str] = []

    def note(_service: Service, attempt: Attempt) -> None:
        sent.append(attempt.op_id)

    desk.central.script = note
    asked = desk.central.verdict_of

    async def silent(service: Service, op_id: object, expected: object = None) -> None:
        del service, op_id
        raise CentralUnavailable("Nobody there.", cause=Silence.TIMEOUT)

    desk.central.verdict_of = silent  # type: ignore[method-assign]  # nobody there
    report = await desk.engine().sync_once()
    assert sent == []
    (tickets,) = [one for one in report.services if one.service is TICKETS]
    assert tickets.detail == Silence.TIMEOUT
    assert await desk.store.read(lambda tx: tx.desk.setting(HELD)) == [TICKETS.value]
    desk.central.verdict_of = asked  # type: ignore[method-assign]  # replaced for this test
    await desk.engine().sync_once()
    assert len(sent) == 1


@real
async def test_after_a_silence_the_questions_go_on_where_they_were(desk: RealDesk) -> None:
    """Given a central that is heard once in a while only, each is asked about once all the same.

    Nor do questions take of what central gives for operations: all would go half as fast.
    """
    made = [(await desk.take(f"number {n}"))[1] for n in range(4)]
    await desk.store.write(lambda tx: tx.desk.set_setting(HELD, [TICKETS.value]))
    answered: dict[str, float] = {}
    unheard: list[str] = []
    ask = desk.central.verdict_of

    async def now_and_then(
        service: Service, op_id: OpId, expected: object = None
    ) -> Verdict | None:
        if len(answered) > len(unheard):
            unheard.append(op_id)
            raise CentralUnavailable("Not now.", cause=Silence.TIMEOUT)
        assert op_id not in answered
        answered[op_id] = desk.clock.monotonic()
        return await ask(service, op_id)

    desk.central.verdict_of = now_and_then  # type: ignore[method-assign]  # heard now and then
    desk.central.rate = Rate(operations=0.05, pages=50.0)
    engine = desk.engine()
    while await desk.store.read(lambda tx: tx.desk.setting(HELD)) != []:
        await engine.sync_once()
    assert (list(answered), unheard) == (made, made[1:])
    assert answered[made[-1]] - answered[made[0]] < 20.0


@real
async def test_after_unreadable_answers_the_next_question_comes_later(desk: RealDesk) -> None:
    """Given probes that are answered and questions that come back as garbage, nobody spins.

    Once one can be read it goes on at once with the others, and no rest was longer than a probe's.
    """
    made = [(await desk.take(f"number {n}"))[1] for n in range(40)]
    await desk.store.write(lambda tx: tx.desk.set_setting(HELD, [TICKETS.value]))
    asked: list[float] = []
    ask, unreadable = desk.central.verdict_of, True

    async def garbage(service: Service, op_id: OpId, expected: object = None) -> Verdict | None:
        asked.append(desk.clock.monotonic())
        if unreadable:
            raise CentralUnavailable("A portal.", cause=Silence.NOT_CENTRAL)
        return await ask(service, op_id)

    desk.central.verdict_of = garbage  # type: ignore[method-assign]  # for a while
    engine = desk.engine()
    running = asyncio.ensure_future(engine.run())
    await desk.clock.sleep(60.0)
    rests = [after - before for before, after in pairwise(asked)]
    assert min(rests) >= LEAST_S
    assert max(rests) <= 5.1
    unreadable, began = False, desk.clock.monotonic()
    while (await desk.states())[made[-1]] is not OpState.SETTLED:
        await desk.clock.sleep(0.1)
    assert desk.clock.monotonic() - began < 10.0
    engine.stop()
    await running


@real
async def test_what_comes_while_central_is_asked_is_asked_about_as_well(desk: RealDesk) -> None:
    """Given work handed over between the last question and its answer, it is held with the rest."""
    await desk.take("known for long")
    await desk.store.write(lambda tx: tx.desk.set_setting(HELD, [TICKETS.value]))
    sent_before: dict[str, int] = {}
    """What is asked about → how much had been sent before that."""
    late: list[str] = []
    ask = desk.central.verdict_of

    async def while_more_comes(
        service: Service, op_id: OpId, expected: object = None
    ) -> Verdict | None:
        if not late:
            late.append((await desk.take("handed over"))[1])
        sent_before.setdefault(op_id, len(desk.central.attempts))
        return await ask(service, op_id)

    desk.central.verdict_of = while_more_comes  # type: ignore[method-assign]  # more comes
    await desk.engine().sync_once()
    assert (sent_before[late[0]], len(desk.central.attempts)) == (0, 2)


@real
async def test_signed_out_it_is_no_silence_and_nothing_leaves(desk: RealDesk) -> None:
    """The question is met by a sign-in that is asked for: the desk says so, and goes on after."""
    _ticket, op_id = await desk.take("only here")
    await desk.store.write(lambda tx: tx.desk.set_setting(HELD, [TICKETS.value]))
    asked = desk.central.verdict_of

    async def refused(service: Service, op_id: object, expected: object = None) -> None:
        del service, op_id
        desk.central.signed_out = True
        raise SignInNeeded

    desk.central.verdict_of = refused  # type: ignore[method-assign]  # nobody is let in
    report = await desk.engine().sync_once()
    assert desk.central.attempts == []
    (tickets,) = [one for one in report.services if one.service is TICKETS]
    assert (tickets.word, tickets.detail) == (ServiceWord.SIGN_IN, "")
    desk.central.verdict_of, desk.central.signed_out = asked, False  # type: ignore[method-assign]  # replaced for this test
    await desk.engine().sync_once()
    assert (await desk.states())[op_id] is OpState.SETTLED


@real
async def test_central_is_asked_at_the_pace_it_publishes_and_by_each_service_for_its_own(
    desk: RealDesk,
) -> None:
    """A hundred desks restored from one image would ask for thousands of ids at once."""
    desk.central.rate = Rate(1_000.0, 2.0)
    await desk.engine().sync_once()
    for number in range(9):
        await desk.take(f"only here {number}")
    await desk.store.write(lambda tx: tx.desk.set_setting(HELD, [one.value for one in Service]))
    desk.central.requests.clear()
    began = desk.clock.monotonic()
    times: list[float] = []
    asked = desk.central.verdict_of

    async def noted(service: Service, op_id: OpId, expected: object = None) -> Verdict | None:
        times.append(desk.clock.monotonic() - began)
        return await asked(service, op_id)

    desk.central.verdict_of = noted  # type: ignore[method-assign]  # looked at
    report = await desk.engine().sync_once()
    assert report.waiting == 0
    questions = [service for name, service in desk.central.requests if name == "verdict_of"]
    assert questions == [TICKETS] * 9, "nobody asks tickets' questions of another service"
    assert max(sum(begin <= one < begin + 2 for one in times) for begin in times) <= 6
    assert times[-1] - times[0] > 3


@real
async def test_what_has_its_verdict_already_and_what_is_blocked_stays_as_it_is(
    desk: RealDesk,
) -> None:
    """Only what has no verdict is in question; a refusal of what cannot go moves nothing."""
    ticket, refused = await desk.take("refused")
    behind = await desk.save("ticket.set", ticket, status="behind it")
    said = Verdict(OpId(refused), Outcome.REJECTED, None, None, "", problem=Reason("rule", "No."))
    desk.central.script = lambda _service, _attempt: said
    await desk.engine().sync_once()
    states = {refused: OpState.PARKED, behind: OpState.BLOCKED}
    assert await desk.states() == states
    desk.central.histories[TICKETS].verdicts[behind] = replace(said, op_id=OpId(behind))
    await desk.store.write(lambda tx: tx.desk.set_setting(HELD, [TICKETS.value]))
    desk.central.requests.clear()
    await desk.engine().sync_once()
    assert desk.central.requests.count(("verdict_of", TICKETS)) == 1
    assert await desk.states() == states
    assert await desk.store.read(lambda tx: tx.desk.setting(HELD)) == []


@real
async def test_what_a_person_withdraws_while_central_is_asked_is_withdrawn(desk: RealDesk) -> None:
    _ticket, op_id = await desk.take("taken back meanwhile")
    said = Verdict(OpId(op_id), Outcome.REJECTED, None, None, "", problem=Reason("rule", "No."))
    await desk.store.write(lambda tx: tx.desk.set_setting(HELD, [TICKETS.value]))

    async def meanwhile(service: Service, op_id: OpId, expected: object = None) -> Verdict:
        del service
        detail = EventDetail(desk.clock.now())
        await desk.store.write(lambda tx: tx.outbox.event(op_id, OpEvent.WITHDRAWN, detail))
        return said

    desk.central.verdict_of = meanwhile  # type: ignore[method-assign]  # a person was quicker
    await desk.engine().sync_once()
    assert await desk.states() == {op_id: OpState.WITHDRAWN}


@real
async def test_while_a_service_is_down_or_its_term_in_doubt_nobody_is_asked(
    desk: RealDesk,
) -> None:
    await desk.take("only here")
    await desk.store.write(lambda tx: tx.desk.set_setting(HELD, [TICKETS.value]))
    engine = desk.engine()
    await engine.load()
    state = engine._states[TICKETS]
    state.term_in_doubt = True
    assert not await Restored(state).is_known()
    assert ("verdict_of", TICKETS) not in desk.central.requests
    state.term_in_doubt = False
    assert await Restored(state).is_known()
    assert ("verdict_of", TICKETS) in desk.central.requests


@real
async def test_work_that_is_taken_over_while_central_is_asked_is_asked_about_too(
    desk: RealDesk,
) -> None:
    """Given what another desk hands over just then, nothing of it goes before central is asked."""
    _ticket, first = await desk.take("held")
    await desk.store.write(lambda tx: tx.desk.set_setting(HELD, [TICKETS.value]))
    engine = desk.engine()
    await engine.load()
    restored = Restored(engine._states[TICKETS])
    asked: list[str] = []

    async def handed_over(service: Service, op_id: OpId, expected: object = None) -> None:
        del service
        asked.append(op_id)
        if asked == [first]:
            restored.look_again()

    desk.central.verdict_of = handed_over  # type: ignore[method-assign]  # just then
    assert not await restored.is_known()
    assert await desk.store.read(lambda tx: tx.desk.setting(HELD)) == []
    assert await restored.is_known()


@real
async def test_a_person_may_release_what_is_held(desk: RealDesk) -> None:
    await desk.take("only here")
    await desk.store.write(lambda tx: tx.desk.set_setting(HELD, []))
    report = await desk.engine().sync_once()
    assert report.pushed == 1


@real
async def test_what_was_erased_on_its_way_is_never_sent_again(desk: RealDesk) -> None:
    """Given a note whose answer was lost and one that never arrived, each ends as it truly is."""
    ticket, _op = await desk.take("about to be erased")
    other, _op = await desk.take("this one too")
    await desk.engine().sync_once()
    arrived = await desk.save("ticket.set", ticket, status="arrived")
    never = await desk.save("ticket.set", other, status="never arrived")
    sent: list[str] = []

    def lose(service: Service, attempt: Attempt) -> NoVerdict:
        sent.append(attempt.op_id)
        if attempt.op_id == arrived:
            desk.central.apply(service, attempt)
        return NoVerdict(Silence.TIMEOUT)

    desk.central.script = lose
    while set(sent) != {arrived, never}:
        await desk.engine().sync_once()
    history = desk.central.histories[TICKETS]
    for one in (ticket, other):
        history.remove(one, NOON, "erased")
    await desk.engine().sync_once()  # pushes before it pulls
    sent.clear()
    for _ in range(4):
        await desk.engine().sync_once()
    assert sent == []
    states = await desk.states()
    assert [states[one] for one in (arrived, never)] == [OpState.SETTLED, OpState.WITHDRAWN]
    stored = await desk.store.read(lambda tx: [tx.outbox.get(one) for one in (arrived, never)])
    assert [one.raw for one in stored if one is not None] == [b"", b""]
    assert OpId(never) in history.burned


def applied_unheard(desk: RealDesk) -> Callable[[Service, Attempt], NoVerdict]:
    """Central applies, and its answer is lost."""

    def lose(service: Service, attempt: Attempt) -> NoVerdict:
        desk.central.apply(service, attempt)
        return NoVerdict(Silence.TIMEOUT)

    return lose
