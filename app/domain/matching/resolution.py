"""The answer to one query: linked, a choice, or not in the list, with its confidence."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from operator import mul
from typing import NamedTuple

from app.domain.matching.alignment import Said, fit, said_of
from app.domain.matching.evidence import features, of_answer
from app.domain.matching.index import CatalogIndex, Known
from app.domain.matching.reading import Spoken, readings
from app.domain.matching.trees import Forest

MOST_CANDIDATES = 10
_LOOKED_UP = 40
"""Models of each reading that are laid beside the words."""
_LOOKED_AT = 10
"""Those of them that are looked at closely."""


class Outcome(StrEnum):
    """What is offered for the caller's words."""

    LINKED = "linked"
    CHOOSE = "choose"
    NOT_IN_LIST = "not_in_list"


TITLE_FROM = 7
"""Words of a reading that make it a title."""


@dataclass(frozen=True, slots=True)
class Weights:
    """How features make a score."""

    first_look: tuple[float, ...]
    """Weights of `alignment.FEATURES`: which candidates are worth a closer look."""
    rank: tuple[float, ...]
    """Weights of `evidence.FEATURES` in the score."""


@dataclass(frozen=True, slots=True)
class Coefficients:
    """What was fitted (`benchmarks.matching_fit`): how features make scores and a probability."""

    said: Weights
    titled: Weights
    """From `TITLE_FROM` words on: whole titles, with much that names nothing."""
    corrections: Forest
    """Over `evidence.FEATURES`: added to the weighted sum."""
    confidence: Forest
    """Over `evidence.ANSWER`."""
    fillers: Collection[str]
    """Words that callers say around a model's name."""
    linked_from: float
    absent_below: float

    def of(self, said: Said) -> Weights:
        return self.titled if len(said.words) >= TITLE_FROM else self.said


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
    score: float
    """The chance that it is right, as far as the words tell; the first one's is the confidence."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the words may mean, best first."""

    outcome: Outcome
    confidence: float
    """The probability that the first candidate is right."""
    candidates: tuple[Candidate, ...]
    evidence: tuple[float, ...] = ()
    """What the confidence was computed from, for fitting."""


NOTHING = Resolution(Outcome.NOT_IN_LIST, 0.0, ())


class Looked(NamedTuple):
    """One model laid beside one reading."""

    place: int
    said: Said
    model: Known
    fit: tuple[float, ...]


def resolve(
    text: str,
    index: CatalogIndex,
    spoken: Spoken,
    known: Coefficients,
    without: Collection[str] = (),
) -> Resolution:
    """Read, look up, align and judge, as if some entries were not there; bounded work whatever was
    typed.
    """
    found = looked_up(text, index, spoken, known.fillers, without)
    return judged(closely(found, index, known), index, known)


def judged(
    found: Iterable[tuple[Looked, tuple[float, ...]]], index: CatalogIndex, known: Coefficients
) -> Resolution:
    """The answer from models that were looked at closely."""
    best: dict[int, tuple[float, tuple[float, ...]]] = {}
    for one, values in found:
        score = dot(known.of(one.said).rank, values) + known.corrections.value(values)
        if one.place not in best or best[one.place][0] < score:
            best[one.place] = score, values
    ranked = sorted(best, key=lambda place: (-best[place][0], place))[:MOST_CANDIDATES]
    if not ranked:
        return NOTHING
    scores = [best[place][0] for place in ranked]
    second = best[ranked[1]][1] if len(ranked) > 1 else None
    evidence = of_answer(scores, best[ranked[0]][1], second)
    confidence = known.confidence.probability(evidence)
    return Resolution(
        _outcome(confidence, known),
        confidence,
        tuple(
            Candidate(index.model(place).id, confidence * math.exp(best[place][0] - scores[0]))
            for place in ranked
        ),
        evidence,
    )


def looked_up(
    text: str,
    index: CatalogIndex,
    spoken: Spoken,
    fillers: Collection[str],
    without: Collection[str] = (),
) -> list[Looked]:
    """The candidates of each reading, laid beside it."""
    found: list[Looked] = []
    models: dict[int, Known] = {}
    for reading in readings(text, spoken):
        said = said_of(reading, index, fillers)
        for place in index.candidates(said.words, _LOOKED_UP + len(without)):
            model = models.get(place) or models.setdefault(place, index.model(place))
            if model.id not in without:
                found.append(Looked(place, said, model, fit(said, model)))
    return found


def closely(
    found: Iterable[Looked], index: CatalogIndex, known: Coefficients
) -> list[tuple[Looked, tuple[float, ...]]]:
    """The likeliest at first look, each with its `evidence.FEATURES`."""
    likely = sorted(
        found, key=lambda one: (-dot(known.of(one.said).first_look, one.fit), one.place)
    )
    kept = frozenset(list(dict.fromkeys(one.place for one in likely))[:_LOOKED_AT])
    return [
        (one, features(one.said, one.model, one.fit, index)) for one in likely if one.place in kept
    ]


def _outcome(confidence: float, known: Coefficients) -> Outcome:
    if confidence >= known.linked_from:
        return Outcome.LINKED
    return Outcome.NOT_IN_LIST if confidence < known.absent_below else Outcome.CHOOSE


def dot(weights: Sequence[float], values: Sequence[float]) -> float:
    return float(sum(map(mul, weights, values)))
