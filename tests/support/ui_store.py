"""A store in memory for the screens: the port's calls over plain dictionaries."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from app.central.contract import bodies
from app.domain import reference as references
from app.domain.call import Draft
from app.domain.central_services import Aggregate, Service
from app.domain.changes import Changes
from app.domain.deletions import HeldDeletions
from app.domain.ids import EntityId, Millis, OpId, Reference
from app.domain.incidents import Incident
from app.domain.lifecycle import (
    FINAL,
    WITHOUT_VERDICT,
    OpEvent,
    OpState,
    RowState,
    loudest,
    next_state,
    word_of,
)
from app.domain.model_work import (
    AliasRow,
    MergedAway,
    ModelParts,
    ProposalView,
    WaitingTicket,
    WaitingWords,
    in_order,
)
from app.domain.operations import KINDS, Effect, Json, NewOperation
from app.domain.payments.read_lines import KeptLine, TicketFields
from app.domain.projection import lay_over
from app.domain.tickets import Group, Safety, in_danger, missing_parts
from app.domain.times import from_rfc3339
from app.domain.views import (
    AsOf,
    CallBack,
    CallerMatch,
    ConflictRow,
    CopyWord,
    CustomerCall,
    CustomerCard,
    CustomerHit,
    CustomerPage,
    DeviceCard,
    EntryNames,
    ExpertCard,
    ModelCandidate,
    OutboxCounts,
    OutboxRow,
    PlanCard,
    Promise,
    QueueFilter,
    QueueKey,
    QueuePage,
    QueueView,
    RailCounts,
    SearchAnswer,
    SecondCopy,
    ThreadEntry,
    TicketDetail,
    TicketRow,
)
from app.domain.words import fold, likeness, words_key
from app.ports.store import (
    DeskIdentity,
    EventDetail,
    FeedState,
    PlanTerms,
    Staleness,
    StoredOperation,
)

T = TypeVar("T")
Fields = dict[str, Json]
_FAR = Millis(2**53)


@dataclass
class Contents:
    """Everything the memory store holds; tests fill it and look into it."""

    tickets: dict[str, Fields] = field(default_factory=dict)
    customers: dict[str, CustomerCard] = field(default_factory=dict)
    devices: dict[str, list[DeviceCard]] = field(default_factory=dict)
    """Customer → devices."""
    plans: dict[str, PlanCard] = field(default_factory=dict)
    """Customer → plan."""
    catalog: list[ModelCandidate] = field(default_factory=list)
    aliases: dict[str, str] = field(default_factory=dict)
    """Words' key → entry."""
    calls: dict[str, int] = field(default_factory=dict)
    contacts: dict[str, Fields] = field(default_factory=dict)
    outbox: dict[str, StoredOperation] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    settings: dict[str, Json] = field(default_factory=dict)
    conflicts: list[ConflictRow] = field(default_factory=list)
    decided_conflicts: list[ConflictRow] = field(default_factory=list)
    gone: dict[str, str] = field(default_factory=dict)
    """Tickets central took away → its reason."""
    incidents: list[Incident] = field(default_factory=list)
    held: list[HeldDeletions] = field(default_factory=list)
    decided: list[tuple[str, str]] = field(default_factory=list)
    """What was decided about held deletions, and by whom with which reason."""
    stale: dict[Group, AsOf] = field(default_factory=dict)
    counter: int = 0x400
    rowids: dict[str, int] = field(default_factory=dict)
    records: dict[Aggregate, dict[str, Fields]] = field(default_factory=dict)
    """Records of every other kind, in the order they came."""
    bank_lines: dict[str, KeptLine] = field(default_factory=dict)
    billing_as_of: Millis | None = None
    files: dict[str, bytes] = field(default_factory=dict)
    redirects: dict[str, str] = field(default_factory=dict)
    """Merged customer → whom readers find."""
    experts: list[ExpertCard] = field(default_factory=list)


