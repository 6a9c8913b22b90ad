"""The real clock, chance and ids."""

from __future__ import annotations

import uuid

from app.domain.ids import Millis
from app.providers.platform import SystemPlatform
from app.providers.system import SystemClock, SystemRandom, Uuid7Source


class SuspendedPlatform(SystemPlatform):
    """A machine whose boot clock jumps: it was suspended while a timer ran."""

    def __init__(self) -> None:
        self.readings = [100.0, 3_700.0]

    def boot_seconds(self) -> float:
        return self.readings.pop(0) if len(self.readings) > 1 else self.readings[0]


async def test_a_timer_counts_the_time_the_machine_slept() -> None:
    """Given a sleep of an hour, when the machine was suspended for it, then it ends at once."""
    clock = SystemClock(SuspendedPlatform())
    await clock.sleep(3_600)
    assert clock.monotonic() == 3_700.0


async def test_a_short_sleep_returns() -> None:
    clock = SystemClock(SystemPlatform())
    before = clock.monotonic()
    await clock.sleep(0.01)
    await clock.sleep(-1)
    assert clock.monotonic() >= before


def test_wall_time_is_milliseconds() -> None:
    assert 1_700_000_000_000 < SystemClock(SystemPlatform()).now() < 10_000_000_000_000


def test_jitter_stays_in_its_range_and_bytes_have_their_length() -> None:
    chance = SystemRandom()
    values = [chance.uniform(2, 3) for _ in range(100)]
    assert all(2 <= value <= 3 for value in values)
    assert len(set(values)) > 90
    assert len(chance.bytes(10)) == 10


class FixedClock:
    """A wall clock that stands still."""

    def now(self) -> Millis:
        return Millis(1_795_430_527_120)

    def monotonic(self) -> float:
        return 0.0

    async def sleep(self, seconds: float) -> None: ...


def test_ids_are_uuids_of_version_seven_and_carry_the_time() -> None:
    ids = [Uuid7Source(FixedClock(), SystemRandom()).new_id() for _ in range(200)]
    assert len(set(ids)) == 200
    parsed = uuid.UUID(ids[0])
    assert (parsed.version, parsed.variant) == (7, uuid.RFC_4122)
    assert parsed.int >> 80 == FixedClock().now()
