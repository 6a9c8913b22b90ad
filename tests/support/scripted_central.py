"""A central that answers as a test says: the port above the client, without any bytes."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import msgspec

from app.central.contract import bodies
from app.central.contract.routes import Code
from app.domain.central_services import Service
from app.domain.errors import CentralUnavailable
from app.domain.feed import (
    Answer,
    FeedItem,
    FeedPage,
    ItemOp,
    NoVerdict,
    Position,
    Rate,
    Silence,
    SnapshotPage,
    Verdict,
)
from app.domain.ids import EntityId, Millis, OpId
from app.domain.operations import Json, Outcome, Reason
from app.domain.parity import RowState, bucket_of, digests
from app.domain.projection import lay_over
from app.ports.central import (
    Attempt,
    CursorExpired,
    EndpointState,
    FetchedRows,
    HealthAnswer,
    OtherHistory,
    SignInNeeded,
)
from app.ports.system import Clock

Script = Callable[[Service, Attempt], "Answer | None"]
"""Gives the answer to an attempt; None lets central apply it."""


@dataclass
class History:
    """One service's ledger in memory: rows with the position of their last change."""

    term: int = 1
    term_id: str = "term-one"
    n: int = 0
    rows: dict[str, FeedItem] = field(default_factory=dict)
    """Tombstones too."""
    verdicts: dict[str, Verdict] = field(default_factory=dict)
    effects: list[str] = field(default_factory=list)
    burned: set[str] = field(default_factory=set)
    fork: Position | None = None
    news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def position(self) -> Position:
        return Position(self.term, self.n)

    def change(
        self,
        id_: str,
        at: Millis,
        *,
        op_id: str | None = None,
        type_: str = "ticket",
        fields: Mapping[str, Json] | None = None,
    ) -> FeedItem:
        """A row is new or changed."""
        self.n += 1
        old = self.rows.get(id_)
        fields = {"fault": f"change {self.n}"} if fields is None else fields
        rev = old.rev + 1 if old else 1
        item = FeedItem(
            type=type_,
            id=EntityId(id_),
            rev=rev,
            position=self.position,
            op=ItemOp.UPSERT,
            fields=fields,
            raw_fields=msgspec.json.encode(fields),
            as_of=at,
            row_hash=bodies.row_hash(type_, id_, rev, dict(fields)),
            origin_ops=(OpId(op_id),) if op_id else (),
        )
        self.rows[id_] = item
        self.news.set()
        self.news = asyncio.Event()
        return item

    def rewrite(self, id_: str, fields: Mapping[str, Json]) -> None:
        """A row is changed behind central's back: no new rev, no new position."""
        old = self.rows[id_]
        hashed = bodies.row_hash(old.type, id_, old.rev, dict(fields))
        raw = msgspec.json.encode(dict(fields))
        self.rows[id_] = replace(old, fields=fields, raw_fields=raw, row_hash=hashed)

    def remove(self, id_: str, at: Millis, reason: str = "deleted") -> None:
        """A row is taken away."""
        self.n += 1
        old = self.rows[id_]
        self.rows[id_] = replace(
            old, rev=old.rev + 1, position=self.position, op=ItemOp.TOMBSTONE, fields={},
            raw_fields=b"{}", as_of=at, row_hash="", origin_ops=(), reason=reason,
        )  # fmt: skip
        self.news.set()
        self.news = asyncio.Event()


