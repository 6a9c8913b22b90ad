"""The outbox: operations in their lanes, moved along the life table, shown over their records."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Connection

from app.domain.central_services import Aggregate, Service
from app.domain.changes import Changes
from app.domain.feed import Position
from app.domain.ids import Millis, OpId
from app.domain.lifecycle import (
    FINAL,
    OVERLAID,
    SENDABLE,
    WITHOUT_VERDICT,
    OpEvent,
    OpState,
    next_state,
    word_of,
)
from app.domain.operations import KINDS, Effect, NewOperation
from app.domain.views import OutboxCounts, OutboxRow
from app.ports.store import EventDetail, StoredOperation
from local_store import records

_COLUMNS = (
    "op_id, seq, service, kind, lane, raw, digest, state, attempts, next_try, reason, "
    "recorded_at, verdict_rev, verdict_term, verdict_n, poison, receipt"
)
_SUMMARY = 120


def _listed(states: frozenset[OpState]) -> str:
    return ", ".join(f"'{state}'" for state in sorted(states))


_FINAL, _SENDABLE = _listed(FINAL), _listed(SENDABLE)
_WITHOUT, _OVER = _listed(WITHOUT_VERDICT), _listed(OVERLAID)
_BEFORE = _listed(SENDABLE | {OpState.SIGN_IN})
"""What a later operation of the lane, or one that depends on it, waits for."""


class Outbox:
    """Implements `app.ports.store.OutboxWrites` in one transaction."""

    def __init__(self, connection: Connection, changes: list[Changes]) -> None:
        self._connection = connection
        self._changes = changes

    # --- reading ---------------------------------------------------------------------------

    def rows(self, *, include_final: bool = False) -> Sequence[OutboxRow]:
        """What is not settled, withdrawn or superseded (or all), oldest first."""
        which = "1" if include_final else f"o.state NOT IN ({_FINAL})"
        found = self._connection.exec_driver_sql(
            "SELECT o.op_id, o.kind, o.service, o.lane, o.raw, o.state, o.attempts, o.reason, "
            "o.recorded_at, o.next_try, o.actor, t.reference, t.fault "
            f"FROM outbox o LEFT JOIN ticket_row t ON t.id = o.lane WHERE {which} ORDER BY o.seq"
        )
        return [_outbox_row(row) for row in found]

    def counts(self) -> OutboxCounts:
        by_service = {
            str(service): int(count)
            for service, count in self._connection.exec_driver_sql(
                f"SELECT service, count(*) FROM outbox WHERE state IN ({_WITHOUT}) GROUP BY service"
            )
        }
        parked, oldest = self._connection.exec_driver_sql(
            "SELECT (SELECT count(*) FROM outbox WHERE state = 'parked'), "
            f"(SELECT min(recorded_at) FROM outbox WHERE state IN ({_WITHOUT}))"
        ).one()
        return OutboxCounts(sum(by_service.values()), int(parked), oldest, by_service)

    def get(self, op_id: str) -> StoredOperation | None:
        return self._one("op_id = ?", (op_id,))

    def last_in_lane(self, lane: str) -> StoredOperation | None:
        return self._one(
            "lane = ? AND state NOT IN ('withdrawn', 'superseded') ORDER BY place DESC, seq DESC",
            (lane,),
        )

    def followers(self, op_id: str) -> Sequence[StoredOperation]:
        return self._many(
            "lane = (SELECT lane FROM outbox WHERE op_id = ?1) "
            "AND place > (SELECT place FROM outbox WHERE op_id = ?1) "
            f"AND state NOT IN ({_FINAL}) ORDER BY place, seq",
            (op_id,),
        )

    def sendable(
        self, service: Service, now: Millis, limit: int, *, ignore_waiting: bool = False
    ) -> Sequence[StoredOperation]:
        """Heads of lanes: nothing earlier of the lane, and nothing it depends on, is under way."""
        due = "1" if ignore_waiting else "(o.next_try IS NULL OR o.next_try <= :now)"
        columns = ", ".join(f"o.{name.strip()}" for name in _COLUMNS.split(","))
        found = self._connection.exec_driver_sql(
            f"SELECT {columns} FROM outbox o WHERE o.service = :service "
            f"AND o.state IN ({_SENDABLE}) AND {due} AND NOT EXISTS (SELECT 1 FROM outbox p "
            f"WHERE p.lane = o.lane AND p.place < o.place AND p.state IN ({_BEFORE})) "
            "AND NOT EXISTS (SELECT 1 FROM json_each(CAST(o.raw AS TEXT), '$.depends_on') d "
            f"JOIN outbox p ON p.op_id = d.value WHERE p.state IN ({_BEFORE})) "
            "ORDER BY o.seq LIMIT :limit",
            {"service": service.value, "now": now, "limit": limit},
        )
        return [_stored(row) for row in found]

    def next_try(self, service: Service) -> Millis | None:
        earliest = self._connection.exec_driver_sql(
            "SELECT min(next_try) FROM outbox WHERE service = ? AND state = 'waiting'",
            (service.value,),
        ).scalar_one()
        return None if earliest is None else Millis(earliest)

    def acked(self, service: Service) -> Sequence[OpId]:
        return [op_id for op_id, _position in self.acked_at(service)]

    def acked_at(self, service: Service) -> Sequence[tuple[OpId, Position | None]]:
        """Operations with a verdict, and the position it named."""
        found = self._connection.exec_driver_sql(
            "SELECT op_id, verdict_term, verdict_n FROM outbox "
            "WHERE service = ? AND state = 'acked' ORDER BY seq",
            (service.value,),
        )
        return [
            (OpId(op_id), None if term is None else Position(term, n)) for op_id, term, n in found
        ]

    def journal(self, service: Service, beyond: Position | None) -> Sequence[StoredOperation]:
        """What was sent or confirmed beyond a position, in lane order."""
        place = beyond or Position(-1, -1)
        return self._many(
            "service = ? AND state IN ('sending', 'acked', 'settled') AND (verdict_term IS NULL "
            "OR (verdict_term, verdict_n) > (?, ?)) ORDER BY lane, place, seq",
            (service.value, place.term, place.n),
        )

    def lanes_overlaid(self, lanes: Sequence[str]) -> set[str]:
        """Those of the lanes that have an operation showing over their record."""
        found: set[str] = set()
        for start in range(0, len(lanes), 500):
            part = tuple(lanes[start : start + 500])
            marks = ", ".join("?" * len(part))
            rows = self._connection.exec_driver_sql(
                f"SELECT DISTINCT lane FROM outbox WHERE lane IN ({marks}) AND state IN ({_OVER})",
                part,
            )
            found |= {str(lane) for (lane,) in rows}
        return found

    def _one(self, where: str, values: tuple[object, ...]) -> StoredOperation | None:
        row = self._connection.exec_driver_sql(
            f"SELECT {_COLUMNS} FROM outbox WHERE {where} LIMIT 1",
            values,
        ).fetchone()
        return None if row is None else _stored(row)

    def _many(self, where: str, values: tuple[object, ...]) -> Sequence[StoredOperation]:
        found = self._connection.exec_driver_sql(
            f"SELECT {_COLUMNS} FROM outbox WHERE {where}",
            values,
        )
        return [_stored(row) for row in found]

    # --- writing ---------------------------------------------------------------------------

    def append(self, operation: NewOperation, at: Millis) -> OpState:
        """Store an operation at the end of its lane and show it over its record."""
        lane = operation.body.lane
        last = self._connection.exec_driver_sql(
            "SELECT ifnull(max(place), 0) FROM outbox WHERE lane = ?", (lane,)
        ).scalar_one()
        return self._insert(operation, int(last) + 1, at)

    def replace(self, op_id: str, operation: NewOperation, at: Millis) -> OpState:
        """Supersede an operation; the new one takes its place. Raises KeyError."""
        place = self._connection.exec_driver_sql(
            "SELECT place FROM outbox WHERE op_id = ?", (op_id,)
        ).scalar_one()
        self.event(op_id, OpEvent.EDITED, EventDetail(at))
        return self._insert(operation, int(place), at)

    def _insert(self, operation: NewOperation, place: int, at: Millis) -> OpState:
        body = operation.body
        state = OpState.PENDING
        if self._held_behind(body.lane, body.kind, place):
            state = OpState.BLOCKED
        self._connection.exec_driver_sql(
            "INSERT INTO outbox (op_id, service, kind, type, lane, place, raw, digest, actor, "
            "state, attempts, reason, recorded_at, poison) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', ?, 0)",
            (
                body.op_id, operation.service.value, body.kind, body.rule.aggregate.value,
                body.lane, place, operation.raw, operation.digest, body.actor, state.value, at,
            ),
        )  # fmt: skip
        self._moved(body.op_id, body.rule.aggregate, body.lane)
        return state

    def event(self, op_id: str, event: OpEvent, detail: EventDetail) -> OpState:
        """Move an operation along the table, and its lane with it. Raises KeyError."""
        before = self.get(op_id)
        if before is None:
            raise KeyError(op_id)
        state = next_state(before.state, event)
        self._write_event(before, event, state, detail)
        aggregate = KINDS[before.kind].aggregate
        if event is OpEvent.REJECTED:
            self._block_followers(before, detail)
        elif before.state is OpState.PARKED or event is OpEvent.WITHDRAWN:
            self._clear_followers(before, detail)
        self._moved(op_id, aggregate, before.lane)
        return state

    def _write_event(
        self, before: StoredOperation, event: OpEvent, state: OpState, detail: EventDetail
    ) -> None:
        verdict = detail.verdict
        position = verdict.position if verdict else before.verdict_position
        self._connection.exec_driver_sql(
            "UPDATE outbox SET state = ?, attempts = ?, next_try = ?, reason = ?, poison = ?, "
            "verdict_rev = ?, verdict_term = ?, verdict_n = ?, receipt = ? WHERE op_id = ?",
            (
                state.value,
                before.attempts + (event is OpEvent.SEND),
                detail.next_try,
                detail.reason,
                before.poison_count + (event is OpEvent.POISON),
                verdict.rev if verdict else before.verdict_rev,
                position.term if position else None,
                position.n if position else None,
                verdict.receipt if verdict and verdict.receipt else before.receipt,
                before.op_id,
            ),
        )
        if verdict is not None and verdict.conflicts and event is OpEvent.APPLIED:
            self._keep_conflicts(before, detail)

    def _keep_conflicts(self, operation: StoredOperation, detail: EventDetail) -> None:
        verdict = detail.verdict
        if verdict is None:
            return
        encode = msgspec.json.encode
        self._connection.exec_driver_sql(
            "INSERT OR REPLACE INTO conflict (op_id, field, target, at, base, mine, theirs, by, "
            "theirs_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    operation.op_id, one.field, operation.lane, detail.at,
                    encode(one.base).decode(), encode(one.mine).decode(),
                    encode(one.theirs).decode(), one.by, one.at,
                )
                for one in verdict.conflicts
            ],
        )  # fmt: skip
        self._changes.append(Changes.of("conflict", operation.op_id))

    # --- lanes -----------------------------------------------------------------------------

    def _held_behind(self, lane: str, kind: str, place: int) -> bool:
        """Edits wait behind any parked operation of their lane, additions only behind a create."""
        parked = self._connection.exec_driver_sql(
            "SELECT kind FROM outbox WHERE lane = ? AND state = 'parked' AND place < ?",
            (lane, place),
        )
        kinds = [KINDS[str(row[0])].effect for row in parked]
        if KINDS[kind].effect is Effect.APPEND:
            return Effect.CREATE in kinds
        return bool(kinds)

    def _block_followers(self, parked: StoredOperation, detail: EventDetail) -> None:
        for follower in self.followers(parked.op_id):
            held = (OpState.PENDING, OpState.WAITING, OpState.REOFFER)
            if follower.state in held and self._held(follower):
                self._write_event(
                    follower,
                    OpEvent.PREDECESSOR_PARKED,
                    next_state(follower.state, OpEvent.PREDECESSOR_PARKED),
                    EventDetail(detail.at, reason="behind_parked"),
                )

    def _clear_followers(self, cleared: StoredOperation, detail: EventDetail) -> None:
        for follower in self.followers(cleared.op_id):
            if follower.state is OpState.BLOCKED and not self._held(follower):
                self._write_event(
                    follower,
                    OpEvent.PREDECESSOR_CLEARED,
                    OpState.PENDING,
                    EventDetail(detail.at),
                )

    def _held(self, operation: StoredOperation) -> bool:
        place = self._connection.exec_driver_sql(
            "SELECT place FROM outbox WHERE op_id = ?", (operation.op_id,)
        ).scalar_one()
        return self._held_behind(operation.lane, operation.kind, int(place))

    def _moved(self, op_id: str, aggregate: Aggregate, lane: str) -> None:
        if not lane.startswith("ref:"):
            records.reproject(self._connection, aggregate, lane)
        self._changes.append(
            Changes({"outbox": frozenset({op_id}), aggregate.value: frozenset({lane})})
        )


def _stored(row: Sequence[Any]) -> StoredOperation:
    (op_id, seq, service, kind, lane, raw, digest, state, attempts, next_try, reason, recorded_at,
     rev, term, n, poison, receipt) = row  # fmt: skip
    return StoredOperation(
        op_id=op_id, seq=seq, service=Service(service), kind=kind, lane=lane, raw=bytes(raw),
        digest=digest, state=OpState(state), attempts=attempts, next_try=next_try, reason=reason,
        recorded_at=recorded_at, verdict_rev=rev,
        verdict_position=None if term is None else Position(term, n), poison_count=poison,
        receipt=receipt,
    )  # fmt: skip


def _outbox_row(row: Sequence[Any]) -> OutboxRow:
    (op_id, kind, service, lane, raw, state, attempts, reason, recorded_at, next_try, actor,
     reference, fault) = row  # fmt: skip
    body = records.overlay_of(bytes(raw))
    said = (body.entry or {}).get("text") or (body.entry or {}).get("what") or ""
    changed = ", ".join(sorted(body.changes)) if body.rule.effect is Effect.SET else ""
    number = body.changes["number"].new if "number" in body.changes else ""
    summary = str(said or changed or fault or number or "")
    return OutboxRow(
        op_id=op_id, kind=kind, service=service, lane=lane, target=lane,
        reference=reference or (lane[4:] if lane.startswith("ref:") else ""),
        summary=summary[:_SUMMARY], state=OpState(state),
        word=word_of(OpState(state), attempts), attempts=attempts, reason=reason,
        since=recorded_at, next_try=next_try, actor=actor,
    )  # fmt: skip
