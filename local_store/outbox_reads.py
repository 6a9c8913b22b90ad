"""What the outbox holds: rows for people, heads of lanes for the engine."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.central_services import Service
from app.domain.feed import Position
from app.domain.ids import Millis, OpId
from app.domain.lifecycle import (
    LONGEST_WAIT,
    POISON_LIMIT,
    SENDABLE,
    WITHOUT_VERDICT,
    OpState,
    word_of,
)
from app.domain.operations import KINDS, Effect, ParallelEdit
from app.domain.views import OutboxCounts, OutboxRow, ParallelRow
from app.ports.store import StoredOperation
from local_store import lanes, records
from local_store.layout import BY_INDEX, UNFINISHED
from local_store.sql import Row, Sql

_COLUMNS = (
    "op_id, seq, service, kind, lane, raw, digest, state, attempts, next_try, reason, "
    "recorded_at, verdict_rev, verdict_term, verdict_n, poison, receipt"
)
_SUMMARY = 120
_SERVICES = {one.value: one for one in Service}
_STATES = {one.value: one for one in OpState}


def _listed(states: frozenset[OpState]) -> str:
    return ", ".join(f"'{state}'" for state in sorted(states))


"""As the partial index has it."""
_WITHOUT = _listed(WITHOUT_VERDICT)
_BEFORE = _listed(SENDABLE | {OpState.SIGN_IN})
"""What a later operation of the lane waits for."""
_LEFT_OUT = _listed(frozenset({OpState.WITHDRAWN, OpState.SUPERSEDED}))
"""What nothing in the lane comes after."""
_LEFT_OUT_AND_PASSED = _listed(
    frozenset({OpState.WITHDRAWN, OpState.SUPERSEDED, OpState.PARKED, OpState.BLOCKED})
)
_TAKEN_BACK = "(state = 'withdrawn' AND attempts > 0)"
"""What may have arrived before it was."""

_HEADS = f"""
SELECT {_COLUMNS} FROM outbox o
WHERE service = ?1 AND {UNFINISHED} AND state IN ({_listed(SENDABLE)})
AND (?2 OR next_try IS NULL OR next_try <= ?3 OR next_try > ?3 + {LONGEST_WAIT})
AND NOT EXISTS (SELECT 1 FROM outbox p WHERE p.lane = o.lane AND p.place < o.place
                AND p.state IN ({_BEFORE}))
AND NOT EXISTS (SELECT 1 FROM dependency d JOIN outbox n ON n.op_id = d.needs
                WHERE d.op_id = o.op_id AND n.state IN ({_WITHOUT}, 'parked'))
ORDER BY seq LIMIT +?4
"""
"""With a bare parameter as its limit SQLite plans the statement anew each time it is run."""

_STANDING = f"""
SELECT count(CASE WHEN state IN ({_WITHOUT}) THEN 1 END),
       min(CASE WHEN state IN ({_listed(SENDABLE)}) THEN next_try END)
