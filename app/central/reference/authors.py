"""Who last changed each field of a record: kept with its version, read only about a conflict."""

from __future__ import annotations

from collections.abc import Collection

import msgspec

from app.domain.ids import Millis

NOBODY = "[]"
"""A record whose fields nobody of this central has changed, as it is kept."""


class _Group(msgspec.Struct, frozen=True, array_like=True):
    """What one person changed at one time."""

    actor: str
    at: int
    fields: list[str]


_decoder = msgspec.json.Decoder(list[_Group])


def credited(kept: str, actor: str, at: Millis, fields: Collection[str]) -> str:
    """The same with the person as the last one who changed these fields."""
    if not fields:
        return kept
    older = [
        _Group(one.actor, one.at, left)
        for one in _decoder.decode(kept)
        if (left := [name for name in one.fields if name not in fields])
    ]
    return msgspec.json.encode([*older, _Group(actor, at, sorted(fields))]).decode()


def by_field(kept: str) -> dict[str, tuple[str, Millis]]:
    """Each field's last author, and when central took the change."""
    return {
        name: (one.actor, Millis(one.at)) for one in _decoder.decode(kept) for name in one.fields
    }
