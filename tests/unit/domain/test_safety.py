"""Danger words are heard in both languages; harmless ones are not."""

from __future__ import annotations

import pytest

import resources
from app.domain.safety import find_danger, patterns_from
from app.domain.tickets import Safety

PATTERNS = patterns_from(resources.data("safety_words.json"))


@pytest.mark.parametrize(
    ("text", "safety"),
    [
        ("It smells of gas in the kitchen", Safety.GAS),
        ("Es riecht nach GAS!", Safety.GAS),
        ("smoke came out of the back", Safety.SMOKE),
        ("Aus dem Gerät kommt Rauch", Safety.SMOKE),
        ("the plug is melted", Safety.SMOKE),
        ("Stecker verschmort", Safety.SMOKE),
        ("I got an electric shock", Safety.SHOCK),
        ("Stromschlag bekommen", Safety.SHOCK),
        ("the kitchen is flooded", Safety.WATER),
        ("Wasser läuft aus der Maschine", Safety.WATER),
        ("akku aufgebläht", Safety.SMOKE),
    ],
)
def test_danger_is_heard(text: str, safety: Safety) -> None:
    found = find_danger([text], PATTERNS)
    assert found is not None
    assert found.safety is safety


@pytest.mark.parametrize(
    "text",
    [
        "No picture, sound works",
        "Fire TV stick does not start",
        "smoke detector beeps every minute",
        "Leaves water in the drum",
        "Kein Bild, Ton geht",
        "gas hob will not light",
        "",
        "\u202e\U0001f525",
    ],
)
def test_harmless_words_raise_no_alarm(text: str) -> None:
    assert find_danger([text], PATTERNS) is None


def test_the_gravest_danger_is_named() -> None:
    found = find_danger(["water everywhere", "and it smells of gas"], PATTERNS)
    assert found is not None
    assert found.safety is Safety.GAS


def test_any_field_counts() -> None:
    assert find_danger(["", "", "it is on fire"], PATTERNS) is not None


def test_harmless_words_do_not_hide_danger_elsewhere() -> None:
    found = find_danger(["smoke detector beeps, and smoke comes out of the tv"], PATTERNS)
    assert found is not None