FROM outbox WHERE service = ? AND {UNFINISHED}
"""


_ONE = f"SELECT {_COLUMNS} FROM outbox WHERE op_id = ?"


class OutboxQueries:
    """Implements `app.ports.store.OutboxReads`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def rows(self, *, include_final: bool = False) -> Sequence[OutboxRow]:
        """What is not settled, withdrawn or superseded (or all), oldest first."""
        index, which = ("", "1") if include_final else (BY_INDEX, f"o.{UNFINISHED}")
        found = self._sql.all(
            "SELECT o.op_id, o.kind, o.service, o.lane, o.raw, o.state, o.attempts, o.reason, "
            "o.recorded_at, o.next_try, o.actor, t.reference, t.fault, o.poison, s.at "
            f"FROM outbox o {index} LEFT JOIN second_offer s ON s.op_id = o.op_id "
            "LEFT JOIN entity e ON e.id = o.lane LEFT JOIN $ticket t ON t.entity = e.entity "
            f"WHERE {which} ORDER BY o.seq"
        )
        return [_outbox_row(row) for row in found]

    def counts(self) -> OutboxCounts:
        by_service = {service.value: 0 for service in Service}
        waiting, parked, oldest = 0, 0, None
        for service, state, count, since, poisoned in self._sql.all(
            "SELECT service, state, count(*), min(recorded_at), "
            f"sum(poison >= {POISON_LIMIT} AND state IN ({_WITHOUT})) FROM outbox "
            f"WHERE {UNFINISHED} GROUP BY service, state"
        ):
            if OpState(state) in WITHOUT_VERDICT:
                waiting += count
                by_service[service] += count
                oldest = since if oldest is None else min(oldest, since)
            parked += count if state == OpState.PARKED else poisoned
        return OutboxCounts(waiting, parked, oldest, by_service)

    def get(self, op_id: str) -> StoredOperation | None:
        found = self._sql.kept.operations.get(op_id)
        if found is None and (row := self._sql.one(_ONE, op_id)):
            found = _stored(row)
            self._sql.kept.operations_read((found,))
        return found

    def in_place_of(self, op_id: str) -> StoredOperation | None:
        found = self._many(
            "(lane, place) = (SELECT lane, place FROM outbox WHERE op_id = ?) "
            "ORDER BY seq DESC LIMIT 1",
            op_id,
        )
        return found[0] if found else None

    def withdrawn(self, kind: str) -> Sequence[bytes]:
        found = self._sql.all(
            "SELECT raw FROM outbox WHERE kind = ? AND state = 'withdrawn' AND length(raw) > 0 "
            "ORDER BY seq DESC",
            kind,
        )
        return [bytes(raw) for (raw,) in found]

    def last_in_lane(self, lane: str, kind: str, before: str | None = None) -> OpId | None:
        held = lanes.waits_for_a_person(self._sql, lane)
        passes = KINDS[kind].effect is Effect.APPEND and Effect.CREATE not in held
        found = self._sql.value(
            "SELECT op_id FROM outbox WHERE lane = ?1 "
            f"AND state NOT IN ({_LEFT_OUT_AND_PASSED if passes else _LEFT_OUT}) "
            "AND (?2 IS NULL OR place < (SELECT place FROM outbox WHERE op_id = ?2)) "
            "ORDER BY place DESC, seq DESC LIMIT 1",
            lane, before,
        )  # fmt: skip
        return None if found is None else OpId(str(found))

    def parallel_edits(self, limit: int) -> Sequence[ParallelRow]:
        rows = self._sql.all(
            "SELECT op_id, target, field, by, at FROM parallel_edit ORDER BY at DESC, op_id, field "
            "LIMIT ?",
            limit,
        )
        return [
            ParallelRow(op_id, target, ParallelEdit(field, by, Millis(at)))
            for op_id, target, field, by, at in rows
        ]

    def followers(self, op_id: str) -> Sequence[StoredOperation]:
        return self._many(
            "lane = (SELECT lane FROM outbox WHERE op_id = ?1) "
            "AND place > (SELECT place FROM outbox WHERE op_id = ?1) "
            f"AND {UNFINISHED} ORDER BY place, seq",
            op_id,
        )

    def sendable(
        self, service: Service, now: Millis, limit: int, *, ignore_waiting: bool = False
    ) -> Sequence[StoredOperation]:
        """Heads of lanes: nothing earlier of the lane, and nothing needed, is still on its way."""
        rows = self._sql.all(_HEADS, service.value, int(ignore_waiting), now, limit)
        found = [_stored(row) for row in rows]
        self._sql.kept.operations_read(found)
        return found

    def standing(self, service: Service) -> tuple[int, Millis | None]:
        known = self._sql.kept.outbox
        if service.value not in known:
            row = self._sql.one(_STANDING, service.value) or (0, None)
            known[service.value] = row[0], row[1]
        return known[service.value]

    def acked(self, service: Service) -> Sequence[OpId]:
        rows = self._sql.all(
            f"SELECT op_id FROM outbox WHERE service = ? AND {UNFINISHED} AND state = 'acked' "
            "ORDER BY seq",
            service.value,
        )
        return [OpId(op_id) for (op_id,) in rows]

    def unproven(self, service: Service, here: Position) -> Sequence[StoredOperation]:
        """Those with a verdict that the mirror has passed, in lane order; no page named them.

        With them what was sent and taken back, until central was asked about it once more.
        """
        accepted = self._many(
            f"service = ? AND {UNFINISHED} AND state = 'acked' "
            "AND (verdict_term, verdict_n) <= (?, ?) ORDER BY lane, place, seq",
            service.value, here.term, here.n, index=BY_INDEX,
        )  # fmt: skip
        taken_back = self._many(
            f"op_id IN (SELECT op_id FROM second_offer) AND service = ? AND {_TAKEN_BACK} "
            "AND (verdict_term IS NULL OR (verdict_term, verdict_n) <= (?, ?)) "
            "ORDER BY lane, place, seq",
            service.value, here.term, here.n,
        )  # fmt: skip
        return [*accepted, *taken_back]

    def ahead(self, service: Service, here: Position) -> Sequence[StoredOperation]:
        """Those accepted later in the same term than the mirror stands, in lane order."""
        return self._many(
            f"service = ? AND {UNFINISHED} AND state = 'acked' "
            "AND verdict_term = ? AND verdict_n > ? ORDER BY lane, place, seq",
            service.value, here.term, here.n, index=BY_INDEX,
        )  # fmt: skip

    def journal(self, service: Service, beyond: Position | None) -> Sequence[StoredOperation]:
        """What was sent, confirmed or taken back beyond a position, in lane order."""
        place = beyond or Position(-1, -1)
        return self._many(
            "service = ? AND (state IN ('sending', 'acked', 'settled') AND length(raw) > 0 "
            f"OR {_TAKEN_BACK}) "
            "AND (verdict_term IS NULL OR (verdict_term, verdict_n) > (?, ?)) "
            "ORDER BY lane, place, seq",
            service.value,
            place.term,
            place.n,
        )

    def _many(self, where: str, *values: object, index: str = "") -> Sequence[StoredOperation]:
        rows = self._sql.all(f"SELECT {_COLUMNS} FROM outbox {index} WHERE {where}", *values)
        return [_stored(row) for row in rows]


