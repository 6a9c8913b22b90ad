"""Promise P10: between any two versions no decided work is lost, nor one byte of it changed."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from app.domain.call import Call, Draft
from app.domain.central_services import Aggregate, Service
from app.domain.errors import StoreTooNew
from app.domain.lifecycle import LIFE, OpEvent, OpState
from app.domain.operations import FieldConflict, Json
from app.ports.store import EventDetail, WriteTx
from app.providers.executor import InlineExecutor
from local_store import engine, health, layout, making, migrate, profile
from local_store.keys import STORE
from tests.support.programs import ROOT, environment
from tests.support.store_desk import KEY, PLATFORM, StoreDesk, item, ticket_fields
from tests.support.virtual_time import NOON

VERSIONS = range(1, layout.VERSION + 1)
PAIRS = sorted(set(itertools.product(VERSIONS, VERSIONS)))
KEPT = (
    "outbox", "dependency", "conflict", "draft", "setting", "counter", "entity", "ticket_0",
    "removed", "feed", "tally",
)  # fmt: skip
"""What a migration must hand over as it was."""


def with_random_work(folder: Path, seed: int) -> Path:
    """A store with operations in every state the table reaches, and what belongs to them."""
    chance = random.Random(seed)
    folder.mkdir()
    desk = StoreDesk.made(folder)
    desk.mirror(*(item(f"t-{n}", n + 1, ticket_fields(fault=f"Mirrored {n}")) for n in range(5)))
    lanes = [f"t-{n}" for n in range(5)]
    for number in range(chance.randrange(8, 20)):
        if chance.random() < 0.5:
            ticket, op_id = desk.take(f"Fault {number} \N{SNOWMAN}")
            lanes.append(ticket)
        else:
            op_id = desk.note(chance.choice(lanes), "x" * chance.randrange(2_000))
        _wander(desk, op_id, chance)
    conflict = FieldConflict("place", "a", "b", "c", "somebody", NOON)
    _ticket, disputed = desk.take("Disputed")
    desk.ack(disputed, 800, conflict)
    desk.write(lambda tx: tx.keep_draft(Draft(Call(draft_id="d-1", started=NOON), "p-ann", NOON)))
    desk.write(lambda tx: tx.desk.next_reference())
    desk.store.close_now()
    return folder


def _wander(desk: StoreDesk, op_id: str, chance: random.Random) -> None:
    """A few arrows of the table, as chance will have it."""
    for _ in range(chance.randrange(4)):
        arrows = [event for state, event in LIFE if state is desk.state(op_id)]
        plain = [one for one in arrows if one not in (OpEvent.EDITED, OpEvent.APPLIED)]
        if plain:
            event = chance.choice(sorted(plain))

            def move(tx: WriteTx, chosen: OpEvent = event) -> OpState:
                return tx.outbox.event(op_id, chosen, EventDetail(NOON, reason="why"))

            desk.write(move)


def contents(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of what must be kept, bytes and all."""
    connection = engine.connect(path, KEY)
    try:
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in KEPT
        }
    finally:
        connection.close()


def moved(folder: Path, to: int) -> None:
    """Bring the store to a version, up or down, as alembic's scripts do."""
    present = profile.version_of(folder / STORE, KEY)
    with making.transaction(folder / STORE, KEY) as connection:
        migrate._stamp(connection, present)
        migrate.run(connection, "upgrade" if to > present else "downgrade", f"{to:04d}")
        connection.exec_driver_sql(f"PRAGMA user_version = {to}")


@pytest.mark.parametrize(
    "seed", [0, *(pytest.param(seed, marks=pytest.mark.slow) for seed in range(1, 12))]
)
def test_every_pair_of_versions_hands_everything_over_byte_for_byte(
    tmp_path: Path, seed: int
) -> None:
    folder = with_random_work(tmp_path / "profile", seed)
    before = contents(folder / STORE)
    states = {row[9] for row in before["outbox"]}
    assert len(states) >= 3
    for at, to in PAIRS:
        moved(folder, at)
        assert profile.version_of(folder / STORE, KEY) == at
        moved(folder, to)
        assert contents(folder / STORE) == before, f"{at} to {to}"
    moved(folder, 1)
    desk = StoreDesk(folder, profile.open_(folder, KEY, PLATFORM, InlineExecutor()))
    assert contents(folder / STORE) == before
    assert desk.healthy()
    desk.store.close_now()
    (copy,) = (folder / "backups").glob("before-version-*")
    assert profile.version_of(copy, KEY) == 1
    assert contents(copy) == before


def test_a_store_made_at_each_version_opens_with_this_program(tmp_path: Path) -> None:
    """Given a desk that never saw the versions between, it still opens and works."""
    for version in VERSIONS:
        folder = with_random_work(tmp_path / f"v{version}", version)
        moved(folder, version)
        desk = StoreDesk(folder, profile.open_(folder, KEY, PLATFORM, InlineExecutor()))
        desk.ids.new_id()
        assert profile.version_of(folder / STORE, KEY) == layout.VERSION
        assert desk.healthy()
        desk.store.close_now()


