"""The six services over HTTP: routes of the contract, long polls with a heartbeat."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Annotated, Any, TypeVar

import msgspec
from litestar import Litestar, MediaType, Response, get, post, put
from litestar.params import FromPath, FromQuery, HeaderParameter, JSONBody, QueryParameter
from litestar.response import Stream
from sqlalchemy.exc import SQLAlchemyError

from app.central.contract import routes, wire
from app.central.contract.routes import Code, Header
from app.central.reference.database import Replica
from app.central.reference.gate import ALL_DESKS, Gate
from app.central.reference.history import BadCursor
from app.central.reference.ledger import Ledger, OtherTerm
from app.central.reference.operations import OtherBody
from app.central.reference.organisation import KnownDesk
from app.central.reference.problems import HANDLERS, Asked, Problem, behind, failed
from app.central.reference.tending import Tending, known_service
from app.central.reference.watch import Place, Together, Watch
from app.domain.feed import Position

_MOST_ROWS = 1_000
_MOST_IDS = 100
_LONGEST_WAIT_S = 25.0
_HEARTBEAT_S = 5.0
_BEAT_S = 2.0
"""How often a leader tells its followers that it is there."""

T = TypeVar("T")
Limit = Annotated[int, QueryParameter(ge=1, le=_MOST_ROWS)]
Wait = Annotated[float, QueryParameter(ge=0, le=_LONGEST_WAIT_S)]
Term = Annotated[int | None, QueryParameter(name="term", ge=1, le=2**31)]
Number = Annotated[int | None, QueryParameter(name="n", ge=0, le=2**53)]


class Routes:
    """The handlers, over one ledger."""

    def __init__(self, ledger: Ledger, code: str, rate: wire.Rate) -> None:
        self._ledger = ledger
        self._code = code
        self._gate = Gate(ledger.surroundings.now, rate)
        self.watch = Watch(ledger.places)
        self._together = Together()
        ledger.when_written(self.watch.wake)

    # --- who asks --------------------------------------------------------------------------

    def _desk(self, request: Asked) -> KnownDesk:
        scheme, _, credential = request.headers.get("authorization", "").partition(" ")
        known = self._ledger.desk_of(credential) if scheme.lower() == "bearer" else None
        if known is None:
            raise Problem(401, Code.SIGN_IN, "The desk's credential is not known.")
        if not self._ledger.welcome(known, request.headers.get(Header.INCARNATION, "")):
            raise Problem(401, Code.OLD_INCARNATION, "A newer copy of this desk is at work.")
        return known

    def _reads(self, request: Asked, service: str) -> KnownDesk:
        """The desk that asks for a page, within its share."""
        known = self._desk(request)
        _go_slower(self._gate.page(known.id, known_service(service)))
        return known

    # --- organisation ----------------------------------------------------------------------

    def configuration(self, request: Asked) -> wire.SignedDocument:
        """The signed configuration."""
        self._desk(request)
        return self._ledger.configuration()

    def enrolment(self, data: JSONBody[wire.EnrolmentRequest]) -> wire.EnrolmentAnswer:
        """Make a desk for whoever knows the enrolment code."""
        if not self._code or data.code != self._code:
            raise Problem(403, Code.BAD_CODE, "That enrolment code is not known.")
        return self._ledger.enrol(data)

    def claim(self, data: JSONBody[wire.SeedClaim]) -> wire.SeedClaimed:
        """A desk that began from a seed registers itself."""
        found = self._ledger.claim(data)
        if found is None:
            raise Problem(403, Code.SEED_USED, "Another computer began from this seed.")
        return found

    def put_report(self, request: Asked, data: JSONBody[wire.DeskReport]) -> wire.DeskReported:
        """How the desk that asks stands."""
        known = self._desk(request)
        incarnation = request.headers.get(Header.INCARNATION) or known.incarnation
        return self._ledger.report(known, data, incarnation)

    def signed_heads(self, request: Asked) -> wire.SignedHeads:
        """Where the trail of decisions of the desk that asks stood."""
        return self._ledger.signed_heads(self._desk(request))

    def take_over(self, request: Asked, data: JSONBody[wire.TakeOver]) -> wire.TakenOver:
        """Another desk's unsent work was handed to the desk that asks."""
        if not self._ledger.take_over(self._desk(request), data):
            raise Problem(403, Code.NOT_ALLOWED, "That desk did not hand its work to this one.")
        return wire.TakenOver(data.from_desk)

    def desks(
        self,
        request: Asked,
        person: Annotated[str | None, HeaderParameter(name=Header.PERSON)] = None,
    ) -> wire.DeskStandings:
        """All desks, for somebody who may see them."""
        self._desk(request)
        found = self._ledger.standings(person or "")
        if found is None:
            raise Problem(403, Code.NOT_ALLOWED, "That person may not see all desks.")
        return found

    def health(self, service: FromPath[str], leading: FromQuery[bool] = False) -> wire.Health:
        """Whether the service works, where it stands, and what time it is here.

        With `leading`, a node that only follows is none: for balancers that look for the leader.
        """
        found = self._ledger.health(known_service(service))
        if leading and not found.leading:
            raise behind()
        return found

    # --- reading ---------------------------------------------------------------------------

    async def changes(
        self,
        request: Asked,
        service: FromPath[str],
        cursor: FromQuery[str | None] = None,
        limit: Limit = _MOST_ROWS,
        wait: Wait = 0,
    ) -> Response[Any]:
        """Rows changed behind a cursor; waits for news where asked to."""
        name = known_service(service)
        known = await _threaded(self._reads, request, name)
        seen = (await _threaded(self._ledger.places))[name] if wait else None
        page = await _threaded(self._page, name, cursor, limit)
        if page.items or page.fork or not page.up_to_date or seen is None:
            return Response(self._told(known, name, page))
        more = self._poll(known, name, cursor, limit, wait, seen)
        return Stream(more, media_type=MediaType.JSON)

    def _page(self, service: str, cursor: str | None, limit: int) -> wire.Page:
        try:
            return self._ledger.changes(service, cursor, limit)
        except BadCursor:
            raise Problem(410, Code.CURSOR_EXPIRED, "The feed cannot go on from there.") from None

    def _told(self, known: KnownDesk, service: str, page: wire.Page) -> wire.Page:
        return msgspec.structs.replace(page, rate=self._gate.published(known.id, service))

    async def _poll(
        self,
        known: KnownDesk,
        service: str,
        cursor: str | None,
        limit: int,
        wait: float,
        seen: Place,
    ) -> AsyncIterator[bytes]:
        """Heartbeats of white space, then the page; torn when the service goes down.

        Desks that waited at the same place are answered by one look at the ledger. Where their
        cursor expires meanwhile no page comes: what has begun as an answer cannot become a 410, and
        the desk that asks again gets one.
        """
        clock = asyncio.get_running_loop().time
        ends, look = clock() + wait, partial(_threaded, self._page, service, cursor, limit)
        place: Place | None = None
        while place is None and (left := ends - clock()) > 0:
            place = await self.watch.moved(service, seen, min(left, _HEARTBEAT_S))
            if place is None:
                self._ledger.faults.tear(service)
                yield b" "
        asked = (cursor, limit, place)
        try:
            page = await (self._together.get(service, asked, look) if place else look())
        except Problem:
            return
        yield msgspec.json.encode(self._told(known, service, page))

    def snapshot(
        self,
        request: Asked,
        service: FromPath[str],
        after: FromQuery[str | None] = None,
        limit: Limit = _MOST_ROWS,
    ) -> wire.SnapshotPage:
        """Every row by id, the newest ids first."""
        self._reads(request, service)
        try:
            return self._ledger.snapshot(known_service(service), after, limit)
        except BadCursor:
            raise Problem(410, Code.CURSOR_EXPIRED, "The snapshot cannot go on.") from None

    def rows(self, request: Asked, service: FromPath[str], ids: FromQuery[str]) -> wire.Rows:
        """Records by id, comma between them."""
        self._reads(request, service)
        wanted = ids.split(",")
        if len(wanted) > _MOST_IDS or not all(map(_UUID.fullmatch, wanted)):
            raise Problem(400, Code.BAD_BODY, "That is no list of ids, or a long one.")
        return self._ledger.rows(service, wanted)

    def parity(
        self, request: Asked, service: FromPath[str], term: Term = None, n: Number = None
    ) -> wire.Parity:
        """Digests of what stands, at the position a desk's mirror has reached."""
        self._reads(request, service)
        try:
            return self._ledger.digests(service, _position(term, n))
        except OtherTerm as other:
            raise _term_problem(other) from None

    def parity_bucket(
        self,
        request: Asked,
        service: FromPath[str],
        bucket: FromPath[int],
        term: Term = None,
        n: Number = None,
    ) -> wire.ParityRows:
        """Each row of a bucket that differs."""
        self._reads(request, service)
        try:
            return self._ledger.bucket(service, bucket, _position(term, n))
        except OtherTerm as other:
            raise _term_problem(other) from None

    # --- people ----------------------------------------------------------------------------

    def put_key(
        self,
        request: Asked,
        person: FromPath[str],
        data: JSONBody[wire.KeyRequest],
    ) -> wire.SignedDocument:
        """Register a person's key for the desk that asks; the configuration that names it."""
        document = self._ledger.register_key(self._desk(request), person, data)
        if document is None:
            raise Problem(403, Code.BAD_KEY, "That key cannot be registered.")
        return document

    # --- operations ------------------------------------------------------------------------

    async def operate(
        self,
        request: Asked,
        service: FromPath[str],
        key: Annotated[str | None, HeaderParameter(name=Header.KEY)] = None,
    ) -> wire.Verdict:
        """Take one operation; the same id has the same effect once, whenever it comes."""
        raw = await request.body()
        return await _threaded(self._operate, request, service, key, raw)

    def _operate(self, request: Asked, service: str, key: str | None, raw: bytes) -> wire.Verdict:
        known = self._desk(request)
        name = known_service(service)
        _go_slower(self._gate.operation(known.id, name))
        if not key:
            raise Problem(400, Code.NO_KEY, "An operation needs its id as Idempotency-Key.")
        try:
            if _op_id(raw) != key:
                raise Problem(400, Code.BAD_BODY, "The key is not the body's id.", op_id=key)
            term, receipt = (request.headers.get(one) for one in (Header.TERM, Header.RECEIPT))
            return self._ledger.receive(name, raw, known, term, receipt)
        except OtherTerm as other:
            raise _term_problem(other, key) from None
        except _OF_ONE as error:
            raise _problem_of_one(error, key) from None

    async def operate_all(self, request: Asked, service: FromPath[str]) -> wire.BatchAnswer:
        """Take some operations, each for itself under its own id."""
        raw = await request.body()
        return await _threaded(self._operate_all, request, service, raw)

    def _operate_all(self, request: Asked, service: str, raw: bytes) -> wire.BatchAnswer:
        known, name = self._desk(request), known_service(service)
        try:
            raws = [bytes(one) for one in msgspec.json.decode(raw, type=_Bodies).operations]
            ids = [_op_id(one) for one in raws]
        except (msgspec.MsgspecError, ValueError, RecursionError):
            raise Problem(400, Code.BAD_BODY, "That is no batch of the contract.") from None
        waits = [self._gate.operation(known.id, name) for _ in raws]
        taken = [one for one, wait_s in zip(raws, waits, strict=True) if not wait_s]
        try:
            term = request.headers.get(Header.TERM)
            answers = iter(self._ledger.receive_all(name, taken, known, term))
        except OtherTerm as other:
            raise _term_problem(other) from None
        return wire.BatchAnswer([
            _entry(op_id, _too_many(wait_s) if wait_s else next(answers))
            for op_id, wait_s in zip(ids, waits, strict=True)
        ])  # fmt: skip

    def verdict(self, request: Asked, service: FromPath[str], op_id: FromPath[str]) -> wire.Verdict:
        """What was said of an operation."""
        self._desk(request)
        name, term = known_service(service), request.headers.get(Header.TERM)
        try:
            found = self._ledger.verdict_of(name, op_id, term) if _UUID.fullmatch(op_id) else None
        except OtherTerm as other:
            raise _term_problem(other, op_id) from None
        if found is None:
            raise Problem(404, Code.NOT_FOUND, "That operation was never here.", op_id=op_id)
        return found

    def withdrawal(
        self, request: Asked, service: FromPath[str], op_id: FromPath[str]
    ) -> wire.WithdrawalAnswer:
        """Burn an id that may still be under way."""
        self._desk(request)
        name = known_service(service)
        if _UUID.fullmatch(op_id) is None:
            raise Problem(400, Code.BAD_BODY, "That is no operation's id.")
        return self._ledger.withdraw(name, op_id)


