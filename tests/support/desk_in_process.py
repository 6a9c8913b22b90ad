"""A desk opened in the test's own process: the real store, services, client and engine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from app import main, profiles
from app.central.client.contract_client import Access, ClientSettings, ContractClient
from app.central.client.endpoints import places
from app.central.client.transport import HttpxTransport, TransportSettings
from app.cli.commands import run_line
from app.domain.views import SyncReport
from app.services.opened import OpenedDesk
from app.sync.engine import SyncEngine

IMPATIENT = ClientSettings(attempt_s=0.7, read_s=3.0, probe_s=1.0)
"""Deadlines a tenth of the desk's, so that a test of silence does not take minutes."""


async def open_profile(profile: Path, passphrase_file: Path) -> OpenedDesk:
    """As the composition root opens it for one command; close it by its `close`."""
    return await main.open_desk(main.Opening(profile, passphrase_file), run_line)


@dataclass(frozen=True, slots=True)
class DeskInProcess:
    """An opened desk, and an engine for it with other deadlines."""

    opened: OpenedDesk
    settings: ClientSettings
    client_class: type[ContractClient] = ContractClient
    engine_class: type[SyncEngine] = SyncEngine
    """Others than the real ones are the controls of a test."""

    async def sync(self, deadline_s: float = 60.0) -> SyncReport:
        """Push and pull once over real connections."""
        desk = self.opened.desk
        identity = desk.identity
        client = self.client_class(
            HttpxTransport(TransportSettings()),
            profiles.CLOCK,
            Access(identity.credential, identity.incarnation),
            places(desk.configuration, identity.central_urls),
            self.settings,
        )
        engine = self.engine_class(
            desk.store, client, profiles.CLOCK, profiles.RANDOM, profiles.IDS
        )
        try:
            return await engine.sync_once(deadline_s)
        finally:
            await client.close()


@asynccontextmanager
async def desk_in_process(
    profile: Path, passphrase_file: Path, settings: ClientSettings = IMPATIENT
) -> AsyncIterator[DeskInProcess]:
    """Open, and close whatever happens."""
    opened = await open_profile(profile, passphrase_file)
    try:
        yield DeskInProcess(opened, settings)
    finally:
        opened.close()
