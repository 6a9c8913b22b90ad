"""The probe: by the clock and when asked, and what it keeps of central's clock."""

from __future__ import annotations

import itertools

import pytest

from app.domain.feed import Silence
from app.sync.probe import Prober
from app.sync.service_state import Way
from tests.unit.sync.desk import TICKETS, Bench, story


def prober(bench: Bench) -> Prober:
    return Prober(bench.engine._states[TICKETS])


@story
async def test_a_service_that_is_well_is_probed_once_a_minute_with_a_fifth_of_jitter(
    bench: Bench,
) -> None:
    async with bench.running():
        await bench.clock.sleep(7_200)
    times = [when for when, service in bench.central.probes if service is TICKETS]
    gaps = [later - one for one, later in itertools.pairwise(times)]
    assert 48 <= min(gaps) < 50
    assert 70 < max(gaps) <= 72.1


@pytest.mark.parametrize(
    ("offset_ms", "later_ms", "written"),
    [
        (1_000, 599_000, False),
        (1_250, 10, False),
        (1_251, 10, True),
        (749, 10, True),
        (750, 10, False),
        (1_000, 600_000, True),
        (1_000, -1_000, True),
    ],
)
def test_the_offset_is_written_where_it_moved_or_is_old_and_counts_at_once(
    offset_ms: int, later_ms: int, written: bool
) -> None:
    """Ten minutes is old; a measure from the future was made by a clock since put right."""

    @story
    async def tell(bench: Bench) -> None:
        bench.central.took_s = 0.0
        kept_at = bench.clock.now()
        bench.store.tables.offset = (1_000, kept_at)
        bench.clock.wall_at_start = type(kept_at)(bench.clock.wall_at_start + later_ms)
        bench.central.offset_ms = offset_ms
        assert await prober(bench).ask()
        assert bench.engine._states[TICKETS].offset_ms == offset_ms
        now = (offset_ms, kept_at + later_ms)
        assert bench.store.tables.offset == (now if written else (1_000, kept_at))

    tell()


@story
async def test_it_says_whether_central_answered_and_opens_or_closes_the_way(bench: Bench) -> None:
    state = bench.engine._states[TICKETS]
    bench.central.away = {TICKETS: Silence.CONNECT}
    assert await prober(bench).ask() is False
    assert (state.way, state.health.cause) == (Way.DOWN, Silence.CONNECT)
    assert bench.store.tables.offset is None
    bench.central.away = {}
    assert await prober(bench).ask() is True
    assert state.way is Way.OPEN
    assert bench.store.tables.offset == (0, bench.clock.now())
