"""Promise P3 beyond saving: the power goes while a desk pulls, backs up or migrates its store."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from app.domain.errors import OffhookError
from app.profiles import PLATFORM
from local_store import layout, migrate, profile
from local_store.ballast import BALLAST
from local_store.keys import KEYS, STORE
from tests.support.crash_states import Check, Effort, Tally, check_states, crash_states
from tests.support.desk_files import damage, key_of, opened
from tests.support.figures import Figures
from tests.support.migrating import empty_store
from tests.support.programs import ROOT, Central, DeskProgram, environment
from tests.support.strace_recorder import Recording, record

pytestmark = [pytest.mark.faults, pytest.mark.linux]
EFFORT = Effort(subsets=1, prefixes=1, drops=2, torn=2)
TICKETS = 12


def recorded(command: list[str], folder: Path, log: Path) -> Recording:
    recording = record(command, folder, log, cwd=ROOT, env=environment())
    assert recording.code == 0, recording.err
    return recording


def must_hold(tally: Tally, figures: Figures, name: str, least: int) -> None:
    figures.add(f"power cut, {name}", tally.line())
    assert tally.lost == []
    assert tally.corrupt == []
    assert tally.states >= least


def _tally(recording: Recording, room: Path, check: Check, effort: Effort = EFFORT) -> Tally:
    return check_states(crash_states(recording, effort), room, check, without=(BALLAST,))


def looked_into(store: Path, key: bytes, *queries: str) -> tuple[list[list[str]], str]:
    """The first column of what each query gives, and what is damaged."""
    connection = opened(store, key)
    try:
        found = [[str(row[0]) for row in connection.execute(query)] for query in queries]
        return found, damage(connection)
    except dbapi2.DatabaseError as error:
        return [[] for _ in queries], str(error)
    finally:
        connection.close()


OWN = (
    "SELECT t.reference FROM outbox o JOIN ticket_0 t ON t.id = o.lane "
    "WHERE o.kind = 'ticket.create' AND length(o.raw) > 0"
)

MIRRORED = "SELECT count(*) FROM ticket_0"
POSITION = "SELECT n FROM feed WHERE service = 'tickets'"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> tuple[DeskProgram, Central, list[str]]:
    """A desk with a call that central does not have, where central has others it does not have."""
    folder = tmp_path_factory.mktemp("elsewhere")
    program, other = DeskProgram(folder / "desk"), DeskProgram(folder / "other")
    with Central(folder / "central") as central:
        program.enrol(central)
        assert program.run("sync", "--once").code == 0
        own = program.run("take", "--phone", "07700 900118", "--fault", "Leaks").json["ref"]
        other.enrol(central)
        command = [
            sys.executable, "-m", "tests.support.taking", str(other.profile), str(other.secret),
            str(TICKETS), "Hums " * 200,
        ]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment())
        assert other.run("sync", "--once").json["waiting"] == 0
    return program, central, [own]


def test_no_power_cut_while_a_page_is_stored_parts_it_from_its_cursor(
    desk: tuple[DeskProgram, Central, list[str]], tmp_path: Path, room: Path, figures: Figures
) -> None:
    """Given a sync that sends a call and pulls pages, no state has a cursor without its rows."""
    program, central, own = desk
    key = key_of(program.profile, program.secret)
    central.start()
    try:
        command = program.command("sync", "--once")
        recording = recorded(command, program.profile, tmp_path / "log")
    finally:
        central.kill()
    seen: dict[str, set[int]] = {}

    def check(folder: Path, _said: tuple[str, ...]) -> tuple[list[str], str]:
        (found, mirrored, at), wrong = looked_into(folder / STORE, key, OWN, MIRRORED, POSITION)
        if not wrong:
            seen.setdefault(at[0], set()).add(int(mirrored[0]))
        return [one for one in own if one not in found], wrong

    must_hold(_tally(recording, room, check), figures, "pushing and pulling", 700)
    positions = sorted(seen, key=int)
    assert len(positions) >= 2, "the cursor never moved"
    assert max(seen[positions[0]]) < TICKETS
    assert min(seen[positions[-1]]) >= TICKETS
    rows = [seen[position] for position in positions]
    assert all(max(earlier) <= min(later) for earlier, later in pairwise(rows))


def test_a_backup_that_was_said_to_be_made_opens_after_any_power_cut(
    desk: tuple[DeskProgram, Central, list[str]], tmp_path: Path, room: Path, figures: Figures
) -> None:
    """Given a backup beside the store, either is whole; what was announced can be restored."""
    program, _central, own = desk
    key = key_of(program.profile, program.secret)
    command = program.command("backup", str(program.profile / "copy"))
    recording = recorded(command, program.profile, tmp_path / "log")

    def check(folder: Path, said: tuple[str, ...]) -> tuple[list[str], str]:
        (found,), wrong = looked_into(folder / STORE, key, OWN)
        if "}" in "".join(said):
            if not (folder / "copy" / STORE).exists():
                return ["the backup"], wrong
            (copied,), copy_wrong = looked_into(folder / "copy" / STORE, key, OWN)
            keys = [(place / KEYS).read_bytes() for place in (folder, folder / "copy")]
            wrong = wrong or copy_wrong or ("" if keys[0] == keys[1] else "its keys")
            found = [one for one in found if one in copied]
        return [one for one in own if one not in found], wrong

    tally = _tally(recording, room, check)
    must_hold(tally, figures, "backing up", 500)
    assert tally.acknowledging > 0


def test_a_store_is_of_the_old_or_the_new_version_after_any_power_cut(
    tmp_path: Path, room: Path, figures: Figures
) -> None:
    """Given a migration, no state is between the versions, and from each one it can go on."""
    key = bytes(range(32))
    folder = tmp_path / "profile"
    empty_store(folder, key)
    command = [sys.executable, "-m", "tests.support.migrating", str(folder), key.hex()]
    recording = recorded(command, folder, tmp_path / "log")
    tables = len(_tables(folder, key))

    def check(state: Path, said: tuple[str, ...]) -> tuple[list[str], str]:
        try:
            version = profile.version_of(state / STORE, key)
            present = len(_tables(state, key))
            if version != layout.VERSION and int(state.name) % 40 == 0:
                again = migrate.upgrade(state, key, version, PLATFORM)
                assert again.exists()
                assert len(_tables(state, key)) == tables
        except (OffhookError, dbapi2.DatabaseError) as error:
            return [], str(error)
        whole = tables if version == layout.VERSION else 0
        wrong = "" if present in (whole, 0 if version == 0 else whole) else f"{present} tables"
        return ["the migration"] if said and version != layout.VERSION else [], wrong

    tally = _tally(recording, room, check, Effort(subsets=1, prefixes=0, drops=1, torn=1))
    must_hold(tally, figures, "migrating", 1_000)


def _tables(folder: Path, key: bytes) -> list[str]:
    with closing(opened(folder / STORE, key)) as connection:
        rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [str(row[0]) for row in rows]
