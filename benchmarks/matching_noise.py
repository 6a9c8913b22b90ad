"""What callers make of a model's name: kinds of noise to fit on, and some to hold back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from random import Random

from app.domain.matching.reading import squashed, words_of
from benchmarks.matching_data import Entry, Query, Row


@dataclass(frozen=True, slots=True)
class Read:
    """The words that somebody reads out."""

    maker: tuple[str, ...]
    rest: tuple[str, ...]

    @property
    def words(self) -> list[str]:
        return [*self.maker, *self.rest]


Kind = Callable[[Read, Random], str]

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
_OTHER_NUMBERS = (
    "serial 8841733", "bought 2019", "for 399 euro", "error e24", "since 3 days", "55 inch",
    "2 years old", "room 412", "fehler 07", "seit 14 uhr", "extension 118", "1 of 2", "version 2",
    "230 v", "customer 60412", "about 5 kg",
)  # fmt: skip
_MISREAD = (("rn", "m"), ("m", "rn"), ("cl", "d"), ("d", "cl"), ("vv", "w"), ("w", "vv"),
            ("li", "h"), ("h", "li"), ("nn", "m"), ("u", "v"), ("e", "c"), ("7", "1"),
            ("4", "9"), ("3", "8"))  # fmt: skip
_RESPELLED = (("ph", "f"), ("ck", "k"), ("qu", "kw"), ("x", "ks"), ("th", "t"), ("c", "k"),
              ("y", "i"), ("ee", "ea"), ("oo", "u"))  # fmt: skip
_TAKEN_FOR = (
    "samsung", "lg", "bosch", "sony", "philips", "panasonic", "hp", "dell", "acer", "amazon",
    "mediamarkt", "walmart", "best buy", "sears", "toshiba", "miele", "ikea", "siemens",
)  # fmt: skip
_SMALL = 100
"""Models: categories of fewer are drawn from together."""
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


def _texts(entry: Entry) -> list[Read]:
    """What of an entry may be read out: the number, the name, or all of it; with the maker."""
    _id, maker, name, number = (re.sub(r"[*#]+", " ", part).casefold() for part in entry)
    own = tuple(maker.split())
    whole = tuple(plain(entry)[len(own) :])
    parts = [tuple(number.split()), tuple(name.split()), whole]
    return [Read(own, rest) for rest in parts if rest]


def read_out(entry: Entry, chance: Random) -> Read:
    """What somebody reads out: maker with the number, or with the name, or all of it."""
    number = entry[3]
    texts = _texts(entry) or [Read(tuple(entry[1].casefold().split()), ())]
    if number and any(map(str.isdigit, number)) and chance.random() < 0.5:
        return texts[0]
    return texts[-2 if number and len(texts) > 1 and chance.random() < 0.7 else -1]


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
    def make(read: Read, chance: Random) -> str:
        text = " ".join(read.words)
        for _ in range(count):
            text = _slip(text, chance)
        return text

    return make


def _said(alphabet: str) -> Kind:
    def make(read: Read, chance: Random) -> str:
        words = read.words
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


def _filled(read: Read, chance: Random) -> str:
    words = [*read.words, *chance.sample(_FILLERS, chance.randint(1, 3))]
    if chance.random() < 0.6:
        chance.shuffle(words)
    return " ".join(words)


def _confused(read: Read, chance: Random) -> str:
    """Letters for digits and the other way round, where a word has digits."""

    def taken(letter: str) -> str:
        return _CONFUSED.get(letter, letter) if chance.random() < 0.3 else letter

    words = read.words
    return " ".join("".join(map(taken, word)) if _has_digit(word) else word for word in words)


def _cut(read: Read, chance: Random) -> str:
    words = read.words
    if chance.random() < 0.3 and len(words) > 1:
        words = words[1:]
    last = words[-1]
    return " ".join([*words[:-1], last[: max(2, len(last) - chance.randint(1, 3))]])


def _segmented(read: Read, chance: Random) -> str:
    words = read.words
    if chance.random() < 0.5:
        return " ".join(" ".join(re.findall(r"[^\W\d]+|\d+", word)) or word for word in words)
    at = chance.randrange(max(1, len(words) - 1))
    return " ".join([*words[:at], "".join(words[at : at + 2]), *words[at + 2 :]])


def _no_maker(read: Read, chance: Random) -> str:
    rest = read.rest or read.maker
    return _slip(" ".join(rest), chance) if chance.random() < 0.7 else " ".join(rest)


def _maker_slip(read: Read, chance: Random) -> str:
    words = read.words
    made = _slip(words[0], chance)
    rest = " ".join(words[1:])
    return f"{made} {_slip(rest, chance) if chance.random() < 0.6 else rest}"


def _plain(read: Read, _chance: Random) -> str:
    return " ".join(read.words)


def _heard(read: Read, chance: Random) -> str:
    """Consonants that sound alike on the phone."""
    text = " ".join(read.words)
    places = [at for at, letter in enumerate(text) if letter in _HEARD]
    for at in chance.sample(places, min(len(places), chance.randint(1, 2))):
        text = text[:at] + _HEARD[text[at]] + text[at + 1 :]
    return text


def _fewer_vowels(read: Read, _chance: Random) -> str:
    words = read.words
    return " ".join(
        word if _has_digit(word) or len(word) < 4 else word[0] + re.sub("[aeiou]", "", word[1:])
        for word in words
    )


def _word_left_out(read: Read, chance: Random) -> str:
    """Any but the last that is left beside the maker."""
    words = read.words
    if len(read.rest) > 1:
        del words[chance.randrange(len(words))]
        return " ".join(words)
    return " ".join(read.rest or words)


def _turned(read: Read, chance: Random) -> str:
    words = read.words
    chance.shuffle(words)
    return _slip(" ".join(words), chance)


def _misread(read: Read, chance: Random) -> str:
    """Letters taken for others that look like them, as on a worn plate."""
    text = " ".join(read.words)
    for one, other in chance.sample(_MISREAD, 5):
        text = text.replace(one, other, 1)
    return text


def _wrong_digit(read: Read, chance: Random) -> str:
    """Any digit for another, one left out, or two in each other's place."""
    text = " ".join(read.words)
    places = [at for at, letter in enumerate(text) if letter.isdigit()]
    if not places:
        return _slip(text, chance)
    at, kind = chance.choice(places), chance.randrange(3)
    if kind == 0:
        return text[:at] + text[at + 1 :]
    if kind == 1 and text[at + 1 : at + 2].isalnum():
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + str(chance.randrange(10)) + text[at + 1 :]


