"""Fits model resolution: `python -m benchmarks.matching_fit [--made N]`.

Weights of the two rankings, and boosted trees for the confidence, on half of the developer queries
and on noise made here (`benchmarks.matching_noise`: kinds and makers held back are left out).
Writes `resources/matching/coefficients.json`; the same every time.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from operator import mul
from pathlib import Path
from random import Random

from app.domain.matching.index import CatalogIndex
from app.domain.matching.resolution import (
    Coefficients,
    Looked,
    Weights,
    closely,
    judged,
    looked_up,
)
from app.domain.matching.trees import Forest
from app.services.resolving import fillers, spoken_words
from benchmarks.matching_data import Query, catalog, entries_of, queries
from benchmarks.matching_noise import FITTED, asked_of, described, is_held_back, titled
from benchmarks.matching_trees import grown

_TARGET = Path("resources/matching/coefficients.json")
_EPOCHS, _RATE, _DECAY = 14, 0.12, 1e-5
_PRECISION = 0.984
"""Of what is linked without asking, on queries that the trees have not seen."""
_ABSENT = 0.75
"""Of what is called not in the list."""
_PARTS = 2
"""Of the developer queries, when the limits are set."""

Offered = list[tuple[bool, tuple[float, ...]]]
"""For one query: each candidate's features, and whether it is right."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with what was looked up for it."""

    query: Query
    looked: tuple[Looked, ...]


def main() -> None:
    """Fit and write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--made", type=int, default=8_000, help="queries of our own noise")
    made = arguments.parse_args().made
    rows, chance = catalog(), Random(7)
    ours = [row for row in rows if not is_held_back(row.maker)]
    index = CatalogIndex(entries_of(rows))
    listed = CatalogIndex(described(row.entry, chance) for row in ours[::4])
    made_here = [_looked(one, index) for one in asked_of(ours, FITTED, made, chance)]
    developer = [_looked(one, index) for one in queries()[0::2]]
    titles = [
        _looked(one, listed) for one in asked_of(ours[::4], {"title": titled}, made // 4, chance)
    ]
    said = _weights([*made_here, *developer, *developer], index, chance)
    known = Coefficients(
        said, _weights(titles, listed, chance), Forest(0.0, ()), fillers(), 1.0, 0.0
    )
    print(f"ranked by {len(made_here) + len(developer)} queries and {len(titles)} titles")
    judged_by = [*_judged(made_here, index, known), *_judged(titles, listed, known)]
    known = _with_confidence(known, judged_by, _judged(developer, index, known))
    _TARGET.write_text(_document(known), "utf-8")


def _looked(query: Query, index: CatalogIndex) -> Asked:
    found = looked_up(query.text, index, spoken_words(), fillers(), query.hidden)
    return Asked(query, tuple(found))


def _weights(asked: Sequence[Asked], index: CatalogIndex, chance: Random) -> Weights:
    """Of both looks, the second at what the first lets through."""
    first = _ranking(
        [
            [(index.model(one.place).id in each.query.accepted, one.fit) for one in each.looked]
            for each in asked
        ],
        chance,
    )
    look = Weights(tuple(first), ())
    by_look = Coefficients(look, look, Forest(0.0, ()), fillers(), 1.0, 0.0)
    second = _ranking(
        [
            [
                (index.model(one.place).id in each.query.accepted, values)
                for one, values in closely(each.looked, index, by_look)
            ]
            for each in asked
        ],
        chance,
    )
    return Weights(tuple(first), tuple(second))


def _ranking(offered: Sequence[Offered], chance: Random) -> list[float]:
    """Weights under which the right candidates stand out: softmax over each query, Adagrad."""
    usable = [one for one in offered if any(right for right, _ in one) and len(one) > 1]
    width = len(usable[0][0][1])
    means, scales = _moments([values for one in usable[::4] for _, values in one], width)
    scaled = [
        [(right, [(v - m) / s for v, m, s in zip(values, means, scales, strict=True)])
         for right, values in one]
        for one in usable
    ]  # fmt: skip
    weights, squares = [0.0] * width, [1e-3] * width
    for _ in range(_EPOCHS):
        chance.shuffle(scaled)
        for one in scaled:
            slope = _slope(one, weights)
            for at, value in enumerate(slope):
                step = value + _DECAY * weights[at]
                squares[at] += step * step
                weights[at] -= _RATE * step / math.sqrt(squares[at])
    return [round(weight / scale, 5) for weight, scale in zip(weights, scales, strict=True)]


def _slope(one: list[tuple[bool, list[float]]], weights: list[float]) -> list[float]:
    """Of the log loss that some right candidate is the one drawn."""
    scores = [sum(map(mul, weights, values)) for _, values in one]
    most = max(scores)
    parts = [math.exp(score - most) for score in scores]
    total = sum(parts)
    right = sum(part for part, (is_right, _) in zip(parts, one, strict=True) if is_right) + 1e-12
    slope = [0.0] * len(weights)
    for part, (is_right, values) in zip(parts, one, strict=True):
        push = part / total - (part / right if is_right else 0.0)
        if abs(push) > 1e-4:
            slope = [have + push * value for have, value in zip(slope, values, strict=True)]
    return slope


def _moments(rows: Sequence[Sequence[float]], width: int) -> tuple[list[float], list[float]]:
    means = [sum(row[at] for row in rows) / len(rows) for at in range(width)]
    spreads = [
        math.sqrt(sum((row[at] - means[at]) ** 2 for row in rows) / len(rows))
        for at in range(width)
    ]
    return means, [spread or 1.0 for spread in spreads]


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer's evidence, whether its first candidate is right, and whether one was there."""

    evidence: tuple[float, ...]
    right: bool
    inside: bool