_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)


def _go_slower(wait_s: float) -> None:
    """Raise Problem where a desk asks more than its share."""
    if wait_s:
        raise _too_many(wait_s)


def _too_many(wait_s: float) -> Problem:
    return Problem(429, Code.TOO_MANY, "This desk asks too much.", retry_after=wait_s)


_OF_ONE = (OtherBody, msgspec.MsgspecError, ValueError, RecursionError)
"""What one operation can be refused for before it has a verdict."""


def _problem_of_one(error: Exception, op_id: str) -> Problem:
    if isinstance(error, OtherBody):
        title = "That id is known with another body."
        return Problem(422, Code.OTHER_BODY, title, op_id=op_id)
    if isinstance(error, _OF_ONE):
        title = "That is no operation of the contract."
        return Problem(400, Code.BAD_BODY, title, op_id=op_id)
    return failed(error, op_id)


def _entry(op_id: str, answer: wire.Verdict | Exception) -> wire.BatchEntry:
    if isinstance(answer, wire.Verdict):
        return wire.BatchEntry(op_id, verdict=answer)
    problem = answer if isinstance(answer, Problem) else _problem_of_one(answer, op_id)
    return wire.BatchEntry(op_id, problem=problem.body)


def _position(term: int | None, n: int | None) -> Position | None:
    return None if term is None or n is None else Position(term, n)


