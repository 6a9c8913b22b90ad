"""The mirror: larger revs win, generations swap in one step, absence deletes only then."""

from __future__ import annotations

from dataclasses import dataclass, replace
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.central_services import Aggregate
from app.domain.errors import StoreDamaged, StoreFault
from app.domain.feed import FeedItem, FeedPage, Position, Rate
from app.domain.lifecycle import OVERLAID, OpEvent, OpState, RowState
from app.domain.operations import Json
from app.domain.views import QueueView
from app.ports.store import WriteTx
from local_store import mirror, records
from local_store.erasure import with_traces
from local_store.sql import Sql
from local_store.unit_of_work import UnitOfWork
from tests.support.store_desk import (
    CUSTOMERS,
    TICKETS,
    StoreDesk,
    item,
    redirect,
    ticket_fields,
    tombstone,
)
from tests.support.virtual_time import NOON


def sql(desk: StoreDesk) -> Sql:
    return Sql.reading(desk.store._writer())


def test_the_larger_rev_wins_and_the_rest_is_ignored(desk: StoreDesk) -> None:
    desk.mirror(item("t-1", 1, ticket_fields(fault="First"), rev=3))
    desk.feed(item("t-1", 1_001, ticket_fields(fault="Late"), rev=2))
    assert desk.fields("t-1")["fault"] == "First"
    desk.feed(item("t-1", 1_002, ticket_fields(fault="Newer"), rev=4))
    assert desk.fields("t-1")["fault"] == "Newer"


def test_a_new_term_wins_over_a_larger_rev_of_the_old_one(desk: StoreDesk) -> None:
    desk.mirror(item("t-1", 1, ticket_fields(fault="Lost history"), rev=9))
    desk.feed(item("t-1", 500, ticket_fields(fault="After the restore"), rev=2, term=2), term=2)
    assert desk.fields("t-1")["fault"] == "After the restore"


def test_rows_and_cursor_are_kept_together_or_not_at_all(desk: StoreDesk) -> None:
    desk.feed(item("t-1", 5, ticket_fields()))
    page = FeedPage(
        (item("t-2", 6, ticket_fields()),), "cursor-6", Position(1, 6), "term",
        up_to_date=True, source_as_of=NOON, rate=Rate(1.0, 1.0),
    )  # fmt: skip

    def broken(tx: WriteTx) -> None:
        tx.mirror.apply_page(TICKETS, page, NOON)
        raise RuntimeError("after the page")

    with pytest.raises(RuntimeError):
        desk.write(broken)
    state = desk.read(lambda tx: tx.feed_state(TICKETS))
    assert (state.cursor, state.mirrored_rows) == ("cursor-5", 1)
    assert [row.id for row in desk.queue(QueueView.ALL).rows] == ["t-1"]


def test_unknown_fields_and_types_pass_through_without_an_error(desk: StoreDesk) -> None:
    unknown = replace(item("x-1", 7, {"a": 1}), type="spaceship")
    desk.feed(unknown, item("t-1", 8, ticket_fields(colour={"of": ["tomorrow"]})))
    assert desk.fields("t-1")["colour"] == {"of": ["tomorrow"]}
    op_id = desk.decide("ticket.set", "t-1", {"priority": "high"})
    assert desk.fields("t-1")["colour"] == {"of": ["tomorrow"]}
    assert desk.state(op_id) is OpState.PENDING


def test_queues_show_a_first_mirror_while_it_runs(desk: StoreDesk) -> None:
    mine, _op = desk.take("Taken before")
    desk.snapshot(item("t-9", 9, ticket_fields(fault="Newest")), after="t-9", total=2)
    assert {row.id for row in desk.queue().rows} == {mine, "t-9"}
    assert desk.found("newest") == ["t-9"]
    state = desk.read(lambda tx: tx.feed_state(TICKETS))
    assert (state.snapshot_running, state.snapshot_after, state.mirrored_rows) == (True, "t-9", 1)
    desk.reopened()
    desk.snapshot(item("t-1", 1, ticket_fields(fault="Oldest")), total=2)
    desk.feed(n=1_000)
    desk.swap()
    assert [row.id for row in desk.queue(QueueView.ALL).rows] == [mine, "t-9", "t-1"]
    assert desk.healthy()


