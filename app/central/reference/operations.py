"""One operation: checked, merged, recorded with its effect in one transaction, answered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, bindparam, insert, select

from app.central.contract import bodies, wire
from app.central.contract.routes import PROBLEM_BASE, Code
from app.central.reference import approvals, authors, merging, rules
from app.central.reference.database import insert_new, operation, reference
from app.central.reference.history import History, advance, standing
from app.central.reference.organisation import Organisation
from app.central.reference.records import Kept, Origin, Records, Version
from app.central.reference.rules import Merged, NotHere, Refusal
from app.central.reference.system import Surroundings
from app.domain.central_services import SERVICE_OF, Aggregate
from app.domain.configuration import Configuration
from app.domain.feed import Position
from app.domain.ids import DeskId, Millis, OpId
from app.domain.operations import BODY_SCHEMA, KINDS, Body, Effect, FieldConflict, Json
from app.domain.proposals import aliases_from, entry_from
from app.domain.tickets import Status
from app.domain.times import from_rfc3339, to_rfc3339

_RETRY_AFTER_S = 2.0
_NO_TARGET = "Its target is not here yet."
WITHDRAWN = "withdrawn"

_KNOWN = select(operation.c.digest, operation.c.verdict).where(
    operation.c.op_id == bindparam("op_id_")
)
_SEEN = select(operation.c.service).where(operation.c.op_id == bindparam("op_id_"))
_IN_PLACE_OF = select(operation.c.op_id).where(operation.c.supersedes == bindparam("op_id_"))
_TAKEN_PLACE_OF = _IN_PLACE_OF.where(operation.c.effect == 1)
_BY_REFERENCE = select(reference.c.ticket).where(reference.c.reference == bindparam("ref"))
_NOTE = insert(operation)


class OtherBody(Exception):
    """The id is known with other bytes."""


@dataclass(frozen=True, slots=True)
class Received:
    """An attempt as it arrived."""

    service: str
    raw: bytes
    at: Millis
    enrolled_at: Millis
    desk: DeskId
    receipt: str | None = None
    """Central's own, where the operation was accepted in a former history."""


