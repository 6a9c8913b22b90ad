"""The life of an operation as a table of data: state and event give the next state."""

from __future__ import annotations

from enum import StrEnum

from app.domain.times import HOUR


class OpState(StrEnum):
    """Where an operation of the outbox stands."""

    PENDING = "pending"
    SENDING = "sending"
    WAITING = "waiting"
    BLOCKED = "blocked"
    SIGN_IN = "sign_in"
    ACKED = "acked"
    SETTLED = "settled"
    PARKED = "parked"
    REOFFER = "reoffer"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class OpEvent(StrEnum):
    """What happened to an operation; each is one local transaction."""

    SEND = "send"
    APPLIED = "applied"
    DEFERRED = "deferred"
    UNANSWERED = "unanswered"
    POISON = "poison"
    UNAUTHORIZED = "unauthorized"
    RENEWED = "renewed"
    TERM_REFUSED = "term_refused"
    FORKED = "forked"
    """Central's note of it may be gone with a piece of history."""
    REJECTED = "rejected"
    OVERDUE = "overdue"
    """Offered again under a new term, its target has been missing there for a day."""
    PREDECESSOR_PARKED = "predecessor_parked"
    PREDECESSOR_CLEARED = "predecessor_cleared"
    PASSED = "passed"
    EDITED = "edited"
    WITHDRAWN = "withdrawn"
    BURNED = "burned"
    """The history that goes on has it as taken back, or refused."""
    OVERTAKEN = "overtaken"
    """Taken back in a history that is gone; the one that goes on had applied it before."""


_S, _E = OpState, OpEvent

_UNSENT = (_S.PENDING, _S.WAITING, _S.BLOCKED, _S.SIGN_IN, _S.REOFFER)


def _table() -> dict[tuple[OpState, OpEvent], OpState]:
    table: dict[tuple[OpState, OpEvent], OpState] = {}
    for state in (_S.PENDING, _S.WAITING, _S.REOFFER, _S.SENDING):
        table[state, _E.SEND] = _S.SENDING  # sending again after a crash: same id, same bytes
    for event, target in (
        (_E.APPLIED, _S.ACKED),
        (_E.DEFERRED, _S.WAITING),
        (_E.UNANSWERED, _S.WAITING),
        (_E.POISON, _S.WAITING),
        (_E.UNAUTHORIZED, _S.SIGN_IN),
        (_E.TERM_REFUSED, _S.PENDING),
        (_E.REJECTED, _S.PARKED),
        (_E.OVERDUE, _S.PARKED),
    ):
        table[_S.SENDING, event] = target
    for state in (*_UNSENT, _S.SENDING):
        table[state, _E.WITHDRAWN] = _S.WITHDRAWN
    for state in (_S.SENDING, _S.WAITING, _S.PENDING):
        # a late verdict, or the feed naming the operation before its answer came; not where it is
        # to be offered again: that verdict may be of the history that is gone
        table[state, _E.APPLIED] = _S.ACKED
    for state in (_S.SENDING, _S.ACKED, _S.SETTLED):
        table[state, _E.FORKED] = _S.REOFFER
    for state in (_S.PENDING, _S.WAITING, _S.REOFFER):
        table[state, _E.PREDECESSOR_PARKED] = _S.BLOCKED
        table[state, _E.UNAUTHORIZED] = _S.SIGN_IN
    for state in (*_UNSENT, _S.PARKED):
        table[state, _E.EDITED] = _S.SUPERSEDED
    table[_S.SIGN_IN, _E.RENEWED] = _S.PENDING
    table[_S.BLOCKED, _E.PREDECESSOR_CLEARED] = _S.PENDING
    table[_S.PARKED, _E.WITHDRAWN] = _S.WITHDRAWN
    table[_S.ACKED, _E.PASSED] = _S.SETTLED
    # what was burned is burned again where central has lost it, and says so if it is too late
    table[_S.WITHDRAWN, _E.FORKED] = _S.WITHDRAWN
    table[_S.WITHDRAWN, _E.BURNED] = _S.WITHDRAWN
    table[_S.WITHDRAWN, _E.OVERTAKEN] = _S.ACKED
    return table


LIFE: dict[tuple[OpState, OpEvent], OpState] = _table()
"""Every arrow there is; docs draw it and a test walks it."""

LONGEST_WAIT = HOUR
"""No waiting time is longer (ms): one that seems to be was written by a clock since put right."""

TARGET_MISSING = "target_missing"
"""Wording key of why an operation was parked although central has no verdict on it."""
POISON_LIMIT = 5
"""Central failed so often on an operation: it is in the slow lane, and somebody must look."""

FINAL = frozenset({_S.SETTLED, _S.WITHDRAWN, _S.SUPERSEDED})
SENDABLE = frozenset({_S.PENDING, _S.WAITING, _S.REOFFER, _S.SENDING})
WITHOUT_VERDICT = frozenset({*_UNSENT, _S.SENDING})
"""What a person's count of waiting work means."""
OVERLAID = frozenset({*WITHOUT_VERDICT, _S.ACKED, _S.PARKED})
"""States in which the operation still shows over the mirror row."""


def next_state(state: OpState, event: OpEvent) -> OpState:
    """The state after an event. Raises KeyError for an arrow that does not exist (our bug)."""
    return LIFE[state, event]


class RowState(StrEnum):
    """The one word each ticket row carries (ux 12)."""

    SAVED_HERE = "Saved here"
    WAITING = "Waiting"
    SENDING = "Sending"
    SENT = "Sent"
    FAILED = "Failed"
    NEEDS_REVIEW = "Needs review"


_LOUDEST = (
    RowState.NEEDS_REVIEW,
    RowState.FAILED,
    RowState.SENDING,
    RowState.WAITING,
    RowState.SAVED_HERE,
    RowState.SENT,
)


def word_of(state: OpState, attempts: int, poison: int = 0) -> RowState:
    """The row word one operation gives."""
    match state:
        case _ if state in WITHOUT_VERDICT and poison >= POISON_LIMIT:
            return RowState.NEEDS_REVIEW
        case OpState.PARKED:
            return RowState.NEEDS_REVIEW
        case OpState.SENDING:
            return RowState.SENDING
        case OpState.PENDING if attempts == 0:
            return RowState.SAVED_HERE
        case _ if state in WITHOUT_VERDICT:
            return RowState.WAITING
        case _:
            return RowState.SENT


def loudest(words: set[RowState]) -> RowState:
    """The word of a row with several operations; without any it is Sent."""
    return next((word for word in _LOUDEST if word in words), RowState.SENT)