class MemoryTx:
    """One transaction of the memory store; all ports' parts in one object."""

    def __init__(self, contents: Contents, identity: DeskIdentity) -> None:
        self._all = contents
        self._identity = identity
        self.changes = Changes()

    # The port's parts: each asks for names of its own, so one object serves them all.
    @property
    def tickets(self) -> Any:  # noqa: ANN401 - whatever stands behind the port
        return TicketPart(self._all)

    @property
    def customers(self) -> Any:  # noqa: ANN401 - whatever stands behind the port
        return CustomerPart(self._all)

    @property
    def catalog(self) -> Any:  # noqa: ANN401 - whatever stands behind the port
        return CatalogPart(self._all)

    @property
    def models(self) -> Any:  # noqa: ANN401 - whatever stands behind the port
        return ModelPart(self._all)

    @property
    def outbox(self) -> Any:  # noqa: ANN401 - whatever stands behind the port
        return OutboxPart(self._all, self.note_change)

    @property
    def payments(self) -> Any:  # noqa: ANN401 - whatever stands behind the port
        return PaymentPart(self._all)

    @property
    def experts(self) -> Any:  # noqa: ANN401 - whatever stands behind the port
        return ExpertPart(self._all)

    @property
    def desk(self) -> Any:  # noqa: ANN401 - whatever stands behind the port
        return DeskPart(self._all, self._identity)

    @property
    def incidents(self) -> Any:  # noqa: ANN401 - whatever stands behind the port
        return IncidentPart(self._all)

    @property
    def mirror(self) -> Any:  # noqa: ANN401 - whatever stands behind the port
        return MirrorPart(self._all)

    def held_deletions(self) -> Sequence[HeldDeletions]:
        return self._all.held

    def record(
        self, aggregate: Aggregate, id_: str
    ) -> tuple[Mapping[str, Json], int | None] | None:
        table = _table(self._all, aggregate)
        return (table[id_], 1) if id_ in table else None

    def own_record(
        self, aggregate: Aggregate, id_: str
    ) -> tuple[Mapping[str, Json], int | None] | None:
        return self.record(aggregate, id_)

    def search(self, text: str, limit: int, now: Millis) -> SearchAnswer:
        words = fold(text).split()

        def fits(*texts: str) -> bool:
            whole = fold(" ".join(texts))
            return bool(words) and all(word in whole for word in words)

        rows = [_row(self._all, one) for one in self._all.tickets]
        customers = [
            CustomerHit(one.id, one.name, one.phones[0], one.city, one.open_tickets)
            for one in self._all.customers.values()
            if fits(one.name, *one.phones)
        ]
        found = [row for row in rows if fits(row.reference, row.fault, row.customer, row.device)]
        models = [one for one in self._all.catalog if fits(one.name, one.detail)]
        return SearchAnswer(tuple(found[:limit]), tuple(customers[:limit]), tuple(models), 4.0)

    def feed_state(self, service: Service) -> FeedState:
        as_of = self._all.billing_as_of if service is Service.BILLING else None
        return FeedState(None, None, None, as_of, None, False, None, False, None, 0)

    def drafts(self) -> Sequence[Draft]:
        return sorted(self._all.drafts.values(), key=lambda one: one.call.started)

    def conflicts(self) -> Sequence[ConflictRow]:
        return self._all.conflicts

    def keep_draft(self, draft: Draft) -> None:
        self._all.drafts[draft.call.draft_id] = draft
        self.note_change(Changes.of("draft", draft.call.draft_id))

    def drop_draft(self, draft_id: str) -> None:
        self._all.drafts.pop(draft_id, None)
        self.note_change(Changes.of("draft", draft_id))

    def note_change(self, changes: Changes) -> None:
        self.changes = self.changes.merged(changes)


