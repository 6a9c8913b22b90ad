"""What screens read: queues by keyset, a ticket opened, callers, call-backs, counters."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.call import Call, Claim, Draft
from app.domain.central_services import Aggregate, Service
from app.domain.feed import Position
from app.domain.ids import Millis
from app.domain.lifecycle import OpEvent, RowState
from app.domain.operations import Json
from app.domain.tickets import Group, Missing
from app.domain.times import DAY, to_rfc3339
from app.domain.views import QueueFilter, QueueKey, QueueView
from app.ports.store import Staleness
from local_store import carried
from local_store.unit_of_work import UnitOfWork
from tests.support.store_desk import (
    CUSTOMERS,
    TICKETS,
    Fields,
    StoreDesk,
    item,
    minutes,
    redirect,
    ticket_fields,
)
from tests.support.virtual_time import NOON

STALENESS = Staleness(NOON, dict.fromkeys(Service, 60_000))


@pytest.fixture
def busy(desk: StoreDesk) -> StoreDesk:
    """Tickets in every state, in no order."""
    chance = random.Random(5)
    states = ("new", "ready", "to_complete", "quarantined", "closed", "cancelled")
    tickets = [
        item(f"t-{n}", n, ticket_fields(
            status=chance.choice(states), owner=chance.choice([None, "p-ann", "p-ben"]),
            due=to_rfc3339(minutes(chance.randrange(-500, 500))),
            safety="gas" if n % 17 == 0 else "none", place=chance.choice(["Leeds", "York"]),
            model_pin=None if n % 3 else {"entry_id": "e-1"}, coverage="claimed",
            claims=[{"id": f"c-{n}"}] if n % 5 == 0 else [],
        ))
        for n in range(1, 120)
    ]  # fmt: skip
    desk.mirror(*tickets[::-1])
    return desk


@pytest.mark.parametrize("view", list(QueueView))
def test_pages_follow_each_other_without_a_gap_or_a_double(
    busy: StoreDesk, view: QueueView
) -> None:
    which = QueueFilter(view, owner="p-ann")
    whole = busy.read(lambda tx: tx.tickets.queue(which, None, 500, NOON))
    paged: list[str] = []
    after: QueueKey | None = None
    while True:
        page = busy.page(which, after, 7)
        paged += [row.id for row in page.rows]
        after = page.next_key
        if after is None:
            break
    assert paged == [row.id for row in whole.rows]
    assert whole.total == len(whole.rows) == len(set(paged))
    is_open = [row for row in whole.rows if row.status not in ("closed", "cancelled")]
    assert whole.past_due == sum((row.due or 0) < NOON for row in is_open)


def test_danger_comes_first_and_then_what_is_due(busy: StoreDesk) -> None:
    rows = busy.queue().rows
    order = [(not row.danger, row.due, row.rowid) for row in rows]
    assert order == sorted(order)
    assert rows[0].danger


def test_the_rails_counters_are_what_the_queues_hold(busy: StoreDesk) -> None:
    busy.take(owner="p-ann")
    counts = busy.read(lambda tx: tx.tickets.counts("p-ann", NOON))
    for view in QueueView:
        assert counts.by_view[view] == len(busy.queue(view, owner="p-ann").rows), view
    assert counts.outbox == 1


def test_a_queue_narrowed_by_place_words_and_time(busy: StoreDesk) -> None:
    ticket, _op = busy.take("Grinding bearing", place="12 Elm Street, Bath", due=None)
    assert [row.id for row in busy.queue(words="grinding").rows] == [ticket]
    narrowed = busy.queue(city="bath")
    assert ([row.id for row in narrowed.rows], narrowed.total) == ([ticket], 1)
    assert busy.queue(words="gr").rows == ()
    late = busy.queue(due_before=NOON)
    assert late.total == len(late.rows) == late.past_due > 0


def test_an_opened_ticket_tells_its_story(desk: StoreDesk) -> None:
    desk.mirror(
        item("cu-1", 1, {"name": "Ann Miller", "phones": ["+44113"]}, aggregate=Aggregate.CUSTOMER),
        item("d-1", 2, {"customer_id": "cu-1", "words": "fridge", "category": "fridge"},
             aggregate=Aggregate.DEVICE),
        item("pl-1", 3, {"customer_id": "cu-1", "name": "Care", "ends": "2030-01-01"},
             aggregate=Aggregate.PLAN),
        service=CUSTOMERS,
    )  # fmt: skip
    note: Json = {"id": "n-1", "text": "From central", "by": "p-eve", "at": to_rfc3339(minutes(-9))}
    desk.mirror(item("t-1", 1, ticket_fields(
        customer_id="cu-1", device_id="d-1", plan_id="pl-1", taken_by="p-eve", notes=[note],
        reachable="evenings", place="", coverage=None,
    )))  # fmt: skip
    own = desk.note("t-1", "From here")
    desk.decide("ticket.set", "t-1", {"priority": "high"})
    opened = desk.read(lambda tx: tx.tickets.detail("t-1", STALENESS))
    assert opened is not None
    assert [one.kind for one in opened.thread] == ["call", "note", "note", "change"]
    assert [one.state for one in opened.thread][1:3] == [RowState.SENT, RowState.SAVED_HERE]
    assert opened.customer is not None
    assert opened.device is not None
    assert opened.plan is not None
    assert (opened.customer.name, opened.device.words, opened.plan.name) == (
        "Ann Miller", "fridge", "Care",
    )  # fmt: skip
    assert set(opened.missing) == {Missing.PLACE, Missing.COVERAGE}
    assert opened.provenance[Group.FAULT] == "desk"
    assert opened.provenance[Group.CUSTOMER] == "central"
    assert (opened.as_of[Group.FAULT].stale, opened.as_of[Group.PAYMENT].stale) == (False, True)
    assert opened.rev == 1
    assert own


def test_a_caller_is_offered_with_everything_about_them(desk: StoreDesk) -> None:
    desk.mirror(
        item("cu-1", 1, {"name": "Ann Miller", "phones": ["+447700900118"]},
             aggregate=Aggregate.CUSTOMER),
        item("cu-2", 2, {"name": "Bea Okafor", "phones": ["+447700900777"]},
             aggregate=Aggregate.CUSTOMER),
        service=CUSTOMERS,
    )  # fmt: skip
    by_when, at = to_rfc3339(minutes(30)), to_rfc3339(NOON)
    promise: Json = {"id": "pr-1", "what": "ring back", "to": "Ann", "by_when": by_when, "at": at}
    desk.take(customer_id="cu-1", promises=[promise])
    for number, days in enumerate((1, 31)):
        started = to_rfc3339(Millis(NOON - days * DAY))
        desk.decide("contact.create", f"c-{number}", {"customer_id": "cu-1", "started": started})

    def offers(e164: str | None = None, digits: str = "", name: str = "") -> list[tuple[str, str]]:
        found = desk.read(lambda tx: tx.customers.matches(
            e164=e164, digits=digits, name=name, now=NOON, limit=5))  # fmt: skip
        return [(one.customer.id, one.why) for one in found]

    assert offers("+447700900118") == [("cu-1", "phone_exact")]
    assert offers(digits="0777") == [("cu-2", "phone_ending")]
    assert offers(digits="4477009") == [("cu-1", "phone_ending"), ("cu-2", "phone_ending")]
    assert offers(name="okaf") == [("cu-2", "name")]
    assert offers(digits="12", name="x") == []
    (match,) = desk.read(lambda tx: tx.customers.matches(
        e164="+447700900118", digits="", name="", now=NOON, limit=5))  # fmt: skip
    assert (len(match.open_tickets), match.calls_30_days) == (1, 1)
    assert match.last_promise is not None
    assert match.last_promise.what == "ring back"


def test_a_number_known_only_from_a_ticket_leads_to_its_customer(desk: StoreDesk) -> None:
    person = item("cu-1", 1, {"name": "Ann", "phones": []}, aggregate=Aggregate.CUSTOMER)
    desk.mirror(person, service=CUSTOMERS)
    desk.take(customer_id="cu-1", caller_e164="+447700900200")
    (match,) = desk.read(lambda tx: tx.customers.matches(
        e164="+447700900200", digits="", name="", now=NOON, limit=5))  # fmt: skip
    assert (match.customer.id, match.why) == ("cu-1", "phone_on_ticket")


def test_the_plan_that_covers_the_device_goes_before_the_others(desk: StoreDesk) -> None:
    desk.mirror(
        item("d-1", 1, {"customer_id": "cu-1", "category": "oven"}, aggregate=Aggregate.DEVICE),
        item("p-old", 2, {"customer_id": "cu-1", "starts": "2020-01-01", "ends": "2021-01-01",
                          "categories": ["oven"], "response_minutes": 60},
             aggregate=Aggregate.PLAN),
        item("p-now", 3, {"customer_id": "cu-1", "starts": "2020-01-01", "ends": "2099-01-01",
                          "categories": ["fridge"]}, aggregate=Aggregate.PLAN),
        service=CUSTOMERS,
    )  # fmt: skip
    for_oven = desk.read(lambda tx: tx.customers.plan("cu-1", "d-1", NOON))
    for_any = desk.read(lambda tx: tx.customers.plan("cu-1", None, NOON))
    assert for_oven is not None
    assert for_any is not None
    assert (for_oven.id, for_oven.covers_now) == ("p-old", False)
    assert (for_any.id, for_any.covers_now) == ("p-now", True)


def test_call_backs_are_listed_until_they_are_kept(desk: StoreDesk) -> None:
    promise: Json = {
        "id": "pr-1",
        "what": "send a part",
        "to": "Ann",
        "by_when": to_rfc3339(minutes(30)),
    }
    ticket, _op = desk.take(promises=[promise])
    dropped: Fields = {"number": "0118", "call_back_due": to_rfc3339(minutes(10))}
    desk.decide("contact.create", "c-1", dropped)
    due = desk.read(lambda tx: tx.tickets.call_backs(minutes(60), 9))
    assert [(one.kind, one.to, one.due) for one in due] == [
        ("dropped", "0118", minutes(10)),
        ("promise", "Ann", minutes(30)),
    ]
    assert len(desk.read(lambda tx: tx.tickets.call_backs(minutes(20), 9))) == 1
    assert [one.whose for one in due] == ["", ""]
    desk.decide("ticket.set", ticket, {"owner": "p-ben"})
    owned = desk.read(lambda tx: tx.tickets.call_backs(minutes(60), 9))
    assert [one.whose for one in owned] == ["", "p-ben"]
    kept = {"id": "k-1", "promise_id": "pr-1", "by": "p-ann", "at": to_rfc3339(NOON)}
    desk.decide("ticket.promise_kept", ticket, entry=kept)
    desk.decide("contact.set", "c-1", {"call_back_done": to_rfc3339(NOON)})
    assert desk.read(lambda tx: tx.tickets.call_backs(minutes(60), 9)) == []


def test_a_promise_without_a_time_stands_last_until_it_is_kept(desk: StoreDesk) -> None:
    """Given promises nobody gave a time for, then they follow what is due, the oldest first."""
    told: list[Json] = [
        {"id": "pr-2", "what": "find out why", "to": "Ben", "at": to_rfc3339(minutes(2))},
        {"id": "pr-1", "what": "ask the maker", "to": "Ann", "at": to_rfc3339(minutes(1))},
        {"id": "pr-3", "what": "ring", "to": "Cy", "by_when": to_rfc3339(minutes(30))},
        {"id": "pr-4", "what": "ring", "to": "Di", "by_when": to_rfc3339(minutes(90))},
    ]
    ticket, _op = desk.take(promises=told)
    found = desk.read(lambda tx: tx.tickets.call_backs(minutes(60), 9))
    assert [(one.id, one.due) for one in found] == [
        ("pr-3", minutes(30)), ("pr-1", None), ("pr-2", None),
    ]  # fmt: skip
    assert len(desk.read(lambda tx: tx.tickets.call_backs(minutes(60), 2))) == 2
    kept = {"id": "k-1", "promise_id": "pr-1", "by": "p-ann", "at": to_rfc3339(NOON)}
    desk.decide("ticket.promise_kept", ticket, entry=kept)
    left = desk.read(lambda tx: tx.tickets.call_backs(minutes(20), 9))
    assert [one.id for one in left] == ["pr-2"]


def test_promises_of_merged_tickets_stand_under_the_one_that_is_left(desk: StoreDesk) -> None:
    """Given merges one behind the other, by central and by this desk, kept and taken back."""
    desk.feed(
        *(
            item(f"t-{n}", n, ticket_fields(owner=f"p-{n}", reference=f"K7-000{n}", promises=[
                {"id": f"pr-{n}", "what": f"{n}", "to": "A", "by_when": to_rfc3339(minutes(n))},
            ]))
            for n in (1, 2, 3)
        ),
        redirect("t-2", "t-3", 4, Aggregate.TICKET),
    )  # fmt: skip
    merge = desk.decide("ticket.merge", "t-1", entry={"into": "t-2"})

    def due() -> list[tuple[str, str | None, str, str]]:
        found = desk.read(lambda tx: tx.tickets.call_backs(minutes(60), 9))
        return [(one.id, one.ticket_id, one.reference, one.whose) for one in found]

    def page() -> list[tuple[str, bool]]:
        found = desk.read(lambda tx: tx.tickets.detail("t-3", STALENESS))
        assert found is not None
        return [(one.id, one.kept_at is not None) for one in found.promises]

    assert due() == [(f"pr-{n}", "t-3", "K7-0003", "p-3") for n in (1, 2, 3)]
    assert page() == [("pr-3", False), ("pr-2", False), ("pr-1", False)]
    assert desk.read(lambda tx: tx.tickets.holder_of("pr-1", "t-3")) == "t-1"
    assert desk.read(lambda tx: tx.tickets.holder_of("pr-3", "t-3")) == "t-3"
    assert desk.read(lambda tx: tx.tickets.holder_of("pr-9", "t-3")) is None
    kept = {"id": "k-1", "promise_id": "pr-2", "by": "p-ann", "at": to_rfc3339(NOON)}
    desk.decide("ticket.promise_kept", "t-2", entry=kept)
    assert page() == [("pr-3", False), ("pr-2", True), ("pr-1", False)]
    desk.move(merge, OpEvent.WITHDRAWN)
    assert due() == [("pr-1", "t-1", "K7-0001", "p-1"), ("pr-3", "t-3", "K7-0003", "p-3")]
    desk.feed(redirect("t-3", "elsewhere", 5, Aggregate.TICKET))
    assert due()[1] == ("pr-3", "t-3", "K7-0003", "p-3")


def test_open_tickets_like_a_call_are_found_by_each_of_its_ways(desk: StoreDesk) -> None:
    first, _op = desk.take(caller_e164="+447700900118")
    second, _op = desk.take(customer_id="cu-1", device_id="d-1")
    desk.take(customer_id="cu-1", status="closed")
    found = desk.read(lambda tx: tx.tickets.open_like(
        e164="+447700900118", customer_id="cu-1", device_id="d-1", limit=9))  # fmt: skip
    assert [row.id for row, _fields in found] == [second, first]
    assert found[0][1]["device_id"] == "d-1"


def test_a_customers_page_says_who_is_part_of_them(desk: StoreDesk) -> None:
    """By a merge of this desk's, by central's redirect, and not once it was taken back."""
    names = {"cu-1": "Ann Miller", "cu-2": "A. Miller"}
    rows = [
        item(id_, n, {"name": name}, aggregate=Aggregate.CUSTOMER)
        for n, (id_, name) in enumerate(names.items(), 1)
    ]
    desk.mirror(*rows, service=CUSTOMERS)

    def merged() -> tuple[tuple[str, str], ...]:
        page = desk.read(lambda tx: tx.customers.page("cu-1", NOON))
        assert page is not None
        return page.merged_here

    assert merged() == ()
    op_id = desk.decide("customer.merge", "cu-2", entry={"into": "cu-1"})
    assert merged() == (("cu-2", "A. Miller"),)
    desk.move(op_id, OpEvent.WITHDRAWN)
    assert merged() == ()


def test_nothing_that_is_shown_or_polled_reads_a_whole_table(desk: StoreDesk) -> None:
    """Fifty thousand tickets, and an outbox that keeps what is finished for a month and more.

    An index that only has what a view shows, or what is unfinished, may be gone through.
    """
    desk.mirror(
        item("cu-1", 1, {"name": "Ann Miller"}, aggregate=Aggregate.CUSTOMER), service=CUSTOMERS
    )
    desk.mirror(item("t-1", 1, ticket_fields(customer_id="cu-1")))
    desk.decide("ticket.merge", "t-2", entry={"into": "t-1"})

    def plans(tx: object) -> list[tuple[str, str]]:
        assert isinstance(tx, UnitOfWork)
        connection, said = tx.sql._connection, set[str]()
        connection.set_trace_callback(said.add)
        tx.tickets.detail("t-1", STALENESS)
        tx.tickets.counts("p-ann", NOON)
        tx.tickets.queue(QueueFilter(QueueView.PAYMENTS), None, 10, NOON)
        tx.tickets.call_backs(Millis(NOON + DAY), 10)
        tx.customers.page("cu-1", NOON)
        tx.payments.span(NOON, Millis(NOON + DAY))
        tx.outbox.rows()
        tx.outbox.counts()
        tx.outbox.standing(Service.TICKETS)
        tx.outbox.sendable(Service.TICKETS, NOON, 10)
        tx.outbox.acked(Service.TICKETS)
        tx.outbox.unproven(Service.TICKETS, Position(1, 9))
        tx.outbox.ahead(Service.TICKETS, Position(1, 9))
        carried.promised(tx.sql)
        connection.set_trace_callback(None)
        asked = [one for one in said if not one.startswith("--")]  # those are the search's own
        assert len(asked) > 25
        return [
            (str(row[3]), one)
            for one in asked
            for row in connection.execute(f"EXPLAIN QUERY PLAN {one}").fetchall()
        ]

    read_whole = re.compile(
        r"SCAN (outbox|o)\b(?!.* outbox_open$)|SCAN redirect\b|SCAN ([pt]|\w+_\d)$"
    )
    assert [one for one in desk.read(plans) if read_whole.match(one[0])] == []


def test_what_a_seed_brought_is_old_until_central_has_said_a_word(desk: StoreDesk) -> None:
    desk.mirror(item("t-1", 1, ticket_fields()))
    for service in Service:
        if service is not TICKETS:
            desk.mirror(service=service)

    def stale() -> set[bool]:
        opened = desk.read(lambda tx: tx.tickets.detail("t-1", STALENESS))
        assert opened is not None
        return {age.stale for age in opened.as_of.values()}

    assert stale() == {False}
    for service in Service:
        desk.write(lambda tx, one=service: tx.mirror.not_met(one))  # type: ignore[misc]  # a lambda with a default
    assert stale() == {True}


def test_a_ticket_that_never_left_is_of_no_time_at_all(desk: StoreDesk) -> None:
    """No central has said it: neither "now" nor old; what others say of its payment is."""
    ticket, _op = desk.take("Only here")
    opened = desk.read(lambda tx: tx.tickets.detail(ticket, STALENESS))
    assert opened is not None
    own, payment = opened.as_of[Group.FAULT], opened.as_of[Group.PAYMENT]
    assert (own.at, own.stale) == (None, False)
    assert payment.stale


def test_drafts_come_back_as_they_were(desk: StoreDesk) -> None:
    call = Call("d-1", NOON, phone="0118", fault="It l", claim=Claim(1_250, "GBP", "R1"),
                refused_matches=("cu-1",), promise_by=minutes(5))  # fmt: skip
    desk.write(lambda tx: tx.keep_draft(Draft(call, "p-ann", NOON)))
    desk.write(lambda tx: tx.keep_draft(Draft(call, "p-ann", minutes(1))))
    assert desk.reopened().read(lambda tx: tx.drafts()) == [Draft(call, "p-ann", minutes(1))]
    desk.write(lambda tx: tx.drop_draft("d-1"))
    assert desk.read(lambda tx: tx.drafts()) == []


def test_a_configuration_is_kept_as_it_came_with_people_and_retention(desk: StoreDesk) -> None:
    document = (
        b'{"payload": "{\\"people\\": [{\\"id\\": \\"p-1\\", \\"name\\": \\"Eve\\", \\"roles\\": '
        b'[\\"agent\\"]}], \\"retention\\": [{\\"table\\": \\"ticket\\", \\"days\\": 400}]}", '
        b'"signature": "x"}'
    )
    desk.write(lambda tx: tx.desk.keep_configuration(document))
    assert desk.read(lambda tx: tx.desk.configuration_document()) == document
    sql = desk.store._connections["writer"]
    assert sql.execute("SELECT id, name, roles FROM person").fetchall() == [
        ("p-1", "Eve", '["agent"]')
    ]
    kept = sql.execute("SELECT * FROM retention").fetchall()
    assert kept == [("draft", 30, "all"), ("ticket", 400, "all")]


def test_a_customers_page_has_their_open_tickets_and_those_their_calls_were_about(
    desk: StoreDesk,
) -> None:
    desk.mirror(
        item("cu-1", 1, {"name": "Ann Miller", "phones": ["+447700900118"]},
             aggregate=Aggregate.CUSTOMER),
        service=CUSTOMERS,
    )  # fmt: skip
    desk.mirror(
        item("t-open", 1, ticket_fields(customer_id="cu-1", status="ready")),
        item("t-done", 2, ticket_fields(customer_id="cu-1", status="closed")),
        item("t-other", 3, ticket_fields(customer_id="cu-2", status="ready")),
    )
    for number, (days, ticket_id) in enumerate(((1, "t-done"), (40, "t-open"), (50, ""))):
        started = to_rfc3339(Millis(NOON - days * DAY))
        fields: Fields = {
            "customer_id": "cu-1", "started": started, "outcome": "new_ticket",
            "tickets": [ticket_id] if ticket_id else [],
        }  # fmt: skip
        desk.decide("contact.create", f"c-{number}", fields)
    page = desk.read(lambda tx: tx.customers.page("cu-1", NOON))
    assert page is not None
    assert [row.id for row in page.tickets] == ["t-open", "t-done"]
    assert [call.ticket_id for call in page.calls] == ["t-done", "t-open", ""]
    assert page.calls[0].started == NOON - DAY
    assert page.calls_30_days == 1
    assert desk.read(lambda tx: tx.customers.page("cu-9", NOON)) is None


def claimed(claim_id: str, **more: Json) -> Fields:
    """A ticket whose coverage rests on a claim."""
    return ticket_fields(claims=[{"id": claim_id}], coverage="claimed", **more)


def worked_on(desk: StoreDesk) -> dict[str, list[str]]:
    """Tickets with claims nobody has verified, most urgent first, each with its parts.

    The queue of payments has the same ones, and the rail counts them.
    """
    found = desk.read(lambda tx: tx.payments.unverified())
    queue = desk.queue(QueueView.PAYMENTS)
    counts = desk.read(lambda tx: tx.tickets.counts("p-ann", NOON))
    assert [row.id for row in queue.rows] == [one.id for one in found]
    assert queue.total == counts.by_view[QueueView.PAYMENTS] == len(found)
    assert desk.healthy()
    return {one.id: [part.id for part in one.parts] for one in found}


def test_a_merged_tickets_claim_goes_on_under_the_one_that_is_left(desk: StoreDesk) -> None:
    """Given merges of this desk's and of central's, one behind the other, and back."""
    desk.feed(
        item("t-1", 1, claimed("c-1")),
        item("t-2", 2, ticket_fields(due=to_rfc3339(minutes(1)))),
        item("t-3", 3, claimed("c-3", due=to_rfc3339(minutes(2)))),
    )
    assert worked_on(desk) == {"t-3": [], "t-1": []}
    desk.decide("ticket.merge", "t-1", entry={"into": "t-2"})
    assert list(worked_on(desk).items()) == [("t-2", ["t-1"]), ("t-3", [])]
    desk.decide("ticket.unmerge", "t-1", {"merged_into": None})
    assert worked_on(desk) == {"t-3": [], "t-1": []}
    desk.feed(redirect("t-2", "t-3", 4, Aggregate.TICKET))
    desk.decide("ticket.merge", "t-1", entry={"into": "t-2"})
    assert worked_on(desk) == {"t-3": ["t-1"]}
    desk.feed(redirect("t-2", None, 5, Aggregate.TICKET))
    assert worked_on(desk) == {"t-2": ["t-1"], "t-3": []}


def test_a_ticket_whose_readers_arrive_nowhere_opens_by_itself(desk: StoreDesk) -> None:
    """The queue of payments lists it, so it can be worked on."""
    desk.feed(item("t-1", 1, claimed("c-1")), redirect("t-1", "t-9", 2, Aggregate.TICKET))
    desk.feed(replace(item("t-1", 3, claimed("c-1", merged_into="t-9")), rev=2))
    assert worked_on(desk) == {"t-1": []}
    opened = desk.read(lambda tx: tx.tickets.detail("t-1", STALENESS))
    assert opened is not None
    assert opened.row.id == "t-1"


def test_a_row_put_right_stands_for_itself_where_central_no_longer_merges_it(
    desk: StoreDesk,
) -> None:
    """Given a history that had the merge, and the one that goes on with the same row without it."""
    same = item("t-1", 1, ticket_fields(owner="p-ann"))
    desk.feed(same, item("t-2", 2, ticket_fields()), redirect("t-1", "t-2", 3, Aggregate.TICKET))

    def mine() -> tuple[list[str], int]:
        page = desk.queue(QueueView.MINE, owner="p-ann")
        return [row.id for row in page.rows], page.total

    assert mine() == ([], 0)
    desk.write(lambda tx: tx.mirror.put_right(TICKETS, ["t-1"], [same]))
    assert mine() == (["t-1"], 1)
    assert desk.healthy()


def test_pages_of_payments_go_on_where_a_merge_brought_some(desk: StoreDesk) -> None:
    """In the order of all of them, each once, by keyset."""
    parts = [item(f"p-{n}", n, claimed(f"c-{n}")) for n in range(1, 6)]
    left = [
        item(f"l-{n}", 10 + n, ticket_fields(due=to_rfc3339(minutes(2 * n)))) for n in range(1, 6)
    ]
    own = [
        item(f"o-{n}", 20 + n, claimed(f"d-{n}", due=to_rfc3339(minutes(2 * n + 1))))
        for n in range(1, 6)
    ]
    desk.feed(*parts, *left, *own)
    for n in range(1, 6):
        desk.decide("ticket.merge", f"p-{n}", entry={"into": f"l-{n}"})
    seen: list[str] = []
    after: QueueKey | None = None
    while not seen or after is not None:
        page = desk.page(QueueFilter(QueueView.PAYMENTS), after, 3)
        seen += [row.id for row in page.rows]
        assert page.total == 10
        after = page.next_key
    assert seen == [one for n in range(1, 6) for one in (f"l-{n}", f"o-{n}")]


def test_a_merge_that_a_snapshot_lacks_gives_its_claim_back(desk: StoreDesk) -> None:
    rows = item("t-1", 1, claimed("c-1")), item("t-2", 2, ticket_fields())
    desk.feed(*rows, redirect("t-1", "t-2", 3, Aggregate.TICKET))
    assert worked_on(desk) == {"t-2": ["t-1"]}
    desk.snapshot(*rows, start="start-2")
    desk.feed(n=4)
    assert worked_on(desk) == {"t-2": ["t-1"]}
    desk.swap()
    assert worked_on(desk) == {"t-1": []}


MERGES = ("merge", "unmerge", "redirect", "direct back", "take back", "close", "snapshot")


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(MERGES), st.integers(1, 4), st.integers(1, 4)), max_size=12
    )
)
def test_however_merges_come_and_go_every_claim_is_counted_where_it_is_worked_on(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, int]]
) -> None:
    """Given merges of this desk's and of central's, undone, withdrawn and not in a snapshot."""
    desk = StoreDesk.made(tmp_path_factory.mktemp("desk"))
    rows = [item(f"t-{n}", n, claimed(f"c-{n}") if n % 2 else ticket_fields()) for n in range(1, 5)]
    desk.feed(*rows)
    made: list[str] = []
    try:
        for at, (step, which, other) in enumerate(steps, 100):
            one, into = f"t-{which}", f"t-{other}"
            match step:
                case "merge":
                    made.append(desk.decide("ticket.merge", one, entry={"into": into}))
                case "unmerge":
                    desk.decide("ticket.unmerge", one, {"merged_into": None})
                case "redirect":
                    desk.feed(redirect(one, into, at, Aggregate.TICKET))
                case "direct back":
                    desk.feed(redirect(one, None, at, Aggregate.TICKET))
                case "take back" if made:
                    desk.move(made.pop(), OpEvent.WITHDRAWN)
                case "close":
                    desk.decide("ticket.set", one, {"status": "closed"})
                case "snapshot":
                    desk.snapshot(*rows, start=f"start-{at}")
                    desk.feed(n=at)
                    desk.swap()
            worked_on(desk)
    finally:
        desk.store.close_now()


def test_a_ticket_with_a_claim_and_without_a_time_is_due_at_none(desk: StoreDesk) -> None:
    desk.feed(item("t-1", 1, claimed("c-1", due=None)))
    (found,) = desk.read(lambda tx: tx.payments.unverified())
    assert found.due is None


def test_a_claim_stays_where_a_merge_leads_nowhere(desk: StoreDesk) -> None:
    """Given a ticket that is not here, a circle, and one that is done with as any closed one is."""
    desk.feed(*(item(f"t-{n}", n, claimed(f"c-{n}")) for n in (1, 2, 3)))
    desk.feed(item("t-4", 4, claimed("c-4", status="closed")), item("t-5", 5, ticket_fields()))
    desk.feed(redirect("t-1", "elsewhere", 6, Aggregate.TICKET))
    desk.feed(redirect("t-2", "t-3", 7, Aggregate.TICKET))
    desk.feed(redirect("t-3", "t-2", 8, Aggregate.TICKET))
    desk.feed(redirect("t-4", "t-5", 9, Aggregate.TICKET))
    assert worked_on(desk) == {"t-1": [], "t-2": [], "t-3": []}
    desk.feed(redirect("t-4", None, 10, Aggregate.TICKET))
    desk.feed(redirect("t-1", "t-4", 11, Aggregate.TICKET))
    assert worked_on(desk) == {"t-2": [], "t-3": []}
