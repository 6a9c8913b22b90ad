"""What callers say, and the entries it means."""

from __future__ import annotations

import pytest

from app.domain.matching.index import CatalogIndex
from app.domain.matching.reading import readings
from app.domain.matching.resolution import Outcome, resolve
from app.services.resolving import coefficients, spoken_words

ENTRIES = [
    ("a", "Velna", "Dry 640", "VD640X"),
    ("b", "Velna", "Dry 650", "VD650X"),
    ("c", "Solway", "Vista SW55V4", "SW55V4920NL"),
    ("d", "Solway", "Vista SW55P2", "SW55P2570XT"),
    ("e", "Halden", "Nordic MT500", ""),
    ("f", "Corvane", "One CVO298", "CVO-298/W"),
]
INDEX = CatalogIndex(ENTRIES)


def first(text: str) -> str:
    found = resolve(text, INDEX, spoken_words(), coefficients())
    return found.candidates[0].id if found.candidates else ""


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("velna vd640x", "a"),
        ("Velna dryer VD-650 X", "b"),
        ("vlena dry 640", "a"),
        ("solway sw55 v4920", "c"),
        ("halden em tee five hundred", "e"),
        ("Halden Martha Theodor fünf hundert", "e"),
        ("halden mike tango five hundred", "e"),
        ("corvane cvo298w", "f"),
        ("nordic mt 500 broken", "e"),
    ],
)
def test_the_right_entry_comes_first(said: str, meant: str) -> None:
    assert first(said) == meant


def test_spoken_letters_and_numbers_are_written_out() -> None:
    assert readings("em tee five hundred", spoken_words())[1].words == ("mt500",)
    assert readings("double you a sixty four", spoken_words())[1].words == ("wa64",)
    assert readings("einundzwanzig xanthippe", spoken_words())[1].words == ("21x",)


def test_more_certain_of_what_is_said_whole_than_of_a_stranger() -> None:
    known = resolve("velna dry 640 vd640x", INDEX, spoken_words(), coefficients())
    strange = resolve("kenmore 990 washer", INDEX, spoken_words(), coefficients())
    assert known.confidence > strange.confidence
    assert strange.outcome is not Outcome.LINKED


@pytest.mark.parametrize(
    "text",
    ["", " ", "x", "7", "😀😀", "مكنسة كهربائية", "' OR 1=1 --", '"*" NEAR(', "356938035643809",
     "my washing machine does not work any more since yesterday evening", "a" * 1_000_000,
     "0 " * 500_000, "\x00\ud800"],
)  # fmt: skip
def test_anything_gets_an_answer(text: str) -> None:
    found = resolve(text, INDEX, spoken_words(), coefficients())
    assert len(found.candidates) <= 10
    assert 0.0 <= found.confidence <= 1.0
