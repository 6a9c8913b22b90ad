"""Beside the form: who may be calling, their open tickets and cover, what is still missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.call import Call
from app.domain.ids import Millis
from app.domain.tickets import Group
from app.domain.views import CallerMatch, CustomerCard, PlanCard, TicketRow
from app.domain.words import fold
from ui.ages import Ages
from ui.delegates.parts import Text
from ui.terms import terms
from ui.text import one_line
from ui.theme import Size, Token, Type
from ui.times import date, moment
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.caller_offer import CallerOffer, Offer
from ui.widgets.card import Card, CardStack
from ui.widgets.field import Field

_MOST_TICKETS = 5


def address_of(customer: CustomerCard) -> str:
    """One line: street, city, postcode."""
    parts = (customer.address, f"{customer.city} {customer.postcode}".strip())
    return ", ".join(one_line(part) for part in parts if part)


def check_of(said: str, match: CallerMatch) -> str | None:
    """What the caller's words prove: postcode, reference, or nothing."""
    heard = fold(said).replace(" ", "").replace("-", "")
    if not heard:
        return None
    if heard == fold(match.customer.postcode).replace(" ", ""):
        return "postcode"
    if any(heard == fold(row.reference).replace("-", "") for row in match.open_tickets):
        return "reference"
    return None


