"""The trail of decisions looked at: whole, as it was written, and as others have signed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.central.contract import bodies, signatures
from app.domain.audit import (
    DECIDED,
    Anchor,
    AuditEntry,
    Breach,
    Finding,
    Head,
    anchor_message,
    breaches,
)
from app.domain.operations import Body
from app.domain.people import Permission, Person
from app.ports.store import ReadTx
from app.services.desk import Desk, require


@dataclass(frozen=True, slots=True)
class AuditReport:
    """What was found."""

    head: Head
    anchored: int
    """Up to which entry somebody outside the trail has signed it."""
    anchors: int
    findings: tuple[Finding, ...]
    unread: int
    """Decisions whose bodies are not kept here any more: their digests stand for them."""


class Auditing:
    """`audit verify`."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def verify(self, person: Person) -> AuditReport:
        """Walk the trail; nothing is changed. Raises NotAllowed."""
        require(person, Permission.READ)
        return await self._desk.store.read(self._walk)

    def _walk(self, tx: ReadTx) -> AuditReport:
        entries, kept = tx.audit.entries(), list(tx.audit.anchors())
        forged = [Finding(one.n, Breach.FORGED) for one in kept if not self._is_signed(one)]
        found, signed, unread = self._bodies(tx, entries)
        anchors = [*kept, *signed]
        found += breaches(entries, anchors) + forged
        head = tx.audit.head()
        return AuditReport(
            head,
            max((one.n for one in anchors), default=0),
            len(anchors),
            tuple(sorted(set(found), key=lambda one: (one.n, one.breach))),
            unread,
        )

    def _is_signed(self, anchor: Anchor) -> bool:
        identity = self._desk.identity
        message = bodies.canonical(anchor_message(identity.desk_id, anchor.n, anchor.head))
        return signatures.verifies(identity.organisation_key, anchor.receipt, message)

    def _bodies(
        self, tx: ReadTx, entries: Sequence[AuditEntry]
    ) -> tuple[list[Finding], list[Anchor], int]:
        """Each entry beside the body it was written for, and the anchors that approvals carry."""
        found: list[Finding] = []
        signed: list[Anchor] = []
        unread = 0
        for entry in entries:
            stored = tx.outbox.get(entry.op_id)
            if stored is None:
                unread += 1
                continue
            if tx.audit.digest(stored.raw) != entry.content:
                found.append(Finding(entry.n, Breach.EDITED))
                continue
            body = bodies.read(stored.raw)
            if body.signature is not None and not signatures.is_signed_by(
                stored.raw, body.signature.key
            ):
                found.append(Finding(entry.n, Breach.FORGED))
            elif entry.event == DECIDED:
                signed += list(_carried(entry, body))
        return found, signed, unread


def _carried(entry: AuditEntry, body: Body) -> Iterator[Anchor]:
    """The head a signed decision was made over."""
    head = (body.entry or {}).get("audit")
    if body.signature is None or not isinstance(head, dict):
        return
    n, text = head.get("n"), head.get("head")
    if isinstance(n, int) and isinstance(text, str):
        yield Anchor(n, text, entry.at, entry.op_id)
