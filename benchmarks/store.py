"""The store's figures (S2-S4, S6): `python -m benchmarks.store [--tickets N] [--only NAME]`."""

from __future__ import annotations

import argparse
import os
import random
import secrets
import statistics
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlcipher3 import dbapi2 as driver

from app.central.contract import bodies
from app.domain.call import Call, Draft
from app.domain.central_services import Service
from app.domain.feed import FeedPage, Position, Rate, SnapshotPage
from app.domain.ids import DeskId, EntityId, Millis, OpId, PersonId
from app.domain.operations import Body, FieldChange, Json
from app.domain.views import QueueFilter, QueueKey, QueueView
from app.ports.store import DeskIdentity, Staleness, WriteTx
from app.providers.executor import InlineExecutor
from app.providers.platform import SystemPlatform
from app.providers.system import SystemClock, SystemRandom, Uuid7Source
from benchmarks.harness import (
    ROUNDS,
    Figure,
    Timing,
    median,
    ms,
    percentile,
    side_by_side,
    table,
    timed,
)
from benchmarks.store_data import Snapshot, customers, id_of, phone_of, queries, tickets
from local_store import engine, profile
from local_store.store import SqlStore

T = TypeVar("T")

PLATFORM = SystemPlatform()
CLOCK = SystemClock(PLATFORM)
IDS = Uuid7Source(CLOCK, SystemRandom())
NOW = Millis(1_795_430_527_000)
CUSTOMERS = 20_000
IDENTITY = DeskIdentity("desk-1", "Desk", "K7", ("K8",), "inc-1", "none", "", (), NOW)


def run(work: Coroutine[object, object, T]) -> T:
    """The executor is inline, so a call ends without ever waiting for a loop."""
    try:
        work.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    raise AssertionError("an inline call does not wait")


@dataclass
class Bench:
    """A folder, its stores and the data they are filled with."""

    folder: Path
    count: int
    made: int = 0
    tickets: Snapshot = field(init=False)
    customers: Snapshot = field(init=False)

    def __post_init__(self) -> None:
        self.tickets = tickets(self.count, CUSTOMERS)
        self.customers = customers(min(CUSTOMERS, self.count))

    def store(self) -> SqlStore:
        """A new empty encrypted store."""
        self.made += 1
        place = self.folder / f"profile-{self.made}"
        place.mkdir()
        made = profile.create(place, secrets.token_bytes(32), PLATFORM, InlineExecutor())
        run(made.write(lambda tx: tx.desk.keep_identity(IDENTITY)))
        return made

    def filled(self) -> SqlStore:
        store = self.store()
        mirror(store, Service.CUSTOMERS, self.customers)
        mirror(store, Service.TICKETS, self.tickets)
        return store


def keep_page(service: Service, page: SnapshotPage, tx: WriteTx) -> None:
    tx.mirror.apply_snapshot_page(service, page, NOW)


def mirror(store: SqlStore, service: Service, snapshot: Snapshot) -> None:
    """A first mirror as the engine does it."""
    for page in snapshot.decoded():
        run(store.write(partial(keep_page, service, page), by_person=False))
    end = FeedPage((), "end", Position(1, 10**9), "term", True, NOW, Rate(1, 1))

    def finish(tx: WriteTx) -> None:
        tx.mirror.apply_page(service, end, NOW)
        tx.mirror.swap_generation(service, NOW)

    run(store.write(finish, by_person=False))


# --- S3: a durable save -------------------------------------------------------------------------


def save(store: SqlStore, number: int) -> None:
    """One call as the services save it: reference, ticket, contact and draft in one commit."""
    ticket, contact = EntityId(IDS.new_id()), EntityId(IDS.new_id())

    def write(tx: WriteTx) -> None:
        reference = tx.desk.next_reference()
        fields: dict[str, Json] = {
            "reference": reference, "caller_name": "Ann Miller", "caller_phone": "+447700900118",
            "caller_e164": "+447700900118", "customer_id": id_of(2, number % CUSTOMERS),
            "fault": "No cooling since the weekend, the light inside works, it hums loudly.",
            "model_words": "KGN-39 something", "place": "4 Mill Lane, Leeds", "status": "ready",
            "safety": "none", "priority": "normal", "owner": "p-1", "taken_by": "p-1",
            "happened_at": "2026-11-23T10:42:00.000Z", "due": "2026-11-23T18:42:00.000Z",
        }  # fmt: skip
        called: dict[str, Json] = {
            "direction": "in", "number": "+447700900118", "e164": "+447700900118",
            "started": "2026-11-23T10:42:00.000Z", "agent": "p-1", "outcome": "new_ticket",
            "tickets": [ticket],
        }  # fmt: skip
        tx.outbox.append(bodies.seal(body("ticket.create", ticket, fields)), NOW)
        tx.outbox.append(bodies.seal(body("contact.create", contact, called)), NOW)
        tx.drop_draft(f"draft-{number}")

    run(store.write(write))


