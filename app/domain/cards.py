"""Payment card numbers are masked before the first write of any text."""

from __future__ import annotations

import re

from app.domain.words import readable

_GROUP = re.compile(r"\d+")
_BETWEEN = r"[ \t\r\n,\u00a0\u2007\u202f\-\u2010-\u2014./·_]{0,3}"
_GAP = re.compile(_BETWEEN)
_NARROW_GAP = re.compile(r"[ \u00a0\u2007\u202f\-\u2010-\u2014./·_]")
_IBAN = re.compile(r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?\b")
_SHORTEST, _LONGEST = 12, 19
_RUN = re.compile(rf"(?:\d{_BETWEEN}){{{_SHORTEST - 1}}}\d")
"""What every card number has: so many digits with no more than a gap between two of them."""

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
    may be grouped, broken over lines or glued to letters. Numbers that only stand beside each
    other are none: over lines and commas the groups must be those printed on cards, and no group
    is longer than six digits or else whole fours. A number behind a plus sign is a phone number,
    and what makes an IBAN's check sum is an account. Work grows with the text only.
    What is no character is replaced on the way: this is the gate every text passes.
    """
    text = readable(text)
    if not _RUN.search(text):
        return text
    groups = list(_GROUP.finditer(text))
    accounts = _accounts(text)
    pieces: list[str] = []
    done = at = 0
    while at < len(groups):
        last = _card_from(text, groups, at)
        if last is None or _is_other(text, groups, at, last, accounts):
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
    sizes: tuple[int, ...] = ()
    wide = False
    for at in range(first, min(first + _LONGEST, len(groups))):
        if at > first:
            between = groups[at - 1].end(), groups[at].start()
            if not _GAP.fullmatch(text, *between):
                break
            wide = wide or not _NARROW_GAP.fullmatch(text, *between)
        digits += groups[at].group()
        sizes = (*sizes, len(groups[at].group()))
        if lengths is None and len(digits) >= 4:
            lengths = _lengths_of(digits)
            if not lengths:
                return None
        if len(digits) > _LONGEST:
            break
        if lengths and _is_grouped(sizes, wide=wide) and is_card(digits):
            found = at
    return found


_PRINTED = frozenset({(4, 6, 5), (4, 6, 4), (4, 3, 3, 3)})
_LONGEST_PRINTED = (6, 13)
_LARGEST_GROUP = 6


def _is_grouped(sizes: tuple[int, ...], *, wide: bool) -> bool:
    """Whether the digits are one number's groups, and not several numbers beside each other."""
    if len(sizes) == 1:
        return True
    fours = all(size == 4 for size in sizes[:-1]) and sizes[-1] <= 4
    if wide:
        return fours or sizes in _PRINTED
    return sizes == _LONGEST_PRINTED or all(
        size <= _LARGEST_GROUP or size % 4 == 0 for size in sizes
    )


_LONGEST_PHONE = 15
"""Digits behind the plus sign (E.164)."""


def _is_other(
    text: str, groups: list[re.Match[str]], first: int, last: int, accounts: list[tuple[int, int]]
) -> bool:
    """Whether it is a part of a phone number with its plus sign, or of an account's number."""
    start, end = groups[first].start(), groups[last].end()
    if any(begin <= start and end <= until for begin, until in accounts):
        return True
    count = sum(len(group.group()) for group in groups[first : last + 1])
    at = first
    while at and _NARROW_GAP.fullmatch(text, groups[at - 1].end(), groups[at].start()):
        at -= 1
        count += len(groups[at].group())
        if count > _LONGEST_PHONE:
            return False
        begin = groups[at].start()
        if begin and text[begin - 1] == "+":
            return True
    return False


def _accounts(text: str) -> list[tuple[int, int]]:
    """Where IBANs stand: begin and end of each whose check sum is right (ISO 13616)."""
    found = []
    for one in _IBAN.finditer(text):
        plain = one.group().replace(" ", "")
        number = "".join(str(int(letter, 36)) for letter in plain[4:] + plain[:4])
        if int(number) % 97 == 1:
            found.append(one.span())
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


def last_four(text: str) -> str:
    """The most that is ever kept of a card: its last digits, four at most, of whatever was said."""
    return _ascii("".join(character for character in text if character.isdecimal()))[-4:]


_PHONE_OF_13 = ("49", "43")
"""Countries whose phone numbers, without their plus sign, are as long as cards of 13 digits, which
nobody has issued for decades."""


def is_card(digits: str) -> bool:
    """Whether a string of digits is a card number by prefix, length and check sum."""
    if len(digits) not in _lengths_of(digits) or not _luhn(_ascii(digits)):
        return False
    return len(digits) != 13 or not _ascii(digits).startswith(_PHONE_OF_13)


_DOUBLED = (0, 2, 4, 6, 8, 1, 3, 5, 7, 9)


def _luhn(digits: str) -> bool:
    values = [ord(digit) - 48 for digit in reversed(digits)]
    return (sum(values[::2]) + sum(_DOUBLED[value] for value in values[1::2])) % 10 == 0
