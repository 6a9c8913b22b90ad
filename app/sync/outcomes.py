"""What each answer to an attempt means in the life of its operation (contract.md, life table)."""

from __future__ import annotations

from typing import assert_never

from app.central.contract.routes import Code
from app.domain.feed import (
    Answer,
    NoVerdict,
    Poison,
    SignIn,
    Silence,
    TermRefused,
    Verdict,
)
from app.domain.ids import Millis
from app.domain.lifecycle import POISON_LIMIT, OpEvent
from app.domain.operations import Outcome
from app.domain.times import DAY
from app.ports.store import EventDetail, StoredOperation
from app.ports.system import Random
from app.sync.backoff import SLOW_LANE_S, full_jitter
from app.sync.terms import KnownTerm, Relation, relation

UNANSWERED = "unanswered"
"""Wording keys of why an operation waits."""
ASKED_TO_WAIT = "asked_to_wait"
DEFERRED = "deferred"
SIGN_IN = "sign_in"
NEW_TERM = "new_term"
LONGEST_MISSING = DAY
"""An operation offered again under a new term waits so long (ms) for its target."""

_TAKEN_BACK = frozenset({Code.WITHDRAWN, Code.SUPERSEDED})
"""Central's word that a person had taken it back, or given its place to another operation."""

_PUSH_TRIES = 5
"""One wait is 16 s at most: half a minute after the end of a fault everything has gone. A service
that is down is probed, and nothing is pushed to it.
"""
_DEFERRED_TRIES = 4
"""Waiting for what must come first grows no longer: central answers, and it may come any moment."""
_APPLIED = frozenset({Outcome.APPLIED, Outcome.APPLIED_WITH_CONFLICTS, Outcome.DUPLICATE})


def outcome_of(
    answer: Answer,
    operation: StoredOperation,
    known: KnownTerm | None,
    now: Millis,
    random: Random,
) -> tuple[OpEvent, EventDetail]:
    """The event and what it brings; waiting times are full jitter over the attempts so far."""
    match answer:
        case Verdict():
            return _of_verdict(answer, operation, now, random)
        case NoVerdict(cause=cause, retry_after_s=least_s):
            least_s = _slowest(operation, least_s)
            tries = operation.attempts
            if cause is not Silence.BEHIND:
                tries = min(tries, _PUSH_TRIES)
            later = _later(now, full_jitter(random, tries, least_s))
            if cause is Silence.BUSY:
                return OpEvent.DEFERRED, EventDetail(now, later, ASKED_TO_WAIT)
            return OpEvent.UNANSWERED, EventDetail(now, later, UNANSWERED)
        case Poison(problem=problem):
            slow = operation.poison_count + 1 >= POISON_LIMIT
            wait_s = SLOW_LANE_S if slow else full_jitter(random, operation.poison_count + 1)
            return OpEvent.POISON, EventDetail(now, _later(now, wait_s), problem.text)
        case SignIn():
            return OpEvent.UNAUTHORIZED, EventDetail(now, reason=SIGN_IN)
        case TermRefused(position=position, term_id=term_id):
            if relation(known, position, term_id) is Relation.RAISED:
                return OpEvent.TERM_REFUSED, EventDetail(now, reason=NEW_TERM)
            # An endpoint out of step with the others: wait, another one or a page will tell.
            later = _later(now, full_jitter(random, min(operation.attempts, _PUSH_TRIES)))
            return OpEvent.UNANSWERED, EventDetail(now, later, UNANSWERED)
        case _:
            assert_never(answer)


def _of_verdict(
    verdict: Verdict, operation: StoredOperation, now: Millis, random: Random
) -> tuple[OpEvent, EventDetail]:
    if verdict.outcome in _APPLIED:
        return OpEvent.APPLIED, EventDetail(now, verdict=verdict)
    reason = verdict.problem.text if verdict.problem else ""
    if verdict.outcome is Outcome.REJECTED and _code(verdict) in _TAKEN_BACK:
        return OpEvent.WITHDRAWN, EventDetail(now, reason=reason, verdict=verdict)
    if verdict.outcome is Outcome.REJECTED:
        return OpEvent.REJECTED, EventDetail(now, reason=reason, verdict=verdict)
    least_s = _slowest(operation, verdict.retry_after_s)
    tries = min(operation.attempts, _DEFERRED_TRIES)
    later = _later(now, full_jitter(random, tries, least_s))
    return OpEvent.DEFERRED, EventDetail(now, later, reason or DEFERRED, verdict)


def lacks_target(answer: Answer) -> bool:
    """Whether central defers because what the operation is about, or builds on, is not there."""
    return isinstance(answer, Verdict) and _code(answer) == Code.MISSING_TARGET


def _code(verdict: Verdict) -> str:
    return verdict.problem.code if verdict.problem else ""


def _slowest(operation: StoredOperation, least_s: float | None) -> float | None:
    """In the slow lane it goes no oftener whatever came back this time."""
    slow = operation.poison_count >= POISON_LIMIT
    return max(SLOW_LANE_S, least_s or 0.0) if slow else least_s


def _later(now: Millis, seconds: float) -> Millis:
    return Millis(now + round(seconds * 1_000))
