"""What the loops of one service share: how it stands, what may go now, who wakes whom."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.domain.central_services import Service
from app.domain.configuration import AnnouncedDeletion
from app.domain.feed import Rate as Share
from app.domain.feed import Silence
from app.domain.freshness import DEFAULT_STALE_AFTER_S, as_of
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.views import ServiceStatus, ServiceWord
from app.ports.central import Central, EndpointState
from app.ports.store import FeedState, ReadTx, Store, WriteTx
from app.ports.system import Clock, IdSource, Random
from app.sync.health import Health, Moment, Talk
from app.sync.named import Named
from app.sync.pace import Ramp, Rate
from app.sync.waiting import Wake


@dataclass(frozen=True, slots=True)
class SyncSettings:
    """Sizes and times of the engine; seconds unless said."""

    page_rows: int = 1_000
    """Of a first mirror, while nobody works with the service's rows yet."""
    again_rows: int = 400
    """Of a further generation: such a page takes the writer some 40 ms, between people's saves."""
    feed_rows: int = 200
    """Of the feed: each changed row's words leave and enter the search."""
    poll_wait_s: float = 25.0
    probe_each_s: float = 60.0
    """While a service is well."""
    probe_down_s: float = 5.0
    """While it is down; with a fifth of jitter either way."""
    signed_out_s: float = 10.0
    configuration_each_s: float = 600.0
    keys_each_s: float = 15.0
    operations_per_s: float = 10.0
    """Until central has published this desk's share."""
    pages_per_s: float = 50.0
    widest: int = 16
    search_rows: int = 400
    """Rows made searchable, or deleted, in one transaction."""
    old_rows: int = 250
    parity_each_s: float = 12 * 3_600.0
    """A mirror is compared with central that often, each desk at a time of its own."""
    parity_first_s: float = 900.0
    parity_rows: int = 500
    """Rows looked through in one reading."""
    watch_each_s: float = 1.0


@dataclass(frozen=True, slots=True)
class Tools:
    """What the engine works with; the simulator replaces each of them."""

    store: Store
    central: Central
    clock: Clock
    random: Random
    ids: IdSource
    settings: SyncSettings

    def moment(self) -> Moment:
        return Moment(self.clock.monotonic(), self.clock.now())


class Way(StrEnum):
    """Whether a service can be spoken to."""

    OPEN = "open"
    DOUBTFUL = "doubtful"
    """A silence was met; a probe is asked before anything else goes."""
    DOWN = "down"
    SIGNED_OUT = "signed_out"
    SPLIT = "split"


class Patience(StrEnum):
    """Which stored waiting times a push leaves out, once."""

    ALL = "all"
    """None is left out."""
    UNANSWERED_ENDED = "unanswered_ended"
    """The service is back: what waited for an answer goes, what central asked to wait does not."""
    ENDED = "ended"
    """A person asked: everything is tried once."""


SPLIT_BRAIN = "split_brain"

_MOVED_MS = 60_000
"""A clock that went so much further than time did was moved."""
_NEVER = FeedState(None, None, None, None, None, False, None, False, None, 0)