def test_a_second_snapshot_shows_nothing_until_the_swap_and_then_all(desk: StoreDesk) -> None:
    desk.mirror(item("t-1", 1, ticket_fields(fault="Stays")), item("t-2", 2, ticket_fields()))
    own, op_id = desk.take("Mine")
    desk.snapshot(item("t-1", 1, ticket_fields(fault="Stays"), rev=2), start="start-2",
                  after="t-1", total=2)  # fmt: skip
    late, _late = desk.take("Taken meanwhile")
    desk.snapshot(item("t-3", 3, ticket_fields(fault="Brand new")), start="start-2", total=2)
    desk.feed(item("t-4", 1_001, ticket_fields(fault="By the feed")))
    assert {row.id for row in desk.queue().rows} == {"t-1", "t-2", own, late}
    assert desk.found("brand new") == []
    desk.swap()
    assert {row.id for row in desk.queue().rows} == {"t-1", "t-3", "t-4", own, late}
    assert desk.found("brand new") == ["t-3"]
    assert desk.read(lambda tx: tx.feed_state(TICKETS)).mirrored_rows == 3
    assert desk.state(op_id) is OpState.PENDING
    assert desk.healthy()


def test_an_old_generation_is_emptied_in_batches(desk: StoreDesk) -> None:
    rows = [item(f"t-{n}", n, ticket_fields()) for n in range(1, 8)]
    desk.mirror(*rows)
    desk.snapshot(*rows[:2], start="start-2")
    desk.feed(n=1_000)
    desk.swap()
    gone = [desk.write(lambda tx: tx.mirror.empty_old_generation(TICKETS, 3)) for _ in range(4)]
    assert gone == [3, 3, 1, 0]
    assert len(desk.queue(QueueView.ALL).rows) == 2
    left = sql(desk).at(TICKETS, 0).value("SELECT count(*) FROM $ticket")
    assert (left, sql(desk).slot(TICKETS)) == (0, 1)
    assert desk.healthy()


def test_a_snapshot_begun_anew_holds_nothing_of_the_one_before(desk: StoreDesk) -> None:
    desk.mirror(item("t-1", 1, ticket_fields()))
    desk.snapshot(item("t-2", 2, ticket_fields()), start="start-2", after="t-2", total=9)
    desk.snapshot(item("t-3", 3, ticket_fields()), start="start-3")
    desk.feed(n=1_000)
    desk.swap()
    assert {row.id for row in desk.queue(QueueView.ALL).rows} == {"t-3"}


def test_rows_of_unknown_types_alone_are_a_generation_too(desk: StoreDesk) -> None:
    """Given a desk that can read nothing of what central has, absence deletes with the swap."""
    unknown = [replace(item(f"x-{n}", n, {"a": n}), type="spaceship") for n in (1, 2)]
    desk.mirror(*unknown)
    desk.write(lambda tx: tx.mirror.clear_generation(TICKETS, 10))
    desk.snapshot(unknown[0], start="start-2")
    assert kept_unread(desk) == ["x-1", "x-2"]
    desk.feed(n=1_001)
    desk.swap()
    assert kept_unread(desk) == ["x-1"]


def test_what_was_kept_unread_is_shown_also_while_a_generation_is_built(desk: StoreDesk) -> None:
    """Given a program that learns a type in the middle of a snapshot, nothing waits for its end."""
    with patch.object(mirror, "_KNOWN", mirror._KNOWN - {Aggregate.CONTACT.value}):
        desk.mirror(contact("c-1", 1), contact("c-2", 2))
        desk.write(lambda tx: tx.mirror.clear_generation(TICKETS, 10))
        desk.snapshot(contact("c-2", 2), start="start-2", after="c-2", total=9)
    assert desk.write(lambda tx: tx.mirror.read_kept(TICKETS, 10)) == 3
    assert desk.write(lambda tx: tx.mirror.read_kept(TICKETS, 10)) == 0
    shown = [desk.fields(one, Aggregate.CONTACT)["outcome"] for one in ("c-1", "c-2")]
    state = desk.read(lambda tx: tx.feed_state(TICKETS))
    assert (shown, state.mirrored_rows) == (["advised", "advised"], 2)
    desk.snapshot(start="start-2")
    desk.feed(n=1_001)
    desk.swap()
    state = desk.read(lambda tx: tx.feed_state(TICKETS))
    shown = [desk.fields(one, Aggregate.CONTACT).get("outcome") for one in ("c-1", "c-2")]
    assert (shown, state.mirrored_rows) == ([None, "advised"], 1)


