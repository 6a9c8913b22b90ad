"""A bank statement as read: its lines, its balances, and whether they add up."""

from __future__ import annotations

import calendar
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.words import tokens


class Balances(StrEnum):
    """What opening, lines and closing say of each other."""

    ADD_UP = "add_up"
    MISSING = "missing"
    DIFFER = "differ"


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One payment in or out, as the bank booked it."""

    amount: int
    """Minor units; in is positive, out is negative."""
    booked: date
    value_date: date
    reference: str = ""
    """The payer's own reference, where the format has a place for it."""
    bank_reference: str = ""
    payer: str = ""
    """The other party: who paid, or who was paid."""
    text: str = ""
    reversal: bool = False
    at_line: int = 0
    """Where in the file it stands, counted from 1."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One account's lines between two balances; judged by itself."""

    account: str
    currency: str
    """Empty where the file does not say it; amounts then have two decimals."""
    opening: int | None
    closing: int | None
    lines: tuple[StatementLine, ...]
    number: str = ""
    """The bank's own number or id of it."""
    pending: int = 0
    """Entries announced and not booked: neither lines nor money yet."""
    broken: bool = False
    """A part of it is missing or does not continue the part before."""

    @property
    def sum_in(self) -> int:
        return sum(line.amount for line in self.lines if line.amount > 0)

    @property
    def sum_out(self) -> int:
        """What went out, as a positive number."""
        return -sum(line.amount for line in self.lines if line.amount < 0)

    @property
    def difference(self) -> int | None:
        """What the closing balance has more than opening and lines make; None without both."""
        if self.opening is None or self.closing is None:
            return None
        return self.closing - (self.opening + self.sum_in - self.sum_out)

    @property
    def balances(self) -> Balances:
        difference = self.difference
        if difference is None:
            return Balances.MISSING
        return Balances.DIFFER if difference or self.broken else Balances.ADD_UP


@dataclass(frozen=True, slots=True)
class BadLine:
    """A place in the file that could not be read; the reason repeats none of its words."""

    line: int
    reason: str


@dataclass(frozen=True, slots=True)
class StatementFile:
    """All that was understood of one file, and what was not."""

    format: str
    statements: tuple[Statement, ...]
    bad: tuple[BadLine, ...] = ()


@dataclass(frozen=True, slots=True)
class CsvLook:
    """The beginning of a CSV, for somebody who says which column means what."""

    delimiter: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    """The first few under the heading, card numbers masked."""
    columns: Mapping[str, str]
    """Meaning → heading, as far as the headings are usual ones."""


class NotAStatement(ValueError):
    """The file is none, or cannot be read safely; says why in words of ours."""


def bank_date(year: int, month: int, day: int) -> date:
    """The date; February 29 and 30 of banks that count 30 days to a month is its last day.

    Raises ValueError for any other day no calendar has.
    """
    if month == 2 and day in {29, 30}:
        day = min(day, calendar.monthrange(year, 2)[1])
    return date(year, month, day)


def line_keys(statements: Iterable[Statement]) -> tuple[tuple[str, ...], ...]:
    """A key for each line of each statement of one file.

    The same in an overlapping file; another for a second equal booking, since equal bookings are
    counted over the file. A statement that stands in the file twice has the same keys twice.
    """
    seen: Counter[str] = Counter()
    made: dict[tuple[object, ...], tuple[str, ...]] = {}
    keys = []
    for statement in statements:
        digests = tuple(_digest(statement, line) for line in statement.lines)
        same = (statement.number, statement.opening, statement.closing, digests)
        if same not in made:
            made[same] = tuple(_counted(digest, seen) for digest in digests)
        keys.append(made[same])
    return tuple(keys)


def _counted(digest: str, seen: Counter[str]) -> str:
    seen[digest] += 1
    return f"{digest}-{seen[digest]}"


def _digest(statement: Statement, line: StatementLine) -> str:
    # Words only, in one case: banks fill and break the same text differently in each export.
    words = "".join(tokens(f"{line.reference} {line.payer} {line.text}"))
    parts = (
        "".join(tokens(statement.account)),
        statement.currency,
        line.booked.isoformat(),
        str(line.amount),
        words,
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
