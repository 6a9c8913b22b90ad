"""Ticket references: desk code, counter and a check character, in Crockford base 32."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from app.domain.errors import Invalid
from app.domain.ids import Reference

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHECKS = DIGITS + "*~$=U"
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_MIN_COUNTER_WIDTH = 4
_GIVEN_SINCE_AT_MOST = 50_000
_PLACES = 1 << 24
_PLACES_WITHOUT_SPARE = 1 << 30
_SKIPPED = frozenset("*~$=U")


@dataclass(frozen=True, slots=True)
class ParsedReference:
    """A reference whose check character holds."""

    desk_code: str
    counter: int
    check: str

    @property
    def text(self) -> Reference:
        return Reference(f"{self.desk_code}-{_base32(self.counter)}-{self.check}")


def _base32(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 32)
        digits = DIGITS[rest] + digits
    return digits.rjust(_MIN_COUNTER_WIDTH, "0")


def _number(digits: str) -> int:
    value = 0
    for digit in digits:
        value = value * 32 + DIGITS.index(digit)
    return value


def check_character(desk_code: str, counter: int) -> str:
    """Crockford's mod-37 check over desk code and counter read as one number."""
    return _CHECKS[_number(desk_code + _base32(counter)) % 37]


def next_counter(desk_code: str, last: int) -> int:
    """The next counter whose check character can be said aloud as a digit or letter."""
    counter = last + 1
    while check_character(desk_code, counter) in _SKIPPED:
        counter += 1
    return counter


def counter_after_restore(last: int, incarnation: str, *, is_spare: bool) -> int:
    """Where a restored desk counts on: beyond anything its former self can have given since.

    Far ahead, at a place drawn with the incarnation, so that two desks restored from one backup
    do not meet either. Without a spare code the draw alone keeps them apart: it is wider then.
    """
    drawn = int.from_bytes(hashlib.sha256(incarnation.encode()).digest()[:4], "big")
    return last + _GIVEN_SINCE_AT_MOST + drawn % (_PLACES if is_spare else _PLACES_WITHOUT_SPARE)


def compose(desk_code: str, counter: int) -> Reference:
    """The reference for a counter given by `next_counter`."""
    return ParsedReference(desk_code, counter, check_character(desk_code, counter)).text


def parse(text: str) -> ParsedReference:
    """Read a reference as typed or heard: any case, spaces for hyphens, O for 0, I and L for 1.

    Raises Invalid when it is not a reference or its check character does not hold.
    """
    cleaned = text.strip().upper().replace(" ", "-").translate(_READ_AS)
    parts = [part for part in cleaned.split("-") if part]
    if len(parts) != 3 or not 2 <= len(parts[0]) <= 4 or len(parts[2]) != 1:
        raise Invalid("That is not a ticket reference.", todo="It looks like K7-0422-0.")
    code, counter, check = parts
    if any(digit not in DIGITS for digit in code + counter):
        raise Invalid("That is not a ticket reference.", todo="It looks like K7-0422-0.")
    if check != _CHECKS[_number(code + counter) % 37]:
        raise Invalid(
            "The reference has a slip in it: its last character does not fit.",
            todo="Ask the caller to read it again.",
        )
    return ParsedReference(code, _number(counter), check)


_WORDS = {
    "0": "zero", "1": "one", "2": "two", "3": "three", "4": "four",
    "5": "five", "6": "six", "7": "seven", "8": "eight", "9": "nine",
    "A": "Alfa", "B": "Bravo", "C": "Charlie", "D": "Delta", "E": "Echo", "F": "Foxtrot",
    "G": "Golf", "H": "Hotel", "I": "India", "J": "Juliett", "K": "Kilo", "L": "Lima",
    "M": "Mike", "N": "November", "O": "Oscar", "P": "Papa", "Q": "Quebec", "R": "Romeo",
    "S": "Sierra", "T": "Tango", "U": "Uniform", "V": "Victor", "W": "Whiskey", "X": "X-ray",
    "Y": "Yankee", "Z": "Zulu",
}  # fmt: skip


def spoken(reference: str) -> tuple[tuple[str, str], ...]:
    """Pairs of (character, word to say); a hyphen has no word (ICAO alphabet).

    Model numbers are read back by it as well, whatever their case.
    """
    return tuple((character, _WORDS.get(character.upper(), "")) for character in reference)
