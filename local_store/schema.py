"""The tables: central's truth and what shows over it, what leaves, and how it is found.

The tables of records exist twice: a snapshot fills one set while the other is read, and a swap
changes which is which (`local_store.generations`).

Foreign keys stand where a parent is always there: rows that belong to an operation name one of
the outbox. They are declared and looked at (`foreign_key_check` in `local_store.health`), not
enforced, so that no save pays for them. What an operation builds on (`dependency.needs`) has no
key: that one may have gone by its age while this one stays. Between records there are none and can
be none: a feed brings a ticket before its customer, another service may be down, a deletion may
come first. What must hold there all the same, `local_store.health` asks for itself.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BLOB,
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)

from app.domain.central_services import Aggregate, Service
from local_store.layout import MERGED_CLAIM, SEARCHES, SLOTS, UNFINISHED
from local_store.mapping import BODIES, COLUMNS

metadata = MetaData()


def _int(name: str, *, key: bool = False, always: bool = False) -> Column[int]:
    return Column(name, Integer, primary_key=key, nullable=not (key or always))


def _text(
    name: str, *, key: bool = False, always: bool = False, unique: bool | None = None
) -> Column[str]:
    return Column(name, Text, primary_key=key, nullable=not (key or always), unique=unique)


def _op_id() -> Column[str]:
    """Of a row that goes with its operation: it is written after it and goes before it."""
    return Column("op_id", Text, ForeignKey("outbox.op_id"), primary_key=True)


entity = Table(
    "entity",
    metadata,
    _int("entity", key=True),
    _text("type", always=True),
    _text("id", always=True, unique=True),
)
"""A stable local row number per record from first sight on, shared by records and search."""


def _record_table(aggregate: Aggregate, slot: int) -> Table:
    """One aggregate: typed columns as projected, central's truth, and the laid-over fields.

    `rev` to `fields` are written from a central feed only and are NULL until central has confirmed
    the record; `laid` holds the fields with the desk's own operations over them, where it has any.
    """
    typed: list[Column[Any]] = [
        _int(column.name) if column.is_number else _text(column.name)
        for column in COLUMNS[aggregate]
    ]
    if aggregate is Aggregate.TICKET:
        typed += [_text("state", always=True), _int("reviewing", always=True)]
    if aggregate in BODIES:
        typed.append(_text("body", always=True))
    truth: list[Column[Any]] = [
        _int("rev"),
        _int("term"),
        _int("n"),
        _int("as_of"),
        _text("row_hash"),
    ]
    return Table(
        f"{aggregate.value}_{slot}",
        metadata,
        _int("entity", key=True),
        _text("id", always=True),
        *typed,
        *truth,
        _text("fields"),
        _text("laid"),
    )


_VIEWS = {
    "open": "is_open = 1",
    "to_complete": "is_open = 1 AND status = 'to_complete'",
    "quarantine": "is_open = 1 AND status = 'quarantined'",
    "models": "is_open = 1 AND unresolved = 1",
    "payments": "is_open = 1 AND unverified = 1",
    "review": "reviewing = 1",
}
"""One index per view of the rail, in the order of work; everything is read newest first."""


def _index_tickets(table: Table) -> None:
    order = (table.c.calm, table.c.due, table.c.entity)
    for view, where in _VIEWS.items():
        Index(f"{table.name}_{view}", *order, sqlite_where=text(where))
    Index(f"{table.name}_carried", table.c.entity, sqlite_where=text(MERGED_CLAIM))
    is_open = text(_VIEWS["open"])
    Index(f"{table.name}_owner", table.c.owner, *order, sqlite_where=is_open)
    for name in ("customer_id", "device_id", "caller_reversed"):
        Index(f"{table.name}_{name}", table.c[name], sqlite_where=is_open)


_INDEXED: dict[Aggregate, tuple[str, ...]] = {
    Aggregate.TICKET: ("reference", "happened_at"),
    Aggregate.CONTACT: ("customer_id", "e164_reversed", "call_back_due", "started"),
    Aggregate.DEVICE: ("customer_id",),
    Aggregate.PLAN: ("customer_id",),
    Aggregate.ALIAS: ("key",),
    Aggregate.PROPOSAL: ("state",),
    Aggregate.PAYMENT: ("customer_id",),
    Aggregate.RULING: ("claim_id",),
    Aggregate.VISIT: ("ticket_id",),
    Aggregate.MESSAGE: ("ticket_id",),
}


def _index_columns(aggregate: Aggregate, table: Table) -> None:
    for name in _INDEXED.get(aggregate, ()):
        some = text(f"{name} IS NOT NULL")
        Index(f"{table.name}_{name}", table.c[name], sqlite_where=some)


def _satellites(slot: int) -> None:
    """What one record says several times over: phones and promises."""
    phone = Table(
        f"customer_phone_{slot}",
        metadata,
        _int("entity", always=True),
        _text("e164", always=True),
        _text("reversed", always=True),
    )
    promise = Table(
        f"promise_{slot}",
        metadata,
        _int("entity", always=True),
        _text("customer_id"),
        _text("id", always=True),
        _text("what", always=True),
        _text("whom", always=True),
        _int("due"),
        _int("kept_at"),
        _int("made_at"),
    )
    for table in (phone, promise):
        Index(f"{table.name}_entity", table.c.entity)
    looked_up = (
        (phone, "e164"), (phone, "reversed"), (promise, "customer_id"),
    )  # fmt: skip
    for table, name in looked_up:
        Index(f"{table.name}_{name}", table.c[name])
    unkept = text("kept_at IS NULL AND due IS NOT NULL")
    Index(f"{promise.name}_due", promise.c.due, sqlite_where=unkept)
    timeless = text("kept_at IS NULL AND due IS NULL")
    Index(f"{promise.name}_timeless", promise.c.made_at, promise.c.id, sqlite_where=timeless)


for _slot in SLOTS:
    for _aggregate in Aggregate:
        _table = _record_table(_aggregate, _slot)
        _index_columns(_aggregate, _table)
        if _aggregate is Aggregate.TICKET:
            _index_tickets(_table)
    _satellites(_slot)

tally = Table(
    "tally",
    metadata,
    _int("slot", key=True),
    _text("view", key=True),
    _text("owner", key=True),
    _int("count", always=True),
)
"""How many tickets each view holds; moves in the transactions that move the tickets."""

removed = Table(
    "removed",
    metadata,
    _text("id", key=True),
    _text("type", always=True),
    _int("rev", always=True),
    _int("term", always=True),
    _text("reason", always=True),
    _int("at", always=True),
)
"""Tombstones: a row that comes late does not rise again."""
redirect = Table("redirect", metadata, _text("from_id", key=True), _text("to_id", always=True))
Index("redirect_to", redirect.c.to_id)

unnamed_redirect = Table(
    "unnamed_redirect", metadata, _text("from_id", key=True), _text("service", always=True)
)
"""Merges that a snapshot under way has not named so far: what it never names goes with its swap."""

outbox = Table(
    "outbox",
    metadata,
    _int("seq", key=True),
    _text("op_id", always=True, unique=True),
    _text("service", always=True),
    _text("kind", always=True),
    _text("lane", always=True),
    _int("place", always=True),
    Column("raw", BLOB, nullable=False),
    _text("digest", always=True),
    _text("actor", always=True),
    _text("state", always=True),
    _int("attempts", always=True),
    _int("next_try"),
    _text("reason", always=True),
    _int("recorded_at", always=True),
    _int("moved_at", always=True),
    _int("verdict_rev"),
    _int("verdict_term"),
    _int("verdict_n"),
    _int("poison", always=True),
    _text("receipt"),
)
"""The desk's truth: what people decided. Final rows stay as the journal for re-offers."""

