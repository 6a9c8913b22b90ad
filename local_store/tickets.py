"""Queues by keyset over indexed rows, one ticket's row, look-ups and counters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.domain.central_services import Aggregate
from app.domain.ids import EntityId, Millis
from app.domain.lifecycle import RowState
from app.domain.operations import Json
from app.domain.tickets import is_danger
from app.domain.views import (
    CallBack,
    QueueFilter,
    QueueKey,
    QueuePage,
    QueueView,
    RailCounts,
    TicketDetail,
    TicketRow,
)
from app.domain.words import words_key
from app.ports.store import Staleness
from local_store import carried, model_rule, records, tally, ticket_detail
from local_store.entities import followed
from local_store.layout import UNFINISHED
from local_store.mapping import FAR
from local_store.match_query import all_of
from local_store.sql import Row, Sql, listed

_ROWS = """
SELECT t.entity, t.id, t.reference, t.state, t.status, t.fault,
       coalesce(trim(p.maker || ' ' || p.name), trim(e.maker || ' ' || e.name),
                nullif(d.words, ''), '') AS device,
       t.model_words, coalesce(nullif(c.name, ''), t.caller) AS customer,
       t.due, t.owner, t.calm, t.safety, t.happened_at, t.priority,
       CASE WHEN t.unresolved = 1 THEN json_type(coalesce(t.laid, t.fields), '$.model_pin') END
FROM $ticket t
LEFT JOIN entity ci ON ci.id = coalesce(
    (SELECT to_id FROM redirect WHERE from_id = t.customer_id), t.customer_id)
LEFT JOIN $customer c ON c.entity = ci.entity
LEFT JOIN entity pi ON pi.id = coalesce(
    (SELECT to_id FROM redirect WHERE from_id = t.entry_id), t.entry_id)
LEFT JOIN $catalog_entry p ON p.entity = pi.entity
LEFT JOIN entity di ON di.id = t.device_id
LEFT JOIN $device d ON d.entity = di.entity
LEFT JOIN entity ei ON ei.id = d.entry_id
LEFT JOIN $catalog_entry e ON e.entity = ei.entity
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


Condition = tuple[str, dict[str, object]]
"""SQL and its named values."""

_ONE = "t.entity = (SELECT entity FROM entity WHERE id = ?)"
_COUNT = "SELECT count(*) FROM $ticket t"
_NOTHING = '"..."'
"""A query no record fits: what was typed is too short to look for."""


