"""Claims whose work goes on under another ticket, since theirs was merged into it."""

from __future__ import annotations

from app.domain.central_services import Aggregate
from app.domain.tickets import Status, is_open
from local_store import records
from local_store.entities import followed
from local_store.layout import UNFINISHED
from local_store.sql import Sql, listed

UNVERIFIED = """t.entity IN (
    SELECT entity FROM $ticket WHERE is_open = 1 AND unverified = 1
    UNION ALL SELECT entity FROM entity WHERE id IN (SELECT value FROM json_each({carriers})))"""
"""Tickets with a claim to be worked on: their own, or one that `carriers` carry for others.

UNION ALL keeps to the partial indexes: a UNION would read all tickets and all operations to sort.
"""
_SENT_ON = f"""
SELECT t.id, t.status FROM $ticket t WHERE t.is_open = 0 AND t.unverified = 1 AND t.entity IN (
    SELECT entity FROM entity WHERE id IN (
        SELECT from_id FROM redirect UNION ALL SELECT lane FROM outbox WHERE kind = 'ticket.merge'
        AND {UNFINISHED}))
ORDER BY t.calm, t.due, t.entity
"""
"""Tickets with a claim whose readers are sent on, by central or by a merge of this desk's."""


def carriers(sql: Sql) -> dict[str, list[str]]:
    """Ticket → the merged ones whose claims are worked on under it, the most urgent first.

    Derived at read, as merges come and go in ways that touch no row of the ticket that is left. A
    merged ticket stands for itself where its readers arrive nowhere on this computer.
    """
    found: dict[str, list[str]] = {}
    for id_, status in sql.all(_SENT_ON):
        at = _worked_on(sql, id_, status)
        if at is not None:
            found.setdefault(at, []).append(id_)
    return found


def beyond_own(sql: Sql) -> int:
    """How many tickets have a claim to be worked on that is only another one's."""
    named = carriers(sql)
    if not named:
        return 0
    return int(
        sql.value(
            "SELECT count(*) FROM $ticket t JOIN entity e ON e.entity = t.entity "
            "WHERE e.id IN (SELECT value FROM json_each(?)) "
            "AND NOT (t.is_open = 1 AND t.unverified = 1)",
            listed(named),
        )
    )


def _worked_on(sql: Sql, id_: str, status: str) -> str | None:
    """Where a merged ticket's claims go on; None where the work on either is over."""
    if _is_over(status):
        return None
    end = followed(sql, id_)
    found = records.projected(sql, Aggregate.TICKET, end)
    if found is None or found[0].get("merged_into"):
        return id_
    return None if _is_over(str(found[0].get("status") or Status.NEW)) else end


def _is_over(status: str) -> bool:
    """Whether nobody works on a ticket any more, whatever it is merged into."""
    return not is_open(status) and status != Status.MERGED
