"""The caller's word that it was paid: amount, reference, provider and date, never a card."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.call import Claim
from app.domain.cards import last_four
from app.domain.payments.money import exponent, written
from ui.terms import terms
from ui.text import WrappedLabel
from ui.theme import Space, Token, Type
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.field import Field
from ui.widgets.flow import beside
from ui.widgets.surfaces import column, line

_LARGEST = 10**12
_SPOKEN_DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
"""The day first, as in both languages of the screens."""


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


def day_said(text: str) -> str:
    """A day as people write it (2026-11-18, 18.11.2026, 18/11/2026) in ISO 8601; else empty."""
    spoken = _SPOKEN_DAY.fullmatch(text.strip())
    try:
        if spoken is None:
            return date.fromisoformat(text.strip()).isoformat()
        day, month, year = map(int, spoken.groups())
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


class ClaimFields(QWidget):
    """What proves it, and a line that says what follows; hidden until a payment is claimed."""

    edited = Signal()
    left = Signal()

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.amount = Field(self.tr("Amount paid"), self, placeholder=self.tr("89.00"))
        self.currency = Field(self.tr("Currency"), self)
        self.currency.set_text(currency)
        self.reference = Field(self.tr("Payment reference"), self)
        self.provider = Field(
            self.tr("Paid by"), self, placeholder=self.tr("Bank transfer, shop, app")
        )
        self.paid_on = Field(self.tr("Paid on"), self, placeholder=self.tr("2026-11-18"))
        self.last4 = Field(self.tr("Card's last four"), self, placeholder="4242")
        self._summary = WrappedLabel("", self, step=Type.SMALL, ink=Token.TEXT2)
        self._remove = Button(self.tr("Remove the claim"), self, kind=ButtonKind.LINK)
        self._remove.clicked.connect(self.clear)
        self._lay_out()
        for field in self.fields:
            field.changed.connect(self._changed)
            field.left.connect(self.left)

    @property
    def fields(self) -> tuple[Field, ...]:
        return (
            self.amount, self.currency, self.reference, self.provider, self.paid_on, self.last4,
        )  # fmt: skip

    def _lay_out(self) -> None:
        foot = line()
        foot.addWidget(self._summary, 1)
        foot.addWidget(self._remove)
        body = column(self, gap=Space.S)
        body.addLayout(beside((self.amount, 2), (self.currency, 1), (self.reference, 3)))
        body.addLayout(beside((self.provider, 3), (self.paid_on, 2), (self.last4, 2)))
        body.addLayout(foot)

    def claim(self) -> Claim | None:
        """What was claimed; None while nothing is. The amount is 0 where it is not known."""
        currency, said = self.currency.text().strip().upper(), self.amount.text().strip()
        amount = minor_units(said, currency)
        provider = self.provider.text().strip()
        if amount is None and said:
            provider = f"{provider} ({said})".strip()  # never lost, whatever was typed there
        if amount is None and not (provider or any(field.text().strip() for field in self._proof)):
            return None
        paid_on = self.paid_on.text().strip()
        return Claim(
            amount=amount or 0,
            currency=currency,
            reference=self.reference.text().strip(),
            provider=provider,
            paid_on=day_said(paid_on) or paid_on,
            last4=last_four(self.last4.text()),
        )

    @property
    def _proof(self) -> tuple[Field, ...]:
        return (self.reference, self.provider, self.paid_on, self.last4)

    def show_claim(self, claim: Claim | None) -> None:
        """Fill the fields with a stored claim."""
        if claim is None:
            return
        self.amount.set_text(written(claim.amount, claim.currency) if claim.amount else "")
        self.currency.set_text(claim.currency)
        self.reference.set_text(claim.reference)
        self.provider.set_text(claim.provider)
        self.paid_on.set_text(claim.paid_on)
        self.last4.set_text(claim.last4)

    def clear(self) -> None:
        """No claim after all."""
        for field in (self.amount, *self._proof):
            field.set_text("")
        self.hide()
        self.edited.emit()

    def _changed(self) -> None:
        typed = bool(self.amount.text().strip())
        currency = self.currency.text().strip().upper()
        wrong = typed and minor_units(self.amount.text(), currency) is None
        self.amount.set_error(self.tr("An amount such as 89.00") if wrong else "")
        day = self.paid_on.text().strip()
        wrong = bool(day) and not day_said(day)
        self.paid_on.set_error(self.tr("A day such as 2026-11-18") if wrong else "")
        self._shorten()
        claim = self.claim()
        self._summary.set_passage(self._words(claim) if claim else "")
        self.edited.emit()

    def _shorten(self) -> None:
        """Of a whole card number only its end stays on the screen, and that it did is said."""
        typed = self.last4.text()
        kept = last_four(typed)
        if kept != typed:
            self.last4.set_error(self.tr("Only the last four digits are kept"))
            self.last4.set_text(kept)
        elif len(kept) < 4:
            self.last4.set_error("")

    def _words(self, claim: Claim) -> str:
        if not claim.amount:
            return self.tr("Not verified: a payment is claimed, its amount is not known.")
        money = terms.money(claim.amount, claim.currency)
        return self.tr(
            "Not verified: {amount} claimed. It settles by itself when Billing knows of it."
        ).format(amount=money)