class Operations:
    """Applies operations within a caller's transaction."""

    def __init__(
        self,
        connection: Connection,
        surroundings: Surroundings,
        configuration: Configuration,
        organisation: Organisation,
    ) -> None:
        self._organisation = organisation
        self._connection = connection
        self._configuration = configuration
        self._surroundings = surroundings
        self._records = Records(connection, surroundings)

    def receive(self, received: Received, here: History) -> wire.Verdict:
        """The verdict, the same for the same id for ever. Raises OtherBody, ValueError.

        The caller holds the service's row.
        """
        body = bodies.read(received.raw)
        if any("\0" in name for name in _names_in(body)):
            raise ValueError("a name with a NUL in it")
        digest = hashlib.sha256(received.raw).hexdigest()
        known = self._known(body.op_id, digest)
        if known is not None:
            return known
        try:
            return self._decide(received, body, digest, here)
        except NotHere as early:
            problem = _problem(body, Refusal(early.code, str(early)))
            return self._verdict(
                body, "deferred", here, problem=problem, retry_after=_RETRY_AFTER_S
            )
        except Refusal as refusal:
            verdict = self._verdict(body, "rejected", here, problem=_problem(body, refusal))
            return self._record(received, body, digest, verdict, effect=False)

    def _known(self, op_id: str, digest: str) -> wire.Verdict | None:
        found = self._connection.execute(_KNOWN, {"op_id_": op_id}).first()
        if found is None:
            return None
        if found.digest not in (digest, WITHDRAWN):
            raise OtherBody
        verdict = msgspec.json.decode(found.verdict, type=wire.Verdict)
        if verdict.outcome == "applied":
            return msgspec.structs.replace(verdict, outcome="duplicate")
        return verdict

    def verdict_of(self, op_id: str) -> wire.Verdict | None:
        """What was said of an operation; None where it was never seen."""
        found = self._connection.execute(_KNOWN, {"op_id_": op_id}).first()
        return None if found is None else msgspec.json.decode(found.verdict, type=wire.Verdict)

    def withdraw(self, service: str, op_id: str, at: Millis) -> wire.WithdrawalAnswer:
        """Burn an id that has no verdict yet; else say which verdict came first.

        It takes a position of its own: where history is lost, a desk knows that it went as well.
        """
        here = standing(self._connection, service, lock=True)
        verdict = self.verdict_of(op_id)
        if verdict is None:
            position = advance(self._connection, service, self._surroundings)
            refusal = Refusal(Code.WITHDRAWN, "The desk took it back before it arrived.")
            verdict = wire.Verdict(
                op_id, "rejected", here.term_id, position=wire.Position(position.term, position.n),
                problem=_problem_of(op_id, refusal),
            )  # fmt: skip
            self._connection.execute(
                insert(operation).values(
                    op_id=op_id, service=service, kind="", target="", digest=WITHDRAWN,
                    outcome="rejected", effect=0, verdict=msgspec.json.encode(verdict).decode(),
                    received_at=at,
                )
            )  # fmt: skip
        burned = _is_burned(verdict)
        return wire.WithdrawalAnswer(op_id=op_id, withdrawn=burned, verdict=verdict)

    # --- deciding --------------------------------------------------------------------------

    def _decide(self, received: Received, body: Body, digest: str, here: History) -> wire.Verdict:
        if body.schema > BODY_SCHEMA:
            sentence = "This central is older than the program that wrote it."
            raise NotHere(sentence, Code.NEWER_SCHEMA)
        self._check_place(body)
        rule = KINDS.get(body.kind)
        owner = SERVICE_OF[rule.aggregate].value if rule else ""
        person = self._configuration.person(body.actor)
        rules.check_kind(body, received.service, owner)
        if not (body.rule.signed and self._was_accepted(received, body, digest)):
            rules.check(body, person)
        self._check_order(body)
        target = self._target(body)
        present = self._records.get(target)
        if present is None and body.rule.effect is not Effect.CREATE:
            raise NotHere(_NO_TARGET)
        return self._apply(received, body, digest, target, present, here)

    def _was_accepted(self, received: Received, body: Body, digest: str) -> bool:
        """Whether a signed decision had been accepted before; its signature is checked here."""
        desk = received.desk
        if body.desk != desk and self._organisation.took_over(desk, body.desk):
            desk = body.desk
        presented = approvals.Presented(body, received.raw, digest, received.receipt, desk)
        if approvals.was_accepted(presented, self._organisation.public_key()):
            return True
        approvals.check_person(presented, self._configuration.person(body.actor))
        return False

    def _check_place(self, body: Body) -> None:
        """Raise Refusal where a person has given the operation's place to another one.

        Only a copy from before that can still send it: a restored desk, or a journal. One whose
        successor was refused may come: the words of both would be lost else.
        """
        if self._connection.execute(_TAKEN_PLACE_OF, {"op_id_": body.op_id}).scalar() is not None:
            raise Refusal(Code.SUPERSEDED, "Another operation has taken its place.")

    def _check_order(self, body: Body) -> None:
        """Raise NotHere where something has to come first inside the service."""
        for op_id in (*body.depends_on, *([body.after] if body.after else [])):
            if not self._is_decided(op_id):
                raise NotHere("An operation it builds on is not here yet.")

    def _is_decided(self, op_id: str) -> bool:
        """Whether it has its verdict, or one that a person put in its place has (contract.md)."""
        followed = {op_id}
        at: str | None = op_id
        while at is not None:
            if self._connection.execute(_SEEN, {"op_id_": at}).scalar() is not None:
                return True
            at = self._connection.execute(_IN_PLACE_OF, {"op_id_": at}).scalar()
            if at in followed:
                return False
        return False

    def _target(self, body: Body) -> str:
        if isinstance(body.target, str):
            return body.target
        found: str | None = self._connection.execute(_BY_REFERENCE, body.target).scalar()
        if found is None:
            raise NotHere(_NO_TARGET)
        return found

    def _apply(
        self,
        received: Received,
        body: Body,
        digest: str,
        target: str,
        present: Kept | None,
        here: History,
    ) -> wire.Verdict:
        self._check_target(body, target, present)
        before: dict[str, Json] | None = json.loads(present["fields"]) if present else None
        if approvals.is_decision(body):
            approvals.check_decision(body, before or {})
            self._check_entry_id(body)
        kept = present["authors"] if present else authors.NOBODY
        merged = rules.merge(body, before, lambda: authors.by_field(kept))
        if present is not None and body.rule.effect in (Effect.MERGE, Effect.UNMERGE):
            merged = merging.merged(body, present, before or {}, merged)
        fields = merged.fields
        if body.rule.effect is Effect.CREATE:
            self._complete(received, body, fields)
            self._claim_reference(body, fields, target)
        rev, position = self._write(received, body, target, merged, present)
        outcome = "applied_with_conflicts" if merged.conflicts else "applied"
        verdict = self._verdict(
            body, outcome, History(position, here.term_id), rev=rev, conflicts=merged.conflicts
        )
        if parallel := self._parallel(body, present):
            verdict = msgspec.structs.replace(verdict, parallel=parallel)
        if body.rule.signed:
            receipt = self._organisation.receipt_for(body.op_id, digest)
            verdict = msgspec.structs.replace(verdict, receipt=receipt)
        return self._record(received, body, digest, verdict, effect=True, target=target)

    def _parallel(self, body: Body, present: Kept | None) -> list[wire.Parallel]:
        """Other fields that somebody else has changed since the person saw the record."""
        if body.rule.effect is not Effect.SET or body.base_rev is None or present is None:
            return []
        if present["rev"] <= body.base_rev:
            return []
        since = self._records.made_at(present["id"], body.base_rev)
        return [
            wire.Parallel(field, by, to_rfc3339(at))
            for field, (by, at) in authors.by_field(present["authors"]).items()
            if since is not None and at > since and by != body.actor and field not in body.changes
        ]

    def _check_target(self, body: Body, target: str, present: Kept | None) -> None:
        if present is not None and present["type"] != body.rule.aggregate:
            raise Refusal(Code.INVALID_FIELD, "Its target is a record of another kind.")
        if present is not None and present["op"] == "tombstone":
            raise Refusal(Code.DELETED, "It was deleted at central.")
        if present is not None and body.rule.effect is Effect.CREATE:
            raise Refusal(Code.ALREADY_EXISTS, "There is a record with that id already.")
        if body.rule.effect is Effect.MERGE:
            merging.check(self._connection, self._records, body, target)

    def _check_entry_id(self, body: Body) -> None:
        wanted = body.changes.get("entry_id")
        if wanted is not None and self._records.get(str(wanted.new)) is not None:
            raise Refusal(Code.ALREADY_EXISTS, "There is a record with that id already.")

    def _complete(self, received: Received, body: Body, fields: dict[str, Json]) -> None:
        """What central adds to a new record: when it came, and the call's time within reason."""
        if body.rule.aggregate is Aggregate.CONTACT:
            for name in ("started", "ended"):
                if isinstance(fields.get(name), str):
                    self._clamp(received, body, fields, name)
        if body.rule.aggregate is not Aggregate.TICKET:
            return
        fields.setdefault("happened_at", to_rfc3339(body.happened_at))
        if not isinstance(fields["happened_at"], str):
            fields["happened_at"] = to_rfc3339(body.happened_at)
        moved = self._clamp(received, body, fields, "happened_at")
        if moved and isinstance(fields.get("due"), str):
            # It was reckoned from the time that was wrong.
            fields["due"] = to_rfc3339(Millis(from_rfc3339(str(fields["due"])) + moved))
        fields["received_at"] = to_rfc3339(received.at)
        fields.setdefault("status", str(Status.NEW))

    def _clamp(self, received: Received, body: Body, fields: dict[str, Json], name: str) -> int:
        """Within [enrolment, received]; where that moves a time, the record says so. By how much,
        where that is more than clocks differ.

        The enrolment is that of the desk which decided it, also where another one took it over.
        """
        at = from_rfc3339(str(fields[name]))
        since = received.enrolled_at
        if body.desk != received.desk and self._organisation.took_over(received.desk, body.desk):
            since = self._organisation.enrolled_at(body.desk)
        clamped = min(max(at, since), received.at)
        fields[name] = to_rfc3339(Millis(clamped))
        if abs(clamped - at) <= _UNCERTAIN:
            return 0
        fields["time_uncertain"] = True
        return clamped - at

    def _claim_reference(self, body: Body, fields: dict[str, Json], target: str) -> None:
        text = fields.get("reference")
        if body.rule.aggregate is not Aggregate.TICKET or not isinstance(text, str):
            return
        claim = insert_new(self._connection, reference)
        self._connection.execute(claim, {"reference": text, "ticket": target})
        holder = self._connection.execute(_BY_REFERENCE, {"ref": text}).scalar_one()
        if holder != target:
            raise Refusal(Code.ALREADY_EXISTS, "Another ticket carries that reference.")

    def _write(
        self, received: Received, body: Body, target: str, merged: Merged, present: Kept | None
    ) -> tuple[int, Position]:
        """The record's new version and all that comes with it; its rev, and the last position."""
        origin = Origin(received.service, body.op_id, body.actor, received.at)
        type_ = body.rule.aggregate.value
        version = Version(type_, target, merged.fields, merged.touched)
        rev, position = self._records.write(origin, version, present)
        if "merged_into" in merged.touched:
            into = merged.fields.get("merged_into")
            further = None if into is None else str(into)
            position = self._records.redirect(origin, type_, target, further)
        if body.kind == "proposal.approve":
            position = self._enter(origin, merged.fields, target)
        return rev, position

    def _enter(self, origin: Origin, proposal: dict[str, Json], proposal_id: str) -> Position:
        """An approved proposal is in the catalog from the same moment, and found by its words."""
        entry = entry_from(proposal)
        type_ = Aggregate.CATALOG_ENTRY.value
        version = Version(type_, str(proposal["entry_id"]), entry, list(entry))
        position = self._records.write(origin, version, None)[1]
        for at, alias in enumerate(aliases_from(proposal)):
            named = f"alias {at} of {proposal_id}" if at else f"alias of {proposal_id}"
            alias_id = hashlib.sha256(named.encode()).hexdigest()[:32]
            words = Version(Aggregate.ALIAS.value, alias_id, alias, list(alias))
            position = self._records.write(origin, words, self._records.get(alias_id))[1]
        return position

    # --- answering -------------------------------------------------------------------------

    def _verdict(
        self,
        body: Body,
        outcome: str,
        here: History,
        *,
        rev: int | None = None,
        conflicts: tuple[FieldConflict, ...] = (),
        problem: wire.Problem | None = None,
        retry_after: float | None = None,
    ) -> wire.Verdict:
        position = wire.Position(here.position.term, here.position.n)
        return wire.Verdict(
            op_id=body.op_id,
            outcome=outcome,  # type: ignore[arg-type]  # one of the five words
            term_id=here.term_id,
            rev=rev,
            position=position if rev is not None else None,
            conflicts=[_conflict(one) for one in conflicts],
            problem=problem,
            retry_after=retry_after,
        )

    def _record(
        self,
        received: Received,
        body: Body,
        digest: str,
        verdict: wire.Verdict,
        *,
        effect: bool,
        target: str = "",
    ) -> wire.Verdict:
        values = {
            "op_id": body.op_id,
            "service": received.service,
            "kind": body.kind,
            "target": target,
            "digest": digest,
            "outcome": verdict.outcome,
            "effect": int(effect),
            "actor": body.actor,
            "supersedes": body.supersedes,
            "verdict": msgspec.json.encode(verdict).decode(),
            "received_at": received.at,
        }
        self._connection.execute(_NOTE, values)
        return verdict


