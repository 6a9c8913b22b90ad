"""Tickets of two years with calls, notes, promises and visits; some hundreds of them open now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import resources
from app.central.contract import wire
from app.central.reference.seed.people import Customer
from app.central.reference.seed.record import Record, Writer
from app.domain.central_services import Aggregate
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.reference import compose, next_counter
from app.domain.times import DAY, HOUR, MINUTE, to_rfc3339

_OPEN_SHARE = 0.008
_CODES = ("C1", "B2", "D4")
_OPEN_STATES = (
    "ready", "ready", "ready", "ready", "to_complete", "to_complete", "scheduled", "quarantined",
    "new", "done",
)  # fmt: skip
_DUE_MINUTES = (-25, -8, 12, 25, 38, 41, 52, 90, 130, 180, 240, 320, 400, 1_300, 1_900, 2_900)


@dataclass(frozen=True, slots=True)
class Desk:
    """Who takes calls, when now is, and who visits."""

    document: wire.ConfigurationDocument
    now: Millis
    experts: tuple[Record, ...]

    @property
    def agents(self) -> list[str]:
        return [one.id for one in self.document.people if "agent" in one.roles]


def plant_tickets(
    writer: Writer, chance: Random, desk: Desk, customers: Sequence[Customer], count: int
) -> None:
    """Write tickets in the order of their calls, the newest last."""
    owners = [one for one in customers if one.devices]
    planter = _Planter(writer, chance, desk, resources.data("demo/devices.json"),
                       resources.data("demo/people.json"))  # fmt: skip
    open_count = max(40, round(count * _OPEN_SHARE))
    ages = sorted((chance.randrange(2 * DAY, 730 * DAY) for _ in range(count - open_count)),
                  reverse=True)  # fmt: skip
    for number, age in enumerate(ages):
        planter.closed(number, chance.choice(owners), Millis(desk.now - age))
    for number in range(open_count):
        planter.open(len(ages) + number, chance.choice(owners), number)


class _Planter:
    def __init__(
        self,
        writer: Writer,
        chance: Random,
        desk: Desk,
        devices: Any,  # noqa: ANN401 - word lists
        people: Any,  # noqa: ANN401 - word lists
    ) -> None:
        self._writer = writer
        self._chance = chance
        self._desk = desk
        self._words = devices
        self._people = people
        self._counters = dict.fromkeys(_CODES, 0)

    def closed(self, number: int, customer: Customer, at: Millis) -> None:
        """A ticket whose work is over."""
        status = self._chance.choice(("closed", "closed", "closed", "closed", "cancelled"))
        fields = self._fields(customer, at, status)
        fields["due"] = to_rfc3339(Millis(at + 8 * HOUR))
        fields["owner"] = self._chance.choice(self._desk.agents)
        fields["notes"] = self._notes(at, self._chance.randrange(0, 4))
        self._add(customer, fields, at, visited=number % 5 == 0)

    def open(self, number: int, customer: Customer, place: int) -> None:
        """A ticket somebody works on now: due around the present, some past it."""
        now = self._desk.now
        due = Millis(now + self._chance.choice(_DUE_MINUTES) * MINUTE + place % 7 * MINUTE)
        at = Millis(min(now - 3 * MINUTE, due - 8 * HOUR) - self._chance.randrange(0, 2 * HOUR))
        status = self._chance.choice(_OPEN_STATES)
        fields = self._fields(customer, at, status)
        fields["due"] = to_rfc3339(due)
        fields["notes"] = self._notes(at, self._chance.randrange(0, 3))
        self._work_on(fields, number, place, at)
        self._add(customer, fields, at, visited=status == "scheduled")

    def _work_on(self, fields: dict[str, Json], number: int, place: int, at: Millis) -> None:
        """Who has it, what is missing, what was promised, and now and then a danger."""
        chance, agents = self._chance, self._desk.agents
        mine = place % 16 < 2
        fields["owner"] = agents[0] if mine else chance.choice([*agents[1:], None, None])
        if fields["status"] == "quarantined":
            fields["owner"] = None
        if fields["status"] == "to_complete":
            fields["place"] = None
        if place % 9 == 0:
            fields |= {"device_id": None, "model_words": self._heard(str(fields["device_words"]))}
        if place % 11 == 0:
            fields |= {"coverage": "claimed", "claims": [self._claim(at)]}
        if place % 13 == 0:
            fields["promises"] = [self._promise(at)]
        if number % 97 == 0:
            safety = chance.choice(("gas", "smoke", "shock", "water"))
            fields |= {"safety": safety, "fault": chance.choice(self._words["danger"][safety]),
                       "priority": "urgent", "status": "ready"}  # fmt: skip

    def _fields(self, customer: Customer, at: Millis, status: str) -> dict[str, Json]:
        device = self._chance.choice(customer.devices)
        category = str(device.fields["category"])
        person = customer.record.fields
        plan = next((one for one in customer.plans if _covers(one, category)), None)
        phones = person["phones"]
        number = phones[0] if isinstance(phones, list) else None
        intake = self._chance.choice(("phone", "phone", "phone", "web", "walk_in"))
        return {
            "reference": self._reference("C1" if intake == "web" else None),
            "status": status,
            "intake": intake,
            "customer_id": customer.record.id,
            "caller_name": person["name"],
            "caller_phone": number,
            "caller_e164": number,
            "caller_relation": "self",
            "place": ", ".join(str(person[name]) for name in ("address", "city", "postcode")),
            "device_id": device.id,
            "device_words": category,
            "serial": device.fields.get("serial"),
            "fault": self._chance.choice(self._words["faults"][category]),
            "safety": "none",
            "priority": self._chance.choice(("normal", "normal", "high", "low")),
            "plan_id": plan.id if plan else None,
            "coverage": "verified" if plan else "waived",
            "taken_by": self._chance.choice(self._desk.agents),
            "desk": "web" if intake == "web" else "demo",
            "happened_at": to_rfc3339(at),
            "received_at": to_rfc3339(Millis(at + 2_000)),
        }

    def _reference(self, code: str | None) -> str:
        desk = code or self._chance.choice(_CODES[1:])
        self._counters[desk] = next_counter(desk, self._counters[desk])
        return compose(desk, self._counters[desk])

    def _heard(self, category: str) -> str:
        maker = self._chance.choice(self._words["makers"])[0]
        slip = maker[: len(maker) // 2] + maker[len(maker) // 2 + 1 :]
        size = self._chance.randrange(20, 80)
        return f"{slip.lower()} {category.replace('_', ' ')} {size} something"

    def _notes(self, at: Millis, count: int) -> list[Json]:
        notes: list[Json] = []
        for number in range(count):
            when = Millis(min(at + (number + 1) * 35 * MINUTE, self._desk.now))
            notes.append({
                "id": self._writer.new_id(when), "text": self._chance.choice(self._people["notes"]),
                "by": self._chance.choice(self._desk.agents), "at": to_rfc3339(when),
                "internal": self._chance.random() < 0.3,
            })  # fmt: skip
        return notes

    def _promise(self, at: Millis) -> dict[str, Json]:
        due = Millis(self._desk.now + self._chance.choice((-30, 20, 90, 300, 1_200)) * MINUTE)
        return {
            "id": self._writer.new_id(at), "what": self._chance.choice(self._people["promises"]),
            "to": "the caller", "by_when": to_rfc3339(due), "made_by": self._desk.agents[0],
            "at": to_rfc3339(at),
        }  # fmt: skip

    def _claim(self, at: Millis) -> dict[str, Json]:
        return {
            "id": self._writer.new_id(at), "provider": "bank transfer",
            "reference": f"REF{self._chance.randrange(10**6):06d}", "amount": 8_900,
            "currency": "GBP", "paid_on": to_rfc3339(Millis(at - 3 * DAY))[:10],
            "by": self._desk.agents[0], "at": to_rfc3339(at),
        }  # fmt: skip

    def _add(
        self, customer: Customer, fields: dict[str, Json], at: Millis, *, visited: bool
    ) -> None:
        fields.pop("device_words", None)
        ticket = self._writer.record(Aggregate.TICKET, fields, at)
        self._writer.add(ticket)
        self._contact(customer, ticket, at)
        if visited:
            self._visit(ticket, at)

    def _contact(self, customer: Customer, ticket: Record, at: Millis) -> None:
        held = self._chance.randrange(90, 900)
        self._writer.add(self._writer.record(Aggregate.CONTACT, {
            "direction": "in", "number": ticket.fields.get("caller_phone"),
            "e164": ticket.fields.get("caller_e164"), "started": ticket.fields["happened_at"],
            "ended": to_rfc3339(Millis(at + held * 1_000)), "held_s": held,
            "agent": ticket.fields["taken_by"], "caller_name": ticket.fields["caller_name"],
            "checked": "postcode", "customer_id": customer.record.id, "outcome": "new_ticket",
            "tickets": [ticket.id],
        }, at))  # fmt: skip

    def _visit(self, ticket: Record, at: Millis) -> None:
        over = ticket.fields["status"] in ("closed", "cancelled")
        start = Millis(at + DAY if over else self._desk.now + 20 * HOUR)
        self._writer.add(self._writer.record(Aggregate.VISIT, {
            "ticket_id": ticket.id, "expert_id": self._chance.choice(self._desk.experts).id,
            "state": "done" if over else "confirmed", "window_start": to_rfc3339(start),
            "window_end": to_rfc3339(Millis(start + 4 * HOUR)),
            "result": "Repaired." if over else None,
        }, at))  # fmt: skip


def _covers(plan: Record, category: str) -> bool:
    categories = plan.fields.get("categories")
    return isinstance(categories, list) and category in categories
