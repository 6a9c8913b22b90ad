"""Brings an older store up to this version, under a backup of the file as it was."""

from __future__ import annotations

import shutil
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

from app.domain.errors import EnvironmentFault
from app.ports.system import Platform
from local_store import engine, layout, making
from local_store.errors import speaking
from local_store.keys import STORE


def upgrade(profile: Path, key: bytes, present: int, platform: Platform) -> Path:
    """Migrate to `layout.VERSION` in one transaction; the copy made before stays in `backups/`.

    Raises StoreFault, EnvironmentFault where no copy could be made (then nothing was changed).
    """
    copy = _copied(profile, key, present, platform)
    with speaking(), making.transaction(profile / STORE, key) as connection:
        _stamp(connection, present)
        run(connection, "upgrade", "head")
        connection.exec_driver_sql(f"PRAGMA user_version = {layout.VERSION}")
    return copy


def run(connection: Connection, direction: str, revision: str) -> None:
    """Run alembic's scripts on a connection, in its transaction."""
    config = Config()
    config.set_main_option("script_location", "local_store:migrations")
    config.attributes["connection"] = connection
    if direction == "upgrade":
        command.upgrade(config, revision)
    else:
        command.downgrade(config, revision)


def _stamp(connection: Connection, present: int) -> None:
    """Tell alembic where the store stands: a store made whole has no table of alembic's."""
    connection.exec_driver_sql(
        "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) PRIMARY KEY)"
    )
    connection.exec_driver_sql("DELETE FROM alembic_version")
    if present:
        connection.exec_driver_sql("INSERT INTO alembic_version VALUES (?)", (f"{present:04d}",))


def _copied(profile: Path, key: bytes, present: int, platform: Platform) -> Path:
    folder = profile / "backups"
    platform.private_directory(folder)
    copy = folder / f"before-version-{layout.VERSION}-from-{present}.db"
    try:
        with speaking():
            connection = engine.connect(profile / STORE, key)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
        shutil.copyfile(profile / STORE, copy)
    except OSError as error:
        raise EnvironmentFault(
            "The store could not be copied before its upgrade.",
            safe="Nothing was changed.",
            todo="Free some space, then start again.",
        ) from error
    platform.private_file(copy)
    platform.sync_directory(folder)
    return copy
