"""Whether two sides hold the same rows: 256 digests that desk and central make alike."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.operations import Json

BUCKETS = 256
_BYTES = 32


def bucket_of(id_: str) -> int:
    """The first byte of SHA-256 over the id."""
    return hashlib.sha256(id_.encode()).digest()[0]


def digests(rows: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """For each bucket the xor (hex, 64 digits) of its rows' hashes; rows are (id, row hash).

    Rows are those that stand: no tombstones, no redirects. Their order does not matter.
    """
    folded = [0] * BUCKETS
    for id_, row_hash in rows:
        folded[bucket_of(id_)] ^= int(row_hash, 16)
    return tuple(one.to_bytes(_BYTES).hex() for one in folded)


def differing(mine: Iterable[str], theirs: Iterable[str]) -> tuple[int, ...]:
    """The buckets whose digests are not the same."""
    pairs = zip(mine, theirs, strict=True)
    return tuple(number for number, (one, other) in enumerate(pairs) if one != other)


RowHash = Callable[[str, str, int, Mapping[str, Json]], str]
"""Of type, id, rev and fields; raises ValueError for what has no canonical form."""


class Finding(StrEnum):
    """What can be wrong with one row of a mirror; the value is the incident's kind too."""

    DAMAGED = "row_damaged"
    """Central's word as it is kept here does not fit its own hash any more."""
    SKEWED = "row_skewed"
    """What is shown does not follow from central's word and the desk's operations."""
    DIFFERS = "row_differs"
    """At the same position the row has another rev, or the same one with another hash."""
    MISSING = "row_missing"
    EXTRA = "row_extra"
    """Central has no such row."""


@dataclass(frozen=True, slots=True)
class RowState:
    """A row as both sides compare it."""

    id: str
    rev: int
    row_hash: str


@dataclass(frozen=True, slots=True)
class Looked:
    """A stretch of a mirror that was looked through by itself."""

    rows: int
    next: tuple[int, int] | None
    """Where to go on; None at the end."""
    damaged: tuple[str, ...] = ()
    skewed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ParityReport:
    """One service's mirror, looked through and compared with central."""

    service: str
    rows: int
    buckets: int
    """Buckets whose digests differed."""
    found: Mapping[Finding, int] = field(default_factory=dict)
    repaired: int = 0
    compared: bool = True
    """False where central did not answer, or no position was common: the rest was done."""

    @property
    def healthy(self) -> bool:
        return self.compared and not self.found


def compared(mine: Iterable[RowState], theirs: Iterable[RowState]) -> dict[str, Finding]:
    """What differs between two states of one bucket, by id."""
    here, there = ({one.id: one for one in side} for side in (mine, theirs))
    found: dict[str, Finding] = {}
    for id_, one in there.items():
        own = here.get(id_)
        if own is None:
            found[id_] = Finding.MISSING
        elif (own.rev, own.row_hash) != (one.rev, one.row_hash):
            found[id_] = Finding.DIFFERS
    return found | dict.fromkeys(here.keys() - there.keys(), Finding.EXTRA)
