"""Real sockets on loopback: drips, silence, portals, resets, caps, proxies and trust."""

from __future__ import annotations

import asyncio
import errno
import gzip
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import httpx
import pytest

from app.central.client.transport import HttpxTransport, TransportSettings
from app.domain.errors import CentralUnavailable
from app.domain.feed import Silence
from app.ports.central import Request

Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def serving(serve: Serve) -> AsyncIterator[str]:
    """A server that speaks bytes as told; its address."""
    at_work: list[asyncio.Task[None]] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        at_work.append(asyncio.ensure_future(_served(serve, reader, writer)))

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    try:
        yield f"http://{host}:{port}"
    finally:
        server.close()
        for task in at_work:
            task.cancel()
        await asyncio.gather(*at_work, return_exceptions=True)
        await server.wait_closed()


async def _served(serve: Serve, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        await serve(reader, writer)
    except (ConnectionError, asyncio.IncompleteReadError):
        pass  # the client has gone, as some of these tests want it to
    finally:
        writer.transport.abort()


@asynccontextmanager
async def transport(**settings: object) -> AsyncIterator[HttpxTransport]:
    made = HttpxTransport(TransportSettings(**settings))  # type: ignore[arg-type]  # by name
    try:
        yield made
    finally:
        await made.close()


def get(url: str, deadline_s: float = 5.0) -> Request:
    return Request("GET", f"{url}/v1/tickets/health", {"X-One": "1"}, b"", deadline_s)


async def request_of(reader: asyncio.StreamReader) -> bytes:
    return await reader.readuntil(b"\r\n\r\n")


def reply(body: bytes, *headers: bytes) -> bytes:
    lines = [b"HTTP/1.1 200 OK", b"Content-Length: %d" % len(body), *headers, b"", body]
    return b"\r\n".join(lines)


async def silence_of(url: str, deadline_s: float = 5.0, **settings: object) -> tuple[str, float]:
    """The cause it ends with, and the seconds that took."""
    loop = asyncio.get_running_loop()
    async with transport(**settings) as one:
        began = loop.time()
        with pytest.raises(CentralUnavailable) as caught:
            await one.exchange(get(url, deadline_s))
        return caught.value.cause, loop.time() - began


async def test_an_answer_comes_whole_with_status_headers_and_body() -> None:
    seen: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await request_of(reader))
        seen.append(await reader.readexactly(5))
        writer.write(b"HTTP/1.1 418 Odd\r\nRetry-After: 7\r\nContent-Length: 2\r\n\r\nok")
        await writer.drain()

    async with serving(serve) as url, transport() as one:
        answer = await one.exchange(Request("POST", f"{url}/x", {"X-One": "1"}, b"hello"))
    assert (answer.status, answer.body, answer.headers["retry-after"]) == (418, b"ok", "7")
    assert b"X-One: 1" in seen[0]
    assert seen[1] == b"hello"


async def test_connections_are_used_again() -> None:
    opened: list[int] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        opened.append(1)
        while True:
            await request_of(reader)
            writer.write(reply(b"ok"))
            await writer.drain()

    async with serving(serve) as url, transport() as one:
        for _ in range(5):
            await one.exchange(get(url))
    assert len(opened) == 1


async def test_a_slow_drip_ends_at_the_total_deadline() -> None:
    """Each byte comes in time; the whole never would."""

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10000\r\n\r\n")
        while True:
            writer.write(b".")
            await writer.drain()
            await asyncio.sleep(0.05)

    async with serving(drip) as url:
        cause, took = await silence_of(url, 0.6)
    assert cause == Silence.TIMEOUT
    assert took < 6


async def test_headers_that_drip_end_there_too() -> None:
    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X-More: 1\r\n")
            await writer.drain()
            await asyncio.sleep(0.05)

    async with serving(drip) as url:
        assert (await silence_of(url, 0.6))[0] == Silence.TIMEOUT


async def test_a_line_that_goes_quiet_is_left_before_the_deadline() -> None:
    """A poll's heartbeats stop: the endpoint is dead, whatever the deadline still allows."""

    async def quiet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n ")
        await writer.drain()
        await asyncio.sleep(60)

    async with serving(quiet) as url:
        cause, took = await silence_of(url, 60, quiet_s=0.3)
    assert cause == Silence.TIMEOUT
    assert took < 30


