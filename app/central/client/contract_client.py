"""The contract spoken to central: each call over the service's endpoints, read strictly."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, urlencode

from app.central.client import answers, decoding
from app.central.client.endpoints import Endpoint, RetryBudget, by_service
from app.central.contract import routes, wire
from app.central.contract.routes import Code, Header
from app.domain.central_services import Service
from app.domain.configuration import EndpointPlace
from app.domain.errors import CentralUnavailable
from app.domain.feed import (
    Answer,
    FeedPage,
    NoVerdict,
    Silence,
    SnapshotPage,
    Verdict,
)
from app.domain.ids import Millis, OpId
from app.domain.times import from_rfc3339
from app.ports.central import (
    Attempt,
    CursorExpired,
    EndpointState,
    HealthAnswer,
    Request,
    Response,
    SignInNeeded,
    Transport,
)
from app.ports.system import Clock

T = TypeVar("T")
P = TypeVar("P", FeedPage, SnapshotPage)


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """Deadlines in seconds, each from connect to the last byte."""

    attempt_s: float = 10.0
    read_s: float = 30.0
    """A page; a poll may wait this much longer than its `wait`."""
    probe_s: float = 5.0
    poll_grace_s: float = 10.0


@dataclass(frozen=True, slots=True)
class Access:
    """What every request carries: the desk's credential and its present incarnation."""

    credential: str
    incarnation: str

    def headers(self) -> dict[str, str]:
        return {
            Header.AUTHORIZATION: f"Bearer {self.credential}",
            Header.INCARNATION: self.incarnation,
            "Accept": "application/json, application/problem+json",
        }


class _Abandoned(CentralUnavailable):
    """A poll that was left because a push had just failed at its endpoint."""