def _spelled_apart(read: Read, chance: Random) -> str:
    """Words with digits letter by letter."""
    apart = chance.choice((" ", "-", ". "))
    return " ".join(apart.join(word) if _has_digit(word) else word for word in read.words)


def _begun_late(read: Read, chance: Random) -> str:
    """The number without its first letters."""
    rest = list(read.rest or read.maker)
    at = next((at for at, word in enumerate(rest) if _has_digit(word)), len(rest) - 1)
    rest[at] = rest[at][min(chance.randint(1, 3), max(0, len(rest[at]) - 3)) :]
    return " ".join([*read.maker, *rest] if chance.random() < 0.7 else rest)


def _abbreviated(read: Read, chance: Random) -> str:
    return " ".join(
        word if _has_digit(word) or len(word) < 5 else word[: chance.randint(3, 4)]
        for word in read.words
    )


def _amid_numbers(read: Read, chance: Random) -> str:
    """Beside other numbers that callers name."""
    others = chance.sample(_OTHER_NUMBERS, chance.randint(1, 2))
    words = " ".join(read.words)
    return " ".join([words, *others] if chance.random() < 0.6 else [*others, words])


def _respelled(read: Read, _chance: Random) -> str:
    """As it sounds."""
    words = read.words
    for at, word in enumerate(words):
        if not _has_digit(word):
            written = reduce(lambda made, pair: made.replace(*pair), _RESPELLED, word)
            words[at] = re.sub(r"([a-z])\1", r"\1", written)
    return " ".join(words)


