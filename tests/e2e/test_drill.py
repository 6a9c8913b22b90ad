"""A drill by real processes: a desk beside the real one, real outages, and the way back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.domain.call import Call
from app.domain.central_services import Service
from app.domain.ids import Millis
from app.drill import Drill
from tests.support.programs import Central, DeskProgram

pytestmark = pytest.mark.e2e


def test_a_drill_touches_nothing_real_until_a_call_of_it_is(tmp_path: Path) -> None:
    """Given a drill beside a desk, when Tickets is away there, then only the drill waits."""
    real = DeskProgram(tmp_path / "desk")
    with Central(tmp_path / "central") as central:
        real.enrol(central, "North")
        started: list[list[str]] = []
        drill = Drill(real.profile, real.secret, started.append)
        try:
            drill.prepare()
            desk = drill.desk
            assert desk.run("status")["drill"] is True
            assert real.run("status").json["drill"] is False
            assert desk.run("sync", "--once")["services"]["tickets"]["mirrored"] > 100
            drill.simulate(frozenset({Service.TICKETS}))
            done = desk.run("take", "--phone", "07700 900118", "--fault", "No picture")
            assert done["ref"].startswith("E"), "no real desk gives such a reference"
            away = desk.run("sync", "--once")
            assert away["waiting"] == 2
            assert away["services"]["tickets"]["state"] == "down"
            assert away["services"]["billing"]["state"] == "up", "one service at a time"
            drill.simulate(frozenset())
            assert desk.run("sync", "--once")["waiting"] == 0
            assert real.run("outbox").json == []

            drill.completed(312.0)
            assert real.run("sync", "--once").code == 0
            call = Call("01900000-0000-7000-8000-00000000000a", Millis(1), phone="07700 900451",
                        fault="Smoke", customer_id="only in the drill")  # fmt: skip
            given = real.run("drill-call", json.dumps({"nonsense": 1}))
            assert given.code == 3
            drill.to_real(call)
            own = real.run("hand-over").json
            assert own["drafts"] == 1
            assert len(started) == 1, "the real desk opens, and offers the call"
        finally:
            drill.central.cut()
        people = real.run("people").json
        supervisor = next(one["id"] for one in people if "supervisor" in one["roles"])
        other = DeskProgram(tmp_path / "other")
        other.enrol(central, "South")
        real.run("take", "--phone", "07700 900118", "--fault", "Hums")
        central.fault("tickets", "down")
        real.run("sync", "--once")
        (seen,) = other.run("catch-up", "--as", supervisor).json["desks"]
        assert seen["last_drill"] is not None, "the last drill is reported"
