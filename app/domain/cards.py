"""Payment card numbers are masked before the first write of any text."""

from __future__ import annotations

import re

from app.domain.words import readable

_GROUP = re.compile(r"\d+")
_GAP = re.compile(r"[ \t\r\n,\u00a0\u2007\u202f\-\u2010-\u2014./·_]{0,3}")
_SHORTEST, _LONGEST = 12, 19

_BRANDS: tuple[tuple[range, int, frozenset[int]], ...] = (
    (range(4, 5), 1, frozenset({13, 16, 19})),
    (range(51, 56), 2, frozenset({16})),
    (range(2221, 2721), 4, frozenset({16})),
    (range(2200, 2205), 4, frozenset({16, 17, 18, 19})),
    (range(34, 35), 2, frozenset({15})),
    (range(37, 38), 2, frozenset({15})),
    (range(300, 306), 3, frozenset({14, 16, 17, 18, 19})),
    (range(36, 37), 2, frozenset({14, 15, 16, 17, 18, 19}) - {15}),
    (range(38, 40), 2, frozenset({14, 16, 17, 18, 19})),
    (range(3528, 3590), 4, frozenset({16, 17, 18, 19})),
    (range(6011, 6012), 4, frozenset({16, 17, 18, 19})),
    (range(644, 650), 3, frozenset({16, 17, 18, 19})),
    (range(65, 66), 2, frozenset({16, 17, 18, 19})),
    (range(62, 63), 2, frozenset({16, 17, 18, 19})),
    (range(81, 83), 2, frozenset({16})),
    (range(508, 509), 3, frozenset({16})),
    (range(60, 61), 2, frozenset({16})),
    (range(5018, 5019), 4, frozenset(range(12, 20))),
    (range(5020, 5021), 4, frozenset(range(12, 20))),
    (range(5038, 5039), 4, frozenset(range(12, 20))),
    (range(5893, 5894), 4, frozenset(range(12, 20))),
    (range(6304, 6305), 4, frozenset(range(12, 20))),
    (range(6759, 6760), 4, frozenset(range(12, 20))),
    (range(6761, 6764), 4, frozenset(range(12, 20))),
)
"""Issuer prefixes, how many digits they have, and the lengths issued. An IMEI passes the check
sum too, but no brand issues 15 digits under an IMEI's prefixes."""


_LENGTHS: dict[str, frozenset[int]] = {}
for _prefixes, _width, _lengths in _BRANDS:
    for _prefix in _prefixes:
        _LENGTHS[str(_prefix)] = _LENGTHS.get(str(_prefix), frozenset()) | _lengths


def mask_cards(text: str) -> str:
    """The text with every card number replaced by ``[card ending 1111]``.

    A number counts as a card when its issuer prefix, its length and its check sum all fit. Digits
    may be grouped, broken over lines or glued to letters; a number behind a plus sign is a phone
    number. Work grows with the text only.
    What is no character is replaced on the way: this is the gate every text passes.
    """
    text = readable(text)
    if sum(character.isdigit() for character in text) < _SHORTEST:
        return text
    groups = list(_GROUP.finditer(text))
    pieces: list[str] = []
    done = at = 0
    while at < len(groups):
        last = _card_from(text, groups, at)
        if last is None:
            at += 1
            continue
        digits = "".join(group.group() for group in groups[at : last + 1])
        pieces += [text[done : groups[at].start()], f"[card ending {_ascii(digits)[-4:]}]"]
        done = groups[last].end()
        at = last + 1
    return "".join([*pieces, text[done:]])


def _card_from(text: str, groups: list[re.Match[str]], first: int) -> int | None:
    """The last digit group of the longest card number that starts with group `first`."""
    start = groups[first].start()
    if start and text[start - 1] == "+":
        return None
    digits = ""
    lengths: frozenset[int] | None = None
    found: int | None = None
    for at in range(first, min(first + _LONGEST, len(groups))):
        if at > first and not _GAP.fullmatch(text, groups[at - 1].end(), groups[at].start()):
            break
        digits += groups[at].group()
        if lengths is None and len(digits) >= 4:
            lengths = _lengths_of(digits)
            if not lengths:
                return None
        if len(digits) > _LONGEST:
            break
        if lengths and len(digits) in lengths and _luhn(_ascii(digits)):
            found = at
    return found


def _lengths_of(digits: str) -> frozenset[int]:
    """The lengths issued under the number's prefix."""
    plain = _ascii(digits[:4])
    lengths: frozenset[int] = frozenset()
    for width in range(1, 5):
        lengths |= _LENGTHS.get(plain[:width], frozenset())
    return lengths


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)


def is_card(digits: str) -> bool:
    """Whether a string of digits is a card number by prefix, length and check sum."""
    return len(digits) in _lengths_of(digits) and _luhn(_ascii(digits))


_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def _luhn(digits: str) -> bool:
    values = [ord(digit) - 48 for digit in reversed(digits)]
    return (sum(values[::2]) + sum(_DOUBLED[value] for value in values[1::2])) % 10 == 0
