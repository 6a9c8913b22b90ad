"""Danger words in a call: what was named, and the words that named it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.domain.tickets import Safety
from app.domain.words import tokens

_MOST_TOKENS = 20_000


@dataclass(frozen=True, slots=True)
class DangerPattern:
    """A phrase that names a danger; `unless` phrases around it make it harmless.

    Words end in ``*`` where anything may follow ("smok*"). Both are folded words.
    """

    safety: Safety
    phrase: tuple[str, ...]
    unless: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Danger:
    """What was heard."""

    safety: Safety
    words: str


_GRAVEST = (Safety.GAS, Safety.SMOKE, Safety.SHOCK, Safety.WATER)


def patterns_from(data: Iterable[dict[str, object]]) -> tuple[DangerPattern, ...]:
    """Patterns from the lists in resources: ``{"safety", "phrases": [...], "unless": [...]}``.

    What makes a danger harmless in one language does so in all: people mix them.
    """
    entries = [(Safety(str(entry["safety"])), entry) for entry in data]
    harmless: dict[Safety, tuple[tuple[str, ...], ...]] = {}
    for safety, entry in entries:
        more = tuple(_words(one) for one in _texts(entry.get("unless")))
        harmless[safety] = harmless.get(safety, ()) + more
    return tuple(
        DangerPattern(safety, _words(phrase), harmless[safety])
        for safety, entry in entries
        for phrase in _texts(entry.get("phrases"))
    )


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _words(phrase: str) -> tuple[str, ...]:
    return tuple(tokens(word)[0] + ("*" if word.endswith("*") else "") for word in phrase.split())


def find_danger(texts: Iterable[str], patterns: Sequence[DangerPattern]) -> Danger | None:
    """The gravest danger named in any of the texts (gas, then smoke, shock, water)."""
    found: dict[Safety, Danger] = {}
    by_first: dict[str, list[DangerPattern]] = {}
    prefixed: list[tuple[str, DangerPattern]] = []
    for pattern in patterns:
        head = pattern.phrase[0]
        if head.endswith("*"):
            prefixed.append((head[:-1], pattern))
        else:
            by_first.setdefault(head, []).append(pattern)
    for text in texts:
        words = tokens(text)[:_MOST_TOKENS]
        for at, word in enumerate(words):
            begun = [pattern for stem, pattern in prefixed if word.startswith(stem)]
            for pattern in (*by_first.get(word, ()), *begun):
                if pattern.safety not in found and _stands_at(words, at, pattern):
                    heard = " ".join(words[at : at + len(pattern.phrase)])
                    found[pattern.safety] = Danger(pattern.safety, heard)
    return next((found[safety] for safety in _GRAVEST if safety in found), None)


def _stands_at(words: Sequence[str], at: int, pattern: DangerPattern) -> bool:
    if not _fits(words, at, pattern.phrase):
        return False
    return not any(_covers(words, at, harmless) for harmless in pattern.unless)


def _covers(words: Sequence[str], at: int, harmless: Sequence[str]) -> bool:
    starts = range(max(0, at - len(harmless) + 1), at + 1)
    return any(_fits(words, start, harmless) for start in starts)


def _fits(words: Sequence[str], at: int, phrase: Sequence[str]) -> bool:
    if at + len(phrase) > len(words):
        return False
    return all(
        word.startswith(wanted[:-1]) if wanted.endswith("*") else word == wanted
        for word, wanted in zip(words[at : at + len(phrase)], phrase, strict=True)
    )
