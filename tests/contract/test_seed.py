"""The demo's data is coherent, and the same for the same seed and clock."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from app.central.contract.bodies import row_hash
from app.central.reference.database import row
from app.central.reference.ledger import Ledger
from app.central.reference.seed.phones import Phones, is_fiction
from app.central.reference.seed.plant import Size, plant
from app.domain.ids import Millis

NOW = Millis(1_795_430_000_000)
SIZE = Size(customers=300, tickets=900)
_SCREEN = ("screen", "picture", "display", "pixels", "hdmi")


class FixedSurroundings:
    """A clock that stands and chance that counts."""

    def __init__(self) -> None:
        self._calls = 0

    def now(self) -> Millis:
        return NOW

    def random(self, count: int) -> bytes:
        self._calls += 1
        return self._calls.to_bytes(count, "big")


def planted(folder: Path, catalog: Path | None = None) -> list[dict[str, Any]]:
    """The rows of a ledger planted in a folder."""
    ledger = Ledger.open(folder, None, FixedSurroundings(), demo=True)
    plant(ledger, catalog, SIZE)
    with ledger.reading() as connection:
        rows = [dict(one) for one in connection.execute(select(row).order_by(row.c.id)).mappings()]
    ledger.engine.dispose()
    return rows


@pytest.fixture(scope="module")
def rows(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    return planted(tmp_path_factory.mktemp("seed"))


def _of(rows: list[dict[str, Any]], type_: str) -> dict[str, dict[str, Any]]:
    return {one["id"]: json.loads(one["fields"]) for one in rows if one["type"] == type_}


def test_the_same_seed_and_clock_give_the_same_bytes(
    rows: list[dict[str, Any]], tmp_path: Path
) -> None:
    assert planted(tmp_path) == rows


def test_each_row_carries_the_contracts_hash(rows: list[dict[str, Any]]) -> None:
    for one in rows:
        fields = json.loads(one["fields"])
        assert one["row_hash"] == row_hash(one["type"], one["id"], one["rev"], fields)


def test_a_fault_fits_its_device(rows: list[dict[str, Any]]) -> None:
    devices = _of(rows, "device")
    with_screen = {"television", "monitor", "laptop", "desktop", "phone", "tablet", "projector",
                   "camera", "oven", "thermostat"}  # fmt: skip
    looked_at = 0
    for ticket in _of(rows, "ticket").values():
        device = devices.get(ticket.get("device_id", ""))
        if device is None or ticket.get("safety") != "none":
            continue
        looked_at += 1
        if any(word in ticket["fault"].casefold() for word in _SCREEN):
            assert device["category"] in with_screen, ticket["fault"]
    assert looked_at > 500


def test_what_belongs_together_points_at_each_other(rows: list[dict[str, Any]]) -> None:
    customers, devices = _of(rows, "customer"), _of(rows, "device")
    entries, plans = _of(rows, "catalog_entry"), _of(rows, "plan")
    for device in devices.values():
        assert device["customer_id"] in customers
        assert "entry_id" not in device or device["entry_id"] in entries
    for ticket in _of(rows, "ticket").values():
        owned = devices.get(ticket.get("device_id", ""))
        assert owned is None or owned["customer_id"] == ticket["customer_id"]
        plan = plans.get(ticket.get("plan_id", ""))
        if plan is not None and owned is not None:
            assert owned["category"] in plan["categories"]
            assert plan["customer_id"] == ticket["customer_id"]


def test_times_are_in_order_and_references_are_unique(rows: list[dict[str, Any]]) -> None:
    tickets = list(_of(rows, "ticket").values())
    references = [ticket["reference"] for ticket in tickets]
    assert len(set(references)) == len(references) == SIZE.tickets
    for ticket in tickets:
        assert ticket["happened_at"] <= ticket["received_at"]
        assert ticket["happened_at"] < ticket["due"]
        assert all(note["at"] >= ticket["happened_at"] for note in ticket.get("notes", []))
    for plan in _of(rows, "plan").values():
        assert plan["starts"] <= plan["ends"]
        assert plan["paid_until"] <= plan["ends"]


def test_every_number_is_one_of_fiction_and_nobodys_elses_while_there_are_any(
    rows: list[dict[str, Any]],
) -> None:
    customers = _of(rows, "customer").values()
    numbers = [number for one in customers for number in one["phones"]]
    assert len(set(numbers)) == len(numbers) > SIZE.customers
    for type_, field in (("ticket", "caller_phone"), ("contact", "number")):
        numbers += [one[field] for one in _of(rows, type_).values() if one.get(field)]
    numbers += [number for one in _of(rows, "expert").values() for number in one["phones"]]
    assert all(map(is_fiction, numbers))


def test_a_whole_town_shares_numbers_only_when_all_are_given() -> None:
    phones = Phones()
    given = [phones.first(place, german=place % 8 == 0) for place in range(16_000)]
    assert len(set(given)) == len(given)
    more = [phones.another(german=place % 8 == 0) for place in range(20_000)]
    assert all(map(is_fiction, given + more))
    assert phones.first(118, german=False) == "+447700900118"


def test_the_catalog_is_large_and_the_queue_alive(rows: list[dict[str, Any]]) -> None:
    assert len(_of(rows, "catalog_entry")) >= 3_000
    tickets = _of(rows, "ticket").values()
    mine = [one for one in tickets if one.get("owner") == "ellen.marsh" and
            one["status"] in ("ready", "to_complete", "scheduled", "new", "done")]  # fmt: skip
    assert mine
    assert any("owner" not in one for one in tickets)
    assert any("model_words" in one for one in tickets)


def test_the_real_catalog_is_taken_in(tmp_path: Path, matching_data: Path) -> None:
    entries = _of(planted(tmp_path, matching_data / "catalog.csv"), "catalog_entry")
    assert len(entries) == 94_105
