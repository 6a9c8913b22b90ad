"""A mirror that differs is found and put right row by row, never by fetching everything."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from app.domain.central_services import Aggregate, Service
from app.domain.feed import Position, Rate, Silence
from app.domain.ids import EntityId
from app.domain.operations import Json
from app.domain.parity import Finding, ParityReport, RowState, compared
from app.ports.central import FetchedRows, SignInNeeded
from app.ports.store import WriteTx
from app.sync.parity import ParityCheck
from app.sync.service_state import ServiceState, SyncSettings
from local_store.schema import metadata
from local_store.sql import Row, Sql
from local_store.unit_of_work import UnitOfWork
from tests.support.scripted_central import History
from tests.support.virtual_time import NOON
from tests.unit.sync.desk import Bench, story
from tests.unit.sync.real_desk import TICKETS, RealDesk, real

TICKET, CONTACT = Aggregate.TICKET.value, Aggregate.CONTACT.value


def sql_of(tx: object) -> Sql:
    assert isinstance(tx, UnitOfWork)
    return tx.sql


def tickets(desk: RealDesk, count: int) -> list[str]:
    """So many records at central, every fourth a call."""
    history, ids = desk.central.histories[TICKETS], []
    for number in range(count):
        id_ = desk.ids.new_id()
        ids.append(id_)
        fields: dict[str, Json] = {
            "fault": f"humming {number}", "status": "new", "caller_name": f"Ann {number}",
            "promises": [{"id": f"p{number}", "what": "ring back", "to": "Ann"}],
        }  # fmt: skip
        call: dict[str, Json] = {"number": f"0770090{number:04}", "outcome": "dropped"}
        is_call = number % 4 == 3
        history.change(
            id_, NOON, type_=CONTACT if is_call else TICKET, fields=call if is_call else fields
        )
    return ids


async def contents(desk: RealDesk) -> dict[str, list[Row]]:
    """Every row of the tickets service's tables."""
    return await desk.store.read(
        lambda tx: (
            {one: sql_of(tx).all(f"SELECT * FROM ${one} ORDER BY 1") for one in (TICKET, CONTACT)}
            | {"promise": sql_of(tx).all("SELECT * FROM $promise ORDER BY 1, 4")}
        )
    )


async def check(desk: RealDesk) -> ParityReport:
    found = await desk.engine().check_parity()
    return next(one for one in found if one.service == TICKETS)


def flip(tx: WriteTx, table: str, column: str, id_: str, value: object) -> None:
    sql = sql_of(tx)
    done = sql.run(
        f'UPDATE ${table} SET "{column}" = ? WHERE entity = '
        "(SELECT entity FROM entity WHERE id = ?)",
        value, id_,
    )  # fmt: skip
    assert done == 1


@real
async def test_a_thousand_of_a_thousand_flipped_values_are_put_right(desk: RealDesk) -> None:
    """P9: one value in each of a thousand rows, in any column, through the store."""
    ids = tickets(desk, 1_000)
    await desk.engine().sync_once()
    before = await contents(desk)
    chance = random.Random(9)
    columns = {
        name: [one.name for one in metadata.tables[f"{name}_0"].columns if one.name != "entity"]
        for name in (TICKET, CONTACT)
    }

    def spoil(tx: WriteTx) -> None:
        for number, id_ in enumerate(ids):
            table = CONTACT if number % 4 == 3 else TICKET
            flip(tx, table, chance.choice(columns[table]), id_, 7_000_000 + number)

    await desk.store.write(spoil)
    spoilt = await contents(desk)
    for name in (TICKET, CONTACT):
        assert all(one != two for one, two in zip(before[name], spoilt[name], strict=True))
    desk.central.requests.clear()
    report = await check(desk)
    assert sum(report.found.values()) == report.repaired == 1_000
    assert report.found[Finding.DAMAGED] > 100 < report.found[Finding.SKEWED]
    assert await contents(desk) == before
    assert "snapshot" not in {name for name, _ in desk.central.requests}
    incidents = await desk.store.read(lambda tx: tx.incidents.recent(NOON))
    assert {one.closed_by for one in incidents} == {"repair"}
    assert (await check(desk)).healthy


