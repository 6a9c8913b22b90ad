"""The engine over the real encrypted store: mirror, settle, forks and restarts."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.domain.central_services import Service
from app.domain.feed import FeedItem, NoVerdict, Poison, Position, Silence, Verdict
from app.domain.ids import Millis, OpId
from app.domain.incidents import SPLIT_WORDS
from app.domain.lifecycle import OpState, RowState
from app.domain.operations import Outcome, Reason
from app.domain.times import DAY
from app.domain.views import OutboxRow
from app.ports.central import Attempt
from app.providers.executor import InlineExecutor
from app.providers.platform import SystemPlatform
from local_store import profile
from tests.support.virtual_time import NOON
from tests.unit.sync.real_desk import KEY, TICKETS, RealDesk, real


@real
async def test_offline_work_settles_and_the_overlay_gives_way(desk: RealDesk) -> None:
    taken = [await desk.take(f"fault {number}") for number in range(25)]
    for ticket, _ in taken[:5]:
        await desk.save("ticket.set", ticket, status="triaged")
    report = await desk.engine().sync_once()
    assert (report.pushed, report.waiting, report.needs_review) == (30, 0, 0)
    assert set((await desk.states()).values()) == {OpState.SETTLED}
    assert (await desk.fields(taken[0][0]))["status"] == "triaged"
    assert (await desk.fields(taken[9][0]))["status"] == "new"
    assert len(desk.central.histories[TICKETS].effects) == 30


@real
async def test_a_first_mirror_is_searchable_and_counted(desk: RealDesk) -> None:
    history = desk.central.histories[TICKETS]
    for number in range(2_300):
        history.change(
            desk.ids.new_id(), NOON, fields={"fault": f"humming {number}", "status": "new"}
        )
    report = await desk.engine().sync_once()
    assert report.pulled == 2_300
    status = next(one for one in report.services if one.service == TICKETS)
    assert (status.mirrored, status.position) == (2_300, (1, 2_300))
    found = await desk.store.read(lambda tx: tx.search("humming", 5, NOON))
    assert len(found.tickets) == 5


@real
async def test_away_nothing_is_lost_and_the_next_start_sends_it(desk: RealDesk) -> None:
    desk.central.away = dict.fromkeys(Service, Silence.CONNECT)
    _, op_id = await desk.take("no picture")
    report = await desk.engine().sync_once()
    assert (report.pushed, report.waiting) == (0, 1)
    await desk.store.close()
    desk.store = profile.open_(desk.folder, KEY, SystemPlatform(), InlineExecutor())
    engine = desk.engine()
    await engine.load()
    assert {one.word for one in engine.statuses(desk.clock.now())} == {"down"}
    desk.central.away = {}
    report = await desk.engine().sync_once()
    assert (report.pushed, report.waiting) == (1, 0)
    assert (await desk.states())[op_id] is OpState.SETTLED


@real
async def test_lost_answers_have_one_effect(desk: RealDesk) -> None:
    lost: set[str] = set()

    def lose(service: Service, attempt: object) -> NoVerdict | None:
        op_id = attempt.op_id  # type: ignore[attr-defined]  # an Attempt
        if op_id in lost:
            return None
        lost.add(op_id)
        desk.central.apply(service, attempt)  # type: ignore[arg-type]  # an Attempt
        return NoVerdict(Silence.TIMEOUT)

    desk.central.script = lose
    ops = [(await desk.take(f"fault {number}"))[1] for number in range(10)]
    for _ in range(12):
        await desk.engine().sync_once()
    assert sorted(desk.central.histories[TICKETS].effects) == sorted(ops)
    assert {(await desk.states())[one] for one in ops} == {OpState.SETTLED}


@real
async def test_a_restored_central_gets_what_it_lost_and_the_mirror_follows(
    desk: RealDesk,
) -> None:
    history = desk.central.histories[TICKETS]
    kept, kept_op = await desk.take("kept")
    await desk.engine().sync_once()
    fork = history.position
    lost, lost_op = await desk.take("lost by the restore")
    ghost = desk.ids.new_id()
    history.change(ghost, NOON, fields={"fault": "somebody else's, lost", "status": "new"})
    await desk.engine().sync_once()

    del history.rows[lost], history.rows[ghost], history.verdicts[OpId(lost_op)]
    history.effects.remove(lost_op)
    history.term, history.term_id, history.n, history.fork = 2, "term-two", fork.n, fork
    report = await desk.engine().sync_once()
    report = await desk.engine().sync_once()
    assert report.waiting == 0
    assert sorted(history.effects) == sorted([kept_op, lost_op])
    assert set((await desk.states()).values()) == {OpState.SETTLED}
    assert (await desk.fields(lost))["fault"] == "lost by the restore"
    assert (await desk.fields(kept))["fault"] == "kept"
    assert await desk.fields(ghost) == {}
    state = await desk.store.read(lambda tx: tx.feed_state(TICKETS))
    assert state.position == Position(2, history.n)


@real
async def test_what_a_row_of_the_lost_history_still_hides_is_not_settled_by_its_page(
    desk: RealDesk,
) -> None:
    """Given a lost row of a higher term that central is still to be asked for, when a page names
    an edit whose row it hides, then its overlay stays until the true row is here.
    """
    history = desk.central.histories[TICKETS]
    ticket, _ = await desk.take("kept")
    await desk.engine().sync_once()
    fork, kept = history.position, dict(history.rows)
    history.term, history.term_id, history.fork = 2, "term-two", fork
    history.change(ticket, NOON, fields={"fault": "lost", "status": "new"})
    await desk.engine().sync_once()
    edit = await desk.save("ticket.set", ticket, place="mine")

    def the_other_one_takes_it(service: Service, attempt: Attempt) -> Verdict:
        """Still in the first term; then it is the one that counts."""
        if history.term == 2:
            history.rows, history.term, history.n = kept, 1, fork.n
            desk.central.apply(service, attempt)
            history.term, history.term_id = 3, "term-three"
        return desk.central.apply(service, attempt)

    desk.central.script, desk.central.answer_later_s = the_other_one_takes_it, 2.0
    desk.central.rows_fail_after = 0
    engine = desk.engine()
    running = asyncio.ensure_future(engine.run())
    await desk.clock.sleep(30)
    assert history.effects[1:] == [edit]
    assert (await desk.states())[edit] is OpState.ACKED
    assert await desk.fields(ticket) == {"fault": "lost", "status": "new", "place": "mine"}
    desk.central.rows_fail_after = None
    await desk.clock.sleep(60)
    assert (await desk.states())[edit] is OpState.SETTLED
    assert await desk.fields(ticket) == {"fault": "kept", "status": "new", "place": "mine"}
    engine.stop()
    await running


@real
async def test_what_a_lost_history_accepted_before_the_first_mirror_goes_again(
    desk: RealDesk,
) -> None:
    """Given sent work and no page yet, when central comes back without it, then it goes again."""
    history = desk.central.histories[TICKETS]
    desk.central.feed_away = {TICKETS: Silence.TIMEOUT}
    _, op_id = await desk.take("accepted, then lost")
    await desk.engine().sync_once()
    assert history.effects == [op_id]
    history.rows.clear()
    history.verdicts.clear()
    history.effects.clear()
    history.term, history.term_id, history.n = 2, "term-two", 0
    desk.central.feed_away = {}
    for _ in range(2):
        await desk.engine().sync_once()
    assert history.effects == [op_id]
    assert (await desk.states())[op_id] is OpState.SETTLED


@real
async def test_what_was_lost_in_silence_before_the_first_mirror_goes_again_with_it(
    desk: RealDesk,
) -> None:
    """Given sent work and no page yet, when a central of the same term comes back shorter than its
    verdict, then it goes again with the first page: nobody waits until history grows that far.
    """
    history = desk.central.histories[TICKETS]
    desk.central.feed_away = {TICKETS: Silence.TIMEOUT}
    _, op_id = await desk.take("accepted, then lost")
    await desk.engine().sync_once()
    assert history.effects == [op_id]
    history.rows.clear()
    history.verdicts.clear()
    history.effects.clear()
    history.n = 0
    desk.central.feed_away = {}
    for _ in range(2):
        await desk.engine().sync_once()
    assert history.effects == [op_id]
    assert (await desk.states())[op_id] is OpState.SETTLED


@real
async def test_a_waiting_time_of_a_wrong_clock_is_none(desk: RealDesk) -> None:
    """Given a clock two years ahead, when it is put right, then nothing waits for two years."""
    right = desk.clock.wall_at_start
    desk.clock.wall_at_start = Millis(right + 2 * 365 * DAY)
    desk.central.script = lambda service, attempt: NoVerdict(Silence.BUSY, 5.0)
    _, op_id = await desk.take("no picture")
    await desk.engine().sync_once()
    desk.clock.wall_at_start = right
    desk.central.script = lambda service, attempt: None
    heads = await desk.store.read(lambda tx: tx.outbox.sendable(TICKETS, desk.clock.now(), 5))
    assert [one.op_id for one in heads] == [op_id]


@real
async def test_a_lost_cursor_drops_what_central_no_longer_has(desk: RealDesk) -> None:
    history = desk.central.histories[TICKETS]
    rows = [desk.ids.new_id() for _ in range(30)]
    for row in rows:
        history.change(row, NOON, fields={"fault": "buzzing", "status": "new"})
    await desk.engine().sync_once()
    del history.rows[rows[3]]
    history.change(rows[4], NOON, fields={"fault": "quiet now", "status": "new"})
    desk.central.purged_before[TICKETS] = history.position
    report = await desk.engine().sync_once()
    status = next(one for one in report.services if one.service == TICKETS)
    assert status.mirrored == 29
    assert await desk.fields(rows[3]) == {}
    found = await desk.store.read(lambda tx: tx.search("buzzing", 50, NOON))
    assert len(found.tickets) == 28


@pytest.mark.parametrize("pages", [1, 2, 3])
def test_a_snapshot_cut_after_some_pages_goes_on_in_the_next_start(
    pages: int, tmp_path: Path
) -> None:
    @real
    async def tell(desk: RealDesk) -> None:
        history = desk.central.histories[TICKETS]
        desk.central.page_rows = 10
        for _ in range(45):
            history.change(desk.ids.new_id(), NOON, fields={"fault": "x", "status": "new"})
        desk.central.snapshot_fails_after = 5 + pages
        await desk.engine().sync_once()
        desk.central.snapshot_fails_after = None
        desk.central.requests.clear()
        report = await desk.engine().sync_once()
        status = next(one for one in report.services if one.service == TICKETS)
        assert status.mirrored == 45
        fetched = sum(talk == ("snapshot", TICKETS) for talk in desk.central.requests)
        assert fetched == 5 - pages

    tell(tmp_path)


async def lose_beyond(desk: RealDesk, fork: Position, kept: dict[str, FeedItem]) -> None:
    """Central comes back from a backup, and says so."""
    history = desk.central.histories[TICKETS]
    history.rows, history.fork = dict(kept), fork
    history.term, history.term_id, history.n = history.term + 1, f"term-{history.term + 1}", fork.n
    history.verdicts = {
        id_: one
        for id_, one in history.verdicts.items()
        if one.position is not None and one.position <= fork
    }


def missing(service: Service, attempt: Attempt) -> Verdict:
    problem = Reason("missing-target", "Its target is not here yet.")
    return Verdict(attempt.op_id, Outcome.DEFERRED, None, None, "term-2", problem=problem)


@real
async def test_offered_again_without_a_target_it_is_a_card_after_a_day(desk: RealDesk) -> None:
    """By central's clock; an operation of this term waits for its target as long as it takes."""
    history = desk.central.histories[TICKETS]
    target = history.change(desk.ids.new_id(), NOON, fields={"fault": "another desk's"})
    fork, kept = Position(1, 0), dict[str, FeedItem]()
    await desk.engine().sync_once()
    lost = await desk.save("ticket.set", target.id, fault="mine")
    await desk.engine().sync_once()
    assert (await desk.states())[lost] is OpState.SETTLED
    await lose_beyond(desk, fork, kept)
    desk.central.script = missing
    fresh = await desk.save("ticket.set", desk.ids.new_id(), fault="of this term")
    await desk.engine().sync_once()
    await desk.engine().sync_once()
    assert (await desk.states())[lost] is OpState.WAITING
    desk.clock.wall_at_start = Millis(desk.clock.wall_at_start + 400 * DAY)
    desk.central.offset_ms = -400 * DAY
    await desk.engine().sync_once()
    assert (await desk.states())[lost] is OpState.WAITING, "only this desk's clock has jumped"
    desk.clock.wall_at_start = Millis(desk.clock.wall_at_start + DAY + 60_000)
    await desk.engine().sync_once()
    states = await desk.states()
    assert (states[lost], states[fresh]) == (OpState.PARKED, OpState.WAITING)
    (card,) = [one for one in await rows(desk) if one.op_id == lost]
    assert (card.reason, card.word) == ("target_missing", RowState.NEEDS_REVIEW)