Index("outbox_lane", outbox.c.lane, outbox.c.place, outbox.c.seq)
Index(
    "outbox_open",
    outbox.c.service,
    outbox.c.seq,
    sqlite_where=text(UNFINISHED),
)

dependency = Table(
    "dependency",
    metadata,
    _op_id(),
    _text("needs", key=True),
)
Index("dependency_needs", dependency.c.needs)

conflict = Table(
    "conflict",
    metadata,
    _op_id(),
    _text("field", key=True),
    _text("target", always=True),
    _int("at", always=True),
    _text("base", always=True),
    _text("mine", always=True),
    _text("theirs", always=True),
    _text("by"),
    _int("theirs_at"),
    _int("decided_at"),
)
Index("conflict_target", conflict.c.target)
parallel_edit = Table(
    "parallel_edit",
    metadata,
    _op_id(),
    _text("field", key=True),
    _text("target", always=True),
    _text("by", always=True),
    _int("at", always=True),
)
"""Fields somebody else had changed meanwhile, beside an edit of ours that merged silently."""
Index("parallel_edit_target", parallel_edit.c.target)

second_offer = Table(
    "second_offer",
    metadata,
    _op_id(),
    _int("at", always=True),
    _int("missing_since"),
)
"""Operations that go once more under a new term, or were refused under a former one."""

incident = Table(
    "incident",
    metadata,
    _text("id", key=True),
    _text("kind", always=True),
    _text("service", always=True),
    _text("subject", always=True),
    _text("detail", always=True),
    _int("times", always=True),
    _int("first_at", always=True),
    _int("last_at", always=True),
    _int("closed_at"),
    _text("closed_by"),
)
"""What must not happen and did: each once, with how often."""

held_tombstone = Table(
    "held_tombstone",
    metadata,
    _text("id", key=True),
    _text("type", always=True),
    _text("service", always=True),
    _int("rev", always=True),
    _int("term", always=True),
    _int("n", always=True),
    _int("as_of", always=True),
    _int("at", always=True),
    _int("refused_at"),
)
"""Deletions of a mass that nobody announced: their rows stay shown until a person decides."""
Index("held_tombstone_service", held_tombstone.c.service)