@dataclass
class TicketPart:
    contents: Contents

    def queue(
        self, which: QueueFilter, after: QueueKey | None, limit: int, now: Millis
    ) -> QueuePage:
        rows = [_row(self.contents, one) for one in self.contents.tickets]
        rows = sorted((row for row in rows if self._in(row, which)), key=_order)
        past = sum(row.due is not None and row.due < now for row in rows)
        rest = [row for row in rows if after is None or _order(row) > _place(after)]
        page = tuple(rest[:limit])
        more = bool(page) and len(rest) > limit
        return QueuePage(page, len(rows), past, page[-1].key if more else None)

    def _in(self, row: TicketRow, which: QueueFilter) -> bool:
        fields = self.contents.tickets[row.id]
        words = f"{row.reference} {row.fault} {row.device} {row.customer}".lower()
        return (
            _in_view(row, fields, which)
            and which.words.lower() in words
            and (which.due_before is None or (row.due is not None and row.due < which.due_before))
        )

    def row(self, ticket_id: str) -> TicketRow | None:
        return _row(self.contents, ticket_id) if ticket_id in self.contents.tickets else None

    def detail(self, ticket_id: str, staleness: Staleness) -> TicketDetail | None:
        if ticket_id not in self.contents.tickets:
            return None
        return _detail(self.contents, ticket_id, staleness)

    def why_gone(self, ticket_id: str) -> str | None:
        return self.contents.gone.get(ticket_id)

    def own_id_of(self, reference: str) -> EntityId | None:
        return self.id_of(reference)

    def id_of(self, reference: str) -> EntityId | None:
        found = (i for i, one in self.contents.tickets.items() if one["reference"] == reference)
        return next((EntityId(one) for one in found), None)

    def holder_of(self, promise_id: str, ticket_id: str) -> EntityId | None:
        held = (one.id for one in _promises(self.contents.tickets[ticket_id]))
        return EntityId(ticket_id) if promise_id in held else None

    def open_like(
        self, *, e164: str | None, customer_id: str | None, device_id: str | None, limit: int
    ) -> Sequence[tuple[TicketRow, Mapping[str, Json]]]:
        found = [
            (_row(self.contents, id_), fields)
            for id_, fields in self.contents.tickets.items()
            if (e164 and fields.get("caller_e164") == e164)
            or (customer_id and fields.get("customer_id") == customer_id)
        ]
        return found[:limit]

    def counts(self, person: str, now: Millis) -> RailCounts:
        by_view = {
            view: self.queue(QueueFilter(view, owner=person), None, 0, now).total
            for view in QueueView
        }
        waiting = OutboxPart(self.contents, lambda _: None).counts()
        total = waiting.waiting + waiting.needs_review
        return RailCounts(by_view, total)

    def call_backs(self, before: Millis, limit: int) -> Sequence[CallBack]:
        found = [
            CallBack(
                "promise",
                one.id,
                row.id,
                row.reference,
                one.what,
                one.to,
                one.by_when,
                row.owner or "",
            )
            for row, one in self._promises()
            if one.kept_at is None and (one.by_when is None or one.by_when < before)
        ]
        for id_, fields in self.contents.contacts.items():
            due = fields.get("call_back_due")
            if due and not fields.get("call_back_done"):
                to = str(fields.get("caller_name") or fields.get("number") or "")
                at = from_rfc3339(str(due))
                found.append(CallBack("dropped", id_, None, "", "", to, at))
        return sorted(found, key=lambda one: (one.due is None, one.due or 0))[:limit]

    def _promises(self) -> Iterable[tuple[TicketRow, Promise]]:
        for id_ in self.contents.tickets:
            for one in _promises(self.contents.tickets[id_]):
                yield _row(self.contents, id_), one


def _in_view(row: TicketRow, fields: Fields, which: QueueFilter) -> bool:
    match which.view:
        case QueueView.MINE:
            return row.owner == which.owner
        case QueueView.UNASSIGNED:
            return row.owner is None
        case QueueView.TO_COMPLETE:
            return row.status == "to_complete"
        case QueueView.MODELS:
            return row.device_is_words
        case QueueView.PAYMENTS:
            return bool(fields.get("claims"))
        case QueueView.NEEDS_REVIEW:
            return row.state is RowState.NEEDS_REVIEW
        case QueueView.QUARANTINE:
            return row.status == "quarantined"
        case _:
            return True


def _order(row: TicketRow) -> tuple[int, int, int]:
    return _place(row.key)


def _place(key: QueueKey) -> tuple[int, int, int]:
    return (-key.danger, key.due, key.rowid)