class ContractClient:
    """Implements `app.ports.central.Central`. Used from one event loop."""

    def __init__(
        self,
        transport: Transport,
        clock: Clock,
        access: Access,
        configured: Mapping[Service, Sequence[EndpointPlace]],
        settings: ClientSettings | None = None,
    ) -> None:
        self._transport = transport
        self._clock = clock
        self._access = access
        self._settings = settings or ClientSettings()
        self._pools = by_service(configured, clock)
        self._budgets = {service: RetryBudget(clock) for service in Service}
        self._polls: dict[tuple[Service, str], asyncio.Task[Response]] = {}
        self._terms: dict[Service, int] = {}

    def reconfigure(self, configured: Mapping[Service, Sequence[EndpointPlace]]) -> None:
        """Take new endpoints; breakers of those that stay are kept."""
        for service, pool in self._pools.items():
            pool.reconfigure(configured.get(service, ()))

    def renew(self, access: Access) -> None:
        """Use another credential or incarnation from the next request on."""
        self._access = access

    def endpoints(self, service: Service) -> tuple[EndpointState, ...]:
        return self._pools[service].states()

    async def close(self) -> None:
        await self._transport.close()

    # --- reading ---------------------------------------------------------------------------

    async def changes(
        self, service: Service, cursor: str | None, limit: int, wait_s: float
    ) -> FeedPage:
        """One page of the feed, waiting up to `wait_s` for news.

        Raises CentralUnavailable, SignInNeeded, CursorExpired.
        """
        query = {"limit": str(limit), "wait": f"{wait_s:g}"}
        if cursor is not None:
            query["cursor"] = cursor
        deadline = wait_s + self._settings.poll_grace_s if wait_s else self._settings.read_s

        def read(response: Response) -> FeedPage | None:
            body = decoding.body_of(response.body, wire.Page)
            return self._of_this_history(service, decoding.feed_page(body)) if body else None

        path = f"{routes.changes(service)}?{urlencode(query)}"
        return await self._read(service, path, read, deadline, poll=wait_s > 0)

    async def snapshot(self, service: Service, after: str | None, limit: int) -> SnapshotPage:
        """One page of every row. Raises CentralUnavailable, SignInNeeded, CursorExpired."""
        query = {"limit": str(limit)} | ({"after": after} if after is not None else {})

        def read(response: Response) -> SnapshotPage | None:
            body = decoding.body_of(response.body, wire.SnapshotPage)
            return self._of_this_history(service, decoding.snapshot_page(body)) if body else None

        path = f"{routes.snapshot(service)}?{urlencode(query)}"
        return await self._read(service, path, read, self._settings.read_s)

    def _of_this_history(self, service: Service, page: P) -> P:
        """A page of a lower term is a replica of a former history: another endpoint is asked."""
        if page.position.term < self._terms.get(service, 0):
            raise CentralUnavailable("The endpoint serves a former history.", cause=Silence.BEHIND)
        self._terms[service] = page.position.term
        return page

    async def configuration(self) -> bytes:
        """The signed document as it came, from whichever service's endpoint answers."""

        def read(response: Response) -> bytes | None:
            document = decoding.body_of(response.body, wire.SignedDocument)
            return response.body.strip() if document else None

        last: CentralUnavailable | None = None
        asked: set[str] = set()
        for service in Service:
            urls = {endpoint.url for endpoint in self._pools[service].candidates()}
            if urls <= asked:
                continue
            asked |= urls
            try:
                return await self._read(service, routes.CONFIGURATION, read, self._settings.read_s)
            except CentralUnavailable as error:
                last = error
        raise last or _unavailable(Silence.CONNECT)

    async def probe(self, service: Service) -> HealthAnswer:
        """Ask each endpoint in turn whatever its breaker says; the first that answers is used."""
        pool = self._pools[service]
        last = Silence.CONNECT
        for endpoint in pool.candidates(forced=True):
            began, sent = self._clock.monotonic(), self._clock.now()
            url = endpoint.url + routes.health(service)
            request = self._request("GET", url, deadline_s=self._settings.probe_s)
            try:
                response = await self._transport.exchange(request)
                health = decoding.body_of(response.body, wire.Health)
                if health is None or not health.ok or health.service != service:
                    raise _unavailable(answers.silence_of(response))
                took = self._clock.monotonic() - began
                answer = _health_answer(health, sent, took)
            except (CentralUnavailable, ValueError) as error:
                last = _silence(error)
                pool.bad(endpoint, last)
            else:
                pool.good(endpoint)
                return answer
        raise _unavailable(last)

    async def verdict_of(self, service: Service, op_id: OpId) -> Verdict | None:
        """What central knows of an operation; None where it never saw it."""

        def read(response: Response) -> tuple[Verdict | None] | None:
            body = decoding.body_of(response.body, wire.Verdict)
            if body is not None and body.op_id == op_id:
                return (decoding.verdict_of(body),)
            problem = decoding.problem_of(response.body)
            unknown = problem is not None and decoding.code_of(problem) == Code.NOT_FOUND
            return (None,) if unknown else None

        path = routes.operation(service, quote(op_id))
        return (await self._read(service, path, read, self._settings.attempt_s))[0]

    # --- writing ---------------------------------------------------------------------------

    async def submit(self, service: Service, attempt: Attempt) -> Answer:
        """One attempt over the endpoints that may be asked; the same bytes and id at each."""
        answer: Answer = NoVerdict(Silence.CONNECT)
        pool = self._pools[service]
        for number, endpoint in enumerate(pool.candidates()):
            if not self._may_try(service, number):
                break
            answer = await self._try_submit(service, endpoint, attempt)
            if isinstance(answer, NoVerdict) and answers.held_against_endpoint(answer):
                pool.bad(endpoint, answer.cause)
                self._abandon_poll(service, endpoint)
                continue
            pool.good(endpoint)
            break
        return answer

    async def _try_submit(self, service: Service, endpoint: Endpoint, attempt: Attempt) -> Answer:
        headers = {
            "Content-Type": "application/json",
            Header.KEY: attempt.op_id,
            Header.ATTEMPT: str(attempt.number),
            Header.INCARNATION: attempt.incarnation,
        }
        if attempt.expected_term is not None:
            headers[Header.TERM] = "{} {}".format(*attempt.expected_term)
        if attempt.clock_offset_ms is not None:
            headers[Header.CLOCK_OFFSET] = str(attempt.clock_offset_ms)
        request = self._request(
            "POST",
            endpoint.url + routes.operations(service),
            deadline_s=self._settings.attempt_s,
            headers=headers,
            body=attempt.raw,
        )
        endpoint.breaker = endpoint.breaker.admitted()
        try:
            return answers.answer_of(await self._transport.exchange(request), attempt.op_id)
        except CentralUnavailable as error:
            return NoVerdict(_silence(error))
        except asyncio.CancelledError:
            endpoint.breaker = endpoint.breaker.spared()
            raise

    async def withdraw(self, service: Service, op_id: OpId) -> Verdict | None:
        """Burn the id; None where it is burned, else the verdict that came first."""

        def read(response: Response) -> tuple[Verdict | None] | None:
            body = decoding.body_of(response.body, wire.WithdrawalAnswer)
            if body is None or body.op_id != op_id or not (body.withdrawn or body.verdict):
                return None
            return (decoding.verdict_of(body.verdict) if body.verdict else None,)

        path = routes.withdrawal(service, quote(op_id))
        return (await self._read(service, path, read, self._settings.attempt_s, method="PUT"))[0]

    # --- the way there ---------------------------------------------------------------------

    def _request(
        self,
        method: str,
        url: str,
        *,
        deadline_s: float,
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
    ) -> Request:
        present = self._access.headers() | dict(headers or {})
        return Request(method, url, present, body, deadline_s)

    def _may_try(self, service: Service, number: int) -> bool:
        """The first try of a call always may; further ones come out of the budget."""
        if number == 0:
            self._budgets[service].called()
            return True
        return self._budgets[service].take()

    async def _read(
        self,
        service: Service,
        path: str,
        read: Callable[[Response], T | None],
        deadline_s: float,
        *,
        method: str = "GET",
        poll: bool = False,
    ) -> T:
        """Ask endpoint after endpoint until one answers with a body of the contract."""
        pool = self._pools[service]
        failure = _unavailable(Silence.CONNECT)
        for number, endpoint in enumerate(pool.candidates()):
            moved_on = isinstance(failure, _Abandoned)
            if not moved_on and not self._may_try(service, number):
                break
            request = self._request(method, endpoint.url + path, deadline_s=deadline_s)
            endpoint.breaker = endpoint.breaker.admitted()
            try:
                response = await self._exchange(service, endpoint, request, poll=poll)
                answer = _read_strictly(response, read)
            except (SignInNeeded, CursorExpired):
                pool.good(endpoint)
                raise
            except _Abandoned as error:
                failure = error
                endpoint.breaker = endpoint.breaker.spared()
            except CentralUnavailable as error:
                failure = error
                pool.bad(endpoint, _silence(error))
                if error.cause == Silence.BUSY:
                    break
            except asyncio.CancelledError:
                endpoint.breaker = endpoint.breaker.spared()
                raise
            else:
                pool.good(endpoint)
                return answer
        raise failure

    async def _exchange(
        self, service: Service, endpoint: Endpoint, request: Request, *, poll: bool
    ) -> Response:
        if not poll:
            return await self._transport.exchange(request)
        task = asyncio.ensure_future(self._transport.exchange(request))
        key = (service, endpoint.url)
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        self._polls[key] = task
        try:
            await asyncio.wait([task])
        finally:
            task.cancel()
            self._polls.pop(key, None)
        if task.cancelled():
            raise _Abandoned("The endpoint was left.", cause=Silence.CONNECT)
        return task.result()

    def _abandon_poll(self, service: Service, endpoint: Endpoint) -> None:
        """A push that failed there says that the poll waiting there waits in vain."""
        poll = self._polls.get((service, endpoint.url))
        if poll is not None:
            poll.cancel()


