"""A desk for the screens: the real services over a store in memory, and an engine to steer."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import cast

from app.domain.audit import SignedHead
from app.domain.central_services import Service
from app.domain.configuration import Configuration, DeskEntry, SafetyText
from app.domain.desk_standing import DeskReport, DeskStanding
from app.domain.errors import CentralUnavailable
from app.domain.ids import Millis, PersonId
from app.domain.parity import ParityReport
from app.domain.payments.policy import PaymentPolicy
from app.domain.people import Person, Role
from app.domain.times import MINUTE, from_rfc3339
from app.domain.views import ServiceStatus, ServiceWord, SyncReport
from app.ports.central import EndpointState
from app.ports.store import DeskIdentity, Store
from app.providers.executor import InlineExecutor
from app.providers.phones import LibPhoneNumbers
from app.providers.statements.reader import ProfileStatements
from app.services.approvals import Approvals
from app.services.auditing import Auditing
from app.services.blanks import Blanks
from app.services.catalog_care import CatalogCare
from app.services.catch_up import CatchingUp
from app.services.conflicts import Conflicts
from app.services.copies import Copies
from app.services.desk import Desk, Tools
from app.services.exporting import Exporting
from app.services.finding import Finding
from app.services.handing_over import HandingOver
from app.services.intake import Intake
from app.services.merging import Merging
from app.services.model_finding import ModelFinder
from app.services.models import Models
from app.services.opened import OpenedDesk
from app.services.outgoing import Outgoing
from app.services.oversight import Oversight
from app.services.payments import Payments
from app.services.people import People
from app.services.reporting import Reporting
from app.services.settings import Settings
from app.services.shift import Shift
from app.services.signing import Signing
from app.services.tickets import Tickets
from local_store.person_keys import PersonKeys
from tests.support.ui_store import Contents, MemoryStore

NOON = from_rfc3339("2026-11-23T11:06:00Z")

IDENTITY = DeskIdentity(
    desk_id="desk-1",
    name="Front desk",
    desk_code="K7",
    spare_codes=("K8",),
    incarnation="i-1",
    credential="secret",
    organisation_key="",
    central_urls=("http://127.0.0.1:1",),
    enrolled_at=Millis(0),
)

ELLEN = Person(PersonId("ellen"), "Ellen Marsh", frozenset({Role.AGENT}))
TOM = Person(PersonId("tom"), "Tom Reyes", frozenset({Role.AGENT, Role.SUPERVISOR}))
AUDITOR = Person(PersonId("ada"), "Ada Quist", frozenset({Role.AUDITOR}))

CONFIGURATION = Configuration(
    version=1,
    organisation="Example",
    people=(ELLEN, TOM, AUDITOR),
    desks=(
        DeskEntry("desk-1", "Front desk", ("K7",), "201"),
        DeskEntry("desk-2", "Leeds", ("C1",), "204"),
    ),
    payments=PaymentPolicy(per_desk=20, money_per_desk={"GBP": 100_000}, visit_cost={"GBP": 8_500}),
    safety_texts=tuple(
        SafetyText(danger, language, say, ring)
        for danger in ("gas", "smoke", "shock", "water")
        for language, say, ring in (
            ("en", "Leave the room now and touch no switch.", "Ring 999, then the gas line."),
            ("de", "Verlassen Sie sofort den Raum, keinen Schalter berühren.", "112 anrufen."),
        )
    ),
)


@dataclass
class FixedClock:
    """Time stands until a test moves it."""

    at: Millis = NOON
    seconds: float = 0.0

    def now(self) -> Millis:
        return self.at

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        self.seconds += seconds

    def pass_minutes(self, minutes: float) -> None:
        self.at = Millis(self.at + int(minutes * MINUTE))


class CountedIds:
    """Ids that count up."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def new_id(self) -> str:
        return f"01900000-0000-7000-8000-{next(self._numbers):012x}"


def status(service: Service, word: ServiceWord = ServiceWord.UP) -> ServiceStatus:
    """A service's line with sensible values."""
    return ServiceStatus(
        service=service,
        word=word,
        since=None,
        as_of=NOON,
        last_good=Millis(NOON - 5_000),
        endpoint="https://west.example",
        next_try=None,
        detail="",
        position=(1, 10),
        mirrored=100,
        expected=None,
        waiting=0,
    )


