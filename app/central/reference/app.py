"""The six services over HTTP: routes of the contract, problems, long polls with a heartbeat."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Annotated, Any, TypeVar

import msgspec
from litestar import Litestar, MediaType, Request, Response, get, post, put
from litestar.exceptions import HTTPException
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody, QueryParameter
from litestar.response import Stream

from app.central.contract import routes, wire
from app.central.contract.routes import PROBLEM_BASE, Code, Header
from app.central.reference.faults import NAMES, Fault
from app.central.reference.history import BadCursor
from app.central.reference.ledger import Ledger
from app.central.reference.operations import OtherBody
from app.central.reference.organisation import KnownDesk
from app.domain.central_services import Service
from app.domain.errors import Invalid
from app.domain.feed import Position

_LOG = logging.getLogger("app.central.reference")
_SERVICES = frozenset(service.value for service in Service)
_MOST_ROWS = 1_000
_LONGEST_WAIT_S = 25.0
_HEARTBEAT_S = 5.0
_LOOK_AGAIN_S = 0.25
"""Another process of the same central may have written."""

T = TypeVar("T")
Limit = Annotated[int, QueryParameter(ge=1, le=_MOST_ROWS)]
Wait = Annotated[float, QueryParameter(ge=0, le=_LONGEST_WAIT_S)]


class Problem(Exception):
    """Raised by a route; becomes an RFC 9457 body."""

    def __init__(self, status: int, code: str, title: str, **more: Any) -> None:  # noqa: ANN401 - fields of the struct
        super().__init__(title)
        self.body = wire.Problem(PROBLEM_BASE + code, title, status, **more)


def _as_response(problem: wire.Problem) -> Response[wire.Problem]:
    return Response(problem, status_code=problem.status, media_type="application/problem+json")


def _on_problem(_request: Request[Any, Any, Any], error: Problem) -> Response[wire.Problem]:
    return _as_response(error.body)


def _on_http(_request: Request[Any, Any, Any], error: HTTPException) -> Response[wire.Problem]:
    code = Code.NOT_FOUND if error.status_code == 404 else Code.BAD_BODY
    title = "There is nothing here." if error.status_code == 404 else "The request has a slip."
    return _as_response(wire.Problem(PROBLEM_BASE + code, title, error.status_code))


def _on_bug(request: Request[Any, Any, Any], error: Exception) -> Response[wire.Problem]:
    _LOG.error("A request failed: %s", type(error).__name__)
    op_id = request.headers.get(Header.KEY)
    title = "Central failed on this request."
    return _as_response(wire.Problem(PROBLEM_BASE + Code.OPERATION_FAILED, title, 500, op_id=op_id))


class Routes:
    """The handlers, over one ledger."""

    def __init__(self, ledger: Ledger, code: str) -> None:
        self._ledger = ledger
        self._code = code
        self._news: dict[int, tuple[asyncio.AbstractEventLoop, asyncio.Event]] = {}
        ledger.when_written(self._wake)

    # --- who asks --------------------------------------------------------------------------

    def _desk(self, request: Request[Any, Any, Any]) -> KnownDesk:
        scheme, _, credential = request.headers.get("authorization", "").partition(" ")
        known = self._ledger.desk_of(credential) if scheme.lower() == "bearer" else None
        if known is None:
            raise Problem(401, Code.SIGN_IN, "The desk's credential is not known.")
        if not self._ledger.welcome(known, request.headers.get(Header.INCARNATION, "")):
            raise Problem(401, Code.OLD_INCARNATION, "A newer copy of this desk is at work.")
        return known

    @staticmethod
    def _service(name: str) -> str:
        if name not in _SERVICES:
            raise Problem(404, Code.NOT_FOUND, "There is no such service.")
        return name

    # --- organisation ----------------------------------------------------------------------

    def configuration(self, request: Request[Any, Any, Any]) -> wire.SignedDocument:
        """The signed configuration."""
        self._desk(request)
        return self._ledger.configuration()

    def enrolment(self, data: JSONBody[wire.EnrolmentRequest]) -> wire.EnrolmentAnswer:
        """Make a desk for whoever knows the enrolment code."""
        if not self._code or data.code != self._code:
            raise Problem(403, Code.BAD_CODE, "That enrolment code is not known.")
        return self._ledger.enrol(data)

    def health(self, service: FromPath[str]) -> wire.Health:
        """Whether the service works, where it stands, and what time it is here."""
        return self._ledger.health(self._service(service))

    # --- reading ---------------------------------------------------------------------------

    async def changes(
        self,
        request: Request[Any, Any, Any],
        service: FromPath[str],
        cursor: FromQuery[str | None] = None,
        limit: Limit = _MOST_ROWS,
        wait: Wait = 0,
    ) -> Response[Any]:
        """Rows changed behind a cursor; waits for news where asked to."""
        await _threaded(self._desk, request)
        name = self._service(service)
        page = await _threaded(self._page, name, cursor, limit)
        if page.items or not page.up_to_date or not wait:
            return Response(page)
        return Stream(self._poll(name, cursor, limit, wait), media_type=MediaType.JSON)

    def _page(self, service: str, cursor: str | None, limit: int) -> wire.Page:
        try:
            return self._ledger.changes(service, cursor, limit)
        except BadCursor:
            raise Problem(410, Code.CURSOR_EXPIRED, "The feed cannot go on from there.") from None

    async def _poll(
        self, service: str, cursor: str | None, limit: int, wait: float
    ) -> AsyncIterator[bytes]:
        """Heartbeats of white space, then the page."""
        loop = asyncio.get_running_loop()
        ends, beat = loop.time() + wait, loop.time() + _HEARTBEAT_S
        seen = await _threaded(self._ledger.standing, service)
        while loop.time() < ends:
            await self._until_news(min(_LOOK_AGAIN_S, max(ends - loop.time(), 0)))
            here = await _threaded(self._ledger.standing, service)
            if (here.position, here.term_id) != (seen.position, seen.term_id):
                break
            if loop.time() >= beat:
                beat += _HEARTBEAT_S
                yield b" "
        page = await _threaded(self._page, service, cursor, limit)
        yield msgspec.json.encode(page)

    async def _until_news(self, seconds: float) -> None:
        event = asyncio.Event()
        self._news[id(event)] = (asyncio.get_running_loop(), event)
        try:
            async with asyncio.timeout(seconds):
                await event.wait()
        except TimeoutError:
            return
        finally:
            del self._news[id(event)]

    def _wake(self) -> None:
        for loop, event in tuple(self._news.values()):
            loop.call_soon_threadsafe(event.set)

    def snapshot(
        self,
        request: Request[Any, Any, Any],
        service: FromPath[str],
        after: FromQuery[str | None] = None,
        limit: Limit = _MOST_ROWS,
    ) -> wire.SnapshotPage:
        """Every row by id, the newest ids first."""
        self._desk(request)
        try:
            return self._ledger.snapshot(self._service(service), after, limit)
        except BadCursor:
            raise Problem(410, Code.CURSOR_EXPIRED, "The snapshot cannot go on.") from None

    # --- operations ------------------------------------------------------------------------

    async def operate(
        self,
        request: Request[Any, Any, Any],
        service: FromPath[str],
        key: Annotated[str | None, HeaderParameter(name=Header.KEY)] = None,
    ) -> wire.Verdict:
        """Take one operation; the same id has the same effect once, whenever it comes."""
        raw = await request.body()
        return await _threaded(self._operate, request, service, key, raw)

    def _operate(
        self, request: Request[Any, Any, Any], service: str, key: str | None, raw: bytes
    ) -> wire.Verdict:
        known = self._desk(request)
        name = self._service(service)
        if not key:
            raise Problem(400, Code.NO_KEY, "An operation needs its id as Idempotency-Key.")
        self._expect_term(request, name, key)
        try:
            if _op_id(raw) != key:
                raise Problem(400, Code.BAD_BODY, "The key is not the body's id.", op_id=key)
            return self._ledger.receive(name, raw, known)
        except OtherBody:
            title = "That id is known with another body."
            raise Problem(422, Code.OTHER_BODY, title, op_id=key) from None
        except (msgspec.MsgspecError, ValueError, RecursionError):
            title = "That is no operation of the contract."
            raise Problem(400, Code.BAD_BODY, title, op_id=key) from None

    def _expect_term(self, request: Request[Any, Any, Any], service: str, key: str) -> None:
        expected = request.headers.get(Header.TERM)
        here = self._ledger.standing(service)
        told = self._ledger.faults.term_id(service, here.term_id)
        if not expected or expected == f"{here.position.term} {told}":
            return
        raise Problem(
            412,
            Code.TERM,
            "Central is in another term.",
            op_id=key,
            position=_wire(here.position),
            term_id=told,
            fork=_wire(here.fork) if here.fork else None,
        )

    def verdict(
        self, request: Request[Any, Any, Any], service: FromPath[str], op_id: FromPath[str]
    ) -> wire.Verdict:
        """What was said of an operation."""
        self._desk(request)
        self._service(service)
        found = self._ledger.verdict_of(op_id)
        if found is None:
            raise Problem(404, Code.NOT_FOUND, "That operation was never here.", op_id=op_id)
        return found

    def withdrawal(
        self, request: Request[Any, Any, Any], service: FromPath[str], op_id: FromPath[str]
    ) -> wire.WithdrawalAnswer:
        """Burn an id that may still be under way."""
        self._desk(request)
        name = self._service(service)
        if _UUID.fullmatch(op_id) is None:
            raise Problem(400, Code.BAD_BODY, "That is no operation's id.")
        return self._ledger.withdraw(name, op_id)

    # --- faults ----------------------------------------------------------------------------

    def put_fault(self, data: JSONBody[FaultRequest]) -> dict[str, int]:
        """Make a service misbehave, or clear all faults; how often each has fired."""
        ledger = self._ledger
        if data.clear:
            ledger.faults.clear()
        elif data.fault in ("forgetful", "amnesic"):
            back_ms = round((data.back or 0) * 1_000)
            ledger.go_back(self._service(data.service), back_ms, said=data.fault == "forgetful")
            self._wake()
        elif data.fault in NAMES:
            self._put_lasting(data)
        else:
            raise Problem(400, Code.BAD_BODY, "There is no such fault.")
        return dict(ledger.faults.fired)

    def _put_lasting(self, data: FaultRequest) -> None:
        service = self._service(data.service)
        ends = data.lasting and self._ledger.surroundings.now() + round(data.lasting * 1_000)
        back_ms = round((data.back if data.back is not None else _STALE_BACK_S) * 1_000)
        frozen = self._ledger.frozen_at(service, back_ms) if data.fault == "stale" else None
        self._ledger.faults.put(service, Fault(data.fault, ends or None, frozen))  # type: ignore[arg-type]  # ms


_STALE_BACK_S = 3_600.0
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


class FaultRequest(msgspec.Struct, frozen=True):
    """`POST /faults`, for tests and drills on loopback; not part of the contract."""

    service: str = ""
    fault: str = ""
    back: float | None = None
    lasting: float | None = None
    clear: bool = False


class _OnlyId(msgspec.Struct, frozen=True):
    op_id: str


def _op_id(raw: bytes) -> str:
    return msgspec.json.decode(raw, type=_OnlyId).op_id


def _wire(position: Position) -> wire.Position:
    return wire.Position(position.term, position.n)


async def _threaded(work: Callable[..., T], *arguments: object) -> T:
    return await asyncio.to_thread(partial(work, *arguments))


def make_app(ledger: Ledger, enrolment_code: str) -> Litestar:
    """Central's app over a ledger."""
    own = Routes(ledger, enrolment_code)
    base = "/v1/{service:str}"
    one = f"{base}/operations/{{op_id:str}}"
    return Litestar(
        route_handlers=[
            get(routes.CONFIGURATION, sync_to_thread=True)(own.configuration),
            post(routes.ENROLMENT, status_code=200, sync_to_thread=True)(own.enrolment),
            get(f"{base}/health", sync_to_thread=True)(own.health),
            get(f"{base}/changes")(own.changes),
            get(f"{base}/snapshot", sync_to_thread=True)(own.snapshot),
            post(f"{base}/operations", status_code=200)(own.operate),
            get(one, sync_to_thread=True)(own.verdict),
            put(f"{one}/withdrawal", sync_to_thread=True)(own.withdrawal),
            post("/faults", status_code=200, sync_to_thread=True)(own.put_fault),
        ],
        exception_handlers={
            Problem: _on_problem,
            Invalid: _on_bug,
            HTTPException: _on_http,
            Exception: _on_bug,
        },
        openapi_config=None,
    )
