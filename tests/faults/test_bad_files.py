"""A store without its key, damaged, too new, opened twice, or on a full disk: a sentence each."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from app.domain.errors import StoreFault, StoreFull, StoreLocked
from local_store import layout
from local_store.keys import KEYS, STORE
from tests.support.ballast import SmallDisk, small_disk
from tests.support.command_here import run_here
from tests.support.desk_files import key_of, looked_at, opened
from tests.support.desk_in_process import DeskInProcess, desk_in_process, open_profile
from tests.support.programs import Central, DeskProgram, Ended
from tests.support.sentences import STORE_EXIT, must_say

pytestmark = pytest.mark.faults

# --- the files ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def enrolled(tmp_path_factory: pytest.TempPathFactory) -> tuple[DeskProgram, str]:
    """A desk with one acknowledged call that central does not have; each test works on a copy."""
    folder = tmp_path_factory.mktemp("bad")
    program = DeskProgram(folder / "desk")
    with Central(folder / "central") as central:
        program.enrol(central)
        assert program.run("sync", "--once").code == 0
    taken = program.run("take", "--phone", "07700 900118", "--fault", "Door seal leaks")
    return program, taken.json["ref"]


@dataclass(frozen=True, slots=True)
class Patient:
    """A copy of the desk, about to be hurt."""

    program: DeskProgram
    reference: str

    @property
    def store(self) -> Path:
        return self.program.profile / STORE

    @property
    def keys(self) -> Path:
        return self.program.profile / KEYS

    def look(self) -> Ended:
        """The simplest thing to ask of it."""
        return self.run("ticket", self.reference)

    def run(self, *words: str) -> Ended:
        """A command on it."""
        return run_here(self.program, *words)

    def must_still_have_it(self) -> None:
        """Mended, the desk shows the call it had acknowledged."""
        looked = self.look()
        assert looked.code == 0, looked.err
        assert looked.json["ref"] == self.reference


@pytest.fixture
def patient(enrolled: tuple[DeskProgram, str], tmp_path: Path) -> Patient:
    program, reference = enrolled
    shutil.copytree(program.profile, tmp_path / "desk")
    return Patient(DeskProgram(tmp_path / "desk"), reference)


def test_a_store_without_its_key_is_left_alone(patient: Patient) -> None:
    """Given the key's file is gone, no new key is made and the store is not touched."""
    kept, before = patient.keys.read_bytes(), patient.store.read_bytes()
    patient.keys.unlink()
    said = must_say(patient.look(), STORE_EXIT, "store-key-missing")
    assert "enrol" not in said["todo"].lower()
    taking = patient.run("take", "--phone", "1", "--fault", "x")
    must_say(taking, STORE_EXIT, "store-key-missing")
    enrolling = patient.run("enrol", "--central", "http://127.0.0.1:9", "--code", "x")
    must_say(enrolling, STORE_EXIT, "store-locked")
    assert not patient.keys.exists()
    assert patient.store.read_bytes() == before
    patient.keys.write_bytes(kept)
    patient.must_still_have_it()


def test_a_wrong_passphrase_is_no_damage(patient: Patient) -> None:
    """Given another passphrase, it is called wrong, not damaged, and nothing is written."""
    before = patient.store.read_bytes()
    patient.program.secret.write_text("wrong horse", encoding="utf-8")
    must_say(patient.look(), STORE_EXIT, "store-key-wrong")
    assert patient.store.read_bytes() == before
    patient.program.secret.write_text("correct horse", encoding="utf-8")
    patient.must_still_have_it()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"check": "00", "slots": 7}', "\x00\xff"])
def test_a_spoiled_file_of_keys_is_named(patient: Patient, text: str) -> None:
    kept = patient.keys.read_bytes()
    patient.keys.write_text(text, encoding="utf-8")
    said = must_say(patient.look(), STORE_EXIT, "store-damaged")
    assert KEYS in said["todo"]
    patient.keys.write_bytes(kept)
    patient.must_still_have_it()


def _first_page(data: bytearray) -> None:
    data[100:300] = bytes(200)


def _every_page(data: bytearray) -> None:
    for start in range(4096, len(data), 4096):
        data[start + 40] ^= 0xFF


