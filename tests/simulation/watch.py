"""Looks at a world while it runs: what a judge at rest would come too late for."""

from __future__ import annotations

import contextlib
import json
from collections import Counter, deque
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from app.central.contract import bodies, wire
from app.central.contract.routes import PROBLEM_BASE, Code, Header
from app.domain.central_services import SERVICE_OF, Aggregate, Service
from app.domain.changes import Changes
from app.domain.lifecycle import SENDABLE, OpState
from app.domain.operations import KINDS, Body, Effect
from app.domain.views import ServiceWord
from app.ports.central import Request, Response
from app.ports.store import StoredOperation
from local_store import health
from local_store.sql import Sql
from tests.simulation.ledgers import STALE_AFTER_S

if TYPE_CHECKING:
    from tests.simulation.desk import SimDesk

_BEFORE = ", ".join(f"'{state}'" for state in sorted(SENDABLE | {OpState.SIGN_IN}))
_POLL_SLACK_MS = 1_500
_WINDOW_S = 10.0
_OVER_RATE = 1.2
_BURST = 20
_MOST_IN_A_SECOND = 100
"""Questions: a second's pages and one bucket of them. Operations have the rate to obey."""
_MOST_TRIES = 6

_BYPASSED = f"""
SELECT p.kind, p.state FROM outbox o JOIN outbox p ON p.lane = o.lane AND p.place < o.place
WHERE o.op_id = ?1 AND p.state IN ('parked', {_BEFORE})
UNION ALL
SELECT n.kind, n.state FROM dependency d JOIN outbox n ON n.op_id = d.needs
WHERE d.op_id = ?1 AND n.state IN ('parked', 'blocked')
"""

_PASSED = """
SELECT p.op_id, p.kind, p.place, p.state FROM outbox o
JOIN outbox p ON p.lane = o.lane AND p.place < o.place
WHERE o.op_id = ? AND p.state IN ('parked', 'blocked')
"""

body_of = lru_cache(maxsize=1_000)(bodies.read)
"""A body by its bytes: judges read the same ones again and again."""


