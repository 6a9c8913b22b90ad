"""Drafts, call-backs and promises handed to a colleague or to the next shift."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from app.domain.call import Draft
from app.domain.central_services import Aggregate
from app.domain.errors import NotFound, Refused
from app.domain.ids import EntityId, Millis, OpId
from app.domain.operations import FieldChange, Json
from app.domain.people import Permission, Person
from app.domain.times import DAY, to_rfc3339
from app.domain.views import CallBack
from app.ports.store import ReadTx, WriteTx
from app.services.decisions import Decision, decide
from app.services.desk import Desk, require

NEXT_SHIFT = "next-shift"
"""Whoever comes: tickets become unassigned, drafts nobody's own."""
HANDED = "handed_over"
"""The setting that lists what was handed over at this desk, newest last."""
CALL_BACKS = "handed_call_backs"
"""The setting that says whose each call-back is now: a person by its id, "" for whoever comes."""
DRAFTS = "handed_calls"
"""The setting that says whose each handed draft is now, by draft id; "" for whoever comes."""
_AHEAD = 30 * DAY
_MOST = 500
_KEPT = 200


@dataclass(frozen=True, slots=True)
class Own:
    """What one person would leave behind."""

    drafts: tuple[Draft, ...]
    promises: tuple[CallBack, ...]
    call_backs: tuple[CallBack, ...]
    """Dropped calls of this desk, without those that went to somebody else: all of them stand in
    everybody's list.
    """


@dataclass(frozen=True, slots=True)
class Handed:
    """What was handed over, and to whom."""

    to: str
    drafts: int
    tickets: tuple[str, ...]
    call_backs: int


class Shift:
    """One transaction: either all of it has a new owner, or nothing has."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def own(self, person: Person) -> Own:
        """What the person has open at this desk."""
        return await self._desk.store.read(lambda tx: self._own(tx, person))

    def _own(self, tx: ReadTx, person: Person) -> Own:
        due = call_backs_due(tx, Millis(self._desk.clock.now() + _AHEAD), _MOST)
        return Own(
            drafts=tuple(one for one in tx.drafts() if one.person == person.id),
            promises=tuple(one for one in due if one.ticket_id and self._is_own(tx, one, person)),
            call_backs=tuple(
                one for one in due if one.ticket_id is None and one.whose in {"", person.id}
            ),
        )

    @staticmethod
    def _is_own(tx: ReadTx, one: CallBack, person: Person) -> bool:
        record = tx.record(Aggregate.TICKET, str(one.ticket_id))
        fields = record[0] if record else {}
        owner = fields.get("owner")
        return owner == person.id or (not owner and fields.get("taken_by") == person.id)

    def takers(self, person: Person) -> list[Person]:
        """Whom `give` takes for this person, in the configuration's order."""
        people = self._desk.configuration.people
        return [one for one in people if one.id != person.id and _may_finish(one)]

    async def give(self, to: str, person: Person) -> Handed:
        """Hand everything of the person's to somebody of the configuration, or to the next shift.

        Each ticket with a promise gets the new owner and a note that says what was promised; each
        call-back is that person's from then on. Raises NotFound, NotAllowed, Refused where there is
        nothing to hand over, and for whoever cannot finish it: revoked, without the role, oneself.
        """
        require(person, Permission.EDIT_TICKETS)
        colleague = None if to == NEXT_SHIFT else self._desk.configuration.person(to)
        if to != NEXT_SHIFT and colleague is None:
            raise NotFound("Nobody of that name is in the configuration.")
        if colleague is not None:
            _require_able(colleague, person)
        return await self._desk.store.write(lambda tx: self._give(tx, colleague, person))

    def _give(self, tx: WriteTx, colleague: Person | None, person: Person) -> Handed:
        own = self._own(tx, person)
        if not (own.drafts or own.promises or own.call_backs):
            raise Refused("There is nothing of yours to hand over.")
        now = self._desk.clock.now()
        for draft in own.drafts:
            tx.keep_draft(replace(draft, person=colleague.id if colleague else "", changed=now))
        by_ticket: dict[str, list[CallBack]] = {}
        for one in own.promises:
            by_ticket.setdefault(str(one.ticket_id), []).append(one)
        for ticket_id, promises in by_ticket.items():
            self._give_ticket(tx, EntityId(ticket_id), promises, colleague, person)
        handed = Handed(
            to=colleague.id if colleague else NEXT_SHIFT,
            drafts=len(own.drafts),
            tickets=tuple(some[0].reference for some in by_ticket.values()),
            call_backs=len(own.call_backs),
        )
        self._remember(tx, handed, person, now)
        new = colleague.id if colleague else ""
        _note_handed(tx, CALL_BACKS, [one.id for one in own.call_backs], new)
        _note_handed(tx, DRAFTS, [one.call.draft_id for one in own.drafts], new)
        return handed

    def _give_ticket(
        self,
        tx: WriteTx,
        ticket_id: EntityId,
        promises: Sequence[CallBack],
        colleague: Person | None,
        person: Person,
    ) -> None:
        record = tx.record(Aggregate.TICKET, ticket_id)
        fields, rev = record if record is not None else ({}, None)
        new = colleague.id if colleague else None
        if fields.get("owner") != new:
            change = {"owner": FieldChange(fields.get("owner"), new)}
            op_id = OpId(self._desk.ids.new_id())
            decision = Decision("ticket.set", ticket_id, op_id, changes=change, base_rev=rev)
            decide(self._desk, tx, person, decision)
        told = "; ".join(map(_told, promises))
        name = colleague.name if colleague else "the next shift"
        entry: dict[str, Json] = {
            "id": self._desk.ids.new_id(),
            "text": f"Handed over by {person.name} to {name}: {told}",
            "by": person.id,
            "at": to_rfc3339(self._desk.clock.now()),
            "internal": True,
        }
        op_id = OpId(self._desk.ids.new_id())
        decide(self._desk, tx, person, Decision("ticket.note", ticket_id, op_id, entry=entry))

    @staticmethod
    def _remember(tx: WriteTx, handed: Handed, person: Person, now: Millis) -> None:
        kept = tx.desk.setting(HANDED)
        before = list(kept) if isinstance(kept, list) else []
        entry: Json = {
            "at": int(now),
            "by": person.id,
            "to": handed.to,
            "drafts": handed.drafts,
            "tickets": [*handed.tickets],
            "call_backs": handed.call_backs,
        }
        tx.desk.set_setting(HANDED, [*before, entry][-_KEPT:])

    async def history(self) -> list[Json]:
        """What was handed over at this desk, newest last."""
        kept = await self._desk.store.read(lambda tx: tx.desk.setting(HANDED))
        return list(kept) if isinstance(kept, list) else []


