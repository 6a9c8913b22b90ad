"""Beside the catch-up: other desks, the web's backlog, exposure, is it at central, call-backs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.catch_up import CatchUp, ClaimDue
from app.domain.desk_standing import Hearing, WatchedDesk
from app.domain.ids import Millis
from app.services.catch_up import AllDesks
from ui.delegates.parts import Icon, Part, Spring, Text, past_due, second, small
from ui.session import Session
from ui.terms import terms
from ui.text import one_line
from ui.theme import Size, Token, Type
from ui.times import moment, time_words
from ui.widgets.buttons import Button
from ui.widgets.card import Card, CardStack

_MOST_LINES = 12


class CatchUpCards(CardStack):
    """Built anew with each reading; the card of the desks only for those who may see them."""

    triage_wanted = Signal()
    call_backs_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.desks = Card("desktop", self.tr("Other desks"), self)
        self.web = Card("globe", self.tr("Web backlog"), self)
        self.exposure = Card("article", self.tr("Exposure"), self)
        self.same = Card("scales", self.tr("Same as central?"), self)
        self.calls = Card("phone-outgoing", self.tr("Call-back list"), self)
        for card in (self.desks, self.web, self.exposure, self.same, self.calls):
            self.add_card(card)
        self.desks.hide()

    # --- other desks ------------------------------------------------------------------------

    def show_desks(self, found: AllDesks | None) -> None:
        """None for people who may not see them: the card is not there at all."""
        card, now = self.desks, self._session.now
        card.clear()
        card.setVisible(found is not None)
        if found is None:
            return
        if not found.known:
            card.add_text(self.tr("Central is away; nobody knows how they stand."))
            return
        if all(one.hearing is Hearing.REMOVED for one in found.desks):
            card.add_text(self.tr("No other desk has unsent work, and none is silent."))
        for one in found.desks[:_MOST_LINES]:
            self._add_desk(one, now)
        rest = len(found.desks) - _MOST_LINES
        if rest > 0:
            card.add_text(self.tr("and %n more", "", rest), ink=Token.MUTED)

    def _add_desk(self, one: WatchedDesk, now: Millis) -> None:
        if one.hearing is Hearing.REMOVED:
            self._add_removed(one, now)
            return
        standing, report = one.standing, one.standing.report
        silent = one.hearing is Hearing.SILENT
        count = self.tr("%n unsent", "", one.unsent)
        icon = Icon("bell-slash" if silent else "desktop", Token.BAD if silent else Token.MUTED)
        name = Text(one_line(standing.name), step=Type.LEAD)
        self.desks.add_parts(icon, name, Spring(), second(count, tabular=True))
        words = []
        if silent and standing.last_seen is not None:
            words.append(
                self.tr("silent since {time}").format(time=moment(standing.last_seen, now))
            )
        if report is not None and report.oldest_unsent is not None:
            oldest = moment(report.oldest_unsent, now)
            words.append(self.tr("oldest {time}").format(time=oldest))
        if standing.extension:
            words.append(self.tr("extension {number}").format(number=standing.extension))
        ink = Token.BAD if silent else Token.MUTED
        self.desks.add_text(", ".join(words), Type.SMALL, ink, tabular=True)
        self.desks.add_text(self._last(one, now), Type.SMALL, Token.MUTED, tabular=True)

    def _add_removed(self, one: WatchedDesk, now: Millis) -> None:
        """A desk that is no more; what it said was unsent then, another desk has or nobody."""
        icon = Icon("trash", Token.MUTED)
        name = Text(one_line(one.standing.name), Token.TEXT2, Type.LEAD)
        left = (second(self.tr("%n unsent", "", one.unsent), tabular=True),) if one.unsent else ()
        self.desks.add_parts(icon, name, Spring(), *left)
        if one.standing.last_seen is not None:
            gone = self.tr("removed, last heard {time}").format(
                time=moment(one.standing.last_seen, now)
            )
            self.desks.add_text(gone, Type.SMALL, Token.MUTED, tabular=True)

    def _last(self, one: WatchedDesk, now: Millis) -> str:
        report = one.standing.report
        if report is None:
            return ""
        known = [at for at in report.as_of.values() if at is not None]
        words = [self.tr("version {number}").format(number=report.version)]
        if known:
            words.append(self.tr("data as of {time}").format(time=moment(min(known), now)))
        drill = moment(report.last_drill, now) if report.last_drill else self.tr("never")
        words.append(self.tr("last drill {time}").format(time=drill))
        return ", ".join(words)

    # --- the rest ---------------------------------------------------------------------------

    def show_found(self, found: CatchUp) -> None:
        """The cards that this desk's own store fills."""
        self._show_web(found)
        self._show_exposure(found)
        self._show_same(found)
        self._show_calls(found)

    def _show_web(self, found: CatchUp) -> None:
        card, backlog = self.web, found.backlog
        card.clear()
        words = self.tr("ticket(s) came in by web meanwhile", "", backlog.total)
        number = Text(str(backlog.total), step=Type.FIGURE_SMALL, fixed=True)
        card.add_parts(number, second(words))
        for label, count, note in (
            (self.tr("Actionable"), backlog.actionable, self.tr("in the lanes, by due")),
            (self.tr("To complete"), backlog.to_complete, self.tr("reduced form")),
            (self.tr("Quarantine"), backlog.quarantined, self.tr("kept, nothing deleted")),
        ):
            card.add_parts(
                Text(str(count), step=Type.LEAD, tabular=True, fixed=True),
                second(label),
                small(note),
            )
        button = Button(self.tr("Triage"), card, keys="T", height=Size.BUTTON_LINE)
        button.clicked.connect(self.triage_wanted)
        card.add_widget(button)

    def _show_exposure(self, found: CatchUp) -> None:
        card = self.exposure
        card.clear()
        if not found.claims:
            card.add_text(self.tr("No payment of the outage is unverified."))
            return
        for one in found.claims[:_MOST_LINES]:
            card.add_parts(*self._claim(one))
        for currency, cost in found.visits.items():
            amount = Text(terms.money(cost, currency), step=Type.LEAD, tabular=True)
            card.add_parts(second(self.tr("Visits, if nobody pays")), Spring(), amount)
        for currency, amount_ in found.exposure.items():
            total = Text(terms.money(amount_, currency), step=Type.STRONG, tabular=True)
            card.add_parts(second(self.tr("Together")), Spring(), total)

    def _claim(self, one: ClaimDue) -> tuple[Part, ...]:
        now = self._session.now
        who = second(one_line(one.who) or one.reference)
        amount = Text(terms.money(one.amount, one.currency), step=Type.LEAD, tabular=True)
        if one.next_at is None:
            return who, Spring(), amount
        until = time_words.until(one.next_at, now)
        when = past_due(until) if one.next_at <= now else small(until)
        return who, Spring(), amount, when

    def _show_same(self, found: CatchUp) -> None:
        card, count = self.same, len(found.taken)
        card.clear()
        if not count:
            card.add_text(self.tr("Nothing was taken here."))
        elif not found.unsent:
            words = self.tr("All %n are at central, once each.", "", count)
            card.add_parts(Icon("check", Token.OK), Text(words))
        else:
            words = self.tr("%n not at central yet; kept here.", "", found.unsent)
            card.add_parts(Icon("clock", Token.WARN), Text(words))
        said = self.tr("By central's own feed, one record per ticket.")
        card.add_text(said, Type.SMALL, Token.MUTED)

    def _show_calls(self, found: CatchUp) -> None:
        card, count = self.calls, len(found.call_backs)
        card.clear()
        card.add_text(self.tr("%n caller(s) were promised a call back.", "", count))
        late = sum(one.is_late(self._session.now) for one in found.call_backs)
        if late:
            card.add_parts(past_due(self.tr("%n past due", "", late)))
        button = Button(self.tr("Show list"), card, keys="B", height=Size.BUTTON_LINE)
        button.clicked.connect(self.call_backs_wanted)
        card.add_widget(button)
