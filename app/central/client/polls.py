"""Polls under way: one for each service and endpoint, left when the endpoint proves dead."""

from __future__ import annotations

import asyncio

from app.domain.central_services import Service
from app.domain.errors import CentralUnavailable
from app.domain.feed import Silence
from app.ports.central import Request, Response, Transport


class Abandoned(CentralUnavailable):
    """A poll that was left because a push had just failed at its endpoint."""


class Polls:
    """Exchanges that wait for news and can be left from outside."""

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        self._under_way: dict[tuple[Service, str], asyncio.Task[Response]] = {}

    async def exchange(self, service: Service, url: str, request: Request) -> Response:
        """Raises CentralUnavailable, and Abandoned where the endpoint was left."""
        task = asyncio.ensure_future(self._transport.exchange(request))
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        self._under_way[service, url] = task
        try:
            await asyncio.wait([task])
        finally:
            task.cancel()
            self._under_way.pop((service, url), None)
        if task.cancelled():
            raise Abandoned("The endpoint was left.", cause=Silence.CONNECT)
        return task.result()

    def abandon(self, service: Service, url: str) -> None:
        """A push that failed there says that the poll waiting there waits in vain."""
        poll = self._under_way.get((service, url))
        if poll is not None:
            poll.cancel()
