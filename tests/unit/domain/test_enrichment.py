"""The work list of reduced tickets: what blocks dispatch comes first."""

from __future__ import annotations

from app.domain.enrichment import BLOCKS_MOST, reduced, work_list
from app.domain.ids import Millis
from app.domain.tickets import Missing

WHOLE = {
    "caller_phone": "1", "place": "here", "fault": "no picture", "model_words": "tv",
    "coverage": "verified",
}  # fmt: skip


def test_a_complete_ticket_is_no_work() -> None:
    assert reduced("t", "R", None, WHOLE) is None


def test_each_missing_part_is_one_item_in_the_order_of_asking() -> None:
    assert set(BLOCKS_MOST) == set(Missing)
    one = reduced("t", "R", None, {"caller_name": "Erika"})
    assert one is not None
    assert one.missing == BLOCKS_MOST
    for part, name in zip(
        BLOCKS_MOST, ("caller_phone", "place", "fault", "model_words"), strict=False
    ):
        one = reduced("t", "R", None, {**WHOLE, name: ""})
        assert one is not None
        assert one.missing == (part,)


def test_danger_first_then_due_then_what_needs_least() -> None:
    hour = 3_600_000
    made = [
        reduced("late", "A", Millis(9 * hour), {**WHOLE, "place": ""}),
        reduced("much", "B", Millis(2 * hour + 60_000), {**WHOLE, "place": "", "fault": ""}),
        reduced("little", "C", Millis(2 * hour + 120_000), {**WHOLE, "place": ""}),
        reduced("danger", "D", None, {**WHOLE, "place": "", "safety": "gas"}),
        reduced("never", "E", None, {**WHOLE, "place": ""}),
    ]
    order = [one.ticket_id for one in work_list(one for one in made if one)]
    assert order == ["danger", "little", "much", "late", "never"]