async def rows(desk: RealDesk) -> list[OutboxRow]:
    return list(await desk.store.read(lambda tx: tx.outbox.rows()))


@real
async def test_parked_stays_parked_and_says_that_the_history_was_another(desk: RealDesk) -> None:
    ticket, made = await desk.take("kept")
    await desk.engine().sync_once()
    history = desk.central.histories[TICKETS]
    fork, kept = history.position, dict(history.rows)
    problem = Reason("invalid-field", "Central says no.")
    desk.central.script = lambda service, attempt: Verdict(
        attempt.op_id, Outcome.REJECTED, None, None, "term-one", problem=problem
    )
    parked = await desk.save("ticket.set", ticket, fault="refused")
    await desk.engine().sync_once()
    assert not (await rows(desk))[0].former_history
    history.change(desk.ids.new_id(), NOON, fields={"fault": "lost"})
    await desk.engine().sync_once()
    await lose_beyond(desk, fork, kept)
    sent = len(desk.central.attempts)
    await desk.engine().sync_once()
    (card,) = await rows(desk)
    assert (card.op_id, card.state, card.former_history) == (parked, OpState.PARKED, True)
    assert card.reason == problem.text
    assert len(desk.central.attempts) == sent, "it is not offered again"
    assert (await desk.states())[made] is OpState.SETTLED


