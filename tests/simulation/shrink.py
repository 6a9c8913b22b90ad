"""Cuts a failing story down to a short script that still fails."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from tests.simulation.plan import Plan
from tests.simulation.run import run_plan

T = TypeVar("T")
MOST_RUNS = 200


class _Budget:
    def __init__(self, runs: int) -> None:
        self.left = runs


def broken(plan: Plan) -> str:
    """The first invariant a script breaks, or how its world broke down; empty where all holds."""
    try:
        violations = run_plan(plan).violations
    except Exception as error:  # noqa: BLE001 - a world that breaks down is a failure like any other
        return type(error).__name__
    return violations[0].invariant if violations else ""


def shrunk(
    plan: Plan, fails: Callable[[Plan], str] = broken, runs: int = MOST_RUNS
) -> Plan:  # fmt: skip
    """A smaller script that breaks the same invariant; the plan itself where it breaks none."""
    wanted, budget = fails(plan), _Budget(runs)
    if not wanted:
        return plan

    def still(candidate: Plan) -> bool:
        budget.left -= 1
        return budget.left >= 0 and fails(candidate) == wanted

    for fewer in range(1, plan.desks):
        if still(replace(plan, desks=fewer)):
            plan = replace(plan, desks=fewer)
            break
    for name in tuple(plan.weather):
        milder = replace(plan, weather={one: p for one, p in plan.weather.items() if one != name})
        if still(milder):
            plan = milder
    steps = _minimal(plan.steps, lambda some: still(replace(plan, steps=tuple(some))))
    return replace(plan, steps=tuple(steps))


def _minimal(items: Sequence[T], fails: Callable[[Sequence[T]], bool]) -> Sequence[T]:
    """Delta debugging: leave out ever smaller parts while it still fails."""
    parts = 2
    while len(items) >= 2:
        size = max(1, len(items) // parts)
        for at in range(0, len(items), size):
            rest = [*items[:at], *items[at + size :]]
            if fails(rest):
                items, parts = rest, max(parts - 1, 2)
                break
        else:
            if size == 1:
                break
            parts = min(parts * 2, len(items))
    return items
