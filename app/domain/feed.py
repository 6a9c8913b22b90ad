"""What central's change feed says: positions, items, pages, verdicts and silences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from app.domain.ids import EntityId, Millis, OpId
from app.domain.operations import FieldConflict, Json, Outcome, ParallelEdit, Reason


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a service's history: totally ordered; positions are compared, cursors never."""

    term: int
    n: int


class Silence(StrEnum):
    """Why no verdict came: the endpoint speaking, or nobody."""

    CONNECT = "connect"
    TIMEOUT = "timeout"
    NOT_CENTRAL = "not_central"
    """Something answered that is not a body of the contract (a portal's 200 HTML, a 404)."""
    BEHIND = "behind"
    SERVER_ERROR = "server_error"
    BUSY = "busy"
    """Central itself asked to wait (409 still running, 429): held against nobody."""
    THIS_COMPUTER = "this_computer"
    """No route, no name service: does not count against the endpoint."""


class ItemOp(StrEnum):
    UPSERT = "upsert"
    TOMBSTONE = "tombstone"
    REDIRECT = "redirect"


NEWER_OP = ":"
"""In a type that is kept unread: parts an op that nobody here knows from the type of its row."""


@dataclass(frozen=True, slots=True)
class FeedItem:
    """One changed row at its latest rev."""

    type: str
    """An `Aggregate` value; unknown types are skipped, never an error."""
    id: EntityId
    rev: int
    position: Position
    op: ItemOp
    fields: Mapping[str, Json]
    raw_fields: bytes
    """The same fields as the JSON bytes that came (unknown ones are kept and passed on)."""
    as_of: Millis
    row_hash: str
    origin_ops: tuple[OpId, ...]
    reason: str = ""
    """For tombstones: deleted, merged, erased, expired, out_of_scope."""
    redirect_to: EntityId | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """This desk's share of what central can take, per second."""

    operations: float
    pages: float


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of changes; rows and cursor are stored in one local transaction."""

    items: tuple[FeedItem, ...]
    next_cursor: str
    position: Position
    term_id: str
    up_to_date: bool
    source_as_of: Millis
    """When central's data is from, which is not when the answer came."""
    rate: Rate
    fork: Position | None = None
    """With a new term: the last position both histories share."""


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """A page of every row by id, newest ids first; `after` is None at the end."""

    items: tuple[FeedItem, ...]
    after: str | None
    start_cursor: str
    """The feed cursor of position P noted at the first page; the feed continues from it."""
    position: Position
    term_id: str
    total: int
    source_as_of: Millis


@dataclass(frozen=True, slots=True)
class Verdict:
    """A body of the contract naming this op_id; nothing else is a verdict."""

    op_id: OpId
    outcome: Outcome
    rev: int | None
    position: Position | None
    term_id: str
    conflicts: tuple[FieldConflict, ...] = ()
    receipt: str | None = None
    problem: Reason | None = None
    retry_after_s: float | None = None
    parallel: tuple[ParallelEdit, ...] = ()


@dataclass(frozen=True, slots=True)
class NoVerdict:
    """No verdict came; `counts` says against whom it is held."""

    cause: Silence
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True)
class Poison:
    """Central failed on this very operation and said so (500 naming the op)."""

    problem: Reason


@dataclass(frozen=True, slots=True)
class SignIn:
    """401: the desk's credential must be renewed; nothing is counted or dropped."""


@dataclass(frozen=True, slots=True)
class TermRefused:
    """412: central is in another term than the attempt expected."""

    position: Position
    term_id: str
    fork: Position | None


Answer: TypeAlias = Verdict | NoVerdict | Poison | SignIn | TermRefused
"""Everything that can come back for one attempt."""
