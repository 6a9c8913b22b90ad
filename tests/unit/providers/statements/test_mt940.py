"""MT940 written by us from the format's field rules, with the quirks real banks have."""

from __future__ import annotations

import logging
from datetime import date

import pytest

from app.domain.payments.statements import Balances, NotAStatement, Statement, StatementFile
from app.providers.statements.mt940 import read_mt940

HEAD = ":20:STARTUMS\n:25:12345678/0000123456\n:28C:00001/001\n"
OPEN, CLOSE = ":60F:C260101EUR1000,00\n", ":62F:C260131EUR1049,00\n"
PAID = ":61:2601020102C49,00NTRFNONREF//B1\n:86:free words\n"


def only(text: str) -> Statement:
    """The one statement of a text without bad lines."""
    file = read_mt940(text)
    assert file.bad == ()
    (statement,) = file.statements
    return statement


def test_a_plain_statement_adds_up() -> None:
    statement = only(HEAD + OPEN + PAID + CLOSE)
    assert (statement.account, statement.currency) == ("12345678/0000123456", "EUR")
    assert (statement.opening, statement.closing) == (100_000, 104_900)
    assert (statement.sum_in, statement.sum_out, statement.difference) == (4900, 0, 0)
    assert statement.balances is Balances.ADD_UP
    (line,) = statement.lines
    assert (line.amount, line.booked, line.at_line) == (4900, date(2026, 1, 2), 5)


def test_structured_details_give_payer_reference_and_purpose() -> None:
    details = (
        ":86:166?00GUTSCHRIFT?20EREF+K7-0422-0?21SVWZ+Rechnung 47?2211 Danke"
        "?30GENODEF1?31DE02120300000000202051?32ERIKA?33 MUSTER\n"
    )
    (line,) = only(HEAD + OPEN + ":61:2601020102C49,00NTRFNONREF\n" + details + CLOSE).lines
    assert (line.reference, line.payer) == ("K7-0422-0", "ERIKA MUSTER")
    assert line.text == "Rechnung 4711 Danke"


def test_code_words_between_strokes_are_read_too() -> None:
    details = ":86:/EREF/K7-0422-0//NAME/E. Muster/REMI/Invoice 4711 an\nd thanks/\n"
    (line,) = only(HEAD + OPEN + ":61:260102C49,00NTRFNONREF\n" + details + CLOSE).lines
    assert (line.reference, line.payer) == ("K7-0422-0", "E. Muster")
    assert line.text == "Invoice 4711 and thanks"


@pytest.mark.parametrize(
    ("mark", "amount"),
    [("C", 4900), ("D", -4900), ("RC", -4900), ("RD", 4900), ("c", 4900), ("rc", -4900)],
)
def test_a_reversal_goes_the_other_way(mark: str, amount: int) -> None:
    (line,) = only(HEAD + OPEN + f":61:2601020102{mark}49,00NTRFX\n").lines
    assert line.amount == amount
    assert line.reversal is mark.upper().startswith("R")


@pytest.mark.parametrize("written", ["49,00", "49.00", "49,", "0000049,00"])
def test_the_amount_is_whole_whatever_its_decimal_sign(written: str) -> None:
    (line,) = only(HEAD + OPEN + f":61:2601020102CR{written}NTRFX\n").lines
    assert (line.amount, line.reference) == (4900, "X")


def test_the_third_letter_of_the_currency_is_no_part_of_the_amount() -> None:
    (line,) = only(HEAD + OPEN + ":61:2601020102CR1.049,00NTRFX\n").lines
    assert line.amount == 104_900


def test_february_30_of_a_30_day_calendar_is_its_last_day() -> None:
    text = HEAD + ":60F:C260230EUR0,00\n:61:2602300230C49,00NTRFX\n:62F:C260230EUR49,00\n"
    statement = only(text)
    assert statement.balances is Balances.ADD_UP
    assert statement.lines[0].value_date == statement.lines[0].booked == date(2026, 2, 28)


