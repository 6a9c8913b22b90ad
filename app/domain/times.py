"""RFC 3339 on the wire, milliseconds since the epoch everywhere else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from app.domain.ids import Millis

SECOND = 1_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
DAY = 24 * HOUR

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_rfc3339(at: Millis) -> str:
    """The instant as ``2026-11-23T10:42:07.120Z`` (UTC, three decimals)."""
    moment = _EPOCH + timedelta(milliseconds=at)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.") + f"{moment.microsecond // 1000:03d}Z"


def from_rfc3339(text: str) -> Millis:
    """The instant a wire time names. Raises ValueError for anything else."""
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        raise ValueError("a time on the wire needs an offset")
    return Millis((moment - _EPOCH) // timedelta(milliseconds=1))
