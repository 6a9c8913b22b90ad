"""Queues by keyset over indexed rows, one ticket's row, look-ups and counters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from app.domain.ids import EntityId, Millis
from app.domain.lifecycle import RowState
from app.domain.operations import Json
from app.domain.views import (
    CallBack,
    QueueFilter,
    QueueKey,
    QueuePage,
    QueueView,
    RailCounts,
    TicketRow,
)
from app.domain.words import fold
from local_store import records
from local_store.mapping import FAR

_SELECT = """
SELECT t.entity, t.id, t.reference, t.state, t.status, t.fault,
       coalesce(trim(p.maker || ' ' || p.name), trim(e.maker || ' ' || e.name),
                nullif(d.words, ''), t.model_words) AS device,
       p.id IS NULL AND d.id IS NULL AND t.model_words <> '' AS is_words,
       coalesce(nullif(c.name, ''), t.caller_name) AS customer,
       t.due, t.owner, t.danger, t.safety, t.happened_at, t.priority
FROM ticket_row t
LEFT JOIN customer_row c ON c.id = t.customer_id
LEFT JOIN entry_row p ON p.id = t.entry_id
LEFT JOIN device_row d ON d.id = t.device_id
LEFT JOIN entry_row e ON e.id = d.entry_id
"""

_WHERE: dict[QueueView, str] = {
    QueueView.MINE: "t.is_open = 1 AND t.owner = :owner",
    QueueView.UNASSIGNED: "t.is_open = 1 AND t.owner IS NULL AND t.status <> 'quarantined'",
    QueueView.TO_COMPLETE: "t.is_open = 1 AND t.status = 'to_complete'",
    QueueView.MODELS: "t.is_open = 1 AND t.unresolved = 1",
    QueueView.PAYMENTS: "t.is_open = 1 AND t.unverified = 1",
    QueueView.NEEDS_REVIEW: "t.reviewing = 1",
    QueueView.QUARANTINE: "t.is_open = 1 AND t.status = 'quarantined'",
    QueueView.OPEN: "t.is_open = 1",
    QueueView.ALL: "1",
}
"""Each view's condition; the partial indexes of the schema are made for these."""


