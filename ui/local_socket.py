"""One desk per profile: the running desk answers, a second start asks it."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import Awaitable, Callable, Coroutine
from time import monotonic
from typing import TypeVar

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.domain.errors import DeskSilent

_Result = TypeVar("_Result")

_HEAD = struct.Struct(">I")
_LARGEST = 64 * 1024 * 1024
_LARGEST_REQUEST = 8 * 1024 * 1024
_CONNECT_MS = 500
_READY_S = 20.0
"""How long a desk may take to say that it can begin: one that is just opening needs some of it."""
_KEPT_S = 600.0
_READY, _GO = "ready", "go"
_MAKES_ANEW = ("take", "note")
"""Commands that, done twice, leave two of what was meant once."""

Answer = tuple[int, str]
Answering = Callable[[list[str]], Awaitable[Answer]]
Ready = Callable[[], Awaitable[object]]


async def _at_once() -> None:
    """A desk that can begin."""


def ask(socket_name: str, argv: list[str], timeout_s: float) -> Answer | None:
    """Send a command line to the running desk: exit code and what to print.

    None where nobody listens there. The desk says first that it can begin, and begins only when it
    is told to: a desk that hangs finds nothing to do when it wakes up and we are gone. Raises
    DeskSilent, which says whether it may have been done.
    """
    socket = _connected(socket_name)
    if socket is None:
        return None
    try:
        return _talk(socket, argv, timeout_s)
    finally:
        socket.disconnectFromServer()


def tell(socket_name: str, argv: list[str], timeout_s: float) -> Answer | None:
    """As `ask`, for what may be done late or twice: to come forward, to open a form or a ticket.

    It stays with the desk when we are gone.
    """
    socket = _connected(socket_name)
    if socket is None:
        return None
    _send(socket, {"argv": argv})
    try:
        return _answered(_received(socket, monotonic() + timeout_s))
    except TimeoutError as error:
        raise _silent("It opens what was asked for when it wakes up.") from error
    finally:
        socket.disconnectFromServer()


def _connected(socket_name: str) -> QLocalSocket | None:
    socket = QLocalSocket()
    socket.connectToServer(socket_name)
    return socket if socket.waitForConnected(_CONNECT_MS) else None


def _talk(socket: QLocalSocket, argv: list[str], timeout_s: float) -> Answer:
    _send(socket, {"argv": argv, "asks": True})
    try:
        said = _received(socket, monotonic() + min(timeout_s, _READY_S))
    except TimeoutError as error:
        raise _silent("Nothing was done.") from error
    if _READY not in said:
        return _answered(said)
    _send(socket, {_GO: True})
    try:
        return _answered(_received(socket, monotonic() + timeout_s))
    except TimeoutError as error:
        raise _silent("It had begun: what was asked may have been done.") from error


def _silent(safe: str) -> DeskSilent:
    todo = "Look at its window and at what it saved, then try again."
    return DeskSilent("The open desk does not answer.", safe=safe, todo=todo)


def _send(socket: QLocalSocket, content: dict[str, object]) -> None:
    socket.write(QByteArray(_framed(content)))
    socket.flush()


def _answered(said: dict[str, object]) -> Answer:
    return int(str(said["code"])), str(said["out"])


def _received(socket: QLocalSocket, ends: float) -> dict[str, object]:
    """The next frame. Raises TimeoutError where none came whole in time."""
    data = b""
    while (size := _whole(data)) is None:
        left = round(1000 * (ends - monotonic()))
        if left <= 0 or not socket.waitForReadyRead(left):
            data += socket.readAll().data()
            if _whole(data) is not None:
                continue
            raise TimeoutError("the running desk gave no answer")
        data += socket.readAll().data()
    return dict(json.loads(data[_HEAD.size : size]))


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
    """Listens for this user's other processes and hands their command lines on.

    `ready` ends once a command can be begun. A command is not begun whose asker has gone; where
    the asker of a `take` or a `note` goes while it is done, the next one with the same words is
    given its answer instead of a second ticket.
    """

    def __init__(
        self, answering: Answering, ready: Ready = _at_once, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._answering = answering
        self._ready = ready
        self._received: dict[QLocalSocket, bytes] = {}
        self._offered: dict[QLocalSocket, list[str]] = {}
        self._doing: dict[QLocalSocket, tuple[list[str], asyncio.Task[Answer]]] = {}
        self._unheard: dict[tuple[str, ...], tuple[float, asyncio.Task[Answer]]] = {}
        self._tasks: set[asyncio.Task[object]] = set()
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
        self._offered.pop(socket, None)
        argv, doing = self._doing.pop(socket, ([], None))
        if doing is not None and argv[0] in _MAKES_ANEW:
            self._unheard[tuple(argv)] = monotonic(), doing
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
        content = _content(raw)
        argv = self._offered.pop(socket, None) if content.get(_GO) is True else _argv(content)
        if argv is None:
            self._reply(socket, {"code": 2, "out": "not a command line"})
        elif content.get("asks") is True:
            _ = self._run(self._offer(socket, argv))
        elif self._is_there(socket):
            _ = self._run(self._answer(socket, argv))

    def _run(self, work: Coroutine[object, object, _Result]) -> asyncio.Task[_Result]:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def _offer(self, socket: QLocalSocket, argv: list[str]) -> None:
        await self._ready()
        if self._is_there(socket):
            self._offered[socket] = argv
            self._reply(socket, {_READY: True})

    async def _answer(self, socket: QLocalSocket, argv: list[str]) -> None:
        doing = self._done_unheard(argv) or self._run(self._carried_out(argv))
        self._doing[socket] = argv, doing
        code, out = await doing
        if self._is_there(socket):
            del self._doing[socket]
            self._reply(socket, {"code": code, "out": out})

    async def _carried_out(self, argv: list[str]) -> Answer:
        return await self._answering(argv)

    def _done_unheard(self, argv: list[str]) -> asyncio.Task[Answer] | None:
        """The same command, where it was begun for somebody who did not wait for its answer."""
        at, doing = self._unheard.pop(tuple(argv), (0.0, None))
        if doing is None or monotonic() - at > _KEPT_S or doing.cancelled():
            return None
        failed = doing.done() and (doing.exception() is not None or doing.result()[0] != 0)
        return None if failed else doing

    def _is_there(self, socket: QLocalSocket) -> bool:
        """Whether the other side still waits; what it did meanwhile is taken in first."""
        if socket in self._received:
            socket.waitForReadyRead(0)
        return socket in self._received

    @staticmethod
    def _reply(socket: QLocalSocket, content: dict[str, object]) -> None:
        socket.write(QByteArray(_framed(content)))
        socket.flush()


def _content(raw: bytes) -> dict[str, object]:
    try:
        content = json.loads(raw)
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def _argv(content: dict[str, object]) -> list[str] | None:
    argv = content.get("argv")
    return [str(word) for word in argv] if isinstance(argv, list) and argv else None


def _answers(socket_name: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(socket_name)
    connected = socket.waitForConnected(_CONNECT_MS)
    socket.abort()
    return connected
