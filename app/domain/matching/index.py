"""The catalog indexed two ways: by whole words, and by trigrams of everything run together.

Postings are flat arrays of places, so that looking up walks them at the speed of the interpreter's
own counting.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import nlargest
from itertools import chain
from sys import getsizeof
from typing import NamedTuple

from app.domain.matching.packed import Names, Postings, Texts, bases
from app.domain.matching.reading import NO_DIGITS, NO_LETTERS, squashed, words_of

_LOOKED_AT = 150
_MOST_POSTINGS = 12_000
"""Postings that one query may walk through; the rarest keys come first."""
_RARE, _MIDDLING = 0.002, 0.02
"""Shares of the catalog: keys met in fewer entries count three times, or twice."""


class Known(NamedTuple):
    """An entry of the catalog as matching needs it."""

    id: str
    maker: tuple[str, ...]
    words: tuple[str, ...]
    """Maker, name and number, folded; none twice."""
    run: str
    """The same words run together."""
    name: str
    number: str
    """Each run together, words of the maker and words said before too."""
    digits: str
    letters: str
    """Of the run."""
    grams: set[str]
    """Trigrams of the run."""
    digit_grams: int
    """How many of them hold a digit."""


class CatalogIndex:
    """Grows by `add`; bounded work per query. Queries may run while one thread adds or hides.

    What it begins with is packed; what is added later lies beside that, unpacked.
    """

    def __init__(self, entries: Iterable[tuple[str, str, str, str]] = ()) -> None:
        """Entries are (id, maker, name, number); any of the last three may be empty."""
        self._begun = Names(())
        self._begun_texts = Texts(())
        self._begun_words = self._begun_grams = Postings({}, 0)
        self._found = self._all = 0
        """Entries that can be found, and all of them."""
        self._empty()
        for entry in entries:
            self.add(*entry)
        self._pack()

    def _empty(self) -> None:
        """Nothing lies beside what is packed."""
        self._ids: list[str] = []
        self._texts: list[str] = []
        self._words: dict[str, array[int]] = {}
        self._grams: dict[str, array[int]] = {}
        self._places: dict[str, int] = {}
        self._hidden: set[int] = set()

    def _pack(self) -> None:
        """Everything there is, in place of what was."""
        hidden, places = self._hidden, self._places
        ids = [
            id_ if places.get(id_) == place else f"{id_}\x00{place}"
            for place, id_ in enumerate(self._ids)
        ]
        self._begun, self._begun_texts = Names(ids), Texts(self._texts)
        self._begun_words = Postings(self._words, len(ids))
        self._begun_grams = Postings(self._grams, len(ids))
        self._empty()
        self._hidden = hidden

    def __len__(self) -> int:
        """Entries that can be found."""
        return self._found

    @property
    def size(self) -> int:
        """Bytes, without the interpreter's own pages."""
        packed = (self._begun, self._begun_texts, self._begun_words, self._begun_grams)
        held = (self._ids, self._texts, self._places, *self._ids, *self._texts)
        postings = (pair for index in (self._words, self._grams) for pair in index.items())
        return (
            sum(one.size for one in packed)
            + sum(map(getsizeof, held))
            + sum(getsizeof(key) + getsizeof(found) for key, found in postings)
        )

    def add(self, id_: str, maker: str, name: str, number: str) -> None:
        """Findable from the next query on; an entry of the same id is replaced."""
        self.hide(id_)
        beside = len(self._ids)
        fields = [" ".join(words_of(field)) for field in (maker, name, number)]
        words = list(dict.fromkeys(" ".join(fields).split()))
        self._texts.append("\t".join(fields))
        self._ids.append(id_)
        self._places[id_] = len(self._begun_texts) + beside
        self._found += 1
        self._all += 1
        _post(self._words, words, beside)
        _post(self._grams, trigrams(squashed(words)), beside)

    def hide(self, id_: str) -> None:
        """Not found any more from the next query on."""
        place = self._places.pop(id_, self._begun.place(id_))
        if place >= 0 and place not in self._hidden:
            self._hidden.add(place)
            self._found -= 1

    def model(self, place: int) -> Known:
        """The entry at a place."""
        beside = place - len(self._begun_texts)
        text = self._texts[beside] if beside >= 0 else self._begun_texts[place]
        maker, name, number = text.split("\t")
        makers = dict.fromkeys(maker.split())
        words = tuple(dict.fromkeys(text.split()))
        run = "".join(words)
        grams = trigrams(run)
        return Known(
            self._ids[beside] if beside >= 0 else self._begun.texts[place],
            tuple(makers),
            words,
            run,
            name.replace(" ", ""),
            number.replace(" ", ""),
            run.translate(NO_LETTERS),
            run.translate(NO_DIGITS),
            grams,
            _digit_grams(run, grams),
        )

    def weight(self, word: str) -> float:
        """How telling a word is: rare ones more (idf)."""
        return self._telling(self._begun_words.count(word) + len(self._words.get(word, ())))

    def gram_weight(self, gram: str) -> float:
        """How telling a trigram is (idf)."""
        return self._telling(self._begun_grams.count(gram) + len(self._grams.get(gram, ())))

    def _telling(self, count: int) -> float:
        return math.log(1 + self._all / (1 + count))

    def knows(self, word: str) -> bool:
        """Whether any entry has had it."""
        return word in self._words or word in self._begun_words

    def candidates(self, words: Sequence[str], limit: int) -> list[int]:
        """Places of models that share rare words or rare trigrams, the most likely first."""
        starts = [*bases(len(self._begun_texts)), len(self._begun_texts)]
        counts: list[Counter[int]] = [Counter() for _ in starts]
        self._count(counts, (self._begun_words, self._words), set(words), 4)
        self._count(counts, (self._begun_grams, self._grams), trigrams(squashed(words)), 1)
        for hidden in tuple(self._hidden):
            at = bisect_right(starts, hidden) - 1
            counts[at].pop(hidden - starts[at], None)
        every = chain.from_iterable(one.values() for one in counts)
        best = min(nlargest(_LOOKED_AT, every), default=0)
        ranked = [
            (count / (8.0 + math.sqrt(self._length(start + place))), start + place)
            for start, one in zip(starts, counts, strict=True)
            for place, count in one.items()
            if count >= best
        ]
        return [place for _worth, place in nlargest(limit, ranked)]

    def _length(self, place: int) -> int:
        """Of the text at a place."""
        beside = place - len(self._begun_texts)
        return len(self._texts[beside]) if beside >= 0 else self._begun_texts.length(place)

    def _count(
        self,
        counts: Sequence[Counter[int]],
        index: tuple[Postings, dict[str, array[int]]],
        keys: set[str],
        by: int,
    ) -> None:
        begun, beside = index
        known = sorted((begun.count(key) + len(beside.get(key, ())), key) for key in keys)
        walked, any_yet = 0, any(counts)
        for count, key in known:
            if not count:
                continue
            walked += count
            if walked > _MOST_POSTINGS and any_yet:
                return
            any_yet = True
            share = count / self._all
            times = by * (3 if share < _RARE else 2 if share < _MIDDLING else 1)
            for one, found in zip(counts, (*begun.of(key), beside.get(key, ())), strict=True):
                for _ in range(times):
                    one.update(found)


def trigrams(run: str) -> set[str]:
    """Three-character pieces of a text that was run together."""
    padded = f"^{run}$"
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def holds_digit(gram: str) -> bool:
    """Of a trigram of a folded run: its marks of beginning and end are no digits."""
    return not gram.strip("^$").isalpha()


def _digit_grams(run: str, grams: set[str]) -> int:
    """How many of a run's trigrams hold a digit; the marks of its ends are no letters either."""
    ends = run[:2].isalpha() + (len(run) > 1 and run[-2:].isalpha())
    return len(grams) - sum(map(str.isalpha, grams)) - ends


def _post(index: dict[str, array[int]], keys: Iterable[str], place: int) -> None:
    for key in keys:
        found = index.get(key)
        if found is None:
            found = index[key] = array("I")
        found.append(place)
