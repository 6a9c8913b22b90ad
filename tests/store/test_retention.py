"""What is past its days goes, by central's clock; what is unsent or undecided never does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.call import Call, Draft
from app.domain.central_services import Aggregate, Service
from app.domain.feed import FeedItem, FeedPage, Position, Rate
from app.domain.ids import Millis
from app.domain.lifecycle import OpEvent
from app.domain.operations import FieldConflict, Json
from app.domain.times import DAY, to_rfc3339
from app.domain.views import QueueView
from local_store import journal_file, rescue
from local_store.housekeeping import BACKUPS
from local_store.keys import Keys
from tests.support.store_desk import (
    CUSTOMERS,
    KEY,
    PLATFORM,
    TICKETS,
    StoreDesk,
    item,
    redirect,
    ticket_fields,
    tombstone,
)
from tests.support.virtual_time import NOON


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[StoreDesk]:
    folder = tmp_path / "profile"
    folder.mkdir()
    Keys(folder, PLATFORM).create(KEY, passphrase=b"words")
    made = StoreDesk.made(folder)
    yield made
    made.store.close_now()


def days(count: float) -> Millis:
    return Millis(NOON + round(count * DAY))


def configured(desk: StoreDesk, **retention: tuple[int | None, str]) -> None:
    tables: list[Json] = [
        {"table": table, "days": count, "scope": scope}
        for table, (count, scope) in retention.items()
    ]
    payload = json.dumps({"retention": tables, "drafts_days": 30})
    document = json.dumps({"payload": payload, "signature": ""}).encode()
    desk.write(lambda tx: tx.desk.keep_configuration(document))


def central_says(desk: StoreDesk, at: Millis, *items: FeedItem, n: int = 5_000) -> None:
    """A page whose data is from that time."""
    page = FeedPage(
        items, f"cursor-{n}", Position(1, n), "term", up_to_date=True, source_as_of=at,
        rate=Rate(1.0, 1.0),
    )  # fmt: skip
    desk.write(lambda tx: tx.mirror.apply_page(TICKETS, page, at))


def kept_house(desk: StoreDesk) -> None:
    """The quiet moment, as often as there is something to do."""
    desk.store._housekeeping._looked_at = None
    while desk.store._housekeeping.step():
        pass


def operations(desk: StoreDesk) -> set[str]:
    return {row.op_id for row in desk.read(lambda tx: tx.outbox.rows(include_final=True))}


def journaled(desk: StoreDesk) -> set[str]:
    return {one.op_id for one in journal_file.read(desk.folder, KEY) if one.op_id}


# --- the outbox and the journal ------------------------------------------------------------------


def test_finished_operations_stay_thirty_days_and_then_go_from_the_journal_too(
    desk: StoreDesk,
) -> None:
    ticket, settled = desk.take("Settled")
    desk.ack(settled, 5)
    desk.move(settled, OpEvent.PASSED)
    _other, unsent = desk.take("Unsent")
    third, first = desk.take("Settled, but a note waits")
    desk.ack(first, 6)
    desk.move(first, OpEvent.PASSED)
    waits = desk.note(third, "Waits")
    central_says(desk, days(0))
    kept_house(desk)
    central_says(desk, days(29.9), n=5_001)
    kept_house(desk)
    assert operations(desk) == journaled(desk) == {settled, unsent, first, waits}
    central_says(desk, days(30.1), n=5_002)
    kept_house(desk)
    assert operations(desk) == journaled(desk) == {unsent, first, waits}
    assert desk.note(ticket, "A note on what was pruned")
    assert desk.healthy()


def test_neither_outbox_nor_journal_grows_without_end(desk: StoreDesk) -> None:
    """Given a year of calls, both hold about thirty days of them."""
    sizes = []
    for day in range(0, 365, 10):
        for number in range(6):
            _ticket, op_id = desk.take(f"Day {day} call {number}")
            desk.ack(op_id, day * 100 + number + 1)
            desk.move(op_id, OpEvent.PASSED)
        central_says(desk, days(day), n=day * 100 + 50)
        kept_house(desk)
        sizes.append((len(operations(desk)), (desk.folder / journal_file.JOURNAL).stat().st_size))
    assert max(count for count, _size in sizes) <= 6 * 5
    assert sizes[-1][1] <= 2 * sizes[5][1]
    assert len(journaled(desk)) == sizes[-1][0]


@pytest.mark.parametrize("wrong", [-20 * 365, 20 * 365])
def test_a_clock_that_is_wrong_by_years_prunes_nothing(desk: StoreDesk, wrong: int) -> None:
    """Given an operation settled under such a clock, its thirty days are central's all the same."""
    _ticket, op_id = desk.take("Settled")
    desk.ack(op_id, 5)
    desk.store.write_now(lambda unit: unit.sql.run("UPDATE outbox SET moved_at = ?", days(wrong)))
    desk.move(op_id, OpEvent.PASSED)
    central_says(desk, days(0))
    kept_house(desk)
    central_says(desk, days(20), n=5_001)
    kept_house(desk)
    assert operations(desk) == {op_id}


