"""Promise P3, first form: a ticket that was acknowledged survives power loss at any point."""

from __future__ import annotations

import asyncio
import re
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial, reduce
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from app.domain.errors import OffhookError, StoreFault
from local_store import journal_file
from local_store.ballast import BALLAST
from local_store.keys import STORE
from tests.support.crash_states import Effort, Tally, check_states, crash_states
from tests.support.desk_files import Damages, key_of, opened
from tests.support.desk_in_process import open_profile
from tests.support.figures import Figures
from tests.support.programs import ROOT, Central, DeskProgram, environment
from tests.support.strace_recorder import Recording, record
from tests.support.taking import CLOSED, take_calls

pytestmark = [pytest.mark.faults, pytest.mark.linux]


EACH_OPENED = 200
"""One state in so many is also opened by the desk itself, and worked with."""
AT_ONCE = 2
"""Processes of the long form."""


@dataclass(frozen=True, slots=True)
class Desk:
    """An enrolled desk and how to open its store."""

    program: DeskProgram
    key: bytes
    damages: Damages = field(default_factory=Damages)

    def recorded(self, command: list[str], log: Path) -> Recording:
        """What a command of this desk does in its profile."""
        recording = record(command, self.program.profile, log, cwd=ROOT, env=environment())
        assert recording.code == 0, recording.err
        return recording

    def taking(self, count: int, module: str = "tests.support.taking") -> list[str]:
        """A desk in one process that takes calls and says each aloud."""
        return [
            sys.executable, "-m", module, str(self.program.profile),
            str(self.program.secret), str(count),
        ]  # fmt: skip

    def check(self, folder: Path, said: tuple[str, ...]) -> tuple[list[str], str]:
        """Open what the power cut left: the references that are gone, and what is damaged."""
        acknowledged = spoken("".join(said))
        if not (folder / STORE).exists():
            return acknowledged, "no store"
        connection = opened(folder / STORE, self.key)
        try:
            found = connection.execute(
                "SELECT t.reference FROM outbox o JOIN ticket_0 t ON t.id = o.lane "
                "WHERE o.kind = 'ticket.create' AND length(o.raw) > 0"
            ).fetchall()
            wrong = self.damages.of(connection, folder)
        except dbapi2.DatabaseError as error:
            return acknowledged, str(error)
        finally:
            connection.close()
        present = {row[0] for row in found}
        missing = [one for one in acknowledged if one not in present]
        wrong = wrong or unreadable(folder, self.key)
        if CLOSED in said:
            missing += [
                f"{one} in the journal" for one in unjournaled(folder, self.key, acknowledged)
            ]
        if int(folder.name) % EACH_OPENED == 0:
            wrong = wrong or asyncio.run(self.used(folder, acknowledged))
        return missing, wrong

    async def used(self, folder: Path, references: list[str]) -> str:
        """Work with it as the desk does: open, read every ticket, take one more call."""
        try:
            desk = await open_profile(folder, self.program.secret)
            try:
                for reference in references:
                    await desk.tickets.by_reference(reference)
                findings = list(await desk.desk.store.check())
                again = await take_calls(desk, 1, said=lambda _line: None)
            finally:
                desk.close()
        except OffhookError as error:
            return error.sentence()
        return "; ".join(findings) + ("given twice" if again[0] in references else "")


def unreadable(folder: Path, key: bytes) -> str:
    """What is wrong with the journal beside the store; "" where it can be read."""
    try:
        list(journal_file.read(folder, key))
    except StoreFault as fault:
        return fault.sentence()
    return ""


def unjournaled(folder: Path, key: bytes, references: list[str]) -> list[str]:
    """Those that no entry of the journal beside the store names."""
    kept = b"".join(entry.raw for entry in journal_file.read(folder, key))
    return [f"{one} in the journal" for one in references if one.encode() not in kept]


