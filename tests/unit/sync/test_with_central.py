"""The real engine, client and store against the real reference central on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from app.central.client.contract_client import Access, ContractClient
from app.central.client.endpoints import places
from app.central.client.enrolment import enrol
from app.central.client.transport import HttpxTransport
from app.central.contract import bodies
from app.central.contract.signing import read_document
from app.domain.central_services import Service
from app.domain.configuration import Configuration
from app.domain.errors import Invalid
from app.domain.ids import DeskId, EntityId, Millis, OpId
from app.domain.lifecycle import OpState
from app.domain.operations import Body, FieldChange, Json
from app.domain.people import Role
from app.domain.times import DAY, to_rfc3339
from app.domain.views import ServiceStatus, SyncReport
from app.ports.store import DeskIdentity, ReadTx, Store
from app.providers.executor import ThreadExecutor
from app.providers.phones import LibPhoneNumbers
from app.providers.platform import SystemPlatform
from app.providers.system import SystemClock, SystemRandom, Uuid7Source
from app.services.desk import Desk as Inside
from app.services.desk import Tools
from app.services.merging import Merging
from app.services.tickets import Tickets
from app.sync.engine import SyncEngine
from app.sync.snapshot import refetch_setting
from local_store import profile
from tests.support.live_central import CODE, LiveCentral, live_central

pytestmark = pytest.mark.filterwarnings(
    # Advice to the app that is started here; it is no part of what these tests look at.
    "ignore::litestar.exceptions.base_exceptions.LitestarDeprecationWarning"
)

PLATFORM = SystemPlatform()
CLOCK = SystemClock(PLATFORM)
RANDOM = SystemRandom()
IDS = Uuid7Source(CLOCK, RANDOM)
GUARD_S = 60.0
REACHED = {"up", "slow"}
"""A service that answers; on a busy machine it is also said to be slow."""


@pytest.fixture
def central(tmp_path: Path) -> Iterator[LiveCentral]:
    with live_central(tmp_path / "central") as one:
        yield one


@dataclass
class Desk:
    """One enrolled desk."""

    store: Store
    client: ContractClient
    identity: DeskIdentity
    configuration: Configuration
    taken: list[tuple[str, str]] = field(default_factory=list)

    def engine(self) -> SyncEngine:
        return SyncEngine(self.store, self.client, CLOCK, RANDOM, IDS)

    def inside(self) -> Inside:
        """What the services work on."""
        tools = Tools(CLOCK, IDS, LibPhoneNumbers())
        return Inside(self.store, tools, self.identity, self.configuration)

    async def sync(self) -> SyncReport:
        return await self.engine().sync_once(30)

    async def save(self, kind: str, lane: str, **changes: Json) -> str:
        agent = self.configuration.first_with(Role.AGENT)
        assert agent is not None
        operation = bodies.seal(
            Body(
                op_id=OpId(IDS.new_id()),
                kind=kind,
                target=EntityId(lane),
                after=None,
                actor=agent.id,
                desk=DeskId(self.identity.desk_id),
                incarnation=self.identity.incarnation,
                happened_at=CLOCK.now(),
                clock_offset_ms=None,
                clock_offset_age_ms=None,
                offline=True,
                changes={name: FieldChange(None, value) for name, value in changes.items()},
            )
        )
        await self.store.write(lambda tx: tx.outbox.append(operation, CLOCK.now()))
        return operation.body.op_id

    async def take(self, fault: str = "no picture") -> str:
        """A ticket; its operation's id."""
        lane = IDS.new_id()
        reference = await self.store.write(lambda tx: tx.desk.next_reference())
        op_id = await self.save(
            "ticket.create",
            lane,
            fault=fault,
            reference=reference,
            status="new",
            happened_at=to_rfc3339(CLOCK.now()),
        )
        self.taken.append((lane, op_id))
        return op_id

    async def states(self) -> dict[str, OpState]:
        rows = await self.store.read(lambda tx: tx.outbox.rows(include_final=True))
        return {row.op_id: row.state for row in rows}

    async def all_settled(self) -> bool:
        states = await self.states()
        return all(states[op_id] is OpState.SETTLED for _, op_id in self.taken)


@asynccontextmanager
async def desk_at(central: LiveCentral, folder: Path) -> AsyncIterator[Desk]:
    """A desk enrolled at that central."""
    transport = HttpxTransport()
    enrolment = await enrol(
        transport,
        [central.url],
        code=CODE,
        desk_name="Front desk",
        public_key="cGs=",
        incarnation="inc-1",
    )
    identity = DeskIdentity(
        desk_id=enrolment.desk_id,
        name="Front desk",
        desk_code=enrolment.desk_code,
        spare_codes=enrolment.spare_codes,
        incarnation="inc-1",
        credential=enrolment.credential,
        organisation_key=enrolment.organisation_key,
        central_urls=(central.url,),
        enrolled_at=CLOCK.now(),
    )
    PLATFORM.private_directory(folder)
    executor = ThreadExecutor()
    store = profile.create(folder, RANDOM.bytes(32), PLATFORM, executor)
    await store.write(lambda tx: tx.desk.keep_identity(identity))
    await store.write(lambda tx: tx.desk.keep_configuration(enrolment.configuration_document))
    configuration = read_document(enrolment.configuration_document, enrolment.organisation_key)
    client = ContractClient(
        transport,
        CLOCK,
        Access(identity.credential, identity.incarnation),
        places(configuration, identity.central_urls),
    )
    try:
        yield Desk(store, client, identity, configuration)
    finally:
        await client.close()
        await store.close()
        executor.close()