def _cut(data: bytearray) -> None:
    del data[len(data) // 3 :]


def _emptied(data: bytearray) -> None:
    data.clear()


def _other(data: bytearray) -> None:
    data[:] = b"SQLite format 3\x00" + bytes(4080)


@pytest.mark.parametrize("hurt", [_first_page, _every_page, _cut, _emptied, _other])
def test_a_damaged_store_is_named_and_left_as_it_is(
    patient: Patient, hurt: Callable[[bytearray], None]
) -> None:
    """Given damage in the file, no command works on with it and none makes it worse."""
    whole = patient.store.read_bytes()
    damaged = bytearray(whole)
    hurt(damaged)
    patient.store.write_bytes(damaged)
    must_say(patient.look(), STORE_EXIT, "store-damaged")
    taking = patient.run("take", "--phone", "1", "--fault", "x")
    must_say(taking, STORE_EXIT, "store-damaged")
    assert patient.store.read_bytes() == damaged
    patient.store.write_bytes(whole)
    patient.must_still_have_it()


def test_a_store_of_a_newer_program_is_refused_untouched(patient: Patient) -> None:
    key = key_of(patient.program.profile, patient.program.secret)
    with closing(opened(patient.store, key)) as connection:
        connection.execute("PRAGMA user_version = 999")
    before = patient.store.read_bytes()
    said = must_say(patient.look(), STORE_EXIT, "store-too-new")
    assert "newer" in said["happened"]
    must_say(patient.run("sync", "--once"), STORE_EXIT, "store-too-new")
    assert patient.store.read_bytes() == before
    with closing(opened(patient.store, key)) as connection:
        connection.execute(f"PRAGMA user_version = {layout.VERSION}")
    patient.must_still_have_it()


async def test_a_profile_is_opened_by_one_program_at_a_time(patient: Patient) -> None:
    """Given a desk that has the profile, another one is told so and nothing happens."""
    program = patient.program
    first = await open_profile(program.profile, program.secret)
    try:
        with pytest.raises(StoreLocked) as refused:
            await open_profile(program.profile, program.secret)
        assert refused.value.safe
        assert refused.value.todo
    finally:
        first.close()
    await asyncio.to_thread(patient.must_still_have_it)


def test_two_commands_at_once_take_turns(patient: Patient) -> None:
    """Given several commands on one profile at the same moment, each of them is done."""
    starts = [
        patient.program.start("take", "--phone", f"07700 90011{number}", "--fault", "Leaks")
        for number in range(3)
    ]
    ends = [(process.communicate(timeout=120), process.returncode) for process in starts]
    assert [code for _said, code in ends] == [0, 0, 0], ends
    references = {json.loads(out)["ref"] for (out, _err), _code in ends}
    assert len(references) == 3
    assert {patient.program.run("ticket", one).code for one in references} == {0}


# --- the disk -------------------------------------------------------------------------------------


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "small", megabytes=8) as made:
        yield made


@pytest.mark.linux
async def test_a_full_disk_costs_no_acknowledged_call(
    enrolled: tuple[DeskProgram, str], disk: SmallDisk
) -> None:
    """Given a disk that fills up while calls are taken, each call is saved or refused, no third."""
    program, reference = enrolled
    shutil.copytree(program.profile, disk.folder / "desk")
    small = DeskProgram(disk.folder / "desk")
    said: list[str] = [reference]
    refused: list[StoreFault] = []
    async with desk_in_process(small.profile, small.secret) as desk:
        disk.fill(leave=300_000)
        for number in range(60):
            try:
                said.append(await _take(desk, f"Fault {number} " + "words " * 3_000))
            except StoreFault as fault:
                refused.append(fault)
        for one in said:
            await desk.opened.tickets.by_reference(one)
        disk.free_ballast()
        said.append(await _take(desk, "There is room again"))
    assert {type(fault) for fault in refused} == {StoreFull}, "the disk never was full"
    assert all(fault.happened and fault.safe and fault.todo for fault in refused)
    assert len(said) > 3, "the disk was full from the beginning"
    async with desk_in_process(small.profile, small.secret) as desk:
        for one in said:
            await desk.opened.tickets.by_reference(one)
    key = key_of(small.profile, small.secret)
    with looked_at(small.profile, key) as connection:
        count = "SELECT count(*) FROM outbox WHERE kind = 'ticket.create'"
        assert connection.execute(count).fetchone()[0] == len(said)


@pytest.mark.linux
def test_a_command_on_a_full_disk_says_so(
    enrolled: tuple[DeskProgram, str], disk: SmallDisk
) -> None:
    """Given no byte left, `take` saves or is refused with a sentence; with room again it works."""
    program, reference = enrolled
    shutil.copytree(program.profile, disk.folder / "desk")
    small = DeskProgram(disk.folder / "desk")
    saved = [reference]
    refusals = 0
    for _ in range(4):  # the desk may have ballast of its own to free
        disk.fill()
        taking = run_here(small, "take", "--phone", "07700 900118", "--fault", "Leaks")
        if taking.code == 0:
            saved.append(taking.json["ref"])
        else:
            refusals += 1
            must_say(taking, STORE_EXIT, "store-full")
    assert refusals > 0
    disk.free_ballast()
    taking = run_here(small, "take", "--phone", "07700 900118", "--fault", "Leaks")
    assert taking.code == 0, taking.err
    for one in [*saved, taking.json["ref"]]:
        assert run_here(small, "ticket", one).code == 0


async def _take(desk: DeskInProcess, fault: str) -> str:
    person = await desk.opened.people.current()
    call = replace(desk.opened.intake.new_call("07700 900118"), fault=fault)
    return (await desk.opened.intake.take(call, person)).reference
