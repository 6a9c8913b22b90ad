"""The demo: a central of its own with invented data, a desk, and the outage story."""

from __future__ import annotations

import argparse
import json
import secrets
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import config
from app.config import program
from app.domain.errors import EnvironmentFault
from app.providers.platform import SystemPlatform, has_display

_CODE = "demo"


class DemoCentral:
    """The reference central in a process of its own; cutting it is killing that process."""

    def __init__(self, data: Path, *options: str) -> None:
        self._data = data
        self._options = options
        self._port = 0
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    @property
    def is_cut(self) -> bool:
        return self._process is None

    def restore(self) -> None:
        """Start it, on the port it had before; returns when it serves.

        Raises EnvironmentFault where it does not start.
        """
        command = program(
            "central", "--port", str(self._port), "--data", str(self._data),
            "--enrolment-code", _CODE, "--demo", "--with-parent", *self._options,
        )  # fmt: skip
        self._process = subprocess.Popen(  # noqa: S603  # our own program
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line.startswith("ready "):
            self.cut()
            raise EnvironmentFault("The demo's central did not start.", todo="Run offhook doctor.")
        self.url = line.split()[1]
        self._port = int(self.url.rsplit(":", 1)[1])

    def cut(self) -> None:
        """Pull its plug."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe is not None:
                    pipe.close()
            self._process = None

    def ledger(self) -> list[dict[str, Any]]:
        """The truth, read from the ledger itself."""
        command = program("central", "ledger", "--data", str(self._data))
        done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603  # our own program
        return [json.loads(line) for line in done.stdout.splitlines()]


@dataclass(frozen=True, slots=True)
class DemoDesk:
    """The demo's profile and the file with its passphrase, both in the demo's folder."""

    profile: Path
    secret: Path

    def words(self, *words: str) -> list[str]:
        return [*words, "--profile", str(self.profile), "--passphrase-file", str(self.secret)]

    def run(self, *words: str) -> Any:  # noqa: ANN401  # JSON has no narrower type
        """Run a command on this desk; what it printed."""
        done = subprocess.run(  # noqa: S603  # our own program
            program(*self.words(*words)), capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise EnvironmentFault(f"The demo stopped at: {words[0]}.", safe=done.stderr.strip())
        return json.loads(done.stdout)


def run(arguments: argparse.Namespace) -> int:
    """Open the desk with demo data; without a display play the outage story."""
    if has_display():
        return _window()
    with _folder_for_story(arguments.profile) as folder:
        return _Story(folder).play()


class _Demo:
    """A central and a desk in one folder; `prepare` starts the one and enrols the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.central = DemoCentral(folder / "central")
        self.desk = DemoDesk(folder / "desk", folder / "passphrase")

    def prepare(self) -> None:
        """Takes some seconds the first time: central invents its data.

        Raises EnvironmentFault where central does not start or the desk cannot enrol.
        """
        SystemPlatform().private_directory(self._folder)
        secret = self.desk.secret
        if not secret.exists():
            secret.write_text(secrets.token_urlsafe(24), encoding="utf-8")
            SystemPlatform().private_file(secret)
        if self.central.is_cut:
            self.central.restore()
        if not (self.desk.profile / "keys.json").exists():
            place = ("--central", self.central.url, "--code", _CODE)
            self.desk.run("enrol", *place, "--desk-name", "Demo desk")


def _window() -> int:
    """The window at once; central and enrolment behind it."""
    from app.desk import run_window

    demo = _Demo(config.demo_folder())
    print("The desk opens; its central (invented data) starts behind it.")
    print("Cut central and bring it back from the desk: Ctrl+K, then type: demo")
    try:
        return run_window(demo.desk.profile, demo.desk.secret, demo.central, prepare=demo.prepare)
    finally:
        demo.central.cut()


@contextmanager
def _folder_for_story(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="offhook-demo-") as name:
        yield Path(name)


class _Story:
    """The outage story, offscreen, by real key events against a real central process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pictures = Path.cwd() / "demo-pictures"
        self._step = 0

    def play(self) -> int:
        """Play it; 0 when the ticket is in central exactly once with the time of the call."""
        self._say("Starting a central with invented data and enrolling a desk.")
        demo = _Demo(self._folder)
        try:
            demo.prepare()
            return self._outage(demo.central, demo.desk)
        finally:
            demo.central.cut()

    def _mirror(self, desk: DemoDesk) -> int:
        """Mirror until every service is here whole; one run of `sync` ends after a minute.

        The number of records. Raises EnvironmentFault where central stops bringing any.
        """
        before = -1
        while True:
            services = desk.run("sync", "--once")["services"].values()
            here = sum(int(one["mirrored"]) for one in services)
            if all(one["position"] and one["expected"] is None for one in services):
                return here
            if here == before:
                raise EnvironmentFault("The demo's central brings no more records.")
            before = here
            print(f"    {here} records so far; this computer is busy, so it takes longer.")

    def _outage(self, central: DemoCentral, desk: DemoDesk) -> int:
        self._say("Mirroring all of it to this computer; half a minute where nothing else runs.")
        self._say(f"{self._mirror(desk)} records are on this computer, encrypted.")
        central.cut()
        self._say("Central is cut: its process was killed.")
        saved = self._scene(desk, "take")
        self._say(f"A call was taken by keyboard alone: {saved['reference']} was read out.")
        self._say("The desk was killed (no goodbye) right after the save.")
        again = self._scene(desk, "look", saved["reference"])
        self._say(f"Started again: {saved['reference']} is there, and reads “{again['word']}”.")
        central.restore()
        self._say("Central is back.")
        sent = self._scene(desk, "sent", saved["reference"])
        self._say(f"The desk sent it by itself: it reads “{sent['word']}”.")
        return self._judge(central, saved)

    def _judge(self, central: DemoCentral, saved: dict[str, Any]) -> int:
        found = [line for line in central.ledger() if line["ref"] == saved["reference"]]
        times = len(found)
        effects = len(found[0]["operations"]) if found else 0
        when = found[0]["happened_at"] if found else "never"
        self._say(f"Central's own ledger has it {times} time(s), {effects} effect(s), at {when}.")
        self._say(f"Pictures: {self._pictures}")
        good = times == 1 and effects == 1
        print("The story holds." if good else "THE STORY DOES NOT HOLD.")
        return 0 if good else 1

    def _scene(self, desk: DemoDesk, scene: str, *words: str) -> dict[str, Any]:
        """A desk window in a process of its own; killed as soon as it printed its line."""
        self._pictures.mkdir(exist_ok=True)
        command = program(*desk.words("scene", scene, str(self._pictures), *words))
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603  # our own program
        try:
            line = process.stdout.readline() if process.stdout else ""
        finally:
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()
        if not line.strip():
            raise EnvironmentFault(f"The desk did not play its part: {scene}.")
        return dict(json.loads(line))

    def _say(self, sentence: str) -> None:
        self._step += 1
        print(f"{self._step:2}. {sentence}", flush=True)
