"""Erased: nothing of a record is left in any table, log, journal, second place or restored copy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app import restoring
from app.domain.call import Call, Draft
from app.domain.central_services import Aggregate, Service
from app.domain.feed import FeedItem, FeedPage, Position, Rate
from app.domain.lifecycle import OpEvent, OpState
from app.domain.operations import FieldConflict
from app.domain.times import DAY
from app.ports.store import Staleness, WriteTx
from app.profiles import CLOCK
from app.providers.executor import InlineExecutor
from local_store import erasure, evidence_files, journal_file, profile, rescue
from local_store.keys import STORE, Keys
from tests.support.cipher_pages import pages_of
from tests.support.store_desk import (
    CUSTOMERS,
    KEY,
    PLATFORM,
    Fields,
    StoreDesk,
    item,
    ticket_fields,
    tombstone,
)
from tests.support.virtual_time import NOON

MARK = "Quokkasaurus"
FORMS = (MARK, MARK.lower())
STALENESS = Staleness(NOON, dict.fromkeys(Service, 60_000))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[StoreDesk]:
    folder = tmp_path / "profile"
    folder.mkdir()
    Keys(folder, PLATFORM).create(KEY, passphrase=b"words")
    made = StoreDesk.made(folder)
    yield made
    made.store.close_now()


def erased(id_: str, n: int, aggregate: Aggregate = Aggregate.TICKET) -> FeedItem:
    return replace(tombstone(id_, n, rev=90, reason="erased"), type=aggregate.value)


def marked(folder: Path) -> list[str]:
    """Where the mark stands once every file of the store is deciphered, whole pages and all."""
    found = [name for name, page in pages_of(folder, KEY) if says(page)]
    entries = journal_file.read(folder, KEY)
    found += [f"journal: {one.kind}" for one in entries if says(repr(one).encode())]
    return found + [one.id for one in evidence_files.read(folder, KEY) if says(one.content)]


def says(raw: bytes) -> bool:
    return any(form.encode() in raw for form in FORMS)


def marked_everywhere(desk: StoreDesk) -> str:
    """A ticket whose every field, note, draft, conflict, claim and bank line has the mark."""
    ticket, create = desk.take(
        f"{MARK} leaks", caller_name=MARK, place=MARK, model_words=MARK, serial=MARK
    )
    desk.note(ticket, f"{MARK} rang back")
    claim: Fields = {"id": "c-1", "reference": f"TX-{MARK}", "amount": 4900, "currency": "EUR"}
    desk.decide("ticket.claim", ticket, entry=claim)
    desk.decide("ticket.note", {"ref": "K7-0001-M"}, entry={"id": "n-9", "text": MARK})
    desk.ack(create, 5, FieldConflict("place", MARK, MARK, f"{MARK} too", MARK, NOON))
    desk.mirror(item(ticket, 1, ticket_fields(fault=MARK, notes=[{"id": "n", "text": MARK}])))

    def write(tx: WriteTx) -> None:
        call = Call(draft_id="d-1", started=NOON, ticket_id=ticket, fault=f"{MARK} again")
        tx.keep_draft(Draft(call, "p-ann", NOON))

    desk.write(write)
    desk.store.write_now(
        lambda unit: unit.payments.keep_evidence("e-1", ticket, MARK.encode() * 900, NOON)
    )
    return ticket


def test_nothing_of_an_erased_ticket_is_left_anywhere(desk: StoreDesk, tmp_path: Path) -> None:
    other, _op = desk.take("Something else")
    ticket = marked_everywhere(desk)
    stick = tmp_path / "stick"
    stick.mkdir()
    desk.store._keep_second_copy(str(stick))
    tables = {name for name, page in pages_of(desk.folder, KEY) if says(page)}
    assert tables
    assert marked(desk.folder)
    desk.feed(erased(ticket, 2_000))
    assert desk.found(MARK) == []
    assert desk.read(lambda tx: tx.drafts()) == []
    assert desk.read(lambda tx: tx.conflicts()) == []
    assert not any(MARK in row.summary for row in desk.read(lambda tx: tx.outbox.rows()))
    assert [row.id for row in desk.queue().rows] == [other]
    assert desk.healthy()
    desk.store.close_now()
    assert marked(desk.folder) == []
    (copy,) = stick.iterdir()
    assert [one for one in journal_file.read(copy, KEY) if says(repr(one).encode())] == []
    assert list(evidence_files.read(copy, KEY)) == []
    assert (copy / journal_file.JOURNAL).read_bytes() == (
        desk.folder / journal_file.JOURNAL
    ).read_bytes()


def test_what_was_decided_stays_decided_without_its_words(desk: StoreDesk) -> None:
    """Sent ones are settled, unsent ones withdrawn, other lanes go on, none is offered again."""
    ticket, sent = desk.take(f"{MARK} leaks")
    unsent = desk.note(ticket, MARK)
    _other, elsewhere = desk.take("Something else")
    desk.ack(sent, 5)
    desk.feed(erased(ticket, 2_000))
    assert [desk.state(one) for one in (sent, unsent, elsewhere)] == [
        OpState.SETTLED, OpState.WITHDRAWN, OpState.PENDING,
    ]  # fmt: skip
    assert desk.raw(sent)[0] == b""
    offered = desk.read(lambda tx: tx.outbox.journal(CUSTOMERS, None))
    again = desk.read(lambda tx: tx.outbox.rows(include_final=True))
    assert offered == []
    assert {row.op_id for row in again} == {sent, unsent, elsewhere}


def test_a_kill_between_the_erasure_and_its_traces_is_made_good(desk: StoreDesk) -> None:
    """Given the commit and nothing after it, the next opening takes the traces away."""
    ticket = marked_everywhere(desk)
    copy = desk.folder.with_name("killed")
    desk.feed(erased(ticket, 2_000))
    shutil.copytree(desk.folder, copy)
    assert any("journal" in one for one in marked(copy))
    again = StoreDesk(copy, profile.open_(copy, KEY, PLATFORM, InlineExecutor()), desk.ids)
    again.take("Goes on")
    again.store._tidy()
    assert [one for one in marked(copy) if "wal" not in one] == []
    again.store.close_now()
    assert marked(copy) == []


def test_a_merge_under_way_of_an_erased_customer_leads_nowhere(desk: StoreDesk) -> None:
    """Central may have had it; its words are gone, and screens do not stumble over that."""
    rows = [
        item(id_, n, {"name": MARK}, aggregate=Aggregate.CUSTOMER)
        for n, id_ in enumerate(("c-1", "c-2"), 1)
    ]
    desk.mirror(*rows, service=CUSTOMERS)
    desk.mirror(item("t-1", 1, ticket_fields(customer_id="c-2")))
    merge = desk.decide("customer.merge", "c-2", entry={"into": "c-1"})
    desk.move(merge, OpEvent.SEND, OpEvent.UNANSWERED)
    gone = page_of(erased("c-2", 2_000, Aggregate.CUSTOMER))
    desk.write(lambda tx: tx.mirror.apply_page(CUSTOMERS, gone, NOON))
    assert (desk.state(merge), desk.raw(merge)[0]) == (OpState.WAITING, b"")
    opened = desk.read(lambda tx: tx.tickets.detail("t-1", STALENESS))
    assert opened is not None
    assert opened.customer is None
    page = desk.read(lambda tx: tx.customers.page("c-1", NOON))
    assert page is not None
    assert page.merged_here == ()


def test_an_erased_customer_takes_bank_lines_along(desk: StoreDesk) -> None:
    desk.mirror(
        item("c-1", 1, {"name": MARK, "phones": [], "mails": []}, aggregate=Aggregate.CUSTOMER),
        service=CUSTOMERS,
    )
    lines = (("1", MARK, "x"), ("2", "Somebody", "x"))

    def write(tx: WriteTx) -> None:
        for key, payer, text in lines:
            tx.payments._sql.run(  # type: ignore[attr-defined]  # rows as a statement leaves them
                "INSERT INTO statement_line VALUES (?, '', 0, '', 'EUR', 1, '2026-01-01', "
                "'2026-01-01', '', '', ?, ?, 0, 1)",
                key, payer, text,
            )  # fmt: skip

    desk.write(write)
    desk.write(
        lambda tx: tx.mirror.apply_page(
            CUSTOMERS, page_of(erased("c-1", 2_000, Aggregate.CUSTOMER)), NOON
        )
    )
    assert desk.read(lambda tx: tx.payments.known(["1", "2"])) == {"2"}
    desk.store.close_now()
    assert marked(desk.folder) == []


def page_of(*items: FeedItem) -> FeedPage:
    return FeedPage(
        items, "cursor-2000", Position(1, 2_000), "term", up_to_date=True, source_as_of=NOON,
        rate=Rate(1.0, 1.0),
    )  # fmt: skip


def test_while_a_new_generation_is_built_both_are_cleared(desk: StoreDesk) -> None:
    desk.mirror(item("t-1", 1, ticket_fields(fault=MARK)), item("t-2", 2, ticket_fields()))
    desk.snapshot(
        item("t-1", 1, ticket_fields(fault=MARK)), item("t-2", 2, ticket_fields()),
        start="start-2", after="t-1",
    )  # fmt: skip
    desk.feed(erased("t-1", 2_000))
    assert desk.found(MARK) == []
    desk.swap()
    assert desk.found(MARK) == []
    assert [row.id for row in desk.queue().rows] == ["t-2"]
    assert desk.healthy()


def test_it_stays_erased_across_a_restore_from_an_older_backup(
    desk: StoreDesk, tmp_path: Path
) -> None:
    """Given a backup from before, the journal's list of erasures and the feed both hold."""
    ticket = marked_everywhere(desk)
    desk.store._backup(tmp_path / "copy")
    shutil.copytree(tmp_path / "copy", tmp_path / "other")
    desk.feed(erased(ticket, 2_000))
    desk.store.close_now()
    journal = list(journal_file.read(desk.folder, KEY))
    by_list = StoreDesk(
        tmp_path / "copy", profile.open_(tmp_path / "copy", KEY, PLATFORM, InlineExecutor())
    )
    assert marked(tmp_path / "copy")
    assert by_list.store.write_now(lambda unit: rescue.erase_again(unit, journal, NOON)) == 1
    assert by_list.store.write_now(lambda unit: rescue.bring_back(unit, journal)) == 0
    assert by_list.healthy()
    by_list.store.close_now()
    assert marked(tmp_path / "copy") == []

    by_feed = StoreDesk(
        tmp_path / "other", profile.open_(tmp_path / "other", KEY, PLATFORM, InlineExecutor())
    )
    by_feed.feed(erased(ticket, 2_000))
    by_feed.store.close_now()
    assert marked(tmp_path / "other") == []


