"""The figures above the claims: exposure per currency as a meter, what settles next, what did."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.domain.payments.claims import ClaimState
from app.domain.payments.exposure import Exposure
from app.domain.payments.reconciliation import ClaimView
from app.services.claim_work import Work
from app.services.settlements import StatementShown
from ui.claim_words import claim_words
from ui.session import Session
from ui.terms import terms
from ui.text import ElidedLabel, one_line
from ui.theme import VERY_NARROW_BELOW, Space, Token, Type, theme
from ui.times import day
from ui.views.claim_rows import payer_of
from ui.widgets.progress import Meter
from ui.widgets.surfaces import Surface, column, line

_SETTLED = frozenset({ClaimState.VERIFIED, ClaimState.WAIVED})


class Figure(QWidget):
    """A label, one large figure, a line below."""

    def __init__(self, label: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = ElidedLabel(label, self, step=Type.SMALL, ink=Token.TEXT2)
        self._figure = ElidedLabel("", self, step=Type.FIGURE_SMALL)
        self._below = ElidedLabel("", self, step=Type.SMALL, ink=Token.TEXT2, tabular=True)
        body = column(self, gap=Space.RING)
        for widget in (self._label, self._figure, self._below):
            body.addWidget(widget)

    def show_figure(self, figure: str, below: str) -> None:
        """The figure and what it is of."""
        self._figure.setText(figure)
        self._below.setText(below)


class CurrencyMeter(QWidget):
    """What stands open in one currency, of what the caps allow at the very worst."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure = ElidedLabel("", self, step=Type.FIGURE)
        self._of = ElidedLabel("", self, ink=Token.TEXT2, tabular=True)
        self._made_of = ElidedLabel("", self, step=Type.SMALL, ink=Token.TEXT2, tabular=True)
        self._meter = Meter("", self)
        head = line(gap=Space.S)
        head.addWidget(self._figure)
        head.addWidget(self._of, 1)
        body = column(self, gap=Space.XS)
        body.addLayout(head)
        body.addWidget(self._meter)
        body.addWidget(self._made_of)

    def show_exposure(self, one: Exposure) -> None:
        """The meter of one currency, its figures in words beside it."""
        money = terms.money
        total = money(one.total, one.currency)
        self._figure.setText(total)
        self._figure.setMinimumWidth(self._figure.sizeHint().width())
        most = one.worst if one.worst is not None else one.worst_visits
        of = self.tr("of {amount} at worst").format(amount=money(most, one.currency))
        self._of.setText(of if most else "")
        made_of = self.tr("%n visit(s) {visits}, claimed {claimed}", "", one.tickets).format(
            visits=money(one.visits, one.currency), claimed=money(one.claimed, one.currency)
        )
        self._made_of.setText(made_of)
        self._meter.set_share(one.total / most if most else 0.0, f"{total} {of}. {made_of}")


class ClaimFigures(Surface):
    """All figures in one line; very narrow, the meters alone."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Token.SURFACE, parent, line_below=True)
        self._session = session
        self._label = ElidedLabel(self.tr("Exposure"), self, step=Type.SMALL, ink=Token.TEXT2)
        self._meters: list[CurrencyMeter] = []
        self._column = column(gap=Space.S)
        self._column.addWidget(self._label)
        self.next_ = Figure(self.tr("Next to settle"), self)
        self.settled = Figure(self.tr("Settled"), self)
        self.statement = Figure(self.tr("Statement"), self)
        row = line(self, gap=Space.XL)
        row.setContentsMargins(Space.L, Space.S, Space.L, Space.L)
        row.addLayout(self._column, 4)
        for figure in (self.next_, self.settled, self.statement):
            row.addWidget(figure, 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.window().width() / theme().effective_factor < VERY_NARROW_BELOW
        for figure in (self.next_, self.settled, self.statement):
            figure.setHidden(narrow)

    def show_work(self, work: Work, statement: StatementShown) -> None:
        """Everything that follows from the claims of now."""
        self._show_meters(work.exposure)
        self._show_next(work.claims)
        by_hand = sum(one.state in _SETTLED and bool(one.by_hand) for one in work.claims)
        alone = sum(one.settled_by is not None and not one.by_hand for one in work.claims)
        every = sum(one.state in _SETTLED for one in work.claims)
        how = self.tr("{alone} by themselves, {hand} by hand").format(alone=alone, hand=by_hand)
        self.settled.show_figure(str(every), how)
        self._show_statement(statement, len(work.open_payments))

    def _show_meters(self, exposure: Sequence[Exposure]) -> None:
        while len(self._meters) < len(exposure):
            made = CurrencyMeter(self)
            self._meters.append(made)
            self._column.addWidget(made)
        for at, meter in enumerate(self._meters):
            meter.setVisible(at < len(exposure))
            if at < len(exposure):
                meter.show_exposure(exposure[at])

    def _show_next(self, claims: Sequence[ClaimView]) -> None:
        ahead = [one for one in claims if one.next_at is not None]
        if not ahead:
            self.next_.show_figure("\u2013", "")
            return
        first = min(ahead, key=lambda one: one.next_at or 0)
        left = claim_words.patience(first.patience, first.next_at, self._session.now)
        amount = terms.money(first.open_amount, first.claim.currency)
        self.next_.show_figure(left, f"{payer_of(first)}, {amount}")

    def _show_statement(self, shown: StatementShown, open_: int) -> None:
        if shown.imported_at is None:
            self.statement.show_figure("\u2013", self.tr("none imported yet"))
            return
        lines = self.tr("%n line(s)", "", shown.lines)
        rest = self.tr("{count} payments open").format(count=open_)
        said = ", ".join(part for part in (one_line(shown.account), lines, rest) if part)
        self.statement.show_figure(day(shown.imported_at, self._session.now), said)
