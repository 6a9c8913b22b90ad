"""One save of a call: ticket, claim, contact and draft in one transaction."""

from __future__ import annotations

from functools import cached_property

from app.domain.call import Call, Claim, Taken
from app.domain.central_services import Service
from app.domain.errors import NotFound
from app.domain.ids import EntityId, Millis, OpId
from app.domain.operations import FieldChange, Json
from app.domain.people import Person
from app.domain.safety import Danger
from app.domain.sla import due_at
from app.domain.tickets import DANGERS, first_status
from app.domain.times import HOUR, to_rfc3339
from app.ports.store import ReadTx, WriteTx
from app.services.blanks import entered
from app.services.decisions import Decision, decide
from app.services.desk import Desk
from app.services.handed_drafts import require_here

_CALL_BACK_AFTER = HOUR


class Saving:
    """One save with its ids fixed, so that doing it twice can be seen."""

    def __init__(self, desk: Desk, call: Call, person: Person, danger: Danger | None) -> None:
        self._desk = desk
        self._call = call
        self._person = person
        self._danger = danger
        self._ticket_id = EntityId(call.ticket_id or desk.ids.new_id())
        self._ticket_op = OpId(desk.ids.new_id())
        self._contact_id = EntityId(desk.ids.new_id())
        self._contact_op = OpId(desk.ids.new_id())

    @property
    def _makes_ticket(self) -> bool:
        return self._call.ticket_id is None and bool(self._call.fault.strip())

    def write(self, tx: WriteTx) -> Taken:
        require_here(tx, self._call.draft_id, self._desk.configuration)
        depends: tuple[OpId, ...] = ()
        state, reference = "", ""
        if self._makes_ticket:
            blank = self._call.reference
            reference = entered(tx, blank) if blank else tx.desk.next_reference()
            state = self._create_ticket(tx, reference)
            depends = (self._ticket_op,)
        elif self._call.ticket_id is not None:
            reference, state = self._add_to_ticket(tx)
        contact_state = self._create_contact(tx, depends)
        tx.drop_draft(self._call.draft_id)
        return Taken(
            reference=reference,
            ticket_id=self._ticket_id if reference else "",
            op_id=self._ticket_op if state else self._contact_op,
            state=state or contact_state,
            contact_op_id=self._contact_op,
        )

    def look(self, tx: ReadTx) -> Taken | None:
        """What an earlier try left behind, if it was committed."""
        contact = tx.outbox.get(self._contact_op)
        if contact is None:
            return None
        ticket = tx.outbox.get(self._ticket_op)
        row = tx.tickets.row(self._ticket_id)
        return Taken(
            reference=row.reference if row else "",
            ticket_id=self._ticket_id if row else "",
            op_id=ticket.op_id if ticket else contact.op_id,
            state=(ticket or contact).state,
            contact_op_id=contact.op_id,
        )

    def _create_ticket(self, tx: WriteTx, reference: str) -> str:
        fields = self._ticket_fields(tx, reference)
        decided = decide(
            self._desk,
            tx,
            self._person,
            Decision(
                kind="ticket.create",
                target=self._ticket_id,
                op_id=self._ticket_op,
                changes={name: FieldChange(None, value) for name, value in fields.items() if value},
                happened_at=self._happened,
            ),
        )
        return decided.state

    @property
    def _happened(self) -> Millis:
        """The time of the call, by central's clock where that was measured."""
        at = self._call.happened_at
        return at if at is not None else self._call.started

    def _ticket_fields(self, tx: WriteTx, reference: str) -> dict[str, Json]:
        call = self._call
        happened = self._happened
        safety = self._danger.safety if self._danger else call.safety
        plan_id, plan_minutes, covered = self._coverage(tx)
        due = due_at(
            happened,
            call.priority,
            self._desk.configuration.sla_minutes,
            plan_minutes=plan_minutes,
            danger=safety in DANGERS,
        )
        fields: dict[str, Json] = {
            "reference": reference,
            "intake": "phone",
            "caller_name": call.caller or call.name or self._customer_name(tx),
            "caller_phone": call.phone,
            "caller_e164": self._e164,
            "caller_relation": call.relation or ("other" if call.caller else None),
            "reachable": call.reachable,
            "customer_id": call.customer_id,
            "customer_name": call.name if call.caller and not call.customer_id else None,
            "place": call.place or self._customer_place(tx),
            "device_id": call.device_id,
            "model_words": call.model,
            "model_pin": self._pin(),
            "serial": call.serial,
            "fault": call.fault,
            "safety": str(safety),
            "priority": call.priority,
            "plan_id": plan_id,
            "coverage": "claimed" if call.claim else ("verified" if covered else None),
            "owner": self._person.id,
            "taken_by": self._person.id,
            "desk": self._desk.identity.desk_id,
            "offline": self._desk.is_offline(tx, Service.TICKETS),
            "happened_at": to_rfc3339(happened),
            "due": to_rfc3339(due),
            "claims": [self._claim_entry(call.claim)] if call.claim else None,
            "promises": [self._promise()] if call.promise else None,
        }
        return {**fields, "status": str(first_status(fields))}

    @cached_property
    def _e164(self) -> str | None:
        region = self._desk.configuration.phone_region
        return self._desk.phones.e164(self._call.phone, region)

    def _coverage(self, tx: WriteTx) -> tuple[str | None, int | None, bool]:
        """The plan that covers the call, its response minutes, and whether it covers today."""
        if not self._call.customer_id:
            return None, None, False
        plan = tx.customers.plan(
            self._call.customer_id, self._call.device_id, self._desk.clock.now()
        )
        return (plan.id, plan.response_minutes, plan.covers_now) if plan else (None, None, False)

    def _customer_name(self, tx: WriteTx) -> str:
        card = tx.customers.card(self._call.customer_id) if self._call.customer_id else None
        return card.name if card else ""

    def _customer_place(self, tx: WriteTx) -> str:
        card = tx.customers.card(self._call.customer_id) if self._call.customer_id else None
        if card is None:
            return ""
        return ", ".join(part for part in (card.address, card.city, card.postcode) if part)

    def _pin(self) -> Json:
        if not self._call.entry_id:
            return None
        return {
            "entry_id": self._call.entry_id,
            "by": self._person.id,
            "at": to_rfc3339(self._desk.clock.now()),
            "why": "chosen in the call",
        }

    def _claim_entry(self, claim: Claim) -> dict[str, Json]:
        return {
            "id": self._desk.ids.new_id(),
            "provider": claim.provider,
            "reference": claim.reference,
            "amount": claim.amount,
            "currency": claim.currency,
            "paid_on": claim.paid_on or None,
            "last4": claim.last4 or None,
            "by": self._person.id,
            "at": to_rfc3339(self._desk.clock.now()),
        }

    def _promise(self) -> dict[str, Json]:
        by_when = self._call.promise_by
        return {
            "id": self._desk.ids.new_id(),
            "what": self._call.promise,
            "to": self._call.caller or self._call.name or self._call.phone,
            "by_when": to_rfc3339(by_when) if by_when is not None else None,
            "made_by": self._person.id,
            "at": to_rfc3339(self._desk.clock.now()),
        }

    def _add_to_ticket(self, tx: WriteTx) -> tuple[str, str]:
        row = tx.tickets.row(self._ticket_id)
        if row is None:
            raise NotFound(
                "That ticket is not on this computer.", todo="Take the call as a new one."
            )
        text = self._call.fault.strip() or "Called again."
        entry: dict[str, Json] = {
            "id": self._desk.ids.new_id(),
            "text": text,
            "by": self._person.id,
            "at": to_rfc3339(self._desk.clock.now()),
            "internal": False,
        }
        decision = Decision("ticket.note", self._ticket_id, self._ticket_op, entry=entry)
        return row.reference, decide(self._desk, tx, self._person, decision).state

    def _create_contact(self, tx: WriteTx, depends: tuple[OpId, ...]) -> str:
        fields = {name: value for name, value in self._contact_fields().items() if value}
        decision = Decision(
            kind="contact.create",
            target=self._contact_id,
            op_id=self._contact_op,
            changes={name: FieldChange(None, value) for name, value in fields.items()},
            happened_at=self._happened,
            depends_on=depends,
        )
        return decide(self._desk, tx, self._person, decision).state

    def _contact_fields(self) -> dict[str, Json]:
        call = self._call
        ended = call.ended or self._desk.clock.now()
        named = self._makes_ticket or call.ticket_id is not None
        due = Millis(ended + _CALL_BACK_AFTER)
        return {
            "direction": "in",
            "number": call.phone,
            "e164": self._e164,
            "started": to_rfc3339(self._happened),
            "ended": to_rfc3339(ended) if call.happened_at is None or call.ended else None,
            "held_s": call.held_s,
            "agent": self._person.id,
            "caller_name": call.caller or call.name,
            "caller_relation": call.relation,
            "checked": call.checked,
            "customer_id": call.customer_id,
            "outcome": self._outcome(),
            "call_back_due": to_rfc3339(due) if call.dropped else None,
            "tickets": [self._ticket_id] if named else [],
        }

    def _outcome(self) -> str:
        if self._call.dropped:
            return "dropped"
        return "added_to_ticket" if self._call.ticket_id else "new_ticket"
