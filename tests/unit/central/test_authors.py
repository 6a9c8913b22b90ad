"""A conflict names whoever made the value that stands, and nobody else."""

from __future__ import annotations

from app.central.reference.authors import NOBODY, by_field, credited
from app.domain.ids import Millis
from tests.support.ledger_bench import LedgerBench


def test_the_last_one_who_changed_a_field_is_its_author() -> None:
    kept = credited(NOBODY, "ann", Millis(1), ["a", "b, c", "d"])
    kept = credited(kept, "bob", Millis(2), ["b, c"])
    assert by_field(kept) == {"a": ("ann", 1), "d": ("ann", 1), "b, c": ("bob", 2)}
    assert credited(kept, "eve", Millis(3), []) == kept


def test_whoever_changed_everything_leaves_no_trace_of_the_others() -> None:
    kept = credited(credited(NOBODY, "ann", Millis(1), ["a"]), "bob", Millis(2), ["a"])
    assert "ann" not in kept


def test_an_edit_that_was_not_applied_authors_nothing(bench: LedgerBench) -> None:
    """Ellen's value stands, Nadia's edit conflicts with it: the next is told of Ellen."""
    ticket = bench.made(place="here", fault="none")
    bench.changed(ticket, "ellen.marsh", place=("here", "there"))
    lost = bench.changed(ticket, "nadia.holt", place=("here", "elsewhere"))
    assert lost.conflicts[0].by == "ellen.marsh"
    third = bench.changed(ticket, "nadia.holt", place=("here", "nowhere"))
    assert third.conflicts[0].by == "ellen.marsh"


def test_a_restore_takes_the_authors_back_too(bench: LedgerBench) -> None:
    ticket = bench.made(place="here")
    bench.changed(ticket, "ellen.marsh", place=("here", "there"))
    moment = bench.surroundings.now()
    bench.changed(ticket, "nadia.holt", place=("there", "far"))
    bench.ledger.go_back_to("tickets", moment, said=True)
    conflict = bench.changed(ticket, "ellen.marsh", place=("here", "nowhere")).conflicts[0]
    assert (conflict.theirs, conflict.by) == ("there", "ellen.marsh")