def _row(contents: Contents, ticket_id: str) -> TicketRow:
    fields = contents.tickets[ticket_id]
    rowid = contents.rowids.setdefault(ticket_id, len(contents.rowids) + 1)
    due = from_rfc3339(str(fields["due"])) if fields.get("due") else None
    danger = in_danger(fields)
    customer = contents.customers.get(str(fields.get("customer_id")))
    pinned = fields.get("model_pin")
    words = str(fields.get("model_words") or "")
    device = str(fields.get("device_name") or "")
    if isinstance(pinned, dict):
        entry = str(pinned.get("entry_id"))
        device = next((one.name for one in contents.catalog if one.entry_id == entry), device)
    states = {
        word_of(one.state, one.attempts)
        for one in contents.outbox.values()
        if one.lane == ticket_id and one.state not in FINAL
    }
    state = RowState(str(fields["row_state"])) if fields.get("row_state") else loudest(states)
    return TicketRow(
        rowid=rowid,
        id=ticket_id,
        reference=str(fields["reference"]),
        state=state,
        status=str(fields.get("status") or "new"),
        fault=str(fields.get("fault") or ""),
        device=device or words,
        device_is_words=bool(words and not device),
        customer=customer.name if customer else str(fields.get("caller_name") or ""),
        due=due,
        owner=str(fields["owner"]) if fields.get("owner") else None,
        danger=danger,
        safety=str(fields.get("safety") or Safety.NOT_ASKED),
        happened_at=from_rfc3339(str(fields["happened_at"])),
        priority=str(fields.get("priority") or "normal"),
        key=QueueKey(int(danger), due if due is not None else _FAR, rowid),
    )


def _promises(fields: Fields) -> list[Promise]:
    kept = {str(one["promise_id"]): str(one["at"]) for one in _entries(fields, "promises_kept")}
    return [
        Promise(
            id=str(one["id"]),
            what=str(one["what"]),
            to=str(one["to"]),
            by_when=from_rfc3339(str(one["by_when"])) if one.get("by_when") else None,
            kept_at=from_rfc3339(kept[str(one["id"])]) if str(one["id"]) in kept else None,
        )
        for one in _entries(fields, "promises")
    ]


def _entries(fields: Fields, name: str) -> list[dict[str, Json]]:
    value = fields.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _detail(contents: Contents, ticket_id: str, staleness: Staleness) -> TicketDetail:
    row, fields = _row(contents, ticket_id), contents.tickets[ticket_id]
    customer_id = str(fields.get("customer_id") or "")
    customer_id = contents.redirects.get(customer_id, customer_id)
    devices = contents.devices.get(customer_id, [])
    device = next((one for one in devices if one.id == fields.get("device_id")), None)
    taken = ThreadEntry(
        "call",
        row.happened_at,
        str(fields.get("taken_by") or ""),
        row.fault,
        row.state,
        offline=bool(fields.get("offline")),
    )
    notes = [
        ThreadEntry("note", from_rfc3339(str(one["at"])), str(one["by"]), str(one["text"]))
        for one in _entries(fields, "notes")
    ]
    return TicketDetail(
        row=row,
        fields=fields,
        rev=1,
        thread=tuple(sorted((taken, *notes), key=lambda one: one.at)),
        promises=tuple(_promises(fields)),
        missing=missing_parts(fields),
        customer=contents.customers.get(customer_id),
        plan=contents.plans.get(customer_id),
        device=device,
        visits=(),
        conflicts=tuple(one for one in contents.conflicts if one.target == ticket_id),
        provenance=dict.fromkeys(Group, "desk"),
        as_of={
            group: contents.stale.get(group, AsOf(staleness.now, stale=False)) for group in Group
        },
    )


