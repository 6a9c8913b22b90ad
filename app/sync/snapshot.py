"""Fetches every row of a service into a generation of its own: page by page, of one history."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass

from app.domain.errors import CentralUnavailable
from app.domain.feed import Position, Silence, SnapshotPage
from app.domain.operations import Json
from app.ports.central import CursorExpired, SignInNeeded
from app.ports.store import ReadTx, WriteTx
from app.sync.beyond import forget_beyond
from app.sync.health import Talk
from app.sync.service_state import ServiceState
from app.sync.terms import (
    Relation,
    has_unknown_verdicts,
    keep_term,
    known_term,
    relation,
    require_same,
)
from app.sync.waiting import cancelled


def refetch_setting(service: str) -> str:
    """Names the setting that says: the whole service is to be fetched anew."""
    return f"refetch.{service}"


def ask_for_all(tx: WriteTx, service: str) -> None:
    """The whole service is fetched anew with the next pull."""
    tx.desk.set_setting(refetch_setting(service), value=True)


def is_all_asked_for(tx: ReadTx, service: str) -> bool:
    """Whether it is to be."""
    return tx.desk.setting(refetch_setting(service)) is True


@dataclass(frozen=True, slots=True)
class _Begun:
    """Where the first page stood: the feed goes on from there, so no later page may lack of it."""

    position: Position
    term_id: str
    cursor: str


def _setting(service: str) -> str:
    return f"snapshot.{service}"


def _begun(tx: ReadTx, service: str) -> _Begun | None:
    match tx.desk.setting(_setting(service)):
        case [int(term), int(n), str(term_id), str(cursor)]:
            return _Begun(Position(term, n), term_id, cursor)
    return None


class _OfALaterHistory(Exception):
    """A page is of another term than the ones before it: the snapshot begins anew."""


class Snapshots:
    """Works within the puller's turn at the mirror; resumable at each page."""

    def __init__(self, state: ServiceState, offer_again: Callable[[WriteTx], None]) -> None:
        """`offer_again`: everything that was sent, where nobody knows what a history shares."""
        self._state = state
        self._tools = state.tools
        self._offer_again = offer_again

    async def take(self, *, anew: bool) -> int:
        """Every row by id, the next page on its way while one is stored; how many rows came.

        `anew`: from the first page, whatever is under way. It ends early where central enters
        another term: then it is to be taken anew.
        Raises CentralUnavailable, SignInNeeded, CursorExpired, SplitBrain.
        """
        feed, settings = self._state.feed, self._tools.settings
        after = None if anew else feed.snapshot_after
        if after is None:
            await self._show_what_was_read()
            await self._make_room()
        limit = settings.page_rows if feed.mirrored_rows == 0 else settings.again_rows
        self._state.mirroring = True
        try:
            return await self._pages(after, limit)
        except _OfALaterHistory:
            service = self._state.service
            await self._tools.store.write(lambda tx: ask_for_all(tx, service), by_person=False)
            return 0
        finally:
            self._state.mirroring = False

    async def _pages(self, after: str | None, limit: int) -> int:
        rows, service = 0, self._state.service
        begun = await self._tools.store.read(lambda tx: _begun(tx, service)) if after else None
        fetch = asyncio.ensure_future(self._page(after, limit))
        try:
            while True:
                page = await fetch
                if begun is None:
                    begun = _Begun(page.position, page.term_id, page.start_cursor)
                else:
                    await self._require_of_one(begun, page)
                if page.after is not None:
                    fetch = asyncio.ensure_future(self._page(page.after, limit))
                await self._store(page, begun)
                rows += len(page.items)
                if page.after is None:
                    return rows
        finally:
            await cancelled([fetch])

    async def _show_what_was_read(self) -> None:
        """A central that has lost of it in silence learns so before the cursor is given up.

        Raises CentralUnavailable, SignInNeeded.
        """
        cursor = self._state.feed.cursor
        if cursor is not None:
            await self._state.page_turn()
            limit = self._tools.settings.feed_rows  # one row would be of a term on the way here
            with contextlib.suppress(CursorExpired):
                await self._tools.central.changes(self._state.service, cursor, limit, 0.0)

    async def _make_room(self) -> None:
        """What was half built, or swapped out, goes in slices: nobody waits long for the writer."""
        service, rows = self._state.service, self._tools.settings.old_rows
        while await self._tools.store.write(
            lambda tx: tx.mirror.clear_generation(service, rows), by_person=False
        ):
            await self._tools.clock.sleep(0)

    async def _page(self, after: str | None, limit: int) -> SnapshotPage:
        await self._state.page_turn()
        central, service = self._tools.central, self._state.service
        try:
            page = await central.snapshot(service, after, limit)
        except CentralUnavailable as error:
            if error.cause == Silence.BEHIND:
                await self._show(self._state.feed.cursor)
            raise
        known = await self._tools.store.read(lambda tx: known_term(tx, service))
        found = relation(known, page.position, page.term_id)
        if found in (Relation.SPLIT, Relation.FORMER):
            await self._show(self._state.feed.cursor)
        require_same(found)
        return page

    async def _require_of_one(self, begun: _Begun, page: SnapshotPage) -> None:
        """A replica that has not come so far would leave out what the feed does not bring again."""
        here, there = begun.position, page.position
        if there.term > here.term:
            raise _OfALaterHistory
        if there < here or (there.term, page.term_id) != (here.term, begun.term_id):
            await self._show(begun.cursor)
            raise CentralUnavailable("The page is of an earlier state.", cause=Silence.BEHIND)

    async def _show(self, cursor: str | None) -> None:
        """Central shows a former history: from this desk's cursor it learns what it has lost."""
        if cursor is not None:
            with contextlib.suppress(CentralUnavailable, SignInNeeded, CursorExpired):
                await self._tools.central.changes(self._state.service, cursor, 1, 0.0)

    async def _store(self, page: SnapshotPage, begun: _Begun) -> None:
        state, service, at = self._state, self._state.service, begun.position

        def write(tx: WriteTx) -> None:
            known = known_term(tx, service)
            if known and relation(known, page.position, page.term_id) is Relation.RAISED:
                self._offer_again(tx)
                keep_term(tx, service, page.position, page.term_id)
            elif known is None and has_unknown_verdicts(tx, service, page.position):
                self._offer_again(tx)
            forget_beyond(tx, service)
            tx.mirror.apply_snapshot_page(service, page, self._tools.clock.now())
            kept: Json = [at.term, at.n, begun.term_id, begun.cursor]
            tx.desk.set_setting(_setting(service), None if page.after is None else kept)
            if is_all_asked_for(tx, service):
                tx.desk.set_setting(refetch_setting(service), value=False)
            state.read(tx)

        await self._tools.store.write(write, by_person=False)
        self._tools.central.adopted(service, page.position.term)
        state.pulled += len(page.items)
        state.heard(Talk.PULL)
        state.notify()
