"""What every benchmark shares: timing side by side, medians, and one table of ratios."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Timing:
    """Seconds of one run or of the median run: on the wall, and of this process's CPU."""

    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: what was measured, against what, and the goal where there is one."""

    name: str
    ours: str
    against: str = ""
    ratio: float | None = None
    goal: str = ""


def timed(work: Callable[[], object]) -> Timing:
    """Run once, with the garbage of before collected first."""
    gc.collect()
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Timing(time.perf_counter() - wall, time.process_time() - cpu)


def median(timings: Sequence[Timing]) -> Timing:
    """The median of each column."""
    return Timing(
        statistics.median(one.wall for one in timings),
        statistics.median(one.cpu for one in timings),
    )


def side_by_side(
    *works: Callable[[], object], rounds: int = ROUNDS, prepare: Callable[[], object] | None = None
) -> list[Timing]:
    """Each work's median over the rounds; within a round they take turns on the same machine."""
    taken: list[list[Timing]] = [[] for _ in works]
    for _ in range(rounds):
        for column, work in zip(taken, works, strict=True):
            if prepare is not None:
                prepare()
            column.append(timed(work))
    return [median(column) for column in taken]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which that share of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ms(seconds: float) -> str:
    return f"{seconds * 1_000:.2f} ms"


def table(title: str, figures: Sequence[Figure]) -> str:
    """The figures as a table that a page of documentation can take over."""
    lines = [f"## {title}", "", "| What | Ours | Against | Ratio | Goal |", "|---|---|---|---|---|"]
    for one in figures:
        ratio = f"{one.ratio:.2f} x" if one.ratio is not None else ""
        lines.append(f"| {one.name} | {one.ours} | {one.against} | {ratio} | {one.goal} |")
    return "\n".join(lines)
