"""Migrations: made whole or made by migrating, a store is the same; a copy is kept before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from app.providers.executor import InlineExecutor
from local_store import engine, layout, making, migrate, profile
from local_store.keys import STORE
from tests.support.store_desk import KEY, PLATFORM, StoreDesk


def schema_of(path: Path) -> dict[str, str]:
    connection = engine.connect(path, KEY)
    try:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'alembic%'"
        ).fetchall()
    finally:
        connection.close()
    return {name: " ".join(sql.split()).replace(" )", ")") for name, sql in rows}


def an_empty_one(folder: Path) -> Path:
    """A store of version 0: ours, and nothing in it."""
    connection = engine.connect(folder / STORE, KEY, mode="rwc")
    connection.execute(f"PRAGMA application_id = {engine.APPLICATION_ID}")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.close()
    return folder / STORE


def test_made_whole_and_migrated_from_nothing_are_the_same(tmp_path: Path) -> None:
    profile.make(tmp_path / "whole.db", KEY)
    migrated = an_empty_one(tmp_path)
    migrate.upgrade(tmp_path, KEY, 0, PLATFORM)
    assert schema_of(migrated) == schema_of(tmp_path / "whole.db")
    assert profile.version_of(migrated, KEY) == layout.VERSION


def test_a_migrated_store_works_and_the_copy_before_it_opens(tmp_path: Path) -> None:
    an_empty_one(tmp_path)
    desk = StoreDesk(tmp_path, profile.open_(tmp_path, KEY, PLATFORM, InlineExecutor()))
    desk.take("After the upgrade")
    assert desk.healthy()
    desk.store.close_now()
    (copy,) = (tmp_path / "backups").iterdir()
    assert profile.version_of(copy, KEY) == 0
    assert schema_of(copy) == {}


def test_down_takes_everything_away_again(tmp_path: Path) -> None:
    path = an_empty_one(tmp_path)
    migrate.upgrade(tmp_path, KEY, 0, PLATFORM)
    with making.transaction(path, KEY) as connection:
        migrate.run(connection, "downgrade", "base")
    assert schema_of(path) == {}


def test_a_store_of_this_version_opens_without_what_makes_one(tmp_path: Path) -> None:
    StoreDesk.made(tmp_path).store.close_now()
    program = (
        "import sys; from pathlib import Path; from local_store import profile; "
        "from app.providers.executor import InlineExecutor; "
        "from app.providers.platform import SystemPlatform; "
        f"profile.open_(Path({str(tmp_path)!r}), bytes(range(32)), SystemPlatform(), "
        "InlineExecutor()).close_now(); assert not {'alembic', 'sqlalchemy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)