def test_the_entry_date_may_lie_in_another_year() -> None:
    (line,) = only(HEAD + OPEN + ":61:2512310102C49,00NTRFX\n").lines
    assert (line.value_date, line.booked) == (date(2025, 12, 31), date(2026, 1, 2))


def test_several_statements_are_judged_each_by_itself() -> None:
    good = HEAD + OPEN + PAID + CLOSE
    wrong = good.replace("EUR1049,00", "EUR1050,00").replace("123456\n", "99\n")
    open_end = HEAD.replace("0000123456", "7") + OPEN + PAID
    file = read_mt940(good + "-\n" + wrong + "-\n" + open_end)
    assert [one.balances for one in file.statements] == ["add_up", "differ", "missing"]
    assert [one.difference for one in file.statements] == [0, 100, None]


def test_a_second_opening_without_a_header_begins_a_new_statement() -> None:
    next_day = ":60F:C260131EUR1049,00\n:61:260201D49,00NTRFX\n:62F:C260201EUR1000,00\n"
    file = read_mt940(HEAD + OPEN + PAID + CLOSE + next_day)
    assert [one.balances for one in file.statements] == ["add_up", "add_up"]
    assert file.statements[1].account == "12345678/0000123456"


def pages(second_opening: str = "1049,00") -> str:
    """One statement on two pages."""
    return (
        HEAD + OPEN + PAID + ":62M:C260131EUR1049,00\n-\n"
        ":20:STARTUMS\n:25:12345678/0000123456\n:28C:00001/002\n"
        f":60M:C260131EUR{second_opening}\n:61:260201D9,00NTRFX\n:62F:C260201EUR1040,00\n-\n"
    )


def test_pages_of_one_statement_are_one_statement() -> None:
    statement = only(pages())
    assert (statement.opening, statement.closing) == (100_000, 104_000)
    assert (len(statement.lines), statement.balances) == (2, "add_up")


def test_a_page_that_does_not_continue_the_one_before_differs() -> None:
    assert only(pages("1048,00")).balances is Balances.DIFFER


def test_missing_balances_are_said_and_nothing_is_made_up() -> None:
    statement = only(HEAD + PAID)
    assert (statement.opening, statement.closing, statement.difference) == (None, None, None)
    assert (statement.balances, statement.currency, statement.sum_in) == ("missing", "", 4900)


def test_a_file_cut_in_half_keeps_what_is_whole_and_names_the_rest() -> None:
    whole = HEAD + OPEN + PAID
    file = read_mt940(whole + ":61:260103C1")
    assert (len(file.statements[0].lines), file.statements[0].balances) == (2, "missing")
    file = read_mt940(whole + ":61:2601")
    assert [(one.line) for one in file.bad] == [7]


@pytest.mark.parametrize(
    "field", [":61:261302C49,00NTRFX", ":61:260102X49,00NTRFX", ":61:260102Cabc", ":61:"]
)
def test_one_bad_booking_is_named_and_the_others_stay(field: str) -> None:
    file = read_mt940(HEAD + OPEN + field + "\n" + PAID + CLOSE)
    (bad,) = file.bad
    assert bad.line == 5
    assert "NTRF" not in bad.reason
    assert len(file.statements[0].lines) == 1


def test_a_swift_envelope_around_it_changes_nothing() -> None:
    text = "{1:F01AAAABB99AXXX000}{2:O940}{4:\n" + HEAD + OPEN + PAID + CLOSE + "-}\n"
    assert only(text).balances is Balances.ADD_UP


def test_currencies_without_cents_and_with_mils() -> None:
    text = HEAD + ":60F:C260101{0}1000,\n:61:260102C{1}NTRFX\n"
    assert only(text.format("JPY", "49,")).lines[0].amount == 49
    assert only(text.format("KWD", "49,001")).lines[0].amount == 49_001


def test_a_text_without_balance_and_booking_is_no_statement() -> None:
    with pytest.raises(NotAStatement):
        read_mt940(":20:X\n:25:Y\n")


def test_no_customers_words_reach_any_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    file: StatementFile = read_mt940(HEAD + OPEN + ":61:2601020102C49,00NTRF\n:86:Erika\n")
    assert file.statements
    assert "Erika" not in caplog.text
