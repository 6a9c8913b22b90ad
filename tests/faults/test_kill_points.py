"""Promise P4: the desk killed at any point, against a real central, loses nothing."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.desk_files import key_of, ticket_states
from tests.support.figures import Figures
from tests.support.kill_driver import NOTHING, Death
from tests.support.programs import ROOT, Central, DeskProgram, environment

pytestmark = [pytest.mark.faults, pytest.mark.linux]

IN_EACH_STATE = 10
DESKS, AT_ONCE = 10, 2
"""Of the long form: a store grows with each kill, and copying it to look at it takes longer."""
POINTS = {"save": 40, "push": 20, "sending": 56, "acked": 50, "page": 40}
AFTER_THE_FIRST_WRITE = ("pending", "waiting", "sending", "acked")


@dataclass(frozen=True, slots=True)
class Aftermath:
    """Every death, and central's ledger once all was healed and synchronised."""

    deaths: Sequence[Death]
    ledger: Sequence[dict[str, Any]]
    states: dict[str, str]

    def doubled(self) -> list[str]:
        """References central holds twice, or that more than one operation made."""
        counts = Counter(line["ref"] for line in self.ledger)
        return [ref for ref, count in counts.items() if count > 1] + [
            line["ref"] for line in self.ledger if len(line["operations"]) != 1
        ]

    def lost(self) -> list[str]:
        """References said more often than they are at central; one said twice is there once."""
        said = Counter(death.said for death in self.deaths if death.said)
        return list((said - Counter({line["ref"] for line in self.ledger})).elements())


def killed_desks(
    folder: Path, points: dict[str, int], seed: int, *, hasty: bool = False
) -> Aftermath:
    """Enrol one desk, kill it over and over by the plan, then heal and look."""
    desk = DeskProgram(folder / "desk")
    with Central(folder / "central") as central:
        desk.enrol(central)
        assert desk.run("sync", "--once").code == 0
        sending = 0 if hasty else IN_EACH_STATE
        plan = {"points": points, "sending": sending, "seed": seed, "hasty": hasty}
        deaths = list(_deaths(desk, plan))
        done = desk.run("sync", "--once")
        assert done.code == 0, done.err
        assert done.json["waiting"] == 0
        assert done.json["needs_review"] == 0
        ledger = central.ledger()
    states = ticket_states(desk.profile, key_of(desk.profile, desk.secret))
    return Aftermath(deaths, ledger, states)


def _deaths(desk: DeskProgram, plan: Mapping[str, object]) -> Iterator[Death]:
    command = [
        sys.executable, "-m", "tests.support.kill_driver", str(desk.profile), str(desk.secret),
        json.dumps(plan),
    ]  # fmt: skip
    driver = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
        env=environment(),
    )  # fmt: skip
    out, err = driver.communicate()
    assert driver.returncode == 0, err
    for line in out.splitlines():
        yield Death(**json.loads(line))


def must_hold(aftermath: Aftermath, points: dict[str, int], figures: Figures, name: str) -> None:
    """Print the histograms; nothing lost, nothing doubled, and each point really killed."""
    kills = [death for death in aftermath.deaths if death.killed]
    by_state = Counter(death.state for death in kills)
    by_stage = Counter(death.stage for death in kills)
    seconds = sorted(death.seconds for death in kills)
    usable = sorted(death.usable_s for death in aftermath.deaths if death.usable_s)
    figures.histogram(f"{name}, by the operation's state at death", by_state)
    figures.histogram(f"{name}, by what it was doing", by_stage)
    figures.add(
        f"{name}, in all",
        f"{len(kills)} kills ({len(aftermath.deaths) - len(kills)} aims missed), "
        f"{sum(bool(death.said) for death in kills)} after the reference was given, "
        f"{len(aftermath.lost())} lost, {len(aftermath.doubled())} doubled, "
        f"{seconds[len(seconds) // 2]} s a desk; the next one has its call saved "
        f"{usable[len(usable) // 2]} s after its start, at worst {usable[-1]} s (promised 2)",
    )
    assert aftermath.lost() == []
    assert aftermath.doubled() == []
    assert by_stage >= Counter(points), "every planned point must have killed its desk"
    _every_saved_ticket_arrived(aftermath)


def _every_saved_ticket_arrived(aftermath: Aftermath) -> None:
    """Said or not: what is in the store is at central once, and nothing else is."""
    made_by = [line["operations"][0] for line in aftermath.ledger]
    operations = [one["op_id"] if isinstance(one, dict) else one for one in made_by]
    assert sorted(operations) == sorted(aftermath.states)
    assert set(aftermath.states.values()) == {"settled"}


def test_a_desk_killed_at_any_point_loses_nothing_and_doubles_nothing(
    tmp_path: Path, figures: Figures
) -> None:
    """Given a call and its way to central, when the desk is killed anywhere, then it is there."""
    aftermath = killed_desks(tmp_path, POINTS, seed=1)
    must_hold(aftermath, POINTS, figures, "kill points")
    kills = [death for death in aftermath.deaths if death.killed]
    assert len(kills) >= 200
    assert sum(death.state in AFTER_THE_FIRST_WRITE for death in kills) >= 60
    by_state = Counter(death.state for death in kills)
    assert (
        min(by_state[state] for state in (NOTHING, "pending", "sending", "acked")) >= IN_EACH_STATE
    )


def test_the_control_that_speaks_before_it_has_saved_loses_calls(
    tmp_path: Path, figures: Figures
) -> None:
    """Given a desk that gives its reference too early, the same kills show calls lost."""
    aftermath = killed_desks(tmp_path, {"save": 12}, seed=3, hasty=True)
    figures.add(
        "kill points, control that speaks early",
        f"{len(aftermath.lost())} of {sum(bool(one.said) for one in aftermath.deaths)} lost",
    )
    assert aftermath.lost()


@pytest.mark.slow
def test_prove_kill_points_at_length(tmp_path: Path, figures: Figures) -> None:
    """The long form: more points of every stage, on desks that begin anew every thousand."""
    points = {stage: count * 5 for stage, count in POINTS.items()}
    assert sum(points.values()) * DESKS >= 10_000
    folders = [tmp_path / f"{seed}" for seed in range(2, 2 + DESKS)]
    for folder in folders:
        folder.mkdir()
    with ThreadPoolExecutor(AT_ONCE) as drivers:
        runs = drivers.map(lambda folder: killed_desks(folder, points, int(folder.name)), folders)
    for folder, aftermath in zip(folders, runs, strict=True):
        must_hold(aftermath, points, figures, f"kill points, long form, desk {folder.name}")
