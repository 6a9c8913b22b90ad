"""Words of payment claims: states, what to do next, countdown, caps, and why a line fits."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.ids import Millis
from app.domain.payments.claims import ClaimState, NextStep, Patience
from app.domain.payments.policy import Cap
from app.domain.payments.reasons import Reason
from app.domain.payments.statements import Balances
from ui.times import time_words


class ClaimWords(QObject):
    """One word per idea, in the language of now; `claim_words` is the one to ask."""

    def state(self, state: ClaimState) -> str:
        """Never "paid" before it is checked."""
        return {
            ClaimState.NOT_VERIFIED: self.tr("Not verified"),
            ClaimState.VERIFIED: self.tr("Verified"),
            ClaimState.UNPAID: self.tr("Unpaid"),
            ClaimState.DISPUTED: self.tr("Disputed"),
            ClaimState.WAIVED: self.tr("Waived"),
        }[state]

    def step(self, step: NextStep) -> str:
        """What a desk does about a claim in its state."""
        return {
            NextStep.CHECK: self.tr("Check it against a statement"),
            NextStep.CALL_BACK: self.tr("Call back about the payment"),
            NextStep.HOLD_VISIT: self.tr("Hold the visit"),
            NextStep.OFFER_VISIT_AT_PRICE: self.tr("Offer the visit at a price"),
            NextStep.VISIT: self.tr("The visit may go ahead"),
        }[step]

    def patience(self, patience: Patience, next_at: Millis | None, now: Millis) -> str:
        """How long until something happens with it."""
        if patience is Patience.STOP:
            return self.tr("time is over")
        if patience is Patience.ASK:
            return self.tr("a supervisor decides")
        return time_words.length(next_at - now) if next_at is not None else ""

    def follows(self, patience: Patience) -> str:
        """What happens when the time is over."""
        return {
            Patience.RUNNING: self.tr("then it warns"),
            Patience.WARN: self.tr("then to a supervisor"),
            Patience.SUPERVISOR: self.tr("then the visit is held"),
            Patience.STOP: self.tr("the visit is held"),
            Patience.ASK: self.tr("Billing's data is older"),
        }[patience]

    def cap(self, cap: Cap) -> str:
        """Which limit a ticket goes beyond."""
        return {
            Cap.CUSTOMER_COUNT: self.tr("too many open claims of this customer"),
            Cap.CUSTOMER_MONEY: self.tr("too much money claimed by this customer"),
            Cap.DESK_COUNT: self.tr("too many open claims at its desk"),
            Cap.DESK_MONEY: self.tr("too much money claimed at its desk"),
        }[cap]

    def balances(self, balances: Balances) -> str:
        """What opening, lines and closing say of each other."""
        return {
            Balances.ADD_UP: self.tr("adds up"),
            Balances.MISSING: self.tr("no balances"),
            Balances.DIFFER: self.tr("does not add up"),
        }[balances]

    def compared(self, reason: Reason) -> str:
        """What of claim and line a reason compares."""
        return {
            _AMOUNT: self.tr("Amount"),
            _REFERENCE: self.tr("Reference"),
            _PAYER: self.tr("Payer"),
            _PHONE: self.tr("Phone"),
            _DAY: self.tr("Date"),
        }[COMPARES[reason]]

    def reason(self, reason: Reason) -> str:
        """What speaks for a match or against it."""
        return {
            Reason.REFERENCE: self.tr("the same"),
            Reason.REFERENCE_SLIP: self.tr("one slip of the pen"),
            Reason.REFERENCE_OTHER: self.tr("another reference of the same kind"),
            Reason.PHONE: self.tr("the same number"),
            Reason.AMOUNT: self.tr("the same"),
            Reason.AMOUNT_LESS_FEE: self.tr("less a bank's fee"),
            Reason.AMOUNT_SWAPPED: self.tr("two digits swapped"),
            Reason.SUM_OF_SEVERAL: self.tr("the sum of several"),
            Reason.NAME: self.tr("the same name"),
            Reason.NAME_PART: self.tr("a part of the name"),
            Reason.NAME_OTHER: self.tr("another name"),
            Reason.DAY: self.tr("within a few days"),
            Reason.DAY_FAR: self.tr("far apart"),
        }[reason]


_AMOUNT, _REFERENCE, _PAYER, _PHONE, _DAY = "amount", "reference", "payer", "phone", "day"
COMPARES: dict[Reason, str] = {
    Reason.REFERENCE: _REFERENCE, Reason.REFERENCE_SLIP: _REFERENCE,
    Reason.REFERENCE_OTHER: _REFERENCE, Reason.PHONE: _PHONE, Reason.AMOUNT: _AMOUNT,
    Reason.AMOUNT_LESS_FEE: _AMOUNT, Reason.AMOUNT_SWAPPED: _AMOUNT,
    Reason.SUM_OF_SEVERAL: _AMOUNT, Reason.NAME: _PAYER, Reason.NAME_PART: _PAYER,
    Reason.NAME_OTHER: _PAYER, Reason.DAY: _DAY, Reason.DAY_FAR: _DAY,
}  # fmt: skip
"""Reason → what it compares."""

claim_words = ClaimWords()
"""The one to ask; it keeps no words."""
