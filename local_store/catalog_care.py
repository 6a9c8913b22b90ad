"""What hangs on an entry of the catalog: tickets that read as it, entries merged into it."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.model_work import MergedAway, WaitingTicket
from app.domain.operations import KINDS, Effect
from app.domain.tickets import Status
from app.domain.words import words_key
from local_store import model_rule
from local_store.catalog import ENTRY, names_of
from local_store.entities import followed
from local_store.layout import UNFINISHED
from local_store.sql import Row, Sql, listed

_MOST_TICKETS = 5_000
_OPEN_TICKETS = """
SELECT t.id, t.reference, t.model_words, t.happened_at, t.calm, t.status,
       json_type(coalesce(t.laid, t.fields), '$.model_pin'),
       json_extract(coalesce(t.laid, t.fields), '$.model_pin.entry_id')
FROM $ticket t WHERE t.is_open = 1 ORDER BY t.calm, t.due, t.entity LIMIT ?
"""
_MERGES = ", ".join(
    f"'{kind}'" for kind, rule in KINDS.items()
    if rule.effect is Effect.MERGE and kind.startswith("catalog_entry.")
)  # fmt: skip
_MERGED_IDS = (
    "SELECT r.from_id FROM redirect r JOIN entity e ON e.id = r.from_id "
    "WHERE e.type = 'catalog_entry' UNION SELECT o.lane FROM outbox o WHERE "
    f"o.{UNFINISHED} AND o.service = 'catalog' "
    f"AND o.kind IN ({_MERGES})"
)


def tickets_of(sql: Sql, entry_id: str) -> Sequence[WaitingTicket]:
    """Open tickets that read as the entry, oldest first: pinned to it, or by their words."""
    rows = sql.all(_OPEN_TICKETS, _MOST_TICKETS)
    keys = {words_key(row[2]) for row in rows if row[2] and row[6] is None}
    known = model_rule.meanings(sql, keys)
    ends: dict[str, str] = {}
    found = []
    for *ticket, pin, pinned in rows:
        if isinstance(pinned, str):
            means: str | None = ends.setdefault(pinned, followed(sql, pinned))
        elif pin is None and ticket[2]:
            meaning = known.of(ticket[0], words_key(ticket[2]))
            means = meaning.entry_id if meaning else None
        else:
            means = None
        if means == entry_id:
            found.append(ticket_of((*ticket[:2], ticket[2] or "", *ticket[3:])))
    return sorted(found, key=lambda one: (one.happened_at, one.id))


def merged_away(sql: Sql) -> Sequence[MergedAway]:
    """Entries that readers are sent on from, and where they arrive, by name."""
    rows = sql.all(
        f"{ENTRY} JOIN entity e ON e.entity = c.entity WHERE c.merged_into IS NOT NULL "
        "AND e.id IN (SELECT value FROM json_each(?))",
        listed([str(id_) for (id_,) in sql.all(_MERGED_IDS)]),
    )
    found = [MergedAway(names, followed(sql, names.id)) for names in map(names_of, rows)]
    return sorted(found, key=lambda one: one.entry.title.casefold())


def ticket_of(row: Row) -> WaitingTicket:
    """From (id, reference, words, happened_at, calm, status)."""
    id_, reference, words, happened_at, calm, status = row
    return WaitingTicket(
        id_, reference or "", words, happened_at, in_danger=not calm,
        blocks=status in (Status.NEW, Status.TO_COMPLETE, Status.READY),
    )  # fmt: skip
