"""Where readers of merged records go on, and whether they arrive."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.domain.central_services import OWNERS, Service
from app.domain.feed import FeedItem, ItemOp
from app.domain.ids import Millis
from app.domain.incidents import IncidentKind
from local_store.entities import HOPS
from local_store.incidents import Incidents
from local_store.sql import Sql, listed


def keep(sql: Sql, item: FeedItem) -> None:
    """Readers of the record go on elsewhere; with a merge undone they stay."""
    sql.run("DELETE FROM unnamed_redirect WHERE from_id = ?", item.id)
    if item.redirect_to is None:
        sql.run("DELETE FROM redirect WHERE from_id = ?", item.id)
        return
    sql.run(
        "INSERT OR REPLACE INTO redirect (from_id, to_id) VALUES (?, ?)", item.id, item.redirect_to
    )


def forget(sql: Sql, ids: Collection[str]) -> set[str]:
    """Central sends nobody on from these records; those whose readers it did send on."""
    which = "FROM redirect WHERE from_id IN (SELECT value FROM json_each(?))"
    sent_on = {str(id_) for (id_,) in sql.all(f"SELECT from_id {which}", listed(ids))}
    if sent_on:
        sql.run(f"DELETE {which}", listed(ids))
    return sent_on


def begin_snapshot(sql: Sql, service: Service) -> None:
    """From here on count which merges of a service central names."""
    sql.run("DELETE FROM unnamed_redirect WHERE service = ?", service.value)
    sql.run(
        "INSERT OR REPLACE INTO unnamed_redirect (from_id, service) "
        "SELECT from_id, ?1 FROM redirect r JOIN entity e ON e.id = r.from_id "
        "WHERE e.type IN (SELECT value FROM json_each(?2)) "
        "UNION SELECT from_id, ?1 FROM redirect r JOIN unread_row u ON u.id = r.from_id "
        "WHERE u.service = ?1",
        service.value, listed(one.value for one in OWNERS[service]),
    )  # fmt: skip


def end_snapshot(sql: Sql, service: Service) -> Sequence[tuple[str, str | None]]:
    """Forget the merges that it has not named: central's history lacks them.

    Gives the records whose they were: id and type, None of one that was never read here.
    """
    gone = sql.all(
        "SELECT u.from_id, e.type FROM unnamed_redirect u LEFT JOIN entity e ON e.id = u.from_id "
        "WHERE u.service = ? ORDER BY u.from_id",
        service.value,
    )
    forget(sql, [id_ for id_, _type in gone])
    sql.run("DELETE FROM unnamed_redirect WHERE service = ?", service.value)
    return [(str(id_), type_) for id_, type_ in gone]


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
