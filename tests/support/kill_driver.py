"""Kills a desk at chosen places: one process imports everything and forks a desk per point.

`python -m tests.support.kill_driver PROFILE PASSPHRASE_FILE PLAN`, where PLAN is the JSON of
`{"points": {stage: count}, "sending": least, "seed": n, "hasty": whether}`. A hasty desk, the
control, gives its reference before the save is durable. Each line printed is the JSON of one
`Death`. The forked desk takes a ticket and syncs; a trace hook counts the lines of
the store's, the engine's and the client's own functions since a stage began and ends the process
by SIGKILL.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import json
import os
import random
import re
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

from app.domain.ids import Reference
from app.domain.lifecycle import OpEvent
from app.providers.phones import LibPhoneNumbers
from app.services.intake import Intake
from local_store.desk import DeskRows
from local_store.mirror import Mirror
from local_store.outbox import Outbox
from tests.support.desk_files import key_of, ticket_states
from tests.support.desk_in_process import open_profile

ROOT = Path(__file__).resolve().parents[2]
WATCHED = tuple(
    str(ROOT / part) + os.sep for part in ("local_store", "app/sync", "app/central/client")
)
Trace = Callable[[FrameType, str, object], Any]
STAGES = ("save", "push", "sending", "acked", "page")
NOTHING = "nothing saved"
SENDING = "sending"
_MORE_AIMS = 60
_LONGEST_S = 60.0


@dataclass(frozen=True, slots=True)
class Point:
    """Die at the `after`-th step counted from the beginning of a stage."""

    stage: str
    after: int


@dataclass(frozen=True, slots=True)
class Death:
    """How one desk ended."""

    stage: str
    after: int
    killed: bool
    said: str
    """The reference it had acknowledged, or nothing."""
    state: str
    """Where the ticket's operation stood in the store it left."""
    seconds: float
    usable_s: float = 0.0
    """From its start until its next call was saved, as far as it came."""


class Counting:
    """The trace hook: knows the stage, counts its steps, kills at the point."""

    def __init__(self, known: frozenset[str], point: Point | None) -> None:
        self._known = known
        self._point = point
        self._stage = ""
        self._starts: dict[CodeType, Callable[[FrameType], str]] = {
            Intake.take.__code__: lambda _frame: "save",
            Outbox.event.__code__: self._moved,
            Mirror.apply_page.__code__: lambda _frame: "page" if self._stage == "acked" else "",
        }
        self._watched: dict[CodeType, bool] = {}
        self.counts: Counter[str] = Counter()

    def begin(self, stage: str) -> None:
        """From here on another stage's steps are counted."""
        self._stage = stage

    def _moved(self, frame: FrameType) -> str:
        """What the store is told of the ticket's own operation tells the stage."""
        if frame.f_locals["op_id"] in self._known:
            return ""
        event = frame.f_locals["event"]
        return {OpEvent.SEND: "sending", OpEvent.APPLIED: "acked"}.get(event, "")

    def __call__(self, frame: FrameType, _event: str, _argument: object) -> Trace | None:
        """A function is called: its lines are steps where its module is watched."""
        code = frame.f_code
        if (start := self._starts.get(code)) is not None:
            self._stage = start(frame) or self._stage
        if not self._is_watched(code):
            return None
        self._step()
        return self._line

    def _line(self, _frame: FrameType, _event: str, _argument: object) -> Trace:
        self._step()
        return self._line

    def _step(self) -> None:
        if not self._stage:
            return
        self.counts[self._stage] += 1
        point = self._point
        if point is None or self._stage != point.stage:
            return
        if self.counts[self._stage] >= point.after:
            os.kill(os.getpid(), signal.SIGKILL)

    def _is_watched(self, code: CodeType) -> bool:
        known = self._watched.get(code)
        if known is None:
            known = self._watched[code] = code.co_filename.startswith(WATCHED)
        return known


def warm_up() -> None:
    """Load once what a desk loads when it is first needed, so that no fork does it again."""
    for name in ("anyio._backends._asyncio", "httpcore", "httpx", "truststore"):
        importlib.import_module(name)
    LibPhoneNumbers().e164("07700 900118", "GB")
    gc.freeze()


def speak_early(out: int) -> None:
    """The control's fault: the reference is said as soon as it is taken, its call not yet saved."""
    take = DeskRows.next_reference

    def hasty(rows: DeskRows) -> Reference:
        reference = take(rows)
        os.write(out, f"ack {reference}\n".encode())
        return reference

    DeskRows.next_reference = hasty  # type: ignore[assignment,method-assign]  # planted


