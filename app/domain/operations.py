"""Operations: what a person decided, as one change to one aggregate of one service."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from app.domain.central_services import Aggregate, Service
from app.domain.ids import DeskId, EntityId, Millis, OpId, PersonId
from app.domain.people import Permission

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

BODY_SCHEMA = 1
"""The version written into every body; central accepts bodies of the last 90 days."""


class Effect(StrEnum):
    """How an operation changes its aggregate's fields."""

    CREATE = "create"
    SET = "set"
    APPEND = "append"
    MERGE = "merge"
    UNMERGE = "unmerge"


@dataclass(frozen=True, slots=True)
class KindRule:
    """What one kind of operation touches, and who may decide it."""

    kind: str
    aggregate: Aggregate
    effect: Effect
    permission: Permission
    list_field: str = ""
    """For APPEND: the list the entry joins. Entries carry their own `id`, never joined twice."""
    writes: frozenset[str] = frozenset()
    """For SET: the only fields it may change; empty: whatever may be set."""
    stamps: frozenset[str] = frozenset()
    """For SET: who decided it and when. They go with the decision and are never in conflict."""
    signed: bool = False
    """A decision that only counts with its person's own signature, over what they were shown."""


def _rules(*rules: KindRule) -> dict[str, KindRule]:
    return {rule.kind: rule for rule in rules}


_T = Aggregate.TICKET
_E = Aggregate.CATALOG_ENTRY
_EDIT = Permission.EDIT_TICKETS
_CUST = Permission.EDIT_CUSTOMERS

KINDS: dict[str, KindRule] = _rules(
    KindRule("ticket.create", _T, Effect.CREATE, Permission.TAKE_CALLS),
    KindRule("ticket.set", _T, Effect.SET, _EDIT),
    KindRule(
        "ticket.resolve", _T, Effect.SET, Permission.RESOLVE_MODELS, writes=frozenset({"model_pin"})
    ),
    KindRule("ticket.note", _T, Effect.APPEND, Permission.ADD_NOTES, "notes"),
    KindRule("ticket.promise", _T, Effect.APPEND, _EDIT, "promises"),
    KindRule("ticket.promise_kept", _T, Effect.APPEND, _EDIT, "promises_kept"),
    KindRule("ticket.claim", _T, Effect.APPEND, _EDIT, "claims"),
    KindRule("ticket.evidence", _T, Effect.APPEND, _EDIT, "evidence"),
    KindRule("ticket.merge", _T, Effect.MERGE, _EDIT),
    KindRule("ticket.unmerge", _T, Effect.UNMERGE, _EDIT),
    KindRule("contact.create", Aggregate.CONTACT, Effect.CREATE, Permission.TAKE_CALLS),
    KindRule("contact.set", Aggregate.CONTACT, Effect.SET, Permission.TAKE_CALLS),
    KindRule("customer.create", Aggregate.CUSTOMER, Effect.CREATE, _CUST),
    KindRule("customer.set", Aggregate.CUSTOMER, Effect.SET, _CUST),
    KindRule("customer.merge", Aggregate.CUSTOMER, Effect.MERGE, _CUST),
    KindRule("customer.unmerge", Aggregate.CUSTOMER, Effect.UNMERGE, _CUST),
    KindRule("device.create", Aggregate.DEVICE, Effect.CREATE, _CUST),
    KindRule("device.set", Aggregate.DEVICE, Effect.SET, _CUST),
    KindRule("proposal.create", Aggregate.PROPOSAL, Effect.CREATE, Permission.PROPOSE_MODELS),
    KindRule("proposal.answer", Aggregate.PROPOSAL, Effect.SET, Permission.PROPOSE_MODELS),
    KindRule("proposal.ask", Aggregate.PROPOSAL, Effect.SET, Permission.DECIDE_MODELS),
    KindRule("proposal.delegate", Aggregate.PROPOSAL, Effect.SET, Permission.DECIDE_MODELS),
    KindRule(
        "proposal.approve", Aggregate.PROPOSAL, Effect.SET, Permission.DECIDE_MODELS, signed=True
    ),
    KindRule(
        "proposal.reject", Aggregate.PROPOSAL, Effect.SET, Permission.DECIDE_MODELS, signed=True
    ),
    KindRule("alias.create", Aggregate.ALIAS, Effect.CREATE, Permission.RESOLVE_MODELS),
    KindRule(
        "alias.set",
        Aggregate.ALIAS,
        Effect.SET,
        Permission.RESOLVE_MODELS,
        writes=frozenset({"entry_id", "decided_by", "decided_at"}),
        stamps=frozenset({"decided_by", "decided_at"}),
    ),
    KindRule("catalog_entry.create", _E, Effect.CREATE, Permission.DECIDE_MODELS),
    KindRule("catalog_entry.set", _E, Effect.SET, Permission.DECIDE_MODELS),
    KindRule("catalog_entry.merge", _E, Effect.MERGE, Permission.DECIDE_MODELS),
    KindRule("catalog_entry.unmerge", _E, Effect.UNMERGE, Permission.DECIDE_MODELS),
    KindRule("ruling.create", Aggregate.RULING, Effect.CREATE, Permission.RULE_ON_PAYMENTS),
    KindRule("ruling.settle", Aggregate.RULING, Effect.CREATE, _EDIT),
    KindRule("visit.create", Aggregate.VISIT, Effect.CREATE, Permission.PLAN_VISITS),
    KindRule("visit.set", Aggregate.VISIT, Effect.SET, Permission.PLAN_VISITS),
    KindRule("message.create", Aggregate.MESSAGE, Effect.CREATE, _EDIT),
)
"""Desk and central read the same table: what an operation does is never decided twice."""


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field's value before (as the person saw it) and after."""

    base: Json
    new: Json