def test_the_erasure_is_known_for_good(desk: StoreDesk) -> None:
    desk.mirror(item("t-1", 1, ticket_fields(fault=MARK)))
    desk.feed(erased("t-1", 2_000))
    desk.feed(item("t-1", 2_001, ticket_fields(fault=MARK), rev=3))
    assert desk.found(MARK) == []
    assert desk.store.write_now(lambda unit: erasure.is_erased(unit.sql, "t-1"))
    assert (desk.folder / STORE).exists()


@pytest.mark.parametrize(("age", "left"), [(29, True), (31, False)])
def test_a_backup_past_its_days_brings_back_only_what_is_not_settled(
    desk: StoreDesk, tmp_path: Path, *, age: int, left: bool
) -> None:
    """Given a backup older than its retention, nothing in it that may be erased comes back."""
    secret = tmp_path / "secret"
    secret.write_text("words")
    ticket = marked_everywhere(desk)
    _other, unsent = desk.take("Not sent yet")
    for row in desk.read(lambda tx: tx.outbox.rows()):
        if row.lane == ticket or row.lane.startswith("ref:"):
            if desk.state(row.op_id) is OpState.PENDING:
                desk.ack(row.op_id, 900)
            desk.move(row.op_id, OpEvent.PASSED)
    made = CLOCK.now() - age * DAY
    desk.store.write_now(lambda unit: unit.sql.run("UPDATE feed SET source_as_of = ?", made))
    desk.store._backup(tmp_path / "copy")
    restored = restoring.from_backup(
        tmp_path / "elsewhere", tmp_path / "copy", restoring.Secrets(secret)
    )
    assert bool(marked(tmp_path / "elsewhere")) is left
    assert restored.operations == (0 if left else 1)
    again = StoreDesk(
        tmp_path / "elsewhere",
        profile.open_(tmp_path / "elsewhere", KEY, PLATFORM, InlineExecutor()),
    )
    assert again.state(unsent) is OpState.PENDING
    assert again.healthy()
    again.store.close_now()
