"""Row numbers of records, and where redirects lead."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from local_store.schema import MIDDLE
from local_store.sql import Sql, listed

_HOPS = 8


def entity_of(sql: Sql, id_: str) -> int | None:
    """The local row number of a record, if it was ever seen."""
    found = sql.value("SELECT entity FROM entity WHERE id = ?", id_)
    return None if found is None else int(found)


def new_entity(sql: Sql, aggregate: str, id_: str) -> int:
    """The record's row number, given now if this is its first sight; later ones are larger."""
    known = entity_of(sql, id_)
    return known if known is not None else give(sql, [(aggregate, id_)], newest_first=False)[0]


def give(sql: Sql, unseen: Sequence[tuple[str, str]], *, newest_first: bool) -> list[int]:
    """Numbers for records (type, id) seen for the first time, in their order.

    Those of a first mirror count down, since its newest rows come first.
    """
    if newest_first:
        first = min(sql.value("SELECT min(entity) FROM entity") or MIDDLE, MIDDLE) - 1
        numbers = list(range(first, first - len(unseen), -1))
    else:
        first = max(sql.value("SELECT max(entity) FROM entity") or MIDDLE, MIDDLE) + 1
        numbers = list(range(first, first + len(unseen)))
    sql.many(
        "INSERT INTO entity (entity, type, id) VALUES (?, ?, ?)",
        [(number, *one) for number, one in zip(numbers, unseen, strict=True)],
    )
    return numbers


def known(sql: Sql, ids: Iterable[str]) -> dict[str, int]:
    """Row numbers of those of the ids that were ever seen."""
    found = sql.all(
        "SELECT id, entity FROM entity WHERE id IN (SELECT value FROM json_each(?))", listed(ids)
    )
    return {str(id_): int(entity) for id_, entity in found}


def followed(sql: Sql, id_: str) -> str:
    """Where redirects lead, at most eight hops; a cycle ends where it began."""
    for _ in range(_HOPS):
        further = sql.value("SELECT to_id FROM redirect WHERE from_id = ?", id_)
        if further is None:
            return id_
        id_ = str(further)
    return id_
