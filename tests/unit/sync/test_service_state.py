"""What the loops of one service share: its way, who is woken, what may go, what is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import pytest

from app.domain.feed import Position, Rate, Silence
from app.domain.freshness import DEFAULT_STALE_AFTER_S
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.views import ServiceWord
from app.ports.store import Store
from app.sync.health import Talk
from app.sync.service_state import Patience, ServiceState, SyncSettings, Tools, Way
from tests.support.memory_store import NO_FEED, MemoryStore, Tables, Taken, Transaction
from tests.support.scripted_central import ScriptedCentral
from tests.support.virtual_time import NOON, SeededIds, SeededRandom, VirtualClock, run_virtual
from tests.unit.sync.desk import TICKETS

WAKES = ("push", "pull", "probe", "reopened", "interrupt")
EVENTS: dict[str, Callable[[ServiceState], None]] = {
    "silent": lambda state: state.silent(Talk.PULL, Silence.TIMEOUT),
    "down": lambda state: state.down(Silence.CONNECT),
    "back": lambda state: state.back(0.1),
    "signed_out": lambda state: state.signed_out(),
    "signed_in": lambda state: state.signed_in(),
    "split": lambda state: state.split(split=True),
    "healed": lambda state: state.split(split=False),
}
OPEN, DOUBT, DOWN, OUT, SPLIT = Way.OPEN, Way.DOUBTFUL, Way.DOWN, Way.SIGNED_OUT, Way.SPLIT
NOBODY: set[str] = set()
TABLE: dict[str, dict[Way, tuple[Way, set[str]]]] = {
    # A silence leaves a way in doubt, also of a desk that was signed out; the probe decides.
    "silent": {
        **dict.fromkeys((OPEN, OUT), (DOUBT, {"probe"})),
        SPLIT: (SPLIT, {"probe"}),
        **{way: (way, NOBODY) for way in (DOUBT, DOWN)},
    },
    # No probe is needed to know that a sign-in or a second central is the matter.
    "down": {
        **dict.fromkeys((OPEN, DOUBT), (DOWN, {"interrupt"})),
        **{way: (way, NOBODY) for way in (DOWN, OUT, SPLIT)},
    },
    "back": {
        DOUBT: (OPEN, {"push", "reopened"}),
        DOWN: (OPEN, {"push", "pull", "reopened"}),
        **{way: (way, NOBODY) for way in (OPEN, OUT, SPLIT)},
    },
    # A poll that was let in before would wait its whole time.
    "signed_out": {
        **dict.fromkeys((OPEN, DOUBT, DOWN, SPLIT), (OUT, {"interrupt", "reopened"})),
        OUT: (OUT, {"reopened"}),
    },
    "signed_in": {
        OUT: (OPEN, {"push"}),
        **{way: (way, {"push"}) for way in (OPEN, DOUBT, DOWN, SPLIT)},
    },
    "split": {
        **dict.fromkeys((OPEN, DOUBT, DOWN, OUT), (SPLIT, {"push", "reopened"})),
        SPLIT: (SPLIT, NOBODY),
    },
    "healed": {
        SPLIT: (OPEN, {"push", "reopened"}),
        **{way: (way, NOBODY) for way in (OPEN, DOUBT, DOWN, OUT)},
    },
}


@dataclass
class Told:
    """How often the listeners were called."""

    times: int = 0

    def __call__(self) -> None:
        self.times += 1


@dataclass
class Held:
    """A state and what is around it."""

    clock: VirtualClock
    central: ScriptedCentral
    state: ServiceState
    told: Told
    tables: Tables = field(default_factory=Tables)

    def raised(self) -> set[str]:
        return {name for name in WAKES if getattr(self.state, name)._is_raised}


def held(clock: VirtualClock, **settings: float) -> Held:
    central, told = ScriptedCentral(clock), Told()
    store: Store = MemoryStore().as_port()
    sizes = SyncSettings(**settings)  # type: ignore[arg-type]  # by name
    tools = Tools(store, central, clock, SeededRandom(), SeededIds(), sizes)
    return Held(clock, central, ServiceState(TICKETS, tools, told), told)


def now(tell: Callable[[Held], None]) -> Callable[[], None]:
    """A story that waits for nothing."""

    def told() -> None:
        async def run(clock: VirtualClock) -> None:
            tell(held(clock))

        run_virtual(run)

    told.__name__, told.__doc__, told.__module__ = tell.__name__, tell.__doc__, tell.__module__
    return told


@pytest.mark.parametrize("way", list(Way))
@pytest.mark.parametrize("event", list(EVENTS))
def test_each_event_leads_where_the_table_says_and_wakes_who_waits_for_it(
    event: str, way: Way
) -> None:
    @now
    def tell(it: Held) -> None:
        it.state.way = way
        EVENTS[event](it.state)
        assert (it.state.way, it.raised()) == TABLE[event][way]
        stays = event in ("split", "healed") and it.raised() == set()
        assert it.told.times == (0 if stays else 1), "listeners hear of what moved"

    tell()


@now
def test_only_an_open_way_without_a_doubt_about_the_term_is_pushed_by(it: Held) -> None:
    for way in Way:
        it.state.way = way
        assert it.state.may_push is (way is Way.OPEN)
        assert it.state.may_pull is (way in (Way.OPEN, Way.SIGNED_OUT, Way.SPLIT))
    it.state.way, it.state.term_in_doubt = Way.OPEN, True
    assert it.state.may_push is False
    assert it.state.may_pull is True, "a page will tell the new term"


@now
def test_a_new_state_knows_nothing_is_open_and_counts_from_nothing(it: Held) -> None:
    state = it.state
    assert (state.way, state.patience, state.feed) == (Way.OPEN, Patience.ALL, NO_FEED)
    flags = (state.rate_known, state.mirroring, state.proven, state.term_in_doubt)
    assert not any(flags)
    counts = (state.attempted, state.offered_again, state.pushed, state.pulled, state.waiting)
    assert (counts, state.offset_ms) == ((0, 0, 0, 0, 0), 0)
    assert state.stale_after_ms == 1_000 * DEFAULT_STALE_AFTER_S[TICKETS]
    assert it.raised() == set()


def patience(it: Held) -> Patience:
    return it.state.patience


@now
def test_what_waited_for_an_answer_goes_at_a_return_and_what_a_person_asked_for_stays(
    it: Held,
) -> None:
    state = it.state
    state.silent(Talk.PUSH, Silence.TIMEOUT)
    state.back(0.1)
    assert patience(it) is Patience.ALL, "it was in doubt for a moment only"
    state.down(Silence.CONNECT)
    state.back(0.1)
    assert patience(it) is Patience.UNANSWERED_ENDED
    state.patience = Patience.ENDED
    state.answers_again()
    assert patience(it) is Patience.ENDED


@now
def test_a_silence_takes_the_ramp_back_to_one_lane(it: Held) -> None:
    for _ in range(9):
        it.state.ramp.answered()
    assert it.state.ramp.width == 8
    it.state.silent(Talk.PULL, Silence.TIMEOUT)
    assert it.state.ramp.width == 1


def last_slow(it: Held) -> float | None:
    return it.state.health.last_slow


@now
def test_a_slow_answer_and_a_slow_probe_show(it: Held) -> None:
    it.state.heard(Talk.PUSH)
    assert last_slow(it) is None
    it.state.heard(Talk.PUSH, 3.0)
    assert last_slow(it) == it.clock.monotonic()
    it.state.health = replace(it.state.health, last_slow=None)
    it.state.back(3.0)
    assert last_slow(it) == it.clock.monotonic()


@now
def test_an_answered_probe_clears_its_own_silence_and_after_an_outage_all(it: Held) -> None:
    state = it.state
    state.silent(Talk.PULL, Silence.TIMEOUT)
    state.back(0.1)
    assert state.health.failing(Talk.PULL), "a health check hides no feed that does not answer"
    state.down(Silence.CONNECT)
    assert (state.health.failing(Talk.PROBE), state.health.cause) == (True, Silence.CONNECT)
    state.back(0.1)
    assert not any(state.health.failing(talk) for talk in Talk)


@now
def test_with_nothing_left_to_send_a_push_that_was_not_answered_is_no_trouble(it: Held) -> None:
    state = it.state
    state.silent(Talk.PUSH, Silence.TIMEOUT)
    state.waiting = 1
    state.quiet()
    assert state.health.failing(Talk.PUSH)
    state.waiting = 0
    state.quiet()
    assert not state.health.failing(Talk.PUSH)
    state.silent(Talk.PULL, Silence.TIMEOUT)
    before = state.health
    state.quiet()
    assert state.health == before, "whoever was well says nothing new"


@now
def test_signed_out_it_is_unproven_and_says_so_until_a_page_came(it: Held) -> None:
    for _ in range(2):
        it.state.signed_in()
        assert (it.state.proven, shown(it)[0]) == (True, ServiceWord.STALE)
        it.state.signed_out()
        assert (it.state.proven, shown(it)[0]) == (False, ServiceWord.SIGN_IN)


@now
def test_a_split_outlasts_a_silence_and_a_refused_credential(it: Held) -> None:
    """Whichever way it is left, nothing is pushed; healed meanwhile, nothing is left of it."""
    state = it.state
    state.split(split=True)
    state.signed_out()
    state.silent(Talk.PULL, Silence.CONNECT)
    state.back(0.1)
    assert (state.way, state.may_push) == (Way.SPLIT, False)
    state.signed_out()
    state.signed_in()
    assert (state.way, state.may_push) == (Way.SPLIT, False)
    state.signed_out()
    state.split(split=False)
    assert (state.way, state.split_since) == (Way.SIGNED_OUT, None)
    state.signed_in()
    assert (state.way, state.may_push) == (Way.OPEN, True)


def test_a_split_shows_as_down_since_it_was_met_and_is_gone_with_it() -> None:
    async def tell(clock: VirtualClock) -> None:
        it = held(clock)
        await clock.sleep(5)
        it.state.split(split=True)
        await clock.sleep(5)
        it.state.split(split=True)
        status = it.state.status(clock.now())
        assert (status.word, status.since) == (ServiceWord.DOWN, NOON + 5_000)
        assert status.detail == "split_brain"
        it.state.split(split=False)
        status = it.state.status(clock.now())
        assert (status.word, status.since, status.detail) == (ServiceWord.STALE, None, "")

    run_virtual(tell)


def test_no_more_pages_are_asked_for_than_central_lets() -> None:
    async def tell(clock: VirtualClock) -> None:
        it = held(clock, pages_per_s=2.0)
        began = clock.monotonic()
        times = []
        for _ in range(6):
            await it.state.page_turn()
            times.append(round(clock.monotonic() - began, 3))
        assert times == [0.0, 0.0, 0.5, 1.0, 1.5, 2.0]

    run_virtual(tell)


def shown(it: Held) -> tuple[ServiceWord, Millis | None, bool]:
    return it.state.shown(it.clock.now())


@now
def test_the_age_of_what_is_here_is_told_by_central_s_clock(it: Held) -> None:
    state, at = it.state, Millis(it.clock.now() - 100_000)
    state.feed = replace(NO_FEED, source_as_of=at, last_good=NOON)
    state.stale_after_ms = 100_000
    assert shown(it) == (ServiceWord.UP, None, False)
    state.offset_ms = 1
    assert shown(it) == (ServiceWord.STALE, None, True)
    state.offset_ms = -1
    assert shown(it) == (ServiceWord.UP, None, False)


@now
def test_data_of_a_seed_is_not_fresh_before_central_has_said_a_word(it: Held) -> None:
    state = it.state
    state.feed, state.stale_after_ms = replace(NO_FEED, source_as_of=it.clock.now()), 100_000
    assert shown(it) == (ServiceWord.STALE, None, True)
    state.feed = replace(state.feed, last_good=it.clock.now())
    assert shown(it) == (ServiceWord.UP, None, False)


@now
def test_a_line_says_where_everything_stands(it: Held) -> None:
    state = it.state
    status = state.status(NOON)
    assert (status.service, status.endpoint, status.position) == (TICKETS, "http://central", None)
    assert (status.expected, status.mirrored, status.waiting) == (None, 0, 0)
    assert (status.word, status.stale) == (ServiceWord.STALE, True), "nothing ever came"
    state.feed = replace(
        NO_FEED, position=Position(3, 14), source_as_of=Millis(NOON), last_good=Millis(NOON + 1),
        mirrored_rows=7, expected_rows=9,
    )  # fmt: skip
    state.waiting, state.next_try = 2, Millis(NOON + 5)
    status = state.status(NOON)
    assert (status.position, status.as_of, status.last_good) == ((3, 14), NOON, NOON + 1)
    assert (status.mirrored, status.expected) == (7, None), "no snapshot is on its way"
    assert (status.waiting, status.next_try, status.stale) == (2, NOON + 5, False)
    state.feed = replace(state.feed, snapshot_running=True)
    assert state.status(NOON).expected == 9
    state.down(Silence.TIMEOUT)
    status = state.status(NOON)
    assert (status.word, status.since, status.detail) == (ServiceWord.DOWN, NOON, Silence.TIMEOUT)


@now
def test_without_an_endpoint_in_use_none_is_named(it: Held) -> None:
    (one,) = it.central.endpoints(TICKETS)
    others = (replace(one, url="http://other", in_use=False), replace(one, in_use=False))
    it.central.endpoints = lambda _service: others  # type: ignore[method-assign, assignment]  # all away
    assert it.state.status(NOON).endpoint == ""


@now
def test_the_store_says_how_feed_and_outbox_stand(it: Held) -> None:
    operation = Taken().note(at=NOON)
    tx = Transaction(it.tables)
    tx.append_raw(replace(operation, next_try=Millis(NOON + 9)))
    it.tables.feeds[TICKETS] = replace(NO_FEED, mirrored_rows=3)
    it.state.read(tx)  # type: ignore[arg-type]  # as much of a transaction as it uses
    assert (it.state.waiting, it.state.next_try) == (1, NOON + 9)
    assert it.state.feed.mirrored_rows == 3


@now
def test_trouble_is_remembered_as_it_was_and_nothing_else_is(it: Held) -> None:
    assert it.state.remembered() is None
    it.state.silent(Talk.PULL, Silence.TIMEOUT)
    assert it.state.remembered() is None, "one silence is no outage"
    it.state.down(Silence.TIMEOUT)
    down = it.state.remembered()
    assert down == {"since": NOON, "cause": "timeout"}
    again = held(it.clock).state
    again.recall(down)
    health = again.health
    assert health.trouble == health.down
    assert health.down is not None
    assert (health.down.wall, health.down.monotonic) == (NOON, it.clock.monotonic())
    assert (health.line_since, health.cause, health.sign_in) == (NOON, "timeout", False)
    it.state.signed_out()
    refused = it.state.remembered()
    assert refused == {"sign_in": True}
    again = held(it.clock).state
    again.recall(refused)
    assert (again.health.sign_in, again.health.down) == (True, None)


@pytest.mark.parametrize("kept", [None, "since", [1], {}, {"since": "long"}, {"sign_in": False}])
def test_what_nobody_can_read_is_no_trouble(kept: Json) -> None:
    @now
    def tell(it: Held) -> None:
        before = it.state.health
        it.state.recall(kept)
        assert it.state.health == before

    tell()


@now
def test_a_share_is_kept_where_it_is_another_and_counts_in_the_next_start(it: Held) -> None:
    written: list[Json] = []

    class Counting(Transaction):
        def set_setting(self, name: str, value: Json) -> None:
            written.append(value)
            super().set_setting(name, value)

    tx = Counting(it.tables)
    for share in (Rate(3.0, 4.0), Rate(3.0, 4.0), Rate(5.0, 6.0)):
        it.state.publish(tx, share)  # type: ignore[arg-type]  # as much of it as it uses
    assert written == [[3.0, 4.0], [5.0, 6.0]]
    assert it.state.rate_known
    again = held(it.clock).state
    again.recall_rate(tx)  # type: ignore[arg-type]  # as much of it as it uses
    assert again.rate_known
    assert (again.operations.per_second, again.pages.per_second) == (5.0, 6.0)


@pytest.mark.parametrize("kept", [None, 7, [], [1.0], [1.0, 2.0, 3.0], ["a", 2.0], [2.0, "a"]])
def test_a_share_that_nobody_can_read_is_asked_for_or_left(kept: Json) -> None:
    @now
    def tell(it: Held) -> None:
        tx = Transaction(it.tables)
        if kept is not None:
            tx.set_setting(f"rate.{TICKETS}", kept)
        it.state.recall_rate(tx)  # type: ignore[arg-type]  # as much of it as it uses
        assert it.state.rate_known is (kept is not None)
        settings = SyncSettings()
        assert it.state.operations.per_second == settings.operations_per_s
        assert it.state.pages.per_second == settings.pages_per_s

    tell()
