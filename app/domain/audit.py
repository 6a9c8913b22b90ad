"""The trail of decisions: each entry holds the hash of the one before; what breaks it is found."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.ids import Millis

BEGINNING = "0" * 64
"""What stands before the first entry."""

DECIDED = "decided"

AUDITED = frozenset({
    "ticket.resolve", "ticket.merge", "ticket.unmerge", "ruling.create",
    "alias.create", "alias.set", "catalog_entry.create", "catalog_entry.set",
    "catalog_entry.merge", "catalog_entry.unmerge", "proposal.create", "proposal.answer",
    "proposal.ask", "proposal.delegate", "proposal.approve", "proposal.reject",
})  # fmt: skip
"""Kinds of operations that are decisions somebody may be asked about later."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that happened to a decision. It names nobody: people and bodies are digests under
    a key of the desk's, so that erasing what they stand for leaves the chain whole.
    """

    n: int
    """1, 2, 3 ... without a gap."""
    at: Millis
    event: str
    """decided, or what became of it: applied, rejected, withdrawn."""
    kind: str
    op_id: str
    who: str
    content: str
    signature: str
    """The person's own over the body, where the kind needs one; empty elsewhere."""
    before: str
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where the chain stood, as somebody outside it has signed: central, or a person's approval."""

    n: int
    head: str
    at: Millis
    by: str
    """sync, or the id of the approval that carries it."""
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head that central keeps and has signed for."""

    anchor: Anchor
    incarnation: str
    """The life of the profile it belongs to: a restored one lawfully lacks what came after."""


@dataclass(frozen=True, slots=True)
class Head:
    n: int
    hash: str


NOTHING_YET = Head(0, BEGINNING)


class Breach(StrEnum):
    """What is wrong with a trail."""

    MISSING = "missing"
    """A number was left out, or the end was cut off behind an anchor."""
    EDITED = "edited"
    """The entry does not say what it said."""
    REORDERED = "reordered"
    """It does not follow the one before it."""
    REWRITTEN = "rewritten"
    """The chain is whole, and another one than was anchored."""
    FORGED = "forged"
    """A signature or a receipt does not fit."""


@dataclass(frozen=True, slots=True)
class Finding:
    n: int
    breach: Breach


def hash_of(entry: AuditEntry) -> str:
    """SHA-256 (hex) over everything the entry says and the hash before it."""
    said = [
        "offhook audit 1", entry.n, entry.at, entry.event, entry.kind, entry.op_id, entry.who,
        entry.content, entry.signature, entry.before,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()


def chained(entry: AuditEntry, head: Head) -> AuditEntry:
    """The entry in its place after the head."""
    placed = replace(entry, n=head.n + 1, before=head.hash)
    return replace(placed, hash=hash_of(placed))


def keyed(key: bytes, said: bytes) -> str:
    """A digest (hex) that tells nothing to whoever lacks the desk's key."""
    return hmac.new(key, said, hashlib.sha256).hexdigest()


def breaches(entries: Sequence[AuditEntry], anchors: Iterable[Anchor]) -> list[Finding]:
    """Everything that is wrong with a trail; none where it is as it was written."""
    found = []
    before, expected = BEGINNING, 1
    for entry in entries:
        if entry.n > expected:
            found.append(Finding(expected, Breach.MISSING))
        elif entry.n < expected:
            found.append(Finding(entry.n, Breach.REORDERED))
        if entry.hash != hash_of(entry):
            found.append(Finding(entry.n, Breach.EDITED))
        elif entry.before != before and entry.n == expected:
            found.append(Finding(entry.n, Breach.REORDERED))
        before, expected = entry.hash, entry.n + 1
    known = {entry.n: entry.hash for entry in entries} | {0: BEGINNING}
    for anchor in anchors:
        if anchor.n not in known:
            found.append(Finding(anchor.n, Breach.MISSING))
        elif known[anchor.n] != anchor.head:
            found.append(Finding(anchor.n, Breach.REWRITTEN))
    return found


def anchor_message(desk: str, n: int, head: str) -> list[str | int]:
    """What central signs of a head."""
    return ["offhook audit 1", desk, n, head]
