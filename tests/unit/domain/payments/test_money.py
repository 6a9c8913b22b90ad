"""Amounts as banks write them, in whole minor units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.payments.money import LARGEST_MINOR, Money, exponent, minor_units, written

WRITTEN = [
    ("49.00", "EUR", 4900),
    ("49,00", "EUR", 4900),
    ("49", "EUR", 4900),
    ("1234,", "EUR", 123_400),
    (",50", "EUR", 50),
    ("1.234,56", "EUR", 123_456),
    ("1,234.56", "EUR", 123_456),
    ("1'234.56", "CHF", 123_456),
    ("1 234,56", "EUR", 123_456),
    ("1.234", "EUR", 123_400),
    ("1.234.567", "EUR", 123_456_700),
    ("-49,00", "EUR", -4900),
    ("49,00-", "EUR", -4900),
    ("1234", "JPY", 1234),
    ("1,234", "JPY", 1234),
    ("1234.00", "JPY", 1234),
    ("1.2345", "KWD", None),
    ("1.234", "KWD", None),
    ("1234.567", "KWD", 1_234_567),
    ("49.005", "EUR", 4_900_500),
    ("49.0050", "EUR", None),
    ("1.23.4", "EUR", None),
    ("1.234.56", "EUR", None),
    ("", "EUR", None),
    ("-", "EUR", None),
    ("4e3", "EUR", None),
    ("-5-", "EUR", None),
    ("99999999999999999", "EUR", None),
]


@pytest.mark.parametrize(("text", "currency", "minor"), WRITTEN)
def test_an_amount_is_read_as_its_bank_meant_it(
    text: str, currency: str, minor: int | None
) -> None:
    if minor is None:
        with pytest.raises(ValueError, match=r"[a-z]"):
            minor_units(text, currency)
    else:
        assert minor_units(text, currency) == minor


def test_a_known_decimal_sign_decides_what_three_digits_are() -> None:
    assert minor_units("1.234", "KWD", ".") == 1234
    assert minor_units("1.234", "KWD", ",") == 1_234_000
    with pytest.raises(ValueError, match="amount"):
        minor_units("12.50", "EUR", ",")


@given(
    minor=st.integers(-LARGEST_MINOR, LARGEST_MINOR),
    currency=st.sampled_from(["EUR", "JPY", "KWD", "CLF"]),
)
def test_what_is_written_is_read_back_to_the_cent(minor: int, currency: str) -> None:
    sign = "." if exponent(currency) else ""
    assert minor_units(written(minor, currency), currency, sign) == minor


def test_two_currencies_never_add_up() -> None:
    assert Money(1, "EUR") + Money(2, "EUR") == Money(3, "EUR")
    with pytest.raises(ValueError, match="currencies"):
        Money(1, "EUR") + Money(1, "GBP")
