"""Which desks a supervisor looks at: silent ones first, then what has waited longest."""

from __future__ import annotations

from dataclasses import replace

from app.domain.desk_standing import DeskReport, DeskStanding, Hearing, to_watch
from app.domain.ids import Millis
from app.domain.times import DAY, MINUTE

NOW = Millis(20_000 * DAY)


def desk(
    name: str, seen: float | None, waiting: int = 0, oldest: float | None = None, review: int = 0
) -> DeskStanding:
    """A desk last heard of `seen` minutes ago whose oldest unsent work is `oldest` minutes old."""
    report = DeskReport("1", waiting, review, None if oldest is None else ago(oldest))
    last = None if seen is None else ago(seen)
    return DeskStanding(name, name, (), "", last, report if seen is not None else None)


def ago(minutes: float) -> Millis:
    return Millis(int(NOW - minutes * MINUTE))


def test_silent_desks_come_first_and_then_the_longest_waiting() -> None:
    desks = [
        desk("fresh", 1, 3, oldest=5),
        desk("old", 1, 1, oldest=90),
        desk("silent", 30, 2, oldest=40),
        desk("gone", 600, 1, oldest=700),
        desk("quiet", 60),
        desk("well", 1),
    ]
    found = to_watch(desks, NOW)
    assert [one.standing.name for one in found] == ["gone", "silent", "quiet", "old", "fresh"]
    assert [one.hearing for one in found[:3]] == [Hearing.SILENT] * 3


def test_a_parked_decision_is_unsent_work_too() -> None:
    assert [one.unsent for one in to_watch([desk("a", 1, review=2)], NOW)] == [2]


def test_a_desk_never_heard_of_is_no_news_and_one_long_gone_only_with_work() -> None:
    month = 31 * 24 * 60
    desks = [desk("new", None), desk("retired", month), desk("lost", month, 1, oldest=month)]
    assert [one.standing.name for one in to_watch(desks, NOW)] == ["lost"]


def test_a_removed_desk_is_no_silent_one_and_stands_last_for_a_month() -> None:
    """Given a last word, then nobody waits for what it had unsent, however long it is quiet."""
    desks = [
        removed(desk("left", 600, 2, oldest=700)),
        removed(desk("long gone", 31 * 24 * 60, 2, oldest=50_000)),
        desk("silent", 30),
        desk("busy", 1, 1, oldest=3),
    ]
    found = to_watch(desks, NOW)
    assert [one.standing.name for one in found] == ["silent", "busy", "left"]
    assert found[-1].hearing is Hearing.REMOVED


def removed(one: DeskStanding) -> DeskStanding:
    assert one.report is not None
    return replace(one, report=replace(one.report, removed=True))
