"""Money as whole minor units of an ISO 4217 currency, and amounts as banks write them."""

from __future__ import annotations

import re
from dataclasses import dataclass

DEFAULT_EXPONENT = 2
EXPONENTS: dict[str, int] = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"), 0),
    **dict.fromkeys(("RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
"""Decimals of ISO 4217 currencies that have not two (the standard's list one)."""

LARGEST_MINOR = 2**53 - 1
"""What JSON carries exactly (RFC 8785); a larger amount is a misreading."""

_CURRENCY = re.compile(r"[A-Z]{3}")
_AMOUNT = re.compile(
    r"(?P<before>[+-]?)(?P<digits>[0-9][0-9.,'\u2019]*|[.,][0-9]+)(?P<after>[+-]?)"
)
_SPACES = re.compile(r"[\s\u00a0\u202f]")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[.,'\u2019][0-9]{3})+")


def exponent(currency: str) -> int:
    """How many decimals the currency's amounts have."""
    return EXPONENTS.get(currency, DEFAULT_EXPONENT)


def is_currency(text: str) -> bool:
    """Whether the text has a currency code's form; the list of codes changes too often to hold."""
    return _CURRENCY.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units; adding two currencies is a bug, not an exchange."""

    minor: int
    currency: str

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError("two currencies do not add up")
        return Money(self.minor + other.minor, self.currency)

    def __str__(self) -> str:
        return f"{written(self.minor, self.currency)} {self.currency}"


def written(minor: int, currency: str) -> str:
    """The amount with its decimals and a point: ``-12.30``."""
    places = exponent(currency)
    sign, digits = "-" if minor < 0 else "", f"{abs(minor):0{places + 1}d}"
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def minor_units(text: str, currency: str, decimal: str = "") -> int:
    """The minor units of an amount as banks write it, with its sign before or behind.

    `decimal` is the decimal sign where the file's is known; without it, it is the last of two
    signs, or the only one unless exactly three digits follow where the currency has fewer.
    Raises ValueError for no amount, for decimals the currency has not, and where it is unclear.
    """
    found = _AMOUNT.fullmatch(_SPACES.sub("", text))
    if found is None or (found["before"] and found["after"]):
        raise ValueError("not an amount")
    places = exponent(currency)
    digits = found["digits"].replace("\u2019", "'")
    sign = decimal or _decimal_sign(digits, places)
    whole, fraction = _parted(digits, sign)
    if fraction[places:].strip("0"):
        raise ValueError("more decimals than the currency has")
    minor = int((whole or "0") + fraction[:places].ljust(places, "0"))
    if minor > LARGEST_MINOR:
        raise ValueError("larger than any amount of money")
    return -minor if "-" in (found["before"], found["after"]) else minor


def _decimal_sign(digits: str, places: int) -> str:
    """The sign that separates decimals, or none."""
    signs = [one for one in digits if one in ".,"]
    if not signs:
        return ""
    if len(set(signs)) == 2:
        return signs[-1]
    if len(signs) > 1:
        return ""
    behind = len(digits) - digits.index(signs[0]) - 1
    if behind != 3 or not _GROUPED.fullmatch(digits):
        return signs[0]
    if places == 3:
        raise ValueError("thousands or decimals: it is unclear")
    return ""


def _parted(digits: str, sign: str) -> tuple[str, str]:
    whole, _, fraction = digits.partition(sign) if sign else (digits, "", "")
    if any(one in ".,'" for one in fraction):
        raise ValueError("not an amount")
    if any(one in ".,'" for one in whole) and not _GROUPED.fullmatch(whole):
        raise ValueError("not an amount")
    return "".join(one for one in whole if one.isdigit()), fraction
