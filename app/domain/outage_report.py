"""What an outage was like: taken, completed, unresolved by agent and hour, handling time."""

from __future__ import annotations

import csv
import io
import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.tickets import Status
from app.domain.times import HOUR, from_rfc3339, to_rfc3339

_COMPLETED = frozenset({Status.READY, Status.SCHEDULED, Status.DONE, Status.CLOSED})
_LEFT_OUT = frozenset({Status.MERGED, Status.CANCELLED})
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_LONGEST_CALL = 4 * HOUR
"""A call that "took" longer was forgotten open; it says nothing of handling time."""


@dataclass(frozen=True, slots=True)
class Count:
    """Tickets of one agent in one hour."""

    agent: str
    hour: Millis
    taken: int
    completed: int
    unresolved: int


@dataclass(frozen=True, slots=True)
class Handling:
    """How long calls took by their own times, on hold included."""

    calls: int
    median_s: int | None


@dataclass(frozen=True, slots=True)
class OutageReport:
    """The report of one span of time."""

    since: Millis
    until: Millis
    counts: tuple[Count, ...]
    online: Handling
    outage: Handling

    @property
    def taken(self) -> int:
        return sum(one.taken for one in self.counts)

    @property
    def completed(self) -> int:
        return sum(one.completed for one in self.counts)

    @property
    def unresolved(self) -> int:
        return sum(one.unresolved for one in self.counts)


def outage_report(
    tickets: Iterable[Mapping[str, Json]],
    contacts: Iterable[Mapping[str, Json]],
    since: Millis,
    until: Millis,
    compared_from: Millis | None = None,
) -> OutageReport:
    """From the fields of tickets and contacts that began in [since, until).

    Handling time online is that of calls from `compared_from` on, by default `since`: in an outage
    nothing is online. Taken are the tickets that were taken offline; every one of them is
    completed or unresolved. A contact counts as handled in the outage where a ticket it names was
    taken offline.
    """
    known = [one for one in tickets if str(one.get("status")) not in _LEFT_OUT]
    here = [one for one in known if _within(one.get("happened_at"), since, until)]
    first = since if compared_from is None else compared_from
    offline = {str(one.get("id")) for one in here if one.get("offline")}
    online = {
        str(one.get("id"))
        for one in known
        if not one.get("offline") and _within(one.get("happened_at"), first, until)
    }
    before = [one for one in contacts if _within(one.get("started"), first, until)]
    calls = [one for one in before if _within(one.get("started"), since, until)]
    return OutageReport(
        since,
        until,
        _counts([one for one in here if one.get("offline")]),
        _handling(before, online),
        _handling(calls, offline),
    )


def _within(value: Json, since: Millis, until: Millis) -> bool:
    at = _time(value)
    return at is not None and since <= at < until


def _time(value: Json) -> Millis | None:
    try:
        return from_rfc3339(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _counts(tickets: Sequence[Mapping[str, Json]]) -> tuple[Count, ...]:
    taken: Counter[tuple[Millis, str]] = Counter()
    completed: Counter[tuple[Millis, str]] = Counter()
    for one in tickets:
        at = _time(one.get("happened_at")) or Millis(0)
        key = Millis(at - at % HOUR), str(one.get("taken_by") or "")
        taken[key] += 1
        completed[key] += str(one.get("status")) in _COMPLETED
    return tuple(
        Count(agent, hour, taken[hour, agent], done, taken[hour, agent] - done)
        for (hour, agent), done in sorted((key, completed[key]) for key in taken)
    )


def _handling(calls: Iterable[Mapping[str, Json]], tickets: set[str]) -> Handling:
    lengths = [
        length
        for one in calls
        if tickets.intersection(_named(one)) and (length := _length(one)) is not None
    ]
    median = round(statistics.median(lengths) / 1_000) if lengths else None
    return Handling(len(lengths), median)


def _named(contact: Mapping[str, Json]) -> tuple[str, ...]:
    tickets = contact.get("tickets")
    return tuple(map(str, tickets)) if isinstance(tickets, list) else ()


def _length(contact: Mapping[str, Json]) -> int | None:
    """Milliseconds from start to end; None where the times say nothing."""
    started, ended = _time(contact.get("started")), _time(contact.get("ended"))
    if started is None or ended is None or not 0 <= ended - started <= _LONGEST_CALL:
        return None
    return ended - started


def safe_cell(value: object) -> str:
    """The value for a spreadsheet: a text that would be read as a formula stays a text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(" \u00a0\ufeff").startswith(_FORMULA) else text


def as_csv(report: OutageReport, names: Mapping[str, str]) -> str:
    """The counts as CSV (RFC 4180, every cell quoted); `names` gives people their names."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(("hour", "agent", "taken", "completed", "unresolved"))
    for one in report.counts:
        row = (to_rfc3339(one.hour), names.get(one.agent, one.agent), one.taken, one.completed,
               one.unresolved)  # fmt: skip
        writer.writerow([safe_cell(cell) for cell in row])
    return out.getvalue()
