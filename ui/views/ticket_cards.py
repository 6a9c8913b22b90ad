"""The cards of a ticket: customer, coverage, device, payment, visits, what is missing."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.ids import Millis
from app.domain.lifecycle import RowState
from app.domain.model_rule import NOT_SUPPORTED, Decision, ResolutionState
from app.domain.operations import Json
from app.domain.tickets import Group
from app.domain.times import from_rfc3339
from app.domain.views import TicketDetail, VisitCard
from app.services.models import LINKED, READ_OFF
from ui.ages import Ages
from ui.delegates.parts import Pill, Spring, Text, Words
from ui.session import Session
from ui.terms import terms
from ui.text import one_line
from ui.theme import Size, Space, Token, Type
from ui.times import date, moment, time_words
from ui.views.call_assist import address_of
from ui.views.claim_card import ClaimCard
from ui.widgets.card import Card, CardStack
from ui.widgets.marks import PartsLabel
from ui.widgets.surfaces import Surface, column

_REVERT, _RESOLVE = "revert", "resolve"
_MOST_EARLIER = 3
_TAKEN_BACK = (ResolutionState.LINKED, ResolutionState.APPROVED, ResolutionState.NOT_SUPPORTED)
"""States that a person may take back."""
TO_FIND = (ResolutionState.AS_SAID, ResolutionState.CANDIDATE)
"""States in which a person may say which model the words mean."""


class TicketCards(CardStack):
    """One ticket's context; empty until `show_detail`."""

    complete_wanted = Signal()
    customer_chosen = Signal(str)
    """A customer's id."""
    revert_wanted = Signal()
    """Back to the caller's words."""
    model_wanted = Signal(str)
    """The caller's words: which model do they mean?"""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=Size.CONTEXT)
        self._session = session
        self._ages = Ages(session)
        self._head = _Head(session, self)
        self._ticket = Card("ticket", self.tr("Ticket"), self)
        self._customer = Card("user", terms.group(Group.CUSTOMER), self)
        self._coverage = Card("shield-check", terms.group(Group.COVERAGE), self)
        self._device = Card("television", terms.group(Group.DEVICE), self)
        self._payment = Card("article", terms.group(Group.PAYMENT), self)
        self.claims = ClaimCard(session, self._payment)
        self._visits = Card("wrench", self.tr("Visits"), self)
        self._missing = Card("note-pencil", self.tr("To complete"), self)
        self._all: Mapping[Group, Card] = {
            Group.CUSTOMER: self._customer,
            Group.COVERAGE: self._coverage,
            Group.DEVICE: self._device,
            Group.PAYMENT: self._payment,
            Group.VISIT: self._visits,
            Group.FAULT: self._ticket,
        }
        cards = (self._ticket, self._customer, self._coverage, self._device, self._payment)
        for card in (self._head, *cards, self._visits, self._missing):
            self.add_card(card)
        self._customer.link_chosen.connect(self.customer_chosen)
        self._words = ""
        self._device.link_chosen.connect(self._choose_model)
        self._missing.link_chosen.connect(lambda _key: self.complete_wanted.emit())
        self.show_detail(None)

    def without_head(self) -> TicketCards:
        """In the ticket's own view the head stands elsewhere."""
        self._head.set_off(off=True)
        return self

    def show_detail(self, detail: TicketDetail | None) -> None:
        """Show a ticket, or nothing."""
        for card in (*self._all.values(), self._missing):
            card.clear()
            card.setVisible(detail is not None)
        self._head.show_detail(detail)
        if detail is None:
            return
        for group, card in self._all.items():
            self._mark(group, card, detail)
        self._show_ticket(detail)
        self._show_customer(detail)
        self._show_coverage(detail)
        self._show_device(detail)
        self._show_payment(detail)
        self._show_visits(detail)
        self._show_missing(detail)

    # --- cards ------------------------------------------------------------------------------

    def _mark(self, group: Group, card: Card, detail: TicketDetail) -> None:
        """As-of only past the threshold; else where the group comes from."""
        stale = self._ages.mark(card, group, detail.as_of[group])
        source = detail.provenance.get(group, "")
        card.set_note("" if stale else self._source(source))

    def _source(self, source: str) -> str:
        """Where a group comes from: this desk, the customer, central, or somebody by name."""
        known = terms.provenance(source)
        if known != source or not source:
            return known
        return self.tr("by {person}").format(person=one_line(source))

    def _show_ticket(self, detail: TicketDetail) -> None:
        row, now = detail.row, self._session.now
        card = self._ticket
        card.add_pair(self.tr("Status"), Text(terms.status(row.status), step=Type.LEAD))
        if row.due is not None:
            at, words = moment(row.due, now), time_words.due(row.due, now)
            ink = Token.BAD if row.due < now else Token.TEXT
            mark = Text(words, ink, tabular=True) if words != at else None
            card.add_pair(self.tr("Due"), Text(at, tabular=True), mark=mark)
        owner = self._owner(row.owner)
        card.add_pair(self.tr("Assigned"), Text(owner))
        if row.priority != "normal":
            card.add_pair(self.tr("Priority"), Text(terms.priority(row.priority)))
        if row.danger:
            card.add_pair(self.tr("Safety"), Text(terms.safety(row.safety), Token.BAD, Type.LEAD))

    def _owner(self, owner: str | None) -> str:
        if owner is None:
            return self.tr("nobody yet")
        mine = owner == self._session.person.id
        return self.tr("You") if mine else self._session.name_of(owner)

    def _show_customer(self, detail: TicketDetail) -> None:
        fields, card, customer = detail.fields, self._customer, detail.customer
        caller = str(fields.get("caller_name") or "")
        name = customer.name if customer else str(fields.get("customer_name") or "") or caller
        card.add_lead(name or self.tr("No name yet"))
        if caller and caller != name:
            card.add_pair(terms.field("caller_name"), Text(one_line(caller)))
        phone = str(fields.get("caller_phone") or "")
        numbers = [phone] if phone else list(customer.phones if customer else ())
        for number in numbers:
            card.add_text(self._shown(number), tabular=True)
        place = str(fields.get("place") or (address_of(customer) if customer else ""))
        if place:
            card.add_text(place)
        if fields.get("reachable"):
            card.add_text(str(fields["reachable"]))
        if customer is not None:
            text = self.tr("Their page")
            if customer.open_tickets > 1:
                text = self.tr("%n open ticket(s)", "", customer.open_tickets)
            since = self.tr("customer since {year}").format(year=customer.since[:4])
            card.add_link(customer.id, text, since if customer.since else "")

    def _shown(self, number: str) -> str:
        """A number in its international writing, where it is one."""
        _, shown = self._session.intake.read_phone(number)
        return shown or number

    def _show_coverage(self, detail: TicketDetail) -> None:
        card, plan = self._coverage, detail.plan
        coverage = str(detail.fields.get("coverage") or "")
        if plan is not None:
            card.add_lead(plan.name)
            runs = self.tr("Runs to {date}. {covers}").format(
                date=date(plan.ends), covers=plan.covers
            )
            card.add_text(runs)
        if coverage:
            card.add_text(terms.coverage(coverage))
        elif plan is None:
            card.add_text(self.tr("No plan is known on this computer."), ink=Token.MUTED)

    def _show_device(self, detail: TicketDetail) -> None:
        card, row, fields = self._device, detail.row, detail.fields
        words = str(fields.get("model_words") or "")
        self._words = words
        if row.device_is_words:
            card.add_parts(Words(row.device))
            card.add_text(self._unresolved(detail.model.state))
            if detail.model.state in TO_FIND:
                card.add_link(_RESOLVE, self.tr("Find its model"), "D")
        elif row.device:
            card.add_lead(row.device)
            if words and words != row.device:
                said = self.tr("Caller said \u201c{words}\u201d").format(words=one_line(words))
                card.add_text(said)
        else:
            card.add_text(self.tr("No device named yet."), ink=Token.MUTED)
        self._show_model(detail)
        serial = str(fields.get("serial") or (detail.device.serial if detail.device else ""))
        if serial:
            card.add_text(self.tr("Serial {serial}").format(serial=serial))

    def _choose_model(self, key: str) -> None:
        if key == _REVERT:
            self.revert_wanted.emit()
        else:
            self.model_wanted.emit(self._words)

    def _unresolved(self, state: ResolutionState) -> str:
        if state is ResolutionState.PROPOSED:
            return self.tr("The caller's words; a model is proposed, a supervisor decides.")
        if state is ResolutionState.CANDIDATE:
            return self.tr("The caller's words; models come near, nobody has chosen one.")
        return self.tr("The caller's words; the model is not resolved yet.")

    def _show_model(self, detail: TicketDetail) -> None:
        """Who said what the words mean, what was said before, and the way back."""
        card, model = self._device, detail.model
        decision = model.decision
        if decision is not None:
            card.add_text(self._decided(model.state, decision), Type.SMALL)
            if decision.plate:
                plate = self.tr("Rating plate, read by {person}: {plate}").format(
                    person=one_line(decision.said_by), plate=one_line(decision.plate)
                )
                card.add_text(plate, Type.SMALL)
        for one in model.earlier[:_MOST_EARLIER]:
            before = self._decided(None, one)
            card.add_text(self.tr("Before: {what}").format(what=before), Type.SMALL, Token.MUTED)
        if model.state in _TAKEN_BACK:
            card.add_link(_REVERT, self.tr("Back to the caller's words"), "W")

    def _decided(self, state: ResolutionState | None, one: Decision) -> str:
        """One decision about the model in a line."""
        what = {
            ResolutionState.LINKED: self.tr("linked"),
            ResolutionState.APPROVED: self.tr("approved"),
            ResolutionState.NOT_SUPPORTED: self.tr("not supported"),
        }.get(state or _state_of(one), self.tr("taken back"))
        said = [what, one_line(self._session.name_of(one.by))]
        if one.at is not None:
            said.append(moment(one.at, self._session.now))
        why = "" if one.why in (LINKED, READ_OFF) else one_line(one.why)  # said by what stands here
        return ", ".join(part for part in said if part) + (f": {why}" if why else "")

    def _show_payment(self, detail: TicketDetail) -> None:
        self.claims.show_ticket(detail)

    def _show_visits(self, detail: TicketDetail) -> None:
        self._visits.setVisible(bool(detail.visits))
        for visit in detail.visits:
            self._visits.add_lead(visit.expert)
            if visit.window_start is not None:
                self._visits.add_text(moment(visit.window_start, self._session.now), tabular=True)
            self._visits.add_text(self._visit_state(visit))

    def _visit_state(self, visit: VisitCard) -> str:
        if visit.told_at is None:
            return terms.visit(visit.state)
        time = moment(visit.told_at, self._session.now)
        return self.tr("told by phone at {time}").format(time=time)

    def _show_missing(self, detail: TicketDetail) -> None:
        self._missing.setVisible(bool(detail.missing))
        for part in detail.missing:
            self._missing.add_to_complete(terms.missing(part))
        if detail.missing:
            self._missing.add_link("complete", self.tr("Complete it"))


