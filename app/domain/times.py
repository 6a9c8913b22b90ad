"""RFC 3339 on the wire, milliseconds since the epoch everywhere else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache

from app.domain.ids import Millis

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)
"""No call is taken outside these; a time near the calendar's ends cannot be counted with."""


@lru_cache(maxsize=4_096)
def to_rfc3339(at: Millis) -> str:
    """The instant as ``2026-11-23T10:42:07.120Z`` (UTC, three decimals)."""
    moment = _EPOCH + timedelta(milliseconds=at)
    return moment.isoformat(timespec="milliseconds")[:-6] + "Z"


@lru_cache(maxsize=4_096)
def from_rfc3339(text: str) -> Millis:
    """The instant a wire time names. Raises ValueError for anything else.

    A small ``t`` or ``z`` is allowed, as RFC 3339 allows it.
    """
    moment = datetime.fromisoformat(text.strip().upper())
    if moment.tzinfo is None:
        raise ValueError("a time on the wire needs an offset")
    if not _EPOCH <= moment < _LATEST:
        raise ValueError("a time on the wire lies between 1970 and 2200")
    return Millis((moment - _EPOCH) // timedelta(milliseconds=1))
