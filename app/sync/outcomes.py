"""What each answer to an attempt means in the life of its operation (contract.md, life table)."""

from __future__ import annotations

from typing import assert_never

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
from app.domain.lifecycle import OpEvent
from app.domain.operations import Outcome
from app.ports.store import EventDetail, StoredOperation
from app.ports.system import Random
from app.sync.backoff import POISON_LIMIT, SLOW_LANE_S, full_jitter
from app.sync.terms import KnownTerm, Relation, relation

UNANSWERED = "unanswered"
"""Wording keys of why an operation waits."""
ASKED_TO_WAIT = "asked_to_wait"
DEFERRED = "deferred"
SIGN_IN = "sign_in"
NEW_TERM = "new_term"

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
            later = _later(now, full_jitter(random, operation.attempts, least_s))
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
            later = _later(now, full_jitter(random, operation.attempts))
            return OpEvent.UNANSWERED, EventDetail(now, later, UNANSWERED)
        case _:
            assert_never(answer)


def _of_verdict(
    verdict: Verdict, operation: StoredOperation, now: Millis, random: Random
) -> tuple[OpEvent, EventDetail]:
    if verdict.outcome in _APPLIED:
        return OpEvent.APPLIED, EventDetail(now, verdict=verdict)
    reason = verdict.problem.text if verdict.problem else ""
    if verdict.outcome is Outcome.REJECTED:
        return OpEvent.REJECTED, EventDetail(now, reason=reason, verdict=verdict)
    later = _later(now, full_jitter(random, operation.attempts, verdict.retry_after_s))
    return OpEvent.DEFERRED, EventDetail(now, later, reason or DEFERRED, verdict)


def _later(now: Millis, seconds: float) -> Millis:
    return Millis(now + round(seconds * 1_000))