@dataclass
class CustomerPart:
    contents: Contents

    def matches(
        self, *, e164: str | None, digits: str, name: str, now: Millis, limit: int
    ) -> Sequence[CallerMatch]:
        found = []
        for customer in self.contents.customers.values():
            why = self._why(customer, e164, digits, name)
            if why:
                found.append(self._offer(customer, why))
        return found[:limit]

    def _why(self, customer: CustomerCard, e164: str | None, digits: str, name: str) -> str:
        if e164 and e164 in customer.phones:
            return "phone_exact"
        if len(digits) >= 4 and any(one.endswith(digits) for one in customer.phones):
            return "phone_ending"
        return "name" if len(name) >= 3 and fold(name) in fold(customer.name) else ""

    def _offer(self, customer: CustomerCard, why: str) -> CallerMatch:
        rows = [
            _row(self.contents, id_)
            for id_, fields in self.contents.tickets.items()
            if fields.get("customer_id") == customer.id
        ]
        promises = [
            one
            for fields in self.contents.tickets.values()
            if fields.get("customer_id") == customer.id
            for one in _promises(fields)
        ]
        plan = self.contents.plans.get(customer.id)
        return CallerMatch(
            customer=customer,
            why=why,
            devices=tuple(self.contents.devices.get(customer.id, ())),
            plans=(plan,) if plan else (),
            open_tickets=tuple(rows),
            calls_30_days=self.contents.calls.get(customer.id, 0),
            last_promise=promises[-1] if promises else None,
        )

    def card(self, customer_id: str) -> CustomerCard | None:
        return self.contents.customers.get(customer_id)

    def devices(self, customer_id: str) -> Sequence[DeviceCard]:
        return self.contents.devices.get(customer_id, [])

    def page(self, customer_id: str, now: Millis) -> CustomerPage | None:
        customer_id = self.contents.redirects.get(customer_id, customer_id)
        customer = self.contents.customers.get(customer_id)
        if customer is None:
            return None
        offer = self._offer(customer, "name")
        called = [
            (id_, fields)
            for id_, fields in self.contents.contacts.items()
            if fields.get("customer_id") == customer_id
        ]
        calls = tuple(self._call(id_, fields) for id_, fields in called)
        return CustomerPage(
            customer, offer.devices, offer.plans, offer.open_tickets, calls,
            offer.calls_30_days, offer.last_promise,
            tuple(
                (one, self.contents.customers[one].name)
                for one, into in self.contents.redirects.items()
                if into == customer_id
            ),
        )  # fmt: skip

    def _call(self, id_: str, fields: Fields) -> CustomerCall:
        named = fields.get("tickets")
        ticket_id = str(named[0]) if isinstance(named, list) and named else ""
        row = _row(self.contents, ticket_id) if ticket_id in self.contents.tickets else None
        return CustomerCall(
            id=id_, started=from_rfc3339(str(fields["started"])),
            agent=str(fields.get("agent") or ""), outcome=str(fields.get("outcome") or ""),
            caller=str(fields.get("caller_name") or ""), ticket_id=row.id if row else "",
            reference=row.reference if row else "", fault=row.fault if row else "",
        )  # fmt: skip

    def plan(self, customer_id: str, device_id: str | None, now: Millis) -> PlanTerms | None:
        plan = self.contents.plans.get(customer_id)
        return PlanTerms(plan.id, None, covers_now=True) if plan else None


@dataclass
class CatalogPart:
    contents: Contents

    def candidates(self, words: str, limit: int) -> Sequence[ModelCandidate]:
        scored = [(likeness(words, one.name), one) for one in self.contents.catalog]
        ranked = sorted(scored, key=lambda pair: -pair[0])
        return [replace(one, score=score) for score, one in ranked[:limit] if score > 0.15]

    def name_of(self, entry_id: str) -> str | None:
        return next((one.name for one in self.contents.catalog if one.entry_id == entry_id), None)

    def entries(self, after: int, limit: int) -> tuple[Sequence[EntryNames], int]:
        return [_names(one) for one in self.contents.catalog], 0

    def entries_of(self, ids: Sequence[str]) -> Sequence[EntryNames]:
        known = {one.entry_id: _names(one) for one in self.contents.catalog}
        return [known[id_] for id_ in ids if id_ in known]

    def known_by(self, words: str) -> Sequence[str]:
        return [
            self.contents.aliases[key]
            for key in (words_key(words),)
            if key in self.contents.aliases
        ]

    def approved_here(self) -> Sequence[str]:
        return ()


