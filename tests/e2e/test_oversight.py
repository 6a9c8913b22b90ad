"""Mirrors compared, deletions held, tickets merged: from the command line, at a real central."""

from __future__ import annotations

import httpx
import pytest

from tests.support.programs import Central, DeskProgram

pytestmark = [pytest.mark.e2e, pytest.mark.linux]

SUPERVISOR = "nadia.holt"


@pytest.fixture(scope="module")
def desk(central: Central, tmp_path_factory: pytest.TempPathFactory) -> DeskProgram:
    made = DeskProgram(tmp_path_factory.mktemp("desk") / "profile")
    made.enrol(central)
    return made


def test_both_references_lead_to_one_ticket_until_that_is_taken_back(desk: DeskProgram) -> None:
    one, two = (
        desk.run("take", "--phone", "07700 900118", "--fault", fault).json["ref"]
        for fault in ("No heat", "Cold radiators")
    )
    merged = desk.run("merge", one, two)
    assert merged.json["state"] == "pending"
    assert desk.run("ticket", one).json["ref"] == two
    assert desk.run("sync", "--once").json["waiting"] == 0
    assert desk.run("ticket", one).json["ref"] == two
    assert desk.run("merge", two, one).code == 3
    assert desk.run("unmerge", one).code == 0
    assert desk.run("sync", "--once").json["waiting"] == 0
    assert desk.run("ticket", one).json["ref"] == one
    assert desk.run("unmerge", one).code == 3


def test_mirrors_are_compared_and_a_row_changed_by_hand_is_repaired(
    central: Central, desk: DeskProgram
) -> None:
    desk.run("take", "--phone", "07700 900119", "--fault", "No light")
    desk.run("sync", "--once")
    found = {one["service"]: one for one in desk.run("parity").json}
    assert len(found) == 6
    assert all(one["healthy"] for one in found.values())
    assert found["tickets"]["rows"] > 0
    assert desk.run("incidents", "--all").json == []
    central.kill()
    away = {one["service"]: one for one in desk.run("parity").json}
    assert not any(one["compared"] for one in away.values())
    central.start()


def test_a_few_deletions_are_no_mass_and_nothing_is_held(
    central: Central, desk: DeskProgram
) -> None:
    reference = desk.run("take", "--phone", "07700 900120", "--fault", "No water").json["ref"]
    desk.run("sync", "--once")
    assert desk.run("held").json == []
    assert desk.run("held", "release", "tickets", "--reason", "?", "--as", SUPERVISOR).code == 3
    ids = {one["ref"]: one["id"] for one in central.ledger()}
    assert len(ids) < 200, "a few are no mass: they go at once"
    upkeep = {"service": "tickets", "remove": [ids[reference]], "reason": "deleted"}
    assert httpx.post(f"{central.url}/upkeep", json=upkeep).json()["removed"] == 1
    desk.run("sync", "--once")
    assert desk.run("ticket", reference).code == 3
    assert desk.run("held").json == []
