"""The outage stories of the product, each told once on the real programs."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.command_here import run_here
from tests.support.programs import ROOT, Central, DeskProgram, environment

pytestmark = pytest.mark.e2e


@pytest.fixture
def central(tmp_path: Path) -> Iterator[Central]:
    with Central(tmp_path / "central") as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, central: Central) -> DeskProgram:
    """An enrolled desk whose mirror is up to date."""
    program = DeskProgram(tmp_path / "desk")
    program.enrol(central)
    assert run_here(program, "sync", "--once").code == 0
    return program


def _lines(central: Central, *references: str) -> list[dict[str, object]]:
    return [line for line in central.ledger() if line["ref"] in references]


@pytest.mark.linux
def test_story_1_the_power_fails_in_the_middle_of_calls(
    desk: DeskProgram, central: Central
) -> None:
    """A call in an outage.

    Given central is down and an agent takes one call after the other,
    when the desk is killed between two of them and started again, and central returns,
    then each reference that was read out is at central exactly once, with the time of its call.
    """
    central.kill()
    command = [
        sys.executable, "-m", "tests.support.taking", str(desk.profile), str(desk.secret), "500",
    ]  # fmt: skip
    calls = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        env=environment(),
    )  # fmt: skip
    assert calls.stdout is not None
    heard = [calls.stdout.readline() for _ in range(7)]
    calls.send_signal(signal.SIGKILL)
    heard += calls.communicate()[0].splitlines(keepends=True)
    assert calls.returncode == -signal.SIGKILL
    said = [line.split()[1] for line in heard if line.endswith("\n")]
    assert 7 <= len(said) < 500

    restarted = run_here(desk, "outbox").json
    times = {row["ref"]: row["since"] for row in restarted if row["kind"] == "ticket.create"}
    assert set(said) <= times.keys()

    central.start()
    assert run_here(desk, "sync", "--once").json["waiting"] == 0
    found = _lines(central, *said)
    assert sorted(str(line["ref"]) for line in found) == sorted(said)
    for line in found:
        assert len(line["operations"]) == 1  # type: ignore[arg-type]  # a list by contract
        assert str(line["happened_at"])[:16] == times[line["ref"]][:16]
        assert str(line["received_at"]) > str(line["happened_at"])


def test_story_1_the_caller_rings_again_in_the_outage(desk: DeskProgram, central: Central) -> None:
    """A call in an outage.

    Given a call taken while central is down,
    when the same caller rings again before central is back,
    then the desk finds the first call by number and by words, and adds to it; nothing is doubled.
    """
    central.kill()
    words = (
        "take",
        "--phone",
        "07700 900118",
        "--name",
        "Margaret Ellison",
        "--fault",
        "No picture",
    )
    first = run_here(desk, *words).json["ref"]
    found = run_here(desk, "search", "Ellison").json["tickets"]
    assert [row["ref"] for row in found] == [first]
    shown = run_here(desk, "ticket", first).json
    assert shown["state"] == "Saved here"
    assert run_here(desk, "note", first, "Rang again: sound works.").code == 0
    central.start()
    assert run_here(desk, "sync", "--once").json["waiting"] == 0
    (line,) = _lines(central, first)
    notes = line["fields"]["notes"]  # type: ignore[index]  # an object by contract
    assert [note["text"] for note in notes] == ["Rang again: sound works."]
    assert run_here(desk, "ticket", first).json["state"] == "Sent"


def test_story_2_a_stale_morning(desk: DeskProgram, central: Central) -> None:
    """A stale morning.

    Given billing answers with old data while the rest is live,
    when a caller says a fee was paid,
    then billing alone is called stale, and the ticket goes through with its claim not verified.
    """
    central.fault("billing", "stale")
    report = run_here(desk, "sync", "--once").json
    assert report["services"]["billing"]["state"] == "stale"
    assert report["services"]["tickets"]["state"] == "up"
    assert report["services"]["billing"]["as_of"] < report["services"]["tickets"]["as_of"]

    taken = run_here(
        desk, "take", "--phone", "07700 900118", "--fault", "No picture",
        "--claim-amount", "4900", "--claim-currency", "GBP", "--claim-ref", "TX-778",
    ).json["ref"]  # fmt: skip
    assert run_here(desk, "sync", "--once").json["waiting"] == 0
    (line,) = _lines(central, taken)
    assert len(line["operations"]) == 1  # type: ignore[arg-type]  # ticket and claim are one
    assert "TX-778" in json.dumps(line["fields"])
    said = json.dumps(run_here(desk, "ticket", taken).json).lower()
    assert '"paid"' not in said
    assert '"unpaid"' not in said

    central.heal()
    assert run_here(desk, "sync", "--once").json["services"]["billing"]["state"] == "up"


def test_story_3_an_unknown_model_never_blocks(desk: DeskProgram, central: Central) -> None:
    """An unknown model.

    Given a model nobody finds in the catalog,
    when the call is taken, in an outage or not,
    then the words are kept as said, beside whatever they will mean later.
    """
    words = "Samsng 55 inch UE-something"
    central.kill()
    taken = run_here(
        desk, "take", "--phone", "1", "--fault", "No picture", "--model", words
    ).json["ref"]  # fmt: skip
    assert run_here(desk, "ticket", taken).json["fields"]["model_words"] == words
    central.start()
    assert run_here(desk, "sync", "--once").json["waiting"] == 0
    (line,) = _lines(central, taken)
    assert line["fields"]["model_words"] == words  # type: ignore[index]  # an object by contract
    changed = run_here(desk, "set", taken, "model_words=Samsung UE55")
    assert changed.code == 3
    assert run_here(desk, "ticket", taken).json["fields"]["model_words"] == words


def test_story_4_after_the_outage_one_list_says_what_is_open(
    desk: DeskProgram, central: Central
) -> None:
    """Catch-up, as far as there is one.

    Given an outage with work of every kind,
    when somebody asks before, during and after,
    then what was taken is listed until central has it, and nothing is listed afterwards.
    """
    before = run_here(desk, "take", "--phone", "1", "--fault", "No picture").json["ref"]
    assert run_here(desk, "sync", "--once").json["waiting"] == 0
    central.kill()
    assert run_here(desk, "take", "--phone", "07700 900119", "--dropped").code == 0
    assert run_here(desk, "note", before, "Rings at six.").code == 0
    assert run_here(desk, "set", before, "place=1 Mill Lane, Leeds", "priority=high").code == 0
    during = run_here(desk, "outbox").json
    assert {row["kind"] for row in during} == {"contact.create", "ticket.note", "ticket.set"}
    assert run_here(desk, "status").json["waiting"] == 3
    assert run_here(desk, "sync", "--once").json["waiting"] == 3
    central.start()
    after = run_here(desk, "sync", "--once").json
    assert (after["pushed"], after["waiting"], after["needs_review"]) == (3, 0, 0)
    assert run_here(desk, "outbox").json == []


# Every subset of them, down or stale: tests/faults/test_any_subset_down.py.
SERVICES = ("tickets", "customers", "catalog", "billing", "experts", "notifications")


def test_one_service_down_leaves_the_others_alone(desk: DeskProgram, central: Central) -> None:
    """Any service may go down without taking the rest along.

    Given the tickets service down, and another one down,
    when a call is taken and everything is synchronised,
    then that service alone is down, and the call waits only where it is the tickets service's.
    """
    for down in ("tickets", "billing"):
        central.fault(down, "down")
        taken = run_here(desk, "take", "--phone", "1", "--fault", f"No picture {down}").json["ref"]
        report = run_here(desk, "sync", "--once").json
        states = {name: one["state"] for name, one in report["services"].items()}
        assert states == dict.fromkeys(SERVICES, "up") | {down: "down"}
        assert bool(report["waiting"]) is (down == "tickets")
        assert len(_lines(central, taken)) == (down != "tickets")
        assert run_here(desk, "search", f"picture {down}").json["tickets"][0]["ref"] == taken
        central.heal()
        assert run_here(desk, "sync", "--once").json["waiting"] == 0
        assert len(_lines(central, taken)) == 1