def _stored(row: Row) -> StoredOperation:
    (op_id, seq, service, kind, lane, raw, digest, state, attempts, next_try, reason, recorded_at,
     rev, term, n, poison, receipt) = row  # fmt: skip
    return StoredOperation(
        op_id=op_id, seq=seq, service=_SERVICES[service], kind=kind, lane=lane, raw=bytes(raw),
        digest=digest, state=_STATES[state], attempts=attempts, next_try=next_try, reason=reason,
        recorded_at=recorded_at, verdict_rev=rev,
        verdict_position=None if term is None else Position(term, n), poison_count=poison,
        receipt=receipt,
    )  # fmt: skip


def _outbox_row(row: Row) -> OutboxRow:
    (op_id, kind, service, lane, raw, state, attempts, reason, recorded_at, next_try, actor,
     reference, fault, poison, second) = row  # fmt: skip
    is_former = second is not None and state == OpState.PARKED
    return OutboxRow(
        op_id=op_id, kind=kind, service=service, lane=lane, target=lane,
        reference=reference or (lane[4:] if lane.startswith("ref:") else ""),
        summary=_summary(bytes(raw), fault), state=OpState(state),
        word=word_of(OpState(state), attempts, poison), attempts=attempts, reason=reason,
        since=recorded_at, next_try=next_try, actor=actor, former_history=is_former,
    )  # fmt: skip


def _summary(raw: bytes, fault: str | None) -> str:
    """What it does in the person's own words, one line."""
    if not raw:
        return ""  # erased
    body = records.overlay_of(raw)
    entry = body.entry or {}
    said = entry.get("text") or entry.get("what")
    changed = ", ".join(sorted(body.changes)) if body.rule.effect is Effect.SET else ""
    new = {name: change.new for name, change in body.changes.items()}
    words = said or changed or new.get("fault") or fault or new.get("number") or new.get("name")
    return " ".join(str(words or "").split())[:_SUMMARY]
