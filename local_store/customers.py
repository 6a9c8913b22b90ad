"""Who is calling: customers by phone or name, with their devices, plans, tickets and promises."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.domain.ids import Millis
from app.domain.times import DAY, to_rfc3339
from app.domain.views import CallerMatch, CustomerCard, DeviceCard, PlanCard, Promise
from app.ports.store import PlanTerms
from local_store.entities import followed
from local_store.match_query import all_of, endings
from local_store.sql import Sql
from local_store.tickets import TicketQueries

_LEAST_DIGITS = 4
_STEPS = 3_000_000
_WHERE_ID = "entity = (SELECT entity FROM entity WHERE id = ?)"


class CustomerQueries:
    """Implements `app.ports.store.CustomerReads`."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    # --- who it may be ---------------------------------------------------------------------

    def matches(
        self, *, e164: str | None, digits: str, name: str, now: Millis, limit: int
    ) -> Sequence[CallerMatch]:
        """Offers, best first: exact number, a number on a ticket, beginning or ending, name."""
        found: dict[str, str] = {}
        for customer, why in self._candidates(e164, digits, name, limit):
            found.setdefault(followed(self._sql, customer), why)
        chosen = list(found.items())[:limit]
        return [one for id_, why in chosen if (one := self._match(id_, why, now)) is not None]

    def _candidates(
        self, e164: str | None, digits: str, name: str, limit: int
    ) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        if e164:
            found += [(one, "phone_exact") for one in self._phones("p.e164 = ?", e164, limit)]
            found += [(one, "phone_on_ticket") for one in self._on_tickets(e164, limit)]
        if not found and len(digits) >= _LEAST_DIGITS:
            found += [(one, "phone_ending") for one in self._similar(e164, digits, limit)]
        if not found and len(name.strip()) >= 3:
            found += [(one, "name") for one in self._called(name, limit)]
        return found

    def _phones(self, where: str, value: str, limit: int) -> list[str]:
        rows = self._sql.all(
            "SELECT c.id FROM $customer_phone p JOIN $customer c ON c.entity = p.entity "
            f"WHERE {where} LIMIT ?",
            value,
            limit,
        )
        return [str(id_) for (id_,) in rows]

    def _similar(self, e164: str | None, digits: str, limit: int) -> list[str]:
        """By the first digits of a number being typed, else by its last ones."""
        start = e164 or "+" + digits.lstrip("0")
        found = self._phones("p.e164 BETWEEN ?1 AND ?1 || '~'", start, limit)
        for tail in endings(digits):
            found = found or self._phones("p.reversed BETWEEN ?1 AND ?1 || '~'", tail, limit)
        return found

    def _on_tickets(self, e164: str, limit: int) -> list[str]:
        """Customers of open tickets, and of calls, that came from this number."""
        rows = self._sql.all(
            "SELECT customer_id FROM $ticket WHERE caller_reversed = ?1 AND is_open = 1 "
            "AND customer_id IS NOT NULL UNION SELECT customer_id FROM $contact "
            "WHERE e164_reversed = ?1 AND customer_id IS NOT NULL LIMIT ?2",
            e164[::-1],
            limit,
        )
        return [str(id_) for (id_,) in rows]

    def _called(self, name: str, limit: int) -> list[str]:
        query = all_of(name)
        if not query:
            return []
        with self._sql.bounded(_STEPS):
            rows = self._sql.found(
                "SELECT c.id FROM $customer_search s JOIN $customer c ON c.entity = s.rowid "
                "WHERE $customer_search MATCH ? ORDER BY s.rowid DESC LIMIT ?",
                query,
                limit,
            )
        return [str(id_) for (id_,) in rows]

    def _match(self, customer_id: str, why: str, now: Millis) -> CallerMatch | None:
        card = self.card(customer_id)
        if card is None:
            return None
        tickets = TicketQueries(self._sql).open_of("customer_id", customer_id, 10)
        calls = self._sql.value(
            "SELECT count(*) FROM $contact WHERE customer_id = ? AND started > ?",
            customer_id,
            now - 30 * DAY,
        )
        return CallerMatch(
            customer=card,
            why=why,
            devices=tuple(self.devices(customer_id)),
            plans=tuple(self.plans(customer_id)),
            open_tickets=tuple(tickets),
            calls_30_days=int(calls),
            last_promise=self._last_promise(customer_id),
        )

    def _last_promise(self, customer_id: str) -> Promise | None:
        row = self._sql.one(
            "SELECT id, what, whom, due, kept_at FROM $promise WHERE customer_id = ? "
            "ORDER BY made_at DESC, entity DESC LIMIT 1",
            customer_id,
        )
        return None if row is None else Promise(*row)

    # --- cards -----------------------------------------------------------------------------

    def card(self, customer_id: str) -> CustomerCard | None:
        """The customer, redirects followed."""
        row = self._sql.one(
            "SELECT c.id, c.name, c.phones, c.address, c.city, c.postcode, c.since, "
            "(SELECT count(*) FROM $ticket t WHERE t.customer_id = c.id AND t.is_open = 1), "
            f"c.provisional FROM $customer c WHERE c.{_WHERE_ID}",
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
        return next(iter(self._device_cards(f"d.{_WHERE_ID}", device_id)), None)

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
        return next(iter(self._plan_cards(_WHERE_ID, plan_id)), None)

    def _plan_cards(self, where: str, value: str) -> Sequence[PlanCard]:
        """Plans, those that run longest first."""
        rows = self._sql.all(
            "SELECT id, name, ends, covers, paid_until, coalesce(visits_used, 0), "
            f"coalesce(visits_included, 0) FROM $plan WHERE {where} ORDER BY ends DESC LIMIT 20",
            value,
        )
        return [PlanCard(*row) for row in rows]

    def plan(self, customer_id: str, device_id: str | None, now: Millis) -> PlanTerms | None:
        """The plan that fits the device's category and runs today, else the one that ends last."""
        category = self._sql.value(
            f"SELECT category FROM $device WHERE {_WHERE_ID}", device_id or ""
        )
        today = to_rfc3339(now)[:10]
        rows = self._sql.all(
            "SELECT id, response_minutes, categories, starts <= ?2 AND ends >= ?2 FROM $plan "
            "WHERE customer_id = ?1 ORDER BY 4 DESC, ends DESC",
            followed(self._sql, customer_id),
            today,
        )
        fitting = [row for row in rows if not category or category in json.loads(row[2])]
        best = next(iter(fitting), None)
        return None if best is None else PlanTerms(best[0], best[1], bool(best[3]))