def word(report: SyncReport, service: Service = Service.TICKETS) -> str:
    return line(report.services, service).word


def line(services: tuple[ServiceStatus, ...], service: Service) -> ServiceStatus:
    return next(one for one in services if one.service == service)


def exactly_once(central: LiveCentral, desk: Desk) -> None:
    """Every ticket of the desk is in the ledger with its one creating operation, once."""
    found = [(one["id"], one["operations"]) for one in central.truth()]
    mine = {lane for lane, _ in desk.taken}
    ours = sorted((lane, ops) for lane, ops in found if lane in mine)
    assert ours == sorted((lane, [op_id]) for lane, op_id in desk.taken)


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Look again and again; a hang guard ends it."""
    guard = CLOCK.monotonic() + GUARD_S
    while not await holds():
        assert CLOCK.monotonic() < guard
        await CLOCK.sleep(0.02)


def _has_position(tx: ReadTx) -> bool:
    return tx.feed_state(Service.TICKETS).position is not None


async def test_offline_tickets_arrive_exactly_once(central: LiveCentral, tmp_path: Path) -> None:
    async with desk_at(central, tmp_path / "desk") as desk:
        for number in range(30):
            await desk.take(f"fault {number}")
        report = await desk.sync()
        assert (report.pushed, report.waiting, report.needs_review) == (30, 0, 0)
        assert [one.word in REACHED for one in report.services] == [True] * len(Service)
        assert await desk.all_settled()
        exactly_once(central, desk)
        offset = await desk.store.read(lambda tx: tx.desk.clock_offset())
        assert offset is not None
        assert abs(offset[0]) < 5_000


async def test_a_lane_of_edits_arrives_in_order(central: LiveCentral, tmp_path: Path) -> None:
    async with desk_at(central, tmp_path / "desk") as desk:
        await desk.take()
        lane = desk.taken[0][0]
        edits = [
            await desk.save("ticket.set", lane, place=f"floor {number}") for number in range(5)
        ]
        report = await desk.sync()
        assert report.waiting == 0
        ops = next(one["operations"] for one in central.truth() if one["id"] == lane)
        assert ops == [desk.taken[0][1], *edits]


FAULTS = ["down", "errors", "portal", "lost-answer", "stale", "split-brain"]


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_of_tickets_loses_doubles_and_stops_nothing(
    central: LiveCentral, tmp_path: Path, name: str
) -> None:
    """Given tickets under a fault, when work is saved, then customers settle meanwhile and
    tickets settle, once each, after it.
    """
    async with desk_at(central, tmp_path / "desk") as desk:
        await desk.take("before")
        await desk.sync()
        central.fault("tickets", name, back_ms=3_600_000)
        for number in range(5):
            await desk.take(f"during {number}")
        customer = await desk.save("customer.create", IDS.new_id(), name="Mina Okafor")
        report = await desk.sync()
        assert central.fired("tickets", name) > 0
        assert (await desk.states())[customer] is OpState.SETTLED
        assert word(report) == ("stale" if name == "stale" else "down")
        assert word(report, Service.CUSTOMERS) in REACHED
        central.clear()
        await desk.sync()
        await desk.sync()
        report = await desk.sync()
        assert report.waiting == 0
        assert word(report) in REACHED
        assert await desk.all_settled()
        exactly_once(central, desk)


@pytest.mark.parametrize("name", ["forgetful", "amnesic"])
async def test_a_central_restored_from_a_backup_gets_what_it_lost(
    central: LiveCentral, tmp_path: Path, name: str
) -> None:
    """Said or unsaid: what lies beyond the fork is offered again, same ids, by one sync."""
    async with desk_at(central, tmp_path / "desk") as desk:
        await desk.take("kept")
        await desk.sync()
        await asyncio.sleep(0.5)
        restored_to = CLOCK.now()
        await asyncio.sleep(0.2)
        for number in range(6):
            await desk.take(f"lost {number}")
        await desk.sync()
        assert len(central.truth()) == 7
        central.fault("tickets", name, back_ms=CLOCK.now() - restored_to)
        assert len(central.truth()) == 1
        assert (await desk.sync()).waiting == 0, "with nothing of its own to send"
        await desk.take("after")
        report = await desk.sync()
        assert report.waiting == 0
        assert word(report) in REACHED
        assert await desk.all_settled()
        exactly_once(central, desk)
        status = line(report.services, Service.TICKETS)
        assert status.mirrored == 8
        assert status.position is not None
        assert status.position[0] >= 2


async def test_two_desks_see_each_others_work_by_the_poll(
    central: LiveCentral, tmp_path: Path
) -> None:
    async with (
        desk_at(central, tmp_path / "one") as one,
        desk_at(central, tmp_path / "two") as two,
    ):
        assert one.identity.desk_code != two.identity.desk_code
        engine = two.engine()
        running = asyncio.ensure_future(engine.run())
        try:
            await until(lambda: two.store.read(_has_position))
            await one.take("seen elsewhere")
            await one.sync()
            lane = one.taken[0][0]
            await until(lambda: two.store.read(lambda tx: tx.tickets.row(lane) is not None))
        finally:
            engine.stop()
            await running


async def test_a_restart_of_central_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    with live_central(tmp_path / "central") as first:
        async with desk_at(first, tmp_path / "desk") as desk:
            for number in range(10):
                await desk.take(f"fault {number}")
            await desk.sync()
            for number in range(10):
                await desk.take(f"later {number}")
            with live_central(tmp_path / "central") as second:
                desk.client.reconfigure(places(None, [second.url]))
                report = await desk.sync()
                assert (report.pushed, report.waiting) == (10, 0)
                exactly_once(second, desk)


async def test_a_wrong_enrolment_code_is_refused(central: LiveCentral) -> None:
    transport = HttpxTransport()
    try:
        with pytest.raises(Invalid):
            await enrol(
                transport,
                [central.url],
                code="open sesame",
                desk_name="Nobody",
                public_key="cGs=",
                incarnation="inc-1",
            )
    finally:
        await transport.close()


async def test_a_forgotten_credential_waits_for_a_sign_in(
    central: LiveCentral, tmp_path: Path
) -> None:
    async with desk_at(central, tmp_path / "desk") as desk:
        await desk.sync()
        op_id = await desk.take()
        desk.client.renew(Access("no longer", desk.identity.incarnation))
        report = await desk.sync()
        assert (word(report), report.waiting) == ("sign_in", 1)
        assert (await desk.states())[op_id] is OpState.SIGN_IN
        desk.client.renew(Access(desk.identity.credential, desk.identity.incarnation))
        await desk.sync()
        report = await desk.sync()
        assert report.waiting == 0
        assert word(report) in REACHED
        exactly_once(central, desk)


async def test_a_merged_tickets_promise_is_kept_at_central_by_either_ticket(
    central: LiveCentral, tmp_path: Path
) -> None:
    """One is kept while the tickets are one, and is still kept where another desk sees them."""
    async with (
        desk_at(central, tmp_path / "one") as desk,
        desk_at(central, tmp_path / "two") as other,
    ):
        agent = desk.configuration.first_with(Role.AGENT)
        assert agent is not None
        inside = desk.inside()
        tickets, merging = Tickets(inside), Merging(inside)
        for fault in ("no picture", "no sound"):
            await desk.take(fault)
        part, left = [await reference_of(desk, lane) for lane, _ in desk.taken]
        await tickets.promise(part, "send a part", "Mina", CLOCK.now(), agent)
        await merging.merge_tickets(part, left, agent)
        await desk.sync()
        far = Millis(CLOCK.now() + DAY)
        (due,) = await tickets.call_backs(far)
        assert due.reference == left
        await tickets.keep_promise(left, due.id, agent)
        assert (await desk.sync()).needs_review == 0
        await other.sync()
        for one in (desk, other):
            assert await Tickets(one.inside()).call_backs(far) == []
        await merging.unmerge_ticket(part, agent)
        await desk.sync()
        await other.sync()
        for one in (desk, other):
            assert await Tickets(one.inside()).call_backs(far) == []
            shown = (await Tickets(one.inside()).by_reference(part)).promises
            assert [promise.kept_at is not None for promise in shown] == [True]


async def reference_of(desk: Desk, lane: str) -> str:
    row = await desk.store.read(lambda tx: tx.tickets.row(lane))
    assert row is not None
    return row.reference


async def test_what_is_fetched_anew_does_not_hide_what_central_lost(tmp_path: Path) -> None:
    """Given one desk alone and a restore that nobody said, then what it had sent is there again."""
    with live_central(tmp_path / "central") as central:
        async with desk_at(central, tmp_path / "one") as desk:
            await desk.take("before the backup")
            await desk.sync()
            await asyncio.sleep(0.2)
            backup = CLOCK.now()
            op_id = await desk.take("the caller of this morning")
            for _ in range(3):
                await desk.sync()
            assert (await desk.states())[op_id] is OpState.SETTLED
            await desk.store.write(
                lambda tx: tx.desk.set_setting(refetch_setting(Service.TICKETS), value=True)
            )
            central.ledger.go_back("tickets", CLOCK.now() - backup, said=False)
            assert central.ledger.verdict_of("tickets", op_id) is None
            for _ in range(5):
                await desk.sync()
            assert central.ledger.verdict_of("tickets", op_id) is not None
            assert (await desk.states())[op_id] is OpState.SETTLED
