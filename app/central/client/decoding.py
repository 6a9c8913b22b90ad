"""Bodies of the contract read strictly into domain values; anything else is None."""

from __future__ import annotations

import math
from typing import Any, TypeVar

import msgspec

from app.central.contract import bodies, routes, wire
from app.domain.feed import (
    NEWER_OP,
    FeedItem,
    FeedPage,
    ItemOp,
    Position,
    Rate,
    SnapshotPage,
    Verdict,
)
from app.domain.ids import EntityId, Millis, OpId
from app.domain.operations import FieldConflict, Outcome, ParallelEdit, Reason
from app.domain.times import from_rfc3339
from app.ports.central import FetchedRows, HealthAnswer

LONGEST_RETRY_AFTER_S = 300.0

S = TypeVar("S", bound=msgspec.Struct)

_DECODERS: dict[type[Any], msgspec.json.Decoder[Any]] = {}


def body_of(raw: bytes, type_: type[S]) -> S | None:
    """The struct, or None where the bytes are anything else (HTML, half a body, other JSON).

    White space before the body is a poll's heartbeat.
    """
    decoder = _DECODERS.get(type_)
    if decoder is None:
        decoder = _DECODERS[type_] = msgspec.json.Decoder(type_)
    try:
        decoded: S = decoder.decode(raw)
    except (msgspec.MsgspecError, ValueError, RecursionError):  # the last: nested a million deep
        return None
    return decoded


def problem_of(raw: bytes) -> wire.Problem | None:
    """A problem of ours: its type is one of the contract's."""
    problem = body_of(raw, wire.Problem)
    if problem is None or not problem.type.startswith(routes.PROBLEM_BASE):
        return None
    return problem


def code_of(problem: wire.Problem) -> str:
    return problem.type.removeprefix(routes.PROBLEM_BASE)


def reason_of(problem: wire.Problem) -> Reason:
    """Central's own sentence with its code."""
    return Reason(code_of(problem), problem.detail or problem.title)


def position_of(position: wire.Position) -> Position:
    return Position(position.term, position.n)


def verdict_of(body: wire.Verdict) -> Verdict:
    """Raises ValueError where a time is no time."""
    return Verdict(
        op_id=OpId(body.op_id),
        outcome=Outcome(body.outcome),
        rev=body.rev,
        position=position_of(body.position) if body.position else None,
        term_id=body.term_id,
        conflicts=tuple(_conflict(one) for one in body.conflicts),
        receipt=body.receipt,
        problem=reason_of(body.problem) if body.problem else None,
        retry_after_s=clamped(body.retry_after),
        parallel=tuple(
            ParallelEdit(one.field, one.by, from_rfc3339(one.at)) for one in body.parallel
        ),
    )


def _conflict(one: wire.Conflict) -> FieldConflict:
    at = from_rfc3339(one.at) if one.at else None
    return FieldConflict(one.field, one.base, one.mine, one.theirs, one.by, at)


def feed_page(body: wire.Page) -> FeedPage:
    """Raises ValueError where the page's hash does not fit its rows, or a time is no time."""
    expected = bodies.page_hash([item.row_hash for item in body.items], body.next_cursor)
    if body.page_hash != expected:
        raise ValueError("the page's hash does not fit its rows")
    return FeedPage(
        items=tuple(_item(one) for one in body.items),
        next_cursor=body.next_cursor,
        position=position_of(body.position),
        term_id=body.term_id,
        up_to_date=body.up_to_date,
        source_as_of=from_rfc3339(body.source_as_of),
        rate=Rate(body.rate.operations, body.rate.pages),
        fork=position_of(body.fork) if body.fork else None,
    )


def snapshot_page(body: wire.SnapshotPage) -> SnapshotPage:
    """Raises ValueError where a time is no time."""
    return SnapshotPage(
        items=tuple(_item(one) for one in body.items),
        after=body.after,
        start_cursor=body.start_cursor,
        position=position_of(body.position),
        term_id=body.term_id,
        total=body.total,
        source_as_of=from_rfc3339(body.source_as_of),
    )


def rows(body: wire.Rows) -> FetchedRows:
    """Raises ValueError where a time is no time."""
    items = tuple(_item(one) for one in body.items)
    return FetchedRows(items, position_of(body.position), body.term_id)


def _item(one: wire.Item) -> FeedItem:
    raw = bytes(one.fields)
    fields = msgspec.json.decode(raw)
    if not isinstance(fields, dict):
        raise ValueError("a row's fields are no object")  # noqa: TRY004 - bad data, not a bad call
    type_, op = _read_as(one)
    return FeedItem(
        type=type_,
        id=EntityId(one.id),
        rev=one.rev,
        position=position_of(one.position),
        op=op,
        fields=fields,
        raw_fields=raw,
        as_of=from_rfc3339(one.as_of),
        row_hash=one.row_hash,
        origin_ops=tuple(OpId(op) for op in one.origin_ops),
        reason=one.reason,
        redirect_to=EntityId(one.redirect_to) if one.redirect_to else None,
    )


def _read_as(one: wire.Item) -> tuple[str, ItemOp]:
    """Type and op. What a newer central does to a row is a row of a type nobody here knows.

    So it is kept as it came, beside what the row said before, and its page can be read.
    """
    try:
        return one.type, ItemOp(one.op)
    except ValueError:
        return f"{one.op}{NEWER_OP}{one.type}", ItemOp.UPSERT


def clamped(seconds: float | None) -> float | None:
    """What central asks to wait, between 0 and five minutes."""
    if seconds is None or math.isnan(seconds):
        return None
    return min(max(seconds, 0.0), LONGEST_RETRY_AFTER_S)


def retry_after(header: str | None) -> float | None:
    """A Retry-After in seconds, clamped; a date or nonsense is left out (clocks may be wrong)."""
    try:
        return clamped(float(header)) if header else None
    except ValueError:
        return None


def health_answer(health: wire.Health, sent: Millis, took_s: float) -> HealthAnswer:
    """With central's clock against ours, at half the round trip."""
    middle = sent + round(took_s * 500)
    return HealthAnswer(
        position=position_of(health.position),
        term_id=health.term_id,
        source_as_of=from_rfc3339(health.source_as_of),
        offset_ms=from_rfc3339(health.now) - middle,
        took_s=took_s,
    )
