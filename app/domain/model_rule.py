"""Which model a ticket is about: the one rule desk and central derive it by, version 1."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.times import from_rfc3339

NOT_SUPPORTED = "not_supported"
MOST_EARLIER = 20
"""Pins before the present one that a pin carries along."""


class ResolutionState(StrEnum):
    """How far the caller's words have come; a ticket never waits for it."""

    AS_SAID = "as_said"
    CANDIDATE = "candidate"
    """Entries come near; nobody has chosen."""
    LINKED = "linked"
    PROPOSED = "proposed"
    APPROVED = "approved"
    """Linked by a proposal that a supervisor approved."""
    NOT_SUPPORTED = "not_supported"


OPEN_STATES = frozenset(
    {ResolutionState.AS_SAID, ResolutionState.CANDIDATE, ResolutionState.PROPOSED}
)
"""Whoever dispatches is warned: the model is not known."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who said what the words mean, when and why."""

    entry_id: str | None
    by: str
    at: Millis | None
    why: str = ""
    said_by: str = ""
    """The expert who read it off the rating plate, where one did."""
    plate: str = ""


@dataclass(frozen=True, slots=True)
class ModelResolution:
    """A ticket's model as derived; the caller's words stand beside it for ever."""

    state: ResolutionState
    decision: Decision | None = None
    earlier: tuple[Decision, ...] = ()
    """Pins before this one, newest first."""

    @property
    def entry_id(self) -> str | None:
        return self.decision.entry_id if self.decision else None


AS_SAID = ModelResolution(ResolutionState.AS_SAID)


@dataclass(frozen=True, slots=True)
class Known:
    """What the catalog's service knows of some words or of a ticket."""

    entry_id: str
    name: str
    by: str
    at: Millis | None
    approved: bool = False


def derive(
    fields: Mapping[str, Json],
    known: Known | None,
    *,
    proposed: bool,
    comes_near: Callable[[], bool],
) -> ModelResolution:
    """Its pin, else what its words were remembered for or approved as, else the words.

    A pin to nothing took an earlier one back: the words alone count again. `comes_near` tells
    whether any entry fits them, and is asked only where nothing else is known.
    """
    pin = fields.get("model_pin")
    earlier = pins_before(pin)
    decision = decision_of(pin)
    if decision is not None and decision.entry_id == NOT_SUPPORTED:
        return ModelResolution(ResolutionState.NOT_SUPPORTED, decision, earlier)
    if decision is not None and decision.entry_id:
        return ModelResolution(ResolutionState.LINKED, decision, earlier)
    if known is not None and decision is None:
        state = ResolutionState.APPROVED if known.approved else ResolutionState.LINKED
        made = Decision(known.entry_id, known.by, known.at)
        return ModelResolution(state, made, earlier)
    if proposed:
        return ModelResolution(ResolutionState.PROPOSED, decision, earlier)
    state = ResolutionState.CANDIDATE if comes_near() else ResolutionState.AS_SAID
    return ModelResolution(state, decision, earlier)


def new_pin(before: Json, fresh: Mapping[str, Json]) -> dict[str, Json]:
    """A pin that carries the ones before it, newest first."""
    if not isinstance(before, dict):
        return dict(fresh)
    older = before.get("earlier")
    plain: dict[str, Json] = {name: value for name, value in before.items() if name != "earlier"}
    kept: list[Json] = [plain, *(older if isinstance(older, list) else [])]
    return {**fresh, "earlier": kept[:MOST_EARLIER]}


def is_same_value(name: str, one: Json, other: Json) -> bool:
    """Whether a field says the same; two pins may, whoever made them and when."""
    if name == "model_pin" and isinstance(one, dict) and isinstance(other, dict):
        return _said(one) == _said(other)
    return one == other


def _said(pin: Mapping[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in pin.items() if name not in ("by", "at", "earlier")}


def pins_before(pin: Json) -> tuple[Decision, ...]:
    older = pin.get("earlier") if isinstance(pin, dict) else None
    found = map(decision_of, older if isinstance(older, list) else [])
    return tuple(one for one in found if one is not None)


def decision_of(pin: Json) -> Decision | None:
    """What a pin says; None for anything that is none."""
    if not isinstance(pin, dict):
        return None
    entry, at = pin.get("entry_id"), pin.get("at")
    return Decision(
        entry if isinstance(entry, str) and entry else None,
        _text(pin, "by"), _time(at), _text(pin, "why"), _text(pin, "said_by"), _text(pin, "plate"),
    )  # fmt: skip


def one_meaning(known: Sequence[Known]) -> Known | None:
    """The entry some words mean; None where they were remembered for several."""
    return known[0] if len({one.entry_id for one in known}) == 1 else None


def _text(pin: Mapping[str, Json], name: str) -> str:
    value = pin.get(name)
    return value if isinstance(value, str) else ""


def _time(value: Json) -> Millis | None:
    try:
        return from_rfc3339(value) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None
