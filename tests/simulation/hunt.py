"""Looks whether a planted fault is caught: by a broken invariant, or because nothing works."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from tests.simulation.experiments import EXPERIMENTS
from tests.simulation.mutants import MUTANTS
from tests.simulation.recorded import RECORDED
from tests.simulation.run import run_plan, story

FRESH = 20

_NEEDS: dict[str, str] = {
    "chance-of-its-own": "I7", "services-wait-for-one-another": "I15",
    "planned-by-age": "I18", "blocked-for-ever": "I10",
    "fresh-because-it-answered": "I14", "hold-never-trips": "I20",
}  # fmt: skip
"""Mutants that only an experiment can see, and which."""


@contextmanager
def quietly() -> Iterator[None]:
    """What desks say of the faults they meet is no news; whoever comes after is heard again."""
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(before)


def caught(mutant: str, seed: int, edits: int) -> str:
    """The first violation, or the error the fault ended in; empty where it survived the seed."""
    plan = story(seed, edits)
    try:
        with quietly(), MUTANTS[mutant]():
            told = run_plan(plan)
            found = [(one.invariant, one.what) for one in told.violations]
            if not found and mutant in _NEEDS:
                found = list(EXPERIMENTS[_NEEDS[mutant]][2](plan, told))
    except Exception as error:  # noqa: BLE001 - a world that breaks down is a fault that was seen
        return f"{type(error).__name__}: {error}"
    return f"{found[0][0]}: {found[0][1]}" if found else ""


def hunted(mutant: str, edits: int, first: int, fresh: int = FRESH) -> tuple[int, str]:
    """The seed that caught it and how; 0 where it survived. Recorded seeds must all catch it."""
    by = (0, "")
    for seed, recorded_edits in RECORDED.get(mutant, ()):
        found = caught(mutant, seed, recorded_edits)
        if not found:
            return 0, f"it survived its recorded seed {seed}"
        by = by if by[0] else (seed, found)
    for seed in range(first, first + fresh):
        found = caught(mutant, seed, edits)
        if found:
            return by if by[0] else (seed, found)
    return by if by[0] else (0, "it survived")