def test_what_is_erased_is_kept_nowhere_although_nobody_here_could_read_it(
    desk: StoreDesk,
) -> None:
    """Given a generation that is only being built, nothing of it waits in the one that is read."""
    with patch.object(mirror, "_KNOWN", mirror._KNOWN - {Aggregate.CONTACT.value}):
        desk.mirror(contact("c-1", 1), contact("c-2", 2))
        desk.write(lambda tx: tx.mirror.clear_generation(TICKETS, 10))
        desk.snapshot(contact("c-1", 1), contact("c-2", 2), start="start-2")
        gone = replace(tombstone("c-1", 1_001, reason="erased"), type=Aggregate.CONTACT.value)
        desk.feed(gone)
    rows = sql(desk).all("SELECT id, slot FROM unread_row ORDER BY slot")
    assert rows == [("c-2", 0), ("c-2", 1)]
    assert desk.read(lambda _tx: with_traces(sql(desk))) == ["c-1"]


def test_what_is_gone_of_what_nobody_here_reads_is_asked_for_after_a_loss(
    desk: StoreDesk,
) -> None:
    """Given its tombstone in a lost history: it may stand yet; and that it is gone is learnt."""
    gone = [replace(tombstone(id_, n), type=Aggregate.CONTACT.value)
            for id_, n in (("c-1", 1_001), ("c-2", 1_002))]  # fmt: skip
    with patch.object(mirror, "_KNOWN", mirror._KNOWN - {Aggregate.CONTACT.value}):
        desk.mirror(contact("c-1", 1), contact("c-2", 2), contact("c-3", 3))
        before = desk.read(lambda tx: tx.parity.digests(TICKETS))
        desk.feed(*gone, contact("c-2", 2))
        lost = desk.read(lambda tx: tx.parity.beyond(TICKETS, (1, 1_000), ""))
        assert lost == ["c-1", "c-2"]
        assert desk.read(lambda tx: tx.parity.digests(TICKETS)) != before
        desk.write(lambda tx: tx.mirror.put_right(TICKETS, ["c-1"], [contact("c-1", 1)]))
    assert desk.write(lambda tx: tx.mirror.read_kept(TICKETS, 10)) == 3
    shown = [desk.fields(one, Aggregate.CONTACT).get("outcome") for one in ("c-1", "c-2", "c-3")]
    assert shown == ["advised", None, "advised"]
    assert sql(desk).all("SELECT id, reason FROM removed") == [("c-2", "deleted")]


def test_merges_of_records_that_are_kept_unread_are_known_once_they_are_read(
    desk: StoreDesk,
) -> None:
    """Given merges of a type the program does not know, they go with a history that is lost."""
    people = [item(f"c-{n}", n, {"name": f"Ann {n}"}, aggregate=Aggregate.CUSTOMER)
              for n in (1, 2, 3)]  # fmt: skip
    with patch.object(mirror, "_KNOWN", mirror._KNOWN - {Aggregate.CUSTOMER.value}):
        desk.mirror(*people, service=CUSTOMERS)
        desk.feed(redirect("c-1", "c-2", 1_001, Aggregate.CUSTOMER),
                  redirect("c-3", "c-2", 1_002, Aggregate.CUSTOMER), service=CUSTOMERS)  # fmt: skip
        lost = desk.read(lambda tx: tx.parity.beyond(CUSTOMERS, (1, 1_000), ""))
        assert lost == ["c-1", "c-3"]
        desk.write(lambda tx: tx.mirror.put_right(CUSTOMERS, ["c-3"], people[2:]))
    desk.write(lambda tx: tx.mirror.read_kept(CUSTOMERS, 10))
    cards = [desk.read(lambda tx, one=id_: tx.customers.card(one)) for id_ in ("c-1", "c-3")]  # type: ignore[misc]  # bound
    assert [one.id for one in cards if one is not None] == ["c-2", "c-3"]


