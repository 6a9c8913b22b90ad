"""The search box: tickets, customers and models from this computer."""

from __future__ import annotations

from app.domain import reference as references
from app.domain.errors import Invalid
from app.domain.views import SearchAnswer
from app.domain.words import readable
from app.services.desk import Desk

_LONGEST = 500


class Finding:
    """Search as you type; the newest request is the one that counts."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._number = 0

    async def search(self, text: str, limit: int = 20) -> SearchAnswer:
        """What fits the words; the answer carries a rising number, so a stale one can be told."""
        self._number += 1
        number = self._number
        now = self._desk.clock.now()
        bounded = readable(text[:_LONGEST])
        found = await self._desk.store.read(lambda tx: tx.search(bounded, limit, now))
        return SearchAnswer(found.tickets, found.customers, found.models, found.ms, number)

    @staticmethod
    def reference_in(text: str) -> str | None:
        """The reference the text is, with its check character holding; None for other words."""
        try:
            return references.parse(text).text
        except Invalid:
            return None
