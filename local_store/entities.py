"""Row numbers of records, and where redirects lead."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from app.domain.lifecycle import OVERLAID
from app.domain.operations import KINDS, Effect
from local_store.layout import BY_INDEX, MIDDLE, UNFINISHED
from local_store.sql import Sql, listed

HOPS = 8
_OVERLAID = ", ".join(f"'{state}'" for state in sorted(OVERLAID))
_MERGES = ", ".join(
    f"'{kind}'" for kind, rule in KINDS.items() if rule.effect in (Effect.MERGE, Effect.UNMERGE)
)

_INTO = "json_extract(nullif(CAST(raw AS TEXT), ''), '$.entry.into')"
"""What an operation merges into; NULL where its words were erased."""


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
    """Where merges lead, at most eight hops; a cycle ends where it began.

    This desk's own merges count from the moment they are decided, as everything it decides does.
    """
    for _ in range(HOPS):
        further = _further(sql, id_)
        if further is None:
            return id_
        id_ = further
    return id_


def sent_on_to(sql: Sql, ids: Collection[str]) -> list[str]:
    """Records whose readers go on to one of these next, by central's word or this desk's own."""
    found = sql.all(
        "SELECT from_id FROM redirect WHERE to_id IN (SELECT value FROM json_each(?1)) UNION "
        f"SELECT lane FROM outbox {BY_INDEX} WHERE {UNFINISHED} AND kind IN ({_MERGES}) "
        f"AND state IN ({_OVERLAID}) "
        f"AND {_INTO} IN (SELECT value FROM json_each(?1)) ORDER BY 1",
        listed(ids),
    )
    return [str(id_) for (id_,) in found if _further(sql, id_) in ids]


def parts_of(sql: Sql, id_: str) -> list[str]:
    """All records whose readers arrive at this one, the nearest first; in a circle each once."""
    parts, last = dict.fromkeys([id_]), {id_}
    for _ in range(HOPS):
        last = {one for one in sent_on_to(sql, last) if one not in parts} if last else set()
        parts |= dict.fromkeys(sorted(last))
    return list(parts)[1:]


def _further(sql: Sql, id_: str) -> str | None:
    decided = sql.one(
        f"SELECT kind, {_INTO} FROM outbox WHERE lane = ? "
        f"AND kind IN ({_MERGES}) AND state IN ({_OVERLAID}) ORDER BY place DESC, seq DESC LIMIT 1",
        id_,
    )
    if decided is not None:
        kind, into = decided
        return str(into) if into is not None and KINDS[kind].effect is Effect.MERGE else None
    found = sql.value("SELECT to_id FROM redirect WHERE from_id = ?", id_)
    return None if found is None else str(found)
