"""A damaged store: what was acknowledged comes back from a backup and the journal."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.domain.call import Call, Draft
from app.domain.errors import StoreDamaged, StoreFull
from app.domain.lifecycle import OpEvent, OpState
from app.providers.executor import InlineExecutor
from local_store import health, journal_file, profile, rescue
from local_store.keys import STORE, Keys
from tests.support.store_desk import KEY, PLATFORM, TICKETS, StoreDesk
from tests.support.virtual_time import NOON


def test_a_backup_and_the_journal_make_the_desk_whole_again(tmp_path: Path) -> None:
    """Given calls after the last backup, when a page is damaged, then none of them is lost."""
    folder = tmp_path / "profile"
    folder.mkdir()
    Keys(folder, PLATFORM).create(KEY, passphrase=b"words")
    desk = StoreDesk.made(folder)
    before, _op = desk.take("Before the backup")
    desk.store._backup(tmp_path / "copy")
    after, create = desk.take("After the backup")
    note = desk.note(after, "And a note")
    call = desk.decide("contact.create", "c-1", {"number": "1"}, None, [create])
    elsewhere = desk.decide("ticket.note", {"ref": "B4-0007-5"}, entry={"id": "n-1", "text": "Hi"})
    _gone, withdrawn = desk.take("Taken back")
    desk.move(withdrawn, OpEvent.WITHDRAWN)
    bytes_before = [desk.raw(one) for one in (create, note)]
    desk.store.close_now()
    damage(folder / STORE)
    with pytest.raises(StoreDamaged):
        health.verify(folder / STORE, KEY)

    copy = StoreDesk(
        tmp_path / "copy", profile.open_(tmp_path / "copy", KEY, PLATFORM, InlineExecutor())
    )
    journal = list(journal_file.read(folder, KEY))
    assert copy.write(lambda tx: rescue.bring_back(tx, journal)) == 4
    assert copy.write(lambda tx: rescue.bring_back(tx, journal)) == 0
    assert {row.id for row in copy.queue().rows} == {before, after}
    assert {copy.state(one) for one in (create, note, call, elsewhere)} == {OpState.PENDING}
    assert copy.read(lambda tx: tx.outbox.get(withdrawn)) is None
    assert [copy.raw(one) for one in (create, note)] == bytes_before
    heads = copy.read(lambda tx: tx.outbox.sendable(TICKETS, NOON, 9))
    assert call not in [one.op_id for one in heads]
    assert copy.healthy()
    copy.store.close_now()


def test_calls_being_typed_come_back_as_they_were_last(tmp_path: Path) -> None:
    """From the journal alone: the open ones, in their last words, and none that is done."""
    folder = tmp_path / "profile"
    folder.mkdir()
    desk = StoreDesk.made(folder)

    def typed(id_: str, fault: str) -> Draft:
        draft = Draft(Call(draft_id=id_, started=NOON, fault=fault), "p-ann", NOON)
        desk.write(lambda tx: tx.keep_draft(draft))
        return draft

    typed("d-1", "It hum")
    last = typed("d-1", "It hums, and the door")
    typed("d-2", "Thrown away")
    desk.write(lambda tx: tx.drop_draft("d-2"))
    desk.write(lambda tx: tx.drop_draft("d-never"))
    late = Draft(Call(draft_id="d-3", started=NOON, fault="Kept by a kill"), "p-ann", NOON)
    desk.store.write_now(lambda unit: unit.desk.keep_draft(late))  # as if killed before it joined
    desk.store.keep_journal_whole()
    journal = list(journal_file.read(folder, KEY))
    assert "d-never" not in {one.lane for one in journal}
    desk.store.close_now()
    (tmp_path / "other").mkdir()
    other = StoreDesk.made(tmp_path / "other")
    other.store.write_now(lambda unit: rescue.bring_drafts_back(unit, journal))
    assert other.read(lambda tx: tx.drafts()) == [last, late]
    erased = [*journal, journal_file.of_erased("d-3")]
    other.store.write_now(lambda unit: rescue.bring_drafts_back(unit, erased))
    assert other.read(lambda tx: tx.drafts()) == [last]
    other.store.close_now()


def test_a_journal_keeps_of_a_typed_call_only_how_it_stands(tmp_path: Path) -> None:
    """Written anew, it has each open draft once, and nothing of those that are done."""
    desk = StoreDesk.made(tmp_path)
    for number in range(400):
        call = Call(draft_id=f"d-{number % 2}", started=NOON, fault="x" * number)
        desk.write(lambda tx, one=call: tx.keep_draft(Draft(one, "p-ann", NOON)))  # type: ignore[misc]  # lambdas with defaults have no type
    desk.write(lambda tx: tx.drop_draft("d-0"))
    entries = journal_file.condensed(journal_file.read(tmp_path, KEY))
    drafts = [one for one in entries if one.kind == journal_file.DRAFT]
    assert [(one.lane, bool(one.raw)) for one in drafts] == [("d-0", False), ("d-1", True)]
    desk.store.close_now()


def damage(path: Path) -> None:
    """Turn bits of a page in the middle."""
    raw = bytearray(path.read_bytes())
    middle = len(raw) // 2
    raw[middle : middle + 64] = bytes(byte ^ 0xFF for byte in raw[middle : middle + 64])
    path.write_bytes(raw)


@pytest.mark.linux
@pytest.mark.faults
def test_on_a_disk_that_is_full_to_the_last_byte_the_desk_reads_and_closes(tmp_path: Path) -> None:
    """A real file system of 24 MB, filled: what was saved is read, opened again, and added to."""
    with small_volume(tmp_path / "volume", megabytes=24) as folder:
        desk = StoreDesk.made(folder)
        kept = [desk.take(f"Fault {number}")[0] for number in range(20)]
        filler = folder / "filler"
        fill(filler)
        with pytest.raises(StoreFull) as caught:
            take_on(desk, kept)
        assert caught.value.safe
        assert len(desk.queue().rows) == min(len(kept), 256)
        fill(filler)
        desk.store.close_now()
        desk.store = profile.open_(folder, KEY, PLATFORM, InlineExecutor())
        assert desk.fields(kept[-1])
        filler.unlink()
        kept.append(desk.take("There is room again")[0])
        assert all(desk.fields(one) for one in kept)
        assert desk.healthy()
        desk.store.close_now()


def take_on(desk: StoreDesk, kept: list[str]) -> None:
    """One call after the other, noting each that was saved."""
    while True:
        ticket, _op = desk.take(f"More {len(kept)} " + "x" * 20_000)
        kept.append(ticket)


@contextmanager
def small_volume(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of that size in memory; needs the right to mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(path: Path) -> None:
    """Write until the file system takes no byte more."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    os.write(descriptor, bytes(size))
            except OSError:
                continue
    finally:
        os.close(descriptor)
