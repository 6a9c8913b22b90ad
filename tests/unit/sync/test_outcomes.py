"""What answers mean for an operation: how long it waits."""

from __future__ import annotations

import pytest

from app.domain.central_services import Service
from app.domain.feed import Answer, NoVerdict, Position, Silence, TermRefused
from app.domain.ids import Millis, OpId
from app.domain.lifecycle import OpEvent, OpState
from app.ports.store import StoredOperation
from app.sync.outcomes import outcome_of
from app.sync.terms import KnownTerm
from tests.support.virtual_time import NOON, SeededRandom

_KNOWN = KnownTerm(3, "three", Position(3, 8))


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
    random = SeededRandom()
    for _ in range(50):
        event, detail = outcome_of(answer, _tried(40), _KNOWN, Millis(NOON), random)
        assert event is OpEvent.UNANSWERED
        assert detail.next_try is not None
        assert 0 < detail.next_try - NOON <= 16_000


def _tried(attempts: int) -> StoredOperation:
    return StoredOperation(
        op_id=OpId("op"), seq=1, service=Service.TICKETS, kind="ticket.create", lane="t", raw=b"{}",
        digest="", state=OpState.SENDING, attempts=attempts, next_try=None, reason="",
        recorded_at=Millis(NOON), verdict_rev=None, verdict_position=None, poison_count=0,
        receipt=None,
    )  # fmt: skip
