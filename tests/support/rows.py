"""Builders of frozen rows with sensible values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from app.domain.ids import Millis
from app.domain.lifecycle import RowState
from app.domain.views import QueueKey, TicketRow

_ROW = TicketRow(
    rowid=1,
    id="01900000-0000-7000-8000-000000000001",
    reference="K7-0422-0",
    state=RowState.SENT,
    status="ready",
    fault="No picture",
    device="Samsung UE55",
    device_is_words=False,
    customer="Margaret Ellison",
    due=Millis(0),
    owner=None,
    danger=False,
    safety="none",
    happened_at=Millis(0),
    priority="normal",
    key=QueueKey(0, Millis(0), 1),
)


def ticket_row(**changes: Any) -> TicketRow:  # noqa: ANN401  # any field of the row
    """A queue row with some fields of your own."""
    return replace(_ROW, **changes)
