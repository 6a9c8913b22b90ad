"""Merges of records: readers of either arrive somewhere, in a few hops, and never in a circle."""

from __future__ import annotations

import json

from sqlalchemy import Connection, select

from app.central.contract.routes import Code
from app.central.reference import authors
from app.central.reference.database import REDIRECT, row
from app.central.reference.records import Kept, Records
from app.central.reference.rules import Merged, NotHere, Refusal
from app.domain.operations import Body, Effect, FieldConflict, Json

MOST_HOPS = 8
_INTO = "merged_into"


def check(connection: Connection, records: Records, body: Body, target: str) -> None:
    """Raise Refusal for a merge whose readers would not arrive, NotHere for one that comes early.

    Those who point at either record are counted with those who point at them (contract.md: at
    most eight hops).
    """
    hops = _behind(connection, target) + 1
    at = str((body.entry or {}).get("into"))
    while hops <= MOST_HOPS:
        if at == target:
            raise Refusal(Code.INVALID_FIELD, "That merge would lead back to itself.")
        found = records.get(at)
        if found is None:
            raise NotHere("What it is merged into is not here yet.")
        if found["op"] != "upsert" or found["type"] != body.rule.aggregate:
            raise Refusal(Code.INVALID_FIELD, "There is no such record to merge into.")
        further = json.loads(found["fields"]).get(_INTO)
        if further is None:
            return
        at, hops = str(further), hops + 1
    raise Refusal(Code.INVALID_FIELD, "That merge would lead too far.")


def _behind(connection: Connection, target: str) -> int:
    """How many hops the longest way is that readers already come along to a record."""
    ids, hops = [target], 0
    while hops <= MOST_HOPS:
        found = connection.scalars(select(row.c.id).where(row.c.redirect_to.in_(ids)))
        ids = [id_.removesuffix(REDIRECT) for id_ in found]
        if not ids:
            break
        hops += 1
    return hops


def conflict(body: Body, present: Kept, fields: dict[str, Json]) -> FieldConflict | None:
    """A merge of what somebody has merged elsewhere, or the undoing of another's merge."""
    theirs = fields.get(_INTO)
    if body.rule.effect is Effect.MERGE:
        base, mine = None, (body.entry or {}).get("into")
    elif body.rule.effect is Effect.UNMERGE and _INTO in body.changes:
        base, mine = body.changes[_INTO].base, None
    else:
        return None
    if theirs in (base, mine):
        return None
    by, at = authors.by_field(present["authors"]).get(_INTO, (None, None))
    return FieldConflict(_INTO, base, mine, theirs, by, at)


def merged(body: Body, present: Kept, fields: dict[str, Json], plain: Merged) -> Merged:
    """The merge laid over the record; a conflict leaves the record as it is."""
    found = conflict(body, present, fields)
    return plain if found is None else Merged(dict(fields), (found,), ())