def _other_maker(read: Read, chance: Random) -> str:
    """Under the name of a shop, or of a maker it is taken for."""
    return " ".join([chance.choice(_TAKEN_FOR), *(read.rest or read.maker)])


def _said_twice(read: Read, chance: Random) -> str:
    """The number once more, with other blanks."""
    rest = list(read.rest or read.maker)
    again = " ".join(re.findall(r"[^\W\d]+|\d+", rest[-1])) or rest[-1]
    return " ".join([*read.words, chance.choice(("yes", "that is", "also", "ja")), again])


FITTED: Mapping[str, Kind] = {
    "plain": _plain, "one slip": _slips(1), "two slips": _slips(2), "no maker": _no_maker,
    "said": _said("en"), "said by ICAO": _said("icao"), "filled": _filled, "confused": _confused,
    "cut": _cut, "segmented": _segmented, "maker slip": _maker_slip,
    "turned": _turned, "misread": _misread, "wrong digit": _wrong_digit,
    "spelled apart": _spelled_apart, "begun late": _begun_late, "abbreviated": _abbreviated,
    "amid numbers": _amid_numbers,
}  # fmt: skip
"""Kinds to fit on."""
HELD_BACK: Mapping[str, Kind] = {
    "said by DIN 5009": _said("din"),
    "heard": _heard,
    "fewer vowels": _fewer_vowels,
    "word left out": _word_left_out,
    "respelled": _respelled,
    "other maker": _other_maker,
    "said twice": _said_twice,
}
"""Kinds that nothing is fitted on; a fifth of the makers is held back as well."""


def is_held_back(maker: str) -> bool:
    """A fifth of the makers, whole."""
    return sum(map(ord, maker.casefold())) % 5 == 0


def asked_of(
    rows: Sequence[Row], kinds: Mapping[str, Kind], count: int, chance: Random
) -> list[Query]:
    """Queries over rows drawn evenly over the categories, kinds in turn. Right is each model of
    which the same may be read out; of every third query these are to be taken as not in the list.
    """
    same: dict[str, set[str]] = {}
    for row in rows:
        for read in _texts(row.entry):
            same.setdefault(_key(read), set()).add(row.id)
    names = list(kinds)
    made: list[Query] = []
    for number, row in enumerate(drawn(rows, count, chance)):
        name, read = names[number % len(names)], read_out(row.entry, chance)
        text, ids = kinds[name](read, chance), frozenset(same.get(_key(read), {row.id}))
        made.append(asked(text, ids, name, known=number // len(names) % 3 > 0))
    return made


def asked(text: str, ids: frozenset[str], kind: str, *, known: bool) -> Query:
    """A query whose models are in the list, or are to be taken as if they were not."""
    return Query(text, ids, True, kind) if known else Query(text, frozenset(), False, kind, ids)


def drawn(rows: Sequence[Row], count: int, chance: Random) -> list[Row]:
    """Evenly over the categories; small ones count as one."""
    pools: dict[str, list[Row]] = {}
    for row in rows:
        pools.setdefault(row.category, []).append(row)
    large = [pools[name] for name in sorted(pools) if len(pools[name]) >= _SMALL]
    small = [row for name in sorted(pools) if len(pools[name]) < _SMALL for row in pools[name]]
    drawn_from = [*large, small] if small else large
    return [chance.choice(chance.choice(drawn_from)) for _ in range(count)]


def _key(read: Read) -> str:
    return squashed(words_of(" ".join(read.words)))


def _has_digit(word: str) -> bool:
    return any(letter.isdigit() for letter in word)