class TicketQueries:
    """Implements `app.ports.store.TicketReads`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def queue(
        self, which: QueueFilter, after: QueueKey | None, limit: int, now: Millis
    ) -> QueuePage:
        """A page in the order of danger, due and row number; everything newest first."""
        beyond, order = "", "t.calm, t.due, t.entity"
        if which.view is QueueView.ALL:
            order = "t.entity DESC"
            beyond = " AND t.entity < :rowid" if after else ""
        elif after:
            beyond = " AND (t.calm, t.due, t.entity) > (:calm, :due, :rowid)"
        values: dict[str, object] = {"limit": limit}
        if after:
            values |= {"calm": after.danger, "due": after.due, "rowid": after.rowid}
        parts = self._conditions(which)
        found = [
            row
            for where, chosen in parts
            for row in self._sql.all_named(
                f"{_ROWS} WHERE {where}{beyond} ORDER BY {order} LIMIT :limit", {**chosen, **values}
            )
        ]
        rows = self._named(found if len(parts) == 1 else sorted(found, key=_place)[:limit])
        more = rows[-1].key if len(rows) == limit else None
        return QueuePage(rows, self._total(which, parts), self._past_due(parts, now), more)

    def _total(self, which: QueueFilter, parts: Sequence[Condition]) -> int:
        """As the counters say it; what of the payments merges alone have brought is counted."""
        if _is_narrowed(which):
            return self._count(parts, "1")
        return tally.counts(self._sql, which.owner or "")[which.view] + self._count(parts[1:], "1")

    def _conditions(self, which: QueueFilter) -> list[Condition]:
        """The view by its own index, and what merges alone have brought into it beside that."""
        parts = [_condition(which, _WHERE[which.view])]
        beyond = carried.beyond_own(self._sql) if which.view is QueueView.PAYMENTS else []
        if beyond:
            where, values = _condition(which, "t.entity IN (SELECT value FROM json_each(:beyond))")
            parts.append((where, {**values, "beyond": listed(beyond)}))
        return parts

    def _past_due(self, parts: Sequence[Condition], now: Millis) -> int:
        """Open tickets of the view that should have been done: a range of the view's index."""
        late = f"t.is_open = 1 AND t.calm IN (0, 1) AND t.due < {int(now)}"
        return self._count(parts, late)

    def _count(self, parts: Sequence[Condition], which: str) -> int:
        return sum(
            int(self._sql.all_named(f"{_COUNT} WHERE {where} AND {which}", values)[0][0])
            for where, values in parts
        )

    def row(self, ticket_id: str) -> TicketRow | None:
        """The one that its readers arrive at; itself where that is not on this computer."""
        end = followed(self._sql, ticket_id)
        found = self._named(self._sql.all(f"{_ROWS} WHERE {_ONE}", end))
        if not found and end != ticket_id:
            found = self._named(self._sql.all(f"{_ROWS} WHERE {_ONE}", ticket_id))
        return found[0] if found else None

    def rows_of(self, entities: Sequence[int]) -> Sequence[TicketRow]:
        """The rows of these row numbers, in the order given."""
        found = self._sql.all(
            f"{_ROWS} WHERE t.entity IN (SELECT value FROM json_each(?))", listed(entities)
        )
        by_entity = {row.rowid: row for row in self._named(found)}
        return [by_entity[entity] for entity in entities if entity in by_entity]

    def open_of(self, column: str, value: str, limit: int) -> Sequence[TicketRow]:
        """Open tickets with that value in an indexed column of ours, the newest first."""
        where = f"t.{column} = ? AND t.is_open = 1 ORDER BY t.entity DESC LIMIT ?"
        return self._named(self._sql.all(f"{_ROWS} WHERE {where}", value, limit))

    def detail(self, ticket_id: str, staleness: Staleness) -> TicketDetail | None:
        row = self.row(ticket_id)
        return None if row is None else ticket_detail.detail(self._sql, row, staleness)

    def id_of(self, reference: str) -> EntityId | None:
        found = self.own_id_of(reference)
        return None if found is None else EntityId(followed(self._sql, found))

    def why_gone(self, ticket_id: str) -> str | None:
        found = self._sql.value("SELECT reason FROM removed WHERE id = ?", ticket_id)
        return None if found is None else str(found)

    def own_id_of(self, reference: str) -> EntityId | None:
        found = self._sql.value("SELECT id FROM $ticket WHERE reference = ?", reference)
        return None if found is None else EntityId(found)

    def open_like(
        self, *, e164: str | None, customer_id: str | None, device_id: str | None, limit: int
    ) -> Sequence[tuple[TicketRow, Mapping[str, Json]]]:
        """Open tickets of the caller, customer or device: three index look-ups."""
        wanted = {
            "caller_reversed": e164[::-1] if e164 else None,
            "customer_id": customer_id,
            "device_id": device_id,
        }
        found: dict[str, TicketRow] = {}
        for column, value in wanted.items():
            if value:
                found |= {row.id: row for row in self.open_of(column, value, limit)}
        newest = sorted(found.values(), key=lambda row: -row.rowid)[:limit]
        return [(row, self._fields(row.id)) for row in newest]

    def _fields(self, ticket_id: str) -> Mapping[str, Json]:
        found = records.projected(self._sql, Aggregate.TICKET, ticket_id)
        return found[0] if found else {}

    def counts(self, person: str, now: Millis) -> RailCounts:  # noqa: ARG002 - the port's
        """The rail's counters as the transactions have kept them."""
        outbox = self._sql.value(
            f"SELECT count(*) FROM outbox WHERE {UNFINISHED} AND state <> 'acked'"
        )
        counts = tally.counts(self._sql, person)
        counts[QueueView.PAYMENTS] += len(carried.beyond_own(self._sql))
        return RailCounts(counts, int(outbox or 0))

    def call_backs(self, before: Millis, limit: int) -> Sequence[CallBack]:
        """Promises not kept and dropped calls not rung back, soonest first; then the promises
        without a time, the oldest first. A merged ticket's stand under the one that is left.
        """
        found = self._sql.all(
            "SELECT 'promise', p.id, t.id, coalesce(t.reference, ''), p.what, p.whom, p.due, "
            "coalesce(t.owner, ''), t.is_open FROM $promise p JOIN $ticket t "
            "ON t.entity = p.entity WHERE p.kept_at IS NULL AND p.due IS NOT NULL AND p.due < ?1 "
            "UNION ALL SELECT 'dropped', c.id, NULL, '', '', "
            "coalesce(nullif(c.number, ''), c.caller_name), c.call_back_due, '', 1 FROM $contact c "
            "WHERE c.call_back_due IS NOT NULL AND c.call_back_due < ?1 "
            "ORDER BY 7 LIMIT ?2",
            before,
            limit,
        )
        timeless = self._sql.all(
            "SELECT 'promise', p.id, t.id, coalesce(t.reference, ''), p.what, p.whom, NULL, "
            "coalesce(t.owner, ''), t.is_open FROM $promise p JOIN $ticket t "
            "ON t.entity = p.entity WHERE p.kept_at IS NULL AND p.due IS NULL "
            "ORDER BY p.made_at, p.id LIMIT ?",
            limit - len(found),
        )
        return [self._call_back(row) for row in (*found, *timeless)]

    def _call_back(self, row: Row) -> CallBack:
        *values, is_open = row
        one = CallBack(*values)
        end = None if is_open or one.ticket_id is None else self.row(one.ticket_id)
        if end is None:
            return one
        return replace(one, ticket_id=end.id, reference=end.reference, whose=end.owner or "")

    def holder_of(self, promise_id: str, ticket_id: str) -> EntityId | None:
        rows = ticket_detail.promise_rows(self._sql, ticket_id, "p.id, e.id")
        return next((EntityId(holder) for id_, holder in rows if id_ == promise_id), None)

    def _named(self, found: Sequence[Row]) -> tuple[TicketRow, ...]:
        """Rows as screens show them, with the models that aliases give their words."""
        rows = [_ticket_row(row[:-1]) for row in found]
        reverted = {row[1] for row in found if row[-1] is not None}
        open_ = [row for row in rows if row.device_is_words and row.id not in reverted]
        unnamed = {words_key(row.device) for row in open_}
        if not unnamed:
            return tuple(rows)
        known = model_rule.meanings(self._sql, unnamed)
        return tuple(row if row.id in reverted else _with_meaning(row, known) for row in rows)


