"""Keeps which services were away from when to when, for the catch-up afterwards."""

from __future__ import annotations

from collections.abc import Iterable

from app.domain.central_services import Service
from app.domain.changes import Changes
from app.domain.outages import OUTAGES_SETTING, Line, kept_form, noted, spells_of
from app.domain.views import ServiceStatus, ServiceWord
from app.ports.store import WriteTx
from app.sync.service_state import Tools


class OutageLog:
    """Writes only when a line came or went; nothing is written each second."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools
        self._told: dict[Service, Line] = {}

    async def note(self, statuses: Iterable[ServiceStatus]) -> None:
        """Take up how the services stand now."""
        lines = {
            Service(one.service): Line(one.outage_since, one.word is ServiceWord.DOWN)
            for one in statuses
        }
        if lines == self._told:
            return
        self._told = lines
        now = self._tools.clock.now()
        kept = await self._tools.store.read(lambda tx: tx.desk.setting(OUTAGES_SETTING))
        before = spells_of(kept)
        if noted(before, lines, now) == before:
            return

        def write(tx: WriteTx) -> None:
            found = noted(spells_of(tx.desk.setting(OUTAGES_SETTING)), lines, now)
            tx.desk.set_setting(OUTAGES_SETTING, kept_form(found))
            tx.note_change(Changes.of("outage"))

        await self._tools.store.write(write, by_person=False)
