"""The caller's word that it was paid: amount, reference, provider and date, never a card."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.call import Claim
from app.domain.payments.money import exponent, written
from ui.terms import terms
from ui.text import WrappedLabel
from ui.theme import Space, Token, Type
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.field import Field
from ui.widgets.surfaces import column, line

_LARGEST = 10**12


def minor_units(text: str, currency: str = "") -> int | None:
    """An amount as people write it (89, 89.00, 1.234,50) in minor units; None for other text."""
    places = exponent(currency)
    cleaned = text.strip().lstrip("£€$").replace(" ", "").replace("\u00a0", "")
    comma, point = cleaned.rfind(","), cleaned.rfind(".")
    decimal = "," if comma > point else "."
    if cleaned.count(decimal) == 1 and len(cleaned) - cleaned.rfind(decimal) - 1 == 3:
        cleaned = cleaned.replace(decimal, "")  # 1,234 is a thousand, not one and a bit
    elif decimal == ",":
        cleaned = cleaned.replace(".", "").replace(",", ".")
    else:
        cleaned = cleaned.replace(",", "")
    try:
        amount = Decimal(cleaned) * 10**places
    except InvalidOperation:
        return None
    if not amount.is_finite() or amount != amount.to_integral_value():
        return None
    return int(amount) if 0 < amount < _LARGEST else None


class ClaimFields(QWidget):
    """Four fields and a line that says what they mean; hidden until a payment is claimed."""

    edited = Signal()
    left = Signal()

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.amount = Field(self.tr("Amount paid"), self, placeholder="89.00")
        self.currency = Field(self.tr("Currency"), self)
        self.currency.set_text(currency)
        self.reference = Field(self.tr("Payment reference"), self)
        self.provider = Field(
            self.tr("Paid by"), self, placeholder=self.tr("Bank transfer, shop, app")
        )
        self.paid_on = Field(self.tr("Paid on"), self, placeholder=self.tr("2026-11-18"))
        self._summary = WrappedLabel("", self, step=Type.SMALL, ink=Token.TEXT2)
        self._remove = Button(self.tr("Remove the claim"), self, kind=ButtonKind.LINK)
        self._remove.clicked.connect(self.clear)
        self._lay_out()
        for field in self.fields:
            field.changed.connect(self._changed)
            field.left.connect(self.left)

    @property
    def fields(self) -> tuple[Field, ...]:
        return (self.amount, self.currency, self.reference, self.provider, self.paid_on)

    def _lay_out(self) -> None:
        first, second = line(gap=Space.L), line(gap=Space.L)
        first.addWidget(self.amount, 2)
        first.addWidget(self.currency, 1)
        first.addWidget(self.reference, 3)
        second.addWidget(self.provider, 3)
        second.addWidget(self.paid_on, 3)
        foot = line()
        foot.addWidget(self._summary, 1)
        foot.addWidget(self._remove)
        body = column(self, gap=Space.S)
        body.addLayout(first)
        body.addLayout(second)
        body.addLayout(foot)

    def claim(self) -> Claim | None:
        """What was claimed; None while there is no amount."""
        currency = self.currency.text().strip().upper()
        amount = minor_units(self.amount.text(), currency)
        if amount is None:
            return None
        return Claim(
            amount=amount,
            currency=currency,
            reference=self.reference.text().strip(),
            provider=self.provider.text().strip(),
            paid_on=self.paid_on.text().strip(),
        )

    def show_claim(self, claim: Claim | None) -> None:
        """Fill the fields with a stored claim."""
        if claim is None:
            return
        self.amount.set_text(written(claim.amount, claim.currency))
        self.currency.set_text(claim.currency)
        self.reference.set_text(claim.reference)
        self.provider.set_text(claim.provider)
        self.paid_on.set_text(claim.paid_on)

    def clear(self) -> None:
        """No claim after all."""
        for field in (self.amount, self.reference, self.provider, self.paid_on):
            field.set_text("")
        self.hide()
        self.edited.emit()

    def _changed(self) -> None:
        typed = bool(self.amount.text().strip())
        currency = self.currency.text().strip().upper()
        wrong = typed and minor_units(self.amount.text(), currency) is None
        self.amount.set_error(self.tr("An amount such as 89.00") if wrong else "")
        claim = self.claim()
        self._summary.set_passage(self._words(claim) if claim else "")
        self.edited.emit()

    def _words(self, claim: Claim) -> str:
        money = terms.money(claim.amount, claim.currency)
        return self.tr(
            "Not verified: {amount} claimed. It settles by itself when Billing knows of it."
        ).format(amount=money)