class CallAssist(CardStack):
    """Cards that follow the call; `accepted`, `refused` and `checked` are a person's answers."""

    accepted = Signal(str)
    """A customer's id."""
    refused = Signal()
    checked = Signal(str)
    ticket_chosen = Signal(str)

    def __init__(self, ages: Ages, parent: QWidget | None = None) -> None:
        super().__init__(parent, width=Size.CONTEXT_CALL)
        self._ages = ages
        self._matches: tuple[CallerMatch, ...] = ()
        self._chosen: CallerMatch | None = None
        self._lent = False
        self._caller = Card("user", self.tr("Caller"), self)
        self._offer = CallerOffer(self)
        self._check = Field(
            self.tr("Check the caller"),
            self,
            placeholder=self.tr("Postcode or reference they say"),
        )
        self._by_plan = Button(
            self.tr("They named the plan number"),
            self,
            kind=ButtonKind.LINK,
            height=Size.BUTTON_LINE,
        )
        self._history = Card("clock-counter-clockwise", self.tr("Earlier calls"), self)
        self._tickets = Card("tray", self.tr("Open tickets of this caller"), self)
        self._cover = Card("shield-check", self.tr("Coverage"), self)
        self._payment = Card("article", terms.group(Group.PAYMENT), self)
        self._missing = Card("note-pencil", self.tr("To complete later"), self)
        self._cards_of: Mapping[Group, Card] = {
            Group.CUSTOMER: self._caller,
            Group.CONTACT: self._history,
            Group.FAULT: self._tickets,
            Group.COVERAGE: self._cover,
            Group.PAYMENT: self._payment,
        }
        for card in (*self._cards_of.values(), self._missing):
            self.add_card(card)
        self._caller.add_wide(self._offer)
        self._caller.add_wide(self._check)
        self._caller.add_widget(self._by_plan)
        self._connect()
        self.show_matches((), None)

    def _connect(self) -> None:
        self._offer.accepted.connect(lambda key: self.accepted.emit(str(key)))
        self._offer.refused.connect(self.refused)
        self._check.entered.connect(self._check_caller)
        self._by_plan.clicked.connect(lambda: self.checked.emit("plan_number"))
        self._tickets.link_chosen.connect(self.ticket_chosen)

    def settle(self) -> None:
        """The call is saved: what can no longer be chosen is not offered any more."""
        self._check.hide()
        self._by_plan.hide()
        if self._chosen is None:
            self._caller.hide()
            return
        self._offer.show_only(self._as_offer(self._chosen))

    def set_lent(self, *, lent: bool) -> None:
        """Among the fields of the form there is no room to say that nobody is known yet."""
        self._lent = lent
        self._caller.setHidden(lent and not self._matches)

    # --- the caller -------------------------------------------------------------------------

    @property
    def matches(self) -> tuple[CallerMatch, ...]:
        return self._matches

    def show_matches(self, matches: Sequence[CallerMatch], chosen: str | None) -> None:
        """Offer these people; `chosen` is the customer accepted before."""
        self._matches = tuple(matches)
        self._chosen = next((one for one in matches if one.customer.id == chosen), None)
        count = len(matches)
        note = self.tr("%n match(es)", "", count) if count else self.tr("nobody known yet")
        self._caller.set_note(note)
        self._caller.setHidden(self._lent and not count)
        self._offer.show_offers([self._as_offer(one) for one in matches], chosen)

    def _as_offer(self, match: CallerMatch) -> Offer:
        why = terms.why_match(match.why)
        count = len(match.open_tickets)
        more = self.tr("%n open ticket(s)", "", count) if count else self.tr("no open ticket")
        return Offer(match.customer.id, match.customer.name, (why, more))

    def show_call(self, call: Call, now: Millis) -> None:
        """Everything that depends on who was accepted and how they were checked."""
        match = self._chosen if call.customer_id else None
        sure = call.checked != "not_checked"
        self._check.setVisible(match is not None and not sure)
        self._by_plan.setVisible(match is not None and not sure)
        self._show_history(match, now)
        self._show_tickets(match.open_tickets if match else ())
        self._show_cover(match, call.checked)
        self._payment.setVisible(match is not None or call.claim is not None)
        self._show_missing(call)
        self.show_ages()

    def show_ages(self) -> None:
        """Each card that shows central's data says how old it is, once that is too old."""
        for group, card in self._cards_of.items():
            stale = self._ages.mark(card, group)
            if group is Group.PAYMENT and not stale:
                card.hide()  # nothing of it is shown here but its age

    def focus_check(self) -> None:
        """To the field where the check is typed."""
        if not self._check.isHidden():
            self._check.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _check_caller(self) -> None:
        found = check_of(self._check.text(), self._chosen) if self._chosen else None
        self._check.set_error("" if found else self.tr("That is not what is on the record."))
        if found:
            self._check.set_text("")
            self.checked.emit(found)

    # --- cards ------------------------------------------------------------------------------

    def _show_history(self, match: CallerMatch | None, now: Millis) -> None:
        self._history.setVisible(match is not None)
        self._history.clear()
        if match is None:
            return
        count = match.calls_30_days
        text = self.tr("%n call(s) in the last 30 days", "", count)
        self._history.add_text(text)
        promise = match.last_promise
        if promise is not None:
            until = f", {moment(promise.by_when, now)}" if promise.by_when is not None else ""
            kept = self.tr("kept") if promise.kept_at is not None else self.tr("not kept yet")
            text = self.tr("Last promise: {what}{until}").format(
                what=one_line(promise.what), until=until
            )
            self._history.add_text(text, ink=Token.TEXT)
            self._history.add_text(kept, Type.SMALL, Token.MUTED)

    def _show_tickets(self, rows: Sequence[TicketRow]) -> None:
        self._tickets.setVisible(bool(rows))
        self._tickets.set_note(str(len(rows)))
        self._tickets.clear()
        for row in rows[:_MOST_TICKETS]:
            self._tickets.add_link(
                row.id, row.reference, f"{one_line(row.fault)}, {one_line(row.device)}"
            )

    def _show_cover(self, match: CallerMatch | None, checked: str) -> None:
        self._cover.setVisible(match is not None)
        self._cover.clear()
        if match is None:
            return
        if checked == "not_checked":
            self._cover.add_text(
                self.tr("Address and plan are covered until the caller is checked.")
            )
            return
        self._cover.set_note(terms.checked(checked))
        self._cover.add_lead(address_of(match.customer))
        for plan in match.plans:
            self._add_plan(plan)
        if not match.plans:
            self._cover.add_text(self.tr("No plan on this computer."))

    def _add_plan(self, plan: PlanCard) -> None:
        self._cover.add_parts(Text(plan.name, step=Type.LEAD))
        self._cover.add_text(
            self.tr("Runs to {date}. {covers}").format(date=date(plan.ends), covers=plan.covers)
        )

    def _show_missing(self, call: Call) -> None:
        self._missing.clear()
        for word, done in self._items(call):
            self._missing.add_to_complete(word, done=done)
        self._missing.add_text(self.tr("None of these holds up saving."), Type.SMALL, Token.MUTED)

    def _items(self, call: Call) -> tuple[tuple[str, bool], ...]:
        exact = call.entry_id is not None or call.device_id is not None
        known = call.customer_id is not None
        return (
            (self.tr("Exact model"), exact),
            (self.tr("Serial number"), bool(call.serial.strip())),
            (self.tr("Where is the device?"), bool(call.place.strip()) or known),
            (self.tr("When is somebody there?"), bool(call.reachable.strip())),
            (self.tr("Is it covered?"), call.claim is not None or known),
        )