def _term_problem(other: OtherTerm, key: str | None = None) -> Problem:
    return Problem(
        412,
        Code.TERM,
        "Central is in another term.",
        op_id=key,
        position=_wire(other.position),
        term_id=other.term_id,
        fork=_wire(other.fork) if other.fork else None,
    )


class _Bodies(msgspec.Struct, frozen=True):
    """A batch whose bodies keep the bytes that they are hashed by."""

    operations: Annotated[list[msgspec.Raw], msgspec.Meta(max_length=100)]


class _OnlyId(msgspec.Struct, frozen=True):
    op_id: str


def _op_id(raw: bytes) -> str:
    return msgspec.json.decode(raw, type=_OnlyId).op_id


def _wire(position: Position) -> wire.Position:
    return wire.Position(position.term, position.n)


async def _threaded(work: Callable[..., T], *arguments: object) -> T:
    return await asyncio.to_thread(partial(work, *arguments))


def make_app(ledger: Ledger, enrolment_code: str, rate: wire.Rate = ALL_DESKS) -> Litestar:
    """Central's app over a ledger; `rate` is the total that its desks share, for each service."""
    own = Routes(ledger, enrolment_code, rate)
    tending = Tending(ledger, own.watch.wake)
    name, base = "{service:str}", "/v1/{service:str}"
    one = f"{base}/operations/{{op_id:str}}"
    return Litestar(
        route_handlers=[
            get(routes.CONFIGURATION, sync_to_thread=True)(own.configuration),
            post(routes.ENROLMENT, status_code=200, sync_to_thread=True)(own.enrolment),
            put(routes.person_key("{person:str}"), sync_to_thread=True)(own.put_key),
            post(routes.SEED_CLAIM, status_code=200, sync_to_thread=True)(own.claim),
            put(routes.DESK_REPORT, sync_to_thread=True)(own.put_report),
            get(routes.DESK_AUDIT, sync_to_thread=True)(own.signed_heads),
            post(routes.TAKE_OVER, status_code=200, sync_to_thread=True)(own.take_over),
            get(routes.DESKS, sync_to_thread=True)(own.desks),
            get(routes.health(name), sync_to_thread=True)(own.health),
            get(routes.changes(name))(own.changes),
            get(routes.snapshot(name), sync_to_thread=True)(own.snapshot),
            get(routes.rows(name), sync_to_thread=True)(own.rows),
            get(routes.parity(name), sync_to_thread=True)(own.parity),
            get(routes.parity_bucket(name, "{bucket:int}"), sync_to_thread=True)(own.parity_bucket),
            post(routes.operations(name), status_code=200)(own.operate),
            post(routes.batch(name), status_code=200)(own.operate_all),
            get(one, sync_to_thread=True)(own.verdict),
            put(f"{one}/withdrawal", sync_to_thread=True)(own.withdrawal),
            post("/upkeep", status_code=200, sync_to_thread=True)(tending.put_upkeep),
            post("/faults", status_code=200, sync_to_thread=True)(tending.put_fault),
        ],
        exception_handlers=dict(HANDLERS),
        lifespan=[partial(_beating, ledger)],
        openapi_config=None,
    )


@contextlib.asynccontextmanager
async def _beating(ledger: Ledger, _app: Litestar) -> AsyncIterator[None]:
    """While central serves, its followers hear from it."""
    task = asyncio.create_task(_beat(ledger))
    try:
        yield
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def _beat(ledger: Ledger) -> None:
    while ledger.engine.dialect.name == "postgresql":
        with contextlib.suppress(Replica, SQLAlchemyError):  # a follower, or away: then it is seen
            await _threaded(ledger.beat)
        await asyncio.sleep(_BEAT_S)
