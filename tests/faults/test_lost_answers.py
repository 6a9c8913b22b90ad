"""Promise P6, first form: an answer that got lost is harmless, whatever it was an answer to."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from app import profiles
from app.central.client.contract_client import ContractClient
from app.domain.central_services import Service
from app.domain.feed import Answer, Verdict
from app.domain.ids import OpId
from app.ports.central import Attempt
from tests.support.fault_bench import MORE_WRITES, PULL, PUSH, WRITES, Bench
from tests.support.figures import Figures
from tests.support.tcp_proxy import DELIVERED, TcpFault

pytestmark = pytest.mark.faults


async def test_each_fault_on_each_kind_of_write_has_one_effect(
    bench: Bench, figures: Figures
) -> None:
    """Given any write, when its exchange is spoiled in any way, then central has it once."""
    cases = [(fault, kind) for fault in TcpFault for kind in WRITES]
    cases += [(TcpFault.RESET_AFTER, kind) for kind in MORE_WRITES]
    await each_once(bench, cases)
    counts = {str(fault): count for fault, count in bench.proxy.fired.items()}
    figures.histogram("lost answers, faults fired", counts)
    assert min(counts.get(str(fault), 0) for fault in TcpFault) >= len(WRITES)


@pytest.mark.slow
async def test_prove_each_fault_on_every_kind_of_write(bench: Bench) -> None:
    """The long form: all faults on what is appended besides."""
    await each_once(bench, [(fault, kind) for fault in TcpFault for kind in MORE_WRITES])


async def each_once(bench: Bench, cases: Sequence[tuple[TcpFault, str]]) -> None:
    """Spoil the exchange of each write on a ticket of its own; each must be at central once."""
    tickets = [await bench.take(f"{fault} {kind}") for fault, kind in cases]
    for (_fault, kind), ticket in zip(cases, tickets, strict=True):
        if kind == "kept":
            await bench.write("promise", ticket)
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
    elif kind in MORE_WRITES:
        assert len(line["fields"]["promises"]) == 1
        assert len(line["fields"].get("promises_kept") or []) == (kind == "kept")
    else:
        assert [note["text"] for note in notes] == ["Asks when"]


class NewIdEachTime(ContractClient):
    """The control: every attempt is an operation of its own."""

    async def submit(self, service: Service, attempt: Attempt) -> Answer:
        again = msgspec.json.decode(attempt.raw)
        again["op_id"] = profiles.IDS.new_id()
        fresh = replace(attempt, op_id=OpId(again["op_id"]), raw=msgspec.json.encode(again))
        answer = await super().submit(service, fresh)
        return replace(answer, op_id=attempt.op_id) if isinstance(answer, Verdict) else answer


_CARELESS_S = 5.0


async def test_the_control_with_a_new_id_for_each_attempt_has_two_effects(
    bench: Bench, figures: Figures
) -> None:
    """Given a desk that forgets its ids, a lost answer does what no lost answer may."""
    ticket = await bench.take("Control")
    await bench.settled()
    before = (await bench.lines())[ticket]
    bench.proxy.inject(TcpFault.RESET_AFTER, PUSH)
    await bench.write("set", ticket)
    careless = replace(bench.desk, client_class=NewIdEachTime)
    await careless.sync(_CARELESS_S)  # it would go on writing until it is stopped
    assert bench.proxy.fired[TcpFault.RESET_AFTER] == 1
    after = (await bench.lines())[ticket]
    figures.add(
        "lost answers, control with new ids",
        f"{len(after['operations']) - len(before['operations'])} operations for one write",
    )
    with pytest.raises(AssertionError):
        must_be_once("set", before, after)


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
        bench.proxy.inject(fault, PULL)
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
