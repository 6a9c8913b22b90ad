"""The ledger's tables, on embedded SQLite or on PostgreSQL."""

from __future__ import annotations

import sqlite3
from functools import cache
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
    func,
    inspect,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from app.central.reference.system import Surroundings
from app.domain.central_services import Service

SCHEMA = 3
"""A ledger is of one version of the program; there is nothing in a demo to migrate."""
_FILE = "ledger.db"
_ALONE = 0x0FF_400C
_IMPATIENCE = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=15s"
"""A stranger's idle transaction stalls nobody for longer than this."""

metadata = MetaData()

service = Table(
    "service",
    metadata,
    Column("name", Text, primary_key=True),
    Column("term", Integer, nullable=False),
    Column("term_id", Text, nullable=False),
    Column("n", BigInteger, nullable=False),
)
"""One row per service: each writing transaction holds it, so no late commit is ever skipped."""

term = Table(
    "term",
    metadata,
    Column("service", Text, primary_key=True),
    Column("term", Integer, primary_key=True),
    Column("term_id", Text, nullable=False),
    Column("fork_term", Integer),
    Column("fork_n", BigInteger),
    Column("since", BigInteger, nullable=False),
)
"""Every term of each service, with the last position it shares with the one before."""

mark = Table(
    "mark",
    metadata,
    Column("service", Text, primary_key=True),
    Column("term", Integer, primary_key=True),
    Column("n", BigInteger, primary_key=True),
    Column("mark", Text, nullable=False),
)


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
        Column("authors", Text, nullable=False, default="[]"),
    ]


REDIRECT = ">redirect"
"""Behind an id: the row that says where its readers go on."""

