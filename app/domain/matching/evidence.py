"""Everything that speaks for or against one model, and for or against an answer as a whole."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import compress, pairwise
from operator import sub

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import partial_ratio

from app.domain.matching import alignment, fields, slips, traits
from app.domain.matching.alignment import Said, code_of, core, has_digit, rest_of
from app.domain.matching.index import CatalogIndex, Known

_LEFT = (
    "numbers_exact", "numbers_left", "known_word_left", "strange_words", "model_weight_left",
    "model_words_left", "has_number", "all_said", "words_said",
)  # fmt: skip
_CROSSED = ("slips_spelled", "outside_spelled", "left_spelled", "no_slip", "slips_share")
_CODES = ("code_slips", "code_cut", "code_outside", "their_code", "first_word")
_PLACED = ("said_first", "known_first", "pairs", "pairs_known")
FEATURES = (
    *alignment.FEATURES, *slips.KINDS, "core", "spelled", *_LEFT, *_CROSSED, *_CODES,
    *fields.FEATURES, *_PLACED, *traits.FEATURES,
)  # fmt: skip
"""What `features` gives, in order."""
ANSWER = (
    "score", "over_second", "over_third", "over_fifth", "close", "share", *FEATURES,
    *(f"{name} over second" for name in FEATURES),
)  # fmt: skip
"""What `of_answer` gives, in order."""

_COUNTED = len(slips.KINDS) - 3
"""Kinds of slips that are counted one by one; the rest are lengths of what was left over."""
_MOST_SLIPS = 4.0
_MOST_LEAD = 8.0
_CLOSE = 1.5
_HEAVIEST = 12.0
"""Weights of words are cut there."""


def features(
    said: Said, model: Known, fit: tuple[float, ...], index: CatalogIndex
) -> tuple[float, ...]:
    """`FEATURES` of one model beside one reading, whose `alignment.fit` is known."""
    text = core(said, model)
    counts = slips.slips(text, rest_of(model))
    counted = [min(count, _MOST_SLIPS) for count in counts[:_COUNTED]]
    lengths = [math.log1p(count) for count in counts[_COUNTED:]]
    made = sum(counted)
    left = _left_over(said, model, index)
    spelled = float(said.spelled)
    return (
        *fit,
        *counted,
        *lengths,
        float(len(text)),
        spelled,
        *left,
        made * spelled,
        lengths[-1] * spelled,
        left[1] * spelled,
        float(made == 0),
        made / (1 + len(text)),
        *_codes(said, model),
        *fields.read_as(said, model),
        *_placed(said, model),
        *traits.compared(said.traits, model.words),
    )


def _placed(said: Said, model: Known) -> tuple[float, ...]:
    """`_PLACED`: words that come first name the product; words side by side belong together."""
    words, theirs, run = said.words, model.words, model.run
    first = [worth / at for at, worth in enumerate(said.weights, 1)]
    their_first = [said.beside(word).worth / at for at, word in enumerate(theirs, 1)]
    pairs = [
        (one + other in run, worth + beside)
        for (one, worth), (other, beside) in pairwise(zip(words, said.weights, strict=True))
    ]
    known = [one + other in said.all for one, other in pairwise(theirs)]
    return (
        _share(first, [word in run for word in words], 0.0),
        _share(their_first, [word in said.all for word in theirs], 0.0),
        _share([worth for _, worth in pairs], [met for met, _ in pairs], 0.5),
        sum(known) / len(known) if known else 0.5,
    )


def _share(weights: Sequence[float], met: Sequence[bool], empty: float) -> float:
    whole = sum(weights)
    return sum(compress(weights, met)) / whole if whole else empty


def _codes(said: Said, model: Known) -> tuple[float, ...]:
    """`_CODES`: what names the model likeliest, on either side, laid on the other."""
    counts = slips.slips(said.code, model.run)
    theirs = code_of([word for word in model.words if has_digit(word)], said.weight)
    return (
        min(sum(counts[:_COUNTED]), _MOST_SLIPS),
        math.log1p(min(counts[_COUNTED], counts[_COUNTED + 1])),
        math.log1p(counts[_COUNTED + 2]),
        (1.0 if theirs in said.run else 0.8 * partial_ratio(theirs, said.run) / 100)
        if theirs
        else 0.5,
        float(said.words[0] in model.words),
    )


def of_answer(
    scores: Sequence[float], first: Sequence[float], second: Sequence[float] | None
) -> tuple[float, ...]:
    """`ANSWER`: the best score, its lead, how many are close, the first one's share of what all of
    them are worth, its features, and how far they are above those of the second.
    """
    best = scores[0]
    lead = [best - max(_at(scores, place), best - _MOST_LEAD) for place in (1, 2, 4)]
    close = sum(1 for score in scores if score > best - _CLOSE)
    share = 1 / sum(math.exp(score - best) for score in scores)
    over = first if second is None else map(sub, first, second)
    return (best, *lead, float(min(close, 10)), share, *first, *over)


def _at(scores: Sequence[float], place: int) -> float:
    return scores[place] if place < len(scores) else -math.inf


def _left_over(said: Said, model: Known, index: CatalogIndex) -> tuple[float, ...]:
    """`_LEFT`: what either side has that the other has not."""
    numbers, theirs = said.numbers, set(model.words)
    exact = sum(word in model.run for word in numbers) / len(numbers) if numbers else 0.5
    strange = [
        word
        for word in said.words
        if word not in said.fillers
        and word not in model.run
        and not any(len(one) > 2 and one in word for one in theirs)
    ]
    known = [index.weight(word) for word in strange if index.knows(word)]
    unknown = [word for word in strange if not index.knows(word) and word.isalpha()]
    unsaid = [word for word in model.words[len(model.maker) :] if word not in said.run]
    return (
        exact,
        sum(_unaccounted(word, model.run) for word in numbers),
        max(known, default=0.0) / _HEAVIEST,
        float(len(unknown)),
        sum(min(index.weight(word), _HEAVIEST) for word in unsaid) / _HEAVIEST,
        float(len(unsaid)),
        float(bool(numbers)),
        float(all(word in said.run for word in model.words)),
        float(len(said.words)),
    )


def _unaccounted(word: str, run: str) -> float:
    """Letters of a word that a run, in order, has not."""
    return len(word) - (len(word) + len(run) - Indel.distance(word, run)) / 2