@dataclass
class SteeredSync:
    """The engine's face: statuses as a test sets them, calls recorded."""

    shown: dict[Service, ServiceStatus] = field(
        default_factory=lambda: {service: status(service) for service in Service}
    )
    started: int = 0
    nudges: int = 0
    probes: int = 0
    _listeners: list[Callable[[], None]] = field(default_factory=list)

    def statuses(self, now: Millis) -> tuple[ServiceStatus, ...]:
        return tuple(self.shown[service] for service in Service)

    def endpoints(self, service: str) -> tuple[EndpointState, ...]:
        return (
            EndpointState("https://west.example", "West, cloud A", None, 0, True, NOON, ""),
            EndpointState("https://north.example", "North, cloud B", None, 0, False, NOON, ""),
        )

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def start(self) -> None:
        self.started += 1

    def nudge(self) -> None:
        self.nudges += 1

    def probe_all(self) -> None:
        self.probes += 1

    async def register_keys(self) -> None:
        """Central has heard of every key."""

    def set(self, service: Service, **changes: object) -> None:
        """Move a status and tell the screens."""
        self.shown[service] = replace(self.shown[service], **changes)  # type: ignore[arg-type]  # a test names the fields
        for listener in tuple(self._listeners):
            listener()

    def tickets_down(self, since: Millis) -> None:
        self.set(
            Service.TICKETS,
            word=ServiceWord.DOWN,
            since=since,
            as_of=since,
            outage_since=since,
            next_try=Millis(NOON + 12_000),
        )


@dataclass
class UiDesk:
    """An opened desk with everything a test wants to reach behind it."""

    opened: OpenedDesk
    store: MemoryStore
    contents: Contents
    clock: FixedClock
    sync: SteeredSync
    commands: list[list[str]]
    others: KnownDesks


@dataclass
class KnownDesks:
    """Implements the port of desks: what a test says they are, and what this desk reported."""

    standing: list[DeskStanding] = field(default_factory=list)
    reported: list[DeskReport] = field(default_factory=list)
    away: bool = False
    heads: list[SignedHead] = field(default_factory=list)
    asked_by: list[str] = field(default_factory=list)

    async def report(self, report: DeskReport) -> None:
        self.reported.append(report)

    async def take_over(self, certificate: bytes) -> bool:
        self.asked_by.append(certificate.decode())
        return True

    async def signed_heads(self) -> tuple[SignedHead, ...]:
        if self.away:
            raise CentralUnavailable("Central does not answer.")
        return tuple(self.heads)

    async def standings(self, person: PersonId) -> tuple[DeskStanding, ...]:
        self.asked_by.append(person)
        if self.away:
            raise CentralUnavailable("Central does not answer.")
        return tuple(self.standing)


def _following(desk: Desk) -> ModelFinder:
    finder = ModelFinder(desk, InlineExecutor())
    _ = finder.follow()
    return finder


async def _nothing_compared() -> tuple[ParityReport, ...]:
    return ()


def ui_desk(contents: Contents | None = None, real: Store | None = None) -> UiDesk:
    """A desk over these contents, or over a real store."""
    held = contents or Contents()
    store, clock, sync = MemoryStore(held, IDENTITY), FixedClock(), SteeredSync()
    tools = Tools(clock, CountedIds(), LibPhoneNumbers())
    desk = Desk(real or cast("Store", store), tools, IDENTITY, CONFIGURATION)
    desk.reachable = lambda service: sync.shown[service].word is not ServiceWord.DOWN
    commands: list[list[str]] = []
    others = KnownDesks()

    async def run_command(argv: list[str]) -> tuple[int, str]:
        commands.append(argv)
        return 0, "{}"

    async def report() -> SyncReport:
        return SyncReport(0, 0, 0, 0, sync.statuses(clock.now()))

    opened = OpenedDesk(
        desk=desk,
        intake=Intake(desk),
        tickets=Tickets(desk),
        people=People(desk),
        finding=Finding(desk),
        outgoing=Outgoing(desk, None),
        conflicts=Conflicts(desk),
        oversight=Oversight(desk),
        merging=Merging(desk),
        models=Models(desk),
        catalog=CatalogCare(desk),
        auditing=Auditing(desk, others),
        finder=_following(desk),
        payments=Payments(desk),
        blanks=Blanks(desk),
        reporting=Reporting(desk),
        catching_up=CatchingUp(desk, others),
        shift=Shift(desk),
        handing_over=HandingOver(desk, os.urandom),
        approvals=Approvals(desk),
        signing=Signing(desk, PersonKeys(), sync),
        sync=sync,
        subscribe=desk.store.subscribe,
        run_command=run_command,
        sync_once=report,
        standing=report,
        check_parity=_nothing_compared,
        exporting=Exporting(desk),
        copies=Copies(desk),
        settings=Settings(desk),
        statements=ProfileStatements(Path("no-profile")),
        close=lambda: None,
    )
    return UiDesk(opened, store, held, clock, sync, commands, others)
