"""The tables: central's truth, what is laid over it, what leaves, and how it is found."""

from __future__ import annotations

from sqlalchemy import (
    BLOB,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    text,
)

VERSION = 1
"""Written to `user_version`; a store with a higher one is refused untouched."""

NEWEST_FIRST = 1 << 40
"""Entities of a first mirror (newest come first) count down from here, later ones count up."""

metadata = MetaData()


def _rows(name: str, *columns: Column[object]) -> Table:
    """A projected table: one row per record, mirror and pending operations laid together."""
    return Table(
        name,
        metadata,
        Column("entity", Integer, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        *columns,
    )


entity = Table(
    "entity",
    metadata,
    Column("entity", Integer, primary_key=True),
    Column("type", Text, nullable=False),
    Column("id", Text, nullable=False, unique=True),
)
"""A stable local row number per record from first sight on, shared by mirror, rows and search."""

mirror = Table(
    "mirror",
    metadata,
    Column("entity", Integer, primary_key=True),
    Column("type", Text, nullable=False),
    Column("service", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("term", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("fields", Text, nullable=False),
    Column("as_of", Integer, nullable=False),
    Column("row_hash", Text, nullable=False),
    Column("generation", Integer, nullable=False),
    Column("searchable", Integer, nullable=False, default=0),
)
"""Central's truth and nothing else; `fields` is the JSON that came, unknown fields included."""

Index("mirror_generation", mirror.c.service, mirror.c.generation)
Index(
    "mirror_unsearchable",
    mirror.c.entity,
    sqlite_where=text("searchable = 0"),
)

removed = Table(
    "removed",
    metadata,
    Column("id", Text, primary_key=True),
    Column("type", Text, nullable=False),
    Column("rev", Integer, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Integer, nullable=False),
)
redirect = Table(
    "redirect",
    metadata,
    Column("from_id", Text, primary_key=True),
    Column("to_id", Text, nullable=False),
)

ticket_row = _rows(
    "ticket_row",
    Column("reference", Text, index=True),
    Column("status", Text, nullable=False),
    Column("is_open", Integer, nullable=False),
    Column("danger", Integer, nullable=False),
    Column("due", Integer, nullable=False),
    Column("owner", Text),
    Column("fault", Text, nullable=False),
    Column("safety", Text, nullable=False),
    Column("priority", Text, nullable=False),
    Column("model_words", Text, nullable=False),
    Column("device_id", Text, index=True),
    Column("entry_id", Text),
    Column("customer_id", Text, index=True),
    Column("caller_name", Text, nullable=False),
    Column("caller_e164", Text, index=True),
    Column("happened_at", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("reviewing", Integer, nullable=False),
    Column("unverified", Integer, nullable=False),
    Column("unresolved", Integer, nullable=False),
    Column("place", Text, nullable=False),
)

_OPEN = text("is_open = 1")
_order = (ticket_row.c.danger, ticket_row.c.due, ticket_row.c.entity)
Index("ticket_open", *_order, sqlite_where=_OPEN)
Index("ticket_owner", ticket_row.c.owner, *_order, sqlite_where=_OPEN)
Index("ticket_status", ticket_row.c.status, *_order, sqlite_where=_OPEN)
Index("ticket_review", *_order, sqlite_where=text("reviewing = 1"))
Index("ticket_unverified", *_order, sqlite_where=text("unverified = 1 AND is_open = 1"))
Index("ticket_unresolved", *_order, sqlite_where=text("unresolved = 1 AND is_open = 1"))

customer_row = _rows(
    "customer_row",
    Column("name", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("postcode", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("since", Text, nullable=False),
    Column("provisional", Integer, nullable=False),
    Column("merged_into", Text),
)
customer_phone = Table(
    "customer_phone",
    metadata,
    Column("entity", Integer, nullable=False, index=True),
    Column("e164", Text, nullable=False, index=True),
    Column("reversed", Text, nullable=False, index=True),
)
"""Phones in E.164, and reversed, so that the last digits find a caller by an index."""

device_row = _rows(
    "device_row",
    Column("customer_id", Text, index=True),
    Column("entry_id", Text),
    Column("words", Text, nullable=False),
    Column("serial", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("bought_on", Text, nullable=False),
)
plan_row = _rows(
    "plan_row",
    Column("customer_id", Text, index=True),
    Column("name", Text, nullable=False),
    Column("covers", Text, nullable=False),
    Column("starts", Text, nullable=False),
    Column("ends", Text, nullable=False),
    Column("paid_until", Text, nullable=False),
    Column("visits_used", Integer, nullable=False),
    Column("visits_included", Integer, nullable=False),
    Column("response_minutes", Integer),
    Column("categories", Text, nullable=False),
)
entry_row = _rows(
    "entry_row",
    Column("maker", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("numbers", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("status", Text, nullable=False),
)
payment_row = _rows(
    "payment_row",
    Column("customer_id", Text, index=True),
    Column("amount", Integer, nullable=False),
    Column("currency", Text, nullable=False),
    Column("value_date", Text, nullable=False),
)
expert_row = _rows("expert_row", Column("name", Text, nullable=False))
visit_row = _rows(
    "visit_row",
    Column("ticket_id", Text, index=True),
    Column("expert_id", Text),
    Column("state", Text, nullable=False),
    Column("window_start", Integer),
    Column("window_end", Integer),
)
contact_row = _rows(
    "contact_row",
    Column("e164", Text, index=True),
    Column("customer_id", Text, index=True),
    Column("started", Integer, nullable=False),
    Column("number", Text, nullable=False),
    Column("caller_name", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("call_back_due", Integer),
)
Index(
    "contact_call_back",
    contact_row.c.call_back_due,
    sqlite_where=text("call_back_due IS NOT NULL"),
)
promise_row = Table(
    "promise_row",
    metadata,
    Column("id", Text, primary_key=True),
    Column("ticket", Integer, nullable=False, index=True),
    Column("what", Text, nullable=False),
    Column("whom", Text, nullable=False),
    Column("due", Integer, index=True),
)
"""Promises not kept yet, of tickets on this computer."""

alias_row = _rows("alias_row", Column("key", Text, index=True), Column("entry_id", Text))
proposal_row = _rows("proposal_row", Column("state", Text, nullable=False))
ruling_row = _rows("ruling_row", Column("claim_id", Text, index=True))
message_row = _rows("message_row", Column("ticket_id", Text, index=True))

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("op_id", Text, nullable=False, unique=True),
    Column("service", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("type", Text, nullable=False),
    Column("lane", Text, nullable=False),
    Column("place", Integer, nullable=False),
    Column("raw", BLOB, nullable=False),
    Column("digest", Text, nullable=False),
    Column("actor", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("next_try", Integer),
    Column("reason", Text, nullable=False, default=""),
    Column("recorded_at", Integer, nullable=False),
    Column("verdict_rev", Integer),
    Column("verdict_term", Integer),
    Column("verdict_n", Integer),
    Column("poison", Integer, nullable=False, default=0),
    Column("receipt", Text),
    sqlite_autoincrement=True,
)
"""The desk's truth: what people decided. Settled rows stay as the journal for re-offers."""

Index("outbox_lane", outbox.c.lane, outbox.c.place)
Index("outbox_state", outbox.c.service, outbox.c.state, outbox.c.seq)
Index(
    "outbox_unsettled",
    outbox.c.seq,
    sqlite_where=text("state NOT IN ('settled', 'withdrawn', 'superseded')"),
)

conflict = Table(
    "conflict",
    metadata,
    Column("op_id", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("target", Text, nullable=False, index=True),
    Column("at", Integer, nullable=False),
    Column("base", Text),
    Column("mine", Text),
    Column("theirs", Text),
    Column("by", Text),
    Column("theirs_at", Integer),
    Column("decided_at", Integer),
)
feed = Table(
    "feed",
    metadata,
    Column("service", Text, primary_key=True),
    Column("cursor", Text),
    Column("term", Integer),
    Column("n", Integer),
    Column("term_id", Text),
    Column("source_as_of", Integer),
    Column("last_good", Integer),
    Column("up_to_date", Integer, nullable=False, default=0),
    Column("snapshot_after", Text),
    Column("snapshot_running", Integer, nullable=False, default=0),
    Column("expected", Integer),
    Column("mirrored", Integer, nullable=False, default=0),
    Column("generation", Integer, nullable=False, default=0),
    Column("counted_down", Integer, nullable=False, default=0),
)
draft = Table(
    "draft",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("started", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("call", Text, nullable=False),
)
setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
counter = Table(
    "counter",
    metadata,
    Column("desk_code", Text, primary_key=True),
    Column("last", Integer, nullable=False),
)
person = Table(
    "person",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("roles", Text, nullable=False),
    Column("keys", Text, nullable=False),
    Column("revoked_at", Text),
)
retention = Table(
    "retention",
    metadata,
    Column("table", Text, primary_key=True),
    Column("days", Integer),
    Column("scope", Text, nullable=False, default="all"),
)

SEARCHES = ("ticket", "customer", "model")
"""What can be searched; each has its texts and an FTS5 index over them (external content)."""

for _name in SEARCHES:
    Table(
        f"{_name}_text",
        metadata,
        Column("entity", Integer, primary_key=True),
        Column("body", Text, nullable=False),
    )


def create_all(connection: Connection) -> None:
    """Make everything of this version in an empty store."""
    metadata.create_all(connection)
    for name in SEARCHES:
        connection.exec_driver_sql(
            f"CREATE VIRTUAL TABLE {name}_search USING fts5(body, content='{name}_text', "
            "content_rowid='entity', tokenize='unicode61 remove_diacritics 2')"
        )
        connection.exec_driver_sql(
            f"INSERT INTO {name}_search({name}_search, rank) VALUES ('secure-delete', 1)"
        )
