"""The breaker's states and the pool's order."""

from __future__ import annotations

from app.central.client.breaker import Breaker
from app.central.client.endpoints import EndpointPool, RetryBudget, places
from app.domain.central_services import Service
from app.domain.configuration import Configuration, EndpointPlace
from app.domain.feed import Silence
from tests.support.virtual_time import VirtualClock, run_virtual

PLACES = [EndpointPlace("http://a"), EndpointPlace("http://b"), EndpointPlace("http://c")]


def opened(at: float = 0.0) -> Breaker:
    breaker = Breaker()
    for _ in range(5):
        breaker = breaker.bad(at)
    return breaker


def test_five_failures_in_a_row_open_it_for_thirty_seconds() -> None:
    breaker = Breaker()
    for _ in range(4):
        breaker = breaker.bad(0)
    assert breaker.admits(0)
    breaker = breaker.bad(0)
    assert not breaker.admits(29.9)
    assert breaker.admits(30)


def test_a_good_answer_in_between_starts_the_count_again() -> None:
    breaker = Breaker().bad(0).bad(0).bad(0).bad(0).good().bad(0)
    assert breaker.admits(0)


def test_half_open_lets_one_trial_go() -> None:
    breaker = opened().admitted()
    assert not breaker.admits(31)
    assert breaker.spared().admits(31)
    assert breaker.good().admits(31)


def test_each_failed_trial_opens_it_longer_up_to_five_minutes() -> None:
    breaker, now, lengths = opened(), 0.0, []
    for _ in range(14):
        assert breaker.open_until is not None
        lengths.append(breaker.open_until - now)
        now = breaker.open_until
        breaker = breaker.admitted().bad(now)
    assert lengths[:4] == [30, 60, 90, 120]
    assert lengths[-1] == 300
    assert breaker.good() == Breaker()


def test_late_failures_of_calls_that_were_under_way_do_not_lengthen_it() -> None:
    breaker = opened(0)
    assert breaker.bad(1).open_until == breaker.open_until


def test_the_pool_sticks_to_what_answered() -> None:
    async def tell(clock: VirtualClock) -> None:
        pool = EndpointPool(PLACES, clock)
        first, second, _ = pool.candidates()
        pool.bad(first, Silence.TIMEOUT)
        pool.good(second)
        assert [one.url for one in pool.candidates()] == ["http://b", "http://c", "http://a"]
        assert [one.in_use for one in pool.states()] == [False, True, False]
        pool.good(second)
        assert pool.candidates()[0].url == "http://b", "it does not go back by itself"

    run_virtual(tell)


def test_open_endpoints_are_left_out_and_half_open_ones_come_last() -> None:
    async def tell(clock: VirtualClock) -> None:
        pool = EndpointPool(PLACES, clock)
        first = pool.candidates()[0]
        for _ in range(5):
            pool.bad(first, Silence.CONNECT)
        assert [one.url for one in pool.candidates()] == ["http://b", "http://c"]
        await clock.sleep(31)
        assert [one.url for one in pool.candidates()] == ["http://b", "http://c", "http://a"]
        assert len(pool.candidates(forced=True)) == 3

    run_virtual(tell)


def test_this_computers_own_trouble_is_held_against_nobody() -> None:
    async def tell(clock: VirtualClock) -> None:
        pool = EndpointPool(PLACES[:1], clock)
        for _ in range(50):
            pool.bad(pool.candidates()[0], Silence.THIS_COMPUTER)
        assert len(pool.candidates()) == 1

    run_virtual(tell)


def test_new_configuration_keeps_what_is_known_of_those_that_stay() -> None:
    async def tell(clock: VirtualClock) -> None:
        pool = EndpointPool(PLACES, clock)
        first, second, _ = pool.candidates()
        for _ in range(5):
            pool.bad(first, Silence.CONNECT)
        pool.good(second)
        pool.reconfigure([EndpointPlace("http://d"), PLACES[0], EndpointPlace("http://b/")])
        states = {one.url: one for one in pool.states()}
        assert states["http://a"].open_until is not None
        assert states["http://b"].in_use
        pool.reconfigure([EndpointPlace("http://d")])
        assert pool.candidates()[0].url == "http://d"
        pool.reconfigure([])
        assert pool.candidates() == []

    run_virtual(tell)


def test_the_retry_budget_is_a_fifth_and_one_each_ten_seconds() -> None:
    async def tell(clock: VirtualClock) -> None:
        budget, granted = RetryBudget(clock), 0
        for _ in range(1_000):
            budget.called()
            granted += budget.take()
            await clock.sleep(0.001)
        assert 190 <= granted <= 202
        idle = RetryBudget(clock)
        assert idle.take()
        assert not idle.take()
        await clock.sleep(10)
        assert idle.take()

    run_virtual(tell)


def test_services_without_endpoints_are_served_by_the_addresses_of_enrolment() -> None:
    configuration = Configuration(
        1, "Org", (), endpoints={Service.BILLING: (EndpointPlace("http://pay"),)}
    )
    found = places(configuration, ["http://one/", "http://two"])
    assert [one.url for one in found[Service.TICKETS]] == ["http://one", "http://two"]
    assert [one.url for one in found[Service.BILLING]] == ["http://pay"]
    assert set(places(None, ["http://one"])) == set(Service)
