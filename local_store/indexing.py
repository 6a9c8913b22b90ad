"""Keeps the searches: a record's old words go out before its new ones come in."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.central_services import SERVICE_OF, Aggregate
from local_store.schema import MIDDLE, SEARCHES
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
    """Make the search fit what `body` says now; rows still waiting to be filled in are left."""
    down_to = filled_down_to(sql, aggregate)
    news = dict(after)
    changed = {entity for entity in before.keys() | news if before.get(entity) != news.get(entity)}
    inside = sorted(entity for entity in changed if entity >= down_to)
    take_out(sql, aggregate, [(one, before[one]) for one in inside if one in before])
    name = SEARCHES[aggregate]
    sql.many(
        f"INSERT INTO ${name} (rowid, body) VALUES (?, ?)",
        [(one, news[one]) for one in inside if one in news],
    )


def take_out(sql: Sql, aggregate: Aggregate, old: Sequence[tuple[int, str]]) -> None:
    """Delete by the old words, as external content asks for."""
    name = SEARCHES[aggregate]
    sql.many(f"INSERT INTO ${name} (${name}, rowid, body) VALUES ('delete', ?, ?)", old)


def filled_down_to(sql: Sql, aggregate: Aggregate) -> int:
    slot = sql.slot(SERVICE_OF[aggregate])
    found = sql.value(
        "SELECT down_to FROM filled WHERE search = ? AND slot = ?", SEARCHES[aggregate], slot
    )
    return MIDDLE if found is None else int(found)


def set_filled(sql: Sql, aggregate: Aggregate, down_to: int) -> None:
    """Rows from that number on are in the search; everything, with 0."""
    slot = sql.slot(SERVICE_OF[aggregate])
    sql.run(
        "UPDATE filled SET down_to = ? WHERE search = ? AND slot = ?",
        down_to,
        SEARCHES[aggregate],
        slot,
    )


def fill(sql: Sql, limit: int) -> int:
    """Take up to `limit` mirrored rows into their searches, the newest first; how many were."""
    done = 0
    for aggregate in SEARCHES:
        if done < limit:
            done += _fill(sql, aggregate, limit - done)
    return done


def _fill(sql: Sql, aggregate: Aggregate, limit: int) -> int:
    down_to = filled_down_to(sql, aggregate)
    count, lowest = sql.one(
        f"SELECT count(*), min(entity) FROM (SELECT entity FROM ${aggregate} WHERE entity < ? "
        "ORDER BY entity DESC LIMIT ?)",
        down_to,
        limit,
    ) or (0, None)
    if not count:
        return 0
    name = SEARCHES[aggregate]
    sql.run(
        f"INSERT INTO ${name} (rowid, body) SELECT entity, body FROM ${aggregate} "
        "WHERE entity >= ? AND entity < ? ORDER BY entity",
        lowest,
        down_to,
    )
    set_filled(sql, aggregate, lowest)
    return int(count)


def is_filled(sql: Sql, aggregate: Aggregate) -> bool:
    """Whether every mirrored row can be found."""
    down_to = filled_down_to(sql, aggregate)
    return sql.one(f"SELECT 1 FROM ${aggregate} WHERE entity < ? LIMIT 1", down_to) is None
