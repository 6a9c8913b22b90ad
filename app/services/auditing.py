"""The trail of decisions looked at: whole, as it was written, and as others have signed it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from app.central.contract import bodies, signatures
from app.domain.audit import (
    BEGINNING,
    DECIDED,
    Anchor,
    AuditEntry,
    Breach,
    Finding,
    Head,
    SignedHead,
    anchor_message,
    breaches,
)
from app.domain.errors import CentralUnavailable
from app.domain.operations import Body
from app.domain.people import Permission, Person
from app.ports.central import SignInNeeded
from app.ports.desks import Desks
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
    central: int | None
    """Heads that central keeps of this trail, each compared; None where it could not be asked."""
    lost: int
    """Of former lives of this profile: heads central keeps that a restore has left behind."""


class Auditing:
    """`audit verify`."""

    def __init__(self, desk: Desk, desks: Desks | None = None) -> None:
        self._desk = desk
        self._desks = desks

    async def verify(self, person: Person) -> AuditReport:
        """Walk the trail, and compare it with what central keeps of it where central answers.

        Nothing is changed. Raises NotAllowed.
        """
        require(person, Permission.READ)
        heads = await self._signed_heads()
        return await self._desk.store.read(lambda tx: self._walk(tx, heads))

    async def _signed_heads(self) -> Sequence[SignedHead] | None:
        """What central keeps; None where it cannot be asked now."""
        try:
            return await self._desks.signed_heads() if self._desks is not None else None
        except (CentralUnavailable, SignInNeeded):
            return None

    def _walk(self, tx: ReadTx, heads: Sequence[SignedHead] | None) -> AuditReport:
        entries = tx.audit.entries()
        own = self._desk.identity.incarnation
        told = [one.anchor for one in heads or () if one.incarnation == own]
        former = [one.anchor for one in heads or () if one.incarnation != own]
        kept = [*tx.audit.anchors(), *told]
        forged = [Finding(one.n, Breach.FORGED) for one in kept if not self._is_signed(one)]
        found, signed, unread = self._bodies(tx, entries)
        anchors = [*kept, *signed]
        found += breaches(entries, anchors) + forged
        head = tx.audit.head()
        here = {(one.n, one.hash) for one in entries} | {(0, BEGINNING)}
        return AuditReport(
            head,
            max((one.n for one in anchors), default=0),
            len(anchors),
            tuple(sorted(set(found), key=lambda one: (one.n, one.breach))),
            unread,
            central=None if heads is None else len(heads),
            lost=sum((one.n, one.head) not in here for one in former),
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
            if stored is None or not stored.raw:
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
