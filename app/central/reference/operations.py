"""One operation: checked, merged, recorded with its effect in one transaction, answered."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, insert, select

from app.central.contract import bodies, wire
from app.central.contract.routes import PROBLEM_BASE, Code
from app.central.reference import rules
from app.central.reference.database import (
    history,
    insert_new,
    operation,
    reference,
    row,
    upsert,
)
from app.central.reference.history import History, advance, standing
from app.central.reference.rules import Refusal
from app.central.reference.system import Surroundings
from app.domain.central_services import SERVICE_OF, Aggregate
from app.domain.configuration import Configuration
from app.domain.feed import Position
from app.domain.ids import Millis, OpId
from app.domain.operations import KINDS, Body, Effect, FieldConflict, Json
from app.domain.tickets import Status
from app.domain.times import from_rfc3339, to_rfc3339

_RETRY_AFTER_S = 2.0
WITHDRAWN = "withdrawn"


class OtherBody(Exception):
    """The id is known with other bytes."""


@dataclass(frozen=True, slots=True)
class Received:
    """An attempt as it arrived."""

    service: str
    raw: bytes
    at: Millis
    enrolled_at: Millis


class Operations:
    """Applies operations within a caller's transaction."""

    def __init__(
        self, connection: Connection, surroundings: Surroundings, configuration: Configuration
    ) -> None:
        self._connection = connection
        self._surroundings = surroundings
        self._configuration = configuration

    def receive(self, received: Received) -> wire.Verdict:
        """The verdict, the same for the same id for ever. Raises OtherBody, ValueError.

        The service's row is held from here on, so operations of a service are one after another.
        """
        body = bodies.read(received.raw)
        digest = hashlib.sha256(received.raw).hexdigest()
        here = standing(self._connection, received.service, lock=True)
        known = self._known(body.op_id, digest)
        if known is not None:
            return known
        try:
            return self._decide(received, body, digest, here)
        except Refusal as refusal:
            verdict = self._verdict(body, "rejected", here, problem=_problem(body, refusal))
            return self._record(received, body, digest, verdict, effect=False)

    def _known(self, op_id: str, digest: str) -> wire.Verdict | None:
        found = self._connection.execute(
            select(operation.c.digest, operation.c.verdict).where(operation.c.op_id == op_id)
        ).first()
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
        found = self._connection.execute(
            select(operation.c.verdict).where(operation.c.op_id == op_id)
        ).scalar()
        return None if found is None else msgspec.json.decode(found, type=wire.Verdict)

    def withdraw(self, service: str, op_id: str, at: Millis) -> wire.WithdrawalAnswer:
        """Burn an id that has no verdict yet; else say which verdict came first."""
        here = standing(self._connection, service, lock=True)
        known = self.verdict_of(op_id)
        if known is not None and not _is_burned(known):
            return wire.WithdrawalAnswer(op_id=op_id, withdrawn=False, verdict=known)
        if known is None:
            refusal = Refusal(Code.WITHDRAWN, "The desk took it back before it arrived.")
            problem = _problem_of(op_id, refusal)
            verdict = wire.Verdict(op_id, "rejected", here.term_id, problem=problem)
            self._connection.execute(
                insert(operation).values(
                    op_id=op_id, service=service, kind="", target="", digest=WITHDRAWN,
                    outcome="rejected", effect=0, verdict=msgspec.json.encode(verdict).decode(),
                    received_at=at,
                )
            )  # fmt: skip
        return wire.WithdrawalAnswer(op_id=op_id, withdrawn=True)

    # --- deciding --------------------------------------------------------------------------

    def _decide(self, received: Received, body: Body, digest: str, here: History) -> wire.Verdict:
        rule = KINDS.get(body.kind)
        owner = SERVICE_OF[rule.aggregate].value if rule else ""
        person = self._configuration.person(body.actor)
        rules.check(body, received.service, owner, person)
        missing = self._waits_for(body)
        if missing:
            problem = _problem(body, Refusal(Code.MISSING_TARGET, missing))
            return self._verdict(
                body, "deferred", here, problem=problem, retry_after=_RETRY_AFTER_S
            )
        target = self._target(body)
        present = self._row(target) if target else None
        if target is None or (present is None and body.rule.effect is not Effect.CREATE):
            sentence = "Its target is not here yet."
            problem = _problem(body, Refusal(Code.MISSING_TARGET, sentence))
            return self._verdict(
                body, "deferred", here, problem=problem, retry_after=_RETRY_AFTER_S
            )
        return self._apply(received, body, digest, target, present)

    def _waits_for(self, body: Body) -> str:
        """What must come first inside the service, as a sentence; empty where nothing does."""
        needed = [*body.depends_on, *([body.after] if body.after else [])]
        for op_id in needed:
            known = self.verdict_of(op_id)
            if known is None:
                return "An operation it builds on is not here yet."
        return ""

    def _target(self, body: Body) -> str | None:
        if isinstance(body.target, str):
            return body.target
        found: str | None = self._connection.execute(
            select(reference.c.ticket).where(reference.c.reference == body.target["ref"])
        ).scalar()
        return found

    def _row(self, id_: str) -> Any:  # noqa: ANN401 - a row of the table
        return self._connection.execute(select(row).where(row.c.id == id_)).mappings().first()

    def _apply(
        self,
        received: Received,
        body: Body,
        digest: str,
        target: str,
        present: Any,  # noqa: ANN401 - a row
    ) -> wire.Verdict:
        if present is not None and present["type"] != body.rule.aggregate:
            raise Refusal(Code.INVALID_FIELD, "Its target is a record of another kind.")
        if present is not None and present["op"] == "tombstone":
            raise Refusal(Code.DELETED, "It was deleted at central.")
        if present is not None and body.rule.effect is Effect.CREATE:
            raise Refusal(Code.ALREADY_EXISTS, "There is a record with that id already.")
        before: dict[str, Json] | None = json.loads(present["fields"]) if present else None
        merged = rules.merge(body, before, self._changed_by(target))
        fields = merged.fields
        if body.rule.effect is Effect.CREATE:
            self._complete(received, body, fields)
            self._claim_reference(body, fields, target)
        rev = (present["rev"] if present else 0) + 1
        position = advance(self._connection, received.service, self._surroundings)
        self._write(received, body, target, fields, rev, position, present)
        if body.rule.effect in (Effect.MERGE, Effect.UNMERGE):
            self._redirect(received, body, target)
        outcome = "applied_with_conflicts" if merged.conflicts else "applied"
        here = standing(self._connection, received.service)
        verdict = self._verdict(body, outcome, here, rev=rev, conflicts=merged.conflicts)
        return self._record(received, body, digest, verdict, effect=True, target=target)

    def _complete(self, received: Received, body: Body, fields: dict[str, Json]) -> None:
        """What central adds to a new record: when it came, and the call's time within reason."""
        if body.rule.aggregate is not Aggregate.TICKET:
            return
        said = fields.get("happened_at")
        at = from_rfc3339(said) if isinstance(said, str) else body.happened_at
        clamped = min(max(at, received.enrolled_at - _BEFORE_ENROLMENT), received.at)
        fields["happened_at"] = to_rfc3339(Millis(clamped))
        if abs(clamped - at) > _UNCERTAIN:
            fields["time_uncertain"] = True
        fields["received_at"] = to_rfc3339(received.at)
        fields.setdefault("status", str(Status.NEW))

    def _claim_reference(self, body: Body, fields: dict[str, Json], target: str) -> None:
        text = fields.get("reference")
        if body.rule.aggregate is not Aggregate.TICKET or not isinstance(text, str):
            return
        self._connection.execute(
            insert_new(self._connection, reference).values(reference=text, ticket=target)
        )
        holder = self._connection.execute(
            select(reference.c.ticket).where(reference.c.reference == text)
        ).scalar_one()
        if holder != target:
            raise Refusal(Code.ALREADY_EXISTS, "Another ticket carries that reference.")

    def _write(
        self,
        received: Received,
        body: Body,
        target: str,
        fields: dict[str, Json],
        rev: int,
        position: Position,
        present: Any,  # noqa: ANN401 - a row
    ) -> None:
        type_ = body.rule.aggregate.value
        origins = json.loads(present["origin_ops"]) if present else []
        if present is not None:
            self._connection.execute(insert(history).values(**dict(present)))
        values = {
            "service": received.service,
            "type": type_,
            "id": target,
            "rev": rev,
            "term": position.term,
            "n": position.n,
            "op": "upsert",
            "fields": json.dumps(fields, ensure_ascii=False, separators=(",", ":")),
            "row_hash": bodies.row_hash(type_, target, rev, fields),
            "origin_ops": json.dumps([*origins, body.op_id][-_ORIGINS:]),
            "reason": "",
            "redirect_to": None,
            "changed_at": received.at,
        }
        upsert(self._connection, row, "id", values)

    def _redirect(self, received: Received, body: Body, target: str) -> None:
        """A merge is followed by readers; nothing that points at either id is rewritten."""
        into = (body.entry or {}).get("into") if body.rule.effect is Effect.MERGE else target
        position = advance(self._connection, received.service, self._surroundings)
        id_ = f"{target}>redirect"
        present = self._row(id_)
        values = {
            "service": received.service, "type": body.rule.aggregate.value, "id": id_,
            "rev": (present["rev"] if present else 0) + 1, "term": position.term,
            "n": position.n, "op": "redirect", "fields": "{}", "row_hash": "",
            "origin_ops": json.dumps([body.op_id]), "reason": "", "redirect_to": str(into),
            "changed_at": received.at,
        }  # fmt: skip
        upsert(self._connection, row, "id", values)

    def _changed_by(self, target: str) -> dict[str, tuple[str, Millis]]:
        """Who last changed each field, by the operations that had an effect."""
        found = self._connection.execute(
            select(operation.c.verdict, operation.c.received_at, operation.c.kind)
            .where(operation.c.target == target, operation.c.effect == 1)
            .order_by(operation.c.received_at)
        )
        changed: dict[str, tuple[str, Millis]] = {}
        for verdict, at, _kind in found:
            receipt = json.loads(verdict).get("receipt") or ""
            actor, _, names = receipt.partition("|")
            for name in filter(None, names.split(",")):
                changed[name] = (actor, Millis(at))
        return changed

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
            receipt=f"{body.actor}|{','.join(sorted(body.changes))}" if rev is not None else None,
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
        self._connection.execute(
            insert(operation).values(
                op_id=body.op_id,
                service=received.service,
                kind=body.kind,
                target=target,
                digest=digest,
                outcome=verdict.outcome,
                effect=int(effect),
                verdict=msgspec.json.encode(verdict).decode(),
                received_at=received.at,
            )
        )
        return verdict


_ORIGINS = 20
_UNCERTAIN = 60_000
_BEFORE_ENROLMENT = 7 * 86_400_000
"""Calls noted on paper before a desk was enrolled are written up too, a week back at most."""


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