class _Head(Surface):
    """Reference, state, fault and how it came in."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(Token.PANEL, parent)
        self._session, self._off = session, False
        self._first = PartsLabel((), self).stretching()
        self._fault = PartsLabel((), self).stretching()
        self._taken = PartsLabel((), self).stretching()
        body = column(self, gap=Space.XS)
        body.setContentsMargins(Space.L, Space.L, Space.L, Space.M)
        for label in (self._first, self._fault, self._taken):
            body.addWidget(label)

    def set_off(self, *, off: bool) -> None:
        self._off = off
        self.setVisible(not off)

    def show_detail(self, detail: TicketDetail | None) -> None:
        self.setVisible(detail is not None and not self._off)
        if detail is None:
            return
        row = detail.row
        reference = Text(row.reference, step=Type.VIEW, tabular=True)
        self._first.set_parts((reference, Spring(), Pill(_state(detail))))
        self._fault.set_parts((Text(row.fault, step=Type.LEAD),))
        time = moment(row.happened_at, self._session.now)
        by = self._session.name_of(str(detail.fields.get("taken_by") or ""))
        offline = bool(detail.fields.get("offline"))
        template = (
            self.tr("Taken {time} by {person} in the outage")
            if offline
            else self.tr("Taken {time} by {person}")
        )
        said = template.format(time=time, person=by or self.tr("central"))
        self._taken.set_parts((Text(said, Token.TEXT2, Type.SMALL, tabular=True),))


def _state_of(one: Decision) -> ResolutionState:
    """What an earlier pin was."""
    if one.entry_id == NOT_SUPPORTED:
        return ResolutionState.NOT_SUPPORTED
    return ResolutionState.LINKED if one.entry_id else ResolutionState.AS_SAID


def _state(detail: TicketDetail) -> RowState:
    return detail.row.state


def when(value: Json) -> Millis | None:
    """A wire time as an instant; None for anything else."""
    try:
        return from_rfc3339(value) if isinstance(value, str) else None
    except ValueError:
        return None
