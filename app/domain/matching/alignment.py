"""How well a model's words fit what was said: each word beside its likest, rare ones first."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from operator import mul
from typing import NamedTuple

from rapidfuzz.distance import OSA, Indel
from rapidfuzz.fuzz import partial_ratio

from app.domain.matching.index import CatalogIndex, Known, holds_digit, trigrams
from app.domain.matching.reading import NO_DIGITS, NO_LETTERS, Reading
from app.domain.matching.traits import Traits, traits_of

_FITS = 0.55
"""Words less alike than this are strangers."""
_WITHIN = 0.84
"""Words less alike than this are also looked for in the other's run."""
_IS_MAKER = 0.7
"""A word as like the maker's name as this is that name."""
_FILLER_WEIGHT = 0.12
_CONFUSED = str.maketrans("oisbzlqg", "01582109")
_LONG_CODE = 8

Weight = Callable[[str], float]

FEATURES = (
    "said", "said_numbers", "known", "known_number", "run", "run_in_model", "model_in_run",
    "digits", "digits_said_left", "digits_model_left", "number_exact", "number_begins",
    "maker", "whole", "bare", "letters_left", "grams_said", "grams_known", "digit_grams_said",
    "digit_grams_known", "words_said", "words_known", "code", "code_like", "folded",
)  # fmt: skip
"""What `fit` gives, in order; shares between 0 and 1, but the last, a count."""


class Beside(NamedTuple):
    """A model's word beside what was said."""

    likes: tuple[float, ...]
    """Of each word that was said to it."""
    like: float
    """Its best likeness to anything said."""
    worth: float


@dataclass(frozen=True, slots=True)
class Said:
    """One reading, with what every model is laid beside it."""

    words: tuple[str, ...]
    spelled: bool
    folded: int
    weights: tuple[float, ...]
    fillers: Collection[str]
    run: str
    """The words that say something, run together."""
    all: str
    """All words run together."""
    digits: str
    letters: str
    numbers: tuple[str, ...]
    """Words that hold a digit."""
    number_weights: tuple[float, ...]
    bare: str
    """The run with letters and digits that look alike made one."""
    code: str
    """The word with a digit that names a model likeliest: rare, long, and of both kinds."""
    grams: dict[str, float]
    """Trigrams of the run, each with how telling it is."""
    digit_grams: dict[str, float]
    """Those of them that hold a digit."""
    in_all: tuple[float, float]
    """How telling all of them are together, and those with a digit."""
    traits: Traits
    weight: Weight
    known: dict[str, Beside] = field(default_factory=dict)
    """Words of models met before."""
    makers: dict[tuple[str, ...], tuple[float, ...]] = field(default_factory=dict)
    """Makers met before: how like a name of theirs each word is."""

    def beside(self, word: str) -> Beside:
        """A model's word laid beside what was said."""
        found = self.known.get(word)
        if found is None:
            alike = [_alike(other, word) for other in self.words]
            best = max([back for _, back in alike], default=0.0)
            found = self.known[word] = Beside(
                tuple([forth for forth, _ in alike]),
                _or_within(best, word, self.run),
                _worth(word, self.weight, ()),
            )
        return found

    def like_maker(self, maker: tuple[str, ...]) -> tuple[float, ...]:
        """How like a name of the maker each word is."""
        found = self.makers.get(maker)
        if found is None:
            likes = [self.beside(name).likes for name in maker]
            found = self.makers[maker] = (
                tuple(map(max, zip(*likes, strict=True))) if likes else (0.0,) * len(self.words)
            )
        return found


def said_of(reading: Reading, index: CatalogIndex, fillers: Collection[str]) -> Said:
    """A reading made ready to be laid beside models."""
    words = reading.words
    run = "".join(word for word in words if word not in fillers) or "".join(words)
    numbers = tuple(word for word in words if has_digit(word))
    grams = {gram: index.gram_weight(gram) for gram in trigrams(run)}
    digit_grams = {gram: worth for gram, worth in grams.items() if holds_digit(gram)}
    return Said(
        words=words,
        spelled=reading.spelled,
        folded=reading.folded,
        weights=tuple(_worth(word, index.weight, fillers) for word in words),
        fillers=fillers,
        run=run,
        all="".join(words),
        digits=run.translate(NO_LETTERS),
        letters=run.translate(NO_DIGITS),
        numbers=numbers,
        number_weights=tuple(_worth(word, index.weight, fillers) for word in numbers),
        bare=run.translate(_CONFUSED),
        code=code_of(numbers, index.weight),
        grams=grams,
        digit_grams=digit_grams,
        in_all=(math.fsum(grams.values()) or 1.0, math.fsum(digit_grams.values())),
        traits=traits_of(words),
        weight=index.weight,
    )


def code_of(words: Sequence[str], weight: Weight) -> str:
    """The word that names a model likeliest among words with a digit; empty where none."""
    return max(words, key=lambda word: (_telling(word, weight), word), default="")


def _telling(word: str, weight: Weight) -> float:
    return weight(word) * min(len(word), _LONG_CODE) * (0.75 if word.isdigit() else 1.0)


