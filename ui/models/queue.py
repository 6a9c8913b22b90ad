"""The queue as a Qt model: ticket rows under group rows, in the order of work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import cast

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.domain.ids import Millis
from app.domain.times import HOUR
from app.domain.views import QueueKey, QueuePage, TicketRow
from ui.delegates.parts import (
    Icon,
    Part,
    Pill,
    Role,
    RowKind,
    Text,
    Words,
    group_head,
    lead,
    past_due,
    second,
    small,
)
from ui.text import one_line, quoted, tooltip
from ui.theme import Token
from ui.times import starts_tomorrow, time_words
from ui.wording import wording

Index = QModelIndex | QPersistentModelIndex
ItemRole = Qt.ItemDataRole


class Column(IntEnum):
    """The queue's columns, left to right."""

    TICKET = 0
    STATE = 1
    FAULT = 2
    DEVICE = 3
    CUSTOMER = 4
    DUE = 5
    ASSIGNED = 6


class Bucket(StrEnum):
    """The groups of a queue, in the order of work."""

    DANGER = "danger"
    PAST_DUE = "past_due"
    WITHIN_THE_HOUR = "within_the_hour"
    LATER_TODAY = "later_today"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """A group's heading."""

    bucket: Bucket
    count: int
    complete: bool
    """False while more of its rows may lie on a page that was not fetched."""
    folded: bool


Line = TicketRow | QueueGroup


def bucket_of(row: TicketRow, now: Millis) -> Bucket:
    """Where a row stands: danger before everything, then by due time."""
    if row.danger:
        return Bucket.DANGER
    if row.due is None or row.due >= starts_tomorrow(now):
        return Bucket.LATER
    if row.due < now:
        return Bucket.PAST_DUE
    return Bucket.WITHIN_THE_HOUR if row.due - now < HOUR else Bucket.LATER_TODAY


