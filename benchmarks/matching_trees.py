"""Grows boosted decision trees on the log loss: small, plain, and the same every time."""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from random import Random

from app.domain.matching.trees import Forest, Tree

_DEPTH, _TREES, _RATE = 3, 200, 0.08
_BINS, _LEAST_WEIGHT, _RIDGE = 24, 4.0, 2.0


def grown(rows: Sequence[Sequence[float]], right: Sequence[bool]) -> Forest:
    """Trees whose sum is the log odds of `right`."""
    cuts = [_cuts(sorted({row[at] for row in rows})) for at in range(len(rows[0]))]
    binned = [[bisect.bisect_left(cut, row[at]) for row in rows] for at, cut in enumerate(cuts)]
    share = sum(right) / len(right)
    constant = math.log(share / (1 - share))
    odds = [constant] * len(rows)
    trees: list[Tree] = []
    chance = Random(5)
    for _ in range(_TREES):
        seen = sorted(chance.sample(range(len(cuts)), len(cuts) // 2))
        chances = [1 / (1 + math.exp(-one)) for one in odds]
        slopes = [float(is_right) - one for is_right, one in zip(right, chances, strict=True)]
        bends = [one * (1 - one) for one in chances]
        tree, steps = _tree(seen, binned, cuts, slopes, bends)
        trees.append(tree)
        odds = [one + step for one, step in zip(odds, steps, strict=True)]
    return Forest(round(constant, 5), tuple(trees))


def _cuts(values: list[float]) -> list[float]:
    """Between neighbouring values, evenly over the different ones."""
    step = max(1, len(values) // _BINS)
    return [
        (one + other) / 2 for one, other in zip(values[:-1:step], values[1::step], strict=False)
    ]


def _tree(
    seen: list[int], binned: list[list[int]], cuts: list[list[float]],
    slopes: list[float], bends: list[float],
) -> tuple[Tree, list[float]]:  # fmt: skip
    """One tree over some of the features, and what it adds to each row."""
    features: list[int] = []
    thresholds: list[float] = []
    groups = [list(range(len(slopes)))]
    for _ in range(_DEPTH):
        following: list[list[int]] = []
        for rows in groups:
            feature, place = _best_cut(seen, binned, cuts, rows, slopes, bends)
            features.append(feature)
            thresholds.append(round(cuts[feature][place], 5) if place >= 0 else math.inf)
            sides: tuple[list[int], list[int]] = ([], [])
            column = binned[feature]
            for row in rows:
                sides[place >= 0 and column[row] > place].append(row)
            following += sides
        groups = following
    steps = [0.0] * len(slopes)
    leaves: list[float] = []
    for rows in groups:
        value = (
            _RATE * sum(slopes[row] for row in rows) / (sum(bends[row] for row in rows) + _RIDGE)
        )
        leaves.append(round(value, 5))
        for row in rows:
            steps[row] = leaves[-1]
    # An end that nothing reaches is written as a number JSON knows.
    finite = tuple(1e9 if math.isinf(one) else one for one in thresholds)
    return Tree(tuple(features), finite, tuple(leaves)), steps


def _best_cut(
    seen: list[int], binned: list[list[int]], cuts: list[list[float]], rows: list[int],
    slopes: list[float], bends: list[float],
) -> tuple[int, int]:  # fmt: skip
    """The feature and the cut that gain most; (0, -1) where none does."""
    best, found = 1e-6, (0, -1)
    total_slope, total_bend = sum(slopes[row] for row in rows), sum(bends[row] for row in rows)
    whole = total_slope**2 / (total_bend + _RIDGE)
    for feature in seen:
        column = binned[feature]
        if not cuts[feature]:
            continue
        slope_of, bend_of = [0.0] * (len(cuts[feature]) + 1), [0.0] * (len(cuts[feature]) + 1)
        for row in rows:
            place = column[row]
            slope_of[place] += slopes[row]
            bend_of[place] += bends[row]
        slope = bend = 0.0
        for place in range(len(cuts[feature])):
            slope += slope_of[place]
            bend += bend_of[place]
            rest = total_bend - bend
            if bend < _LEAST_WEIGHT or rest < _LEAST_WEIGHT:
                continue
            gain = slope**2 / (bend + _RIDGE) + (total_slope - slope) ** 2 / (rest + _RIDGE) - whole
            if gain > best:
                best, found = gain, (feature, place)
    return found