def test_an_operation_offered_again_begins_its_days_anew(desk: StoreDesk) -> None:
    _ticket, op_id = desk.take("Settled, offered again, settled")
    desk.ack(op_id, 5)
    desk.move(op_id, OpEvent.PASSED)
    central_says(desk, days(0))
    kept_house(desk)
    desk.move(op_id, OpEvent.FORKED)
    central_says(desk, days(40), n=5_001)
    kept_house(desk)
    assert operations(desk) == {op_id}
    desk.ack(op_id, 6)
    desk.move(op_id, OpEvent.PASSED)
    kept_house(desk)
    central_says(desk, days(60), n=5_002)
    kept_house(desk)
    assert operations(desk) == {op_id}


def test_an_undecided_conflict_keeps_its_operation(desk: StoreDesk) -> None:
    _ticket, op_id = desk.take("In conflict")
    desk.ack(op_id, 5, FieldConflict("place", "a", "b", "c", "somebody", NOON))
    desk.move(op_id, OpEvent.PASSED)
    central_says(desk, days(0))
    kept_house(desk)
    central_says(desk, days(60), n=5_001)
    kept_house(desk)
    assert operations(desk) == {op_id}
    desk.write(lambda tx: tx.outbox.conflict_decided(op_id, NOON))
    kept_house(desk)
    assert operations(desk) == set()


def test_the_journal_alone_brings_back_what_is_not_settled(desk: StoreDesk) -> None:
    """Given pruning, what is left in the journal still rebuilds the outbox."""
    _gone, settled = desk.take("Settled")
    desk.ack(settled, 5)
    desk.move(settled, OpEvent.PASSED)
    _ticket, unsent = desk.take("Unsent")
    for day in (0, 31):
        central_says(desk, days(day), n=5_000 + day)
        kept_house(desk)
    journal = list(journal_file.read(desk.folder, KEY))
    assert rescue.desk_of(journal) is not None
    assert [one.op_id for one in journal if one.op_id] == [unsent]


# --- the mirror ------------------------------------------------------------------------


def old(id_: str, n: int, *, status: str = "closed", age: int = 500, **more: Json) -> FeedItem:
    return item(id_, n, ticket_fields(status=status, happened_at=to_rfc3339(days(-age)), **more))


def shown(desk: StoreDesk) -> set[str]:
    return ids_of(desk, Aggregate.TICKET)


def ids_of(desk: StoreDesk, aggregate: Aggregate) -> set[str]:
    found = desk.store.write_now(lambda unit: unit.sql.all(f"SELECT id FROM ${aggregate}"))
    return {str(id_) for (id_,) in found}


def evidence(desk: StoreDesk, ticket: str) -> None:
    row = (f"e-{ticket}", ticket, NOON, b"a picture")
    desk.store.write_now(
        lambda unit: unit.sql.run("INSERT INTO evidence_file VALUES (?, ?, ?, ?)", *row)
    )