def keep_draft(draft: Draft, tx: WriteTx) -> None:
    tx.keep_draft(draft)


def body(kind: str, target: EntityId, fields: dict[str, Json]) -> Body:
    return Body(
        op_id=OpId(IDS.new_id()), kind=kind, target=target, after=None, actor=PersonId("p-1"),
        desk=DeskId("desk-1"), incarnation="inc-1", happened_at=NOW, clock_offset_ms=None,
        clock_offset_age_ms=None, offline=True,
        changes={name: FieldChange(None, value) for name, value in fields.items()},
    )  # fmt: skip


def durable_save(bench: Bench) -> list[Figure]:
    """A save against appending 4 KiB to a file and waiting for the disk."""
    store, block, many = bench.filled(), os.urandom(4096), 200
    bare = os.open(bench.folder / "bare", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def append() -> None:
        os.write(bare, block)
        os.fdatasync(bare)

    ours: list[Timing] = []
    floor: list[Timing] = []
    for number in range(many):
        draft = Draft(Call(f"draft-{number}", NOW, fault="No cooling"), "p-1", NOW)
        run(store.write(partial(keep_draft, draft)))
        floor.append(timed(append))
        ours.append(timed(partial(save, store, number)))
    os.close(bare)
    store.close_now()
    one, other = median(ours), median(floor)
    return [
        Figure(
            "durable save (S3), wall", ms(one.wall), ms(other.wall), one.wall / other.wall,
            "1.5 x where the disk takes 1 ms or more",
        ),
        Figure("durable save (S3), CPU over the append's", ms(one.cpu - other.cpu), "", None,
               "+0.5 ms where the disk is faster"),
    ]  # fmt: skip


# --- S4: the first mirror -----------------------------------------------------------------------


def floor_mirror(path: Path, snapshot: Snapshot) -> None:
    """Decode the pages and put the rows into one encrypted table: no search, no columns."""
    connection = engine.tuned(
        engine.connect(path, secrets.token_bytes(32), mode="rwc"), engine.Use.WRITING
    )
    connection.execute("CREATE TABLE ticket (id TEXT PRIMARY KEY, rev INTEGER, fields TEXT)")
    for page in snapshot.decoded():
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO ticket VALUES (?, ?, ?)",
            [(item.id, item.rev, item.raw_fields.decode()) for item in page.items],
        )
        connection.execute("COMMIT")
    connection.close()


def first_mirror(bench: Bench) -> list[Figure]:
    """Until search finds everything, and until queues show something, against the floor."""
    ours: list[Timing] = []
    floors: list[Timing] = []
    for number in range(ROUNDS):
        path = bench.folder / f"floor-{number}"
        floors.append(timed(partial(floor_mirror, path, bench.tickets)))
        store = bench.store()
        ours.append(timed(partial(mirror, store, Service.TICKETS, bench.tickets)))
        store.close_now()
    floor, whole, first = median(floors), median(ours), first_rows(bench)
    return [
        Figure(f"first mirror of {bench.count} tickets, searchable (S4), wall",
               f"{whole.wall:.2f} s", f"{floor.wall:.2f} s", whole.wall / floor.wall,
               "3 x decode + insert"),
        Figure("the same, CPU", f"{whole.cpu:.2f} s", f"{floor.cpu:.2f} s", whole.cpu / floor.cpu),
        Figure("queues usable: the first page shown (S4)", ms(first), f"{whole.wall:.2f} s",
               first / whole.wall, "0.30 of the time"),
    ]  # fmt: skip


def first_rows(bench: Bench) -> float:
    """From an empty store to a queue page with something in it."""
    taken: list[float] = []
    for _ in range(ROUNDS):
        store = bench.store()
        began = time.perf_counter()
        page = next(bench.tickets.decoded())
        run(store.write(partial(keep_page, Service.TICKETS, page), by_person=False))
        rows = run(store.read(lambda tx: tx.tickets.queue(
            QueueFilter(QueueView.OPEN), None, 256, NOW))).rows  # fmt: skip
        taken.append(time.perf_counter() - began)
        if not rows:
            raise AssertionError("the first page holds open tickets")
        store.close_now()
    return statistics.median(taken)


# --- S1, S2: reading ----------------------------------------------------------------------------


def reading(bench: Bench) -> list[Figure]:
    """Keystrokes, callers, queues and an opened ticket over a filled store."""
    store = bench.filled()
    figures = [*keystrokes(bench, store), *callers(store), *queues(store)]
    store.close_now()
    return figures


def keystrokes(bench: Bench, store: SqlStore) -> list[Figure]:
    mix = queries(random.Random(11), 200)
    taken = each(mix, lambda text: run(store.read(lambda tx: tx.search(text, 20, NOW))))
    return [_spread(f"keystroke to results, {bench.count} tickets (S1)", taken, "5 / 50 ms")]


