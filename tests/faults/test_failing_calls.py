"""Promise P5: a call to the disk that fails once is a clean sentence or goes unnoticed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from app.domain.errors import StoreLocked
from local_store.keys import STORE
from tests.support.desk_files import damage, key_of, looked_at, opened
from tests.support.desk_in_process import desk_in_process
from tests.support.failing_calls import FAULTS, Ending
from tests.support.figures import Figures
from tests.support.programs import ROOT, Central, DeskProgram, environment

pytestmark = [pytest.mark.faults, pytest.mark.linux]
STEPS = {"open", "person", "take", "note", "set", "read", "search", "sync", "backup"}


@dataclass(frozen=True, slots=True)
class Mornings:
    """How each desk fared, central's ledger once all was healed, and the store's own checks."""

    endings: Sequence[Ending]
    ledger: Sequence[dict[str, Any]]
    findings: str


def mornings(folder: Path, cases: dict[str, int], *control: str) -> Mornings:
    """One profile, one central, one failing call after the other; then a sync without any."""
    desk = DeskProgram(folder / "desk")
    with Central(folder / "central") as central:
        desk.enrol(central)
        assert desk.run("sync", "--once").code == 0
        command = [
            sys.executable, "-m", "tests.support.failing_calls", str(desk.profile),
            str(desk.secret), json.dumps(cases), *control,
        ]  # fmt: skip
        driver = subprocess.run(
            command, capture_output=True, text=True, cwd=ROOT, env=environment(), check=False
        )
        assert driver.returncode == 0, driver.stderr
        done = desk.run("sync", "--once")
        assert (done.code, done.json["waiting"], done.json["needs_review"]) == (0, 0, 0)
        ledger = central.ledger()
    with looked_at(desk.profile, key_of(desk.profile, desk.secret)) as store:
        findings = damage(store)
    endings = [Ending(**json.loads(line)) for line in driver.stdout.splitlines()]
    return Mornings(endings, ledger, findings)


def must_hold(result: Mornings, cases: dict[str, int], figures: Figures, name: str) -> None:
    """Every fault fired, every step came right, and central has each call and each note once."""
    said = [ending.said for ending in result.endings if ending.said]
    counts = Counter(line["ref"] for line in result.ledger)
    refused = Counter(
        word for ending in result.endings for word in ending.steps.values() if word != "done"
    )
    figures.histogram(f"{name}, desks by fault", Counter(one.fault for one in result.endings))
    figures.histogram(f"{name}, refusals", refused)
    figures.add(
        f"{name}, in all", f"{len(said)} calls said, {len(set(said) - counts.keys())} lost, "
        f"{sum(n > 1 for n in counts.values())} doubled"
    )  # fmt: skip
    assert {one.fault for one in result.endings} == set(cases)
    assert all(one.fired for one in result.endings), "a fault did not fire"
    assert all(set(one.steps) == STEPS for one in result.endings)
    assert result.findings == ""
    dry_runs = [reference for reference in counts if reference not in said]
    assert counts == Counter([*said, *dry_runs])
    assert len(dry_runs) == len(cases), "one desk for each fault counts the calls, and none fails"
    assert all(len(line["fields"]["notes"]) == 1 for line in result.ledger)
    assert all(line["fields"]["place"] == "1 Mill Lane, Leeds" for line in result.ledger)
    assert all(len(line["operations"]) == 3 for line in result.ledger)


def test_a_call_that_fails_once_loses_nothing_and_doubles_nothing(
    tmp_path: Path, figures: Figures
) -> None:
    """Given a morning's work, when any one call to the disk fails, each step still gets done."""
    cases = {"disk full": 7, "write error": 8, "sync error": 8, "read error": 8, "read-only": 6}
    assert cases.keys() == FAULTS.keys()
    must_hold(mornings(tmp_path, cases), cases, figures, "failing calls")


def test_the_control_that_takes_no_notice_of_a_failed_commit_loses_calls(
    tmp_path: Path, figures: Figures
) -> None:
    """Given a desk that calls every commit done, the same faults show calls lost."""
    result = mornings(tmp_path, {"sync error": 12}, "careless")
    present = {line["ref"] for line in result.ledger}
    said = [ending.said for ending in result.endings if ending.said]
    lost = set(said) - present
    figures.add("failing calls, careless control", f"{len(lost)} of {len(said)} calls lost")
    assert lost


@pytest.mark.slow
def test_prove_failing_calls_at_length(tmp_path: Path, figures: Figures) -> None:
    """The long form: hundreds of places of every fault."""
    cases = dict.fromkeys(FAULTS, 400)
    result = mornings(tmp_path, cases)
    must_hold(result, cases, figures, "failing calls, long form")
    assert result.endings


async def test_while_another_program_holds_the_store_reads_go_on_and_saves_are_refused(
    tmp_path: Path,
) -> None:
    """Given a lock that stays, `take` is refused with a sentence; when it goes, it is saved."""
    program = DeskProgram(tmp_path / "desk")
    with Central(tmp_path / "central") as central:
        program.enrol(central)
    key = key_of(program.profile, program.secret)
    async with desk_in_process(program.profile, program.secret) as desk:
        person = await desk.opened.people.current()
        call = replace(desk.opened.intake.new_call("07700 900118"), fault="Leaks")
        before = await desk.opened.intake.take(call, person)
        with closing(opened(program.profile / STORE, key)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreLocked) as refused:
                await desk.opened.intake.take(call, person)
            assert refused.value.safe
            assert refused.value.todo
            shown = await desk.opened.tickets.by_reference(before.reference)
            assert shown.row.reference == before.reference
            other.execute("ROLLBACK")
        after = await desk.opened.intake.take(call, person)
        assert (await desk.opened.tickets.by_reference(after.reference)).row.fault == "Leaks"
