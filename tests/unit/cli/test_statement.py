"""`statement FILE` looks at a file and changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.__main__ import main
from tests.unit.providers.statements import test_csv as csv
from tests.unit.providers.statements import test_mt940 as mt940


@pytest.fixture(autouse=True)
def _no_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OFFHOOK_PROFILE", str(tmp_path / "none"))
    monkeypatch.setenv("OFFHOOK_MACHINE_FILE", str(tmp_path / "none.toml"))


def test_without_a_profile_the_statements_are_shown_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bank.sta"
    wrong = mt940.CLOSE.replace("1049", "1050")
    path.write_text(mt940.HEAD + mt940.OPEN + mt940.PAID + wrong, encoding="utf-8")
    assert main(["statement", str(path)]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown == {
        "format": "mt940",
        "statements": [
            {
                "account": "12345678/0000123456",
                "currency": "EUR",
                "opening": 100_000,
                "closing": 105_000,
                "lines": 1,
                "sum_in": 4900,
                "sum_out": 0,
                "balances": "differ",
                "difference": 100,
                "pending": 0,
            }
        ],
        "bad": [],
        "already_seen": None,
        "matched": None,
        "suggested": None,
        "unmatched": None,
    }
    assert [one.name for one in tmp_path.iterdir()] == ["bank.sta"]


def test_what_is_no_statement_ends_with_3_and_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "letter.txt"
    path.write_text("Dear Erika,\n", encoding="utf-8")
    assert main(["statement", str(path)]) == 3
    said = json.loads(capsys.readouterr().err)
    assert said["error"] == "not-a-statement"
    assert said["todo"]
    assert "Erika" not in str(said)
    assert main(["statement", str(tmp_path / "missing")]) == 3


def test_columns_named_once_are_kept_under_their_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "odd.csv"
    path.write_text(csv.ODD, encoding="utf-8")
    line = ["statement", str(path), "--profile", str(tmp_path / "desk"), "--mapping", "house"]
    assert main(line) == 3
    columns = ["booked=Wann", "amount=Wieviel", "currency=EUR"]
    assert main([*line, "--columns", *columns]) == 0
    first = capsys.readouterr().out
    assert main(line) == 0
    assert capsys.readouterr().out == first
