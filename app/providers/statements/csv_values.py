"""What one CSV column's values say together: how its dates and amounts are written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from app.domain.payments.statements import bank_date

_DAY = re.compile(r"(\d{1,4})[-./ ](\d{1,2})[-./ ](\d{1,4})(?:[T ].*)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_ORDERS = ("ymd", "dmy", "mdy")


def day_of(text: str, order: str) -> date:
    """The day in that order of year, month and day. Raises ValueError with words of ours."""
    found = _COMPACT.fullmatch(text.strip()) or _DAY.fullmatch(text.strip())
    if found is None:
        raise ValueError("no date")
    parts = found.groups()
    order = "ymd" if len(parts[0]) == 4 else order
    values = {name: int(part) for name, part in zip(order or "dmy", parts, strict=True)}
    if values["y"] < 100:
        values["y"] += 2000
    try:
        return bank_date(values["y"], values["m"], values["d"])
    except ValueError as error:
        raise ValueError("a date no calendar has") from error


def date_order(texts: Sequence[str]) -> str:
    """The order in which most of the dates are days; of equals the one with the shortest span.

    A statement covers weeks, not years: 03/04 beside 05/04 is April where it must be chosen.
    """
    best: tuple[int, int, int] | None = None
    chosen = ""
    for rank, order in enumerate(("dmy", "mdy", "ymd")):
        days = list(_days(texts, order))
        if not days:
            continue
        score = (-len(days), (max(days) - min(days)).days, rank)
        if best is None or score < best:
            best, chosen = score, order
    return chosen or "dmy"


def _days(texts: Iterable[str], order: str) -> Iterable[date]:
    for text in texts:
        try:
            yield day_of(text, order)
        except ValueError:
            continue


def decimal_sign(texts: Iterable[str]) -> str:
    """The decimal sign all amounts of a column share; empty where none shows it.

    Raises ValueError where some amounts say comma and others point.
    """
    said = {sign for sign in map(_said, texts) if sign}
    if len(said) > 1:
        raise ValueError("the amounts are written in two ways")
    return said.pop() if said else ""


def _said(text: str) -> str:
    signs = [one for one in text if one in ".,"]
    if not signs:
        return ""
    if len(set(signs)) == 2:
        return signs[-1]
    digits_behind = len(re.sub(r"[^0-9.,]", "", text).rpartition(signs[-1])[2])
    if len(signs) > 1:
        return "," if signs[0] == "." else "."
    return signs[0] if digits_behind != 3 else ""


def direction(text: str) -> int:
    """1 for a word that means money in, -1 for money out. Raises ValueError for neither."""
    word = text.strip().casefold()
    if word in _IN:
        return 1
    if word in _OUT:
        return -1
    raise ValueError("neither credit nor debit")


_IN = frozenset(
    ("+", "c", "cr", "crdt", "credit", "h", "haben", "bij", "in", "income", "deposit", "k")
)
_OUT = frozenset(
    ("-", "d", "dr", "dbit", "debit", "s", "soll", "af", "out", "expense", "withdrawal")
)
