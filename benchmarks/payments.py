"""Issue 5's figures: matching 10 000 lines to 50 000 claims, its precision and its recall."""

from __future__ import annotations

import argparse
import statistics
from functools import partial

from app.domain.payments.matching import Matching, match
from benchmarks.harness import timed
from tests.support.payment_truth import Truth, truth


def judged(known: Truth, found: Matching) -> tuple[int, float, float, float]:
    """Automatic portions, their precision, their recall, and how many others were offered."""
    portions = [one for made in found.automatic for one in made.portions]
    right = sum(one.claim in known.belongs.get(one.payment, ()) for one in portions)
    lines = {one.payment for one in portions} & known.belongs.keys()
    open_ones = known.belongs.keys() - lines
    offered = sum(
        any(set(choice.claims) & known.belongs[line] for choice in found.suggested.get(line, ()))
        for line in open_ones
    )
    precision = right / len(portions) if portions else 1.0
    return (
        len(portions),
        precision,
        len(lines) / len(known.belongs),
        offered / max(1, len(open_ones)),
    )


def main() -> None:
    """Print each round and the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--claims", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=5)
    wanted = parser.parse_args()
    took, worked, precisions, recalls = [], [], [], []
    for seed in range(1, wanted.rounds + 1):
        known = truth(seed, wanted.claims, wanted.lines)
        timing = timed(partial(match, known.payments, known.claims))
        took.append(timing.wall)
        worked.append(timing.cpu)
        count, precision, recall, offered = judged(known, match(known.payments, known.claims))
        precisions.append(precision)
        recalls.append(recall)
        print(
            f"round {seed}: {took[-1]:.2f} s, CPU {worked[-1]:.2f} s, {count} automatic, "
            f"precision {precision:.5f}, recall {recall:.3f}, "
            f"of the rest {offered:.0%} among the choices"
        )
    wall, cpu = statistics.median(took), statistics.median(worked)
    print(f"{wanted.lines} lines, {wanted.claims} claims: {wall:.2f} s, CPU {cpu:.2f} s (goal 2)")
    print(f"automatic precision {min(precisions):.5f} at worst (goal 0.999)")
    print(f"automatic recall {min(recalls):.3f} at worst (goal 0.9)")


if __name__ == "__main__":
    main()
