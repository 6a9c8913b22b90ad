"""The outbox: lanes, what waits behind what, and what shows until the mirror has it."""

from __future__ import annotations

import pytest

from app.domain.central_services import Aggregate, Service
from app.domain.feed import Position
from app.domain.lifecycle import OpEvent, OpState, RowState
from app.domain.operations import FieldConflict
from app.domain.views import QueueView
from app.ports.store import EventDetail
from tests.support.store_desk import TICKETS, StoreDesk, item, minutes, ticket_fields
from tests.support.virtual_time import NOON


def test_a_ticket_taken_here_is_in_its_queue_at_once(desk: StoreDesk) -> None:
    ticket, op_id = desk.take("It smokes", safety="smoke")
    (row,) = desk.queue().rows
    assert (row.id, row.danger, row.state) == (ticket, True, RowState.SAVED_HERE)
    assert desk.state(op_id) is OpState.PENDING
    assert desk.found("smokes") == [ticket]


def test_the_overlay_goes_by_the_feed_and_never_by_the_answer(desk: StoreDesk) -> None:
    desk.mirror(item("t-1", 1, ticket_fields(fault="Old words")))
    op_id = desk.decide("ticket.set", "t-1", {"fault": "New words"})
    desk.ack(op_id, 1_005)
    assert desk.fields("t-1")["fault"] == "New words"
    desk.feed(n=1_004)
    assert desk.state(op_id) is OpState.ACKED
    assert desk.fields("t-1")["fault"] == "New words"
    desk.feed(item("t-1", 1_005, ticket_fields(fault="New words"), rev=2, origin=[op_id]))
    assert desk.state(op_id) is OpState.SETTLED
    assert desk.fields("t-1")["fault"] == "New words"
    assert desk.found("old") == []


def test_a_position_that_was_passed_without_naming_it_is_still_in_question(
    desk: StoreDesk,
) -> None:
    """A history that was lost in silence grows over it."""
    desk.mirror(item("t-1", 1, ticket_fields()))
    op_id = desk.decide("ticket.set", "t-1", {"fault": "New words"})
    desk.ack(op_id, 1_005)
    before, here = Position(1, 1_004), Position(1, 1_005)
    assert desk.read(lambda tx: tx.outbox.unproven(TICKETS, before)) == []
    desk.feed(item("t-2", 1_005, ticket_fields()))
    assert desk.state(op_id) is OpState.ACKED
    (found,) = desk.read(lambda tx: tx.outbox.unproven(TICKETS, here))
    assert found.op_id == op_id
    assert desk.fields("t-1")["fault"] == "New words"


def test_an_operation_a_page_names_settles_whatever_its_position(desk: StoreDesk) -> None:
    ticket, op_id = desk.take()
    desk.ack(op_id, 99)
    desk.feed(item(ticket, 50, ticket_fields(), origin=[op_id]))
    assert desk.state(op_id) is OpState.SETTLED


def test_what_central_refused_shows_and_asks_for_review(desk: StoreDesk) -> None:
    ticket, op_id = desk.take("Not sent")
    desk.park(op_id)
    (row,) = desk.queue(QueueView.NEEDS_REVIEW).rows
    assert (row.id, row.state, row.fault) == (ticket, RowState.NEEDS_REVIEW, "Not sent")
    (waiting,) = desk.read(lambda tx: tx.outbox.rows())
    assert (waiting.summary, waiting.reason) == ("Not sent", "Central says no.")
    assert desk.healthy()


