"""The composition root: the only place that knows which class stands behind which port."""

from __future__ import annotations

import argparse
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

from app import config, drills, logs, profiles
from app.central.client.contract_client import Access, ContractClient
from app.central.client.desks import DeskTalk
from app.central.client.endpoints import places
from app.central.client.seeds import SeedTalk
from app.central.client.transport import HttpxTransport, TransportSettings
from app.central.contract import boxes
from app.domain.configuration import Configuration
from app.domain.desk_keys import SEALING_KEY, SealingKey, sealing_key_of
from app.domain.errors import StoreLocked
from app.domain.ids import Millis
from app.domain.parity import ParityReport
from app.domain.views import ServiceStatus, SyncReport
from app.own_place import keep_apart
from app.ports.central import Central, EndpointState
from app.ports.desks import Desks
from app.ports.store import DeskIdentity, ReadTx, Store, WriteTx
from app.ports.sync import KeyRegistration, SyncControl
from app.providers.executor import ThreadExecutor
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
from app.sync.desk_report import About, DeskReporter
from app.sync.engine import SyncEngine
from app.sync.seed_claim import SeedClaim
from app.sync.take_overs import TakeOvers
from app.sync.thread import CentralOnThread, DesksOnThread, EngineThread

CommandRunner = Callable[[OpenedDesk, list[str]], Awaitable[tuple[int, str]]]


@dataclass(frozen=True, slots=True)
class Opening:
    """Which profile to open, how to get at its key, and whether it syncs by itself."""

    profile: Path
    passphrase_file: Path | None = None
    runs_sync: bool = False

    @classmethod
    def of(cls, arguments: argparse.Namespace) -> Opening:
        """As a command line says it."""
        profile = config.profile_folder(arguments.profile, config.pinned())
        return cls(profile, arguments.passphrase_file)


def socket_name(profile: Path) -> str:
    """Where the running desk of that profile listens."""
    return profiles.PLATFORM.socket_name(profile)


async def open_desk(opening: Opening, run_command: CommandRunner) -> OpenedDesk:
    """Unlock and open the store, put the services on it, start the engine where asked.

    Raises StoreAbsent, StoreLocked (another process has the profile), StoreKeyMissing,
    StoreKeyWrong, StoreDamaged, StoreTooNew, SecretsUnavailable.
    """
    profiles.require_enrolled(opening.profile)
    closing = ExitStack()
    try:
        hold(closing, profiles.lock(opening.profile))
        logs.start(opening.profile / "logs")
        closing.callback(logs.stop)
        store = profiles.open_store(opening.profile, opening.passphrase_file, closing)
        await keep_apart(store, opening.profile)
        await ensure_sealing_key(store)
        desk = await Desk.open(store, Tools(profiles.CLOCK, profiles.IDS, LibPhoneNumbers()))
        about = about_of(opening.profile)
        running = opening.runs_sync
        syncing = await _running(desk, closing, about) if running else _on_demand(desk, about)
        return _assembled(desk, syncing, opening.profile, closing, run_command)
    except BaseException:
        closing.close()
        raise


async def ensure_sealing_key(store: Store) -> None:
    """A desk that was enrolled before there was such a key makes one; the next report lists it."""
    if await store.read(lambda tx: tx.desk.setting(SEALING_KEY)) is not None:
        return

    def write(tx: WriteTx) -> None:
        if tx.desk.setting(SEALING_KEY) is None:
            tx.desk.set_setting(
                SEALING_KEY, SealingKey(*boxes.new_key(profiles.RANDOM.bytes)).kept()
            )

    await store.write(write, by_person=False)


def hold(closing: ExitStack, lock: AbstractContextManager[bool]) -> None:
    """Keep the profile for this process until `closing`. Raises StoreLocked."""
    if not closing.enter_context(lock):
        raise StoreLocked(
            "This profile is in use by another program.",
            safe="Nothing was changed.",
            todo="Use the desk that is open, or close it first.",
        )


@dataclass(frozen=True, slots=True)
class _Syncing:
    """The engine as the desk uses it, running on its thread or only when asked."""

    control: SyncControl
    central: Central
    once: Callable[[], Awaitable[SyncReport]]
    standing: Callable[[], Awaitable[SyncReport]]
    check_parity: Callable[[], Awaitable[tuple[ParityReport, ...]]]
    keys: KeyRegistration
    desks: Desks
    renew: Callable[[DeskIdentity], None]


def _assembled(
    desk: Desk,
    syncing: _Syncing,
    profile: Path,
    closing: ExitStack,
    run_command: CommandRunner,
) -> OpenedDesk:
    async def run_line(words: list[str]) -> tuple[int, str]:
        return await run_command(opened, words)

    opened = OpenedDesk(
        desk=desk,
        intake=Intake(desk),
        tickets=Tickets(desk),
        people=People(desk),
        finding=Finding(desk),
        outgoing=Outgoing(desk, syncing.central),
        conflicts=Conflicts(desk),
        oversight=Oversight(desk),
        merging=Merging(desk),
        models=Models(desk),
        catalog=CatalogCare(desk),
        auditing=Auditing(desk, syncing.desks),
        finder=_finder(desk, closing),
        payments=Payments(desk),
        blanks=Blanks(desk),
        reporting=Reporting(desk),
        catching_up=CatchingUp(desk, syncing.desks),
        shift=Shift(desk),
        handing_over=HandingOver(desk, profiles.RANDOM.bytes, syncing.renew),
        approvals=Approvals(desk),
        signing=Signing(desk, profiles.PERSON_KEYS, syncing.keys),
        sync=syncing.control,
        subscribe=desk.store.subscribe,
        run_command=run_line,
        sync_once=syncing.once,
        standing=syncing.standing,
        check_parity=syncing.check_parity,
        exporting=Exporting(desk),
        copies=Copies(desk),
        settings=Settings(desk),
        statements=ProfileStatements(profile),
        close=closing.close,
    )
    return opened


