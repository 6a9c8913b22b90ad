"""Models of the catalog by their words, numbers and aliases."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.proposals import telling_words
from app.domain.views import EntryNames, ModelCandidate
from app.domain.words import likeness, tokens, words_key
from local_store.entities import followed
from local_store.mapping import text, texts
from local_store.match_query import any_of
from local_store.records import decoded
from local_store.sql import Row, Sql, listed

RETIRED = "retired"
_LOOKED_AT = 60
"""Entries that are compared with the words, the best of the index first."""
_STEPS = 3_000_000

ENTRY = (
    "SELECT c.entity, c.id, c.maker, c.name, c.numbers, c.category, c.detail, c.status "
    "FROM $catalog_entry c "
)
_APPROVED = (
    "SELECT p.entry_id, coalesce(p.laid, p.fields) FROM $proposal p "
    "WHERE p.state = 'approved' AND p.laid IS NOT NULL AND NOT EXISTS (SELECT 1 FROM entity e "
    "JOIN $catalog_entry c ON c.entity = e.entity WHERE e.id = p.entry_id)"
)
"""Approved at this desk, the verdict not here yet: what it makes is derived, never written."""

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

    def entries(self, after: int, limit: int) -> tuple[Sequence[EntryNames], int]:
        """Entries beyond a row number, and where to go on; 0 at the end."""
        rows = self._sql.all(
            f"{ENTRY} WHERE c.entity > ? AND c.merged_into IS NULL ORDER BY c.entity LIMIT ?",
            after,
            limit,
        )
        further = int(rows[-1][0]) if len(rows) == limit else 0
        return [names_of(row) for row in rows], further

    def entries_of(self, ids: Sequence[str]) -> Sequence[EntryNames]:
        """Those that are there and not merged away, in the order given."""
        rows = self._sql.all(
            f"{ENTRY} JOIN entity e ON e.entity = c.entity WHERE c.merged_into IS NULL "
            "AND e.id IN (SELECT value FROM json_each(?))",
            listed(ids),
        )
        found = {str(row[1]): names_of(row) for row in rows}
        if len(found) < len(set(ids)):
            found |= {one.id: one for one in self._provisional()}
        return [found[id_] for id_ in ids if id_ in found]

    def known_by(self, words: str) -> Sequence[str]:
        """Ids of the entries the words were remembered for, redirects followed."""
        found = self._sql.all(
            "SELECT a.entry_id FROM $alias a WHERE a.key = ? AND a.entry_id IS NOT NULL",
            words_key(words),
        )
        remembered = [followed(self._sql, str(id_)) for (id_,) in found]
        key = words_key(words)
        approved = [
            str(id_)
            for id_, fields in self._sql.all(_APPROVED)
            if key in map(words_key, telling_words(decoded(fields)))
        ]
        return list(dict.fromkeys((*remembered, *approved)))

    def approved_here(self) -> Sequence[str]:
        """Ids of entries approved here that central has not confirmed."""
        return [one.id for one in self._provisional()]

    def _provisional(self) -> Sequence[EntryNames]:
        found = [(str(id_), decoded(fields)) for id_, fields in self._sql.all(_APPROVED)]
        return [
            EntryNames(
                id_, text(fields, "maker"), text(fields, "name"),
                " ".join(texts(fields, "numbers")), text(fields, "category"), provisional=True,
            )
            for id_, fields in found
        ]  # fmt: skip


def names_of(row: Row) -> EntryNames:
    _entity, id_, maker, name, numbers, category, detail, status = row
    return EntryNames(id_, maker, name, numbers, category or "", detail, retired=status == RETIRED)


def _candidate(words: str, row: Row) -> ModelCandidate:
    id_, name, detail, category, numbers = row
    return ModelCandidate(id_, name, detail, category or "", _score(words, f"{name} {numbers}"))


def _score(words: str, known: str) -> float:
    """Shared words and shared trigrams, 0 to 1; the model resolver proper is another part."""
    said = set(tokens(words))
    shared = len(said & set(tokens(known))) / len(said) if said else 0.0
    return 0.5 * shared + 0.5 * likeness(words, known)
