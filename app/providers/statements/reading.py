"""A statement file from disk to the domain's record, its format recognised or named."""

from __future__ import annotations

from pathlib import Path

from app.domain.errors import NotFound, Refused
from app.domain.payments.statements import CsvLook, NotAStatement, StatementFile
from app.providers.statements.mapping import ColumnMapping
from app.providers.statements.text import decoded

FORMATS = ("mt940", "camt053", "csv")
LARGEST_BYTES = 64 * 1_000_000
_HEAD = 65_536


class StatementRefused(Refused):
    """The file is no statement we can read; nothing of it was taken."""

    code = "not-a-statement"


def read_file(
    path: Path, wanted: str | None = None, mapping: ColumnMapping | None = None
) -> StatementFile:
    """The file's statements. Raises NotFound, StatementRefused; the file is only read."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise NotFound("The statement's file cannot be read.", todo="Check its name.") from error
    return read_bytes(data, wanted, mapping)


def read_bytes(
    data: bytes, wanted: str | None = None, mapping: ColumnMapping | None = None
) -> StatementFile:
    """As `read_file`, of bytes. Raises StatementRefused."""
    try:
        _check(data)
        return _read(data, wanted or recognised(data, mapping), mapping)
    except NotAStatement as error:
        raise StatementRefused(
            f"This is not a statement we can read. {error}",
            safe="Nothing was changed.",
            todo="Ask the bank for MT940, CAMT.053 or CSV, or name the columns with --columns.",
        ) from error


def look_at_file(path: Path) -> CsvLook | None:
    """The beginning of a CSV; None for a file of another format. Raises NotFound."""
    try:
        with path.open("rb") as file:
            data = file.read(_HEAD)
    except OSError as error:
        raise NotFound("The statement's file cannot be read.", todo="Check its name.") from error
    is_text = b"\x00" not in data or data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not is_text or recognised(data) != "csv":
        return None
    from app.providers.statements.csv_look import look_at

    return look_at(decoded(data))


def _check(data: bytes) -> None:
    if len(data) > LARGEST_BYTES:
        raise NotAStatement("The file is larger than 64 MB.")
    if not data.strip():
        raise NotAStatement("The file is empty.")


def recognised(data: bytes, mapping: ColumnMapping | None = None) -> str:
    """The format the file's beginning shows. A column mapping means CSV."""
    from app.providers.statements.mt940 import looks_like_mt940

    head = decoded(data[:_HEAD]).lstrip()
    if head.startswith("<"):
        return "camt053"
    if mapping is None and looks_like_mt940(head):
        return "mt940"
    return "csv"


def _read(data: bytes, name: str, mapping: ColumnMapping | None) -> StatementFile:
    if name == "camt053":
        from app.providers.statements.camt053 import read_camt053

        return read_camt053(data)
    if b"\x00" in data[:_HEAD] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotAStatement("The file is no text.")
    if name == "mt940":
        from app.providers.statements.mt940 import read_mt940

        return read_mt940(decoded(data))
    from app.providers.statements.csv_file import read_csv

    return read_csv(decoded(data), mapping)