def _is_narrowed(which: QueueFilter) -> bool:
    return bool(which.words or which.city or which.due_before is not None)


def _place(row: Row) -> tuple[int, int, int]:
    """Where a row of `_ROWS` stands in the order of danger, due and row number."""
    return row[11], row[9], row[0]


def _condition(which: QueueFilter, view: str) -> Condition:
    where = [view]
    values: dict[str, object] = {"owner": which.owner or ""}
    if which.due_before is not None:
        where.append("t.due < :due_before")
        values["due_before"] = which.due_before
    if which.words.strip():
        where.append(
            "t.entity IN (SELECT rowid FROM $ticket_search WHERE $ticket_search MATCH :words)"
        )
        values["words"] = all_of(which.words) or _NOTHING
    if which.city:
        where.append("lower(t.place) LIKE :city ESCAPE '\\'")
        values["city"] = f"%{_literal(which.city.casefold())}%"
    return " AND ".join(where), values


def _literal(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _ticket_row(row: Row) -> TicketRow:
    (entity, id_, reference, state, status, fault, device, words, customer, due, owner, calm,
     safety, happened_at, priority) = row  # fmt: skip
    return TicketRow(
        rowid=entity, id=id_, reference=reference or "", state=RowState(state), status=status,
        fault=fault, device=device or words, device_is_words=bool(words and not device),
        customer=customer or "", due=None if due == FAR else Millis(due), owner=owner,
        danger=is_danger(safety), safety=safety, happened_at=Millis(happened_at),
        priority=priority, key=QueueKey(calm, Millis(due), entity),
    )  # fmt: skip


def _with_meaning(row: TicketRow, known: model_rule.Meanings) -> TicketRow:
    found = known.of(row.id, words_key(row.device)) if row.device_is_words else None
    return replace(row, device=found.name, device_is_words=False) if found else row