@real
async def test_a_promise_that_was_flipped_beside_its_ticket_is_put_right(desk: RealDesk) -> None:
    tickets(desk, 8)
    await desk.engine().sync_once()
    before = await contents(desk)
    await desk.store.write(lambda tx: sql_of(tx).run("UPDATE $promise SET what = 'never'"))
    assert (await check(desk)).found == {Finding.SKEWED: 6}
    assert await contents(desk) == before


@real
async def test_a_spoilt_row_that_was_written_over_is_put_right_with_search_and_counters(
    desk: RealDesk,
) -> None:
    """Given a person's work laid over it since, then they know it as it was spoilt."""
    (id_,) = tickets(desk, 1)
    await desk.engine().sync_once()
    spoilt = '{"fault":"other words","status":"closed","caller_name":"Ann 0"}'
    await desk.store.write(lambda tx: flip(tx, TICKET, "fields", id_, spoilt))
    await desk.save("ticket.set", id_, place="Mill Lane")
    assert (await check(desk)).found == {Finding.DAMAGED: 1}
    shown = await desk.fields(id_)
    assert (shown["fault"], shown["status"], shown["place"]) == ("humming 0", "new", "Mill Lane")
    assert list(await desk.store.check()) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [("owner", "p-zoe"), ("status", "quarantined"), ("is_open", 0), ("reviewing", 1)],
)
def test_counters_are_put_right_where_a_spoilt_column_was_written_over(
    tmp_path: Path, column: str, value: object
) -> None:
    """No row is wrong any more; it was counted out of where it had never been counted in."""

    @real
    async def tell(desk: RealDesk) -> None:
        id_, *_others = tickets(desk, 3)
        await desk.engine().sync_once()
        await desk.store.write(lambda tx: flip(tx, TICKET, column, id_, value))
        await desk.save("ticket.set", id_, place="Mill Lane")
        assert list(await desk.store.check()) == ["the counters do not equal the tickets"]
        report = await check(desk)
        assert (report.found, report.repaired) == ({Finding.SKEWED: 1}, 1)
        assert list(await desk.store.check()) == []
        (incident,) = await desk.store.read(lambda tx: tx.incidents.recent(NOON))
        assert (incident.subject, incident.closed_by) == ("counters", "repair")
        assert (await check(desk)).healthy

    tell(tmp_path)


@real
async def test_a_search_is_filled_anew_where_spoilt_words_were_written_over(
    desk: RealDesk,
) -> None:
    """The row is right again, and found by what it never said; all is fetched anew at once."""
    id_, *_others = tickets(desk, 3)
    await desk.engine().sync_once()
    await desk.store.write(lambda tx: flip(tx, TICKET, "body", id_, "never said"))
    await desk.save("ticket.set", id_, fault="howling")
    unfit = ["search over ticket does not fit its records"]
    assert list(await desk.store.check()) == unfit
    report = await check(desk)
    assert (report.found, report.repaired) == ({Finding.SKEWED: 1}, 1)
    (incident,) = await desk.store.read(lambda tx: tx.incidents.recent(NOON))
    assert (incident.subject, incident.closed_by) == ("search", "repair")
    assert list(await desk.store.check()) == []
    assert (await check(desk)).healthy


