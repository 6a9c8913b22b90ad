"""One question to several endpoints: the next is asked where one fails, or keeps us waiting.

For what changes nothing at central only: pages, probes, verdicts by id. An operation is never
under way twice at once on purpose.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.central.client import answers
from app.central.client.endpoints import Endpoint, EndpointPool
from app.domain.errors import CentralUnavailable
from app.domain.feed import Silence
from app.ports.central import CursorExpired, SignInNeeded
from app.ports.system import Clock

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Race(Generic[T]):
    """Who may be asked, and how."""

    pool: EndpointPool
    clock: Clock
    ask: Callable[[Endpoint], Awaitable[T]]
    """Raises CentralUnavailable, SignInNeeded, CursorExpired; a ValueError is no contract."""
    may_ask: Callable[[int], bool]
    """Whether one more may be asked: the first always, a further one out of the budget."""
    patience_s: float
    """Unanswered for so long, the next one is asked as well."""

    async def run(self, endpoints: Sequence[Endpoint]) -> T:
        """The first good answer. Raises what the last endpoint said where none gave one."""
        waiting = list(endpoints)
        under_way: dict[asyncio.Future[T], Endpoint] = {}
        failure = CentralUnavailable("Central does not answer.", cause=Silence.CONNECT)
        number = 0
        try:
            while True:
                if waiting and self.may_ask(number):
                    endpoint = waiting.pop(0)
                    endpoint.breaker = endpoint.breaker.admitted()
                    under_way[asyncio.ensure_future(self.ask(endpoint))] = endpoint
                    number += 1
                elif not under_way:
                    raise failure
                else:
                    waiting.clear()
                for done in await self._some(under_way, patient=not waiting):
                    endpoint = under_way.pop(done)
                    try:
                        return self._heard(endpoint, done)
                    except ValueError:
                        failure = answers.unavailable(Silence.NOT_CENTRAL)
                    except CentralUnavailable as error:
                        failure = error
                    cause = answers.cause_of(failure)
                    self.pool.bad(endpoint, cause)
                    if cause is Silence.BUSY:
                        raise failure
        finally:
            await self._leave(under_way)

    def _heard(self, endpoint: Endpoint, done: asyncio.Future[T]) -> T:
        try:
            answer = done.result()
        except (SignInNeeded, CursorExpired):
            self.pool.good(endpoint)
            raise
        self.pool.good(endpoint)
        return answer

    async def _some(
        self, under_way: dict[asyncio.Future[T], Endpoint], *, patient: bool
    ) -> list[asyncio.Future[T]]:
        """What has ended, in the order it was asked; nothing where patience ended first."""
        bell = None if patient else asyncio.ensure_future(self.clock.sleep(self.patience_s))
        try:
            every: list[asyncio.Future[Any]] = [*under_way, *([bell] if bell else [])]
            await asyncio.wait(every, return_when=asyncio.FIRST_COMPLETED)
        finally:
            if bell is not None:
                bell.cancel()
        return [one for one in under_way if one.done()]

    @staticmethod
    async def _leave(under_way: dict[asyncio.Future[T], Endpoint]) -> None:
        """What is not needed any more says nothing about its endpoint."""
        for task, endpoint in under_way.items():
            task.cancel()
            endpoint.breaker = endpoint.breaker.spared()
        if under_way:
            await asyncio.gather(*under_way, return_exceptions=True)