unread_row = Table(
    "unread_row",
    metadata,
    _text("id", key=True),
    _int("slot", key=True),
    _text("type", always=True),
    _text("service", always=True),
    _int("rev", always=True),
    _int("term", always=True),
    _int("n", always=True),
    _int("as_of", always=True),
    _text("row_hash", always=True),
    _text("fields", always=True),
)
"""Rows of a type that a newer program will read; kept as they came, tombstones as their reason."""
Index("unread_row_service", unread_row.c.service, unread_row.c.slot)

feed = Table(
    "feed",
    metadata,
    _text("service", key=True),
    _text("cursor"),
    _int("term"),
    _int("n"),
    _text("term_id"),
    _int("source_as_of"),
    _int("last_good"),
    _int("up_to_date", always=True),
    _text("snapshot_start"),
    _text("snapshot_after"),
    _int("snapshot_running", always=True),
    _int("expected"),
    _int("mirrored", always=True),
    _int("built", always=True),
    _int("reading", always=True),
    _int("building"),
    _int("emptying"),
)
"""One row per service: where its feed stands, and which slot is read, built and emptied."""
draft = Table(
    "draft",
    metadata,
    _text("id", key=True),
    _text("person", always=True),
    _int("started", always=True),
    _int("changed", always=True),
    _text("call", always=True),
)
setting = Table("setting", metadata, _text("name", key=True), _text("value", always=True))
"""Settings, and the desk's identity and its last good configuration document as they came."""
audit_entry = Table(
    "audit_entry",
    metadata,
    _int("n", key=True),
    _int("at", always=True),
    _text("event", always=True),
    _text("kind", always=True),
    _text("op_id", always=True),
    _text("who", always=True),
    _text("content", always=True),
    _text("signature", always=True),
    _text("before", always=True),
    _text("hash", always=True),
)
"""The trail of decisions: each entry holds the hash of the one before."""
audit_anchor = Table(
    "audit_anchor",
    metadata,
    _int("n", key=True),
    _text("head", key=True),
    _int("at", always=True),
    _text("by", always=True),
    _text("receipt", always=True),
)
"""Where central has signed that the trail stood."""
statement_line = Table(
    "statement_line",
    metadata,
    _text("key", key=True),
    _text("import_id", always=True),
    _int("imported_at", always=True),
    _text("account", always=True),
    _text("currency", always=True),
    _int("amount", always=True),
    _text("booked", always=True),
    _text("value_date", always=True),
    _text("reference", always=True),
    _text("bank_reference", always=True),
    _text("payer", always=True),
    _text("text", always=True),
    _int("reversal", always=True),
    _int("at_line", always=True),
)
"""Lines of bank statements read into this desk, under the keys that recognise them."""

Index("statement_line_booked", statement_line.c.booked)
Index("statement_line_import", statement_line.c.import_id)
counter = Table("counter", metadata, _text("desk_code", key=True), _int("last", always=True))
person = Table(
    "person",
    metadata,
    _text("id", key=True),
    _text("name", always=True),
    _text("roles", always=True),
    _text("keys", always=True),
    _text("revoked_at"),
)
retention = Table(
    "retention",
    metadata,
    _text("table", key=True),
    _int("days"),
    _text("scope", always=True),
)
aging = Table("aging", metadata, _text("what", key=True), _int("since", always=True))
"""Since when, by central's clock, this desk has known that something may go one day."""
erased = Table(
    "erased",
    metadata,
    _text("id", key=True),
    _int("at", always=True),
    _int("is_traceless", always=True),
)
"""Records of which nothing may come back; until it is traceless, files may still tell of one."""
evidence_file = Table(
    "evidence_file",
    metadata,
    _text("id", key=True),
    _text("ticket_id", always=True),
    _int("kept_at", always=True),
    Column("content", BLOB, nullable=False),
)
"""Files a caller gave as evidence of a payment; the ticket says what they are."""
Index("evidence_file_ticket", evidence_file.c.ticket_id)


def create_all(connection: Connection) -> None:
    """Make everything of this version in an empty store."""
    metadata.create_all(connection)
    for aggregate, name in SEARCHES.items():
        for slot in SLOTS:
            connection.exec_driver_sql(
                f"CREATE VIRTUAL TABLE {name}_{slot} USING fts5(body, "
                f"content='{aggregate.value}_{slot}', content_rowid='entity', "
                "tokenize='unicode61 remove_diacritics 2')"
            )
            connection.exec_driver_sql(
                f"INSERT INTO {name}_{slot}({name}_{slot}, rank) VALUES ('secure-delete', 1)"
            )
    connection.exec_driver_sql(
        "INSERT INTO feed (service, up_to_date, snapshot_running, mirrored, built, reading) "
        "VALUES (?, 0, 0, 0, 0, 0)",
        [(service.value,) for service in Service],
    )


def drop_all(connection: Connection) -> None:
    """Take everything away again."""
    for name in SEARCHES.values():
        for slot in SLOTS:
            connection.exec_driver_sql(f"DROP TABLE {name}_{slot}")
    metadata.drop_all(connection)
