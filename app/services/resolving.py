"""Model resolution with the product's own data: how letters are spoken, and what was fitted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import resources
from app.domain.matching.reading import Spoken
from app.domain.matching.resolution import Coefficients, Weights
from app.domain.matching.trees import Forest, Tree


@cache
def spoken_words() -> Spoken:
    """Spelling alphabets (ICAO, DIN 5009 old and new), letters and numbers in both languages."""
    raw = resources.data("matching/spoken.json")
    return Spoken(
        letters=raw["letters"],
        pairs=raw["pairs"],
        numbers=raw["numbers"],
        hundreds=frozenset(raw["hundreds"]),
        zeros=frozenset(raw["zeros"]),
        joiners=frozenset(raw["joiners"]),
    )


@cache
def fillers() -> frozenset[str]:
    """Words that callers say around a model's name."""
    return frozenset(resources.data("matching/spoken.json")["fillers"])


@cache
def coefficients() -> Coefficients:
    """As `benchmarks.matching_fit` wrote them."""
    raw = resources.data("matching/coefficients.json")
    return Coefficients(
        said=_weights(raw["said"]),
        titled=_weights(raw["titled"]),
        corrections=_forest(raw["corrections"]),
        confidence=_forest(raw["confidence"]),
        fillers=fillers(),
        linked_from=raw["linked_from"],
        absent_below=raw["absent_below"],
    )


def _weights(raw: Mapping[str, Sequence[float]]) -> Weights:
    return Weights(tuple(raw["first_look"]), tuple(raw["rank"]))


def _forest(raw: Mapping[str, Any]) -> Forest:
    trees = [
        Tree(tuple(one["features"]), tuple(one["thresholds"]), tuple(one["leaves"]))
        for one in raw["trees"]
    ]
    return Forest(raw["constant"], trees)
