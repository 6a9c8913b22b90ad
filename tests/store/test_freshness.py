"""Promise P11 in the store: what is read is called no newer than all of it is."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.domain.central_services import Service
from app.domain.feed import FeedPage, Position, Rate, SnapshotPage
from app.domain.ids import Millis
from app.domain.tickets import Group
from app.domain.times import MINUTE
from app.ports.store import Staleness, WriteTx
from tests.support.store_desk import TICKETS, StoreDesk, item, minutes, ticket_fields
from tests.support.virtual_time import NOON

FIFTEEN = dict.fromkeys(Service, 15 * MINUTE)


def page(n: int, source_as_of: Millis, *, whole: bool = True) -> FeedPage:
    return FeedPage(
        (item("t-1", n, ticket_fields(fault=f"As at {n}"), rev=n),), f"cursor-{n}",
        Position(1, n), "term", up_to_date=whole, source_as_of=source_as_of, rate=Rate(1.0, 1.0),
    )  # fmt: skip


def as_of(desk: StoreDesk) -> Millis | None:
    return desk.read(lambda tx: tx.feed_state(TICKETS)).source_as_of


def test_a_page_that_is_not_the_last_one_makes_nothing_newer(desk: StoreDesk) -> None:
    """Given nine days away, while the first pages of many arrive, the rest is still old."""
    desk.feed(item("t-1", 1, ticket_fields()))
    desk.write(partial(_page, page(2, minutes(60), whole=False)))
    assert as_of(desk) == NOON
    desk.write(partial(_page, page(3, minutes(60))))
    assert as_of(desk) == minutes(60)


def test_while_a_generation_is_built_the_one_that_is_read_is_as_old_as_it_was(
    desk: StoreDesk,
) -> None:
    desk.mirror(item("t-1", 1, ticket_fields()))
    first = SnapshotPage((), "t-1", "start-2", Position(1, 5), "term", 2, minutes(60))
    last = SnapshotPage((), None, "start-2", Position(1, 5), "term", 2, minutes(60))
    for one in (first, last):
        desk.write(partial(_snapshot, one))
        assert as_of(desk) == NOON
    desk.write(partial(_page, page(2_000, minutes(60))))
    desk.swap()
    assert as_of(desk) == minutes(60)


def test_a_first_mirror_has_no_age_before_it_is_whole(desk: StoreDesk) -> None:
    desk.snapshot(item("t-1", 1, ticket_fields()), after="t-1", total=2)
    assert as_of(desk) is None


def test_a_central_that_answers_with_older_data_makes_it_older(desk: StoreDesk) -> None:
    desk.feed(item("t-1", 1, ticket_fields()))
    desk.write(partial(_page, page(2, minutes(-90))))
    assert as_of(desk) == minutes(-90)


def test_a_ticket_of_this_desk_is_its_own_and_what_it_names_is_centrals(desk: StoreDesk) -> None:
    """Given an outage, a ticket taken in it is fresh, the customer's plan and payments are not."""
    ticket, _op = desk.take(customer_id="cu-1")
    opened = desk.read(lambda tx: tx.tickets.detail(ticket, Staleness(NOON, FIFTEEN)))
    assert opened is not None
    stale = {group for group, age in opened.as_of.items() if age.stale}
    assert stale == set(Group) - {Group.CONTACT, Group.FAULT}


def test_what_stands_on_the_ticket_is_no_newer_than_tickets(desk: StoreDesk) -> None:
    """Given every other service fresh and Tickets a day old, then no group that the ticket itself
    names anything of is called fresh; with Tickets fresh too, none is marked.
    """
    desk.mirror(item("t-1", 1, ticket_fields(customer_id="cu-1")))
    now = minutes(24 * 60)
    for service in set(Service) - {TICKETS}:
        desk.mirror(service=service)
        desk.write(partial(_page_of, service, replace(page(2_000, now), items=())))
    opened = desk.read(lambda tx: tx.tickets.detail("t-1", Staleness(now, FIFTEEN)))
    assert opened is not None
    assert {one for one, age in opened.as_of.items() if age.stale} == set(Group) - {Group.VISIT}
    assert {age.at for age in opened.as_of.values() if age.stale} == {NOON}
    desk.write(partial(_page, page(2_000, now)))
    opened = desk.read(lambda tx: tx.tickets.detail("t-1", Staleness(now, FIFTEEN)))
    assert opened is not None
    assert not any(age.stale for age in opened.as_of.values())


pages = st.lists(
    st.tuples(
        st.sampled_from(["whole", "part", "snapshot", "last snapshot"]), st.integers(-600, 600)
    ),
    min_size=1,
    max_size=12,
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(pages, st.integers(-2, 20))
def test_whatever_pages_come_fresh_means_within_the_threshold(
    desk: StoreDesk, came: list[tuple[str, int]], later: int
) -> None:
    """Pages whole and in part, snapshots begun and ended, from fresh centrals and stale ones."""
    start = int(desk.ids.new_id()[-6:], 16) * 100
    whole_at = minutes(-1_000)
    for number, (kind, minute) in enumerate([("whole", -1_000), *came], start):
        at = minutes(minute)
        if kind in ("snapshot", "last snapshot"):
            after = None if kind == "last snapshot" else "t-1"
            snapshot = SnapshotPage((), after, f"start-{start}", Position(1, number), "term", 1, at)
            desk.write(partial(_snapshot, snapshot))
            continue
        desk.write(partial(_page, page(number, at, whole=kind == "whole")))
        if kind == "whole":
            whole_at = at
            if desk.read(lambda tx: tx.feed_state(TICKETS)).snapshot_running:
                desk.swap()
    now = minutes(came[-1][1] + later)
    opened = desk.read(lambda tx: tx.tickets.detail("t-1", Staleness(now, FIFTEEN)))
    if opened is not None and not opened.as_of[Group.FAULT].stale:
        assert now - whole_at <= FIFTEEN[TICKETS]


def _page_of(service: Service, one: FeedPage, tx: WriteTx) -> None:
    tx.mirror.apply_page(service, one, NOON)


def _page(one: FeedPage, tx: WriteTx) -> None:
    tx.mirror.apply_page(TICKETS, one, NOON)


def _snapshot(one: SnapshotPage, tx: WriteTx) -> None:
    tx.mirror.apply_snapshot_page(TICKETS, one, NOON)
