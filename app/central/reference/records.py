"""Central's records: each change is a new version at the next position, the former one kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from app.central.contract import bodies
from app.central.reference import authors
from app.central.reference.database import REDIRECT, history, row, upsert
from app.central.reference.history import advance
from app.central.reference.system import Surroundings
from app.domain.feed import Position
from app.domain.ids import Millis, OpId
from app.domain.operations import Json

_ORIGINS = 20
_ONE = select(row).where(row.c.id == bindparam("id_"))
_KEEP = insert(history)
_MADE = (
    select(history.c.changed_at)
    .where(history.c.id == bindparam("id_"), history.c.rev == bindparam("rev_"))
    .order_by(history.c.number.desc())
    .limit(1)
)

Kept = dict[str, Any]
"""A row of the table, by column."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The operation that makes a version."""

    service: str
    op_id: OpId
    actor: str
    at: Millis


@dataclass(frozen=True, slots=True)
class Version:
    """What a record becomes."""

    type: str
    id: str
    fields: Mapping[str, Json]
    touched: Collection[str]
    """The fields that its operation changed."""


class Records:
    """Works within a caller's transaction, which holds the service's row."""

    def __init__(self, connection: Connection, surroundings: Surroundings) -> None:
        self._connection = connection
        self._surroundings = surroundings

    def get(self, id_: str) -> Kept | None:
        """The latest version, a tombstone too."""
        found = self._connection.execute(_ONE, {"id_": id_}).mappings().first()
        return dict(found) if found is not None else None

    def made_at(self, id_: str, rev: int) -> Millis | None:
        """When a former version of a record was made; None where it is not kept any more."""
        found = self._connection.execute(_MADE, {"id_": id_, "rev_": rev}).scalar()
        return None if found is None else Millis(found)

    def write(self, origin: Origin, version: Version, present: Kept | None) -> tuple[int, Position]:
        """Put a version in the place of the present one; its rev and position."""
        rev = (present["rev"] if present else 0) + 1
        origins = json.loads(present["origin_ops"]) if present else []
        kept = present["authors"] if present else authors.NOBODY
        fields = dict(version.fields)
        position = self._put(
            origin,
            present,
            type=version.type,
            id=version.id,
            rev=rev,
            op="upsert",
            fields=json.dumps(fields, ensure_ascii=False, separators=(",", ":")),
            row_hash=bodies.row_hash(version.type, version.id, rev, fields),
            origin_ops=json.dumps([*origins, origin.op_id][-_ORIGINS:]),
            redirect_to=None,
            authors=authors.credited(kept, origin.actor, origin.at, version.touched),
        )
        return rev, position

    def redirect(self, origin: Origin, type_: str, id_: str, into: str | None) -> Position:
        """Say where readers of a record go on; None sends them back to the record itself."""
        place = id_ + REDIRECT
        present = self.get(place)
        return self._put(
            origin,
            present,
            type=type_,
            id=place,
            rev=(present["rev"] if present else 0) + 1,
            op="redirect",
            fields="{}",
            row_hash="",
            origin_ops=json.dumps([origin.op_id]),
            redirect_to=into,
            authors=authors.NOBODY,
        )

    def _put(self, origin: Origin, present: Kept | None, **values: str | int | None) -> Position:
        position = advance(self._connection, origin.service, self._surroundings)
        if present is not None:
            self._connection.execute(_KEEP, present)
        place = {"service": origin.service, "term": position.term, "n": position.n}
        whole = place | values | {"reason": "", "changed_at": origin.at}
        upsert(self._connection, row, "id", whole)
        return position
