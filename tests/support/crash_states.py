"""What a disk may hold after the power went: every state a recording allows, in a fixed order."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.support.strace_recorder import Recording
from tests.support.volumes import Change, Event, Said, Sync, Volume, Write

SECTOR = 512
PAGE = 4096
Kept = tuple[tuple[int, int | None], ...]
"""Which pending events reached the disk, by index; a number cuts a torn write after those bytes."""


@dataclass(frozen=True, slots=True)
class CrashState:
    """One possible disk, and what had been said aloud before the power went."""

    point: int
    """The power went after this many events."""
    how: str
    disk: Volume
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effort:
    """How many states to make of each point where something had not been synced."""

    subsets: int = 6
    prefixes: int = 4
    """Of a list of pending events that is long, so many beginnings."""
    drops: int = 6
    """Pending events left out one at a time, the newest first, then spread."""
    torn: int = 4
    seed: int = 1


def crash_states(
    recording: Recording, effort: Effort, *, part: int = 0, of: int = 1
) -> Iterator[CrashState]:
    """Each different state once: none, all, prefixes, each dropped, torn, random subsets.

    What was synced is there. Of the rest any subset may be, and a write may have stopped at any
    sector. A prefix is the "all" of an earlier point, said after less: both are given. In parts,
    each gives every so many of them, so that several processes can judge them.
    """
    chance, number = random.Random(effort.seed), 0
    seen: set[tuple[Kept, int]] = set()
    epoch = 0
    for moment in _moments(recording):
        if moment.epoch != epoch:
            seen, epoch = set(), moment.epoch
        for how, kept in _choices(moment, effort, chance):
            key = (kept, len(moment.said))
            if key in seen:
                continue
            seen.add(key)
            number += 1
            if number % of != part:
                continue
            yield CrashState(moment.point, how, moment.disk(kept), tuple(moment.said))


@dataclass(slots=True)
class _Moment:
    """Where the recording stands: what is on the disk for sure, and what may be."""

    durable: Volume
    pending: dict[int, Change] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)
    point: int = 0
    epoch: int = 0

    def happen(self, index: int, event: Event) -> None:
        self.point = index + 1
        if isinstance(event, Said):
            self.said.append(event.text)
        elif isinstance(event, Sync):
            self._sync(event)
        else:
            self.pending[index] = event

    def _sync(self, sync: Sync) -> None:
        done = [
            index
            for index, change in self.pending.items()
            if index < sync.covers and (sync.node is None or change.node == sync.node)
        ]
        if done:
            self.durable = self.durable.copy()
            self.epoch += 1
        for index in done:
            self.durable.apply(self.pending.pop(index))

    def disk(self, kept: Kept) -> Volume:
        volume = self.durable.copy()
        for index, cut in kept:
            change = self.pending[index]
            if cut is not None and isinstance(change, Write):
                change = Write(change.node, change.offset, change.data[:cut])
            volume.apply(change)
        return volume


def _moments(recording: Recording) -> Iterator[_Moment]:
    moment = _Moment(recording.fresh())
    yield moment
    for index, event in enumerate(recording.events):
        moment.happen(index, event)
        yield moment


def _choices(moment: _Moment, effort: Effort, chance: random.Random) -> Iterator[tuple[str, Kept]]:
    pending = list(moment.pending)
    yield "none", ()
    yield "all", tuple((index, None) for index in pending)
    if not pending:
        return
    for end in _spread(range(1, len(pending)), effort.prefixes):
        yield f"first {end}", tuple((one, None) for one in pending[:end])
    for dropped in _spread(pending, effort.drops):
        yield f"without {dropped}", tuple((one, None) for one in pending if one != dropped)
    yield from _torn(moment, pending, effort, chance)
    for _ in range(effort.subsets):
        chosen = [index for index in pending if chance.random() < 0.5]
        yield "subset", tuple((index, None) for index in chosen)


def _spread(pending: Sequence[int], count: int) -> list[int]:
    """The newest half of them, the others evenly from the rest."""
    if not pending:
        return []
    newest = list(pending[-max(1, count // 2) :])
    rest = pending[: len(pending) - len(newest)]
    step = max(1, len(rest) // max(1, count - len(newest)))
    return newest + list(rest[::step])[: count - len(newest)]


def _torn(
    moment: _Moment, pending: Sequence[int], effort: Effort, chance: random.Random
) -> Iterator[tuple[str, Kept]]:
    """One write stops at a sector or page; everything else arrived, or only what came before."""
    writes = [
        index for index in pending if isinstance(change := moment.pending[index], Write)
        and len(change.data) > SECTOR
    ]  # fmt: skip
    if not writes:
        return
    for turn in range(effort.torn):
        torn = writes[-1] if turn % 2 == 0 else chance.choice(writes)
        change = moment.pending[torn]
        assert isinstance(change, Write)
        unit = PAGE if len(change.data) > PAGE and turn % 4 == 3 else SECTOR
        cut = unit * chance.randrange(1, max(2, -(-len(change.data) // unit)))
        others = pending if turn % 4 < 2 else [one for one in pending if one <= torn]
        kept = tuple((one, cut if one == torn else None) for one in others)
        yield f"torn {torn} at {cut}", kept


def without_syncs(recording: Recording, ending: str) -> Recording:
    """The same recording as if files of that name were never synced: it must show losses."""
    named = _nodes_named(recording, ending)
    events = tuple(
        Sync(None, 0) if isinstance(event, Sync) and event.node in named else event
        for event in recording.events
    )
    return Recording(
        recording.before, events, recording.new_nodes, recording.code, recording.out, recording.err
    )


def _nodes_named(recording: Recording, ending: str) -> set[int]:
    """The files that bore such a name at any time."""
    volume = recording.fresh()
    found = volume.nodes_named(ending)
    for event in recording.events:
        if not isinstance(event, Sync | Said):
            volume.apply(event)
            found |= volume.nodes_named(ending)
    return found


@dataclass(slots=True)
class Tally:
    """What came of checking the states."""

    states: int = 0
    lost: list[str] = field(default_factory=list)
    corrupt: list[str] = field(default_factory=list)
    acknowledging: int = 0
    """States in which something had been acknowledged, so that something could be lost."""

    def also(self, other: Tally) -> Tally:
        """Of both."""
        return Tally(
            self.states + other.states, self.lost + other.lost, self.corrupt + other.corrupt,
            self.acknowledging + other.acknowledging,
        )  # fmt: skip

    def line(self) -> str:
        return (
            f"{self.states} states, {self.acknowledging} after an acknowledgement, "
            f"{len(self.lost)} lost, {len(self.corrupt)} corrupt"
        )


Check = Callable[[Path, tuple[str, ...]], tuple[Sequence[str], str]]
"""Opens the files in a folder: what was said and is not there, and how it is damaged ("")."""


def check_states(
    states: Iterable[CrashState], room: Path, check: Check, *, without: Collection[str] = ()
) -> Tally:
    """Lay down each state in a fresh folder below `room` and check it.

    Files named in `without` are left out: what they hold matters to nobody.
    """
    tally = Tally()
    for number, state in enumerate(states):
        folder = room / f"{number}"
        folder.mkdir()
        state.disk.write_to(folder, without)
        missing, damage = check(folder, state.said)
        tally.states += 1
        tally.acknowledging += bool(state.said)
        if missing:
            tally.lost.append(f"{state.how} at {state.point}: {', '.join(missing)}")
        if damage:
            tally.corrupt.append(f"{state.how} at {state.point}: {damage}")
        shutil.rmtree(folder)
    return tally
