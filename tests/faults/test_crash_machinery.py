"""The power-cut machinery itself, on a small program: it rebuilds, it finds, it does not invent."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from local_store.keys import STORE
from tests.support import committing, desk_files
from tests.support.crash_states import Effort, Tally, check_states, crash_states, without_syncs
from tests.support.figures import Figures
from tests.support.strace_recorder import (
    RecorderLost,
    Recording,
    must_rebuild,
    record,
    split_arguments,
    string_of,
)
from tests.support.volumes import Enter, Move, Resize, Said, Sync, Volume, Write

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.faults, pytest.mark.linux]


def _recorded(tmp_path: Path, synchronous: str, count: int = 6) -> Recording:
    folder = tmp_path / synchronous
    folder.mkdir()
    committing.make(folder / "calls.db")
    command = [
        sys.executable, "-m", "tests.support.committing", str(folder / "calls.db"), synchronous,
        str(count),
    ]  # fmt: skip
    log = tmp_path / f"{synchronous}.strace"
    recording = record(command, folder, log, cwd=ROOT, env=os.environ)
    assert recording.code == 0, recording.err
    return recording


def _check(folder: Path, said: Sequence[str]) -> tuple[list[str], str]:
    """What was said and is not in the file, and what the checks of the file say."""
    words = re.findall(r"ack (\S+)\n", "".join(said))
    connection = committing.opened(folder / "calls.db")
    try:
        present = {row[0] for row in connection.execute("SELECT ref FROM call")}
        # What was torn in the file lies whole in the log: the file is checked once that is back.
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        damage = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        damage += [
            str(row[0]) for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"
        ]
    except dbapi2.DatabaseError as error:
        return words, str(error)
    finally:
        connection.close()
    return [word for word in words if word not in present], "; ".join(damage)


def _tally(recording: Recording, room: Path) -> Tally:
    return check_states(crash_states(recording, Effort()), room, _check)


def test_a_program_that_syncs_each_commit_loses_nothing(
    tmp_path: Path, room: Path, figures: Figures
) -> None:
    """Given synchronous=FULL, in every state a power cut may leave each said row is there."""
    tally = _tally(_recorded(tmp_path, "FULL"), room)
    figures.add("power cut, control program, FULL", tally.line())
    assert tally.lost == []
    assert tally.corrupt == []
    assert tally.acknowledging > 100


def test_the_control_shows_losses(tmp_path: Path, room: Path, figures: Figures) -> None:
    """Given synchronous=NORMAL, the same states show rows that were said and are gone."""
    tally = _tally(_recorded(tmp_path, "NORMAL"), room)
    figures.add("power cut, control program, NORMAL", tally.line())
    assert tally.corrupt == []
    assert len(tally.lost) > tally.acknowledging / 10


def test_a_recording_stripped_of_its_syncs_shows_losses(
    tmp_path: Path, room: Path, figures: Figures
) -> None:
    """Given the good program's own recording without the log's syncs, it loses as well."""
    tally = _tally(without_syncs(_recorded(tmp_path, "FULL"), "-wal"), room)
    figures.add("power cut, control program, FULL, stripped", tally.line())
    assert len(tally.lost) > tally.acknowledging / 10
    assert tally.corrupt, "a checkpoint without the log's sync tears the file"


def test_of_stores_that_are_the_same_one_is_checked_and_a_damaged_one_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given copies of a store and one with a bad page, each copy is whole and that one is not."""
    key, whole = bytes(32), tmp_path / "whole"
    whole.mkdir()
    with closing(desk_files.opened(whole / STORE, key)) as made:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("CREATE TABLE call (ref TEXT)")
        made.executemany("INSERT INTO call VALUES (?)", [(f"call {n}" * 99,) for n in range(99)])
    checked, really = [], desk_files.damage

    def counted(connection: dbapi2.Connection) -> str:
        checked.append(1)
        return really(connection)

    monkeypatch.setattr(desk_files, "damage", counted)
    damages = desk_files.Damages()

    def of(folder: Path) -> str:
        with closing(desk_files.opened(folder / STORE, key)) as connection:
            try:
                return damages.of(connection, folder)
            except dbapi2.DatabaseError as error:
                return str(error)

    copies = [shutil.copytree(whole, tmp_path / name) for name in ("one", "two", "bad")]
    bad = bytearray((copies[2] / STORE).read_bytes())
    bad[3 * 4096 + 100] ^= 1
    (copies[2] / STORE).write_bytes(bad)
    assert [of(copy) == "" for copy in copies] == [True, True, False]
    assert len(checked) == 2