class Driver:
    """Forks desks over one profile and looks at what each left behind."""

    def __init__(self, profile: Path, passphrase_file: Path, *, hasty: bool = False) -> None:
        warm_up()
        self._hasty = hasty
        self._profile = profile
        self._passphrase_file = passphrase_file
        self._key = key_of(profile, passphrase_file)
        self._known = frozenset(self._states())

    def steps(self) -> Mapping[str, int]:
        """A desk that is not killed: how many steps each stage has."""
        _killed, said = self._forked(None)
        self._known = frozenset(self._states())
        return {name: int(count) for name, count in re.findall(r"steps (\w+) (\d+)", said)}

    def die(self, point: Point) -> Death:
        """One desk that is to be killed at the point."""
        began = time.monotonic()
        killed, said = self._forked(point)
        states = self._states()
        own = [state for op_id, state in states.items() if op_id not in self._known]
        self._known = frozenset(states)
        found = re.search(r"ack (\S+)\n", said)
        usable = re.search(r"usable (\S+)\n", said)
        return Death(
            point.stage, point.after, killed, found[1] if found else "",
            own[0] if own else NOTHING, round(time.monotonic() - began, 3),
            float(usable[1]) if usable else 0.0,
        )  # fmt: skip

    def _states(self) -> dict[str, str]:
        return ticket_states(self._profile, self._key)

    def _forked(self, point: Point | None) -> tuple[bool, str]:
        assert threading.active_count() == 1, "a fork takes one thread along"
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reading)
            self._be_a_desk(writing, Counting(self._known, point))
        os.close(writing)
        with os.fdopen(reading, encoding="utf-8") as pipe:
            said = pipe.read()
        _pid, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        if not killed and os.waitstatus_to_exitcode(status) != 0:
            raise AssertionError(f"the desk ended with status {status}: {said}")
        return killed, said

    def _be_a_desk(self, out: int, counting: Counting) -> None:
        """The child: never returns."""
        signal.alarm(round(_LONGEST_S))  # a desk that hangs ends by another signal than SIGKILL
        code = 1
        try:
            if self._hasty:
                speak_early(out)
            threading.settrace(counting)
            sys.settrace(counting)
            asyncio.run(self._work(out, counting))
            sys.settrace(None)
            for stage, count in counting.counts.items():
                os.write(out, f"steps {stage} {count}\n".encode())
            code = 0
        finally:
            if code:
                import traceback

                os.write(out, traceback.format_exc().encode())
            os._exit(code)

    async def _work(self, out: int, counting: Counting) -> None:
        began = time.monotonic()
        opened = await open_profile(self._profile, self._passphrase_file)
        person = await opened.people.current()
        call = replace(opened.intake.new_call("07700 900118"), fault="Door seal leaks")
        taken = await opened.intake.take(call, person)
        os.write(out, f"ack {taken.reference}\n".encode())
        os.write(out, f"usable {time.monotonic() - began:.3f}\n".encode())
        counting.begin("push")
        await opened.sync_once()
        counting.begin("")
        opened.close()


def points(steps: Mapping[str, int], wanted: Mapping[str, int], seed: int) -> Iterator[Point]:
    """So many points of each stage, spread over its steps, in an order that mixes the stages."""
    chance = random.Random(seed)
    made = [
        Point(stage, 1 + (index * steps[stage] + chance.randrange(steps[stage])) // count)
        for stage, count in wanted.items()
        for index in range(count)
    ]
    chance.shuffle(made)
    return iter(made)


def run(profile: Path, passphrase_file: Path, plan: Mapping[str, Any]) -> Iterator[Death]:
    """Every death of the plan; a point that was passed unharmed is tried again, earlier."""
    driver = Driver(profile, passphrase_file, hasty=bool(plan.get("hasty")))
    steps = driver.steps()
    met: Counter[str] = Counter()
    for planned in points(steps, plan["points"], plan["seed"]):
        for death in _aimed(driver, planned):
            met[death.state] += death.killed
            yield death
    yield from _more_in(SENDING, driver, steps, int(plan["sending"]) - met[SENDING], plan["seed"])


def _aimed(driver: Driver, planned: Point) -> Iterator[Death]:
    after = planned.after
    while True:
        death = driver.die(Point(planned.stage, after))
        yield death
        if death.killed or after == 1:
            return
        after //= 2


def _more_in(
    state: str, driver: Driver, steps: Mapping[str, int], missing: int, seed: int
) -> Iterator[Death]:
    """More deaths until so many met the operation in that state: it is short, and moves."""
    chance = random.Random(seed)
    for _ in range(_MORE_AIMS):
        if missing <= 0:
            return
        point = Point(state, chance.randrange(steps[state] // 2, steps[state]))
        for death in _aimed(driver, point):
            missing -= death.killed and death.state == state
            yield death


if __name__ == "__main__":
    for one in run(Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])):
        sys.stdout.write(json.dumps(asdict(one)) + "\n")
        sys.stdout.flush()
