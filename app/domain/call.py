"""A call being taken: what the form holds, as a draft that survives anything."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.ids import Millis


@dataclass(frozen=True, slots=True)
class Claim:
    """The caller's word that it was paid."""

    amount: int
    """Integer minor units."""
    currency: str
    reference: str
    provider: str = ""
    paid_on: str = ""
    last4: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """Everything the call form holds; every field may be empty while talking."""

    draft_id: str
    started: Millis
    phone: str = ""
    name: str = ""
    fault: str = ""
    model: str = ""
    """The caller's words for the device."""
    entry_id: str | None = None
    """The catalog entry chosen for those words."""
    customer_id: str | None = None
    caller: str = ""
    """Who is calling, where that is not the customer."""
    relation: str = ""
    checked: str = "not_checked"
    """postcode, reference, plan_number or not_checked."""
    device_id: str | None = None
    place: str = ""
    reachable: str = ""
    serial: str = ""
    safety: str = "not_asked"
    safety_cleared: bool = False
    """A person said the words are no danger; the words alone do not bring it back."""
    priority: str = "normal"
    promise: str = ""
    promise_by: Millis | None = None
    claim: Claim | None = None
    happened_at: Millis | None = None
    """When the call was, for calls written up later; None means `started`."""
    reference: str = ""
    """Of the printed blank it was written on; empty: the counter's next."""
    dropped: bool = False
    ended: Millis | None = None
    held_s: int = 0
    ticket_id: str | None = None
    """Ctrl+J: the open ticket this call is added to."""
    refused_matches: tuple[str, ...] = ()
    filled_by_match: tuple[str, ...] = ()
    """Fields a match filled, taken back by "not this person"."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A stored call and when it was last touched."""

    call: Call
    person: str
    changed: Millis


@dataclass(frozen=True, slots=True)
class Kept:
    """The open drafts as the person who sits here sees them, oldest call first."""

    here: tuple[Draft, ...]
    handed: tuple[Draft, ...]
    """Another desk finishes them, or the colleague they were handed to."""


@dataclass(frozen=True, slots=True)
class Taken:
    """The answer to a save: the commit is durable, the network was not asked."""

    reference: str
    ticket_id: str
    op_id: str
    state: str
    contact_op_id: str
