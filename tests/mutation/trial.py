"""Tries one alteration in a copy of the repository: do its tests notice?"""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path

from coverage import CoverageData
from defusedxml.ElementTree import iterparse

from tests.mutation.alterations import Alteration, altered
from tests.support.programs import ROOT

UNITS = (
    "tests/unit/domain/test_lifecycle.py",
    "tests/unit/sync",
    "tests/unit/services/test_merging.py",
    "tests/unit/services/test_outgoing.py",
)
WORLDS = (
    "tests/simulation/test_simulation.py::test_what_once_broke_holds",
    "tests/simulation/test_simulation.py::test_a_short_script_that_once_broke_holds",
    "tests/simulation/test_simulation.py::test_every_invariant_holds_over_fresh_seeds[from 201]",
)
"""Tried where no unit test has noticed."""
_COVERAGE, _TIMES = "altered.coverage", "altered.xml"
_MOST = {resource.RLIMIT_CPU: 400, resource.RLIMIT_AS: 6 << 30}
"""Several times what all of them take, in seconds and bytes: more is going round in circles."""
_MOST_S, _MOST_S_A_TEST = 1_800, 150
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".*_cache", "__pycache__", "build", "dist", "*.egg-info"
)
_PLUGINS_LEFT_OUT = ("randomly", "cacheprovider", "hypothesispytest", "schemathesis")
"""None of these tests needs them, and to load them takes as long as a trial."""
_FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one trial."""

    killed: bool
    by: str
    """The test that noticed, or how it ended otherwise; empty where nothing did."""


class Copy:
    """A copy of the repository, so that trials beside each other disturb nobody."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "copy"
        shutil.copytree(ROOT, self.root, ignore=_LEFT_OUT)

    def tried(self, alteration: Alteration, batches: Sequence[Sequence[str]]) -> Verdict:
        """Run batches of tests over it until one notices."""
        module = self.root / alteration.path
        before = module.read_bytes()
        try:
            self._put(module, altered(before.decode(), alteration).encode())
            verdict = Verdict(killed=False, by="")
            for tests in batches:
                verdict = self.run(tests)
                if verdict.killed:
                    break
            return verdict
        finally:
            self._put(module, before)

    @staticmethod
    def _put(module: Path, text: bytes) -> None:
        """Written without what Python kept of the text before: it goes by size and second."""
        Path(cache_from_source(str(module))).unlink(missing_ok=True)
        module.write_bytes(text)

    def run(self, tests: Sequence[str], *options: str) -> Verdict:
        """These tests in their order, until one fails."""
        left_out = (word for plugin in _PLUGINS_LEFT_OUT for word in ("-p", f"no:{plugin}"))
        command = [
            sys.executable, "-m", "pytest", "-x", "-q", f"--timeout={_MOST_S_A_TEST}", *left_out,
            *options, *tests,
        ]  # fmt: skip
        running = subprocess.Popen(
            command, cwd=self.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "COVERAGE_FILE": str(self.root / _COVERAGE)},
            start_new_session=True,
        )  # fmt: skip
        for kind, most in _MOST.items():
            resource.prlimit(running.pid, kind, (most, most))
        try:
            said, _ = running.communicate(timeout=_MOST_S)
        except subprocess.TimeoutExpired:
            return Verdict(killed=True, by="hung")
        finally:
            _end(running)
        if running.returncode == 0:
            return Verdict(killed=False, by="")
        found = _FAILED.search(said)
        return Verdict(killed=True, by=found[1] if found else f"ended with {running.returncode}")


def _end(running: subprocess.Popen[str]) -> None:
    """With whatever it started."""
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()


class Reach:
    """Which of the unit tests come by which line, with nothing altered."""

    def __init__(self, copy: Copy, packages: Sequence[str]) -> None:
        """Raises RuntimeError where a test fails anyway."""
        options = (
            "--cov-context=test", "--cov-report=", *(f"--cov={one}" for one in packages),
            f"--junit-xml={copy.root / _TIMES}",
        )  # fmt: skip
        for verdict in (copy.run(UNITS, *options), copy.run(WORLDS)):
            if verdict.killed:
                raise RuntimeError(f"the tests fail with nothing altered: {verdict.by}")
        data = CoverageData(str(copy.root / _COVERAGE))
        data.read()
        self._tests: Mapping[str, Mapping[int, Sequence[str]]] = {
            Path(name).relative_to(copy.root).as_posix(): data.contexts_by_lineno(name)
            for name in data.measured_files()
        }
        with (copy.root / _TIMES).open("rb") as file:
            self._seconds = {
                f"{case.get('classname', '').replace('.', '/')}.py::{case.get('name')}": float(
                    case.get("time", 0)
                )
                for _, case in iterparse(file)
                if case.tag == "testcase"
            }

    def batches(self, alteration: Alteration) -> tuple[Sequence[str], Sequence[str]]:
        """The unit tests that come by it, the quickest first, or all of them; then whole worlds."""
        lines = self._tests.get(alteration.path, {})
        found = {one.partition("|")[0] for line in alteration.lines for one in lines.get(line, ())}
        quickest = sorted(found - {""}, key=lambda test: self._seconds.get(test, 0.0))
        return quickest or UNITS, WORLDS