def test_closed_tickets_past_their_days_go_and_nothing_else(desk: StoreDesk) -> None:
    desk.mirror(
        old("past", 1), old("young", 2, age=100), old("open", 3, status="ready"),
        old("noted", 4), old("disputed", 5),
    )  # fmt: skip
    desk.note("noted", "Not sent yet")
    op_id = desk.decide("ticket.set", "disputed", {"place": "Hull"})
    desk.ack(op_id, 900, FieldConflict("place", "a", "b", "c", "somebody", NOON))
    desk.move(op_id, OpEvent.PASSED)
    for ticket in ("past", "young"):
        evidence(desk, ticket)
    configured(desk, ticket=(400, "all"))
    kept_house(desk)
    assert shown(desk) == {"young", "open", "noted", "disputed"}
    files = desk.store.write_now(lambda unit: unit.sql.all("SELECT ticket_id FROM evidence_file"))
    assert files == [("young",)]
    assert desk.read(lambda tx: tx.feed_state(TICKETS)).mirrored_rows == 4
    assert desk.healthy()


def claimed(id_: str, n: int, into: str | None = None, age: int = 500) -> FeedItem:
    said: dict[str, Json] = {"claims": [{"id": f"c-{id_}"}], "merged_into": into}
    return old(id_, n, status="ready", age=age, coverage="claimed", **said)


def test_a_merged_ticket_stays_while_its_claim_is_worked_on(desk: StoreDesk) -> None:
    """Under another ticket, or nowhere on this computer; it goes once that one is closed."""
    desk.mirror(claimed("part", 1), claimed("alone", 2), old("left", 3, status="ready"))
    desk.feed(
        redirect("part", "left", 901, Aggregate.TICKET),
        redirect("alone", "elsewhere", 902, Aggregate.TICKET),
    )
    settle_as_central_has_them(desk, part="left", alone="elsewhere")
    configured(desk, ticket=(400, "all"))
    kept_house(desk)
    assert shown(desk) == {"part", "alone", "left"}
    desk.feed(replace(old("left", 2_001), rev=2))
    kept_house(desk)
    assert shown(desk) == {"alone"}
    assert desk.healthy()


def test_a_claim_whose_ticket_has_gone_by_its_days_is_over(desk: StoreDesk) -> None:
    """Given a part that is younger than the ticket it became part of, which was closed."""
    desk.mirror(claimed("part", 1, age=100), old("left", 2))
    desk.feed(redirect("part", "left", 901, Aggregate.TICKET))
    desk.feed(replace(claimed("part", 910, "left", age=100), rev=2))
    configured(desk, ticket=(400, "all"))
    kept_house(desk)
    assert shown(desk) == {"part"}
    assert desk.queue(QueueView.PAYMENTS).rows == ()
    configured(desk, ticket=(90, "all"))
    kept_house(desk)
    assert shown(desk) == set()


@pytest.mark.parametrize("rule", [(400, "all"), (None, "queues:open")], ids=["days", "scope"])
def test_a_merged_ticket_stays_while_a_promise_of_it_is_to_be_kept(
    desk: StoreDesk, rule: tuple[int | None, str]
) -> None:
    promise: Json = {"id": "pr-1", "what": "ring back", "to": "Ann", "by_when": None}
    desk.mirror(old("part", 1, status="ready", promises=[promise]), old("left", 2, status="ready"))
    desk.feed(redirect("part", "left", 901, Aggregate.TICKET))
    merged = old("part", 910, status="ready", promises=[promise], merged_into="left")
    desk.feed(replace(merged, rev=2))
    configured(desk, ticket=rule)
    kept_house(desk)
    assert shown(desk) == {"part", "left"}
    due = desk.read(lambda tx: tx.tickets.call_backs(Millis(NOON + DAY), 9))
    assert [(one.id, one.ticket_id) for one in due] == [("pr-1", "left")]
    kept: Json = {"promise_id": "pr-1", "at": to_rfc3339(NOON), "by": "p-ann"}
    rung = old(
        "part", 920, status="ready", promises=[promise], promises_kept=[kept], merged_into="left"
    )
    desk.feed(replace(rung, rev=3))
    kept_house(desk)
    assert shown(desk) == {"left"}


