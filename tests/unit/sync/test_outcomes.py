"""What answers mean for an operation: the event, its reason, and how long it waits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.central.contract.routes import Code
from app.domain.central_services import Service
from app.domain.feed import (
    Answer,
    NoVerdict,
    Poison,
    Position,
    SignIn,
    Silence,
    TermRefused,
    Verdict,
)
from app.domain.ids import Millis, OpId
from app.domain.lifecycle import POISON_LIMIT, OpEvent, OpState
from app.domain.operations import Outcome, Reason
from app.ports.store import EventDetail, StoredOperation
from app.sync.backoff import SLOW_LANE_S
from app.sync.outcomes import lacks_target, outcome_of
from app.sync.terms import KnownTerm
from tests.support.virtual_time import NOON, SeededRandom

_KNOWN = KnownTerm(3, "three", Position(3, 8))
_DRAWS = 200


@pytest.mark.parametrize(
    "answer",
    [
        NoVerdict(Silence.TIMEOUT),
        TermRefused(Position(2, 9), "two", None),
        TermRefused(Position(3, 9), "another three", None),
    ],
    ids=["silence", "a former history", "a split"],
)
def test_after_many_tries_a_wait_is_still_over_within_half_a_minute(answer: Answer) -> None:
    events, waits = _drawn(answer, _tried(40))
    assert events == {(OpEvent.UNANSWERED, "unanswered")}
    assert 0 < min(waits) <= max(waits) <= 16_000
    assert max(waits) > 15_000


def test_behind_a_central_that_is_out_of_step_waits_grow_on() -> None:
    events, waits = _drawn(NoVerdict(Silence.BEHIND), _tried(40))
    assert events == {(OpEvent.UNANSWERED, "unanswered")}
    assert 200_000 < max(waits) <= 300_000


@pytest.mark.parametrize(
    "outcome", [Outcome.APPLIED, Outcome.APPLIED_WITH_CONFLICTS, Outcome.DUPLICATE]
)
def test_what_central_has_taken_is_applied(outcome: Outcome) -> None:
    verdict = _verdict(outcome)
    assert _of(verdict) == (OpEvent.APPLIED, EventDetail(Millis(NOON), verdict=verdict))


def test_a_refusal_says_why_and_keeps_central_s_verdict() -> None:
    told = _verdict(Outcome.REJECTED, Reason("wrong-person", "Somebody else's."))
    assert _of(told) == (
        OpEvent.REJECTED, EventDetail(Millis(NOON), reason="Somebody else's.", verdict=told)
    )  # fmt: skip
    untold = _verdict(Outcome.REJECTED)
    assert _of(untold) == (OpEvent.REJECTED, EventDetail(Millis(NOON), verdict=untold))


@pytest.mark.parametrize("code", [Code.WITHDRAWN, Code.SUPERSEDED])
def test_what_a_person_has_taken_back_elsewhere_is_withdrawn(code: str) -> None:
    event, detail = _of(_verdict(Outcome.REJECTED, Reason(code, "Taken back.")))
    assert (event, detail.reason) == (OpEvent.WITHDRAWN, "Taken back.")
    event, _detail = _of(_verdict(Outcome.DEFERRED, Reason(code, "Not yet.")))
    assert event is OpEvent.DEFERRED


def test_what_must_wait_for_another_waits_eight_seconds_at_most() -> None:
    events, waits = _drawn(_verdict(Outcome.DEFERRED), _tried(40))
    assert events == {(OpEvent.DEFERRED, "deferred")}
    assert 7_500 < max(waits) <= 8_000
    told = _verdict(Outcome.DEFERRED, Reason("missing-target", "Not here yet."))
    assert _of(told)[1].reason == "Not here yet."


def test_a_central_that_is_busy_is_waited_for_as_long_as_it_asks() -> None:
    events, waits = _drawn(NoVerdict(Silence.BUSY, 25.0), _tried(1))
    assert events == {(OpEvent.DEFERRED, "asked_to_wait")}
    assert set(waits) == {25_000}
    later = replace(_verdict(Outcome.DEFERRED), retry_after_s=25.0)
    assert set(_drawn(later, _tried(1))[1]) == {25_000}


def test_after_so_many_failures_of_central_an_operation_is_in_the_slow_lane() -> None:
    poison = Poison(Reason("server", "Central failed."))
    last = replace(_tried(40), poison_count=POISON_LIMIT - 2)
    events, waits = _drawn(poison, last)
    assert events == {(OpEvent.POISON, "Central failed.")}
    assert 7_500 < max(waits) <= 8_000
    _events, slow = _drawn(poison, replace(last, poison_count=POISON_LIMIT - 1))
    assert set(slow) == {1_000 * SLOW_LANE_S}


@pytest.mark.parametrize(
    ("answer", "wait_s"),
    [
        (NoVerdict(Silence.TIMEOUT), SLOW_LANE_S),
        (NoVerdict(Silence.BUSY, 25.0), SLOW_LANE_S),
        (NoVerdict(Silence.BUSY, 900.0), 900.0),
    ],
)
def test_in_the_slow_lane_nothing_brings_it_back_sooner(answer: Answer, wait_s: float) -> None:
    slow = replace(_tried(3), poison_count=POISON_LIMIT)
    assert set(_drawn(answer, slow)[1]) == {1_000 * wait_s}
    before = replace(slow, poison_count=POISON_LIMIT - 1)
    assert max(_drawn(NoVerdict(Silence.TIMEOUT), before)[1]) <= 4_000


def test_signed_out_and_a_new_term_wait_for_somebody_not_for_a_time() -> None:
    assert _of(SignIn()) == (OpEvent.UNAUTHORIZED, EventDetail(Millis(NOON), reason="sign_in"))
    raised = TermRefused(Position(4, 1), "four", None)
    assert _of(raised) == (OpEvent.TERM_REFUSED, EventDetail(Millis(NOON), reason="new_term"))


def test_only_a_verdict_can_say_that_the_target_is_missing() -> None:
    missing = Reason(Code.MISSING_TARGET, "")
    assert lacks_target(_verdict(Outcome.DEFERRED, missing))
    assert not lacks_target(_verdict(Outcome.DEFERRED, Reason("something-else", "")))
    assert not lacks_target(_verdict(Outcome.DEFERRED))
    assert not lacks_target(Poison(missing))


def _of(answer: Answer) -> tuple[OpEvent, EventDetail]:
    return outcome_of(answer, _tried(2), _KNOWN, Millis(NOON), SeededRandom())


def _drawn(
    answer: Answer, operation: StoredOperation
) -> tuple[set[tuple[OpEvent, str]], list[int]]:
    """Events with their reasons, and the waits (ms), over many draws."""
    random, events, waits = SeededRandom(), set[tuple[OpEvent, str]](), list[int]()
    for _ in range(_DRAWS):
        event, detail = outcome_of(answer, operation, _KNOWN, Millis(NOON), random)
        assert detail.next_try is not None
        assert detail.at == NOON
        events.add((event, detail.reason))
        waits.append(detail.next_try - NOON)
    return events, waits


def _verdict(outcome: Outcome, problem: Reason | None = None) -> Verdict:
    return Verdict(OpId("op"), outcome, 1, Position(3, 9), "three", problem=problem)


def _tried(attempts: int) -> StoredOperation:
    return StoredOperation(
        op_id=OpId("op"), seq=1, service=Service.TICKETS, kind="ticket.create", lane="t", raw=b"{}",
        digest="", state=OpState.SENDING, attempts=attempts, next_try=None, reason="",
        recorded_at=Millis(NOON), verdict_rev=None, verdict_position=None, poison_count=0,
        receipt=None,
    )  # fmt: skip
