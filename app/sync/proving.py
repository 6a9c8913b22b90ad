"""Whether what central had accepted is in the history this mirror follows.

A page that names an operation proves it. Its position alone does not: a central that lost history
in silence and went on has another operation there, and only a cursor from behind the loss would
show it. So what was passed and not named is asked for by its id, and offered again where central
does not know it.
"""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.central_services import Service
from app.domain.ids import OpId
from app.domain.lifecycle import LIFE, OpEvent
from app.ports.store import EventDetail, ReadTx, StoredOperation, WriteTx
from app.sync.outcomes import NEW_TERM
from app.sync.service_state import ServiceState


def unproven(tx: ReadTx, service: Service) -> Sequence[StoredOperation]:
    """What central accepted and the mirror has passed, though no page has named it."""
    feed = tx.feed_state(service)
    if feed.position is None or feed.snapshot_running:
        return ()
    return tx.outbox.unproven(service, feed.position)


async def prove(state: ServiceState) -> None:
    """Ask about each of them.

    Within the puller's turn at the mirror. Raises CentralUnavailable, SignInNeeded.
    """
    tools = state.tools

    for operation in await tools.store.read(lambda tx: unproven(tx, state.service)):
        await state.page_turn()
        known = await tools.central.verdict_of(state.service, operation.op_id)
        event = OpEvent.FORKED if known is None else OpEvent.PASSED

        def write(tx: WriteTx, op_id: OpId = operation.op_id, event: OpEvent = event) -> None:
            stored = tx.outbox.get(op_id)
            if stored is not None and (stored.state, event) in LIFE:
                reason = NEW_TERM if event is OpEvent.FORKED else ""
                tx.outbox.event(op_id, event, EventDetail(tools.clock.now(), reason=reason))
            state.read(tx)

        await tools.store.write(write, by_person=False)
        if known is None:
            state.offered_again += 1
            state.push.set()