def settle_as_central_has_them(desk: StoreDesk, **merged: str) -> None:
    """Central's own rows name the merges too: no overlay lies over them here."""
    desk.feed(
        *(
            replace(claimed(one, 910 + at, into), rev=2)
            for at, (one, into) in enumerate(merged.items())
        )
    )


def test_a_scope_of_payments_has_those_that_came_by_a_merge(desk: StoreDesk) -> None:
    """Once the ticket that is left goes out of scope, what was merged into it follows."""
    desk.mirror(
        claimed("part", 1), item("left", 2, ticket_fields()), item("other", 3, ticket_fields())
    )
    desk.feed(redirect("part", "left", 901, Aggregate.TICKET))
    settle_as_central_has_them(desk, part="left")
    configured(desk, ticket=(None, "queues:payments"))
    kept_house(desk)
    assert shown(desk) == {"part", "left"}
    configured(desk, ticket=(None, "queues:quarantine"))
    kept_house(desk)
    assert shown(desk) == set()
    assert desk.healthy()


def test_a_row_that_moves_at_central_again_is_shown_again(desk: StoreDesk) -> None:
    desk.mirror(old("past", 1))
    configured(desk, ticket=(400, "all"))
    kept_house(desk)
    assert shown(desk) == set()
    desk.feed(replace(old("past", 2_000, status="ready"), rev=2))
    assert shown(desk) == {"past"}


@pytest.mark.parametrize(
    ("scope", "left"),
    [
        ("all", {"new", "old", "quarantined"}),
        ("months:6", {"new", "quarantined"}),
        ("queues:quarantine", {"quarantined"}),
        ("queues:open", {"new", "quarantined"}),
        ("queues:nonsense", {"new", "old", "quarantined"}),
        ("desks:B4", {"quarantined"}),
        ("months:6;desks:K7", {"new"}),
    ],
)
def test_a_scope_leaves_out_what_is_outside(desk: StoreDesk, scope: str, left: set[str]) -> None:
    desk.mirror(
        item("new", 1, ticket_fields()),
        old("old", 2),
        item("quarantined", 3, ticket_fields(status="quarantined", reference="B4-0001-M")),
    )
    configured(desk, ticket=(None, scope))
    kept_house(desk)
    assert shown(desk) == left
    rows = desk.store.write_now(lambda unit: unit.sql.all("SELECT id, reason FROM removed"))
    assert dict(rows) == dict.fromkeys({"new", "old", "quarantined"} - left, "out_of_scope")
    assert desk.healthy()


def test_every_table_of_the_mirror_has_its_days(desk: StoreDesk) -> None:
    """Contacts rung back, plans past their end, payments, visits, customers without tickets."""
    long_ago = to_rfc3339(days(-500))
    rows = {
        Aggregate.CONTACT: [
            {"started": long_ago}, {"started": long_ago, "call_back_due": long_ago},
        ],
        Aggregate.PLAN: [{"ends": long_ago[:10]}, {"ends": "2099-01-01"}],
        Aggregate.PAYMENT: [{"value_date": long_ago[:10]}, {"value_date": "2099-01-01"}],
        Aggregate.VISIT: [{"window_end": long_ago}, {"window_end": to_rfc3339(days(9))}],
        Aggregate.CUSTOMER: [{"name": "Ann"}, {"name": "Ben"}],
    }  # fmt: skip
    services = {
        Aggregate.CONTACT: TICKETS, Aggregate.PLAN: CUSTOMERS, Aggregate.CUSTOMER: CUSTOMERS,
        Aggregate.PAYMENT: Service.BILLING, Aggregate.VISIT: Service.EXPERTS,
    }  # fmt: skip
    by_service: dict[Service, list[FeedItem]] = {}
    for aggregate, fields in rows.items():
        made = [
            replace(item(f"{aggregate}-{at}", at + 1, one, aggregate=aggregate), as_of=days(-500))
            for at, one in enumerate(fields)
        ]
        by_service.setdefault(services[aggregate], []).extend(made)
    by_service[TICKETS].append(item("t-1", 9, ticket_fields(customer_id="customer-1")))
    for service, items in by_service.items():
        desk.mirror(*items, service=service)
    configured(desk, **{aggregate.value: (400, "all") for aggregate in rows})
    kept_house(desk)
    for aggregate in rows:
        assert ids_of(desk, aggregate) == {f"{aggregate}-1"}, aggregate
    assert desk.healthy()


