"""Tries one alteration in a copy of the repository: do its tests notice?"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.util import cache_from_source
from pathlib import Path

from tests.mutation.alterations import Alteration, altered, unaltered
from tests.mutation.forking import ANSWERED, ASKED
from tests.support.programs import ROOT

COVERAGE = "altered.coverage"
"""Where a run leaves what it came by, if it is asked to."""
MOST_CPU_S = 400
"""Several times what any tests of this kind take: more is going round in circles."""
_MOST_BYTES = 6 << 30
_MOST_S, _MOST_S_A_TEST = 1_800, 150
"""For what hangs without working: a busy machine alone must not be taken for that."""
_MOST_DOUBTED = 5
"""So many tests may fail once and then not by themselves."""
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

    def tried(
        self, alteration: Alteration, batches: Iterable[Batch], beside: Forked | None = None
    ) -> Verdict:
        """Run batches of tests over it until one notices; by `beside` what it can run."""
        module = self.root / alteration.path
        before = module.read_bytes()
        after = altered(before.decode(), alteration)

        def run(batch: Batch) -> Verdict:
            quick = beside.tried(alteration, before.decode(), after, batch) if beside else None
            return quick or self.run(batch)

        verdict = Verdict(killed=False, by="")
        try:
            self._put(module, after.encode())
            for batch in batches:
                verdict = _confirmed(run, self.run, batch)
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
        command = [*_pytest(), *options, *batch.tests]
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


def _confirmed(
    run: Callable[[Batch], Verdict], alone: Callable[[Batch], Verdict], batch: Batch
) -> Verdict:
    """What a test says that also fails by itself, in a process of its own.

    Children of one run are alike in what chance decides at its start: what fails there by chance
    fails in each of them.
    """
    for _ in range(_MOST_DOUBTED):
        verdict = run(batch)
        if "::" not in verdict.by or alone(replace(batch, tests=(verdict.by,))).killed:
            return verdict
        left = [test for test in batch.tests if test != verdict.by]
        if not left:
            break
        batch = replace(batch, tests=left)
    return Verdict(killed=False, by="")


def _pytest() -> list[str]:
    left_out = (word for plugin in _PLUGINS_LEFT_OUT for word in ("-p", f"no:{plugin}"))
    return [
        sys.executable, "-m", "pytest", "-x", "-q", f"--timeout={_MOST_S_A_TEST}", *left_out
    ]  # fmt: skip


class Forked:
    """Tests loaded and collected once; each trial runs some of them in a child of that run."""

    def __init__(self, copy: Copy, batch: Batch) -> None:
        """Loads them as they are now."""
        self._tests = batch.tests
        asks, self._asks = os.pipe()
        self._answers, answers = os.pipe()
        self._running = subprocess.Popen(
            [*_pytest(), "-p", "tests.mutation.forking", *batch.tests], cwd=copy.root,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=(asks, answers),
            env={**os.environ, ASKED: str(asks), ANSWERED: str(answers)}, start_new_session=True,
        )  # fmt: skip
        os.close(asks)
        os.close(answers)
        self._said = os.fdopen(self._answers, encoding="utf-8")

    def tried(
        self, alteration: Alteration, before: str, after: str, batch: Batch
    ) -> Verdict | None:
        """None where the alteration is not in a function, or the tests are others."""
        if not all(test.startswith(tuple(self._tests)) for test in batch.tests):
            return None
        trial = {
            "module": alteration.path.removesuffix(".py").replace("/", "."),
            "within": alteration.within, "before": unaltered(before), "after": after,
            "tests": [] if batch.tests == self._tests else [*batch.tests],
            "most_cpu_s": batch.most_cpu_s, "most_bytes": _MOST_BYTES, "most_s": _MOST_S,
        }  # fmt: skip
        os.write(self._asks, f"{json.dumps(trial)}\n".encode())
        verdict = json.loads(self._said.readline())
        return Verdict(verdict["killed"], verdict["by"]) if verdict["put"] else None

    def close(self) -> None:
        """No more trials."""
        os.close(self._asks)
        self._said.close()
        _end(self._running)


def _end(running: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    """With whatever it started."""
    with suppress(ProcessLookupError):
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
