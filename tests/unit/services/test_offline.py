"""What is decided says whether central could be reached then, as far as the desk knew."""

from __future__ import annotations

from app.domain.central_services import Service
from app.domain.feed import Silence
from app.domain.times import MINUTE
from tests.support.service_desk import ANN, ServiceDesk, served

REF = "K7-0001-M"


async def noted_offline(desk: ServiceDesk) -> bool:
    return (await desk.body((await desk.tickets.note(REF, "x", ANN)).op_id)).offline


@served
async def test_without_an_engine_it_is_what_the_last_talk_with_central_came_to(
    desk: ServiceDesk,
) -> None:
    """Given commands alone: offline from the silence on, and not only when the data is old."""
    desk.at_central(REF)
    await desk.sync()
    assert not await noted_offline(desk)
    desk.central.away = dict.fromkeys(Service, Silence.CONNECT)
    await desk.sync(5)
    assert await noted_offline(desk)
    desk.central.away = {}
    await desk.sync()
    assert not await noted_offline(desk)
    await desk.clock.sleep(2 * MINUTE / 1_000)
    assert await noted_offline(desk), "nothing has answered for a while"
