"""What central holds to about models: raw words, whose rights, which fields a kind may change."""

from __future__ import annotations

from typing import Any

from app.central.contract import wire
from app.central.reference import rules
from app.domain.ids import DeskId, EntityId, Millis, OpId, PersonId
from app.domain.operations import Body, FieldChange
from tests.support.ledger_bench import LedgerBench, fields_of

BOSS, AGENT = "nadia.holt", "ellen.marsh"


def _sent(
    bench: LedgerBench,
    kind: str,
    target: str,
    actor: str = AGENT,
    **moved: Any,  # noqa: ANN401 - JSON
) -> wire.Verdict:
    changes = {name: {"base": base, "new": new} for name, (base, new) in moved.items()}
    service = "tickets" if kind.startswith("ticket") else "catalog"
    return bench.send(bench.body(kind, target, changes=changes, actor=actor), service)


def _refused(verdict: wire.Verdict) -> str:
    assert verdict.outcome == "rejected", verdict
    assert verdict.problem is not None
    return verdict.problem.type.rsplit(":", 1)[1]


def test_the_callers_words_are_never_rewritten(bench: LedgerBench) -> None:
    ticket = bench.made(model_words="the round one")
    assert (
        _refused(bench.changed(ticket, model_words=("the round one", "Velna"))) == "invalid-field"
    )
    assert _refused(bench.changed(ticket, model_words=("the round one", None))) == "invalid-field"
    empty = bench.made(fault="It leaks")
    assert bench.changed(empty, model_words=(None, "said later")).outcome == "applied"


def test_a_resolution_changes_the_pin_and_nothing_else(bench: LedgerBench) -> None:
    ticket = bench.made(fault="It leaks")
    pin = {"entry_id": "e-1", "by": AGENT}
    assert _sent(bench, "ticket.resolve", ticket, model_pin=(None, pin)).outcome == "applied"
    assert _refused(_sent(bench, "ticket.resolve", ticket, fault=("It leaks", "x"))) == (
        "invalid-field"
    )


def test_catalog_care_is_a_supervisors(bench: LedgerBench) -> None:
    entry = bench.new_id()
    made: dict[str, Any] = {
        "maker": (None, "Velna"),
        "name": (None, "Dry 640"),
        "status": (None, "supported"),
    }
    assert _refused(_sent(bench, "catalog_entry.create", entry, **made)) == "not-allowed"
    assert _sent(bench, "catalog_entry.create", entry, BOSS, **made).outcome == "applied"
    retired = _sent(bench, "catalog_entry.set", entry, BOSS, status=("supported", "retired"))
    assert retired.outcome == "applied"
    late = _sent(bench, "catalog_entry.set", entry, BOSS, status=("supported", "other"))
    assert late.outcome == "applied_with_conflicts"
    assert fields_of(bench.rows("catalog")[entry, "upsert"])["status"] == "retired"


def test_remembered_words_are_pointed_elsewhere_and_forgotten(bench: LedgerBench) -> None:
    alias = bench.new_id()
    words: dict[str, Any] = {"words": (None, "the round one"), "key": (None, "the round one")}
    assert _sent(bench, "alias.create", alias, entry_id=(None, "e-1"), **words).outcome == "applied"
    assert _sent(bench, "alias.set", alias, entry_id=("e-1", None)).outcome == "applied"
    other = _sent(bench, "alias.set", alias, key=("the round one", "any tv"))
    assert _refused(other) == "invalid-field"


def test_a_trail_that_fell_back_is_not_signed_for(bench: LedgerBench) -> None:
    """Given a head that was reported, then no shorter trail and no other one gets a receipt."""

    def reported(n: int, head: str) -> str | None:
        report = wire.DeskReport("1", 0, 0, audit=wire.AuditHead(n, head))
        return bench.ledger.report(bench.desk, report, "one life").audit

    assert reported(3, "a" * 64)
    assert reported(2, "b" * 64) is None
    assert reported(3, "c" * 64) is None
    assert reported(3, "a" * 64)
    assert reported(5, "d" * 64)