class DeskWatch:
    """What is remembered of one desk."""

    def __init__(self, desk: SimDesk) -> None:
        self._desk = desk
        self._revs: dict[str, tuple[int, int]] = {}
        self._bytes: dict[str, bytes] = {}
        self._sent: dict[str, deque[float]] = {}
        self._asked: dict[str, deque[float]] = {}
        self._tries: dict[tuple[str, str, str], deque[float]] = {}
        self.first_tries: dict[str, float] = {}
        """Operation → when it left first."""
        self.attempts: Counter[str] = Counter()
        self.refused: set[str] = set()
        """Operations that some history of central has refused."""
        self.unread: set[str] = set()
        """Those among them that central was too old to read."""
        self.passed: set[tuple[str, int]] = set()
        """What went by an operation of its lane that waits for a person, and that one's place."""

    # --- the wire --------------------------------------------------------------------------

    def leaves(self, service: str, request: Request) -> None:
        """A request is about to leave."""
        now = self._desk.clock.monotonic()
        if request.method == "POST" and Header.KEY in request.headers:
            self._attempt(service, request, now)
            return
        asked = self._asked.setdefault(service, deque(maxlen=_MOST_IN_A_SECOND))
        if len(asked) == _MOST_IN_A_SECOND and now - asked[0] < 1.0:
            self._breach("I16", f"more than {_MOST_IN_A_SECOND} questions to {service} in a second")
        asked.append(now)

    def _attempt(self, service: str, request: Request, now: float) -> None:
        op_id, node = request.headers[Header.KEY], request.url.split("/v1/", 1)[0]
        self.first_tries.setdefault(op_id, now)
        self.attempts[op_id] += 1
        if self._bytes.setdefault(op_id, request.body) != request.body:
            self._breach("I17", f"{op_id} left with other bytes than before")
        term = request.headers.get(Header.TERM, "")  # each new one has everything offered again
        tries = self._tries.setdefault((op_id, node, term), deque(maxlen=_MOST_TRIES))
        if len(tries) == _MOST_TRIES and now - tries[0] < 1.0:
            self._breach("I16", f"{op_id} was tried {_MOST_TRIES} times in a second")
        tries.append(now)
        sent = self._sent.setdefault(service, deque())
        sent.append(now)
        while sent[0] < now - _WINDOW_S:
            sent.popleft()
        most = _OVER_RATE * self._desk.world.plan.rate * _WINDOW_S + _BURST
        if len(sent) > most:
            self._breach("I16", f"{len(sent)} operations to {service} in ten seconds")

    def answered(self, _service: str, request: Request, response: Response) -> None:
        """Central's answer has arrived."""
        if "/operations" in request.url and request.method != "PUT":
            refused = _refused(response)
            self.refused.update(refused)
            self.unread.update(op_id for op_id, code in refused.items() if code == _NEWER)

    # --- commits ---------------------------------------------------------------------------

    def committed(self, changes: Changes) -> None:
        """A transaction of the desk's store is durable."""
        desk = self._desk
        raw = desk.place.raw(desk.store)
        for op_id in changes.ids.get("outbox", ()):
            row = raw.execute("SELECT state, kind FROM outbox WHERE op_id = ?", (op_id,)).fetchone()
            if row is not None and row[0] == OpState.SENDING:
                self._sending(op_id, row[1])
            if row is not None and row[0] == OpState.SETTLED and not _is_mirrored(desk, op_id):
                self._breach("I12", f"{row[1]} {op_id} is settled before it came back")
        sql: Sql | None = None
        for kind, ids in changes.ids.items():
            if kind in _RECORDS:
                sql = sql or desk.place.sql(desk.store)
                for id_ in ids:
                    self._seen(sql, Aggregate(kind), id_)

    def _sending(self, op_id: str, kind: str) -> None:
        raw = self._desk.place.raw(self._desk.store)
        appends = KINDS[kind].effect is Effect.APPEND
        for before, state in raw.execute(_BYPASSED, (op_id,)).fetchall():
            if state not in (OpState.PARKED, OpState.BLOCKED):
                self._breach("I9", f"{kind} {op_id} goes while {before} before it is {state}")
            elif not appends or KINDS[before].effect is Effect.CREATE:
                self._breach("I10", f"{kind} {op_id} passes a {state} {before}")
        asked = "SELECT raw, attempts FROM outbox WHERE op_id = ?"
        its_bytes, attempts = raw.execute(asked, (op_id,)).fetchone()
        body = body_of(its_bytes) if its_bytes and attempts == 1 else None
        if body is not None and body.supersedes is not None:
            self._replacing(op_id, kind, body.supersedes)
        if appends:
            self._passing(op_id, kind, body.after if body is not None else None)

    def _replacing(self, op_id: str, kind: str, former: str) -> None:
        """I1: of two that take one place, one goes."""
        raw = self._desk.place.raw(self._desk.store)
        found = raw.execute("SELECT state FROM outbox WHERE op_id = ?", (former,)).fetchone()
        if found is not None and found[0] != OpState.SUPERSEDED:
            self._breach("I1", f"{kind} {op_id} goes in the place of {former}, which is {found[0]}")

    def _passing(self, op_id: str, kind: str, after: str | None) -> None:
        """I10: what goes by an edit that waits for a person says so, or central puts it off.

        What has left before keeps its bytes, whatever it names.
        """
        raw = self._desk.place.raw(self._desk.store)
        for before, its_kind, place, state in raw.execute(_PASSED, (op_id,)).fetchall():
            self.passed.add((op_id, place))
            if before == after and state == OpState.BLOCKED:
                self._breach("I10", f"{kind} {op_id} goes and names a blocked {its_kind}")

    def _seen(self, sql: Sql, aggregate: Aggregate, id_: str) -> None:
        row = sql.one(f"SELECT term, rev FROM ${aggregate} WHERE id = ? AND rev IS NOT NULL", id_)
        if row is None:
            return
        before, now = self._revs.get(id_), (int(row[0]), int(row[1]))
        fell = before is not None and now[0] == before[0] and now[1] < before[1]
        if fell and before is not None and self._is_in_term(sql, aggregate, now[0]):
            self._breach("I11", f"{aggregate} {id_} fell from rev {before[1]} to {now[1]}")
        self._revs[id_] = now

    def was_spoilt(self, id_: str) -> None:
        """What the row says from now on is not the store's own doing."""
        self._revs.pop(id_, None)

    @staticmethod
    def _is_in_term(sql: Sql, aggregate: Aggregate, term: int) -> bool:
        """Whether the mirror still stands in that term; a newer history may have other rows."""
        service = SERVICE_OF[aggregate].value
        return bool(sql.value("SELECT term = ? FROM feed WHERE service = ?", term, service))

    # --- what people see -------------------------------------------------------------------

    def fresh_is_fresh(self) -> None:
        """I14: what is shown as up is from within its threshold."""
        desk, truth = self._desk, self._desk.world.clock.now()
        for status in desk.engine.statuses(desk.clock.now()):
            if status.word is not ServiceWord.UP or status.as_of is None:
                continue
            age_ms = truth - status.as_of
            if age_ms > 1_000 * STALE_AFTER_S + _POLL_SLACK_MS:
                self._breach("I14", f"{status.service} is shown as up and {age_ms} ms old")

    def _breach(self, invariant: str, what: str) -> None:
        self._desk.world.breach(invariant, f"{self._desk.name}: {what}")


