"""A newer central: fields, types and members of answers that the desks do not know."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from sqlalchemy import Connection

from app.central.reference import operations
from app.central.reference.ledger import Ledger
from app.central.reference.operations import Operations
from app.central.reference.records import Kept, Origin, Records, Version
from app.domain.central_services import Service
from app.domain.ids import OpId
from app.domain.operations import BODY_SCHEMA, Json
from app.ports.central import Response
from local_store.sql import Sql
from local_store.unread import STANDS
from tests.support.virtual_time import SeededIds

if TYPE_CHECKING:
    from tests.simulation.desk import SimDesk

FIELD = "of_a_newer_program"
TYPE = "loan_device"
"""Of a service that every desk mirrors; no desk of this version can read it."""
_OWNER = Service.CUSTOMERS.value
_MOST = 4
_WORDS = {
    "ticket": ("status", "safety", "priority", "coverage"), "visit": ("state",),
    "message": ("state",),
}  # fmt: skip
"""Fields whose value is one of a few words; the newer program knows more of them."""
WORD = "of_a_newer_program"
_EACH = 0.3
_PROGRAM = "newer program"


@contextmanager
def program() -> Iterator[None]:
    """Central takes newer bodies too, and gives every record that it makes a field of its own."""
    real = Operations._complete

    def complete(self: Any, received: Any, body: Any, fields: dict[str, Json]) -> None:  # noqa: ANN401 - as its original
        real(self, received, body, fields)
        fields[FIELD] = {"made": True, "by": [body.kind]}

    with (
        patch.object(operations, "BODY_SCHEMA", BODY_SCHEMA + 1),
        patch.object(Operations, "_complete", complete),
    ):
        yield


def migrate(ledger: Ledger, present: Callable[[Connection, str], list[str]], chance: Random) -> int:
    """What the newer program adds to what is there, and records of a type of its own.

    Gives how many records it wrote.
    """
    ids, written = SeededIds(chance.randrange(1 << 30)), 0
    with ledger.writing() as connection:
        records = Records(connection, ledger.surroundings)
        for service in Service:
            known = present(connection, service.value)
            for id_ in chance.sample(known, min(len(known), chance.randrange(_MOST))):
                kept = records.get(id_)
                if kept is not None:
                    _write(records, service.value, kept, ids)
                    written += 1
        for number in range(chance.randrange(_MOST)):
            fields: dict[str, Json] = {"number": number, "lent": {"since": None}}
            origin = Origin(_OWNER, OpId(ids.new_id()), _PROGRAM, ledger.surroundings.now())
            records.write(origin, Version(TYPE, ids.new_id(), fields, ()), None)
            written += 1
    return written


def _write(records: Records, service: str, kept: Kept, ids: SeededIds) -> None:
    """One record once more, with more in it, also within what its lists hold."""
    fields: dict[str, Json] = json.loads(kept["fields"])
    fields[FIELD] = {"moved": kept["rev"]}
    chance = Random(f"words {kept['id']} {kept['rev']}")
    for name in _WORDS.get(kept["type"], ()):
        if chance.random() < _EACH:
            fields[name] = WORD
    for value in fields.values():
        for entry in value if isinstance(value, list) else []:
            if isinstance(entry, dict):
                entry[FIELD] = True
    origin = Origin(service, OpId(ids.new_id()), _PROGRAM, records._surroundings.now())
    records.write(origin, Version(kept["type"], kept["id"], fields, ()), kept)


def speaks(response: Response) -> Response:
    """An answer with a member that nobody here knows."""
    body = response.body.lstrip()
    if not body.startswith(b'{"'):
        return response
    return replace(response, body=b'{"%s":[1],' % FIELD.encode() + body[1:])


def unread(desk: SimDesk) -> dict[str, tuple[int, Any]]:
    """Id → rev and fields of what the desk keeps for a program that can read it."""
    raw = desk.place.raw(desk.store)
    sql = Sql.reading(raw)
    asked = f"SELECT id, service, slot, rev, fields FROM unread_row WHERE {STANDS}"
    rows = raw.execute(asked).fetchall()
    return {
        id_: (rev, json.loads(fields))
        for id_, service, slot, rev, fields in rows
        if slot == sql.slot(Service(service))
    }
