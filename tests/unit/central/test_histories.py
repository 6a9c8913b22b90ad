"""Pages on the way into a new term, and operations that took another's place."""

from __future__ import annotations

import pytest

from app.central.contract import wire
from app.central.reference import history
from tests.support.ledger_bench import LedgerBench

OTHER = "nadia.holt"


def _place(page: wire.Page) -> tuple[int, int]:
    return page.position.term, page.position.n


def _restored(bench: LedgerBench) -> str:
    """Six tickets, a backup, three that are lost, five in the new term; a cursor after one."""
    bench.made(fault="0")
    early = bench.page().next_cursor
    for number in range(5):
        bench.made(fault=str(number))
    moment = bench.surroundings.now()
    for number in range(3):
        bench.made(fault=f"lost {number}")
    bench.ledger.go_back_to("tickets", moment, said=True)
    for number in range(5):
        bench.made(fault=f"new {number}")
    return early


@pytest.mark.parametrize("limit", [1, 2, 3, 1_000])
def test_each_page_stands_in_the_term_it_names(bench: LedgerBench, limit: int) -> None:
    before = bench.page().term_id
    early = _restored(bench)
    now = bench.ledger.health("tickets").term_id
    assert now != before
    for cursor in (None, early):
        pages = bench.walk(cursor, limit)
        for page in pages:
            assert page.term_id == {1: before, 2: now}[page.position.term]
            assert page.position.term >= max((i.position.term for i in page.items), default=0)
        places = [_place(page) for page in pages]
        assert places == sorted(places)
        entering = [page for page in pages if page.fork is not None]
        if cursor is not None or limit < 6:
            assert len(entering) == 1
            assert entering[0].fork == wire.Position(1, 6)
            assert entering[0].position.term == 2
        assert sum(len(page.items) for page in pages) == (10 if cursor else 11)


@pytest.mark.parametrize("limit", [1, 1_000])
def test_what_was_lost_silently_before_is_told_at_the_end_of_the_way(
    bench: LedgerBench, limit: int
) -> None:
    """Lost in silence at 3, then aloud at 5: what this desk shares ends at 3, page by page."""
    for number in range(3):
        bench.made(fault=str(number))
    moment = bench.surroundings.now()
    for number in range(4):
        bench.made(fault=f"seen {number}")
    cursor = bench.page().next_cursor
    bench.ledger.go_back_to("tickets", moment, said=False)
    for number in range(2):
        bench.made(fault=f"other {number}")
    moment = bench.surroundings.now()
    bench.made(fault="lost")
    bench.ledger.go_back_to("tickets", moment, said=True)
    pages = bench.walk(cursor, limit)
    told = [page.fork for page in pages if page.fork is not None]
    assert len(told) == 1
    assert told[0].n <= 3
    assert pages[-1].position.term == 2


def test_a_silent_loss_that_was_grown_over_is_told_with_the_next_term(bench: LedgerBench) -> None:
    """Lost in silence at 5, gone on to 7, then a term aloud: this desk's own 6 and 7 were others,
    though its mark at 5 is known.
    """
    for number in range(5):
        bench.made(fault=str(number))
    moment = bench.surroundings.now()
    for number in range(3):
        bench.made(fault=f"seen {number}")
    cursor = bench.page().next_cursor
    bench.ledger.go_back_to("tickets", moment, said=False)
    others = [bench.made(fault=f"other {number}") for number in range(2)]
    bench.ledger.new_terms()
    page = bench.page(cursor)
    assert page.fork == wire.Position(1, 5)
    assert [item.id for item in page.items] == others


def test_from_a_term_beside_the_history_only_what_both_are_sure_of_is_shared(
    bench: LedgerBench,
) -> None:
    """Two centrals left term 1 at 5; the one that counts went on to 7 before the term above both.
    A desk of the other one has a mark at 3, and shares nothing for sure behind it.
    """
    both = [bench.made(fault=str(number)) for number in range(5)]
    moment = bench.surroundings.now()
    bench.ledger.new_terms()
    bench.made(fault="of the other one")
    beside = bench.page().next_cursor
    bench.ledger.go_back_to("tickets", moment, said=False)
    others = [bench.made(fault=f"other {number}") for number in range(2)]
    with bench.ledger.writing() as connection:
        here = history.standing(connection, "tickets").position
        history.raise_term(connection, "tickets", here, bench.surroundings, 2)
    page = bench.page(beside)
    assert page.position == wire.Position(3, 7)
    assert page.fork == wire.Position(1, 3)
    assert [item.id for item in page.items] == [*both[3:], *others]


