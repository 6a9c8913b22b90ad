"""A desk's unsent work handed to another desk: nothing lost, nothing doubled, by real processes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.programs import Central, DeskProgram

pytestmark = pytest.mark.e2e


def enrolled(central: Central, folder: Path, *names: str) -> list[DeskProgram]:
    """Desks that know one another's keys."""
    desks = [DeskProgram(folder / name) for name in names]
    for desk, name in zip(desks, names, strict=True):
        desk.enrol(central, name)
        assert desk.run("sync", "--once").code == 0
    for desk in desks:
        assert desk.run("sync", "--once").code == 0
    return desks


def taken(desk: DeskProgram, fault: str) -> str:
    done = desk.run("take", "--phone", "07700 900118", "--fault", fault)
    assert done.code == 0, done.err
    return str(done.json["ref"])


def hearing(desk: DeskProgram, other: str) -> str:
    """What a supervisor of that desk is told of another one, "" where it is not listed."""
    people = desk.run("people").json
    supervisor = next(one["id"] for one in people if "supervisor" in one["roles"])
    listed = desk.run("catch-up", "--as", supervisor).json["desks"]
    return next((str(one["hearing"]) for one in listed if one["desk"] == other), "")


def told(central: Central, *words: str) -> int:
    """The exit code of a command of central's people, while it runs."""
    command = [sys.executable, "-m", "app.central.reference", words[0], "--data"]
    return subprocess.run([*command, str(central.data), *words[1:]], check=False).returncode


def test_unsent_work_goes_through_another_desk_once_whichever_of_them_comes_first(
    tmp_path: Path,
) -> None:
    """Given work taken over and a giver alive, when both meet central, each is there once."""
    file, receipt = tmp_path / "work.handover", tmp_path / "work.receipt"
    with Central(tmp_path / "central") as central:
        north, south, east = enrolled(central, tmp_path, "north", "south", "east")
        central.kill()
        refs = [taken(north, "No picture"), taken(north, "Sparks from the socket")]
        assert north.run("note", refs[0], "Rings again at four").code == 0
        assert north.run("remove").code == 3, "unsent work stays"

        given = north.run("hand-over", "file", str(file), "--to", "south")
        assert given.code == 0, given.err
        assert given.json["operations"] == 5
        assert b"Rings again" not in file.read_bytes()
        assert given.json["desk_code"] != refs[0].split("-")[0], "a spare code is burnt"
        assert east.run("hand-over", "take", str(file)).code == 3, "sealed for another desk"
        done = south.run("hand-over", "take", str(file), "--receipt", str(receipt))
        assert done.code == 0, done.err
        assert done.json["operations"] == 5
        again = south.run("hand-over", "take", str(file)).json
        assert (again["operations"], again["known_here"]) == (0, 5)
        assert south.run("ticket", refs[0]).json["fault"] == "No picture"
        late = taken(north, "It hums")
        assert late.split("-")[0] == given.json["desk_code"]

        central.start()
        assert south.run("sync", "--once").json["waiting"] == 0
        assert north.run("sync", "--once").json["waiting"] == 0
        assert north.run("sync", "--once").json["services"]["tickets"]["state"] == "up"
        truth = {line["ref"]: len(line["operations"]) for line in central.ledger()}
        assert truth == {refs[0]: 2, refs[1]: 1, late: 1}
        assert south.run("sync", "--once").json["pushed"] == 0
        gone = north.run("remove").json
        assert not north.profile.exists(), "everything is at central"
        assert gone["central_told"] is True
        assert hearing(south, gone["removed"]) == "removed"
        assert south.run("sync", "--once").code == 0
        assert south.run("hand-over", "file", str(tmp_path / "x"), "--to", "north").code == 3


def test_a_desk_that_goes_for_good_leaves_with_a_receipt_and_the_work_arrives(
    tmp_path: Path,
) -> None:
    """Given a receipt, when the giver is removed in the outage, then the taker delivers it all."""
    file, receipt = tmp_path / "work.handover", tmp_path / "work.receipt"
    with Central(tmp_path / "central") as central:
        north, south = enrolled(central, tmp_path, "north", "south")
        central.kill()
        ref = taken(north, "No picture")
        assert north.run("hand-over", "file", str(file), "--to", "south").code == 0
        assert south.run("hand-over", "take", str(file), "--receipt", str(receipt)).code == 0
        after = taken(north, "Taken after the file was made")
        refused = north.run("remove", "--receipt", str(receipt))
        assert refused.code == 3
        assert "unsent: 2" in refused.err, "the receipt does not cover what came later"
        file.unlink()
        assert north.run("hand-over", "file", str(file), "--to", "south").code == 0
        receipt.unlink()
        assert south.run("hand-over", "take", str(file), "--receipt", str(receipt)).code == 0
        gone = north.run("remove", "--receipt", str(receipt))
        assert gone.code == 0, gone.err
        assert not north.profile.exists()
        assert gone.json["central_told"] is False
        assert "desk-gone" in gone.json["todo"]

        central.start()
        assert hearing(south, gone.json["removed"]) != "removed", "nobody could tell central"
        assert told(central, "desk-gone", "no such desk") == 2
        assert told(central, "desk-gone", gone.json["removed"]) == 0
        assert hearing(south, gone.json["removed"]) == "removed"
        assert south.run("sync", "--once").json["waiting"] == 0
        assert {line["ref"] for line in central.ledger()} == {ref, after}
        assert [len(line["operations"]) for line in central.ledger()] == [1, 1]
