"""What two pieces of writing say of each other: references, names, phones, amounts, days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from enum import IntEnum

from app.domain.words import tokens

LOOKALIKE = str.maketrans({"o": "0", "i": "1", "l": "1"})
"""Read alike on paper and on screens; references of ours never tell them apart (Crockford)."""
_COMPACT = {
    code: chr(code).lower().translate(LOOKALIKE) if chr(code).isalnum() else None
    for code in range(128)
}
_ONLY_DIGITS = {code: chr(code) if chr(code).isdigit() else None for code in range(128)}
"""Tables for ASCII: one step over a text instead of a search for each word of it."""
_SHAPES = str.maketrans(
    {**dict.fromkeys("0123456789", "9"), **dict.fromkeys("abcdefghijklmnopqrstuvwxyz", "a")}
)
SHORTEST_REFERENCE = 5
_LONGEST_SPAN = 4
_END = 3
_PHONE_DIGITS = 8
_NUMBERED = 2
_TITLES = frozenset(("mr", "mrs", "ms", "dr", "herr", "frau", "and", "und", "or", "oder", "u"))
_DIGITS = re.compile(r"[0-9]")
_NO_DIGIT = re.compile(r"[^0-9]+")
_NUMBER = re.compile(r"\+?[0-9][0-9 /()-]{6,}[0-9]")
_SMALL_FEE = 1_500
"""Minor units of two decimals; banks abroad keep up to about this much."""
_FEE_PART = 33
"""A fee is at most this part (1/33, three per cent) of what was paid, or `_FLAT_FEE`."""
_FLAT_FEE = 250


class Agreement(IntEnum):
    """How two writings of one thing go together."""

    SAME = 0
    NEAR = 1
    UNKNOWN = 2
    OTHER = 3


def compact(text: str) -> str:
    """A reference without its strokes and spaces, look-alikes folded."""
    if text.isascii():
        return text.translate(_COMPACT)
    return "".join(tokens(text)).translate(LOOKALIKE)


def usable_reference(compacted: str) -> bool:
    """Long enough, and with a digit: words like "invoice" are no reference."""
    return len(compacted) >= SHORTEST_REFERENCE and not compacted.isalpha()


def spans(words: Sequence[str]) -> Iterator[str]:
    """Each word and each run of up to four, put together: references are typed with gaps."""
    count = len(words)
    for start in range(count):
        text = ""
        for end in range(start, min(start + _LONGEST_SPAN, count)):
            text += words[end]
            if len(text) >= SHORTEST_REFERENCE:
                yield text


def ends(reference: str) -> tuple[str, str]:
    """The first and the last letters: one slip of the pen never spoils both."""
    return f"^{reference[:_END]}", f"{reference[-_END:]}$"


def shape(reference: str) -> str:
    """Which of its places are digits: two invoices of one firm have one shape."""
    return reference.translate(_SHAPES)


def within_one_edit(one: str, other: str) -> bool:
    """One letter changed, missing or too many, or two neighbours swapped."""
    if one == other:
        return True
    if len(one) > len(other):
        one, other = other, one
    if len(other) - len(one) > 1:
        return False
    at = next((i for i, letter in enumerate(one) if letter != other[i]), len(one))
    if len(one) < len(other):
        return one[at:] == other[at + 1 :]
    if one[at + 1 :] == other[at + 1 :]:
        return True
    return one[at : at + 2] == other[at : at + 2][::-1] and one[at + 2 :] == other[at + 2 :]


def name_words(text: str) -> tuple[str, ...]:
    """The words of a name that say who it is."""
    return tuple([word for word in tokens(text) if len(word) > 1 and word not in _TITLES])


def names_agree(name: Sequence[str], payer: AbstractSet[str]) -> Agreement:
    """Two words of the name among the payer's: the same; one long word: near; none: other.

    A long word also counts as near with one slip of the pen.
    """
    if not name or not payer:
        return Agreement.UNKNOWN
    found = [word for word in name if word in payer]
    if len(found) >= 2:
        return Agreement.SAME
    if any(len(word) >= 4 for word in found):
        return Agreement.NEAR
    slipped = any(
        within_one_edit(word, other) for word in name if len(word) >= 5 for other in payer
    )
    return Agreement.NEAR if slipped else Agreement.OTHER


def phone_key(text: str) -> str:
    """The last digits of a number, which all its writings share; empty for too short a one."""
    digits = text.translate(_ONLY_DIGITS) if text.isascii() else _NO_DIGIT.sub("", text)
    return digits[-_PHONE_DIGITS:] if len(digits) >= _PHONE_DIGITS else ""


def phone_keys(text: str) -> tuple[str, ...]:
    """The keys of everything in a text that could be a number."""
    return tuple(key for key in map(phone_key, _NUMBER.findall(text)) if key)


def says_a_number(text: str) -> bool:
    """Whether it has digits enough to be a reference, ours or somebody else's."""
    return len(_DIGITS.findall(text)) >= _NUMBERED


def amounts_agree(claimed: int, paid: int) -> Agreement:
    """Equal: the same; a fee less, or two digits swapped: near."""
    if claimed == paid:
        return Agreement.SAME
    if is_fee(claimed, paid) or _swapped(str(claimed), str(paid)):
        return Agreement.NEAR
    return Agreement.OTHER


def is_fee(claimed: int, paid: int) -> bool:
    """Whether what is missing may be what a bank kept."""
    missing = claimed - paid
    return 0 < missing <= min(_SMALL_FEE, max(_FLAT_FEE, claimed // _FEE_PART)) < claimed


def _swapped(one: str, other: str) -> bool:
    return len(one) == len(other) and sorted(one) == sorted(other) and within_one_edit(one, other)


def days_agree(said: date, booked: date) -> Agreement:
    """Banks take days; a caller may speak of it before or after the booking."""
    days = (booked - said).days
    if -7 <= days <= 10:
        return Agreement.SAME
    return Agreement.NEAR if -45 <= days <= 45 else Agreement.OTHER
