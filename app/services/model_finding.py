"""Which model the caller means, while they type: the resolver over an index kept up to date."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Sequence
from functools import partial

from app.domain.changes import Changes
from app.domain.matching.index import CatalogIndex
from app.domain.matching.reading import readings
from app.domain.matching.resolution import NOTHING as NO_ANSWER
from app.domain.matching.resolution import Candidate, Outcome, Resolution, resolve
from app.domain.model_offer import NOTHING, ModelOffer, Offered, separating, tied, unsaid
from app.domain.views import EntryNames
from app.domain.words import readable
from app.ports.store import ReadTx
from app.ports.system import Executor, Lane
from app.services.desk import Desk
from app.services.resolving import coefficients, spoken_words

LONGEST = 400
"""Characters of the words that are looked at."""
MOST_OFFERED = 5
_AT_LEAST = 2
_PAGE = 2_000
_MOST_FRESH = 400
"""Entries that came after the index was built, before it is built anew."""


class ModelFinder:
    """Builds its index from the mirror behind the screens; every commit to the catalog is in the
    next answer. Answers are computed by `executor`, away from the caller's thread; a caller that
    was cancelled is not computed for.
    """

    def __init__(self, desk: Desk, executor: Executor) -> None:
        self._desk = desk
        self._executor = executor
        self._lock = threading.Lock()
        self._index: CatalogIndex | None = None
        self._replaced: set[str] = set()
        """Entries that moved and are not in the index yet as they are now."""
        self._since: set[str] | None = None
        """While an index is being built: what has moved since that began."""
        self._outdated = False
        self._version = 0
        self._known = 0
        """The version that the index has taken in."""
        self._taken_in = 0
        self._catching_up = asyncio.Lock()

    def follow(self) -> Callable[[], None]:
        """Hear of every commit from now on; returns the undo."""
        return self._desk.store.subscribe(self._changed)

    def _changed(self, changes: Changes) -> None:
        """On the writer's thread, right after the commit."""
        if not changes.touches("catalog_entry", "proposal"):
            return
        moved = changes.ids.get("catalog_entry", frozenset())
        with self._lock:
            self._version += 1
            self._outdated = self._outdated or changes.everything
            self._replaced |= moved
            if self._since is not None:
                self._since |= moved

    async def warm(self) -> None:
        """Build the index, a page of the catalog at a time; asked again meanwhile, once is enough.

        Questions are answered from the former index, or by the store, until it is there.
        """
        with self._lock:
            if self._since is not None:
                return
            self._since, self._outdated = set(), False
        try:
            index = await self._built()
        except BaseException:
            with self._lock:
                self._since, self._outdated = None, True
            raise
        with self._lock:
            self._index, self._taken_in = index, 0
            self._replaced, self._since = self._since or set(), None
            self._version += 1

    async def _built(self) -> CatalogIndex:
        entries: list[EntryNames] = []
        after = -1
        while after:
            page, after = await self._desk.store.read(_page(after))
            entries += page
        return await self._executor.run(Lane.READ, lambda: CatalogIndex(_keys(entries)))

    async def find(self, words: str, limit: int = MOST_OFFERED) -> ModelOffer:
        """What the words may mean; bounded work whatever was typed, never an error."""
        said = readable(words[:LONGEST]).strip()
        if len(said) < _AT_LEAST:
            return NOTHING
        if self._index is None:
            return await self._from_the_store(said, limit)
        await self._catch_up()
        found = await self._executor.run(Lane.READ, lambda: self._resolved(said))
        return await self._desk.store.read(lambda tx: _offer(tx, said, found, limit))

    async def _from_the_store(self, said: str, limit: int) -> ModelOffer:
        """The index is not there yet: the search that every store has."""

        def read(tx: ReadTx) -> ModelOffer:
            near = tx.catalog.candidates(said, limit)
            found = Resolution(
                Outcome.CHOOSE if near else Outcome.NOT_IN_LIST,
                0.0,
                tuple(Candidate(one.entry_id, one.score) for one in near),
            )
            return _offer(tx, said, found, limit, ready=False)

        return await self._desk.store.read(read)

    async def _catch_up(self) -> None:
        """Take in what the catalog's commits have moved since the last answer."""
        async with self._catching_up:
            with self._lock:
                version, moved, self._replaced = self._version, frozenset(self._replaced), set()
                self._taken_in += len(moved)
                outdated = self._outdated or self._taken_in > _MOST_FRESH
            index = self._index
            if outdated:
                await self.warm()
            elif version != self._known and index is not None:
                try:
                    names = await self._desk.store.read(partial(_moved_entries, moved))
                    await self._executor.run(Lane.READ, lambda: _take_in(index, names, moved))
                except BaseException:  # also a question that was cancelled: the next one asks again
                    with self._lock:
                        self._replaced |= moved
                    raise
                self._known = version

    def _resolved(self, said: str) -> Resolution:
        """On the executor's thread."""
        index = self._index
        if index is None:
            return NO_ANSWER
        return resolve(said, index, spoken_words(), coefficients())


def _take_in(index: CatalogIndex, names: Iterable[EntryNames], replaced: Iterable[str]) -> None:
    """Entries as they are now, in place of what they were."""
    for id_ in replaced:
        index.hide(id_)
    for entry in _keys(names):
        index.add(*entry)


def _moved_entries(replaced: frozenset[str], tx: ReadTx) -> Sequence[EntryNames]:
    """As they are now, those approved here among them."""
    return tx.catalog.entries_of(sorted(replaced | set(tx.catalog.approved_here())))


def _page(after: int) -> Callable[[ReadTx], tuple[Sequence[EntryNames], int]]:
    return lambda tx: tx.catalog.entries(after, _PAGE)


def _keys(entries: Iterable[EntryNames]) -> Iterable[tuple[str, str, str, str]]:
    return ((one.id, one.maker, one.name, one.numbers) for one in entries)


def _offer(
    tx: ReadTx, said: str, found: Resolution, limit: int, *, ready: bool = True
) -> ModelOffer:
    """With names and what differs; what somebody decided about these words comes first."""
    remembered = list(tx.catalog.known_by(said))
    scores = {one.id: one.score for one in found.candidates}
    ids = [*remembered, *(id_ for id_ in scores if id_ not in remembered)]
    entries = tx.catalog.entries_of(ids)[:limit]
    ways = [reading.words for reading in readings(said, spoken_words())]
    offered = tuple(
        Offered(
            one,
            1.0 if one.id in remembered else scores.get(one.id, 0.0),
            unsaid(ways, one.title),
            remembered=one.id in remembered,
        )
        for one in entries
    )
    if offered and offered[0].remembered:
        sure = Outcome.LINKED if len(remembered) == 1 else Outcome.CHOOSE
        return ModelOffer(sure, 1.0 / len(remembered), offered, ready=ready)
    if not offered:
        return ModelOffer(Outcome.NOT_IN_LIST, 0.0, ready=ready)
    count = tied([one.score for one in offered]) if found.outcome is Outcome.CHOOSE else 0
    apart = separating([one.entry.title for one in offered[:count]])
    return ModelOffer(found.outcome, found.confidence, offered, apart, ready=ready)
