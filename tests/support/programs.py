"""The real programs, started as a user starts them: central, its ledger, a desk's commands."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from tests.support.desk_files import lighten

CODE = "let-me-in"
ROOT = Path(__file__).resolve().parents[2]
_START_S = 60.0
"""A hang guard: central with demo data is ready in a tenth of it."""


class Central:
    """A reference central on loopback that is killed with the test."""

    def __init__(self, data: Path, *options: str, database_url: str | None = None) -> None:
        self.data = data
        self._options = options
        self._place = (
            ["--data", str(data)] if database_url is None else ["--database-url", database_url]
        )
        self._process: subprocess.Popen[str] | None = None
        self.port = 0
        self.url = ""

    def start(self) -> None:
        """Start it (again, on the port it had) and wait until it serves."""
        command = [
            sys.executable, "-m", "app.central.reference", "--port", str(self.port),
            *self._place, "--enrolment-code", CODE, *self._options,
        ]  # fmt: skip
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert self._process.stdout is not None
        deadline = time.monotonic() + _START_S
        line = self._process.stdout.readline()
        assert line.startswith("ready http://127.0.0.1:"), line
        assert time.monotonic() < deadline
        self.url = line.split()[1].strip()
        self.port = int(self.url.rsplit(":", 1)[1])

    def kill(self) -> None:
        """Pull its plug."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            if self._process.stdout is not None:
                self._process.stdout.close()
            self._process = None

    def end(self, sign: signal.Signals, timeout_s: float) -> int:
        """Ask it to end; its exit code."""
        assert self._process is not None
        self._process.send_signal(sign)
        return self._process.wait(timeout_s)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def ledger(self) -> list[dict[str, Any]]:
        """The truth, read from the ledger itself."""
        command = [sys.executable, "-m", "app.central.reference", "ledger", *self._place]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def fault(self, service: str, fault: str, *options: str) -> None:
        """Make a service misbehave."""
        self._faults("--service", service, "--fault", fault, *options)

    def heal(self) -> None:
        self._faults("--clear")

    def _faults(self, *options: str) -> None:
        command = [
            sys.executable, "-m", "app.central.reference", "faults", "--url", self.url, *options,
        ]  # fmt: skip
        subprocess.run(command, capture_output=True, check=True, cwd=ROOT)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.kill()


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401  # JSON has no narrower type
        return json.loads(self.out)


class DeskProgram:
    """One desk's profile, worked by the command line with a passphrase slot."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self.secret = profile.with_name(profile.name + ".secret")
        self.secret.write_text("correct horse")

    def command(self, *words: str) -> list[str]:
        """The whole command line for some words."""
        return [
            sys.executable, "-m", "app", *words,
            "--profile", str(self.profile), "--passphrase-file", str(self.secret),
        ]  # fmt: skip

    def run(self, *words: str, timeout_s: float = 120.0, platform: str = "offscreen") -> Ended:
        """Run a command to its end."""
        done = subprocess.run(
            self.command(*words), capture_output=True, text=True, timeout=timeout_s, cwd=ROOT,
            check=False, env=environment(QT_QPA_PLATFORM=platform),
        )  # fmt: skip
        return Ended(done.returncode, done.stdout, done.stderr)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command and return at once."""
        return subprocess.Popen(
            self.command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            cwd=ROOT, env=environment(),
        )  # fmt: skip

    def enrol(self, central: Central | Sequence[str], name: str = "") -> dict[str, Any]:
        """Enrol this profile, with a light passphrase slot; what the command printed."""
        urls = [central.url] if isinstance(central, Central) else list(central)
        done = self.run("enrol", "--central", *urls, "--code", CODE, "--desk-name", name)
        assert done.code == 0, done.err
        lighten(self.profile, self.secret)
        return dict(done.json)


def environment(**more: str) -> dict[str, str]:
    """This process's environment, without a screen."""
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", **more}
