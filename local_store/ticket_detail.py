"""One ticket opened: fields, thread, cards, and how old each group of fields is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from app.domain.central_services import Aggregate, Service
from app.domain.freshness import as_of, of_group, of_ticket_group, own_groups
from app.domain.ids import Millis
from app.domain.lifecycle import OVERLAID, OpState, RowState, word_of
from app.domain.model_rule import ModelResolution, derive
from app.domain.operations import KINDS, Effect, FieldConflict, Json
from app.domain.tickets import FIELD_GROUPS, Group, missing_parts
from app.domain.views import (
    AsOf,
    ConflictRow,
    Promise,
    ThreadEntry,
    TicketDetail,
    TicketRow,
    VisitCard,
)
from app.domain.words import words_key
from app.ports.store import Staleness
from local_store import mapping, model_rule, records
from local_store.catalog import CatalogQueries
from local_store.customer_cards import CustomerCards
from local_store.entities import parts_of, sent_on_to
from local_store.feeds import feed_state
from local_store.model_work import ModelWorkQueries
from local_store.sql import Row, Sql, listed

Fields = Mapping[str, Json]

_MOST_LETTERS = 200
"""So much of the caller's words is looked up."""
_NEAR = 0.15
"""A score from which an entry counts as near: about one of four words is its own."""
_OVERLAID = ", ".join(f"'{state}'" for state in sorted(OVERLAID))
_LISTS = (
    ("note", "notes"),
    ("promise", "promises"),
    ("promise_kept", "promises_kept"),
    ("claim", "claims"),
)


def detail(sql: Sql, row: TicketRow, staleness: Staleness) -> TicketDetail | None:
    """The ticket of that row as it stands here."""
    found = records.projected(sql, Aggregate.TICKET, row.id)
    if found is None:
        return None
    fields, rev = found
    customers = CustomerCards(sql)
    customer_id, device_id = mapping.word(fields, "customer_id"), mapping.word(fields, "device_id")
    plan_id = mapping.word(fields, "plan_id")
    return TicketDetail(
        row=row,
        fields=fields,
        rev=rev,
        thread=_thread(sql, row.id, fields),
        promises=_promises(sql, row.id),
        missing=missing_parts(fields),
        customer=customers.card(customer_id) if customer_id else None,
        plan=customers.plan_card(plan_id) if plan_id else None,
        device=customers.device(device_id) if device_id else None,
        visits=_visits(sql, row.id),
        conflicts=tuple(conflicts(sql, row.id)),
        provenance=_provenance(sql, row.id, fields, rev),
        as_of=_ages(
            sql,
            staleness,
            confirmed=rev is not None,
            names_customer=bool(customer_id),
        ),
        model=_model(sql, row.id, fields),
        merged_here=_merged_here(sql, row.id),
    )


def _merged_here(sql: Sql, ticket_id: str) -> tuple[str, ...]:
    """By central's redirects and by this desk's own merges, without those taken back."""
    rows = sql.all(
        "SELECT t.reference FROM entity e JOIN $ticket t ON t.entity = e.entity "
        "WHERE e.id IN (SELECT value FROM json_each(?)) AND t.reference <> '' ORDER BY 1",
        listed(sent_on_to(sql, {ticket_id})),
    )
    return tuple(str(reference) for (reference,) in rows)


def _model(sql: Sql, ticket_id: str, fields: Fields) -> ModelResolution:
    words = mapping.text(fields, "model_words")
    key = words_key(words)
    known = model_rule.meanings(sql, {key}).of(ticket_id, key) if key else None
    proposed = bool(key) and key in ModelWorkQueries(sql).proposed()

    def comes_near() -> bool:
        found = CatalogQueries(sql).candidates(words[:_MOST_LETTERS], 1) if key else ()
        return any(one.score >= _NEAR for one in found)

    return derive(fields, known, proposed=proposed, comes_near=comes_near)


def _thread(sql: Sql, ticket_id: str, fields: Fields) -> tuple[ThreadEntry, ...]:
    """The call, then notes, promises, claims and this desk's changes by their time."""
    operations = _operations(sql, ticket_id)
    words = {id_: word for raw, word, *_ in operations for id_ in _entry_ids(raw)}
    made = next((word for raw, word, *_ in operations if _makes(raw)), RowState.SENT)
    call = ThreadEntry(
        kind="call",
        at=mapping.time(fields, "happened_at") or Millis(0),
        by=mapping.text(fields, "taken_by"),
        text=mapping.text(fields, "fault"),
        state=made,
        offline=bool(fields.get("offline")),
    )
    entries = [
        _entry(kind, one, words) for kind, name in _LISTS for one in mapping.entries(fields, name)
    ]
    changes = [change for operation in operations if (change := _change(sql, operation))]
    received = mapping.time(fields, "received_at")
    if received is not None and fields.get("offline"):
        entries.append(ThreadEntry("sent", received, "", ""))
    return (call, *sorted([*entries, *changes], key=lambda entry: entry.at))


def _entry(kind: str, one: Fields, words: Mapping[str, RowState]) -> ThreadEntry:
    id_ = mapping.text(one, "id")
    return ThreadEntry(
        kind=kind,
        at=mapping.time(one, "at") or Millis(0),
        by=mapping.text(one, "by") or mapping.text(one, "made_by"),
        text=mapping.text(one, "text") or mapping.text(one, "what"),
        state=words.get(id_, RowState.SENT),
        id=id_,
        fields=one,
    )


Operation = tuple[bytes, RowState, str, Millis, str]
"""Body, row word, id, time and person of an operation on the ticket."""


