"""Visits by telephone: the roster, the sheet to read out, and "told by phone at"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.domain.central_services import Aggregate
from app.domain.errors import Invalid, NotFound
from app.domain.ids import EntityId, Millis, OpId
from app.domain.model_rule import ModelResolution, ResolutionState
from app.domain.operations import FieldChange, Json
from app.domain.people import Person
from app.domain.tickets import Status, in_danger
from app.domain.times import to_rfc3339
from app.domain.views import ExpertCard, TicketDetail
from app.ports.store import ReadTx, WriteTx
from app.services.claim_work import require_dispatchable
from app.services.decisions import Decided, Decision, decide, decide_once
from app.services.desk import Desk

TOLD = "told_by_phone"


@dataclass(frozen=True, slots=True)
class VisitSheet:
    """What an expert needs to know; nothing of any payment is in it."""

    reference: str
    safety: str
    danger: bool
    fault: str
    device: str
    device_is_words: bool
    """The caller's: nobody knows the model."""
    not_supported: str
    """What the customer was told about a model that is not supported; empty for any other."""
    serial: str
    name: str
    phone: str
    place: str
    reachable: str
    due: Millis | None
    promises: tuple[str, ...]


def sheet_of(detail: TicketDetail) -> VisitSheet:
    """The ticket as an expert reads it."""
    fields = detail.fields
    customer = detail.customer
    address = (
        ""
        if customer is None
        else ", ".join(
            part for part in (customer.address, customer.city, customer.postcode) if part
        )
    )
    phones = customer.phones if customer is not None else ()
    return VisitSheet(
        reference=detail.row.reference,
        safety=detail.row.safety,
        danger=in_danger(fields),
        fault=str(fields.get("fault") or ""),
        device=detail.row.device,
        device_is_words=detail.row.device_is_words,
        not_supported=_not_supported(detail.model),
        serial=str(fields.get("serial") or (detail.device.serial if detail.device else "")),
        name=str(fields.get("caller_name") or (customer.name if customer else "")),
        phone=str(fields.get("caller_phone") or next(iter(phones), "")),
        place=str(fields.get("place") or address),
        reachable=str(fields.get("reachable") or ""),
        due=detail.row.due,
        promises=tuple(one.what for one in detail.promises if one.kept_at is None),
    )


def _not_supported(model: ModelResolution) -> str:
    told = model.state is ResolutionState.NOT_SUPPORTED and model.decision
    return (told.why or told.by) if told else ""


class Visits:
    """Works from the mirror alone: an expert is rung where no message reaches them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def roster(self) -> Sequence[ExpertCard]:
        """Everybody who visits, by name."""
        return await self._desk.store.read(lambda tx: tx.experts.roster())

    async def told_by_phone(
        self,
        ticket_id: str,
        expert_id: str,
        window: tuple[Millis, Millis],
        person: Person,
        told_at: Millis | None = None,
    ) -> Decided:
        """Write down that the expert was told, when, and for which window; the ticket is planned.

        Raises Refused where a claim holds the visit (never in danger), Invalid for a window that
        ends before it begins, NotFound, NotAllowed.
        """
        start, end = window
        if end <= start:
            raise Invalid("The visit's end is not after its beginning.")
        await self._desk.store.read(lambda tx: require_dispatchable(self._desk, tx, ticket_id))
        op_id, visit = OpId(self._desk.ids.new_id()), EntityId(self._desk.ids.new_id())
        status_op = OpId(self._desk.ids.new_id())
        values: dict[str, Json] = {
            "ticket_id": ticket_id,
            "expert_id": expert_id,
            "state": TOLD,
            "window_start": to_rfc3339(start),
            "window_end": to_rfc3339(end),
            "told_at": to_rfc3339(told_at or self._desk.clock.now()),
        }

        def write(tx: WriteTx) -> Decided:
            fields = _ticket(tx, ticket_id)
            changes = {name: FieldChange(None, value) for name, value in values.items()}
            made = Decision("visit.create", visit, op_id, changes=changes)
            decided = decide(self._desk, tx, person, made)
            if str(fields.get("status")) == Status.READY:
                moved = {"status": FieldChange(Status.READY, str(Status.SCHEDULED))}
                plan = Decision("ticket.set", EntityId(ticket_id), status_op, changes=moved)
                decide(self._desk, tx, person, plan)
            return decided

        return await decide_once(self._desk, op_id, write)


def _ticket(tx: ReadTx, ticket_id: str) -> Mapping[str, Json]:
    record = tx.record(Aggregate.TICKET, ticket_id)
    if record is None:
        raise NotFound("That ticket is not on this computer.", safe="Nothing was written.")
    return record[0]
