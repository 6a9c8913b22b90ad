"""The contract spoken to central: each call over the service's endpoints, read strictly."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote, urlencode

import msgspec

from app.central.client import answers, decoding
from app.central.client.endpoints import Endpoint, RetryBudget, by_service
from app.central.client.polls import Abandoned, Polls
from app.central.client.racing import Race
from app.central.contract import routes, wire
from app.central.contract.routes import Code, Header
from app.domain.central_services import Service
from app.domain.configuration import EndpointPlace
from app.domain.errors import CentralUnavailable
from app.domain.feed import (
    Answer,
    FeedPage,
    NoVerdict,
    Position,
    Silence,
    SnapshotPage,
    Verdict,
)
from app.domain.ids import OpId
from app.domain.operations import Outcome
from app.domain.parity import BUCKETS, RowState
from app.ports.central import (
    Attempt,
    CursorExpired,
    EndpointState,
    FetchedRows,
    HealthAnswer,
    OtherHistory,
    Request,
    Response,
    SignInNeeded,
    Transport,
)
from app.ports.system import Clock

T = TypeVar("T")
P = TypeVar("P", FeedPage, SnapshotPage, FetchedRows)


@dataclass(frozen=True, slots=True)
class ClientSettings:
    """Deadlines in seconds, each from connect to the last byte."""

    attempt_s: float = 10.0
    read_s: float = 30.0
    """A page; a poll may wait this much longer than its `wait`."""
    probe_s: float = 5.0
    failover_s: float = 4.0
    """One endpoint's share of an attempt that another endpoint can still take up."""
    patience_s: float = 1.0
    """A read that is unanswered for so long is asked of another endpoint as well."""
    poll_grace_s: float = 10.0


