"""CAMT.053: statements streamed from XML that may declare nothing of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from app.domain.payments.money import is_currency, minor_units
from app.domain.payments.statements import (
    BadLine,
    NotAStatement,
    Statement,
    StatementFile,
    StatementLine,
    bank_date,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element  # only the name; what parses is defused

_DEEPEST = 40
"""Levels of elements; the format has fewer than twenty."""
_ROOT = "BkToCstmrStmt"
_OPENING = ("OPBD", "PRCD", "ITBD")
_CLOSING = ("CLBD", "ITBD")
_NO_REFERENCE = frozenset({"", "NONREF", "NOTPROVIDED", "NOT PROVIDED"})


@dataclass(slots=True)
class _Part:
    """A statement while it is being read."""

    account: str = ""
    number: str = ""
    currency: str = ""
    balances: list[tuple[str, int, str]] = field(default_factory=list)
    lines: list[StatementLine] = field(default_factory=list)
    pending: int = 0
    broken: bool = False
    entries: int = 0


def read_camt053(data: bytes) -> StatementFile:
    """The document's statements. Raises NotAStatement, also for XML that is unsafe to read."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError

    bad: list[BadLine] = []
    try:
        statements = tuple(_statements(data, bad))
    except DefusedXmlException as error:
        raise NotAStatement("The file declares entities of its own; no bank does.") from error
    except ParseError as error:
        line = getattr(error, "position", (0, 0))[0]
        raise NotAStatement(f"The file is no whole XML: it breaks off in line {line}.") from error
    except (LookupError, UnicodeError, ValueError) as error:
        if isinstance(error, NotAStatement):
            raise
        raise NotAStatement("The file's encoding cannot be read.") from error
    if not statements:
        raise NotAStatement("There is no statement in the file.")
    return StatementFile("camt053", statements, tuple(bad))


class _CountingLines(io.BytesIO):
    """Knows how many lines were handed out, which the parser does not say."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.lines = 1

    def read(self, size: int | None = -1, /) -> bytes:
        # Small pieces: a bad entry's line is then known within a few.
        chunk = super().read(min(size, 2_048) if size is not None and size > 0 else size)
        self.lines += chunk.count(b"\n")
        return chunk


def _statements(data: bytes, bad: list[BadLine]) -> Iterator[Statement]:
    from defusedxml.ElementTree import iterparse

    source = _CountingLines(data)
    path: list[Element] = []
    part: _Part | None = None
    for event, element in iterparse(source, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            path.append(element)
            _check(path)
            if _name(element) == "Stmt" and len(path) == 3:
                part = _Part()
            continue
        path.pop()
        if part is None or len(path) > 3:
            continue
        if len(path) == 2 and _name(element) == "Stmt":
            yield _finished(part)
            part = None
        elif len(path) == 3:
            _take(part, element, source.lines, bad)
        if path:
            path[-1].remove(element)  # what was read goes, or 50 MB become a gigabyte


def _check(path: list[Element]) -> None:
    """The right document, and no deeper than any statement is."""
    if len(path) > _DEEPEST:
        raise NotAStatement("The file nests deeper than any statement.")
    if len(path) == 1 and _name(path[0]) != "Document":
        raise NotAStatement("The XML is no bank statement.")
    if len(path) == 2 and _name(path[1]) != _ROOT:
        raise NotAStatement("The XML is no CAMT.053 end-of-day statement.")


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _child(element: Element | None, *names: str) -> Element | None:
    """The first descendant along the names, whatever version's namespace they carry."""
    for name in names:
        if element is None:
            return None
        element = next((one for one in element if _name(one) == name), None)
    return element


def _text(element: Element | None, *names: str) -> str:
    found = _child(element, *names)
    return " ".join((found.text or "").split()) if found is not None else ""


def _take(part: _Part, element: Element, line: int, bad: list[BadLine]) -> None:
    name = _name(element)
    try:
        if name == "Id":
            part.number = _text(element)
        elif name == "Acct":
            part.account = _text(element, "Id", "IBAN") or _text(element, "Id", "Othr", "Id")
            part.currency = _text(element, "Ccy") or part.currency
        elif name == "Bal":
            _take_balance(part, element)
        elif name == "Ntry":
            part.entries += 1
            _take_entry(part, element, line)
    except ValueError as error:
        what = f"Entry {part.entries}" if name == "Ntry" else "The balance"
        bad.append(BadLine(line, f"{what} cannot be read: {error}."))


def _take_balance(part: _Part, element: Element) -> None:
    kind = _text(element, "Tp", "CdOrPrtry", "Cd")
    if kind not in _OPENING + _CLOSING:
        return
    amount, currency = _signed(element)
    part.currency = part.currency or currency
    part.broken = part.broken or currency != part.currency
    part.balances.append((kind, amount, currency))


