"""Words as heard, folded so that spelling and accents do not matter."""

from __future__ import annotations

import re
import unicodedata

from app.domain.visible import silent_left_out

_LONGEST_KEY = 200
_TOKEN = re.compile(r"[0-9a-z]+")
_SPACED = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
"""ASCII as words: lower case, a space for everything else."""
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def readable(text: str) -> str:
    """The text with U+FFFD for what is no character (half of a pair, a byte of another encoding):
    neither the store nor the wire can hold those.
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def fold(text: str) -> str:
    """Case, accents and umlauts folded (``Gerät`` and ``Geraet`` are one), without what nobody
    sees.
    """
    text = silent_left_out(text)
    if text.isascii():
        return text.lower()
    lowered = unicodedata.normalize("NFC", text).casefold().translate(_GERMAN)
    decomposed = unicodedata.normalize("NFKD", lowered)
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def tokens(text: str) -> list[str]:
    """The folded letters-and-digits words of a text, in order."""
    text = silent_left_out(text)
    if text.isascii():
        return text.translate(_SPACED).split()
    return _TOKEN.findall(fold(text))


def words_key(text: str) -> str:
    """What an alias is looked up by: the folded words, single-spaced; of the first 200 characters,
    which is what a row of the mirror keeps of them.
    """
    return " ".join(tokens(text[:_LONGEST_KEY]))


def likeness(one: str, other: str) -> float:
    """How alike two short texts are, 0 to 1: shared character trigrams over all of them (Dice)."""
    left, right = _trigrams(one), _trigrams(other)
    if not left or not right:
        return 0.0
    return 2 * len(left & right) / (len(left) + len(right))


def _trigrams(text: str) -> set[str]:
    padded = f"  {' '.join(tokens(text)[:200])} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)} if padded.strip() else set()
