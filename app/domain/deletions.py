"""Mass deletion: how many records may go in a day before somebody has to look at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.ids import EntityId, Millis
from app.domain.times import DAY, HOUR

SHARE = 0.1
LEAST = 200
"""Held is what goes beyond both: a tenth of the records there were, and so many of them."""

Hours = Mapping[int, int]
"""Hour since the epoch, by central's time → records deleted in it without an announcement."""


def allowance(present: int, lately: int) -> int:
    """How many more may go, after `lately` went within 24 h and `present` are left."""
    return max(0, max(LEAST, int(SHARE * (present + lately))) - lately)


def within_a_day(hours: Hours, at: Millis) -> dict[int, int]:
    """The hours that lie in the 24 hours before a time, its own among them."""
    return {hour: count for hour, count in hours.items() if hour * HOUR > at - DAY}


@dataclass(frozen=True, slots=True)
class HeldDeletions:
    """A service's deletions that wait for a person."""

    service: str
    count: int
    mirrored: int
    since: Millis
    refused: bool
    """A person has said no: the rows stay, and nobody is asked about them again."""
    examples: tuple[EntityId, ...]