def spoken(text: str) -> list[str]:
    """References acknowledged: by the driver's own line, or by what the command prints."""
    return re.findall(r"^ack (\S+)\n", text, re.MULTILINE) + re.findall(
        r'"ref": "([^"]+)",?\n', text
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A desk that has enrolled and synchronised."""
    folder = tmp_path_factory.mktemp("power")
    program = DeskProgram(folder / "desk")
    with Central(folder / "central") as central:
        program.enrol(central)
        assert program.run("sync", "--once").code == 0
    return Desk(program, key_of(program.profile, program.secret))


@pytest.fixture(scope="module")
def many(desk: Desk, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    """Calls taken one after the other in one process, so that the log is long."""
    return desk.recorded(desk.taking(6), tmp_path_factory.mktemp("log") / "many")


def _tally(recording: Recording, desk: Desk, room: Path, effort: Effort) -> Tally:
    return check_states(crash_states(recording, effort), room, desk.check, without=(BALLAST,))


def test_no_power_cut_among_many_calls_loses_an_acknowledged_ticket(
    desk: Desk, many: Recording, room: Path, figures: Figures
) -> None:
    """Given calls in a row, no state of the disk lacks one that was acknowledged."""
    tally = _tally(many, desk, room, Effort(subsets=3, prefixes=2, drops=3, torn=3))
    figures.add("power cut, six calls in one process", tally.line())
    assert tally.lost == []
    assert tally.corrupt == []
    assert tally.states >= 3_000
    assert tally.acknowledging > tally.states / 2


def test_no_power_cut_during_the_command_loses_its_ticket(
    desk: Desk, tmp_path: Path, room: Path, figures: Figures
) -> None:
    """Given `offhook take` with words in every field, whatever it printed is on the disk."""
    command = desk.program.command(
        "take", "--phone", "07700 900118", "--name", "Zoë ☎ Ellison", "--fault", "Leaks " * 2_000,
        "--claim-amount", "4900", "--claim-currency", "EUR", "--claim-ref", "TX-1",
    )  # fmt: skip
    recording = desk.recorded(command, tmp_path / "log")
    assert len(spoken(recording.out)) == 1
    tally = _tally(recording, desk, room, Effort(subsets=1, prefixes=1, drops=2, torn=2))
    figures.add("power cut, one take by command line", tally.line())
    assert tally.lost == []
    assert tally.corrupt == []
    assert tally.states >= 500
    assert tally.acknowledging > 0


def test_the_control_with_commits_that_are_not_synced_shows_losses(
    desk: Desk, tmp_path: Path, room: Path, figures: Figures
) -> None:
    """Given the same desk under `synchronous=NORMAL`, acknowledged tickets are lost."""
    recording = desk.recorded(desk.taking(4, "tests.support.taking_carelessly"), tmp_path / "log")
    few = Effort(subsets=1, prefixes=1, drops=1, torn=1)
    tally = _tally(recording, desk, room, few)
    figures.add("power cut control, synchronous=NORMAL", tally.line())
    assert len(tally.lost) > tally.acknowledging / 10


def _part(recording: Recording, desk: Desk, room: Path, effort: Effort, part: int) -> Tally:
    """One process's share of the states, with a room of its own."""
    states = crash_states(recording, effort, part=part, of=AT_ONCE)
    (room / f"{part}").mkdir()
    return check_states(states, room / f"{part}", desk.check, without=(BALLAST,))


@pytest.mark.slow
def test_prove_power_cuts_at_length(
    desk: Desk, tmp_path: Path, room: Path, figures: Figures
) -> None:
    """The long form: more calls, many more subsets and torn writes of each point."""
    recording = desk.recorded(desk.taking(12), tmp_path / "log")
    effort = Effort(subsets=1_300, prefixes=40, drops=90, torn=300, seed=7)
    with ProcessPoolExecutor(AT_ONCE) as judges:
        judged = judges.map(partial(_part, recording, desk, room, effort), range(AT_ONCE))
        tally = reduce(Tally.also, judged, Tally())
    figures.add("power cut, long form", tally.line())
    assert tally.lost == []
    assert tally.corrupt == []
    assert tally.states >= 1_000_000
