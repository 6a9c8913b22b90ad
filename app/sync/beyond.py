"""After lost history: what is mirrored beyond the fork is asked for by id and put right.

A new generation would ask for every row there is; a promotion that lost a second asks for a few.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.central_services import Service
from app.domain.errors import CentralUnavailable
from app.domain.feed import Position, Silence
from app.ports.central import CursorExpired, FetchedRows
from app.ports.store import ReadTx, WriteTx
from app.sync.service_state import ServiceState

MOST_IDS = 100
"""Central answers for no more at a time."""


def _setting(service: str) -> str:
    return f"beyond.{service}"


def keep_beyond(tx: WriteTx, service: str, fork: Position) -> None:
    """Remember where the shared history ends, until everything behind it was asked for.

    A second loss before the first is dealt with begins again, at the earlier fork.
    """
    kept = _kept(tx, service)
    earlier = min(fork, kept[0]) if kept else fork
    tx.desk.set_setting(_setting(service), [earlier.term, earlier.n, ""])


def forget_beyond(tx: WriteTx, service: str) -> None:
    """A new generation asks for everything anyway."""
    if tx.desk.setting(_setting(service)) is not None:
        tx.desk.set_setting(_setting(service), None)


def is_beyond_kept(tx: ReadTx, service: str) -> bool:
    """Whether something is still to be asked for."""
    return _kept(tx, service) is not None


def _kept(tx: ReadTx, service: str) -> tuple[Position, str] | None:
    kept = tx.desk.setting(_setting(service))
    if not isinstance(kept, list) or len(kept) != 3:
        return None
    term, n, after = kept
    if not isinstance(term, int) or not isinstance(n, int):
        return None
    return Position(term, n), str(after)


class Beyond:
    """Works within the puller's turn at the mirror; resumable after each answer."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state
        self._tools = state.tools

    async def fetch(self) -> int:
        """Ask for all that is left to ask, once the feed has been heard; how many records.

        It comes after the feed: only a cursor shows a central what it has lost since.
        Raises CentralUnavailable, SignInNeeded.
        """
        service = self._state.service
        ids = await self._tools.store.read(lambda tx: _left(tx, service))
        if ids is None:
            return 0
        for at in range(0, len(ids), MOST_IDS):
            await self._fetch_some(ids[at : at + MOST_IDS])
        await self._tools.store.write(lambda tx: forget_beyond(tx, service), by_person=False)
        return len(ids)

    async def _fetch_some(self, ids: Sequence[str]) -> None:
        fetched = await fetched_rows(self._state, ids)
        service = self._state.service

        def write(tx: WriteTx) -> None:
            tx.mirror.put_right(service, ids, fetched.items)
            kept = _kept(tx, service)
            if kept is not None:
                tx.desk.set_setting(_setting(service), [kept[0].term, kept[0].n, ids[-1]])
            self._state.read(tx)

        await self._tools.store.write(write, by_person=False)


def _left(tx: ReadTx, service: Service) -> Sequence[str] | None:
    kept = _kept(tx, service)
    if kept is None:
        return None
    fork, after = kept
    return tx.parity.beyond(service, (fork.term, fork.n), after)


async def fetched_rows(state: ServiceState, ids: Sequence[str]) -> FetchedRows:
    """Central's word on some records, from where the mirror stands or later in the same history.

    A newer term is told by the feed first: its rows beside this cursor would be of two histories.
    So would be those of a central that has lost history in silence and gone on; the cursor, shown
    afterwards, tells.
    Raises CentralUnavailable (also where an endpoint is behind), SignInNeeded.
    """
    await state.page_turn()
    fetched = await state.tools.central.rows(state.service, ids)
    feed = state.feed
    if feed.position is not None and fetched.position < feed.position:
        raise _of_another_history()
    _expect(state, fetched.position, fetched.term_id)
    if feed.cursor is not None:
        await state.page_turn()
        limit = state.tools.settings.feed_rows
        try:
            page = await state.tools.central.changes(state.service, feed.cursor, limit, 0.0)
        except CursorExpired:
            raise _of_another_history() from None
        if page.fork is not None or not page.up_to_date:
            raise _of_another_history()  # or nobody can say: a fork is told where its term begins
        _expect(state, page.position, page.term_id)
    return fetched


def _expect(state: ServiceState, position: Position, term_id: str) -> None:
    here = state.feed.position
    if here is not None and (position.term, term_id) != (here.term, state.feed.term_id):
        raise _of_another_history()


def _of_another_history() -> CentralUnavailable:
    return CentralUnavailable("Another history answers.", cause=Silence.BEHIND)
