"""What somebody is shown of a CSV whose headings say nothing to us."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.domain.errors import NotFound
from app.providers.statements.reader import ProfileStatements


def look(folder: Path, text: str) -> object:
    path = folder / "file.csv"
    path.write_text(text, encoding="utf-8")
    return ProfileStatements(folder).look(path)


def test_heading_and_lines_are_found_below_a_preamble(tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_text(
        "Account holder;Ann\n\nTag;Betrag;Wer;Typ\n"
        "01.11.2026;5,00;4111 1111 1111 1111;CARD\n02.11.2026;6,00;B;CARD\n",
        encoding="utf-8",
    )
    found = ProfileStatements(tmp_path).look(path)
    assert found is not None
    assert (found.delimiter, found.heading) == (";", ("Tag", "Betrag", "Wer", "Typ"))
    assert found.columns == {"amount": "Betrag", "booked": "Tag"}  # by what stands in it
    assert found.rows[0] == ("01.11.2026", "5,00", "[card ending 1111]", "CARD")
    assert len(found.rows) == 2


def test_a_column_that_says_in_and_out_is_one(tmp_path: Path) -> None:
    path = tmp_path / "bank.csv"
    path.write_text("Date,Amount,Type\n2026-11-01,5.00,CR\n2026-11-02,5.00,DR\n", "utf-8")
    found = ProfileStatements(tmp_path).look(path)
    assert found is not None
    assert found.columns == {"booked": "Date", "amount": "Amount", "sign": "Type"}


@pytest.mark.parametrize(
    "text", ["", "one line", "<Document/>", ":20:A\n:25:1\n:60F:C261122GBP1,00\n", "a\nb\nc\n"]
)
def test_what_has_no_columns_shows_none(tmp_path: Path, text: str) -> None:
    assert look(tmp_path, text) is None


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        ProfileStatements(tmp_path).look(tmp_path / "none.csv")
