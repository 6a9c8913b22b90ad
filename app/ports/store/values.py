"""What the store keeps and tells beside records: the desk, feeds, operations, settings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.domain.central_services import Service
from app.domain.feed import Position, Verdict
from app.domain.ids import Millis, OpId
from app.domain.lifecycle import OpState

KEPT_SETTINGS = frozenset(
    {
        "desk_key", "desk_sealing_key", "person_keys", "waiting_for_key", "blanks", "exports",
        "person", "second_place", "held", "handed_drafts", "taken_drafts",
    }
)  # fmt: skip
"""Settings that a desk needs to go on elsewhere; the journal beside the store keeps them."""

HELD = "held"
"""The setting that lists the services whose restored operations wait for central's word."""
PLACE = "place"
"""The setting that holds the mark of the store's file; a copy of it lies elsewhere."""


@dataclass(frozen=True, slots=True)
class DeskIdentity:
    """Who this desk is; made at enrolment, kept in the encrypted store."""

    desk_id: str
    name: str
    desk_code: str
    spare_codes: tuple[str, ...]
    incarnation: str
    credential: str
    organisation_key: str
    central_urls: tuple[str, ...]
    enrolled_at: Millis


@dataclass(frozen=True, slots=True)
class FeedState:
    """Where one service's feed stands, and what is known of its freshness."""

    cursor: str | None
    position: Position | None
    term_id: str | None
    source_as_of: Millis | None
    last_good: Millis | None
    """When a body of the contract last came from the service."""
    up_to_date: bool
    snapshot_after: str | None
    """A snapshot under way resumes here; None where none is."""
    snapshot_running: bool
    expected_rows: int | None
    mirrored_rows: int


@dataclass(frozen=True, slots=True)
class StoredOperation:
    """An operation as the outbox keeps it."""

    op_id: OpId
    seq: int
    service: Service
    kind: str
    lane: str
    raw: bytes
    digest: str
    state: OpState
    attempts: int
    next_try: Millis | None
    reason: str
    recorded_at: Millis
    verdict_rev: int | None
    verdict_position: Position | None
    poison_count: int
    receipt: str | None


@dataclass(frozen=True, slots=True)
class EventDetail:
    """What an event brings besides its name."""

    at: Millis
    next_try: Millis | None = None
    reason: str = ""
    """A wording key or central's own sentence; never a customer's words."""
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Staleness:
    """What reading needs to say how old a group is: central's time, and thresholds in ms."""

    now: Millis
    stale_after: Mapping[Service, int]


@dataclass(frozen=True, slots=True)
class PlanTerms:
    """What a customer's plan says about a call taken now; read softly, never a hard stop."""

    id: str
    response_minutes: int | None
    covers_now: bool