@pytest.mark.linux
@pytest.mark.faults
def test_killed_at_any_step_the_store_is_of_one_version_and_goes_on(tmp_path: Path) -> None:
    """Given a kill at each call a migration makes, each copy opens with everything in it."""
    folder = with_random_work(tmp_path / "profile", 7)
    before = contents(folder / STORE)
    moved(folder, 1)
    room = tmp_path / "room"
    room.mkdir()
    command = [
        sys.executable, "-m", "tests.support.upgrading", str(folder), KEY.hex(), str(room),
    ]  # fmt: skip
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=environment(), check=True,
        timeout=500,
    )  # fmt: skip
    copies = [Path(line) for line in done.stdout.splitlines()]
    versions = [profile.version_of(copy / STORE, KEY) for copy in copies]
    assert set(versions) == {1, layout.VERSION}
    assert versions[-1] == layout.VERSION
    assert len(copies) >= 30, "a migration makes more calls than that"
    for copy in copies:
        health.verify(copy / STORE, KEY)
        store = profile.open_(copy, KEY, PLATFORM, InlineExecutor())
        store.close_now()
        assert contents(copy / STORE) == before, copy.name


def test_going_back_is_refused_by_an_older_program_untouched(tmp_path: Path) -> None:
    """Given a newer store, this program says so and writes nothing; looking needs a log's index."""
    folder = with_random_work(tmp_path / "profile", 1)
    newer = engine.connect(folder / STORE, KEY)
    newer.execute(f"PRAGMA user_version = {layout.VERSION + 1}")
    newer.close()
    files = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    with pytest.raises(StoreTooNew) as caught:
        profile.open_(folder, KEY, PLATFORM, InlineExecutor())
    assert caught.value.todo
    assert caught.value.safe == "Nothing was touched."
    assert {path: path.read_bytes() for path in files} == files
    log = folder / f"{STORE}-wal"
    assert not log.exists() or log.stat().st_size == 0


def test_rows_of_an_operation_get_their_parent_named_and_stay(tmp_path: Path) -> None:
    """A store as version 5 made it: its tables had no keys, and one row had lost its operation."""
    folder = with_random_work(tmp_path / "five", 5)
    moved(folder, 5)
    connection = engine.connect(folder / STORE, KEY)
    for table in _BELONGING:
        (sql,) = connection.execute(
            "SELECT sql FROM sqlite_master WHERE name = ?", (table,)
        ).fetchone()
        (key,) = [line for line in sql.splitlines() if "FOREIGN KEY" in line]
        rest = sql.replace(key, "").rstrip().removesuffix(")").rstrip().removesuffix(",") + ")"
        connection.execute(f"ALTER TABLE {table} RENAME TO kept")
        connection.execute(rest)
        connection.execute(f"INSERT INTO {table} SELECT * FROM kept")
        connection.execute("DROP TABLE kept")
    connection.execute("INSERT INTO dependency VALUES ('nobody', 'nothing')")
    connection.close()
    assert keys_of(folder / STORE) == set()
    before = contents(folder / STORE)
    before["dependency"] = [row for row in before["dependency"] if row[0] != "nobody"]
    profile.open_(folder, KEY, PLATFORM, InlineExecutor()).close_now()
    assert keys_of(folder / STORE) == set(_BELONGING)
    assert contents(folder / STORE) == before
    assert before["conflict"]


_BELONGING = ("dependency", "conflict", "parallel_edit", "second_offer")


def keys_of(path: Path) -> set[str]:
    """The tables that name the outbox as their parent."""
    connection = engine.connect(path, KEY)
    try:
        return {
            table
            for table in _BELONGING
            for row in connection.execute(f"PRAGMA foreign_key_list({table})")
            if row[2:5] == ("outbox", "op_id", "op_id")
        }
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM outbox WHERE op_id IN (SELECT op_id FROM conflict)", "its operation"),
        ("UPDATE $ticket SET entity = entity + 77", "a promise without"),
        ("DELETE FROM entity WHERE id = 't-1'", "row number without"),
        ("UPDATE $customer SET entity = entity + 77", "a customer's phone without"),
        ("DELETE FROM $ticket WHERE rev IS NULL", "taken here without"),
    ],
)
def test_a_row_without_what_it_belongs_to_is_found(
    tmp_path: Path, statement: str, said: str
) -> None:
    """Each by the store's own check; a sound store says nothing."""
    desk = StoreDesk.made(tmp_path)
    promise: Json = {"id": "p-1", "what": "ring", "to": "her", "by": "p-eve", "made_at": None}
    desk.mirror(item("t-1", 1, ticket_fields(promises=[promise])))
    customer = item(
        "cu-1", 1, {"name": "Ann", "phones": ["+441179460001"]}, aggregate=Aggregate.CUSTOMER
    )
    desk.mirror(customer, service=Service.CUSTOMERS)
    _ticket, disputed = desk.take("Disputed")
    desk.take("Only here")
    desk.ack(disputed, 800, FieldConflict("place", "a", "b", "c", "somebody", NOON))
    findings = list(desk.store._check())
    assert findings == []
    desk.store.write_now(lambda unit: unit.sql.run(statement))
    findings = list(desk.store._check())
    assert any(said in one for one in findings), findings
    desk.store.close_now()
