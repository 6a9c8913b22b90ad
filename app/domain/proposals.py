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

SHOWN_WHERE_SAID = ("wordings", "telling")
"""Shown as well where the proposal has them: other wordings of it, and those of them that tell it
from every near neighbour. Without them the digest is the one that earlier programs make.
"""


@dataclass(frozen=True, slots=True)
class DecisionRule:
    """One kind of decision on a proposal."""

    before: frozenset[ProposalState]
    after: ProposalState | None
    """None: the state stays."""
    writes: frozenset[str]
    by_another: bool = False
    """Four eyes: never by the person who proposed it, and over what was shown."""
    needs: str = ""
    """A field that has to be filled."""
    decider: str = ""
    """The field that names who decides: never whoever proposed it."""


_S = ProposalState

DECISIONS: dict[str, DecisionRule] = {
    "proposal.approve": DecisionRule(
        UNDECIDED, _S.APPROVED, frozenset({"state", "entry_id", "decided_by", "decided_at"}),
        by_another=True, needs="entry_id", decider="decided_by",
    ),
    "proposal.reject": DecisionRule(
        UNDECIDED, _S.REJECTED, frozenset({"state", "why", "decided_by", "decided_at"}),
        by_another=True, needs="why", decider="decided_by",
    ),
    "proposal.ask": DecisionRule(
        UNDECIDED, _S.ASKED, frozenset({"state", "question"}), needs="question"
    ),
    "proposal.answer": DecisionRule(
        frozenset({_S.ASKED}), _S.OPEN, frozenset({"state", "answer"}), needs="answer"
    ),
    "proposal.delegate": DecisionRule(
        UNDECIDED, None, frozenset({"delegated_to", "delegated_why"}), needs="delegated_to",
        decider="delegated_to",
    ),
}  # fmt: skip
"""Desk and central refuse by the same table."""


class Objection(StrEnum):
    """Why a decision does not count; each is a problem code of the contract."""

    SELF_APPROVED = "self-approved"
    ALREADY_DECIDED = "already-decided"
    DELEGATED = "delegated"
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
    Objection.DELEGATED: "Another person is to decide; whoever takes it over says why.",
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
    if set(new) - rule.writes or (rule.needs and not str(new.get(rule.needs) or "").strip()):
        return Objection.OUT_OF_SHAPE
    if rule.after is not None and new.get("state") != rule.after:
        return Objection.OUT_OF_SHAPE
    if rule.by_another and new.get("decided_by") != actor:
        return Objection.OUT_OF_SHAPE
    if rule.decider and new[rule.decider] == proposal.get("proposer"):
        return Objection.SELF_APPROVED
    if proposal.get("state") not in rule.before:
        return Objection.ALREADY_DECIDED
    if decided_by_another(proposal, actor) and not _leaves_it_to_them(rule, proposal, new):
        return Objection.DELEGATED
    return None


def decided_by_another(proposal: Mapping[str, Json], person: str) -> str:
    """Whom the proposal was given to, where that is somebody else than this person."""
    to = str(proposal.get("delegated_to") or "")
    return to if to != person else ""


def _leaves_it_to_them(
    rule: DecisionRule, proposal: Mapping[str, Json], new: Mapping[str, Json]
) -> bool:
    """Whether it is still for the same person to decide, or is taken from them with a reason."""
    if rule.by_another:
        return False
    to = new.get("delegated_to", proposal.get("delegated_to"))
    return to == proposal.get("delegated_to") or bool(str(new.get("delegated_why") or "").strip())


def as_shown(proposal: Mapping[str, Json]) -> dict[str, Json]:
    """Exactly what a supervisor is shown of a proposal, for its digest."""
    more = {name: proposal[name] for name in SHOWN_WHERE_SAID if proposal.get(name)}
    return {name: proposal.get(name) for name in SHOWN} | more


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


def all_wordings(proposal: Mapping[str, Json]) -> tuple[str, ...]:
    """Every wording the model was asked for by, the first one first."""
    said = (proposal.get("words"), *_texts(proposal, "wordings"))
    return tuple(str(one) for one in said if one)


def telling_words(proposal: Mapping[str, Json]) -> tuple[str, ...]:
    """The wordings an approved proposal is found by from then on; common ones are none of them."""
    first = (proposal.get("words"),) if proposal.get("remember") else ()
    said = (*first, *_texts(proposal, "telling"))
    return tuple(
        {words_key(str(one)): str(one) for one in said if words_key(str(one or ""))}.values()
    )


def aliases_from(proposal: Mapping[str, Json]) -> list[dict[str, Json]]:
    """What central remembers once the proposal is approved, a wording each."""
    return [
        {
            "words": words,
            "key": words_key(words),
            "entry_id": proposal.get("entry_id"),
            "decided_by": proposal.get("decided_by"),
            "decided_at": proposal.get("decided_at"),
        }
        for words in telling_words(proposal)
    ]


def _texts(proposal: Mapping[str, Json], name: str) -> list[str]:
    value = proposal.get(name)
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