def _judged(asked: Sequence[Asked], index: CatalogIndex, known: Coefficients) -> list[Judged]:
    found = ((one, judged(closely(one.looked, index, known), index, known)) for one in asked)
    return [
        Judged(
            answer.evidence,
            answer.candidates[0].id in one.query.accepted,
            one.query.in_catalog,
        )
        for one, answer in found
        if answer.candidates
    ]


def _with_confidence(
    known: Coefficients, ours: Sequence[Judged], developer: Sequence[Judged]
) -> Coefficients:
    """Trees on both; the limits by developer queries, each judged by trees that had not seen it."""
    chances: list[float] = []
    order: list[Judged] = []
    for part in range(_PARTS):
        unseen = [one for at, one in enumerate(developer) if at % _PARTS == part]
        forest = _forest([*ours, *(one for at, one in enumerate(developer) if at % _PARTS != part)])
        chances += [forest.probability(one.evidence) for one in unseen]
        order += unseen
    linked = _linked_from(chances, [one.right for one in order])
    absent = _absent_below(chances, [one.inside for one in order])
    print(f"linked from {linked}, not in the list below {absent}")
    forest = _forest([*ours, *developer])
    return Coefficients(known.said, known.titled, forest, known.fillers, linked, absent)


def _forest(rows: Sequence[Judged]) -> Forest:
    return grown([one.evidence for one in rows], [one.right for one in rows])


def _linked_from(chances: Sequence[float], right: Sequence[bool]) -> float:
    """The lowest limit above which enough are right."""
    ranked = sorted(zip(chances, right, strict=True), reverse=True)
    limit, good = 1.0, 0
    for count, (chance, is_right) in enumerate(ranked, 1):
        good += is_right
        if good / count >= _PRECISION and count >= 50:
            limit = chance
    return round(limit, 4)


def _absent_below(chances: Sequence[float], inside: Sequence[bool]) -> float:
    """The highest limit below which most are not in the list."""
    limit = 0.05
    for at in range(5, 80):
        below = [known for chance, known in zip(chances, inside, strict=True) if chance < at / 100]
        if below and 1 - sum(below) / len(below) >= _ABSENT:
            limit = at / 100
    return limit


def _document(known: Coefficients) -> str:
    return (
        json.dumps(
            {
                "said": {"first_look": known.said.first_look, "rank": known.said.rank},
                "titled": {"first_look": known.titled.first_look, "rank": known.titled.rank},
                "confidence": {
                    "constant": known.confidence.constant,
                    "trees": [
                        {
                            "features": one.features,
                            "thresholds": one.thresholds,
                            "leaves": one.leaves,
                        }
                        for one in known.confidence.trees
                    ],
                },
                "linked_from": known.linked_from,
                "absent_below": known.absent_below,
            },
            indent=None,
            separators=(",", ":"),
        ).replace("},{", "},\n{")
        + "\n"
    )


if __name__ == "__main__":
    main()