_UNCERTAIN = 60_000


def _names_in(body: Body) -> list[str]:
    """What goes into columns of its own, where PostgreSQL takes no NUL."""
    given = body.changes.get("reference")
    target = body.target if isinstance(body.target, str) else body.target["ref"]
    return [body.kind, body.actor, target, *body.changes, str(given.new if given else "")]


def _is_burned(verdict: wire.Verdict) -> bool:
    return verdict.problem is not None and verdict.problem.type == PROBLEM_BASE + Code.WITHDRAWN


def _conflict(one: FieldConflict) -> wire.Conflict:
    at = to_rfc3339(one.at) if one.at is not None else None
    return wire.Conflict(one.field, one.base, one.mine, one.theirs, one.by, at)


def _problem(body: Body, refusal: Refusal) -> wire.Problem:
    return _problem_of(body.op_id, refusal)


def _problem_of(op_id: str, refusal: Refusal) -> wire.Problem:
    return wire.Problem(
        type=PROBLEM_BASE + refusal.code,
        title=refusal.sentence,
        status=422,
        detail=refusal.sentence,
        op_id=op_id,
    )


def effects(connection: Connection) -> dict[str, list[tuple[OpId, str]]]:
    """For each record the operations that had an effect on it, in order, each with its kind."""
    found: dict[str, list[tuple[OpId, str]]] = {}
    rows = connection.execute(
        select(operation.c.target, operation.c.op_id, operation.c.kind)
        .where(operation.c.effect == 1)
        .order_by(operation.c.received_at, operation.c.op_id)
    )
    for target, op_id, kind in rows:
        found.setdefault(target, []).append((OpId(op_id), kind))
    return found
