"""The composition root: the only place that knows which class stands behind which port."""

from __future__ import annotations

import argparse
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

from app import config, logs, profiles
from app.central.client.contract_client import Access, ContractClient
from app.central.client.endpoints import places
from app.central.client.transport import HttpxTransport, TransportSettings
from app.domain.configuration import Configuration
from app.domain.errors import StoreLocked
from app.domain.ids import Millis
from app.domain.views import ServiceStatus, SyncReport
from app.ports.central import Central, EndpointState
from app.ports.sync import SyncControl
from app.providers.phones import LibPhoneNumbers
from app.services.desk import Desk, Tools
from app.services.exporting import Exporting
from app.services.finding import Finding
from app.services.intake import Intake
from app.services.opened import OpenedDesk
from app.services.outgoing import Outgoing
from app.services.people import People
from app.services.tickets import Tickets
from app.sync.engine import SyncEngine
from app.sync.thread import CentralOnThread, EngineThread

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
        _hold(closing, profiles.lock(opening.profile))
        logs.start(opening.profile / "logs")
        closing.callback(logs.stop)
        store = profiles.open_store(opening.profile, opening.passphrase_file, closing)
        desk = await Desk.open(store, Tools(profiles.CLOCK, profiles.IDS, LibPhoneNumbers()))
        return _assembled(desk, opening, closing, run_command)
    except BaseException:
        closing.close()
        raise


def _hold(closing: ExitStack, lock: AbstractContextManager[bool]) -> None:
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


def _assembled(
    desk: Desk, opening: Opening, closing: ExitStack, run_command: CommandRunner
) -> OpenedDesk:
    syncing = _running(desk, closing) if opening.runs_sync else _on_demand(desk)

    async def run_line(words: list[str]) -> tuple[int, str]:
        return await run_command(opened, words)

    opened = OpenedDesk(
        desk=desk,
        intake=Intake(desk),
        tickets=Tickets(desk),
        people=People(desk),
        finding=Finding(desk),
        outgoing=Outgoing(desk, syncing.central),
        sync=syncing.control,
        subscribe=desk.store.subscribe,
        run_command=run_line,
        sync_once=syncing.once,
        standing=syncing.standing,
        exporting=Exporting(desk),
        close=closing.close,
    )
    return opened


def _running(desk: Desk, closing: ExitStack) -> _Syncing:
    client = client_of(desk)
    engine = _engine(desk, client)
    thread = EngineThread(engine, client.close)
    thread.start()
    closing.callback(thread.stop)
    desk.reachable = thread.reachable
    return _Syncing(thread, CentralOnThread(client, thread), thread.sync_once, thread.standing)


def _on_demand(desk: Desk) -> _Syncing:
    """For one command: nothing talks to central until the command asks for it."""
    client = client_of(desk)

    async def once() -> SyncReport:
        try:
            return await _engine(desk, client).sync_once()
        finally:
            await client.close()

    async def standing() -> SyncReport:
        engine = _engine(desk, client)
        await engine.load()
        return await engine.standing()

    return _Syncing(_AtRest(), client, once, standing)


class _AtRest:
    """Implements SyncControl where no engine runs: there is nobody to wake."""

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


def _engine(desk: Desk, client: ContractClient) -> SyncEngine:
    def adopt(configuration: Configuration) -> None:
        client.reconfigure(places(configuration, desk.identity.central_urls))
        desk.configuration = configuration

    return SyncEngine(
        desk.store,
        client,
        profiles.CLOCK,
        profiles.RANDOM,
        configuration_changed=adopt,
    )


def transport_settings() -> TransportSettings:
    """As the machine-wide file says."""
    pins = config.pinned()
    return TransportSettings(
        proxy=pins.proxy,
        ca_file=str(pins.ca_file) if pins.ca_file else None,
        system_trust=pins.system_trust,
    )
