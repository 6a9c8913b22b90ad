"""What a reduced ticket lacks, one item each, filled by keyboard while the customer talks."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLayout, QWidget

from app.domain.call import Claim
from app.domain.enrichment import ReducedTicket
from app.domain.tickets import Missing
from app.domain.views import CallerMatch
from ui.delegates.parts import Keys, Part, Spring, lead, second, small
from ui.terms import terms
from ui.text import ElidedLabel, WrappedLabel, one_line
from ui.theme import Space, Token, Type, theme
from ui.views.call_assist import address_of
from ui.views.call_claim import ClaimFields
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.field import Field
from ui.widgets.marks import PartsLabel
from ui.widgets.page_area import room_of
from ui.widgets.scrolled import Scrolled
from ui.widgets.surfaces import Surface, column, line

_MOST_OFFERS = 3
_ROOM_FOR_BOTH = 420
"""Pixels at 100 %."""


class EnrichmentItems(Surface):
    """`answered` carries (Missing, text); `claimed` a Claim; `known` a customer's id."""

    answered = Signal(object, str)
    claimed = Signal(object)
    known = Signal(str)
    provisional = Signal()

    def __init__(self, currency: str, parent: QWidget | None = None) -> None:
        super().__init__(Token.SURFACE, parent, line_left=True)
        self._currency = currency
        self.ticket: ReducedTicket | None = None
        self.fields: dict[Missing, Field] = {}
        self.coverage: Button | None = None
        """The first of the answers about coverage; None where it is known."""
        self.offers: tuple[CallerMatch, ...] = ()
        self._title = ElidedLabel("", self, step=Type.VIEW)
        self._about = WrappedLabel("", self, ink=Token.TEXT2)
        self._inside = Surface(Token.SURFACE)
        self._body = column(self._inside, gap=Space.L)
        self._body.setContentsMargins(Space.XL, Space.S, Space.XL, Space.L)
        self._scroll = Scrolled(self._inside, self)
        self.claim = ClaimFields(currency, self)
        self.claim_button = Button(self.tr("Save the claim"), self, keys="Enter")
        self._lay_out()
        self.claim_button.clicked.connect(self._save_claim)
        for field in self.claim.fields:
            field.entered.connect(self._save_claim)

    def _lay_out(self) -> None:
        head = column(gap=Space.XS)
        head.setContentsMargins(Space.XL, Space.L, Space.XL, Space.S)
        head.addWidget(self._title)
        head.addWidget(self._about)
        body = column(self)
        body.addLayout(head)
        body.addWidget(self._scroll, 1)
        paid = column(gap=Space.S)
        paid.setContentsMargins(Space.XL, 0, Space.XL, Space.L)
        paid.addWidget(self.claim)
        paid.addWidget(self.claim_button)
        body.addLayout(paid)
        for widget in (self.claim, self.claim_button):
            widget.hide()

    # --- showing ----------------------------------------------------------------------------

    def show_ticket(self, ticket: ReducedTicket | None, phone: str) -> None:
        """The items of a ticket; a field that is being typed in keeps its text."""
        kept = {part: field.text() for part, field in self.fields.items()}
        focused, was_inside = self._focused_part(), self._has_focus()
        typing_claim, cursor = self.claim.isVisible(), QApplication.focusWidget()
        same = (
            self.ticket is not None
            and ticket is not None
            and (self.ticket.ticket_id == ticket.ticket_id)
        )
        self.ticket = ticket
        self._empty()
        self.setVisible(ticket is not None)
        if ticket is None:
            return
        self._title.setText(f"{ticket.reference}  {one_line(ticket.customer)}".strip())
        said = " \u00b7 ".join(part for part in (phone, one_line(ticket.fault)) if part)
        self._about.set_passage(said or self.tr("Nothing is known of it yet."))
        for part in ticket.missing:
            if part is Missing.COVERAGE:
                self._add_coverage()
            else:
                self._add_field(part)
            if same and part in self.fields:
                self.fields[part].set_text(kept.get(part, ""))
        self._body.addStretch(1)
        if same and typing_claim and self.coverage is not None:
            self.open_claim()
            if cursor is not None and self.claim.isAncestorOf(cursor):
                cursor.setFocus(Qt.FocusReason.OtherFocusReason)
        elif same and was_inside:
            self.focus_item(focused)

    def show_offers(self, offers: Sequence[CallerMatch]) -> None:
        """Who the customer may be: one key each, never filled before a person says so."""
        self.offers = tuple(offers[:_MOST_OFFERS])
        if self.ticket is None:
            return
        box = column(gap=Space.XS)
        box.addWidget(ElidedLabel(self.tr("Customer"), self._inside, step=Type.LABEL,
                                  ink=Token.TEXT2))  # fmt: skip
        for at, match in enumerate(self.offers):
            box.addLayout(self._offer(at, match))
        new = Button(
            self.tr("Somebody new, provisional"), self._inside, kind=ButtonKind.LINK, keys="Alt+N"
        )
        new.clicked.connect(self.provisional)
        row = line()
        row.addWidget(new)
        row.addStretch(1)
        box.addLayout(row)
        self._body.insertLayout(max(0, self._body.count() - 1), box)

    def _offer(self, at: int, match: CallerMatch) -> QHBoxLayout:
        customer = match.customer
        parts: tuple[Part, ...] = (
            lead(one_line(customer.name)), second(one_line(address_of(customer))),
            small(terms.why_match(match.why)), Spring(), Keys(f"Alt+{at + 1}"),
        )  # fmt: skip
        button = Button(self.tr("It is them"), self._inside, kind=ButtonKind.LINK)
        button.clicked.connect(functools.partial(self.known.emit, customer.id))
        row = line()
        row.addWidget(PartsLabel(parts, self._inside).stretching(), 1)
        row.addWidget(button)
        return row

    def _add_field(self, part: Missing) -> None:
        field = Field(terms.missing(part), self._inside)
        field.entered.connect(functools.partial(self._answer, part))
        self.fields[part] = field
        self._body.addWidget(field)
        field.show()  # what does not show yet cannot take the focus

    def _add_coverage(self) -> None:
        box = column(gap=Space.S)
        box.addWidget(ElidedLabel(terms.missing(Missing.COVERAGE), self._inside, step=Type.LABEL,
                                  ink=Token.TEXT2))  # fmt: skip
        row = line()
        for text, keys, act in (
            (self.tr("Verified"), "Alt+V", functools.partial(self.cover, "verified")),
            (self.tr("Payment claimed"), "Alt+P", self.open_claim),
            (self.tr("Waived"), "Alt+W", functools.partial(self.cover, "waived")),
        ):
            button = Button(text, self._inside, keys=keys)
            button.clicked.connect(act)
            row.addWidget(button)
            button.show()
            self.coverage = self.coverage or button
        row.addStretch(1)
        box.addLayout(row)
        self._body.addLayout(box)

    def _empty(self) -> None:
        self.fields, self.coverage = {}, None
        for widget in (self.claim, self.claim_button):
            widget.hide()
        self._scroll.show()
        _clear(self._body)

    # --- answering --------------------------------------------------------------------------

    def focus_item(self, part: Missing | None = None) -> None:
        """To the item, or to the first one to ask."""
        field = self.fields.get(part) if part is not None else None
        found: QWidget | None = field or next(iter(self.fields.values()), self.coverage)
        if found is not None:
            found.setFocus(Qt.FocusReason.OtherFocusReason)

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def _focused_part(self) -> Missing | None:
        focused = QApplication.focusWidget()
        return next((part for part, one in self.fields.items() if one.edit is focused), None)

    def _answer(self, part: Missing) -> None:
        text = self.fields[part].text().strip()
        if text:
            self.fields[part].set_text("")
            self.answered.emit(part, text)

    def cover(self, coverage: str) -> None:
        """Verified by a plan that was seen, or waived by a person."""
        if self.ticket is not None and Missing.COVERAGE in self.ticket.missing:
            self.answered.emit(Missing.COVERAGE, coverage)

    def open_claim(self) -> None:
        """The caller says it is paid: amount, reference, provider, date."""
        if self.ticket is not None and Missing.COVERAGE in self.ticket.missing:
            self.claim.show()
            self.claim_button.show()
            low = min(self.height(), room_of(self)) / theme().effective_factor < _ROOM_FOR_BOTH
            self._scroll.setHidden(low)  # the questions come back with the claim's end
            self.claim.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def _save_claim(self) -> None:
        made: Claim | None = self.claim.claim()
        if made is None:
            self.claim.amount.set_error(self.tr("An amount such as 89.00"))
            self.claim.amount.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.claim.clear()
        self.claim_button.hide()
        self.claimed.emit(made)

    def choose(self, at: int) -> None:
        """The offer of that number is the customer."""
        if at < len(self.offers):
            self.known.emit(self.offers[at].customer.id)


def _clear(layout: QLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if inner is not None:
            _clear(inner)
        elif widget is not None:
            widget.hide()
            widget.deleteLater()
