"""Keeps the organisation's signed configuration fresh: its version only rises."""

from __future__ import annotations

from collections.abc import Callable

from app.central.contract.signing import read_document
from app.domain.changes import Changes
from app.domain.configuration import Configuration
from app.domain.errors import CentralUnavailable, Invalid
from app.ports.central import SignInNeeded
from app.ports.store import ReadTx, WriteTx
from app.sync.service_state import Tools


class ConfigurationWatch:
    """Fetches the document now and then; the last good one is kept whatever happens."""

    def __init__(self, tools: Tools, adopted: Callable[[Configuration], None]) -> None:
        self._tools = tools
        self._adopted = adopted

    async def run(self) -> None:
        """Fetch until cancelled."""
        each = self._tools.settings.configuration_each_s
        while True:
            fetched = await self.fetch()
            await self._tools.clock.sleep(
                self._tools.random.uniform(0.8, 1.2) * (each if fetched else each / 10)
            )

    async def load(self) -> None:
        """Take up the stored one."""
        known = await self._tools.store.read(stored_configuration)
        if known is not None:
            self._adopted(known)

    async def fetch(self) -> bool:
        """Ask central; whether it answered with a document this organisation signed."""
        try:
            document = await self._tools.central.configuration()
        except (CentralUnavailable, SignInNeeded):
            return False
        return await self.keep(document)

    async def keep(self, document: bytes) -> bool:
        """Take up a document; whether this organisation signed it. An older one changes nothing."""
        store = self._tools.store
        key = await store.read(lambda tx: tx.desk.identity().organisation_key)
        try:
            fresh = read_document(document, key)
        except Invalid:
            return False
        known = await store.read(stored_configuration)
        if known is not None and fresh.version <= known.version:
            return True

        def write(tx: WriteTx) -> None:
            tx.desk.keep_configuration(document)
            tx.note_change(Changes.of("configuration"))

        await store.write(write, by_person=False)
        self._adopted(fresh)
        return True


def stored_configuration(tx: ReadTx) -> Configuration | None:
    """The last good one, its signature verified again; None before enrolment. Raises Invalid."""
    document = tx.desk.configuration_document()
    if document is None:
        return None
    return read_document(document, tx.desk.identity().organisation_key)
