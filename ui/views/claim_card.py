"""The payment card of a ticket: each claim's state, evidence, time left, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.domain.evidence import EvidenceFile
from app.domain.payments.claims import ClaimState, NextStep, Patience
from app.domain.payments.reconciliation import ClaimView
from app.domain.views import TicketDetail
from app.services.payments import TicketClaims
from ui.claim_words import claim_words
from ui.delegates.parts import Part, Spring, Tag, Text, not_verified
from ui.session import Session
from ui.tasks import NewestWins
from ui.terms import terms
from ui.text import one_line
from ui.theme import State, Token
from ui.times import date
from ui.widgets.card import Card

_STATES = {
    ClaimState.VERIFIED: (State.OK, "check"),
    ClaimState.UNPAID: (State.BAD, "x-circle"),
    ClaimState.DISPUTED: (State.REV, "flag"),
    ClaimState.WAIVED: (State.NEU, "hand-palm"),
}
ADD_FILE = "add_file"
_LATE = frozenset({Patience.SUPERVISOR, Patience.STOP, Patience.ASK})


class ClaimCard(QObject):
    """Fills a card; states are derived from all payments, so they come a moment later."""

    step_wanted = Signal(object, object)
    """A NextStep, or ADD_FILE, and the ClaimView it is about."""
    copy_wanted = Signal(object)
    """An EvidenceFile."""

    def __init__(self, session: Session, card: Card) -> None:
        super().__init__(card)
        self._session, self._card = session, card
        self._ticket = ""
        self._steps: dict[str, tuple[NextStep | str, ClaimView]] = {}
        self._files: dict[str, EvidenceFile] = {}
        self.shown: TicketClaims | None = None
        """What is on the card; None until it was derived."""
        self._newest = NewestWins(session.opened.payments.of_ticket, self._show)
        card.link_chosen.connect(self._choose)

    @property
    def states(self) -> dict[str, ClaimState]:
        """Of each claim on the card, by its id."""
        return {} if self.shown is None else {v.claim.id: v.state for v in self.shown.claims}

    def show_ticket(self, detail: TicketDetail) -> None:
        """The claims of this ticket; the card hides where there are none."""
        any_ = bool(detail.fields.get("claims"))
        self._card.setVisible(any_)
        if not any_:
            self._ticket, self.shown = "", None
            self._newest.cancel()
            return
        if self.shown is not None and self._ticket == detail.row.id:
            self._fill(self.shown)
        self._ticket = detail.row.id
        self._newest.request(detail.row.id)

    def _show(self, ticket_id: str, found: TicketClaims) -> None:
        if ticket_id == self._ticket:
            self.shown = found
            self._fill(found)

    def _fill(self, found: TicketClaims) -> None:
        self._card.clear()
        self._steps, self._files = {}, {}
        if found.hold is not None:
            self._show_hold(found)
        for view in found.claims:
            self._show_claim(view, found)

    def _show_hold(self, found: TicketClaims) -> None:
        hold = found.hold
        if hold is None:
            return
        name = one_line(self._session.name_of(hold.asked)) if hold.asked else ""
        self._card.add_parts(Tag(self.tr("Visit held"), State.REV, "hand-palm"))
        why = ", ".join(claim_words.cap(one) for one in hold.caps)
        asked = self.tr("{person} decides").format(person=name) if name else ""
        self._card.add_text(". ".join(part for part in (why, asked) if part))

    def _show_claim(self, view: ClaimView, found: TicketClaims) -> None:
        card, claim, now = self._card, view.claim, self._session.now
        card.add_parts(self._state(view), Spring())
        money = Text(terms.money(claim.amount, claim.currency), tabular=True)
        card.add_pair(self.tr("Claimed"), money)
        if view.open_amount and view.open_amount != claim.amount:
            rest = terms.money(view.open_amount, claim.currency)
            card.add_pair(self.tr("Open"), Text(rest, tabular=True))
        ends = self.tr("ends {digits}").format(digits=one_line(claim.last4)) if claim.last4 else ""
        proof = (claim.provider, date(claim.paid_on), claim.reference, ends)
        said = ", ".join(one_line(part) for part in proof if part)
        if said:
            card.add_long_pair(self.tr("Evidence"), said)
        if view.state is ClaimState.NOT_VERIFIED:
            words = claim_words.patience(view.patience, view.next_at, now)
            ink = Token.BAD if view.patience in _LATE else Token.TEXT
            card.add_pair(self.tr("Time left"), Text(words, ink, tabular=True))
            if found.billing_as_of is None:
                card.add_text(self.tr("Billing's data is not on this computer yet."))
        for file in found.files:
            if file.claim_id == claim.id:
                self._show_file(file, is_here=file.id in found.here)
        self._steps[f"file:{claim.id}"] = ADD_FILE, view
        card.add_link(f"file:{claim.id}", self.tr("Add a file"))
        for step in view.next_steps:
            key = f"{claim.id}:{step}"
            self._steps[key] = step, view
            card.add_link(key, claim_words.step(step))

    def _state(self, view: ClaimView) -> Part:
        known = _STATES.get(view.state)
        if known is None:
            return not_verified()
        return Tag(claim_words.state(view.state), *known)

    def _show_file(self, file: EvidenceFile, *, is_here: bool) -> None:
        """Its name is a word, never a link to what it holds; where it is, before anybody asks."""
        if not is_here:
            self._card.add_text(
                self.tr("{file}: at the desk that took it; ask there for it.").format(
                    file=one_line(file.name)
                )
            )
            return
        size = self.tr("{count} kB").format(count=max(1, file.size // 1_000))
        self._files[f"copy:{file.id}"] = file
        self._card.add_link(f"copy:{file.id}", one_line(file.name), f"{file.kind}, {size}")

    def _choose(self, key: str) -> None:
        if key in self._files:
            self.copy_wanted.emit(self._files[key])
        if key in self._steps:
            self.step_wanted.emit(*self._steps[key])