@dataclass(frozen=True, slots=True)
class Signature:
    """A person's word that a decision is theirs."""

    key: str
    """The Ed25519 public key, base64, as the configuration lists it for the person and desk."""
    value: str
    """Over the body's canonical bytes without the signature itself, base64."""


@dataclass(frozen=True, slots=True)
class Body:
    """An operation's body as decided; its encoded bytes are fixed for life (contract.md)."""

    op_id: OpId
    kind: str
    target: EntityId | Mapping[str, str]
    """An id, or ``{"ref": REFERENCE}`` for another desk's ticket we do not have."""
    after: OpId | None
    actor: PersonId
    desk: DeskId
    incarnation: str
    happened_at: Millis
    clock_offset_ms: int | None
    clock_offset_age_ms: int | None
    offline: bool
    base_rev: int | None = None
    changes: Mapping[str, FieldChange] = field(default_factory=dict)
    entry: Mapping[str, Json] | None = None
    depends_on: tuple[OpId, ...] = ()
    reason: str | None = None
    shown: str | None = None
    """Of a decision: the digest of exactly what the person saw."""
    signature: Signature | None = None
    supersedes: OpId | None = None
    """The parked operation whose place a person gave to this one; followers may still name it."""
    schema: int = BODY_SCHEMA

    @property
    def rule(self) -> KindRule:
        return KINDS[self.kind]

    @property
    def lane(self) -> str:
        """The aggregate's id, or its reference: strict order inside, none across."""
        return self.target if isinstance(self.target, str) else f"ref:{self.target['ref']}"


@dataclass(frozen=True, slots=True)
class NewOperation:
    """A body with its fixed bytes, ready for the outbox."""

    body: Body
    service: Service
    raw: bytes
    """RFC 8785 canonical JSON of the body; what leaves the desk on every attempt."""
    digest: str
    """SHA-256 of `raw` in hex."""
    held_until: Millis | None = None
    """Not sent before, so that a person can take it back; part of no byte that leaves."""


class Outcome(StrEnum):
    """Central's verdict on one operation."""

    APPLIED = "applied"
    APPLIED_WITH_CONFLICTS = "applied_with_conflicts"
    DUPLICATE = "duplicate"
    DEFERRED = "deferred"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """Central's value moved under the edit; theirs stays live, mine is never dropped."""

    field: str
    base: Json
    mine: Json
    theirs: Json
    by: str | None
    at: Millis | None


@dataclass(frozen=True, slots=True)
class ParallelEdit:
    """A field somebody else had changed beside an edit of other fields: both stand."""

    field: str
    by: str
    at: Millis


@dataclass(frozen=True, slots=True)
class Reason:
    """A problem in a person's words, with its code (RFC 9457 `type` without the prefix)."""

    code: str
    text: str