@dataclass
class ModelPart:
    """Waiting words alone; proposals are shown over the real store (tests/ui/test_models_view)."""

    contents: Contents

    def waiting(self) -> Sequence[WaitingWords]:
        groups: dict[str, list[WaitingTicket]] = {}
        for id_ in self.contents.tickets:
            row = _row(self.contents, id_)
            key = words_key(row.device)
            if row.device_is_words and key not in self.contents.aliases:
                one = WaitingTicket(
                    id_, row.reference, row.device, row.happened_at,
                    in_danger=row.danger, blocks=True,
                )  # fmt: skip
                groups.setdefault(key, []).append(one)
        return in_order(
            WaitingWords(key, tickets[0].words, tuple(tickets)) for key, tickets in groups.items()
        )

    def proposals(self) -> Sequence[ProposalView]:
        return ()

    def decided_here(self) -> Sequence[ProposalView]:
        return ()

    def tickets_of(self, entry_id: str) -> Sequence[WaitingTicket]:
        return ()

    def merged_away(self) -> Sequence[MergedAway]:
        return ()

    def aliases_of(self, entry_id: str) -> Sequence[AliasRow]:
        return ()

    def skills_of(self, expert: str) -> Sequence[str]:
        return ()

    def entry_parts(self, entry_id: str) -> ModelParts | None:
        found = next((one for one in self.contents.catalog if one.entry_id == entry_id), None)
        return ModelParts("", found.name) if found else None


def _names(one: ModelCandidate) -> EntryNames:
    maker, _, name = one.name.partition(" ")
    return EntryNames(one.entry_id, maker, name, "", one.category, one.detail)


@dataclass
class IncidentPart:
    """Implements `app.ports.store.IncidentReads`."""

    contents: Contents

    def recent(self, since: Millis) -> Sequence[Incident]:
        return [one for one in self.contents.incidents if one.last_at >= since]


@dataclass
class MirrorPart:
    """As much of `app.ports.store.MirrorWrites` as a person reaches."""

    contents: Contents

    def release_deletions(self, service: Service, limit: int, at: Millis, by: str) -> int:
        return self._decided(service, f"released by {by}")

    def refuse_deletions(self, service: Service, at: Millis, by: str) -> int:
        return self._decided(service, f"refused by {by}")

    def _decided(self, service: Service, how: str) -> int:
        held = [one for one in self.contents.held if one.service == service]
        self.contents.held = [one for one in self.contents.held if one not in held]
        self.contents.decided += [(service.value, how)] if held else []
        return sum(one.count for one in held)


