"""SQLAlchemy over a keyed connection, for making and migrating a store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as driver

from local_store.engine import Use, connect, tuned


@contextmanager
def transaction(path: Path, key: bytes) -> Iterator[Connection]:
    """One durable transaction of the only writer.

    What SQLAlchemy wraps is raised as the driver raised it, so that no SQL and no values are in it.
    """

    def create() -> driver.Connection:
        return tuned(connect(path, key), Use.WRITING)

    made = create_engine(
        "sqlite://", creator=create, module=driver, hide_parameters=True, poolclass=NullPool
    )

    @event.listens_for(made, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    try:
        with made.connect() as connection, connection.begin():
            yield connection
    except DBAPIError as error:
        raise (error.orig or error) from None
    finally:
        made.dispose()
