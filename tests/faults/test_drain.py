"""Tickets taken offline by several desks arrive at central, each once, no faster than it asks."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.figures import Figures
from tests.support.programs import ROOT, Central, DeskProgram, environment

pytestmark = pytest.mark.faults
DESKS, EACH = 5, 200
RATE = 80
"""Operations in a second that central says it takes: less than these desks could send."""
WINDOW_S = 10
NINE_DAYS_DESKS, NINE_DAYS_EACH = 20, 9 * 60


def taken_offline(desk: DeskProgram, count: int) -> subprocess.Popen[str]:
    """A process that takes that many calls on the desk and says each reference."""
    command = [
        sys.executable, "-m", "tests.support.taking", str(desk.profile), str(desk.secret),
        str(count),
    ]  # fmt: skip
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        env=environment(),
    )  # fmt: skip


def references(process: subprocess.Popen[str]) -> list[str]:
    """What the process said, once it has ended."""
    out, err = process.communicate(timeout=240)
    assert process.returncode == 0, err
    return [line.removeprefix("ack ") for line in out.splitlines() if line.startswith("ack ")]


@dataclass(frozen=True, slots=True)
class Drained:
    """What was said by each desk, and central's ledger afterwards."""

    said: list[list[str]]
    ledger: list[dict[str, Any]]
    seconds: float
    received: list[int]
    """When central received each operation, in milliseconds, in order."""

    def busiest(self) -> int:
        """The most operations that central received within one window."""
        most = first = 0
        for last, at in enumerate(self.received):
            while self.received[first] <= at - 1_000 * WINDOW_S:
                first += 1
            most = max(most, last - first + 1)
        return most


def received(data: Path) -> list[int]:
    """The times of all operations in central's ledger."""
    with closing(sqlite3.connect(f"file:{data / 'ledger.db'}?mode=ro", uri=True)) as ledger:
        query = "SELECT received_at FROM operation WHERE service = 'tickets' ORDER BY received_at"
        return [row[0] for row in ledger.execute(query)]


async def drained(folder: Path, desks: int, each: int, *, rate: int = RATE) -> Drained:
    """Enrol desks, cut central, take calls on all of them, bring it back, sync them together."""
    published = ("--operations-per-second", str(rate))
    with Central(folder / "central", *published) as central:
        programs = [DeskProgram(folder / f"desk{number}") for number in range(desks)]
        for program in programs:
            await asyncio.to_thread(program.enrol, central)
        central.kill()
        said = []
        for start in range(0, desks, DESKS):
            processes = [
                taken_offline(program, each) for program in programs[start : start + DESKS]
            ]
            said += [await asyncio.to_thread(references, process) for process in processes]
        by_command = programs[0].run("take", "--phone", "07700 900118", "--fault", "Leaks")
        assert by_command.code == 0, by_command.err
        said[0].append(by_command.json["ref"])
        central.start()
        began = time.monotonic()
        await asyncio.gather(*(asyncio.to_thread(_drain, program) for program in programs))
        seconds = time.monotonic() - began
        return Drained(said, central.ledger(), seconds, received(central.data))


def _drain(program: DeskProgram) -> None:
    for _ in range(60):
        done = program.run("sync", "--once")
        assert done.code == 0, done.err
        if done.json["waiting"] == 0:
            assert done.json["needs_review"] == 0
            return
    raise AssertionError("it never drained")


def must_hold(result: Drained, desks: int, each: int, figures: Figures, name: str) -> None:
    """Every call once, from as many desks, and central never hurried beyond a fifth."""
    said = [reference for desk in result.said for reference in desk]
    counts = Counter(line["ref"] for line in result.ledger)
    figures.add(
        name, f"{len(said)} tickets of {desks} desks in {result.seconds:.1f} s, "
        f"{len(set(said) - counts.keys())} lost, {sum(n > 1 for n in counts.values())} doubled; "
        f"central asked for {RATE} operations a second and received at most {result.busiest()} "
        f"within {WINDOW_S} s",
    )  # fmt: skip
    assert len(said) == len(set(said)) == desks * each + 1
    assert counts == Counter(said)
    assert all(len(line["operations"]) == 1 for line in result.ledger)
    assert len({reference.split("-")[0] for reference in said}) == desks
    assert len(result.received) == 2 * len(said), "a call is a ticket and a contact"
    assert result.busiest() <= 1.2 * RATE * WINDOW_S


async def test_a_thousand_tickets_of_five_desks_drain_without_loss_or_doubles(
    tmp_path: Path, figures: Figures
) -> None:
    """Given desks that worked offline, when central is back, then each ticket is there once."""
    must_hold(await drained(tmp_path, DESKS, EACH), DESKS, EACH, figures, "drain")


@pytest.mark.slow
async def test_prove_that_desks_told_another_rate_would_be_too_fast(
    tmp_path: Path, figures: Figures
) -> None:
    """The control: the same desks at a central that publishes more break what is held above."""
    result = await drained(tmp_path, DESKS, EACH, rate=300)
    figures.add("drain, control at 300 a second", f"busiest {WINDOW_S} s had {result.busiest()}")
    assert result.busiest() > 1.2 * RATE * WINDOW_S


@pytest.mark.slow
async def test_prove_an_outage_of_nine_days(tmp_path: Path, figures: Figures) -> None:
    """Given 20 desks with 60 tickets a day, nine days' work drains at the rate central asks for."""
    result = await drained(tmp_path, NINE_DAYS_DESKS, NINE_DAYS_EACH)
    must_hold(result, NINE_DAYS_DESKS, NINE_DAYS_EACH, figures, "nine days")
