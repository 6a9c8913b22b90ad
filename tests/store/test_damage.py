"""Promise P9, damage: whichever page is wrong, the journal beside the store has everything."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app import restoring
from app.domain.errors import StoreAbsent, StoreDamaged, StoreFault, StoreLocked
from app.domain.lifecycle import OpState
from app.providers.executor import InlineExecutor
from local_store import health, journal_file, profile, rescue
from local_store.keys import STORE, Keys
from local_store.second_place import Chosen, SecondPlace
from tests.support.desk_files import lighten
from tests.support.programs import ROOT, environment
from tests.support.store_desk import IDENTITY, KEY, PLATFORM, StoreDesk

_PAGE = 4096
_MENDED = 10
"""Of the pages, so many are also mended from the journal: what comes back is the same each time."""


@pytest.fixture
def desk(tmp_path: Path) -> StoreDesk:
    folder = tmp_path / "profile"
    folder.mkdir()
    (tmp_path / "secret").write_text("words")
    Keys(folder, PLATFORM).create(KEY, passphrase=b"words")
    lighten(folder, tmp_path / "secret")
    return StoreDesk.made(folder)


def test_any_damaged_page_is_noticed_and_no_acknowledged_operation_is_lost(
    desk: StoreDesk, tmp_path: Path
) -> None:
    """Given bits turned in each page in turn, the store is called damaged, then made whole."""
    ops = {}
    for number in range(25):
        ticket, op_id = desk.take(f"Fault {number}")
        ops[op_id] = desk.raw(op_id)
        note = desk.note(ticket, "x" * 50 * number)
        ops[note] = desk.raw(note)
    desk.store.close_now()
    whole = (desk.folder / STORE).read_bytes()
    chance = random.Random(5)
    pages = len(whole) // _PAGE
    mended = set(chance.sample(range(pages), _MENDED))
    for page in range(pages):
        (desk.folder / STORE).write_bytes(turned(whole, page, chance))
        with pytest.raises(StoreDamaged):
            health.verify(desk.folder / STORE, KEY)
        if page in mended:
            must_be_whole(desk.folder, tmp_path / f"mended-{page}", tmp_path / "secret", ops)
    assert pages > 60


@pytest.mark.parametrize("left", ["nothing", "no byte"])
@pytest.mark.parametrize("source", ["journal", "second place"])
def test_a_store_that_is_gone_or_empty_is_brought_back_as_its_sentence_says(
    desk: StoreDesk, tmp_path: Path, left: str, source: str
) -> None:
    """Both ways that are named work in this profile, and no acknowledged operation is lost."""
    ops = {op: desk.raw(op) for op in (desk.take(f"Fault {number}")[1] for number in range(3))}
    stick = tmp_path / "stick"
    stick.mkdir()
    SecondPlace(desk.folder, Chosen(str(stick)), "offhook-one", PLATFORM).bring_up_to_date()
    desk.store.close_now()
    for name in (f"{STORE}-wal", f"{STORE}-shm"):
        (desk.folder / name).unlink(missing_ok=True)
    if left == "nothing":
        (desk.folder / STORE).unlink()
    else:
        (desk.folder / STORE).write_bytes(b"")
    before = sorted(desk.folder.iterdir())
    with pytest.raises(StoreFault) as said:
        profile.open_(desk.folder, KEY, PLATFORM, InlineExecutor())
    assert isinstance(said.value, StoreAbsent if left == "nothing" else StoreDamaged)
    assert "restore --from-journal" in said.value.todo
    assert "restore --from-second-place" in said.value.todo
    assert sorted(desk.folder.iterdir()) == before
    secrets = restoring.Secrets(tmp_path / "secret")
    if source == "journal":
        restored = restoring.from_journal(desk.folder, None, secrets)
    else:
        restored = restoring.from_second_place(desk.folder, stick, None, secrets)
    assert restored.operations == len(ops)
    again = StoreDesk(desk.folder, profile.open_(desk.folder, KEY, PLATFORM, InlineExecutor()))
    assert {op_id: again.raw(op_id) for op_id in ops} == ops
    again.store.close_now()


def test_a_second_copy_of_another_desk_is_not_brought_into_a_profile(
    desk: StoreDesk, tmp_path: Path
) -> None:
    """Its store is gone, its key is there: only a copy under that key is its own."""
    other = tmp_path / "other"
    other.mkdir()
    Keys(other, PLATFORM).create(bytes(32), passphrase=b"words")
    theirs = StoreDesk.made(other, bytes(32))
    theirs.take("Theirs")
    stick = tmp_path / "stick"
    stick.mkdir()
    SecondPlace(other, Chosen(str(stick)), "offhook-two", PLATFORM).bring_up_to_date()
    theirs.store.close_now()
    desk.store.close_now()
    (desk.folder / STORE).unlink()
    with pytest.raises(StoreLocked):
        restoring.from_second_place(
            desk.folder, stick, None, restoring.Secrets(tmp_path / "secret")
        )


def turned(whole: bytes, page: int, chance: random.Random) -> bytes:
    """A few bytes of one page are other ones."""
    raw = bytearray(whole)
    start = page * _PAGE + chance.randrange(_PAGE - 16)
    for at in range(start, start + chance.randrange(1, 16)):
        raw[at] ^= chance.randrange(1, 256)
    return bytes(raw)


def must_be_whole(
    damaged: Path, copy: Path, secret: Path, ops: dict[str, tuple[bytes, str]]
) -> None:
    shutil.copytree(damaged, copy)
    restored = restoring.from_journal(copy, None, restoring.Secrets(secret))
    assert restored.operations == len(ops)
    health.verify(copy / STORE, KEY)
    again = StoreDesk(copy, profile.open_(copy, KEY, PLATFORM, InlineExecutor()))
    assert {op_id: again.raw(op_id) for op_id in ops} == ops
    assert again.healthy()
    again.store.close_now()
    assert len(list((copy / "backups").glob("damaged-*"))) == 1


@pytest.mark.linux
@pytest.mark.faults
@pytest.mark.parametrize("kills", [16, pytest.param(250, marks=pytest.mark.slow)])
def test_a_restore_that_is_killed_anywhere_can_be_made_again(
    desk: StoreDesk, tmp_path: Path, kills: int
) -> None:
    """Given a kill at any of its steps, the next one ends well, under an incarnation of its own."""
    ops = [desk.take(f"Fault {number}")[1] for number in range(5)]
    desk.store.close_now()
    whole = (desk.folder / STORE).read_bytes()
    (desk.folder / STORE).write_bytes(turned(whole, 3, random.Random(5)))
    room = tmp_path / "room"
    room.mkdir()
    command = [
        sys.executable, "-m", "tests.support.restoring_killed", str(desk.folder),
        str(tmp_path / "secret"), str(room), str(kills),
    ]  # fmt: skip
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=ROOT, env=environment(), check=True,
        timeout=20 * kills,
    )  # fmt: skip
    killed = [Path(line) for line in done.stdout.splitlines()]
    assert len(killed) >= kills - 4
    outcomes = {gone_on(folder, tmp_path / "secret", ops) for folder in killed}
    assert outcomes == {"made again", "was done"}


def gone_on(folder: Path, secret: Path, ops: list[str]) -> str:
    """What the next try finds; the desk must be whole afterwards."""
    try:
        restoring.from_journal(folder, None, restoring.Secrets(secret))
        outcome = "made again"
    except StoreLocked:
        outcome = "was done"
    again = StoreDesk(folder, profile.open_(folder, KEY, PLATFORM, InlineExecutor()))
    identity = again.read(lambda tx: tx.desk.identity())
    assert identity.incarnation != IDENTITY.incarnation
    assert identity.desk_code != IDENTITY.desk_code
    assert {again.state(one) for one in ops} == {OpState.PENDING}
    again.store._tidy()
    record = rescue.desk_of(journal_file.read(folder, KEY))
    assert record is not None
    assert identity.incarnation.encode() in record
    assert again.healthy()
    again.store.close_now()
    return outcome