def test_a_desk_that_has_seen_nothing_else_shares_all_up_to_the_fork(bench: LedgerBench) -> None:
    bench.made(fault="seen")
    cursor = bench.page().next_cursor
    later = bench.made(fault="not seen yet")
    bench.ledger.new_terms()
    page = bench.page(cursor)
    assert page.fork == wire.Position(1, 2)
    assert [item.id for item in page.items] == [later]


def test_a_follower_goes_on_behind_what_took_its_predecessors_place(bench: LedgerBench) -> None:
    """A restore forgot the parked edit; what replaces it names it, a third one replaces that."""
    ticket = bench.made(place="here")
    parked, again = bench.new_id(), bench.new_id()
    change = {"fault": {"base": None, "new": "hum"}}
    follower = bench.body("ticket.set", ticket, after=parked, changes=change)
    assert bench.send(follower).outcome == "deferred"
    change = {"place": {"base": "here", "new": "there"}}
    unsent = bench.body("ticket.set", ticket, changes=change, supersedes=again)
    assert bench.send(unsent).outcome == "applied"
    assert bench.send(follower).outcome == "deferred"
    bench.send({**bench.body("ticket.set", ticket, changes=change, supersedes=parked),
                "op_id": again})  # fmt: skip
    assert bench.send(follower).outcome == "applied"


def test_places_taken_in_a_circle_end(bench: LedgerBench) -> None:
    ticket = bench.made(place="here")
    one, other = bench.new_id(), bench.new_id()
    note = bench.body("ticket.note", ticket, after=bench.new_id(), entry={"id": "n", "text": "t"})
    assert bench.send({**note, "after": one}).outcome == "deferred"
    for mine, place in ((one, other), (other, one)):
        body = bench.body("ticket.note", ticket, entry={"id": mine, "text": "t"}, supersedes=place)
        bench.send({**body, "op_id": bench.new_id()})
    later = bench.body("ticket.note", ticket, after=one, entry={"id": "m", "text": "t"})
    assert bench.send(later).outcome == "applied"


def test_what_lost_its_place_to_an_applied_one_has_no_effect_any_more(bench: LedgerBench) -> None:
    """A restored desk sends what a person had edited since: both would have counted."""
    ticket = bench.made(place="here")
    change = {"place": {"base": "here", "new": "there"}}
    old = bench.body("ticket.set", ticket, changes=change)
    new = bench.body("ticket.set", ticket, changes=change, supersedes=old["op_id"])
    assert bench.send(new).outcome == "applied"
    refused = bench.send(old)
    assert refused.problem is not None
    assert refused.problem.type.endswith(":superseded")


def test_one_whose_successor_was_refused_may_still_come(bench: LedgerBench) -> None:
    ticket = bench.made(place="here")
    old = bench.body("ticket.set", ticket, changes={"place": {"base": "here", "new": "there"}})
    bad = {"notes": {"base": None, "new": None}}
    new = bench.body("ticket.set", ticket, changes=bad, supersedes=old["op_id"])
    assert bench.send(new).outcome == "rejected"
    assert bench.send(old).outcome == "applied"


def test_a_body_of_a_newer_program_waits_and_says_why(bench: LedgerBench) -> None:
    ticket = bench.made(place="here")
    newer = bench.body("ticket.dream", ticket, schema=99)
    answer = bench.send(newer)
    assert answer.outcome == "deferred"
    assert answer.problem is not None
    assert answer.problem.type.endswith(":newer-schema")


def test_edits_of_other_fields_are_named_beside_the_verdict(bench: LedgerBench) -> None:
    """Both stand; nobody is asked, and it can be looked up."""
    ticket = bench.made(place="here", fault="It hums")
    theirs = {"place": {"base": "here", "new": "there"}}
    bench.send({**bench.body("ticket.set", ticket, changes=theirs), "actor": OTHER})
    mine = bench.body(
        "ticket.set", ticket, base_rev=1, changes={"fault": {"base": "It hums", "new": "It roars"}}
    )
    verdict = bench.send(mine)
    assert verdict.outcome == "applied"
    assert [(one.field, one.by) for one in verdict.parallel] == [("place", OTHER)]
    again = bench.body(
        "ticket.set", ticket, base_rev=1, changes={"serial": {"base": None, "new": "S1"}}
    )
    assert [one.field for one in bench.send(again).parallel] == ["place"], "not one's own"
    seen = bench.body("ticket.set", ticket, base_rev=4, changes={"serial": {"base": "S1"}})
    assert bench.send(seen).parallel == []
