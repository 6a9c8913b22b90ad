"""A transport whose endpoints answer as a test says, on virtual time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field

from app.domain.errors import CentralUnavailable
from app.domain.feed import Silence
from app.ports.central import Request, Response
from app.ports.system import Clock

Reply = Callable[[Request], "Response | Silence"]


@dataclass
class ScriptedTransport:
    """Implements `app.ports.central.Transport`: one reply function for each endpoint."""

    clock: Clock
    took_s: float = 0.01
    replies: dict[str, Reply] = field(default_factory=dict)
    took_by: dict[str, float] = field(default_factory=dict)
    """Endpoints that take another time than `took_s`."""

    def __post_init__(self) -> None:
        self.asked: defaultdict[str, list[Request]] = defaultdict(list)
        self.closed = False

    async def exchange(self, request: Request) -> Response:
        host = request.url.split("/v1/")[0]
        self.asked[host].append(request)
        took_s = self.took_by.get(host, self.took_s)
        await self.clock.sleep(min(took_s, request.deadline_s))
        if took_s > request.deadline_s:
            raise CentralUnavailable("Too late.", cause=Silence.TIMEOUT)
        reply = self.replies[host](request)
        if isinstance(reply, Silence):
            raise CentralUnavailable("Nobody.", cause=reply)
        return reply

    async def close(self) -> None:
        self.closed = True
