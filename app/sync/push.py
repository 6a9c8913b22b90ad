"""Sends the heads of the lanes, many lanes at once, and records what came back."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.domain.errors import CentralUnavailable
from app.domain.feed import Answer, NoVerdict, Poison, SignIn, Silence, TermRefused, Verdict
from app.domain.ids import Millis, OpId
from app.domain.lifecycle import (
    LIFE,
    LONGEST_WAIT,
    POISON_LIMIT,
    TARGET_MISSING,
    OpEvent,
    OpState,
)
from app.domain.operations import Outcome
from app.domain.times import DAY
from app.ports.central import Attempt, SignInNeeded
from app.ports.store import EventDetail, ReadTx, StoredOperation, WriteTx
from app.sync.backoff import LEAST_S
from app.sync.health import Talk
from app.sync.outcomes import (
    LONGEST_MISSING,
    UNANSWERED,
    lacks_target,
    outcome_of,
)
from app.sync.passing import built_to_pass
from app.sync.restored import Restored
from app.sync.service_state import Patience, ServiceState
from app.sync.terms import KnownTerm, Relation, known_term, relation
from app.sync.waiting import cancelled, first_ended

ASK_FIRST_AFTER = 80 * DAY
"""Central keeps its record of ids for 90 days; what was tried longer ago is asked for by id."""

OVERDUE_S = 5.0

_DONE = frozenset({Outcome.APPLIED, Outcome.APPLIED_WITH_CONFLICTS, Outcome.DUPLICATE})


@dataclass(frozen=True, slots=True)
class Answered:
    """One attempt that has ended."""

    operation: StoredOperation
    answer: Answer
    took_s: float


Sending = Sequence[tuple[Attempt, StoredOperation]]


class Pusher:
    """One service's way out. Nothing here is remembered but what is under way: the store knows."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state
        self._tools = state.tools
        self._under_way: dict[OpId, asyncio.Task[Answered]] = {}
        self.handling: set[OpId] = set()
        """Operations this loop itself is moving: what it does to them is no news to it."""
        self._alone = asyncio.Lock()
        self._term_refusals = 0
        self._was_behind = True
        """An endpoint behind may have been met, also before the start, without a verdict since."""
        self._restored = Restored(state)

    async def run(self) -> None:
        """Push whenever something may go, until cancelled."""
        state, clock = self._state, self._tools.clock
        while True:
            await self.drain()
            if not state.may_push:
                await self._tools.store.read(state.read)
            state.quiet()
            await state.push.wait(clock, self._rest_s())

    def _rest_s(self) -> float | None:
        """Until the earliest waiting operation is due; what is due and could not go is behind
        another one, or central does not keep up.
        """
        due = self._state.next_try
        if due is None or not self._state.may_push:
            return None
        wait = due - self._tools.clock.now()
        return max(wait / 1_000, LEAST_S) if 0 < wait <= LONGEST_WAIT else OVERDUE_S

    def look_again(self) -> None:
        """Work of another desk came: nothing goes before central was asked; from any thread."""
        self._restored.look_again()

    async def drain(self) -> None:
        """Send until nothing more may go now.

        The stored waiting times are left out once where `patience` says so.
        """
        async with self._alone:
            await self._drain()

    async def _drain(self) -> None:
        if not await self._restored.is_known():
            return
        tried: set[OpId] = set()
        patience = self._asked(Patience.ALL) or Patience.ALL
        try:
            more = True
            while (more and await self._begin(patience, tried)) or self._under_way:
                if self._under_way:
                    more = await self._until_news()
                while ended := self._ended():
                    tried.update(one.operation.op_id for one in ended if not _decided(one.answer))
                    sending, all_go = await self._record(ended, patience, tried)
                    self._start(sending)
                    more = not all_go
                if asked := self._asked(patience):
                    patience, tried, more = asked, set(), True
        finally:
            await cancelled(list(self._under_way.values()))
            self._under_way.clear()
            self.handling.clear()

    def _asked(self, given: Patience) -> Patience | None:
        """What was asked for since: it counts from here on, also for what was tried before.

        A person's word holds to the end of a drain; what asks for less counts with the next one.
        """
        state = self._state
        if not state.may_push or state.patience is Patience.ALL:
            return None
        if given is Patience.ENDED and state.patience is not Patience.ENDED:
            return None
        asked, state.patience = state.patience, Patience.ALL
        return asked

    def _room(self) -> int:
        """How many more attempts may begin: by the ramp, not yet by the rate."""
        return self._state.ramp.width - len(self._under_way) if self._state.may_push else 0

    async def _begin(self, patience: Patience, tried: set[OpId]) -> bool:
        """Start what may go by ramp and rate; `sending` is durable before it does."""
        rate, room = self._state.operations, self._room()
        if room <= 0:
            return False
        if not await self._tools.store.read(lambda tx: self._look(tx, patience, tried, room)):
            return False
        while rate.available() < 1:
            if self._under_way:
                return False
            await self._tools.clock.sleep(rate.ready_in())

        def write(tx: WriteTx) -> list[tuple[Attempt, StoredOperation]]:
            # Chosen anew: a page may have brought a new term since, and what goes first in a lane.
            chosen = self._sendable(tx, patience, tried, min(room, rate.available()))
            return self._mark_sending(tx, chosen)

        self._start(await self._tools.store.write(write, by_person=False))
        return True

    def _start(self, sending: Sending) -> None:
        """Their state is durable: the bytes may leave."""
        self._state.operations.take(len(sending))
        self._state.attempted += len(sending)
        for attempt, operation in sending:
            task = asyncio.ensure_future(self._attempt(attempt, operation))
            self._under_way[operation.op_id] = task

    def _look(
        self, tx: ReadTx, patience: Patience, tried: set[OpId], room: int
    ) -> list[StoredOperation]:
        """What may be sent, and how the service's outbox stands beside it."""
        self._state.read(tx)
        return self._sendable(tx, patience, tried, room)

    def _sendable(
        self, tx: ReadTx, patience: Patience, tried: set[OpId], room: int
    ) -> list[StoredOperation]:
        """Up to `room` heads; one that has to wait all the same hides none behind it.

        Waiting times are left out once: what was tried waits for its own. Then it goes again, in
        every other place: a long outbox does not hold it up for as long as that takes, nor do
        those that central puts off again and again hold up the others.
        """
        now, limit = self._tools.clock.now(), room + len(tried) + len(self._under_way)
        while True:
            heads = tx.outbox.sendable(
                self._state.service, now, limit, ignore_waiting=patience is not Patience.ALL
            )
            first: deque[StoredOperation] = deque()
            again: deque[StoredOperation] = deque()
            for head in heads:
                if head.op_id in self._under_way:
                    continue
                if head.op_id in tried:
                    if _is_due(head, now):
                        again.append(head)
                elif not _waits_on(head, patience, now):
                    first.append(head)
            if len(first) >= room or len(heads) < limit:
                return self._in_turn(first, again, room)
            limit *= 4

    def _in_turn(
        self, first: deque[StoredOperation], again: deque[StoredOperation], room: int
    ) -> list[StoredOperation]:
        """Up to `room` of both: every other attempt of this service is for one that goes again."""
        chosen: list[StoredOperation] = []
        for number in range(self._state.attempted, self._state.attempted + room):
            left = (again, first) if number % 2 else (first, again)
            queue = left[0] or left[1]
            if queue:
                chosen.append(queue.popleft())
        return chosen

    def _mark_sending(
        self, tx: WriteTx, chosen: Sequence[StoredOperation]
    ) -> list[tuple[Attempt, StoredOperation]]:
        """Those of the chosen that may still go (a person may have withdrawn one), marked."""
        now = self._tools.clock.now()
        incarnation = tx.desk.identity().incarnation
        known = known_term(tx, self._state.service)
        offset = tx.desk.clock_offset()
        sending: list[tuple[Attempt, StoredOperation]] = []
        for one in chosen:
            before = tx.outbox.get(one.op_id)
            if before is None or (before.state, OpEvent.SEND) not in LIFE:
                continue
            before = built_to_pass(tx, before, self._tools.ids, now)
            self.handling.update((one.op_id, before.op_id))
            tx.outbox.event(before.op_id, OpEvent.SEND, EventDetail(now))
            operation = tx.outbox.get(before.op_id) or before
            attempt = Attempt(
                op_id=operation.op_id,
                raw=operation.raw,
                number=before.attempts + 1,
                incarnation=incarnation,
                expected_term=known.expected if known else None,
                clock_offset_ms=offset[0] if offset else None,
                receipt=operation.receipt,
            )
            sending.append((attempt, operation))
        return sending

    async def _attempt(self, attempt: Attempt, operation: StoredOperation) -> Answered:
        clock, central, service = self._tools.clock, self._tools.central, self._state.service
        began = clock.monotonic()
        answer: Answer | None = None
        if not operation.raw:
            answer = await self._burned(operation)
        elif attempt.number > 1 and clock.now() - operation.recorded_at > ASK_FIRST_AFTER:
            answer = await self._known(operation)
        if answer is None:
            answer = await central.submit(service, attempt)
        return Answered(operation, answer, clock.monotonic() - began)

    async def _burned(self, operation: StoredOperation) -> Answer:
        """The words are erased and cannot go again: central's verdict, or its id is burned."""
        central, service, op_id = self._tools.central, self._state.service, operation.op_id
        await self._state.question_turn()
        try:
            return await central.withdraw(service, op_id)
        except CentralUnavailable as error:
            return NoVerdict(Silence(error.cause) if error.cause else Silence.NOT_CENTRAL)
        except SignInNeeded:
            return SignIn()

    async def _known(self, operation: StoredOperation) -> Answer | None:
        """Central's word on an id whose record may be gone; None where it never saw it."""
        await self._state.question_turn()
        try:
            return await self._tools.central.verdict_of(self._state.service, operation.op_id)
        except CentralUnavailable as error:
            return NoVerdict(Silence(error.cause) if error.cause else Silence.NOT_CENTRAL)
        except SignInNeeded:
            return SignIn()

    async def _until_news(self) -> bool:
        """Until an attempt ends, or something may go that could not before: True for that."""
        attempts, clock = list(self._under_way.values()), self._tools.clock
        if len(attempts) >= self._state.ramp.width:
            await first_ended(attempts, clock)
        elif (seconds := self._state.operations.ready_in()) > 0:
            await first_ended(attempts, clock, seconds)
        else:
            return await self._state.push.wait(clock, beside=attempts)
        return True

    def _ended(self) -> list[Answered]:
        """Take out what has ended, in the order it was begun."""
        ended = [op_id for op_id, task in self._under_way.items() if task.done()]
        return [self._under_way.pop(op_id).result() for op_id in ended]

    async def _record(
        self, ended: Sequence[Answered], patience: Patience, tried: set[OpId]
    ) -> tuple[Sending, bool]:
        """Bring the answers into the store; what goes next is marked in the same transaction.

        After any answer but central's plain word nothing is: what it means is looked at first.
        Also says whether that was all that may go now.
        """
        state = self._state
        plain = all(isinstance(one.answer, Verdict | Poison) for one in ended)
        room = min(self._room(), state.operations.available()) if plain else 0

        def write(tx: WriteTx) -> tuple[KnownTerm | None, Sending]:
            known = known_term(tx, state.service)
            for one in ended:
                self._record_one(tx, one)
            chosen = self._sendable(tx, patience, tried, room) if room > 0 else []
            sending = self._mark_sending(tx, chosen)
            state.read(tx)
            return known, sending

        known, sending = await self._tools.store.write(write, by_person=False)
        self.handling.difference_update(one.operation.op_id for one in ended)
        state.pushed += sum(_taken(one.answer) for one in ended)
        for one in ended:
            self._note(one, known)
        state.notify()
        return sending, len(sending) < room

    def _record_one(self, tx: WriteTx, ended: Answered) -> None:
        """No news is an answer that comes after a person or the feed has settled the matter."""
        now = self._tools.clock.now()
        stored = tx.outbox.get(ended.operation.op_id)
        if stored is None:
            return
        known = known_term(tx, self._state.service)
        event, detail = outcome_of(ended.answer, stored, known, now, self._tools.random)
        event, detail = self._missing_too_long(tx, stored, ended.answer, event, detail)
        if event is OpEvent.TERM_REFUSED and self._term_refusals:
            # No page has told that term since: wait for it as for any silence.
            silence = NoVerdict(Silence.BEHIND)
            event, detail = outcome_of(silence, stored, known, now, self._tools.random)
        if event is OpEvent.REJECTED and not stored.raw:
            event = OpEvent.WITHDRAWN  # nobody can do anything about what is erased
        if (stored.state, event) not in LIFE:
            return
        became = tx.outbox.event(stored.op_id, event, detail)
        position = detail.verdict.position if detail.verdict else None
        here = known.position if known else None
        passed = position is not None and here is not None and here >= position
        if became is not OpState.ACKED:
            return
        if stored.op_id in self._state.named:
            tx.outbox.event(stored.op_id, OpEvent.PASSED, EventDetail(now))
        elif passed:
            self._state.interrupt.set()  # no page named it: the puller asks for it by id

    def _missing_too_long(
        self,
        tx: WriteTx,
        stored: StoredOperation,
        answer: Answer,
        event: OpEvent,
        detail: EventDetail,
    ) -> tuple[OpEvent, EventDetail]:
        """After a day in which an operation offered again found no target, a person has to look.

        By central's clock: a wall clock that jumped brings no card.
        """
        if event is not OpEvent.DEFERRED or not lacks_target(answer):
            return event, detail
        now = self._state.by_central(detail.at)
        since = tx.outbox.missing_since(stored.op_id, now) if now is not None else None
        if now is None or since is None or not now - since > LONGEST_MISSING:
            return event, detail
        return OpEvent.OVERDUE, replace(detail, next_try=None, reason=TARGET_MISSING)

    def _note(self, ended: Answered, known: KnownTerm | None) -> None:
        """What the answer says about the service, beside the operation."""
        state = self._state
        match ended.answer:
            case NoVerdict(cause=cause) if cause is not Silence.BUSY:
                self._was_behind |= cause is Silence.BEHIND
                state.silent(Talk.PUSH, cause)
                return
            case SignIn():
                state.signed_out()
            case TermRefused(position=position, term_id=term_id):
                self._note_term(relation(known, position, term_id))
            case Verdict():
                self._term_refusals = 0
                if self._was_behind:
                    self._was_behind = False
                    state.answers_again()
        state.heard(Talk.PUSH, ended.took_s)
        state.ramp.answered()

    def _note_term(self, refused_as: Relation) -> None:
        if refused_as is Relation.SPLIT:
            self._state.split(split=True)
        elif refused_as is Relation.RAISED:
            self._term_refusals += 1
            self._state.term_in_doubt = True
            self._state.interrupt.set()
            self._state.pull.set()


def _taken(answer: Answer) -> bool:
    return isinstance(answer, Verdict) and answer.outcome in _DONE


def _decided(answer: Answer) -> bool:
    """Whether the operation is out of the way: what is not goes again by its own waiting time."""
    return isinstance(answer, Verdict) and answer.outcome is not Outcome.DEFERRED


def _is_due(operation: StoredOperation, now: Millis) -> bool:
    at = operation.next_try
    return at is None or not now < at <= now + LONGEST_WAIT


def _waits_on(operation: StoredOperation, patience: Patience, now: Millis) -> bool:
    """Whether a head that was found with waiting times left out has to wait all the same."""
    if patience is Patience.ENDED or _is_due(operation, now):
        return False
    slow_lane = operation.poison_count >= POISON_LIMIT
    return slow_lane or operation.reason != UNANSWERED
