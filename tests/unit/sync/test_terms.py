"""Whose history an answer speaks of, and how far it is shared."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.domain.feed import FeedPage, Position, Rate
from app.domain.ids import Millis
from app.domain.lifecycle import OpState
from app.domain.operations import Json
from app.sync.terms import (
    KnownTerm,
    Relation,
    has_unknown_verdicts,
    keep_term,
    known_term,
    lost,
    page_relation,
    relation,
    shared,
)
from tests.support.memory_store import NO_FEED, Tables, Taken, Transaction
from tests.unit.sync.desk import TICKETS

_HERE = KnownTerm(3, "three", Position(3, 8))


@pytest.mark.parametrize(
    ("term", "term_id", "expected"),
    [
        (3, "three", Relation.SAME),
        (3, "another three", Relation.SPLIT),
        (4, "three", Relation.RAISED),
        (2, "three", Relation.FORMER),
    ],
)
def test_a_term_is_the_known_one_a_newer_a_former_or_a_second_one(
    term: int, term_id: str, expected: Relation
) -> None:
    assert relation(_HERE, Position(term, 1), term_id) is expected
    assert relation(None, Position(term, 1), term_id) is Relation.SAME


def test_a_page_on_its_way_to_a_new_term_is_no_second_central() -> None:
    assert page_relation(_HERE, _page("another three", None)) is Relation.SPLIT
    assert page_relation(_HERE, _page("another three", Position(2, 5))) is Relation.SAME
    assert page_relation(_HERE, _page("three", None)) is Relation.SAME


def test_only_a_fork_in_a_term_known_here_says_what_is_shared() -> None:
    assert shared(_HERE, Position(3, 5)) == Position(3, 5)
    assert shared(_HERE, Position(2, 5)) == Position(2, 5)
    assert shared(_HERE, Position(4, 5)) is None
    assert shared(_HERE, None) is None


def test_lost_is_what_is_mirrored_beyond_the_fork() -> None:
    assert lost(_HERE, Position(3, 7))
    assert not lost(_HERE, Position(3, 8))
    assert lost(_HERE, None)
    assert not lost(KnownTerm(3, "three", None), None)


TERM = f"term.{TICKETS}"


def _at(position: Position | None, term_id: str | None = "three") -> Transaction:
    """A store whose mirror stands there."""
    tx = Transaction(Tables())
    tx.tables.feeds[TICKETS] = replace(NO_FEED, position=position, term_id=term_id)
    return tx


def _known(tx: Transaction) -> KnownTerm | None:
    return known_term(tx, TICKETS)  # type: ignore[arg-type]  # as much of it as it uses


def test_the_mirror_s_term_is_known_or_the_newer_one_of_a_snapshot_not_finished_yet() -> None:
    assert _known(_at(None, None)) is None
    assert _known(_at(Position(3, 8), None)) is None
    tx = _at(Position(3, 8))
    assert _known(tx) == _HERE
    keep_term(tx, TICKETS, Position(4, 1), "four")  # type: ignore[arg-type]  # as much as it uses
    assert tx.setting(TERM) == [4, "four"]
    adopted = _known(tx)
    assert adopted == KnownTerm(4, "four", Position(3, 8))
    assert adopted is not None
    assert adopted.expected == (4, "four")
    tx.tables.feeds[TICKETS] = replace(NO_FEED, position=Position(4, 2), term_id="four too")
    assert _known(tx) == KnownTerm(4, "four too", Position(4, 2)), "the mirror has arrived"
    tx.tables.feeds[TICKETS] = NO_FEED
    assert _known(tx) == KnownTerm(4, "four", None)


@pytest.mark.parametrize("kept", [None, 4, [4], [4, "four", 1], ["4", "four"]])
def test_a_term_nobody_can_read_is_none(kept: Json) -> None:
    tx = _at(Position(3, 8))
    tx.set_setting(TERM, kept)
    assert _known(tx) == _HERE


@pytest.mark.parametrize(
    ("verdict", "shown", "unknown"),
    [
        (None, Position(3, 8), False),
        (Position(3, 8), Position(3, 8), False),
        (Position(3, 7), Position(3, 8), False),
        (Position(3, 9), Position(3, 8), True),
        (Position(2, 9), Position(3, 8), True),
        (Position(4, 1), Position(3, 8), True),
    ],
)
def test_a_verdict_that_the_shown_history_cannot_hold_is_of_another(
    verdict: Position | None, shown: Position, unknown: bool
) -> None:
    tx = Transaction(Tables())
    operation = Taken().note()
    tx.append_raw(replace(operation, state=OpState.ACKED, verdict_position=verdict))
    assert has_unknown_verdicts(tx, TICKETS, shown) is unknown  # type: ignore[arg-type]  # as much as it uses


def _page(term_id: str, fork: Position | None) -> FeedPage:
    return FeedPage(
        items=(), next_cursor="", position=Position(3, 9), term_id=term_id, up_to_date=True,
        source_as_of=Millis(0), rate=Rate(1.0, 1.0), fork=fork,
    )  # fmt: skip
