"""Where readers of merged records go on, and whether they arrive."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.domain.central_services import Service
from app.domain.feed import FeedItem, ItemOp
from app.domain.ids import Millis
from app.domain.incidents import IncidentKind
from local_store.entities import HOPS
from local_store.incidents import Incidents
from local_store.sql import Sql, listed


def keep(sql: Sql, item: FeedItem) -> None:
    """Readers of the record go on elsewhere; with a merge undone they stay."""
    if item.redirect_to is None:
        sql.run("DELETE FROM redirect WHERE from_id = ?", item.id)
        return
    sql.run(
        "INSERT OR REPLACE INTO redirect (from_id, to_id) VALUES (?, ?)", item.id, item.redirect_to
    )


def forget(sql: Sql, ids: Collection[str]) -> None:
    """Central sends nobody on from these records."""
    sql.run("DELETE FROM redirect WHERE from_id IN (SELECT value FROM json_each(?))", listed(ids))


def watch(
    sql: Sql, incidents: Incidents, service: Service, items: Sequence[FeedItem], at: Millis
) -> None:
    """Note merges that lead in a circle or too far, and close what was put right."""
    for item in items:
        if item.op is ItemOp.REDIRECT:
            about = (IncidentKind.REDIRECT_CYCLE, service.value, item.id, at)
            if arrives(sql, item.id):
                incidents.close(*about, by="central")
            else:
                incidents.note(*about)


def arrives(sql: Sql, id_: str) -> bool:
    """Whether readers of a record come to an end within eight hops."""
    for _ in range(HOPS + 1):
        further = sql.value("SELECT to_id FROM redirect WHERE from_id = ?", id_)
        if further is None:
            return True
        id_ = str(further)
    return False
