"""What a desk does next about a claim: call back, hold the visit, offer it at a price."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.domain.errors import OffhookError
from app.domain.ids import Millis
from app.domain.payments.claims import NextStep
from app.domain.payments.reconciliation import ClaimView
from app.domain.tickets import Status
from app.domain.times import DAY
from ui.evidence_files import EvidenceFiles
from ui.session import Session
from ui.tasks import async_slot
from ui.terms import terms
from ui.undoing import Done
from ui.views.claim_card import ClaimCard
from ui.views.claim_rows import payer_of


class ClaimSteps(QObject):
    """Each step is an operation on the ticket, with its undo; two lead to a screen."""

    done = Signal(object)
    """A `Done`, for the undo."""
    payments_wanted = Signal()
    visit_wanted = Signal(str)

    def __init__(self, session: Session, window: QWidget, *cards: ClaimCard) -> None:
        super().__init__(session)
        self._session = session
        self.files = EvidenceFiles(session, window)
        self.files.done.connect(self.done)
        for card in cards:
            card.copy_wanted.connect(self.files.choose_target)
            card.step_wanted.connect(self.take)

    def take(self, step: NextStep | str, view: ClaimView) -> None:
        """Do what the card offered."""
        match step:
            case "add_file":
                self.files.choose(view)
            case NextStep.CHECK:
                self.payments_wanted.emit()
            case NextStep.VISIT:
                self.visit_wanted.emit(view.ticket.id)
            case NextStep.CALL_BACK:
                self._call_back(view)
            case NextStep.HOLD_VISIT:
                self._hold(view)
            case NextStep.OFFER_VISIT_AT_PRICE:
                self._offer(view)

    @async_slot
    async def _call_back(self, view: ClaimView) -> None:
        """A promise for tomorrow; it stands among the call-backs until it is kept."""
        by = Millis(self._session.now + DAY)
        what = self.tr("Call back about the payment")
        try:
            decided = await self._session.tickets.promise(
                view.ticket.reference, what, payer_of(view), by, self._session.person
            )
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._tell(self.tr("A call-back is promised"), decided.op_id)

    @async_slot
    async def _hold(self, view: ClaimView) -> None:
        """A planned visit goes back to ready, where it cannot be planned while it is held."""
        tickets, person = self._session.tickets, self._session.person
        reference = view.ticket.reference
        planned = str(view.ticket.fields.get("status")) == Status.SCHEDULED
        try:
            if planned:
                wanted = {"status": str(Status.READY)}
                decided = await tickets.set_fields(reference, wanted, person)
            else:
                text = self.tr("The visit is held until the payment is settled.")
                decided = await tickets.note(reference, text, person, internal=True)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._tell(self.tr("The visit is held"), decided.op_id)

    @async_slot
    async def _offer(self, view: ClaimView) -> None:
        """What was offered stands in the ticket, with the price of the configuration."""
        costs = self._session.opened.desk.configuration.payments.visit_cost
        currency = view.claim.currency
        price = terms.money(costs[currency], currency) if currency in costs else ""
        text = self.tr("Offered the visit at {price}.").format(price=price)
        if not price:
            text = self.tr("Offered the visit at its price.")
        try:
            decided = await self._session.tickets.note(
                view.ticket.reference, text, self._session.person
            )
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._tell(text, decided.op_id)

    def _tell(self, words: str, op_id: str) -> None:
        self._session.saved()
        self.done.emit(Done(words, op_id=op_id))