def test_edits_wait_behind_a_parked_edit_and_notes_do_not(desk: StoreDesk) -> None:
    ticket, create = desk.take()
    parked = desk.decide("ticket.set", ticket, {"priority": "high"})
    edit = desk.decide("ticket.set", ticket, {"owner": "p-ben"})
    note = desk.note(ticket, "Called again")
    desk.ack(create, 5)
    desk.park(parked)
    assert [desk.state(one) for one in (edit, note)] == [OpState.BLOCKED, OpState.PENDING]
    later = desk.decide("ticket.set", ticket, {"place": "York"})
    assert desk.state(later) is OpState.BLOCKED
    heads = desk.read(lambda tx: tx.outbox.sendable(TICKETS, NOON, 10))
    assert [one.op_id for one in heads] == [note]
    desk.move(parked, OpEvent.WITHDRAWN)
    assert [desk.state(one) for one in (edit, later)] == [OpState.PENDING, OpState.PENDING]


def test_everything_waits_behind_a_parked_create_and_so_does_its_call(desk: StoreDesk) -> None:
    ticket, create = desk.take()
    note = desk.note(ticket, "More words")
    call = desk.decide("contact.create", "c-1", {"number": "1", "tickets": [ticket]}, None,
                       [create])  # fmt: skip
    other, _other_op = desk.take("Another one")
    assert [one.lane for one in desk.read(lambda tx: tx.outbox.sendable(TICKETS, NOON, 9))] == [
        ticket,
        other,
    ]
    desk.park(create)
    assert [desk.state(one) for one in (note, call)] == [OpState.BLOCKED, OpState.BLOCKED]
    heads = desk.read(lambda tx: tx.outbox.sendable(TICKETS, NOON, 9))
    assert [one.lane for one in heads] == [other]


def test_a_replaced_operation_gives_its_place_and_frees_what_waited(desk: StoreDesk) -> None:
    ticket, create = desk.take("Wrong words")
    note = desk.note(ticket, "More")
    call = desk.decide("contact.create", "c-1", {"number": "1"}, None, [create])
    desk.park(create)
    fresh = desk.operation("ticket.create", ticket, ticket_fields(fault="Right words"))
    state = desk.write(lambda tx: tx.outbox.replace(create, fresh, NOON))
    assert (state, desk.state(create)) == (OpState.PENDING, OpState.SUPERSEDED)
    assert [desk.state(one) for one in (note, call)] == [OpState.PENDING, OpState.PENDING]
    heads = desk.read(lambda tx: tx.outbox.sendable(TICKETS, NOON, 9))
    assert [one.op_id for one in heads] == [fresh.body.op_id]
    assert desk.fields(ticket)["fault"] == "Right words"
    assert desk.healthy()


def test_only_one_of_a_lane_goes_and_waiting_ones_when_due(desk: StoreDesk) -> None:
    ticket, create = desk.take()
    desk.note(ticket, "Second")
    desk.move(create, OpEvent.SEND)
    detail = EventDetail(NOON, next_try=minutes(5), reason="unanswered")
    desk.write(lambda tx: tx.outbox.event(create, OpEvent.UNANSWERED, detail))
    assert desk.read(lambda tx: tx.outbox.sendable(TICKETS, NOON, 9)) == []
    assert desk.read(lambda tx: tx.outbox.standing(TICKETS)) == (2, minutes(5))
    due = desk.read(lambda tx: tx.outbox.sendable(TICKETS, minutes(5), 9))
    assert [(one.op_id, one.attempts) for one in due] == [(create, 1)]
    hurried = desk.read(lambda tx: tx.outbox.sendable(TICKETS, NOON, 9, ignore_waiting=True))
    assert [one.op_id for one in hurried] == [create]


def test_conflicts_are_kept_and_mark_the_ticket(desk: StoreDesk) -> None:
    desk.mirror(item("t-1", 1, ticket_fields()))
    op_id = desk.decide("ticket.set", "t-1", {"priority": "high"})
    desk.ack(op_id, 1_001, FieldConflict("priority", "normal", "high", "urgent", "p-eve", NOON))
    (conflict,) = desk.read(lambda tx: tx.conflicts())
    assert (conflict.target, conflict.conflict.theirs) == ("t-1", "urgent")
    assert [row.id for row in desk.queue(QueueView.NEEDS_REVIEW).rows] == ["t-1"]
    desk.feed(item("t-1", 1_001, ticket_fields(priority="urgent"), rev=2, origin=[op_id]))
    assert desk.fields("t-1")["priority"] == "urgent"
    assert [row.id for row in desk.queue(QueueView.NEEDS_REVIEW).rows] == ["t-1"]