@dataclass
class OutboxPart:
    contents: Contents
    note: Callable[[Changes], None]

    def append(self, operation: NewOperation, at: Millis) -> OpState:
        body = operation.body
        self.contents.outbox[body.op_id] = StoredOperation(
            op_id=body.op_id,
            seq=len(self.contents.outbox) + 1,
            service=operation.service,
            kind=body.kind,
            lane=body.lane,
            raw=operation.raw,
            digest=operation.digest,
            state=OpState.PENDING,
            attempts=0,
            next_try=None,
            reason="",
            recorded_at=at,
            verdict_rev=None,
            verdict_position=None,
            poison_count=0,
            receipt=None,
        )
        if isinstance(body.target, str):
            table = _table(self.contents, body.rule.aggregate)
            table[body.target] = lay_over(table.get(body.target), body)
        self.note(Changes.of(str(body.rule.aggregate), body.lane).merged(Changes.of("outbox")))
        return OpState.PENDING

    def event(self, op_id: str, event: OpEvent, detail: EventDetail) -> OpState:
        stored = self.contents.outbox[op_id]
        state = next_state(stored.state, event)
        self.contents.outbox[op_id] = replace(
            stored, state=state, attempts=stored.attempts + (event is OpEvent.SEND)
        )
        rule = KINDS[stored.kind]
        if state is OpState.WITHDRAWN and rule.effect is Effect.CREATE:
            _table(self.contents, rule.aggregate).pop(stored.lane, None)
        self.note(Changes.of("ticket", stored.lane).merged(Changes.of("outbox")))
        return state

    def replace(self, op_id: str, operation: NewOperation, at: Millis) -> OpState:
        self.event(op_id, OpEvent.EDITED, EventDetail(at))
        return self.append(operation, at)

    def conflict_decided(self, op_id: str, at: Millis) -> None:
        decided = [one for one in self.contents.conflicts if one.op_id == op_id]
        self.contents.conflicts = [one for one in self.contents.conflicts if one.op_id != op_id]
        self.contents.decided_conflicts += decided

    def conflict_reopened(self, op_id: str) -> None:
        self.contents.conflicts += [
            one for one in self.contents.decided_conflicts if one.op_id == op_id
        ]

    def rows(self, *, include_final: bool = False) -> Sequence[OutboxRow]:
        return [
            self._row(one)
            for one in self.contents.outbox.values()
            if include_final or one.state not in FINAL
        ]

    def _row(self, stored: StoredOperation) -> OutboxRow:
        body = bodies.read(stored.raw)
        ticket = self.contents.tickets.get(stored.lane, {})
        fault = body.changes.get("fault")
        summary = str(fault.new if fault else (body.entry or {}).get("text") or "")
        return OutboxRow(
            op_id=stored.op_id,
            kind=stored.kind,
            service=stored.service,
            lane=stored.lane,
            target=stored.lane,
            reference=str(ticket.get("reference") or ""),
            summary=summary,
            state=stored.state,
            word=word_of(stored.state, stored.attempts),
            attempts=stored.attempts,
            reason=stored.reason,
            since=stored.recorded_at,
            next_try=stored.next_try,
            actor=body.actor,
        )

    def counts(self) -> OutboxCounts:
        every = self.contents.outbox.values()
        waiting = [one for one in every if one.state in WITHOUT_VERDICT]
        parked = sum(one.state is OpState.PARKED for one in every)
        times = [one.recorded_at for one in waiting]
        by_service: dict[str, int] = {}
        for one in waiting:
            by_service[one.service] = by_service.get(one.service, 0) + 1
        return OutboxCounts(len(waiting), parked, min(times, default=None), by_service)

    def get(self, op_id: str) -> StoredOperation | None:
        return self.contents.outbox.get(op_id)

    def in_place_of(self, op_id: str) -> StoredOperation | None:
        return self.contents.outbox.get(op_id)

    def withdrawn(self, kind: str) -> Sequence[bytes]:
        held = self.contents.outbox.values()
        return [one.raw for one in held if one.kind == kind and one.state is OpState.WITHDRAWN]

    def last_in_lane(self, lane: str, kind: str, before: str | None = None) -> OpId | None:
        del kind, before
        found = [one for one in self.contents.outbox.values() if one.lane == lane]
        return found[-1].op_id if found else None

    def followers(self, op_id: str) -> Sequence[StoredOperation]:
        return ()


def _table(contents: Contents, aggregate: Aggregate) -> dict[str, Fields]:
    if aggregate is Aggregate.TICKET:
        return contents.tickets
    if aggregate is Aggregate.CONTACT:
        return contents.contacts
    return contents.records.setdefault(aggregate, {})


@dataclass
class ExpertPart:
    contents: Contents

    def roster(self) -> Sequence[ExpertCard]:
        return self.contents.experts


