"""Typed identifiers, and how a UUIDv7 is put together from a time and random bytes."""

from __future__ import annotations

from typing import NewType

EntityId = NewType("EntityId", str)
"""The id of any aggregate on the wire: a UUID in its 36-character form."""
OpId = NewType("OpId", str)
PersonId = NewType("PersonId", str)
DeskId = NewType("DeskId", str)
Reference = NewType("Reference", str)
"""A ticket reference as written, e.g. ``K7-0422-0`` (see `app.domain.reference`)."""
Millis = NewType("Millis", int)
"""Milliseconds since 1970-01-01T00:00:00Z. Every time below the wire is one of these."""


def uuid7(unix_ms: int, randomness: bytes) -> str:
    """Build a UUIDv7 (RFC 9562, section 5.7) from a time in ms and ten random bytes.

    The time part only helps index locality: nothing sorts, dedupes or expires by it.
    """
    if len(randomness) != 10:
        raise ValueError("a UUIDv7 takes exactly ten random bytes")
    value = (unix_ms & 0xFFFF_FFFF_FFFF) << 80
    value |= 0x7 << 76
    value |= (int.from_bytes(randomness[:2], "big") & 0x0FFF) << 64
    value |= 0b10 << 62
    value |= int.from_bytes(randomness[2:], "big") & 0x3FFF_FFFF_FFFF_FFFF
    digits = f"{value:032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))