def test_a_merge_that_a_snapshot_does_not_name_is_gone_with_its_swap(desk: StoreDesk) -> None:
    """Given a history without it, missed by a snapshot only, each record is itself again.

    What the snapshot names stays, whether in one of its pages or in the feed behind it, and so do
    merges of other services; until the swap readers go on as before.
    """
    tickets = [item(f"t-{n}", n, ticket_fields(reference=f"K7-000{n}-M")) for n in range(1, 7)]
    people = [item(f"c-{n}", n, {"name": f"Ann {n}"}, aggregate=Aggregate.CUSTOMER)
              for n in (1, 2)]  # fmt: skip
    desk.mirror(*people, service=CUSTOMERS)
    desk.feed(redirect("c-1", "c-2", 1_001, Aggregate.CUSTOMER), service=CUSTOMERS)
    desk.mirror(*tickets)
    merges = [redirect(f"t-{n}", "t-5", 1_000 + n, Aggregate.TICKET) for n in (1, 2, 3)]
    desk.feed(*merges)
    assert len(desk.queue().rows) == 3
    desk.snapshot(*tickets[:3], merges[1], after="t-3", start="start-2")
    desk.snapshot(*tickets[3:], start="start-2")
    desk.feed(replace(merges[2], position=Position(1, 1_010)))
    assert desk.read(lambda tx: tx.tickets.id_of("K7-0001-M")) == "t-5"
    desk.swap()
    read = [desk.read(lambda tx, n=n: tx.tickets.id_of(f"K7-000{n}-M")) for n in (1, 2, 3)]  # type: ignore[misc]  # bound
    assert read == ["t-1", "t-5", "t-5"]
    assert {row.id for row in desk.queue().rows} == {"t-1", "t-4", "t-5", "t-6"}
    assert "merged_into" not in desk.fields("t-1")
    card = desk.read(lambda tx: tx.customers.card("c-1"))
    assert card is not None
    assert card.id == "c-2"
    assert desk.healthy()


def test_a_snapshot_that_is_given_up_takes_no_merge_away(desk: StoreDesk) -> None:
    """The next one asks anew which merges there are."""
    tickets = [item(f"t-{n}", n, ticket_fields(reference=f"K7-000{n}-M")) for n in (1, 2, 3)]
    desk.mirror(*tickets)
    merges = [redirect(f"t-{n}", "t-3", 1_000 + n, Aggregate.TICKET) for n in (1, 2)]
    desk.feed(*merges)
    desk.snapshot(tickets[0], merges[0], after="t-1", start="start-2")
    desk.write(lambda tx: tx.mirror.clear_generation(TICKETS, 10))
    desk.snapshot(*tickets, merges[1], start="start-3")
    desk.feed(n=1_000)
    desk.swap()
    read = [desk.read(lambda tx, n=n: tx.tickets.id_of(f"K7-000{n}-M")) for n in (1, 2)]  # type: ignore[misc]  # bound
    assert read == ["t-1", "t-3"]
    assert desk.healthy()


def test_a_circle_of_merges_is_no_incident_any_more_once_a_snapshot_lacks_it(
    desk: StoreDesk,
) -> None:
    tickets = [item(f"t-{n}", n, ticket_fields()) for n in (1, 2)]
    desk.mirror(*tickets)
    desk.feed(redirect("t-1", "t-2", 1_001, Aggregate.TICKET))
    desk.feed(redirect("t-2", "t-1", 1_002, Aggregate.TICKET))
    assert len(desk.read(lambda tx: tx.incidents.open())) == 1
    desk.snapshot(*tickets, start="start-2")
    desk.feed(n=1_000)
    desk.swap()
    assert list(desk.read(lambda tx: tx.incidents.open())) == []
    assert {row.id for row in desk.queue().rows} == {"t-1", "t-2"}


