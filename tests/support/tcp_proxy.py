"""A TCP proxy on loopback in front of a real central that spoils exchanges on request."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import struct
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Self

_LONGEST_HOLD_S = 30.0
"""An exchange held on purpose ends by itself after this time."""
_DRIP_EACH_S = 0.2
_CHUNK = 1 << 16

_LAST_ROUNDS = 5
"""How often a stopping proxy looks for connections that came at the last moment."""


class TcpFault(StrEnum):
    """What can happen to one exchange. "Delivered": central has the whole request."""

    RESET_BEFORE = "reset before"
    """The connection breaks before central sees a byte."""
    RESET_AFTER = "reset after"
    """Delivered; the connection breaks before a byte of the answer."""
    SWALLOWED = "swallowed"
    """Delivered; the answer never comes, the connection stays."""
    TRUNCATED = "truncated"
    """Delivered; half of the answer's body, then the end."""
    GARBAGE = "garbage"
    """Delivered; what comes back is no HTTP."""
    PORTAL = "portal"
    """Not delivered; a friendly page with status 200 comes back."""
    REPLACED = "replaced"
    """Delivered; another body comes back, whole and with status 200."""
    SLOW_DRIP = "slow drip"
    """Delivered; the answer comes one byte at a time."""
    BLACKHOLE = "blackhole"
    """Nothing is delivered and nothing comes back; the connection stays."""
    LATENCY = "latency"
    """Delivered and answered, a moment late each way."""


DELIVERED = frozenset(
    {
        TcpFault.RESET_AFTER, TcpFault.SWALLOWED, TcpFault.TRUNCATED, TcpFault.GARBAGE,
        TcpFault.REPLACED, TcpFault.SLOW_DRIP, TcpFault.LATENCY,
    }
)  # fmt: skip
"""After these central has had an effect."""
_PORTAL = b"<!doctype html><title>Welcome</title><p>Please accept our terms to go online."


@dataclass(slots=True)
class _Planned:
    fault: TcpFault
    matching: str
    times: int
    body: bytes


