"""A desk with a real store and a small catalog, for what is done about models."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from app.domain.central_services import SERVICE_OF, Aggregate, Service
from app.domain.feed import FeedItem
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.times import MINUTE, to_rfc3339
from app.providers.executor import InlineExecutor
from app.providers.phones import LibPhoneNumbers
from app.services.desk import Desk, Tools
from app.services.model_finding import ModelFinder
from tests.support.store_desk import IDENTITY, StoreDesk, item
from tests.support.ui_desk import CONFIGURATION, NOON, FixedClock

CATALOG = Service.CATALOG

ENTRIES: Mapping[str, tuple[str, str, str, str]] = {
    "e-1": ("Samsung", "UE55AU7100K", "UE55AU7100KXXU", "television"),
    "e-2": ("Samsung", "UE55CU7020K", "UE55CU7020KXXU", "television"),
    "e-3": ("Dell", "Inspiron 15 3520", "3520", "laptop"),
    "e-4": ("Dell", "Inspiron 15 3511", "3511", "laptop"),
    "e-5": ("Bosch", "Serie 4 KGN39VIEAG", "KGN39VIEAG", "fridge"),
    "e-6": ("Velna", "Dry 640", "VD-640 X", "dryer"),
}


def entry(maker: str, name: str, number: str, category: str, **more: Json) -> dict[str, Json]:
    return {
        "maker": maker, "name": name, "numbers": [number] if number else [], "category": category,
        "detail": "", "status": "supported", **more,
    }  # fmt: skip


class ModelDesk:
    """Feeds, finders and tickets over one store."""

    def __init__(self, folder: Path) -> None:
        self.inside = StoreDesk.made(folder)
        tools = Tools(FixedClock(), self.inside.ids, LibPhoneNumbers())
        self.desk = Desk(self.inside.store, tools, IDENTITY, CONFIGURATION)
        self.finder = ModelFinder(self.desk, InlineExecutor())
        self.finder.follow()
        self._n = 0
        self.feed(
            *(
                self.row(Aggregate.CATALOG_ENTRY, id_, entry(*names))
                for id_, names in ENTRIES.items()
            )
        )

    def row(
        self, aggregate: Aggregate, id_: str, fields: Mapping[str, Json], rev: int = 1
    ) -> FeedItem:
        self._n += 1
        return item(id_, self._n, fields, rev=rev, aggregate=aggregate)

    def feed(self, *items: FeedItem) -> None:
        self.inside.feed(*items, service=CATALOG)

    def put(self, aggregate: Aggregate, id_: str, fields: Mapping[str, Json], rev: int = 1) -> None:
        """Central says so."""
        row = self.row(aggregate, id_, fields, rev)
        self.inside.feed(row, service=SERVICE_OF[aggregate])

    def remembered(self, words: str, entry_id: str, id_: str = "a-1") -> None:
        fields: dict[str, Json] = {"words": words, "key": words, "entry_id": entry_id}
        self.put(Aggregate.ALIAS, id_, fields)

    def tickets(self, *words: str) -> list[str]:
        """Waiting tickets with those words, taken here one after the other."""
        return [
            self.inside.take(model_words=one, reference=f"K7-{at:04d}-M")[0]
            for at, one in enumerate(words, 1)
        ]

    def proposed(self, id_: str, words: str, parts: tuple[str, str, str], **more: Json) -> None:
        """Somebody elsewhere proposed it."""
        maker, name, number = parts
        fields: dict[str, Json] = {
            "words": words, "maker": maker, "name": name, "numbers": [number], "state": "open",
            "category": "television", "proposer": "ellen", "neighbours": [], "remember": True,
            "proposed_at": to_rfc3339(Millis(NOON - 40 * MINUTE)), **more,
        }  # fmt: skip
        self.put(Aggregate.PROPOSAL, id_, fields)

    async def found(self, words: str) -> Sequence[str]:
        return [one.entry.id for one in (await self.finder.find(words)).candidates]
