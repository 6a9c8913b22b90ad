"""Seconds per group of tests, printed at the end of a run."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping


class SecondsPerGroup:
    """Adds up how long each folder under tests/ took, set-up and tear-down included."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.tests: Counter[str] = Counter()

    def note(self, node_id: str, phase: str, seconds: float) -> None:
        """Count one phase (setup, call, teardown) of one test."""
        parts = node_id.partition("::")[0].split("/")
        group = parts[1] if len(parts) > 2 else "tests"
        self.seconds[group] += seconds
        self.tests[group] += phase == "call"

    def lines(self) -> list[str]:
        """One line per group, the longest first, and their sum."""
        rows = [
            _line(name, self.tests, self.seconds)
            for name in sorted(self.seconds, key=self.seconds.__getitem__, reverse=True)
        ]
        total = sum(self.seconds.values())
        return [*rows, f"{'in all':<12} {sum(self.tests.values()):>6} tests {total:>8.1f} s"]


def _line(name: str, tests: Mapping[str, int], seconds: Mapping[str, float]) -> str:
    return f"{name:<12} {tests[name]:>6} tests {seconds[name]:>8.1f} s"
