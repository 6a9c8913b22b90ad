"""The JSON that crosses the wire, one struct per body (contract.md; OpenAPI comes from these)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

Uuid = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Short = Annotated[str, msgspec.Meta(max_length=200)]
Rfc3339 = Annotated[str, msgspec.Meta(max_length=40)]


class Position(msgspec.Struct, frozen=True):
    """A place in a service's history, ordered by term, then n."""

    term: int
    n: int


class Change(msgspec.Struct, frozen=True):
    """One field: what the person saw, and what they made of it."""

    base: Any = None
    new: Any = None


class TargetRef(msgspec.Struct, frozen=True):
    """Another desk's ticket, named by its reference."""

    ref: Short


class OperationBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """An operation as decided at a desk; its bytes never change. Unknown fields are allowed."""

    op_id: Uuid
    kind: Short
    target: Uuid | TargetRef
    actor: Short
    desk: Short
    incarnation: Short
    happened_at: Rfc3339
    schema: int = 1
    after: Uuid | None = None
    changes: dict[str, Change] = {}
    base_rev: int | None = None
    entry: dict[str, Any] | None = None
    depends_on: list[Uuid] = []
    clock_offset_ms: int | None = None
    clock_offset_age_ms: int | None = None
    offline: bool = False
    reason: str | None = None
    shown: str | None = None


class Conflict(msgspec.Struct, frozen=True):
    """A field where central's value is neither the base nor mine."""

    field: str
    base: Any
    mine: Any
    theirs: Any
    by: str | None = None
    at: Rfc3339 | None = None


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """RFC 9457 problem details; `op_id` where it speaks of one operation."""

    type: str
    title: str
    status: int
    detail: str = ""
    op_id: str | None = None
    position: Position | None = None
    term_id: str | None = None
    fork: Position | None = None


class Verdict(msgspec.Struct, frozen=True, omit_defaults=True):
    """Central's word on one operation, naming it."""

    op_id: Uuid
    outcome: Literal["applied", "applied_with_conflicts", "duplicate", "deferred", "rejected"]
    term_id: str
    rev: int | None = None
    position: Position | None = None
    conflicts: list[Conflict] = []
    receipt: str | None = None
    problem: Problem | None = None
    retry_after: float | None = None


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """A changed row at its latest rev; `fields` stays raw so that unknown ones pass through."""

    type: str
    id: str
    rev: int
    position: Position
    op: Literal["upsert", "tombstone", "redirect"]
    as_of: Rfc3339
    row_hash: str
    fields: msgspec.Raw = msgspec.field(default_factory=lambda: msgspec.Raw(b"{}"))
    origin_ops: list[str] = []
    reason: str = ""
    redirect_to: str | None = None


class Rate(msgspec.Struct, frozen=True):
    """This desk's share, per second."""

    operations: float
    pages: float


class Page(msgspec.Struct, frozen=True, omit_defaults=True):
    """`GET /v1/{service}/changes`."""

    items: list[Item]
    next_cursor: str
    position: Position
    term_id: str
    up_to_date: bool
    source_as_of: Rfc3339
    page_hash: str
    """See `app.central.contract.bodies.page_hash`; a desk throws a page away where it differs."""
    rate: Rate
    fork: Position | None = None


class SnapshotPage(msgspec.Struct, frozen=True, omit_defaults=True):
    """`GET /v1/{service}/snapshot`: every row by id, newest ids first."""

    items: list[Item]
    start_cursor: str
    position: Position
    term_id: str
    total: int
    source_as_of: Rfc3339
    after: str | None = None


class SignedDocument(msgspec.Struct, frozen=True):
    """`GET /v1/configuration`: the payload's exact text, signed by the organisation."""

    payload: str
    signature: str
    """Ed25519 over the payload's UTF-8 bytes, base64."""


class PersonEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    id: str
    name: str
    roles: list[str]
    keys: list[tuple[str, str]] = []
    revoked_at: Rfc3339 | None = None


class DeskEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    desk_id: str
    name: str
    codes: list[str]
    extension: str = ""


class EndpointEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    url: str
    region: str = ""
    cloud: str = ""


class SafetyEntry(msgspec.Struct, frozen=True):
    safety: str
    language: str
    say: str
    ring: str


class RetentionEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    table: str
    days: int | None = None
    scope: str = "all"


class ConfigurationDocument(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the signed payload holds."""

    version: int
    organisation: str
    people: list[PersonEntry]
    desks: list[DeskEntry] = []
    endpoints: dict[str, list[EndpointEntry]] = {}
    stale_after_s: dict[str, int] = {}
    retention: list[RetentionEntry] = []
    safety_texts: list[SafetyEntry] = []
    phone_region: str = "GB"
    languages: list[str] = msgspec.field(default_factory=lambda: ["en", "de"])
    sla_minutes: dict[str, int] = {}
    currency: str = "GBP"
    recovery_key: str = ""
    drafts_days: int = 30


class EnrolmentRequest(msgspec.Struct, frozen=True, omit_defaults=True):
    """`POST /v1/enrolment`."""

    code: Short
    desk_name: Short
    public_key: Short
    incarnation: Short


class EnrolmentAnswer(msgspec.Struct, frozen=True):
    """A new desk: its codes (one in use, three spares), credential and configuration."""

    desk_id: str
    desk_code: str
    spare_codes: list[str]
    credential: str
    organisation_key: str
    """Ed25519 public key, base64; pinned by the desk from here on."""
    configuration: SignedDocument


class WithdrawalAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """`PUT /v1/{service}/operations/{op_id}/withdrawal`: burned, or the verdict it already had."""

    op_id: Uuid
    withdrawn: bool
    verdict: Verdict | None = None


class Health(msgspec.Struct, frozen=True):
    """`GET /v1/{service}/health`: the probe a desk and a balancer use."""

    service: str
    ok: bool
    position: Position
    term_id: str
    source_as_of: Rfc3339
    now: Rfc3339
    """Central's clock, for the desk's offset."""