def _operations(sql: Sql, lane: str) -> list[Operation]:
    """What this desk decided of the ticket and has not taken back, in lane order."""
    rows = sql.all(
        "SELECT raw, state, attempts, poison, op_id, recorded_at, actor FROM outbox "
        "WHERE lane = ? AND state NOT IN ('withdrawn', 'superseded') ORDER BY place, seq",
        lane,
    )
    return [
        (bytes(raw), _word(OpState(state), attempts, poison), op_id, Millis(at), actor)
        for raw, state, attempts, poison, op_id, at, actor in rows
    ]


def _word(state: OpState, attempts: int, poison: int) -> RowState:
    return word_of(state, attempts, poison) if state in OVERLAID else RowState.SENT


def _entry_ids(raw: bytes) -> list[str]:
    """Entries an operation brings: its own, or those inside the ticket it makes."""
    body = records.overlay_of(raw)
    news = {name: change.new for name, change in body.changes.items()}
    inside = [one for _, name in _LISTS for one in mapping.entries(news, name)]
    return [mapping.text(one, "id") for one in (*inside, body.entry or {})]


def _makes(raw: bytes) -> bool:
    return records.overlay_of(raw).rule.effect is Effect.CREATE


def _change(sql: Sql, operation: Operation) -> ThreadEntry | None:
    """What an operation sets; a model comes with the name of its entry."""
    raw, word, op_id, at, actor = operation
    body = records.overlay_of(raw)
    if KINDS[body.kind].effect is not Effect.SET:
        return None
    news = {name: change.new for name, change in body.changes.items()}
    pin = news.get("model_pin")
    if isinstance(pin, dict):
        news["model_pin"] = {**pin, "name": model_rule.entry_name(sql, str(pin.get("entry_id")))}
    return ThreadEntry("change", at, actor, "", word, id=op_id, fields=news)


def _promises(sql: Sql, ticket_id: str) -> tuple[Promise, ...]:
    """The ticket's own, then those of what was merged into it: whoever is left keeps them."""
    rows = promise_rows(sql, ticket_id, "p.id, p.what, p.whom, p.due, p.kept_at")
    return tuple(Promise(*row) for row in rows)


def promise_rows(sql: Sql, ticket_id: str, columns: str) -> Sequence[Row]:
    """Of a ticket's promises and its parts'; those of one ticket as they were made."""
    return sql.all(
        f"SELECT {columns} FROM json_each(?) j JOIN entity e ON e.id = j.value "
        "JOIN $promise p ON p.entity = e.entity ORDER BY j.key, p.rowid",
        listed([ticket_id, *parts_of(sql, ticket_id)]),
    )


def _visits(sql: Sql, ticket_id: str) -> tuple[VisitCard, ...]:
    rows = sql.all(
        "SELECT v.id, coalesce(x.name, ''), coalesce(v.state, ''), v.window_start, v.window_end, "
        "json_extract(coalesce(v.laid, v.fields), '$.told_at') FROM $visit v "
        "LEFT JOIN entity e ON e.id = v.expert_id "
        "LEFT JOIN $expert x ON x.entity = e.entity WHERE v.ticket_id = ? ORDER BY 4",
        ticket_id,
    )
    return tuple(
        VisitCard(id_, expert, state, start, end, mapping.time({"told_at": told}, "told_at"))
        for id_, expert, state, start, end, told in rows
    )


def conflicts(sql: Sql, target: str | None = None) -> Sequence[ConflictRow]:
    """Conflicts nobody has decided, of one record or of all."""
    rows = sql.all(
        "SELECT c.op_id, o.kind, c.target, c.at, c.field, c.base, c.mine, c.theirs, c.by, "
        "c.theirs_at FROM conflict c JOIN outbox o ON o.op_id = c.op_id "
        "WHERE c.decided_at IS NULL AND (?1 IS NULL OR c.target = ?1) ORDER BY c.at, c.field",
        target,
    )
    return [_conflict(row) for row in rows]


def _conflict(row: Row) -> ConflictRow:
    op_id, kind, target, at, name, base, mine, theirs, by, theirs_at = row
    decode = msgspec.json.decode
    values = (decode(base), decode(mine), decode(theirs))
    return ConflictRow(op_id, kind, target, at, FieldConflict(name, *values, by, theirs_at))


def _provenance(sql: Sql, ticket_id: str, fields: Fields, rev: int | None) -> dict[Group, str]:
    """Who each group's values come from: central's records, or the desk and person that took it.

    A group with a pending change of this desk's is the desk's.
    """
    person = mapping.text(fields, "taken_by")
    taker = str(sql.value("SELECT name FROM person WHERE id = ?", person) or person)
    source = taker or ("desk" if rev is None else "central")
    known = {Group.CUSTOMER, Group.COVERAGE, Group.DEVICE} if fields.get("customer_id") else set()
    pending = {
        FIELD_GROUPS[name]
        for one in records.overlays(sql, ticket_id)
        for name in records.overlay_of(one.raw).changes
        if name in FIELD_GROUPS and rev is not None
    }
    return {
        group: "desk" if group in pending else "central" if group in known else source
        for group in Group
    }


def _ages(
    sql: Sql, staleness: Staleness, *, confirmed: bool, names_customer: bool
) -> dict[Group, AsOf]:
    """What is only here has no age: no central has said it yet."""
    feeds = {service: feed_state(sql, service) for service in Service}
    known = {
        one: as_of(feed.source_as_of, feed.last_good, staleness.now, staleness.stale_after[one])
        for one, feed in feeds.items()
    }
    own = own_groups(confirmed=confirmed, names_customer=names_customer)
    age = of_ticket_group if confirmed else of_group
    return {
        group: AsOf(None, stale=False) if group in own else age(group, known) for group in Group
    }
