"""Customers with their devices, plans and payments; the experts who visit them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

import resources
from app.central.reference.seed.phones import Phones
from app.central.reference.seed.record import Record, Writer
from app.domain.central_services import Aggregate
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.times import DAY, to_rfc3339

_GERMAN_SHARE = 0.12
_HOUSEHOLD = (1, 1, 1, 2, 2, 3)
_COMMON = (
    "television", "television", "fridge", "fridge", "washing_machine", "washing_machine", "laptop",
    "laptop", "phone", "phone", "dishwasher", "oven", "router", "printer", "dryer", "tablet",
    "freezer", "hob", "monitor", "speaker",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Customer:
    """Somebody with what they own and what covers it."""

    record: Record
    devices: tuple[Record, ...]
    plans: tuple[Record, ...]


def plant_customers(
    writer: Writer, chance: Random, now: Millis, entries: Sequence[Record], count: int
) -> list[Customer]:
    """Write customers, their devices (in the catalog, but for some), plans and payments."""
    words = resources.data("demo/people.json")
    by_category: dict[str, list[Record]] = {}
    for entry in entries:
        by_category.setdefault(str(entry.fields["category"]), []).append(entry)
    planter = _Planter(writer, chance, now, words, by_category)
    return [planter.customer(number) for number in range(count)]


@dataclass(slots=True)
class _Planter:
    writer: Writer
    chance: Random
    now: Millis
    words: dict[str, Any]
    entries: dict[str, list[Record]]
    phones: Phones = field(default_factory=Phones)

    def customer(self, number: int) -> Customer:
        since = Millis(self.now - self.chance.randrange(60, 3_000) * DAY)
        german = self.chance.random() < _GERMAN_SHARE
        record = self.writer.record(
            Aggregate.CUSTOMER, self._person(number, since, german=german), since
        )
        self.writer.add(record)
        devices = tuple(self._device(record, since) for _ in range(self.chance.choice(_HOUSEHOLD)))
        plans = self._plans(record, devices, since)
        return Customer(record, devices, plans)

    def _person(self, number: int, since: Millis, *, german: bool) -> dict[str, Json]:
        region = "de" if german else "gb"
        pick = self.chance.choice
        first, last = pick(self.words[f"first_{region}"]), pick(self.words[f"last_{region}"])
        city, code = pick(self.words[f"cities_{region}"])
        house, street = self.chance.randrange(1, 180), pick(self.words[f"streets_{region}"])
        letters = "".join(pick("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))
        postcode = code if german else f"{code} {self.chance.randrange(1, 9)}{letters}"
        phones: list[Json] = [self.phones.first(number, german=german)]
        if self.chance.random() < 0.25:
            phones.append(self.phones.another(german=german))
        return {
            "name": f"{first} {last}",
            "phones": phones,
            "mails": [f"customer{number}@example.org"],
            "address": f"{street} {house}" if german else f"{house} {street}",
            "city": city,
            "postcode": postcode,
            "language": "de" if german else "en",
            "since": to_rfc3339(since)[:10],
        }

    def _device(self, customer: Record, since: Millis) -> Record:
        category = self.chance.choice(_COMMON)
        entry = self.chance.choice(self.entries.get(category) or self.entries["other"])
        bought = Millis(self.chance.randrange(since - 900 * DAY, self.now - 5 * DAY))
        serial = f"{self.chance.randrange(36**8):08X}"[:10]
        known = self.chance.random() < 0.93
        fields: dict[str, Json] = {
            "customer_id": customer.id,
            "entry_id": entry.id if known else None,
            "words": "" if known else f"{entry.fields.get('maker', '')} {category}",
            "category": category,
            "serial": serial,
            "bought_on": to_rfc3339(bought)[:10],
            "bought_where": self.chance.choice(("online", "shop", "market")),
        }
        device = self.writer.record(Aggregate.DEVICE, fields, bought)
        self.writer.add(device)
        return device

    def _plans(
        self, customer: Record, devices: Sequence[Record], since: Millis
    ) -> tuple[Record, ...]:
        """For each device the first plan that covers its category, once each."""
        made: dict[str, Record] = {}
        for device in devices:
            category = device.fields["category"]
            terms = next(
                (one for one in self.words["plans"] if category in one["categories"]), None
            )
            if terms is None or terms["kind"] in made or self.chance.random() < 0.1:
                continue
            made[terms["kind"]] = self._plan(customer, terms, since)
        return tuple(made.values())

    def _plan(self, customer: Record, terms: dict[str, Any], since: Millis) -> Record:
        ends = Millis(max(since + 30 * DAY, self.now + self.chance.randrange(-120, 700) * DAY))
        starts = Millis(max(since, ends - 730 * DAY))
        paid = Millis(min(ends, self.now + self.chance.randrange(-20, 330) * DAY))
        number = f"P{self.chance.randrange(10**8):08d}"
        plan = self.writer.record(
            Aggregate.PLAN,
            {
                "customer_id": customer.id, "kind": terms["kind"], "number": number,
                "name": terms["name"], "covers": terms["covers"],
                "starts": to_rfc3339(starts)[:10], "ends": to_rfc3339(ends)[:10],
                "paid_until": to_rfc3339(paid)[:10], "categories": terms["categories"],
                "visits_used": self.chance.randrange(0, 2), "visits_included": terms["visits"],
                "response_minutes": terms["response_minutes"],
            },
            starts,
        )  # fmt: skip
        self.writer.add(plan)
        self._payment(
            customer, number, Millis(min(paid, self.now) - self.chance.randrange(30) * DAY)
        )
        return plan

    def _payment(self, customer: Record, number: str, at: Millis) -> None:
        amount = self.chance.choice((4_900, 6_400, 8_900, 12_000))
        self.writer.add(
            self.writer.record(
                Aggregate.PAYMENT,
                {
                    "customer_id": customer.id, "amount": amount, "currency": "GBP",
                    "value_date": to_rfc3339(at)[:10], "reference": number,
                    "payer": customer.fields["name"],
                },
                at,
            )
        )  # fmt: skip


def plant_experts(writer: Writer, chance: Random) -> list[Record]:
    """Twenty-four people who visit."""
    words = resources.data("demo/people.json")
    people = resources.data("demo/organisation.json")["people"]
    signing_in = [one["name"] for one in people if "expert" in one["roles"]]
    experts = []
    for number in range(24):
        name = f"{chance.choice(words['first_gb'])} {chance.choice(words['last_gb'])}"
        name = signing_in[number] if number < len(signing_in) else name
        city = chance.choice(words["cities_gb"])[0]
        skills: list[Json] = [*sorted(chance.sample(sorted(set(_COMMON)), 6))]
        expert = writer.record(
            Aggregate.EXPERT,
            {"name": name, "skills": skills, "area": city,
             "phones": [f"+447700900{900 + number}"], "roster": ["Mon-Fri 08:00-17:00"]},
        )  # fmt: skip
        writer.add(expert)
        experts.append(expert)
    return experts