def test_the_same_seed_gives_the_same_states(tmp_path: Path) -> None:
    recording = _recorded(tmp_path, "FULL", count=2)
    first = [(state.point, state.how) for state in crash_states(recording, Effort())]
    assert first == [(state.point, state.how) for state in crash_states(recording, Effort())]
    other = [(state.point, state.how) for state in crash_states(recording, Effort(seed=2))]
    assert first != other
    parts = [list(crash_states(recording, Effort(), part=part, of=3)) for part in range(3)]
    assert sorted((one.point, one.how) for part in parts for one in part) == sorted(first)
    assert max(map(len, parts)) - min(map(len, parts)) <= 1


WORKS_IN_A_FOLDER = """
import os, shutil, subprocess, sys, threading
os.chdir(sys.argv[1])
with open("first", "w") as file:
    file.write("one\\n"); file.flush(); os.fsync(file.fileno()); file.write('two, "three" (<4>\\n')
os.mkdir("in"); os.rename("first", "in/second")
with open("in/second", "a") as file:
    file.write("\\x00\\xff more")
with open("in/second", "r+b") as file:
    file.seek(2); file.write(b"XY"); file.truncate(9)
shutil.copyfile("in/second", "copy"); os.link("copy", "link"); os.rename("in", "inner")
def work():
    fd = os.open("inner/thread", os.O_RDWR | os.O_CREAT); twin = os.dup(fd)
    os.write(fd, b"a" * 5000); os.write(twin, b"b"); os.writev(fd, [b"c", b"d"]); os.close(fd)
    os.pwrite(twin, b"e", 7000); os.posix_fallocate(twin, 0, 9000); os.close(twin)
for number in range(2):
    thread = threading.Thread(target=work); thread.start(); thread.join()
subprocess.run(["/bin/sh", "-c", "echo child >> copy; rm link; mkdir -p a/b; echo x > a/b/c"])
folder = os.open(".", os.O_RDONLY); os.fsync(folder); print("done", flush=True)
"""


def test_the_recorder_follows_threads_copies_renames_and_children(tmp_path: Path) -> None:
    """Given a program that does it all, the events rebuild its folder bit for bit."""
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "old").write_text("was here before", encoding="utf-8")
    command = [sys.executable, "-c", WORKS_IN_A_FOLDER, str(folder)]
    recording = record(command, folder, tmp_path / "log", cwd=folder, env=os.environ)
    assert recording.code == 0, recording.err
    names = {"old", "copy", "inner/second", "inner/thread", "a/b/c"}
    assert recording.after().files().keys() == names
    kinds = {type(event) for event in recording.events}
    assert {Write, Resize, Enter, Move, Sync, Said} <= kinds
    must_rebuild(recording, folder)
    (folder / "old").write_text("changed behind its back", encoding="utf-8")
    with pytest.raises(RecorderLost, match="old"):
        must_rebuild(recording, folder)


def test_what_strace_prints_is_read_as_bytes() -> None:
    line = r'3</a, b/"c">, "x\"y, z", {a=1, b=[2, 3]}, "\x00\x22\x2c", 4'
    assert split_arguments(line) == [
        r'3</a, b/"c">', r'"x\"y, z"', "{a=1, b=[2, 3]}", r'"\x00\x22\x2c"', "4",
    ]  # fmt: skip
    assert string_of(r'"x\"y\n\0\33"') == b'x"y\n\0\x1b'
    assert string_of(r'"\x00\xff"') == b"\x00\xff"
    with pytest.raises(RecorderLost):
        string_of('"cut"...')


def _two_files() -> Recording:
    before = Volume()
    events = (
        Enter(0, "a", 1), Write(1, 0, b"one"), Sync(1, 2), Enter(0, "b", 2),
        Write(2, 0, b"two"), Sync(0, 5), Sync(2, 6),
    )  # fmt: skip
    return Recording(before, events, {1: False, 2: False}, 0, "", "")


def test_a_name_may_be_missing_until_its_folder_is_synced() -> None:
    """Given a file synced in a folder that is not, states exist without it, and none later."""
    states = list(crash_states(_two_files(), Effort()))
    early = [dict(state.disk.files()) for state in states if state.point == 3]
    assert {} in early
    assert {"a": b"one"} in early
    late = [dict(state.disk.files()) for state in states if state.point == 7]
    assert late == [{"a": b"one", "b": b"two"}]


def test_strace_is_really_there() -> None:
    """Given this machine, strace runs: without it everything above would be skipped in silence."""
    assert subprocess.run(["strace", "-V"], capture_output=True, check=False).returncode == 0
