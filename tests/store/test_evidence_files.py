"""What a caller gave as proof is kept a second time, sealed, and goes where the store goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.errors import Refused
from app.ports.store import WriteTx
from local_store import evidence_files
from local_store.evidence_files import FOLDER, KeptFile
from local_store.keys import Keys
from local_store.second_place import Chosen, SecondPlace
from tests.support.store_desk import KEY, PLATFORM, StoreDesk
from tests.support.virtual_time import NOON

RECEIPT = b"a receipt " * 300


@pytest.fixture
def desk(tmp_path: Path) -> StoreDesk:
    folder = tmp_path / "profile"
    folder.mkdir()
    Keys(folder, PLATFORM).create(KEY, passphrase=b"words")
    return StoreDesk.made(folder)


def keep(desk: StoreDesk, file_id: str, content: bytes = RECEIPT) -> str:
    """A file of a new ticket; the ticket's id."""
    ticket, _op = desk.take("Paid")
    desk.write(lambda tx: tx.payments.keep_evidence(file_id, ticket, content, NOON))
    return ticket


def kept(root: Path) -> dict[str, bytes]:
    return {one.id: one.content for one in evidence_files.read(root, KEY)}


def test_a_kept_file_is_sealed_beside_the_store(desk: StoreDesk) -> None:
    ticket = keep(desk, "e-1")
    (path,) = (desk.folder / FOLDER).iterdir()
    assert b"a receipt" not in path.read_bytes()
    assert "e-1" not in path.name
    assert list(evidence_files.read(desk.folder, KEY)) == [KeptFile("e-1", ticket, NOON, RECEIPT)]
    assert list(evidence_files.read(desk.folder, bytes(32))) == []


def test_a_file_that_is_not_committed_is_not_kept(desk: StoreDesk) -> None:
    def write(tx: WriteTx) -> None:
        tx.payments.keep_evidence("e-1", "t", RECEIPT, NOON)
        raise Refused("Not after all.")

    with pytest.raises(Refused):
        desk.write(write)
    assert kept(desk.folder) == {}


def test_what_a_kill_left_out_is_sealed_later_and_what_is_gone_goes(desk: StoreDesk) -> None:
    keep(desk, "e-1")
    keep(desk, "e-2")
    first, second = sorted((desk.folder / FOLDER).iterdir())
    first.unlink()
    desk.store.keep_journal_whole()
    assert kept(desk.folder) == {"e-1": RECEIPT, "e-2": RECEIPT}
    desk.store.write_now(lambda unit: unit.sql.run("DELETE FROM evidence_file WHERE id = 'e-1'"))
    desk.store.keep_journal_whole()
    assert kept(desk.folder) == {"e-2": RECEIPT}
    assert sum(one.exists() for one in (first, second)) == 1


def test_the_second_place_has_the_same_files(desk: StoreDesk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    there = SecondPlace(desk.folder, Chosen(str(stick)), "offhook-1", PLATFORM)
    keep(desk, "e-1")
    there.bring_up_to_date()
    copy = stick / "offhook-1"
    assert kept(copy) == {"e-1": RECEIPT}
    keep(desk, "e-2", b"another")
    assert there.bring_up_to_date() < 2_000  # the first file is not copied again
    assert kept(copy) == {"e-1": RECEIPT, "e-2": b"another"}
    for path in (copy / FOLDER).iterdir():  # rots on the stick
        path.write_bytes(bytes(path.stat().st_size))
    assert kept(copy) == {}
    SecondPlace(desk.folder, Chosen(str(stick)), "offhook-1", PLATFORM).bring_up_to_date()
    assert kept(copy) == {"e-1": RECEIPT, "e-2": b"another"}
    desk.store.write_now(lambda unit: unit.sql.run("DELETE FROM evidence_file WHERE id = 'e-1'"))
    desk.store.keep_journal_whole()
    there.bring_up_to_date()
    assert kept(copy) == {"e-2": b"another"}


def test_a_restored_desk_has_what_was_not_erased(desk: StoreDesk, tmp_path: Path) -> None:
    ticket = keep(desk, "e-1")
    keep(desk, "e-2")
    empty = tmp_path / "new"
    empty.mkdir()
    other = StoreDesk.made(empty)
    other.store.write_now(
        lambda unit: unit.sql.run(
            "INSERT INTO erased (id, at, is_traceless) VALUES (?, ?, 0)", ticket, NOON
        )
    )
    files = list(evidence_files.read(desk.folder, KEY))
    assert other.store.write_now(lambda unit: unit.payments.bring_back_evidence(files)) == 1
    assert other.store.write_now(lambda unit: unit.payments.bring_back_evidence(files)) == 0
    assert other.read(lambda tx: tx.payments.evidence("e-2")) == RECEIPT
    assert other.read(lambda tx: tx.payments.evidence("e-1")) is None
