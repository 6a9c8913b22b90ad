"""Words that wait for a model, the proposals made for them, and the words entries are found by."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.model_work import (
    AliasRow,
    MergedAway,
    ModelParts,
    ProposalView,
    WaitingTicket,
    WaitingWords,
    in_order,
)
from app.domain.proposals import all_wordings
from app.domain.words import words_key
from local_store import catalog_care, mapping, model_rule
from local_store.catalog_care import ticket_of
from local_store.entities import followed
from local_store.records import decoded
from local_store.sql import Row, Sql

_MOST_TICKETS = 5_000
_WAITING = """
SELECT t.id, t.reference, t.model_words, t.happened_at, t.calm, t.status,
       json_type(coalesce(t.laid, t.fields), '$.model_pin')
FROM $ticket t
WHERE t.is_open = 1 AND t.unresolved = 1 ORDER BY t.calm, t.due, t.entity LIMIT ?
"""
_PROPOSALS = "SELECT p.id, coalesce(p.laid, p.fields), p.rev, p.laid IS NOT NULL FROM $proposal p "


class ModelWorkQueries:
    """Implements `app.ports.store.ModelReads`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def waiting(self) -> Sequence[WaitingWords]:
        """The list, what blocks most and is oldest first; bounded to the most urgent tickets."""
        found = self._sql.all(_WAITING, _MOST_TICKETS)
        known = model_rule.meanings(self._sql, {words_key(row[2]) for row in found})
        groups: dict[str, list[WaitingTicket]] = {}
        for row in found:
            one, key, reverted = ticket_of(row[:-1]), words_key(row[2]), row[-1] is not None
            if reverted or known.of(one.id, key) is None:
                groups.setdefault(key, []).append(one)
        proposed = self.proposed()
        return in_order(_group(key, tickets, proposed.get(key)) for key, tickets in groups.items())

    def proposed(self) -> dict[str, str]:
        """Words' key → the undecided proposal for them."""
        return {
            words_key(words): one.id
            for one in self.proposals()
            for words in all_wordings(one.fields)
        }

    def proposals(self) -> Sequence[ProposalView]:
        """What nobody has decided about yet, oldest first."""
        return self._views("WHERE p.state IN ('open', 'asked') ORDER BY p.entity")

    def decided_here(self) -> Sequence[ProposalView]:
        """Decided at this desk, the verdict not here yet, oldest first."""
        return self._views(
            "WHERE p.state IN ('approved', 'rejected') AND p.laid IS NOT NULL ORDER BY p.entity"
        )

    def _views(self, where: str) -> Sequence[ProposalView]:
        return [
            ProposalView(id_, fields, rev, bool(laid), mapping.time(fields, "proposed_at"))
            for id_, fields, rev, laid in (
                (row[0], decoded(row[1]), row[2], row[3])
                for row in self._sql.all(_PROPOSALS + where)
            )
        ]

    def tickets_of(self, entry_id: str) -> Sequence[WaitingTicket]:
        """Open tickets that read as the entry, oldest first; bounded to the most urgent."""
        return catalog_care.tickets_of(self._sql, entry_id)

    def merged_away(self) -> Sequence[MergedAway]:
        """Entries that readers are sent on from, by name."""
        return catalog_care.merged_away(self._sql)

    def skills_of(self, expert: str) -> Sequence[str]:
        """The categories an expert of that name knows about."""
        found = self._sql.value(
            "SELECT coalesce(x.laid, x.fields) FROM $expert x WHERE x.name = ? LIMIT 1", expert
        )
        return mapping.texts(decoded(found), "skills") if found is not None else []

    def entry_parts(self, entry_id: str) -> ModelParts | None:
        """What names an entry; None where the mirror does not have it."""
        row = self._sql.one(
            "SELECT coalesce(c.laid, c.fields) FROM entity e JOIN $catalog_entry c "
            "ON c.entity = e.entity WHERE e.id = ?",
            entry_id,
        )
        return None if row is None else ModelParts.of(decoded(row[0]))

    def aliases_of(self, entry_id: str) -> Sequence[AliasRow]:
        """The words an entry is found by, those of entries merged into it as well."""
        found = self._sql.all(
            "SELECT a.id, a.entry_id, coalesce(a.laid, a.fields) FROM $alias a "
            "WHERE a.entry_id IS NOT NULL AND (a.entry_id = ?1 OR a.entry_id IN "
            "(SELECT from_id FROM redirect WHERE to_id = ?1)) ORDER BY a.entity",
            entry_id,
        )
        return [_alias(self._sql, row) for row in found]

    def aliases_for(self, words: str) -> Sequence[AliasRow]:
        """What these words were remembered for."""
        found = self._sql.all(
            "SELECT a.id, a.entry_id, coalesce(a.laid, a.fields) FROM $alias a "
            "WHERE a.key = ? AND a.entry_id IS NOT NULL ORDER BY a.entity",
            words_key(words),
        )
        return [_alias(self._sql, row) for row in found]


def _alias(sql: Sql, row: Row) -> AliasRow:
    id_, entry_id, raw = row
    fields = decoded(raw)
    return AliasRow(
        id_, mapping.text(fields, "words"), followed(sql, str(entry_id)),
        mapping.text(fields, "decided_by"),
    )  # fmt: skip


def _group(key: str, tickets: list[WaitingTicket], proposal_id: str | None) -> WaitingWords:
    oldest = sorted(tickets, key=lambda one: (one.happened_at, one.id))
    return WaitingWords(key, oldest[0].words, tuple(oldest), proposal_id=proposal_id)
