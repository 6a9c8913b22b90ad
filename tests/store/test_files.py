"""The files of a profile: what is made, what is refused untouched, and what lies in them."""

from __future__ import annotations

import json
import logging
import threading
from functools import partial
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from app.domain.errors import (
    EnvironmentFault,
    StoreAbsent,
    StoreDamaged,
    StoreFault,
    StoreFull,
    StoreInDoubt,
    StoreLocked,
    StoreTooNew,
)
from app.domain.lifecycle import OpEvent
from app.domain.operations import NewOperation
from app.domain.reference import counter_after_restore
from app.ports.store import WriteTx
from app.providers.executor import InlineExecutor, ThreadExecutor
from local_store import ballast, engine, health, journal_file, layout, profile
from local_store.keys import STORE, Keys
from local_store.store import SqlStore
from local_store.unit_of_work import UnitOfWork
from tests.support.store_desk import KEY, PLATFORM, StoreDesk, item, ticket_fields
from tests.support.virtual_time import NOON

MARK = "Zyxwvutsr-Quokka"


def opened(folder: Path, key: bytes = KEY) -> SqlStore:
    return profile.open_(folder, key, PLATFORM, InlineExecutor())


# --- what lies on the disk ----------------------------------------------------------------------


def test_no_word_of_a_customer_lies_readable_in_any_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Saved, mirrored, searched, backed up and with the log still there: the mark is nowhere."""
    caplog.set_level(logging.DEBUG)
    folder = tmp_path / "profile"
    folder.mkdir()
    Keys(folder, PLATFORM).create(KEY, passphrase=b"words")
    desk = StoreDesk.made(folder)
    desk.take(f"The {MARK} leaks")
    desk.mirror(item("t-1", 1, ticket_fields(fault=MARK)))
    assert len(desk.found(MARK)) == 2
    desk.store._backup(tmp_path / "copy")
    seen = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert {path.name for path in seen} >= {STORE, f"{STORE}-wal", journal_file.JOURNAL}
    for path in seen:
        raw = path.read_bytes()
        for form in (MARK.encode(), MARK.lower().encode(), MARK.encode("utf-16-le")):
            assert form not in raw, path.name
        assert raw[:15] != b"SQLite format 3"
    assert MARK not in caplog.text
    desk.store.close_now()


def test_words_taken_out_do_not_linger_in_the_pages(desk: StoreDesk) -> None:
    """Deciphered, what was withdrawn is gone from rows and from every segment of the search."""
    for number in range(20):
        desk.take(f"Ordinary words {number}")
    _ticket, op_id = desk.take(f"{MARK} and more")
    raw = desk.store._writer()

    def lies_in(table: str) -> bool:
        rows = raw.execute(f"SELECT * FROM {table}").fetchall()
        return any("uokka" in str(row).lower() for row in rows)

    assert lies_in("ticket_0")
    assert lies_in("ticket_search_0_data")
    desk.move(op_id, OpEvent.WITHDRAWN)
    assert not lies_in("ticket_0")
    assert not lies_in("ticket_search_0_data")


def test_every_error_of_the_store_is_silent_about_what_it_holds(desk: StoreDesk) -> None:
    desk.take(MARK)

    def twice(tx: object) -> None:
        made = desk.operation("ticket.create", "t-1", ticket_fields(fault=MARK))
        for _ in range(2):
            tx.outbox.append(made, NOON)  # type: ignore[attr-defined]  # the test looks inside

    with pytest.raises(Exception) as caught:  # noqa: PT011 - whatever it is, it is silent
        desk.write(twice)
    error: BaseException | None = caught.value
    while error is not None:
        assert MARK not in str(error)
        assert MARK not in repr(error)
        error = error.__cause__ or error.__context__


@pytest.mark.linux
def test_files_are_this_users_only(desk: StoreDesk) -> None:
    desk.take()
    for name in (STORE, journal_file.JOURNAL, ballast.BALLAST):
        assert (desk.folder / name).stat().st_mode & 0o077 == 0, name


def append(operation: NewOperation, tx: WriteTx) -> None:
    tx.outbox.append(operation, NOON)


# --- what is refused ----------------------------------------------------------------------------


def test_a_wrong_key_and_a_damaged_file_are_no_plaintext_store(tmp_path: Path) -> None:
    StoreDesk.made(tmp_path).store.close_now()
    before = (tmp_path / STORE).read_bytes()
    with pytest.raises(StoreDamaged):
        opened(tmp_path, bytes(32))
    assert (tmp_path / STORE).read_bytes() == before


def test_an_empty_profile_is_not_filled_with_a_new_store(tmp_path: Path) -> None:
    with pytest.raises(StoreAbsent):
        opened(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_plaintext_database_is_refused_untouched(tmp_path: Path) -> None:
    plain = driver.connect(str(tmp_path / STORE))
    plain.execute("CREATE TABLE ticket (fault TEXT)")
    plain.close()
    before = (tmp_path / STORE).read_bytes()
    with pytest.raises(StoreDamaged, match="not encrypted"):
        opened(tmp_path)
    assert (tmp_path / STORE).read_bytes() == before


def test_a_store_of_a_newer_program_is_refused_untouched(tmp_path: Path) -> None:
    StoreDesk.made(tmp_path).store.close_now()
    newer = engine.connect(tmp_path / STORE, KEY)
    newer.execute(f"PRAGMA user_version = {layout.VERSION + 1}")
    newer.close()
    before = (tmp_path / STORE).read_bytes()
    with pytest.raises(StoreTooNew) as caught:
        opened(tmp_path)
    assert caught.value.todo
    assert (tmp_path / STORE).read_bytes() == before


def test_an_encrypted_file_of_another_program_is_refused(tmp_path: Path) -> None:
    other = engine.connect(tmp_path / STORE, KEY, mode="rwc")
    other.execute("CREATE TABLE theirs (x)")
    other.close()
    with pytest.raises(StoreDamaged, match="not a store of this program"):
        opened(tmp_path)


def test_a_store_is_never_made_over_another(tmp_path: Path) -> None:
    desk = StoreDesk.made(tmp_path)
    ticket, _op = desk.take()
    desk.store.close_now()
    with pytest.raises(StoreLocked):
        profile.create(tmp_path, bytes(32), PLATFORM, InlineExecutor())
    assert desk.reopened().fields(ticket)


def test_what_was_left_half_made_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "store.new").write_bytes(b"torn")
    desk = StoreDesk.made(tmp_path)
    assert desk.healthy()
    assert not (tmp_path / "store.new").exists()
    desk.store.close_now()


@pytest.mark.parametrize("part", ["header", "middle", "end", "cut"])
def test_a_damaged_file_is_called_damaged(tmp_path: Path, part: str) -> None:
    desk = StoreDesk.made(tmp_path)
    for number in range(40):
        desk.take(f"Fault {number}")
    desk.store.close_now()
    path = tmp_path / STORE
    raw = bytearray(path.read_bytes())
    at = {"header": 40, "middle": len(raw) // 2, "end": len(raw) - 100, "cut": 0}[part]
    if part == "cut":
        raw = raw[: len(raw) // 2 + 7]
    else:
        raw[at : at + 16] = bytes(byte ^ 0xFF for byte in raw[at : at + 16])
    path.write_bytes(raw)
    with pytest.raises(StoreDamaged) as caught:
        health.verify(path, KEY)
    assert caught.value.safe
    assert caught.value.todo


def test_a_profile_opened_twice_loses_nothing(desk: StoreDesk) -> None:
    """The profile's lock keeps programs apart; were it ever passed, SQLite's own still holds."""
    other = StoreDesk(desk.folder, opened(desk.folder))
    mine = [desk.take(f"Mine {n}")[0] for n in range(3)]
    ours = [desk.ids.new_id() for _ in range(2)]
    for ticket in ours:
        made = desk.operation("ticket.create", ticket, ticket_fields())
        other.write(partial(append, made))
    assert {row.id for row in desk.queue().rows} == {*mine, *ours}
    other.store.close_now()


# --- what happens when the disk does not ---------------------------------------------------------


def test_a_full_disk_refuses_the_save_and_goes_on_reading(desk: StoreDesk) -> None:
    ticket, _op = desk.take("Kept")
    raw = desk.store._writer()
    pages = raw.execute("PRAGMA page_count").fetchone()[0]
    raw.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreFull) as caught:
        desk.take("x" * 200_000)
    assert caught.value.safe
    assert not (desk.folder / ballast.BALLAST).exists()
    assert [row.id for row in desk.queue().rows] == [ticket]
    raw.execute("PRAGMA max_page_count = 1000000")
    desk.take("Fits again")
    assert desk.healthy()


def test_the_ballast_is_laid_down_again_when_there_is_room(desk: StoreDesk) -> None:
    assert ballast.free(desk.folder)
    assert not ballast.free(desk.folder)
    desk.reopened()
    assert (desk.folder / ballast.BALLAST).stat().st_size == ballast.BYTES


def test_a_commit_that_raised_is_in_doubt_and_can_be_looked_for(
    desk: StoreDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = desk.operation("ticket.create", "t-1", ticket_fields())

    def fails(_raw: driver.Connection) -> None:
        raise driver.OperationalError("disk I/O error")

    with monkeypatch.context() as patch:
        patch.setattr(desk.store, "_commit", fails)
        with pytest.raises(StoreInDoubt):
            desk.write(lambda tx: tx.outbox.append(made, NOON))
    assert desk.read(lambda tx: tx.outbox.get(made.body.op_id)) is None
    desk.write(lambda tx: tx.outbox.append(made, NOON))
    assert desk.read(lambda tx: tx.outbox.get(made.body.op_id)) is not None


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (driver.OperationalError("database or disk is full"), StoreFull),
        (driver.OperationalError("database is locked"), StoreLocked),
        (driver.DatabaseError("database disk image is malformed"), StoreDamaged),
        (driver.DatabaseError("file is not a database"), StoreDamaged),
        (driver.OperationalError("disk I/O error"), StoreFault),
        (driver.OperationalError("attempt to write a readonly database"), StoreFault),
        (driver.OperationalError("unable to open database file"), StoreFault),
    ],
)
def test_what_the_driver_says_becomes_a_sentence(
    desk: StoreDesk, error: driver.Error, fault: type[StoreFault]
) -> None:
    def raises(_tx: object) -> None:
        raise error

    with pytest.raises(fault) as caught:
        desk.write(raises)
    assert caught.value.safe
    assert caught.value.todo
    assert str(error) not in caught.value.sentence()


def test_a_value_that_is_no_json_is_no_damage(desk: StoreDesk) -> None:
    """SQLite calls both malformed; this one asks for no restore."""

    def read(tx: object) -> None:
        assert isinstance(tx, UnitOfWork)
        tx.sql.all("SELECT json_extract('', '$.a')")

    with pytest.raises(StoreFault) as met:
        desk.read(read)
    assert not isinstance(met.value, StoreDamaged)
    assert "restore" not in met.value.sentence()


def test_a_reader_cannot_write(desk: StoreDesk) -> None:
    with pytest.raises(StoreFault):
        desk.store._read(lambda tx: tx.desk.set_setting("x", 1))  # type: ignore[attr-defined]  # the store's own, beside the port
    assert desk.read(lambda tx: tx.desk.setting("x")) is None


# --- backup --------------------------------------------------------------------------------------


def test_a_backup_is_whole_encrypted_and_opens_with_the_same_key(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    folder.mkdir()
    Keys(folder, PLATFORM).create(KEY, passphrase=b"words")
    desk = StoreDesk.made(folder)
    ticket, _op = desk.take("Kept twice")
    desk.store._backup(tmp_path / "copy")
    desk.take("After the backup")
    key = Keys(tmp_path / "copy", PLATFORM).unlock(passphrase=b"words", secrets=None)
    copy = StoreDesk(tmp_path / "copy", opened(tmp_path / "copy", key))
    assert [row.id for row in copy.queue().rows] == [ticket]
    assert copy.healthy()
    with pytest.raises(EnvironmentFault):
        desk.store._backup(tmp_path / "copy")
    copy.store.close_now()
    desk.store.close_now()


def test_a_restored_desk_goes_on_under_a_spare_code(desk: StoreDesk) -> None:
    first = desk.write(lambda tx: tx.desk.next_reference())
    desk.write(lambda tx: tx.desk.start_again("inc-2"))
    identity = desk.read(lambda tx: tx.desk.identity())
    second = desk.write(lambda tx: tx.desk.next_reference())
    assert (identity.desk_code, identity.spare_codes, identity.incarnation) == ("K8", (), "inc-2")
    assert (first[:3], second[:3]) == ("K7-", "K8-")


def test_restores_never_meet_each_other_nor_their_former_self(desk: StoreDesk) -> None:
    """With a spare code and without one; the same backup restored twice under two incarnations."""
    given: list[str] = []
    for incarnation in ("inc-2", "inc-3", "inc-4"):
        given += [desk.write(lambda tx: tx.desk.next_reference()) for _ in range(3)]
        _start_again(desk, incarnation)
    given += [desk.write(lambda tx: tx.desk.next_reference()) for _ in range(3)]
    assert len(set(given)) == 12
    twice = {counter_after_restore(40, name, is_spare=True) for name in ("one", "other")}
    assert len(twice) == 2
    assert min(twice) > 50_000


def _start_again(desk: StoreDesk, incarnation: str) -> None:
    desk.write(lambda tx: tx.desk.start_again(incarnation))


def test_central_tops_up_the_spare_codes(desk: StoreDesk) -> None:
    identity = desk.read(lambda tx: tx.desk.identity())
    payload = {"desks": [{"desk_id": identity.desk_id, "codes": ["A1", "K7", "K8", "K9"]}]}
    document = json.dumps({"payload": json.dumps(payload), "signature": ""}).encode()
    desk.write(lambda tx: tx.desk.keep_configuration(document))
    assert desk.read(lambda tx: tx.desk.identity()).spare_codes == ("K8", "K9")


# --- what only this desk knows ------------------------------------------------------------------


def test_no_reference_is_given_twice_even_after_a_rollback(desk: StoreDesk) -> None:
    given = [desk.write(lambda tx: tx.desk.next_reference())]

    def broken(tx: object) -> None:
        given.append(tx.desk.next_reference())  # type: ignore[attr-defined]  # the store's own, beside the port
        raise RuntimeError("rolled back")

    with pytest.raises(RuntimeError):
        desk.write(broken)
    given.append(desk.write(lambda tx: tx.desk.next_reference()))
    given.append(desk.reopened().write(lambda tx: tx.desk.next_reference()))
    assert len(set(given)) == 4


def test_readers_do_not_wait_for_the_writer(tmp_path: Path) -> None:
    desk = StoreDesk(tmp_path, profile.create(tmp_path, KEY, PLATFORM, ThreadExecutor()))
    writing, read = threading.Event(), threading.Event()

    def slow(tx: object) -> None:
        tx.desk.set_setting("x", 1)  # type: ignore[attr-defined]  # the test looks inside
        writing.set()
        assert read.wait(30)

    thread = threading.Thread(target=lambda: desk.write(slow))
    thread.start()
    assert writing.wait(30)
    assert desk.read(lambda tx: tx.desk.setting("x")) is None
    read.set()
    thread.join()
    assert desk.read(lambda tx: tx.desk.setting("x")) == 1
    desk.store.close_now()


def test_listeners_hear_once_per_commit_what_moved(desk: StoreDesk) -> None:
    heard: list[frozenset[str]] = []
    undo = desk.store.subscribe(lambda changes: heard.append(frozenset(changes.ids)))
    ticket, op_id = desk.take()
    desk.read(lambda tx: tx.tickets.row(ticket))
    desk.write(lambda tx: None)
    assert heard == [frozenset({"outbox", "ticket"})]
    undo()
    desk.park(op_id)
    assert len(heard) == 1
