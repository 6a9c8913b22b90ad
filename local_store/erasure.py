"""An erased record leaves nothing here: no row, no operation's words, no draft, no conflict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.domain.central_services import SERVICE_OF, Aggregate
from app.domain.ids import Millis
from app.domain.lifecycle import FINAL, OpState
from app.domain.operations import Json
from local_store import entities, mapping, records
from local_store.layout import SLOTS
from local_store.sql import Sql, listed

ERASED = "erased"
"""Why a tombstone of this kind came, and the reason its operations are left with."""

_FINAL = listed(sorted(FINAL))
_SHORTEST_MARK = 4
"""Letters of a reference or name below which no bank line is taken for theirs."""


def erase(sql: Sql, aggregate: Aggregate, id_: str, at: Millis) -> None:
    """Take a record out of every table; what is kept of its operations is that they were.

    The counters of what a feed has mirrored are the caller's for the slot being filled.
    """
    fields = _known(sql, aggregate, id_)
    lanes = [id_, *_reference_lanes(fields)]
    _empty_operations(sql, lanes, at)
    sql.run("DELETE FROM conflict WHERE target IN (SELECT value FROM json_each(?))", listed(lanes))
    for table in ("held_tombstone", "unread_row"):
        sql.run(f"DELETE FROM {table} WHERE id = ?", id_)
    sql.run("DELETE FROM draft WHERE instr(call, ?) > 0", id_)
    sql.run("DELETE FROM evidence_file WHERE ticket_id = ?", id_)
    _take_out_bank_lines(sql, fields)
    entity = entities.entity_of(sql, id_)
    if entity is not None:
        for slot in SLOTS:
            records.remove(sql.at(SERVICE_OF[aggregate], slot), aggregate, [entity])
    note(sql, id_, at)


def note(sql: Sql, id_: str, at: Millis) -> None:
    """The record is erased; files beside the store may still tell of it."""
    sql.run("INSERT OR IGNORE INTO erased (id, at, is_traceless) VALUES (?, ?, 0)", id_, at)


def is_erased(sql: Sql, id_: str) -> bool:
    """Whether nothing of the record may come back."""
    return sql.value("SELECT 1 FROM erased WHERE id = ?", id_) is not None


def with_traces(sql: Sql) -> list[str]:
    """Erased records that a file beside the store may still tell of."""
    return [str(id_) for (id_,) in sql.all("SELECT id FROM erased WHERE is_traceless = 0")]


def operations_of(sql: Sql, ids: Sequence[str]) -> set[str]:
    """Operations whose words are gone, and whatever else was decided about these records."""
    found = sql.all(
        "SELECT op_id FROM outbox WHERE length(raw) = 0 "
        "OR lane IN (SELECT value FROM json_each(?))",
        listed(ids),
    )
    return {str(op_id) for (op_id,) in found}


def note_traceless(sql: Sql, ids: Sequence[str]) -> None:
    """No file tells of these any more."""
    sql.run(
        "UPDATE erased SET is_traceless = 1 WHERE id IN (SELECT value FROM json_each(?))",
        listed(ids),
    )


def _known(sql: Sql, aggregate: Aggregate, id_: str) -> Mapping[str, Json]:
    for slot in SLOTS:
        found = records.projected(sql.at(SERVICE_OF[aggregate], slot), aggregate, id_)
        if found is not None:
            return found[0]
    return {}


def _reference_lanes(fields: Mapping[str, Json]) -> list[str]:
    """Notes decided here for a ticket that was known by its reference only."""
    reference = mapping.text(fields, "reference")
    return [f"ref:{reference}"] if reference else []


def _empty_operations(sql: Sql, lanes: Sequence[str], at: Millis) -> None:
    """What never left will not; that it was decided stays, without a word of it.

    One that may have arrived keeps its place, until central has said so or burned its id.
    """
    chosen = "lane IN (SELECT value FROM json_each(?))"
    sql.run(
        f"UPDATE outbox SET state = ?, reason = ?, next_try = NULL, moved_at = ? WHERE {chosen} "
        "AND state NOT IN (SELECT value FROM json_each(?)) AND state <> 'acked' "
        "AND (attempts = 0 OR state = 'parked')",
        OpState.WITHDRAWN.value, ERASED, at, listed(lanes), _FINAL,
    )  # fmt: skip
    sql.run(
        f"UPDATE outbox SET state = ?, moved_at = ? WHERE {chosen} AND state = 'acked'",
        OpState.SETTLED.value, at, listed(lanes),
    )  # fmt: skip
    sql.run(f"UPDATE outbox SET raw = x'', receipt = NULL WHERE {chosen}", listed(lanes))


def _take_out_bank_lines(sql: Sql, fields: Mapping[str, Json]) -> None:
    """Lines read from statements that name the record's reference, its claims' or its payer."""
    claims = [mapping.text(one, "reference") for one in mapping.entries(fields, "claims")]
    marks = [mapping.text(fields, "reference"), *claims, mapping.text(fields, "payer")]
    name = mapping.text(fields, "name")
    for mark in {one for one in marks if len(one) >= _SHORTEST_MARK}:
        sql.run(
            "DELETE FROM statement_line WHERE instr(reference, ?1) > 0 OR instr(text, ?1) > 0 "
            "OR instr(bank_reference, ?1) > 0 OR payer = ?1",
            mark,
        )
    if len(name) >= _SHORTEST_MARK:
        sql.run("DELETE FROM statement_line WHERE lower(payer) = lower(?)", name)
