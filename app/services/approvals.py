"""Decisions on proposed models: by four eyes, signed, held for Undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.central.contract.signatures import digest_of, sealed
from app.domain.central_services import Aggregate
from app.domain.errors import NotFound, Refused
from app.domain.ids import EntityId, Millis, OpId
from app.domain.lifecycle import OpEvent
from app.domain.model_work import ModelParts, ProposalView
from app.domain.operations import FieldChange, Json, NewOperation
from app.domain.people import Permission, Person
from app.domain.person_keys import WAITING_SETTING
from app.domain.proposals import (
    DECISIONS,
    SENTENCES,
    ProposalState,
    as_shown,
    objection,
)
from app.domain.times import to_rfc3339
from app.ports.store import EventDetail, ReadTx, WriteTx
from app.ports.system import Signer
from app.services.decisions import (
    HELD_MS,
    Decided,
    Decision,
    decide,
    decide_once,
    sealed_decision,
)
from app.services.desk import Desk, require
from app.services.models import require_not_in_catalog


class Approvals:
    """The supervisor's queue."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def proposals(self) -> Sequence[ProposalView]:
        """What waits for a supervisor, oldest first."""
        return await self._desk.store.read(lambda tx: tx.models.proposals())

    async def decided_here(self) -> Sequence[ProposalView]:
        """What was decided here and waits for central's word."""
        return await self._desk.store.read(lambda tx: tx.models.decided_here())

    def shown(self, proposal: ProposalView) -> str:
        """The digest of exactly what a supervisor sees of it."""
        return digest_of(as_shown(proposal.fields))

    async def approve(
        self, proposal_id: str, shown: str, person: Person, signer: Signer
    ) -> tuple[EntityId, Decided]:
        """Into the catalog with it: the new entry's id. Held 8 s, provisional until central agrees.

        `shown` is the digest of what the person saw. Raises NotAllowed for the proposer, Refused
        where it was decided, has changed since, or the catalog has the model by now.
        """
        entry_id = EntityId(self._desk.ids.new_id())
        new: dict[str, Json] = {
            "state": ProposalState.APPROVED.value,
            "entry_id": entry_id,
            "decided_by": person.id,
            "decided_at": to_rfc3339(self._desk.clock.now()),
        }
        decided = await self._decide("proposal.approve", proposal_id, new, shown, person, signer)
        return entry_id, decided

    async def reject(
        self, proposal_id: str, shown: str, why: str, person: Person, signer: Signer
    ) -> Decided:
        """No, with a reason the proposer can read."""
        new: dict[str, Json] = {
            "state": ProposalState.REJECTED.value,
            "why": why,
            "decided_by": person.id,
            "decided_at": to_rfc3339(self._desk.clock.now()),
        }
        return await self._decide("proposal.reject", proposal_id, new, shown, person, signer)

    async def ask(self, proposal_id: str, question: str, person: Person) -> Decided:
        """Back to the proposer with a question."""
        new: dict[str, Json] = {"state": ProposalState.ASKED.value, "question": question}
        return await self._decide("proposal.ask", proposal_id, new, None, person, None)

    async def answer(self, proposal_id: str, answer: str, person: Person) -> Decided:
        """The proposer's answer; it waits for a decision again."""
        new: dict[str, Json] = {"state": ProposalState.OPEN.value, "answer": answer}
        return await self._decide("proposal.answer", proposal_id, new, None, person, None)

    async def delegate(
        self, proposal_id: str, to: Person, person: Person, why: str = ""
    ) -> Decided:
        """That supervisor decides, and nobody else; never the proposer.

        `why` is needed where it was given to somebody else before: taking it over is a choice of
        one's own, and stands beside it. Raises Refused without.
        """
        require(to, Permission.DECIDE_MODELS)
        new: dict[str, Json] = {"delegated_to": to.id, "delegated_why": why.strip() or None}
        return await self._decide("proposal.delegate", proposal_id, new, None, person, None)

    async def _decide(
        self,
        kind: str,
        proposal_id: str,
        new: dict[str, Json],
        shown: str | None,
        person: Person,
        signer: Signer | None,
    ) -> Decided:
        op_id = OpId(self._desk.ids.new_id())

        def write(tx: WriteTx) -> Decided:
            fields, rev = self._undecided(tx, kind, proposal_id, new, shown, person)
            if kind == "proposal.approve":
                require_not_in_catalog(tx, ModelParts.of(fields))
            decision = Decision(
                kind,
                EntityId(proposal_id),
                op_id,
                changes={name: FieldChange(fields.get(name), value) for name, value in new.items()},
                base_rev=rev,
                entry=_carried(tx) if signer is not None else None,
                shown=shown,
            )
            if signer is None:
                return decide(self._desk, tx, person, decision)
            operation = sealed_decision(self._desk, tx, person, decision)
            return self._keep_signed(tx, sealed(operation, signer), person, signer)

        return await decide_once(self._desk, op_id, write)

    def _undecided(
        self,
        tx: ReadTx,
        kind: str,
        proposal_id: str,
        new: dict[str, Json],
        shown: str | None,
        person: Person,
    ) -> tuple[dict[str, Json], int | None]:
        """The proposal's fields and rev, once nothing stands against the decision."""
        known = tx.record(Aggregate.PROPOSAL, proposal_id)
        if known is None:
            raise NotFound("That proposal is not on this computer.")
        fields, rev = known
        found = objection(kind, fields, person.id, new)
        if found is not None:
            raise Refused(SENTENCES[found], safe="Nothing was decided.")
        if DECISIONS[kind].by_another and shown != digest_of(as_shown(fields)):
            raise Refused(
                "The proposal has changed since it was shown.",
                safe="Nothing was decided.",
                todo="Look at it again.",
            )
        return dict(fields), rev

    def _keep_signed(
        self, tx: WriteTx, operation: NewOperation, person: Person, signer: Signer
    ) -> Decided:
        """Into the outbox: held for Undo, and until central knows the key it is signed with."""
        now = self._desk.wall.now()
        held = replace(operation, held_until=Millis(now + HELD_MS))
        op_id = operation.body.op_id
        state = tx.outbox.append(held, now)
        key = (self._desk.identity.desk_id, signer.public_key)
        registered = self._desk.configuration.person(person.id)
        if registered is None or key not in registered.keys:
            waiting = tx.desk.setting(WAITING_SETTING)
            known = waiting if isinstance(waiting, dict) else {}
            tx.desk.set_setting(WAITING_SETTING, {**known, op_id: person.id})
            state = tx.outbox.event(op_id, OpEvent.UNAUTHORIZED, EventDetail(now))
        return Decided(op_id, state)


def _carried(tx: ReadTx) -> dict[str, Json]:
    """Where the trail of decisions stands: what is signed says so with it."""
    head = tx.audit.head()
    return {"audit": {"n": head.n, "head": head.hash}}
