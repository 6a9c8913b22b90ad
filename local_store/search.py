"""Search as you type: few hits by rank, many by newness; digits go to numbers and references."""

from __future__ import annotations

import re
from collections.abc import Sequence

from app.domain import reference as references
from app.domain.central_services import Aggregate
from app.domain.errors import Invalid
from app.domain.views import CustomerHit, SearchAnswer, TicketRow
from local_store.catalog import CatalogQueries
from local_store.layout import SEARCHES
from local_store.match_query import all_of, endings
from local_store.sql import Sql
from local_store.tickets import TicketQueries

_PROBE = 200
"""Up to this many hits are ranked; more are shown newest first."""
_STEPS = 3_000_000
"""Steps of SQLite's machine after which a query is given up."""
_LONGEST = 400
_NUMBER_LIKE = re.compile(r"[\d\s()+./-]{4,}")
_REFERENCE_LIKE = re.compile(r"[0-9A-Za-z]{2,4}-[0-9A-Za-z-]{1,12}")


class Search:
    """One transaction's searches."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def find(self, text: str, limit: int) -> SearchAnswer:
        """Tickets, customers and models that fit."""
        words = text[:_LONGEST].strip()
        tickets, customers = self._tickets(words, limit), self._customers(words, limit)
        models = CatalogQueries(self._sql).candidates(words, limit)
        return SearchAnswer(tuple(tickets), tuple(customers), tuple(models), ms=0.0)

    def _tickets(self, text: str, limit: int) -> Sequence[TicketRow]:
        found = self._by_reference(text, limit)
        if not found and _NUMBER_LIKE.fullmatch(text):
            callers = "SELECT entity FROM $ticket WHERE is_open = 1 AND caller_reversed"
            found = self._ends_with(callers, text, limit)
        if len(found) < limit:
            found += self._entities(Aggregate.TICKET, text, limit)
        return TicketQueries(self._sql).rows_of(list(dict.fromkeys(found))[:limit])

    def _by_reference(self, text: str, limit: int) -> list[int]:
        """A whole reference however it was heard, or the beginning of one as it is written."""
        start = text.upper()
        try:
            start = references.parse(text).text
        except Invalid:
            if not _REFERENCE_LIKE.fullmatch(text):
                return []
        rows = self._sql.all(
            "SELECT entity FROM $ticket WHERE reference >= ?1 AND reference < ?1 || '~' LIMIT ?2",
            start,
            limit,
        )
        return [int(entity) for (entity,) in rows]

    def _ends_with(self, column: str, text: str, limit: int) -> list[int]:
        """By the last digits of a number, kept reversed under an index."""
        for tail in endings(text):
            rows = self._sql.all(f"{column} BETWEEN ?1 AND ?1 || '~' LIMIT ?2", tail, limit)
            if rows:
                return [int(entity) for (entity,) in rows]
        return []

    def _entities(self, aggregate: Aggregate, text: str, limit: int) -> list[int]:
        """Row numbers of hits: ranked while there are few, newest first when there are many."""
        query = all_of(text)
        if not query:
            return []
        name = SEARCHES[aggregate]
        statement = f"SELECT rowid FROM ${name} WHERE ${name} MATCH ? ORDER BY "
        with self._sql.bounded(_STEPS):
            newest = self._sql.found(f"{statement} rowid DESC LIMIT ?", query, _PROBE)
            if limit < len(newest) < _PROBE:
                newest = self._sql.found(f"{statement} rank LIMIT ?", query, limit) or newest
        return [int(entity) for (entity,) in newest[:limit]]

    def _customers(self, text: str, limit: int) -> Sequence[CustomerHit]:
        found: list[int] = []
        if _NUMBER_LIKE.fullmatch(text):
            phone = "SELECT entity FROM $customer_phone WHERE reversed"
            found = self._ends_with(phone, text, limit) or self._begins_with(text, limit)
        found = found or self._entities(Aggregate.CUSTOMER, text, limit)
        hits = (self._customer(entity) for entity in dict.fromkeys(found))
        return [hit for hit in hits if hit is not None]

    def _begins_with(self, text: str, limit: int) -> list[int]:
        start = "+" + "".join(one for one in text if one.isdigit()).lstrip("0")
        rows = self._sql.all(
            "SELECT entity FROM $customer_phone WHERE e164 >= ?1 AND e164 < ?1 || '~' LIMIT ?2",
            start,
            limit,
        )
        return [int(entity) for (entity,) in rows]

    def _customer(self, entity: int) -> CustomerHit | None:
        row = self._sql.one(
            "SELECT c.id, c.name, coalesce((SELECT e164 FROM $customer_phone p "
            "WHERE p.entity = c.entity LIMIT 1), ''), c.city, (SELECT count(*) FROM $ticket t "
            "WHERE t.customer_id = c.id AND t.is_open = 1) FROM $customer c "
            "WHERE c.entity = ? AND c.merged_into IS NULL",
            entity,
        )
        return None if row is None else CustomerHit(*row)