def _require_able(colleague: Person, person: Person) -> None:
    if colleague.id == person.id:
        raise Refused("It is yours already.", safe="Nothing was written.")
    name = colleague.name
    if colleague.revoked_at is not None:
        raise Refused(
            f"{name} is no longer allowed to work here.",
            safe="Nothing was written.",
            todo="Hand it to somebody who takes calls, or to the next shift.",
        )
    if not _may_finish(colleague):
        raise Refused(
            f"{name} takes no calls and cannot finish them.",
            safe="Nothing was written.",
            todo="Hand it to somebody who takes calls, or to the next shift.",
        )


def _may_finish(colleague: Person) -> bool:
    return colleague.may(Permission.TAKE_CALLS) and colleague.may(Permission.EDIT_TICKETS)


def _told(promise: CallBack) -> str:
    when = "no time said" if promise.due is None else to_rfc3339(promise.due)
    return f"{promise.what} ({when})"


def call_backs_due(tx: ReadTx, before: Millis, limit: int) -> list[CallBack]:
    """The store's call-backs, dropped calls with whom they were handed to."""
    handed = _handed(tx, CALL_BACKS)
    return [
        one if one.ticket_id else replace(one, whose=handed.get(one.id, ""))
        for one in tx.tickets.call_backs(before, limit)
    ]


def drafts_of_others(tx: ReadTx, person: Person) -> set[str]:
    """The drafts a colleague was given who still has them; whoever changes one has it again."""
    handed = _handed(tx, DRAFTS)
    return {
        one.call.draft_id
        for one in tx.drafts()
        if one.person not in {"", person.id} and handed.get(one.call.draft_id) == one.person
    }


def _note_handed(tx: WriteTx, setting: str, ids: Sequence[str], to: str) -> None:
    kept: dict[str, Json] = {**_handed(tx, setting), **dict.fromkeys(ids, to)}
    tx.desk.set_setting(setting, dict(list(kept.items())[-_MOST:]))


def _handed(tx: ReadTx, setting: str) -> dict[str, str]:
    kept = tx.desk.setting(setting)
    return {id_: str(to) for id_, to in kept.items()} if isinstance(kept, Mapping) else {}
