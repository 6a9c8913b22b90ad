"""Which tests come by which line with nothing altered, and how long each takes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from coverage import CoverageData
from defusedxml.ElementTree import iterparse

from tests.mutation.alterations import Alteration
from tests.mutation.trial import COVERAGE, MOST_CPU_S, Batch, Copy

UNITS = Batch(
    (
        "tests/unit/domain/test_lifecycle.py",
        "tests/unit/sync",
        "tests/unit/services/test_merging.py",
        "tests/unit/services/test_outgoing.py",
    )
)
_SIMULATION = "tests/simulation/test_simulation.py"
WORLDS = Batch(
    (
        f"{_SIMULATION}::test_what_once_broke_holds",
        f"{_SIMULATION}::test_a_short_script_that_once_broke_holds",
        f"{_SIMULATION}::test_every_invariant_holds_over_fresh_seeds[from 201]",
    )
)
"""Tried where no unit test has noticed."""
_TIMES = "altered.xml"
_START_CPU_S, _TIMES_SLOWER = 40, 8
"""A batch may take so much more than its tests took: beyond, it goes round in circles."""
_READ = ("app", "local_store", "resources", "tests", "pyproject.toml")
_NOT_READ = ("tests/mutation", "tests/ui", "tests/e2e")
_FIRST_S = 2.0
"""The quickest tests, so many seconds of them, go by themselves: they notice most."""


class Reach:
    """Measured once per state of the sources; kept for the next run over the same."""

    def __init__(self, copy: Copy, packages: Sequence[str], kept: Path, *, worlds: bool) -> None:
        """Raises RuntimeError where a test fails anyway."""
        self._worlds = worlds
        file = kept / f"{_digest(copy.root)}.json"
        if not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(_measured(copy, packages)), encoding="utf-8")
        found = json.loads(file.read_text(encoding="utf-8"))
        self._early: Mapping[str, Sequence[int]] = found["early"]
        self._tests: Mapping[str, Mapping[str, Sequence[str]]] = found["tests"]
        self._seconds: Mapping[str, float] = found["seconds"]
        sound = file.with_suffix(".worlds")
        if worlds and not sound.is_file():
            _must_pass(copy, WORLDS)
            sound.touch()

    def batches(self, alteration: Alteration) -> Iterator[Batch]:
        """The unit tests that come by it, the quickest first, or all of them; then whole worlds."""
        lines = self._tests.get(alteration.path, {})
        found = {test for line in alteration.lines for test in lines.get(str(line), ())}
        if found:
            yield from self._in_turn(sorted(found, key=self._took))
        else:
            yield UNITS
        if self._worlds:
            yield WORLDS

    def is_early(self, alteration: Alteration) -> bool:
        """Whether its lines are run while modules are loaded, before any test."""
        return not alteration.lines.isdisjoint(self._early.get(alteration.path, ()))

    def _took(self, test: str) -> float:
        return self._seconds.get(test, 0.0)

    def _in_turn(self, tests: Sequence[str]) -> Iterator[Batch]:
        """A few at first, then the rest."""
        first, took = 0, 0.0
        while first < len(tests) and took <= _FIRST_S:
            took += self._took(tests[first])
            first += 1
        for some in (tests[:first], tests[first:]):
            if some:
                seconds = sum(map(self._took, some))
                most = min(MOST_CPU_S, _START_CPU_S + round(_TIMES_SLOWER * seconds))
                yield Batch(some, most)


def _digest(root: Path) -> str:
    """Of all that these tests may read."""
    found = sha256()
    for name in _READ:
        top = root / name
        for path in sorted(top.rglob("*")) if top.is_dir() else (top,):
            inside = path.relative_to(root).as_posix()
            if path.is_file() and not inside.startswith(_NOT_READ) and path.suffix != ".pyc":
                found.update(inside.encode() + b"\0" + sha256(path.read_bytes()).digest())
    found.update(Path(__file__).read_bytes())
    return found.hexdigest()[:32]


def _must_pass(copy: Copy, batch: Batch, *options: str) -> None:
    verdict = copy.run(batch, *options)
    if verdict.killed:
        raise RuntimeError(f"the tests fail with nothing altered: {verdict.by}")


def _measured(copy: Copy, packages: Sequence[str]) -> Mapping[str, object]:
    _must_pass(
        copy, UNITS, "--cov-context=test", "--cov-report=", *(f"--cov={one}" for one in packages),
        f"--junit-xml={copy.root / _TIMES}",
    )  # fmt: skip
    data = CoverageData(str(copy.root / COVERAGE))
    data.read()
    lines = {
        Path(name).relative_to(copy.root).as_posix(): data.contexts_by_lineno(name)
        for name in data.measured_files()
    }
    tests = {
        path: {
            line: sorted({one.partition("|")[0] for one in contexts} - {""})
            for line, contexts in found.items()
        }
        for path, found in lines.items()
    }
    early = {
        path: [line for line, contexts in found.items() if "" in contexts]
        for path, found in lines.items()
    }
    with (copy.root / _TIMES).open("rb") as file:
        seconds = {
            f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}": float(
                case.get("time", 0)
            )
            for _, case in iterparse(file)
            if case.tag == "testcase"
        }
    return {"early": early, "tests": tests, "seconds": seconds}
