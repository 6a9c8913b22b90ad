"""Whether what central had accepted is in the history this mirror follows.

A page that names an operation proves it. Its position alone does not: a central that lost history
in silence and went on has another operation there, and only a cursor from behind the loss would
show it. So what was passed and not named is asked for by its id, and offered again where central
does not know it, or has refused it since. So is what was accepted further on than central shows
when it is asked afterwards: it was lost, or this is a replica that follows. The question names the
term that is followed: in a split brain the other side may know what this one does not.

No page names what was sent and taken back: that is asked for as well, and taken back again. Where
the history that goes on had applied it before, it says so here, and an incident says so to people.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from app.domain.central_services import Service
from app.domain.feed import Verdict
from app.domain.ids import OpId
from app.domain.incidents import OVERTAKEN_WORDS, IncidentKind
from app.domain.lifecycle import LIFE, OpEvent, OpState
from app.domain.operations import Outcome
from app.ports.store import EventDetail, ReadTx, StoredOperation, WriteTx
from app.sync.outcomes import NEW_TERM
from app.sync.service_state import ServiceState


def unproven(tx: ReadTx, service: Service) -> Sequence[StoredOperation]:
    """What central accepted, or burned, and the mirror has passed without seeing it named."""
    feed = tx.feed_state(service)
    if feed.position is None or feed.snapshot_running:
        return ()
    return tx.outbox.unproven(service, feed.position)


def ahead(tx: ReadTx, service: Service) -> frozenset[OpId]:
    """What central accepted further on in its history than the mirror stands."""
    feed = tx.feed_state(service)
    if feed.position is None or feed.snapshot_running:
        return frozenset()
    return frozenset(one.op_id for one in tx.outbox.ahead(service, feed.position))


async def prove(state: ServiceState, missed: Collection[OpId] = ()) -> None:
    """Ask about each of them, and about those that central did not show although it should have.

    Within the puller's turn at the mirror. Raises CentralUnavailable, SignInNeeded.
    """
    tools = state.tools
    for operation in await tools.store.read(lambda tx: _doubtful(tx, state.service, missed)):
        await state.question_turn()
        known = await tools.central.verdict_of(state.service, operation.op_id, _here(state))
        is_there = known is not None and known.outcome is not Outcome.REJECTED
        if operation.op_id in missed and is_there:
            continue  # central knows it: a page will name it
        event = OpEvent.PASSED if is_there else OpEvent.FORKED
        if operation.state is OpState.WITHDRAWN:
            event, known = await _taken_back(state, operation, known)

        def write(
            tx: WriteTx,
            operation: StoredOperation = operation,
            event: OpEvent = event,
            verdict: Verdict | None = known,
        ) -> None:
            _note(state, tx, operation, event, verdict)

        await tools.store.write(write, by_person=False)
        if event is OpEvent.FORKED:
            state.offered_again += 1
            state.push.set()


def _doubtful(tx: ReadTx, service: Service, missed: Collection[OpId]) -> Sequence[StoredOperation]:
    feed = tx.feed_state(service)
    late = tx.outbox.ahead(service, feed.position) if missed and feed.position else ()
    return [*unproven(tx, service), *(one for one in late if one.op_id in missed)]


def _here(state: ServiceState) -> tuple[int, str] | None:
    """The history that is to know it: in a split brain another one may."""
    position, term_id = state.feed.position, state.feed.term_id
    return None if position is None or term_id is None else (position.term, term_id)


async def _taken_back(
    state: ServiceState, operation: StoredOperation, known: Verdict | None
) -> tuple[OpEvent, Verdict]:
    """What has become of it; a burn that is new here is asked about once more, behind itself."""
    if known is None:
        await state.question_turn()
        said = await state.tools.central.withdraw(state.service, operation.op_id)
    else:
        said = known
    if said.outcome is not Outcome.REJECTED:
        return OpEvent.OVERTAKEN, said
    return (OpEvent.FORKED if known is None else OpEvent.BURNED), said


def _note(
    state: ServiceState,
    tx: WriteTx,
    operation: StoredOperation,
    event: OpEvent,
    verdict: Verdict | None,
) -> None:
    stored = tx.outbox.get(operation.op_id)
    if stored is not None and (stored.state, event) in LIFE:
        now = state.tools.clock.now()
        reason = NEW_TERM if event is OpEvent.FORKED else ""
        said = verdict if operation.state is OpState.WITHDRAWN else None
        tx.outbox.event(stored.op_id, event, EventDetail(now, reason=reason, verdict=said))
        if event is OpEvent.OVERTAKEN:
            about = (IncidentKind.OVERTAKEN, state.service.value, stored.op_id)
            tx.incidents.note(*about, now, OVERTAKEN_WORDS)
            tx.incidents.close(*about, now, by="central")
    state.read(tx)
