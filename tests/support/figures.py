"""Figures a test found out, printed at the end of the run: counts and histograms, no verdicts."""

from __future__ import annotations

from collections.abc import Mapping


class Figures:
    """Named lines, in the order of their names."""

    def __init__(self) -> None:
        self._lines: dict[str, str] = {}

    def add(self, name: str, text: str) -> None:
        """Keep one line."""
        self._lines[name] = text

    def histogram(self, name: str, counts: Mapping[str, int]) -> None:
        """Keep counts by name as one line."""
        self.add(name, ", ".join(f"{key} {count}" for key, count in sorted(counts.items())))

    def lines(self) -> list[str]:
        return [f"{name}: {text}" for name, text in sorted(self._lines.items())]
