"""Claims, payments and what speaks for a pair, as rows of parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from app.domain.ids import Millis
from app.domain.payments.claims import ClaimState, Patience
from app.domain.payments.policy import Hold
from app.domain.payments.reasons import AGAINST, BIT, POINTS, Reason
from app.domain.payments.reconciliation import ClaimView
from app.services.settlements import OfferedLine
from ui.claim_words import COMPARES, claim_words
from ui.delegates.parts import Bar, Break, Icon, Part, RowKind, Spring, Tag, Text, group_head, small
from ui.delegates.rows import PartsRow
from ui.session import Session
from ui.terms import terms
from ui.text import one_line
from ui.theme import State, Token, Type
from ui.times import date, local

_FULL = 120
"""Points of a line that says everything right."""
_EDGE = Text("", fixed=True)
"""Room between a figure at the right and the edge of the table."""
_URGENT = frozenset({Patience.SUPERVISOR, Patience.STOP, Patience.ASK})


def payer_of(view: ClaimView) -> str:
    """Who the claim is of, as the desk knows them."""
    return one_line(str(view.said_in.fields.get("caller_name") or "")) or view.ticket.reference


class ClaimRows(QObject):
    """Makes the rows of the payments screen."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    # --- claims -----------------------------------------------------------------------------

    def claim(self, view: ClaimView, hold: Hold | None) -> PartsRow:
        """Who and which ticket; how much and when; how long there is."""
        claim = view.claim
        said = (view.ticket.reference, claim.provider, self._reference(view), self._card(view))
        who = (
            Text(payer_of(view), step=Type.LEAD), Break(),
            small(", ".join(one_line(part) for part in said if part), Token.TEXT2),
        )  # fmt: skip
        amount = terms.money(view.open_amount or claim.amount, claim.currency)
        if not claim.amount:
            amount = self.tr("not known")
        money = (
            Spring(), Text(amount, step=Type.LEAD, tabular=True), Break(), Spring(),
            small(date(claim.paid_on) if claim.paid_on else "", Token.TEXT2),
        )  # fmt: skip
        left = self._held(hold) if hold is not None else self._left(view)
        return PartsRow(claim.id, (who, money, left), RowKind.TALL)

    def _reference(self, view: ClaimView) -> str:
        reference = one_line(view.claim.reference)
        return self.tr("ref {reference}").format(reference=reference) if reference else ""

    def _card(self, view: ClaimView) -> str:
        last = one_line(view.claim.last4)
        return self.tr("ends {digits}").format(digits=last) if last else ""

    def _held(self, hold: Hold) -> tuple[Part, ...]:
        name = one_line(self._session.name_of(hold.asked)) if hold.asked else ""
        asked = self.tr("{person} decides").format(person=name) if name else self.tr("nobody asked")
        tag = Tag(self.tr("Held"), State.REV, "hand-palm")
        return (Spring(), tag, _EDGE, Break(), Spring(), small(asked, Token.TEXT2), _EDGE)

    def _left(self, view: ClaimView) -> tuple[Part, ...]:
        if view.state is not ClaimState.NOT_VERIFIED:
            word = Text(claim_words.state(view.state), step=Type.LEAD)
            how = small(self._how(view), Token.TEXT2)
            return (Spring(), word, _EDGE, Break(), Spring(), how, _EDGE)
        now = self._session.now
        words = claim_words.patience(view.patience, view.next_at, now)
        first: tuple[Part, ...] = (Text(words, tabular=True),)
        if view.patience in _URGENT:
            late = Text(words, Token.BAD, Type.LEAD, tabular=True)
            first = (Icon("hourglass", Token.BAD), late)
        second = self.lines(view) if view.choices else claim_words.follows(view.patience)
        return (Spring(), *first, _EDGE, Break(), Spring(), small(second, Token.TEXT2), _EDGE)

    def _how(self, view: ClaimView) -> str:
        if view.by_hand:
            return self.tr("by hand")
        return self.tr("by itself") if view.settled_by else self.tr("decided")

    def lines(self, view: ClaimView) -> str:
        """How many payments may be the claim's."""
        if not view.choices:
            return self.tr("no line yet")
        return self.tr("%n possible line(s)", "", len(view.choices))

    # --- payments ---------------------------------------------------------------------------

    def lines_of(self, offered: Sequence[OfferedLine]) -> list[PartsRow]:
        """The likely ones, best first; what else came in stands below a head of its own."""
        likely = [one for one in offered if one.likely]
        rest = [one for one in offered if not one.likely]
        rows = [self.line(one, best=at == 0) for at, one in enumerate(likely)]
        if rest:
            head = group_head(self.tr("Other open payments"), len(rest))
            rows.append(PartsRow(None, (head, (), ()), RowKind.HEAD))
        return rows + [self.line(one, best=False) for one in rest]

    def line(self, offered: OfferedLine, *, best: bool) -> PartsRow:
        """Payer and words of the bank; what is left of it; how well it fits."""
        payment = offered.payment
        who = (
            Text(one_line(payment.payer) or self.tr("no name"), step=Type.LEAD), Break(),
            small(one_line(payment.text), Token.TEXT2),
        )  # fmt: skip
        money = (
            Spring(), Text(terms.money(payment.amount, payment.currency), step=Type.LEAD,
                           tabular=True),
            Break(), Spring(), small(date(payment.day.isoformat()), Token.TEXT2),
        )  # fmt: skip
        figure = Text(str(offered.score), step=Type.LEAD if best else Type.BODY, tabular=True)
        fits = (Spring(), Bar(max(0, offered.score) / _FULL, loud=best), figure, _EDGE)
        return PartsRow(payment.id, (who, money, fits), RowKind.TALL)

    # --- why --------------------------------------------------------------------------------

    def why(self, view: ClaimView, offered: OfferedLine) -> list[PartsRow]:
        """One row for each thing compared, with its points; they add up to the score."""
        here, there = self._sides(view, offered)
        return [self._reason(one, here, there) for one in offered.reasons]

    def _sides(
        self, view: ClaimView, offered: OfferedLine
    ) -> tuple[Mapping[str, str], Mapping[str, str]]:
        claim, payment = view.claim, offered.payment
        numbers = view.said_in.fields.get("caller_phone")
        named = dict.fromkeys((claim.reference, view.said_in.reference, view.ticket.reference))
        claimed = {
            "amount": terms.money(view.open_amount, claim.currency),
            "reference": ", ".join(one for one in named if one),
            "payer": payer_of(view),
            "phone": str(numbers or ""),
            "day": date(claim.paid_on) or self.day(claim.at),
        }
        paid = {
            "amount": terms.money(payment.amount, payment.currency),
            "reference": payment.text,
            "payer": payment.payer,
            "phone": payment.text,
            "day": date(payment.day.isoformat()),
        }
        return claimed, paid

    def day(self, at: Millis) -> str:
        """The day of an instant, as dates are written."""
        return date(local(at).date().isoformat())

    def _reason(
        self, reason: Reason, here: Mapping[str, str], there: Mapping[str, str]
    ) -> PartsRow:
        about = COMPARES[reason]
        against = bool(BIT[reason] & AGAINST)
        points = POINTS[reason]
        icon = Icon("warning", Token.WARN) if against else Icon("check", Token.OK)
        figure = Text(f"{points:+d}".replace("-", "\u2212"), step=Type.LEAD, tabular=True)
        cells: tuple[tuple[Part, ...], ...] = (
            (icon, Text(claim_words.compared(reason))),
            (Text(one_line(here[about])),),
            (Text(one_line(there[about])), small(claim_words.reason(reason))),
            (Spring(), figure, _EDGE),
        )
        return PartsRow(str(reason), cells)
