"""The shared data of model resolution as queries and entries; OFFHOOK_MATCHING_DATA names it."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

_DATA = Path(os.environ.get("OFFHOOK_MATCHING_DATA", "../shared/data/matching"))

Entry = tuple[str, str, str, str]
"""(id, maker, name, number)."""


@dataclass(frozen=True, slots=True)
class Row:
    """A model of the catalog."""

    id: str
    maker: str
    name: str
    number: str
    category: str

    @property
    def entry(self) -> Entry:
        return (self.id, self.maker, self.name, self.number)


@dataclass(frozen=True, slots=True)
class Query:
    """What was said, and which ids are right."""

    text: str
    accepted: frozenset[str]
    in_catalog: bool = True
    kind: str = ""
    hidden: frozenset[str] = frozenset()
    """Entries to be taken as not in the list."""


def catalog() -> list[Row]:
    """Every model."""
    return [
        Row(row["id"], row["manufacturer"], row["model_name"], row["model_number"], row["category"])
        for row in _table("catalog.csv", ",")
    ]


def entries_of(rows: Iterable[Row]) -> Iterator[Entry]:
    return (row.entry for row in rows)


def queries() -> list[Query]:
    """The developer queries."""
    lines = (_DATA / "queries_dev.jsonl").read_text("utf-8").splitlines()
    found = [json.loads(line) for line in lines]
    return [
        Query(one["query"], frozenset(map(str, one["accept_ids"])), one["in_catalog"], one["noise"])
        for one in found
    ]


def abt_buy() -> tuple[list[Entry], list[Query]]:
    """Buy's names to be found by Abt's."""
    entries = [(row["id"], "", row["name"], "") for row in _table("abt_buy_buy.csv", "|")]
    asked = {row["id"]: row["name"] for row in _table("abt_buy_abt.csv", "|")}
    return entries, _truth("abt_buy_gt.csv", asked)


def walmart_amazon(*, titles_only: bool) -> tuple[list[Entry], list[Query]]:
    """Amazon's titles to be found by Walmart's; with brand and number where not titles only."""
    entries = [
        (row["id"], "", row["title"], "")
        if titles_only
        else (row["id"], row["brand"], row["title"], row["modelno"])
        for row in _table("walmart_amazon_amazon.csv", "|")
    ]
    asked = {
        row["id"]: row["title"]
        if titles_only
        else f"{row['brand']} {row['title']} {row['modelno']}"
        for row in _table("walmart_amazon_walmart.csv", "|")
    }
    return entries, _truth("walmart_amazon_gt_dev.csv", asked)


def _truth(name: str, asked: dict[str, str]) -> list[Query]:
    return [Query(asked[row["D1"]], frozenset({row["D2"]})) for row in _table(name, "|")]


def _table(name: str, separator: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, delimiter=separator)
