"""Keeps the searches: a record's old words go out before its new ones come in."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.central_services import Aggregate
from local_store.layout import SEARCHES
from local_store.sql import Sql, listed


def bodies(sql: Sql, aggregate: Aggregate, entities: Sequence[int]) -> dict[int, str]:
    """The words now kept of these records, by row number."""
    found = sql.all(
        f"SELECT entity, body FROM ${aggregate} WHERE entity IN (SELECT value FROM json_each(?))",
        listed(entities),
    )
    return {int(entity): str(body) for entity, body in found}


def reindex(
    sql: Sql, aggregate: Aggregate, before: dict[int, str], after: Sequence[tuple[int, str]]
) -> None:
    """Make the search fit what `body` says now, in ascending row numbers as FTS5 likes it."""
    name = SEARCHES[aggregate]
    news = dict(after)
    changed = sorted(one for one in before.keys() | news if before.get(one) != news.get(one))
    sql.many(
        f"INSERT INTO ${name} (${name}, rowid, body) VALUES ('delete', ?, ?)",
        [(one, before[one]) for one in changed if one in before],
    )
    sql.many(
        f"INSERT INTO ${name} (rowid, body) VALUES (?, ?)",
        [(one, news[one]) for one in changed if one in news],
    )


_MERGED_PAGES = 64
"""Pages of a search that one step merges: some ten milliseconds."""


def merge_step(sql: Sql) -> bool:
    """Merge a little of the searches' segments; whether there was anything to merge."""
    moved = False
    for name in SEARCHES.values():
        before = sql.changed()
        sql.run(f"INSERT INTO ${name} (${name}, rank) VALUES ('merge', ?)", _MERGED_PAGES)
        moved = moved or sql.changed() - before > 1  # one is the command's own row
    return moved
