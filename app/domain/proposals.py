"""Proposals of new models: who may decide what about one, and what each decision writes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import PersonId
from app.domain.operations import Json
from app.domain.words import words_key


class ProposalState(StrEnum):
    """Where a proposal stands; `asked` waits for its proposer's answer."""

    OPEN = "open"
    ASKED = "asked"
    APPROVED = "approved"
    REJECTED = "rejected"


UNDECIDED = frozenset({ProposalState.OPEN, ProposalState.ASKED})

SHOWN = (
    "words", "maker", "name", "numbers", "category", "neighbours", "proposer", "evidence", "answer",
    "tickets", "remember",
)  # fmt: skip
"""The fields a supervisor sees before deciding; their digest travels with the decision."""


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """One kind of decision on a proposal."""

    before: frozenset[ProposalState]
    after: ProposalState | None
    """None: the state stays."""
    writes: frozenset[str]
    by_another: bool = False
    """Four eyes: never by the person who proposed it."""
    needs: str = ""
    """A field that has to be filled."""


_S = ProposalState

DECISIONS: dict[str, DecisionRule] = {
    "proposal.approve": DecisionRule(
        UNDECIDED, _S.APPROVED, frozenset({"state", "entry_id", "decided_by", "decided_at"}),
        by_another=True, needs="entry_id",
    ),
    "proposal.reject": DecisionRule(
        UNDECIDED, _S.REJECTED, frozenset({"state", "why", "decided_by", "decided_at"}),
        by_another=True, needs="why",
    ),
    "proposal.ask": DecisionRule(
        UNDECIDED, _S.ASKED, frozenset({"state", "question"}), needs="question"
    ),
    "proposal.answer": DecisionRule(
        frozenset({_S.ASKED}), _S.OPEN, frozenset({"state", "answer"}), needs="answer"
    ),
    "proposal.delegate": DecisionRule(
        UNDECIDED, None, frozenset({"delegated_to"}), needs="delegated_to"
    ),
}  # fmt: skip
"""Desk and central refuse by the same table."""


class Objection(StrEnum):
    """Why a decision does not count; each is a problem code of the contract."""

    SELF_APPROVED = "self-approved"
    ALREADY_DECIDED = "already-decided"
    NOT_AS_SHOWN = "not-as-shown"
    UNSIGNED = "unsigned"
    BAD_SIGNATURE = "bad-signature"
    UNKNOWN_KEY = "unknown-key"
    REVOKED_KEY = "revoked-key"
    OTHER_DESK = "other-desk"
    OUT_OF_SHAPE = "invalid-field"


SENTENCES: dict[Objection, str] = {
    Objection.SELF_APPROVED: "Whoever proposed a model cannot decide about it.",
    Objection.ALREADY_DECIDED: "Somebody has decided about this proposal already.",
    Objection.NOT_AS_SHOWN: "The proposal is not what was shown any more.",
    Objection.UNSIGNED: "A decision carries its person's signature.",
    Objection.BAD_SIGNATURE: "The signature does not fit the decision.",
    Objection.UNKNOWN_KEY: "The person's key for this desk is not registered yet.",
    Objection.REVOKED_KEY: "The person's key had been revoked.",
    Objection.OTHER_DESK: "The decision was made at another desk.",
    Objection.OUT_OF_SHAPE: "The decision writes what its kind does not.",
}


def objection(
    kind: str, proposal: Mapping[str, Json], actor: PersonId, new: Mapping[str, Json]
) -> Objection | None:
    """Why this person cannot make this decision on the proposal as it stands, if so.

    `new` holds the values the decision writes, by field.
    """
    rule = DECISIONS[kind]
    if set(new) - rule.writes or (rule.needs and not new.get(rule.needs)):
        return Objection.OUT_OF_SHAPE
    if rule.after is not None and new.get("state") != rule.after:
        return Objection.OUT_OF_SHAPE
    if rule.by_another and new.get("decided_by") != actor:
        return Objection.OUT_OF_SHAPE
    if rule.by_another and proposal.get("proposer") == actor:
        return Objection.SELF_APPROVED
    if proposal.get("state") not in rule.before:
        return Objection.ALREADY_DECIDED
    return None


def as_shown(proposal: Mapping[str, Json]) -> dict[str, Json]:
    """Exactly what a supervisor is shown of a proposal, for its digest."""
    return {name: proposal.get(name) for name in SHOWN}


def entry_from(proposal: Mapping[str, Json]) -> dict[str, Json]:
    """The catalog entry an approved proposal becomes."""
    return {
        "maker": proposal.get("maker") or "",
        "name": proposal.get("name") or "",
        "numbers": proposal.get("numbers") or [],
        "category": proposal.get("category") or "other",
        "detail": "",
        "status": "supported",
        "source": "approved",
    }


def alias_from(proposal: Mapping[str, Json]) -> dict[str, Json] | None:
    """The words an approved proposal is found by from then on; None where they are too common."""
    words = str(proposal.get("words") or "")
    if not proposal.get("remember") or not words_key(words):
        return None
    return {
        "words": words,
        "key": words_key(words),
        "entry_id": proposal.get("entry_id"),
        "decided_by": proposal.get("decided_by"),
        "decided_at": proposal.get("decided_at"),
    }
