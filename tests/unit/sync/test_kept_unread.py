"""What an older program kept unread is shown, found and counted as soon as the newer one runs."""

from __future__ import annotations

import asyncio
from unittest.mock import patch

from app.domain.central_services import Aggregate, Service
from app.domain.feed import Silence
from app.domain.views import QueueFilter, QueueView
from local_store import mirror
from tests.unit.sync.real_desk import TICKETS, RealDesk, real


async def kept_unread(desk: RealDesk) -> str:
    """A ticket that came while the desk's program knew none."""
    fields = {"fault": "humming", "status": "ready", "reference": "K7-0001-M"}
    made = desk.central.histories[TICKETS].change(
        desk.ids.new_id(), desk.clock.now(), fields=fields
    )
    with patch.object(mirror, "_KNOWN", mirror._KNOWN - {Aggregate.TICKET.value}):
        await desk.engine().sync_once()
    assert await seen(desk) == ([], [], 0)
    return made.id


async def seen(desk: RealDesk) -> tuple[list[str], list[str], int]:
    """What the queue shows, what a search finds, and how many rows are said to be mirrored."""
    now, which = desk.clock.now(), QueueFilter(QueueView.ALL)
    shown = await desk.store.read(lambda tx: tx.tickets.queue(which, None, 9, now))
    found = await desk.store.read(lambda tx: tx.search("humming", 9, now))
    state = await desk.store.read(lambda tx: tx.feed_state(TICKETS))
    return [one.id for one in shown.rows], [one.id for one in found.tickets], state.mirrored_rows


@real
async def test_they_are_read_before_the_first_poll_for_news(desk: RealDesk) -> None:
    """Else whoever upgrades waits as long as central lets a poll wait."""
    ticket = await kept_unread(desk)
    desk.central.deaf_polls = True
    engine = desk.engine()
    running = asyncio.ensure_future(engine.run())
    await desk.clock.sleep(1.0)
    assert await seen(desk) == ([ticket], [ticket], 1)
    engine.stop()
    await running


@real
async def test_they_are_read_without_central_too(desk: RealDesk) -> None:
    ticket = await kept_unread(desk)
    desk.central.away = dict.fromkeys(Service, Silence.CONNECT)
    await desk.engine().sync_once()
    assert await seen(desk) == ([ticket], [ticket], 1)