@pytest.mark.parametrize(("few", "fits"), [(10, True), (1, False)])
def test_by_the_clock_a_search_is_compared_where_a_row_was_wrong_and_there_are_few(
    few: int, fits: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    """It keeps people's saves waiting; where there are many, `parity` does it."""
    monkeypatch.setattr("app.sync.parity._FEW_ROWS", few)

    @real
    async def tell(desk: RealDesk) -> None:
        id_, other, _third = tickets(desk, 3)
        await desk.engine().sync_once()
        await desk.store.write(lambda tx: flip(tx, TICKET, "body", id_, "never said"))
        await desk.save("ticket.set", id_, fault="howling")
        unfit = ["search over ticket does not fit its records"]
        for wrong in (False, True):
            if wrong:
                await desk.store.write(lambda tx: lose(tx, other))
            engine = desk.engine()
            await engine.load()
            await engine._parity[TICKETS].check()
            await desk.engine().sync_once()
            assert list(await desk.store.check()) == ([] if wrong and fits else unfit)
        assert (await check(desk)).healthy is fits

    tell(tmp_path)


def lose(tx: WriteTx, id_: str) -> None:
    """As if the page that brought the row had been forgotten."""
    tx.mirror.put_right(TICKETS, [id_], [])


@real
async def test_rows_that_differ_are_missing_or_too_many_are_found_by_digests(
    desk: RealDesk,
) -> None:
    """Whatever the outbox holds: overlays are no part of what is compared."""
    ids = tickets(desk, 40)
    await desk.engine().sync_once()
    await desk.save("ticket.set", ids[0], fault="mine, not sent yet")
    history = desk.central.histories[TICKETS]
    other = history.rows[ids[1]]
    invented = replace(other, id=EntityId(desk.ids.new_id()))
    twisted = replace(
        other, fields={"fault": "twisted"}, raw_fields=b'{"fault":"twisted"}', row_hash="ab" * 32
    )
    desk.central.away = dict.fromkeys(Service, Silence.CONNECT)

    def spoil(tx: WriteTx) -> None:
        lose(tx, ids[2])
        tx.mirror.put_right(TICKETS, [twisted.id, invented.id], [twisted, invented])

    await desk.store.write(spoil)
    assert not (await check(desk)).compared
    desk.central.away = {}
    report = await check(desk)
    assert report.compared
    assert set(report.found) == {Finding.DAMAGED, Finding.MISSING}
    assert (await desk.fields(ids[1]))["fault"] == "humming 1"
    assert (await desk.fields(ids[2]))["fault"] == "humming 2"
    assert await desk.fields(invented.id) == {}
    assert (await desk.fields(ids[0]))["fault"] == "mine, not sent yet"
    status = next(
        one for one in (await desk.engine().standing()).services if one.service == TICKETS
    )
    assert status.mirrored == 40
    kinds = {one.kind for one in await desk.store.read(lambda tx: tx.incidents.recent(NOON))}
    assert kinds == {"row_damaged", "row_missing"}


@real
async def test_an_equal_rev_with_another_hash_is_an_incident(desk: RealDesk) -> None:
    """Central's row was changed without a new rev: the desk cannot know but by parity."""
    ids = tickets(desk, 20)
    await desk.engine().sync_once()
    desk.central.histories[TICKETS].rewrite(ids[5], {"fault": "changed by hand"})
    report = await check(desk)
    assert (report.found, report.repaired) == ({Finding.DIFFERS: 1}, 1)
    assert (await desk.fields(ids[5]))["fault"] == "changed by hand"
    (incident,) = await desk.store.read(lambda tx: tx.incidents.recent(NOON))
    assert (incident.kind, incident.subject) == ("row_differs", ids[5])
    assert (await check(desk)).healthy


@real
async def test_what_only_this_desk_knows_of_a_row_survives_that_central_lost_it(
    desk: RealDesk,
) -> None:
    ids = tickets(desk, 10)
    await desk.engine().sync_once()
    await desk.save("ticket.set", ids[0], fault="mine")
    del desk.central.histories[TICKETS].rows[ids[0]]
    report = await check(desk)
    assert report.found == {Finding.EXTRA: 1}
    assert (await desk.fields(ids[0]))["fault"] == "mine"


@real
async def test_rows_of_a_type_not_known_yet_are_kept_and_compared(desk: RealDesk) -> None:
    tickets(desk, 10)
    history = desk.central.histories[TICKETS]
    newer = history.change(desk.ids.new_id(), NOON, type_="recording", fields={"seconds": 12})
    await desk.engine().sync_once()
    assert (await check(desk)).healthy
    kept = await desk.store.read(lambda tx: sql_of(tx).all("SELECT id, fields FROM unread_row"))
    assert kept == [(newer.id, '{"seconds":12}')]

    def learn(tx: WriteTx) -> None:
        sql_of(tx).run("UPDATE unread_row SET type = 'ticket', fields = '{\"fault\": \"new\"}'")

    await desk.store.write(learn)
    assert await desk.store.write(lambda tx: tx.mirror.read_kept(TICKETS, 10)) == 1
    assert (await desk.fields(newer.id))["fault"] == "new"
    assert await desk.store.read(lambda tx: sql_of(tx).all("SELECT id FROM unread_row")) == []


@real
async def test_lost_history_is_asked_for_by_id(desk: RealDesk) -> None:
    """A promotion that lost a little: only what is mirrored beyond the fork is fetched again."""
    ids = tickets(desk, 60)
    await desk.engine().sync_once()
    history = desk.central.histories[TICKETS]
    fork = history.position
    kept = dict(history.rows)
    history.change(ids[0], NOON, fields={"fault": "lost"})
    history.change(ids[1], NOON, fields={"fault": "lost too"})
    gone = history.change(desk.ids.new_id(), NOON, fields={"fault": "lost with its row"})
    history.remove(ids[4], NOON)
    await desk.engine().sync_once()
    assert (await desk.fields(ids[0]))["fault"] == "lost"
    assert await desk.fields(ids[4]) == {}
    history.rows, history.fork = kept, fork
    history.term, history.term_id, history.n = 2, "term-two", fork.n
    desk.central.requests.clear()
    await desk.engine().sync_once()
    for number in (0, 1, 4):
        assert (await desk.fields(ids[number]))["fault"] == f"humming {number}"
    assert await desk.fields(gone.id) == {}
    asked = [name for name, service in desk.central.requests if service == TICKETS]
    assert asked.count("rows") == 1
    assert "snapshot" not in asked
    assert (await check(desk)).healthy


@real
async def test_rows_of_a_term_that_no_page_has_told_are_not_taken(desk: RealDesk) -> None:
    """Two centrals, and the other one answers: the mirror would be of two histories."""
    (here, *_others) = tickets(desk, 20)
    await desk.engine().sync_once()
    history = desk.central.histories[TICKETS]
    kept, fork = dict(history.rows), history.position
    history.change(here, NOON, fields={"fault": "lost"})
    await desk.engine().sync_once()
    history.rows, history.fork = kept, fork
    history.term, history.term_id, history.n = 2, "term-two", fork.n
    desk.central.rows_from = History(term=3, term_id="term-three", n=fork.n)
    await desk.engine().sync_once()
    assert (await desk.fields(here))["fault"] == "lost"
    desk.central.rows_from = None
    await desk.engine().sync_once()
    assert (await desk.fields(here))["fault"] == "humming 0"
    assert (await check(desk)).healthy


@real
async def test_asking_again_goes_on_where_it_was_interrupted(desk: RealDesk) -> None:
    ids = [id_ for number, id_ in enumerate(tickets(desk, 20)) if number % 4 != 3]
    await desk.engine().sync_once()
    history = desk.central.histories[TICKETS]
    kept, fork = dict(history.rows), Position(1, 20)
    for id_ in ids:
        history.change(id_, NOON, fields={"fault": "lost"})
    for _ in range(230):
        history.change(desk.ids.new_id(), NOON, fields={"fault": "lost with its row"})
    await desk.engine().sync_once()
    history.rows, history.fork = kept, fork
    history.term, history.term_id, history.n = 2, "term-two", fork.n
    desk.central.rows_fail_after = 1
    await desk.engine().sync_once()
    desk.central.rows_fail_after = None
    desk.central.requests.clear()
    await desk.engine().sync_once()
    assert [name for name, one in desk.central.requests if one == TICKETS].count("rows") == 2
    assert all([(await desk.fields(id_))["fault"] != "lost" for id_ in ids])
    assert (await check(desk)).healthy


@story
async def test_mirrors_are_compared_by_the_clock(bench: Bench) -> None:
    bench.settings = SyncSettings(parity_each_s=600.0, parity_first_s=60.0)
    bench.engine = bench.new_engine()
    async with bench.running():
        history = bench.central.histories[TICKETS]
        for number in range(5):
            history.change(f"t-{number}", bench.clock.now())
        await bench.clock.sleep(30)
        assert ("digests", TICKETS) not in bench.central.requests
        history.rewrite("t-3", {"fault": "by hand"})
        await bench.clock.sleep(900)
        assert bench.store.tables.rows[TICKETS]["t-3"].fields == {"fault": "by hand"}
        assert bench.central.requests.count(("digests", TICKETS)) >= 1
        assert bench.central.requests.count(("digests", TICKETS)) <= 2


@story
async def test_the_services_of_a_desk_are_not_all_compared_at_once(bench: Bench) -> None:
    """Each at a time of its own, a fifth to either side; so are desks that begin together."""
    bench.settings = SyncSettings(parity_first_s=600.0)
    bench.engine = bench.new_engine()
    asked, digests = dict[Service, float](), bench.central.digests
    began = bench.clock.monotonic()

    async def noted(service: Service, at: Position) -> tuple[str, ...]:
        asked.setdefault(service, bench.clock.monotonic() - began)
        return await digests(service, at)

    bench.central.digests = noted  # type: ignore[method-assign]  # noted on the way
    async with bench.running():
        await bench.clock.sleep(730)
    assert set(asked) == set(Service)
    assert 480 <= min(asked.values()) < 600 < max(asked.values()) <= 722


@story
async def test_a_mirror_is_compared_no_faster_than_central_lets_this_desk_ask(
    bench: Bench,
) -> None:
    bench.central.rate = Rate(1_000.0, 1.0)
    await bench.engine.sync_once()
    history = bench.central.histories[TICKETS]
    await bench.engine.check_parity()
    began, asked = bench.clock.monotonic(), len(bench.central.requests)
    history.rewrite(history.change("t-1", bench.clock.now()).id, {"fault": "by hand"})
    for _ in range(4):
        await bench.engine.check_parity()
    questions = Counter(service for _name, service in bench.central.requests[asked:])
    assert max(questions.values()) - 2 <= bench.clock.monotonic() - began


@story
async def test_a_central_that_is_away_or_elsewhere_is_not_compared(bench: Bench) -> None:
    await bench.engine.sync_once()
    bench.central.away = {TICKETS: Silence.CONNECT}
    found = {one.service: one for one in await bench.engine.check_parity()}
    assert not found[TICKETS].compared
    assert found[Service.CUSTOMERS].compared


def test_what_differs_is_named() -> None:
    mine = [RowState("a", 1, "x"), RowState("b", 1, "x"), RowState("c", 1, "x")]
    theirs = [RowState("a", 1, "x"), RowState("b", 1, "y"), RowState("d", 1, "x")]
    assert compared(mine, theirs) == {
        "b": Finding.DIFFERS, "c": Finding.EXTRA, "d": Finding.MISSING,
    }  # fmt: skip


# --- the check by itself ------------------------------------------------------------------------

PARITY = f"parity.{TICKETS}"
HALF_A_DAY_S, FIRST_S = 12 * 3_600, 900


async def mirrored(bench: Bench, rows: int) -> tuple[ParityCheck, ServiceState, History]:
    """A desk whose mirror has so many tickets."""
    history = bench.central.histories[TICKETS]
    for number in range(rows):
        history.change(f"t-{number:03}", bench.clock.now())
    await bench.engine.sync_once()
    state = bench.engine._states[TICKETS]
    bench.central.requests.clear()
    return ParityCheck(state), state, history


def asked_for(bench: Bench) -> list[str]:
    return [name for name, service in bench.central.requests if service is TICKETS]


@pytest.mark.parametrize(
    ("ago_s", "rest_s"),
    [
        (None, FIRST_S),
        (0, HALF_A_DAY_S),
        (3_600, HALF_A_DAY_S - 3_600),
        (HALF_A_DAY_S - FIRST_S - 1, FIRST_S + 1),
        (HALF_A_DAY_S, FIRST_S),
        (-10, FIRST_S),
    ],
)
def test_the_next_comparison_is_half_a_day_after_the_last_and_some_while_after_a_start(
    ago_s: int | None, rest_s: int
) -> None:
    """A wall clock that jumped only brings it nearer."""

    @story
    async def tell(bench: Bench) -> None:
        check = ParityCheck(bench.engine._states[TICKETS])
        if ago_s is not None:
            bench.store.tables.settings[PARITY] = bench.clock.now() - 1_000 * ago_s
        assert await check._rest_s() == rest_s

    tell()


@story
async def test_a_mirror_that_is_right_costs_one_question_and_says_when_it_was_compared(
    bench: Bench,
) -> None:
    check, state, _history = await mirrored(bench, 30)
    told = list[int]()
    bench.engine.subscribe(lambda: told.append(1))
    await bench.clock.sleep(5)
    report = await check.check()
    assert (report.service, report.rows, report.buckets) == (TICKETS, 30, 0)
    assert (report.found, report.repaired, report.compared) == ({}, 0, True)
    assert asked_for(bench) == ["digests"]
    assert bench.store.tables.settings[PARITY] == bench.clock.now()
    assert state.interrupt._is_raised, "no poll keeps it from the mirror"
    assert told != []


@story
async def test_what_differs_is_asked_for_in_hundreds_and_each_is_an_incident(bench: Bench) -> None:
    check, _state, history = await mirrored(bench, 151)
    for id_ in list(history.rows):
        history.rewrite(id_, {"fault": "by hand"})
    sizes, rows = list[int](), bench.central.rows

    async def noted(service: Service, ids: Sequence[str]) -> FetchedRows:
        sizes.append(len(ids))
        return await rows(service, ids)

    bench.central.rows = noted  # type: ignore[method-assign]  # noted on the way
    report = await check.check()
    assert sizes == [100, 51]
    assert (report.found, report.repaired) == ({Finding.DIFFERS: 151}, 151)
    assert report.buckets == asked_for(bench).count("bucket") > 50
    assert len(set(bench.store.tables.incidents)) == 151
    mirror = bench.store.tables.rows[TICKETS].values()
    assert {str(one.fields["fault"]) for one in mirror} == {"by hand"}
    assert (await check.check()).healthy


@story
async def test_a_desk_that_has_not_heard_of_an_erasure_is_put_right_and_not_to_blame(
    bench: Bench,
) -> None:
    """Central forgets the past of what it erases: its digests of before say so already."""
    check, state, history = await mirrored(bench, 3)
    erased, deleted = "t-001", "t-002"
    at = history.position
    history.remove(erased, NOON, "erased")
    history.remove(deleted, NOON, "deleted")
    history.n = at.n
    report = await check.check()
    assert report.found == {Finding.EXTRA: 2}
    assert set(bench.store.tables.rows[TICKETS]) == {"t-000"}
    assert [subject for _kind, _service, subject in bench.store.tables.incidents] == [deleted]
    assert state.feed.mirrored_rows == 1


@pytest.mark.parametrize("met", ["away", "signed out", "another history", "away in the middle"])
def test_whatever_keeps_it_from_comparing_nothing_is_repaired_or_noted(met: str) -> None:
    @story
    async def tell(bench: Bench) -> None:
        check, _state, history = await mirrored(bench, 3)
        history.rewrite("t-001", {"fault": "by hand"})
        if met == "away":
            bench.central.away = {TICKETS: Silence.CONNECT}
        elif met == "another history":
            history.change("t-9", bench.clock.now())
        elif met == "away in the middle":
            bench.central.rows_fail_after = 0
        else:

            async def refused(service: Service, at: Position) -> tuple[str, ...]:
                raise SignInNeeded

            bench.central.digests = refused  # type: ignore[method-assign]  # not let in
        report = await check.check()
        assert (report.compared, report.repaired, report.rows) == (False, 0, 3)
        assert bench.store.tables.incidents == []
        assert PARITY not in bench.store.tables.settings
        assert bench.store.tables.rows[TICKETS]["t-001"].fields != {"fault": "by hand"}

    tell()


@pytest.mark.parametrize(
    "change",
    [{"up_to_date": False}, {"snapshot_running": True}, {"position": None}],
    ids=["behind", "being filled", "empty"],
)
def test_a_mirror_that_stands_at_no_position_of_its_own_is_not_compared(
    change: dict[str, object],
) -> None:
    @story
    async def tell(bench: Bench) -> None:
        check, _state, _history = await mirrored(bench, 3)
        feeds = bench.store.tables.feeds
        feeds[TICKETS] = replace(feeds[TICKETS], **change)  # type: ignore[arg-type]  # by name
        report = await check.check()
        assert (report.compared, report.rows) == (False, 3)
        assert asked_for(bench) == []
        assert PARITY not in bench.store.tables.settings

    tell()
