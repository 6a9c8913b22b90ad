"""Settling by hand is an agent's; a ruling keeps its own right and its own kind."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.central.contract.routes import Code
from app.central.reference.rules import Refusal, check
from app.domain.ids import DeskId, EntityId, Millis, OpId, PersonId
from app.domain.operations import Body, FieldChange
from app.domain.people import Person, Role

AGENT = Person(PersonId("ellen"), "Ellen", frozenset({Role.AGENT}))


def body(kind: str, word: str | None) -> Body:
    changes = {"claim_id": FieldChange(None, "c1"), "portions": FieldChange(None, [{"id": "p"}])}
    if word is not None:
        changes["ruling"] = FieldChange(None, word)
    return Body(
        op_id=OpId("op"), kind=kind, target=EntityId("r"), after=None, actor=AGENT.id,
        desk=DeskId("d"), incarnation="i", happened_at=Millis(0), clock_offset_ms=None,
        clock_offset_age_ms=None, offline=False, changes=changes,
    )  # fmt: skip


@pytest.mark.parametrize("word", ["settled", "part", "not_this", "taken_back"])
def test_an_agent_settles_refuses_and_takes_back(word: str) -> None:
    """The same words by somebody without that role are refused, so the role is what lets them."""
    check(body("ruling.settle", word), AGENT)  # raises where it is refused
    with pytest.raises(Refusal) as refused:
        check(body("ruling.settle", word), replace(AGENT, roles=frozenset()))
    assert refused.value.code == Code.NOT_ALLOWED


@pytest.mark.parametrize("word", ["waived", "verified", "unpaid", "not_verified", "", None])
def test_an_agent_cannot_rule_by_way_of_settling(word: str | None) -> None:
    with pytest.raises(Refusal):
        check(body("ruling.settle", word), AGENT)
    with pytest.raises(Refusal):
        check(body("ruling.create", word), AGENT)
