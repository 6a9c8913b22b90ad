"""Backoff, the published rate and the ramp."""

from __future__ import annotations

import pytest

from app.sync.backoff import LEAST_S, LONGEST_S, full_jitter
from app.sync.pace import Ramp, Rate
from tests.support.virtual_time import SeededRandom, VirtualClock, run_virtual


@pytest.mark.parametrize("failures", [1, 2, 3, 9, 50])
def test_full_jitter_spreads_over_a_doubling_bound(failures: int) -> None:
    random = SeededRandom()
    bound = min(2.0 ** (failures - 1), LONGEST_S)
    waits = [full_jitter(random, failures) for _ in range(300)]
    assert all(LEAST_S <= wait <= max(bound, LEAST_S) for wait in waits)
    assert max(waits) > 0.9 * bound
    assert sum(wait < bound / 2 for wait in waits) > 100


def test_what_central_asks_for_is_the_least() -> None:
    random = SeededRandom()
    assert all(full_jitter(random, 1, 20.0) == 20.0 for _ in range(20))


def test_ten_seconds_never_see_more_than_a_fifth_over_the_rate() -> None:
    async def take_all(clock: VirtualClock) -> list[float]:
        rate, taken = Rate(clock, 10.0), []
        while clock.monotonic() < 1_060:
            while rate.available():
                rate.take()
                taken.append(clock.monotonic())
            await clock.sleep(rate.ready_in())
        return taken

    times = run_virtual(take_all)
    windows = [sum(begin <= one < begin + 10 for one in times) for begin in times]
    assert max(windows) <= 120
    assert len(times) >= 600


def test_a_new_rate_counts_at_once_and_nonsense_is_not_taken() -> None:
    async def publish(clock: VirtualClock) -> None:
        rate = Rate(clock, 100.0)
        rate.publish(2.0)
        assert rate.available() == 2
        rate.publish(0.0)
        rate.publish(-5.0)
        assert rate.per_second == 2.0
        rate.take(2)
        assert rate.available() == 0
        assert rate.ready_in() == pytest.approx(0.5)

    run_virtual(publish)


def test_after_a_pause_there_is_a_second_s_worth_and_at_least_one() -> None:
    async def tell(clock: VirtualClock) -> None:
        rate = Rate(clock, 4.0)
        assert rate.available() == 4
        rate.take(4)
        await clock.sleep(0.5)
        assert rate.available() == 2
        await clock.sleep(99.0)
        assert rate.available() == 4
        assert rate.ready_in() == 0.0
        slow = Rate(clock, 0.2)
        slow.take()
        assert slow.available() == 0
        assert slow.ready_in() == pytest.approx(5.0)
        await clock.sleep(99.0)
        assert slow.available() == 1

    run_virtual(tell)


def test_without_a_burst_they_go_one_after_another() -> None:
    async def tell(clock: VirtualClock) -> None:
        rate = Rate(clock, 50.0, burst_s=0.0)
        times: list[float] = []
        rate.publish(4.0)
        await clock.sleep(99.0)
        while len(times) < 5:
            await clock.sleep(rate.ready_in())
            rate.take()
            times.append(clock.monotonic())
        assert [round(one - times[0], 3) for one in times] == [0.0, 0.25, 0.5, 0.75, 1.0]

    run_virtual(tell)


def test_what_was_saved_up_at_a_lower_rate_is_kept_and_no_more_is_given() -> None:
    async def tell(clock: VirtualClock) -> None:
        rate = Rate(clock, 2.0)
        rate.take(1)
        rate.publish(100.0)
        assert rate.available() == 1
        await clock.sleep(0.5)
        assert rate.available() == 51
        rate.publish(0.5)
        assert rate.available() == 1

    run_virtual(tell)


def test_the_ramp_doubles_with_answers_and_falls_back_to_one() -> None:
    ramp, widths = Ramp(8), []
    for _ in range(20):
        widths.append(ramp.width)
        ramp.answered()
    assert widths[:7] == [1, 2, 2, 4, 4, 4, 4]
    assert ramp.width == 8
    ramp.silent()
    assert ramp.width == 1
    widths = []
    for _ in range(7):
        ramp.answered()
        widths.append(ramp.width)
    assert widths == [2, 2, 4, 4, 4, 4, 8]
    ramp.answered()
    ramp.silent()
    ramp.answered()
    ramp.answered()
    assert ramp.width == 2, "answers from before the silence do not count"
