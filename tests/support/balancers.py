"""Real HAProxy processes with the configuration that is shipped, in front of real centrals."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Self

from tests.support.programs import ROOT

CONFIGURATION = ROOT / "packaging" / "haproxy" / "central.cfg"
_START_S = 20.0


def program() -> Path | None:
    """Debian's haproxy; None where it is not installed."""
    found = shutil.which("haproxy") or shutil.which("haproxy", path="/usr/sbin:/usr/local/sbin")
    return Path(found) if found else None


class Balancer:
    """One balancer on a port of its own that stays the same over restarts."""

    def __init__(self, centrals: tuple[int, int]) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            self.port = int(listening.getsockname()[1])
        self._environment = {
            **os.environ,
            "OFFHOOK_BIND": f"127.0.0.1:{self.port}",
            "OFFHOOK_CENTRAL_1": f"127.0.0.1:{centrals[0]}",
            "OFFHOOK_CENTRAL_2": f"127.0.0.1:{centrals[1]}",
        }
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it listens."""
        haproxy = program()
        assert haproxy is not None, "haproxy is not installed (packaging/system-packages.txt)"
        self._process = subprocess.Popen(
            [str(haproxy), "-db", "-q", "-f", str(CONFIGURATION)], env=self._environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        until = time.monotonic() + _START_S
        while not _listens(self.port):
            assert self._process.poll() is None, "haproxy refused its configuration"
            assert time.monotonic() < until
            time.sleep(0.02)

    def kill(self) -> None:
        """Pull its plug."""
        if self._process is not None:
            self._process.send_signal(signal.SIGKILL)
            self._process.wait()
            self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self.kill()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
