"""The outbox in people's hands: what waits, try again, edit, withdraw, undo."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.central.contract import bodies
from app.domain.central_services import Aggregate
from app.domain.errors import CentralUnavailable, NotFound, Refused
from app.domain.feed import Verdict
from app.domain.ids import EntityId, OpId
from app.domain.lifecycle import LIFE, TARGET_MISSING, OpEvent, OpState
from app.domain.operations import KINDS, Body, Effect, FieldChange, Json, Outcome
from app.domain.people import Permission, Person
from app.domain.proposals import DECISIONS
from app.domain.tickets import Status
from app.domain.views import OutboxCounts, OutboxRow
from app.ports.central import Central, SignInNeeded
from app.ports.store import HELD, EventDetail, ReadTx, StoredOperation, WriteTx
from app.services.claim_work import require_dispatchable
from app.services.decisions import Decided, Decision, decide, decide_once, masked
from app.services.desk import Desk, require
from app.services.field_values import replacing_values
from app.services.merging import require_mergeable
from app.services.outbox_refusals import not_edited, not_withdrawn

_REPLACEABLE = frozenset(state for state, event in LIFE if event is OpEvent.EDITED)


def held_services(tx: ReadTx) -> Sequence[str]:
    """Those the setting lists."""
    kept = tx.desk.setting(HELD)
    return [str(one) for one in kept] if isinstance(kept, list) else []


class Outgoing:
    """The outbox view's service."""

    def __init__(self, desk: Desk, central: Central | None) -> None:
        self._desk = desk
        self._central = central

    async def rows(self) -> Sequence[OutboxRow]:
        """Everything not settled, withdrawn or superseded, oldest first."""
        return await self._desk.store.read(lambda tx: tx.outbox.rows())

    async def counts(self) -> OutboxCounts:
        return await self._desk.store.read(lambda tx: tx.outbox.counts())

    async def held(self) -> Sequence[str]:
        """Services whose restored operations wait until central has said which ids it knows."""
        return await self._desk.store.read(held_services)

    async def release(self, person: Person) -> Sequence[str]:
        """Let what a restore holds back go without asking central first; the services it was.

        Raises NotAllowed.
        """
        require(person, Permission.TAKE_CALLS)

        def write(tx: WriteTx) -> Sequence[str]:
            services = held_services(tx)
            tx.desk.set_setting(HELD, [])
            return services

        return await self._desk.store.write(write)

    async def withdraw(self, op_id: str, person: Person) -> OpState:
        """Take an operation back: here if it was never sent, else by burning its id at central.

        What was never sent and builds on it is built anew without it; what belongs to a record
        that will never be goes too, and a conflict that it settled needs a person again. Raises
        NotFound, Refused once central has applied it, CentralUnavailable while nobody can say
        whether it arrived.
        """
        stored = await self._stored(op_id, person)
        if (stored.state, OpEvent.WITHDRAWN) not in LIFE:
            raise not_withdrawn(stored.state)
        burned = await self._burn(stored) if _may_be_at_central(stored) else None
        if burned is not None and burned.outcome is not Outcome.REJECTED:
            await self._record(op_id, burned)
            raise Refused("Central had applied it before.", todo="Change the ticket instead.")
        for named in await self._desk.store.read(lambda tx: _awaited(tx, stored)):
            await self._burn(named)
        await self._desk.store.write(lambda tx: self._take_out(tx, stored, burned))
        return OpState.WITHDRAWN

    def _take_out(self, tx: WriteTx, stored: StoredOperation, burned: Verdict | None) -> None:
        if burned is None:
            _require_unmoved(tx, stored)
        detail = EventDetail(self._desk.wall.now())
        body = bodies.read(stored.raw)
        present = tx.outbox.get(stored.op_id)
        if present is None or (present.state, OpEvent.WITHDRAWN) not in LIFE:
            raise not_withdrawn(present.state if present else OpState.SETTLED)
        tx.outbox.event(stored.op_id, OpEvent.WITHDRAWN, replace(detail, verdict=burned))
        _reopen(tx, body)
        self._rebuild_dependents(tx, stored, None)
        if body.rule.effect is not Effect.CREATE:
            self._rebuild_followers(tx, stored, body.after)
            return
        for follower in tx.outbox.followers(stored.op_id):
            if not follower.attempts and (follower.state, OpEvent.WITHDRAWN) in LIFE:
                tx.outbox.event(follower.op_id, OpEvent.WITHDRAWN, detail)

    async def replace(self, op_id: str, wanted: Mapping[str, Json], person: Person) -> Decided:
        """A new operation takes the old one's place, with other values or as it stands.

        Values are checked as where they are set. Followers that were never sent are rebuilt on it.
        Raises NotFound, Refused, NotAllowed, Invalid.
        """
        stored = await self._stored(op_id, person)
        if stored.state not in _REPLACEABLE or (
            stored.attempts and stored.state is not OpState.PARKED
        ):
            raise not_edited(stored.state)
        new_id = OpId(self._desk.ids.new_id())
        body = bodies.read(stored.raw)
        if body.rule.aggregate is Aggregate.TICKET and wanted.get("status") == Status.SCHEDULED:
            # Claims are derived from many payments, so not while the writer waits.
            await self._desk.store.read(
                lambda tx: require_dispatchable(self._desk, tx, EntityId(body.lane))
            )

        def write(tx: WriteTx) -> Decided:
            _require_unmoved(tx, stored)
            record = _record_of(tx, body)
            values = replacing_values(self._desk, body, record, wanted)
            fresh = replace(
                _edited(body, record, values),
                op_id=new_id,
                actor=person.id,
                base_rev=_rev(tx, body),
                supersedes=stored.op_id,
            )
            state = tx.outbox.replace(op_id, bodies.seal(fresh), self._desk.wall.now())
            self._rebuild_followers(tx, stored, new_id)
            self._rebuild_dependents(tx, stored, new_id)
            return Decided(new_id, state)

        return await decide_once(self._desk, new_id, write)

    def _rebuild_followers(self, tx: WriteTx, old: StoredOperation, new: OpId | None) -> None:
        """Later operations of the lane that name the old one come after the new one instead."""
        before, now_before = _named_as(tx, old), new
        for follower in tx.outbox.followers(old.op_id):
            body = bodies.read(follower.raw)
            if follower.attempts or body.after not in before or follower.state not in _REPLACEABLE:
                continue
            before = {follower.op_id}
            now_before = self._rebuilt(tx, follower, replace(body, after=now_before))

    def _rebuild_dependents(self, tx: WriteTx, old: StoredOperation, new: OpId | None) -> None:
        """Operations of other lanes that wait for the old one wait for the new one, or nobody."""
        names = _named_as(tx, old)
        for row in tx.outbox.rows():
            other = tx.outbox.get(row.op_id)
            if other is None or other.attempts or other.state not in _REPLACEABLE:
                continue
            body = bodies.read(other.raw)
            if not names.isdisjoint(body.depends_on):
                named = (new if one in names else one for one in body.depends_on)
                kept = tuple(one for one in named if one is not None)
                self._rebuilt(tx, other, replace(body, depends_on=kept))

    def _rebuilt(self, tx: WriteTx, old: StoredOperation, body: Body) -> OpId:
        fresh = OpId(self._desk.ids.new_id())
        sealed = bodies.seal(replace(body, op_id=fresh, supersedes=old.op_id))
        tx.outbox.replace(old.op_id, sealed, self._desk.wall.now())
        return fresh

    async def undo(self, op_id: str, person: Person) -> None:
        """Take back what central has not applied, else decide the inverse.

        What met another value at central never took effect: taking it back leaves that value and
        ends the conflict. A conflict that it settled needs a person again. What may be under way
        is burned at central; while nobody can say whether it arrived, the inverse waits behind it.
        Where another one has taken its place, that one is taken back. Raises Refused for what has
        no inverse (a note that was sent), CentralUnavailable where that may still be taken back
        later.
        """
        present = await self._desk.store.read(lambda tx: tx.outbox.in_place_of(op_id))
        op_id = present.op_id if present is not None else op_id
        stored = await self._stored(op_id, person)
        if stored.state is OpState.WITHDRAWN:
            raise not_withdrawn(stored.state)
        if (stored.state, OpEvent.WITHDRAWN) in LIFE:
            is_awaited = await self._desk.store.read(lambda tx: bool(_awaited(tx, stored)))
            if not is_awaited and not _may_be_at_central(stored):
                await self._withdraw_with_followers(stored)
                return
            try:
                await self.withdraw(op_id, person)
            except Refused:
                pass  # its verdict has arrived: the inverse is what is left
            except CentralUnavailable:
                if inverse(bodies.read(stored.raw)) is None:
                    raise
            else:
                return
        await self._decide_inverse(bodies.read(stored.raw), person)

    async def _decide_inverse(self, body: Body, person: Person) -> None:
        found = inverse(body)
        if found is None or not isinstance(body.target, str):
            raise Refused("It was sent and cannot be undone.", todo="Add a note instead.")
        kind, changes, entry = found
        if KINDS[kind].effect is Effect.MERGE and entry is not None:
            aggregate, one, into = body.rule.aggregate, body.target, str(entry["into"])
            await self._desk.store.read(
                lambda tx: require_mergeable(self._desk, tx, aggregate, one, into)
            )
        decision = Decision(
            kind, body.target, OpId(self._desk.ids.new_id()), changes=changes, entry=entry
        )
        disputed: set[str] = set()

        def write(tx: WriteTx) -> Decided:
            disputed.update(_disputed(tx, body.op_id))  # a second try finds none any more
            if not disputed:
                _reopen(tx, body)
                return decide(self._desk, tx, person, decision)
            tx.outbox.conflict_decided(body.op_id, self._desk.wall.now())
            applied = _applied(body, changes, frozenset(disputed))
            if not applied:
                return Decided(body.op_id, OpState.SETTLED)
            return decide(self._desk, tx, person, replace(decision, changes=applied))

        await decide_once(self._desk, decision.op_id, write)

    async def _withdraw_with_followers(self, stored: StoredOperation) -> None:
        """One act of a person may be several operations: those that depend on it go too."""
        at = self._desk.wall.now()

        def write(tx: WriteTx) -> None:
            _require_unmoved(tx, stored)
            for row in tx.outbox.rows():
                other = tx.outbox.get(row.op_id)
                if other is None or not other.raw:
                    continue  # erased: nothing in it needs anything any more
                if stored.op_id in bodies.read(other.raw).depends_on:
                    tx.outbox.event(other.op_id, OpEvent.WITHDRAWN, EventDetail(at))
            tx.outbox.event(stored.op_id, OpEvent.WITHDRAWN, EventDetail(at))
            _reopen(tx, bodies.read(stored.raw))

        await self._desk.store.write(write)

    async def _stored(self, op_id: str, person: Person) -> StoredOperation:
        stored = await self._desk.store.read(lambda tx: tx.outbox.get(op_id))
        if stored is None:
            raise NotFound("There is no such operation in the outbox.", safe="Nothing was changed.")
        if not stored.raw:
            raise NotFound("That operation is not on this computer any more.")
        require(person, bodies.read(stored.raw).rule.permission)
        return stored

    async def _burn(self, stored: StoredOperation) -> Verdict:
        if self._central is None:
            raise CentralUnavailable("Central is not connected.")
        try:
            return await self._central.withdraw(stored.service, stored.op_id)
        except (CentralUnavailable, SignInNeeded) as error:
            raise CentralUnavailable(
                "It may be at central already, or awaited there, and central does not answer.",
                cause=getattr(error, "cause", ""),
                safe="It stays in the outbox.",
                todo="Withdraw it again when central is back.",
            ) from error

    async def _record(self, op_id: str, verdict: Verdict) -> None:
        """What central said before, unless the engine has heard it in the meantime."""
        event, detail = (
            _EVENT_OF[verdict.outcome],
            EventDetail(self._desk.wall.now(), verdict=verdict),
        )

        def write(tx: WriteTx) -> None:
            stored = tx.outbox.get(op_id)
            if stored is not None and (stored.state, event) in LIFE:
                tx.outbox.event(op_id, event, detail)

        await self._desk.store.write(write)


