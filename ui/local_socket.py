"""One desk per profile: the running desk answers, a second start asks it."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Awaitable, Callable
from time import monotonic

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_HEAD = struct.Struct(">I")
_LARGEST = 64 * 1024 * 1024
_LARGEST_REQUEST = 8 * 1024 * 1024
_CONNECT_MS = 500

Answer = tuple[int, str]
Answering = Callable[[list[str]], Awaitable[Answer]]


def ask(socket_name: str, argv: list[str], timeout_s: float) -> Answer | None:
    """Send a command line to the running desk: exit code and what to print.

    None where nobody listens there. Raises TimeoutError where the desk took the request and gave
    no whole answer in time: the command may have been carried out.
    """
    ends = monotonic() + timeout_s
    socket = QLocalSocket()
    socket.connectToServer(socket_name)
    if not socket.waitForConnected(_CONNECT_MS):
        return None
    socket.write(QByteArray(_framed({"argv": argv})))
    socket.flush()
    raw = _received(socket, ends)
    socket.disconnectFromServer()
    answer = json.loads(raw)
    return int(answer["code"]), str(answer["out"])


def _received(socket: QLocalSocket, ends: float) -> bytes:
    data = b""
    while (size := _whole(data)) is None:
        left = round(1000 * (ends - monotonic()))
        if left <= 0 or not socket.waitForReadyRead(left):
            data += socket.readAll().data()
            if _whole(data) is not None:
                continue
            raise TimeoutError("the running desk gave no answer")
        data += socket.readAll().data()
    return data[_HEAD.size : size]


def _framed(content: dict[str, object]) -> bytes:
    raw = json.dumps(content).encode()
    return _HEAD.pack(len(raw)) + raw


def _whole(data: bytes) -> int | None:
    """Where the frame ends, once all of it is there."""
    if len(data) < _HEAD.size:
        return None
    size = int(_HEAD.unpack_from(data)[0]) + _HEAD.size
    return size if len(data) >= size else None


class LocalServer(QObject):
    """Listens for this user's other processes and hands their command lines on."""

    def __init__(self, answering: Answering, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._answering = answering
        self._received: dict[QLocalSocket, bytes] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._accept)

    def listen(self, socket_name: str) -> bool:
        """Take the name; what a killed desk left there is cleared away. False where it is taken.

        Qt moves a new socket over one that is in use, so the name is asked first.
        """
        if not socket_name or _answers(socket_name):
            return False
        QLocalServer.removeServer(socket_name)
        return self._server.listen(socket_name)

    def hold(self, socket_name: str) -> bool:
        """Listen there, whatever became of the name meanwhile: for whoever holds the profile.

        A profile that was made, or made anew, after the start has no socket of this window's.
        """
        if not socket_name or self._is_reached_by(socket_name):
            return bool(socket_name)
        self._server.close()
        QLocalServer.removeServer(socket_name)
        return self._server.listen(socket_name)

    def _is_reached_by(self, socket_name: str) -> bool:
        """Whether whoever connects there comes to us, not to nobody nor to another window."""
        if not self._server.isListening():
            return False
        socket = QLocalSocket()
        socket.connectToServer(socket_name)
        if not socket.waitForConnected(_CONNECT_MS):
            return False
        came, _timed_out = self._server.waitForNewConnection(_CONNECT_MS)
        socket.abort()
        return came

    def close(self) -> None:
        """Stop listening and let go of the name."""
        self._server.close()
        for task in tuple(self._tasks):
            task.cancel()

    def _accept(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            self._received[socket] = b""
            socket.readyRead.connect(lambda socket=socket: self._read(socket))
            socket.disconnected.connect(lambda socket=socket: self._forget(socket))
            self._read(socket)

    def _forget(self, socket: QLocalSocket) -> None:
        self._received.pop(socket, None)
        socket.deleteLater()

    def _read(self, socket: QLocalSocket) -> None:
        data = self._received.get(socket, b"") + socket.readAll().data()
        self._received[socket] = data
        if len(data) >= _HEAD.size and _HEAD.unpack_from(data)[0] > _LARGEST_REQUEST:
            socket.abort()
            return
        size = _whole(data)
        if size is not None:
            self._received[socket] = b""
            self._start(socket, data[_HEAD.size : size])

    def _start(self, socket: QLocalSocket, raw: bytes) -> None:
        task = asyncio.ensure_future(self._answer(socket, raw))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, socket: QLocalSocket, raw: bytes) -> None:
        argv = _argv(raw)
        code, out = await self._answering(argv) if argv is not None else (2, "not a command line")
        if socket in self._received:
            socket.write(QByteArray(_framed({"code": code, "out": out})))
            socket.flush()


def _argv(raw: bytes) -> list[str] | None:
    try:
        content = json.loads(raw)
        argv = content["argv"]
    except (ValueError, KeyError, TypeError):
        return None
    return [str(word) for word in argv] if isinstance(argv, list) else None


def _answers(socket_name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(socket_name)
    connected = socket.waitForConnected(_CONNECT_MS)
    socket.abort()
    return connected
