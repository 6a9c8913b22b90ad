"""Other ways of finding a model, for comparison: SQLite's FTS5, and TF-IDF of trigrams."""

from __future__ import annotations

import math
import sqlite3
from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from heapq import nlargest

from app.domain.matching.index import trigrams
from app.domain.matching.reading import words_of

_MOST = 5


class FullText:
    """FTS5 ranked by bm25, any of the words."""

    def __init__(self, texts: Sequence[tuple[str, str]], tokenizer: str) -> None:
        self._connection = sqlite3.connect(":memory:")
        self._connection.execute(
            f"CREATE VIRTUAL TABLE m USING fts5(id UNINDEXED, body, tokenize='{tokenizer}')"
        )
        self._connection.executemany("INSERT INTO m VALUES (?, ?)", texts)

    def find(self, text: str) -> list[str]:
        """Ids, best first."""
        words = " OR ".join(f'"{word}"' for word in words_of(text) if len(word) > 2)
        if not words:
            return []
        rows = self._connection.execute(
            "SELECT id FROM m WHERE m MATCH ? ORDER BY rank LIMIT ?", (words, _MOST)
        )
        return [str(id_) for (id_,) in rows]


class TfIdf:
    """Cosine of TF-IDF vectors of character trigrams, words kept apart by a blank."""

    def __init__(self, texts: Sequence[tuple[str, str]]) -> None:
        self._ids = [id_ for id_, _text in texts]
        postings: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))
        grams_of = [trigrams(" ".join(words_of(text))) for _id, text in texts]
        for place, grams in enumerate(grams_of):
            for gram in grams:
                postings[gram].append(place)
        self._postings = dict(postings)
        self._idf = {
            gram: math.log(1 + len(texts) / len(found)) for gram, found in self._postings.items()
        }
        self._lengths = [
            math.sqrt(sum(self._idf[gram] ** 2 for gram in grams)) for grams in grams_of
        ]

    def find(self, text: str) -> list[str]:
        """Ids, best first; every posting is walked."""
        scores: defaultdict[int, float] = defaultdict(float)
        for gram, times in Counter(trigrams(" ".join(words_of(text)))).items():
            worth = times * self._idf.get(gram, 0.0) ** 2
            for place in self._postings.get(gram, ()):
                scores[place] += worth
        best = nlargest(_MOST, scores, key=lambda place: scores[place] / self._lengths[place])
        return [self._ids[place] for place in best]