def _awaited(tx: ReadTx, stored: StoredOperation) -> list[StoredOperation]:
    """What central never had and waits for: it, or what it took the place of, where something
    that was sent names that as the one before it. Burned ids are waited for no more.
    """
    if stored.state is OpState.PARKED and not _may_be_at_central(stored):
        return []
    sent = (one for one in tx.outbox.followers(stored.op_id) if one.attempts and one.raw)
    named = {bodies.read(one.raw).after for one in sent}
    unheard = [stored, *_took_the_place_of(tx, stored)]
    return [one for one in unheard if one.op_id in named and not _may_be_at_central(one)]


def _named_as(tx: ReadTx, stored: StoredOperation) -> set[OpId]:
    """The ids by which what was decided behind it may name it, in its lane or in others."""
    return {stored.op_id, *(one.op_id for one in _took_the_place_of(tx, stored))}


def _took_the_place_of(tx: ReadTx, stored: StoredOperation) -> list[StoredOperation]:
    """Those before it in its place that never left; central knows nothing of them."""
    found: list[StoredOperation] = []
    at = bodies.read(stored.raw).supersedes
    while at is not None and (former := tx.outbox.get(at)) is not None and not former.attempts:
        found.append(former)
        at = bodies.read(former.raw).supersedes
    return found


