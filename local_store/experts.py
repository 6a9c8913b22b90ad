"""The mirrored roster: who visits, what they can, where, when, and how to ring them."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.views import ExpertCard
from local_store.mapping import text, texts
from local_store.records import decoded
from local_store.sql import Sql


class ExpertQueries:
    """Implements `app.ports.store.ExpertReads`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def roster(self) -> Sequence[ExpertCard]:
        """Every expert, by name."""
        found = self._sql.all("SELECT id, coalesce(laid, fields) FROM $expert ORDER BY name, id")
        made = ((id_, decoded(stored)) for id_, stored in found)
        return [
            ExpertCard(
                id=id_,
                name=text(fields, "name"),
                area=text(fields, "area"),
                phones=tuple(texts(fields, "phones")),
                skills=tuple(texts(fields, "skills")),
                roster=tuple(texts(fields, "roster")),
            )
            for id_, fields in made
        ]