class TicketQueries:
    """Implements `app.ports.store.TicketReads`, but for `detail` (see `local_store.detail`)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def queue(
        self, which: QueueFilter, after: QueueKey | None, limit: int, now: Millis
    ) -> QueuePage:
        """A page in the order of danger, due and row number, with the view's totals."""
        where, values = _condition(which)
        total, past_due = self._connection.exec_driver_sql(
            f"SELECT count(*), sum(t.due < :now) FROM ticket_row t WHERE {where}",
            {**values, "now": now},
        ).one()
        beyond, order = "", "t.danger, t.due, t.entity"
        if which.view is QueueView.ALL:
            order = "t.entity DESC"
            beyond = " AND t.entity < :rowid" if after else ""
        elif after:
            beyond = " AND (t.danger, t.due, t.entity) > (:danger, :due, :rowid)"
        if after:
            values |= {"danger": after.danger, "due": after.due, "rowid": after.rowid}
        found = self._connection.exec_driver_sql(
            f"{_SELECT} WHERE {where}{beyond} ORDER BY {order} LIMIT :limit",
            {**values, "limit": limit},
        )
        rows = tuple(ticket_row(row) for row in found)
        more = rows[-1].key if len(rows) == limit else None
        return QueuePage(rows, int(total), int(past_due or 0), more)

    def row(self, ticket_id: str) -> TicketRow | None:
        followed = records.followed(self._connection, ticket_id)
        return next(iter(self.rows("t.id = ?", (followed,), 1)), None)

    def rows(self, where: str, values: tuple[object, ...], limit: int) -> Sequence[TicketRow]:
        """Rows of a condition of ours, the newest first."""
        found = self._connection.exec_driver_sql(
            f"{_SELECT} WHERE {where} ORDER BY t.entity DESC LIMIT ?", (*values, limit)
        )
        return [ticket_row(row) for row in found]

    def id_of(self, reference: str) -> EntityId | None:
        row = self._connection.exec_driver_sql(
            "SELECT id FROM ticket_row WHERE reference = ?", (reference,)
        ).fetchone()
        return None if row is None else EntityId(records.followed(self._connection, row[0]))

    def open_like(
        self, *, e164: str | None, customer_id: str | None, device_id: str | None, limit: int
    ) -> Sequence[tuple[TicketRow, Mapping[str, Json]]]:
        """Open tickets of the caller, customer or device: three index look-ups."""
        found: dict[str, TicketRow] = {}
        for column, value in (
            ("caller_e164", e164),
            ("customer_id", customer_id),
            ("device_id", device_id),
        ):
            if value:
                condition = f"t.{column} = ? AND t.is_open = 1"
                found |= {row.id: row for row in self.rows(condition, (value,), limit)}
        newest = sorted(found.values(), key=lambda row: -row.rowid)[:limit]
        return [(row, self._fields(row.id)) for row in newest]

    def _fields(self, ticket_id: str) -> Mapping[str, Json]:
        found = records.projected(self._connection, ticket_id)
        return found[0] if found else {}

    def counts(self, person: str, now: Millis) -> RailCounts:  # noqa: ARG002 - the port's
        """The rail's counters, each over a partial index of what is open."""
        views: dict[QueueView, int] = {
            view: int(
                self._connection.exec_driver_sql(
                    f"SELECT count(*) FROM ticket_row t WHERE {where}",
                    {"owner": person},
                ).scalar_one()
            )
            for view, where in _WHERE.items()
            if view is not QueueView.ALL
        }
        views[QueueView.ALL] = views[QueueView.OPEN]
        outbox, drafts = self._connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM outbox "
            "WHERE state NOT IN ('settled', 'withdrawn', 'superseded', 'acked')), "
            "(SELECT count(*) FROM draft)"
        ).one()
        return RailCounts(views, int(outbox), int(drafts))

    def call_backs(self, before: Millis, limit: int) -> Sequence[CallBack]:
        """Promises not kept and dropped calls not rung back, soonest first."""
        found = self._connection.exec_driver_sql(
            "SELECT 'promise', p.id, t.id, t.reference, p.what, p.whom, p.due FROM promise_row p "
            "JOIN ticket_row t ON t.entity = p.ticket WHERE p.due IS NOT NULL AND p.due < :before "
            "UNION ALL SELECT 'dropped', c.id, NULL, '', '', "
            "coalesce(nullif(c.number, ''), c.caller_name), c.call_back_due FROM contact_row c "
            "WHERE c.call_back_due IS NOT NULL AND c.call_back_due < :before "
            "ORDER BY 7 LIMIT :limit",
            {"before": before, "limit": limit},
        )
        return [CallBack(*row) for row in found]


def _condition(which: QueueFilter) -> tuple[str, dict[str, object]]:
    where = [_WHERE[which.view]]
    values: dict[str, object] = {"owner": which.owner or ""}
    if which.due_before is not None:
        where.append("t.due < :due_before")
        values["due_before"] = which.due_before
    for at, one in enumerate(fold(which.words).split()[:8]):
        where.append(
            f"(lower(t.fault) LIKE :word{at} ESCAPE '\\' "
            f"OR lower(t.model_words) LIKE :word{at} ESCAPE '\\')"
        )
        values[f"word{at}"] = f"%{_literal(one)}%"
    if which.city:
        where.append("lower(t.place) LIKE :city ESCAPE '\\'")
        values["city"] = f"%{_literal(which.city.casefold())}%"
    return " AND ".join(where), values


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def ticket_row(row: Sequence[Any]) -> TicketRow:
    """A row of `_SELECT` as the screens' frozen row."""
    (entity, id_, reference, state, status, fault, device, is_words, customer, due, owner, danger,
     safety, happened_at, priority) = row  # fmt: skip
    return TicketRow(
        rowid=entity, id=id_, reference=reference or "", state=RowState(state), status=status,
        fault=fault, device=device or "", device_is_words=bool(is_words), customer=customer or "",
        due=None if due == FAR else Millis(due), owner=owner, danger=danger == 0, safety=safety,
        happened_at=Millis(happened_at), priority=priority,
        key=QueueKey(danger, Millis(due), entity),
    )  # fmt: skip
