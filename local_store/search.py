"""Search as you type: quoted and bounded words, few hits by rank, many by newness."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as driver

from app.domain import reference as references
from app.domain.errors import Invalid
from app.domain.ids import Millis
from app.domain.views import CustomerHit, ModelCandidate, SearchAnswer, TicketRow
from app.domain.words import likeness, tokens
from local_store.tickets import TicketQueries

_WORD = re.compile(r"\w+")
_MOST_WORDS, _LONGEST_WORD, _LEAST_LETTERS = 8, 40, 3
_PROBE = 200
"""Up to this many hits are ranked; more are shown newest first."""
_STEPS = 200
"""Progress calls of 10 000 virtual-machine steps before a query is given up."""
_DIGITS = re.compile(r"\d")


def match_query(text: str, joint: str = " ") -> str:
    """An FTS5 query of quoted words, the last one as a beginning; empty for too few letters."""
    words = [word[:_LONGEST_WORD] for word in _WORD.findall(text)[:_MOST_WORDS]]
    if sum(len(word) for word in words) < _LEAST_LETTERS:
        return ""
    quoted = [f'"{word}"' for word in words]
    return joint.join(quoted) + "*"


@contextmanager
def bounded(connection: Connection) -> Iterator[None]:
    """Give up a query that takes too many steps; what it found until then is lost, nothing else."""
    raw = cast("driver.Connection", connection.connection.driver_connection)
    left = _STEPS

    def tick() -> int:
        nonlocal left
        left -= 1
        return int(left < 0)

    raw.set_progress_handler(tick, 10_000)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)


class Search:
    """One connection's searches."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, text: str, limit: int, now: Millis) -> SearchAnswer:  # noqa: ARG002 - the port's
        """Tickets, customers and models that fit; the store's own time in ms."""
        began = time.perf_counter()
        tickets: Sequence[TicketRow] = ()
        customers: Sequence[CustomerHit] = ()
        models: Sequence[ModelCandidate] = ()
        try:
            with bounded(self._connection):
                tickets = self._tickets(text, limit)
                customers = self._customers(text, limit)
                models = self.models(text, limit)
        except DBAPIError as error:
            if "interrupted" not in str(error.orig):
                raise
        took_ms = (time.perf_counter() - began) * 1_000
        return SearchAnswer(tuple(tickets), tuple(customers), tuple(models), took_ms)

    def _tickets(self, text: str, limit: int) -> Sequence[TicketRow]:
        queries = TicketQueries(self._connection)
        reference = _reference(text)
        if reference is not None:
            return queries.rows("t.reference = ?", (reference,), 1)
        return [
            row
            for entity in self._entities("ticket", text, limit)
            for row in queries.rows("t.entity = ?", (entity,), 1)
        ]

    def _entities(self, search: str, text: str, limit: int) -> list[int]:
        """Row numbers of hits: ranked while there are few, newest first when there are many."""
        query = match_query(text)
        if not query:
            return []
        newest = self._connection.exec_driver_sql(
            f"SELECT rowid FROM {search}_search WHERE {search}_search MATCH ? "
            "ORDER BY rowid DESC LIMIT ?",
            (query, _PROBE),
        ).fetchall()
        if len(newest) in (0, _PROBE) or len(newest) <= limit:
            return [int(row[0]) for row in newest[:limit]]
        ranked = self._connection.exec_driver_sql(
            f"SELECT rowid FROM {search}_search WHERE {search}_search MATCH ? "
            "ORDER BY rank LIMIT ?",
            (query, limit),
        )
        return [int(row[0]) for row in ranked]

    def _customers(self, text: str, limit: int) -> Sequence[CustomerHit]:
        entities = self._entities("customer", text, limit)
        digits = "".join(_DIGITS.findall(text))
        if len(digits) >= 4:
            entities = [*self._by_phone(digits, limit), *entities]
        hits = (self._customer(entity) for entity in dict.fromkeys(entities))
        return [hit for hit in hits if hit is not None][:limit]

    def _by_phone(self, digits: str, limit: int) -> list[int]:
        local = digits.lstrip("0")
        rows = self._connection.exec_driver_sql(
            "SELECT entity FROM (SELECT entity FROM customer_phone WHERE e164 >= ?1 "
            "AND e164 < ?1 || 'z' LIMIT ?3) UNION SELECT entity FROM (SELECT entity "
            "FROM customer_phone WHERE reversed >= ?2 AND reversed < ?2 || 'z' LIMIT ?3)",
            (f"+{local}", local[::-1], limit),
        )
        return [int(row[0]) for row in rows]

    def _customer(self, entity: int) -> CustomerHit | None:
        row = self._connection.exec_driver_sql(
            "SELECT c.id, c.name, c.phone, c.city, (SELECT count(*) FROM ticket_row t "
            "WHERE t.customer_id = c.id AND t.is_open = 1) FROM customer_row c WHERE c.entity = ?",
            (entity,),
        ).fetchone()
        return None if row is None else CustomerHit(*row)

    def models(self, text: str, limit: int) -> Sequence[ModelCandidate]:
        """Catalog entries with any of the words, those most like the text first."""
        query = _any_word(text)
        if not query:
            return ()
        rows = self._connection.exec_driver_sql(
            "SELECT e.id, trim(e.maker || ' ' || e.name), e.detail, e.category, e.numbers "
            "FROM model_search s JOIN entry_row e ON e.entity = s.rowid "
            "WHERE model_search MATCH ? ORDER BY rank LIMIT 60",
            (query,),
        )
        scored = [
            ModelCandidate(id_, name, detail, category, _score(text, name, numbers))
            for id_, name, detail, category, numbers in rows
        ]
        return sorted(scored, key=lambda one: -one.score)[:limit]


def _any_word(text: str) -> str:
    words = [word[:_LONGEST_WORD] for word in _WORD.findall(text)[:_MOST_WORDS] if len(word) > 1]
    if sum(len(word) for word in words) < _LEAST_LETTERS:
        return ""
    return " OR ".join(f'"{word}"*' for word in words)


def _score(text: str, name: str, numbers: str) -> float:
    """Shared words and shared trigrams, 0 to 1; the model resolver proper is another part."""
    said, known = set(tokens(text)), set(tokens(f"{name} {numbers}"))
    shared = len(said & known) / len(said) if said else 0.0
    return 0.5 * shared + 0.5 * likeness(text, f"{name} {numbers}")


def _reference(text: str) -> str | None:
    try:
        return references.parse(text).text
    except Invalid:
        return None
