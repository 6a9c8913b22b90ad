"""The engine over the real encrypted store: mirror, settle, forks and restarts."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.central.contract import bodies
from app.domain.central_services import Aggregate, Service
from app.domain.feed import NoVerdict, Position, Silence
from app.domain.ids import DeskId, EntityId, OpId, PersonId
from app.domain.lifecycle import OpState
from app.domain.operations import Body, FieldChange, Json, NewOperation
from app.ports.store import Store
from app.providers.executor import InlineExecutor
from app.providers.platform import SystemPlatform
from app.sync.engine import SyncEngine
from local_store import profile
from tests.support.memory_store import IDENTITY
from tests.support.scripted_central import ScriptedCentral
from tests.support.virtual_time import NOON, SeededIds, SeededRandom, VirtualClock, run_virtual

TICKETS = Service.TICKETS
KEY = bytes(range(32))


@dataclass
class RealDesk:
    folder: Path
    clock: VirtualClock
    central: ScriptedCentral
    store: Store
    ids: SeededIds = field(default_factory=SeededIds)

    def engine(self) -> SyncEngine:
        return SyncEngine(self.store, self.central, self.clock, SeededRandom())

    def operation(self, kind: str, lane: str, **changes: Json) -> NewOperation:
        return bodies.seal(
            Body(
                op_id=OpId(self.ids.new_id()),
                kind=kind,
                target=EntityId(lane),
                after=None,
                actor=PersonId("agent"),
                desk=DeskId("desk-1"),
                incarnation="inc-1",
                happened_at=self.clock.now(),
                clock_offset_ms=None,
                clock_offset_age_ms=None,
                offline=True,
                changes={name: FieldChange(None, value) for name, value in changes.items()},
            )
        )

    async def save(self, kind: str, lane: str, **changes: Json) -> str:
        operation = self.operation(kind, lane, **changes)
        await self.store.write(lambda tx: tx.outbox.append(operation, self.clock.now()))
        return operation.body.op_id

    async def take(self, fault: str) -> tuple[str, str]:
        lane = self.ids.new_id()
        return lane, await self.save("ticket.create", lane, fault=fault, status="new")

    async def states(self) -> dict[str, OpState]:
        rows = await self.store.read(lambda tx: tx.outbox.rows(include_final=True))
        return {row.op_id: row.state for row in rows}

    async def fields(self, ticket: str) -> dict[str, Json]:
        found = await self.store.read(lambda tx: tx.record(Aggregate.TICKET, ticket))
        return dict(found[0]) if found else {}


def real(tell: Callable[[RealDesk], Coroutine[object, object, None]]) -> Callable[[Path], None]:
    """Run a story over a fresh encrypted store on virtual time."""

    def told(tmp_path: Path) -> None:
        async def run(clock: VirtualClock) -> None:
            platform, executor = SystemPlatform(), InlineExecutor()
            store = profile.create(tmp_path, KEY, platform, executor)
            await store.write(lambda tx: tx.desk.keep_identity(IDENTITY))
            desk = RealDesk(tmp_path, clock, ScriptedCentral(clock), store)
            try:
                await tell(desk)
                assert list(await store.check()) == []
            finally:
                await desk.store.close()

        run_virtual(run)

    told.__name__ = tell.__name__
    told.__doc__ = tell.__doc__
    return told


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
