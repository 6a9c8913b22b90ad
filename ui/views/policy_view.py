"""The limits on what may stand unverified, and what they allow at the very worst."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from app.domain.payments.exposure import Exposure
from app.domain.people import Role
from app.services.claim_work import Work
from ui.delegates.parts import Spring, Text, lead, second
from ui.session import Session
from ui.terms import terms
from ui.text import one_line
from ui.theme import Space, Token, Type
from ui.times import time_words
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.card import Card, CardStack
from ui.widgets.surfaces import Surface, column
from ui.widgets.view_head import ActionFoot


class PolicyView(Surface):
    """Read only: the organisation's configuration sets every one of these."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(Token.SURFACE, parent)
        self._session = session
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Limits"))
        self._stack = CardStack(self, line_left=False)
        self.caps = Card("scales", self.tr("Limits per customer and desk"), self)
        self.worst = Card("warning", self.tr("The worst case"), self)
        self.times = Card("hourglass", self.tr("Countdown of a claim"), self)
        self.asked = Card("users-three", self.tr("Who decides about held tickets"), self)
        for card in (self.worst, self.caps, self.times, self.asked):
            self._stack.add_card(card)
        back = Button(self.tr("Back"), self, kind=ButtonKind.QUIET, icon="arrow-left", keys="Esc")
        back.clicked.connect(self.left)
        foot = ActionFoot(self)
        foot.add_left(back)
        body = column(self)
        body.addWidget(self._stack, 1)
        body.addWidget(foot)
        body.setSpacing(Space.S)

    def show_work(self, work: Work) -> None:
        """The limits of now beside what stands open now."""
        for card in (self.caps, self.worst, self.times, self.asked):
            card.clear()
        self._show_caps()
        for one in work.exposure:
            self._show_worst(one)
        self._show_times()
        self._show_asked()

    def _show_caps(self) -> None:
        policy = self._session.opened.desk.configuration.payments
        card = self.caps
        _pair(card, self.tr("Open claims per customer"), str(policy.per_customer))
        _pair(card, self.tr("Open claims per desk"), str(policy.per_desk))
        for currency, amount in policy.money_per_customer.items():
            _pair(card, self.tr("Claimed per customer"), terms.money(amount, currency))
        for currency, amount in policy.money_per_desk.items():
            _pair(card, self.tr("Claimed per desk"), terms.money(amount, currency))
        for currency, amount in policy.visit_cost.items():
            _pair(card, self.tr("Standard cost of a visit"), terms.money(amount, currency))
        card.add_text(
            self.tr("A limit never blocks saving: the ticket is saved, its visit waits for a "
                    "decision. Danger is never held.")
        )  # fmt: skip

    def _show_worst(self, one: Exposure) -> None:
        desk = self._session.opened.desk.configuration
        policy, desks = desk.payments, len(desk.desks)
        visit = policy.visit_cost.get(one.currency, 0)
        card = self.worst
        visits = self.tr("{desks} desks \u00d7 {tickets} tickets \u00d7 {cost} a visit").format(
            desks=desks, tickets=policy.per_desk, cost=terms.money(visit, one.currency)
        )
        _pair(card, visits, terms.money(one.worst_visits, one.currency))
        if one.worst is None:
            card.add_text(
                self.tr("No limit of money claimed is set for {currency}: the visits alone are "
                        "bounded.").format(currency=one_line(one.currency))
            )  # fmt: skip
        else:
            cap = policy.money_per_desk[one.currency]
            money = self.tr("{desks} desks \u00d7 {cap} claimed").format(
                desks=desks, cap=terms.money(cap, one.currency)
            )
            _pair(card, money, terms.money(one.worst - one.worst_visits, one.currency))
            _pair(card, self.tr("Together"), terms.money(one.worst, one.currency), strong=True)
        _pair(card, self.tr("Open now"), terms.money(one.total, one.currency))

    def _show_times(self) -> None:
        policy = self._session.opened.desk.configuration.payments
        countdown = policy.countdown
        for what, length in (
            (self.tr("Warns after"), countdown.warn),
            (self.tr("Goes to a supervisor after"), countdown.supervisor),
            (self.tr("Holds the visit after"), countdown.stop),
        ):
            _pair(self.times, what, time_words.length(length))
        self.times.add_text(
            self.tr("It never holds a visit by itself while Billing's data is older than the "
                    "claim; then a supervisor is asked.")
        )  # fmt: skip

    def _show_asked(self) -> None:
        desk = self._session.opened.desk.configuration
        names = _supervisors(self._session)
        for at, name in enumerate(names, 1):
            self.asked.add_parts(lead(f"{at}."), Text(one_line(name)))
        if not names:
            self.asked.add_text(self.tr("The configuration names no supervisor."), ink=Token.BAD)
            return
        wait = time_words.length(desk.payments.undecided_ms)
        self.asked.add_text(
            self.tr("Undecided after {length}, a held ticket goes to the next.").format(length=wait)
        )


def _supervisors(session: Session) -> list[str]:
    people = session.opened.desk.configuration.people
    return [one.name for one in people if Role.SUPERVISOR in one.roles and one.revoked_at is None]


def _pair(card: Card, what: str, amount: str, *, strong: bool = False) -> None:
    step = Type.STRONG if strong else Type.LEAD
    card.add_parts(second(what), Spring(), Text(amount, step=step, tabular=True, fixed=True))
