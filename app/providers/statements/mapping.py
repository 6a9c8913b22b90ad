"""Which column of a bank's CSV means what: recognised by its heading, or saved under a name."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.domain.errors import EnvironmentFault, Invalid, NotFound
from app.domain.words import tokens

COLUMNS = (
    "booked", "value_date", "amount", "debit", "credit", "sign", "currency", "account", "payer",
    "reference", "text", "balance",
)  # fmt: skip
"""What a column can mean. `amount` with an optional `sign` column, or `debit` and `credit`."""

_HEADINGS: dict[str, tuple[str, ...]] = {
    "booked": ("date", "booking date", "posting date", "transaction date", "posted",
               "completed date", "buchungstag", "buchungsdatum", "buchung", "datum",
               "date operation", "fecha"),
    "value_date": ("value date", "valuta", "valutadatum", "wertstellung", "wert", "date valeur"),
    "amount": ("amount", "betrag", "umsatz", "transaction amount", "value", "montant", "bedrag",
               "importe"),
    "debit": ("debit", "debit amount", "paid out", "money out", "withdrawal", "withdrawals",
              "soll", "ausgang", "lastschrift", "belastung"),
    "credit": ("credit", "credit amount", "paid in", "money in", "deposit", "deposits", "haben",
               "eingang", "gutschrift"),
    "sign": ("sign", "debit credit", "credit debit", "dr cr", "cr dr", "d c", "s h", "soll haben",
             "direction", "af bij", "type", "credit debit indicator", "credit or debit",
             "debit or credit"),
    "currency": ("currency", "waehrung", "ccy", "devise", "munt"),
    "account": ("account", "account number", "iban", "kontonummer", "konto", "auftragskonto",
                "own account", "bezeichnung auftragskonto"),
    "payer": ("payer", "name", "payee", "counterparty", "counterparty name",
              "beguenstigter zahlungspflichtiger", "auftraggeber empfaenger", "zahlungspflichtiger",
              "auftraggeber", "from",
              "name zahlungsbeteiligter", "zahlungspflichtige r", "tegenpartij"),
    "reference": ("reference", "payment reference", "referenz", "end to end id", "kundenreferenz",
                  "end to end reference", "kundenreferenz end to end", "ref"),
    "text": ("text", "description", "details", "purpose", "memo", "narrative", "verwendungszweck",
             "buchungstext", "transaction details", "omschrijving", "remittance information"),
    "balance": ("balance", "running balance", "saldo", "kontostand", "saldo nach buchung",
                "balance after"),
}  # fmt: skip
"""Folded headings banks use, best first."""

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
FOLDER = "mappings"


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """The heading of each meaning, and what the values alone may leave open."""

    columns: Mapping[str, str] = field(default_factory=dict)
    """Meaning → heading as the file writes it; empty: recognise the usual headings."""
    delimiter: str = ""
    decimal: str = ""
    date_order: str = ""
    """ymd, dmy or mdy; empty: as the dates of the file allow it."""
    currency: str = ""
    """Where no column says it."""
    account: str = ""
    reversed_sign: bool = False
    """Money in is negative in the file (card statements)."""


def positions(header: Sequence[str], mapping: ColumnMapping) -> dict[str, int]:
    """Where each meaning stands in the header; each column means one thing."""
    folded = [" ".join(tokens(cell)) for cell in header]
    if mapping.columns:
        wanted = {name: " ".join(tokens(text)) for name, text in mapping.columns.items()}
        return {name: folded.index(text) for name, text in wanted.items() if text in folded}
    found: dict[str, int] = {}
    for name, headings in _HEADINGS.items():
        at = next((folded.index(one) for one in headings if one in folded), None)
        if at is not None and at not in found.values():
            found[name] = at
    return found


def is_enough(found: Mapping[str, int]) -> bool:
    """A line needs a day and an amount."""
    day = "booked" in found or "value_date" in found
    return day and ("amount" in found or {"debit", "credit"} <= found.keys())


def saved(profile: Path, name: str) -> ColumnMapping:
    """The mapping saved under that name. Raises NotFound, Invalid."""
    path = _path(profile, name)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        return from_json(content)
    except FileNotFoundError as error:
        raise NotFound(
            "No column mapping of that name is saved.",
            todo="Save one: statement FILE --mapping NAME --columns booked=HEADING amount=HEADING.",
        ) from error
    except (OSError, ValueError) as error:
        raise EnvironmentFault("The saved column mapping cannot be read.") from error


def save(profile: Path, name: str, mapping: ColumnMapping) -> None:
    """Keep it for the next file; it holds headings, nothing of any customer."""
    path = _path(profile, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "columns": dict(mapping.columns),
        "delimiter": mapping.delimiter,
        "decimal": mapping.decimal,
        "date_order": mapping.date_order,
        "currency": mapping.currency,
        "account": mapping.account,
        "reversed_sign": mapping.reversed_sign,
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2), encoding="utf-8")


def from_json(content: object) -> ColumnMapping:
    """Raises Invalid for anything a mapping has not."""
    if not isinstance(content, dict) or not isinstance(content.get("columns"), dict):
        raise Invalid("A column mapping is an object with columns.")
    settings = {name: str(content.get(name) or "") for name in _SETTINGS}
    return ColumnMapping(
        columns=checked({str(name): str(text) for name, text in content["columns"].items()}),
        reversed_sign=content.get("reversed_sign") is True,
        **settings,
    )


def from_words(pairs: Sequence[str]) -> ColumnMapping:
    """``booked=Posting Date amount=Amount decimal=,`` as a command line says it. Raises Invalid."""
    given: dict[str, str] = {}
    for pair in pairs:
        name, equals, value = pair.partition("=")
        if not equals:
            raise Invalid("Columns are written MEANING=HEADING.")
        given[name.strip()] = value
    settings = {name: given.pop(name, "") for name in _SETTINGS}
    reversed_sign = given.pop("reversed_sign", "") in {"yes", "true", "1"}
    return ColumnMapping(columns=checked(given), reversed_sign=reversed_sign, **settings)


_SETTINGS = ("delimiter", "decimal", "date_order", "currency", "account")


def checked(columns: Mapping[str, str]) -> dict[str, str]:
    """The columns; raises Invalid for a meaning there is none."""
    unknown = sorted(set(columns) - set(COLUMNS))
    if unknown:
        raise Invalid(
            "A column cannot mean that.",
            fields=dict.fromkeys(unknown, "No such meaning."),
            todo=f"Columns mean: {', '.join(COLUMNS)}.",
        )
    return dict(columns)


def _path(profile: Path, name: str) -> Path:
    if not _NAME.fullmatch(name):
        raise Invalid("A mapping's name has letters, digits, dots and dashes.")
    return profile / FOLDER / f"{name}.json"
