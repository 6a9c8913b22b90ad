"""The whole life table, arrow by arrow."""

from __future__ import annotations

import itertools

import pytest

from app.domain.lifecycle import (
    FINAL,
    LIFE,
    OVERLAID,
    POISON_LIMIT,
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


@pytest.mark.parametrize("names", [OpState, OpEvent])
def test_states_and_events_have_the_names_that_stores_and_trails_hold_already(
    names: type[OpState | OpEvent],
) -> None:
    assert [one.value for one in names] == [one.name.lower() for one in names]


def test_a_row_reads_as_the_words_of_the_desk_say() -> None:
    assert [one.value for one in RowState] == [
        "Saved here", "Waiting", "Sending", "Sent", "Failed", "Needs review"
    ]  # fmt: skip


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
    assert leaving == {OpEvent.FORKED, OpEvent.BURNED, OpEvent.OVERTAKEN}
    assert not any(state is OpState.SUPERSEDED for state, _ in LIFE)


def test_what_was_taken_back_is_never_offered_again() -> None:
    """It comes out only where the history that goes on had applied it."""
    after = {event: target for (state, event), target in LIFE.items() if state is OpState.WITHDRAWN}
    stays = {OpEvent.FORKED: OpState.WITHDRAWN, OpEvent.BURNED: OpState.WITHDRAWN}
    assert after == {**stays, OpEvent.OVERTAKEN: OpState.ACKED}


def test_a_verdict_never_becomes_a_failure() -> None:
    after_verdict = {target for (state, _), target in LIFE.items() if state is OpState.ACKED}
    assert after_verdict == {OpState.SETTLED, OpState.REOFFER}


@pytest.mark.parametrize("state", sorted(SENDABLE))
def test_whatever_may_be_sent_is_sending_before_bytes_leave(state: OpState) -> None:
    assert next_state(state, OpEvent.SEND) is OpState.SENDING


@pytest.mark.parametrize("state", sorted(WITHOUT_VERDICT))
def test_what_has_no_verdict_can_be_withdrawn(state: OpState) -> None:
    assert next_state(state, OpEvent.WITHDRAWN) is OpState.WITHDRAWN


@pytest.mark.parametrize("state", [OpState.SENDING, OpState.WAITING, OpState.PENDING])
def test_central_may_have_taken_what_this_desk_still_means_to_send(state: OpState) -> None:
    """Its answer was lost, or comes late; a page names the operation first."""
    assert next_state(state, OpEvent.APPLIED) is OpState.ACKED


def test_what_is_offered_again_takes_no_verdict_of_the_history_that_is_gone() -> None:
    assert (OpState.REOFFER, OpEvent.APPLIED) not in LIFE


@pytest.mark.parametrize("state", [OpState.SENDING, OpState.ACKED, OpState.SETTLED])
def test_what_a_lost_history_may_have_held_is_offered_again(state: OpState) -> None:
    assert next_state(state, OpEvent.FORKED) is OpState.REOFFER
    forked = {one for one, event in LIFE if event is OpEvent.FORKED}
    assert forked == {OpState.SENDING, OpState.ACKED, OpState.SETTLED, OpState.WITHDRAWN}


@pytest.mark.parametrize("state", [OpState.PENDING, OpState.WAITING, OpState.REOFFER])
def test_what_would_go_next_waits_for_a_parked_predecessor_and_for_a_sign_in(
    state: OpState,
) -> None:
    blocked = next_state(state, OpEvent.PREDECESSOR_PARKED)
    assert blocked is OpState.BLOCKED
    assert next_state(blocked, OpEvent.PREDECESSOR_CLEARED) is OpState.PENDING
    out = next_state(state, OpEvent.UNAUTHORIZED)
    assert out is OpState.SIGN_IN
    assert next_state(out, OpEvent.RENEWED) is OpState.PENDING


@pytest.mark.parametrize("state", [*sorted(WITHOUT_VERDICT - {OpState.SENDING}), OpState.PARKED])
def test_what_is_not_under_way_can_be_edited_by_one_that_takes_its_place(state: OpState) -> None:
    assert next_state(state, OpEvent.EDITED) is OpState.SUPERSEDED
    assert (OpState.SENDING, OpEvent.EDITED) not in LIFE


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (OpEvent.APPLIED, OpState.ACKED), (OpEvent.DEFERRED, OpState.WAITING),
        (OpEvent.UNANSWERED, OpState.WAITING), (OpEvent.POISON, OpState.WAITING),
        (OpEvent.UNAUTHORIZED, OpState.SIGN_IN), (OpEvent.TERM_REFUSED, OpState.PENDING),
        (OpEvent.REJECTED, OpState.PARKED), (OpEvent.OVERDUE, OpState.PARKED),
    ],
)  # fmt: skip
def test_each_answer_to_an_attempt_leads_where_the_contract_says(
    event: OpEvent, state: OpState
) -> None:
    assert next_state(OpState.SENDING, event) is state


def test_a_refusal_is_withdrawn_by_a_person_and_a_verdict_ends_when_the_feed_has_passed() -> None:
    assert next_state(OpState.PARKED, OpEvent.WITHDRAWN) is OpState.WITHDRAWN
    assert next_state(OpState.ACKED, OpEvent.PASSED) is OpState.SETTLED


def test_all_that_is_not_final_shows_over_the_mirror_and_what_has_no_verdict_counts() -> None:
    assert frozenset(OpState) - FINAL == OVERLAID
    assert OVERLAID - {OpState.ACKED, OpState.PARKED} == WITHOUT_VERDICT
    assert WITHOUT_VERDICT - {OpState.BLOCKED, OpState.SIGN_IN} == SENDABLE


def test_a_first_save_reads_saved_here_and_a_tried_one_waiting() -> None:
    assert word_of(OpState.PENDING, 0) is RowState.SAVED_HERE
    assert word_of(OpState.PENDING, 1) is RowState.WAITING
    assert word_of(OpState.PARKED, 1) is RowState.NEEDS_REVIEW
    assert word_of(OpState.ACKED, 1) is RowState.SENT
    assert word_of(OpState.SENDING, 1) is RowState.SENDING
    assert word_of(OpState.BLOCKED, 0) is RowState.WAITING
    assert word_of(OpState.SIGN_IN, 0) is RowState.WAITING


def test_what_central_fails_on_again_and_again_asks_for_a_look_until_it_has_a_verdict() -> None:
    assert word_of(OpState.WAITING, 9, POISON_LIMIT) is RowState.NEEDS_REVIEW
    assert word_of(OpState.SENDING, 9, POISON_LIMIT) is RowState.NEEDS_REVIEW
    assert word_of(OpState.WAITING, 9, POISON_LIMIT - 1) is RowState.WAITING
    assert word_of(OpState.ACKED, 9, POISON_LIMIT) is RowState.SENT


def test_the_loudest_word_wins_and_nothing_pending_reads_sent() -> None:
    loud = ["NEEDS_REVIEW", "FAILED", "SENDING", "WAITING", "SAVED_HERE", "SENT"]
    order = [RowState[name] for name in loud]
    for at, word in enumerate(order):
        assert loudest(set(order[at:])) is word
    assert loudest(set()) is RowState.SENT
