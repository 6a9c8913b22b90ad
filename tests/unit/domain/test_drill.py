"""The drill's steps in order, its call made fit for the real desk, and that it takes minutes."""

from __future__ import annotations

from dataclasses import replace

from app.domain.call import Call
from app.domain.drill import STEPS, Observed, Step, advanced, as_real
from app.domain.ids import Millis

IDLE = Observed(
    away=0, marked_down=False, waiting=0, looks_at_outbox=False, looks_at_catch_up=False
)
STORY = (
    (replace(IDLE, away=6), Step.SEE),
    (replace(IDLE, away=6, marked_down=True), Step.TAKE),
    (replace(IDLE, away=6, marked_down=True, waiting=2), Step.OUTBOX),
    (replace(IDLE, away=6, marked_down=True, waiting=2, looks_at_outbox=True), Step.BACK),
    (replace(IDLE, marked_down=True, waiting=2), Step.SENT),
    (IDLE, Step.CATCH_UP),
)


def test_the_steps_tick_themselves_off_in_the_order_of_an_outage() -> None:
    done = advanced(0, IDLE)
    assert done == 0
    for seen, following in STORY:
        done = advanced(done, seen)
        assert STEPS[done] is following
    assert advanced(done, replace(IDLE, looks_at_catch_up=True)) == len(STEPS)


def test_no_step_is_skipped_and_none_is_undone() -> None:
    ahead = replace(IDLE, looks_at_outbox=True, looks_at_catch_up=True, waiting=3)
    assert advanced(0, ahead) == 0
    assert advanced(4, replace(IDLE, away=2)) == 4


def test_what_exists_in_the_drill_only_does_not_leave_it() -> None:
    call = Call(
        "d", Millis(1), phone="07700 900118", name="Ann", fault="Smoke", model="Samsng",
        entry_id="e", customer_id="c", device_id="v", ticket_id="t", checked="postcode",
        reference="K7-0001-M", safety="smoke", refused_matches=("c",), filled_by_match=("name",),
    )  # fmt: skip
    real = as_real(call)
    assert (real.phone, real.name, real.fault, real.model, real.safety) == (
        "07700 900118", "Ann", "Smoke", "Samsng", "smoke",
    )  # fmt: skip
    assert not (real.entry_id)
    assert not (real.customer_id)
    assert not (real.device_id)
    assert not (real.ticket_id)
    assert (real.reference, real.checked, real.refused_matches) == ("", "not_checked", ())
