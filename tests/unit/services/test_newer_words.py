"""Words that only a newer program knows stand in a ticket's fields; work on it goes on."""

from __future__ import annotations

import pytest

from app.domain.errors import MoveNotAllowed
from app.domain.views import QueueFilter, QueueView
from tests.support.service_desk import ANN, ServiceDesk, served

REF = "K7-0001-M"


@served
async def test_a_ticket_in_a_newer_status_is_open_in_danger_and_can_be_changed(
    desk: ServiceDesk,
) -> None:
    """Given words nobody here can know, nothing is taken for closed, harmless, or movable."""
    item = desk.at_central(REF, place="here", status="on_loan", safety="monoxide")
    await desk.sync()
    which = QueueFilter(QueueView.OPEN)
    page = await desk.store.read(lambda tx: tx.tickets.queue(which, None, 9, desk.clock.now()))
    assert [(row.id, row.status, row.danger) for row in page.rows] == [(item.id, "on_loan", True)]
    await desk.tickets.set_fields(REF, {"place": "there"}, ANN)
    with pytest.raises(MoveNotAllowed):
        await desk.tickets.set_fields(REF, {"status": "closed"}, ANN)
