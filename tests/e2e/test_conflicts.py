"""Two people on one field: theirs stays live, mine is never dropped, a person chooses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.programs import Central, DeskProgram

pytestmark = [pytest.mark.e2e, pytest.mark.linux]


@dataclass
class Two:
    """Two desks that both know one ticket, and what the second then finds."""

    one: DeskProgram
    other: DeskProgram
    ref: str

    def both_change(self, field: str, mine: str, theirs: str) -> dict[str, Any]:
        """The other desk's edit arrives first; the conflict as the first desk shows it."""
        self.one.run("sync", "--once")
        self.other.run("sync", "--once")
        assert self.other.run("set", self.ref, f"{field}={theirs}").code == 0
        assert self.one.run("set", self.ref, f"{field}={mine}").code == 0
        self.other.run("sync", "--once")
        assert self.one.run("sync", "--once").json["waiting"] == 0
        (conflict,) = self.one.run("conflicts").json
        found: dict[str, Any] = conflict
        return found

    def value(self, desk: DeskProgram, field: str) -> Any:  # noqa: ANN401 - JSON
        desk.run("sync", "--once")
        return desk.run("ticket", self.ref).json["fields"].get(field)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    folder: Path = tmp_path_factory.mktemp("conflicts")
    with Central(folder / "central") as central:
        one, other = DeskProgram(folder / "one"), DeskProgram(folder / "other")
        one.enrol(central)
        other.enrol(central)
        taken = one.run("take", "--phone", "07700 900118", "--fault", "No heat").json
        yield Two(one, other, taken["ref"])


def test_theirs_stays_until_mine_is_chosen(two: Two) -> None:
    conflict = two.both_change("place", "mine street", "their street")
    assert (conflict["field"], conflict["mine"], conflict["theirs"]) == (
        "place", "mine street", "their street",
    )  # fmt: skip
    assert two.value(two.one, "place") == "their street"
    done = two.one.run("conflicts", "decide", conflict["op_id"], "--take", "mine")
    assert done.json["state"] == "pending"
    assert two.one.run("conflicts").json == []
    assert two.value(two.one, "place") == "mine street"
    assert two.value(two.other, "place") == "mine street"


def test_taking_theirs_writes_nothing_and_base_goes_back(two: Two) -> None:
    before = two.value(two.one, "reachable")
    conflict = two.both_change("reachable", "mornings", "evenings")
    done = two.one.run("conflicts", "decide", conflict["op_id"], "--take", "theirs")
    assert done.json["op_id"] is None
    assert two.one.run("outbox").json == []
    assert two.value(two.one, "reachable") == "evenings"
    conflict = two.both_change("reachable", "noon", "midnight")
    two.one.run("conflicts", "decide", conflict["op_id"], "--take", "base")
    assert two.value(two.one, "reachable") == "evenings" != before
    assert two.value(two.other, "reachable") == "evenings"


def test_what_is_decided_or_unknown_is_refused(two: Two) -> None:
    conflict = two.both_change("serial", "A1", "B2")
    assert two.one.run("conflicts", "decide", conflict["op_id"], "--take", "mine").code == 0
    again = two.one.run("conflicts", "decide", conflict["op_id"], "--take", "mine")
    assert (again.code, "waits for a decision" in again.err) == (3, True)
    assert two.one.run("conflicts", "decide", "nothing", "--take", "mine").code == 3
    assert two.one.run("conflicts", "decide", conflict["op_id"], "--take", "both").code == 2
