"""After an outage: what this desk took, what is left to do, what it may cost; a pure reading."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.domain.ids import Millis
from app.domain.lifecycle import RowState
from app.domain.operations import Json
from app.domain.outage_report import safe_cell
from app.domain.outages import Outage
from app.domain.tickets import Missing, Status, is_open, missing_parts
from app.domain.times import MINUTE, from_rfc3339, to_rfc3339
from app.domain.views import CallBack, TicketRow

_LEFT_OUT = frozenset({Status.MERGED})
_FAR = Millis(2**53)


class Left(StrEnum):
    """The one next thing a ticket needs, the most pressing first."""

    COMPARE = "compare"
    DECIDE = "decide"
    CHOOSE_MODEL = "choose_model"
    PROPOSE_MODEL = "propose_model"
    COMPLETE = "complete"
    NOTHING = "nothing"


_UNRESOLVED_MODELS = frozenset({Left.CHOOSE_MODEL, Left.PROPOSE_MODEL})


@dataclass(frozen=True, slots=True)
class Known:
    """One ticket as the store gave it: its row, its fields, what stands against it."""

    row: TicketRow
    fields: Mapping[str, Json]
    at_central: bool
    """The mirror has it from central's own feed."""
    conflicts: int
    candidates: int


@dataclass(frozen=True, slots=True)
class TakenHere:
    """A ticket taken at this desk in the outage, with what is left to do."""

    row: TicketRow
    left: Left
    count: int
    """Fields to compare, or candidates to choose from."""
    missing: tuple[Missing, ...]
    closed: bool
    intake: str
    received_at: Millis | None
    """When it came to central, by central's clock."""
    at_central: bool


@dataclass(frozen=True, slots=True)
class WebBacklog:
    """What came in by web meanwhile; it goes through triage, not as a flood."""

    actionable: int = 0
    to_complete: int = 0
    quarantined: int = 0

    @property
    def total(self) -> int:
        return self.actionable + self.to_complete + self.quarantined


@dataclass(frozen=True, slots=True)
class ClaimDue:
    """A claim of the outage that nobody has verified, and when its countdown moves."""

    claim_id: str
    ticket_id: str
    reference: str
    who: str
    amount: int
    currency: str
    next_at: Millis | None


@dataclass(frozen=True, slots=True)
class CatchUp:
    """Everything of one outage; figures are counted from the rows, so they agree with them."""

    outage: Outage
    recorded: bool
    """False where no outage was noted: the span is then the last day."""
    active: tuple[TakenHere, ...]
    closed: tuple[TakenHere, ...]
    backlog: WebBacklog
    claims: tuple[ClaimDue, ...]
    visit_cost: Mapping[str, int]
    call_backs: tuple[CallBack, ...]

    @property
    def taken(self) -> tuple[TakenHere, ...]:
        return (*self.active, *self.closed)

    @property
    def by_intake(self) -> Mapping[str, int]:
        return Counter(one.intake for one in self.taken)

    @property
    def sent(self) -> int:
        """Those that central is known to have: once each, for a record stands under one id."""
        return sum(one.at_central and one.row.state is RowState.SENT for one in self.taken)

    @property
    def unsent(self) -> int:
        return sum(not one.at_central for one in self.taken)

    @property
    def last_received(self) -> Millis | None:
        return max((one.received_at for one in self.taken if one.received_at), default=None)

    @property
    def models(self) -> int:
        return sum(one.left in _UNRESOLVED_MODELS for one in self.active)

    @property
    def to_complete(self) -> int:
        return sum(one.left is Left.COMPLETE for one in self.active)

    @property
    def unresolved(self) -> int:
        return self.models + self.to_complete

    @property
    def reviews(self) -> tuple[TakenHere, ...]:
        return tuple(one for one in self.taken if one.left in (Left.COMPARE, Left.DECIDE))

    @property
    def visits(self) -> Mapping[str, int]:
        """Currency → what the visits of unverified tickets cost, each ticket's once."""
        first = {one.ticket_id: one.currency for one in reversed(self.claims)}
        count = Counter(first.values())
        costs = {name: self.visit_cost.get(name, 0) * of for name, of in count.items()}
        return {name: cost for name, cost in costs.items() if cost}

    @property
    def exposure(self) -> Mapping[str, int]:
        """Currency → what is claimed and the visits, in minor units."""
        total: Counter[str] = Counter(self.visits)
        for one in self.claims:
            total[one.currency] += one.amount
        return total


