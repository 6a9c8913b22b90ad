"""`python -m tests.mutation [--sample N] [--first N] [--seed S] [--processes P] [--units]`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from queue import SimpleQueue

from tests.mutation.alterations import Alteration, alterations
from tests.mutation.equivalent import EQUIVALENT
from tests.mutation.reach import UNITS, Reach
from tests.mutation.trial import Copy, Forked, Verdict
from tests.support.programs import ROOT

SAMPLE, SEED, PROCESSES = 150, 20261127, 2
_KEPT = ROOT / "build" / "mutation"


@dataclass(slots=True)
class Score:
    """What came of a sample."""

    killed: int = 0
    equivalent: int = 0
    survived: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Of those that somebody ought to notice, how many were."""
        return self.killed / max(1, self.killed + len(self.survived))


def engine() -> list[Alteration]:
    """Every alteration of the engine and of the life of an operation."""
    paths = [*sorted((ROOT / "app/sync").glob("*.py")), ROOT / "app/domain/lifecycle.py"]
    return [
        one
        for path in paths
        for one in alterations(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
    ]


def drawn(first: int, count: int, seed: int) -> list[Alteration]:
    """So many of them by chance; parts of one seed's order have none in common.

    Each is drawn by its name, so that the order of the others stays where one comes or goes.
    """
    by_chance = sorted(engine(), key=lambda one: sha256(f"{seed} {one.name}".encode()).digest())
    return by_chance[first : first + count]


def tried(
    sample: Sequence[Alteration], processes: int, *, worlds: bool = True
) -> Iterator[tuple[Alteration, Verdict]]:
    """Each with what came of it, in its order. Raises RuntimeError where the tests fail anyway."""
    with tempfile.TemporaryDirectory(prefix="offhook-mutation-") as name, ExitStack() as stack:
        first = Copy(Path(name) / "0")
        reach = Reach(first, ["app.sync", "app.domain.lifecycle"], _KEPT, worlds=worlds)
        copies: SimpleQueue[tuple[Copy, Forked]] = SimpleQueue()
        for copy in (first, *(Copy(Path(name) / str(n)) for n in range(1, processes))):
            copies.put((copy, stack.enter_context(closing(Forked(copy, UNITS)))))

        def trial(one: Alteration) -> Verdict:
            copy, forked = copies.get()
            try:
                beside = None if reach.is_early(one) else forked
                return copy.tried(one, reach.batches(one), beside)
            finally:
                copies.put((copy, forked))

        with ThreadPoolExecutor(processes) as threads:
            yield from zip(sample, threads.map(trial, sample), strict=True)


def score(verdicts: Iterable[tuple[Alteration, Verdict]]) -> Score:
    """Count them, and print each as it comes."""
    counts = Score()
    for one, verdict in verdicts:
        if verdict.killed:
            counts.killed += 1
            said = f"killed by {verdict.by}"
        elif one.name in EQUIVALENT:
            counts.equivalent += 1
            said = f"equivalent: {EQUIVALENT[one.name]}"
        else:
            counts.survived.append(one.name)
            said = "SURVIVED"
        import time

        print(f"{time.monotonic():.0f} {max(one.lines):4} {one.name}: {said}", flush=True)
    return counts


def main(argv: list[str] | None = None) -> int:
    """0 wherever the trials could be made: the score is a figure, printed last."""
    arguments = _parser().parse_args(argv)
    sample = drawn(arguments.first, arguments.sample, arguments.seed)
    counts = score(tried(sample, arguments.processes, worlds=not arguments.units))
    print(f"seed: {arguments.seed}, {len(sample)} from {arguments.first} on")
    print(f"killed: {counts.killed}")
    print(f"survived: {len(counts.survived)}")
    print(f"equivalent: {counts.equivalent}")
    print(f"score: {counts.share:.1%}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="tests.mutation", description=__doc__)
    parser.add_argument("--sample", type=int, default=SAMPLE, help="how many are tried")
    parser.add_argument("--first", type=int, default=0, help="after so many of the seed's order")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--processes", type=int, default=PROCESSES)
    parser.add_argument("--units", action="store_true", help="by the unit tests alone")
    return parser


if __name__ == "__main__":
    sys.exit(main())