class QueueModel(QAbstractTableModel):
    """Rows of the pages fetched so far; asks for the next page when the view nears the end."""

    page_wanted = Signal(object)
    """The QueueKey to go on from."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[TicketRow] = []
        self._lines: list[Line] = []
        self._folded: set[Bucket] = set()
        self._next: QueueKey | None = None
        self._asked: QueueKey | None = None
        self._now = Millis(0)
        self._names: Mapping[str, str] = {}
        self._person: str | None = None

    # --- what the view asks -----------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(Column)

    def data(self, index: Index, role: int = ItemRole.DisplayRole) -> object:
        if not index.isValid() or not 0 <= index.row() < len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Role.KEY:
            return line
        if isinstance(line, QueueGroup):
            return self._group_data(line, role, index.column())
        return self._row_data(line, Column(index.column()), role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = ItemRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == ItemRole.DisplayRole:
            return self.heading(Column(section))
        return None

    def heading(self, column: Column) -> str:
        """The word above a column."""
        return {
            Column.TICKET: self.tr("Ticket"),
            Column.STATE: self.tr("State"),
            Column.FAULT: self.tr("Fault"),
            Column.DEVICE: self.tr("Device"),
            Column.CUSTOMER: self.tr("Customer"),
            Column.DUE: self.tr("Due"),
            Column.ASSIGNED: self.tr("Assigned"),
        }[column]

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._next is not None and self._next != self._asked

    def fetchMore(self, parent: Index) -> None:
        self._asked = self._next
        self.page_wanted.emit(self._next)

    # --- what the view's owner does ---------------------------------------------------------

    @property
    def now(self) -> Millis:
        return self._now

    @property
    def rows(self) -> Sequence[TicketRow]:
        """The ticket rows, groups left out."""
        return self._rows

    def line(self, index: Index) -> Line | None:
        return cast("Line | None", self.data(index, Role.KEY))

    def set_people(self, names: Mapping[str, str], person: str | None) -> None:
        """Who is who, and who sits here ("You")."""
        self._names, self._person = names, person
        self._moved(range(len(self._lines)))

    def show_pages(self, pages: Iterable[QueuePage], now: Millis) -> None:
        """Replace the rows by these pages; what stayed keeps its index and selection."""
        self._rows, self._next, self._asked = [], None, None
        for page in pages:
            self._rows.extend(page.rows)
            self._next = page.next_key
        self._arrange(now)

    def append_page(self, page: QueuePage, now: Millis) -> None:
        """The next page; it is dropped where it no longer fits behind the last row."""
        seen = {row.id for row in self._rows}
        self._rows.extend(row for row in page.rows if row.id not in seen)
        self._next = page.next_key
        self._arrange(now)

    def pass_time(self, now: Millis) -> None:
        """Minutes went by: groups and due words move."""
        self._arrange(now)

    def fold(self, bucket: Bucket, *, folded: bool) -> None:
        """Hide or show a group's rows."""
        (self._folded.add if folded else self._folded.discard)(bucket)
        self._arrange(self._now)

    def index_of(self, ticket_id: str) -> QModelIndex:
        """The ticket's first cell; invalid where it is not shown."""
        for at, line in enumerate(self._lines):
            if isinstance(line, TicketRow) and line.id == ticket_id:
                return self.index(at, 0)
        return QModelIndex()

    def neighbour(self, ticket_id: str, step: int) -> TicketRow | None:
        """The ticket so many rows further on."""
        at = self.place_of(ticket_id)
        wanted = at + step
        return self._rows[wanted] if at >= 0 and 0 <= wanted < len(self._rows) else None

    def place_of(self, ticket_id: str) -> int:
        """The row's number among the tickets, from 0; -1 where it is not here."""
        return next((at for at, row in enumerate(self._rows) if row.id == ticket_id), -1)

    # --- inside -----------------------------------------------------------------------------

    def _arrange(self, now: Millis) -> None:
        self._now = now
        self._swap(list(self._grouped()))

    def _grouped(self) -> Iterable[Line]:
        by_bucket: dict[Bucket, list[TicketRow]] = {bucket: [] for bucket in Bucket}
        for row in self._rows:
            by_bucket[bucket_of(row, self._now)].append(row)
        filled = [bucket for bucket in Bucket if by_bucket[bucket]]
        for bucket in filled:
            rows = by_bucket[bucket]
            complete = self._next is None or bucket is not filled[-1]
            yield QueueGroup(bucket, len(rows), complete, bucket in self._folded)
            if bucket not in self._folded:
                yield from rows

    def _swap(self, wanted: list[Line]) -> None:
        """Turn the lines into the wanted ones, touching only what differs."""
        old, new = [_key(line) for line in self._lines], [_key(line) for line in wanted]
        head = _shared(old, new)
        tail = _shared(old[head:][::-1], new[head:][::-1])
        if len(old) > head + tail:
            self.beginRemoveRows(QModelIndex(), head, len(old) - tail - 1)
            del self._lines[head : len(old) - tail]
            self.endRemoveRows()
        if len(new) > head + tail:
            self.beginInsertRows(QModelIndex(), head, len(new) - tail - 1)
            self._lines[head:head] = wanted[head : len(new) - tail]
            self.endInsertRows()
        stayed = [*range(head), *range(len(new) - tail, len(new))]
        moved = [at for at in stayed if self._lines[at] != wanted[at]]
        self._lines = wanted
        # The words of a due time change with the clock, so rows that stayed are painted anew.
        self._moved(moved or stayed)

    def _moved(self, places: Iterable[int]) -> None:
        found = sorted(places)
        if found:
            last = len(Column) - 1
            self.dataChanged.emit(self.index(found[0], 0), self.index(found[-1], last))

    def group_name(self, bucket: Bucket) -> str:
        return {
            Bucket.DANGER: self.tr("Danger"),
            Bucket.PAST_DUE: self.tr("Past due"),
            Bucket.WITHIN_THE_HOUR: self.tr("Within the hour"),
            Bucket.LATER_TODAY: self.tr("Later today"),
            Bucket.LATER: self.tr("Tomorrow and later"),
        }[bucket]

    def _group_data(self, group: QueueGroup, role: int, column: int) -> object:
        if role == Role.KIND:
            return RowKind.GROUP_CLOSED if group.folded else RowKind.GROUP
        if column != 0:
            return None
        name = self.group_name(group.bucket)
        if role == Role.PARTS:
            loud = group.bucket in (Bucket.DANGER, Bucket.PAST_DUE)
            return (*group_head(name, group.count, over=loud), *self._more(group))
        spoken = role in (ItemRole.DisplayRole, ItemRole.AccessibleTextRole)
        return f"{name} {group.count}" if spoken else None

    def _more(self, group: QueueGroup) -> tuple[Part, ...]:
        return () if group.complete else (small(self.tr("and more")),)

    def _row_data(self, row: TicketRow, column: Column, role: int) -> object:
        match role:
            case Role.PARTS:
                return self.parts(row, column)
            case Role.KIND:
                return RowKind.ROW
            case ItemRole.DisplayRole:
                return self.text(row, column)
            case ItemRole.ToolTipRole:
                return tooltip(self._whole(row, column)) or None
            case ItemRole.AccessibleTextRole:
                return self.sentence(row) if column is Column.TICKET else self.text(row, column)
            case _:
                return None

    def parts(self, row: TicketRow, column: Column) -> tuple[Part, ...]:
        """A cell as its delegate paints it."""
        text = self.text(row, column)
        match column:
            case Column.TICKET:
                return (lead(text),)
            case Column.STATE:
                return (Pill(row.state),)
            case Column.FAULT:
                return (*self._danger_part(row), Text(text))
            case Column.DEVICE:
                return (Words(row.device, Token.TEXT2),) if row.device_is_words else (second(text),)
            case Column.CUSTOMER:
                return (second(text),)
            case Column.DUE:
                return (self._due_part(row, text),)
            case Column.ASSIGNED:
                you = row.owner == self._person
                return (Text(text, Token.MUTED if you else Token.TEXT2),)

    def _danger_part(self, row: TicketRow) -> tuple[Part, ...]:
        return (Icon("warning", Token.BAD, says=wording.danger()),) if row.danger else ()

    def _due_part(self, row: TicketRow, text: str) -> Part:
        if row.due is not None and row.due < self._now:
            return past_due(text)
        near = row.due is not None and row.due - self._now < HOUR
        return Text(text, Token.TEXT if near else Token.TEXT2, tabular=True)

    def text(self, row: TicketRow, column: Column) -> str:
        """A cell's words, on one line."""
        match column:
            case Column.TICKET:
                return row.reference
            case Column.STATE:
                return wording.row_state(row.state)
            case Column.FAULT:
                return one_line(row.fault)
            case Column.DEVICE:
                return quoted(row.device) if row.device_is_words else one_line(row.device)
            case Column.CUSTOMER:
                return one_line(row.customer)
            case Column.DUE:
                return time_words.due(row.due, self._now) if row.due is not None else ""
            case Column.ASSIGNED:
                return self.owner_name(row)

    def owner_name(self, row: TicketRow) -> str:
        """You, a colleague's name, or nobody."""
        if row.owner is None:
            return ""
        return self.tr("You") if row.owner == self._person else self._names.get(row.owner, "")

    def sentence(self, row: TicketRow) -> str:
        """The whole row for a screen reader."""
        parts = [self.text(row, column) for column in Column]
        danger = [wording.danger()] if row.danger else []
        return ", ".join(part for part in (*danger, *parts) if part)

    def _whole(self, row: TicketRow, column: Column) -> str:
        match column:
            case Column.FAULT:
                return row.fault
            case Column.DEVICE:
                return row.device
            case Column.CUSTOMER:
                return row.customer
            case _:
                return ""


def _key(line: Line) -> str:
    return line.id if isinstance(line, TicketRow) else f"group:{line.bucket}"


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many elements both begin with."""
    for at, (left, right) in enumerate(zip(one, other, strict=False)):
        if left != right:
            return at
    return min(len(one), len(other))
