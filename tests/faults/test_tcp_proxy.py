"""The TCP proxy itself: each fault does what its name says, once, and is counted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from app.central.client.transport import HttpxTransport
from app.domain.errors import CentralUnavailable
from app.domain.feed import Silence
from app.ports.central import Request, Response
from tests.support.tcp_proxy import DELIVERED, TcpFault, TcpProxy

pytestmark = pytest.mark.faults
ANSWER = b'{"answer": "a body that is long enough to be cut in two"}'


class Upstream(ThreadingHTTPServer):
    """Answers every POST alike and keeps what it was sent."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.bodies: list[bytes] = []


class _Answers(BaseHTTPRequestHandler):
    server: Upstream

    def do_POST(self) -> None:
        self.server.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
        self.send_response(201)
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    server = Upstream()
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


async def _exchange(proxy: TcpProxy, deadline_s: float = 5.0) -> Response | Silence:
    transport = HttpxTransport()
    try:
        return await transport.exchange(
            Request("POST", f"{proxy.url}/v1/things", {}, b"x" * 100_000, deadline_s)
        )
    except CentralUnavailable as error:
        return Silence(error.cause)
    finally:
        await transport.close()


UNDELIVERED = {TcpFault.RESET_BEFORE, TcpFault.PORTAL, TcpFault.BLACKHOLE}
SILENT = {
    TcpFault.RESET_BEFORE: Silence.CONNECT,
    TcpFault.RESET_AFTER: Silence.CONNECT,
    TcpFault.SWALLOWED: Silence.TIMEOUT,
    TcpFault.TRUNCATED: Silence.CONNECT,
    TcpFault.GARBAGE: Silence.CONNECT,
    TcpFault.SLOW_DRIP: Silence.TIMEOUT,
    TcpFault.BLACKHOLE: Silence.TIMEOUT,
}


def test_what_is_called_delivered_is_delivered() -> None:
    """The set other tests rely on is the one that the next test shows, fault by fault."""
    assert set(TcpFault) - DELIVERED == UNDELIVERED


@pytest.mark.parametrize("fault", TcpFault)
async def test_a_fault_happens_once_and_is_counted(fault: TcpFault, upstream: Upstream) -> None:
    with TcpProxy(upstream.server_port, latency_s=0.05) as proxy:
        proxy.inject(fault, "POST /v1/things")
        first = await _exchange(proxy, 0.6)
        assert proxy.fired == {fault: 1}
        assert len(upstream.bodies) == (0 if fault in UNDELIVERED else 1)
        if fault in SILENT:
            assert first == SILENT[fault]
        elif fault is TcpFault.PORTAL:
            assert isinstance(first, Response)
            assert first.status == 200
            assert b"<html" in first.body or b"<!doctype html" in first.body
        else:
            assert isinstance(first, Response)
            assert first.body == (b"{}" if fault is TcpFault.REPLACED else ANSWER)
        second = await _exchange(proxy)
        assert isinstance(second, Response)
        assert (second.status, second.body) == (201, ANSWER)
        assert proxy.fired == {fault: 1}
        assert proxy.forwarded == {"POST /v1/things": 1}
        assert set(upstream.bodies) == {b"x" * 100_000}


async def test_other_exchanges_and_a_healed_proxy_are_left_alone(upstream: Upstream) -> None:
    with TcpProxy(upstream.server_port, latency_s=0.05) as proxy:
        proxy.inject(TcpFault.RESET_BEFORE, "POST /v1/other")
        assert isinstance(await _exchange(proxy), Response)
        proxy.inject(TcpFault.RESET_BEFORE, "POST")
        proxy.heal()
        assert isinstance(await _exchange(proxy), Response)
        assert not proxy.fired


async def test_without_a_central_behind_it_the_connection_breaks(upstream: Upstream) -> None:
    with TcpProxy(upstream.server_port, latency_s=0.05) as proxy:
        proxy.move_to(1)
        assert await _exchange(proxy) == Silence.CONNECT
        proxy.move_to(upstream.server_port)
        assert isinstance(await _exchange(proxy), Response)
