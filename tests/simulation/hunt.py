"""Looks whether a planted fault is caught: by a broken invariant, or because nothing works."""

from __future__ import annotations

import gc
import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, partial

from tests.simulation.experiments import EXPERIMENTS
from tests.simulation.invariants import Violation
from tests.simulation.mutants import MUTANTS
from tests.simulation.plan import Plan
from tests.simulation.recorded import RECORDED
from tests.simulation.run import first_violation, story

_GARBAGE = 50_000
"""New objects between two looks for garbage; a world makes some hundred thousand."""
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


def spare_old_garbage() -> None:
    """For many worlds in a row: what was there before them is never looked through again."""
    gc.freeze()
    gc.set_threshold(_GARBAGE)


@dataclass(frozen=True, slots=True)
class Untouched:
    """A seed's world with nothing planted."""

    violation: Violation | None
    met: frozenset[str]
    """The mutants whose place it comes by, so that with any other it would go just so."""


@cache
def untouched(seed: int, edits: int) -> Untouched:
    """The world, looked at for what each planted fault would have changed in it."""
    met = set(_NEEDS)
    with quietly(), ExitStack() as watching:
        for mutant, plant in MUTANTS.items():
            if mutant not in met:
                watching.enter_context(plant.watched(partial(met.add, mutant)))
        violation = first_violation(story(seed, edits))
    return Untouched(violation, frozenset(met))


def caught(mutant: str, seed: int, edits: int) -> str:
    """The first violation, or the error the fault ended in; empty where it survived the seed."""
    plan = story(seed, edits)
    try:
        with quietly(), MUTANTS[mutant].put():
            found = _found(mutant, plan)
    except Exception as error:  # noqa: BLE001 - a world that breaks down is a fault that was seen
        return f"{type(error).__name__}: {error}"
    return f"{found.invariant}: {found.what}" if found else ""


def _found(mutant: str, plan: Plan) -> Violation | None:
    if mutant not in _NEEDS:
        return first_violation(plan)
    experiment = EXPERIMENTS[_NEEDS[mutant]][2]
    return next((Violation(*one) for one in experiment(plan)), None)


def hunted(mutant: str, edits: int, fresh: range) -> tuple[int, str]:
    """The seed that caught it and how; 0 where it survived. Recorded seeds must all catch it."""
    by = (0, "")
    for seed, recorded_edits in RECORDED.get(mutant, ()):
        found = caught(mutant, seed, recorded_edits)
        if not found:
            return 0, f"it survived its recorded seed {seed}"
        by = by if by[0] else (seed, found)
    for seed in fresh:
        found = caught(mutant, seed, edits)
        if found:
            return by if by[0] else (seed, found)
    return by if by[0] else (0, "it survived")