def _finder(desk: Desk, closing: ExitStack) -> ModelFinder:
    """Callers' words are resolved on a thread of their own, so that no read waits for them."""
    executor = ThreadExecutor(readers=1)
    closing.callback(executor.close)
    finder = ModelFinder(desk, executor)
    closing.callback(finder.follow())
    return finder


def about_of(profile: Path) -> About:
    """What the desk's reports say beside what stands in the store."""

    def sealing_key(tx: ReadTx) -> str:
        kept = sealing_key_of(tx.desk.setting(SEALING_KEY))
        return kept.public if kept is not None else ""

    return About(config.program_version(), lambda: drills.last_drill(profile), sealing_key)


async def _running(desk: Desk, closing: ExitStack, about: About) -> _Syncing:
    """The engine, knowing where everything stood; it talks to central once it is started."""
    client = client_of(desk)
    engine = _engine(desk, client, about)
    await engine.load()
    thread = EngineThread(engine, client.close)
    closing.callback(thread.stop)
    desk.reachable = thread.reachable
    central = CentralOnThread(client, thread)
    desks = DesksOnThread(DeskTalk(client), thread)
    return _Syncing(
        thread,
        central,
        thread.sync_once,
        thread.standing,
        thread.check_parity,
        thread,
        desks,
        _renewing(client),
    )


def _on_demand(desk: Desk, about: About) -> _Syncing:
    """For one command: nothing talks to central until the command asks for it."""
    client = client_of(desk)

    async def once() -> SyncReport:
        try:
            return await _engine(desk, client, about).sync_once()
        finally:
            await client.close()

    async def standing() -> SyncReport:
        engine = _engine(desk, client, about)
        await engine.load()
        return await engine.standing()

    async def check_parity() -> tuple[ParityReport, ...]:
        try:
            return await _engine(desk, client, about).check_parity()
        finally:
            await client.close()

    keys = _KeysOnce(_engine(desk, client, about), client)
    desks = DeskTalk(client)
    renew = _renewing(client)
    return _Syncing(_AtRest(), client, once, standing, check_parity, keys, desks, renew)


def _renewing(client: ContractClient) -> Callable[[DeskIdentity], None]:
    """Speak under another credential or incarnation from the next request on."""
    return lambda identity: client.renew(Access(identity.credential, identity.incarnation))


@dataclass(frozen=True, slots=True)
class _KeysOnce:
    """Implements KeyRegistration for one command: nothing is left open behind it."""

    engine: SyncEngine
    client: ContractClient

    async def register_keys(self) -> None:
        try:
            await self.engine.register_keys()
        finally:
            await self.client.close()


class _AtRest:
    """Implements SyncControl where no engine runs: there is nobody to wake."""

    def start(self) -> None:
        """Only when the command asks for it."""

    def statuses(self, now: Millis) -> tuple[ServiceStatus, ...]:
        del now
        return ()

    def endpoints(self, service: str) -> tuple[EndpointState, ...]:
        del service
        return ()

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        del listener  # no status moves where no engine runs
        return lambda: None

    def nudge(self) -> None:
        """What was saved goes with the next sync."""

    def probe_all(self) -> None:
        """Nobody to ask."""


def client_of(desk: Desk) -> ContractClient:
    identity = desk.identity
    return ContractClient(
        HttpxTransport(transport_settings()),
        profiles.CLOCK,
        Access(identity.credential, identity.incarnation),
        places(desk.configuration, identity.central_urls),
    )


def _engine(desk: Desk, client: ContractClient, about: About) -> SyncEngine:
    def adopt(configuration: Configuration) -> None:
        client.reconfigure(places(configuration, desk.identity.central_urls))
        desk.configuration = configuration

    engine = SyncEngine(
        desk.store,
        client,
        profiles.CLOCK,
        profiles.RANDOM,
        profiles.IDS,
        configuration_changed=adopt,
    )

    def renewed(identity: DeskIdentity) -> None:
        _renewing(client)(identity)
        desk.identity = identity

    engine.claim_through(SeedClaim(engine.tools, SeedTalk(client), renewed))
    desks = DeskTalk(client)
    reporter = DeskReporter(engine.tools, desks, about)
    engine.report_through(reporter, TakeOvers(engine.tools, desks))
    return engine


def transport_settings() -> TransportSettings:
    """As the machine-wide file says."""
    pins = config.pinned()
    return TransportSettings(
        proxy=pins.proxy,
        ca_file=str(pins.ca_file) if pins.ca_file else None,
        system_trust=pins.system_trust,
    )
