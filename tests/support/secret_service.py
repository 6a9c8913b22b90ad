"""A real Secret Service of one's own: a private session bus with gnome-keyring on it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Self

from jeepney.bus_messages import message_bus  # type: ignore[import-untyped]  # it has no types
from jeepney.io.blocking import open_dbus_connection  # type: ignore[import-untyped]  # likewise

PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon", "Xvfb")
_NAME = "org.freedesktop.secrets"
_STARTS_WITHIN_S = 20.0


def is_there() -> bool:
    """Whether the programs it is made of are installed."""
    return all(shutil.which(name) for name in PROGRAMS)


class SecretService:
    """Processes and environment; everything ends with the block."""

    def __init__(self, folder: Path, *, with_prompts: bool = False) -> None:
        """`with_prompts`: a screen where a prompt may open and wait for somebody."""
        self._folder = folder
        self._with_prompts = with_prompts
        self._running: list[subprocess.Popen[bytes]] = []
        self.environment: dict[str, str] = {}
        self._daemon: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        for name in ("home", "run"):
            (self._folder / name).mkdir(mode=0o700, parents=True)
        own = {
            "HOME": str(self._folder / "home"),
            "XDG_DATA_HOME": str(self._folder / "home" / "data"),
            "XDG_RUNTIME_DIR": str(self._folder / "run"),
        }
        if self._with_prompts:
            own["DISPLAY"] = self._screen()
        self.environment = {**own, "DBUS_SESSION_BUS_ADDRESS": self._bus(own)}
        self._daemon = self._keyring()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.go_on()
        for process in reversed(self._running):
            process.terminate()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
            process.wait(timeout=20)

    def hang(self) -> None:
        """The daemon answers nothing any more."""
        self._signal(signal.SIGSTOP)

    def go_on(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        if self._daemon is not None and self._daemon.poll() is None:
            self._daemon.send_signal(number)

    def _started(self, *command: str, own: dict[str, str], **more: int) -> subprocess.Popen[bytes]:
        environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "XAUTHORITY")}
        made = subprocess.Popen(
            command, env={**environment, **own}, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, pass_fds=tuple(more.values()),
        )  # fmt: skip
        self._running.append(made)
        return made

    def _screen(self) -> str:
        reading, writing = os.pipe()
        self._started(
            "Xvfb", "-displayfd", str(writing), "-screen", "0", "800x600x24", own={}, fd=writing
        )
        os.close(writing)
        with os.fdopen(reading) as pipe:
            return f":{pipe.readline().strip()}"

    def _bus(self, own: dict[str, str]) -> str:
        bus = self._started("dbus-daemon", "--session", "--print-address", "--nofork", own=own)
        assert bus.stdout is not None
        return bus.stdout.readline().decode().strip()

    def _is_on_the_bus(self) -> bool:
        """Whether the daemon has its name: a call before that makes the bus start a second one."""
        with closing(open_dbus_connection(self.environment["DBUS_SESSION_BUS_ADDRESS"])) as bus:
            answer = bus.send_and_get_reply(message_bus.NameHasOwner(_NAME), timeout=5)
            return bool(answer.body[0])

    def _keyring(self) -> subprocess.Popen[bytes]:
        daemon = self._started(
            "gnome-keyring-daemon", "--components=secrets", "--unlock", "--foreground",
            own=self.environment,
        )  # fmt: skip
        assert daemon.stdin is not None
        daemon.stdin.write(b"the login passphrase")
        daemon.stdin.close()
        control = Path(self.environment["XDG_RUNTIME_DIR"]) / "keyring" / "control"
        until = time.monotonic() + _STARTS_WITHIN_S
        while not (control.exists() and self._is_on_the_bus()):
            assert time.monotonic() < until, "the keyring did not start"
            assert daemon.poll() is None, "the keyring ended"
            time.sleep(0.05)
        return daemon