def test_what_a_newer_central_did_to_a_row_is_kept_beside_what_it_said_before(
    desk: StoreDesk,
) -> None:
    """Given an op nobody here knows, the row stays as it was until newer words of it come."""
    desk.mirror(item("t-1", 1, ticket_fields(place="Bath"), rev=2),
                item("t-2", 2, ticket_fields(), rev=2))  # fmt: skip
    newer = [replace(item(id_, n, {"shelf": "B"}, rev=3), type="archive:ticket")
             for id_, n in (("t-1", 1_001), ("t-2", 1_002))]  # fmt: skip
    desk.feed(*newer)
    kept = "SELECT id, type, fields FROM unread_row ORDER BY id"
    assert sql(desk).all(kept) == [
        ("t-1", "archive:ticket", '{"shelf":"B"}'), ("t-2", "archive:ticket", '{"shelf":"B"}')
    ]  # fmt: skip
    assert desk.fields("t-1")["place"] == "Bath"
    assert desk.read(lambda tx: tx.parity.excused(["t-1", "t-2", "t-3"])) == {"t-1", "t-2"}
    desk.write(lambda tx: tx.mirror.read_kept(TICKETS, 10))
    desk.feed(item("t-1", 1_000, ticket_fields(place="late"), rev=2))
    assert len(sql(desk).all(kept)) == 2
    desk.feed(item("t-1", 1_003, ticket_fields(place="Wells"), rev=4),
              tombstone("t-2", 1_004, rev=4))  # fmt: skip
    assert sql(desk).all(kept) == []
    assert desk.fields("t-1")["place"] == "Wells"
    assert desk.healthy()


def contact(id_: str, n: int) -> FeedItem:
    return item(id_, n, {"outcome": "advised"}, aggregate=Aggregate.CONTACT)


def kept_unread(desk: StoreDesk) -> list[str]:
    """Ids of what readers will find once their program has learnt its type."""
    slot = sql(desk).slot(TICKETS)
    rows = sql(desk).all("SELECT id FROM unread_row WHERE slot = ? ORDER BY id", slot)
    return [id_ for (id_,) in rows]


def test_operations_passed_while_building_are_in_question_at_the_swap(desk: StoreDesk) -> None:
    desk.mirror(item("t-1", 1, ticket_fields()))
    op_id = desk.decide("ticket.set", "t-1", {"priority": "high"})
    desk.ack(op_id, 1_005)
    desk.snapshot(item("t-1", 1_005, ticket_fields(priority="high"), rev=2), start="start-2")
    desk.feed(n=1_006)
    assert (desk.state(op_id), desk.fields("t-1")["priority"]) == (OpState.ACKED, "high")
    desk.swap()
    assert (desk.state(op_id), desk.fields("t-1")["priority"]) == (OpState.ACKED, "high")
    (found,) = desk.read(lambda tx: tx.outbox.unproven(TICKETS, Position(1, 1_006)))
    assert found.op_id == op_id


def test_a_tombstone_takes_the_row_and_a_late_row_does_not_rise_again(desk: StoreDesk) -> None:
    desk.mirror(item("t-1", 1, ticket_fields(fault="Goes away")))
    desk.feed(tombstone("t-1", 1_001, rev=5))
    desk.feed(item("t-1", 1_002, ticket_fields(fault="Late"), rev=4))
    assert desk.queue(QueueView.ALL).rows == ()
    assert desk.found("goes away") == []
    assert desk.read(lambda tx: tx.tickets.why_gone("t-1")) == "deleted"
    assert desk.read(lambda tx: tx.feed_state(TICKETS)).mirrored_rows == 0
    assert desk.healthy()


def test_words_of_this_desk_outlive_a_tombstone(desk: StoreDesk) -> None:
    desk.mirror(item("t-1", 1, ticket_fields()))
    desk.note("t-1", "Still to be sent")
    desk.feed(tombstone("t-1", 1_001, rev=5))
    assert desk.found("still to be sent") == ["t-1"]


def written(desk: StoreDesk, *items: FeedItem) -> list[str]:
    """How a page wrote the rows of tickets."""
    statements: list[str] = []
    raw = desk.store._writer()
    raw.set_trace_callback(statements.append)
    desk.feed(*items)
    raw.set_trace_callback(None)
    found = (one.split(" SET ")[0].split(" VALUES ")[0] for one in statements)
    return [one for one in found if one.endswith("ticket_0") and not one.startswith("DELETE")]


def test_a_page_writes_a_row_once_although_it_settles_its_operation(desk: StoreDesk) -> None:
    ticket, create = desk.take()
    desk.ack(create, 7)
    news = item(ticket, 7, ticket_fields(fault="Central's words"), origin=[create])
    assert written(desk, news) == ["INSERT OR REPLACE INTO ticket_0"]
    row = desk.read(lambda tx: tx.tickets.row(ticket))
    assert row is not None
    assert (row.fault, row.state) == ("Central's words", RowState.SENT)
    assert desk.read(lambda tx: tx.outbox.counts()).waiting == 0


