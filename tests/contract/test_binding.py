"""Where central listens: on loopback, or at the address that its balancers look at."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from app.central.reference.faults import Faults, FaultyApp
from app.domain.ids import Millis
from tests.support.programs import ROOT

_OTHER = "127.0.0.2"
"""Loopback too, and not the address that is taken without a word."""

pytestmark = pytest.mark.linux  # elsewhere 127.0.0.1 is the only such address


@contextmanager
def _central(data: Path, *words: str) -> Iterator[str]:
    command = [sys.executable, "-m", "app.central.reference", "--data", str(data), *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().removeprefix("ready ").strip()
        finally:
            process.kill()


def test_central_serves_at_the_address_it_was_given(tmp_path: Path) -> None:
    with _central(tmp_path / "central", "--host", _OTHER) as url:
        assert url.startswith(f"http://{_OTHER}:")
        with urlopen(f"{url}/v1/tickets/health", timeout=20) as answer:  # noqa: S310 - ours
            assert answer.status == 200
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", int(url.rsplit(":", 1)[1])), timeout=20)


def test_central_serves_loopback_alone_where_nothing_is_said(tmp_path: Path) -> None:
    with _central(tmp_path / "central") as url:
        assert url.startswith("http://127.0.0.1:")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((_OTHER, int(url.rsplit(":", 1)[1])), timeout=20)


@pytest.mark.parametrize(
    ("client", "status"), [("127.0.0.1", 200), ("::1", 200), ("192.0.2.7", 404)]
)
def test_faults_are_set_on_centrals_own_machine_alone(client: str, status: int) -> None:
    sent: list[dict[str, Any]] = []

    async def central(_scope: Any, _receive: Any, send: Any) -> None:  # noqa: ANN401 - any ASGI app
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    scope = {"type": "http", "method": "POST", "path": "/faults", "client": (client, 4711)}
    asyncio.run(FaultyApp(central, Faults(lambda: Millis(0)))(scope, receive, send))
    assert sent[0]["status"] == status
