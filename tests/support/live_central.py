"""The real reference central on loopback, served from a thread of the test's own process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvicorn

from app.central.reference.app import make_app
from app.central.reference.faults import Fault, FaultyApp
from app.central.reference.feed import truth
from app.central.reference.ledger import Ledger
from app.central.reference.system import RealSurroundings

CODE = "let-me-in"


@dataclass
class LiveCentral:
    """Where it listens, and its ledger as the judge reads it."""

    url: str
    ledger: Ledger

    def truth(self) -> list[dict[str, Any]]:
        """Each ticket with the operations that had an effect on it."""
        with self.ledger.reading() as connection:
            return list(truth(connection))

    def fault(self, service: str, name: str, back_ms: int = 0) -> None:
        """Misbehave from now on; `forgetful` and `amnesic` happen at once."""
        if name in ("forgetful", "amnesic"):
            self.ledger.go_back(service, back_ms, said=name == "forgetful")
            return
        frozen = self.ledger.frozen_at(service, back_ms) if name == "stale" else None
        self.ledger.faults.put(service, Fault(name, None, frozen))

    def fired(self, service: str, name: str) -> int:
        return self.ledger.faults.fired[f"{service}/{name}"]

    def clear(self) -> None:
        self.ledger.faults.clear()


@contextmanager
def live_central(folder: Path) -> Iterator[LiveCentral]:
    """Serve until the block ends."""
    folder.mkdir(parents=True, exist_ok=True)
    ledger = Ledger.open(folder, None, RealSurroundings())
    app = FaultyApp(make_app(ledger, CODE), ledger.faults)
    config = uvicorn.Config(
        app, port=0, log_level="critical", access_log=False, timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    pause = threading.Event()
    while not server.started:
        assert thread.is_alive(), "central did not start"
        pause.wait(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield LiveCentral(f"http://127.0.0.1:{port}", ledger)
    finally:
        server.should_exit = True
        thread.join(60)
        ledger.engine.dispose()
