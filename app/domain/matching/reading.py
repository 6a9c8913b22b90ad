"""The ways a caller's words may be read: as typed, with spoken letters and numbers written out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import ne

from app.domain.words import fold

LONGEST = 400
"""Characters of a query that are looked at; a sentence of a caller is far shorter."""

_TOKEN = re.compile(r"[0-9a-z]+")
NO_DIGITS = str.maketrans("", "", "0123456789")
NO_LETTERS = str.maketrans("", "", "abcdefghijklmnopqrstuvwxyz")
_PARTS = re.compile(r"[a-z]+|[0-9]+")


@dataclass(frozen=True, slots=True)
class Spoken:
    """How letters and numbers are said, as data."""

    letters: Mapping[str, str]
    """A word that stands for one letter: "em", "tango", "Siegfried"."""
    pairs: Mapping[str, str]
    """Two words that stand for one letter: "double you"."""
    numbers: Mapping[str, int]
    """A word for a number below 100."""
    hundreds: frozenset[str]
    zeros: frozenset[str]
    """Letters' names that are said for 0 beside a number: "oh"."""
    joiners: frozenset[str]
    """Said between, written nowhere: "dash", "and", "Strich"."""


def words_of(text: str) -> list[str]:
    """Folded letter-digit words, bounded."""
    return _TOKEN.findall(fold(text[:LONGEST]))


def parts_of(word: str) -> list[str]:
    """A word's runs of letters and of digits: ``20l9`` is 20, l, 9."""
    return _PARTS.findall(word)


def squashed(words: Sequence[str]) -> str:
    """Everything run together, so that no blank or hyphen matters."""
    return "".join(words)


@dataclass(frozen=True, slots=True)
class Reading:
    """Words as they may be meant."""

    words: tuple[str, ...]
    spelled: bool
    """Letters and numbers were said one by one: whoever does so slips less than who types."""
    folded: int = 0
    """Letters that were read as the digits they look like."""


def readings(text: str, spoken: Spoken) -> list[Reading]:
    """The words as typed; as spoken, and with letters for digits put right, where that differs."""
    typed = words_of(text)
    said = _written_out(typed, spoken)
    found: dict[tuple[str, ...], Reading] = {}
    for words, spelled in ((typed, False), (said, True)):
        found.setdefault(tuple(words), Reading(tuple(words), spelled))
    for one in list(found.values()):
        put_right = tuple(map(_digits_for_letters, one.words))
        folded = sum(map(ne, squashed(one.words), squashed(put_right)))
        found.setdefault(put_right, Reading(put_right, one.spelled, folded))
    return [one for one in found.values() if one.words]


_LOOKS_LIKE = {"o": "0", "i": "1", "s": "5", "b": "8", "z": "2"}


def _digits_for_letters(word: str) -> str:
    """Letters beside a digit that look like one, as that digit: ``4o4i`` is 4041."""
    if word.isalpha() or word.isdigit():
        return word
    made = list(word)
    for at, letter in enumerate(word):
        beside = word[max(0, at - 1) : at] + word[at + 1 : at + 2]
        if letter in _LOOKS_LIKE and any(other.isdigit() for other in beside):
            made[at] = _LOOKS_LIKE[letter]
    return "".join(made)


def _written_out(words: Sequence[str], spoken: Spoken) -> list[str]:
    """Spoken letters and numbers run together into one word, as on a rating plate."""
    made: list[str] = []
    run = ""
    at = 0
    while at < len(words):
        number, used = _number(words, at, spoken)
        letter = spoken.letters.get(words[at])
        pair = spoken.pairs.get(" ".join(words[at : at + 2]))
        if words[at] in spoken.zeros and _is_beside_a_number(words, at, run, spoken):
            run, at = run + "0", at + 1
        elif pair is not None:
            run, at = run + pair, at + 2
        elif used:
            run, at = run + number, at + used
        elif letter is not None or (run and _joins(words[at])):
            run, at = run + (letter or words[at]), at + 1
        elif words[at] in spoken.joiners and run:
            at += 1
        else:
            made += [run] if run else []
            made.append(words[at])
            run, at = "", at + 1
    return [*made, run] if run else made


def _is_beside_a_number(words: Sequence[str], at: int, run: str, spoken: Spoken) -> bool:
    following = words[at + 1] if at + 1 < len(words) else ""
    return run[-1:].isdigit() or following in spoken.numbers or following.isdigit()


def _joins(word: str) -> bool:
    """A single letter, or digits, beside spoken ones."""
    return len(word) == 1 or word.isdigit()


def _number(words: Sequence[str], at: int, spoken: Spoken) -> tuple[str, int]:
    """The digits of a spoken number at that place, and how many words it took."""
    first, used = _below_hundred(words, at, spoken)
    after = words[at + used] if at + used < len(words) else ""
    if used and after in spoken.hundreds:
        rest, more = _below_hundred(words, at + used + 1, spoken)
        if more and rest > 0:
            return str(first * 100 + rest), used + 1 + more
        return str(first * 100), used + 1
    if used and not words[at].isdigit():
        return str(first), used
    return "", 0


def _below_hundred(words: Sequence[str], at: int, spoken: Spoken) -> tuple[int, int]:
    """A number below 100 and how many words it took; digits count only before a hundred."""
    word, following = (words[place] if place < len(words) else "" for place in (at, at + 1))
    if len(word) <= 2 and word.isdigit() and word.isascii():
        return (int(word), 1) if following in spoken.hundreds else (0, 0)
    first = spoken.numbers.get(word)
    if first is None:
        return 0, 0
    ones = spoken.numbers.get(following)
    if first >= 20 and first % 10 == 0 and ones is not None and 0 < ones < 10:
        return first + ones, 2
    return first, 1
