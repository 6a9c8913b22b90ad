"""Fills an empty ledger: customers with devices and plans, tickets, contacts, experts, payments."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from app.central.reference import history
from app.central.reference.ledger import Ledger
from app.central.reference.seed.catalog import plant_catalog
from app.central.reference.seed.people import plant_customers, plant_experts
from app.central.reference.seed.record import Writer
from app.central.reference.seed.tickets import Desk, plant_tickets
from app.domain.feed import Position

SEED = 20_261_123


@dataclass(frozen=True, slots=True)
class Size:
    """How much is planted."""

    customers: int = 20_000
    tickets: int = 50_000


EVERYTHING = Size()
SMALL = Size(200, 500)
"""Enough for a drill, and there within seconds."""
ONLY_CATALOG = Size(0, 0)
"""The models alone: a central without invented people."""


def plant(
    ledger: Ledger, catalog: Path | None = None, size: Size = EVERYTHING, seed: int = SEED
) -> int:
    """Plant the demo where the ledger is empty; how many records it has brought (0 for none).

    The same seed, size, catalog and clock give the same rows, byte for byte.
    """
    if ledger.standing("tickets").position.n or ledger.standing("catalog").position.n:
        return 0
    chance, now = Random(seed), ledger.surroundings.now()
    document = ledger.configuration_document()
    with ledger.writing() as connection:
        writer = Writer(connection, chance, now)
        entries = plant_catalog(writer, chance, catalog)
        customers = plant_customers(writer, chance, now, entries, size.customers)
        if customers:
            desk = Desk(document, now, tuple(plant_experts(writer, chance)))
            plant_tickets(writer, chance, desk, customers, size.tickets)
        for name, n in writer.finish().items():
            history.put_mark(connection, name, Position(1, n), ledger.surroundings)
    return writer.count
