"""CSV exports: whatever the bank's dialect, the money is the same."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from app.domain.errors import Invalid, NotFound
from app.domain.payments.statements import NotAStatement, Statement
from app.providers.statements import mapping as mappings
from app.providers.statements.csv_file import read_csv
from app.providers.statements.mapping import ColumnMapping


def only(text: str, mapping: ColumnMapping | None = None) -> Statement:
    file = read_csv(text, mapping)
    assert file.bad == ()
    (statement,) = file.statements
    return statement


DIALECTS = {
    "english": "Date,Payee,Description,Amount\n02/01/2026,Erika,a,49.00\n13/01/2026,X,b,-1.50\n",
    "american": "Date,Name,Description,Amount\n01/02/2026,E,a,49.00\n01/13/2026,X,b,(1.50)\n",
    "german": "Buchungstag;Name;Text;Betrag\n02.01.2026;Erika;a;49,00\n13.01.26;X;b;-1,50\n",
    "iso, tab": "booking date\ttext\tamount\n2026-01-02\ta\t49\n2026-01-13\tb\t-1,5\n",
    "two columns": "Date|Details|Paid out|Paid in\n2026-01-02|a||49.00\n2026-01-13|b|1.50|\n",
    "signed debit": "Date;Text;Soll;Haben\n2026-01-02;a;;49,00\n2026-01-13;b;-1,50;\n",
    "sign column": "Date;Text;Amount;S/H\n2026-01-02;a;49,00;H\n2026-01-13;b;1,50;S\n",
    "minus behind": "Date;Text;Amount\n2026-01-02;a;49,00+\n2026-01-13;b;1,50-\n",
    "currency beside": "Date;Text;Amount\n2026-01-02;a;€ 49,00\n2026-01-13;b;\u22121,50 €\n",
    "preamble": "Account;DE02\n\nDate;Text;Amount\n20260102;a;49,00\n20260113;b;-1,50\n",
}


@pytest.mark.parametrize("text", DIALECTS.values(), ids=DIALECTS)
def test_every_dialect_reads_as_the_same_two_payments(text: str) -> None:
    lines = only(text).lines
    assert [line.amount for line in lines] == [4900, -150]
    assert [line.booked for line in lines] == [date(2026, 1, 2), date(2026, 1, 13)]


def test_thousands_are_told_from_decimals_by_the_whole_column() -> None:
    lines = only("Date;Text;Amount\n2026-01-02;a;1.234\n2026-01-03;b;2.000,50\n").lines
    assert [line.amount for line in lines] == [123_400, 200_050]


def test_dates_that_can_be_two_days_are_read_as_the_shorter_span() -> None:
    lines = only("Date,Text,Amount\n03/01/2026,a,1.00\n04/01/2026,b,1.00\n").lines
    assert [line.booked for line in lines] == [date(2026, 1, 3), date(2026, 1, 4)]
    lines = only("Date,Text,Amount\n01/03/2026,a,1.00\n01/04/2026,b,1.00\n").lines
    assert [line.booked for line in lines] == [date(2026, 1, 3), date(2026, 1, 4)]


RUNNING = "Date;Text;Amount;Balance\n2026-01-02;a;49,00;149,00\n2026-01-03;b;-9,00;140,00\n"


def test_a_running_balance_gives_both_balances_in_either_order() -> None:
    for text in (RUNNING, _upside_down(RUNNING)):
        read = only(text)
        assert (read.opening, read.closing, read.balances) == (10_000, 14_000, "add_up")


def _upside_down(text: str) -> str:
    head, *rows = text.splitlines()
    return "\n".join([head, *rows[::-1]]) + "\n"


def test_a_running_balance_that_jumps_differs() -> None:
    gap = RUNNING + "2026-01-05;c;1,00;200,00\n"
    assert (only(gap).balances, only(gap).difference) == ("differ", 5900)


def test_accounts_and_currencies_are_statements_of_their_own() -> None:
    text = (
        "Date;IBAN;Text;Amount;Currency\n2026-01-02;DE1;a;1,00;EUR\n"
        "2026-01-02;DE1;b;100;JPY\n2026-01-02;DE2;c;3,00;EUR\n"
    )
    read = read_csv(text).statements
    assert [(one.account, one.currency, one.sum_in) for one in read] == [
        ("DE1", "EUR", 100), ("DE1", "JPY", 100), ("DE2", "EUR", 300),
    ]  # fmt: skip


def test_bad_lines_are_named_by_their_number_and_without_their_words() -> None:
    text = 'Date;Text;Amount\n2026-01-02;"two\nlines";1,00\nno;Erika;2,00\n2026-01-03;b;x\n'
    file = read_csv(text)
    assert [one.line for one in file.bad] == [4, 5]
    assert "Erika" not in str(file.bad)
    assert file.statements[0].sum_in == 100


@pytest.mark.parametrize("text", ["a;b;c\n1;2;3\n", "just words\n", "Date;Amount\nx;y\n"])
def test_no_date_and_amount_is_no_statement(text: str) -> None:
    with pytest.raises(NotAStatement):
        read_csv(text)


ODD = "Wann;Wer;Wieviel\n02.01.2026;Erika;-49,00\n"


def test_a_saved_mapping_reads_headings_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(NotAStatement):
        read_csv(ODD)
    given = mappings.from_words(
        ["booked=Wann", "payer=Wer", "amount=Wieviel", "currency=EUR", "reversed_sign=yes"]
    )
    mappings.save(tmp_path, "house-bank", given)
    read = only(ODD, mappings.saved(tmp_path, "house-bank"))
    assert (read.currency, read.sum_in, read.lines[0].payer) == ("EUR", 4900, "Erika")


def test_a_mapping_that_is_not_there_or_means_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        mappings.saved(tmp_path, "none")
    with pytest.raises(Invalid):
        mappings.saved(tmp_path, "../escape")
    with pytest.raises(Invalid):
        mappings.from_words(["colour=Red"])
