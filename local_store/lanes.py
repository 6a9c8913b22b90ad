"""Which operations wait behind which: strict order inside a lane, none across."""

from __future__ import annotations

from app.domain.central_services import SERVICE_OF, Aggregate, Service
from app.domain.lifecycle import OpState
from app.domain.operations import KINDS, Effect
from local_store.layout import UNFINISHED
from local_store.sql import Sql

HOLDABLE = frozenset({OpState.PENDING, OpState.WAITING, OpState.REOFFER})


def service_of(aggregate: Aggregate) -> Service:
    return SERVICE_OF[aggregate]


def is_held(sql: Sql, op_id: str, kind: str, lane: str, place: int) -> bool:
    """Whether a parked operation holds this one back.

    Edits wait behind any parked operation of their lane; notes, claims and promises only behind a
    parked create. What an operation depends on holds it back from any lane.
    """
    parked = sql.all(
        "SELECT kind FROM outbox WHERE lane = ? AND place < ? AND state = 'parked'", lane, place
    )
    effects = {KINDS[str(one)].effect for (one,) in parked}
    if KINDS[kind].effect is Effect.APPEND:
        effects &= {Effect.CREATE}
    return bool(effects) or _needs_parked(sql, op_id)


def waits_for_a_person(sql: Sql, lane: str) -> frozenset[Effect]:
    """What those of the lane would do that are parked, or blocked behind a parked one."""
    found = sql.all(
        "SELECT DISTINCT kind FROM outbox WHERE lane = ? AND state IN ('parked', 'blocked')", lane
    )
    return frozenset(KINDS[str(kind)].effect for (kind,) in found)


def _needs_parked(sql: Sql, op_id: str) -> bool:
    found = sql.value(
        "SELECT 1 FROM dependency d JOIN outbox n ON n.op_id = d.needs "
        "WHERE d.op_id = ? AND n.state IN ('parked', 'blocked') LIMIT 1",
        op_id,
    )
    return found is not None


def that_may_wait(sql: Sql, lane: str) -> list[tuple[str, int]]:
    """Unfinished operations of the lane, and those elsewhere that need one of its; with place."""
    own = sql.all(
        f"SELECT op_id, place FROM outbox WHERE lane = ? AND {UNFINISHED} ORDER BY place, seq", lane
    )
    dependents = sql.all(
        "SELECT d.op_id, o.place FROM outbox n JOIN dependency d ON d.needs = n.op_id "
        "JOIN outbox o ON o.op_id = d.op_id "
        f"WHERE n.lane = ? AND o.lane <> n.lane AND o.{UNFINISHED}",
        lane,
    )
    return [(str(op_id), int(place)) for op_id, place in (*own, *dependents)]
