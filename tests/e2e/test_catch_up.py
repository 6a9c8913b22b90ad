"""The catch-up by command line: real central, real desks, an outage between them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support.programs import Central, DeskProgram

pytestmark = pytest.mark.e2e


def test_after_an_outage_the_desk_says_what_it_took_and_a_supervisor_sees_the_others(
    tmp_path: Path,
) -> None:
    """Given two calls in an outage, when central is back, then both are accounted for."""
    desk, other = DeskProgram(tmp_path / "desk"), DeskProgram(tmp_path / "other")
    with Central(tmp_path / "central") as central:
        for one, name in ((desk, "North"), (other, "South")):
            one.enrol(central, name)
            assert one.run("sync", "--once").code == 0
        central.kill()
        take(desk, "No picture", "--model", "Samsng 55 inch")
        take(desk, "Door seal leaks")
        for _again in range(2):
            assert desk.run("sync", "--once").json["pushed"] == 0
        during = desk.run("catch-up").json
        assert (during["until"], during["taken"], during["unsent"]) == (None, 2, 2)
        assert "tickets" in during["services"]

        central.start()
        assert desk.run("sync", "--once").json["waiting"] == 0
        after = desk.run("catch-up").json
        assert after["recorded"] is True
        assert after["until"] is not None
        assert (after["taken"], after["sent"], after["unsent"]) == (2, 2, 0)
        assert (after["models"], after["to_complete"]) == (1, 1)
        assert after["last_received"] is not None
        assert "desks" not in after, "an agent is not told how other desks stand"
        take(desk, "Hums, and is sent at once")
        for one in (desk, other):
            assert one.run("sync", "--once").json["waiting"] == 0
        assert desk.run("catch-up").json["taken"] == 2
        span = desk.run("catch-up", "--since", "2020-01-01T00:00:00Z").json
        assert (span["taken"], span["sent"], span["recorded"]) == (3, 3, False)
        assert other.run("catch-up", "--since", "2020-01-01T00:00:00Z").json["taken"] == 0

        central.fault("tickets", "down")
        take(desk, "Sparks from the socket")
        assert desk.run("sync", "--once").json["waiting"] == 2
        (found,) = seen_by_supervisor(other)
        assert (found["name"], found["unsent"], found["hearing"]) == ("North", 2, "heard")
        assert found["oldest_unsent"] is not None
        assert found["version"]


def take(desk: DeskProgram, fault: str, *more: str) -> None:
    done = desk.run("take", "--phone", "07700 900118", "--fault", fault, *more)
    assert done.code == 0, done.err


def seen_by_supervisor(desk: DeskProgram) -> list[dict[str, Any]]:
    people = desk.run("people").json
    supervisor = next(one["id"] for one in people if "supervisor" in one["roles"])
    return list(desk.run("catch-up", "--as", supervisor).json["desks"])
