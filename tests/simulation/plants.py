"""The planted faults that are more than another function in a real one's place."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from itertools import count
from random import Random
from typing import Any
from unittest.mock import patch

import msgspec
from sqlalchemy import Connection

from app.central.contract import bodies
from app.central.contract.routes import Code
from app.central.reference import operations, rules
from app.domain.central_services import Aggregate
from app.domain.feed import FeedItem, FeedPage, ItemOp, Verdict
from app.domain.ids import OpId
from app.domain.lifecycle import OpEvent, OpState
from app.domain.operations import Body
from app.domain.records import RECORDS
from app.ports.central import Attempt
from app.ports.store import EventDetail, StoredOperation, WriteTx
from app.sync.push import Pusher
from app.sync.service_state import ServiceState
from local_store import migrate, mirror, outbox_reads, records, tally
from local_store.layout import SATELLITES
from local_store.outbox_reads import OutboxQueries
from local_store.sql import Sql, listed
from tests.simulation.planting import Met, Plant, around, behind, give, say
from tests.support.virtual_time import SeededIds


def _paged(changed: Callable[[FeedPage], FeedPage]) -> Plant:
    """Pages are changed on the way into the mirror; their cursor moves all the same."""

    def apply(real: Any, self: Any, service: Any, page: FeedPage, *rest: Any) -> Any:  # noqa: ANN401 - as its original
        return real(self, service, changed(page), *rest)

    def matters(_self: object, _service: object, page: FeedPage, *_rest: object) -> bool:
        return changed(page) != page

    return around(mirror.Mirror, "apply_page", apply, matters)


def without(kind: ItemOp) -> Plant:
    return _paged(
        lambda page: replace(page, items=tuple(one for one in page.items if one.op is not kind))
    )


def skip_first_of_many() -> Plant:
    """A page of several rows loses its first one."""
    return _paged(
        lambda page: replace(page, items=page.items[1:] if len(page.items) > 1 else page.items)
    )


def known_fields_only() -> Plant:
    """What this program has no name for is left out of the mirror."""
    known = {
        aggregate.value: {field.name for field in fields} for aggregate, fields in RECORDS.items()
    }

    def read(item: FeedItem) -> FeedItem:
        names = known.get(item.type, item.fields.keys())
        fields = {name: value for name, value in item.fields.items() if name in names}
        return replace(item, fields=fields, raw_fields=msgspec.json.encode(fields))

    return _paged(lambda page: replace(page, items=tuple(map(read, page.items))))


def merged_by_name() -> Plant:
    """Central leaves out of a changed record what this program has no name for."""
    real = rules.merge
    known = {aggregate: {field.name for field in fields} for aggregate, fields in RECORDS.items()}

    def merge(body: Body, *rest: Any) -> Any:  # noqa: ANN401 - as its original
        merged, names = real(body, *rest), known[body.rule.aggregate]
        fields = {name: value for name, value in merged.fields.items() if name in names}
        return replace(merged, fields=fields)

    return say(rules, "merge", merge)


def newer_bodies_refused() -> Plant:
    """An older central says no to what it cannot read yet."""

    def newer(_self: object, _received: object, body: Body, *_rest: object) -> bool:
        return body.schema > int(vars(operations)["BODY_SCHEMA"])

    def decide(real: Any, *given: Any) -> Any:  # noqa: ANN401 - as its original
        if newer(*given):
            raise rules.Refusal(Code.NEWER_SCHEMA, "It cannot be read here.")
        return real(*given)

    return around(operations.Operations, "_decide", decide, newer)


def heads(*pairs: tuple[str, str]) -> Plant:
    """Another rule for what may be sent."""
    text = outbox_reads._HEADS
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)

    def watched(met: Met) -> AbstractContextManager[Any]:
        real = OutboxQueries.sendable

        def sendable(self: Any, service: Any, now: Any, limit: int, **more: Any) -> Any:  # noqa: ANN401 - as its original
            given = (service.value, int(more.get("ignore_waiting", False)), now, limit)
            if self._sql.all(text, *given) != self._sql.all(outbox_reads._HEADS, *given):
                met()
            return real(self, service, now, limit, **more)

        return patch.object(OutboxQueries, "sendable", sendable)

    return Plant(lambda: patch.object(outbox_reads, "_HEADS", text), watched)


def attempts(changed: Callable[[Attempt, Any], Attempt]) -> Plant:
    """What leaves the desk is not what is kept there."""

    def marked(done: Any, _pusher: object, _tx: object, chosen: Any) -> Any:  # noqa: ANN401 - as its original
        before = {one.op_id: one for one in chosen}
        return [(changed(one, before.get(one.op_id, built)), built) for one, built in done]

    return behind(Pusher, "_mark_sending", marked)


_fresh = count(1)


def under_a_new_id(attempt: Attempt, before: Any) -> Attempt:  # noqa: ANN401 - a stored operation
    """What is offered again goes as if it were new."""
    if before.state is not OpState.REOFFER:
        return attempt
    number = f"{next(_fresh):012x}"
    op_id = OpId(attempt.op_id[:24] + number)
    sealed = bodies.seal(replace(bodies.read(attempt.raw), op_id=op_id))
    return replace(attempt, op_id=op_id, raw=sealed.raw)


def with_a_space(attempt: Attempt, _before: Any) -> Attempt:  # noqa: ANN401 - a stored operation
    """Written anew at each retry."""
    return replace(attempt, raw=attempt.raw + b" ") if attempt.number > 1 else attempt


def for_nobody() -> Plant:
    """Central forgets who it was."""

    def record(real: Any, self: Any, received: Any, body: Body, *rest: Any, **more: Any) -> Any:  # noqa: ANN401 - as its original
        return real(self, received, replace(body, actor=""), *rest, **more)  # type: ignore[arg-type]  # nobody

    return around(operations.Operations, "_record", record, always)


def counted_in_only() -> Plant:
    """Whoever leaves a view is still counted there."""

    def move(real: Any, sql: Sql, _before: object, after: Any) -> Any:  # noqa: ANN401 - as its original
        return real(sql, (), after)

    def leaves(_sql: Sql, before: object, _after: object) -> bool:
        return bool(before)

    return around(tally, "move", move, leaves)


def children_left_behind() -> Plant:
    """What belongs to a record stays where the record goes."""

    def children(sql: Sql, aggregate: Aggregate, entities: Sequence[int]) -> list[Any]:
        table = SATELLITES.get(aggregate)
        mine = f"FROM ${table} WHERE entity IN (SELECT value FROM json_each(?))"
        return sql.all(f"SELECT * {mine}", listed(entities)) if table else []

    def remove(real: Any, sql: Sql, aggregate: Aggregate, entities: Sequence[int]) -> None:  # noqa: ANN401 - as its original
        rows = children(sql, aggregate, entities)
        real(sql, aggregate, entities)
        for row in rows:
            table = SATELLITES[aggregate]
            sql.run(f"INSERT INTO ${table} VALUES ({', '.join('?' * len(row))})", *row)

    def has_some(*given: Any) -> bool:  # noqa: ANN401 - as `children`
        return bool(children(*given))

    return around(records, "remove", remove, has_some)


def bytes_moved_by_an_upgrade() -> Plant:
    """A migration writes the operations anew."""

    def run(real: Any, connection: Connection, direction: str, revision: str) -> None:  # noqa: ANN401 - as its original
        real(connection, direction, revision)
        if direction == "upgrade":
            connection.exec_driver_sql("UPDATE outbox SET raw = CAST(raw || ' ' AS BLOB)")

    return around(migrate, "run", run, always)


def without_a_term(attempt: Attempt, _before: Any) -> Attempt:  # noqa: ANN401 - a stored operation
    """Whatever history is there now takes it."""
    return replace(attempt, expected_term=None)


async def trusting(state: ServiceState, *_missed: object) -> None:
    """What the mirror has passed counts as seen there, without a question."""

    def write(tx: WriteTx) -> None:
        feed, now = tx.feed_state(state.service), state.tools.clock.now()
        if feed.position is not None and not feed.snapshot_running:
            for one in tx.outbox.unproven(state.service, feed.position):
                event = OpEvent.BURNED if one.state is OpState.WITHDRAWN else OpEvent.PASSED
                tx.outbox.event(one.op_id, event, EventDetail(now))

    await state.tools.store.write(write, by_person=False)


async def burned_for_good(
    state: ServiceState, operation: StoredOperation, known: Verdict | None
) -> tuple[OpEvent, Verdict | None]:
    """What one history has burned counts as burned in every other one."""
    del state, operation
    return OpEvent.BURNED, known


def unseeded_ids(_seed: int) -> SeededIds:
    """Names that no seed decides."""
    return SeededIds(Random().randrange(1 << 60))


def one_at_a_time() -> Plant:
    """All services of a desk wait for one another."""
    real = Pusher.drain
    locks: dict[int, asyncio.Lock] = {}

    async def drain(self: Any) -> None:  # noqa: ANN401 - any JSON, or a stand-in's own types
        lock = locks.setdefault(id(self._tools), asyncio.Lock())
        async with lock:
            await real(self)

    return give(Pusher, "drain", drain)


def always(*_given: object, **_more: object) -> bool:
    return True


async def nothing(*_given: object) -> None:
    return None


async def all_well(*_given: object) -> bool:
    return True


def overwrite(body: Body, present: Any, changed_by: Any) -> Any:  # noqa: ANN401 - as the rules' merge
    """Whoever comes last is right."""
    from app.central.reference.rules import Merged, _moved
    from app.domain.projection import lay_over

    del changed_by
    laid = lay_over(present, body)
    return Merged(laid, (), _moved(present or {}, laid))
