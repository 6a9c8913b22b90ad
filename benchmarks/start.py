"""Cold start to the caller's field and to the queue, and memory, beside a bare Qt window.

`python -m benchmarks.start` makes a demo central and a desk with 50 000 tickets first.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.harness import ROUNDS, Figure, table
from tests.support.programs import Central, DeskProgram, environment

_STARTS = ("bare", "queue", "field")


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds on the wall, seconds of CPU over all threads, and memory in MB."""

    wall: float
    cpu: float
    mb: float


def installed(folder: Path) -> dict[str, str]:
    """As after an installation: sources are compiled once, whatever this shell forbids."""
    kept = {name: value for name, value in environment().items() if name != _NO_BYTECODE}
    return {**kept, "PYTHONPYCACHEPREFIX": str(folder)}


_NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


def started(words: tuple[str, ...], surroundings: Mapping[str, str]) -> Start:
    """From starting a child to the line it prints when all is painted."""
    command = [sys.executable, "-m", "benchmarks.start_child", *words]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings) as child:
        line = child.stdout.readline() if child.stdout else ""
        took = time.perf_counter() - began
        child.wait(timeout=60)
    said = json.loads(line)
    return Start(took, float(said["cpu"]), float(said["mb"]))


def main() -> None:
    """Prepare a desk, then start them in turns."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--profile", type=Path, help="a desk that is there already")
    arguments.add_argument("--passphrase-file", type=Path)
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="offhook-start-") as name:
        folder = Path(name)
        if given.profile is not None:
            figures = measured(folder, (str(given.profile), str(given.passphrase_file)))
        else:
            figures = beside_central(folder)
        print(table(f"Start, 50 000 tickets, load {os.getloadavg()[0]:.1f}", figures))


def beside_central(folder: Path) -> list[Figure]:
    """The figures of a new desk, central running as it does on a normal morning."""
    program = DeskProgram(folder / "desk")
    with Central(folder / "central", "--demo") as central:
        program.enrol(central)
        for _ in range(3):
            program.run("sync", "--once")
        return measured(folder, (str(program.profile), str(program.secret)))


def measured(folder: Path, place: tuple[str, str]) -> list[Figure]:
    """The medians; one start of each beforehand compiles what an installation has compiled."""
    surroundings = installed(folder / "compiled")
    taken: dict[str, list[Start]] = {name: [] for name in _STARTS}
    for turn in range(ROUNDS + 1):
        for name, found in taken.items():
            one = started((name,) if name == "bare" else (name, *place), surroundings)
            if turn:
                found.append(one)
    plain, queue, field = (_median(found) for found in taken.values())
    return [
        _beside("cold start to the caller's field, which takes typing", field, plain, "under 2 s"),
        _beside("cold start to the painted queue", queue, plain, "1.5 x"),
        _cpu("the caller's field, CPU of all threads", field, plain),
        _cpu("the painted queue, CPU of all threads", queue, plain),
        Figure("memory then", f"{queue.mb:.0f} MB", f"{plain.mb:.0f} MB", queue.mb / plain.mb,
               "200 MB"),
    ]  # fmt: skip


def _median(found: list[Start]) -> Start:
    middle = statistics.median
    return Start(
        middle(one.wall for one in found),
        middle(one.cpu for one in found),
        middle(one.mb for one in found),
    )


def _beside(name: str, ours: Start, plain: Start, goal: str) -> Figure:
    return Figure(name, f"{ours.wall:.2f} s", f"{plain.wall:.2f} s", ours.wall / plain.wall, goal)


def _cpu(name: str, ours: Start, plain: Start) -> Figure:
    return Figure(name, f"{ours.cpu:.2f} s", f"{plain.cpu:.2f} s", ours.cpu / plain.cpu)


if __name__ == "__main__":
    main()
