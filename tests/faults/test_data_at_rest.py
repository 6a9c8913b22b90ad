"""Promise P12: a customer's words lie readable in no file, not while working, not killed."""

from __future__ import annotations

import base64
import json
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from local_store.journal_file import JOURNAL
from local_store.keys import STORE
from tests.support.figures import Figures
from tests.support.programs import ROOT, Central, DeskProgram, environment

pytestmark = [pytest.mark.faults, pytest.mark.e2e, pytest.mark.linux]

MARKS = (
    "Quokkasaurus", "Wombatrix", "Numbatella", "Dunnartine", "Bilbyonic", "Potoroozle",
    "Bandicoyote", "Pademelonia",
)  # fmt: skip
DIGITS = "7700900987"
"""Of a phone number; it stands in E.164 and backwards too."""


def forms(mark: str) -> Iterable[bytes]:
    """As a file may have it: as typed, folded, in two encodings, backwards, in base 64."""
    for word in {mark, mark.lower(), mark.upper(), mark[::-1]}:
        yield word.encode()
        yield word.encode("utf-16-le")
    for lead in ("", "x", "xx"):
        coded = base64.b64encode(f"{lead}{mark}{mark}".encode())
        yield coded[4 : len(mark) + len(lead)]


def readable_in(folder: Path) -> dict[str, list[str]]:
    """Files below the folder in which a mark stands."""
    found: dict[str, list[str]] = {}
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        raw = path.read_bytes()
        hit = [mark for mark in (*MARKS, DIGITS) if any(one in raw for one in forms(mark))]
        if hit:
            found[str(path.relative_to(folder))] = hit
    return found


def test_a_searcher_of_files_finds_what_is_there(tmp_path: Path) -> None:
    """The control: each form of a mark, written plainly, is found."""
    for number, form in enumerate(forms(MARKS[0])):
        (tmp_path / f"{number}").write_bytes(b"..." + form + b"...")
    found = readable_in(tmp_path)
    assert len(found) == len(list(forms(MARKS[0])))


class Room:
    """Two desks whose every file lies below one folder; what they say on standard error is kept."""

    def __init__(self, folder: Path) -> None:
        self.desks = folder / "desks"
        self._places = {name: self.desks / name for name in ("home", "temp", "stick", "desk")}
        for place in self._places.values():
            place.mkdir(parents=True)
        home, temp = str(self._places["home"]), str(self._places["temp"])
        self._environment = environment(
            TMPDIR=temp, TMP=temp, HOME=home, XDG_DATA_HOME=home, XDG_CACHE_HOME=home,
            XDG_RUNTIME_DIR=home, XDG_CONFIG_HOME=home, PYTHONPATH=str(ROOT),
        )  # fmt: skip
        self.desk = DeskProgram(self._places["desk"] / "profile")
        self.other = DeskProgram(self._places["desk"] / "other")
        self.errors: list[str] = []

    def place(self, name: str) -> str:
        return str(self._places[name])

    def run(self, program: DeskProgram, *words: str) -> str:
        """What a command prints; its errors are kept."""
        done = subprocess.run(
            program.command(*words), capture_output=True, text=True, cwd=self._places["temp"],
            env=self._environment, check=False,
        )  # fmt: skip
        self.errors.append(done.stderr)
        return done.stdout

    def work(self) -> None:
        """A call with a mark in every field, a note, a conflict, refusals, a backup."""
        desk, other = self.desk, self.other
        self.run(desk, "second-place", self.place("stick"))
        taken = json.loads(self.run(
            desk, "take", "--phone", f"0{DIGITS}", "--name", MARKS[0], "--fault",
            f"{MARKS[1]} leaks", "--model", MARKS[2], "--place", MARKS[3], "--caller", MARKS[4],
            "--claim-amount", "4900", "--claim-currency", "EUR", "--claim-ref", MARKS[5],
        ))  # fmt: skip
        self.run(desk, "note", taken["ref"], f"{MARKS[6]} rang")
        for program in (desk, other):
            self.run(program, "sync", "--once")
        for program, value in ((other, MARKS[7]), (desk, MARKS[0])):
            self.run(program, "set", taken["ref"], f"place={value}")
            self.run(program, "sync", "--once")
        assert MARKS[7] in self.run(desk, "conflicts")
        self.run(desk, "set", taken["ref"], f"priority={MARKS[0]}")
        self.run(desk, "take", "--fault", f"{MARKS[1]} again")
        self.run(desk, "note", "K7-0001-A", MARKS[2])
        self.run(desk, "backup", str(self._places["desk"] / "backup"))
        self.run(desk, "statement", str(self._places["temp"] / "no such file"))

    def killed_session(self) -> dict[str, list[str]]:
        """A desk with a draft and searches, killed; what was readable while it was at work."""
        session = subprocess.Popen(
            [sys.executable, "-m", "tests.support.drafting", str(self.desk.profile),
             str(self.desk.secret), *MARKS, DIGITS],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=self._places["temp"],
            env=self._environment,
        )  # fmt: skip
        assert session.stdout is not None
        assert session.stdout.readline() == "drafted\n"
        during = readable_in(self.desks)
        session.send_signal(signal.SIGKILL)
        _out, err = session.communicate()
        self.errors.append(err)
        return during


def test_no_mark_of_a_customer_is_readable_outside_encrypted_files(
    tmp_path: Path, figures: Figures
) -> None:
    """Given marks in every field, note, draft, claim and conflict, no file shows one plainly."""
    room = Room(tmp_path)
    with Central(tmp_path / "central") as central:
        for program in (room.desk, room.other):
            program.enrol(central)
        room.work()
        during = room.killed_session()
    killed = readable_in(room.desks)
    room.run(room.desk, "outbox")
    after = readable_in(room.desks)
    names = {path.name for path in room.desks.rglob("*")}
    count = len(during) + len(killed) + len(after)
    figures.add("data at rest", f"{len(MARKS) + 1} marks, {len(names)} names, {count} readable")
    assert names >= {STORE, JOURNAL, "offhook.log"}
    assert (during, killed, after) == ({}, {}, {})
    said = "\n".join([*room.errors, *names]).encode()
    assert [mark for mark in (*MARKS, DIGITS) if any(one in said for one in forms(mark))] == []
