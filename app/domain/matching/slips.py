"""Slips between what was said and the piece of a model's words it was laid on, counted by kind."""

from __future__ import annotations

from rapidfuzz.distance import OSA, Levenshtein
from rapidfuzz.fuzz import partial_ratio_alignment

KINDS = (
    "neighbour", "confused", "digit_near", "digit", "letter", "kind", "swapped", "doubled",
    "digit_missing", "letter_missing", "digit_extra", "letter_extra", "cut_before", "cut_after",
    "outside",
)  # fmt: skip
"""Names of what `slips` counts, in order."""

_AT = {name: at for at, name in enumerate(KINDS)}
_ROWS = ("1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE = ("0oqd", "1il7", "2z", "5s", "6bg", "8b", "9gq", "uv", "mn", "ck", "td", "bp", "vw")
"""Letters and digits that are read or heard one for the other."""


def _pairs() -> frozenset[str]:
    beside: set[str] = set()
    for at, row in enumerate(_ROWS):
        for place, key in enumerate(row):
            near = row[max(0, place - 1) : place + 2]
            for other in (_ROWS[at + 1],) if at + 1 < len(_ROWS) else ():
                near += other[max(0, place - 1) : place + 1]
            beside |= {key + one for one in near if one != key}
            beside |= {one + key for one in near if one != key}
    beside |= {"yz", "zy"}
    return frozenset(beside)


_NEIGHBOURS = _pairs()
_CONFUSED = frozenset(one + other for group in _ALIKE for one in group for other in group)


def slips(said: str, model: str) -> tuple[float, ...]:
    """Counts of `KINDS` between a text that was said and its best place within a model's run.

    What the model has before and after that place counts as cut off; what was said outside of
    the model counts as outside.
    """
    counts = [0.0] * len(KINDS)
    if not said or not model:
        return tuple(counts)
    found = partial_ratio_alignment(said, model)
    if found is None:
        return tuple(counts)
    if len(said) <= len(model):
        piece, start, end = said, found.dest_start, found.dest_end
    else:
        piece, start, end = said[found.src_start : found.src_end], 0, len(model)
        counts[_AT["outside"]] = float(len(said) - len(piece))
    start, end = _widened(piece, model, start, end)
    whole = model[start:end]
    counts[_AT["cut_before"]], counts[_AT["cut_after"]] = float(start), float(len(model) - end)
    _count(counts, piece, whole)
    return tuple(counts)


def _widened(piece: str, model: str, start: int, end: int) -> tuple[int, int]:
    """The window may be off by a letter at its ends where something was left out or added."""
    best = (OSA.distance(piece, model[start:end]), start - end, start, end)
    for low in range(max(0, start - 1), start + 2):
        for high in range(end - 1, min(len(model), end + 1) + 1):
            if low < high:
                best = min(best, (OSA.distance(piece, model[low:high]), low - high, low, high))
    return best[2], best[3]


def _count(counts: list[float], said: str, model: str) -> None:
    ops = [(one.tag, one.src_pos, one.dest_pos) for one in Levenshtein.editops(said, model)]
    at = 0
    while at < len(ops):
        kind, here, there = ops[at]
        if _is_swap(ops, at, said, model):
            counts[_AT["swapped"]] += 1
            at += 2
            continue
        at += 1
        if kind == "replace":
            counts[_AT[_replaced(said[here], model[there])]] += 1
        elif kind == "insert":
            counts[_AT["digit_missing" if model[there].isdigit() else "letter_missing"]] += 1
        elif here and said[here - 1] == said[here]:
            counts[_AT["doubled"]] += 1
        else:
            counts[_AT["digit_extra" if said[here].isdigit() else "letter_extra"]] += 1


def _is_swap(ops: list[tuple[str, int, int]], at: int, said: str, model: str) -> bool:
    """Two letters in each other's place: two replacements, or one put in and one left out."""
    if at + 1 == len(ops):
        return False
    (one, here, there), (other, here2, there2) = ops[at], ops[at + 1]
    if (one, other) == ("replace", "replace"):
        near = here2 == here + 1 and there2 == there + 1
        return near and said[here] == model[there2] and said[here2] == model[there]
    if (one, other) == ("insert", "delete"):
        return here2 == here + 1 and model[there] == said[here2]
    if (one, other) == ("delete", "insert"):
        return here2 == here + 2 and said[here] == model[there2]
    return False


def _replaced(said: str, model: str) -> str:
    pair = said + model
    if pair in _CONFUSED:
        return "confused"
    if said.isdigit() and model.isdigit():
        return "digit_near" if abs(int(said) - int(model)) == 1 else "digit"
    if pair in _NEIGHBOURS:
        return "neighbour"
    return "kind" if said.isdigit() != model.isdigit() else "letter"
