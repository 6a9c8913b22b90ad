"""The drill as a process: a desk of its own beside the real one, with a central to take away."""

from __future__ import annotations

import argparse
import json
import secrets
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from app import config, drills
from app.config import program
from app.demo import DemoCentral, DemoDesk
from app.domain.call import Call
from app.domain.central_services import Service
from app.domain.drill import as_real
from app.domain.errors import EnvironmentFault, OffhookError, StoreAbsent, StoreLocked
from app.providers.platform import SystemPlatform
from app.providers.system import SystemClock

_FAULT_S = 10.0
_LOCK = "drill.lock"


def run(arguments: argparse.Namespace) -> int:
    """Open the drill's window; nothing of the real profile is read or written by it."""
    from app.desk import run_window

    real = config.profile_folder(arguments.profile, config.pinned())
    if not (real / "keys.json").exists():
        raise StoreAbsent("No desk is enrolled in this profile.", todo="Enrol it first.")
    drill = Drill(real, arguments.passphrase_file)
    with drill.alone() as alone:
        if not alone:
            return _brought_forward(drill)
        try:
            return run_window(
                drill.desk.profile, drill.desk.secret, prepare=drill.prepare, drill=drill
            )
        finally:
            drill.central.cut()


def _brought_forward(drill: Drill) -> int:
    """The drill that runs beside this desk shows its window. Raises StoreLocked."""
    from app.desk import raised

    if raised(drill.desk.profile):
        return 0
    raise StoreLocked(
        "A drill of this desk is open already.",
        safe="Nothing of it was changed.",
        todo="Use its window, or close it and start the drill again.",
    )


def _started(command: list[str]) -> None:
    subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)  # noqa: S603  # our own program


class Drill:
    """Implements `app.ports.drill.DrillControls` over a reference central with invented data."""

    def __init__(
        self,
        real: Path,
        real_secret: Path | None = None,
        start: Callable[[list[str]], None] = _started,
    ) -> None:
        """`start` begins the real desk's window, which offers what was not finished."""
        self._real, self._real_secret, self._start = real, real_secret, start
        self._folder = drills.drill_folder(real)
        self._away: frozenset[Service] = frozenset()
        self.central = DemoCentral(self._folder / "central", "--small", "--drills")
        self.desk = DemoDesk(self._folder / "desk", self._folder / "passphrase")

    @contextmanager
    def alone(self) -> Iterator[bool]:
        """Hold the drill's folder for this process; yields False where another drill has it."""
        platform = SystemPlatform()
        platform.private_directory(self._folder)
        with platform.lock(self._folder / _LOCK) as held:
            yield held

    def prepare(self) -> None:
        """Central and desk of the drill, made anew: each drill begins the same.

        Raises EnvironmentFault.
        """
        SystemPlatform().private_directory(self._folder)
        if self.central.is_cut:
            for former in (self._folder / "central", self.desk.profile):
                shutil.rmtree(former, ignore_errors=True)
            self.central.restore()
        secret = self.desk.secret
        secret.write_text(secrets.token_urlsafe(24), encoding="utf-8")
        SystemPlatform().private_file(secret)
        place = ("--central", self.central.url, "--code", "demo")
        self.desk.run("enrol", *place, "--desk-name", "Drill", "--drill")

    # --- outages ----------------------------------------------------------------------------

    @property
    def away(self) -> frozenset[Service]:
        return self._away

    def simulate(self, away: frozenset[Service]) -> None:
        """Real refusals from a real central: the desk meets them as it meets any outage."""
        self._fault({"clear": True})
        for service in sorted(away):
            self._fault({"service": service.value, "fault": "down"})
        self._away = away

    def _fault(self, wanted: dict[str, object]) -> None:
        request = urllib.request.Request(  # noqa: S310 - the drill's own central on loopback
            self.central.url + "/faults",
            data=json.dumps({"service": "", "fault": "", "clear": False, **wanted}).encode(),
            headers={"Content-Type": "application/json"},
            method="POST",
        )
        try:
            with urllib.request.urlopen(request, timeout=_FAULT_S):  # noqa: S310 - as above
                return
        except urllib.error.URLError as error:
            raise EnvironmentFault("The drill's central does not answer.") from error

    # --- what leaves the drill --------------------------------------------------------------

    def completed(self, seconds: float) -> None:
        drills.keep_last(self._real, SystemClock(SystemPlatform()).now(), seconds)

    def to_real(self, call: Call) -> None:
        """The caller's words go by pipe or local socket, never over a command line."""
        words = json.dumps(asdict(as_real(call)))
        command = program("drill-call", "-", "--profile", str(self._real), *self._secret())
        done = subprocess.run(  # noqa: S603  # our own program
            command, input=words, capture_output=True, text=True, check=False, timeout=120
        )
        if done.returncode != 0:
            raise EnvironmentFault(
                "The real desk did not take the call.",
                safe="It is still open here.",
                todo="Write it down, and take it in the real desk.",
            )
        if not json.loads(done.stdout).get("running"):
            self._start(program("--profile", str(self._real), *self._secret()))

    def _secret(self) -> tuple[str, ...]:
        return ("--passphrase-file", str(self._real_secret)) if self._real_secret else ()


def main(arguments: argparse.Namespace) -> int:
    """The exit code; a drill that cannot begin says why."""
    try:
        return run(arguments)
    except OffhookError as problem:
        sys.stderr.write(f"{problem.sentence()}\n")
        return 3
