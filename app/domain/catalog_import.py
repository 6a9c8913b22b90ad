"""A catalog from a file beside the one that is here: what is new, changed, the same, bad, twice."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Invalid
from app.domain.records import CATEGORIES
from app.domain.words import readable, tokens

MOST_ROWS = 1_000
"""Rows that are taken in at once: more would keep people's saves waiting."""
LONGEST = 200
"""Characters of one cell; a model's name is far shorter."""


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    DUPLICATE = "duplicate"
    """A row before it, or an entry under another id, names the same model."""
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of the file."""

    line: int
    id: str
    maker: str
    name: str
    number: str
    category: str

    @property
    def key(self) -> str:
        return model_key(self.maker, self.name, self.number)


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry of the catalog as far as an import compares it."""

    id: str
    maker: str
    name: str
    number: str
    category: str


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A row with what becomes of it, and why."""

    row: FileRow
    fate: Fate
    why: str = ""
    changes: Mapping[str, tuple[str, str]] | None = None
    """Of a changed row: field → (before, after)."""
    other: str = ""
    """Of a duplicate: the line, or the entry, that has the model."""


def model_key(maker: str, name: str, number: str) -> str:
    """What two rows of one model share: maker and number, else maker and name."""
    return f"{' '.join(tokens(maker))} / {''.join(tokens(number) or tokens(name))}"


def read_rows(text: str) -> tuple[list[FileRow], list[JudgedRow]]:
    """The rows, and those that cannot be one. Raises Invalid for no catalog at all."""
    reader = csv.DictReader(io.StringIO(readable(text).replace("\0", " ")))
    good, bad = [], []
    try:
        if not {"model_name", "manufacturer"} <= set(reader.fieldnames or ()):
            raise Invalid("The file needs at least the columns manufacturer and model_name.")
        for cells in reader:
            row = _row(reader.line_num, cells)
            why = _wrong(row)
            if why:
                bad.append(JudgedRow(row, Fate.BAD, why))
            else:
                good.append(row)
    except csv.Error as error:
        raise Invalid(
            "The file is no CSV from some line on.", fields={"line": str(error)}
        ) from error
    if len(good) > MOST_ROWS:
        raise Invalid(f"The file has more than {MOST_ROWS} rows.", todo="Split it.")
    return good, bad


def _row(line: int, cells: Mapping[str, object]) -> FileRow:
    names = ("id", "manufacturer", "model_name", "model_number", "category")
    values = (cells.get(name) for name in names)
    id_, maker, name, number, category = (
        one.strip() if isinstance(one, str) else "" for one in values
    )
    known = category if category in CATEGORIES else "other"
    return FileRow(line, id_, maker, name, number, known)


def _wrong(row: FileRow) -> str:
    if not (tokens(row.name) or tokens(row.number)):
        return "It names no model."
    if any(len(one) > LONGEST for one in (row.id, row.maker, row.name, row.number)):
        return f"A cell is longer than {LONGEST} characters."
    return ""


def judge(
    rows: Iterable[FileRow], by_id: Mapping[str, KnownEntry], by_key: Mapping[str, str]
) -> list[JudgedRow]:
    """Each row beside the catalog; a row with an id of the catalog changes that entry."""
    seen: dict[str, int] = {}
    return [_judged(row, by_id, by_key, seen) for row in rows]


def _judged(
    row: FileRow,
    by_id: Mapping[str, KnownEntry],
    by_key: Mapping[str, str],
    seen: dict[str, int],
) -> JudgedRow:
    earlier = seen.get(row.key) or (seen.get(f"id {row.id}") if row.id else None)
    if earlier:
        why = f"Line {earlier} names the same model."
        return JudgedRow(row, Fate.DUPLICATE, why, other=str(earlier))
    seen[row.key] = row.line
    if row.id:
        seen[f"id {row.id}"] = row.line
    known = by_id.get(row.id)
    same = by_key.get(row.key)
    if same is not None and same != row.id:
        why = f"The catalog has it as {same}."
        return JudgedRow(row, Fate.DUPLICATE, why, other=same)
    if known is None:
        return JudgedRow(row, Fate.NEW)
    pairs = {
        "maker": (known.maker, row.maker), "name": (known.name, row.name),
        "number": (known.number, row.number), "category": (known.category, row.category),
    }  # fmt: skip
    changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
    return JudgedRow(row, Fate.CHANGED, changes=changes) if changes else JudgedRow(row, Fate.SAME)
