"""What a desk tells central of itself: its seed, what it took over, how it stands."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

import pytest

from app.domain.audit import SignedHead
from app.domain.central_services import Service
from app.domain.desk_standing import REPORT_EACH_S, DeskReport, DeskStanding
from app.domain.errors import CentralUnavailable
from app.domain.feed import Silence
from app.domain.ids import Millis, PersonId
from app.domain.operations import Json
from app.domain.seeding import SEED_SETTING
from app.domain.take_overs import TAKE_OVERS
from app.ports.seeds import Claimed
from app.ports.store import DeskIdentity
from app.sync.desk_report import About, DeskReporter
from app.sync.engine import SyncEngine
from app.sync.seed_claim import SeedClaim
from app.sync.take_overs import TakeOvers
from tests.support.memory_store import IDENTITY
from tests.unit.sync.real_desk import TICKETS, RealDesk, real
from tests.unit.sync.test_configuration import PUBLIC, document


@dataclass
class Told:
    """Central's side of it; implements `Seeds` and `Desks`."""

    away: bool = False
    claimed: Claimed | None = None
    receipt: str | None = None
    claims: list[tuple[str, str, str]] = field(default_factory=list)
    asked: int = 0
    """How often somebody spoke to it."""
    shown: list[bytes] = field(default_factory=list)
    reports: list[DeskReport] = field(default_factory=list)

    def _answer(self) -> None:
        self.asked += 1
        if self.away:
            raise CentralUnavailable("It does not answer.", cause=Silence.CONNECT)

    async def claim(self, token: str, public_key: str, incarnation: str) -> Claimed | None:
        self._answer()
        self.claims.append((token, public_key, incarnation))
        return self.claimed

    async def take_over(self, certificate: bytes) -> bool:
        self._answer()
        self.shown.append(certificate)
        return True

    async def report(self, report: DeskReport) -> str | None:
        self._answer()
        self.reports.append(report)
        return self.receipt

    async def signed_heads(self) -> tuple[SignedHead, ...]:
        return ()

    async def standings(self, person: PersonId) -> tuple[DeskStanding, ...]:
        return ()


def engine_with(desk: RealDesk, told: Told, renewed: Callable[[DeskIdentity], None]) -> SyncEngine:
    engine = desk.engine()
    engine.claim_through(SeedClaim(engine.tools, told, renewed))
    about = About("1.2.3", lambda: Millis(7), lambda _tx: "sealing")
    engine.report_through(DeskReporter(engine.tools, told, about), TakeOvers(engine.tools, told))
    return engine


@asynccontextmanager
async def running(desk: RealDesk, engine: SyncEngine) -> AsyncIterator[None]:
    """The engine at work until the block ends."""
    work = asyncio.ensure_future(engine.run())
    await desk.clock.sleep(1.0)
    try:
        yield
    finally:
        engine.stop()
        await work


def nobody(_identity: DeskIdentity) -> None:
    pytest.fail("nothing was claimed")


@real
async def test_a_seed_is_claimed_as_soon_as_central_answers(desk: RealDesk) -> None:
    told, renewed = Told(away=True), list[DeskIdentity]()
    known = replace(IDENTITY, organisation_key=PUBLIC)
    await desk.store.write(lambda tx: tx.desk.keep_identity(known))
    await desk.store.write(
        lambda tx: tx.desk.set_setting(SEED_SETTING, {"token": "seed", "public_key": "key"})
    )
    engine = engine_with(desk, told, renewed.append)
    await engine.sync_once()
    assert await desk.store.read(lambda tx: tx.desk.setting(SEED_SETTING)) is not None
    told.away, told.claimed = False, Claimed("new credential", document(1))
    await engine.sync_once()
    assert told.claims == [("seed", "key", "inc-1")]
    assert [one.credential for one in renewed] == ["new credential"]
    identity = await desk.store.read(lambda tx: tx.desk.identity())
    assert identity == renewed[0] == replace(known, credential="new credential")
    assert await desk.store.read(lambda tx: tx.desk.configuration_document()) == document(1)
    assert await desk.store.read(lambda tx: tx.desk.setting(SEED_SETTING)) is None
    await engine.sync_once()
    assert len(told.claims) == 1


@real
async def test_a_desk_at_work_claims_its_seed_soon_and_then_asks_for_all_at_once(
    desk: RealDesk,
) -> None:
    """Given everything refused for want of a credential, nothing rests once there is one."""
    known = replace(IDENTITY, organisation_key=PUBLIC)
    await desk.store.write(lambda tx: tx.desk.keep_identity(known))
    seed: dict[str, Json] = {"token": "seed", "public_key": "key"}
    await desk.store.write(lambda tx: tx.desk.set_setting(SEED_SETTING, seed))
    told, came = Told(away=True), list[float]()
    desk.central.signed_out = True

    def renewed(_identity: DeskIdentity) -> None:
        desk.central.signed_out = False
        desk.central.requests.clear()
        desk.central.probes.clear()
        came.append(desk.clock.monotonic())

    async with running(desk, engine_with(desk, told, renewed)):
        await desk.clock.sleep(300)
        told.away, told.claimed = False, Claimed("new credential", document(1))
        began, before = desk.clock.monotonic(), told.asked
        await desk.clock.sleep(60)
    assert came == [pytest.approx(came[0])]
    assert came[0] - began <= 15
    assert 15 <= before <= 30, "by the clock, without spinning"
    first = [service for _when, service in desk.central.probes[: len(Service)]]
    assert set(first) == set(Service)
    assert desk.central.probes[len(Service) - 1][0] - came[0] < 1
    early = {service for name, service in desk.central.requests[:12] if name == "changes"}
    assert early == set(Service), "the rest after a refusal has ended"


