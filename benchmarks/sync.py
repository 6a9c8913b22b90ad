"""First mirror through client and engine (S4): `python -m benchmarks.sync [--tickets N]`.

The floor decodes the same pages and inserts the same rows into one encrypted table, without
search, projection or cursors. Both end with every page committed (synchronous=FULL).
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import msgspec

from app.central.client.contract_client import Access, ContractClient
from app.central.contract import bodies, wire
from app.domain.central_services import Service
from app.domain.configuration import EndpointPlace
from app.domain.ids import Millis
from app.domain.times import to_rfc3339
from app.ports.central import Request, Response
from app.ports.store import DeskIdentity
from app.providers.executor import ThreadExecutor
from app.providers.platform import SystemPlatform
from app.providers.system import SystemClock, SystemRandom, Uuid7Source
from app.sync.engine import SyncEngine
from local_store import engine as encrypted
from local_store import profile

PAGE_ROWS = 1_000
URL = "http://central"
PLATFORM = SystemPlatform()
CLOCK = SystemClock(PLATFORM)
RANDOM = SystemRandom()
IDS = Uuid7Source(CLOCK, RANDOM)
PARTS = ("compressor", "door seal", "display", "pump", "remote", "power supply", "hinge", "fan")
FAULTS = ("hums loudly", "leaks at night", "does not start", "shows an error", "smells of dust")


def fields(number: int) -> dict[str, object]:
    """A ticket of about 850 bytes."""
    what = f"The {PARTS[number % 8]} {FAULTS[number % 5]}, model RX-{number % 977}"
    return {
        "reference": f"K7-{number:05d}-0",
        "caller_name": f"Caller {number % 20_000}",
        "caller_phone": f"07700 9{number % 100_000:05d}",
        "caller_e164": f"+4477009{number % 100_000:05d}",
        "fault": f"{what}. It began on day {number % 31} and came back after a reset.",
        "model_words": f"RX-{number % 977} series {number % 13}",
        "status": ("new", "triaged", "waiting", "closed")[number % 4],
        "priority": ("normal", "high")[number % 2],
        "safety": "none",
        "intake": "phone",
        "desk": "desk-1",
        "taken_by": f"agent-{number % 9}",
        "happened_at": to_rfc3339(Millis(1_795_000_000_000 + number * 60_000)),
        "received_at": to_rfc3339(Millis(1_795_000_000_500 + number * 60_000)),
        "due": to_rfc3339(Millis(1_795_080_000_000 + number * 60_000)),
        "offline": number % 7 == 0,
        "notes": [
            {
                "id": f"note-{number}",
                "text": f"Customer asked for a call back about the {PARTS[number % 8]}.",
                "by": f"agent-{number % 9}",
                "at": to_rfc3339(Millis(1_795_000_900_000 + number * 60_000)),
                "internal": True,
            }
        ],
    }


def snapshot_pages(tickets: int) -> list[bytes]:
    """Every ticket, newest ids first, as central's pages."""
    ids = sorted((IDS.new_id() for _ in range(tickets)), reverse=True)
    pages = []
    for start in range(0, tickets, PAGE_ROWS):
        rows = [
            _item(tickets - at, ids[at]) for at in range(start, min(start + PAGE_ROWS, tickets))
        ]
        page = wire.SnapshotPage(
            items=rows,
            start_cursor="start",
            position=wire.Position(1, tickets),
            term_id="term",
            total=tickets,
            source_as_of=to_rfc3339(CLOCK.now()),
            after=str(start // PAGE_ROWS + 1) if start + PAGE_ROWS < tickets else None,
        )
        pages.append(msgspec.json.encode(page))
    return pages


def _item(number: int, id_: str) -> wire.Item:
    return wire.Item(
        type="ticket",
        id=id_,
        rev=1,
        position=wire.Position(1, number),
        op="upsert",
        as_of=to_rfc3339(CLOCK.now()),
        row_hash=f"{number:064x}",
        fields=msgspec.Raw(msgspec.json.encode(fields(number))),
    )


@dataclass
class Replay:
    """A transport that answers at once with pages made before."""

    pages: list[bytes]
    tickets: int
    rows_here: float = 0.0
    """When the first feed page after the snapshot was asked for."""

    async def exchange(self, request: Request) -> Response:
        service, _, what = request.url.removeprefix(f"{URL}/v1/").partition("/")
        if what.startswith("health"):
            return _json(
                wire.Health(service, True, self._position(service), "term", _now(), _now())
            )
        if what.startswith("snapshot") and service == Service.TICKETS:
            at = int(what.partition("after=")[2] or 0)
            return Response(200, {}, self.pages[at])
        if what.startswith("snapshot"):
            empty = wire.SnapshotPage([], "start", self._position(service), "term", 0, _now())
            return _json(empty)
        if what.startswith("changes"):
            if service == Service.TICKETS and "cursor=" in what:
                self.rows_here = time.perf_counter()
            return _json(self._end_of_feed(service))
        return Response(404, {}, b"")

    def _position(self, service: str) -> wire.Position:
        return wire.Position(1, self.tickets if service == Service.TICKETS else 0)

    def _end_of_feed(self, service: str) -> wire.Page:
        return wire.Page(
            items=[],
            next_cursor="end",
            position=self._position(service),
            term_id="term",
            up_to_date=True,
            source_as_of=_now(),
            page_hash=bodies.page_hash([], "end"),
            rate=wire.Rate(1_000, 1_000),
        )

    async def close(self) -> None: ...


def _now() -> str:
    return to_rfc3339(CLOCK.now())


def _json(body: object) -> Response:
    return Response(200, {}, msgspec.json.encode(body))


def floor(pages: list[bytes], folder: Path) -> float:
    """Seconds to decode and insert, no search."""
    key = secrets.token_bytes(32)
    path = folder / "floor.db"
    connection = encrypted.tuned(encrypted.connect(path, key, mode="rwc"), encrypted.Use.WRITING)
    connection.execute(
        "CREATE TABLE row (id TEXT PRIMARY KEY, type TEXT, rev INT, term INT, n INT, fields TEXT)"
    )
    decoder = msgspec.json.Decoder(wire.SnapshotPage)
    began = time.perf_counter()
    for page in pages:
        rows = [
            (one.id, one.type, one.rev, one.position.term, one.position.n, bytes(one.fields))
            for one in decoder.decode(page).items
        ]
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("INSERT INTO row VALUES (?, ?, ?, ?, ?, ?)", rows)
        connection.execute("COMMIT")
    took = time.perf_counter() - began
    connection.close()
    return took


async def mirror(pages: list[bytes], tickets: int, folder: Path) -> tuple[float, float]:
    """Seconds until the queues are usable, and until everything is searchable."""
    executor = ThreadExecutor()
    store = profile.create(folder, secrets.token_bytes(32), PLATFORM, executor)
    identity = DeskIdentity("d", "Desk", "K7", (), "i", "c", "", (URL,), CLOCK.now())
    await store.write(lambda tx: tx.desk.keep_identity(identity))
    replay = Replay(pages, tickets)
    places = dict.fromkeys(Service, (EndpointPlace(URL),))
    client = ContractClient(replay, CLOCK, Access("c", "i"), places)
    began = time.perf_counter()
    report = await SyncEngine(store, client, CLOCK, RANDOM, IDS).sync_once(deadline_s=3_600)
    took = time.perf_counter() - began
    if report.pulled != tickets:
        raise SystemExit(f"only {report.pulled} rows came")
    await store.close()
    executor.close()
    return replay.rows_here - began, took


def main() -> None:
    """Print each round and the medians as ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=5)
    wanted = parser.parse_args()
    pages = snapshot_pages(wanted.tickets)
    size = sum(len(page) for page in pages) / wanted.tickets
    print(f"{wanted.tickets} tickets, {size:.0f} bytes each on the wire")
    ratios, shares = [], []
    for number in range(wanted.rounds):
        with tempfile.TemporaryDirectory() as name:
            at_least = floor(pages, Path(name))
        with tempfile.TemporaryDirectory() as name:
            usable, took = asyncio.run(mirror(pages, wanted.tickets, Path(name)))
        ratios.append(took / at_least)
        shares.append(usable / took)
        print(
            f"round {number + 1}: floor {at_least:.2f} s, rows here {usable:.2f} s, "
            f"searchable {took:.2f} s = {ratios[-1]:.2f} x the floor"
        )
    print(f"S4 first mirror, searchable: {statistics.median(ratios):.2f} x the floor (goal 3)")
    print(f"S4 queues usable after {statistics.median(shares):.0%} of the time (goal 30 %)")


if __name__ == "__main__":
    main()
