"""Brings central's changes into the mirror: a snapshot where there is no cursor, then the feed."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass, replace

from app.domain.errors import CentralUnavailable
from app.domain.feed import FeedPage, Position
from app.domain.ids import OpId
from app.domain.incidents import SPLIT_WORDS, IncidentKind
from app.domain.lifecycle import LIFE, OpEvent, OpState
from app.ports.central import CursorExpired, SignInNeeded
from app.ports.store import EventDetail, FeedState, ReadTx, WriteTx
from app.sync.backoff import full_jitter
from app.sync.beyond import Beyond, is_beyond_kept, keep_beyond
from app.sync.health import Talk
from app.sync.outcomes import NEW_TERM
from app.sync.person_keys import waiting_for_key
from app.sync.proving import ahead, prove, unproven
from app.sync.service_state import Patience, ServiceState, Way
from app.sync.snapshot import Snapshots, ask_for_all, is_all_asked_for
from app.sync.terms import (
    KnownTerm,
    Relation,
    SplitBrain,
    has_unknown_verdicts,
    known_term,
    lost,
    page_relation,
    require_same,
    shared,
)
from app.sync.waiting import Wake, cancelled

_QUICK_POLL_S = 1.0
_FEW_FAILURES = 2
"""So many count at most where a page came and what is asked behind it gets no answer."""
_ASK_AGAIN_S = 20.0
"""About an operation that central has accepted, knows, and still does not show."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the mirror stands, read in one view."""

    feed: FeedState
    refetch: bool
    beyond: bool
    """Something of a lost history is still to be asked for by id."""
    unproven: bool
    """Operations that it has passed are to be asked for by id."""
    ahead: frozenset[OpId]
    """Operations that were accepted further on: pages will name them, unless they are lost."""
    known: KnownTerm | None

    @property
    def needs_snapshot(self) -> bool:
        feed = self.feed
        return self.refetch or feed.cursor is None or feed.snapshot_after is not None


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a page of the feed came to."""

    swapped: bool
    """A new generation is read from here on."""
    standing: Standing


class Puller:
    """One service's way in. Rows and cursor are stored together, so it starts again anywhere."""

    def __init__(self, state: ServiceState, mirrored: Wake) -> None:
        self._state = state
        self._tools = state.tools
        self._mirrored = mirrored
        self._beyond = Beyond(state)
        self._snapshots = Snapshots(state, lambda tx: self._offer_again(tx, None))
        self._failures = 0
        self._asked: dict[OpId, float] = {}
        """When central was asked about what it had accepted and did not show."""
        self._kept_are_read = False
        """Rows that an older program kept unread have been looked through."""
        self._split_noted = True
        """An incident may be open: of this run, or of one before the program was started again."""

    async def run(self) -> None:
        """Poll for news until cancelled."""
        state, clock = self._state, self._tools.clock
        await self.read_kept()
        while True:
            if not state.may_pull:
                await state.reopened.wait(clock)
                continue
            # Signed out or split, the desk asks whether that is over; it does not wait for news.
            # Nor does it at a start with work that may have been refused before.
            # A silence meanwhile leads back to an open way: the sign-in is still to be proven.
            refused = state.health.sign_in
            asks = state.way is not Way.OPEN or refused or (state.waiting and not state.proven)
            wait_s = 0.0 if asks else self._tools.settings.poll_wait_s
            rest_s = await self.attempt(wait_s)
            if rest_s:
                await state.pull.wait(clock, rest_s)

    async def read_kept(self) -> None:
        """Take up what an older program kept unread: before any poll, and without central."""
        service, rows = self._state.service, self._tools.settings.old_rows
        async with self._state.mirror:
            while not self._kept_are_read:
                looked = await self._tools.store.write(
                    lambda tx: tx.mirror.read_kept(service, rows), by_person=False
                )
                self._kept_are_read = not looked
                await self._tools.clock.sleep(0)

    async def attempt(self, wait_s: float) -> float:
        """Catch up once, turning what central's silence means into the service's state.

        Gives the seconds to rest before the next one; 0 where there is no need to.
        """
        state = self._state
        try:
            quick = await self._catch_up_and_time(wait_s)
        except SignInNeeded:
            state.signed_out()
            return self._tools.settings.signed_out_s
        except SplitBrain:
            state.split(split=True)
            await self._tools.store.write(self._note_split, by_person=False)
            return self._tools.settings.probe_down_s
        except CursorExpired:
            # Right after a snapshot: central contradicts itself, and is given time.
            self._failures += 1
            return full_jitter(self._tools.random, self._failures)
        except CentralUnavailable as error:
            self._failures += 1
            state.silent(Talk.PULL, error.cause)
            return full_jitter(self._tools.random, self._failures, error.retry_after_s)
        self._failures = 0
        state.heard(Talk.PULL)
        return self._tools.random.uniform(0.5, 1.5) * _QUICK_POLL_S if quick else 0.0

    def _note_split(self, tx: WriteTx) -> None:
        """Once for as long as it lasts, however often it is met."""
        self._split_noted = True
        about = (IncidentKind.SPLIT_BRAIN, self._state.service.value, self._state.service.value)
        if not any((one.kind, one.service, one.subject) == about for one in tx.incidents.open()):
            tx.incidents.note(*about, self._tools.clock.now(), SPLIT_WORDS)

    async def _catch_up_and_time(self, wait_s: float) -> bool:
        """True where a poll came back empty at once: central does not wait, so the desk does."""
        began = self._tools.clock.monotonic()
        rows = await self.catch_up(wait_s)
        took_s = self._tools.clock.monotonic() - began
        return rows == 0 and took_s < min(_QUICK_POLL_S, wait_s)

    async def catch_up(self, wait_s: float = 0.0) -> int:
        """Pull until central says that there is no more; how many rows came.

        With `wait_s`, the first request waits that long for news. Raises CentralUnavailable,
        SignInNeeded, SplitBrain.
        """
        async with self._state.mirror:
            try:
                return await self._catch_up(wait_s)
            except CursorExpired:
                await self._ask_for_all()
                return await self._catch_up(0.0)

    async def _catch_up(self, wait_s: float) -> int:
        standing = await self._standing()
        rows = 0
        while standing.needs_snapshot:
            await self.learn_rate()
            rows += await self._snapshots.take(anew=standing.refetch)
            standing = await self._standing()
            wait_s = 0.0
        if standing.beyond or standing.unproven or self._not_asked(standing.ahead):
            wait_s = 0.0
        while True:
            if not standing.feed.up_to_date:
                wait_s = 0.0
            page = await self._next_page(standing, wait_s)
            if page is None and not self._state.may_pull:
                return rows
            if page is None:
                wait_s = 0.0
                continue
            after = await self._store_page(page)
            rows += len(page.items)
            if page.up_to_date:
                if after.standing.beyond:
                    rows += await self._beyond.fetch()
                await self._prove(after.standing, self._not_asked(standing.ahead))
                return rows
            wait_s, standing = 0.0, after.standing

    async def _prove(self, here: Standing, shown: Collection[OpId]) -> None:
        """`shown`: accepted before the page was asked for, so that it should have named them."""
        missed = here.ahead.intersection(shown)
        if here.beyond or here.unproven or missed:
            await prove(self._state, missed)
            self._asked |= dict.fromkeys(missed, self._tools.clock.monotonic())

    def _not_asked(self, ahead: Collection[OpId]) -> Collection[OpId]:
        """Of these, whom central was not asked about lately: it may be a replica that answers."""
        now = self._tools.clock.monotonic()
        self._asked = {
            op_id: at for op_id, at in self._asked.items()
            if op_id in ahead and now - at < _ASK_AGAIN_S
        }  # fmt: skip
        return [op_id for op_id in ahead if op_id not in self._asked]

    async def _standing(self) -> Standing:
        return await self._tools.store.read(self._stands)

    def _stands(self, tx: ReadTx) -> Standing:
        service = self._state.service
        self._state.read(tx)
        refetch = is_all_asked_for(tx, service)
        beyond, doubted = is_beyond_kept(tx, service), bool(unproven(tx, service))
        known = known_term(tx, service)
        return Standing(self._state.feed, refetch, beyond, doubted, ahead(tx, service), known)

    async def _ask_for_all(self) -> None:
        """The feed cannot go on from this cursor: fetch everything into a new generation."""
        service = self._state.service
        await self._tools.store.write(lambda tx: ask_for_all(tx, service), by_person=False)

    async def learn_rate(self) -> None:
        """Ask, before this desk's first words to a service, what it may ask and send in a second.

        Raises CentralUnavailable, SignInNeeded.
        """
        state = self._state
        if not state.rate_known:
            page = await self._tools.central.changes(state.service, None, 1, 0.0)
            await self._tools.store.write(lambda tx: state.publish(tx, page.rate), by_person=False)

    # --- feed ------------------------------------------------------------------------------

    async def _next_page(self, standing: Standing, wait_s: float) -> FeedPage | None:
        """One page; None where the poll was interrupted."""
        await self._state.page_turn()
        state, settings = self._state, self._tools.settings
        fetch = asyncio.ensure_future(
            self._tools.central.changes(
                state.service, standing.feed.cursor, settings.feed_rows, wait_s
            )
        )
        try:
            if wait_s:
                await state.interrupt.wait(self._tools.clock, beside=(fetch,))
                if not fetch.done():
                    return None
            page = await fetch
        finally:
            await cancelled([fetch])
        require_same(page_relation(standing.known, page))
        return page

    async def _store_page(self, page: FeedPage) -> Stored:
        state = self._state
        after = await self._tools.store.write(lambda tx: self._apply(tx, page), by_person=False)
        self._tools.central.adopted(state.service, page.position.term)
        state.pulled += len(page.items)
        self._split_noted = False
        self._failures = min(self._failures, _FEW_FAILURES)
        doubted, state.term_in_doubt = state.term_in_doubt, False
        state.split(split=False)
        if not state.proven:
            state.signed_in()
        state.quiet()
        if state.waiting and (doubted or state.patience is not Patience.ALL):
            state.push.set()
        if after.swapped:
            self._mirrored.set()
        state.notify()
        return after

    def _apply(self, tx: WriteTx, page: FeedPage) -> Stored:
        """One page and all that follows, in one transaction."""
        now, service = self._tools.clock.now(), self._state.service
        known = known_term(tx, service)
        self._state.publish(tx, page.rate)
        if known and page.position.term == known.term:
            page = replace(page, term_id=known.term_id)
        if known and page_relation(known, page) is Relation.RAISED:
            fork = shared(known, page.fork)
            self._offer_again(tx, fork)
            if tx.feed_state(service).snapshot_running:
                self._fetch_again(tx, None)  # nobody can say what the pages before had of the lost
            elif lost(known, fork):
                self._fetch_again(tx, fork)
        elif known is None:
            self._first_heard(tx, page)
        if self._split_noted:
            tx.incidents.close(
                IncidentKind.SPLIT_BRAIN, service.value, service.value, now, by="central"
            )
        tx.mirror.apply_page(service, page, now, self._state.announced)
        if not is_beyond_kept(tx, service):
            # else its rows may still be hidden by those of the lost history: proven afterwards
            self._state.named.add(op_id for item in page.items for op_id in item.origin_ops)
        is_whole = page.up_to_date and not is_all_asked_for(tx, service)
        swaps = is_whole and tx.feed_state(service).snapshot_running
        if swaps:
            tx.mirror.swap_generation(service, now)
        if not self._state.proven:
            self._renew(tx)
        return Stored(swaps, self._stands(tx))

    def _first_heard(self, tx: WriteTx, page: FeedPage) -> None:
        """The first page behind the first snapshot; it may be of another history than that was.

        Then nobody can say what the snapshot lacked, and everything is fetched once more.
        """
        if has_unknown_verdicts(tx, self._state.service, page.position):
            self._offer_again(tx, None)
        if page.fork is not None:
            self._fetch_again(tx, None)

    def _fetch_again(self, tx: WriteTx, fork: Position | None) -> None:
        """What is mirrored beyond the fork is asked for by id; all, where nobody knows the fork."""
        if fork is None:
            ask_for_all(tx, self._state.service)
        else:
            keep_beyond(tx, self._state.service, fork)

    def _offer_again(self, tx: WriteTx, fork: Position | None) -> None:
        """A new term: what lies beyond the fork goes again, and its overlays return with it."""
        now = self._tools.clock.now()
        self._state.named.forget()
        self._state.answers_again()
        detail = EventDetail(now, reason=NEW_TERM)
        tx.outbox.mark_former(self._state.service, now)
        for operation in tx.outbox.journal(self._state.service, fork):
            if (operation.state, OpEvent.FORKED) in LIFE:
                tx.outbox.event(operation.op_id, OpEvent.FORKED, detail)
                self._state.offered_again += 1

    def _renew(self, tx: WriteTx) -> None:
        """The credential is accepted again: what waited for it goes on."""
        service, now = self._state.service, self._tools.clock.now()
        unknown = waiting_for_key(tx)
        for row in tx.outbox.rows():
            signed_out = row.state is OpState.SIGN_IN and row.op_id not in unknown
            if row.service == service and signed_out:
                tx.outbox.event(row.op_id, OpEvent.RENEWED, EventDetail(now))