def _read_strictly(response: Response, read: Callable[[Response], T | None]) -> T:
    """The body, else the error the contract has for this answer."""
    try:
        answer = read(response)
    except ValueError as error:
        raise _unavailable(Silence.NOT_CENTRAL) from error
    if answer is not None:
        return answer
    problem = decoding.problem_of(response.body)
    code = decoding.code_of(problem) if problem else ""
    if code in (Code.SIGN_IN, Code.OLD_INCARNATION):
        raise SignInNeeded
    if code == Code.CURSOR_EXPIRED:
        raise CursorExpired
    raise CentralUnavailable(
        "Central does not answer.",
        cause=answers.silence_of(response),
        retry_after_s=decoding.retry_after(response.headers.get("retry-after")),
    )


def _health_answer(health: wire.Health, sent: Millis, took_s: float) -> HealthAnswer:
    middle = sent + round(took_s * 500)
    return HealthAnswer(
        position=decoding.position_of(health.position),
        term_id=health.term_id,
        source_as_of=from_rfc3339(health.source_as_of),
        offset_ms=from_rfc3339(health.now) - middle,
        took_s=took_s,
    )


def _unavailable(cause: Silence) -> CentralUnavailable:
    return CentralUnavailable("Central does not answer.", cause=cause)


def _silence(error: Exception) -> Silence:
    """The cause an error carries; what carries none did not speak the contract."""
    cause = error.cause if isinstance(error, CentralUnavailable) else ""
    return Silence(cause) if cause in set(Silence) else Silence.NOT_CENTRAL
