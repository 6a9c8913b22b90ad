"""Bytes to central and back by httpx: one total deadline per call, a cap on the answer."""

from __future__ import annotations

import asyncio
import errno
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from app.domain.errors import CentralUnavailable
from app.domain.feed import Silence
from app.ports.central import Request, Response

if TYPE_CHECKING:
    import httpx

_NO_WAY_OUT = frozenset(
    {errno.ENETUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EMFILE, errno.ENFILE}
)


@dataclass(frozen=True, slots=True)
class TransportSettings:
    """How this desk reaches the network; from the configuration or the machine's own file."""

    proxy: str | None = None
    """A proxy's address; the environment's proxy variables are never read."""
    ca_file: str | None = None
    """PEM file of the authorities to trust instead of the usual ones."""
    system_trust: bool = False
    """Trust what the operating system trusts, rather than the list that comes with httpx."""
    connect_s: float = 3.0
    quiet_s: float = 6.5
    """The longest gap between two bytes; polls send a heartbeat each 5 s."""
    answer_bytes: int = 64 * 1024 * 1024
    """A longer answer is not read to its end."""
    connections: int = 40


def _trust(settings: TransportSettings) -> ssl.SSLContext | bool:
    if settings.ca_file:
        return ssl.create_default_context(cafile=settings.ca_file)
    if settings.system_trust:
        import truststore

        return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return True


class HttpxTransport:
    """Implements `app.ports.central.Transport`; bound to the event loop that first uses it."""

    def __init__(self, settings: TransportSettings | None = None) -> None:
        self._settings = settings or TransportSettings()
        self._client: httpx.AsyncClient | None = None

    def _open(self) -> httpx.AsyncClient:
        import httpx  # loaded behind the first window, not before it

        if self._client is None:
            own = self._settings
            self._client = httpx.AsyncClient(
                trust_env=False,
                proxy=own.proxy,
                verify=_trust(own),
                follow_redirects=False,
                timeout=httpx.Timeout(own.quiet_s, connect=own.connect_s, pool=None),
                limits=httpx.Limits(
                    max_connections=own.connections, max_keepalive_connections=own.connections
                ),
                headers={"Accept-Encoding": "gzip", "User-Agent": "offhook"},
            )
        return self._client

    async def exchange(self, request: Request) -> Response:
        """The answer whatever its status.

        Raises CentralUnavailable with a `Silence` as its cause where no whole answer came within
        the deadline, which counts from now to the last byte.
        """
        import httpx

        try:
            async with asyncio.timeout(request.deadline_s):
                return await self._exchange(request)
        except (TimeoutError, httpx.TimeoutException) as error:
            cause = Silence.CONNECT if isinstance(error, httpx.ConnectTimeout) else Silence.TIMEOUT
            raise _unavailable(cause) from error
        except httpx.TransportError as error:
            raise _unavailable(_cause_of(error)) from error
        except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError) as error:
            raise _unavailable(Silence.NOT_CENTRAL) from error

    async def _exchange(self, request: Request) -> Response:
        async with self._open().stream(
            request.method,
            request.url,
            headers=dict(request.headers),
            content=request.body or None,
        ) as answer:
            body = bytearray()
            async for part in answer.aiter_bytes():
                body += part
                if len(body) > self._settings.answer_bytes:
                    raise _unavailable(Silence.NOT_CENTRAL)
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Response(answer.status_code, headers, bytes(body))

    async def close(self) -> None:
        """Drop every connection."""
        client, self._client = self._client, None
        if client is not None:
            await client.aclose()


def _unavailable(cause: Silence) -> CentralUnavailable:
    return CentralUnavailable("Central does not answer.", cause=cause)


def _cause_of(error: BaseException) -> Silence:
    """This computer's own trouble, or a connection refused or broken."""
    for one in _chain(error):
        if isinstance(one, socket.gaierror | PermissionError):
            return Silence.THIS_COMPUTER
        if isinstance(one, OSError) and one.errno in _NO_WAY_OUT:
            return Silence.THIS_COMPUTER
    return Silence.CONNECT


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error with everything it came from, groups opened."""
    seen: set[int] = set()
    todo: list[BaseException | None] = [error]
    while todo:
        one = todo.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        todo += [one.__cause__, one.__context__]
        if isinstance(one, BaseExceptionGroup):
            todo += one.exceptions
