"""A list of tickets as a file for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from app.domain.outage_report import safe_cell
from app.domain.times import to_rfc3339
from app.domain.views import TicketRow

HEADINGS = ("ticket", "state", "status", "fault", "device", "customer", "due", "assigned",
            "priority", "safety", "call")  # fmt: skip


def as_csv(rows: Iterable[TicketRow], names: Mapping[str, str]) -> str:
    """RFC 4180, every cell quoted, none read as a formula; `names` gives people their names."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL)
    writer.writerow(HEADINGS)
    for row in rows:
        cells = (
            row.reference, row.state, row.status, row.fault, row.device, row.customer,
            to_rfc3339(row.due) if row.due is not None else None,
            names.get(row.owner or "", row.owner), row.priority, row.safety,
            to_rfc3339(row.happened_at),
        )  # fmt: skip
        writer.writerow([safe_cell(cell) for cell in cells])
    return out.getvalue()