def _reopen(tx: WriteTx, body: Body) -> None:
    """The conflicts that a decision settled; it names their operation, which is in its lane."""
    for op_id in body.depends_on:
        settled = tx.outbox.get(op_id)
        if settled is not None and settled.lane == body.lane:
            tx.outbox.conflict_reopened(op_id)


def _may_be_at_central(stored: StoredOperation) -> bool:
    """Whether an attempt of it may still be on its way; what central has refused is not."""
    refused = stored.state is OpState.PARKED and stored.reason != TARGET_MISSING
    return bool(stored.attempts) and not refused


def _require_unmoved(tx: WriteTx, stored: StoredOperation) -> None:
    """Raise Refused where the engine has sent the operation since it was looked at."""
    present = tx.outbox.get(stored.op_id)
    if present is None or (present.state, present.attempts) != (stored.state, stored.attempts):
        raise not_edited(OpState.SENDING)


_EVENT_OF = {
    Outcome.APPLIED: OpEvent.APPLIED,
    Outcome.APPLIED_WITH_CONFLICTS: OpEvent.APPLIED,
    Outcome.DUPLICATE: OpEvent.APPLIED,
    Outcome.DEFERRED: OpEvent.DEFERRED,
    Outcome.REJECTED: OpEvent.REJECTED,
}