async def test_nobody_listens() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
    assert (await silence_of(url))[0] == Silence.CONNECT


THIS_COMPUTERS = [
    socket.gaierror(-2, "Name or service not known"),
    OSError(errno.ENETUNREACH, "Network is unreachable"),
    OSError(errno.EMFILE, "Too many open files"),
    PermissionError(errno.EPERM, "A firewall on this computer says no"),
    ExceptionGroup("several addresses", [OSError(errno.ENETUNREACH, "no route")]),
]


@pytest.mark.parametrize("fault", THIS_COMPUTERS, ids=str)
async def test_no_route_and_no_name_service_are_this_computers_trouble(fault: Exception) -> None:
    class Cut(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            raise httpx.ConnectError("All connection attempts failed") from fault

    async with transport() as one:
        one._client = httpx.AsyncClient(transport=Cut())
        with pytest.raises(CentralUnavailable) as caught:
            await one.exchange(get("http://central"))
    assert caught.value.cause == Silence.THIS_COMPUTER


BROKEN = {
    "closed without a word": b"",
    "closed in the headers": b"HTTP/1.1 200 OK\r\nContent-Le",
    "closed in the body": b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf",
    "no HTTP at all": b"220 mail.example ESMTP\r\n\r\n",
    "binary rubbish": bytes(range(256)) * 4,
    "a bad chunk": b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nno\r\n",
    "a body that is not gzip": reply(b"not gzip", b"Content-Encoding: gzip"),
}


@pytest.mark.parametrize("name", BROKEN)
async def test_what_breaks_on_the_way_is_no_answer(name: str) -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(BROKEN[name])
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    async with serving(serve) as url:
        cause, _ = await silence_of(url)
    assert cause in (Silence.CONNECT, Silence.NOT_CENTRAL)


async def test_an_endless_answer_is_not_read_to_its_end() -> None:
    async def endless(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65_536)
            await writer.drain()

    async with serving(endless) as url:
        cause, _ = await silence_of(url, 60, answer_bytes=1_000_000)
    assert cause == Silence.NOT_CENTRAL


async def test_a_small_answer_that_unpacks_to_a_huge_one_is_not_kept() -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(reply(bomb, b"Content-Encoding: gzip"))
        await writer.drain()

    async with serving(serve) as url:
        cause, _ = await silence_of(url, 60, answer_bytes=1_000_000)
    assert cause == Silence.NOT_CENTRAL


async def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await request_of(reader)
        writer.write(
            b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/login\r\nContent-Length: 0\r\n\r\n"
        )
        await writer.drain()

    async with serving(serve) as url, transport() as one:
        assert (await one.exchange(get(url))).status == 302


async def test_the_environments_proxy_is_not_used_and_the_settings_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await request_of(reader))
        writer.write(reply(b"ok"))
        await writer.drain()

    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    async with serving(serve) as url:
        async with transport() as one:
            assert (await one.exchange(get(url))).status == 200
        async with transport(proxy=url) as one:
            await one.exchange(get("http://127.0.0.9:1"))
    assert seen[0].startswith(b"GET /v1/")
    assert seen[1].startswith(b"GET http://127.0.0.9:1/v1/")


async def test_the_environments_authorities_are_not_trusted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """With SSL_CERT_FILE set, a stranger's authority would be believed."""
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "absent.pem"))
    async with transport() as one:
        with pytest.raises(CentralUnavailable):
            await one.exchange(get("https://127.0.0.1:9"))
    async with transport(system_trust=True) as one:
        with pytest.raises(CentralUnavailable):
            await one.exchange(get("https://127.0.0.1:9"))


async def test_a_cancelled_exchange_leaves_the_pool_usable() -> None:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        first = await request_of(reader)
        await asyncio.sleep(60 if b"slow" in first else 0)
        writer.write(reply(b"ok"))
        await writer.drain()

    async with serving(serve) as url, transport(connections=1) as one:
        slow = asyncio.ensure_future(one.exchange(Request("GET", f"{url}/slow", {}, b"", 60)))
        await asyncio.sleep(0.1)
        slow.cancel()
        await asyncio.wait([slow])
        assert (await one.exchange(get(url))).status == 200