def test_a_settled_operation_gives_way_also_where_the_page_brings_no_newer_row(
    desk: StoreDesk,
) -> None:
    ticket, create = desk.take()
    desk.feed(item(ticket, 7, ticket_fields(fault="Newer words"), rev=3))
    desk.ack(create, 7)
    assert desk.read(lambda tx: tx.tickets.row(ticket)).fault == "It leaks"  # type: ignore[union-attr]  # taken
    desk.feed(item(ticket, 6, ticket_fields(fault="Older words"), rev=2, origin=[create]))
    assert desk.read(lambda tx: tx.tickets.row(ticket)).fault == "Newer words"  # type: ignore[union-attr]  # taken


def test_a_row_that_is_found_as_before_leaves_its_indexes_alone(desk: StoreDesk) -> None:
    desk.feed(item("t-1", 5, ticket_fields(fault="It leaks")))
    assert written(desk, item("t-1", 6, ticket_fields(fault="It leaks"), rev=2)) == [
        "UPDATE ticket_0"
    ]
    assert written(desk, item("t-1", 7, ticket_fields(fault="It drips"), rev=3)) == [
        "INSERT OR REPLACE INTO ticket_0"
    ]
    assert desk.found("drips") == ["t-1"]
    assert sql(desk).value("SELECT rev FROM $ticket WHERE id = 't-1'") == 3


def test_redirects_are_followed_and_a_cycle_ends(desk: StoreDesk) -> None:
    people = [item(f"c-{n}", n, {"name": f"Ann {n}"}, aggregate=Aggregate.CUSTOMER)
              for n in range(1, 4)]  # fmt: skip
    desk.mirror(*people, service=CUSTOMERS)
    desk.feed(redirect("c-1", "c-2", 1_001, Aggregate.CUSTOMER),
              redirect("c-2", "c-3", 1_002, Aggregate.CUSTOMER), service=CUSTOMERS)  # fmt: skip
    card = desk.read(lambda tx: tx.customers.card("c-1"))
    assert card is not None
    assert card.id == "c-3"
    desk.feed(redirect("c-3", "c-1", 1_003, Aggregate.CUSTOMER), service=CUSTOMERS)
    desk.read(lambda tx: tx.customers.card("c-1"))


def test_a_merged_tickets_reference_leads_to_the_other(desk: StoreDesk) -> None:
    desk.mirror(item("t-1", 1, ticket_fields(reference="K7-0001-M")),
                item("t-2", 2, ticket_fields(reference="K7-0002-N")))  # fmt: skip
    desk.feed(redirect("t-1", "t-2", 1_001, Aggregate.TICKET))
    assert desk.read(lambda tx: tx.tickets.id_of("K7-0001-M")) == "t-2"
    assert [row.id for row in desk.queue().rows] == ["t-2"]
    desk.feed(redirect("t-1", None, 1_002, Aggregate.TICKET))
    assert desk.read(lambda tx: tx.tickets.id_of("K7-0001-M")) == "t-1"
    assert {row.id for row in desk.queue().rows} == {"t-1", "t-2"}
    assert desk.healthy()


@dataclass
class Story:
    """A desk and central at work; positions and revs only rise."""

    desk: StoreDesk
    n: int = 1_000
    snapshots: int = 1

    def fields(self, status: str) -> dict[str, Json]:
        return ticket_fields(status=status, fault=f"Fault {self.n}", model_words="XR")

    def take(self, which: int, status: str) -> None:
        self.desk.decide("ticket.create", f"t-{which}", self.fields(status))

    def edit(self, which: int, status: str) -> None:
        self.desk.decide("ticket.set", f"t-{which}", {"status": status, "owner": f"p-{which}"})

    def note(self, which: int, status: str) -> None:
        self.desk.note(f"t-{which}", f"Note {status} {self.n}")

    def feed(self, which: int, status: str) -> None:
        self.desk.feed(item(f"t-{which}", self.n, self.fields(status), rev=self.n))

    def tombstone(self, which: int, _status: str) -> None:
        self.desk.feed(tombstone(f"t-{which}", self.n, rev=self.n))

    def snapshot(self, which: int, status: str) -> None:
        self.snapshots += 1
        row = item(f"t-{which}", self.n, self.fields(status), rev=self.n)
        self.desk.snapshot(row, start=f"start-{self.snapshots}")

    def swap(self, _which: int, _status: str) -> None:
        if self.desk.read(lambda tx: tx.feed_state(TICKETS)).snapshot_running:
            self.desk.feed(n=self.n)
            self.desk.swap()

    def ack(self, which: int, _status: str) -> None:
        for op_id in self._pending(which):
            self.desk.ack(op_id, self.n + 1)

    def park(self, which: int, _status: str) -> None:
        for op_id in self._pending(which):
            self.desk.park(op_id)

    def withdraw(self, which: int, _status: str) -> None:
        for op_id in self._pending(which):
            self.desk.move(op_id, OpEvent.WITHDRAWN)

    def _pending(self, which: int) -> list[str]:
        rows = self.desk.read(lambda tx: tx.outbox.rows())
        pending = [row.op_id for row in rows if row.state is OpState.PENDING]
        return pending[which : which + 1]


