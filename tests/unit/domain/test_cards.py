"""No card number survives, no other number is touched (promise P16)."""

from __future__ import annotations

import random

import pytest

from app.domain.cards import is_card, mask_cards

TEST_CARDS = {
    "visa": "4111111111111111",
    "visa 13": "4222222222222",
    "mastercard": "5555555555554444",
    "mastercard 2": "2223003122003222",
    "amex": "378282246310005",
    "diners": "30569309025904",
    "diners 36": "36227206271667",
    "discover": "6011111111111117",
    "jcb": "3530111333300000",
    "unionpay": "6200000000000005",
    "unionpay 19": "6205500000000000004",
    "maestro": "6759649826438453",
}


def _check_digit(digits: str) -> str:
    return next(one for one in "0123456789" if _luhn(digits + one))


def _luhn(digits: str) -> bool:
    doubled = [
        sum(divmod(int(digit) * (1 + place % 2), 10)) for place, digit in enumerate(digits[::-1])
    ]
    return sum(doubled) % 10 == 0


@pytest.mark.parametrize("number", TEST_CARDS.values(), ids=TEST_CARDS.keys())
@pytest.mark.parametrize("gap", ["", " ", "-", ".", "\u00a0", " - "[:2]])
def test_test_cards_of_every_brand_are_masked(number: str, gap: str) -> None:
    grouped = gap.join(number[at : at + 4] for at in range(0, len(number), 4))
    masked = mask_cards(f"card {grouped}, exp 12/27")
    assert number[:6] not in masked.replace(gap, "") if gap else number not in masked
    assert f"[card ending {number[-4:]}]" in masked
    assert masked.startswith("card ")
    assert masked.endswith(", exp 12/27")


def test_two_cards_in_one_text_are_both_masked() -> None:
    masked = mask_cards("4111111111111111 or 5555 5555 5555 4444")
    assert masked == "[card ending 1111] or [card ending 4444]"


def test_digits_of_other_scripts_are_masked_too() -> None:
    arabic = "".join(chr(0x660 + int(digit)) for digit in TEST_CARDS["visa"])
    assert mask_cards(arabic) == "[card ending 1111]"


def test_twenty_thousand_imeis_stay() -> None:
    chance = random.Random(7)
    for _ in range(20_000):
        head = chance.choice(["35", "86", "01", "99", "98", "45", "49", "52", "53"])
        imei = head + "".join(chance.choice("0123456789") for _ in range(12))
        imei += _check_digit(imei)
        assert mask_cards(imei) == imei


@pytest.mark.parametrize(
    "text",
    [
        "+49 151 12345678",
        "+44 7700 900118",
        "0049 30 901820",
        "E-Nr. SMS2HVW66G/01 FD 9803 00 1234",
    ],
)
def test_phones_and_model_numbers_stay(text: str) -> None:
    assert mask_cards(text) == text


def test_a_number_with_a_wrong_check_sum_is_no_card() -> None:
    assert not is_card("4111111111111112")
    assert mask_cards("4111 1111 1111 1112") == "4111 1111 1111 1112"


@pytest.mark.parametrize(
    "text",
    [
        "4111\n1111\n1111 1111",
        "4111\r\n1111\r\n1111\r\n1111",
        "4111,1111,1111,1111",
        "4111, 1111, 1111, 1111",
        "4111\t1111\t1111\t1111",
        "4111/1111/1111/1111",
        "4111 - 1111 - 1111 - 1111",
    ],
)
def test_a_card_broken_over_lines_or_by_commas_is_masked(text: str) -> None:
    assert mask_cards(text) == "[card ending 1111]"


def test_a_card_glued_to_letters_is_masked() -> None:
    assert mask_cards("card4111111111111111x") == "card[card ending 1111]x"