def _signed(element: Element, amount_at: tuple[str, ...] = ("Amt",)) -> tuple[int, str]:
    """Minor units and currency; in is positive. Raises ValueError."""
    amount = _child(element, *amount_at)
    currency = (amount.get("Ccy") or "") if amount is not None else ""
    if amount is None or not is_currency(currency):
        raise ValueError("no amount with a currency")
    minor = minor_units(amount.text or "", currency, ".")
    mark = _text(element, "CdtDbtInd")
    if mark not in {"CRDT", "DBIT"}:
        raise ValueError("neither credit nor debit")
    return (minor if mark == "CRDT" else -minor), currency


def _take_entry(part: _Part, element: Element, line: int) -> None:
    """One entry: its details each a line where their amounts make the whole of it."""
    status = _text(element, "Sts", "Cd") or _text(element, "Sts")
    if status in {"PDNG", "INFO", "FUTR"}:
        part.pending += 1
        return
    # The direction is the entry's own, also of a reversal (RvslInd only says it is one).
    amount, currency = _signed(element)
    part.currency = part.currency or currency
    if currency != part.currency:
        raise ValueError("another currency than its statement")
    details = [
        one for group in element if _name(group) == "NtryDtls" for one in group
        if _name(one) == "TxDtls"
    ]  # fmt: skip
    amounts = [_detail_amount(one, amount, currency) for one in details]
    if len(details) > 1 and None not in amounts and sum(filter(None, amounts)) == amount:
        pairs: list[tuple[list[Element], int]] = [
            ([one], part_amount or 0) for one, part_amount in zip(details, amounts, strict=True)
        ]
    else:
        pairs = [(details, amount)]
    part.lines.extend(_line(element, some, of_line, line) for some, of_line in pairs)


def _detail_amount(detail: Element, whole: int, currency: str) -> int | None:
    """A detail's own amount, with the entry's direction where it names none."""
    for path in (("Amt",), ("AmtDtls", "TxAmt", "Amt")):
        amount = _child(detail, *path)
        if amount is not None and amount.get("Ccy") == currency:
            minor = minor_units(amount.text or "", currency, ".")
            mark = _text(detail, "CdtDbtInd")
            out = mark == "DBIT" if mark else whole < 0
            return -minor if out else minor
    return None


def _line(entry: Element, details: list[Element], amount: int, at_line: int) -> StatementLine:
    booked = _date(_child(entry, "BookgDt")) or _date(_child(entry, "ValDt"))
    if booked is None:
        raise ValueError("no booking date")
    first = details[0] if details else None
    references = (
        _text(first, "RmtInf", "Strd", "CdtrRefInf", "Ref"),
        _text(first, "Refs", "EndToEndId"),
        _text(entry, "NtryRef"),
    )
    return StatementLine(
        amount=amount,
        booked=booked,
        value_date=_date(_child(entry, "ValDt")) or booked,
        reference=next((one for one in references if one.upper() not in _NO_REFERENCE), ""),
        bank_reference=_text(first, "Refs", "AcctSvcrRef") or _text(entry, "AcctSvcrRef"),
        payer=_other_party(first, amount),
        text=_remittance(entry, details),
        reversal=_text(entry, "RvslInd") == "true",
        at_line=at_line,
    )


def _other_party(detail: Element | None, amount: int) -> str:
    who = "Dbtr" if amount >= 0 else "Cdtr"
    party = _child(detail, "RltdPties", who)
    ultimate = _child(detail, "RltdPties", f"Ultmt{who}")
    names = (_text(one, *path) for one in (party, ultimate) for path in (("Nm",), ("Pty", "Nm")))
    return next((name for name in names if name), "")


def _remittance(entry: Element, details: list[Element]) -> str:
    words = [
        " ".join((one.text or "").split())
        for detail in details
        for group in detail
        if _name(group) == "RmtInf"
        for one in group.iter()
        if _name(one) in {"Ustrd", "Ref", "AddtlRmtInf"}
    ]
    return " ".join(word for word in words if word) or _text(entry, "AddtlNtryInf")


def _date(element: Element | None) -> date | None:
    """The day of a date or a date and time. Raises ValueError for none a calendar has."""
    text = _text(element, "Dt") or _text(element, "DtTm")
    if not text:
        return None
    year, _, rest = text[:10].partition("-")
    month, _, day = rest.partition("-")
    try:
        return bank_date(int(year), int(month), int(day))
    except ValueError as error:
        raise ValueError("a date no calendar has") from error


def _finished(part: _Part) -> Statement:
    return Statement(
        account=part.account,
        currency=part.currency,
        opening=_balance(part, _OPENING, 0),
        closing=_balance(part, _CLOSING, -1),
        lines=tuple(part.lines),
        number=part.number,
        pending=part.pending,
        broken=part.broken,
    )


def _balance(part: _Part, kinds: tuple[str, ...], which: int) -> int | None:
    """The first kind there is; of several interim ones the first opens and the last closes.

    A single interim one is the end that the statement's own balance leaves open, on the first
    page of several (OPBD, ITBD) and on the last (ITBD, CLBD).
    """
    named = {kind for kind, _, _ in part.balances}
    for kind in kinds:
        found = [amount for one, amount, _ in part.balances if one == kind]
        if kind == "ITBD" and len(found) == 1 and not named & {"OPBD", "PRCD", "CLBD"}:
            return None
        if found:
            return found[which]
    return None
