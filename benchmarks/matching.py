"""Model resolution on real models: `python -m benchmarks.matching [--take N]`.

Recall, telling what is not in the list, calibration and CPU time per query: on the half of the
developer queries that nothing was fitted on, on kinds of noise and makers held back, and on two
entity-matching sets; beside FTS5 by words, by trigrams, and TF-IDF in the same process.
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from random import Random

from app.domain.matching.index import CatalogIndex
from app.domain.matching.resolution import Resolution, resolve
from app.services.resolving import coefficients, spoken_words
from benchmarks.matching_data import Query, abt_buy, catalog, entries_of, queries, walmart_amazon
from benchmarks.matching_metrics import Measured, Metrics, metrics
from benchmarks.matching_noise import FITTED, HELD_BACK, asked_of, is_held_back
from benchmarks.matching_peers import FullText, TfIdf

_MADE = 1_200
"""Queries of each set held back."""
_PEERS = 300
"""Queries that the peers are asked."""


def main() -> None:
    """Print every metric."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--take", type=int, default=0, help="only so many queries of each set")
    take = arguments.parse_args().take or None
    rows, chance = catalog(), Random(11)
    began = time.process_time()
    index = CatalogIndex(entries_of(rows))
    built = time.process_time() - began
    developer = queries()[1::2]  # the other half was fitted on
    strange = [row for row in rows if is_held_back(row.maker)]
    sets = {
        "developer queries": developer,
        "kinds held back": asked_of(rows, HELD_BACK, _MADE, chance),
        "makers held back": asked_of(strange, FITTED, _MADE, chance),
    }
    print("| | R@1 | R@5 | not in the list, AUC | linked | precision | ECE | CPU p50 / p99 |")
    print("|---|---|---|---|---|---|---|---|")
    for name, asked in sets.items():
        print(_line(name, measured(_some(asked, take), index)))
    for kind in sorted({one.kind for one in developer}):
        of_kind = [one for one in developer if one.kind == kind and one.in_catalog]
        found = _answered(_some(of_kind, take), index)
        print(f"| ... {kind} | {_recall(found, 1):.3f} | {_recall(found, 5):.3f} | | | | | |")
    for name, (entries, asked) in {
        "Abt to Buy": abt_buy(),
        "Walmart to Amazon, titles": walmart_amazon(titles_only=True),
        "Walmart to Amazon, brand and number too": walmart_amazon(titles_only=False),
    }.items():
        found = _answered(_some(asked, take), CatalogIndex(entries))
        print(f"| {name} | {_recall(found, 1):.3f} | {_recall(found, 5):.3f} | | | | | |")
    _peers(_some([one for one in developer if one.in_catalog], take or _PEERS), index)
    print(f"index of {len(index)} models built in {built:.1f} s of CPU, {index.size >> 20} MB")


def _some(asked: Sequence[Query], take: int | None) -> Sequence[Query]:
    """About so many of them, from the whole."""
    return asked[:: max(1, len(asked) // take)] if take else asked


def measured(asked: Sequence[Query], index: CatalogIndex) -> Metrics:
    """Every metric over the queries; what is hidden for one of them is not in its list."""
    return metrics(_answered(asked, index))


def _answered(asked: Sequence[Query], index: CatalogIndex) -> list[Measured]:
    spoken, known = spoken_words(), coefficients()
    found: list[Measured] = []
    for one in asked:
        began = time.process_time()
        answer = resolve(one.text, index, spoken, known, without=one.hidden)
        found.append(Measured(one, answer, 1_000 * (time.process_time() - began)))
    return found


def _recall(found: Sequence[Measured], within: int) -> float:
    return statistics.fmean(one.is_right(within) for one in found)


def _line(name: str, found: Metrics) -> str:
    shares = (found.first, found.five, found.auc, found.linked, found.precision, found.calibration)
    listed = " | ".join(f"{share:.3f}" for share in shares)
    return f"| {name} | {listed} | {found.p50:.1f} / {found.p99:.1f} ms |"


def _peers(asked: Sequence[Query], index: CatalogIndex) -> None:
    """The same queries, whose model is in the list, put to other ways of finding."""
    entries = entries_of(catalog())
    texts = [(id_, f"{maker} {name} {number}") for id_, maker, name, number in entries]
    ways: dict[str, Callable[[str], list[str]]] = {
        "ours": lambda text: _ids(resolve(text, index, spoken_words(), coefficients())),
        "FTS5 words": FullText(texts, "unicode61").find,
        "FTS5 trigram": FullText(texts, "trigram").find,
        "TF-IDF of trigrams": TfIdf(texts).find,
    }
    print(f"\nThe same {len(asked)} queries:\n\n| | R@1 | R@5 | CPU p50 / p99 |\n|---|---|---|---|")
    for name, find in ways.items():
        first = five = 0
        times: list[float] = []
        for one in asked:
            began = time.process_time()
            ids = find(one.text)
            times.append(1_000 * (time.process_time() - began))
            first += bool(one.accepted & set(ids[:1]))
            five += bool(one.accepted & set(ids[:5]))
        times.sort()
        middle, most = times[len(times) // 2], times[int(len(times) * 0.99)]
        shares = f"{first / len(asked):.3f} | {five / len(asked):.3f}"
        print(f"| {name} | {shares} | {middle:.1f} / {most:.1f} ms |")


def _ids(found: Resolution) -> list[str]:
    return [one.id for one in found.candidates]


if __name__ == "__main__":
    main()
