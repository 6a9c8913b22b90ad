"""One product as two shops list it: half of the description shared, numbers written otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from benchmarks.matching_data import Entry, Query, Row
from benchmarks.matching_noise import asked, drawn, plain

_DESCRIBED = (
    "black", "white", "silver", "stainless steel", "red", "blue", "hd", "full hd", "1080p", "720p",
    "widescreen", "lcd", "led", "plasma", "flat panel", "remote control", "wireless", "bluetooth",
    "usb", "usb 2.0", "hdmi", "portable", "compact", "digital", "home theater", "speaker system",
    "2.1 channel", "5.1", "receiver", "dvd player", "blu-ray disc player", "camcorder", "10x zoom",
    "12 megapixel", "8 mp", "32 gb", "500gb", "1 tb", "4 gb memory", "laptop", "notebook", "pc",
    "desktop computer", "printer", "all-in-one", "inkjet", "toner cartridge", "high yield", "cable",
    "6 ft", "10 feet", "adapter", "charger", "battery", "lithium ion", "case", "leather", "mount",
    "universal", "for ipod", "kit", "2-pack", "set of 2", "refurbished", "series", "professional",
    "built-in", "front load", "top load", "3.7 cu. ft.", "energy star", "12000 btu", "capacity",
    "countertop", "microwave oven", "refrigerator", "range", "cordless phone", "dect 6.0",
    "answering system", "car audio", "subwoofer", "200 watts", "headphones", "noise canceling",
    "keyboard", "mouse", "router", "switch", "8-port", "gigabit", "software", "windows", "edition",
)  # fmt: skip
_NOUNS = (
    ("lcd hdtv", "lcd tv", "flat panel hdtv", "television"), ("digital camera", "camera"),
    ("refrigerator", "fridge", "french door refrigerator"), ("washer", "washing machine"),
    ("laser printer", "printer", "mono laser printer"), ("ink cartridge", "ink tank", "inkjet"),
    ("notebook", "laptop", "notebook pc"), ("cordless phone", "phone", "dect phone"),
    ("headphones", "earphones", "headset"), ("hard drive", "external hard drive", "hdd"),
    ("monitor", "lcd monitor", "display"), ("speaker system", "speakers"),
    ("router", "wifi router"),
    ("flash drive", "usb drive"), ("microwave oven", "microwave"), ("vacuum cleaner", "vacuum"),
    ("toner cartridge", "toner", "print cartridge"), ("remote control", "remote"),
    ("dvd player", "dvd disc player"), ("memory module", "memory", "ram"), ("phone", "smartphone"),
)  # fmt: skip
_COLOURS = (
    ("black", ("b", "bk", "blk")), ("white", ("w", "wh", "wht")), ("silver", ("s", "sl", "slv")),
    ("red", ("r", "rd")), ("blue", ("l", "bl", "blu")), ("pink", ("p", "pk")),
    ("stainless steel", ("ss", "st")), ("gray", ("g", "gy")),
)  # fmt: skip
_ACCESSORIES = (
    "leather case for", "carrying case for", "replacement battery for", "charger for",
    "screen protector for", "wall mount for", "compatible with", "remanufactured for", "cable for",
)  # fmt: skip
_THIRD = (
    "belkin",
    "case logic",
    "targus",
    "kensington",
    "duracell",
    "startech",
    "fellowes",
    "lenmar",
)
_SUBJECTS = (
    "office", "photo", "studio", "language", "spanish", "antivirus", "internet", "security", "tax",
    "accounting", "small business", "music", "video", "editor", "publisher", "garden", "home",
    "design", "family", "tree", "math", "reading", "typing", "adventure", "racing", "backup",
    "server", "database", "project", "web", "creative", "suite", "learning", "world", "atlas",
)  # fmt: skip
_EDITIONS = (
    "standard", "professional", "deluxe", "premium", "upgrade", "home edition", "student edition",
    "for mac", "for windows", "academic", "5 user", "3 user", "complete", "essentials",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Product:
    """What is true of a product, whoever lists it; much of it is true of its sisters too."""

    maker: str
    name: tuple[str, ...]
    noun: tuple[str, ...]
    shared: tuple[str, ...]
    own: tuple[str, ...]
    colour: str
    colour_codes: tuple[str, ...]


def _product(entry: Entry) -> _Product:
    """The same for the same entry."""
    id_, maker, name, _number = entry
    sisters, alone = Random(f"{maker} {name[:6]}"), Random(f"product {id_}")
    words = plain(entry)[len(maker.split()) :] or plain(entry)
    own_maker, kind = maker.casefold(), alone.random()
    if kind < 0.1:
        words = [*alone.choice(_ACCESSORIES).split(), own_maker, *words]
        own_maker = alone.choice(_THIRD)
    elif kind < 0.25:
        subjects = " ".join(sisters.sample(_SUBJECTS, 2)).split()
        words = [*subjects, *alone.choice(_EDITIONS).split(), str(alone.randint(2, 12))]
    colour, codes = alone.choice(_COLOURS)
    return _Product(
        own_maker,
        tuple(words),
        sisters.choice(_NOUNS),
        tuple(sisters.sample(_DESCRIBED, 6)),
        tuple(alone.sample(_DESCRIBED, 3)),
        colour,
        codes,
    )


def described(entry: Entry, chance: Random) -> Entry:
    """An entry as shops list it: maker and number amid words of description."""
    product = _product(entry)
    nameless = chance.random() < 0.06
    words = [] if nameless else _written(product, chance)
    text = _told(product, words, chance)
    number = chance.choice(words) if words and chance.random() < 0.3 else ""
    return entry[0], product.maker if chance.random() < 0.5 else "", text, number


def titled(entry: Entry, chance: Random) -> str:
    """The same product in another shop's list, or in somebody's mail."""
    product = _product(entry)
    return _told(product, _written(product, chance), chance)


def titles_of(rows: Sequence[Row], count: int, chance: Random) -> list[Query]:
    """Titles of products drawn evenly over the categories; every third is not in the list."""
    same: dict[tuple[str, ...], set[str]] = {}
    for row in rows:
        same.setdefault(tuple(plain(row.entry)), set()).add(row.id)
    return [
        asked(
            titled(row.entry, chance),
            frozenset(same[tuple(plain(row.entry))]),
            "title",
            known=number % 3 > 0,
        )
        for number, row in enumerate(drawn(rows, count, chance))
    ]


def _written(product: _Product, chance: Random) -> list[str]:
    """The name's words as one shop writes them."""
    words = list(product.name)
    if chance.random() < 0.3:
        words = [_joined(word, chance) for word in words]
    if chance.random() < 0.25 and len(words) > 2:
        del words[chance.randrange(len(words))]
    at = next((at for at in reversed(range(len(words))) if _is_code(words[at])), None)
    if at is not None and chance.random() < 0.3:
        words[at] = _other_end(words[at], product, chance)
    return words


