"""What a person typed as a query that search understands: quoted words, bounded in every way."""

from __future__ import annotations

import re

from app.domain.words import fold

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS, _LONGEST_WORD, _LEAST_LETTERS = 8, 40, 3


def all_of(text: str) -> str:
    """Every word, the last one as a beginning; empty for fewer than three letters."""
    words = _words(text)
    return " ".join(_quoted(words)) + "*" if words else ""


def any_of(text: str) -> str:
    """Any of the words as a beginning; empty for fewer than three letters."""
    words = [word for word in _words(text) if len(word) > 1]
    return " OR ".join(f"{word} *" for word in _quoted(words))


def _words(text: str) -> list[str]:
    """Folded like what is indexed; nothing of the query language survives."""
    words = [word[:_LONGEST_WORD] for word in _WORD.findall(fold(text[:400]))]
    words = words[:_MOST_WORDS]
    return words if sum(len(word) for word in words) >= _LEAST_LETTERS else []


def _quoted(words: list[str]) -> list[str]:
    return [f'"{word}"' for word in words]
