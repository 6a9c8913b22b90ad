"""The metrics of model resolution over answered queries."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.matching.resolution import Outcome, Resolution
from benchmarks.matching_data import Query

_BINS = 10


@dataclass(frozen=True, slots=True)
class Measured:
    """A query, its answer, and the CPU it took in ms."""

    query: Query
    answer: Resolution
    cpu_ms: float

    def is_right(self, within: int) -> bool:
        return any(one.id in self.query.accepted for one in self.answer.candidates[:within])


@dataclass(frozen=True, slots=True)
class Metrics:
    """Shares between 0 and 1; CPU in ms."""

    first: float
    five: float
    auc: float
    linked: float
    """Of the queries whose model is in the list: those linked without asking."""
    precision: float
    """Of all that was linked."""
    calibration: float
    p50: float
    p99: float


def metrics(found: Sequence[Measured]) -> Metrics:
    """Every metric; at least one query has its model in the list."""
    inside = [one for one in found if one.query.in_catalog]
    linked = [one for one in found if one.answer.outcome is Outcome.LINKED]
    times = sorted(one.cpu_ms for one in found)
    return Metrics(
        first=statistics.fmean(one.is_right(1) for one in inside),
        five=statistics.fmean(one.is_right(5) for one in inside),
        auc=_auc(found),
        linked=sum(one.query.in_catalog for one in linked) / len(inside),
        precision=statistics.fmean(one.is_right(1) for one in linked) if linked else 1.0,
        calibration=_calibration_error(found),
        p50=times[len(times) // 2],
        p99=times[int(len(times) * 0.99)],
    )


def _auc(found: Sequence[Measured]) -> float:
    """The chance that a query in the list is more confident than one that is not."""
    ranked = sorted((one.answer.confidence, one.query.in_catalog) for one in found)
    inside = sum(known for _confidence, known in ranked)
    outside = len(ranked) - inside
    places = sum(at for at, (_confidence, known) in enumerate(ranked, 1) if known)
    return (places - inside * (inside + 1) / 2) / (inside * outside) if inside * outside else 0.0


def _calibration_error(found: Sequence[Measured]) -> float:
    """ECE: how far confidence is from the share that was right, over ten bins."""
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for one in found:
        confidence = one.answer.confidence
        bins[min(int(confidence * _BINS), _BINS - 1)].append((confidence, one.is_right(1)))
    return sum(
        abs(statistics.fmean(c for c, _ in each) - statistics.fmean(r for _, r in each)) * len(each)
        for each in bins
        if each
    ) / len(found)
