"""One ticket opened: fields, thread, cards, and how old each group of fields is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import Connection

from app.domain.freshness import SOURCE_OF_GROUP, as_of
from app.domain.ids import Millis
from app.domain.lifecycle import OVERLAID, OpState, RowState, word_of
from app.domain.operations import Effect, FieldConflict, Json
from app.domain.tickets import Group, missing_parts
from app.domain.views import (
    AsOf,
    ConflictRow,
    Promise,
    ThreadEntry,
    TicketDetail,
    VisitCard,
)
from app.ports.store import Staleness
from local_store import mapping, records
from local_store.customers import CustomerQueries
from local_store.mirror import feed_state
from local_store.tickets import TicketQueries


def detail(connection: Connection, ticket_id: str, staleness: Staleness) -> TicketDetail | None:
    """The ticket as it stands here; None where it is not known."""
    followed = records.followed(connection, ticket_id)
    row = TicketQueries(connection).row(followed)
    found = records.projected(connection, followed)
    if row is None or found is None:
        return None
    fields, rev = found
    customers = CustomerQueries(connection)
    customer_id, device_id = mapping.word(fields, "customer_id"), mapping.word(fields, "device_id")
    plans = customers.plan_cards("id = ?", mapping.text(fields, "plan_id"))
    devices = customers.device_cards("d.id = ?", device_id) if device_id else ()
    return TicketDetail(
        row=row,
        fields=fields,
        rev=rev,
        thread=_thread(connection, followed, fields),
        promises=_promises(fields),
        missing=missing_parts(fields),
        customer=customers.card(customer_id) if customer_id else None,
        plan=next(iter(plans), None),
        device=next(iter(devices), None),
        visits=_visits(connection, followed),
        conflicts=tuple(conflicts(connection, followed)),
        provenance=_provenance(connection, fields, rev),
        as_of=_ages(connection, staleness),
    )


def _thread(
    connection: Connection, ticket_id: str, fields: Mapping[str, Json]
) -> tuple[ThreadEntry, ...]:
    """The call, then notes, promises, claims and pending changes by their time."""
    words = _entry_words(connection, ticket_id)
    call = ThreadEntry(
        kind="call",
        at=mapping.time(fields, "happened_at") or Millis(0),
        by=mapping.text(fields, "taken_by"),
        text=mapping.text(fields, "fault"),
        offline=bool(fields.get("offline")),
    )
    entries = [
        ThreadEntry(
            kind=kind,
            at=mapping.time(one, "at") or Millis(0),
            by=mapping.text(one, "by") or mapping.text(one, "made_by"),
            text=mapping.text(one, "text") or mapping.text(one, "what"),
            state=words.get(mapping.text(one, "id"), RowState.SENT),
            id=mapping.text(one, "id"),
            fields=one,
        )
        for kind, name in _LISTS
        for one in mapping.entries(fields, name)
    ]
    changes = _pending_changes(connection, ticket_id)
    received = mapping.time(fields, "received_at")
    if received is not None and fields.get("offline"):
        entries.append(ThreadEntry("sent", received, "", ""))
    return (call, *sorted([*entries, *changes], key=lambda entry: entry.at))


_LISTS = (
    ("note", "notes"),
    ("promise", "promises"),
    ("promise_kept", "promises_kept"),
    ("claim", "claims"),
)


def _entry_words(connection: Connection, lane: str) -> dict[str, RowState]:
    """The row word of each entry that an operation still shows."""
    words: dict[str, RowState] = {}
    for raw, state, attempts in records.overlays(connection, lane):
        entry = records.overlay_of(raw).entry
        if entry is not None:
            words[str(entry.get("id"))] = word_of(OpState(state), attempts)
    return words


def _pending_changes(connection: Connection, lane: str) -> list[ThreadEntry]:
    """Edits of this desk that still show over central's truth."""
    marks = ", ".join(f"'{state}'" for state in sorted(OVERLAID))
    rows = connection.exec_driver_sql(
        "SELECT op_id, raw, state, attempts, recorded_at, actor FROM outbox "
        f"WHERE lane = ? AND state IN ({marks}) ORDER BY place",
        (lane,),
    )
    found = []
    for op_id, raw, state, attempts, recorded_at, actor in rows:
        body = records.overlay_of(bytes(raw))
        if body.rule.effect is Effect.SET:
            news = {name: change.new for name, change in body.changes.items()}
            word = word_of(OpState(state), attempts)
            found.append(ThreadEntry("change", recorded_at, actor, "", word, id=op_id, fields=news))
    return found


def _promises(fields: Mapping[str, Json]) -> tuple[Promise, ...]:
    kept = {
        mapping.text(one, "promise_id"): mapping.time(one, "at")
        for one in mapping.entries(fields, "promises_kept")
    }
    return tuple(
        Promise(
            id=mapping.text(one, "id"),
            what=mapping.text(one, "what"),
            to=mapping.text(one, "to"),
            by_when=mapping.time(one, "by_when"),
            kept_at=kept.get(mapping.text(one, "id")),
        )
        for one in mapping.entries(fields, "promises")
    )


def _visits(connection: Connection, ticket_id: str) -> tuple[VisitCard, ...]:
    rows = connection.exec_driver_sql(
        "SELECT v.id, coalesce(x.name, ''), v.state, v.window_start, v.window_end FROM visit_row v "
        "LEFT JOIN expert_row x ON x.id = v.expert_id WHERE v.ticket_id = ? ORDER BY 4",
        (ticket_id,),
    )
    return tuple(VisitCard(*row) for row in rows)


def conflicts(connection: Connection, target: str | None = None) -> Sequence[ConflictRow]:
    """Conflicts nobody has decided, of one record or of all."""
    where, values = ("AND target = ?", (target,)) if target else ("", ())
    rows = connection.exec_driver_sql(
        "SELECT op_id, target, at, field, base, mine, theirs, by, theirs_at FROM conflict "
        f"WHERE decided_at IS NULL {where} ORDER BY at, field",
        values,
    )
    decode = msgspec.json.decode
    return [
        ConflictRow(
            op_id, of, at,
            FieldConflict(name, decode(base), decode(mine), decode(theirs), by, theirs_at),
        )
        for op_id, of, at, name, base, mine, theirs, by, theirs_at in rows
    ]  # fmt: skip


def _provenance(
    connection: Connection, fields: Mapping[str, Json], rev: int | None
) -> dict[Group, str]:
    """Who each group's values come from: central's records, or the desk and person that took it."""
    person = mapping.text(fields, "taken_by")
    row = connection.exec_driver_sql("SELECT name FROM person WHERE id = ?", (person,)).fetchone()
    taker = str(row[0]) if row else person
    source = "central" if rev is not None and not taker else taker or "desk"
    known = {Group.CUSTOMER, Group.COVERAGE, Group.DEVICE}
    has_customer = bool(fields.get("customer_id"))
    return {group: "central" if group in known and has_customer else source for group in Group}


def _ages(connection: Connection, staleness: Staleness) -> dict[Group, AsOf]:
    sources = {
        service: feed_state(connection, service).source_as_of
        for service in set(SOURCE_OF_GROUP.values())
    }
    return {
        group: as_of(sources[service], staleness.now, staleness.stale_after[service])
        for group, service in SOURCE_OF_GROUP.items()
    }
