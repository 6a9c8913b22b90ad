"""Made-up records of lifelike size for the store's benchmarks, as the bytes central would send."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from app.central.client import decoding
from app.central.contract import wire
from app.domain.feed import SnapshotPage

_FAULTS = (
    "The screen stays black after switching on, the light blinks twice.",
    "It leaks from below once the drum turns, about a cup of water each time.",
    "No cooling since the weekend, the light inside works, it hums loudly.",
    "The door does not lock any more and the programme stops after a minute.",
    "Error E24 shows, it does not pump the water out, cleaned the filter already.",
    "The remote is paired but nothing happens, tried new batteries twice.",
    "Prints only half pages since the update, the rest stays white.",
    "Heats on one side only, the other plate stays cold for the whole time.",
)
_WORDS = (
    "kitchen", "yesterday", "again", "loud", "burnt", "smell", "timer", "handle", "filter", "hose",
    "drawer", "panel", "cable", "blinking", "cold", "warm", "noise", "grinding", "squeaking",
    "spinning", "bearing", "drum", "pump", "valve", "gasket", "hinge", "compressor", "thermostat",
)  # fmt: skip
_NAMES = ("Miller", "Okafor", "Schmidt", "Garcia", "Novak", "Rossi", "Larsen", "Dubois", "Yilmaz")
_FIRST = ("Ann", "Ben", "Cara", "Dev", "Eva", "Finn", "Grace", "Hugo", "Iris", "Jon", "Kim", "Lea")
_TOWNS = ("Leeds", "Bremen", "Bristol", "Mainz", "York", "Essen", "Derby", "Ulm", "Bath", "Kassel")
_STATES = ("closed",) * 88 + ("ready",) * 5 + ("to_complete",) * 4 + ("scheduled",) * 3

PAGE = 1_000


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The pages of a snapshot, encoded, newest records first."""

    pages: tuple[bytes, ...]

    def decoded(self) -> Iterator[SnapshotPage]:
        """Each page read as the client reads it."""
        for raw in self.pages:
            body = decoding.body_of(raw, wire.SnapshotPage)
            if body is None:
                raise ValueError("a page of our own making does not decode")
            yield decoding.snapshot_page(body)


def id_of(kind: int, number: int) -> str:
    """An id that grows with the number, as those of version 7 do."""
    return f"01900000-{number >> 16 & 0xFFFF:04x}-7{kind:03x}-8000-{number & 0xFFFFFFFFFFFF:012x}"


def tickets(count: int, customers: int, seed: int = 7) -> Snapshot:
    """Tickets of about 850 bytes each."""
    chance = random.Random(seed)
    return _pages("ticket", [_ticket(chance, n, customers) for n in range(count)], 1)


def customers(count: int, seed: int = 8) -> Snapshot:
    chance = random.Random(seed)
    return _pages("customer", [_customer(chance, n) for n in range(count)], 2)


def _pages(type_: str, records: list[dict[str, object]], kind: int) -> Snapshot:
    newest = list(enumerate(records))[::-1]
    chunks = [newest[start : start + PAGE] for start in range(0, len(newest), PAGE)]
    return Snapshot(tuple(
        msgspec.json.encode(_page(type_, kind, chunk, at == len(chunks) - 1, len(records)))
        for at, chunk in enumerate(chunks)
    ))  # fmt: skip


def _page(
    type_: str, kind: int, chunk: list[tuple[int, dict[str, object]]], last: bool, total: int
) -> wire.SnapshotPage:
    items = [
        wire.Item(
            type=type_, id=id_of(kind, number), rev=1, position=wire.Position(1, number + 1),
            op="upsert", as_of="2026-11-23T08:00:00.000Z", row_hash=f"{number:064x}",
            fields=msgspec.Raw(msgspec.json.encode(fields)),
        )
        for number, fields in chunk
    ]  # fmt: skip
    return wire.SnapshotPage(
        items=items, start_cursor="start", position=wire.Position(1, total), term_id="term",
        total=total, source_as_of="2026-11-23T08:00:00.000Z",
        after=None if last else items[-1].id,
    )  # fmt: skip


def _ticket(chance: random.Random, number: int, customers: int) -> dict[str, object]:
    day, hour = 1 + number % 28, number % 24
    at = f"2026-{1 + number // 30 % 11:02d}-{day:02d}T{hour:02d}:15:00.000Z"
    phone = phone_of(number % max(customers, 1))
    name = f"{chance.choice(_FIRST)} {chance.choice(_NAMES)}"
    notes = [
        {"id": id_of(9, number * 2 + at_), "text": " ".join(chance.choices(_WORDS, k=14)),
         "by": "p-1", "at": at, "internal": False}
        for at_ in range(number % 3)
    ]  # fmt: skip
    return {
        "reference": f"D{number % 9}-{number:06d}-7", "intake": "phone", "caller_name": name,
        "caller_phone": phone, "caller_e164": phone, "reachable": "after five",
        "customer_id": id_of(2, number % max(customers, 1)),
        "place": f"{number % 180} Mill Lane, {chance.choice(_TOWNS)}, LS{number % 20} 4QT",
        "model_words": f"XR-{number % 900} {chance.choice(_WORDS)}",
        "serial": f"SN{number:09d}",
        "fault": f"{chance.choice(_FAULTS)} {' '.join(chance.choices(_WORDS, k=8))}",
        "safety": "smoke" if number % 401 == 0 else "none", "priority": "normal",
        "status": chance.choice(_STATES), "owner": f"p-{number % 12}", "taken_by": "p-1",
        "desk": "desk-1", "coverage": "verified", "happened_at": at, "received_at": at, "due": at,
        "offline": False, "notes": notes, "promises": [],
    }  # fmt: skip


def _customer(chance: random.Random, number: int) -> dict[str, object]:
    return {
        "name": f"{chance.choice(_FIRST)} {chance.choice(_NAMES)} {number}",
        "address": f"{number % 180} Mill Lane", "city": chance.choice(_TOWNS),
        "postcode": f"LS{number % 20} 4QT", "phones": [phone_of(number)],
        "mails": [f"c{number}@example.org"], "language": "en", "since": "2019-04-01",
        "provisional": False,
    }  # fmt: skip


def phone_of(number: int) -> str:
    return f"+4477009{number:05d}"


def queries(chance: random.Random, count: int) -> list[str]:
    """A fixed mix: common words, rare numbers, names and towns, typed as far as people type."""
    kinds = (
        lambda: chance.choice(_WORDS),
        lambda: chance.choice(_WORDS)[:4],
        lambda: f"{chance.choice(_WORDS)} {chance.choice(_WORDS)[:3]}",
        lambda: f"{chance.choice(_FIRST)} {chance.choice(_NAMES)}",
        lambda: chance.choice(_TOWNS),
        lambda: f"SN{chance.randrange(50_000):09d}",
        lambda: phone_of(chance.randrange(20_000))[-7:],
        lambda: "the",
    )
    return [chance.choice(kinds)() for _ in range(count)]
