"""Whose history an answer speaks of, and how far it is shared."""

from __future__ import annotations

import pytest

from app.domain.feed import FeedPage, Position, Rate
from app.domain.ids import Millis
from app.sync.terms import KnownTerm, Relation, lost, page_relation, relation, shared

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


def _page(term_id: str, fork: Position | None) -> FeedPage:
    return FeedPage(
        items=(), next_cursor="", position=Position(3, 9), term_id=term_id, up_to_date=True,
        source_as_of=Millis(0), rate=Rate(1.0, 1.0), fork=fork,
    )  # fmt: skip
