"""CSV exports of banks: any delimiter, preamble, decimal sign, date order and sign convention."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.domain.payments.money import is_currency, minor_units
from app.domain.payments.statements import (
    BadLine,
    NotAStatement,
    Statement,
    StatementFile,
    StatementLine,
)
from app.providers.statements import csv_values
from app.providers.statements.mapping import ColumnMapping, is_enough, positions

DELIMITERS = (";", ",", "\t", "|")
HEADER_WITHIN = 40
"""Lines of preamble (account holder, period, balance) before the heading."""
_SAMPLE = 2_000
_LONGEST_FIELD = 100_000


@dataclass(frozen=True, slots=True)
class _Reading:
    """How this file is read."""

    at: dict[str, int]
    mapping: ColumnMapping
    decimal: str
    order: str

    def cell(self, row: Sequence[str], name: str) -> str:
        """The row's value of that meaning; empty where there is no such column."""
        at = self.at.get(name)
        return row[at].strip() if at is not None and at < len(row) else ""


def read_csv(text: str, mapping: ColumnMapping | None = None) -> StatementFile:
    """One statement per account and currency. Raises NotAStatement without date and amount."""
    wanted = mapping or ColumnMapping()
    header_line, delimiter, at = _header(text, wanted)
    rows: list[tuple[int, list[str]]] = []
    bad: list[BadLine] = []
    for line, row in _rows(text, delimiter, bad):
        if line > header_line and any(cell.strip() for cell in row):
            rows.append((line, row))
    reading = _reading(rows, at, wanted)
    grouped: dict[tuple[str, str], list[tuple[StatementLine, int | None]]] = {}
    for line, row in rows:
        try:
            key = _whose(reading, row)
            made = _line(reading, row, line, key[1])
        except ValueError as error:
            bad.append(BadLine(line, f"The line cannot be read: {error}."))
            continue
        grouped.setdefault(key, []).append(made)
    if not grouped and rows:
        raise NotAStatement("No line of the file has a date and an amount.")
    statements = [_statement(key, lines) for key, lines in grouped.items()]
    bad.sort(key=lambda one: one.line)
    return StatementFile("csv", tuple(statements) or (_statement(("", ""), []),), tuple(bad))


def _header(text: str, mapping: ColumnMapping) -> tuple[int, str, dict[str, int]]:
    """The heading's line, the delimiter, and where each meaning stands."""
    for number, line in enumerate(text.split("\n", HEADER_WITHIN)[:HEADER_WITHIN], 1):
        for delimiter in (mapping.delimiter,) if mapping.delimiter else DELIMITERS:
            cells = next(csv.reader([line[:_LONGEST_FIELD]], delimiter=delimiter), [])
            found = positions(cells, mapping)
            if is_enough(found):
                return number, delimiter, found
    raise NotAStatement("The file has no heading with a date and an amount.")


def _rows(text: str, delimiter: str, bad: list[BadLine]) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line it begins in."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            bad.append(BadLine(before + 1, "The line cannot be read: a field never ends."))
            before = reader.line_num
            continue
        yield before + 1, row
        before = reader.line_num


def _reading(
    rows: list[tuple[int, list[str]]], at: dict[str, int], mapping: ColumnMapping
) -> _Reading:
    first = _Reading(at, mapping, mapping.decimal, mapping.date_order)
    sample = [row for _, row in rows[:_SAMPLE]]
    order = mapping.date_order or csv_values.date_order(
        [first.cell(row, _day_column(at)) for row in sample]
    )
    amounts = (first.cell(row, name) for row in sample for name in ("amount", "debit", "credit"))
    try:
        decimal = mapping.decimal or csv_values.decimal_sign(amounts)
    except ValueError:
        decimal = ""  # each amount for itself: an unclear one is then a bad line
    return _Reading(at, mapping, decimal, order)


def _day_column(at: dict[str, int]) -> str:
    return "booked" if "booked" in at else "value_date"


def _whose(reading: _Reading, row: list[str]) -> tuple[str, str]:
    currency = reading.cell(row, "currency").upper() or reading.mapping.currency
    if currency and not is_currency(currency):
        raise ValueError("no currency of three letters")
    return reading.cell(row, "account") or reading.mapping.account, currency


def _line(
    reading: _Reading, row: list[str], line: int, currency: str
) -> tuple[StatementLine, int | None]:
    """The line and the balance after it, where a column has it. Raises ValueError."""
    day = csv_values.day_of(reading.cell(row, _day_column(reading.at)), reading.order)
    value = reading.cell(row, "value_date")
    made = StatementLine(
        amount=_amount(reading, row, currency),
        booked=day,
        value_date=csv_values.day_of(value, reading.order) if value else day,
        reference=reading.cell(row, "reference"),
        payer=reading.cell(row, "payer"),
        text=" ".join(reading.cell(row, "text").split()),
        at_line=line,
    )
    balance = reading.cell(row, "balance")
    after = minor_units(_bare(balance), currency, reading.decimal) if balance else None
    return made, after


def _amount(reading: _Reading, row: list[str], currency: str) -> int:
    if "amount" in reading.at and reading.cell(row, "amount"):
        minor = minor_units(_bare(reading.cell(row, "amount")), currency, reading.decimal)
        mark = reading.cell(row, "sign") if _has_marks(reading, row) else ""
        if mark:
            minor = abs(minor) * csv_values.direction(mark)
    else:
        texts = (reading.cell(row, "debit"), reading.cell(row, "credit"))
        if not any(texts):
            raise ValueError("no amount")
        debit, credit = (
            minor_units(_bare(text), currency, reading.decimal) if text else 0 for text in texts
        )
        minor = credit - abs(debit)
    return -minor if reading.mapping.reversed_sign else minor


def _has_marks(reading: _Reading, row: list[str]) -> bool:
    """Whether the sign column says a direction; a column called type may say anything else."""
    if "sign" in reading.mapping.columns:
        return True
    try:
        csv_values.direction(reading.cell(row, "sign"))
    except ValueError:
        return False
    return True


def _bare(text: str) -> str:
    """The amount without a currency written beside it, with a plain minus, brackets as minus."""
    kept = "".join(one for one in text.replace("\u2212", "-") if one in "0123456789.,'\u2019+-()")
    if kept.startswith("(") and kept.endswith(")"):
        return f"-{kept[1:-1]}"
    return kept


def _statement(key: tuple[str, str], lines: list[tuple[StatementLine, int | None]]) -> Statement:
    """With balances where every line says the one after it; banks list either end first."""
    account, currency = key
    opening, closing, broken = _from_running([(one.amount, after) for one, after in lines])
    return Statement(
        account=account,
        currency=currency,
        opening=opening,
        closing=closing,
        lines=tuple(line for line, _ in lines),
        broken=broken,
    )


def _from_running(pairs: list[tuple[int, int | None]]) -> tuple[int | None, int | None, bool]:
    known = [(amount, after) for amount, after in pairs if after is not None]
    if not known or len(known) != len(pairs):
        return None, None, False
    ways = (known, known[::-1])
    breaks = [sum(one[1] + two[0] != two[1] for one, two in pairwise(way)) for way in ways]
    way = ways[breaks.index(min(breaks))]
    return way[0][1] - way[0][0], way[-1][1], min(breaks) > 0