@dataclass(eq=False)
class ServiceState:
    """Changed on the engine's loop only; `status` may be read from anywhere."""

    service: Service
    tools: Tools
    notify: Callable[[], None]
    way: Way = Way.OPEN
    health: Health = field(default_factory=Health)
    feed: FeedState = _NEVER
    waiting: int = 0
    next_try: Millis | None = None
    offset_ms: int = 0
    _compared: tuple[Millis, float] | None = None
    """When, by both of this desk's clocks, its time was compared with central's; of this start."""
    stale_after_ms: int = 0
    rate_known: bool = False
    attempted: int = 0
    """Attempts that were begun since the start."""
    offered_again: int = 0
    """Operations that a history's loss has sent out anew since the start."""
    pushed: int = 0
    """Operations central took since the start."""
    pulled: int = 0
    """Rows that came since the start."""
    mirroring: bool = False
    """Snapshot pages are arriving; what can wait does."""
    proven: bool = False
    """Central has accepted this desk's credential since the start, or since it refused it."""
    split_since: Millis | None = None
    term_in_doubt: bool = False
    """Central refused this desk's term: nothing is pushed before a page has told the new one."""
    patience: Patience = Patience.ALL
    announced: tuple[AnnouncedDeletion, ...] = ()
    """Deletions of this service that the configuration announces."""
    named: Named = field(default_factory=Named)
    mirror: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Whoever brings central's word into the mirror does so alone."""
    push: Wake = field(default_factory=Wake)
    pull: Wake = field(default_factory=Wake)
    probe: Wake = field(default_factory=Wake)
    reopened: Wake = field(default_factory=Wake)
    interrupt: Wake = field(default_factory=Wake)
    """Ends a poll under way."""

    def __post_init__(self) -> None:
        settings, clock = self.tools.settings, self.tools.clock
        self.stale_after_ms = 1_000 * DEFAULT_STALE_AFTER_S[self.service]
        self.operations = Rate(clock, settings.operations_per_s)
        self.pages = Rate(clock, settings.pages_per_s)
        self.questions = Rate(clock, settings.pages_per_s, burst_s=0.0)
        self.ramp = Ramp(settings.widest)

    # --- what was heard --------------------------------------------------------------------

    def heard(self, talk: Talk, took_s: float = 0.0) -> None:
        """A body of the contract came."""
        self._now(self.health.heard(talk, self.tools.moment(), took_s))

    def silent(self, talk: Talk, cause: str) -> None:
        """Nothing of the contract came: the probe decides whether the service is down.

        Also where the desk was signed out, or two centrals stand against each other: only a probe
        finds a way in again that was given up.
        """
        self._now(self.health.silent(talk, self.tools.moment(), cause))
        self.ramp.silent()
        if self.way in (Way.OPEN, Way.SIGNED_OUT):
            self.way = Way.DOUBTFUL
            self.probe.set()
        elif self.way is Way.SPLIT:
            self.probe.set()

    def quiet(self) -> None:
        """With nothing left to send, what was not answered is no trouble any more."""
        if not self.waiting and self.health.failing(Talk.PUSH):
            self.heard(Talk.PUSH)

    def down(self, cause: str) -> None:
        """A probe got no answer either."""
        self._now(self.health.silent(Talk.PROBE, self.tools.moment(), cause))
        if self.way in (Way.OPEN, Way.DOUBTFUL):
            self.way = Way.DOWN
            self.interrupt.set()

    def back(self, took_s: float) -> None:
        """A probe was answered: everything may go again, from one lane upwards."""
        was, was_cut_off = self.way, self.cut_off
        if was in (Way.DOWN, Way.DOUBTFUL):
            self.way = self._open
        if was_cut_off:
            self.answers_again()
            self.pull.set()
            self._now(self.health.back(self.tools.moment()))
        else:
            self._now(self.health.heard(Talk.PROBE, self.tools.moment(), took_s))
        if was is not self.way:
            self.push.set()
            self.reopened.set()

    def answers_again(self) -> None:
        """What waited only because it had no answer may go: the service, or a new term, is here."""
        if self.patience is Patience.ALL:
            self.patience = Patience.UNANSWERED_ENDED

    def signed_out(self) -> None:
        """The desk's credential is refused; nothing is counted against anybody.

        A poll under way was let in before: it would wait its whole time, and prove nothing.
        """
        if self.way is not Way.SIGNED_OUT:
            self.interrupt.set()
        self.way, self.proven = Way.SIGNED_OUT, False
        self.reopened.set()
        self._now(self.health.refused(refused=True))

    def signed_in(self) -> None:
        """The credential is accepted."""
        self.proven = True
        if self.way is Way.SIGNED_OUT:
            self.way = self._open
        self._now(self.health.refused(refused=False))
        self.push.set()

    def split(self, *, split: bool) -> None:
        """Two centrals carry the same term: nothing is pushed while that lasts."""
        is_split = self.way is Way.SPLIT
        if split and not is_split:
            self.way, self.split_since = Way.SPLIT, self.split_since or self.tools.clock.now()
        elif not split and (is_split or self.split_since is not None):
            self.way, self.split_since = (Way.OPEN if is_split else self.way), None
        else:
            return
        self.reopened.set()
        self.push.set()
        self.notify()

    @property
    def _open(self) -> Way:
        """A split brain outlasts a refused credential and a silence."""
        return Way.OPEN if self.split_since is None else Way.SPLIT

    def _now(self, health: Health) -> None:
        self.health = health
        self.notify()

    # --- what may go -----------------------------------------------------------------------

    @property
    def cut_off(self) -> bool:
        """The last probe was not answered; a split brain outlasts that."""
        split = self.way is Way.SPLIT and self.health.failing(Talk.PROBE)
        return split or self.way is Way.DOWN

    @property
    def may_push(self) -> bool:
        return self.way is Way.OPEN and not self.term_in_doubt

    @property
    def may_pull(self) -> bool:
        """Reading is how a renewed credential and a healed split are noticed."""
        return self.way in (Way.OPEN, Way.SIGNED_OUT, Way.SPLIT)

    async def page_turn(self) -> None:
        """Wait until central's published rate lets this desk ask for one more page."""
        await self._turn(self.pages)

    async def question_turn(self) -> None:
        """Wait until this desk may ask about one more operation by its id.

        Such a question is a page to central. They go one after another and not in one burst: with
        the pages beside them, and those of them that are asked again elsewhere, they stay
        within what a second's pages may be.
        """
        await self._turn(self.questions)
        await self._turn(self.pages)

    async def _turn(self, rate: Rate) -> None:
        while rate.available() < 1:
            await self.tools.clock.sleep(rate.ready_in())
        rate.take()

    # --- central's clock -------------------------------------------------------------------

    def compared(self, offset_ms: int) -> None:
        """This desk's time has just been compared with central's."""
        clock = self.tools.clock
        self.offset_ms, self._compared = offset_ms, (clock.now(), clock.monotonic())

    def by_central(self, at: Millis) -> Millis | None:
        """That moment, which is now, by central's clock.

        None where this desk's has been moved since both were compared, or they were not: nobody
        can say before the next probe.
        """
        if self._compared is None:
            return None
        then, monotonic = self._compared
        passed_ms = 1_000 * (self.tools.clock.monotonic() - monotonic)
        return None if abs(at - then - passed_ms) > _MOVED_MS else Millis(at + self.offset_ms)

    # --- what is shown ---------------------------------------------------------------------

    def read(self, tx: ReadTx) -> None:
        """Take up where the store says feed and outbox stand; inside any transaction."""
        self.feed = tx.feed_state(self.service)
        self.waiting, self.next_try = tx.outbox.standing(self.service)

    def shown(self, now: Millis) -> tuple[ServiceWord, Millis | None, bool]:
        """What of the line moves with time alone: its word, since when it is out, whether stale."""
        at = self.tools.clock.monotonic()
        here = Millis(now + self.offset_ms)
        feed = self.feed
        stale = as_of(feed.source_as_of, feed.last_good, here, self.stale_after_ms).stale
        word = ServiceWord.DOWN if self.split_since else self.health.word(at, stale=stale)
        return word, self.health.outage(at), stale

    def status(self, now: Millis) -> ServiceStatus:
        """One line of the status area."""
        at = self.tools.clock.monotonic()
        feed, health = self.feed, self.health
        word, outage_since, stale = self.shown(now)
        endpoints = self.tools.central.endpoints(self.service)
        return ServiceStatus(
            service=self.service,
            word=word,
            since=self.split_since or health.since(at),
            as_of=feed.source_as_of,
            last_good=feed.last_good,
            endpoint=_in_use(endpoints),
            next_try=self.next_try,
            detail=SPLIT_BRAIN if self.split_since else health.cause,
            position=(feed.position.term, feed.position.n) if feed.position else None,
            mirrored=feed.mirrored_rows,
            expected=feed.expected_rows if feed.snapshot_running else None,
            waiting=self.waiting,
            outage_since=outage_since,
            stale=stale,
        )

    # --- what is remembered between runs ---------------------------------------------------

    def remembered(self) -> dict[str, Json] | None:
        """The trouble to show at the next start before anything was asked."""
        if self.health.sign_in:
            return {"sign_in": True}
        down = self.health.down
        return {"since": int(down.wall), "cause": self.health.cause} if down else None

    def publish(self, tx: WriteTx, rate: Share) -> None:
        """Take this desk's share as central publishes it, and keep it for the next start."""
        self.rate_known = True
        self.operations.publish(rate.operations)
        self._publish_pages(rate.pages)
        kept: Json = [rate.operations, rate.pages]
        if tx.desk.setting(self._rate_setting) != kept:
            tx.desk.set_setting(self._rate_setting, kept)

    def _publish_pages(self, per_second: float) -> None:
        self.pages.publish(per_second)
        self.questions.publish(per_second)

    def recall_rate(self, tx: ReadTx) -> None:
        """Start with the share central published last."""
        kept = tx.desk.setting(self._rate_setting)
        self.rate_known = kept is not None
        if isinstance(kept, list) and len(kept) == 2:
            operations, pages = kept
            if isinstance(operations, int | float) and isinstance(pages, int | float):
                self.operations.publish(operations)
                self._publish_pages(pages)

    @property
    def _rate_setting(self) -> str:
        return f"rate.{self.service}"

    def recall(self, remembered: Json) -> None:
        """Start with the trouble the last run knew of."""
        if not isinstance(remembered, Mapping):
            return
        since = remembered.get("since")
        if remembered.get("sign_in") is True:
            self.health = self.health.refused(refused=True)
        elif isinstance(since, int):
            began = Moment(self.tools.clock.monotonic(), Millis(since))
            cause = str(remembered.get("cause", Silence.CONNECT))
            self.health = replace(
                self.health, trouble=began, down=began, line_since=began.wall, cause=cause
            )


def _in_use(endpoints: tuple[EndpointState, ...]) -> str:
    return next((one.url for one in endpoints if one.in_use), "")
