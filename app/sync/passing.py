"""An addition that need not wait leaves behind what its lane has sent, not behind what waits."""

from __future__ import annotations

from dataclasses import replace

from app.central.contract import bodies
from app.domain.ids import Millis, OpId
from app.domain.lifecycle import OpState
from app.domain.operations import KINDS, Effect
from app.ports.store import StoredOperation, WriteTx
from app.ports.system import IdSource

_WAITS_FOR_A_PERSON = frozenset({OpState.PARKED, OpState.BLOCKED})


def built_to_pass(
    tx: WriteTx, stored: StoredOperation, ids: IdSource, now: Millis
) -> StoredOperation:
    """The operation as it may leave: itself, or the one that has just taken its place.

    Notes, claims and promises wait behind a parked create only (contract.md). One that was decided
    before its lane was held up names an edit that has not come to central and does not come before
    a person has decided: central would defer it for as long. What may have left keeps its bytes.
    """
    if stored.attempts or not stored.raw or KINDS[stored.kind].effect is not Effect.APPEND:
        return stored
    body = bodies.read(stored.raw)
    before = tx.outbox.get(body.after) if body.after else None
    if before is None or before.state not in _WAITS_FOR_A_PERSON:
        return stored
    after = tx.outbox.last_in_lane(stored.lane, stored.kind, before=stored.op_id)
    if after == body.after:
        return stored
    fresh = replace(body, op_id=OpId(ids.new_id()), after=after, supersedes=stored.op_id)
    tx.outbox.replace(stored.op_id, bodies.seal(fresh), now)
    return tx.outbox.get(fresh.op_id) or stored
