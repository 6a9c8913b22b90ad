"""Phone numbers as people write and paste them."""

from __future__ import annotations

import pytest

from app.providers.phones import LibPhoneNumbers

SAME_NUMBER = [
    "07700 900118",
    "07700900118",
    "+44 7700 900118",
    "+44 (0)7700 900118",
    "0044 7700 900118",
    "tel:+447700900118",
    "(07700) 900-118",
    "07700 900118 ext 12",
    "\u202a+44 7700\u2011900118\u202c",
    "\u0660\u0667\u0667\u0660\u0660 \u0669\u0660\u0660\u0661\u0661\u0668",
    "\uff0b44 7700 900118",
]


@pytest.mark.parametrize("text", SAME_NUMBER)
def test_any_writing_gives_one_number(text: str) -> None:
    assert LibPhoneNumbers().e164(text, "GB") == "+447700900118"


@pytest.mark.parametrize(
    "text", ["", "   ", "call me", "999", "O'Brien", "1" * 30, "4" * 4_000, "\u202e", "+", "++44"]
)
def test_what_is_no_number_is_none(text: str) -> None:
    assert LibPhoneNumbers().e164(text, "GB") is None


@pytest.mark.parametrize(
    "text", ["030 901820", "030901820", "0 30 / 90 18 20", "01234", "07700 9001"]
)
def test_a_national_number_of_another_country_is_not_guessed_at(text: str) -> None:
    """Given digits that no number of the region has, the words are kept, no E.164 made."""
    assert LibPhoneNumbers().e164(text, "GB") is None


def test_an_italian_number_keeps_its_zero() -> None:
    assert LibPhoneNumbers().e164("06 1234 5678", "IT") == "+390612345678"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("+49 30 901820", "+4930901820"), ("+44 7999 000000", "+447999000000"),
     ("+1 555 555 0100", "+15555550100")],
)  # fmt: skip
def test_a_number_with_its_country_may_be_newer_than_the_library(text: str, expected: str) -> None:
    assert LibPhoneNumbers().e164(text, "GB") == expected


def test_the_region_reads_national_numbers() -> None:
    assert LibPhoneNumbers().e164("030 901820", "DE") == "+4930901820"
    assert LibPhoneNumbers().e164("030 901820", "nowhere") is None


def test_shown_is_the_international_writing() -> None:
    assert LibPhoneNumbers().shown("+447700900118") == "+44 7700 900118"
    assert LibPhoneNumbers().shown("no number") == "no number"
