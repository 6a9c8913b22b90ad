"""`resolve`: lines of callers' words in, lines of resolutions out, over a catalog from a file."""

from __future__ import annotations

import argparse
import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from app.domain.errors import Invalid
from app.domain.matching.index import CatalogIndex
from app.domain.matching.resolution import Resolution, resolve
from app.domain.visible import escaped
from app.domain.words import readable
from app.services.resolving import coefficients, spoken_words

_COLUMNS = frozenset({"id", "model_name"})


def run(arguments: argparse.Namespace, asked: TextIO, out: TextIO) -> int:
    """Answer each line in order; 0, or 2 where a line is no question. Raises Invalid."""
    index = CatalogIndex(_entries(arguments.catalog))
    slips = 0
    for number, line in enumerate(asked, 1):
        if not line.strip():
            continue
        question = _question(line)
        if question is None:
            slips += 1
            print(f"line {number} is no question: qid and query are needed", file=sys.stderr)
            continue
        found = resolve(question["query"], index, spoken_words(), coefficients())
        answer = json.dumps(_shape(question["qid"], found), ensure_ascii=False)
        out.write(escaped(answer) + "\n")
        out.flush()
    return 2 if slips else 0


def _entries(path: Path) -> Iterator[tuple[str, str, str, str]]:
    """(id, maker, name, number) of each row. Raises Invalid for another file."""
    try:
        with path.open(encoding="utf-8-sig", newline="", errors="replace") as file:
            rows = csv.DictReader(file)
            if not set(rows.fieldnames or ()) >= _COLUMNS:
                raise Invalid("The catalog needs at least the columns id and model_name.")
            for row in rows:
                names = ("id", "manufacturer", "model_name", "model_number")
                id_, maker, name, model = (row.get(one) or "" for one in names)
                yield id_, maker, name, model
    except (OSError, csv.Error) as error:
        raise Invalid("The catalog cannot be read.") from error


def _question(line: str) -> dict[str, str] | None:
    try:
        question = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(question, dict) or not isinstance(question.get("query"), str):
        return None
    if not isinstance(question.get("qid"), int | float | str):
        return None
    question["query"] = readable(question["query"])
    return question


def _shape(qid: object, found: Resolution) -> dict[str, object]:
    return {
        "qid": qid,
        "outcome": str(found.outcome),
        "confidence": round(found.confidence, 4),
        "candidates": [{"id": one.id, "score": round(one.score, 4)} for one in found.candidates],
    }
