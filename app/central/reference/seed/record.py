"""A record of the demo, and how many of them are written to the ledger at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, update

from app.central.reference.authors import NOBODY
from app.central.reference.database import reference, row, service
from app.domain.central_services import SERVICE_OF, Aggregate
from app.domain.ids import Millis, uuid7
from app.domain.operations import Json

_BATCH = 5_000
_ROW, _REFERENCE = insert(row), insert(reference)


@dataclass(frozen=True, slots=True)
class Record:
    """One row of the demo."""

    type: Aggregate
    id: str
    fields: Mapping[str, Json]
    at: Millis


class Writer:
    """Gives ids that grow with the time of their record, and writes rows in batches."""

    def __init__(self, connection: Connection, chance: Random, now: Millis) -> None:
        self._connection = connection
        self._chance = chance
        self._now = now
        self._rows: list[dict[str, Any]] = []
        self._references: list[dict[str, str]] = []
        self._n: dict[str, int] = {}
        self.count = 0

    def new_id(self, at: Millis) -> str:
        return uuid7(at, self._chance.randbytes(10))

    def record(
        self, type_: Aggregate, fields: Mapping[str, Json], at: Millis | None = None
    ) -> Record:
        """A record made at a time (a year ago unless said), empty fields left out."""
        when = at if at is not None else Millis(self._now - 365 * 86_400_000)
        kept = {name: value for name, value in fields.items() if value not in (None, "", [])}
        return Record(type_, self.new_id(when), kept, when)

    def add(self, record: Record) -> None:
        """Put a record into the ledger at the next position of its service.

        Its fields hold no floats, so that one encoding serves the row and its canonical hash.
        """
        name = SERVICE_OF[record.type].value
        self._n[name] = n = self._n.get(name, 0) + 1
        self.count += 1
        fields = msgspec.json.encode(record.fields, order="deterministic")
        hashed = b'["%b","%b",1,%b]' % (record.type.value.encode(), record.id.encode(), fields)
        self._rows.append({
            "service": name, "type": record.type.value, "id": record.id, "rev": 1, "term": 1,
            "n": n, "op": "upsert",
            "fields": fields.decode(), "row_hash": hashlib.sha256(hashed).hexdigest(),
            "origin_ops": "[]", "reason": "", "redirect_to": None, "changed_at": record.at,
            "authors": NOBODY,
        })  # fmt: skip
        if "reference" in record.fields and record.type is Aggregate.TICKET:
            text = str(record.fields["reference"])
            self._references.append({"reference": text, "ticket": record.id})
        if len(self._rows) >= _BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        if self._rows:
            self._connection.execute(_ROW, self._rows)
        if self._references:
            self._connection.execute(_REFERENCE, self._references)
        self._rows, self._references = [], []

    def finish(self) -> dict[str, int]:
        """Write the rest and move each service's position; positions by service."""
        self.flush()
        for name, n in self._n.items():
            self._connection.execute(update(service).where(service.c.name == name).values(n=n))
        return self._n
