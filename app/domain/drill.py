"""A drill: the steps of an outage in order, and a drill's call made fit for the real desk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.call import Call

DRILL_SETTING = "desk.drill"
"""True in a drill's profile: every window and the status say that nothing here is real."""


class Step(StrEnum):
    """What a new agent does, one after the other."""

    CUT = "cut"
    SEE = "see"
    TAKE = "take"
    OUTBOX = "outbox"
    BACK = "back"
    SENT = "sent"
    CATCH_UP = "catch_up"


STEPS = tuple(Step)


@dataclass(frozen=True, slots=True)
class Observed:
    """What the drill's desk shows at one moment."""

    away: int
    """Services whose outage is simulated."""
    marked_down: bool
    """The status says that Tickets is down."""
    waiting: int
    looks_at_outbox: bool
    looks_at_catch_up: bool


def is_done(step: Step, seen: Observed) -> bool:
    """Whether what is seen completes the step, where it is the next one."""
    match step:
        case Step.CUT:
            return seen.away > 0
        case Step.SEE:
            return seen.marked_down
        case Step.TAKE:
            return seen.waiting > 0 and seen.away > 0
        case Step.OUTBOX:
            return seen.looks_at_outbox
        case Step.BACK:
            return seen.away == 0
        case Step.SENT:
            return seen.waiting == 0 and not seen.marked_down
        case Step.CATCH_UP:
            return seen.looks_at_catch_up


def advanced(done: int, seen: Observed) -> int:
    """How many steps are done now; they are taken in order and never undone."""
    while done < len(STEPS) and is_done(STEPS[done], seen):
        done += 1
    return done


def as_real(call: Call) -> Call:
    """What the caller said, without anything that exists in the drill only.

    The reference too: the real desk gives another one, which is read out.
    """
    return replace(
        call,
        entry_id=None,
        customer_id=None,
        device_id=None,
        ticket_id=None,
        checked="not_checked",
        reference="",
        refused_matches=(),
        filled_by_match=(),
    )
