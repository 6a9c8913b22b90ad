"""Looks whether a store is sound: its pages, its searches, its counters."""

from __future__ import annotations

from pathlib import Path

from sqlcipher3 import dbapi2 as driver

from app.domain.central_services import Aggregate
from local_store import engine, tally
from local_store.errors import damaged, says_damage, speaking
from local_store.layout import SEARCHES
from local_store.sql import Sql

TAKEN_HERE = "a ticket taken here"
"""Of which no row is left: central does not know it, its journal does."""


def findings(connection: driver.Connection, sql: Sql) -> list[str]:
    """What is wrong, in a few words each; nothing of what the store holds is said."""
    return [
        *_pages(connection), *_unreadable(sql), *_searches(sql), *_counters(sql),
        *orphans(connection, sql),
    ]  # fmt: skip


def _pages(connection: driver.Connection) -> list[str]:
    found: list[str] = []
    # Pages a power cut tore in the file lie whole in the log: bring that in first.
    connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
    for pragma in ("cipher_integrity_check", "integrity_check"):
        rows = connection.execute(f"PRAGMA {pragma}").fetchall()
        found += [f"{pragma}: {row[0]}" for row in rows if row[0] != "ok"]
    return found


def _unreadable(sql: Sql) -> list[str]:
    return [
        f"a {aggregate.value} that cannot be read"
        for aggregate in Aggregate
        if sql.value(f"SELECT 1 FROM ${aggregate} WHERE NOT (json_valid(fields) "
                     "AND json_valid(coalesce(laid, fields))) LIMIT 1") is not None
    ]  # fmt: skip


def _searches(sql: Sql) -> list[str]:
    return [
        f"search over {aggregate.value} does not fit its records"
        for aggregate in SEARCHES
        if not search_fits(sql, aggregate)
    ]


def search_fits(sql: Sql, aggregate: Aggregate) -> bool:
    """Whether a search knows its records by the words they have; some 6 s per million of them.

    Rank 1 compares the content too; without it, hits of words long gone pass.
    """
    name = SEARCHES[aggregate]
    try:
        sql.run(f"INSERT INTO ${name} (${name}, rank) VALUES ('integrity-check', 1)")
    except driver.DatabaseError:
        return False
    return True


def _counters(sql: Sql) -> list[str]:
    return ["the counters do not equal the tickets"] if tally.off(sql) else []


def orphans(connection: driver.Connection, sql: Sql) -> list[str]:
    """Rows whose parent is not there: by the declared keys, and by what none can declare."""
    rows = connection.execute("PRAGMA foreign_key_check").fetchall()
    found = [f"{table} has a row without its operation" for table in sorted({r[0] for r in rows})]
    for child, query in _BELONGING.items():
        if sql.value(query) is not None:
            found.append(f"{child} without what it belongs to")
    return found


_BELONGING = {
    "a promise": "SELECT 1 FROM $promise p WHERE NOT EXISTS "
    "(SELECT 1 FROM $ticket t WHERE t.entity = p.entity) LIMIT 1",
    "a customer's phone": "SELECT 1 FROM $customer_phone p WHERE NOT EXISTS "
    "(SELECT 1 FROM $customer c WHERE c.entity = p.entity) LIMIT 1",
    "a ticket's row number": "SELECT 1 FROM $ticket t WHERE NOT EXISTS "
    "(SELECT 1 FROM entity e WHERE e.entity = t.entity AND e.id = t.id) LIMIT 1",
    TAKEN_HERE: "SELECT 1 FROM outbox o WHERE o.kind = 'ticket.create' "
    "AND o.attempts = 0 AND o.state IN ('pending', 'waiting', 'blocked', 'sign_in') "
    "AND o.lane NOT IN (SELECT id FROM removed UNION SELECT from_id FROM redirect) "
    "AND NOT EXISTS (SELECT 1 FROM $ticket t WHERE t.id = o.lane) LIMIT 1",
}
"""Of the generation that is read, by the name of what would be missing something."""


def verify(path: Path, key: bytes) -> None:
    """Raise StoreDamaged unless every page of the file verifies under the key."""
    with speaking():
        connection = engine.connect(path, key)
        try:
            # Pages a power cut tore in the file lie whole in the log: bring that in first.
            connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()
            cipher = connection.execute("PRAGMA cipher_integrity_check").fetchall()
            plain = connection.execute("PRAGMA integrity_check").fetchall()
        except driver.DatabaseError as error:
            if says_damage(error):
                raise damaged() from None
            raise
        finally:
            connection.close()
    if cipher or plain != [("ok",)]:
        raise damaged()
