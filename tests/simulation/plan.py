"""What a seed decides before its world begins: a script of edits and faults, to be cut down."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from random import Random

import msgspec

from tests.simulation.network import Fault

EDIT = "edit"
UNREAD = "reads fail"
"""The fault that keeps a desk without its first mirror."""
RESTORED = "restore, said"
ROTTEN = "rotten row"
"""Worlds with it compare their mirrors with central every few seconds."""
UNMIRRORED = "lost before the first mirror"
"""The scene that a desk begins with, before it has mirrored anything."""
PURGED = "purged behind a desk"
LEARNS = "desk learns"
"""Desks of worlds with it begin with an older program."""
_HTTP_EACH = 50
_FILE_EACH = 100
_BEFALLS_PER_EDIT = 0.12
_BESIDE = 0.2
"""How many seeds have each of the events that are drawn beside the story."""
_SCENE = 0.2
"""How many seeds have each of the scenes."""
_SOME_S = 0.25
"""On average, between two edits."""
_TIGHT = (4.0, 8.0)


@dataclass(frozen=True, slots=True)
class Step:
    """One edit, or one fault of the world; what it draws on the way comes from its own seed."""

    after_s: float
    what: str
    seed: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One seed's story."""

    seed: int
    edits: int
    desks: int
    weather: Mapping[str, float]
    steps: tuple[Step, ...]
    over_http: bool = False
    on_file: bool = False
    fresh: bool = False
    """Desks begin before their first mirror."""
    rate: float = 300.0
    """Operations per second that central takes of all desks, for each service."""
    only: str = ""
    """The one service whose network is bad; empty: all."""

    @property
    def is_compared(self) -> bool:
        """Whether its mirrors rot, and are compared often enough to notice."""
        return any(step.what == ROTTEN for step in self.steps)

    @property
    def has_older_desks(self) -> bool:
        """Whether its desks begin with a program that cannot read all there is."""
        return any(step.what == LEARNS for step in self.steps)

    def to_json(self) -> bytes:
        return msgspec.json.format(msgspec.json.encode(asdict(self)), indent=1)

    @classmethod
    def from_json(cls, text: bytes) -> Plan:
        return msgspec.json.decode(text, type=cls)


def draw(
    seed: int, edits: int, befalls: Sequence[str], beside: Sequence[str], scenes: Sequence[str]
) -> Plan:
    """The plan of a seed: a swarm of faults of its own, more or less often.

    What happens `beside`, and each of the scenes, is drawn from a stream of its own: the rest of
    the story stays as it was.
    """
    chance = Random(f"plan {seed}")
    possible = [name for name in befalls if chance.random() < 0.35]
    steps: list[Step] = []
    for _ in range(edits):
        steps.append(_step(chance, EDIT))
        if possible and chance.random() < _BEFALLS_PER_EDIT:
            steps.append(_step(chance, chance.choice(possible)))
    fresh = chance.random() < 0.2
    if fresh and chance.random() < 0.5:
        steps.insert(0, _step(chance, UNREAD))
    plan = Plan(
        seed=seed,
        edits=edits,
        desks=chance.choice((2, 2, 3)),
        weather=_weather(chance),
        steps=tuple(steps),
        fresh=fresh,
        over_http=seed % _HTTP_EACH == 0,
        on_file=seed % _FILE_EACH == 0,
        rate=chance.choice(_TIGHT) if chance.random() < 0.1 else 300.0,
    )
    if steps[0].what == UNREAD and chance.random() < 0.7:
        # central goes back behind what was accepted of desks that have mirrored nothing yet
        steps.insert(chance.randrange(4, 9), _step(chance, RESTORED))
    _put_beside(steps, Random(f"beside {seed}"), beside)
    fresh = _put_scenes(steps, seed, scenes) or plan.fresh
    return replace(plan, steps=tuple(steps), fresh=fresh)


def _put_scenes(steps: list[Step], seed: int, scenes: Sequence[str]) -> bool:
    """Whether one of them wants desks that have mirrored nothing yet."""
    for name in scenes:
        chance = Random(f"{name} {seed}")
        if chance.random() < _SCENE:
            at = 0 if name == UNMIRRORED else chance.randrange(1, len(steps) + 1)
            steps.insert(at, Step(0.0, name, chance.randrange(1 << 32)))
    return any(step.what == UNMIRRORED for step in steps)


def _put_beside(steps: list[Step], chance: Random, events: Sequence[str]) -> None:
    for name in events:
        if chance.random() < _BESIDE:
            for _ in range(chance.choice((1, 1, 2, 3))):
                at = chance.randrange(1, len(steps) + 1)
                steps.insert(at, Step(0.0, name, chance.randrange(1 << 32)))


def _step(chance: Random, what: str) -> Step:
    return Step(round(chance.expovariate(1 / _SOME_S), 4), what, chance.randrange(1 << 32))


def _weather(chance: Random) -> dict[str, float]:
    return {
        fault.value: chance.choice((0.01, 0.03, 0.1)) for fault in Fault if chance.random() < 0.4
    }


def weather_of(plan: Plan) -> dict[Fault, float]:
    return {Fault(name): likely for name, likely in plan.weather.items()}