def test_before_central_was_ever_heard_nothing_goes(desk: StoreDesk) -> None:
    _ticket, op_id = desk.take("Withdrawn")
    desk.move(op_id, OpEvent.WITHDRAWN)
    configured(desk, ticket=(1, "all"), outbox=(1, "all"))
    kept_house(desk)
    assert operations(desk) == {op_id}


# --- drafts and copies -----------------------------------------------------------------


def test_a_draft_nobody_touches_for_its_days_goes(desk: StoreDesk) -> None:
    def keep(id_: str, changed: int) -> None:
        draft = Draft(Call(draft_id=id_, started=NOON), "p-ann", days(changed))
        desk.write(lambda tx: tx.keep_draft(draft))

    keep("left", -9_000)
    keep("worked on", -9_000)
    configured(desk)
    central_says(desk, days(0))
    kept_house(desk)
    assert len(desk.read(lambda tx: tx.drafts())) == 2
    keep("worked on", 20)
    central_says(desk, days(31), n=5_001)
    kept_house(desk)
    assert [one.call.draft_id for one in desk.read(lambda tx: tx.drafts())] == ["worked on"]


def test_copies_past_their_days_go_and_what_is_not_ours_stays(
    desk: StoreDesk, tmp_path: Path
) -> None:
    central_says(desk, days(0))
    desk.store._backup(tmp_path / "usual")
    desk.store._backup(tmp_path / "shared")
    (tmp_path / "shared" / "letter.txt").write_text("not ours")
    aside = desk.folder / BACKUPS / "damaged-1"
    aside.mkdir(parents=True)
    (desk.folder / BACKUPS / "before-version-2-from-1.db").write_bytes(b"x")
    kept_house(desk)
    central_says(desk, days(29), n=5_001)
    kept_house(desk)
    assert (tmp_path / "usual").exists()
    assert aside.exists()
    central_says(desk, days(31), n=5_002)
    kept_house(desk)
    assert not (tmp_path / "usual").exists()
    assert sorted(one.name for one in (tmp_path / "shared").iterdir()) == [
        "keys.json", "letter.txt", "store.db",
    ]  # fmt: skip
    assert list((desk.folder / BACKUPS).iterdir()) == []


def test_a_tombstone_of_centrals_is_no_row_that_was_left_out(desk: StoreDesk) -> None:
    desk.mirror(old("past", 1), old("deleted", 2))
    desk.feed(tombstone("deleted", 2_000))
    configured(desk, ticket=(400, "all"))
    kept_house(desk)
    rows = desk.store.write_now(lambda unit: unit.sql.all("SELECT id, reason FROM removed"))
    assert dict(rows) == {"past": "expired", "deleted": "deleted"}


_PROMISE: Json = {"id": "pr-1", "what": "ring back", "to": "Ann", "by_when": None}


@pytest.mark.parametrize("way", ["its end is not here yet", "closed before it was merged"])
def test_a_promise_that_is_owed_keeps_the_part_it_was_made_in(desk: StoreDesk, way: str) -> None:
    """Given a part old enough to go, what is shown as owed stays, whatever the part came to."""
    status = "ready" if way == "its end is not here yet" else "closed"
    desk.mirror(old("part", 1, status=status, promises=[_PROMISE]))
    if status == "closed":
        desk.feed(old("left", 900, status="ready"))
    desk.feed(redirect("part", "left", 901, Aggregate.TICKET))
    part = old("part", 910, status=status, promises=[_PROMISE], merged_into="left")
    desk.feed(replace(part, rev=2))
    configured(desk, ticket=(400, "all"))
    due = desk.read(lambda tx: tx.tickets.call_backs(Millis(NOON + DAY), 9))
    kept_house(desk)
    assert [one.id for one in due] == ["pr-1"]
    assert desk.read(lambda tx: tx.tickets.call_backs(Millis(NOON + DAY), 9)) == due
