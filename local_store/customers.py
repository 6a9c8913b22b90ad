"""Who is calling: customers by phone or name, with their devices, plans, tickets and promises."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from app.domain.ids import Millis
from app.domain.times import DAY, to_rfc3339
from app.domain.views import CallerMatch, CustomerCard, DeviceCard, PlanCard, Promise
from app.ports.store import PlanTerms
from local_store import records
from local_store.tickets import TicketQueries

_PREFIX_DIGITS = 4
_CUSTOMER = (
    "SELECT c.id, c.name, c.address, c.city, c.postcode, c.since, c.provisional, c.entity "
    "FROM customer_row c "
)


class CustomerQueries:
    """Implements `app.ports.store.CustomerReads`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def matches(
        self, *, e164: str | None, digits: str, name: str, now: Millis, limit: int
    ) -> Sequence[CallerMatch]:
        """Offers, best first: exact number, a number on a ticket, prefix or ending, name."""
        found: dict[str, str] = {}
        for customer, why in self._candidates(e164, digits, name, limit):
            found.setdefault(records.followed(self._connection, customer), why)
        chosen = list(found.items())[:limit]
        return [one for id_, why in chosen if (one := self._match(id_, why, now)) is not None]

    def _candidates(
        self, e164: str | None, digits: str, name: str, limit: int
    ) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        if e164:
            found += [(one, "phone_exact") for one in self._phones("p.e164 = ?", e164, limit)]
            found += [(one, "phone_on_ticket") for one in self._on_tickets(e164, limit)]
        if not found and len(digits) >= _PREFIX_DIGITS:
            found += [(one, "phone_ending") for one in self._similar(e164, digits, limit)]
        if not found and len(name.strip()) >= 3:
            found += [(one, "name") for one in self._named(name, limit)]
        return found

    def _phones(self, where: str, value: object, limit: int) -> list[str]:
        rows = self._connection.exec_driver_sql(
            "SELECT c.id FROM customer_phone p JOIN customer_row c ON c.entity = p.entity "
            f"WHERE {where} LIMIT ?",
            (value, limit),
        )
        return [str(row[0]) for row in rows]

    def _similar(self, e164: str | None, digits: str, limit: int) -> list[str]:
        """By the first digits of a number being typed, else by its last ones."""
        start = e164 or "+" + digits.lstrip("0")
        found = self._phones("p.e164 >= ?1 AND p.e164 < ?1 || 'z'", start, limit)
        tail = digits.lstrip("0")[::-1]
        return found or self._phones("p.reversed >= ?1 AND p.reversed < ?1 || 'z'", tail, limit)

    def _on_tickets(self, e164: str, limit: int) -> list[str]:
        rows = self._connection.exec_driver_sql(
            "SELECT DISTINCT customer_id FROM ticket_row "
            "WHERE caller_e164 = ? AND customer_id IS NOT NULL LIMIT ?",
            (e164, limit),
        )
        return [str(row[0]) for row in rows]

    def _named(self, name: str, limit: int) -> list[str]:
        from local_store.search import match_query

        query = match_query(name)
        if not query:
            return []
        rows = self._connection.exec_driver_sql(
            "SELECT e.id FROM customer_search s JOIN entity e ON e.entity = s.rowid "
            "WHERE customer_search MATCH ? ORDER BY s.rowid DESC LIMIT ?",
            (query, limit),
        )
        return [str(row[0]) for row in rows]

    def _match(self, customer_id: str, why: str, now: Millis) -> CallerMatch | None:
        card = self.card(customer_id)
        if card is None:
            return None
        tickets = TicketQueries(self._connection).rows(
            "t.customer_id = ? AND t.is_open = 1", (customer_id,), 10
        )
        calls = self._connection.exec_driver_sql(
            "SELECT count(*) FROM contact_row WHERE customer_id = ? AND started > ?",
            (customer_id, now - 30 * DAY),
        ).scalar_one()
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
        row = self._connection.exec_driver_sql(
            "SELECT p.id, p.what, p.whom, p.due FROM ticket_row t "
            "JOIN promise_row p ON p.ticket = t.entity WHERE t.customer_id = ? "
            "ORDER BY t.entity DESC, p.due DESC LIMIT 1",
            (customer_id,),
        ).fetchone()
        return None if row is None else Promise(row[0], row[1], row[2], row[3], None)

    def card(self, customer_id: str) -> CustomerCard | None:
        """The customer, redirects followed."""
        followed = records.followed(self._connection, customer_id)
        row = self._connection.exec_driver_sql(
            f"{_CUSTOMER} WHERE c.id = ?", (followed,)
        ).fetchone()
        return None if row is None else self._card(row)

    def _card(self, row: Sequence[Any]) -> CustomerCard:
        id_, name, address, city, postcode, since, provisional, entity = row
        phones = self._connection.exec_driver_sql(
            "SELECT e164 FROM customer_phone WHERE entity = ?", (entity,)
        )
        open_tickets = self._connection.exec_driver_sql(
            "SELECT count(*) FROM ticket_row WHERE customer_id = ? AND is_open = 1", (id_,)
        ).scalar_one()
        return CustomerCard(
            id=str(id_), name=str(name), phones=tuple(str(one[0]) for one in phones),
            address=str(address), city=str(city), postcode=str(postcode), since=str(since),
            open_tickets=int(open_tickets), provisional=bool(provisional),
        )  # fmt: skip

    def devices(self, customer_id: str) -> Sequence[DeviceCard]:
        return self.device_cards("d.customer_id = ?", customer_id)

    def device_cards(self, where: str, value: str) -> Sequence[DeviceCard]:
        """Devices of a condition of ours, with the catalog's name where there is an entry."""
        rows = self._connection.exec_driver_sql(
            "SELECT d.id, coalesce(trim(e.maker || ' ' || e.name), d.words), d.serial, d.words, "
            "d.category, d.bought_on FROM device_row d LEFT JOIN entry_row e ON e.id = d.entry_id "
            f"WHERE {where} ORDER BY d.entity DESC LIMIT 50",
            (value,),
        )
        return [DeviceCard(*row) for row in rows]

    def plans(self, customer_id: str) -> Sequence[PlanCard]:
        return self.plan_cards("customer_id = ?", customer_id)

    def plan_cards(self, where: str, value: str) -> Sequence[PlanCard]:
        """Plans of a condition of ours, those that run longest first."""
        rows = self._connection.exec_driver_sql(
            "SELECT id, name, ends, covers, paid_until, visits_used, visits_included "
            f"FROM plan_row WHERE {where} ORDER BY ends DESC LIMIT 20",
            (value,),
        )
        return [PlanCard(*row) for row in rows]

    def plan(self, customer_id: str, device_id: str | None, now: Millis) -> PlanTerms | None:
        """The plan that fits the device's category and runs today, else the one that ends last."""
        followed = records.followed(self._connection, customer_id)
        category = self._connection.exec_driver_sql(
            "SELECT category FROM device_row WHERE id = ?", (device_id or "",)
        ).scalar()
        today = to_rfc3339(now)[:10]
        rows = self._connection.exec_driver_sql(
            "SELECT id, response_minutes, categories, starts <= ?2 AND ends >= ?2 FROM plan_row "
            "WHERE customer_id = ?1 ORDER BY 4 DESC, ends DESC",
            (followed, today),
        ).fetchall()
        fitting = [row for row in rows if not category or category in json.loads(row[2] or "[]")]
        best = next(iter(fitting), None)
        return None if best is None else PlanTerms(best[0], best[1], bool(best[3]))
