"""Whether a service's mirror is what central holds; what is not is fetched row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.central.contract import bodies
from app.domain.errors import CentralUnavailable
from app.domain.feed import FeedItem, ItemOp, Position
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.parity import BUCKETS, Finding, ParityReport, compared, differing
from app.ports.central import FetchedRows, OtherHistory, SignInNeeded
from app.ports.store import ReadTx, WriteTx
from app.sync.beyond import MOST_IDS, fetched_rows
from app.sync.service_state import ServiceState
from app.sync.snapshot import ask_for_all

_REPAIR = "repair"
_ERASED = "erased"
_JITTER = 0.2
_FEW_ROWS = 10_000
"""Their search is compared in some 50 ms of the writer."""
COUNTERS = "counters"
"""What an incident is about where no row was wrong, but how many there are of a kind."""
SEARCH = "search"
"""What it is about where no row is wrong, but the words they are found by."""


def _setting(service: str) -> str:
    return f"parity.{service}"


def row_hash(type_: str, id_: str, rev: int, fields: Mapping[str, Json]) -> str:
    """As central makes it."""
    return bodies.row_hash(type_, id_, rev, dict(fields))


@dataclass(slots=True)
class _Work:
    """One check under way: what was found by which row."""

    rows: int = 0
    buckets: int = 0
    found: dict[str, Finding] = field(default_factory=dict)
    skewed: int = 0


class ParityCheck:
    """One service's check; runs by the clock, and when a person asks."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state
        self._tools = state.tools

    async def run(self) -> None:
        """Check again and again until cancelled; the first time some while after the start."""
        settings = self._tools.settings
        while True:
            spread = self._tools.random.uniform(1 - _JITTER, 1 + _JITTER)
            await self._tools.clock.sleep(spread * await self._rest_s())
            await self.check()
            await self._tools.clock.sleep(settings.parity_first_s)

    async def _rest_s(self) -> float:
        """Until the next one is due; a wall clock that jumped only brings it nearer."""
        settings, now = self._tools.settings, self._tools.clock.now()
        kept = await self._tools.store.read(
            lambda tx: tx.desk.setting(_setting(self._state.service))
        )
        last = kept if isinstance(kept, int) else 0
        since_s = (now - last) / 1_000
        rest_s = settings.parity_each_s - since_s if since_s >= 0 else 0.0
        return max(rest_s, settings.parity_first_s)

    async def check(self, *, thoroughly: bool = False) -> ParityReport:
        """Look through the mirror, compare it with central, repair what differs.

        What its records are found by is compared `thoroughly`, or where any of them was wrong and
        there are few: it keeps people's writes waiting meanwhile. Never raises because central is
        away: then what could be done without it was done.
        """
        state, work = self._state, _Work()
        await self._look_through(work)
        try:
            state.interrupt.set()
            async with state.mirror:
                compared_now = await self._compare(work)
                await self._repair(work)
        except (CentralUnavailable, SignInNeeded, OtherHistory):
            return self._report(work, 0, compared=False)
        if compared_now:
            await self._recount(work)
            spoilt = bool(work.found or work.skewed)
            if thoroughly or (spoilt and work.rows <= _FEW_ROWS):
                await self._refit(work)
            await self._tools.store.write(self._done, by_person=False)
        state.notify()
        return self._report(work, len(work.found) + work.skewed, compared=compared_now)

    async def _recount(self, work: _Work) -> None:
        """Once every row is what it should be, the counters are compared with the rows."""
        service, now = self._state.service, self._tools.clock.now()
        off = await self._tools.store.read(lambda tx: tx.parity.miscounted(service))

        def write(tx: WriteTx) -> None:
            tx.mirror.recount(off)
            _note(tx, Finding.SKEWED, service, COUNTERS, now)

        if off:
            await self._tools.store.write(write, by_person=False)
            work.skewed += 1

    async def _refit(self, work: _Work) -> None:
        """A search that does not fit is filled anew, with a generation fetched beside this one."""
        state, now = self._state, self._tools.clock.now()

        def write(tx: WriteTx) -> bool:
            fits = tx.mirror.searches_fit(state.service)
            if not fits:
                ask_for_all(tx, state.service)
                _note(tx, Finding.SKEWED, state.service, SEARCH, now)
            return fits

        if not await self._tools.store.write(write, by_person=False):
            work.skewed += 1
            state.interrupt.set()

    def _done(self, tx: WriteTx) -> None:
        tx.desk.set_setting(_setting(self._state.service), self._tools.clock.now())

    def _report(self, work: _Work, repaired: int, *, compared: bool) -> ParityReport:
        found: Counter[Finding] = Counter(work.found.values())
        if work.skewed:
            found[Finding.SKEWED] = work.skewed
        return ParityReport(
            self._state.service, work.rows, work.buckets, dict(found), repaired, compared
        )

    # --- against itself --------------------------------------------------------------------

    async def _look_through(self, work: _Work) -> None:
        """Row by row, in short readings; what central has to say again is only noted."""
        service, limit = self._state.service, self._tools.settings.parity_rows
        at: tuple[int, int] | None = (0, 0)
        while at is not None:
            place = at
            looked = await self._tools.store.read(
                lambda tx, place=place: tx.parity.look(service, place, limit, row_hash)  # type: ignore[misc]  # a lambda with defaults has no type
            )
            work.rows += looked.rows
            work.found |= dict.fromkeys(looked.damaged, Finding.DAMAGED)
            if looked.skewed:
                await self._tools.store.write(
                    lambda tx, ids=looked.skewed: self._rederive(tx, ids),  # type: ignore[misc]  # a lambda with defaults has no type
                    by_person=False,
                )
                work.skewed += len(looked.skewed)
            at = looked.next
            await self._tools.clock.sleep(0)

    def _rederive(self, tx: WriteTx, ids: Sequence[str]) -> None:
        """It needs nobody: what is shown follows from what is kept."""
        service, now = self._state.service, self._tools.clock.now()
        tx.mirror.rederive(service, ids)
        for id_ in ids:
            _note(tx, Finding.SKEWED, service, id_, now)

    # --- against central -------------------------------------------------------------------

    async def _compare(self, work: _Work) -> bool:
        """Digests at the mirror's position, then the rows of buckets that differ.

        False where the mirror stands at no position of its own: it is being filled, or behind.
        """
        state, central = self._state, self._tools.central
        position, mine = await self._tools.store.read(self._digests)
        if position is None:
            return False
        await state.page_turn()
        theirs = await central.digests(state.service, position)
        buckets = differing(mine, theirs)
        work.buckets = len(buckets)
        if not buckets:
            return True
        here = await self._tools.store.read(lambda tx: tx.parity.states(state.service, buckets))
        for number in buckets:
            await state.page_turn()
            there = await central.bucket(state.service, number, position)
            found = compared(here[number], there)
            excused = await self._tools.store.read(
                lambda tx, ids=frozenset(found): tx.parity.excused(ids)  # type: ignore[misc]  # a lambda with defaults has no type
            )
            for id_, finding in found.items():
                if id_ not in excused:
                    work.found.setdefault(id_, finding)
        return True

    def _digests(self, tx: ReadTx) -> tuple[Position | None, tuple[str, ...]]:
        self._state.read(tx)
        feed = self._state.feed
        if not feed.up_to_date or feed.snapshot_running or feed.position is None:
            return None, ("",) * BUCKETS
        return feed.position, tx.parity.digests(self._state.service)

    # --- repair ----------------------------------------------------------------------------

    async def _repair(self, work: _Work) -> None:
        """Ask for the rows by id and make them what central says; each is an incident."""
        ids = sorted(work.found)
        for at in range(0, len(ids), MOST_IDS):
            some = ids[at : at + MOST_IDS]
            fetched = await fetched_rows(self._state, some)
            await self._tools.store.write(
                lambda tx, some=some, fetched=fetched: self._put_right(tx, work, some, fetched),  # type: ignore[misc]  # a lambda with defaults has no type
                by_person=False,
            )

    def _put_right(
        self, tx: WriteTx, work: _Work, ids: Sequence[str], fetched: FetchedRows
    ) -> None:
        service, now = self._state.service, self._tools.clock.now()
        tx.mirror.put_right(service, ids, fetched.items)
        erased = {item.id for item in fetched.items if _is_erased(item)}
        for id_ in ids:
            if id_ not in erased:
                _note(tx, work.found[id_], service, id_, now)
        self._state.read(tx)


def _is_erased(item: FeedItem) -> bool:
    """Central forgets the past of what it erases: a desk that has not heard yet is not wrong."""
    return item.op is ItemOp.TOMBSTONE and item.reason == _ERASED


def _note(tx: WriteTx, finding: Finding, service: str, id_: str, now: Millis) -> None:
    tx.incidents.note(finding, service, id_, now)
    tx.incidents.close(finding, service, id_, now, _REPAIR)
