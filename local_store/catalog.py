"""Models of the catalog by their words, numbers and aliases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from app.domain.views import ModelCandidate
from app.domain.words import likeness, tokens, words_key
from local_store.entities import followed
from local_store.match_query import any_of
from local_store.sql import Row, Sql, listed

_LOOKED_AT = 60
"""Entries that are compared with the words, the best of the index first."""
_STEPS = 3_000_000

_NAME = "trim(c.maker || ' ' || c.name)"
_CANDIDATE = f"SELECT c.id, {_NAME}, c.detail, c.category, c.numbers FROM "


class CatalogQueries:
    """Implements `app.ports.store.CatalogReads`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def candidates(self, words: str, limit: int) -> Sequence[ModelCandidate]:
        """Entries that fit the words, best first; what an alias says comes before all."""
        known = self._by_alias(words)
        query = any_of(words)
        rows: list[Row] = []
        if query:
            with self._sql.bounded(_STEPS):
                rows = self._sql.found(
                    f"{_CANDIDATE} $catalog_entry_search JOIN $catalog_entry c "
                    "ON c.entity = $catalog_entry_search.rowid WHERE $catalog_entry_search "
                    "MATCH ? AND c.merged_into IS NULL ORDER BY rank LIMIT ?",
                    query,
                    _LOOKED_AT,
                )
        scored = [_candidate(words, row) for row in rows if row[0] not in known]
        best = sorted(scored, key=lambda one: -one.score)
        return [*known.values(), *best][:limit]

    def _by_alias(self, words: str) -> dict[str, ModelCandidate]:
        found = self._sql.all(
            f"{_CANDIDATE} $alias a JOIN entity e ON e.id = a.entry_id "
            "JOIN $catalog_entry c ON c.entity = e.entity WHERE a.key = ?",
            words_key(words),
        )
        return {row[0]: ModelCandidate(row[0], row[1], row[2], row[3] or "", 1.0) for row in found}

    def name_of(self, entry_id: str) -> str | None:
        found = self._sql.value(
            f"SELECT {_NAME} FROM entity e JOIN $catalog_entry c ON c.entity = e.entity "
            "WHERE e.id = ?",
            followed(self._sql, entry_id),
        )
        return None if found is None else str(found)


def named_by_alias(sql: Sql, keys: Iterable[str]) -> dict[str, str]:
    """Words' key → the model's name, for those of the keys somebody has decided."""
    found = sql.all(
        f"SELECT a.key, {_NAME} FROM $alias a JOIN entity e ON e.id = a.entry_id "
        "JOIN $catalog_entry c ON c.entity = e.entity "
        "WHERE a.key IN (SELECT value FROM json_each(?))",
        listed(keys),
    )
    return {str(key): str(name) for key, name in found}


def _candidate(words: str, row: Row) -> ModelCandidate:
    id_, name, detail, category, numbers = row
    return ModelCandidate(id_, name, detail, category or "", _score(words, f"{name} {numbers}"))


def _score(words: str, known: str) -> float:
    """Shared words and shared trigrams, 0 to 1; the model resolver proper is another part."""
    said = set(tokens(words))
    shared = len(said & set(tokens(known))) / len(said) if said else 0.0
    return 0.5 * shared + 0.5 * likeness(words, known)
