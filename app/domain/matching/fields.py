"""What was said beside each text that may have been read out of an entry: name, number, both."""

from __future__ import annotations

from rapidfuzz.distance import Indel

from app.domain.matching.alignment import Said, without_maker
from app.domain.matching.index import Known

FEATURES = ("as_name", "as_number", "as_all", "as_field", "field_whole", "field_begins")
"""What `read_as` gives, in order."""


def read_as(said: Said, model: Known) -> tuple[float, ...]:
    """`FEATURES`: likeness to the texts with and without the maker, and whether one is met whole,
    or begun.
    """
    maker, name, number = "".join(model.maker), model.name, model.number
    whole, own = said.all, without_maker(said, model)
    as_name = max(_alike(own, name), _alike(whole, maker + name)) if name else 0.0
    as_number = max(_alike(own, number), _alike(whole, maker + number)) if number else 0.0
    as_all = _alike(whole, maker + name + number)
    texts = [text for text in (name, number, name + number) if text]
    return (
        as_name,
        as_number,
        as_all,
        max(as_name, as_number, as_all),
        float(any(said.run in (text, maker + text) or own == text for text in texts)),
        float(any(text.startswith(own) for text in texts)),
    )


def _alike(one: str, other: str) -> float:
    return float(Indel.normalized_similarity(one, other))
