"""What hides or turns text is neither shown nor compared; what people write is."""

from __future__ import annotations

import json
import unicodedata

import pytest

from app.domain.visible import FSI, PDI, escaped, isolated, silent_left_out, visible
from app.domain.words import tokens, words_key

HOSTILE = {
    "override": ("Ms \u202enosrep\u202c Petrov", "Ms nosrep Petrov"),
    "embedding": ("\u202aabc\u202b def", "abc def"),
    "isolates of one direction": ("a\u2066b\u2067c\u2069", "abc"),
    "an isolate nobody ends": ("a\u2068b", "ab"),
    "an end of what nobody opened": ("a\u2069b", "ab"),
    "marks": ("\u200fa\u200eb\u061c", "ab"),
    "no width": ("Pet\u200brov\ufeff\u2060\u00ad", "Petrov"),
    "joiners of nothing": ("Pet\u200drov\u200c", "Petrov"),
    "letters that show nothing": ("\u3164\u115f\uffa0", ""),
    "terminal": ("\x1b[31mred\x9b1m\x07\x7f", "[31mred1m"),
    "tags": ("a\U000e0061\U000e007f", "a"),
    "breaks nobody types": ("a\x0bb\x85c", "a b c"),
}
HARMLESS = (
    "", "Ms Petrov", "Zoë Ünïcødé", "line\nline\ttab", "مرحبا بالعالم", "שלום עולם",
    "المقاس KG-39 (24)", "می\u200cخواهم", "क्\u200dष", "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "\u2764\ufe0f\u200d\U0001f525", "1\ufe0f\u20e3", "葛\U000e0100城",
)  # fmt: skip


@pytest.mark.parametrize(("said", "shown"), HOSTILE.values(), ids=HOSTILE)
def test_what_hides_or_turns_is_left_out(said: str, shown: str) -> None:
    assert visible(said) == shown
    assert visible(shown) == shown


@pytest.mark.parametrize("said", HARMLESS)
def test_what_people_write_stays_as_it_is(said: str) -> None:
    assert visible(said) == said


def test_no_control_of_unicode_is_shown() -> None:
    """Of all control and format characters only breaks, and whole isolates, come through."""
    for code in range(0x110000):
        one = chr(code)
        if unicodedata.category(one) in ("Cc", "Cf") and one not in "\t\n\r":
            assert (
                visible(f"a{one}b") in ("ab", "a b")
                or unicodedata.combining(one)
                or (
                    0x0600 <= code <= 0x08E2
                    or 0x110BD <= code <= 0x110CD
                    or 0x13430 <= code <= 0x1343F
                )
            ), hex(code)  # fmt: skip - signs of Arabic, Kaithi and Egyptian numbers, which are seen


def test_letters_from_the_right_are_held_together_and_others_left_alone() -> None:
    assert isolated("Ms Petrov") == "Ms Petrov"
    assert isolated("שלום") == f"{FSI}שלום{PDI}"
    assert isolated(isolated("שלום")) == isolated("שלום")
    two = f"{isolated('שלום')}, {isolated('עולם')}"
    assert visible(two) == two
    assert isolated(two) == f"{FSI}{two}{PDI}"
    assert isolated("\u202eשלום\u2069\u2068") == f"{FSI}שלום{PDI}"


@pytest.mark.parametrize("said", [said for said, _shown in HOSTILE.values()])
def test_comparing_hears_no_difference_that_nobody_sees(said: str) -> None:
    shown = visible(said)
    assert tokens(said) == tokens(shown)
    assert words_key(said) == words_key(shown)


def test_comparing_leaves_out_joiners_and_forms_too() -> None:
    assert silent_left_out("می\u200cخواهم") == "میخواهم"
    assert silent_left_out("\u2764\ufe0f") == "\u2764"


@pytest.mark.parametrize("said", [*(said for said, _shown in HOSTILE.values()), *HARMLESS])
def test_a_terminal_gets_escapes_that_read_as_what_was_said(said: str) -> None:
    document = json.dumps({"name": said}, ensure_ascii=False, indent=2)
    shown = escaped(document)
    assert json.loads(shown) == {"name": said}
    assert visible(shown) == shown
    assert FSI not in shown
    assert "\u2028" not in escaped('"\u2028\u2029\x85"')
