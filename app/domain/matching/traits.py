"""What a title tells of a product beside its name: colours, measures, words that set it apart."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FEATURES = (
    "colour_same", "colour_other", "unit_same", "unit_other", "apart_known", "apart_said",
)  # fmt: skip
"""What `compared` gives, in order."""

_COLOURS = {
    **{one: one for one in (
        "black", "white", "silver", "red", "blue", "pink", "green", "yellow", "orange", "purple",
        "gold", "brown", "gray", "titanium", "cyan", "magenta", "clear",
    )},
    "grey": "gray", "charcoal": "gray", "graphite": "gray", "gunmetal": "gray",
    "stainless": "steel", "violet": "purple", "cherry": "red", "navy": "blue", "bronze": "brown",
    "beige": "brown", "schwarz": "black", "weiss": "white", "rot": "red", "blau": "blue",
    "silber": "silver", "gruen": "green", "gelb": "yellow", "grau": "gray", "edelstahl": "steel",
}  # fmt: skip
_UNITS = (
    ("gb",), ("tb",), ("mb",), ("mah",), ("w", "watt", "watts"), ("inch", "in", "zoll"),
    ("ft", "feet", "foot"), ("m",), ("mm",), ("cm",), ("pack", "pk"), ("port", "ports"), ("mhz",),
    ("ghz",), ("mp",), ("megapixel", "megapixels"), ("btu", "btus"), ("kg",), ("lb", "lbs"),
    ("oz",), ("ct", "count"), ("sheets", "sheet"), ("user", "users"), ("page", "pages"),
    ("disc", "discs"), ("gang",), ("channel", "ch"), ("year", "years"), ("lm", "lumen"), ("k",),
    ("th", "nd", "rd", "st"), ("gen", "generation"), ("in1",), ("outlet", "outlets"), ("pin",),
    ("bit",), ("v",), ("x",), ("pc", "pcs", "piece"), ("cu",), ("handset", "handsets"),
)  # fmt: skip
_UNIT = {name: names[0] for names in _UNITS for name in names}
_MEASURE = re.compile(rf"(\d+) ?({'|'.join(sorted(_UNIT, key=len, reverse=True))})\b")
_APART = frozenset((
    "case", "cover", "sleeve", "bag", "remanufactured", "refurbished", "compatible", "replacement",
    "for", "adapter", "charger", "battery", "mount", "kit", "cable", "stand", "protector", "dock",
    "cradle", "holder", "strap", "warranty", "upgrade", "bundle", "refill", "skin", "screen",
    "film", "set", "pack", "pro", "plus", "mini", "max", "lite", "ultra", "se", "deluxe",
    "premium", "standard", "professional", "home", "mac", "windows", "dual", "extra", "high",
    "extended",
))  # fmt: skip
"""Words of accessories, editions and sizes."""


@dataclass(frozen=True, slots=True)
class Traits:
    """Of one side."""

    colours: frozenset[str]
    measures: Mapping[str, frozenset[str]]
    """The numbers told of each unit."""
    apart: frozenset[str]


def traits_of(words: Sequence[str]) -> Traits:
    """What words tell."""
    return Traits(
        frozenset([_COLOURS[word] for word in words if word in _COLOURS]),
        _measures(words),
        _APART.intersection(words),
    )


def _measures(words: Sequence[str]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for number, unit in _MEASURE.findall(" ".join(words)):
        found[_UNIT[unit]] = found.get(_UNIT[unit], frozenset()) | {number}
    return found


def compared(said: Traits, words: Sequence[str]) -> tuple[float, ...]:
    """`FEATURES`: what both tell alike, and what one tells otherwise; of a model's words."""
    colours = {_COLOURS[word] for word in words if word in _COLOURS}
    apart = _APART.intersection(words)
    theirs = _measures(words) if said.measures else {}
    met = [bool(said.measures[unit] & theirs[unit]) for unit in said.measures if unit in theirs]
    contrary = bool(said.colours and colours and not said.colours & colours)
    return (
        float(bool(said.colours & colours)),
        float(bool(colours - said.colours) + contrary),
        float(sum(met)),
        float(len(met) - sum(met)),
        float(len(apart - said.apart)),
        float(len(said.apart - apart)),
    )
