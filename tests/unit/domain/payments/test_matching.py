"""Which payment settles which claim: sure ones by themselves, all others by a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from app.domain.payments.claim_index import OpenClaim, Payment
from app.domain.payments.matching import Matching, match
from app.domain.payments.reasons import POINTS, SURE, Reason, is_sure, named, score
from app.domain.payments.signals import (
    Agreement,
    amounts_agree,
    name_words,
    names_agree,
    within_one_edit,
)
from tests.support.payment_truth import Truth, truth

DAY = date(2026, 1, 10)
ERIKA = OpenClaim("erika", 4900, "EUR", DAY, ("K7-0422-0",), "Erika Muster", "+49 30 901820")
PAID = Payment("line", 4900, "EUR", DAY, "Erika Muster", "Invoice K7-0422-0")


def made(payment: Payment, *claims: OpenClaim) -> tuple[str, ...]:
    """The claims the one payment settles by itself."""
    return tuple(claim for one in match([payment], claims).automatic for claim in one.claims)


def offered(payment: Payment, *claims: OpenClaim) -> tuple[str, ...]:
    """The claims offered for it, best first, when nothing is settled."""
    found = match([payment], claims)
    assert not found.automatic
    return tuple(one.claims[0] for one in found.suggested.get(payment.id, ()))


SURE_LINES = {
    "reference and amount": PAID,
    "paid by somebody else": replace(PAID, payer="Muster GmbH"),
    "written with gaps": replace(PAID, text="ref k7 o422 0"),
    "run together": replace(PAID, text="K704220", payer=""),
    "two digits turned": replace(PAID, text="K7-0242-0"),
    "a fee deducted": replace(PAID, amount=4750),
    "by the name alone": replace(PAID, text="thank you"),
    "by phone and name": replace(PAID, text="030 9018 20 99", payer="MUSTER, ERIKA"),
}


@pytest.mark.parametrize("line", SURE_LINES.values(), ids=SURE_LINES)
def test_a_sure_line_settles_its_claim(line: Payment) -> None:
    claim = replace(ERIKA, phone="+49 30 90182099")
    assert made(line, claim) == ("erika",)


UNSURE_LINES = {
    "another amount": replace(PAID, amount=2000),
    "digits of the amount turned": replace(PAID, amount=9400),
    "half a year away": replace(PAID, day=date(2026, 8, 1)),
    "only the surname": replace(PAID, text="thanks", payer="Paul Muster"),
    "a slip, and nobody's name": replace(PAID, text="K7-0242-0", payer="Paul Other"),
    "a fee too large": replace(PAID, amount=4000),
}


@pytest.mark.parametrize("line", UNSURE_LINES.values(), ids=UNSURE_LINES)
def test_an_unsure_line_is_offered_and_never_settled(line: Payment) -> None:
    assert offered(line, ERIKA) == ("erika",)


def test_a_number_of_somebody_else_is_never_matched_by_name() -> None:
    assert offered(replace(PAID, text="Invoice M3-0001-4"), ERIKA) == ("erika",)


def test_two_customers_of_one_name_are_left_to_a_person() -> None:
    twin = replace(ERIKA, id="twin", references=("K7-0999-X",), phone="+49 89 1234567")
    line = replace(PAID, text="thank you")
    assert set(offered(line, ERIKA, twin)) == {"erika", "twin"}
    assert made(PAID, ERIKA, twin) == ("erika",)


def test_another_currency_is_another_payment() -> None:
    found = match([replace(PAID, currency="GBP")], [ERIKA])
    assert found == Matching((), {}, ("line",))


def test_money_out_is_never_matched() -> None:
    assert match([replace(PAID, amount=-4900)], [ERIKA]) == Matching((), {}, ())


def test_one_claim_paid_twice_is_settled_by_neither_line() -> None:
    again = replace(PAID, id="again")
    found = match([PAID, again], [ERIKA])
    assert found.automatic == ()
    assert set(found.suggested) == {"line", "again"}


def test_a_payment_in_parts_settles_its_claim_to_the_cent() -> None:
    parts = [replace(PAID, id="one", amount=2000), replace(PAID, id="two", amount=2900)]
    (one,) = match(parts, [ERIKA]).automatic
    assert [(part.payment, part.amount) for part in one.portions] == [("one", 2000), ("two", 2900)]
    short = [parts[0], replace(parts[1], amount=2899)]
    assert match(short, [ERIKA]).automatic == ()


def test_one_payment_for_several_claims_is_parted_among_them() -> None:
    other = replace(ERIKA, id="other", amount=1000, references=("K7-0423-A",))
    line = replace(PAID, amount=5900, text="K7-0422-0 und K7-0423-A")
    (one,) = match([line], [ERIKA, other]).automatic
    assert [(part.claim, part.amount) for part in one.portions] == [
        ("erika", 4900),
        ("other", 1000),
    ]
    assert match([replace(line, amount=5901)], [ERIKA, other]).automatic == ()


def test_a_claim_paid_within_a_sum_is_not_paid_again_by_itself() -> None:
    other = replace(ERIKA, id="other", amount=1000, references=("K7-0423-A",))
    sum_line = replace(PAID, id="sum", amount=5900, text="K7-0422-0 und K7-0423-A")
    found = match([sum_line, PAID], [ERIKA, other])
    claims = [claim for one in found.automatic for claim in one.claims]
    assert sorted(claims) == ["erika", "other"]


def test_a_claim_that_is_part_of_two_sums_is_left_to_a_person() -> None:
    other = replace(ERIKA, id="other", amount=1000, references=("K7-0423-A",))
    lines = [
        replace(PAID, id="sum", amount=5900, text="K7-0422-0 und K7-0423-A"),
        replace(PAID, id="one", amount=2000),
        replace(PAID, id="two", amount=2900),
    ]
    assert match(lines, [ERIKA, other]).automatic == ()


def test_a_name_many_share_settles_nothing_at_a_common_price() -> None:
    twin = replace(ERIKA, id="twin", amount=2900, references=(), phone="+49 89 1234567")
    crowd = [
        replace(ERIKA, id=f"c{number}", references=(), name=f"Person{number} Name", phone="")
        for number in range(8)
    ]
    line = replace(PAID, text="thank you")
    assert made(line, ERIKA, *crowd) == ("erika",)
    assert made(line, ERIKA, twin, *crowd) == ()


def test_a_name_settles_nothing_where_the_line_has_a_number_of_its_own() -> None:
    assert offered(replace(PAID, text="invoice 4711"), ERIKA) == ("erika",)


def test_a_short_reference_within_a_longer_number_is_none() -> None:
    claim = replace(ERIKA, references=("12345",))
    assert offered(replace(PAID, text="9912345678"), claim) == ("erika",)
    assert made(replace(PAID, text="12345"), claim) == ("erika",)


def test_a_score_is_the_sum_of_the_reasons_it_names() -> None:
    (one,) = match([PAID], [ERIKA]).automatic
    assert set(one.reasons) == {Reason.REFERENCE, Reason.AMOUNT, Reason.NAME, Reason.DAY}
    assert one.score == sum(POINTS[reason] for reason in one.reasons)


def test_whatever_speaks_against_it_keeps_a_person_in_charge() -> None:
    for reasons in SURE:
        assert is_sure(reasons, by_name=True)
        assert score(reasons) == sum(POINTS[one] for one in named(reasons))
        for against in (Reason.DAY_FAR, Reason.AMOUNT_SWAPPED, Reason.REFERENCE_OTHER):
            spoiled = reasons | (1 << list(POINTS).index(against))
            assert not is_sure(spoiled, by_name=True)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("k704220", "k702420", True),
        ("k704220", "k70422", True),
        ("k704220", "k7042200", True),
        ("k704220", "k704221", True),
        ("k704220", "k704220", True),
        ("k704220", "k724020", False),
        ("k704220", "704200", False),
        ("", "a", True),
        ("ab", "ba", True),
        ("abc", "cba", False),
    ],
)
def test_one_slip_of_the_pen_and_not_two(one: str, other: str, near: bool) -> None:
    assert within_one_edit(one, other) is near
    assert within_one_edit(other, one) is near


def test_names_in_any_order_and_with_a_slip() -> None:
    name = name_words("Frau Erika Muster")
    assert names_agree(name, {"muster", "erika"}) is Agreement.SAME
    assert names_agree(name, {"mutser", "e"}) is Agreement.NEAR
    assert names_agree(name, {"paul", "other"}) is Agreement.OTHER
    assert names_agree(name, set()) is Agreement.UNKNOWN


def test_a_fee_is_small_and_never_added() -> None:
    assert amounts_agree(4900, 4750) is Agreement.NEAR
    assert amounts_agree(4900, 5050) is Agreement.OTHER
    assert amounts_agree(100_000, 97_000) is Agreement.OTHER


def figures(known: Truth) -> tuple[int, int, float]:
    """Right and wrong automatic matches, and the part of the true ones that were made."""
    found = match(known.payments, known.claims)
    portions = [portion for one in found.automatic for portion in one.portions]
    right = sum(one.claim in known.belongs.get(one.payment, ()) for one in portions)
    made_lines = {one.payment for one in portions if one.payment in known.belongs}
    return right, len(portions) - right, len(made_lines) / len(known.belongs)


def test_automatic_matches_are_right_and_many_on_lines_with_real_mess() -> None:
    right, wrong, recall = figures(truth(11, claims=12_000, payments=5_000))
    assert right >= 3_000
    assert right / (right + wrong) >= 0.999
    assert recall >= 0.9
