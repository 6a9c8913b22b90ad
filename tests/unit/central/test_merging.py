"""Merges and what undoes them: readers arrive, nobody goes in circles, nothing is overwritten."""

from __future__ import annotations

from itertools import pairwise

import pytest

from app.central.contract import wire
from tests.support.ledger_bench import LedgerBench, fields_of

KINDS = pytest.mark.parametrize(
    ("service", "kind"), [("tickets", "ticket"), ("customers", "customer")]
)


def _merge(bench: LedgerBench, kind: str, service: str, id_: str, into: str) -> wire.Verdict:
    entry = {"id": bench.new_id(), "into": into}
    return bench.send(bench.body(f"{kind}.merge", id_, entry=entry), service)


def _three(bench: LedgerBench, service: str) -> list[str]:
    field = "fault" if service == "tickets" else "name"
    return [bench.made(service, **{field: str(number)}) for number in range(3)]


def _code(verdict: wire.Verdict) -> str:
    assert verdict.problem is not None
    return verdict.problem.type.rsplit(":", 1)[1]


@KINDS
def test_a_merge_is_followed_and_undone(bench: LedgerBench, service: str, kind: str) -> None:
    one, other, _ = _three(bench, service)
    start = bench.page(service=service).next_cursor
    verdict = _merge(bench, kind, service, one, other)
    page = bench.page(start, service=service)
    assert {(item.id, item.op, item.redirect_to) for item in page.items} == {
        (one, "upsert", None), (one, "redirect", other),
    }  # fmt: skip
    assert verdict.position == page.position
    assert fields_of(bench.rows(service)[one, "upsert"])["merged_into"] == other
    undone = bench.send(bench.body(f"{kind}.unmerge", one), service)
    assert undone.outcome == "applied"
    rows = bench.rows(service)
    assert rows[one, "redirect"].redirect_to is None
    assert rows[one, "redirect"].rev == 2
    assert fields_of(rows[one, "upsert"])["merged_into"] is None


def test_a_restore_brings_the_redirect_back(bench: LedgerBench) -> None:
    one, other, third = _three(bench, "tickets")
    _merge(bench, "ticket", "tickets", one, other)
    moment = bench.surroundings.now()
    bench.send(bench.body("ticket.unmerge", one))
    _merge(bench, "ticket", "tickets", one, third)
    _merge(bench, "ticket", "tickets", other, third)
    bench.ledger.go_back_to("tickets", moment, said=True)
    rows = bench.rows()
    assert rows[one, "redirect"].redirect_to == other
    assert (other, "redirect") not in rows


def test_undoing_what_was_never_merged_says_nothing(bench: LedgerBench) -> None:
    one = bench.made()
    assert bench.send(bench.body("ticket.unmerge", one)).outcome == "applied"
    assert (one, "redirect") not in bench.rows()


def test_a_merge_elsewhere_meanwhile_is_a_conflict(bench: LedgerBench) -> None:
    one, other, third = _three(bench, "tickets")
    _merge(bench, "ticket", "tickets", one, other)
    late = _merge(bench, "ticket", "tickets", one, third)
    assert late.outcome == "applied_with_conflicts"
    conflict = late.conflicts[0]
    assert (conflict.mine, conflict.theirs, conflict.by) == (third, other, "ellen.marsh")
    change = {"merged_into": {"base": third, "new": None}}
    undone = bench.send(bench.body("ticket.unmerge", one, changes=change))
    assert undone.outcome == "applied_with_conflicts"
    assert bench.rows()[one, "redirect"].redirect_to == other
    assert _merge(bench, "ticket", "tickets", one, other).outcome == "applied"


def test_no_merge_leads_in_a_circle(bench: LedgerBench) -> None:
    one, other, third = _three(bench, "tickets")
    _merge(bench, "ticket", "tickets", one, other)
    _merge(bench, "ticket", "tickets", other, third)
    assert _code(_merge(bench, "ticket", "tickets", third, one)) == "invalid-field"
    assert _code(_merge(bench, "ticket", "tickets", one, one)) == "invalid-field"


@pytest.mark.parametrize("from_the_far_end", [True, False])
def test_readers_never_need_more_than_eight_hops(
    bench: LedgerBench, from_the_far_end: bool
) -> None:
    chain = [bench.made(fault=str(number)) for number in range(10)]
    pairs = list(pairwise(chain))
    said = [
        _merge(bench, "ticket", "tickets", id_, into).outcome
        for id_, into in (reversed(pairs) if from_the_far_end else pairs)
    ]
    assert said == ["applied"] * 8 + ["rejected"]


def test_a_merge_into_what_is_still_to_come_waits(bench: LedgerBench) -> None:
    one, to_come = bench.made(), bench.new_id()
    entry = {"id": bench.new_id(), "into": to_come}
    merge = bench.body("ticket.merge", one, entry=entry)
    assert bench.send(merge).outcome == "deferred"
    changes = {"fault": {"base": None, "new": "x"}}
    bench.send(bench.body("ticket.create", to_come, changes=changes))
    assert bench.send(merge).outcome == "applied"
    contact = bench.body("contact.create", bench.new_id(), changes={})
    bench.send(contact)
    other_kind = _merge(bench, "ticket", "tickets", to_come, contact["target"])
    assert _code(other_kind) == "invalid-field"
