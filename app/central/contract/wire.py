"""The JSON that crosses the wire, one struct per body (contract.md; OpenAPI comes from these)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

Uuid = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]
Short = Annotated[str, msgspec.Meta(max_length=200)]
Rfc3339 = Annotated[str, msgspec.Meta(max_length=40)]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53 - 1)]
"""What every reader of JSON holds exactly (RFC 7493), and canonical JSON can therefore say."""


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


class Signature(msgspec.Struct, frozen=True):
    """Ed25519 by the person who decided, over the canonical body without it; both base64."""

    key: Short
    value: Short


class OperationBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """An operation as decided at a desk; its bytes never change. Unknown fields are allowed."""

    op_id: Uuid
    kind: Short
    target: Uuid | TargetRef
    actor: Short
    desk: Short
    incarnation: Short
    happened_at: Rfc3339
    schema: Annotated[int, msgspec.Meta(ge=1)] = 1
    after: Uuid | None = None
    supersedes: Uuid | None = None
    """The operation whose place in the lane this one takes; one with it for `after` follows."""
    changes: dict[str, Change] = {}
    base_rev: int | None = None
    entry: dict[str, Any] | None = None
    depends_on: list[Uuid] = []
    clock_offset_ms: int | None = None
    clock_offset_age_ms: int | None = None
    offline: bool = False
    reason: str | None = None
    shown: str | None = None
    signature: Signature | None = None


class Conflict(msgspec.Struct, frozen=True):
    """A field where central's value is neither the base nor mine."""

    field: str
    base: Any
    mine: Any
    theirs: Any
    by: str | None = None
    at: Rfc3339 | None = None


class Parallel(msgspec.Struct, frozen=True):
    """A field that somebody else had changed since the desk saw the record; both edits stand."""

    field: str
    by: str
    at: Rfc3339


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
    parallel: list[Parallel] = []
    receipt: str | None = None
    problem: Problem | None = None
    retry_after: float | None = None


class Batch(msgspec.Struct, frozen=True):
    """`POST /v1/{service}/operations/batch`: each is taken by itself, in this order."""

    operations: Annotated[list[OperationBody], msgspec.Meta(max_length=100)]


class BatchEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """The verdict on one operation of a batch, or the problem it would have met alone."""

    op_id: str
    verdict: Verdict | None = None
    problem: Problem | None = None


class BatchAnswer(msgspec.Struct, frozen=True):
    """One answer for each operation, in their order."""

    answers: list[BatchEntry]


_ITEM_OPS = "upsert, tombstone or redirect; a newer central may know more, which are kept unread"


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """A changed row at its latest rev; `fields` stays raw so that unknown ones pass through."""

    type: str
    id: str
    rev: int
    position: Position
    op: Annotated[str, msgspec.Meta(description=_ITEM_OPS, max_length=200)]
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


class Rows(msgspec.Struct, frozen=True):
    """`GET /v1/{service}/rows`: records by id; one that is not listed is nowhere at central."""

    items: list[Item]
    position: Position
    term_id: str
    source_as_of: Rfc3339


class Parity(msgspec.Struct, frozen=True):
    """`GET /v1/{service}/parity`: see `app.domain.parity`."""

    position: Position
    term_id: str
    digests: list[str]
    """256, hex: the xor of the row hashes of each bucket."""


class ParityRow(msgspec.Struct, frozen=True, array_like=True):
    """A row's id, rev and hash."""

    id: str
    rev: int
    row_hash: str


class ParityRows(msgspec.Struct, frozen=True):
    """`GET /v1/{service}/parity/{bucket}`."""

    position: Position
    term_id: str
    rows: list[ParityRow]


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
    public_key: str = ""
    """Ed25519, base64: what the desk signs in its own name."""
    sealing_key: str = ""
    """X25519, base64: what is handed over to the desk is sealed for it."""


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


class PaymentPolicyEntry(msgspec.Struct, frozen=True, omit_defaults=True):
    """Caps and patience of claims nobody has verified; money in minor units by currency."""

    per_customer: int = 2
    per_desk: int = 200
    money_per_customer: dict[str, int] = {}
    money_per_desk: dict[str, int] = {}
    visit_cost: dict[str, int] = {}
    warn_hours: int = 24
    supervisor_hours: int = 72
    stop_hours: int = 168
    undecided_minutes: int = 30


