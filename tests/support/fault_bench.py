"""A desk in the test's process, a proxy that spoils exchanges, and a real central behind it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.people import Person
from app.services.opened import OpenedDesk
from tests.support.desk_in_process import DeskInProcess
from tests.support.programs import Central
from tests.support.tcp_proxy import TcpProxy

PUSH = "POST /v1/tickets/operations"
PULL = "GET /v1/tickets/changes"
WRITES = ("take", "note", "set", "contact")
MORE_WRITES = ("promise", "kept")
"""Appended as notes are; fewer faults are tried on them in every run."""


class Bench:
    """The desk knows central by the proxy's address only."""

    def __init__(self, central: Central, proxy: TcpProxy, desk: DeskInProcess) -> None:
        self.central = central
        self.proxy = proxy
        self.desk = desk

    @property
    def opened(self) -> OpenedDesk:
        return self.desk.opened

    async def person(self) -> Person:
        return await self.opened.people.current()

    async def take(self, words: str = "Door seal leaks", *, dropped: bool = False) -> str:
        """One call; its reference, or its ticket's id."""
        call = replace(self.opened.intake.new_call("07700 900118"), fault=words, dropped=dropped)
        return (await self.opened.intake.take(call, await self.person())).reference

    async def write(self, kind: str, reference: str) -> str:
        """One write of that kind; the reference of the ticket it is about."""
        match kind:
            case "take":
                return await self.take("Another fault")
            case "note":
                await self.opened.tickets.note(reference, "Rang back.", await self.person())
            case "set":
                wanted = {"place": "1 Mill Lane, Leeds", "priority": "high"}
                await self.opened.tickets.set_fields(reference, wanted, await self.person())
            case "promise":
                await self.opened.tickets.promise(
                    reference, "Ring back", "Ann", None, await self.person()
                )
            case "kept":
                found = await self.opened.tickets.by_reference(reference)
                promised = found.promises[0].id
                await self.opened.tickets.keep_promise(reference, promised, await self.person())
            case "contact":
                found = await self.opened.tickets.by_reference(reference)
                call = replace(
                    self.opened.intake.new_call("07700 900118"), ticket_id=found.row.id,
                    fault="Asks when",
                )  # fmt: skip
                await self.opened.intake.take(call, await self.person())
        return reference

    async def settled(self) -> None:
        """Sync until nothing waits; a hang guard, not a promise."""
        for _ in range(20):
            report = await self.desk.sync()
            if report.waiting == 0:
                assert report.needs_review == 0
                return
        raise AssertionError("it never settled")

    async def drained(self) -> None:
        """Sync over and over, whatever becomes of central meanwhile."""
        for _ in range(600):
            if (await self.desk.sync()).waiting == 0:
                return
            await asyncio.sleep(0.2)
        raise AssertionError("it never drained")

    async def lines(self) -> Mapping[str, Mapping[str, Any]]:
        """Central's ledger by reference; no reference is in it twice."""
        found = await asyncio.to_thread(self.central.ledger)
        lines = {line["ref"]: line for line in found}
        assert len(lines) == len(found)
        return lines
