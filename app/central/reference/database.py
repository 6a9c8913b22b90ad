"""The ledger's tables, on embedded SQLite or on PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Engine,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from app.central.reference.system import Surroundings
from app.domain.central_services import Service

metadata = MetaData()

service = Table(
    "service",
    metadata,
    Column("name", Text, primary_key=True),
    Column("term", Integer, nullable=False),
    Column("term_id", Text, nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("fork_term", Integer),
    Column("fork_n", BigInteger),
)
"""One row per service: each writing transaction holds it, so no late commit is ever skipped."""

mark = Table(
    "mark",
    metadata,
    Column("service", Text, primary_key=True),
    Column("term", Integer, primary_key=True),
    Column("n", BigInteger, primary_key=True),
    Column("mark", Text, nullable=False),
)

_VERSION_COLUMNS = ("service", "type", "id", "rev", "term", "n", "op", "fields", "row_hash",
                    "origin_ops", "reason", "redirect_to", "changed_at")  # fmt: skip


def _version_columns(*, key: bool) -> list[Column[Any]]:
    return [
        Column("service", Text, nullable=False),
        Column("type", Text, nullable=False),
        Column("id", Text, primary_key=key, nullable=False),
        Column("rev", Integer, nullable=False),
        Column("term", Integer, nullable=False),
        Column("n", BigInteger, nullable=False),
        Column("op", Text, nullable=False),
        Column("fields", Text, nullable=False),
        Column("row_hash", Text, nullable=False),
        Column("origin_ops", Text, nullable=False),
        Column("reason", Text, nullable=False, default=""),
        Column("redirect_to", Text),
        Column("changed_at", BigInteger, nullable=False),
    ]


row = Table("row", metadata, *_version_columns(key=True))
"""Every record at its latest version."""
Index("row_position", row.c.service, row.c.term, row.c.n)
Index("row_by_id", row.c.service, row.c.id)

history = Table(
    "history",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    *_version_columns(key=False),
)
"""What a record was before each change; a restored central goes back along it."""
Index("history_id", history.c.id, history.c.changed_at)

operation = Table(
    "operation",
    metadata,
    Column("op_id", Text, primary_key=True),
    Column("service", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("target", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("effect", Integer, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("received_at", BigInteger, nullable=False),
)
"""The dedupe record of each operation, written in its effect's transaction."""
Index("operation_target", operation.c.target)
Index("operation_received", operation.c.service, operation.c.received_at)

reference = Table(
    "reference",
    metadata,
    Column("reference", Text, primary_key=True),
    Column("ticket", Text, nullable=False),
)
desk = Table(
    "desk",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("codes", Text, nullable=False),
    Column("credential", Text, nullable=False, unique=True),
    Column("incarnation", Text, nullable=False),
    Column("former", Text, nullable=False, default="[]"),
    Column("public_key", Text, nullable=False),
    Column("enrolled_at", BigInteger, nullable=False),
)
setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)


def open_engine(data: Path | None, url: str | None) -> Engine:
    """The ledger's engine: `ledger.db` in the folder, or the database of the URL."""
    if url is not None:
        return create_engine(url.replace("postgresql://", "postgresql+psycopg://", 1), pool_size=10)
    if data is None:
        raise ValueError("a ledger needs a folder or a database")
    data.mkdir(parents=True, exist_ok=True)
    engine = create_engine(
        f"sqlite:///{data / 'ledger.db'}",
        connect_args={"check_same_thread": False, "isolation_level": None, "timeout": 30},
    )
    event.listen(engine, "connect", _tune)
    event.listen(engine, "begin", _begin)
    return engine


def open_existing(data: Path | None, url: str | None) -> Engine:
    """The engine of a ledger that is there already. Raises FileNotFoundError where none is."""
    if data is not None and not (data / "ledger.db").is_file():
        raise FileNotFoundError(data)
    return open_engine(data, url)


def _tune(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-64000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def prepare(engine: Engine, surroundings: Surroundings) -> None:
    """Make what is missing: tables, and a first term for each service."""
    metadata.create_all(engine)
    with engine.begin() as connection:
        known = set(connection.scalars(select(service.c.name)))
        for name in Service:
            if name.value not in known:
                term_id = surroundings.random(8).hex()
                connection.execute(
                    insert_new(connection, service).values(
                        name=name.value, term=1, term_id=term_id, n=0
                    )
                )


def insert_new(connection: Connection, table: Table) -> Any:  # noqa: ANN401 - one of two dialects
    """An INSERT that leaves an existing row alone, in the database's own dialect."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table).on_conflict_do_nothing()
    return sqlite.insert(table).on_conflict_do_nothing()


def upsert(connection: Connection, table: Table, key: str, values: dict[str, Any]) -> None:
    """Insert a row or replace all its values."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table).values(values)
    rest = {name: value for name, value in values.items() if name != key}
    connection.execute(statement.on_conflict_do_update(index_elements=[key], set_=rest))