@dataclass(frozen=True, slots=True)
class Access:
    """What every request carries: the desk's credential and its present incarnation."""

    credential: str
    incarnation: str

    def headers(self) -> dict[str, str]:
        """Without a credential where there is none yet: a desk from a seed registers first."""
        known = {Header.AUTHORIZATION: f"Bearer {self.credential}"} if self.credential else {}
        return {
            **known,
            Header.INCARNATION: self.incarnation,
            "Accept": "application/json, application/problem+json",
        }


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
        self._polls = Polls(transport)
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

    def adopted(self, service: Service, term: int) -> None:
        self._terms[service] = term

    def _of_this_history(self, service: Service, page: P) -> P:
        """A page of a lower term is a replica of a former history: another endpoint is asked.

        Lower than what the mirror took, not than what was heard: a desk could not show a central
        that has lost a history since what it has lost of it.
        """
        if page.position.term < self._terms.get(service, 0):
            raise CentralUnavailable("The endpoint serves a former history.", cause=Silence.BEHIND)
        return page

    async def rows(self, service: Service, ids: Sequence[str]) -> FetchedRows:
        """Records by id. Raises CentralUnavailable, SignInNeeded."""

        def read(response: Response) -> FetchedRows | None:
            body = decoding.body_of(response.body, wire.Rows)
            return self._of_this_history(service, decoding.rows(body)) if body else None

        path = f"{routes.rows(service)}?{urlencode({'ids': ','.join(ids)})}"
        return await self._read(service, path, read, self._settings.read_s)

    async def digests(self, service: Service, at: Position) -> tuple[str, ...]:
        """Central's 256. Raises CentralUnavailable, SignInNeeded, OtherHistory."""

        def read(response: Response) -> tuple[tuple[str, ...] | None] | None:
            body = decoding.body_of(response.body, wire.Parity)
            if body is None:
                return _elsewhere(response)
            here = decoding.position_of(body.position) == at and len(body.digests) == BUCKETS
            return (tuple(body.digests) if here else None,)

        path = f"{routes.parity(service)}?{urlencode({'term': at.term, 'n': at.n})}"
        (found,) = await self._read(service, path, read, self._settings.read_s)
        if found is None:
            raise OtherHistory
        return found

    async def bucket(self, service: Service, number: int, at: Position) -> tuple[RowState, ...]:
        """Its rows. Raises CentralUnavailable, SignInNeeded, OtherHistory."""

        def read(response: Response) -> tuple[tuple[RowState, ...] | None] | None:
            body = decoding.body_of(response.body, wire.ParityRows)
            if body is None:
                return _elsewhere(response)
            here = decoding.position_of(body.position) == at
            rows = tuple(RowState(one.id, one.rev, one.row_hash) for one in body.rows)
            return (rows if here else None,)

        query = urlencode({"term": at.term, "n": at.n})
        path = f"{routes.parity_bucket(service, str(number))}?{query}"
        (found,) = await self._read(service, path, read, self._settings.read_s)
        if found is None:
            raise OtherHistory
        return found

    async def configuration(self) -> bytes:
        """The signed document as it came, from whichever service's endpoint answers."""

        def read(response: Response) -> bytes | None:
            document = decoding.body_of(response.body, wire.SignedDocument)
            return response.body.strip() if document else None

        return await self.ask(routes.CONFIGURATION, read)

    async def ask(
        self,
        path: str,
        read: Callable[[Response], T | None],
        *,
        method: str = "GET",
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
    ) -> T:
        """What belongs to no service, asked of whichever service's endpoint answers.

        Raises CentralUnavailable, SignInNeeded.
        """
        last: CentralUnavailable | None = None
        asked: set[str] = set()
        for service in Service:
            urls = {endpoint.url for endpoint in self._pools[service].candidates()}
            if urls <= asked:
                continue
            asked |= urls
            try:
                return await self._read(
                    service, path, read, self._settings.read_s,
                    method=method, body=body, headers=headers,
                )  # fmt: skip
            except CentralUnavailable as error:
                last = error
        raise last or answers.unavailable(Silence.CONNECT)

    async def probe(self, service: Service) -> HealthAnswer:
        """Ask the endpoints whatever their breakers say; the first that answers is used."""

        async def ask(endpoint: Endpoint) -> HealthAnswer:
            began, sent = self._clock.monotonic(), self._clock.now()
            url = endpoint.url + routes.health(service)
            request = self._request("GET", url, deadline_s=self._settings.probe_s)
            response = await self._transport.exchange(request)
            health = decoding.body_of(response.body, wire.Health)
            if health is None or not health.ok or health.service != service:
                raise answers.unavailable(answers.silence_of(response))
            return decoding.health_answer(health, sent, self._clock.monotonic() - began)

        pool = self._pools[service]
        race = Race(pool, self._clock, ask, lambda _number: True, self._settings.patience_s)
        return await race.run(pool.candidates(forced=True))

    async def verdict_of(
        self, service: Service, op_id: OpId, expected: tuple[int, str] | None = None
    ) -> Verdict | None:
        """What central knows of an operation, in the term expected; None where it never saw it."""

        def read(response: Response) -> tuple[Verdict | None] | None:
            body = decoding.body_of(response.body, wire.Verdict)
            if body is not None and body.op_id == op_id:
                return (decoding.verdict_of(body),)
            problem = decoding.problem_of(response.body)
            code = decoding.code_of(problem) if problem is not None else ""
            if code == Code.TERM:
                raise CentralUnavailable("The endpoint is in another term.", cause=Silence.BEHIND)
            return (None,) if code == Code.NOT_FOUND else None

        path, deadline_s = routes.operation(service, quote(op_id)), self._settings.attempt_s
        headers = _term_header(expected)
        return (await self._read(service, path, read, deadline_s, headers=headers))[0]

    # --- writing ---------------------------------------------------------------------------

    async def submit(self, service: Service, attempt: Attempt) -> Answer:
        """One attempt over the endpoints that may be asked; the same bytes and id at each."""
        answer: Answer = NoVerdict(Silence.CONNECT)
        pool, turns = self._pools[service], self._turns(service, self._settings.attempt_s)
        for endpoint, deadline_s in turns:
            answer = await self._try_submit(service, endpoint, attempt, deadline_s)
            if isinstance(answer, NoVerdict) and answers.held_against_endpoint(answer):
                pool.bad(endpoint, answer.cause)
                self._polls.abandon(service, endpoint.url)
                continue
            pool.good(endpoint)
            break
        return answer

    def _turns(self, service: Service, total_s: float) -> Iterator[tuple[Endpoint, float]]:
        """The endpoints of one call with what is left for each of its total; one that another can
        follow is given up sooner, so that the call still comes through.
        """
        began, budget = self._clock.monotonic(), self._budgets[service]
        endpoints = self._pools[service].candidates()
        for number, endpoint in enumerate(endpoints):
            left_s = total_s - (self._clock.monotonic() - began)
            if left_s <= 0 or not self._may_try(service, number):
                return
            followed = number + 1 < len(endpoints) and budget.allows()
            yield endpoint, min(left_s, self._settings.failover_s) if followed else left_s

    async def _try_submit(
        self, service: Service, endpoint: Endpoint, attempt: Attempt, deadline_s: float
    ) -> Answer:
        headers = {
            "Content-Type": "application/json",
            Header.KEY: attempt.op_id,
            Header.ATTEMPT: str(attempt.number),
            Header.INCARNATION: attempt.incarnation,
        }
        headers |= _term_header(attempt.expected_term)
        if attempt.receipt is not None:
            headers[Header.RECEIPT] = attempt.receipt
        if attempt.clock_offset_ms is not None:
            headers[Header.CLOCK_OFFSET] = str(attempt.clock_offset_ms)
        request = self._request(
            "POST",
            endpoint.url + routes.operations(service),
            deadline_s=deadline_s,
            headers=headers,
            body=attempt.raw,
        )
        endpoint.breaker = endpoint.breaker.admitted()
        try:
            return answers.answer_of(await self._transport.exchange(request), attempt.op_id)
        except CentralUnavailable as error:
            return NoVerdict(answers.cause_of(error))
        except asyncio.CancelledError:
            endpoint.breaker = endpoint.breaker.spared()
            raise

    async def withdraw(self, service: Service, op_id: OpId) -> Verdict:
        """Burn the id: rejected where it is burned, else the verdict that came first."""

        def read(response: Response) -> Verdict | None:
            body = decoding.body_of(response.body, wire.WithdrawalAnswer)
            if body is None or body.op_id != op_id or not (body.withdrawn or body.verdict):
                return None
            if body.verdict is None:
                return Verdict(op_id, Outcome.REJECTED, None, None, "")
            return decoding.verdict_of(body.verdict)

        path = routes.withdrawal(service, quote(op_id))
        return await self._read(service, path, read, self._settings.attempt_s, method="PUT")

    async def register_key(self, person: str, public_key: str, proof: str) -> bytes | None:
        """The signed configuration with the key in it; None where central refuses the key."""

        def read(response: Response) -> tuple[bytes | None] | None:
            if decoding.body_of(response.body, wire.SignedDocument) is not None:
                return (response.body.strip(),)
            problem = decoding.problem_of(response.body)
            refused = problem is not None and decoding.code_of(problem) == Code.BAD_KEY
            return (None,) if refused else None

        asked = msgspec.json.encode(wire.KeyRequest(public_key=public_key, proof=proof))
        path = routes.person_key(quote(person, safe=""))
        service, deadline = Service.CATALOG, self._settings.attempt_s
        return (await self._read(service, path, read, deadline, method="PUT", body=asked))[0]

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
        body: bytes = b"",
        headers: Mapping[str, str] | None = None,
        poll: bool = False,
    ) -> T:
        """Ask endpoint after endpoint until one answers with a body of the contract."""
        kind = {"Content-Type": "application/json"} if body else {}
        kind |= headers or {}

        def request_to(endpoint: Endpoint, deadline_s: float) -> Request:
            url = endpoint.url + path
            return self._request(method, url, deadline_s=deadline_s, headers=kind, body=body)

        if poll:
            return await self._poll(service, lambda one: request_to(one, deadline_s), read)
        if method == "GET":

            async def ask(endpoint: Endpoint) -> T:
                response = await self._transport.exchange(request_to(endpoint, deadline_s))
                return answers.read_strictly(response, read)

            pool = self._pools[service]
            may_ask = functools.partial(self._may_try, service)
            race = Race(pool, self._clock, ask, may_ask, self._settings.patience_s)
            return await race.run(pool.candidates())
        failure = answers.unavailable(Silence.CONNECT)
        for endpoint, left_s in self._turns(service, deadline_s):
            try:
                return await self._asked(service, endpoint, request_to(endpoint, left_s), read)
            except CentralUnavailable as error:
                failure = error
                if error.cause == Silence.BUSY:
                    break
        raise failure

    async def _poll(
        self,
        service: Service,
        request_to: Callable[[Endpoint], Request],
        read: Callable[[Response], T | None],
    ) -> T:
        """One endpoint at a time. After a silence of some length the poll is given up: the probe
        that follows finds sooner who answers.
        """
        failure = answers.unavailable(Silence.CONNECT)
        for number, endpoint in enumerate(self._pools[service].candidates()):
            moved_on = isinstance(failure, Abandoned)
            if not moved_on and not self._may_try(service, number):
                break
            try:
                return await self._asked(service, endpoint, request_to(endpoint), read, poll=True)
            except CentralUnavailable as error:
                failure = error
                if error.cause in (Silence.BUSY, Silence.TIMEOUT):
                    break
        raise failure

    async def _asked(
        self,
        service: Service,
        endpoint: Endpoint,
        request: Request,
        read: Callable[[Response], T | None],
        *,
        poll: bool = False,
    ) -> T:
        """One endpoint's answer, kept for or against it."""
        pool = self._pools[service]
        endpoint.breaker = endpoint.breaker.admitted()
        try:
            exchanged = (
                self._polls.exchange(service, endpoint.url, request)
                if poll
                else self._transport.exchange(request)
            )
            answer = answers.read_strictly(await exchanged, read)
        except (SignInNeeded, CursorExpired):
            pool.good(endpoint)
            raise
        except Abandoned:
            endpoint.breaker = endpoint.breaker.spared()
            raise
        except CentralUnavailable as error:
            pool.bad(endpoint, answers.cause_of(error))
            raise
        except asyncio.CancelledError:
            endpoint.breaker = endpoint.breaker.spared()
            raise
        pool.good(endpoint)
        return answer


def _elsewhere(response: Response) -> tuple[None] | None:
    """Central speaks, from another history than the one it was asked about."""
    problem = decoding.problem_of(response.body)
    return (None,) if problem is not None and decoding.code_of(problem) == Code.TERM else None


def _term_header(expected: tuple[int, str] | None) -> dict[str, str]:
    return {} if expected is None else {Header.TERM: "{} {}".format(*expected)}
