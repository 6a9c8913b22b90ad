"""The outbox: operations in their lanes, moved along the life table, shown over their records."""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterator

import msgspec

from app.domain.audit import DECIDED
from app.domain.central_services import Aggregate, Service
from app.domain.changes import Changes
from app.domain.ids import Millis
from app.domain.lifecycle import OVERLAID, OpEvent, OpState, next_state
from app.domain.operations import KINDS, NewOperation
from app.ports.store import EventDetail, StoredOperation
from local_store import erasure, lanes, records
from local_store.audit import AuditTrail
from local_store.generations import Generations
from local_store.outbox_reads import OutboxQueries
from local_store.sql import Sql

BEHIND_PARKED = "behind_parked"
"""Wording key of why a blocked operation waits."""


class Outbox(OutboxQueries):
    """Implements `app.ports.store.OutboxWrites` in one transaction."""

    def __init__(
        self,
        sql: Sql,
        changes: list[Changes],
        journal: list[StoredOperation],
        audit: AuditTrail,
    ) -> None:
        super().__init__(sql)
        self._audit = audit
        self._changes = changes
        self._journal = journal
        self.erased: list[str] = []
        """Records of which this transaction took everything away."""
        self._generations = Generations(sql)
        self._later: dict[tuple[Aggregate, str], None] | None = None

    def append(self, operation: NewOperation, at: Millis) -> OpState:
        """Store an operation at the end of its lane and show it over its record."""
        last = self._sql.value("SELECT max(place) FROM outbox WHERE lane = ?", operation.body.lane)
        return self._insert(operation, (last or 0) + 1, at)

    def replace(self, op_id: str, operation: NewOperation, at: Millis) -> OpState:
        """Supersede an operation; the new one takes its place. Raises KeyError."""
        place = self._sql.value("SELECT place FROM outbox WHERE op_id = ?", op_id)
        if place is None:
            raise KeyError(op_id)
        self._sql.run(
            "UPDATE OR IGNORE dependency SET needs = ? WHERE needs = ?",
            operation.body.op_id,
            op_id,
        )
        self._move(self._known(op_id), OpEvent.EDITED, EventDetail(at))
        state = self._insert(operation, place, at)
        self._recheck(operation.body.lane, at)
        return state

    def _insert(self, operation: NewOperation, place: int, at: Millis) -> OpState:
        body = operation.body
        self._sql.many(
            "INSERT OR IGNORE INTO dependency (op_id, needs) VALUES (?, ?)",
            [(body.op_id, one) for one in body.depends_on],
        )
        held = lanes.is_held(self._sql, body.op_id, body.kind, body.lane, place)
        state = OpState.BLOCKED if held else OpState.PENDING
        self._sql.run(
            "INSERT INTO outbox (op_id, service, kind, lane, place, raw, digest, actor, state, "
            "attempts, next_try, reason, recorded_at, moved_at, poison) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, 0)",
            body.op_id, operation.service.value, body.kind, body.lane, place, operation.raw,
            operation.digest, body.actor, state.value, operation.held_until,
            BEHIND_PARKED if held else "", at, at,
        )  # fmt: skip
        self._reproject(body.rule.aggregate, body.lane)
        self._note(body.op_id, body.rule.aggregate, body.lane)
        known = self._known(body.op_id)
        self._journal.append(known)
        self._audit.note(DECIDED, known, at)
        return state

    def event(self, op_id: str, event: OpEvent, detail: EventDetail) -> OpState:
        """Move an operation along the table, and its lane with it. Raises KeyError."""
        before = self._known(op_id)
        state = self._move(before, event, detail)
        if before.state is OpState.PARKED or event in _CHANGE_WHAT_WAITS:
            self._recheck(before.lane, detail.at)
            return self._state(op_id, state)
        return state

    def _state(self, op_id: str, moved_to: OpState) -> OpState:
        """The rest of the lane may have held it back again."""
        found = self._sql.value("SELECT state FROM outbox WHERE op_id = ?", op_id)
        return OpState(found) if found else moved_to

    def _known(self, op_id: str) -> StoredOperation:
        found = self.get(op_id)
        if found is None:
            raise KeyError(op_id)
        return found

    def _move(self, before: StoredOperation, event: OpEvent, detail: EventDetail) -> OpState:
        """One arrow of the table, with what it writes, and the record's row after it."""
        after = _after(before, event, detail)
        position = after.verdict_position
        self._sql.write(
            "UPDATE outbox SET state = ?, attempts = ?, next_try = ?, reason = ?, poison = ?, "
            "verdict_rev = ?, verdict_term = ?, verdict_n = ?, receipt = ?, moved_at = ? "
            "WHERE op_id = ?",
            after.state.value, after.attempts, after.next_try, after.reason, after.poison_count,
            after.verdict_rev, position.term if position else None,
            position.n if position else None, after.receipt, detail.at, before.op_id,
        )  # fmt: skip
        self._sql.kept.operation_moved(before, after)
        if event in _HAS_EFFECT:
            self._keep_conflicts(before, detail)
        self._show(before, after.state)
        self._note_offer(before, event, detail.at)
        if event in _AUDITED:
            self._audit.note(event.value, before, detail.at)
        if event in _JOURNALED:
            self._journal.append(after)
        return after.state

    def _note_offer(self, before: StoredOperation, event: OpEvent, at: Millis) -> None:
        """It goes once more under a new term, or has its verdict in it.

        What was sent and taken back is asked about once more, when the mirror has passed that.
        """
        if event is OpEvent.FORKED or (event is OpEvent.WITHDRAWN and before.attempts):
            self._sql.run(
                "INSERT OR REPLACE INTO second_offer (op_id, at) VALUES (?, ?)", before.op_id, at
            )
        elif event in _ENDS_OFFER:
            self._sql.run("DELETE FROM second_offer WHERE op_id = ?", before.op_id)

    def missing_since(self, op_id: str, now: Millis) -> Millis | None:
        """Since when an operation offered again lacks its target, from now on at the latest.

        None for one that was not offered again: it may wait for its target as long as it takes.
        """
        found = self._sql.one("SELECT missing_since FROM second_offer WHERE op_id = ?", op_id)
        if found is None:
            return None
        if found[0] is None:
            self._sql.run("UPDATE second_offer SET missing_since = ? WHERE op_id = ?", now, op_id)
        return now if found[0] is None else Millis(found[0])

    def mark_former(self, service: Service, at: Millis) -> None:
        """What is parked was refused by a history that central has left."""
        self._sql.run(
            "INSERT OR IGNORE INTO second_offer (op_id, at) "
            "SELECT op_id, ? FROM outbox WHERE service = ? AND state = 'parked'",
            at, service.value,
        )  # fmt: skip

    def _show(self, before: StoredOperation, state: OpState) -> None:
        """A changed overlay writes the record anew, anything else only the ticket's word."""
        aggregate = KINDS[before.kind].aggregate
        if (before.state in OVERLAID) is not (state in OVERLAID):
            self._reproject(aggregate, before.lane)
        elif aggregate is Aggregate.TICKET and not before.lane.startswith("ref:"):
            for sql in self._generations.live(Service.TICKETS):
                records.remark(sql, before.lane)
        self._note(before.op_id, aggregate, before.lane)

    @contextlib.contextmanager
    def rows_come(self) -> Iterator[Collection[tuple[Aggregate, str]]]:
        """Within it no record shows anew: whoever writes rows next is given those that would."""
        later: dict[tuple[Aggregate, str], None] = {}
        self._later = later
        try:
            yield later
        finally:
            self._later = None

    def _reproject(self, aggregate: Aggregate, lane: str) -> None:
        if lane.startswith("ref:"):
            return
        if self._later is not None:
            self._later[aggregate, lane] = None
            return
        for sql in self._generations.live(lanes.service_of(aggregate)):
            records.reproject(sql, aggregate, lane)

    def _note(self, op_id: str, aggregate: Aggregate, lane: str) -> None:
        ids = {"outbox": frozenset({op_id}), aggregate.value: frozenset({lane})}
        self._changes.append(Changes(ids))

    def _recheck(self, lane: str, at: Millis) -> None:
        """Hold back what must wait behind a parked operation, let go what need not any more."""
        for follower, place in lanes.that_may_wait(self._sql, lane):
            operation = self._known(follower)
            held = lanes.is_held(self._sql, operation.op_id, operation.kind, operation.lane, place)
            if held and operation.state in lanes.HOLDABLE:
                detail = EventDetail(at, reason=BEHIND_PARKED)
                self._move(operation, OpEvent.PREDECESSOR_PARKED, detail)
            elif not held and operation.state is OpState.BLOCKED:
                self._move(operation, OpEvent.PREDECESSOR_CLEARED, EventDetail(at))
            else:
                continue
            if operation.lane != lane:
                self._recheck(operation.lane, at)

    def _keep_conflicts(self, operation: StoredOperation, detail: EventDetail) -> None:
        verdict = detail.verdict
        if verdict is None:
            return
        self._sql.many(
            "INSERT OR REPLACE INTO parallel_edit (op_id, field, target, by, at) "
            "VALUES (?, ?, ?, ?, ?)",
            [
                (operation.op_id, one.field, operation.lane, one.by, one.at)
                for one in verdict.parallel
            ],
        )
        stamps = KINDS[operation.kind].stamps
        conflicts = [one for one in verdict.conflicts if one.field not in stamps]
        if not conflicts:
            return
        encode = msgspec.json.encode
        self._sql.many(
            "INSERT OR REPLACE INTO conflict (op_id, field, target, at, base, mine, theirs, by, "
            "theirs_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    operation.op_id, one.field, operation.lane, detail.at,
                    encode(one.base).decode(), encode(one.mine).decode(),
                    encode(one.theirs).decode(), one.by, one.at,
                )
                for one in conflicts
            ],
        )  # fmt: skip
        self._changes.append(Changes.of("conflict", operation.op_id))

    def erase(self, aggregate: Aggregate, id_: str, at: Millis) -> None:
        """Central erased a record: nothing of it stays, and what was decided of it goes no more."""
        erasure.erase(self._sql, aggregate, id_, at)
        self.erased.append(id_)
        moved = frozenset({id_})
        self._changes.append(Changes({"outbox": moved, "draft": moved, "conflict": moved}))

    def conflict_decided(self, op_id: str, at: Millis) -> None:
        """Nobody needs to look at the operation's conflicts any more; they stay on record."""
        self._sql.run(
            "UPDATE conflict SET decided_at = ? WHERE op_id = ? AND decided_at IS NULL", at, op_id
        )
        self._conflict_moved(op_id)

    def conflict_reopened(self, op_id: str) -> None:
        """What was decided of them was taken back: somebody needs to look again."""
        self._sql.run("UPDATE conflict SET decided_at = NULL WHERE op_id = ?", op_id)
        self._conflict_moved(op_id)

    def _conflict_moved(self, op_id: str) -> None:
        stored = self.get(op_id)
        if stored is not None:
            self._reproject(KINDS[stored.kind].aggregate, stored.lane)
            self._note(op_id, KINDS[stored.kind].aggregate, stored.lane)
        self._changes.append(Changes.of("conflict", op_id))


