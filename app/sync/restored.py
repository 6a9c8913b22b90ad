"""After a restore nothing is sent before central has said which of its operations it knows."""

from __future__ import annotations

from app.domain.errors import CentralUnavailable
from app.domain.feed import Silence, Verdict
from app.domain.ids import OpId
from app.domain.lifecycle import LIFE, WITHOUT_VERDICT, OpEvent
from app.ports.central import SignInNeeded
from app.ports.store import HELD, EventDetail, ReadTx, StoredOperation, WriteTx
from app.sync.backoff import full_jitter
from app.sync.health import Talk
from app.sync.outcomes import outcome_of
from app.sync.service_state import ServiceState
from app.sync.take_overs import pending
from app.sync.terms import known_term


class Restored:
    """One service's part. A person may release what is held instead (`outbox release`)."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state
        self._tools = state.tools
        self._known = False
        self._answered: set[OpId] = set()
        """What central has said something of since it was last in question."""
        self._failures = 0
        self._rests_until = 0.0
        """By the monotonic clock: after a silence the next question comes no sooner."""

    async def is_known(self) -> bool:
        """Whether pushing may go on; asks central about what a restore or take-over brought."""
        if not self._known:
            self._known = True  # what is held while this looks is looked at again
            free, unseen = await self._tools.store.read(lambda tx: (self._is_free(tx), pending(tx)))
            if unseen or not (free or await self._asked()):
                self._known = False
        return self._known

    def look_again(self) -> None:
        """Something was taken over; from any thread."""
        self._known = False

    def _is_free(self, tx: ReadTx) -> bool:
        held = tx.desk.setting(HELD)
        return not isinstance(held, list) or self._state.service.value not in held

    async def _asked(self) -> bool:
        """Ask for each operation by its id; what central knows is recorded as its verdict.

        After a silence it rests, no longer than between the probes of a service that is down, and
        goes on where it was: from the beginning a long list would never end.
        """
        clock = self._tools.clock
        await clock.sleep(max(0.0, self._rests_until - clock.monotonic()))
        if not self._state.may_push:
            return False
        while not await self._tools.store.write(self._free, by_person=False):
            for operation in await self._tools.store.read(self._in_question):
                if not await self._asked_about(operation):
                    return False
        return True

    async def _asked_about(self, operation: StoredOperation) -> bool:
        """Whether central said what it knows of the operation."""
        await self._state.question_turn()
        try:
            verdict = await self._tools.central.verdict_of(self._state.service, operation.op_id)
        except CentralUnavailable as error:
            self._rest()
            self._state.silent(Talk.PUSH, error.cause or Silence.NOT_CENTRAL)
            return False
        except SignInNeeded:
            self._state.signed_out()
            return False
        self._failures = 0
        self._answered.add(operation.op_id)
        if verdict is not None:
            await self._tools.store.write(
                lambda tx: self._record(tx, operation, verdict), by_person=False
            )
        return True

    def _rest(self) -> None:
        self._failures += 1
        longest_s = self._tools.settings.probe_down_s
        rest_s = min(full_jitter(self._tools.random, self._failures), longest_s)
        self._rests_until = self._tools.clock.monotonic() + rest_s

    def _in_question(self, tx: ReadTx) -> list[StoredOperation]:
        mine = [one for one in tx.outbox.rows() if one.service == self._state.service]
        left = (one.op_id for one in mine if one.state in WITHOUT_VERDICT)
        stored = (tx.outbox.get(op_id) for op_id in left if op_id not in self._answered)
        return [one for one in stored if one is not None]

    def _record(self, tx: WriteTx, operation: StoredOperation, verdict: Verdict) -> None:
        stored = tx.outbox.get(operation.op_id)
        if stored is None:
            return
        now = self._tools.clock.now()
        known = known_term(tx, self._state.service)
        event, detail = outcome_of(verdict, stored, known, now, self._tools.random)
        if event is OpEvent.REJECTED and (stored.state, OpEvent.SEND) in LIFE:
            stored_state = tx.outbox.event(stored.op_id, OpEvent.SEND, EventDetail(now))
        else:
            stored_state = stored.state
        if (stored_state, event) in LIFE:
            tx.outbox.event(stored.op_id, event, detail)

    def _free(self, tx: WriteTx) -> bool:
        """Nothing is held any more, unless more came while central was asked."""
        if self._in_question(tx):
            return False
        self._answered.clear()
        held = tx.desk.setting(HELD)
        services = held if isinstance(held, list) else []
        left = [one for one in services if one != self._state.service.value]
        tx.desk.set_setting(HELD, left)
        return True
