"""Promise P2 in short: each planted fault is caught, on its recorded seeds and on fresh ones."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.simulation.hunt import caught, spare_old_garbage, untouched
from tests.simulation.mutants import MUTANTS
from tests.simulation.recorded import FRESH, FRESH_EDITS, OFTEN_CAUGHT, RECORDED
from tests.simulation.run import run_seed
from tests.support.figures import Figures

pytestmark = pytest.mark.linux


@pytest.fixture(autouse=True)
def _many_worlds() -> Iterator[None]:
    before = gc.get_threshold()
    spare_old_garbage()
    yield
    gc.set_threshold(*before)
    gc.unfreeze()


def test_every_planted_fault_has_a_seed_that_catches_it() -> None:
    assert set(RECORDED) == set(MUTANTS)
    assert set(MUTANTS) >= OFTEN_CAUGHT


def test_nothing_is_caught_where_nothing_is_planted() -> None:
    """Else the fresh seeds would catch everything."""
    assert [untouched(seed, FRESH_EDITS).violation for seed in FRESH] == [None] * len(FRESH)


def test_a_world_that_does_not_come_by_a_planted_fault_goes_the_same_way() -> None:
    """And looking for where it would matter changes nothing: the same trace, word for word."""
    seed = FRESH.start
    plain = run_seed(seed, FRESH_EDITS).digest
    elsewhere = [one for one in MUTANTS if one not in untouched(seed, FRESH_EDITS).met]
    with ExitStack() as planted:
        for mutant in elsewhere:
            planted.enter_context(MUTANTS[mutant].put())
        assert run_seed(seed, FRESH_EDITS).digest == plain
    assert len(elsewhere) >= 10


@pytest.mark.parametrize("mutant", tuple(MUTANTS))
def test_a_planted_fault_is_caught(mutant: str, request: pytest.FixtureRequest) -> None:
    """On its recorded seeds; and on one at least of the fresh ones, where many have met it."""
    for seed, edits in RECORDED[mutant]:
        assert caught(mutant, seed, edits), seed
    met = [seed for seed in FRESH if mutant in untouched(seed, FRESH_EDITS).met]
    on = [seed for seed in met if caught(mutant, seed, FRESH_EDITS)]
    figures = Figures(request.node.user_properties)
    figures.add(
        "planted fault",
        f"{mutant}: {len(FRESH)} fresh seeds, {len(met)} come by it, caught on {len(on)}",
    )
    assert on or mutant not in OFTEN_CAUGHT


@pytest.mark.slow
@pytest.mark.parametrize("mutant", tuple(MUTANTS))
def test_prove_a_planted_fault_is_caught_on_fresh_seeds(
    mutant: str, request: pytest.FixtureRequest
) -> None:
    """Of two thousand that nobody chose, the first that catches it is enough."""
    seeds = range(FRESH.stop, FRESH.stop + 2_000)
    met = (seed for seed in seeds if mutant in untouched(seed, FRESH_EDITS).met)
    on = next((seed for seed in met if caught(mutant, seed, FRESH_EDITS)), None)
    Figures(request.node.user_properties).add("planted fault hunted", f"{mutant}: {on}")
    assert on is not None
