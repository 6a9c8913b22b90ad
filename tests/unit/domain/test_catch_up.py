"""The catch-up's reading: what is left of each ticket, and figures that agree with the rows."""

from __future__ import annotations

from dataclasses import replace

from app.domain.catch_up import (
    CatchUp,
    ClaimDue,
    Known,
    Left,
    WebBacklog,
    taken_here,
    was_kept_here,
    web_backlog,
)
from app.domain.ids import Millis
from app.domain.lifecycle import RowState
from app.domain.operations import Json
from app.domain.outages import Outage
from app.domain.times import MINUTE, to_rfc3339
from tests.support.rows import ticket_row

WHOLE: dict[str, Json] = {
    "caller_phone": "1", "place": "Leeds", "fault": "x", "device_id": "d", "coverage": "verified",
}  # fmt: skip


def known(
    name: str,
    *,
    due: int = 0,
    conflicts: int = 0,
    candidates: int = 0,
    fields: dict[str, Json] | None = None,
    at_central: bool = True,
    **row: object,
) -> Known:
    made = ticket_row(id=name, reference=name, due=Millis(due), **row)
    return Known(made, WHOLE if fields is None else fields, at_central, conflicts, candidates)


def test_each_ticket_says_the_one_next_thing() -> None:
    some = [
        known("compare", conflicts=2, status="closed"),
        known("decide", state=RowState.NEEDS_REVIEW),
        known("choose", device_is_words=True, candidates=4),
        known("propose", device_is_words=True),
        known("complete", fields={**WHOLE, "place": ""}),
        known("nothing"),
        known("closed", status="closed"),
        known("merged", status="merged"),
    ]
    active, closed = taken_here(some)
    assert {one.row.id: (one.left, one.count) for one in (*active, *closed)} == {
        "compare": (Left.COMPARE, 2),
        "decide": (Left.DECIDE, 0),
        "choose": (Left.CHOOSE_MODEL, 4),
        "propose": (Left.PROPOSE_MODEL, 0),
        "complete": (Left.COMPLETE, 1),
        "nothing": (Left.NOTHING, 0),
        "closed": (Left.NOTHING, 0),
    }
    assert [one.row.id for one in closed] == ["closed"], "a closed one to review is still work"


def test_needs_review_and_danger_stand_first_then_what_is_due() -> None:
    some = [
        known("late", due=5),
        known("soon", due=9),
        known("review", due=99, conflicts=1),
        known("danger", due=100, danger=True),
    ]
    active, _closed = taken_here(some)
    assert [one.row.id for one in active] == ["danger", "review", "late", "soon"]


def test_the_figures_are_counted_from_the_rows() -> None:
    active, closed = taken_here([
        known("a", state=RowState.NEEDS_REVIEW, at_central=False),
        known("b", device_is_words=True, candidates=1),
        known("c", fields={**WHOLE, "coverage": ""}),
        known("d", state=RowState.WAITING, at_central=False),
        known("e", status="closed"),
    ])  # fmt: skip
    claims = (
        ClaimDue("c1", "b", "b", "B", 8_900, "GBP", None),
        ClaimDue("c2", "b", "b", "B", 100, "GBP", None),
        ClaimDue("c3", "c", "c", "C", 500, "EUR", None),
    )
    found = CatchUp(
        Outage((), Millis(0), None), True, active, closed, WebBacklog(), claims, {"GBP": 4_000}, ()
    )  # fmt: skip
    assert (len(found.taken), found.sent, found.unsent) == (5, 3, 2)
    assert (found.models, found.to_complete, found.unresolved) == (1, 1, 2)
    assert [one.row.id for one in found.reviews] == ["a"]
    assert found.exposure == {"GBP": 13_000, "EUR": 500}, "one visit for both claims of a ticket"


def test_kept_here_means_not_at_central_before_the_outage_ended() -> None:
    end = Millis(60 * MINUTE)
    fields: dict[str, Json] = {"received_at": to_rfc3339(Millis(end + 1))}
    assert was_kept_here(fields, end)
    assert not was_kept_here({**fields, "received_at": to_rfc3339(Millis(1))}, end)
    assert was_kept_here({**fields, "received_at": None}, end)
    assert was_kept_here({**fields, "received_at": to_rfc3339(Millis(1)), "offline": True}, end)


def test_the_web_backlog_is_what_is_open_by_its_next_step() -> None:
    web = {**WHOLE, "intake": "web"}
    found = web_backlog([
        {**web, "status": "ready"}, {**web, "status": "new", "place": ""},
        {**web, "status": "quarantined"}, {**web, "status": "closed"}, {**WHOLE, "status": "new"},
    ])  # fmt: skip
    assert found == WebBacklog(actionable=1, to_complete=1, quarantined=1)
    assert found.total == 3


def test_a_row_without_a_due_time_comes_last() -> None:
    nothing_due = known("never")
    some = [replace(nothing_due, row=replace(nothing_due.row, due=None)), known("due", due=7)]
    assert [one.row.id for one in taken_here(some)[0]] == ["due", "never"]
