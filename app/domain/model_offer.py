"""What is offered for a caller's words: outcome, candidates, what differs, what separates them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from app.domain.matching.resolution import Outcome
from app.domain.views import EntryNames
from app.domain.words import fold

_TOKEN = re.compile(r"[^\W_]+")
_ALIKE = 0.6
_TIED = 0.1
"""Candidates with this share of the first one's chance cannot be told from it by the words."""
_MOST_TIED = 3


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, in characters."""

    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Offered:
    """One candidate, and which stretches of its title the caller did not say."""

    entry: EntryNames
    score: float
    unsaid: tuple[Span, ...] = ()
    remembered: bool = False
    """Somebody decided before that these words mean it."""


@dataclass(frozen=True, slots=True)
class ModelOffer:
    """The answer while somebody types; `separating` holds one telling piece per tied candidate."""

    outcome: Outcome
    confidence: float
    candidates: tuple[Offered, ...] = ()
    separating: tuple[str, ...] = ()
    ready: bool = True
    """False while the index is still being built: the store's own search answered."""


NOTHING = ModelOffer(Outcome.NOT_IN_LIST, 0.0)


def unsaid(readings: Sequence[Sequence[str]], title: str) -> tuple[Span, ...]:
    """What of a title differs from the words: pieces with a digit nobody said, and slips.

    Plain words that were left out (the maker, "Crystal") are not marked: they contradict nothing.
    """
    said = {word for reading in readings for word in reading}
    runs = ["".join(reading) for reading in readings]
    found = (_differing(match, said, runs) for match in _TOKEN.finditer(title))
    return tuple(span for span in found if span is not None)


def _differing(match: re.Match[str], said: set[str], runs: Sequence[str]) -> Span | None:
    token = match.group()
    folded = fold(token)
    if folded in said or (len(folded) > 2 and any(folded in run for run in runs)):
        return None
    whole = Span(match.start(), len(token))
    near = max(said, key=lambda word: _alike(word, folded), default="")
    if _alike(near, folded) < _ALIKE:
        return whole if any(letter.isdigit() for letter in token) else None
    if len(folded) != len(token):
        return whole
    start, length = _stretch(folded, near)
    return Span(match.start() + start, length) if length else None


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _stretch(text: str, base: str) -> tuple[int, int]:
    """Where a text stops being the other, from both ends."""
    longest = min(len(text), len(base))
    start = next((at for at in range(longest) if text[at] != base[at]), longest)
    rest = longest - start
    end = next((at for at in range(rest) if text[-1 - at] != base[-1 - at]), rest)
    return start, len(text) - start - end


def tied(scores: Sequence[float]) -> int:
    """How many of the first candidates the words cannot tell apart; 1 where the first leads."""
    first = scores[0] if scores else 0.0
    return sum(score >= _TIED * first for score in scores[:_MOST_TIED])


def separating(titles: Sequence[str]) -> tuple[str, ...]:
    """For each title a piece that none of the others has; () where one of them has none."""
    pieces = [_TOKEN.findall(title) for title in titles]
    found = []
    for at, own in enumerate(pieces):
        others = {fold(piece) for n, other in enumerate(pieces) if n != at for piece in other}
        telling = [piece for piece in own if fold(piece) not in others]
        if not telling:
            return ()
        found.append(max(telling, key=lambda piece: any(one.isdigit() for one in piece)))
    return tuple(found) if len(found) > 1 else ()
