"""Frozen rows the screens and the command line read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.central_services import Aggregate
from app.domain.ids import Millis
from app.domain.lifecycle import OpState, RowState
from app.domain.model_rule import AS_SAID, ModelResolution
from app.domain.operations import FieldConflict, Json, ParallelEdit
from app.domain.tickets import Group, Missing


class QueueView(StrEnum):
    """Lanes of the rail; each is one indexed query."""

    MINE = "mine"
    UNASSIGNED = "unassigned"
    TO_COMPLETE = "to_complete"
    MODELS = "models"
    PAYMENTS = "payments"
    NEEDS_REVIEW = "needs_review"
    QUARANTINE = "quarantine"
    OPEN = "open"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """A view, narrowed; saved views are these with a name."""

    view: QueueView
    owner: str | None = None
    """The person asking, for MINE."""
    words: str = ""
    city: str = ""
    due_before: Millis | None = None


@dataclass(frozen=True, slots=True)
class QueueKey:
    """Where a page ended: danger first, then due, then the local row number."""

    danger: int
    due: Millis
    rowid: int


@dataclass(frozen=True, slots=True)
class TicketRow:
    """One line of a queue."""

    rowid: int
    id: str
    reference: str
    state: RowState
    status: str
    fault: str
    device: str
    """The model's name, or the caller's words where `device_is_words`."""
    device_is_words: bool
    customer: str
    due: Millis | None
    owner: str | None
    danger: bool
    safety: str
    happened_at: Millis
    priority: str
    key: QueueKey


@dataclass(frozen=True, slots=True)
class QueuePage:
    rows: tuple[TicketRow, ...]
    total: int
    past_due: int
    next_key: QueueKey | None


@dataclass(frozen=True, slots=True)
class ThreadEntry:
    """One thing in a ticket's thread, oldest first."""

    kind: str
    """call, note, change, promise, promise_kept, claim, sent."""
    at: Millis
    by: str
    text: str
    state: RowState = RowState.SENT
    offline: bool = False
    id: str = ""
    fields: Mapping[str, Json] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Promise:
    id: str
    what: str
    to: str
    by_when: Millis | None
    kept_at: Millis | None


@dataclass(frozen=True, slots=True)
class CustomerCard:
    id: str
    name: str
    phones: tuple[str, ...]
    address: str
    city: str
    postcode: str
    since: str
    open_tickets: int
    provisional: bool


@dataclass(frozen=True, slots=True)
class PlanCard:
    id: str
    name: str
    ends: str
    covers: str
    paid_until: str
    visits_used: int
    visits_included: int


@dataclass(frozen=True, slots=True)
class DeviceCard:
    id: str
    name: str
    serial: str
    words: str
    category: str
    bought_on: str


@dataclass(frozen=True, slots=True)
class ExpertCard:
    """Somebody who visits, as the mirror has them."""

    id: str
    name: str
    area: str
    phones: tuple[str, ...]
    skills: tuple[str, ...]
    roster: tuple[str, ...]
    """When they work, in the words of the experts service."""


@dataclass(frozen=True, slots=True)
class VisitCard:
    id: str
    expert: str
    state: str
    window_start: Millis | None
    window_end: Millis | None
    told_at: Millis | None = None
    """When the expert was told by phone."""


@dataclass(frozen=True, slots=True)
class AsOf:
    """How old a field group's data is, and whether that is past its threshold."""

    at: Millis | None
    """None, and not stale: it is only on this desk. None and stale: of an age nobody knows."""
    stale: bool


@dataclass(frozen=True, slots=True)
class TicketDetail:
    """A ticket opened: fields as projected, thread, cards, as-of per group."""

    row: TicketRow
    fields: Mapping[str, Json]
    rev: int | None
    """The mirror's rev; None for a ticket central has not confirmed."""
    thread: tuple[ThreadEntry, ...]
    promises: tuple[Promise, ...]
    missing: tuple[Missing, ...]
    customer: CustomerCard | None
    plan: PlanCard | None
    device: DeviceCard | None
    visits: tuple[VisitCard, ...]
    conflicts: tuple[ConflictRow, ...]
    provenance: Mapping[Group, str]
    """Group → desk, customer, central or a person's name."""
    as_of: Mapping[Group, AsOf]
    merged_here: tuple[str, ...] = field(default=(), kw_only=True)
    """References of tickets that are part of this one."""
    model: ModelResolution = AS_SAID


@dataclass(frozen=True, slots=True)
class ConflictRow:
    op_id: str
    kind: str
    """Of the operation that met it, which says what record the target is."""
    target: str
    at: Millis
    conflict: FieldConflict


@dataclass(frozen=True, slots=True)
class Disputed:
    """A record with fields changed in two places, in the words of the people who know it."""

    target: str
    aggregate: Aggregate
    title: str
    """What is wrong, of a ticket; of anything else what it is called."""
    reference: str
    """Of a ticket, or of the ticket it belongs to; empty for what belongs to none."""
    rows: tuple[ConflictRow, ...]
    names: Mapping[str, str]
    """Ids that stand in the values → what those records are called."""

    @property
    def is_ticket(self) -> bool:
        return self.aggregate is Aggregate.TICKET


@dataclass(frozen=True, slots=True)
class ParallelRow:
    """Logged, never asked about: somebody else's edit of another field beside ours."""

    op_id: str
    target: str
    edit: ParallelEdit


@dataclass(frozen=True, slots=True)
class CallerMatch:
    """An offer, with why it matched; nothing is filled before a person accepts it."""

    customer: CustomerCard
    why: str
    """A wording key: phone_exact, phone_ending, phone_on_ticket, name."""
    devices: tuple[DeviceCard, ...]
    plans: tuple[PlanCard, ...]
    open_tickets: tuple[TicketRow, ...]
    calls_30_days: int
    last_promise: Promise | None


