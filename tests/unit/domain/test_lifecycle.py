"""The whole life table, arrow by arrow."""

from __future__ import annotations

import itertools

import pytest

from app.domain.lifecycle import (
    FINAL,
    LIFE,
    SENDABLE,
    WITHOUT_VERDICT,
    OpEvent,
    OpState,
    RowState,
    loudest,
    next_state,
    word_of,
)


@pytest.mark.parametrize(("state", "event"), list(itertools.product(OpState, OpEvent)))
def test_each_pair_has_its_arrow_or_is_our_bug(state: OpState, event: OpEvent) -> None:
    if (state, event) in LIFE:
        assert next_state(state, event) in OpState
    else:
        with pytest.raises(KeyError):
            next_state(state, event)


def test_every_state_is_reached_from_pending() -> None:
    reached, edge = {OpState.PENDING}, [OpState.PENDING]
    while edge:
        state = edge.pop()
        for (source, _event), target in LIFE.items():
            if source is state and target not in reached:
                reached.add(target)
                edge.append(target)
    assert reached == set(OpState)


def test_only_a_fork_leads_out_of_a_final_state() -> None:
    leaving = {event for (state, event) in LIFE if state in FINAL}
    assert leaving == {OpEvent.FORKED}
    assert not any(state in {OpState.WITHDRAWN, OpState.SUPERSEDED} for state, _ in LIFE)


def test_a_verdict_never_becomes_a_failure() -> None:
    after_verdict = {target for (state, _), target in LIFE.items() if state is OpState.ACKED}
    assert after_verdict == {OpState.SETTLED, OpState.REOFFER}


@pytest.mark.parametrize("state", sorted(SENDABLE))
def test_whatever_may_be_sent_is_sending_before_bytes_leave(state: OpState) -> None:
    assert next_state(state, OpEvent.SEND) is OpState.SENDING


@pytest.mark.parametrize("state", sorted(WITHOUT_VERDICT))
def test_what_has_no_verdict_can_be_withdrawn(state: OpState) -> None:
    assert next_state(state, OpEvent.WITHDRAWN) is OpState.WITHDRAWN


def test_a_first_save_reads_saved_here_and_a_tried_one_waiting() -> None:
    assert word_of(OpState.PENDING, 0) is RowState.SAVED_HERE
    assert word_of(OpState.PENDING, 1) is RowState.WAITING
    assert word_of(OpState.PARKED, 1) is RowState.NEEDS_REVIEW
    assert word_of(OpState.ACKED, 1) is RowState.SENT


def test_the_loudest_word_wins_and_nothing_pending_reads_sent() -> None:
    assert (
        loudest({RowState.SENT, RowState.WAITING, RowState.NEEDS_REVIEW}) is RowState.NEEDS_REVIEW
    )
    assert loudest(set()) is RowState.SENT
