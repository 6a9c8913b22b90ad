"""MT940: the mt-940 library reads each field, one at a time, so that a bad one stays alone."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import TypeGuard

import mt940

from app.domain.payments.money import exponent, minor_units
from app.domain.payments.statements import (
    BadLine,
    NotAStatement,
    Statement,
    StatementFile,
    StatementLine,
    bank_date,
)

# The library logs the fields it cannot read, and those hold customers' words.
logging.getLogger("mt940").setLevel(logging.CRITICAL + 1)

_OPTIONS = mt940.Options.all()
_FIELD = re.compile(r":(?P<tag>13D?|20|21|25P?|28C?|34F|60[FM]?|61|62[FM]?|64|65|86|90[CD]|NS):")
_ENVELOPE = re.compile(r"\{[1235]:[^{}]*\}|\{4:")
_BALANCE = re.compile(r"(?P<mark>[DC])(?P<date>\d{6})(?P<currency>[A-Z]{3})(?P<amount>[\d.,' ]+)")
_BOOKING = re.compile(
    r"(?P<date>\d{6})(?P<entry>\d{4}|\s{4})?(?P<mark>R?[DC])(?P<funds>[A-Z])?"
    r"[\n ]?(?P<amount>[+-]?[\d.,']+)",
    re.IGNORECASE,
)
_CODEWORDS = re.compile(r"/(EREF|REMI|NAME|IBAN|BENM|ORDP|CNTP|MARF|CSID|ISDT|ID|BIC|ADDR|TRTP)/")
_NO_REFERENCE = frozenset({"", "NONREF", "NOTPROVIDED", "NOT PROVIDED"})


@dataclass(slots=True)
class _Field:
    tag: str
    value: str
    at_line: int


@dataclass(slots=True)
class _Part:
    """One message, or one page of a statement, while it is being read."""

    account: str = ""
    number: str = ""
    page: int = 0
    currency: str = ""
    opening: int | None = None
    closing: int | None = None
    opens_page: bool = False
    closes_page: bool = False
    closed: bool = False
    bookings: list[tuple[_Field, list[_Field]]] = field(default_factory=list)
    lines: list[StatementLine] = field(default_factory=list)
    broken: bool = False

    @property
    def empty(self) -> bool:
        return self.opening is None and self.closing is None and not self.bookings


def looks_like_mt940(head: str) -> bool:
    """Whether the first lines hold fields that only this format has."""
    return re.search(r"(?m)^(?:\{4:)?:(?:20|25|60[FM]):", head) is not None


def read_mt940(text: str) -> StatementFile:
    """The file's statements; pages of one statement (62M, 60M) are put together.

    Raises NotAStatement where the text has neither a balance nor a booking.
    """
    bad: list[BadLine] = []
    parts = [part for part in _parts(_fields(text), bad) if not part.empty]
    if not parts:
        raise NotAStatement("There is neither a balance nor a booking in the file.")
    for part in parts:
        _read_bookings(part, bad)
    statements = tuple(_statement(pages) for pages in _joined(parts))
    return StatementFile("mt940", statements, tuple(sorted(bad, key=lambda one: one.line)))


def _fields(text: str) -> Iterator[_Field]:
    """Each field with the lines that continue it, and the end of each message as `-`."""
    current: _Field | None = None
    for number, raw in enumerate(text.split("\n"), 1):
        line = _ENVELOPE.sub("", raw).rstrip() if raw.startswith("{") else raw.rstrip()
        found = _FIELD.match(line)
        ends = line.strip() in {"-", "-}"}
        if found or ends:
            if current is not None:
                yield current
            current = None
        if found:
            current = _Field(found["tag"], line[found.end() :], number)
        elif ends:
            yield _Field("-", "", number)
        elif current is not None and line:
            current.value += "\n" + line
    if current is not None:
        yield current


def _parts(fields: Iterator[_Field], bad: list[BadLine]) -> Iterator[_Part]:
    part = _Part()
    for one in fields:
        if one.tag in {"20", "-"} or (one.tag.startswith("60") and part.closed):
            yield part
            part = _Part() if one.tag in {"20", "-"} else _Part(part.account, part.number)
        _take(part, one, bad)
    yield part


def _take(part: _Part, one: _Field, bad: list[BadLine]) -> None:
    """File a field where it belongs in the part."""
    if one.tag in {"25", "25P"}:
        part.account = one.value.strip().splitlines()[0] if one.value.strip() else ""
    elif one.tag in {"28", "28C"}:
        number, _, page = one.value.strip().partition("/")
        part.number, part.page = number, int(page) if page.isdigit() else 0
    elif one.tag[:2] in {"60", "62"}:
        _take_balance(part, one, bad)
    elif one.tag == "34F" and not part.currency:
        part.currency = one.value[:3] if one.value[:3].isalpha() else ""
    elif one.tag == "61":
        part.bookings.append((one, []))
    elif one.tag in {"86", "NS"} and part.bookings and not part.closed:
        part.bookings[-1][1].append(one)


def _take_balance(part: _Part, one: _Field, bad: list[BadLine]) -> None:
    found = _BALANCE.match(one.value)
    opens = one.tag.startswith("60")
    part.closed = part.closed or not opens
    if found is None:
        bad.append(BadLine(one.at_line, "The balance cannot be read."))
        return
    try:
        _short_date(found["date"])
        amount = _amount(found["amount"], found["currency"])
    except ValueError as error:
        bad.append(BadLine(one.at_line, f"The balance cannot be read: {error}."))
        return
    if part.currency and part.currency != found["currency"]:
        part.broken = True
    part.currency = found["currency"]
    signed = -amount if found["mark"] == "D" else amount
    if opens and part.opening is None:
        part.opening, part.opens_page = signed, one.tag == "60M"
    elif not opens:
        part.closing, part.closes_page = signed, one.tag == "62M"


def _read_bookings(part: _Part, bad: list[BadLine]) -> None:
    for booking, details in part.bookings:
        try:
            part.lines.append(_line(booking, details, part.currency))
        except ValueError as error:
            bad.append(BadLine(booking.at_line, f"The booking cannot be read: {error}."))


def _line(booking: _Field, details: list[_Field], currency: str) -> StatementLine:
    """One booking. Raises ValueError with words of ours."""
    head = _BOOKING.match(booking.value)
    if head is None:
        raise ValueError("no date, mark and amount")
    amount = _amount(head["amount"], currency)
    value_date = _short_date(head["date"])
    read = _by_library(booking, head, abs(amount), currency, details)
    mark = head["mark"].upper()
    booked = read.get("entry_date")
    return StatementLine(
        amount=-amount if mark in {"D", "RC"} else amount,
        booked=date(booked.year, booked.month, booked.day) if _is_day(booked) else value_date,
        value_date=value_date,
        reversal=mark.startswith("R"),
        at_line=booking.at_line,
        **_words(read),
    )


def _amount(text: str, currency: str) -> int:
    """The decimal sign is the comma; some banks write a point, some group thousands by it."""
    signs = {one for one in text if one in ".,"}
    return minor_units(text, currency, signs.pop() if len(signs) == 1 else "")


def _is_day(value: object) -> TypeGuard[date]:
    return isinstance(value, date)


def _by_library(
    booking: _Field, head: re.Match[str], amount: int, currency: str, details: list[_Field]
) -> dict[str, object]:
    """The fields as the library reads them, with the amount in the one writing it knows."""
    places = exponent(currency)
    standard = f"{Decimal(amount).scaleb(-places):f}".replace(".", ",")
    entry = _entry_date(head)
    start = f":61:{_clamped(head['date'])}{entry}{head['mark'].upper()}{head['funds'] or ''}"
    text = start + standard + booking.value[head.end() :]
    text += "".join(f"\n:{one.tag}:{one.value}" for one in details)
    transactions = mt940.models.Transactions(options=_OPTIONS)
    try:
        transactions.parse(text)
        read: dict[str, object] = transactions[0].data
    except (ArithmeticError, IndexError, KeyError, RuntimeError, TypeError, ValueError) as error:
        raise ValueError("a field is not as the format wants it") from error
    seen = read.get("amount")
    if not isinstance(seen, mt940.models.Amount) or abs(seen.amount.scaleb(places)) != amount:
        raise ValueError("the amount is unclear")
    return read


def _entry_date(head: re.Match[str]) -> str:
    """MMDD as the library may read it; a day no calendar has is left away."""
    entry = (head["entry"] or "").strip()
    if not entry:
        return ""
    try:
        day = bank_date(2000 + int(head["date"][:2]), int(entry[:2]), int(entry[2:]))
    except ValueError:
        return ""
    return f"{day:%m%d}"


def _words(read: dict[str, object]) -> dict[str, str]:
    """Reference, payer and text from the structured or free details."""
    coded = _coded(_text(read, "transaction_details"))
    reference = next(
        (
            one
            for one in (
                coded.get("EREF", ""),
                _text(read, "end_to_end_reference"),
                _text(read, "customer_reference"),
            )
            if one.upper() not in _NO_REFERENCE
        ),
        "",
    )
    text = coded.get("REMI") or " ".join(
        _text(read, name)
        for name in ("purpose", "transaction_details", "additional_purpose", "extra_details")
    )
    payer = coded.get("NAME") or _text(read, "applicant_name")
    bank_reference = _text(read, "bank_reference")
    return {
        "reference": reference,
        "bank_reference": bank_reference,
        "payer": payer.strip(),
        "text": text.strip(),
    }


def _coded(details: str) -> dict[str, str]:
    """The values behind code words like ``/EREF/``; none where the details are free text."""
    pieces = _CODEWORDS.split(details.replace("\n", ""))
    return {code: value.strip("/ ") for code, value in zip(pieces[1::2], pieces[2::2], strict=True)}


def _text(read: dict[str, object], name: str) -> str:
    value = read.get(name)
    return value.strip() if isinstance(value, str) else ""


def _clamped(six: str) -> str:
    return f"{_short_date(six):%y%m%d}"


def _short_date(six: str) -> date:
    """The day of a YYMMDD. Raises ValueError with words of ours."""
    try:
        return bank_date(2000 + int(six[:2]), int(six[2:4]), int(six[4:]))
    except ValueError as error:
        raise ValueError("a date no calendar has") from error


def _joined(parts: list[_Part]) -> Iterator[list[_Part]]:
    """Parts that are pages of one statement, together."""
    pages: list[_Part] = []
    for part in parts:
        if pages and not _continues(pages[-1], part):
            yield pages
            pages = []
        pages.append(part)
    if pages:
        yield pages


def _continues(before: _Part, part: _Part) -> bool:
    return (
        before.closes_page
        and part.opens_page
        and before.account == part.account
        and before.number == part.number
    )


def _statement(pages: list[_Part]) -> Statement:
    first, last = pages[0], pages[-1]
    follows = all(one.closing == two.opening for one, two in pairwise(pages))
    currencies = {page.currency for page in pages if page.currency}
    return Statement(
        account=first.account,
        currency=next(iter(sorted(currencies)), ""),
        opening=first.opening,
        closing=last.closing,
        lines=tuple(line for page in pages for line in page.lines),
        number=first.number,
        broken=not follows or len(currencies) > 1 or any(page.broken for page in pages),
    )
