"""What the mirror knows of a customer, as cards: the customer, their devices and plans."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.domain.views import CustomerCard, DeviceCard, PlanCard
from local_store.entities import followed
from local_store.sql import Sql

WHERE_ID = "entity = (SELECT entity FROM entity WHERE id = ?)"


class CustomerCards:
    """The part of `app.ports.store.CustomerReads` that tickets show as well."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def card(self, customer_id: str) -> CustomerCard | None:
        """The customer, redirects followed."""
        row = self._sql.one(
            "SELECT c.id, c.name, c.phones, c.address, c.city, c.postcode, c.since, "
            "(SELECT count(*) FROM $ticket t WHERE t.customer_id = c.id AND t.is_open = 1), "
            f"c.provisional FROM $customer c WHERE c.{WHERE_ID}",
            followed(self._sql, customer_id),
        )
        if row is None:
            return None
        id_, name, phones, address, city, postcode, since, open_tickets, provisional = row
        return CustomerCard(
            id=id_, name=name, phones=tuple(json.loads(phones)), address=address, city=city,
            postcode=postcode, since=since, open_tickets=open_tickets,
            provisional=bool(provisional),
        )  # fmt: skip

    def devices(self, customer_id: str) -> Sequence[DeviceCard]:
        return self._device_cards("d.customer_id = ?", followed(self._sql, customer_id))

    def device(self, device_id: str) -> DeviceCard | None:
        return next(iter(self._device_cards(f"d.{WHERE_ID}", device_id)), None)

    def _device_cards(self, where: str, value: str) -> Sequence[DeviceCard]:
        """Devices with the catalog's name where there is an entry, else as they were described."""
        rows = self._sql.all(
            "SELECT d.id, coalesce(trim(c.maker || ' ' || c.name), d.words), d.serial, d.words, "
            "coalesce(d.category, ''), d.bought_on FROM $device d "
            "LEFT JOIN entity e ON e.id = d.entry_id "
            "LEFT JOIN $catalog_entry c ON c.entity = e.entity "
            f"WHERE {where} ORDER BY d.entity DESC LIMIT 50",
            value,
        )
        return [DeviceCard(*row) for row in rows]

    def plans(self, customer_id: str) -> Sequence[PlanCard]:
        return self._plan_cards("customer_id = ?", followed(self._sql, customer_id))

    def plan_card(self, plan_id: str) -> PlanCard | None:
        return next(iter(self._plan_cards(WHERE_ID, plan_id)), None)

    def _plan_cards(self, where: str, value: str) -> Sequence[PlanCard]:
        """Plans, those that run longest first."""
        rows = self._sql.all(
            "SELECT id, name, ends, covers, paid_until, coalesce(visits_used, 0), "
            f"coalesce(visits_included, 0) FROM $plan WHERE {where} ORDER BY ends DESC LIMIT 20",
            value,
        )
        return [PlanCard(*row) for row in rows]
