"""The outage report: what was taken and completed, and how long it took."""

from __future__ import annotations

import csv
import io

import pytest

from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.outage_report import OutageReport, as_csv, outage_report, safe_cell
from app.domain.times import DAY, HOUR, MINUTE, to_rfc3339

T0 = Millis(20_000 * DAY)


def ticket(
    id_: str, minutes: int, status: str, agent: str = "ann", *, offline: bool = True
) -> dict[str, Json]:
    at = to_rfc3339(Millis(T0 + minutes * MINUTE))
    return {"id": id_, "happened_at": at, "status": status, "taken_by": agent, "offline": offline}


def call(ticket_id: str, minutes: int, length_s: int) -> dict[str, Json]:
    started = T0 + minutes * MINUTE
    return {
        "started": to_rfc3339(Millis(started)),
        "ended": to_rfc3339(Millis(started + length_s * 1_000)),
        "tickets": [ticket_id],
    }


TICKETS = [
    ticket("a", 5, "ready"),
    ticket("b", 10, "to_complete"),
    ticket("c", 70, "closed", "ben"),
    ticket("d", 15, "new", offline=False),
    ticket("e", 20, "merged"),
    ticket("late", 60 * 5, "ready"),
]
CALLS: list[dict[str, Json]] = [
    call("a", 5, 300),
    call("b", 10, 500),
    call("d", 15, 120),
    call("a", 6, 999_999),
    call("late", 300, 60),
    {"started": "never", "tickets": ["a"]},
]


def made() -> OutageReport:
    return outage_report(TICKETS, CALLS, T0, Millis(T0 + 2 * HOUR))


def test_every_ticket_taken_is_completed_or_unresolved() -> None:
    report = made()
    assert [(one.agent, one.hour - T0, one.taken, one.completed) for one in report.counts] == [
        ("ann", 0, 2, 1), ("ben", HOUR, 1, 1),
    ]  # fmt: skip
    assert (report.taken, report.completed, report.unresolved) == (3, 2, 1)


def test_handling_time_is_the_contacts_own_online_against_outage() -> None:
    report = made()
    assert (report.outage.calls, report.outage.median_s) == (2, 400)
    assert (report.online.calls, report.online.median_s) == (1, 120)
    nothing = outage_report([], [], T0, T0)
    assert (nothing.counts, nothing.online.median_s) == ((), None)


@pytest.mark.parametrize(
    "text", ["=1+1", "+44", "-1", "@sum", "\t=1", "|x", "%x", "  =cmd()", "\ufeff=1", "\r=1"]
)
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


def test_what_is_no_formula_is_left_as_it_is() -> None:
    assert [safe_cell(one) for one in (-5, "Ann", None, "a=b", "")] == ["-5", "Ann", "", "a=b", ""]


def test_the_csv_holds_the_counts_and_no_formula() -> None:
    text = as_csv(made(), {"ann": "=HYPERLINK(1)", "ben": 'Ben "B", Ltd'})
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0] == ["hour", "agent", "taken", "completed", "unresolved"]
    assert rows[1][1:] == ["'=HYPERLINK(1)", "2", "1", "1"]
    assert rows[2][1] == 'Ben "B", Ltd'
