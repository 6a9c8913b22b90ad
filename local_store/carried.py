"""Claims and promises that go on under another ticket, since theirs was merged into it."""

from __future__ import annotations

from app.domain.tickets import Status, is_open
from local_store.entities import followed
from local_store.layout import EXPIRED, MERGED_CLAIM, OVER, UNFINISHED
from local_store.sql import Sql, listed

UNVERIFIED = """t.entity IN (
    SELECT entity FROM $ticket WHERE is_open = 1 AND unverified = 1
    UNION ALL SELECT entity FROM entity WHERE id IN (SELECT value FROM json_each({carriers})))"""
"""Tickets with a claim to be worked on: their own, or one that `carriers` carry for others.

UNION ALL keeps to the partial indexes: a UNION would read all tickets and all operations to sort.
"""
_SENT_ON = f"""
SELECT t.id FROM $ticket t WHERE {MERGED_CLAIM}
AND (EXISTS (SELECT 1 FROM redirect r WHERE r.from_id = t.id) OR EXISTS (
    SELECT 1 FROM outbox o WHERE o.lane = t.id AND o.kind = 'ticket.merge' AND o.{UNFINISHED}))
AND NOT EXISTS (
    SELECT 1 FROM redirect r JOIN entity e ON e.id = r.to_id JOIN $ticket s ON s.entity = e.entity
    WHERE r.from_id = t.id AND s.is_open = 0 AND s.status IN ({OVER})
    AND NOT EXISTS (SELECT 1 FROM redirect f WHERE f.from_id = s.id)
    AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.lane IN (t.id, s.id) AND o.{UNFINISHED}))
ORDER BY t.calm, t.due, t.entity
"""
"""Tickets with a claim whose readers are sent on, by central or by a merge of this desk's.

Those that central has merged into one that is closed are left out before anything is followed.
"""
_PROMISED = f"""
SELECT DISTINCT t.id FROM (
    SELECT entity FROM $promise WHERE kept_at IS NULL AND due IS NOT NULL
    UNION ALL SELECT entity FROM $promise WHERE kept_at IS NULL AND due IS NULL
) owed JOIN $ticket t ON t.entity = owed.entity
WHERE t.is_open = 0 AND (EXISTS (SELECT 1 FROM redirect r WHERE r.from_id = t.id) OR EXISTS (
    SELECT 1 FROM outbox o WHERE o.lane = t.id AND o.kind = 'ticket.merge' AND o.{UNFINISHED}))
"""
"""Tickets that are part of another one, whatever their own work came to, with what is promised.

The halves are those of the partial indexes: what was kept is not looked at.
"""


def carriers(sql: Sql) -> dict[str, list[str]]:
    """Ticket → the merged ones whose claims are worked on under it, the most urgent first.

    Derived at read, as merges come and go in ways that touch no row of the ticket that is left. A
    merged ticket stands for itself where its readers arrive nowhere on this computer.
    """
    found: dict[str, list[str]] = {}
    for (id_,) in sql.all(_SENT_ON):
        at = _worked_on(sql, id_)
        if at is not None:
            found.setdefault(at, []).append(id_)
    return found


def beyond_own(sql: Sql) -> list[int]:
    """Row numbers of the tickets that have a claim to be worked on which is only another one's."""
    named = carriers(sql)
    if not named:
        return []
    found = sql.all(
        "SELECT t.entity FROM $ticket t JOIN entity e ON e.entity = t.entity "
        "WHERE e.id IN (SELECT value FROM json_each(?)) "
        "AND NOT (t.is_open = 1 AND t.unverified = 1)",
        listed(named),
    )
    return [int(entity) for (entity,) in found]


def promised(sql: Sql) -> list[str]:
    """Merged tickets with a promise that is to be kept under an open one, or one not here yet."""
    return [id_ for (id_,) in sql.all(_PROMISED) if _is_owed(sql, followed(sql, id_))]


def _is_owed(sql: Sql, end: str) -> bool:
    standing = _standing(sql, end)
    return not _has_expired(sql, end) if standing is None else standing[1]


def _has_expired(sql: Sql, id_: str) -> bool:
    """Whether a ticket that is not on this computer has gone by its days."""
    return bool(sql.value("SELECT reason FROM removed WHERE id = ?", id_) == EXPIRED)


def _worked_on(sql: Sql, id_: str) -> str | None:
    """Where a merged ticket's claims go on; None where the work on either is over."""
    end = followed(sql, id_)
    standing = _standing(sql, end)
    if standing is None:
        return None if _has_expired(sql, end) else id_
    status, is_open_here = standing
    if is_open_here:
        return end
    return None if _is_over(status) else id_


def _standing(sql: Sql, id_: str) -> tuple[str, bool] | None:
    """A ticket's status and whether it is open; None where it is not on this computer."""
    found = sql.one(
        "SELECT t.status, t.is_open FROM entity e JOIN $ticket t ON t.entity = e.entity "
        "WHERE e.id = ?",
        id_,
    )
    return None if found is None else (str(found[0]), bool(found[1]))


def _is_over(status: str) -> bool:
    """Whether nobody works on a ticket any more, whatever it is merged into."""
    return not is_open(status) and status != Status.MERGED