@dataclass
class ScriptedCentral:
    """Implements `app.ports.central.Central`; faults are attributes a story sets."""

    clock: Clock
    script: Script = field(default=lambda service, attempt: None)
    away: dict[Service, Silence] = field(default_factory=dict)
    feed_away: dict[Service, Silence] = field(default_factory=dict)
    signed_out: bool = False
    took_s: float = 0.01
    stale_by_ms: int = 0
    offset_ms: int = 0
    rate: Rate = field(default_factory=lambda: Rate(1_000.0, 1_000.0))
    purged_before: dict[Service, Position] = field(default_factory=dict)
    page_rows: int = 1_000
    document: bytes | None = None
    answer_later_s: float = 0.0
    """How long an answer is under way after its effect."""
    slow_probes: int = 0
    """So many probes of TICKETS get no answer in time."""
    questions_lost: int = 0
    """So many questions about an operation's id get no answer."""
    deaf_polls: bool = False
    """A poll under way hears neither news nor the end of the line."""

    def __post_init__(self) -> None:
        self.histories: defaultdict[Service, History] = defaultdict(History)
        self.attempts: list[tuple[float, Service, Attempt]] = []
        self.keys: list[tuple[str, str, str]] = []
        self.probes: list[tuple[float, Service]] = []
        self.requests: list[tuple[str, Service]] = []
        self.terms_adopted: dict[Service, int] = {}
        self.under_way: dict[Service, int] = defaultdict(int)
        self.widest: dict[Service, int] = defaultdict(int)
        self.polls: dict[Service, int] = defaultdict(int)
        """How many wait for news now."""
        self.snapshot_fails_after: int | None = None
        self.rows_fail_after: int | None = None
        self.rows_from: History | None = None
        """Another central, to which every question about records is led."""

    async def _talk(self, service: Service, silences: dict[Service, Silence]) -> None:
        await self.clock.sleep(self.took_s)
        if service in silences:
            raise CentralUnavailable("It does not answer.", cause=silences[service])

    async def submit(self, service: Service, attempt: Attempt) -> Answer:
        self.attempts.append((self.clock.monotonic(), service, attempt))
        self.under_way[service] += 1
        self.widest[service] = max(self.widest[service], self.under_way[service])
        try:
            await self.clock.sleep(self.took_s)
            if service in self.away:
                return NoVerdict(self.away[service])
            scripted = self.script(service, attempt)
            answer = scripted if scripted is not None else self.apply(service, attempt)
            await self.clock.sleep(self.answer_later_s)
            return answer
        finally:
            self.under_way[service] -= 1

    def apply(self, service: Service, attempt: Attempt) -> Verdict:
        """The effect with its record: once for each id."""
        history = self.histories[service]
        known = history.verdicts.get(attempt.op_id)
        if known is not None and known.outcome is Outcome.REJECTED:
            return known
        if known is not None:
            return Verdict(
                attempt.op_id, Outcome.DUPLICATE, known.rev, known.position, history.term_id
            )
        body = bodies.read(attempt.raw)
        before = history.rows.get(body.lane)
        item = history.change(
            body.lane,
            self.clock.now(),
            op_id=attempt.op_id,
            type_=body.rule.aggregate,
            fields=lay_over(before.fields if before else None, body),
        )
        history.effects.append(attempt.op_id)
        verdict = Verdict(attempt.op_id, Outcome.APPLIED, item.rev, item.position, history.term_id)
        history.verdicts[attempt.op_id] = verdict
        return verdict

    async def verdict_of(
        self, service: Service, op_id: OpId, expected: tuple[int, str] | None = None
    ) -> Verdict | None:
        self.requests.append(("verdict_of", service))
        await self._talk(service, self.away)
        history = self.histories[service]
        if expected not in (None, (history.term, history.term_id)):
            raise CentralUnavailable("It is in another term.", cause=Silence.BEHIND)
        if self.questions_lost:
            self.questions_lost -= 1
            raise CentralUnavailable("It does not answer.", cause=Silence.CONNECT)
        return self.histories[service].verdicts.get(op_id)

    async def withdraw(self, service: Service, op_id: OpId) -> Verdict:
        self.requests.append(("withdraw", service))
        await self._talk(service, self.away)
        history = self.histories[service]
        if op_id not in history.verdicts:
            history.n += 1
            history.burned.add(op_id)
            reason = Reason(Code.WITHDRAWN, "The desk took it back before it arrived.")
            history.verdicts[op_id] = Verdict(
                op_id, Outcome.REJECTED, None, history.position, history.term_id, problem=reason
            )
        return history.verdicts[op_id]

    async def changes(
        self, service: Service, cursor: str | None, limit: int, wait_s: float
    ) -> FeedPage:
        self.requests.append(("changes", service))
        await self._talk(service, self.away | self.feed_away)
        if self.signed_out:
            raise SignInNeeded
        purged = self.purged_before.get(service)
        if cursor and purged and _position_in(cursor) < purged:
            raise CursorExpired
        history = self.histories[service]
        after = _position_in(cursor)
        if wait_s and after >= history.position:
            self.polls[service] += 1
            try:
                await self._wait_for_news(history, service, wait_s)
            finally:
                self.polls[service] -= 1
        fork = history.fork if after.term < history.term else None
        after = min(after, fork) if fork else after
        changed = sorted(
            (row for row in history.rows.values() if row.position > after),
            key=lambda row: row.position,
        )
        items = tuple(changed[: min(limit, self.page_rows)])
        up_to_date = len(items) == len(changed)
        at = history.position if up_to_date else items[-1].position
        return FeedPage(
            items=items,
            next_cursor=f"{at.term}.{at.n}",
            position=at,
            term_id=history.term_id,
            up_to_date=up_to_date,
            source_as_of=Millis(self.clock.now() + self.offset_ms - self.stale_by_ms),
            rate=self.rate,
            fork=fork,
        )

    async def _wait_for_news(self, history: History, service: Service, wait_s: float) -> None:
        until = self.clock.monotonic() + wait_s
        news = history.news
        if self.deaf_polls:
            await self.clock.sleep(wait_s)
        while self.clock.monotonic() < until and not news.is_set():
            await self.clock.sleep(0.25)
            if service in self.away:
                raise CentralUnavailable("The poll broke.", cause=self.away[service])

    async def snapshot(self, service: Service, after: str | None, limit: int) -> SnapshotPage:
        self.requests.append(("snapshot", service))
        await self._talk(service, self.away | self.feed_away)
        if self.signed_out:
            raise SignInNeeded
        if self.snapshot_fails_after is not None:
            self.snapshot_fails_after -= 1
            if self.snapshot_fails_after < 0:
                raise CentralUnavailable("The line broke.", cause=Silence.CONNECT)
        history = self.histories[service]
        start, _, last = (after or f"{history.term}.{history.n}/").partition("/")
        rows = {id_: one for id_, one in history.rows.items() if one.op is not ItemOp.TOMBSTONE}
        ids = sorted((one for one in rows if not last or one < last), reverse=True)
        sent = ids[: min(limit, self.page_rows)]
        return SnapshotPage(
            items=tuple(history.rows[one] for one in sent),
            after=f"{start}/{sent[-1]}" if len(sent) < len(ids) else None,
            start_cursor=start,
            position=_position_in(start),
            term_id=history.term_id,
            total=len(rows),
            source_as_of=self.clock.now(),
        )

    async def rows(self, service: Service, ids: Sequence[str]) -> FetchedRows:
        self.requests.append(("rows", service))
        await self._talk(service, self.away | self.feed_away)
        if self.rows_fail_after is not None:
            self.rows_fail_after -= 1
            if self.rows_fail_after < 0:
                raise CentralUnavailable("The line broke.", cause=Silence.CONNECT)
        history = self.rows_from or self.histories[service]
        found = tuple(history.rows[one] for one in ids if one in history.rows)
        return FetchedRows(found, history.position, history.term_id)

    async def digests(self, service: Service, at: Position) -> tuple[str, ...]:
        self.requests.append(("digests", service))
        return digests((one.id, one.row_hash) for one in await self._standing(service, at))

    async def bucket(self, service: Service, number: int, at: Position) -> tuple[RowState, ...]:
        self.requests.append(("bucket", service))
        return tuple(
            one for one in await self._standing(service, at) if bucket_of(one.id) == number
        )

    async def _standing(self, service: Service, at: Position) -> list[RowState]:
        await self._talk(service, self.away | self.feed_away)
        history = self.histories[service]
        if at != history.position:
            raise OtherHistory
        upserts = (one for one in history.rows.values() if one.op is ItemOp.UPSERT)
        return [RowState(one.id, one.rev, one.row_hash) for one in upserts]

    async def configuration(self) -> bytes:
        await self.clock.sleep(self.took_s)
        if self.document is None or self.away:
            raise CentralUnavailable("It does not answer.", cause=Silence.CONNECT)
        return self.document

    async def register_key(self, person: str, public_key: str, proof: str) -> bytes | None:
        if self.away:
            raise CentralUnavailable("It does not answer.", cause=Silence.CONNECT)
        self.keys.append((person, public_key, proof))
        return self.document

    async def probe(self, service: Service) -> HealthAnswer:
        self.probes.append((self.clock.monotonic(), service))
        await self._talk(service, self.away)
        if service is Service.TICKETS and self.slow_probes:
            self.slow_probes -= 1
            raise CentralUnavailable("It does not answer.", cause=Silence.TIMEOUT)
        history = self.histories[service]
        return HealthAnswer(
            position=history.position,
            term_id=history.term_id,
            source_as_of=self.clock.now(),
            offset_ms=self.offset_ms,
            took_s=self.took_s,
        )

    def adopted(self, service: Service, term: int) -> None:
        """It has one endpoint, and only remembers."""
        self.terms_adopted[service] = term

    def endpoints(self, service: Service) -> tuple[EndpointState, ...]:
        return (EndpointState("http://central", "here", None, 0, True, None, ""),)

    async def close(self) -> None: ...


def _position_in(cursor: str | None) -> Position:
    term, _, n = (cursor or "0.0").partition(".")
    return Position(int(term), int(n))
