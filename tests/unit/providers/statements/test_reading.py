"""From bytes to a statement: format, encoding, size, and what is none at all."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from app.domain.errors import NotFound
from app.domain.payments.statements import line_keys
from app.providers.statements import reading
from app.providers.statements.reading import StatementRefused, read_bytes, read_file
from tests.unit.providers.statements import test_camt053 as camt
from tests.unit.providers.statements import test_mt940 as mt940

MT940 = (mt940.HEAD + mt940.OPEN + mt940.PAID + mt940.CLOSE).replace("free words", "Jürgen zahlt")
CSV = "Date;Text;Amount\n2026-01-02;Jürgen zahlt;49,00\n"


@pytest.mark.parametrize("text", [MT940, CSV], ids=["mt940", "csv"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_words_survive_every_encoding_and_line_end(text: str, ends: str, encoding: str) -> None:
    read = read_bytes(text.replace("\n", ends).encode(encoding))
    assert read.bad == ()
    assert read.statements[0].lines[0].text == "Jürgen zahlt"
    assert read.statements[0].sum_in == 4900


def test_the_format_is_recognised_and_may_be_named() -> None:
    data = {"mt940": MT940.encode(), "csv": CSV.encode(), "camt053": camt.WHOLE}
    for name, one in data.items():
        assert read_bytes(one).format == name
        assert read_bytes(one, name).format == name
    assert read_bytes(codecs.BOM_UTF8 + camt.WHOLE).format == "camt053"
    with pytest.raises(StatementRefused):
        read_bytes(data["csv"], "mt940")


@pytest.mark.parametrize(
    "data",
    [b"", b" \n", b"\x7fELF\x00\x00", bytes(range(256)) * 50, b"hello\nworld\n", camt.BOMB],
    ids=["empty", "blank", "program", "bytes", "prose", "bomb"],
)
def test_what_is_no_statement_is_refused_whole(data: bytes) -> None:
    with pytest.raises(StatementRefused):
        read_bytes(data)


def test_a_file_too_large_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "large.sta"
    path.write_bytes(MT940.encode())
    monkeypatch.setattr(reading, "LARGEST_BYTES", 100)
    with pytest.raises(StatementRefused, match="larger"):
        read_file(path)
    with pytest.raises(NotFound):
        read_file(tmp_path / "none.sta")


def test_an_overlapping_file_has_the_same_keys_and_a_second_equal_booking_another() -> None:
    paid = mt940.PAID.replace("free words", "Jürgen zahlt")
    double = MT940.replace(paid, paid * 2)
    ((key,),) = line_keys(read_bytes(MT940.encode()).statements)
    (both,) = line_keys(read_bytes(double.encode()).statements)
    assert len(set(both)) == 2
    assert key in both
    # The same statement twice in a file is the same statement, and not its payments twice.
    again = (MT940 + "-\n" + MT940).encode()
    assert line_keys(read_bytes(again).statements) == ((key,), (key,))


def test_banks_break_the_same_words_differently_in_each_export() -> None:
    (first,) = line_keys(read_bytes(MT940.encode()).statements)
    (broken,) = line_keys(read_bytes(MT940.replace("Jürgen z", "JÜRGEN\n  z").encode()).statements)
    assert first == broken
