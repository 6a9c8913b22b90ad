"""References can be said, heard and mistyped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.errors import Invalid
from app.domain.reference import DIGITS, check_character, compose, next_counter, parse, spoken

codes = st.text(alphabet=DIGITS, min_size=2, max_size=4)
counters = st.integers(min_value=0, max_value=10_000_000)


def test_the_reference_of_the_design_page_holds() -> None:
    assert parse("K7-0422-0").text == "K7-0422-0"


@given(codes, counters)
def test_what_is_composed_is_read_back(code: str, last: int) -> None:
    counter = next_counter(code, last)
    assert parse(compose(code, counter)) == parse(compose(code, counter).lower())
    assert parse(compose(code, counter)).counter == counter


@given(codes, counters)
def test_a_given_counter_has_a_check_that_can_be_said(code: str, last: int) -> None:
    counter = next_counter(code, last)
    assert counter > last
    assert check_character(code, counter) in DIGITS
    assert all(word for character, word in spoken(compose(code, counter)) if character != "-")


@given(codes, counters, st.data())
def test_one_wrong_character_is_recognised(code: str, last: int, data: st.DataObject) -> None:
    text = compose(code, next_counter(code, last))
    places = [at for at, character in enumerate(text) if character != "-"]
    at = data.draw(st.sampled_from(places))
    wrong = data.draw(st.sampled_from([digit for digit in DIGITS if digit != text[at]]))
    with pytest.raises(Invalid):
        parse(text[:at] + wrong + text[at + 1 :])


@given(codes, counters, st.data())
def test_two_swapped_neighbours_are_recognised(code: str, last: int, data: st.DataObject) -> None:
    text = compose(code, next_counter(code, last))
    pairs = [
        at
        for at in range(len(text) - 1)
        if "-" not in text[at : at + 2] and text[at] != text[at + 1]
    ]
    if not pairs:
        return
    at = data.draw(st.sampled_from(pairs))
    with pytest.raises(Invalid):
        parse(text[:at] + text[at + 1] + text[at] + text[at + 2 :])


def test_letters_that_look_like_digits_are_read_as_them() -> None:
    assert parse("k7 o422 o").text == "K7-0422-0"


@pytest.mark.parametrize(
    "text", ["", "K7", "K7-0422", "K7-04!2-0", "-", "ABCDE-0001-1", "\u202eK7"]
)
def test_other_words_are_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(Invalid) as caught:
        parse(text)
    assert caught.value.sentence().endswith(".")