class TcpProxy:
    """Forwards each exchange to `port` on a connection of its own; may be told to spoil some.

    Runs on a thread of its own; the methods may be called from any.
    """

    def __init__(self, port: int, latency_s: float = 0.3) -> None:
        self._upstream = port
        self._latency_s = latency_s
        self._planned: list[_Planned] = []
        self._lock = threading.Lock()
        self._went_by = threading.Condition()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._main, name="tcp proxy", daemon=True)
        self._listening = threading.Event()
        self._stop = asyncio.Event()
        self._open: set[asyncio.StreamWriter] = set()
        self.fired: Counter[TcpFault] = Counter()
        """How often each fault was done to an exchange."""
        self.forwarded: Counter[str] = Counter()
        """Exchanges that reached central unspoiled, by method and path."""
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def inject(
        self, fault: TcpFault, matching: str = "", times: int = 1, body: bytes = b"{}"
    ) -> None:
        """Spoil the next `times` exchanges whose first line begins with `matching`.

        `body` is what `REPLACED` answers with.
        """
        with self._lock:
            self._planned.append(_Planned(fault, matching, times, body))

    def heal(self) -> None:
        """Spoil nothing more."""
        with self._lock:
            self._planned.clear()

    def move_to(self, port: int) -> None:
        """Forward to another port from the next exchange on."""
        self._upstream = port

    def forget(self) -> None:
        """Spoil nothing more, and count from nothing."""
        self.heal()
        self.fired.clear()
        self.forwarded.clear()

    def wait_forwarded(self, line: str, count: int, within_s: float = 30.0) -> bool:
        """Block until that many exchanges of that method and path went by; whether they did."""
        with self._went_by:
            return self._went_by.wait_for(lambda: self.forwarded[line] >= count, within_s)

    def _next_fault(self, line: str) -> _Planned | None:
        with self._lock:
            for planned in self._planned:
                if planned.times > 0 and line.startswith(planned.matching):
                    planned.times -= 1
                    self.fired[planned.fault] += 1
                    return planned
        with self._went_by:
            self.forwarded[line.rsplit(" ", 1)[0].split("?", maxsplit=1)[0]] += 1
            self._went_by.notify_all()
        return None

    # --- running

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._listening.wait(10)
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _where: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    def _main(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._listening.set()
        await self._stop.wait()
        server.close()
        quiet = 0
        while quiet < _LAST_ROUNDS:
            others = asyncio.all_tasks() - {asyncio.current_task()}
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            for writer in self._open:
                writer.transport.abort()
            quiet = 0 if others or self._open else quiet + 1
            await asyncio.sleep(0.02)  # a transport closes a turn of the loop after its task

    # --- one connection, one exchange

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                head, body = await _message(reader)
                await self._exchange(head, body, writer)
        finally:
            writer.close()
            try:
                with contextlib.suppress(OSError):
                    await writer.wait_closed()
            finally:
                self._open.discard(writer)

    async def _exchange(self, head: bytes, body: bytes, writer: asyncio.StreamWriter) -> None:
        planned = self._next_fault(head.split(b"\r\n", 1)[0].decode("latin-1"))
        if planned is None:
            await self._forward(head + body, writer.write)
            await writer.drain()
            return
        fault = planned.fault
        if fault in DELIVERED:
            await asyncio.sleep(self._latency_s if fault is TcpFault.LATENCY else 0)
            parts: list[bytes] = []
            await self._forward(head + body, parts.append)
            answer = b"".join(parts)
        else:
            answer = b""
        if fault is TcpFault.REPLACED:
            answer = _answer_with("application/json", planned.body)
        await self._spoil(fault, answer, writer)

    async def _spoil(self, fault: TcpFault, answer: bytes, writer: asyncio.StreamWriter) -> None:
        match fault:
            case TcpFault.RESET_BEFORE | TcpFault.RESET_AFTER:
                _reset(writer)
            case TcpFault.SWALLOWED | TcpFault.BLACKHOLE:
                await asyncio.sleep(_LONGEST_HOLD_S)
            case TcpFault.TRUNCATED:
                head, _, rest = answer.partition(b"\r\n\r\n")
                await _send(writer, head + b"\r\n\r\n" + rest[: len(rest) // 2])
            case TcpFault.GARBAGE:
                await _send(writer, bytes(range(256)) * 2)
            case TcpFault.PORTAL:
                await _send(writer, _answer_with("text/html", _PORTAL))
            case TcpFault.SLOW_DRIP:
                for index in range(min(len(answer), round(_LONGEST_HOLD_S / _DRIP_EACH_S))):
                    await _send(writer, answer[index : index + 1])
                    await asyncio.sleep(_DRIP_EACH_S)
            case TcpFault.LATENCY:
                await asyncio.sleep(self._latency_s)
                await _send(writer, answer)
            case TcpFault.REPLACED:
                await _send(writer, answer)

    async def _forward(self, message: bytes, came: Callable[[bytes], object]) -> None:
        """Give central the message and pass on its answer as it comes."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self._upstream)
        try:
            writer.write(message)
            await writer.drain()
            while part := await reader.read(_CHUNK):
                came(part)
        finally:
            writer.close()


async def _send(writer: asyncio.StreamWriter, data: bytes) -> None:
    writer.write(data)
    await writer.drain()


async def _message(reader: asyncio.StreamReader) -> tuple[bytes, bytes]:
    """A request's head, asking for the connection's end after the answer, and its body."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.rstrip(b"\r\n").split(b"\r\n")
    length = 0
    kept = []
    for line in lines:
        name = line.split(b":", 1)[0].lower()
        if name == b"content-length":
            length = int(line.split(b":", 1)[1])
        if name != b"connection":
            kept.append(line)
    body = await reader.readexactly(length)
    return b"\r\n".join([*kept, b"Connection: close"]) + b"\r\n\r\n", body


def _answer_with(kind: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    return head.encode() + b"Connection: close\r\n\r\n" + body


def _reset(writer: asyncio.StreamWriter) -> None:
    """End with RST instead of FIN."""
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
