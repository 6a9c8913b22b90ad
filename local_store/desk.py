"""What the desk knows of itself: identity, configuration, settings, counters, people, drafts."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import msgspec

from app.domain import reference as references
from app.domain.call import Call, Draft
from app.domain.errors import StoreAbsent
from app.domain.ids import Millis, Reference
from app.domain.operations import Json
from app.ports.store import DeskIdentity
from local_store.sql import Sql

_IDENTITY, _DOCUMENT, _OFFSET = "identity", "configuration", "clock_offset"


class DeskRows:
    """Implements `app.ports.store.DeskWrites`.

    `given` are the counters this process has composed references from, whatever was committed.
    """

    def __init__(self, sql: Sql, given: dict[str, int]) -> None:
        self._sql = sql
        self._given = given

    def identity(self) -> DeskIdentity:
        """Who this desk is. Raises StoreAbsent before enrolment has finished."""
        kept = self._value(_IDENTITY)
        if kept is None:
            raise StoreAbsent("No desk is enrolled in this profile.", todo="Enrol it again.")
        return msgspec.json.decode(kept, type=DeskIdentity)

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
        self._keep_retention(payload.get("retention", []))

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
        self._sql.many("INSERT INTO retention VALUES (?, ?, ?)", rows)

    def setting(self, name: str) -> Json:
        kept = self._value(f"setting.{name}")
        value: Json = None if kept is None else json.loads(kept)
        return value

    def set_setting(self, name: str, value: Json) -> None:
        self._keep(f"setting.{name}", json.dumps(value))

    def clock_offset(self) -> tuple[int, Millis] | None:
        kept = self._value(_OFFSET)
        if kept is None:
            return None
        offset, at = json.loads(kept)
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
        self._sql.run(
            "INSERT OR REPLACE INTO counter (desk_code, last) VALUES (?, ?)", code, counter
        )
        return references.compose(code, counter)

    def start_again(self, incarnation: str) -> None:
        """After a restore: go on under the next spare code, so that no reference is given twice."""
        identity = self.identity()
        spare, *rest = identity.spare_codes or (identity.desk_code,)
        self.keep_identity(
            replace(identity, desk_code=spare, spare_codes=tuple(rest), incarnation=incarnation)
        )

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

    def drop_draft(self, draft_id: str) -> None:
        self._sql.run("DELETE FROM draft WHERE id = ?", draft_id)

    def _value(self, name: str) -> str | None:
        found = self._sql.value("SELECT value FROM setting WHERE name = ?", name)
        return None if found is None else str(found)

    def _keep(self, name: str, value: str) -> None:
        self._sql.run("INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", name, value)
