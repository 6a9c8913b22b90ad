"""Fits model resolution: `python -m benchmarks.matching_fit [--made N]`.

Weights of the two rankings (`benchmarks.matching_descent`), and boosted trees for the confidence
(`benchmarks.matching_trees`), on half of the developer queries and on noise and titles made here
(`benchmarks.matching_noise`, `benchmarks.matching_titles`; kinds and makers held back are left
out).
Writes `resources/matching/coefficients.json`; the same every time.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from random import Random

from app.domain.matching import alignment
from app.domain.matching.index import CatalogIndex
from app.domain.matching.resolution import (
    Coefficients,
    Looked,
    Weights,
    closely,
    dot,
    judged,
    looked_up,
)
from app.domain.matching.trees import Forest
from app.services.resolving import fillers, spoken_words
from benchmarks.matching_corrections import Rivals, corrections
from benchmarks.matching_data import Query, catalog, entries_of, queries
from benchmarks.matching_descent import Offered, ranking
from benchmarks.matching_noise import FITTED, asked_of, is_held_back
from benchmarks.matching_titles import described, titles_of
from benchmarks.matching_trees import grown

_TARGET = Path("resources/matching/coefficients.json")
_SAID_RIDGE, _TITLED_RIDGE = 1e-3, 3e-3
_SAID_IN_TITLES = 0.3
"""What a query that is no title counts where titles are fitted."""
_TITLES_IN_CORRECTIONS = 0.5
"""What a title counts where trees are grown that correct the ranking."""
_RIVALS, _FEW, _FAR = 20, 4, 4.0
"""Candidates to be told apart, and those where the right one leads by so much."""
_NONE = Forest(0.0, ())
_PLAINLY = [alignment.FEATURES.index(name) for name in ("said", "known", "grams_said")]
_PRECISION = 0.984
"""Of what is linked without asking, on queries that the trees have not seen."""
_LINKED_FROM = 0.95
"""At the least: kinds of noise that the developer queries have not need a higher limit."""
_ABSENT = 0.75
"""Of what is called not in the list."""
_TREES = 200
"""That judge an answer."""
_PARTS = 2
"""Of the developer queries, when the limits are set."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with what was looked up for it."""

    query: Query
    index: CatalogIndex
    looked: tuple[Looked, ...]


def main() -> None:
    """Fit and write."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--made", type=int, default=6_000, help="queries of our own noise")
    made = arguments.parse_args().made
    rows, chance = catalog(), Random(7)
    ours = [row for row in rows if not is_held_back(row.maker)]
    index = CatalogIndex(entries_of(rows))
    listed = CatalogIndex(described(row.entry, chance) for row in ours[::4])
    made_here = [_looked(one, index) for one in asked_of(ours, FITTED, made, chance)]
    developer = [_looked(one, index) for one in queries()[0::2]]
    titles = [_looked(one, listed) for one in titles_of(ours[::4], made // 2, chance)]
    short = [*made_here, *developer]
    said = _weights(short, [1.0] * len(short), _SAID_RIDGE)
    mixed = [_SAID_IN_TITLES] * len(made_here) + [1.0] * len(titles)
    long = _weights([*made_here, *titles], mixed, _TITLED_RIDGE)
    known = _ranking(said, long, _NONE)
    mixed = [1.0] * len(short) + [_TITLES_IN_CORRECTIONS] * len(titles)
    rivals = [_rivals(one, known) for one in [*short, *titles]]
    known = _ranking(said, long, Forest(0.0, corrections(rivals, mixed)))
    print(f"ranked by {len(short)} queries and {len(titles)} titles")
    judged_by = _judged([*made_here, *titles], known)
    known = _with_confidence(known, judged_by, _judged(developer, known))
    _TARGET.write_text(_document(known), "utf-8")


def _looked(query: Query, index: CatalogIndex) -> Asked:
    found = looked_up(query.text, index, spoken_words(), fillers(), query.hidden)
    return Asked(query, index, tuple(found))


def _weights(asked: Sequence[Asked], shares: Sequence[float], ridge: float) -> Weights:
    """Of both looks, the second at what the first lets through."""
    first = ranking([_hardest(each) for each in asked], shares, ridge)
    look = Weights(tuple(first), ())
    by_look = _ranking(look, look, _NONE)
    second = ranking(
        [
            [
                (one.model.id in each.query.accepted, values)
                for one, values in closely(each.looked, each.index, by_look)
            ]
            for each in asked
        ],
        shares,
        ridge,
    )
    return Weights(tuple(first), tuple(second))


def _hardest(asked: Asked) -> Offered:
    """What is right, and what looks most like it by the words and pieces in common."""
    ranked = sorted(asked.looked, key=lambda one: -sum(one.fit[at] for at in _PLAINLY))
    return [
        (one.model.id in asked.query.accepted, one.fit)
        for at, one in enumerate(ranked)
        if at < _RIVALS or one.model.id in asked.query.accepted
    ]


def _ranking(said: Weights, titled: Weights, corrected: Forest) -> Coefficients:
    """Before it is known how far to trust it."""
    return Coefficients(said, titled, corrected, _NONE, fillers(), 1.0, 0.0)


def _rivals(asked: Asked, known: Coefficients) -> Rivals:
    """What is right, and what has the highest sums; fewer where what is right leads by far."""
    ranked = sorted(
        (
            (
                -dot(known.of(one.said).rank, values),
                at,
                one.model.id in asked.query.accepted,
                values,
            )
            for at, (one, values) in enumerate(closely(asked.looked, asked.index, known))
        ),
    )
    found = [(right, -below, values) for below, _, right, values in ranked]
    first = next((score for right, score, _ in found if right), None)
    if first is None:
        return []
    lead = first - max((score for right, score, _ in found if not right), default=first)
    most = _FEW if lead > _FAR else _RIVALS
    return [one for at, one in enumerate(found) if at < most or one[0]]


@dataclass(frozen=True, slots=True)
class Judged:
    """An answer's evidence, whether its first candidate is right, and whether one was there."""

    evidence: tuple[float, ...]
    right: bool
    inside: bool


def _judged(asked: Sequence[Asked], known: Coefficients) -> list[Judged]:
    found = (
        (one, judged(closely(one.looked, one.index, known), one.index, known)) for one in asked
    )
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
    return replace(known, confidence=forest, linked_from=linked, absent_below=absent)


def _forest(rows: Sequence[Judged]) -> Forest:
    return grown([one.evidence for one in rows], [one.right for one in rows], _TREES)


def _linked_from(chances: Sequence[float], right: Sequence[bool]) -> float:
    """The lowest limit above which enough are right."""
    ranked = sorted(zip(chances, right, strict=True), reverse=True)
    limit, good = 1.0, 0
    for count, (chance, is_right) in enumerate(ranked, 1):
        good += is_right
        if good / count >= _PRECISION and count >= 50:
            limit = chance
    return max(_LINKED_FROM, round(limit, 4))


def _absent_below(chances: Sequence[float], inside: Sequence[bool]) -> float:
    """The highest limit below which most are not in the list."""
    limit = 0.05
    for at in range(5, 36):  # two or three that tie share what is probable
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
                "corrections": _trees(known.corrections),
                "confidence": _trees(known.confidence),
                "linked_from": known.linked_from,
                "absent_below": known.absent_below,
            },
            indent=None,
            separators=(",", ":"),
        ).replace("},{", "},\n{")
        + "\n"
    )


def _trees(forest: Forest) -> dict[str, object]:
    return {"constant": forest.constant, "trees": [asdict(one) for one in forest.trees]}


if __name__ == "__main__":
    main()
