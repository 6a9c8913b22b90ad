"""A thousand tickets taken offline by five desks arrive at central, each once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.figures import Figures
from tests.support.programs import ROOT, Central, DeskProgram, environment

pytestmark = pytest.mark.faults
DESKS, EACH = 5, 200


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
    return [line.removeprefix("ack ") for line in out.splitlines()]


@dataclass(frozen=True, slots=True)
class Drained:
    """What was said by each desk, and central's ledger afterwards."""

    said: list[list[str]]
    ledger: list[dict[str, Any]]
    seconds: float


async def drained(folder: Path, desks: int, each: int) -> Drained:
    """Enrol desks, cut central, take calls on all of them, bring it back, sync them together."""
    with Central(folder / "central") as central:
        programs = [DeskProgram(folder / f"desk{number}") for number in range(desks)]
        for program in programs:
            await asyncio.to_thread(program.enrol, central)
        central.kill()
        processes = [taken_offline(program, each) for program in programs]
        said = [await asyncio.to_thread(references, process) for process in processes]
        by_command = programs[0].run("take", "--phone", "07700 900118", "--fault", "Leaks")
        assert by_command.code == 0, by_command.err
        said[0].append(by_command.json["ref"])
        central.start()
        began = time.monotonic()
        await asyncio.gather(*(asyncio.to_thread(_drain, program) for program in programs))
        seconds = time.monotonic() - began
        return Drained(said, central.ledger(), seconds)


def _drain(program: DeskProgram) -> None:
    for _ in range(20):
        done = program.run("sync", "--once")
        assert done.code == 0, done.err
        if done.json["waiting"] == 0:
            assert done.json["needs_review"] == 0
            return
    raise AssertionError("it never drained")


async def test_a_thousand_tickets_of_five_desks_drain_without_loss_or_doubles(
    tmp_path: Path, figures: Figures
) -> None:
    """Given desks that worked offline, when central is back, then each ticket is there once."""
    result = await drained(tmp_path, DESKS, EACH)
    said = [reference for desk in result.said for reference in desk]
    counts = Counter(line["ref"] for line in result.ledger)
    figures.add(
        "drain", f"{len(said)} tickets of {DESKS} desks in {result.seconds:.1f} s, "
        f"{len(set(said) - counts.keys())} lost, {sum(n > 1 for n in counts.values())} doubled",
    )  # fmt: skip
    assert len(said) == len(set(said)) == DESKS * EACH + 1
    assert counts == Counter(said)
    assert all(len(line["operations"]) == 1 for line in result.ledger)
    codes = {reference.split("-")[0] for reference in said}
    assert len(codes) == DESKS