def test_a_ticket_withdrawn_before_it_was_sent_is_gone(desk: StoreDesk) -> None:
    ticket, op_id = desk.take("Never mind")
    desk.move(op_id, OpEvent.WITHDRAWN)
    assert desk.queue().rows == ()
    assert desk.read(lambda tx: tx.tickets.row(ticket)) is None
    assert desk.found("never mind") == []
    assert desk.healthy()


def test_a_note_for_another_desks_ticket_waits_under_its_reference(desk: StoreDesk) -> None:
    entry = {"id": "n-1", "text": "For you", "by": "p-ann", "at": "2026-11-23T10:00:00Z"}
    op_id = desk.decide("ticket.note", {"ref": "B4-0007-5"}, entry=entry)
    (row,) = desk.read(lambda tx: tx.outbox.rows())
    assert (row.op_id, row.reference, row.summary) == (op_id, "B4-0007-5", "For you")
    assert desk.state(op_id) is OpState.PENDING


def test_what_lies_beyond_a_fork_is_offered_again_and_shows_again(desk: StoreDesk) -> None:
    ticket, op_id = desk.take()
    note = desk.note(ticket, "Later")
    desk.ack(op_id, 10)
    desk.feed(item(ticket, 10, ticket_fields()), n=10)
    desk.ack(note, 20)
    beyond = desk.read(lambda tx: tx.outbox.journal(TICKETS, Position(1, 15)))
    assert [one.op_id for one in beyond] == [note]
    every = desk.read(lambda tx: tx.outbox.journal(TICKETS, None))
    assert [one.op_id for one in every] == [op_id, note]
    desk.move(op_id, OpEvent.FORKED)
    assert desk.state(op_id) is OpState.REOFFER
    assert desk.read(lambda tx: tx.tickets.row(ticket)) is not None


def test_counts_are_of_operations(desk: StoreDesk) -> None:
    ticket, first = desk.take()
    desk.note(ticket, "One")
    desk.decide("customer.create", "cu-1", {"name": "Ben"})
    desk.park(first)
    counts = desk.read(lambda tx: tx.outbox.counts())
    assert (counts.waiting, counts.needs_review, counts.oldest) == (2, 1, NOON)
    assert counts.by_service[Service.CUSTOMERS] == 1
    assert desk.read(lambda tx: tx.tickets.counts("p-ann", NOON)).outbox == 3


def test_an_arrow_that_does_not_exist_is_our_bug(desk: StoreDesk) -> None:
    _ticket, op_id = desk.take()
    with pytest.raises(KeyError):
        desk.move(op_id, OpEvent.PASSED)
    with pytest.raises(KeyError):
        desk.move("nobody", OpEvent.SEND)
    assert desk.state(op_id) is OpState.PENDING


def test_customers_and_devices_made_here_show_too(desk: StoreDesk) -> None:
    desk.decide("customer.create", "cu-1", {"name": "Jörg Groß", "phones": ["+4942112345"],
                                            "provisional": True})  # fmt: skip
    desk.decide("device.create", "d-1", {"customer_id": "cu-1", "words": "old fridge"})
    card = desk.read(lambda tx: tx.customers.card("cu-1"))
    assert card is not None
    assert (card.name, card.provisional, card.phones) == ("Jörg Groß", True, ("+4942112345",))
    assert [one.words for one in desk.read(lambda tx: tx.customers.devices("cu-1"))] == [
        "old fridge"
    ]
    assert desk.fields("cu-1", Aggregate.CUSTOMER)["name"] == "Jörg Groß"
