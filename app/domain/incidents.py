"""Incidents: what must not happen between desk and central, and did."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import Millis


class IncidentKind(StrEnum):
    """What happened; parity adds its own findings (`app.domain.parity.Finding`)."""

    SPLIT_BRAIN = "split_brain"
    """Two centrals carry the same term under different ids; nothing is pushed to the service."""
    REDIRECT_CYCLE = "redirect_cycle"
    """Merges that lead in a circle, or further than eight hops."""
    OVERTAKEN = "overtaken"
    """Taken back by a person, and applied by the history that goes on all the same."""
    COPIED = "copied"
    """The profile was found to be a copy; it went on under a spare code."""
    MASS_DELETION = "mass_deletion"
    """More rows were deleted than anybody announced; they are held and shown."""


SPLIT_WORDS = (
    "Two centrals answer under the same term. Nothing is sent to the service until one is gone."
)
"""What an open split says of itself; it ends with the first page of the history we know."""
OVERTAKEN_WORDS = (
    "It was taken back here, but central had it before and lost the note of that. It stands."
)
"""What is said of an operation that is applied although it was taken back; it is over at once."""
COPIED_WORDS = (
    "This desk's folder is a copy. It goes on under another code; central refuses the other one."
)
"""What is said of a profile that lies elsewhere than before."""


@dataclass(frozen=True, slots=True)
class Incident:
    """One of them; the subject is an id, never a customer's word."""

    id: str
    kind: str
    service: str
    subject: str
    detail: str
    times: int
    first_at: Millis
    last_at: Millis
    closed_at: Millis | None
    closed_by: str | None
