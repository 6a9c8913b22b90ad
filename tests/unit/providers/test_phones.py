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


def test_the_region_reads_national_numbers() -> None:
    assert LibPhoneNumbers().e164("030 901820", "DE") == "+4930901820"
    assert LibPhoneNumbers().e164("030 901820", "nowhere") is None


def test_shown_is_the_international_writing() -> None:
    assert LibPhoneNumbers().shown("+447700900118") == "+44 7700 900118"
    assert LibPhoneNumbers().shown("no number") == "no number"
