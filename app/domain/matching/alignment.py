"""How well a model's words fit what was said: each word beside its likest, rare ones first."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA, Indel
from rapidfuzz.fuzz import partial_ratio

from app.domain.matching.index import Known
from app.domain.matching.reading import Reading

_FITS = 0.55
"""Words less alike than this are strangers."""
_WITHIN = 0.84
"""Words less alike than this are also looked for in the other's run."""
_FILLER_WEIGHT = 0.12
_CONFUSED = str.maketrans("oisbzlqg", "01582109")

Weight = Callable[[str], float]

FEATURES = (
    "said", "said_numbers", "known", "known_number", "run", "run_in_model", "model_in_run",
    "digits", "digits_said_left", "digits_model_left", "number_exact", "number_begins",
    "maker", "whole", "bare", "letters_left",
)  # fmt: skip
"""What `fit` gives, in order; shares between 0 and 1."""


@dataclass(frozen=True, slots=True)
class Said:
    """One reading, with what every model is laid beside it."""

    words: tuple[str, ...]
    spelled: bool
    weights: tuple[float, ...]
    fillers: Collection[str]
    run: str
    """The words that say something, run together."""
    digits: str
    numbers: tuple[str, ...]
    """Words that hold a digit."""
    bare: str
    """The run with letters and digits that look alike made one."""


def said_of(reading: Reading, weight: Weight, fillers: Collection[str]) -> Said:
    """A reading made ready to be laid beside models."""
    words = reading.words
    run = "".join(word for word in words if word not in fillers) or "".join(words)
    return Said(
        words=words,
        spelled=reading.spelled,
        weights=tuple(_worth(word, weight, fillers) for word in words),
        fillers=fillers,
        run=run,
        digits=_digits(run),
        numbers=tuple(word for word in words if has_digit(word)),
        bare=run.translate(_CONFUSED),
    )


def fit(said: Said, model: Known, weight: Weight) -> tuple[float, ...]:
    """Lay the words beside the model's: `FEATURES`."""
    forth = [_best(word, model.words, model.run) for word in said.words]
    back = [_best(word, said.words, said.run) for word in model.words]
    numbers = [at for at, word in enumerate(model.words) if has_digit(word)]
    said_numbers = [at for at, word in enumerate(said.words) if has_digit(word)]
    digits = _digits(model.run)
    whole = Indel.normalized_similarity(said.run, model.run)
    shorter = len(said.run) <= len(model.run)
    within = partial_ratio(said.run, model.run) / 100
    return (
        _share(forth, said.weights),
        _share([forth[at] for at in said_numbers], [said.weights[at] for at in said_numbers], 0.5),
        _share(back, [_worth(word, weight, ()) for word in model.words]),
        max((back[at] * _long(model.words[at]) for at in numbers), default=0.0),
        whole,
        within if shorter else whole,
        within if len(model.run) <= len(said.run) else whole,
        Indel.normalized_similarity(said.digits, digits) if said.digits else 0.5,
        _left(said.digits, digits),
        _left(digits, said.digits),
        _exact_number([model.words[at] for at in numbers], said.run),
        _begun_number([model.words[at] for at in numbers], said.numbers),
        _maker(said, model),
        float(said.run in model.run),
        partial_ratio(said.bare, model.run.translate(_CONFUSED)) / 100,
        _left(_letters(said.run), _letters(model.run)),
    )


def core(said: Said, model: Known) -> str:
    """What was said, run together, without the maker and without words the model has whole."""
    kept = "".join(
        word
        for word in said.words
        if word not in said.fillers
        and (
            has_digit(word)
            or (
                word not in model.words
                and max((_alike(word, name) for name in model.maker), default=0.0) < 0.7
            )
        )
    )
    return kept or said.run


def rest_of(model: Known) -> str:
    """The model's words run together, without the maker unless that is all there is."""
    return "".join(model.words[len(model.maker) :]) or model.run


def has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)


def _maker(said: Said, model: Known) -> float:
    """The likeness of the maker's name to any word, or to a piece of what was run together."""
    maker = max((_alike(word, name) for word in said.words for name in model.maker), default=0.0)
    if maker < _WITHIN and model.maker and len(model.maker[0]) > 2:
        return max(maker, 0.9 * partial_ratio(model.maker[0], said.run) / 100)
    return maker


def _exact_number(numbers: Sequence[str], run: str) -> float:
    return max((_long(one) for one in numbers if len(one) > 1 and one in run), default=0.0)


def _begun_number(numbers: Sequence[str], said: Sequence[str]) -> float:
    return max(
        (
            _long(word)
            for word in said
            if len(word) > 1 and any(one.startswith(word) for one in numbers)
        ),
        default=0.0,
    )


def _best(word: str, others: Sequence[str], run: str) -> float:
    """The likeness of a word to the likest of others, or to a piece of all of them together."""
    best = max((_alike(word, other) for other in others), default=0.0)
    if best < _WITHIN and len(word) > 2:
        if word in run:
            return max(best, 0.9)
        within = partial_ratio(word, run) / 100 if len(word) <= len(run) else 0.0
        best = max(best, 0.85 * within)
    return best if best >= _FITS else 0.0


def _alike(one: str, other: str) -> float:
    """1 for the same word, less for a beginning or a slip (optimal string alignment)."""
    if one == other:
        return 1.0
    if len(one) >= 3 and other.startswith(one):
        return 0.75 + 0.2 * len(one) / len(other)
    return 0.95 * OSA.normalized_similarity(one, other, score_cutoff=_FITS)


def _worth(word: str, weight: Weight, fillers: Collection[str]) -> float:
    """Words with digits name a model; words of one letter name little, filling words nothing."""
    if word in fillers:
        return _FILLER_WEIGHT
    boost = 1.6 if has_digit(word) else 1.0
    return boost * weight(word) * (0.4 if len(word) == 1 else 1.0)


def _share(likes: Sequence[float], weights: Sequence[float], empty: float = 0.0) -> float:
    total = sum(weights)
    return sum(w * like for like, w in zip(likes, weights, strict=True)) / total if total else empty


def _left(ours: str, theirs: str) -> float:
    """Share of one text that the other, in order, does not account for."""
    if not ours:
        return 0.0
    kept = (len(ours) + len(theirs) - Indel.distance(ours, theirs)) / 2
    return 1 - kept / len(ours)


def _long(word: str) -> float:
    """Long words tell more."""
    return len(word) / (len(word) + 2.0)


def _digits(run: str) -> str:
    return "".join(letter for letter in run if letter.isdigit())


def _letters(run: str) -> str:
    return "".join(letter for letter in run if not letter.isdigit())
