"""The desk's own rows as the journal keeps them: who it is, so that it can go on elsewhere."""

from __future__ import annotations

import msgspec

from app.ports.store import KEPT_SETTINGS
from local_store.sql import Sql, listed

_ROWS = frozenset({"identity", "configuration", *(f"setting.{name}" for name in KEPT_SETTINGS)})


class DeskRecord(msgspec.Struct, frozen=True):
    """Rows of the settings table by name, and the last counter of each desk code."""

    settings: dict[str, str]
    counters: dict[str, int]


_encode = msgspec.msgpack.encode
_decode = msgspec.msgpack.Decoder(DeskRecord).decode


def is_kept(name: str) -> bool:
    """Whether a row of that name belongs to the record."""
    return name in _ROWS


def taken(sql: Sql) -> bytes:
    """The record as this transaction sees it."""
    rows = sql.all(
        "SELECT name, value FROM setting WHERE name IN (SELECT value FROM json_each(?)) "
        "ORDER BY name",
        listed(sorted(_ROWS)),
    )
    counters = sql.all("SELECT desk_code, last FROM counter ORDER BY desk_code")
    return _encode(DeskRecord(dict(rows), dict(counters)))


def put_back(sql: Sql, record: bytes) -> None:
    """Lay the record's rows down in an empty store."""
    found = _decode(record)
    sql.many("INSERT OR REPLACE INTO setting VALUES (?, ?)", list(found.settings.items()))
    sql.many("INSERT OR REPLACE INTO counter VALUES (?, ?)", list(found.counters.items()))
