"""`python -m tests.simulation --seeds N --edits M [--seed S] [--mutant NAME] [--trace]`."""

from __future__ import annotations

import argparse
import logging
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from tests.simulation.experiments import experiments
from tests.simulation.hunt import hunted, quietly, spare_old_garbage
from tests.simulation.invariants import Violation
from tests.simulation.mutants import MUTANTS
from tests.simulation.recorded import FRESH
from tests.simulation.run import Told, run_plan, story
from tests.simulation.shrink import shrunk

_PROCESSES = 2
_WORTH_TWO = 8
"""So many seeds are worth a second process."""


def main(argv: list[str] | None = None) -> int:
    """0 where every invariant held, or the planted fault was caught; else 1."""
    arguments = _parser().parse_args(argv)
    with quietly():
        return _done(arguments)


def _done(arguments: argparse.Namespace) -> int:
    if arguments.list_mutants:
        print("\n".join(MUTANTS))
        return 0
    if arguments.mutant is not None:
        return _hunt(arguments)
    first = arguments.seed if arguments.seed is not None else 1
    count = 1 if arguments.seed is not None and arguments.seeds is None else arguments.seeds or 100
    began = time.monotonic()
    told = list(_all(range(first, first + count), arguments.edits))
    broken = [one for one in told if one.violations]
    for one in told if arguments.trace else ():
        print("\n".join(one.lines))
        print(f"trace {one.digest}")
    for one in broken:
        for violation in one.violations:
            print(f"seed {one.seed}: {violation.invariant}: {violation.what}")
    _print_summary(told, time.monotonic() - began)
    if broken:
        print(f"seed {broken[0].seed} in short:")
        print(shrunk(story(broken[0].seed, arguments.edits)).to_json().decode())
    return int(bool(broken))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int)
    parser.add_argument("--edits", type=int, default=40)
    parser.add_argument("--seed", type=int, help="the first seed; alone: only this one")
    parser.add_argument("--mutant", choices=tuple(MUTANTS), help="plant a fault; 0 when caught")
    parser.add_argument("--list-mutants", action="store_true")
    parser.add_argument("--trace", action="store_true", help="print what happened")
    return parser


def _hunt(arguments: argparse.Namespace) -> int:
    """Recorded seeds first, then fresh ones until one catches it."""
    first = arguments.seed or FRESH.start
    fresh = range(first, first + (arguments.seeds or len(FRESH)))
    seed, how = hunted(arguments.mutant, arguments.edits, fresh)
    if not seed:
        print(how)
        return 1
    print(f"caught on seed {seed}: {how}")
    return 0


def _all(seeds: Sequence[int], edits: int) -> Iterator[Told]:
    if len(seeds) < _WORTH_TWO:
        yield from (judged_seed(seed, edits) for seed in seeds)
        return
    with ProcessPoolExecutor(_PROCESSES, initializer=_quietly) as processes:
        yield from processes.map(judged_seed, seeds, [edits] * len(seeds), chunksize=4)


def _quietly() -> None:
    """A process of its own for many seeds."""
    logging.disable(logging.CRITICAL)
    spare_old_garbage()


def judged_seed(seed: int, edits: int) -> Told:
    """A seed's story and its experiments."""
    plan = story(seed, edits)
    told = run_plan(plan)
    more = tuple(Violation(*one) for one in experiments(plan))
    return told.also(more) if more else told


def _print_summary(told: Sequence[Told], seconds: float) -> None:
    faults: Counter[str] = Counter()
    for one in told:
        faults.update(one.faults)
    print(f"seeds: {len(told)}")
    for name in ("edits", "operations"):
        print(f"{name}: {sum(getattr(one, name) for one in told)}")
    print("faults: " + ", ".join(f"{name} {count}" for name, count in sorted(faults.items())))
    for name in ("conflicts", "parked"):
        print(f"{name}: {sum(getattr(one, name) for one in told)}")
    print(f"violations: {sum(len(one.violations) for one in told)}")
    print(f"seconds: {seconds:.1f}")


if __name__ == "__main__":
    sys.exit(main())
