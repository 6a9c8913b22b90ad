"""The catalog indexed two ways: by whole words, and by trigrams of everything run together.

Postings are flat arrays of places, so that 136 000 models take some 25 MB and looking up walks
them at the speed of the interpreter's own counting.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from sys import getsizeof

from app.domain.matching.reading import squashed, words_of

_LOOKED_AT = 150
_MOST_POSTINGS = 24_000
"""Postings that one query may walk through; the rarest keys come first."""
_RARE, _MIDDLING = 0.002, 0.02
"""Shares of the catalog: keys met in fewer entries count three times, or twice."""


@dataclass(frozen=True, slots=True)
class Known:
    """An entry of the catalog as matching needs it."""

    id: str
    maker: tuple[str, ...]
    words: tuple[str, ...]
    """Maker, name and number, folded; none twice."""
    run: str
    """The same words run together."""


class CatalogIndex:
    """Grows by `add`; bounded work per query. Queries may run while one thread adds or hides."""

    def __init__(self, entries: Iterable[tuple[str, str, str, str]] = ()) -> None:
        """Entries are (id, maker, name, number); any of the last three may be empty."""
        self._ids: list[str] = []
        self._texts: list[str] = []
        self._words: dict[str, array[int]] = {}
        self._grams: dict[str, array[int]] = {}
        self._places: dict[str, int] = {}
        self._hidden: set[int] = set()
        for entry in entries:
            self.add(*entry)

    def __len__(self) -> int:
        """Entries that can be found."""
        return len(self._places)

    @property
    def size(self) -> int:
        """Bytes, without the interpreter's own pages."""
        held = (self._ids, self._texts, self._places, *self._ids, *self._texts)
        postings = (pair for index in (self._words, self._grams) for pair in index.items())
        return sum(map(getsizeof, held)) + sum(
            getsizeof(key) + getsizeof(found) for key, found in postings
        )

    def add(self, id_: str, maker: str, name: str, number: str) -> None:
        """Findable from the next query on; an entry of the same id is replaced."""
        self.hide(id_)
        place = self._places[id_] = len(self._ids)
        makers = words_of(maker)
        words = list(dict.fromkeys((*makers, *words_of(name), *words_of(number))))
        self._ids.append(id_)
        self._texts.append(f"{len(set(makers))} {' '.join(words)}")
        _post(self._words, words, place)
        _post(self._grams, trigrams(squashed(words)), place)

    def hide(self, id_: str) -> None:
        """Not found any more from the next query on."""
        if (place := self._places.pop(id_, None)) is not None:
            self._hidden.add(place)

    def model(self, place: int) -> Known:
        """The entry at a place."""
        makers, *words = self._texts[place].split(" ")
        return Known(self._ids[place], tuple(words[: int(makers)]), tuple(words), "".join(words))

    def weight(self, word: str) -> float:
        """How telling a word is: rare ones more (idf)."""
        return math.log(1 + len(self._ids) / (1 + len(self._words.get(word, ()))))

    def knows(self, word: str) -> bool:
        return word in self._words

    def candidates(self, words: Sequence[str], limit: int) -> list[int]:
        """Places of models that share rare words or rare trigrams, the most likely first."""
        grams = trigrams(squashed(words))
        counts: Counter[int] = Counter()
        self._count(counts, self._words, set(words), 4)
        self._count(counts, self._grams, grams, 1)
        for place in self._hidden & counts.keys():
            del counts[place]
        if not counts:
            return []
        best = nlargest(_LOOKED_AT, counts.values())[-1]
        found = [(place, count) for place, count in counts.items() if count >= best]
        ranked = [
            (count / (8.0 + math.sqrt(len(self._texts[place]))), place) for place, count in found
        ]
        return [place for _worth, place in nlargest(limit, ranked)]

    def _count(
        self, counts: Counter[int], index: dict[str, array[int]], keys: set[str], by: int
    ) -> None:
        known = sorted((len(index[key]), key) for key in keys if key in index)
        walked = 0
        for count, key in known:
            walked += count
            if walked > _MOST_POSTINGS and counts:
                return
            share = count / len(self._ids)
            for _ in range(by * (3 if share < _RARE else 2 if share < _MIDDLING else 1)):
                counts.update(index[key])


def trigrams(run: str) -> set[str]:
    """Three-character pieces of a text that was run together."""
    padded = f"^{run}$"
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def _post(index: dict[str, array[int]], keys: Iterable[str], place: int) -> None:
    for key in keys:
        found = index.get(key)
        if found is None:
            found = index[key] = array("I")
        found.append(place)
