"""Faults on purpose, by service and name: what a desk must survive, made to happen."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from app.central.reference.feed import Frozen
from app.domain.ids import Millis

NAMES = (
    "down", "slow", "stale", "errors", "lost-answer", "portal", "split-brain", "forgetful",
    "amnesic",
)  # fmt: skip
GOING_BACK = ("forgetful", "amnesic")
"""Those that lose the last seconds; how many has to be said."""
SLOW_S = 3.5
_PORTAL = (
    b"<!doctype html><html><head><title>Welcome</title></head>"
    b"<body><h1>Sign in to the guest network</h1></body></html>"
)

Scope = dict[str, Any]
Receive = Callable[[], Any]
Send = Callable[[dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one service; `until` None lasts until it is cleared."""

    name: str
    until: Millis | None
    frozen: Frozen | None = None


class Faults:
    """The faults of this process, and how often each has fired."""

    def __init__(self, now: Callable[[], Millis]) -> None:
        self._now = now
        self._faults: dict[str, Fault] = {}
        self.fired: Counter[str] = Counter()

    def put(self, service: str, fault: Fault) -> None:
        self._faults[service] = fault

    def clear(self) -> None:
        self._faults.clear()

    def of(self, service: str) -> str:
        """The fault a service has now; empty where it has none."""
        fault = self._present(service)
        return fault.name if fault else ""

    def frozen(self, service: str) -> Frozen | None:
        """What a stale service shows."""
        fault = self._present(service)
        if fault is None or fault.name != "stale":
            return None
        self.fire(service, fault.name)
        return fault.frozen

    def term_id(self, service: str, real: str) -> str:
        """The term's id; another one under a split brain."""
        if self.of(service) != "split-brain":
            return real
        self.fire(service, "split-brain")
        return f"other-{real}"

    def tear(self, service: str) -> None:
        """Raise Torn where the service has gone down in the middle of an answer."""
        if self.of(service) == "down":
            self.fire(service, "down")
            raise Torn

    def fire(self, service: str, name: str) -> None:
        self.fired[f"{service}/{name}"] += 1

    def _present(self, service: str) -> Fault | None:
        fault = self._faults.get(service) if self._faults else None
        if fault is not None and fault.until is not None and self._now() > fault.until:
            del self._faults[service]
            return None
        return fault


class FaultyApp:
    """An ASGI app around central that misbehaves where it was told to, on its own machine."""

    def __init__(self, app: Any, faults: Faults) -> None:  # noqa: ANN401 - any ASGI app
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope.get("path") == "/faults" and not _is_from_here(scope):
            await _answer(send, 404, b"text/plain", b"Not Found")
            return
        service = _service_of(scope)
        name = self._faults.of(service) if service else ""
        if name not in _HERE:
            await self._app(scope, receive, send)
            return
        if name != "lost-answer" or scope["method"] in ("POST", "PUT"):
            self._faults.fire(service, name)
        await _HERE[name](self._app, scope, receive, send)


def _is_from_here(scope: Scope) -> bool:
    try:
        return ip_address((scope.get("client") or ("",))[0]).is_loopback
    except ValueError:
        return True  # no network between: the caller is in this process, or at a Unix socket


def _service_of(scope: Scope) -> str:
    parts = str(scope.get("path", "")).split("/")
    return parts[2] if scope["type"] == "http" and len(parts) > 3 and parts[1] == "v1" else ""


class Torn(Exception):
    """Raised behind half an answer, so that the server drops the connection."""


async def _torn(send: Send) -> None:
    headers = [(b"content-length", b"64"), (b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"", "more_body": True})
    raise Torn


async def _down(_app: Any, _scope: Scope, _receive: Receive, send: Send) -> None:  # noqa: ANN401 - any ASGI app
    await _torn(send)


async def _slow(app: Any, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ANN401 - any ASGI app
    await asyncio.sleep(SLOW_S)
    await app(scope, receive, send)


async def _errors(_app: Any, _scope: Scope, _receive: Receive, send: Send) -> None:  # noqa: ANN401 - any ASGI app
    await _answer(send, 500, b"text/plain", b"Internal Server Error")


async def _portal(_app: Any, _scope: Scope, _receive: Receive, send: Send) -> None:  # noqa: ANN401 - any ASGI app
    await _answer(send, 200, b"text/html", _PORTAL)


async def _lost_answer(app: Any, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ANN401 - any ASGI app
    """The effect happens; the answer does not arrive."""
    if scope["method"] not in ("POST", "PUT"):
        await app(scope, receive, send)
        return

    async def swallow(_message: dict[str, Any]) -> None:
        """The answer goes nowhere."""

    await app(scope, receive, swallow)
    await _torn(send)


async def _answer(send: Send, status: int, kind: bytes, body: bytes) -> None:
    headers = [(b"content-type", kind), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


_HERE = {
    "down": _down,
    "slow": _slow,
    "errors": _errors,
    "portal": _portal,
    "lost-answer": _lost_answer,
}
"""Faults of the way to central; the others are faults of its data."""