@dataclass
class PaymentPart:
    contents: Contents

    def unverified(self) -> Sequence[TicketFields]:
        return [one for one in self._tickets() if one.fields.get("claims")]

    def reduced(self) -> Sequence[TicketFields]:
        return [one for one in self._tickets() if one.fields["status"] in ("new", "to_complete")]

    def _tickets(self) -> Sequence[TicketFields]:
        rows = (_row(self.contents, one) for one in self.contents.tickets)
        return [
            TicketFields(
                row.id, row.reference, row.due,
                str(self.contents.tickets[row.id].get("customer_id") or ""),
                self.contents.tickets[row.id],
            )
            for row in sorted(rows, key=_order)
        ]  # fmt: skip

    def rulings(self) -> Sequence[Mapping[str, Json]]:
        made = self.contents.records.get(Aggregate.RULING, {})
        return [{**fields, "id": id_} for id_, fields in made.items()]

    def billed(self, since: str) -> Sequence[tuple[str, Mapping[str, Json]]]:
        return list(self.contents.records.get(Aggregate.PAYMENT, {}).items())

    def lines(self, since: str) -> Sequence[KeptLine]:
        return list(self.contents.bank_lines.values())

    def last_import(self) -> Sequence[KeptLine]:
        every = list(self.contents.bank_lines.values())
        last = max(every, key=lambda one: one.imported_at, default=None)
        return [one for one in every if last and one.import_id == last.import_id]

    def evidence(self, file_id: str) -> bytes | None:
        return self.contents.files.get(file_id)

    def evidence_ids(self) -> frozenset[str]:
        return frozenset(self.contents.files)

    def keep_evidence(self, file_id: str, ticket_id: str, content: bytes, at: Millis) -> None:
        self.contents.files[file_id] = content

    def known(self, keys: Sequence[str]) -> frozenset[str]:
        return frozenset(keys) & self.contents.bank_lines.keys()

    def keep_lines(self, lines: Sequence[KeptLine]) -> None:
        self.contents.bank_lines = {**{one.key: one for one in lines}, **self.contents.bank_lines}

    def span(
        self, since: Millis, until: Millis
    ) -> tuple[Sequence[Mapping[str, Json]], Sequence[Mapping[str, Json]]]:
        tickets = [{**one, "id": id_} for id_, one in self.contents.tickets.items()]
        inside = [one for one in tickets if since <= _happened(one) < until]
        return inside, list(self.contents.contacts.values())


def _happened(fields: Fields) -> Millis:
    return from_rfc3339(str(fields["happened_at"]))


@dataclass
class DeskPart:
    contents: Contents
    who: DeskIdentity

    def identity(self) -> DeskIdentity:
        return self.who

    def configuration_document(self) -> bytes | None:
        return None

    def setting(self, name: str) -> Json:
        return self.contents.settings.get(name)

    def set_setting(self, name: str, value: Json) -> None:
        self.contents.settings[name] = value

    def clock_offset(self) -> tuple[int, Millis] | None:
        return None

    def start_again(self, incarnation: str) -> None:
        """A test reads it from the settings."""
        self.contents.settings["started_again"] = incarnation

    def next_reference(self) -> Reference:
        self.contents.counter = references.next_counter(self.who.desk_code, self.contents.counter)
        return references.compose(self.who.desk_code, self.contents.counter)


class MemoryStore:
    """The store port without a disk; `pause` makes calls slow, `trouble` makes writes fail."""

    def __init__(self, contents: Contents, identity: DeskIdentity) -> None:
        self.contents = contents
        self._identity = identity
        self._listeners: list[Callable[[Changes], None]] = []
        self.trouble: Exception | None = None
        self.trouble_after: Exception | None = None
        """Raised by every call once the work was done: a commit that raised and is durable."""
        self.pause = 0.0
        self.copy = SecondCopy()
        self.copy_trouble: Exception | None = None

    async def read(self, work: Callable[[Any], T]) -> T:
        await asyncio.sleep(self.pause)
        if self.trouble_after is not None:
            raise self.trouble_after
        return work(MemoryTx(self.contents, self._identity))

    async def write(self, work: Callable[[Any], T], *, by_person: bool = True) -> T:
        await asyncio.sleep(self.pause)
        if self.trouble is not None:
            raise self.trouble
        tx = MemoryTx(self.contents, self._identity)
        result = work(tx)
        self.publish(tx.changes)
        if self.trouble_after is not None:
            raise self.trouble_after
        return result

    def publish(self, changes: Changes) -> None:
        if changes.ids or changes.everything:
            for listener in tuple(self._listeners):
                listener(changes)

    def subscribe(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def backup(self, target: str) -> None: ...

    async def second_copy(self) -> SecondCopy:
        return self.copy

    async def keep_second_copy(self, folder: str) -> SecondCopy:
        if self.copy_trouble is not None:
            raise self.copy_trouble
        self.copy = SecondCopy(CopyWord.CURRENT if folder else CopyWord.NONE, folder)
        return self.copy

    async def check(self) -> Iterable[str]:
        return ()

    async def close(self) -> None: ...


def parked(contents: Contents, op_id: OpId, reason: str) -> None:
    """Let central have refused an operation."""
    stored = contents.outbox[op_id]
    contents.outbox[op_id] = replace(stored, state=OpState.PARKED, attempts=1, reason=reason)
