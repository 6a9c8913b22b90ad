"""The journal beside the store: sealed, torn tails survived, soon on the disk."""

from __future__ import annotations

import errno
import os
import threading
from pathlib import Path

import pytest

from app.domain.errors import StoreDamaged
from app.domain.lifecycle import OpEvent
from app.providers.executor import InlineExecutor
from local_store import journal_file, profile
from local_store.journal_file import JOURNAL, JournalEntry, read
from local_store.upkeep import SYNC_AFTER_S, Upkeep
from tests.support.store_desk import KEY, PLATFORM, StoreDesk


def entries(folder: Path, key: bytes = KEY) -> list[JournalEntry]:
    """The operations in it, without the desk's own rows."""
    return [one for one in read(folder, key) if one.op_id]


def test_every_committed_operation_stands_in_the_journal(desk: StoreDesk) -> None:
    ticket, op_id = desk.take("Words to keep")
    note = desk.note(ticket, "And these")
    found = entries(desk.folder)
    assert [one.op_id for one in found] == [op_id, note]
    stored = desk.read(lambda tx: tx.outbox.get(op_id))
    assert stored is not None
    assert (found[0].raw, found[0].digest, found[0].state) == (stored.raw, stored.digest, "pending")


def test_what_was_rolled_back_does_not(desk: StoreDesk) -> None:
    made = desk.operation("ticket.create", "t-1", {"fault": "Never"})

    def broken(tx: object) -> None:
        tx.outbox.append(made, 0)  # type: ignore[attr-defined]  # the test looks inside
        raise RuntimeError("rolled back")

    with pytest.raises(RuntimeError):
        desk.write(broken)
    assert entries(desk.folder) == []


def test_what_central_has_and_what_never_goes_is_noted_too(desk: StoreDesk) -> None:
    _ticket, sent = desk.take("Sent")
    _other, withdrawn = desk.take("Withdrawn")
    desk.ack(sent, 5)
    desk.move(withdrawn, OpEvent.WITHDRAWN)
    last = {one.op_id: one.state for one in entries(desk.folder)}
    assert last == {sent: "acked", withdrawn: "withdrawn"}


def test_a_restart_goes_on_in_the_same_journal(desk: StoreDesk) -> None:
    desk.take("Before")
    desk.reopened()
    desk.take("After")
    assert len(entries(desk.folder)) == 2


@pytest.mark.parametrize("torn", [1, 3, 5, 40])
def test_a_torn_tail_costs_the_last_record_and_the_next_ones_follow(
    desk: StoreDesk, torn: int
) -> None:
    for number in range(3):
        desk.take(f"Fault {number}")
    desk.store.close_now()
    path = desk.folder / JOURNAL
    os.truncate(path, path.stat().st_size - torn)
    assert len(entries(desk.folder)) == 2
    desk.store = profile.open_(desk.folder, KEY, PLATFORM, InlineExecutor())
    desk.take("After the cut")
    assert len(entries(desk.folder)) == 3


def test_a_changed_or_moved_record_ends_the_reading(desk: StoreDesk) -> None:
    for number in range(3):
        desk.take(f"Fault {number}")
    path = desk.folder / JOURNAL
    raw = bytearray(path.read_bytes())
    raw[-5] ^= 1
    path.write_bytes(raw)
    assert len(entries(desk.folder)) == 2
    assert entries(desk.folder, bytes(32)) == []


def test_a_foreign_file_in_its_place_is_said_and_does_not_stop_the_save(desk: StoreDesk) -> None:
    desk.store.close_now()
    (desk.folder / JOURNAL).write_bytes(b"somebody's notes")
    desk.store = profile.open_(desk.folder, KEY, PLATFORM, InlineExecutor())
    ticket, _op = desk.take("Kept all the same")
    assert desk.fields(ticket)["fault"] == "Kept all the same"
    assert any("journal" in one for one in desk.store._check())
    with pytest.raises(StoreDamaged):
        entries(desk.folder)
    assert (desk.folder / JOURNAL).read_bytes() == b"somebody's notes"


def test_the_journals_key_is_its_own() -> None:
    assert journal_file.journal_key(KEY) != KEY


def test_a_commit_is_synced_soon_and_the_rest_waits_for_quiet() -> None:
    synced, tidied = threading.Event(), threading.Event()

    def tidy() -> bool:
        tidied.set()
        return False

    upkeep = Upkeep(synced.set, tidy)
    upkeep.committed()
    assert synced.wait(10 * SYNC_AFTER_S + 20)
    upkeep.stop()
    assert SYNC_AFTER_S < 2


def test_closing_makes_the_journal_durable(
    desk: StoreDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    real = os.fsync

    def noted(descriptor: int) -> None:
        synced.append(descriptor)
        real(descriptor)

    monkeypatch.setattr(os, "fsync", noted)
    desk.take()
    desk.store.close_now()
    assert synced


def test_what_a_full_disk_refused_joins_with_the_next_commit(
    desk: StoreDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Given a disk that takes half a record and no more, nothing behind it becomes unreadable."""
    first = desk.take("Before")[1]
    real, taken = os.write, [30]

    def half(descriptor: int, data: bytes) -> int:
        if not taken:
            raise OSError(errno.ENOSPC, "full")
        return real(descriptor, data[: taken.pop()])

    with monkeypatch.context() as patch:
        patch.setattr(os, "write", half)
        refused = desk.take("Refused")[1]
        assert taken == []
    assert desk.store._check() != []
    after = desk.take("After")[1]
    assert desk.store._check() == []
    assert [one.op_id for one in entries(desk.folder)] == [first, refused, after]


def test_what_a_kill_kept_out_of_the_journal_joins_it_later(desk: StoreDesk) -> None:
    """Given commits that never reached the journal, a quiet moment brings them and the desk."""
    kept = [desk.take("One")[1], desk.take("Two")[1]]
    desk.store.close_now()
    (desk.folder / JOURNAL).unlink()
    desk.store = profile.open_(desk.folder, KEY, PLATFORM, InlineExecutor())
    desk.store._tidy()
    assert [one.op_id for one in entries(desk.folder)] == kept
    assert [one.kind for one in read(desk.folder, KEY)][-1] == journal_file.DESK
    desk.store.keep_journal_whole()
    assert len(list(read(desk.folder, KEY))) == 3


def test_a_rewritten_journal_has_each_operation_once_as_it_stands_now(desk: StoreDesk) -> None:
    ticket, sent = desk.take("Sent")
    gone = desk.note(ticket, "Gone")
    desk.ack(sent, 5)
    assert desk.store._keeper.rewrite(lambda: lambda one: one.op_id != gone)
    assert [(one.op_id, one.state) for one in entries(desk.folder)] == [(sent, "acked")]
    note = desk.note(ticket, "After")
    assert [one.op_id for one in entries(desk.folder)] == [sent, note]
