"""Tries one alteration in a copy of the repository: do its tests notice?"""

from __future__ import annotations

import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import cache_from_source
from pathlib import Path

from tests.mutation.alterations import Alteration, altered
from tests.support.programs import ROOT

COVERAGE = "altered.coverage"
"""Where a run leaves what it came by, if it is asked to."""
MOST_CPU_S = 400
"""Several times what any tests of this kind take: more is going round in circles."""
_MOST_BYTES = 6 << 30
_MOST_S, _MOST_S_A_TEST = 1_800, 150
"""For what hangs without working: a busy machine alone must not be taken for that."""
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


@dataclass(frozen=True, slots=True)
class Batch:
    """Tests run together."""

    tests: Sequence[str]
    most_cpu_s: int = MOST_CPU_S


class Copy:
    """A copy of the repository, so that trials beside each other disturb nobody."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "copy"
        shutil.copytree(ROOT, self.root, ignore=_LEFT_OUT)

    def tried(self, alteration: Alteration, batches: Iterable[Batch]) -> Verdict:
        """Run batches of tests over it until one notices."""
        module = self.root / alteration.path
        before = module.read_bytes()
        try:
            self._put(module, altered(before.decode(), alteration).encode())
            verdict = Verdict(killed=False, by="")
            for batch in batches:
                verdict = self.run(batch)
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

    def run(self, batch: Batch, *options: str) -> Verdict:
        """These tests in their order, until one fails."""
        left_out = (word for plugin in _PLUGINS_LEFT_OUT for word in ("-p", f"no:{plugin}"))
        command = [
            sys.executable, "-m", "pytest", "-x", "-q", f"--timeout={_MOST_S_A_TEST}", *left_out,
            *options, *batch.tests,
        ]  # fmt: skip
        running = subprocess.Popen(
            command, cwd=self.root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**os.environ, "COVERAGE_FILE": str(self.root / COVERAGE)}, start_new_session=True,
        )  # fmt: skip
        limits = {resource.RLIMIT_CPU: batch.most_cpu_s, resource.RLIMIT_AS: _MOST_BYTES}
        for kind, most in limits.items():
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