def _alias(bench: LedgerBench, **fields: Any) -> str:  # noqa: ANN401 - JSON
    alias = bench.new_id()
    whole = {"words": "the round one", "key": "the round one", **fields}
    made: dict[str, Any] = {name: (None, value) for name, value in whole.items()}
    assert _sent(bench, "alias.create", alias, **made).outcome == "applied"
    return alias


def test_who_decided_goes_with_what_was_decided_or_not_at_all(bench: LedgerBench) -> None:
    """Given words pointed elsewhere by two people, then the meaning alone is in conflict and
    central does not say that one of them decided what the other did.
    """
    alias = _alias(bench, entry_id="e-1", decided_by="ann", decided_at="2026-11-20T09:00:00Z")
    at = "2026-11-20T10:00:00Z"
    first = _sent(
        bench, "alias.set", alias, entry_id=("e-1", "e-2"), decided_by=("ann", AGENT),
        decided_at=("2026-11-20T09:00:00Z", at),
    )  # fmt: skip
    assert first.outcome == "applied"
    late = _sent(
        bench, "alias.set", alias, BOSS, entry_id=("e-1", "e-3"), decided_by=(AGENT, BOSS),
        decided_at=("2026-11-20T09:00:00Z", "2026-11-20T09:30:00Z"),
    )  # fmt: skip
    assert [one.field for one in late.conflicts] == ["entry_id"]
    fields = fields_of(bench.rows("catalog")[alias, "upsert"])
    assert (fields["entry_id"], fields["decided_by"], fields["decided_at"]) == ("e-2", AGENT, at)


def test_the_same_meaning_from_two_people_is_no_conflict(bench: LedgerBench) -> None:
    alias = _alias(bench, entry_id="e-1", decided_by="ann")
    for person in (AGENT, BOSS):
        pointed = _sent(
            bench, "alias.set", alias, person, entry_id=("e-1", "e-2"), decided_by=("ann", person)
        )
        assert pointed.outcome == "applied"
    assert fields_of(bench.rows("catalog")[alias, "upsert"])["decided_by"] == AGENT


def test_a_ticket_linked_twice_to_one_model_is_linked_once(bench: LedgerBench) -> None:
    """Another reading of the plate is a word of its own, and asked about."""
    ticket = bench.made(fault="It leaks")
    pins = [{"entry_id": "e-1", "by": who, "at": who, "why": "linked"} for who in (AGENT, BOSS)]
    for pin in pins:
        assert _sent(bench, "ticket.resolve", ticket, model_pin=(None, pin)).outcome == "applied"
    assert fields_of(bench.rows()[ticket, "upsert"])["model_pin"] == pins[0]
    read = {**pins[1], "plate": "VD-640"}
    late = _sent(bench, "ticket.resolve", ticket, model_pin=(None, read))
    assert late.outcome == "applied_with_conflicts"
    known = _sent(bench, "ticket.resolve", ticket, model_pin=(pins[0], read))
    assert known.outcome == "applied"
    assert fields_of(bench.rows()[ticket, "upsert"])["model_pin"] == read


def test_a_signed_decision_is_taken_whole(bench: LedgerBench) -> None:
    """Given a proposal somebody asked back about meanwhile, then an approval of it is no conflict
    of its state beside an entry that was made all the same.
    """
    new = {"state": "approved", "entry_id": "e-9", "decided_by": BOSS}
    changes = {name: FieldChange(None, value) for name, value in new.items()}
    changes["state"] = FieldChange("open", "approved")
    body = Body(
        OpId(bench.new_id()), "proposal.approve", EntityId(bench.new_id()), None, PersonId(BOSS),
        DeskId("d"), "one", Millis(0), None, None, offline=True, changes=changes,
    )  # fmt: skip
    merged = rules.merge(body, {"state": "asked", "question": "Which?"}, dict)
    assert merged.conflicts == ()
    assert merged.fields == {**new, "question": "Which?"}