def _record_of(tx: ReadTx, body: Body) -> Mapping[str, Json]:
    """The target as projected; empty where it is not on this computer."""
    if not isinstance(body.target, str):
        return {}
    record = tx.record(Aggregate(body.rule.aggregate), body.target)
    return record[0] if record else {}


def _edited(body: Body, record: Mapping[str, Json], wanted: Mapping[str, Json]) -> Body:
    """The body with other values; a field it did not touch starts from what stands there now."""
    if body.rule.effect is Effect.APPEND and body.entry is not None:
        return replace(
            body, entry={**body.entry, **{name: masked(v) for name, v in wanted.items()}}
        )
    changes = dict(body.changes)
    for name, value in wanted.items():
        base = changes[name].base if name in changes else _base(body, record, name)
        changes[name] = FieldChange(base, masked(value))
    return replace(body, changes=changes)


def _base(body: Body, record: Mapping[str, Json], name: str) -> Json:
    return None if body.rule.effect is Effect.CREATE else record.get(name)


def _rev(tx: WriteTx, body: Body) -> int | None:
    if not isinstance(body.target, str):
        return None
    record = tx.record(Aggregate(body.rule.aggregate), body.target)
    return record[1] if record else None


def _disputed(tx: ReadTx, op_id: OpId) -> Iterable[str]:
    """Its fields that nobody has decided about."""
    return (one.conflict.field for one in tx.conflicts() if one.op_id == op_id)


def _applied(
    body: Body, back: Mapping[str, FieldChange], disputed: frozenset[str]
) -> dict[str, FieldChange]:
    """Of the inverse, what puts back something that central has taken of an edit in conflict."""
    if body.rule.effect is not Effect.SET:
        return {}
    left_out = disputed | body.rule.stamps
    return {name: one for name, one in back.items() if name not in left_out}


Inverse = tuple[str, dict[str, FieldChange], "dict[str, Json] | None"]
"""Kind, changes and entry of an operation."""


def inverse(body: Body) -> Inverse | None:
    """What puts things back as they were before; None where nothing does."""
    aggregate, status = body.rule.aggregate, body.changes.get("status")
    into = (body.entry or {}).get("into")
    match body.rule.effect:
        case Effect.SET if body.kind not in DECISIONS:
            back = {name: FieldChange(one.new, one.base) for name, one in body.changes.items()}
            return body.kind, back, None
        case Effect.CREATE if body.kind == "ticket.create":
            gone = FieldChange(status.new if status else None, "cancelled")
            return "ticket.set", {"status": gone}, None
        case Effect.CREATE if body.kind == "alias.create":
            entry = body.changes.get("entry_id")
            no_more = FieldChange(entry.new if entry else None, None)
            return "alias.set", {"entry_id": no_more}, None
        case Effect.MERGE:
            return f"{aggregate}.unmerge", {"merged_into": FieldChange(into, None)}, None
        case Effect.UNMERGE:
            before = body.changes["merged_into"].base if "merged_into" in body.changes else None
            return (f"{aggregate}.merge", {}, {"into": before}) if before else None
        case _:
            return None
