"""Trees that set right what a weighted sum ranked wrong: softmax over each query, boosted."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate, chain, pairwise

from app.domain.matching.trees import Tree
from benchmarks.matching_trees import binned, raised

Rivals = list[tuple[bool, float, tuple[float, ...]]]
"""For one query: whether a candidate is right, its sum, its features."""

_TREES = 200
_LEAST_BEND = 1e-4


def corrections(asked: Sequence[Rivals], shares: Sequence[float]) -> list[Tree]:
    """For queries that count as much as their share says, where one of the candidates is right."""
    usable = [
        (one, share)
        for one, share in zip(asked, shares, strict=True)
        if len(one) > 1 and any(right for right, _, _ in one)
    ]
    groups = [one for one, _ in usable]
    ends = list(accumulate(map(len, groups), initial=0))
    right = [is_right for is_right, _, _ in chain.from_iterable(groups)]
    starts = [score for _, score, _ in chain.from_iterable(groups)]

    def push(sums: Sequence[float]) -> tuple[list[float], list[float]]:
        slopes: list[float] = []
        bends: list[float] = []
        for (begin, end), (_, share) in zip(pairwise(ends), usable, strict=True):
            scores = [
                one + other for one, other in zip(starts[begin:end], sums[begin:end], strict=True)
            ]
            for part, good in _drawn(scores, right[begin:end]):
                slopes.append(share * (good - part))
                bends.append(share * max(part * (1 - part), _LEAST_BEND))
        return slopes, bends

    rows = [values for _, _, values in chain.from_iterable(groups)]
    return raised(binned(rows), push, _TREES)


def _drawn(scores: Sequence[float], right: Sequence[bool]) -> list[tuple[float, float]]:
    """The chance of each candidate to be drawn, among all and among the right ones."""
    most = max(scores)
    parts = [math.exp(score - most) for score in scores]
    total = sum(parts)
    good = sum(part for part, is_right in zip(parts, right, strict=True) if is_right) + 1e-12
    return [
        (part / total, part / good if is_right else 0.0)
        for part, is_right in zip(parts, right, strict=True)
    ]
