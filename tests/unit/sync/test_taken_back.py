"""What was sent and taken back stays so, whatever central loses; where it cannot, people hear."""

from __future__ import annotations

from itertools import pairwise

from app.domain.central_services import Service
from app.domain.feed import NoVerdict, Rate, Silence, Verdict
from app.domain.ids import OpId
from app.domain.incidents import IncidentKind
from app.domain.lifecycle import OpEvent, OpState
from app.domain.operations import Outcome
from app.ports.central import Attempt
from app.ports.store import EventDetail
from tests.support.virtual_time import NOON
from tests.unit.sync.real_desk import TICKETS, RealDesk, real


async def taken_back(desk: RealDesk) -> tuple[str, Attempt]:
    """A ticket that was sent, was not answered, and whose id was burned then; its attempt."""
    await desk.engine().sync_once()
    desk.central.script = lambda service, attempt: NoVerdict(Silence.TIMEOUT)
    _, op_id = await desk.take("taken back")
    await desk.engine().sync_once()
    desk.central.script = lambda service, attempt: None
    burned = await desk.central.withdraw(TICKETS, OpId(op_id))
    detail = EventDetail(desk.clock.now(), verdict=burned)
    await desk.store.write(lambda tx: tx.outbox.event(op_id, OpEvent.WITHDRAWN, detail))
    (_, _, attempt) = desk.central.attempts[-1]
    assert attempt.op_id == op_id
    return op_id, attempt


def lose_the_burn(desk: RealDesk, op_id: str) -> None:
    """A restore to the moment before it, in a new term."""
    history = desk.central.histories[TICKETS]
    forget(desk, op_id)
    history.term, history.term_id, history.fork = 2, "term-two", history.position


def forget(desk: RealDesk, op_id: str) -> None:
    history = desk.central.histories[TICKETS]
    del history.verdicts[OpId(op_id)]
    history.burned.clear()
    history.n -= 1


@real
async def test_once_the_mirror_has_passed_it_central_is_asked_once(desk: RealDesk) -> None:
    op_id, _ = await taken_back(desk)
    for _ in range(3):
        await desk.engine().sync_once()
    assert (await desk.states())[op_id] is OpState.WITHDRAWN
    assert desk.central.requests.count(("verdict_of", TICKETS)) == 1
    assert desk.central.requests.count(("withdraw", TICKETS)) == 1


@real
async def test_what_a_lost_history_burned_is_burned_again(desk: RealDesk) -> None:
    """And what comes late finds no way in."""
    op_id, attempt = await taken_back(desk)
    await desk.engine().sync_once()
    lose_the_burn(desk, op_id)
    await desk.engine().sync_once()
    history = desk.central.histories[TICKETS]
    assert history.burned == {op_id}
    assert desk.central.apply(TICKETS, attempt).outcome is Outcome.REJECTED
    assert history.effects == []
    assert (await desk.states())[op_id] is OpState.WITHDRAWN
    await desk.engine().sync_once()
    desk.central.requests.clear()
    await desk.engine().sync_once()
    assert ("verdict_of", TICKETS) not in desk.central.requests, "it is proven"
    assert await desk.store.read(lambda tx: tx.incidents.recent(NOON)) == []


@real
async def test_what_is_asked_for_and_burned_again_goes_at_the_pace_of_pages(
    desk: RealDesk,
) -> None:
    """Both are questions to central: neither goes beside the other's turn."""
    ops = [(await taken_back(desk))[0] for _ in range(3)]
    await desk.engine().sync_once()
    for op_id in ops:
        forget(desk, op_id)
    history = desk.central.histories[TICKETS]
    history.term, history.term_id, history.fork = 2, "term-two", history.position
    desk.central.rate = Rate(1_000.0, 2.0)
    times: list[float] = []
    asked, burned = desk.central.verdict_of, desk.central.withdraw

    async def ask(service: Service, op_id: OpId, expected: object = None) -> Verdict | None:
        times.append(desk.clock.monotonic())
        return await asked(service, op_id)

    async def burn(service: Service, op_id: OpId, expected: object = None) -> Verdict:
        times.append(desk.clock.monotonic())
        return await burned(service, op_id)

    desk.central.verdict_of, desk.central.withdraw = ask, burn  # type: ignore[method-assign]  # looked at
    await desk.engine().sync_once()
    assert history.burned == set(ops)
    assert len(times) == 9, "asked for, burned, and asked for once more"
    assert all(after - before >= 0.499 for before, after in pairwise(times))


@real
async def test_what_was_burned_before_the_fork_is_not_asked_for(desk: RealDesk) -> None:
    await taken_back(desk)
    await desk.engine().sync_once()
    history = desk.central.histories[TICKETS]
    history.term, history.term_id, history.fork = 2, "term-two", history.position
    desk.central.requests.clear()
    await desk.engine().sync_once()
    assert ("verdict_of", TICKETS) not in desk.central.requests
    assert ("withdraw", TICKETS) not in desk.central.requests


@real
async def test_a_burn_lost_in_silence_and_grown_over_is_made_again(desk: RealDesk) -> None:
    """The desk had not seen its position, and so no cursor of its own can miss it."""
    op_id, _ = await taken_back(desk)
    forget(desk, op_id)
    history = desk.central.histories[TICKETS]
    history.change(desk.ids.new_id(), NOON)
    await desk.engine().sync_once()
    assert history.burned == {op_id}
    assert (await desk.states())[op_id] is OpState.WITHDRAWN


@real
async def test_what_the_history_that_goes_on_had_applied_stands_and_is_told(
    desk: RealDesk,
) -> None:
    """It came there before the desk could say so: nothing hides it, and nobody is left to guess."""
    op_id, attempt = await taken_back(desk)
    await desk.engine().sync_once()
    lose_the_burn(desk, op_id)
    assert desk.central.apply(TICKETS, attempt).outcome is Outcome.APPLIED
    for _ in range(2):
        await desk.engine().sync_once()
    history = desk.central.histories[TICKETS]
    assert history.effects == [op_id]
    assert (await desk.states())[op_id] is OpState.SETTLED
    (incident,) = await desk.store.read(lambda tx: tx.incidents.recent(NOON))
    assert (incident.kind, incident.subject) == (IncidentKind.OVERTAKEN, op_id)
    assert incident.closed_at is not None
