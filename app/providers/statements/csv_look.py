"""The beginning of a CSV as a person has to see it to say which column means what."""

from __future__ import annotations

import contextlib
import csv
import re
from collections import Counter
from collections.abc import Callable

from app.domain.cards import mask_cards
from app.domain.payments.statements import CsvLook
from app.providers.statements.csv_file import DELIMITERS, HEADER_WITHIN
from app.providers.statements.csv_values import day_of, direction
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
    for name, fits in (("booked", _is_day), ("amount", _is_amount)):
        if name not in found and not (name == "amount" and "credit" in found):
            _guess(found, name, table[1:], fits)
    return CsvLook(
        delimiter=delimiter,
        heading=heading,
        rows=tuple(tuple(mask_cards(cell) for cell in row) for row in table[1 : _ROWS + 1]),
        columns={name: heading[at] for name, at in found.items()},
    )


_AMOUNT = re.compile(r"[+-]?\d[\d.,' ]*[.,]\d{2}")


def _is_day(text: str) -> bool:
    for order in ("dmy", "mdy", "ymd"):
        with contextlib.suppress(ValueError):
            day_of(text, order)
            return True
    return False


def _is_amount(text: str) -> bool:
    return _AMOUNT.fullmatch(text) is not None and not _is_day(text)


def _guess(
    found: dict[str, int], name: str, rows: list[list[str]], fits: Callable[[str], bool]
) -> None:
    """The first column that nothing else means and whose every value is of the kind."""
    free = (at for at in range(len(rows[0])) if at not in found.values())
    at = next((one for one in free if all(fits(row[one]) for row in rows)), None)
    if at is not None:
        found[name] = at


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