def _refused(response: Response) -> dict[str, str]:
    """The operation that is refused, and why."""
    with contextlib.suppress(msgspec.MsgspecError):
        answer = msgspec.json.decode(response.body, type=wire.Verdict)
        if answer.outcome == "rejected":
            return {answer.op_id: answer.problem.type if answer.problem else ""}
    return {}


_NEWER = PROBLEM_BASE + Code.NEWER_SCHEMA


_RECORDS = frozenset(aggregate.value for aggregate in Aggregate)


def over(desk: SimDesk) -> DeskWatch:
    """Watch a desk from now on."""
    found = DeskWatch(desk)
    desk.watchers.append(lambda _desk, changes: found.committed(changes))
    return found


async def read_own(desk: SimDesk, stored: StoredOperation) -> None:
    """I13: a person reads what was just saved; I12: and it is shown until it is settled."""
    desk.watch.fresh_is_fresh()
    missing = shown_wrongly(desk, stored.op_id)
    if missing:
        desk.world.breach("I13", f"{desk.name}: {missing} right after it was saved")


def all_shown(desk: SimDesk) -> None:
    """I12: every operation of this desk that is not settled shows over its record."""
    raw = desk.place.raw(desk.store)
    for (op_id,) in raw.execute(
        f"SELECT op_id FROM outbox WHERE state IN ({_BEFORE}, 'acked') ORDER BY seq"
    ).fetchall():
        missing = shown_wrongly(desk, op_id)
        if missing:
            desk.world.breach("I12", f"{desk.name}: {missing}")


def _is_mirrored(desk: SimDesk, op_id: str) -> bool:
    """Whether the record stands at the operation's rev or later: the feed has named it.

    Or was spoilt since: a row that was put back to a former version does not say that it had come.
    Central forgets the past of what it erases: a stale service has no row of before to name it by.
    """
    raw = desk.place.raw(desk.store)
    lane, kind, rev = raw.execute(
        "SELECT lane, kind, verdict_rev FROM outbox WHERE op_id = ?", (op_id,)
    ).fetchone()
    is_erased = any(id_ == lane for _service, id_ in desk.world.erased)
    if is_erased or any(one.id == lane for one in desk.rotten):
        return True
    sql = Sql.reading(raw)
    row = sql.one(f"SELECT rev FROM ${KINDS[kind].aggregate} WHERE id = ?", lane)
    return row is None or row[0] is None or rev is None or row[0] >= rev


