"""Figures a test found out, printed at the end of the run: counts and histograms, no verdicts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, MutableSequence

_KIND = "figure"
_PLANTED = re.compile(r"planted fault: (\S+): \d+ fresh seeds, (\d+) come by it, caught on (\d+)")


class Figures:
    """Named lines of one test; they travel with its report, whichever process ran it."""

    def __init__(self, properties: MutableSequence[tuple[str, object]]) -> None:
        self._properties = properties

    def add(self, name: str, text: str) -> None:
        """Keep one line."""
        self._properties.append((_KIND, f"{name}: {text}"))

    def histogram(self, name: str, counts: Mapping[str, int]) -> None:
        """Keep counts by name as one line."""
        self.add(name, ", ".join(f"{key} {count}" for key, count in sorted(counts.items())))


class FiguresOfARun:
    """The lines of all tests, in the order of their names."""

    def __init__(self) -> None:
        self._lines: set[str] = set()

    def note(self, properties: Iterable[tuple[str, object]]) -> None:
        """Keep the lines that a test's report carries; each report carries those before it too."""
        self._lines.update(str(value) for kind, value in properties if kind == _KIND)

    def lines(self) -> list[str]:
        """The lines, the sum of the crash states among them, and planted faults as a table."""
        lines = sorted(line for line in self._lines if not _PLANTED.match(line))
        cut = [re.match(r"power cut, .*?: (\d+) states", line) for line in lines]
        states = sum(int(one[1]) for one in cut if one)
        return [
            *lines,
            *([f"power cut in all, without the control: {states} states"] * bool(states)),
            *_table(filter(None, map(_PLANTED.match, sorted(self._lines)))),
        ]


def _table(planted: Iterable[re.Match[str]]) -> Iterator[str]:
    """As docs/simulation.md has it: of the seeds that come by each, on how many it was caught."""
    rows: dict[str, list[tuple[int, str]]] = {"on every one": [], "on some": [], "on none": []}
    for found in planted:
        name, met, on = found[1], int(found[2]), int(found[3])
        which = "on none" if not on else "on every one" if on == met else "on some"
        rows[which].append((-on, f"`{name}` {on} of {met}"))
    for which, caught in rows.items():
        if caught:
            yield f"| {which} | {', '.join(words for _, words in sorted(caught))} |"
