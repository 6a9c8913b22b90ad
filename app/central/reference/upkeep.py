"""What central does to its own ledger: take records away, and forget old tombstones."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from app.central.contract import bodies, wire
from app.central.reference import history
from app.central.reference.database import history as history_table
from app.central.reference.database import operation, row, setting, upsert
from app.central.reference.system import Surroundings
from app.domain.feed import Position
from app.domain.ids import Millis

_PURGED = select(setting.c.value).where(setting.c.name == bindparam("name_"))
REASONS = ("deleted", "merged", "erased", "expired", "out_of_scope")


def remove(
    connection: Connection,
    service: str,
    ids: Iterable[str],
    reason: str,
    surroundings: Surroundings,
) -> int:
    """Leave a tombstone for each record that is there; how many there were.

    An erased record leaves nothing of its words: not in its history, not in a verdict. One that
    went before for another reason is erased all the same: desks may still hold it.
    """
    there = row.c.op == "upsert"
    if reason == "erased":
        there |= (row.c.op == "tombstone") & (row.c.reason != "erased")
    history.standing(connection, service, lock=True)
    count = 0
    for id_ in ids:
        present = connection.execute(
            select(row).where(row.c.id == id_, row.c.service == service, there)
        ).first()
        if present is None:
            continue
        count += 1
        position = history.advance(connection, service, surroundings)
        connection.execute(insert(history_table).values(**present._asdict()))
        rev = present.rev + 1
        connection.execute(
            update(row)
            .where(row.c.id == id_)
            .values(
                op="tombstone", reason=reason, fields="{}", rev=rev, origin_ops="[]", authors="[]",
                term=position.term, n=position.n, changed_at=surroundings.now(),
                row_hash=bodies.row_hash(present.type, id_, rev, {}),
            )
        )  # fmt: skip
        if reason == "erased":
            _erase(connection, id_)
    return count


def _erase(connection: Connection, id_: str) -> None:
    connection.execute(delete(history_table).where(history_table.c.id == id_))
    found = connection.execute(
        select(operation.c.op_id, operation.c.verdict).where(operation.c.target == id_)
    ).all()
    for op_id, text in found:
        verdict = msgspec.json.decode(text, type=wire.Verdict)
        bare = msgspec.structs.replace(verdict, conflicts=[])
        connection.execute(
            update(operation)
            .where(operation.c.op_id == op_id)
            .values(verdict=msgspec.json.encode(bare).decode())
        )


def purge(connection: Connection, service: str, before: Millis) -> int:
    """Forget tombstones older than a time; cursors from before them are expired from then on."""
    history.standing(connection, service, lock=True)
    old = (row.c.service == service) & (row.c.op == "tombstone") & (row.c.changed_at < before)
    last = connection.execute(select(func.max(row.c.n)).where(old)).scalar()
    if last is None:
        return 0
    kept = purged(connection, service)
    upsert(connection, setting, "name", {"name": _named(service), "value": str(max(kept, last))})
    return connection.execute(delete(row).where(old)).rowcount


def purged(connection: Connection, service: str) -> int:
    """The newest position of a tombstone that is forgotten; 0 where none is."""
    value = connection.execute(_PURGED, {"name_": _named(service)}).scalar()
    return int(value) if value else 0


def go_back(connection: Connection, service: str, until: Position) -> None:
    """A restored history knows of no tombstone beyond it: none of its own cursors is expired."""
    if purged(connection, service) > until.n:
        upsert(connection, setting, "name", {"name": _named(service), "value": str(until.n)})


def is_expired(connection: Connection, service: str, n: int) -> bool:
    """Whether a desk that stands there could miss that a record was taken away."""
    return n < purged(connection, service)


def _named(service: str) -> str:
    return f"purged:{service}"
