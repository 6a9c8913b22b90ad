"""No card number survives, no other number is touched (promise P16)."""

from __future__ import annotations

import random
import re

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


@pytest.mark.parametrize(
    "text",
    [
        "37828 224631 0005",
        "3782-822463-10005",
        "41 11 11 11 11 11 11 11",
        "411111 111111 1111",
        "41111111 11111111",
        "411111111111 1111",
        "620550 0000000000004",
        "3782\n822463\n10005",
    ],
)
def test_a_card_is_masked_however_it_is_grouped(text: str) -> None:
    digits = re.sub(r"\D", "", text)
    assert mask_cards(text) == f"[card ending {digits[-4:]}]"


def test_a_card_right_behind_a_phone_number_is_masked() -> None:
    masked = mask_cards("+49 151 12345678 4111 1111 1111 1111")
    assert masked == "+49 151 12345678 [card ending 1111]"
    assert mask_cards("+1 4111 1111 1111 1111") == "+1 [card ending 1111]"


class _Notes:
    """Numbers that desks write beside each other and that are no cards."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)

    def digits(self, count: int) -> str:
        return "".join(self._chance.choice("0123456789") for _ in range(count))

    def order(self) -> str:
        return self._chance.choice("123456789") + self.digits(self._chance.randrange(5, 10))

    def imei(self) -> str:
        head = self._chance.choice(["35", "86", "01", "99", "45", "49", "52"]) + self.digits(12)
        return head + _check_digit(head)

    def phone(self) -> str:
        return self._chance.choice(
            [
                f"+49 451 {self.digits(6)} {self.digits(4)}",
                f"0{self.digits(3)}/{self.digits(6)}",
                f"49151{self.digits(8)}",
                f"49 151 {self.digits(8)}",
                f"+44 7700 {self.digits(6)}",
            ]
        )

    def account(self) -> str:
        bank = self._chance.choice(["4405", "5107", "2232", "3704", "6005"]) + self.digits(14)
        check = 98 - int(f"{bank}131400") % 97
        whole = f"DE{check:02d}{bank}"
        return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))

    def note(self) -> str:
        chance = self._chance
        several = chance.choice([self.order, self.imei, self.phone])
        return chance.choice(
            [
                "\n".join(several() for _ in range(3)),
                ", ".join(several() for _ in range(3)),
                f"IMEI {self.imei()} {chance.randrange(1, 10)} pieces",
                f"IMEISV {self.imei()[:14]} {self.digits(2)}",
                f"{self.imei()}\n1. rings, 2. dark",
                f"Order {self.order()}, tel {self.phone()}\nserial {self.order()}",
                f"from {self.account()} on Friday",
            ]
        )


def test_numbers_that_only_stand_beside_each_other_stay() -> None:
    notes = _Notes(11)
    made = [notes.note() for _ in range(6_000)]
    assert [one for one in made if mask_cards(one) != one] == []