class DeletionEntry(msgspec.Struct, frozen=True):
    """An announced mass deletion: desks let that many tombstones of the service pass."""

    service: str
    reason: str
    count: int
    at: Rfc3339


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
    deletions: list[DeletionEntry] = []
    payments: PaymentPolicyEntry = PaymentPolicyEntry()


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


class Seed(msgspec.Struct, frozen=True):
    """What a desk begins with while central is down: the payload of a signed, locked file."""

    made_at: Rfc3339
    desk_id: str
    desk_name: str
    desk_code: str
    spare_codes: list[str]
    token: str
    """Good for one computer: whoever claims it first is the desk."""
    organisation_key: str
    configuration: SignedDocument
    central_urls: list[str]
    snapshots: dict[str, list[SnapshotPage]]


class SeedClaim(msgspec.Struct, frozen=True):
    """`POST /v1/enrolment/seed`: a desk that began from a seed registers itself."""

    token: Short
    public_key: Short
    incarnation: Short


class SeedClaimed(msgspec.Struct, frozen=True):
    """The desk's credential from here on; the same computer may ask again."""

    desk_id: str
    credential: str
    configuration: SignedDocument


class KeyRequest(msgspec.Struct, frozen=True):
    """`PUT /v1/people/{person}/key`: a person's key for the desk that asks."""

    public_key: Short
    """Ed25519, base64."""
    proof: Short
    """The key's own signature over desk, person and key, base64."""


class TakeOver(msgspec.Struct, frozen=True):
    """`POST /v1/desk/take-over`: a desk's own word that its unsent work goes to another one."""

    from_desk: Short
    to_desk: Short
    incarnation: Short
    """The giver's until then; central takes nothing under it any more."""
    digest: Short
    """Over the ids handed over, see `app.central.contract.hand_overs`."""
    made_at: Rfc3339
    signature: Short
    """By the giving desk's Ed25519 key, base64."""


class TakenOver(msgspec.Struct, frozen=True):
    """The answer to a take-over."""

    from_desk: str


class AuditHead(msgspec.Struct, frozen=True):
    """Where a desk's trail of decisions stands."""

    n: Count
    head: Short


class DeskReport(msgspec.Struct, frozen=True, omit_defaults=True):
    """`PUT /v1/desk/report`: how a desk stands; numbers and times, nobody's words."""

    version: Short
    waiting: Count
    needs_review: Count
    oldest_unsent: Rfc3339 | None = None
    as_of: dict[str, Rfc3339 | None] = {}
    """Service → `source_as_of` of what the desk's mirror holds."""
    last_drill: Rfc3339 | None = None
    sealing_key: Short = ""
    """X25519, base64; listed in the directory, so that work can be sealed for the desk."""
    audit: AuditHead | None = None
    removed: bool = False
    """The desk's last word: it was taken off its computer, and reports no more."""


class DeskReported(msgspec.Struct, frozen=True):
    """The answer to a report."""

    received_at: Rfc3339
    audit: str | None = None
    """The organisation's signature over the head, base64; none where a head fell back."""


class SignedHead(msgspec.Struct, frozen=True):
    """A head that central has signed for."""

    n: Annotated[int, msgspec.Meta(ge=0)]
    head: Short
    at: Rfc3339
    incarnation: Short
    """The life of the profile in which the trail stood there."""
    receipt: Short
    """The organisation's signature over it, base64."""


class SignedHeads(msgspec.Struct, frozen=True):
    """`GET /v1/desk/audit`: where the asking desk's trail of decisions stood, the newest first."""

    heads: list[SignedHead]


class DeskStanding(msgspec.Struct, frozen=True, omit_defaults=True):
    """One desk of the directory, with the last report that came from it."""

    desk_id: str
    name: str
    codes: list[str]
    extension: str = ""
    last_seen: Rfc3339 | None = None
    report: DeskReport | None = None


class DeskStandings(msgspec.Struct, frozen=True):
    """`GET /v1/desks`: for people who may see all desks."""

    desks: list[DeskStanding]


class WithdrawalAnswer(msgspec.Struct, frozen=True, omit_defaults=True):
    """`PUT /v1/{service}/operations/{op_id}/withdrawal`: burned, or the verdict it already had.

    A burned id has its verdict too: rejected, at the position the withdrawal took.
    """

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
    leading: bool = True
    """False on a node that only follows: it reads, and takes no operations."""
    schema: int = 1
    """The newest schema of operation bodies that this central reads; older ones it reads too."""