def _is_code(word: str) -> bool:
    return len(word) > 3 and any(letter.isdigit() for letter in word)


def _other_end(code: str, product: _Product, chance: Random) -> str:
    """With the colour's letters, or without its last letters."""
    shorter = code.rstrip("abcdefghijklmnopqrstuvwxyz-/")
    if chance.random() < 0.4 and len(shorter) > 3:
        return shorter
    return code + chance.choice(("", "", "/", "-")) + chance.choice(product.colour_codes)


def _told(product: _Product, words: list[str], chance: Random) -> str:
    """Maker, name and description in some order."""
    told = [
        *chance.sample(product.shared, chance.randint(0, 4)),
        *chance.sample(product.own, chance.randint(0, 2)),
    ]
    told += [product.colour] if chance.random() < 0.4 else []
    told += [chance.choice(product.noun)] if chance.random() < 0.75 else []
    if chance.random() < 0.3:
        chance.shuffle(told)
    first = [product.maker] if chance.random() < 0.85 else []
    codes = [word for word in words if _is_code(word)]
    order = chance.random()
    if order < 0.35 and codes:
        others = [word for word in words if word not in codes]
        return " ".join([*first, *others, *told, "-", *codes])
    if order < 0.5:
        return " ".join([*first, *told, *words])
    twice = [codes[-1]] if codes and chance.random() < 0.2 else []
    return " ".join([*first, *words, *told, *twice])


def _joined(word: str, chance: Random) -> str:
    """With or without its hyphens, or with one more."""
    if "-" in word:
        return word.replace("-", chance.choice(("", " ")))
    at = re.search(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])", word)
    return word if at is None else f"{word[: at.start()]}-{word[at.start() :]}"