@dataclass(frozen=True, slots=True)
class CustomerCall:
    """A call of a customer, or of somebody for them, with the first ticket it was about."""

    id: str
    started: Millis
    agent: str
    outcome: str
    """new_ticket, added_to_ticket, dropped: what became of it."""
    caller: str
    ticket_id: str
    reference: str
    fault: str


@dataclass(frozen=True, slots=True)
class CustomerPage:
    """All of a customer on this computer."""

    customer: CustomerCard
    devices: tuple[DeviceCard, ...]
    plans: tuple[PlanCard, ...]
    tickets: tuple[TicketRow, ...]
    """The open ones, then the others their calls were about; newest first."""
    calls: tuple[CustomerCall, ...]
    """Newest first."""
    calls_30_days: int
    last_promise: Promise | None
    merged_here: tuple[tuple[str, str], ...] = ()
    """Ids and names of records that were merged into this one, and whose readers arrive here."""
    disputed: tuple[Disputed, ...] = ()
    """The customer, and those of their devices, that were changed in two places."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An open ticket that may be about the same fault; never blocks."""

    row: TicketRow
    why: tuple[str, ...]
    """Wording keys: same_caller, same_customer, same_device, like_fault."""
    score: float


@dataclass(frozen=True, slots=True)
class ModelCandidate:
    entry_id: str
    name: str
    detail: str
    category: str
    score: float


def titled(maker: str, name: str, number: str) -> str:
    """A model's name in a line: with its number where the name alone would not tell it."""
    named = f"{maker} {name}".strip()
    numbered = any(map(str.isdigit, name))
    return named if numbered or not number else f"{named} {number}".strip()


@dataclass(frozen=True, slots=True)
class EntryNames:
    """What names one entry of the catalog, as indexes and lists need it."""

    id: str
    maker: str
    name: str
    numbers: str
    """All of them, a blank between."""
    category: str = ""
    detail: str = ""
    retired: bool = False
    provisional: bool = False
    """Approved here; central has not confirmed it yet."""

    @property
    def title(self) -> str:
        """Maker and name, with the first number where the name holds none."""
        return titled(self.maker, self.name, self.numbers.split(" ")[0])


@dataclass(frozen=True, slots=True)
class CustomerHit:
    id: str
    name: str
    phone: str
    city: str
    open_tickets: int


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What the search box shows; `ms` is the store's own time."""

    tickets: tuple[TicketRow, ...]
    customers: tuple[CustomerHit, ...]
    models: tuple[ModelCandidate, ...]
    ms: float
    number: int = 0
    """The request's number: a stale answer is thrown away."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    op_id: str
    kind: str
    service: str
    lane: str
    target: str
    reference: str
    summary: str
    """What it does in the person's own words, one line."""
    state: OpState
    word: RowState
    attempts: int
    reason: str
    """Why it waits, as a wording key or central's sentence."""
    since: Millis
    next_try: Millis | None
    actor: str
    former_history: bool = False
    """Parked, and central's history has been another one since it was refused."""


@dataclass(frozen=True, slots=True)
class OutboxCounts:
    waiting: int
    """Every operation without a verdict that is not parked."""
    needs_review: int
    oldest: Millis | None
    by_service: Mapping[str, int]


class ServiceWord(StrEnum):
    UP = "up"
    SLOW = "slow"
    DOWN = "down"
    STALE = "stale"
    SIGN_IN = "sign_in"


@dataclass(frozen=True, slots=True)
class ServiceStatus:
    """One line of the status area."""

    service: str
    word: ServiceWord
    since: Millis | None
    """Since when it is in this state (down since 10:42)."""
    as_of: Millis | None
    last_good: Millis | None
    endpoint: str
    next_try: Millis | None
    detail: str
    position: tuple[int, int] | None
    mirrored: int
    """Rows in the mirror."""
    expected: int | None
    """Rows the snapshot will bring, while the first mirror runs."""
    waiting: int
    outage_since: Millis | None = None
    """Since when the outage line names this service (ux 11); None while it does not."""
    stale: bool = False
    """Whether what is here of it is past its threshold, whatever the word says besides."""


@dataclass(frozen=True, slots=True)
class RailCounts:
    """Counters of the rail, kept in the transactions that change them."""

    by_view: Mapping[QueueView, int]
    outbox: int


@dataclass(frozen=True, slots=True)
class CallBack:
    """A promise, or a dropped call to be rung back."""

    kind: str
    id: str
    ticket_id: str | None
    reference: str
    what: str
    to: str
    due: Millis | None
    """None where nobody said when."""
    whose: str = ""
    """A person's id: the owner of the promise's ticket, or whom a dropped call was handed to."""

    def is_late(self, now: Millis) -> bool:
        return self.due is not None and self.due < now


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one run of the engine did, in operations, and how the services stand."""

    pushed: int
    pulled: int
    waiting: int
    needs_review: int
    services: tuple[ServiceStatus, ...]


class CopyWord(StrEnum):
    """How the second copy of what this desk decided stands."""

    NONE = "none"
    """No place for one is named: only on this computer."""
    CURRENT = "current"
    BEHIND = "behind"
    """What was saved last is only on this computer."""


@dataclass(frozen=True, slots=True)
class SecondCopy:
    """Where the journal is kept a second time, and whether it is all there."""

    word: CopyWord = CopyWord.NONE
    folder: str = ""
    behind_s: float = 0.0
    """Seconds since the oldest save that is not there yet."""