@real
async def test_what_central_keeps_failing_on_needs_review(desk: RealDesk) -> None:
    """In the slow lane whatever comes back: a silence there is no reason to go oftener."""
    ticket, made = await desk.take("poison")
    failed = Reason("operation-failed", "Central failed on it.")
    desk.central.script = lambda service, attempt: Poison(failed)
    for _ in range(5):
        await desk.engine().sync_once()
    (card,) = await rows(desk)
    counts = await desk.store.read(lambda tx: tx.outbox.counts())
    assert (card.state, card.word) == (OpState.WAITING, RowState.NEEDS_REVIEW)
    assert (counts.waiting, counts.needs_review) == (1, 1)
    shown = await desk.store.read(lambda tx: tx.tickets.row(ticket))
    assert shown is not None
    assert shown.state is RowState.NEEDS_REVIEW
    desk.central.script = lambda service, attempt: NoVerdict(Silence.TIMEOUT)
    await desk.engine().sync_once()
    (card,) = await rows(desk)
    assert card.op_id == made
    assert card.next_try is not None
    assert card.next_try - desk.clock.now() >= 590_000


@pytest.mark.parametrize("code", ["withdrawn", "superseded"])
def test_what_was_taken_back_before_a_restore_stays_so(code: str, tmp_path: Path) -> None:
    """A restored outbox still holds what a person had withdrawn, or given another's place."""

    @real
    async def tell(desk: RealDesk) -> None:
        _, made = await desk.take("taken back")
        desk.central.script = lambda service, attempt: Verdict(
            attempt.op_id, Outcome.REJECTED, None, None, "term-one",
            problem=Reason(code, "Another operation has taken its place."),
        )  # fmt: skip
        await desk.engine().sync_once()
        assert (await desk.states())[made] is OpState.WITHDRAWN

    tell(tmp_path)


