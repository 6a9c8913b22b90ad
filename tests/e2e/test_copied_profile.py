"""A desk's folder is copied, and people work on both."""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path

import pytest

from app.domain.incidents import IncidentKind
from tests.support.command_here import run_here, took
from tests.support.programs import Central, DeskProgram

pytestmark = [pytest.mark.e2e, pytest.mark.faults]


def copied(desk: DeskProgram, name: str) -> DeskProgram:
    """The same folder elsewhere, as `cp -r` makes it."""
    there = desk.profile.with_name(name)
    shutil.copytree(desk.profile, there)
    return DeskProgram(there)


def kinds(desk: DeskProgram) -> list[str]:
    return [one["kind"] for one in run_here(desk, "incidents", "--all").json]


def test_a_copy_goes_on_under_a_code_of_its_own(
    desk: DeskProgram, central: Central, tmp_path: Path
) -> None:
    """Given a folder that was copied, then no reference is given twice, and central has each."""
    said = [took(desk, "Before the copy")]
    copy = copied(desk, "copy")
    code = run_here(desk, "status").json["desk_code"]
    said += [took(desk, "At the first"), took(copy, "At the copy")]
    said += [took(desk, "At the first again"), took(copy, "At the copy again")]
    assert len(set(said)) == len(said)
    assert run_here(desk, "status").json["desk_code"] == code
    assert run_here(copy, "status").json["desk_code"] != code
    assert kinds(desk) == []
    assert kinds(copy) == [IncidentKind.COPIED]
    assert run_here(desk, "sync", "--once").json["waiting"] == 0
    assert run_here(copy, "sync", "--once").json["waiting"] == 0
    counts = Counter(line["ref"] for line in central.ledger())
    assert {one: counts[one] for one in said} == dict.fromkeys(said, 1)


def test_a_folder_that_is_only_moved_stays_the_desk(desk: DeskProgram) -> None:
    """Given it lies elsewhere on the same disk, then it goes on as it was."""
    took(desk, "Before")
    code = run_here(desk, "status").json["desk_code"]
    there = desk.profile.with_name("moved")
    desk.profile.rename(there)
    moved = DeskProgram(there)
    assert run_here(moved, "status").json["desk_code"] == code
    assert kinds(moved) == []


def test_the_refused_one_of_two_goes_on_where_a_person_wants_it(
    desk: DeskProgram, central: Central
) -> None:
    """Given central serves the copy, then `go-on` makes the first one the desk again."""
    took(desk, "Before the copy")
    copy = copied(desk, "copy")
    assert run_here(copy, "sync", "--once").json["waiting"] == 0
    only = took(desk, "Only at the first")
    assert run_here(desk, "sync", "--once").json["waiting"] > 0
    went_on = run_here(desk, "go-on")
    assert went_on.code == 0, went_on.err
    assert run_here(desk, "sync", "--once").json["waiting"] == 0
    took(copy, "At the copy")
    assert run_here(copy, "sync", "--once").json["waiting"] > 0
    assert [line["ref"] for line in central.ledger()].count(only) == 1