def shown_wrongly(desk: SimDesk, op_id: str) -> str:
    """What is not shown of an operation that should be; empty where all is well."""
    raw = desk.place.raw(desk.store)
    row = raw.execute("SELECT lane, kind, raw, state FROM outbox WHERE op_id = ?", (op_id,))
    lane, kind, body_raw, state = row.fetchone()
    if not body_raw or lane.startswith("ref:") or state in ("settled", "withdrawn", "superseded"):
        return ""
    sql = desk.place.sql(desk.store)
    found = sql.one(
        f"SELECT coalesce(laid, fields) FROM ${KINDS[kind].aggregate} WHERE id = ?", lane
    )
    if found is None:
        return f"{kind} {op_id} has no record to show over"
    body, fields = body_of(body_raw), json.loads(found[0])
    if KINDS[kind].effect is Effect.APPEND:
        ids = {one.get("id") for one in fields.get(KINDS[kind].list_field) or []}
        return "" if (body.entry or {}).get("id") in ids else f"{kind} {op_id} is not in its list"
    later = _changed_later(desk, lane, op_id)
    wrong = [
        name
        for name, change in body.changes.items()
        if name not in later and fields.get(name) != change.new and KINDS[kind].effect is Effect.SET
    ]
    return f"{kind} {op_id} does not show its {', '.join(wrong)}" if wrong else ""


def _changed_later(desk: SimDesk, lane: str, op_id: str) -> set[str]:
    """Fields that later operations of the lane change as well."""
    raw = desk.place.raw(desk.store)
    rows = raw.execute(
        "SELECT b.raw FROM outbox a JOIN outbox b ON b.lane = a.lane AND "
        "(b.place, b.seq) > (a.place, a.seq) WHERE a.op_id = ? AND b.lane = ?",
        (op_id, lane),
    ).fetchall()
    return {name for (one,) in rows if one for name in _changes(body_of(one))}


def _changes(body: Body) -> set[str]:
    """The fields an operation changes; a merge says its own in an entry."""
    merges = body.rule.effect in (Effect.MERGE, Effect.UNMERGE)
    return {*body.changes, *(["merged_into"] if merges else [])}


def after_death(desk: SimDesk) -> None:
    """I19: what a death leaves is sound; the rows it left were never behind their cursor (I11)."""
    raw = desk.place.memory
    if raw is None:
        return
    rows = [one[0] for one in raw.execute("PRAGMA quick_check").fetchall() if one[0] != "ok"]
    for finding in (*rows, *health.orphans(raw, Sql.reading(raw))):
        desk.world.breach("I19", f"{desk.name}: {finding}")
    cursor_has_its_rows(desk)


def cursor_has_its_rows(desk: SimDesk) -> None:
    """I11: what central had at the cursor's place, or something later, is here, or was spoilt."""
    raw = desk.place.memory
    spoilt = {one.id for one in desk.rotten}
    if raw is None:
        return
    sql = Sql.reading(raw)
    ledger = desk.world.ledger
    for service, term, n, term_id, running in raw.execute(
        "SELECT service, term, n, term_id, snapshot_running FROM feed WHERE term IS NOT NULL"
    ).fetchall():
        here = ledger.standing(service)
        if running or (here.position.term, here.term_id) != (term, term_id):
            continue  # also of two centrals that began the same term
        for type_, id_, rev in _central_rows(desk, service, term, n):
            if id_ in spoilt:
                continue
            versions = _versions(sql, Service(service), type_, id_)
            in_term = [here for number, here in versions if number == term]
            if not versions or (in_term and max(in_term) < rev):
                desk.world.breach("I11", f"{desk.name}: the cursor is ahead of {type_} {id_}")


def _versions(sql: Sql, service: Service, type_: str, id_: str) -> list[tuple[int, int]]:
    """Term and rev of what the desk has of a record, in its mirror or kept unread."""
    asked = "SELECT term, rev FROM unread_row WHERE id = ? AND slot = ?"
    found = sql.all(asked, id_, sql.slot(service))
    if type_ in _RECORDS:
        found += sql.all(
            f"SELECT coalesce(term, 0), coalesce(rev, 0) FROM ${type_} WHERE id = ?", id_
        )
    return [(int(term), int(rev)) for term, rev in found]


def _central_rows(desk: SimDesk, service: str, term: int, n: int) -> list[tuple[str, str, int]]:
    with desk.world.ledger.reading() as connection:
        found = connection.connection.driver_connection.execute(  # type: ignore[union-attr]  # SQLite's
            "SELECT type, id, rev FROM row WHERE service = ? AND op = 'upsert' AND term = ? "
            "AND n <= ?",
            (service, term, n),
        )
        return list(found.fetchall())
