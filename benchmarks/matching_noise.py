"""What callers make of a model's name: kinds of noise to fit on, and some to hold back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from random import Random

from app.domain.matching.reading import words_of
from benchmarks.matching_data import Entry, Query, Row

Kind = Callable[[Entry, Random], str]

_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_NAMES = {
    "en": (
        "ay bee cee dee ee eff gee aitch eye jay kay ell em en oh pee cue ar ess tee you vee "
        "double_you ex why zed"
    ),
    "icao": (
        "alfa bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november "
        "oscar papa quebec romeo sierra tango uniform victor whiskey xray yankee zulu"
    ),
    "din": (
        "anton berta caesar dora emil friedrich gustav heinrich ida julius kaufmann ludwig martha "
        "nordpol otto paula quelle richard samuel theodor ulrich viktor wilhelm xanthippe "
        "ypsilon zacharias"
    ),
}
_SPOKEN_LETTERS = {
    alphabet: dict(zip(_LETTERS, names.split(), strict=True)) for alphabet, names in _NAMES.items()
}
_ENGLISH = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_DIGITS = {
    "en": _ENGLISH,
    "icao": _ENGLISH,
    "din": ("null", "eins", "zwei", "drei", "vier", "fuenf", "sechs", "sieben", "acht", "neun"),
}
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen",
    "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_FILLERS = (
    "hello", "i have a", "my", "it is a", "its the", "broken", "does not start", "since monday",
    "from 2018", "model", "no picture", "makes a noise", "it says", "ich habe einen", "kaputt",
    "geht nicht mehr", "das ist ein", "bought last year", "not cooling", "leaks", "the old",
    "typ", "modell", "seit gestern", "please", "and it", "42 inch", "white", "schwarz",
)  # fmt: skip
_HEARD = {"b": "p", "p": "b", "d": "t", "t": "d", "m": "n", "n": "m", "f": "s", "s": "f", "v": "w"}
_CONFUSED = {"o": "0", "0": "o", "i": "1", "1": "i", "s": "5", "5": "s", "b": "8", "8": "b",
             "z": "2", "2": "z", "l": "1", "g": "6", "6": "g"}  # fmt: skip


def plain(entry: Entry) -> list[str]:
    """The words as they stand: maker, name, and the number where the name has it not."""
    _id, maker, name, number = entry
    text = f"{maker} {name}"
    if number and number.casefold() not in text.casefold():
        text += f" {number}"
    return re.sub(r"[*#]+", " ", text).casefold().split()


def short(entry: Entry, chance: Random) -> list[str]:
    """What somebody reads out: maker with the number, or with the name, or all of it."""
    _id, maker, name, number = entry
    number = re.sub(r"[*#]+", " ", number)
    if number and any(letter.isdigit() for letter in number) and chance.random() < 0.5:
        return f"{maker} {number}".casefold().split()
    if number and chance.random() < 0.7:
        return re.sub(r"[*#]+", " ", f"{maker} {name}").casefold().split()
    return plain(entry)


def _slip(text: str, chance: Random) -> str:
    """One slip of a finger."""
    if len(text) < 2:
        return text
    at = chance.randrange(len(text))
    kind = chance.randrange(4)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1:
        return text[:at] + text[at] + text[at:]
    if kind == 2 and at + 1 < len(text):
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + _beside(text[at], chance) + text[at + 1 :]


def _beside(letter: str, chance: Random) -> str:
    for row in _ROWS:
        at = row.find(letter)
        if at >= 0:
            return chance.choice([one for one in row[max(0, at - 1) : at + 2] if one != letter])
    return letter


def _slips(count: int) -> Kind:
    def make(entry: Entry, chance: Random) -> str:
        text = " ".join(short(entry, chance))
        for _ in range(count):
            text = _slip(text, chance)
        return text

    return make


def _said(alphabet: str) -> Kind:
    def make(entry: Entry, chance: Random) -> str:
        words = short(entry, chance)
        return " ".join(
            _spell(word, alphabet, chance) if _has_digit(word) else word for word in words
        )

    return make


def _spell(word: str, alphabet: str, chance: Random) -> str:
    letters, digits = _SPOKEN_LETTERS[alphabet], _DIGITS[alphabet]
    said: list[str] = []
    for part in re.findall(r"[a-z]|[0-9]+", word):
        if not part.isdigit():
            said.append(letters[part].replace("_", " ") if chance.random() < 0.9 else part)
        elif len(part) == 2 and alphabet == "en" and part[0] != "0" and chance.random() < 0.5:
            said.append(_below_hundred(int(part)))
        elif chance.random() < 0.15:
            said.append(part)
        else:
            said += ["oh" if one == "0" and alphabet == "en" and chance.random() < 0.4
                     else digits[int(one)] for one in part]  # fmt: skip
    return " ".join(said)


def _below_hundred(number: int) -> str:
    if number < 20:
        return _TEENS[number - 10]
    return _TENS[number // 10] + (f" {_DIGITS['en'][number % 10]}" if number % 10 else "")


def _filled(entry: Entry, chance: Random) -> str:
    words = [*short(entry, chance), *chance.sample(_FILLERS, chance.randint(1, 3))]
    if chance.random() < 0.6:
        chance.shuffle(words)
    return " ".join(words)


def _confused(entry: Entry, chance: Random) -> str:
    """Letters for digits and the other way round, where a word has digits."""

    def read(letter: str) -> str:
        return _CONFUSED.get(letter, letter) if chance.random() < 0.3 else letter

    words = short(entry, chance)
    return " ".join("".join(map(read, word)) if _has_digit(word) else word for word in words)


def _cut(entry: Entry, chance: Random) -> str:
    words = short(entry, chance)
    if chance.random() < 0.3 and len(words) > 1:
        words = words[1:]
    last = words[-1]
    return " ".join([*words[:-1], last[: max(2, len(last) - chance.randint(1, 3))]])


def _segmented(entry: Entry, chance: Random) -> str:
    words = short(entry, chance)
    if chance.random() < 0.5:
        return " ".join(" ".join(re.findall(r"[^\W\d]+|\d+", word)) or word for word in words)
    at = chance.randrange(max(1, len(words) - 1))
    return " ".join([*words[:at], "".join(words[at : at + 2]), *words[at + 2 :]])


def _no_maker(entry: Entry, chance: Random) -> str:
    words = short(entry, chance)
    rest = words[len(entry[1].split()) :] or words
    return _slip(" ".join(rest), chance) if chance.random() < 0.7 else " ".join(rest)


def _maker_slip(entry: Entry, chance: Random) -> str:
    words = short(entry, chance)
    made = _slip(words[0], chance)
    rest = " ".join(words[1:])
    return f"{made} {_slip(rest, chance) if chance.random() < 0.6 else rest}"


def _plain(entry: Entry, chance: Random) -> str:
    return " ".join(short(entry, chance))


def _heard(entry: Entry, chance: Random) -> str:
    """Consonants that sound alike on the phone."""
    text = " ".join(short(entry, chance))
    places = [at for at, letter in enumerate(text) if letter in _HEARD]
    for at in chance.sample(places, min(len(places), chance.randint(1, 2))):
        text = text[:at] + _HEARD[text[at]] + text[at + 1 :]
    return text


def _fewer_vowels(entry: Entry, chance: Random) -> str:
    words = short(entry, chance)
    return " ".join(
        word if _has_digit(word) or len(word) < 4 else word[0] + re.sub("[aeiou]", "", word[1:])
        for word in words
    )


def _word_left_out(entry: Entry, chance: Random) -> str:
    words = plain(entry)
    if len(words) > 1:
        del words[chance.randrange(len(words))]
    return " ".join(words)


def _turned(entry: Entry, chance: Random) -> str:
    words = plain(entry)
    chance.shuffle(words)
    return _slip(" ".join(words), chance)


FITTED: Mapping[str, Kind] = {
    "plain": _plain, "one slip": _slips(1), "two slips": _slips(2), "no maker": _no_maker,
    "said": _said("en"), "said by ICAO": _said("icao"), "filled": _filled, "confused": _confused,
    "cut": _cut, "segmented": _segmented, "maker slip": _maker_slip,
    "turned": _turned,
}  # fmt: skip
"""Kinds to fit on."""
HELD_BACK: Mapping[str, Kind] = {
    "said by DIN 5009": _said("din"),
    "heard": _heard,
    "fewer vowels": _fewer_vowels,
    "word left out": _word_left_out,
}
"""Kinds that nothing is fitted on; a fifth of the makers is held back as well."""


def is_held_back(maker: str) -> bool:
    """A fifth of the makers, whole."""
    return sum(map(ord, maker.casefold())) % 5 == 0


def asked_of(
    rows: Sequence[Row], kinds: Mapping[str, Kind], count: int, chance: Random
) -> list[Query]:
    """Queries over rows drawn evenly over the categories, kinds in turn; of every third the model
    (with all that read the same) is to be taken as not in the list.
    """
    pools: dict[str, list[Row]] = {}
    same: dict[tuple[str, ...], set[str]] = {}
    for row in rows:
        pools.setdefault(row.category, []).append(row)
        same.setdefault(_reads(row), set()).add(row.id)
    drawn_from, names = [pools[name] for name in sorted(pools)], list(kinds)
    made: list[Query] = []
    for number in range(count):
        row, name = chance.choice(chance.choice(drawn_from)), names[number % len(names)]
        text, ids = kinds[name](row.entry, chance), frozenset(same[_reads(row)])
        known = number // len(names) % 3 > 0
        made.append(Query(text, ids, True, name) if known
                    else Query(text, frozenset(), False, name, hidden=ids))  # fmt: skip
    return made


def _reads(row: Row) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words_of(f"{row.maker} {row.name} {row.number}")))


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)