STEPS = ("take", "edit", "note", "feed", "tombstone", "snapshot", "swap", "ack", "park", "withdraw")
STATUSES = ("new", "ready", "to_complete", "closed", "quarantined")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from(STEPS), st.integers(0, 5), st.sampled_from(STATUSES)), max_size=25
    )
)
def test_whatever_happens_rows_are_truth_plus_operations_and_counters_count_them(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, str]]
) -> None:
    """Rebuilt from the mirror and the outbox, every row is what the transactions left behind."""
    story = Story(StoreDesk.made(tmp_path_factory.mktemp("desk")))
    try:
        for step, which, status in steps:
            story.n += 1
            getattr(story, step)(which, status)
        assert story.desk.healthy()
        assert_rebuilt_equals_kept(story.desk)
    finally:
        story.desk.store.close_now()


def assert_rebuilt_equals_kept(desk: StoreDesk) -> None:
    every = "SELECT * FROM $ticket ORDER BY entity"
    one = sql(desk)
    one.run("BEGIN IMMEDIATE")
    try:
        kept = one.all(every)
        lanes = {row[0] for row in one.all("SELECT DISTINCT lane FROM outbox")}
        assert lanes <= {row[0] for row in one.all("SELECT id FROM entity")}
        for (id_,) in one.all("SELECT id FROM entity WHERE type = 'ticket'"):
            records.reproject(one, Aggregate.TICKET, id_)
        assert one.all(every) == kept
        pending = {
            lane for (lane, state) in one.all("SELECT lane, state FROM outbox")
            if OpState(state) in OVERLAID
        }  # fmt: skip
        laid = {row[0] for row in one.all("SELECT id FROM $ticket WHERE laid IS NOT NULL")}
        assert pending == laid
    finally:
        one.run("ROLLBACK")


def test_a_record_only_this_desk_knows_shows_by_itself_where_a_lost_history_had_merged_it(
    desk: StoreDesk,
) -> None:
    ticket_id, _op = desk.take("mine", owner="p-ann")
    desk.feed(item("t-2", 2, ticket_fields()), redirect(ticket_id, "t-2", 3, Aggregate.TICKET))

    def merged_into() -> Json:
        shown = desk.read(lambda tx: tx.own_record(Aggregate.TICKET, ticket_id))
        return shown[0].get("merged_into") if shown else "gone"

    assert merged_into() == "t-2"
    desk.write(lambda tx: tx.mirror.put_right(TICKETS, [ticket_id], []))
    assert merged_into() is None
    assert desk.healthy()


def test_a_record_that_is_no_json_is_said_to_be_and_found(desk: StoreDesk) -> None:
    """Its pages verify, so it is no damage; the sentence says who puts it right."""
    desk.mirror(item("t-1", 1, ticket_fields(model_words="zzz unknown")))

    def cut_off(tx: WriteTx) -> None:
        assert isinstance(tx, UnitOfWork)
        tx.sql.run('UPDATE $ticket SET fields = \'{"fault": "It le\'')

    desk.write(cut_off)
    with pytest.raises(StoreFault) as met:
        desk.queue(QueueView.OPEN)
    assert not isinstance(met.value, StoreDamaged)
    assert "offhook parity" in met.value.sentence()
    assert "a ticket that cannot be read" in desk.store._check()
