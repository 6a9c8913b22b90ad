"""The queue's model under Qt's own model test, through everything that moves it."""

from __future__ import annotations

from random import Random

from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.domain.ids import Millis
from app.domain.lifecycle import RowState
from app.domain.times import DAY, HOUR, MINUTE
from app.domain.views import QueueKey, QueuePage, TicketRow
from tests.support.rows import ticket_row
from tests.support.ui_desk import NOON
from ui.models.queue import Bucket, Column, QueueGroup, QueueModel, bucket_of


def row(number: int, due: int, **changes: object) -> TicketRow:
    at = Millis(NOON + due)
    danger = bool(changes.get("danger"))
    key = QueueKey(int(danger), at, number)
    return ticket_row(rowid=number, id=f"t{number}", due=at, key=key, **changes)


def page(*rows: TicketRow, more: bool = False) -> QueuePage:
    return QueuePage(tuple(rows), len(rows), 0, rows[-1].key if more and rows else None)


def lines(model: QueueModel) -> list[str]:
    found = []
    for at in range(model.rowCount()):
        line = model.line(model.index(at, 0))
        assert line is not None
        found.append(line.bucket if isinstance(line, QueueGroup) else line.id)
    return found


def test_the_model_holds_through_random_changes(qtbot: QtBot, qtmodeltester: ModelTester) -> None:
    model, random = QueueModel(), Random(7)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt has no types there
    for _ in range(60):
        count = random.randrange(12)
        dues = sorted(random.randrange(-3 * HOUR, 3 * DAY) for _ in range(count))
        numbers = random.sample(range(30), count)
        rows = [row(number, due) for number, due in zip(numbers, dues, strict=True)]
        model.show_pages([page(*rows)], NOON)
        shown = [one for one in lines(model) if one.startswith("t")]
        assert shown == [one.id for one in rows]
        bucket = random.choice(list(Bucket))
        model.fold(bucket, folded=random.random() < 0.5)
        model.fold(bucket, folded=False)
        model.pass_time(Millis(NOON + random.randrange(HOUR)))
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt has no types there


def test_danger_stands_before_everything(qtbot: QtBot) -> None:
    model = QueueModel()
    model.show_pages([page(row(1, 5 * DAY, danger=True), row(2, -MINUTE))], NOON)
    assert lines(model) == ["danger", "t1", "past_due", "t2"]


def test_only_what_differs_is_touched(qtbot: QtBot) -> None:
    model = QueueModel()
    model.show_pages([page(*(row(at, at * MINUTE) for at in range(1, 6)))], NOON)
    inserted: list[tuple[int, int]] = []
    model.rowsInserted.connect(lambda _p, first, last: inserted.append((first, last)))
    removed: list[int] = []
    model.rowsRemoved.connect(lambda _p, first, _last: removed.append(first))
    fresh = [row(at, at * MINUTE) for at in (1, 2, 3)] + [row(9, 3 * MINUTE + 1)]
    model.show_pages([page(*fresh, row(4, 4 * MINUTE), row(5, 5 * MINUTE))], NOON)
    assert inserted == [(4, 4)]
    assert removed == []


def test_the_next_page_is_asked_for_once(qtbot: QtBot) -> None:
    from PySide6.QtCore import QModelIndex

    model = QueueModel()
    wanted: list[QueueKey] = []
    model.page_wanted.connect(wanted.append)
    first = page(*(row(at, at * MINUTE) for at in range(1, 4)), more=True)
    model.show_pages([first], NOON)
    while model.canFetchMore(QModelIndex()):
        model.fetchMore(QModelIndex())
    assert wanted == [first.next_key]
    model.append_page(page(row(7, HOUR * 2)), NOON)
    assert not model.canFetchMore(QModelIndex())
    assert lines(model)[-1] == "t7"


def test_a_row_reads_as_one_sentence(qtbot: QtBot) -> None:
    model = QueueModel()
    model.set_people({"tom": "Tom Reyes"}, "ellen")
    one = row(1, 25 * MINUTE, owner="tom", state=RowState.WAITING, danger=True, fault="No picture")
    model.show_pages([page(one)], NOON)
    said = model.sentence(one)
    for part in ("Danger", "K7-0422-0", "Waiting", "No picture", "in 25 min", "Tom Reyes"):
        assert part in said
    assert model.text(one, Column.ASSIGNED) == "Tom Reyes"


def test_buckets_follow_the_clock(qtbot: QtBot) -> None:
    assert bucket_of(row(1, -1), NOON) is Bucket.PAST_DUE
    assert bucket_of(row(1, HOUR - 1), NOON) is Bucket.WITHIN_THE_HOUR
    assert bucket_of(row(1, HOUR), NOON) is Bucket.LATER_TODAY
    assert bucket_of(row(1, DAY), NOON) is Bucket.LATER