def _after(before: StoredOperation, event: OpEvent, detail: EventDetail) -> StoredOperation:
    """The operation as the event leaves it."""
    verdict = detail.verdict
    return StoredOperation(
        op_id=before.op_id, seq=before.seq, service=before.service, kind=before.kind,
        lane=before.lane, raw=before.raw, digest=before.digest,
        state=next_state(before.state, event),
        attempts=before.attempts + (event is OpEvent.SEND),
        next_try=detail.next_try, reason=detail.reason, recorded_at=before.recorded_at,
        verdict_rev=verdict.rev if verdict else before.verdict_rev,
        verdict_position=verdict.position if verdict else before.verdict_position,
        poison_count=before.poison_count + (event is OpEvent.POISON),
        receipt=verdict.receipt if verdict and verdict.receipt else before.receipt,
    )  # fmt: skip


_CHANGE_WHAT_WAITS = frozenset(
    {
        OpEvent.REJECTED,
        OpEvent.OVERDUE,
        OpEvent.WITHDRAWN,
        OpEvent.RENEWED,
        OpEvent.TERM_REFUSED,
        OpEvent.FORKED,
    }
)
_HAS_EFFECT = frozenset({OpEvent.APPLIED, OpEvent.OVERTAKEN})
_ENDS_OFFER = frozenset(
    {*_HAS_EFFECT, OpEvent.REJECTED, OpEvent.WITHDRAWN, OpEvent.BURNED, OpEvent.EDITED}
)
_AUDITED = frozenset({*_HAS_EFFECT, OpEvent.REJECTED, OpEvent.WITHDRAWN, OpEvent.EDITED})
"""What becomes of a decision is an entry of the trail as well."""
_JOURNALED = frozenset({*_HAS_EFFECT, OpEvent.WITHDRAWN, OpEvent.EDITED})
"""Events the journal beside the store must know: what is at central, and what never goes."""
