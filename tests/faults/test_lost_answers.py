"""Promise P6, first form: an answer that got lost is harmless, whatever it was an answer to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from app.domain.people import Person
from app.services.opened import OpenedDesk
from tests.support.desk_in_process import DeskInProcess, desk_in_process
from tests.support.figures import Figures
from tests.support.programs import Central, DeskProgram
from tests.support.tcp_proxy import DELIVERED, TcpFault, TcpProxy

pytestmark = pytest.mark.faults
PUSH = "POST /v1/tickets/operations"
WRITES = ("take", "note", "set", "contact")


class Bench:
    """A central, a proxy before it, and a desk that knows only the proxy."""

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


@pytest.fixture(scope="module")
def enrolled(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[tuple[Central, TcpProxy, DeskProgram]]:
    """One central and one desk for all tests here; each looks at its own tickets."""
    folder = tmp_path_factory.mktemp("lost")
    program = DeskProgram(folder / "desk")
    with Central(folder / "central") as central, TcpProxy(central.port) as proxy:
        program.enrol([proxy.url])
        yield central, proxy, program


@pytest_asyncio.fixture
async def bench(enrolled: tuple[Central, TcpProxy, DeskProgram]) -> AsyncIterator[Bench]:
    central, proxy, program = enrolled
    proxy.forget()
    async with desk_in_process(program.profile, program.secret) as desk:
        await desk.sync()
        yield Bench(central, proxy, desk)


async def test_each_fault_on_each_kind_of_write_has_one_effect(
    bench: Bench, figures: Figures
) -> None:
    """Given any write, when its exchange is spoiled in any way, then central has it once."""
    cases = [(fault, kind) for fault in TcpFault for kind in WRITES]
    tickets = [await bench.take(f"{fault} {kind}") for fault, kind in cases]
    await bench.settled()
    before = await bench.lines()
    written = []
    for (fault, kind), ticket in zip(cases, tickets, strict=True):
        bench.proxy.inject(fault, PUSH)
        written.append(await bench.write(kind, ticket))
        fired = bench.proxy.fired[fault]
        assert (await bench.desk.sync()).needs_review == 0
        assert bench.proxy.fired[fault] == fired + 1, f"{fault} did not fire for {kind}"
        await bench.settled()
    after = await bench.lines()
    for (_fault, kind), reference in zip(cases, written, strict=True):
        must_be_once(kind, before.get(reference), after[reference])
    counts = {str(fault): count for fault, count in bench.proxy.fired.items()}
    figures.histogram("lost answers, faults fired", counts)
    assert counts == {str(fault): len(WRITES) for fault in TcpFault}


def must_be_once(kind: str, was: Mapping[str, Any] | None, line: Mapping[str, Any]) -> None:
    """The write's effect is in the ledger exactly once."""
    operations = [str(one) for one in line["operations"]]
    assert len(set(operations)) == len(operations)
    if was is None:
        assert kind == "take"
        assert len(operations) == 1
        return
    assert len(operations) == len(was["operations"]) + 1
    notes = line["fields"].get("notes") or []
    if kind == "set":
        assert line["fields"]["place"] == "1 Mill Lane, Leeds"
        assert line["rev"] == was["rev"] + 1
    elif kind == "note":
        assert [note["text"] for note in notes] == ["Rang back."]
    else:
        assert [note["text"] for note in notes] == ["Asks when"]


async def test_several_answers_in_a_row_may_be_lost(bench: Bench) -> None:
    """Given a link that loses every answer for a while, the ticket still arrives once."""
    reference = await bench.take()
    bench.proxy.inject(TcpFault.RESET_AFTER, PUSH, times=4)
    for _ in range(4):
        await bench.desk.sync()
    assert bench.proxy.fired[TcpFault.RESET_AFTER] == 4
    await bench.settled()
    assert len((await bench.lines())[reference]["operations"]) == 1


async def test_spoiled_pages_change_nothing_but_the_time_they_take(bench: Bench) -> None:
    """Given pages that come cut, garbled or as HTML, the mirror is right in the end."""
    reference = await bench.take()
    await bench.settled()
    for fault in sorted(DELIVERED | {TcpFault.PORTAL, TcpFault.RESET_BEFORE}):
        await bench.opened.tickets.note(reference, f"{fault}", await bench.person())
        bench.proxy.inject(fault, "GET /v1/tickets/changes")
        await bench.desk.sync()
        assert bench.proxy.fired[fault] == 1
        bench.proxy.heal()
        await bench.settled()
    detail = await bench.opened.tickets.by_reference(reference)
    line = (await bench.lines())[reference]
    at_central = [note["text"] for note in line["fields"]["notes"]]
    assert [entry.text for entry in detail.thread if entry.kind == "note"] == at_central
    assert len(at_central) == len(DELIVERED) + 2


def killed_again_and_again(bench: Bench, times: int, pushes: int) -> int:
    """Kill central each time so many operations went to it, and start it again; how often."""
    for time in range(times):
        before = bench.proxy.forwarded[PUSH]
        if not bench.proxy.wait_forwarded(PUSH, before + pushes, within_s=20):
            return time
        bench.central.kill()
        bench.central.start()
    return times


async def test_central_killed_and_restarted_in_the_middle_of_pushes(
    bench: Bench, figures: Figures
) -> None:
    """Given 200 tickets on their way, when central is killed again and again, each is once."""
    references = [await bench.take(f"Fault {number}") for number in range(200)]
    killing = asyncio.ensure_future(asyncio.to_thread(killed_again_and_again, bench, 6, 30))
    restarts = (await asyncio.gather(killing, bench.drained()))[0]
    ledger = await bench.lines()
    figures.add("central killed in mid-push", f"{restarts} restarts while 200 tickets drained")
    assert restarts >= 5
    assert set(references) <= ledger.keys()
    assert all(len(ledger[reference]["operations"]) == 1 for reference in references)
