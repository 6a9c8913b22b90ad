"""Texts and postings packed into a few flat arrays: a tenth of what an object each would take."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from sys import getsizeof

_BLOCK = 16
"""Bits of a place within its block; a block's places take two bytes each."""
_ROOM = 2
"""Slots of the table of keys for each key, at least."""


class Texts:
    """Texts by their place, one behind the other in one text."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._all = "".join(texts)
        self._ends = array("I", [0])
        end = 0
        for text in texts:
            end += len(text)
            self._ends.append(end)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __getitem__(self, place: int) -> str:
        return self._all[self._ends[place] : self._ends[place + 1]]

    def is_at(self, place: int, text: str) -> bool:
        return self._all.startswith(text, start := self._ends[place]) and (
            self._ends[place + 1] - start == len(text)
        )

    def length(self, place: int) -> int:
        """Of the text there."""
        return self._ends[place + 1] - self._ends[place]

    @property
    def size(self) -> int:
        """Bytes."""
        return getsizeof(self._all) + getsizeof(self._ends)


class Names:
    """Texts that differ from each other, found again by what they are."""

    def __init__(self, names: Sequence[str]) -> None:
        self.texts = Texts(names)
        room = 8
        while room < _ROOM * len(names):
            room *= 2
        self._table = array("I", bytes(4 * room))
        self._mask = room - 1
        for place, name in enumerate(names):
            slot = hash(name) & self._mask
            while self._table[slot]:
                slot = (slot + 1) & self._mask
            self._table[slot] = place + 1

    def place(self, name: str) -> int:
        """Its place, or -1."""
        table, mask, is_at = self._table, self._mask, self.texts.is_at
        slot = hash(name) & mask
        while found := table[slot]:
            if is_at(found - 1, name):
                return found - 1
            slot = (slot + 1) & mask
        return -1

    @property
    def size(self) -> int:
        """Bytes."""
        return self.texts.size + getsizeof(self._table)


class Postings:
    """The places of each key, in blocks of 65 536 places."""

    def __init__(self, index: Mapping[str, array[int]], places: int) -> None:
        """From ascending places, all below `places`."""
        self._names = Names(tuple(index))
        bases = range(0, places, 1 << _BLOCK)
        self._ends = [array("I", [0]) for _ in bases]
        self._places = [array("H") for _ in bases]
        self._counts = array("I", map(len, index.values()))
        for found in index.values():
            at = 0
            for base, ends, held in zip(bases, self._ends, self._places, strict=True):
                end = bisect_left(found, base + (1 << _BLOCK), at)
                held.extend(place - base for place in found[at:end])
                ends.append(len(held))
                at = end

    def __contains__(self, key: str) -> bool:
        return self._names.place(key) >= 0

    def count(self, key: str) -> int:
        """How many places it has."""
        at = self._names.place(key)
        return self._counts[at] if at >= 0 else 0

    def of(self, key: str) -> Iterator[array[int]]:
        """Its places within each block, counted from the block's first; empty where unknown."""
        at = self._names.place(key)
        for ends, held in zip(self._ends, self._places, strict=True):
            yield held[ends[at] : ends[at + 1]] if at >= 0 else held[:0]

    @property
    def size(self) -> int:
        """Bytes."""
        return self._names.size + sum(map(getsizeof, (self._counts, *self._ends, *self._places)))


def bases(places: int) -> range:
    """The first place of each block."""
    return range(0, places, 1 << _BLOCK)
