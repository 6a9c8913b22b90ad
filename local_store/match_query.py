"""What a person typed as a query that search understands: quoted words, bounded in every way."""

from __future__ import annotations

import re

from app.domain.words import fold

_WORD = re.compile(r"[^\W_]+")
_MOST_WORDS, _LONGEST_WORD, _LEAST_LETTERS = 8, 40, 3
_LEAST_DIGITS = 4


def all_of(text: str) -> str:
    """Every word, the last one as a beginning; empty for fewer than three letters."""
    words = _words(text)
    return " ".join(_quoted(words)) + "*" if words else ""


def any_of(text: str) -> str:
    """Any of the words as a beginning; empty for fewer than three letters."""
    words = [word for word in _words(text) if len(word) > 1]
    return " OR ".join(f"{word} *" for word in _quoted(words))


def endings(text: str) -> list[str]:
    """The text's digits reversed, as numbers are kept for their last digits; then without the zeros
    of a trunk or country prefix. Fewer than four say nothing.
    """
    digits = "".join(one for one in text if one.isascii() and one.isdigit())
    tails = dict.fromkeys((digits[::-1], digits.lstrip("0")[::-1]))
    return [tail for tail in tails if len(tail) >= _LEAST_DIGITS]


def _words(text: str) -> list[str]:
    """Folded like what is indexed; nothing of the query language survives."""
    words = [word[:_LONGEST_WORD] for word in _WORD.findall(fold(text[:400]))]
    words = words[:_MOST_WORDS]
    return words if sum(len(word) for word in words) >= _LEAST_LETTERS else []


def _quoted(words: list[str]) -> list[str]:
    return [f'"{word}"' for word in words]
