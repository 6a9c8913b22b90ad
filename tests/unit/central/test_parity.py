"""Digests and rows by id over a real ledger, now and at a position it has passed."""

from __future__ import annotations

import pytest

from app.central.contract import wire
from app.central.reference.ledger import OtherTerm
from app.domain import parity
from app.domain.feed import Position
from tests.support.ledger_bench import LedgerBench


def _mirror(bench: LedgerBench) -> dict[str, str]:
    """What a desk that reads the feed to its end holds."""
    held: dict[str, str] = {}
    for page in bench.walk(None, 3):
        for item in page.items:
            if item.op == "tombstone":
                held.pop(item.id, None)
            elif item.op == "upsert":
                held[item.id] = item.row_hash
    return held


def _filled(bench: LedgerBench) -> list[str]:
    ids = [bench.made(place=str(number)) for number in range(12)]
    bench.changed(ids[0], place=("0", "there"))
    merge = bench.body("ticket.merge", ids[1], entry={"id": "m", "into": ids[2]})
    bench.send(merge)
    bench.ledger.remove("tickets", [ids[3]], "deleted")
    return ids


def test_a_desk_that_holds_everything_finds_no_difference(bench: LedgerBench) -> None:
    _filled(bench)
    answer = bench.ledger.digests("tickets")
    assert answer.position == bench.page().position
    assert tuple(answer.digests) == parity.digests(_mirror(bench).items())


def test_central_compares_at_the_position_a_desk_has_reached(bench: LedgerBench) -> None:
    ids = _filled(bench)
    held, page = _mirror(bench), bench.walk(None, 1_000)[-1]
    bench.changed(ids[5], place=("5", "moved on"))
    bench.made(place="later")
    bench.ledger.remove("tickets", [ids[6]], "deleted")
    at = Position(page.position.term, page.position.n)
    then = bench.ledger.digests("tickets", at)
    assert tuple(then.digests) == parity.digests(held.items())
    assert (then.position, then.term_id) == (page.position, page.term_id)
    assert bench.ledger.digests("tickets").digests != then.digests


def test_the_rows_of_a_differing_bucket_name_what_differs(bench: LedgerBench) -> None:
    ids = _filled(bench)
    held = _mirror(bench)
    held[ids[4]] = "0" * 64
    mine = parity.digests(held.items())
    (number,) = parity.differing(mine, bench.ledger.digests("tickets").digests)
    rows = bench.ledger.bucket("tickets", number).rows
    assert {one.id for one in rows} >= {ids[4]}
    assert all(parity.bucket_of(one.id) == number for one in rows)
    (told,) = (one for one in rows if one.id == ids[4])
    (item,) = bench.ledger.rows("tickets", [ids[4]]).items
    assert (told.rev, told.row_hash) == (item.rev, item.row_hash)


def test_rows_by_id_say_what_is_gone_and_where_readers_go_on(bench: LedgerBench) -> None:
    ids = _filled(bench)
    answer = bench.ledger.rows("tickets", [ids[1], ids[3], bench.new_id()])
    assert [(one.id, one.op) for one in answer.items] == sorted(
        [(ids[1], "upsert"), (ids[1], "redirect"), (ids[3], "tombstone")],
        key=lambda one: (one[0], one[1] == "redirect"),
    )
    assert answer.position == bench.page().position


def test_a_place_that_was_never_reached_is_another_history(bench: LedgerBench) -> None:
    bench.made()
    for place in (Position(1, 99), Position(7, 0)):
        with pytest.raises(OtherTerm):
            bench.ledger.digests("tickets", place)
    assert isinstance(bench.ledger.digests("tickets", Position(1, 0)), wire.Parity)
