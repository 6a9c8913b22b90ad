"""The journal beside the store after a power cut: what verifies is read, and it goes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.central_services import Service
from app.domain.errors import StoreDamaged
from app.domain.ids import Millis, OpId
from app.domain.lifecycle import OpState
from app.ports.store import StoredOperation
from app.profiles import PLATFORM
from local_store import journal_file
from local_store.journal_file import JOURNAL, JournalFile, of_operation

pytestmark = pytest.mark.faults
KEY = bytes(range(32))


def _operation(number: int) -> StoredOperation:
    return StoredOperation(
        op_id=OpId(f"op-{number}"), seq=number, service=Service.TICKETS, kind="ticket.create",
        lane=f"lane-{number}", raw=b"{}" * 50, digest="", state=OpState.PENDING, attempts=0,
        next_try=None, reason="", recorded_at=Millis(number), verdict_rev=None,
        verdict_position=None, poison_count=0, receipt=None,
    )  # fmt: skip


def _append(profile: Path, *numbers: int) -> None:
    journal = JournalFile(profile, KEY, PLATFORM)
    journal.append([of_operation(_operation(number)) for number in numbers])
    journal.close()


def _read(profile: Path) -> list[str]:
    return [entry.op_id for entry in journal_file.read(profile, KEY)]


def test_cut_at_any_byte_it_reads_what_is_whole_and_goes_on(tmp_path: Path) -> None:
    """Given a file that ends anywhere, whole records are read and new ones join them."""
    _append(tmp_path, 1, 2, 3)
    whole = (tmp_path / JOURNAL).read_bytes()
    seen = set()
    for size in range(len(whole) + 1):
        (tmp_path / JOURNAL).write_bytes(whole[:size])
        kept = _read(tmp_path)
        assert kept == ["op-1", "op-2", "op-3"][: len(kept)]
        seen.add(len(kept))
        _append(tmp_path, 4)
        assert _read(tmp_path) == [*kept, "op-4"]
    assert seen == {0, 1, 2, 3}


@pytest.mark.parametrize("start", range(0, 700, 20))
def test_with_bytes_that_never_arrived_it_goes_on(tmp_path: Path, start: int) -> None:
    """Given zeros where a sector never reached the disk, later records are still readable."""
    _append(tmp_path, 1, 2, 3)
    data = bytearray((tmp_path / JOURNAL).read_bytes())
    end = min(start + 60, len(data))
    data[start:end] = bytes(max(0, end - start))
    (tmp_path / JOURNAL).write_bytes(data)
    try:
        before = _read(tmp_path)
    except StoreDamaged:
        assert 0 < start < 18, "only a beginning that is neither ours nor empty is refused"
        return
    _append(tmp_path, 4)
    after = _read(tmp_path)
    assert after == [*before, "op-4"]


def test_another_file_of_that_name_is_refused(tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_bytes(b"somebody else's notes, long enough")
    with pytest.raises(StoreDamaged, match="not one of ours"):
        _read(tmp_path)
    with pytest.raises(StoreDamaged, match="not one of ours"):
        _append(tmp_path, 1)
    assert (tmp_path / JOURNAL).read_bytes() == b"somebody else's notes, long enough"
