"""The store as an engine is given it: whoever writes there in a person's turn is found out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from app.ports.store import Store, WriteTx

T = TypeVar("T")


class EnginesStore:
    """Hands everything on; a person's writing goes before all else, and an engine is none."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.turns_taken = 0
        """Writes that claimed to be a person's."""

    def as_port(self) -> Store:
        return cast("Store", self)

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the store has
        return getattr(self._store, name)

    async def write(self, work: Callable[[WriteTx], T], *, by_person: bool = True) -> T:
        self.turns_taken += by_person
        return await self._store.write(work, by_person=by_person)
