"""Who is calling: customers by phone or name, with their devices, plans, tickets and promises."""

from __future__ import annotations

import json
from collections.abc import Sequence

from app.domain.ids import Millis
from app.domain.times import DAY, to_rfc3339
from app.domain.views import (
    CallerMatch,
    CustomerCall,
    CustomerPage,
    Promise,
    TicketRow,
)
from app.ports.store import PlanTerms
from local_store.customer_cards import WHERE_ID, CustomerCards
from local_store.entities import followed, sent_on_to
from local_store.match_query import all_of, endings
from local_store.sql import Row, listed
from local_store.tickets import TicketQueries

_LEAST_DIGITS = 4
_STEPS = 3_000_000
_MOST_OPEN, _MOST_CALLS = 50, 30


class CustomerQueries(CustomerCards):
    """Implements `app.ports.store.CustomerReads`."""

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
        return CallerMatch(
            customer=card,
            why=why,
            devices=tuple(self.devices(customer_id)),
            plans=tuple(self.plans(customer_id)),
            open_tickets=tuple(tickets),
            calls_30_days=self._calls_since(customer_id, Millis(now - 30 * DAY)),
            last_promise=self._last_promise(customer_id),
        )

    def _calls_since(self, customer_id: str, since: Millis) -> int:
        found = self._sql.value(
            "SELECT count(*) FROM $contact WHERE customer_id = ? AND started > ?",
            customer_id,
            since,
        )
        return int(found)

    # --- all of one customer ---------------------------------------------------------------

    def page(self, customer_id: str, now: Millis) -> CustomerPage | None:
        """Their tickets, devices, plans, calls and last promise."""
        card = self.card(customer_id)
        if card is None:
            return None
        tickets = {
            row.id: row
            for row in TicketQueries(self._sql).open_of("customer_id", card.id, _MOST_OPEN)
        }
        calls = [self._call(row, tickets) for row in self._calls(card.id)]
        return CustomerPage(
            customer=card,
            devices=tuple(self.devices(card.id)),
            plans=tuple(self.plans(card.id)),
            tickets=tuple(tickets.values()),
            calls=tuple(calls),
            calls_30_days=self._calls_since(card.id, Millis(now - 30 * DAY)),
            last_promise=self._last_promise(card.id),
            merged_here=self._merged_here(card.id),
        )

    def _merged_here(self, customer_id: str) -> tuple[tuple[str, str], ...]:
        """By central's redirects and by this desk's own merges, without those taken back."""
        rows = self._sql.all(
            "SELECT c.id, c.name FROM entity e JOIN $customer c ON c.entity = e.entity "
            "WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY 2",
            listed(sent_on_to(self._sql, {customer_id})),
        )
        return tuple((str(id_), str(name or "")) for id_, name in rows)

    def _calls(self, customer_id: str) -> Sequence[Row]:
        return self._sql.all(
            "SELECT id, started, coalesce(agent, ''), coalesce(outcome, ''), "
            "coalesce(caller_name, ''), json_extract(coalesce(laid, fields), '$.tickets[0]') "
            "FROM $contact WHERE customer_id = ? ORDER BY started DESC LIMIT ?",
            customer_id,
            _MOST_CALLS,
        )

    def _call(self, row: Row, tickets: dict[str, TicketRow]) -> CustomerCall:
        """The call with its ticket, which joins the others."""
        id_, started, agent, outcome, caller, ticket_id = row
        found = tickets.get(ticket_id or "")
        if found is None and ticket_id:
            found = TicketQueries(self._sql).row(ticket_id)
        if found is not None:
            tickets.setdefault(found.id, found)
        return CustomerCall(
            id=id_, started=started or Millis(0), agent=agent, outcome=outcome, caller=caller,
            ticket_id=found.id if found else "", reference=found.reference if found else "",
            fault=found.fault if found else "",
        )  # fmt: skip

    def _last_promise(self, customer_id: str) -> Promise | None:
        row = self._sql.one(
            "SELECT id, what, whom, due, kept_at FROM $promise WHERE customer_id = ? "
            "ORDER BY made_at DESC, entity DESC LIMIT 1",
            customer_id,
        )
        return None if row is None else Promise(*row)

    # --- cover ----------------------------------------------------------------------------

    def plan(self, customer_id: str, device_id: str | None, now: Millis) -> PlanTerms | None:
        """The plan that fits the device's category and runs today, else the one that ends last."""
        category = self._sql.value(
            f"SELECT category FROM $device WHERE {WHERE_ID}", device_id or ""
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
