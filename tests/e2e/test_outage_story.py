"""The outage story by command line: real central process, real desk process."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from app.domain.ids import Millis
from app.domain.times import to_rfc3339
from tests.support.programs import Central, DeskProgram

pytestmark = pytest.mark.e2e


def test_a_call_in_an_outage_arrives_exactly_once_with_the_time_of_the_call(
    tmp_path: Path,
) -> None:
    """Given a desk and its central, when central is cut during a call, then nothing is lost."""
    desk = DeskProgram(tmp_path / "desk")
    with Central(tmp_path / "central") as central:
        desk.enrol(central)
        assert desk.run("sync", "--once").code == 0

        central.kill()
        called = to_rfc3339(Millis(time.time_ns() // 1_000_000))
        taken = desk.run(
            "take", "--phone", "07700 900118", "--name", "Margaret Ellison",
            "--fault", "No picture, sound works", "--model", "Samsng 55 inch UE-something",
            "--happened-at", called,
        )  # fmt: skip
        assert taken.code == 0, taken.err
        reference = taken.json["ref"]
        away = desk.run("sync", "--once")
        assert away.code == 0
        assert away.json["pushed"] == 0
        assert away.json["waiting"] >= 1
        assert away.json["services"]["tickets"]["state"] == "down"

        central.start()
        back = desk.run("sync", "--once")
        assert back.code == 0
        assert back.json["waiting"] == 0
        again = desk.run("sync", "--once")
        assert again.json["pushed"] == 0

        found = [line for line in central.ledger() if line["ref"] == reference]
        assert len(found) == 1
        assert len(found[0]["operations"]) == 1
        assert found[0]["happened_at"] == called
        assert desk.run("ticket", reference).json["state"] == "Sent"


def test_the_second_start_of_central_knows_what_the_first_one_did(tmp_path: Path) -> None:
    """Given a ticket sent, when central restarts, then a replayed sync changes nothing."""
    desk = DeskProgram(tmp_path / "desk")
    with Central(tmp_path / "central") as central:
        desk.enrol(central)
        desk.run("take", "--phone", "07700 900118", "--fault", "Door seal leaks")
        assert desk.run("sync", "--once").json["waiting"] == 0
        before = central.ledger()
        central.kill()
        central.start()
        assert desk.run("sync", "--once").json["pushed"] == 0
        assert central.ledger() == before
