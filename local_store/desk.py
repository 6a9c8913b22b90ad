"""What the desk knows of itself: identity, configuration, settings, counters, people, drafts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from app.domain import reference as references
from app.domain.call import Call, Draft
from app.domain.central_services import Service
from app.domain.errors import StoreAbsent
from app.domain.ids import Millis, Reference
from app.domain.operations import Json
from app.ports.store import HELD, PLACE, DeskIdentity
from local_store import desk_record
from local_store.retention import DRAFT_DAYS
from local_store.sql import Sql

_IDENTITY, _DOCUMENT, _OFFSET = "identity", "configuration", "clock_offset"


class DeskRows:
    """Implements `app.ports.store.DeskWrites`.

    `given` are the counters this process has composed references from, whatever was committed.
    """

    def __init__(self, sql: Sql, given: dict[str, int]) -> None:
        self._sql = sql
        self._given = given
        self._moved = False

    def identity(self) -> DeskIdentity:
        """Who this desk is. Raises StoreAbsent before enrolment has finished."""
        kept = self._value(_IDENTITY)
        if kept is None:
            raise StoreAbsent("No desk is enrolled in this profile.", todo="Enrol it again.")
        return msgspec.json.decode(kept, type=DeskIdentity)

    def is_enrolled(self) -> bool:
        """Whether there is an identity already."""
        return self._value(_IDENTITY) is not None

    def keep_identity(self, identity: DeskIdentity) -> None:
        self._keep(_IDENTITY, msgspec.json.encode(identity).decode())

    def configuration_document(self) -> bytes | None:
        kept = self._value(_DOCUMENT)
        return None if kept is None else kept.encode()

    def keep_configuration(self, document: bytes) -> None:
        """Keep the signed document as it came, and its people and retention as rows."""
        self._keep(_DOCUMENT, document.decode())
        payload = json.loads(json.loads(document)["payload"])
        self._keep_people(payload.get("people", []))
        drafts = {"table": "draft", "days": payload.get("drafts_days", DRAFT_DAYS)}
        self._keep_retention([drafts, *payload.get("retention", [])])
        self._take_spares(payload.get("desks", []))

    def _take_spares(self, directory: Sequence[Mapping[str, object]]) -> None:
        """Central tops up the codes of a desk that has begun one: those behind ours are spare."""
        if self._value(_IDENTITY) is None:
            return
        identity = self.identity()
        for desk in directory:
            codes = desk.get("codes")
            if desk.get("desk_id") != identity.desk_id or not isinstance(codes, list):
                continue
            if identity.desk_code in codes:
                spares = codes[codes.index(identity.desk_code) + 1 :]
                self.keep_identity(replace(identity, spare_codes=tuple(map(str, spares))))

    def _keep_people(self, people: Sequence[Mapping[str, object]]) -> None:
        self._sql.run("DELETE FROM person")
        rows = [
            (
                one["id"], one["name"], json.dumps(one.get("roles", [])),
                json.dumps(one.get("keys", [])), one.get("revoked_at"),
            )
            for one in people
        ]  # fmt: skip
        self._sql.many("INSERT INTO person VALUES (?, ?, ?, ?, ?)", rows)

    def _keep_retention(self, tables: Sequence[Mapping[str, object]]) -> None:
        self._sql.run("DELETE FROM retention")
        rows = [(one["table"], one.get("days"), one.get("scope", "all")) for one in tables]
        self._sql.many("INSERT OR REPLACE INTO retention VALUES (?, ?, ?)", rows)

    def setting(self, name: str) -> Json:
        kept = self._value(f"setting.{name}")
        value: Json = None if kept is None else msgspec.json.decode(kept)
        return value

    def set_setting(self, name: str, value: Json) -> None:
        self._keep(f"setting.{name}", json.dumps(value))

    def clock_offset(self) -> tuple[int, Millis] | None:
        kept = self._value(_OFFSET)
        if kept is None:
            return None
        offset, at = msgspec.json.decode(kept)
        return int(offset), Millis(at)

    def keep_clock_offset(self, offset_ms: int, at: Millis) -> None:
        self._keep(_OFFSET, json.dumps([offset_ms, at]))

    def next_reference(self) -> Reference:
        """Count up in this transaction, past all this process has given in others.

        A reference is spoken once the transaction is durable, so none is ever heard twice.
        """
        code = self.identity().desk_code
        last = self._sql.value("SELECT last FROM counter WHERE desk_code = ?", code) or 0
        counter = references.next_counter(code, max(last, self._given.get(code, 0)))
        self._given[code] = counter
        self._keep_counter(code, counter)
        return references.compose(code, counter)

    def start_again(self, incarnation: str) -> None:
        """After a restore: go on under the next spare code, so that no reference is given twice.

        Counting goes on from a place of its own: the same backup may have been restored before,
        and without a spare the code stays, under which the lost store may have given more. What
        the restored outbox holds waits until central has said which of it is known.
        """
        identity = self.identity()
        code, *rest = identity.spare_codes or (identity.desk_code,)
        self.keep_identity(
            replace(identity, desk_code=code, spare_codes=tuple(rest), incarnation=incarnation)
        )
        last = self._sql.value("SELECT last FROM counter WHERE desk_code = ?", code) or 0
        is_spare = code != identity.desk_code
        self._keep_counter(
            code, references.counter_after_restore(last, incarnation, is_spare=is_spare)
        )
        self.set_setting(HELD, [service.value for service in Service])
        self.set_setting(PLACE, None)

    def count_past(self, given: Mapping[str, int]) -> None:
        """No counter stands before one that is known to have been given."""
        for code, counter in given.items():
            last = self._sql.value("SELECT last FROM counter WHERE desk_code = ?", code) or 0
            self._keep_counter(code, max(last, counter))

    def _keep_counter(self, code: str, last: int) -> None:
        self._sql.run("INSERT OR REPLACE INTO counter (desk_code, last) VALUES (?, ?)", code, last)

    def drafts(self) -> Sequence[Draft]:
        """Open drafts, the oldest call first."""
        rows = self._sql.all("SELECT call, person, changed FROM draft ORDER BY started, id")
        return [
            Draft(msgspec.json.decode(call, type=Call), person, Millis(changed))
            for call, person, changed in rows
        ]

    def keep_draft(self, draft: Draft) -> None:
        call = draft.call
        self._sql.run(
            "INSERT OR REPLACE INTO draft (id, person, started, changed, call) "
            "VALUES (?, ?, ?, ?, ?)",
            call.draft_id, draft.person, call.started, draft.changed,
            msgspec.json.encode(call).decode(),
        )  # fmt: skip

    def drop_draft(self, draft_id: str) -> bool:
        """Whether there was one."""
        return bool(self._sql.run("DELETE FROM draft WHERE id = ?", draft_id))

    def _value(self, name: str) -> str | None:
        return self._sql.setting(name)

    def record(self) -> bytes | None:
        """The rows the journal keeps, where this transaction moved one of them."""
        return desk_record.taken(self._sql) if self._moved else None

    def put_back(self, record: bytes) -> None:
        """Lay down a record in an empty store, with what follows from its configuration."""
        desk_record.put_back(self._sql, record)
        self._moved = True
        document = self.configuration_document()
        if document is not None:
            self.keep_configuration(document)

    def _keep(self, name: str, value: str) -> None:
        self._moved = self._moved or (desk_record.is_kept(name) and self._value(name) != value)
        self._sql.keep_setting(name, value)
