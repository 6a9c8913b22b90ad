"""A desk's share: what is published to it is what it is held to."""

from __future__ import annotations

from app.central.contract import wire
from app.central.reference.gate import Gate
from app.domain.ids import Millis


class Clock:
    at = Millis(1_000_000)

    def now(self) -> Millis:
        return self.at

    def go_on(self, seconds: float) -> None:
        self.at = Millis(self.at + round(seconds * 1_000))


def _sent(gate: Gate, clock: Clock, desk: str, seconds: int, tries: int = 200) -> int:
    """How many of a flood of operations pass within some seconds."""
    passed = 0
    for _ in range(seconds):
        clock.go_on(1)
        passed += sum(gate.operation(desk, "tickets") == 0 for _ in range(tries))
    return passed


def test_a_flood_passes_at_the_published_rate_and_no_faster() -> None:
    clock = Clock()
    gate = Gate(clock.now, wire.Rate(40.0, 10.0))
    assert gate.published("a", "tickets") == wire.Rate(40.0, 10.0)
    passed = _sent(gate, clock, "a", 60)
    assert 60 * 40 <= passed <= 62 * 40 + 1


def test_desks_share_the_total_while_they_are_there() -> None:
    clock = Clock()
    gate = Gate(clock.now, wire.Rate(40.0, 10.0))
    for desk in "abcd":
        gate.published(desk, "tickets")
    assert gate.published("a", "tickets") == wire.Rate(10.0, 2.5)
    assert gate.published("a", "customers").operations == 40.0
    _sent(gate, clock, "a", 3)
    assert 600 <= _sent(gate, clock, "a", 60) <= 610
    clock.go_on(60)
    assert gate.published("a", "tickets").operations == 40.0


def test_a_desk_is_held_to_a_smaller_share_before_it_hears_of_it() -> None:
    """Else the first of many that come back together would take the whole total."""
    clock = Clock()
    gate = Gate(clock.now, wire.Rate(40.0, 10.0))
    gate.published("a", "tickets")
    for number in range(9):
        gate.published(str(number), "tickets")
    assert 40 <= _sent(gate, clock, "a", 10) <= 45
    gate.published("a", "tickets")
    _sent(gate, clock, "a", 25)
    assert _sent(gate, clock, "a", 10) <= 90


def test_many_new_desks_at_once_stay_within_the_total() -> None:
    """Each may begin with a burst of its own, all of them together not with that many."""
    clock = Clock()
    gate = Gate(clock.now, wire.Rate(40.0, 10.0))
    passed = 0
    for _ in range(10):
        clock.go_on(1)
        passed += sum(
            gate.operation(str(desk), "tickets") == 0 for desk in range(100) for _ in range(5)
        )
    assert 0.9 * 10 * 40 <= passed <= 1.2 * 10 * 40


def test_a_new_desk_that_is_alone_may_send_some_at_once() -> None:
    gate = Gate(Clock().now, wire.Rate(40.0, 10.0))
    assert [gate.operation("a", "tickets") for _ in range(40)] == [0] * 40


def test_whoever_is_held_back_is_told_how_long() -> None:
    clock = Clock()
    gate = Gate(clock.now, wire.Rate(2.0, 1.0))
    while (wait_s := gate.operation("a", "tickets")) == 0:
        pass
    assert 0 < wait_s <= 0.5
    clock.go_on(wait_s + 0.001)
    assert gate.operation("a", "tickets") == 0
    assert gate.page("a", "tickets") == 0


def test_a_clock_that_is_set_back_holds_nobody_back_for_ever() -> None:
    clock = Clock()
    gate = Gate(clock.now, wire.Rate(2.0, 1.0))
    while gate.operation("a", "tickets") == 0:
        pass
    clock.go_on(-900)
    assert gate.operation("a", "tickets") > 0
    clock.go_on(0.6)
    assert gate.operation("a", "tickets") == 0
