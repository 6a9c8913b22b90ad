"""A customer looked up: everything this computer knows of them, on one page."""

from __future__ import annotations

from dataclasses import replace

from app.domain.errors import NotFound
from app.domain.ids import Millis
from app.domain.views import CustomerPage
from app.ports.store import ReadTx
from app.services.conflicts import disputed
from app.services.desk import Desk


class Customers:
    """One customer at a time."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def page(self, customer_id: str) -> CustomerPage:
        """Tickets, devices, plans, calls and the last promise; read in one view of the store.

        Raises NotFound where the customer is not on this computer.
        """
        now = self._desk.clock.now()
        found = await self._desk.store.read(lambda tx: _page(tx, customer_id, now))
        if found is None:
            raise NotFound(
                "This customer is not on this computer.",
                todo="Look for them by their phone number.",
            )
        return found


def _page(tx: ReadTx, customer_id: str, now: Millis) -> CustomerPage | None:
    """With what of them and of their devices was changed in two places."""
    found = tx.customers.page(customer_id, now)
    if found is None:
        return None
    own = {customer_id, found.customer.id, *(one.id for one in found.devices)}
    return replace(found, disputed=tuple(one for one in disputed(tx) if one.target in own))
