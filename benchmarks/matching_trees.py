"""Grows boosted decision trees: small, plain, and the same every time.

On the log loss of yes or no (`grown`), or to set right what a ranking got wrong (`raised`).
"""

from __future__ import annotations

import bisect
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from app.domain.matching.trees import Forest, Tree

_DEPTH, _RATE = 3, 0.08
_BINS, _LEAST_WEIGHT, _RIDGE = 24, 4.0, 2.0
_SETTLED = 2e-3
"""Rows that are pushed less than this are passed over when cuts are chosen."""

Push = Callable[[Sequence[float]], tuple[list[float], list[float]]]
"""From the sums so far: how far each row's should rise, and how much less the higher it is."""


@dataclass(frozen=True, slots=True)
class Binned:
    """Rows by feature, each value as the number of cuts below it."""

    cuts: Sequence[Sequence[float]]
    columns: Sequence[Sequence[int]]

    @property
    def count(self) -> int:
        return len(self.columns[0])


def binned(rows: Sequence[Sequence[float]]) -> Binned:
    """With cuts between the values that were met."""
    cuts = [_cuts(sorted({row[at] for row in rows})) for at in range(len(rows[0]))]
    columns = [
        bytes([bisect.bisect_left(cut, row[at]) for row in rows]) for at, cut in enumerate(cuts)
    ]
    return Binned(cuts, columns)


def grown(rows: Sequence[Sequence[float]], right: Sequence[bool], trees: int) -> Forest:
    """Trees whose sum is the log odds of `right`."""
    share = sum(right) / len(right)
    constant = math.log(share / (1 - share))

    def push(sums: Sequence[float]) -> tuple[list[float], list[float]]:
        chances = [1 / (1 + math.exp(-constant - one)) for one in sums]
        return (
            [float(is_right) - one for is_right, one in zip(right, chances, strict=True)],
            [one * (1 - one) for one in chances],
        )

    return Forest(round(constant, 5), raised(binned(rows), push, trees))


def raised(rows: Binned, push: Push, trees: int) -> list[Tree]:
    """Trees whose sum follows the push."""
    sums = [0.0] * rows.count
    made: list[Tree] = []
    chance = Random(5)
    features = [at for at, cuts in enumerate(rows.cuts) if cuts]
    for _ in range(trees):
        seen = sorted(chance.sample(features, len(features) // 4))
        tree, places = _tree(seen, rows, *push(sums))
        made.append(tree)
        sums = list(map(sum, zip(sums, _steps(tree, places, rows), strict=True)))
    return made


def _cuts(values: list[float]) -> list[float]:
    """Between neighbouring values, evenly over the different ones."""
    step = max(1, len(values) // _BINS)
    return [
        (one + other) / 2 for one, other in zip(values[:-1:step], values[1::step], strict=False)
    ]


def _tree(
    seen: Sequence[int], rows: Binned, slopes: Sequence[float], bends: Sequence[float]
) -> tuple[Tree, list[int]]:
    """One tree over some of the features, and the bin that each of its nodes cuts behind."""
    features: list[int] = []
    places: list[int] = []
    groups = [[at for at, slope in enumerate(slopes) if abs(slope) > _SETTLED]]
    for _ in range(_DEPTH):
        following: list[list[int]] = []
        for group in groups:
            feature, place = _best_cut(seen, rows, group, slopes, bends)
            features.append(feature)
            places.append(place)
            column = rows.columns[feature]
            following += [
                [row for row in group if column[row] <= place],
                [row for row in group if column[row] > place],
            ]
        groups = following
    leaves = [
        _RATE * sum(slopes[row] for row in group) / (sum(bends[row] for row in group) + _RIDGE)
        for group in groups
    ]
    # An end that nothing reaches is written as a number JSON knows.
    thresholds = [
        round(rows.cuts[feature][place], 5) if place < len(rows.cuts[feature]) else 1e9
        for feature, place in zip(features, places, strict=True)
    ]
    return Tree(tuple(features), tuple(thresholds), tuple(round(one, 5) for one in leaves)), places


def _steps(tree: Tree, places: Sequence[int], rows: Binned) -> list[float]:
    """What a tree adds to each row."""
    nodes = [0] * rows.count
    columns = [rows.columns[feature] for feature in tree.features]
    for _ in range(_DEPTH):
        nodes = [
            2 * node + (1 if columns[node][row] <= places[node] else 2)
            for row, node in enumerate(nodes)
        ]
    first = len(tree.features)
    return [tree.leaves[node - first] for node in nodes]


def _best_cut(
    seen: Sequence[int], rows: Binned, group: Sequence[int],
    slopes: Sequence[float], bends: Sequence[float],
) -> tuple[int, int]:  # fmt: skip
    """The feature and the bin behind which to cut; behind all where nothing is gained."""
    best, found = 1e-6, (seen[0], len(rows.cuts[seen[0]]))
    total_slope, total_bend = sum(slopes[row] for row in group), sum(bends[row] for row in group)
    whole = total_slope**2 / (total_bend + _RIDGE)
    for feature in seen:
        column, bins = rows.columns[feature], len(rows.cuts[feature])
        slope_of, bend_of = [0.0] * (bins + 1), [0.0] * (bins + 1)
        for row in group:
            place = column[row]
            slope_of[place] += slopes[row]
            bend_of[place] += bends[row]
        slope = bend = 0.0
        for place in range(bins):
            slope += slope_of[place]
            bend += bend_of[place]
            rest = total_bend - bend
            if bend < _LEAST_WEIGHT or rest < _LEAST_WEIGHT:
                continue
            gain = slope**2 / (bend + _RIDGE) + (total_slope - slope) ** 2 / (rest + _RIDGE) - whole
            if gain > best:
                best, found = gain, (feature, place)
    return found
