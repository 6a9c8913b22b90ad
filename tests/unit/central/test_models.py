"""What central holds to about models: raw words, whose rights, which fields a kind may change."""

from __future__ import annotations

from typing import Any

from app.central.contract import wire
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