row = Table("row", metadata, *_version_columns(key=True))
"""Every record at its latest version."""
Index("row_position", row.c.service, row.c.term, row.c.n)
Index("row_by_id", row.c.service, row.c.id)
Index(
    "row_redirect",
    row.c.redirect_to,
    sqlite_where=row.c.redirect_to.is_not(None),
    postgresql_where=row.c.redirect_to.is_not(None),
)

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
    Column("actor", Text, nullable=False, default=""),
    Column("supersedes", Text),
    Column("verdict", Text, nullable=False),
    Column("received_at", BigInteger, nullable=False),
)
"""The dedupe record of each operation, written in its effect's transaction."""
Index("operation_target", operation.c.target)
Index(
    "operation_supersedes",
    operation.c.supersedes,
    sqlite_where=operation.c.supersedes.is_not(None),
    postgresql_where=operation.c.supersedes.is_not(None),
)
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
desk_seed = Table(
    "desk_seed",
    metadata,
    Column("token", Text, primary_key=True),
    Column("desk", Text, nullable=False),
    Column("public_key", Text, nullable=False, default=""),
)
"""Desks that were made as a seed; the key is that of the computer which claimed it."""
take_over = Table(
    "take_over",
    metadata,
    Column("from_desk", Text, primary_key=True),
    Column("to_desk", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
)
"""Whose unsent work another desk brings; each word of it signed by the desk that gave it."""
desk_report = Table(
    "desk_report",
    metadata,
    Column("desk", Text, primary_key=True),
    Column("at", BigInteger, nullable=False),
    Column("report", Text, nullable=False),
)
"""The newest report of each desk."""
audit_head = Table(
    "audit_head",
    metadata,
    Column("desk", Text, primary_key=True),
    Column("n", BigInteger, primary_key=True),
    Column("head", Text, primary_key=True),
    Column("incarnation", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
)
"""Where each desk's trail of decisions stood, each head as central signed it."""
setting = Table(
    "setting",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)


class OtherSchema(Exception):
    """The ledger was made by another version of the program."""


class NoLedger(Exception):
    """There is a database, but no ledger in it."""


class Replica(Exception):
    """The database follows another one and takes no writes."""


def open_engine(data: Path | None, url: str | None) -> Engine:
    """The ledger's engine: `ledger.db` in the folder, or the database of the URL.

    Raises NoLedger and OtherSchema for a file that is no ledger of this version.
    """
    if url is not None:
        return create_engine(
            url.replace("postgresql://", "postgresql+psycopg://", 1),
            pool_size=10,
            pool_pre_ping=True,
            connect_args={"options": _IMPATIENCE, "connect_timeout": 5},
            hide_parameters=True,
        )
    if data is None:
        raise ValueError("a ledger needs a folder or a database")
    data.mkdir(parents=True, exist_ok=True)
    path = data / _FILE
    if path.exists():
        _look(path)
    engine = create_engine(
        f"sqlite:///{path}",
        connect_args={"check_same_thread": False, "isolation_level": None, "timeout": 30},
        hide_parameters=True,
    )
    event.listen(engine, "connect", _tune)
    event.listen(engine, "begin", begin_as_asked)
    return engine


def empty_log(connection: Connection) -> None:
    """Write SQLite's log back and cut it to nothing."""
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def open_existing(data: Path | None, url: str | None) -> Engine:
    """The engine of a ledger that is there already. Raises NoLedger, OtherSchema."""
    if data is not None and not ((data / _FILE).is_file() and _look(data / _FILE)):
        raise NoLedger
    engine = open_engine(data, url)
    if data is None:
        with engine.connect().execution_options(reading=True) as connection:
            check_schema(connection)
    return engine


def _tune(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "cache_size=-64000", "secure_delete=ON"):
        connection.execute(f"PRAGMA {pragma}")


def begin_as_asked(connection: Connection) -> None:
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def check_schema(connection: Connection) -> None:
    """Raise OtherSchema for a ledger of another version, NoLedger where there is none."""
    if not inspect(connection).has_table(setting.name):
        raise NoLedger
    _compare(connection.execute(select(setting.c.value).where(setting.c.name == "schema")).scalar())


def _compare(kept: object) -> None:
    if kept != str(SCHEMA):
        raise OtherSchema


def _look(path: Path) -> bool:
    """Whether a file holds a ledger, of which no byte is changed; False for one still empty.

    Raises NoLedger, OtherSchema.
    """
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        if connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            return False
        found = connection.execute("SELECT value FROM setting WHERE name = 'schema'").fetchone()
    except sqlite3.DatabaseError as error:
        raise NoLedger from error
    finally:
        connection.close()
    _compare(found and found[0])
    return True


def prepare(connection: Connection, surroundings: Surroundings) -> None:
    """Make what is missing: tables, and a first term for each service. Raises OtherSchema."""
    if inspect(connection).has_table(setting.name):
        check_schema(connection)
    metadata.create_all(connection)
    values = {"name": "schema", "value": str(SCHEMA)}
    connection.execute(insert_new(connection, setting).values(values))
    for one in Service:
        first = surroundings.random(8).hex()
        connection.execute(
            insert_new(connection, service).values(name=one.value, term=1, term_id=first, n=0)
        )
        found = connection.execute(select(service).where(service.c.name == one.value)).one()
        connection.execute(
            insert_new(connection, term).values(
                service=one.value, term=found.term, term_id=found.term_id, since=0
            )
        )


def alone(connection: Connection) -> None:
    """Hold everybody else off until the transaction ends: for founding and for desk codes.

    On SQLite a transaction that writes is alone already.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_ALONE)))


def insert_new(connection: Connection, table: Table) -> Any:  # noqa: ANN401 - one of two dialects
    """An INSERT that leaves an existing row alone, in the database's own dialect."""
    return _insert_new(connection.dialect.name, table)


@cache
def _insert_new(dialect: str, table: Table) -> Any:  # noqa: ANN401 - one of two dialects
    statement = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    return statement.on_conflict_do_nothing()


def upsert(connection: Connection, table: Table, key: str, values: dict[str, Any]) -> None:
    """Insert a row or replace all its values; `values` names every column."""
    connection.execute(_upsert(connection.dialect.name, table, key), values)


@cache
def _upsert(dialect: str, table: Table, key: str) -> Any:  # noqa: ANN401 - one of two dialects
    statement = (postgresql if dialect == "postgresql" else sqlite).insert(table)
    rest = {name: statement.excluded[name] for name in table.c.keys() if name != key}  # noqa: SIM118 - a column collection
    return statement.on_conflict_do_update(index_elements=[key], set_=rest)
