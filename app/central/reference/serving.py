"""The server process: its socket, the line that says it is ready, and its end."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from pathlib import Path

import uvicorn

from app.central.contract import wire
from app.central.reference.app import make_app
from app.central.reference.faults import FaultyApp
from app.central.reference.gate import ALL_DESKS
from app.central.reference.ledger import Ledger

LOOPBACK = "127.0.0.1"


def serve(
    ledger: Ledger,
    enrolment_code: str,
    port: int,
    rate: wire.Rate = ALL_DESKS,
    *,
    host: str = LOOPBACK,
    with_parent: bool = False,
) -> None:
    """Serve at that address until SIGTERM or SIGINT; 0 takes a free port. Prints `ready URL`.

    `with_parent`: also until standard input ends, so that it never outlives who started it.
    """
    listening = _listen(host, port)
    app = FaultyApp(make_app(ledger, enrolment_code, rate), ledger.faults)
    server = uvicorn.Server(
        uvicorn.Config(app, log_level="critical", access_log=False, timeout_graceful_shutdown=1)
    )
    for one in (signal.SIGTERM, signal.SIGINT):
        # uvicorn stops by itself and then raises the signal once more: that is no failure. One
        # that comes before uvicorn listens to it ends the server all the same.
        signal.signal(one, lambda *_: setattr(server, "should_exit", True))
    url = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}"
    threading.Thread(target=_announce, args=(server, url), daemon=True).start()
    if with_parent:
        threading.Thread(target=_end_with_input, args=(server,), daemon=True).start()
    server.run(sockets=[listening])
    ledger.engine.dispose()


def _listen(host: str, port: int) -> socket.socket:
    """A listening socket that names TCP: only then does asyncio send small answers at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.create_server((host, port), family=family, backlog=256)
    return socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, fileno=made.detach())


def _announce(server: uvicorn.Server, url: str) -> None:
    """One line once requests are served."""
    pause = threading.Event()
    while not server.started:
        pause.wait(0.01)
    print(f"ready {url}", flush=True)  # noqa: T201 - the line others wait for


def _end_with_input(server: uvicorn.Server) -> None:
    """A parent that ends, however it ends, closes the pipe."""
    while sys.stdin.buffer.read(1024):
        pass
    server.should_exit = True


def keep_recovery_key(ledger: Ledger, data: Path) -> None:
    """The recovery key lies beside a new ledger, for the organisation to take away."""
    path = data / "recovery.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(ledger.recovery_key() + "\n", "utf-8")
