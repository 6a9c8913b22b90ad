"""What a connection has read of the few rows everybody asks for: never older than the store."""

from __future__ import annotations

import pytest

from app.domain.ids import Millis
from app.domain.lifecycle import OpEvent
from app.ports.store import EventDetail, ReadTx, StoredOperation, WriteTx
from local_store import engine
from local_store.engine import Use
from local_store.kept import FEED, OUTBOX, SETTING, touched
from local_store.keys import STORE
from tests.support.store_desk import KEY, TICKETS, StoreDesk, item, ticket_fields
from tests.support.virtual_time import NOON


def colour(desk: StoreDesk) -> object:
    """As a reader sees it."""
    return desk.read(lambda tx: tx.desk.setting("colour"))


def own_colour(desk: StoreDesk) -> object:
    """As the writer's own connection sees it."""
    return desk.write(lambda tx: tx.desk.setting("colour"))


def test_what_is_written_is_read_within_and_after_the_transaction(desk: StoreDesk) -> None:
    assert (colour(desk), own_colour(desk)) == (None, None)

    def write(tx: WriteTx) -> object:
        tx.desk.set_setting("colour", "red")
        return tx.desk.setting("colour")

    assert desk.write(write) == "red"
    assert (colour(desk), own_colour(desk)) == ("red", "red")


def test_what_was_rolled_back_was_never_read(desk: StoreDesk) -> None:
    desk.feed(item("t-1", 5, ticket_fields()))
    before = desk.write(lambda tx: tx.feed_state(TICKETS))

    def broken(tx: WriteTx) -> None:
        tx.desk.set_setting("colour", "red")
        tx.mirror.touch(TICKETS, last_good=Millis(NOON + 1), source_as_of=None)
        tx.outbox.append(desk.operation("ticket.create", "t-2", ticket_fields()), NOON)
        assert tx.desk.setting("colour") == "red"
        assert tx.feed_state(TICKETS) != before
        assert tx.outbox.standing(TICKETS) == (1, None)
        raise RuntimeError("after it was read")

    with pytest.raises(RuntimeError):
        desk.write(broken)
    assert own_colour(desk) is None
    assert desk.write(lambda tx: tx.feed_state(TICKETS)) == before
    assert desk.write(lambda tx: tx.outbox.standing(TICKETS)) == (0, None)


def test_another_connection_is_heard(desk: StoreDesk) -> None:
    assert (colour(desk), own_colour(desk)) == (None, None)
    other = engine.opened(desk.folder / STORE, KEY, Use.WRITING)
    other.execute("INSERT INTO setting (name, value) VALUES ('setting.colour', '\"blue\"')")
    other.close()
    assert (colour(desk), own_colour(desk)) == ("blue", "blue")


def test_a_statement_past_ours_on_the_same_connection_is_heard(desk: StoreDesk) -> None:
    assert own_colour(desk) is None
    raw = desk.store._writer()
    raw.execute("INSERT INTO setting (name, value) VALUES ('setting.colour', '\"green\"')")
    assert own_colour(desk) == "green"


def test_the_outbox_stands_as_its_rows_say(desk: StoreDesk) -> None:
    def standing(tx: ReadTx) -> tuple[int, object, int]:
        waiting, due = tx.outbox.standing(TICKETS)
        return waiting, due, tx.outbox.counts().by_service[TICKETS]

    def seen() -> tuple[int, object, int]:
        assert desk.read(standing) == desk.write(standing)
        return desk.read(standing)

    assert seen() == (0, None, 0)
    _ticket, create = desk.take()
    assert seen() == (1, None, 1)
    desk.move(create, OpEvent.SEND)
    detail = EventDetail(NOON, next_try=NOON, reason="unanswered")
    desk.write(lambda tx: tx.outbox.event(create, OpEvent.UNANSWERED, detail))
    assert seen() == (1, NOON, 1)


def test_how_the_outbox_stands_moves_with_each_operation(desk: StoreDesk) -> None:
    """What is counted along is what the rows say, asked for over a connection that counts anew."""

    def seen() -> tuple[int, object]:
        along, anew = (
            ask(lambda tx: tx.outbox.standing(TICKETS)) for ask in (desk.write, desk.read)
        )
        assert along == anew
        return along

    def wait(op_id: str, until: int) -> None:
        detail = EventDetail(NOON, next_try=Millis(until), reason="unanswered")
        desk.move(op_id, OpEvent.SEND)
        desk.write(lambda tx: tx.outbox.event(op_id, OpEvent.UNANSWERED, detail))

    (_, one), (_, two), (_, three) = desk.take(), desk.take(), desk.take()
    assert seen() == (3, None)
    for op_id, until, earliest in (
        (one, NOON + 5, NOON + 5), (two, NOON + 9, NOON + 5), (three, NOON + 2, NOON + 2),
        (two, NOON + 1, NOON + 1), (two, NOON + 9, NOON + 2), (three, NOON + 3, NOON + 3),
    ):  # fmt: skip
        wait(op_id, until)
        assert seen() == (3, earliest)
    desk.move(three, OpEvent.WITHDRAWN)
    assert seen() == (2, NOON + 5)
    desk.move(two, OpEvent.WITHDRAWN)
    assert seen() == (1, NOON + 5)
    desk.move(one, OpEvent.SEND)
    assert seen() == (1, None)


def test_an_operation_is_read_as_it_was_left(desk: StoreDesk) -> None:
    _, create = desk.take()

    def seen() -> StoredOperation | None:
        along, anew = (ask(lambda tx: tx.outbox.get(create)) for ask in (desk.write, desk.read))
        assert along == anew
        return along

    assert seen() is not None
    detail = EventDetail(NOON, next_try=Millis(NOON + 7), reason="unanswered")
    desk.move(create, OpEvent.SEND)
    assert seen() is not None
    desk.write(lambda tx: tx.outbox.event(create, OpEvent.UNANSWERED, detail))
    found = seen()
    assert found is not None
    assert (found.attempts, found.next_try, found.reason) == (1, NOON + 7, "unanswered")

    def broken(tx: WriteTx) -> None:
        tx.outbox.event(create, OpEvent.SEND, EventDetail(NOON))
        raise RuntimeError("after it was moved")

    with pytest.raises(RuntimeError):
        desk.write(broken)
    assert seen() == found


def test_the_feed_is_read_as_it_was_written(desk: StoreDesk) -> None:
    desk.feed(item("t-1", 5, ticket_fields()))
    for write in (
        lambda tx: tx.mirror.touch(TICKETS, last_good=Millis(NOON + 1), source_as_of=None),
        lambda tx: tx.mirror.clear_generation(TICKETS, 10),
    ):
        desk.write(write)
        along, anew = (ask(lambda tx: tx.feed_state(TICKETS)) for ask in (desk.write, desk.read))
        assert along == anew
    desk.feed(item("t-2", 6, ticket_fields()))
    assert desk.write(lambda tx: tx.feed_state(TICKETS)).mirrored_rows == 2
    assert desk.read(lambda tx: tx.feed_state(TICKETS)).mirrored_rows == 2


def test_which_rows_a_statement_may_write() -> None:
    assert touched("UPDATE feed SET n = ? WHERE service = ?") == FEED
    assert touched("  INSERT OR REPLACE INTO setting VALUES (?, ?)") == SETTING
    assert touched("DELETE FROM outbox WHERE op_id = ?") == OUTBOX
    assert touched("SELECT value FROM setting WHERE name = ?") == 0
    assert touched("UPDATE tally SET count = 1") == 0