def fit(said: Said, model: Known) -> tuple[float, ...]:
    """Lay the words beside the model's: `FEATURES`."""
    run, words = model.run, model.words
    known = [said.beside(word) for word in words]
    best = (
        map(max, zip(*[one.likes for one in known], strict=True))
        if known
        else (0.0,) * len(said.words)
    )
    forth = [
        like if like >= _WITHIN else _or_within(like, word, run)
        for like, word in zip(best, said.words, strict=True)
    ]
    numbers = [word for word in words if not word.isalpha()]
    forth_numbers = [
        like for like, word in zip(forth, said.words, strict=True) if not word.isalpha()
    ]
    likes, worths = [one.like for one in known], [one.worth for one in known]
    whole = Indel.normalized_similarity(said.run, run)
    within = partial_ratio(said.run, run) / 100
    digits_kept = _kept(said.digits, model.digits)
    return (
        _share(forth, said.weights),
        _share(forth_numbers, said.number_weights, 0.5),
        _share(likes, worths),
        max([said.known[word].like * _long(word) for word in numbers], default=0.0),
        whole,
        within if len(said.run) <= len(run) else whole,
        within if len(run) <= len(said.run) else whole,
        2 * digits_kept / (len(said.digits) + len(model.digits)) if said.digits else 0.5,
        1 - digits_kept / len(said.digits) if said.digits else 0.0,
        1 - digits_kept / len(model.digits) if model.digits else 0.0,
        _exact_number(numbers, said.run),
        _begun_number(numbers, said.numbers),
        _maker(said, model),
        float(said.run in run),
        partial_ratio(said.bare, run.translate(_CONFUSED)) / 100,
        1 - _kept(said.letters, model.letters) / len(said.letters) if said.letters else 0.0,
        *_grams(said, model),
        _share([float(word in words) for word in said.words], said.weights),
        _share([float(word in said.words) for word in words], worths),
        _long(said.code) if said.code and said.code in run else 0.0,
        partial_ratio(said.code, run) / 100 if said.code else 0.5,
        float(said.folded),
    )


def _grams(said: Said, model: Known) -> tuple[float, float, float, float]:
    """Shares of trigrams that both have: of the said, of the model's; then of those with digits.

    Sets have no order, so sums over them are exact: the same words get the same answer.
    """
    common = said.grams.keys() & model.grams
    both = common & said.digit_grams.keys()
    total, total_digits = said.in_all
    return (
        math.fsum(map(said.grams.__getitem__, common)) / total,
        len(common) / (len(model.grams) or 1),
        math.fsum(map(said.digit_grams.__getitem__, both)) / total_digits if total_digits else 0.5,
        len(both) / model.digit_grams if model.digit_grams else 0.5,
    )


def core(said: Said, model: Known) -> str:
    """What was said, run together, without the maker and without words the model has whole."""
    kept = "".join(
        word
        for word, like in zip(said.words, said.like_maker(model.maker), strict=True)
        if word not in said.fillers
        and (has_digit(word) or (word not in model.words and like < _IS_MAKER))
    )
    return kept or said.run


def without_maker(said: Said, model: Known) -> str:
    """What was said, run together, without words like the maker's name."""
    return "".join(
        word
        for word, like in zip(said.words, said.like_maker(model.maker), strict=True)
        if like < _IS_MAKER and word not in said.fillers
    )


def rest_of(model: Known) -> str:
    """The model's words run together, without the maker unless that is all there is."""
    return "".join(model.words[len(model.maker) :]) or model.run


def has_digit(word: str) -> bool:
    """Of a folded word: letters and digits only."""
    return not word.isalpha()


def _maker(said: Said, model: Known) -> float:
    """The likeness of the maker's name to any word, or to a piece of what was run together."""
    maker = max(said.like_maker(model.maker), default=0.0)
    if maker < _WITHIN and model.maker and len(model.maker[0]) > 2:
        return max(maker, 0.9 * partial_ratio(model.maker[0], said.run) / 100)
    return maker


def _exact_number(numbers: Sequence[str], run: str) -> float:
    return max([_long(one) for one in numbers if len(one) > 1 and one in run], default=0.0)


def _begun_number(numbers: Sequence[str], said: Sequence[str]) -> float:
    return max(
        [
            _long(word)
            for word in said
            if len(word) > 1 and any(one.startswith(word) for one in numbers)
        ],
        default=0.0,
    )


def _or_within(best: float, word: str, run: str) -> float:
    """The likeness of a word, or that to a piece of all the others together."""
    if best < _WITHIN and len(word) > 2:
        if word in run:
            return max(best, 0.9)
        within = partial_ratio(word, run) / 100 if len(word) <= len(run) else 0.0
        best = max(best, 0.85 * within)
    return best if best >= _FITS else 0.0


def _alike(said: str, known: str) -> tuple[float, float]:
    """Of one word to the other, and back: 1 for the same, less for a beginning or a slip (optimal
    string alignment).
    """
    if said == known:
        return 1.0, 1.0
    slipped = 0.95 * OSA.normalized_similarity(said, known, score_cutoff=_FITS)
    if len(said) >= 3 and known.startswith(said):
        return 0.75 + 0.2 * len(said) / len(known), slipped
    if len(known) >= 3 and said.startswith(known):
        return slipped, 0.75 + 0.2 * len(known) / len(said)
    return slipped, slipped


def _worth(word: str, weight: Weight, fillers: Collection[str]) -> float:
    """Words with digits name a model; words of one letter name little, filling words nothing."""
    if word in fillers:
        return _FILLER_WEIGHT
    boost = 1.6 if has_digit(word) else 1.0
    return boost * weight(word) * (0.4 if len(word) == 1 else 1.0)


def _share(likes: Sequence[float], weights: Sequence[float], empty: float = 0.0) -> float:
    total = sum(weights)
    return sum(map(mul, weights, likes)) / total if total else empty


def _kept(ours: str, theirs: str) -> float:
    """Letters of one text that the other, in order, accounts for."""
    return (len(ours) + len(theirs) - Indel.distance(ours, theirs)) / 2


def _long(word: str) -> float:
    """Long words tell more."""
    return len(word) / (len(word) + 2.0)