def callers(store: SqlStore) -> list[Figure]:
    chance = random.Random(12)

    def match(e164: str | None, digits: str, name: str) -> Callable[[], object]:
        return lambda: run(store.read(lambda tx: tx.customers.matches(
            e164=e164, digits=digits, name=name, now=NOW, limit=5)))  # fmt: skip

    phones = [phone_of(chance.randrange(CUSTOMERS)) for _ in range(200)]
    exact = each(phones, lambda one: match(one, one[1:], "")())
    ending = each(phones, lambda one: match(None, one[-6:], "")())
    named = each(phones, lambda one: match(None, "", f"Miller {int(one[-5:])}")())
    return [
        _spread("caller by phone, exact (S2)", exact, "5 ms"),
        _spread("caller by last digits (S2)", ending, "5 ms"),
        _spread("caller by name", named, ""),
    ]


def queues(store: SqlStore) -> list[Figure]:
    views = [view for view in QueueView if view is not QueueView.NEEDS_REVIEW]

    def page(view: QueueView, after: QueueKey | None) -> QueueKey | None:
        which = QueueFilter(view, owner="p-3")
        return run(store.read(lambda tx: tx.tickets.queue(which, after, 256, NOW))).next_key

    opened = each(views * 10, lambda view: page(view, None))
    second = page(QueueView.ALL, None)
    further = each(range(100), lambda _: page(QueueView.ALL, second))
    staleness = Staleness(NOW, dict.fromkeys(Service, 60_000))
    ticket = id_of(1, 77)
    detail = each(range(100), lambda _: run(store.read(
        lambda tx: tx.tickets.detail(ticket, staleness))))  # fmt: skip
    counts = each(range(100), lambda _: run(store.read(lambda tx: tx.tickets.counts("p-3", NOW))))
    return [
        _spread("queue view opened, 256 rows (S2)", opened, "10 ms"),
        _spread("next page (S2)", further, "5 ms"),
        _spread("ticket opened", detail, ""),
        _spread("rail counters", counts, ""),
    ]


def each(things: Iterable[T], work: Callable[[T], object]) -> list[Timing]:
    """The work on each thing, after one round to warm the caches."""
    listed = list(things)
    for one in listed[:20]:
        work(one)
    taken = []
    for one in listed:
        wall, cpu = time.perf_counter(), time.process_time()
        work(one)
        taken.append(Timing(time.perf_counter() - wall, time.process_time() - cpu))
    return taken


def _spread(name: str, taken: list[Timing], goal: str) -> Figure:
    walls, cpu = [one.wall for one in taken], statistics.median(one.cpu for one in taken)
    p50, p99 = statistics.median(walls), percentile(walls, 0.99)
    return Figure(name, f"p50 {ms(p50)}, p99 {ms(p99)}", f"CPU p50 {ms(cpu)}", goal=goal)


# --- S6: what the cipher costs ------------------------------------------------------------------


def cipher(bench: Bench) -> list[Figure]:
    """The same rows written with and without the key."""
    rows = [
        (item.id, item.raw_fields.decode())
        for page in bench.tickets.decoded()
        for item in page.items
    ][:20_000]

    def write(*, key: bool) -> None:
        with tempfile.TemporaryDirectory(dir=bench.folder) as folder:
            connection = driver.connect(str(Path(folder) / "db"), isolation_level=None)
            if key:
                connection.execute(f"PRAGMA key = \"x'{secrets.token_hex(32)}'\"")
            engine.tuned(connection, engine.Use.WRITING)
            connection.execute("CREATE TABLE ticket (id TEXT PRIMARY KEY, fields TEXT)")
            for start in range(0, len(rows), 1_000):
                connection.execute("BEGIN IMMEDIATE")
                connection.executemany("INSERT INTO ticket VALUES (?, ?)",
                                       rows[start : start + 1_000])  # fmt: skip
                connection.execute("COMMIT")
            connection.close()

    plain, sealed = side_by_side(partial(write, key=False), partial(write, key=True))
    return [
        Figure("encrypted writes (S6), wall", ms(sealed.wall), ms(plain.wall),
               sealed.wall / plain.wall, "1.45 x"),
        Figure("the same, CPU", ms(sealed.cpu), ms(plain.cpu), sealed.cpu / plain.cpu),
    ]  # fmt: skip


SECTIONS: dict[str, Callable[[Bench], list[Figure]]] = {
    "save": durable_save,
    "mirror": first_mirror,
    "reading": reading,
    "cipher": cipher,
}


def main() -> None:
    """Run the sections asked for and print their table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tickets", type=int, default=50_000)
    arguments.add_argument("--only", choices=sorted(SECTIONS))
    chosen = arguments.parse_args()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="offhook-benchmark-") as folder:
        bench = Bench(Path(folder), chosen.tickets)
        for name, section in SECTIONS.items():
            if chosen.only in (None, name):
                figures += section(bench)
    print(table(f"Store, {chosen.tickets} tickets", figures))


if __name__ == "__main__":
    main()
