"""The beginning of a CSV as a person has to see it to say which column means what."""

from __future__ import annotations

import csv
from collections import Counter

from app.domain.cards import mask_cards
from app.domain.payments.statements import CsvLook
from app.providers.statements.csv_file import DELIMITERS, HEADER_WITHIN
from app.providers.statements.csv_values import direction
from app.providers.statements.mapping import ColumnMapping, positions

_ROWS = 5
_LONGEST_CELL = 200


def look_at(text: str) -> CsvLook | None:
    """Its heading, first rows, and what the usual headings mean; None for a text without columns.

    The heading is the first line with as many cells as most lines have.
    """
    lines = text.split("\n", 2 * HEADER_WITHIN)[: 2 * HEADER_WITHIN]
    read = [(delimiter, _cells(lines, delimiter)) for delimiter in DELIMITERS]
    delimiter, rows = max(read, key=lambda pair: _usual(pair[1])[::-1])
    width, times = _usual(rows)
    if times < 2:
        return None
    table = [row for row in rows if len(row) == width]
    heading = tuple(table[0])
    found = positions(heading, ColumnMapping())
    if not _says_direction(table[1:], found.get("sign")):
        found.pop("sign", None)
    return CsvLook(
        delimiter=delimiter,
        heading=heading,
        rows=tuple(tuple(mask_cards(cell) for cell in row) for row in table[1 : _ROWS + 1]),
        columns={name: heading[at] for name, at in found.items()},
    )


def _says_direction(rows: list[list[str]], at: int | None) -> bool:
    """Whether a column says money in or out in each row; one called type may say anything."""
    try:
        return at is not None and all(direction(row[at]) for row in rows)
    except ValueError:
        return False


def _cells(lines: list[str], delimiter: str) -> list[list[str]]:
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return []
    return [[cell.strip()[:_LONGEST_CELL] for cell in row] for row in rows]


def _usual(rows: list[list[str]]) -> tuple[int, int]:
    """How many cells most rows have, of those with more than one; and how many rows that are."""
    counts = Counter(len(row) for row in rows if len(row) > 1)
    return max(counts.items(), key=lambda pair: (pair[0] * pair[1], pair[0]), default=(0, 0))
