"""Central's nodes, spoken to through bytes as over HTTP, without a web server."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote

import msgspec

from app.central.contract import wire
from app.central.contract.routes import PROBLEM_BASE, Code, Header
from app.central.reference.faults import Fault as NodeFault
from app.central.reference.gate import Gate
from app.central.reference.history import BadCursor
from app.central.reference.ledger import Ledger, OtherTerm
from app.central.reference.operations import OtherBody
from app.central.reference.organisation import KnownDesk
from app.central.reference.watch import Place
from app.domain.feed import Position
from app.domain.times import to_rfc3339
from app.ports.central import Request, Response

_JSON = {"content-type": "application/json"}


@dataclass(frozen=True, slots=True)
class _Refused(Exception):
    status: int
    code: str
    op_id: str | None = None
    more: wire.Problem | None = None
    retry_after: float | None = None


@dataclass
class Data:
    """What the nodes over one database share: who waits for news, and what was read last."""

    ledger: Ledger
    desks: dict[str, KnownDesk | None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.nodes: list[Node] = []
        self._waiting: dict[asyncio.Future[None], tuple[Node, str, Place]] = {}

    def wake(self) -> None:
        """Something may have moved: end the long polls for which it has."""
        for node in self.nodes:
            node.forget()
        for future, (node, service, seen) in self._waiting.items():
            if not future.done() and node.is_elsewhere(service, seen):
                future.set_result(None)

    async def moved(self, node: Node, service: str, seen: Place, seconds: float) -> None:
        """Until the service is shown elsewhere than `seen`, or the time is over."""
        if node.is_elsewhere(service, seen):
            return
        loop = asyncio.get_running_loop()
        future: asyncio.Future[None] = loop.create_future()
        timer = loop.call_later(seconds, _ended, future)
        self._waiting[future] = node, service, seen
        try:
            await future
        finally:
            timer.cancel()
            del self._waiting[future]


def _ended(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


class Node:
    """Answers a request's bytes as the reference central's routes do."""

    def __init__(self, data: Data, ledger: Ledger, gate: Gate) -> None:
        self.data, self.ledger, self._gate = data, ledger, gate
        self.follows = False
        """A replica: it takes no operations."""
        self.refuses: set[str] = set()
        """Desks whose credential it does not take."""
        self.retired = asyncio.Event()
        """Nothing leads here any more: who waits here is cut off."""
        self._places: Mapping[str, Place] | None = None
        self._pages: dict[tuple[str, str | None, int], tuple[tuple[Place, int], wire.Page]] = {}
        data.nodes.append(self)
        ledger.when_written(data.wake)

    def forget(self) -> None:
        self._places = None

    def freeze(self, service: str, back_ms: int) -> None:
        """From now on it shows a service as it stands, with data from some time ago."""
        frozen = self.ledger.frozen_at(service, back_ms)
        self.ledger.faults.put(service, NodeFault("stale", None, frozen))
        self._pages.clear()
        self.data.wake()

    def _place(self, service: str) -> Place:
        """Where a service stands, read once for all who wait (as the central's own watch does)."""
        if self._places is None:
            self._places = self.ledger.places()
        return self._places[service]

    def _history(self, service: str) -> tuple[Place, int]:
        """Where it stands, and in which history: one that was lost may have stood there too."""
        fired = self.data.ledger.faults.fired
        lost = sum(fired[f"{service}/{how}"] for how in ("amnesic", "forgetful"))
        return self._place(service), lost

    def is_elsewhere(self, service: str, seen: Place) -> bool:
        """Whether who waits here for a service has waited long enough."""
        return self.retired.is_set() or self._place(service) != seen

    async def answer(self, request: Request) -> Response:
        """What central says; never raises."""
        try:
            return _ok(await self._route(request))
        except _Refused as refused:
            problem = refused.more or wire.Problem(
                PROBLEM_BASE + refused.code, refused.code, refused.status, op_id=refused.op_id
            )
            headers = dict(_JSON)
            if refused.retry_after is not None:
                headers["retry-after"] = f"{refused.retry_after:g}"
            return Response(refused.status, headers, msgspec.json.encode(problem))

    async def _route(self, request: Request) -> msgspec.Struct:
        path, _, asked = request.url.split("/v1/", 1)[1].partition("?")
        service, action, *rest = [unquote(one) for one in (*path.split("/"), "")]
        rest = rest[:-1] if action else []
        if action == "health":
            return self.ledger.health(service)
        known = self._desk(request)
        if service == "configuration":
            return self.ledger.configuration()
        if service == "people":
            return self._key(request, known, action)
        query = dict(parse_qsl(asked)) if asked else {}
        if action == "changes":
            return await self._changes(known, service, query)
        if action == "operations":
            return self._operation(known, service, rest, request)
        self._reads(known, service)
        return self._read(service, action, query, rest)

    def _read(
        self, service: str, action: str, query: dict[str, str], rest: list[str]
    ) -> msgspec.Struct:
        if action == "snapshot":
            try:
                return self.ledger.snapshot(service, query.get("after"), int(query["limit"]))
            except BadCursor:
                raise _Refused(410, Code.CURSOR_EXPIRED) from None
        if action == "rows":
            return self.ledger.rows(service, query["ids"].split(","))
        return self._parity(service, query, rest)

    def _operation(
        self, known: KnownDesk, service: str, rest: list[str], request: Request
    ) -> msgspec.Struct:
        if not rest:
            return self._operate(known, service, request)
        op_id = rest[0]
        if rest[1:] == ["withdrawal"]:
            self._leads(op_id)
            answer = self.ledger.withdraw(service, op_id)
            self.data.wake()
            return answer
        try:
            found = self.ledger.verdict_of(service, op_id, request.headers.get(Header.TERM))
        except OtherTerm as other:
            raise _other_term(other, op_id) from None
        if found is None:
            raise _Refused(404, Code.NOT_FOUND, op_id)
        return found

    def _desk(self, request: Request) -> KnownDesk:
        credential = request.headers[Header.AUTHORIZATION].removeprefix("Bearer ")
        known = self.data.desks.get(credential)
        if known is None:
            known = self.data.desks[credential] = self.ledger.desk_of(credential)
        if known is None or known.name in self.refuses:
            raise _Refused(401, Code.SIGN_IN)
        incarnation = request.headers[Header.INCARNATION]
        if known.incarnation != incarnation:
            welcome = self.ledger.welcome(known, incarnation)
            self.data.desks.clear()
            if not welcome:
                raise _Refused(401, Code.OLD_INCARNATION)
        return known

    def _key(self, request: Request, known: KnownDesk, person: str) -> wire.SignedDocument:
        asked = msgspec.json.decode(request.body, type=wire.KeyRequest)
        self._leads(None)
        document = self.ledger.register_key(known, person, asked)
        if document is None:
            raise _Refused(403, Code.BAD_KEY)
        return document

    def _leads(self, op_id: str | None) -> None:
        if self.follows:
            raise _Refused(503, Code.BEHIND, op_id, retry_after=2.0)

    def _reads(self, known: KnownDesk, service: str) -> None:
        if wait_s := self._gate.page(known.id, service):
            raise _Refused(429, Code.TOO_MANY, retry_after=wait_s)

    async def _changes(self, known: KnownDesk, service: str, query: dict[str, str]) -> wire.Page:
        self._reads(known, service)
        limit, cursor = int(query["limit"]), query.get("cursor")
        page = self._page(service, cursor, limit)
        wait = float(query.get("wait", 0))
        if not page.items and page.fork is None and page.up_to_date and wait:
            await self.data.moved(self, service, self._place(service), wait)
            page = self._page(service, cursor, limit)
        return msgspec.structs.replace(page, rate=self._gate.published(known.id, service))

    def _page(self, service: str, cursor: str | None, limit: int) -> wire.Page:
        """A page; while nothing was written, the same one with another as-of."""
        place, key = self._history(service), (service, cursor, limit)
        kept = self._pages.get(key)
        if kept is not None and kept[0] == place:
            frozen = self.ledger.faults.frozen(service)
            as_of = frozen.as_of if frozen else self.ledger.surroundings.now()
            return msgspec.structs.replace(kept[1], source_as_of=to_rfc3339(as_of))
        try:
            page = self.ledger.changes(service, cursor, limit)
        except BadCursor:
            raise _Refused(410, Code.CURSOR_EXPIRED) from None
        self.forget()
        if self._history(service) == place:
            self._pages[key] = place, page
        else:
            self.data.wake()  # a loss was found: a new term has begun
        return page

    def _parity(self, service: str, query: dict[str, str], rest: list[str]) -> msgspec.Struct:
        at = Position(int(query["term"]), int(query["n"])) if "term" in query else None
        try:
            if rest:
                return self.ledger.bucket(service, int(rest[0]), at)
            return self.ledger.digests(service, at)
        except OtherTerm as other:
            raise _other_term(other, None) from None

    def _operate(self, known: KnownDesk, service: str, request: Request) -> wire.Verdict:
        key = request.headers[Header.KEY]
        if wait_s := self._gate.operation(known.id, service):
            raise _Refused(429, Code.TOO_MANY, retry_after=wait_s)
        self._leads(key)
        try:
            return self.ledger.receive(
                service, request.body, known, request.headers.get(Header.TERM),
                request.headers.get(Header.RECEIPT),
            )  # fmt: skip
        except OtherTerm as other:
            raise _other_term(other, key) from None
        except OtherBody:
            raise _Refused(422, Code.OTHER_BODY, key) from None


def _other_term(other: OtherTerm, key: str | None) -> _Refused:
    problem = wire.Problem(
        PROBLEM_BASE + Code.TERM, "term", 412, op_id=key,
        position=wire.Position(other.position.term, other.position.n),
        term_id=other.term_id,
        fork=wire.Position(other.fork.term, other.fork.n) if other.fork else None,
    )  # fmt: skip
    return _Refused(412, Code.TERM, key, problem)


def _ok(body: msgspec.Struct) -> Response:
    return Response(200, _JSON, msgspec.json.encode(body))