def taken_here(known: Iterable[Known]) -> tuple[tuple[TakenHere, ...], tuple[TakenHere, ...]]:
    """Still active and closed; needs review first, then by due time."""
    rows = [_taken(one) for one in known if one.row.status not in _LEFT_OUT]
    order = sorted(rows, key=_pressing)
    active = tuple(one for one in order if not one.closed or one.left in _REVIEW)
    closed = [one for one in order if one.closed and one.left not in _REVIEW]
    return active, tuple(sorted(closed, key=lambda one: (one.row.happened_at, one.row.id)))


_REVIEW = (Left.COMPARE, Left.DECIDE)


def _pressing(one: TakenHere) -> tuple[bool, bool, Millis, int]:
    row = one.row
    return (not row.danger, one.left not in _REVIEW, row.due or _FAR, row.rowid)


def _taken(known: Known) -> TakenHere:
    row, fields = known.row, known.fields
    closed = not is_open(row.status)
    missing = () if closed else missing_parts(fields)
    left, count = _left(known, closed=closed, missing=missing)
    return TakenHere(
        row=row,
        left=left,
        count=count,
        missing=missing,
        closed=closed,
        intake=str(fields.get("intake") or "phone"),
        received_at=_time(fields.get("received_at")),
        at_central=known.at_central,
    )


def _left(known: Known, *, closed: bool, missing: Sequence[Missing]) -> tuple[Left, int]:
    if known.conflicts:
        return Left.COMPARE, known.conflicts
    if known.row.state is RowState.NEEDS_REVIEW:
        return Left.DECIDE, 0
    if closed:
        return Left.NOTHING, 0
    if known.row.device_is_words and known.row.device:
        found = known.candidates
        return (Left.CHOOSE_MODEL, found) if found else (Left.PROPOSE_MODEL, 0)
    return (Left.COMPLETE, len(missing)) if missing else (Left.NOTHING, 0)


def web_backlog(tickets: Iterable[Mapping[str, Json]]) -> WebBacklog:
    """Counted from the fields of the tickets that came by web and are still open."""
    found: Counter[str] = Counter()
    for fields in tickets:
        status = str(fields.get("status") or Status.NEW)
        if fields.get("intake") != "web" or not is_open(status):
            continue
        if status == Status.QUARANTINED:
            found["quarantined"] += 1
        else:
            found["to_complete" if missing_parts(fields) else "actionable"] += 1
    return WebBacklog(**found)


NOTICED_AFTER = 2 * MINUTE
"""An outage is noticed by the first contact that fails: calls shortly before it belong to it."""


def was_kept_here(fields: Mapping[str, Json], until: Millis | None) -> bool:
    """Whether central did not have this desk's ticket before the outage was over."""
    received = _time(fields.get("received_at"))
    late = received is None or (until is not None and received >= until - NOTICED_AFTER)
    return late or bool(fields.get("offline"))


def as_csv(found: CatchUp) -> str:
    """The rows as CSV (RFC 4180, every cell quoted), which no spreadsheet reads as formulas."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(("ticket", "state", "status", "fault", "device", "left", "due", "at central"))
    for one in found.taken:
        row = one.row
        due = to_rfc3339(row.due) if row.due is not None else None
        cells = (row.reference, row.state, row.status, row.fault, row.device, one.left, due,
                 "yes" if one.at_central else "no")  # fmt: skip
        writer.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()


def _time(value: Json) -> Millis | None:
    try:
        return from_rfc3339(value) if isinstance(value, str) else None
    except ValueError:
        return None
