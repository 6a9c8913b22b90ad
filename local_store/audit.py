"""The trail of decisions in the store: written with them, never changed, with its anchors."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from app.domain.audit import AUDITED, NOTHING_YET, Anchor, AuditEntry, Head, chained, keyed
from app.domain.ids import Millis
from app.ports.store import StoredOperation
from local_store.sql import Sql

_COLUMNS = "n, at, event, kind, op_id, who, content, signature, before, hash"


def audit_key(store_key: bytes) -> bytes:
    """The key of the trail's digests, from the store's own: a restored store keeps it."""
    return keyed(store_key, b"offhook audit key 1").encode()


class _Signature(msgspec.Struct):
    value: str = ""


class _Body(msgspec.Struct):
    """As much of a body as the trail needs."""

    actor: str
    signature: _Signature | None = None


class AuditTrail:
    """Implements `app.ports.store.AuditWrites` in one transaction."""

    def __init__(self, sql: Sql, key: bytes) -> None:
        self._sql = sql
        self._key = key

    def note(self, event: str, operation: StoredOperation, at: Millis) -> None:
        """Something happened to a decision; other kinds of operations leave no entry.

        One whose words were erased since is named as it was before.
        """
        if operation.kind not in AUDITED:
            return
        who, content, signature = self._named(operation)
        entry = AuditEntry(
            n=0, at=at, event=event, kind=operation.kind, op_id=operation.op_id,
            who=who, content=content, signature=signature, before="",
        )  # fmt: skip
        placed = chained(entry, self.head())
        self._sql.run(
            f"INSERT INTO audit_entry ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            placed.n, placed.at, placed.event, placed.kind, placed.op_id, placed.who,
            placed.content, placed.signature, placed.before, placed.hash,
        )  # fmt: skip

    def _named(self, operation: StoredOperation) -> tuple[str, str, str]:
        """Digests of who decided it and of its body, and its signature."""
        if operation.raw:
            body = msgspec.json.decode(operation.raw, type=_Body)
            signature = body.signature.value if body.signature else ""
            return self.digest(body.actor.encode()), self.digest(operation.raw), signature
        row = self._sql.one(
            "SELECT who, content, signature FROM audit_entry WHERE op_id = ? ORDER BY n DESC",
            operation.op_id,
        )
        return ("", "", "") if row is None else (row[0], row[1], row[2])

    def head(self) -> Head:
        row = self._sql.one("SELECT n, hash FROM audit_entry ORDER BY n DESC LIMIT 1")
        return NOTHING_YET if row is None else Head(row[0], row[1])

    def entries(self) -> Sequence[AuditEntry]:
        """The whole trail, in the order it was written."""
        rows = self._sql.all(f"SELECT {_COLUMNS} FROM audit_entry ORDER BY n")
        return [AuditEntry(*row) for row in rows]

    def anchors(self) -> Sequence[Anchor]:
        rows = self._sql.all("SELECT n, head, at, by, receipt FROM audit_anchor ORDER BY n, at")
        return [Anchor(*row) for row in rows]

    def digest(self, said: bytes) -> str:
        """Under the desk's own key."""
        return keyed(self._key, said)

    def keep_anchor(self, anchor: Anchor) -> None:
        """Central has signed where the trail stood; the same head twice is kept once."""
        self._sql.run(
            "INSERT OR IGNORE INTO audit_anchor (n, head, at, by, receipt) VALUES (?, ?, ?, ?, ?)",
            anchor.n, anchor.head, anchor.at, anchor.by, anchor.receipt,
        )  # fmt: skip
