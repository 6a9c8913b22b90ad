"""What speaks for a match: reasons with points, and which of them together make it sure."""

from __future__ import annotations

from enum import StrEnum
from functools import cache


class Reason(StrEnum):
    """What speaks for a match or against it."""

    REFERENCE = "reference"
    REFERENCE_SLIP = "reference_slip"
    REFERENCE_OTHER = "reference_other"
    PHONE = "phone"
    AMOUNT = "amount"
    AMOUNT_LESS_FEE = "amount_less_fee"
    AMOUNT_SWAPPED = "amount_swapped"
    NAME = "name"
    NAME_PART = "name_part"
    NAME_OTHER = "name_other"
    DAY = "day"
    DAY_FAR = "day_far"
    SUM_OF_SEVERAL = "sum_of_several"


_R = Reason
POINTS: dict[Reason, int] = {
    _R.REFERENCE: 60,
    _R.REFERENCE_SLIP: 30,
    _R.PHONE: 30,
    _R.AMOUNT: 30,
    _R.SUM_OF_SEVERAL: 30,
    _R.NAME: 20,
    _R.AMOUNT_LESS_FEE: 12,
    _R.DAY: 10,
    _R.NAME_PART: 8,
    _R.AMOUNT_SWAPPED: 6,
    _R.DAY_FAR: -10,
    _R.NAME_OTHER: -25,
    _R.REFERENCE_OTHER: -25,
}
"""A score explains itself: it is the sum of its reasons' points."""

BIT: dict[Reason, int] = {reason: 1 << place for place, reason in enumerate(POINTS)}
"""A set of reasons is a number with these bits: a large matching weighs a hundred thousand."""


def bits(*reasons: Reason) -> int:
    """The set of these reasons."""
    return sum(BIT[one] for one in reasons)


BY_ANYBODY = bits(_R.REFERENCE, _R.AMOUNT, _R.DAY)
BY_NAME = bits(_R.NAME, _R.AMOUNT, _R.DAY)
SURE: tuple[int, ...] = (
    BY_ANYBODY,
    bits(_R.REFERENCE, _R.AMOUNT, _R.NAME),
    bits(_R.REFERENCE, _R.AMOUNT_LESS_FEE, _R.DAY),
    bits(_R.REFERENCE_SLIP, _R.AMOUNT, _R.NAME, _R.DAY),
    bits(_R.REFERENCE_SLIP, _R.AMOUNT, _R.NAME_PART, _R.DAY),
    bits(_R.REFERENCE_SLIP, _R.AMOUNT, _R.PHONE, _R.DAY),
    bits(_R.PHONE, _R.AMOUNT, _R.NAME, _R.DAY),
    BY_NAME,
)
"""A match is made by itself where all of one set speak for it and nothing against it.

`BY_ANYBODY` also where the payer has another name: parents and firms pay too. `BY_NAME` only where
the caller of `is_sure` knows the name or the amount to be the claim's own.
"""
AGAINST = bits(_R.NAME_OTHER, _R.DAY_FAR, _R.AMOUNT_SWAPPED, _R.REFERENCE_OTHER)
NEAREST_RIVAL = 12
"""Points by which a sure match leads every other one of its line and of its claim."""

WORTH_OFFERING = 35
"""Points from which a pair is a choice: all that was right of what a person had to choose scored
more (`benchmarks.payments`); below it, a shared day or a common price is all there is."""


@cache
def score(reasons: int) -> int:
    """The sum of the points."""
    return sum(points for one, points in POINTS.items() if reasons & BIT[one])


@cache
def is_sure(reasons: int, *, by_name: bool) -> bool:
    """Whether a match for these reasons is made without a person."""
    against = reasons & AGAINST
    if reasons & BY_ANYBODY == BY_ANYBODY:
        return not against & ~BIT[Reason.NAME_OTHER]
    if against:
        return False
    fitting = [one for one in SURE if reasons & one == one]
    return bool(fitting) and (by_name or fitting != [BY_NAME])


@cache
def named(reasons: int) -> tuple[Reason, ...]:
    """The reasons, what weighs most first."""
    return tuple(one for one in POINTS if reasons & BIT[one])