@real
async def test_two_centrals_in_one_term_are_an_incident_until_one_of_them_is_gone(
    desk: RealDesk,
) -> None:
    """Nothing is pushed to the service meanwhile, and the others go on."""
    await desk.engine().sync_once()
    history = desk.central.histories[TICKETS]
    engine = desk.engine()
    running = asyncio.ensure_future(engine.run())
    await desk.clock.sleep(5)
    history.term_id = "another one"
    await desk.clock.sleep(60)
    _, saved = await desk.take("held back")
    await desk.clock.sleep(60)
    (incident,) = await desk.store.read(lambda tx: tx.incidents.open())
    assert (incident.kind, incident.service, incident.times) == ("split_brain", "tickets", 1)
    assert incident.detail == SPLIT_WORDS
    assert (await desk.states())[saved] is OpState.PENDING
    history.term_id = "term-one"
    await desk.clock.sleep(60)
    assert (await desk.states())[saved] is OpState.SETTLED
    assert await desk.store.read(lambda tx: tx.incidents.open()) == []
    engine.stop()
    await running


@real
async def test_a_split_that_was_over_before_the_program_started_again_is_closed(
    desk: RealDesk,
) -> None:
    """The run that met it has ended; the next one hears the history that the desk knows."""
    await desk.engine().sync_once()
    history = desk.central.histories[TICKETS]
    history.term_id = "another one"
    await desk.engine().sync_once()
    assert len(await desk.store.read(lambda tx: tx.incidents.open())) == 1
    history.term_id = "term-one"
    await desk.engine().sync_once()
    assert await desk.store.read(lambda tx: tx.incidents.open()) == []
    (over,) = await desk.store.read(lambda tx: tx.incidents.recent(Millis(0)))
    assert over.closed_by == "central"