@real
async def test_a_desk_at_work_shows_what_it_took_over_and_sends_it_at_once(desk: RealDesk) -> None:
    told = Told(away=True)
    _ticket, taken = await desk.take("taken over")
    await desk.store.write(lambda tx: tx.desk.set_setting(TAKE_OVERS, ["one"]))
    async with running(desk, engine_with(desk, told, nobody)):
        await desk.clock.sleep(300)
        assert desk.central.attempts == []
        told.away = False
        began = desk.clock.monotonic()
        await desk.clock.sleep(20)
        assert told.shown == [b"one"]
        ((when, _service, attempt),) = desk.central.attempts
        assert attempt.op_id == taken
        assert when - began <= 16
        await desk.clock.sleep(300)
    assert told.shown == [b"one"]


@real
async def test_a_desk_at_work_reports_by_the_clock_while_somebody_answers(desk: RealDesk) -> None:
    told = Told()
    async with running(desk, engine_with(desk, told, nobody)):
        await desk.clock.sleep(600)
        assert 9 <= len(told.reports) <= 11
        desk.central.away = dict.fromkeys(Service, Silence.CONNECT)
        await desk.clock.sleep(60)
        before = len(told.reports)
        await desk.clock.sleep(600)
        assert len(told.reports) == before
        desk.central.away = {}
        await desk.clock.sleep(120)
        assert len(told.reports) > before
    told.away = True
    await engine_with(desk, told, nobody).sync_once()  # who answers no report stops nothing


@real
async def test_a_seed_that_another_computer_has_claimed_is_not_asked_for_again(
    desk: RealDesk,
) -> None:
    told = Told()
    await desk.store.write(
        lambda tx: tx.desk.set_setting(SEED_SETTING, {"token": "seed", "public_key": "key"})
    )
    engine = engine_with(desk, told, nobody)
    await engine.sync_once()
    await engine.sync_once()
    assert len(told.claims) == 1
    kept = await desk.store.read(lambda tx: tx.desk.setting(SEED_SETTING))
    assert kept == {"refused": True}


@real
async def test_what_was_taken_over_goes_only_once_central_has_seen_it(desk: RealDesk) -> None:
    told = Told(away=True)
    _ticket, taken = await desk.take("taken over")
    await desk.store.write(lambda tx: tx.desk.set_setting(TAKE_OVERS, ["one", "two"]))
    engine = engine_with(desk, told, nobody)
    report = await engine.sync_once()
    assert (report.pushed, desk.central.attempts) == (0, [])
    told.away = False
    report = await engine.sync_once()
    assert told.shown == [b"one", b"two"]
    assert [attempt.op_id for _when, _service, attempt in desk.central.attempts] == [taken]
    assert await desk.store.read(lambda tx: tx.desk.setting(TAKE_OVERS)) == []
    await engine.sync_once()
    assert told.shown == [b"one", b"two"]


@real
async def test_a_desk_reports_each_minute_while_central_answers(desk: RealDesk) -> None:
    told = Told()
    _ticket, _waiting = await desk.take("waits")
    desk.central.away = dict.fromkeys(Service, Silence.CONNECT)
    engine = engine_with(desk, told, nobody)
    await engine.sync_once()
    assert told.reports == [], "nobody to report to"
    desk.central.away = {TICKETS: Silence.CONNECT}
    recorded = desk.clock.now()
    await engine.sync_once()
    (report,) = told.reports
    assert (report.version, report.last_drill, report.sealing_key) == ("1.2.3", 7, "sealing")
    assert (report.waiting, report.needs_review, report.unsent) == (1, 0, 1)
    assert report.oldest_unsent is not None
    assert report.oldest_unsent <= recorded
    assert set(report.as_of) == set(Service)
    assert report.as_of[TICKETS] is None
    assert report.as_of[Service.CUSTOMERS] is not None
    assert report.audit == await desk.store.read(lambda tx: tx.audit.head())


@real
async def test_what_central_signs_of_the_trail_is_kept_once(desk: RealDesk) -> None:
    told = Told()
    engine = engine_with(desk, told, nobody)
    await engine.sync_once()
    assert await desk.store.read(lambda tx: list(tx.audit.anchors())) == []
    told.receipt = "signed"
    await engine.sync_once()
    await desk.clock.sleep(REPORT_EACH_S)
    await engine.sync_once()
    (anchor,) = await desk.store.read(lambda tx: list(tx.audit.anchors()))
    head = await desk.store.read(lambda tx: tx.audit.head())
    assert (anchor.n, anchor.head, anchor.by, anchor.receipt) == (
        head.n, head.hash, "sync", "signed"
    )  # fmt: skip
    assert len(told.reports) == 3
