"""How the services stand: bar, outage line, what still works, the summary of coming back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.domain.central_services import Service
from app.domain.ids import Millis
from app.domain.views import OutboxCounts, ServiceStatus, ServiceWord
from ui.lanes import CATCH_UP
from ui.main_window import MainWindow
from ui.session import Session
from ui.terms import terms
from ui.theme import State
from ui.times import moment
from ui.widgets.message import MessageAction
from ui.widgets.service_bar import ServiceState
from ui.wording import wording


class OutageLine(QObject):
    """Follows the engine's statuses; hysteresis is theirs, so the line neither flaps nor nags."""

    status_wanted = Signal()

    def __init__(self, session: Session, window: MainWindow) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._waited = 0
        """The most that waited while the line stood."""
        self._returning = False
        session.statuses_changed.connect(self.show_statuses)
        window.outage.acted.connect(self._act)

    def show_statuses(self) -> None:
        """Status bar and outage line."""
        statuses, now = self._session.statuses, self._session.now
        self._window.bar.show_services([self._state(one, now) for one in statuses])
        named = [one for one in statuses if one.outage_since is not None]
        if not named:
            self._returning = self._returning or not self._window.outage.isHidden()
            self._window.outage.clear()
            return
        self._waited = max(self._waited, sum(one.waiting for one in named))
        actions = (
            MessageAction("works", self.tr("What still works")),
            MessageAction("status", wording.status()),
        )
        self._window.outage.show_message(*self._words(named, now), actions, steady=True)

    def show_counts(self, outbox: OutboxCounts) -> None:
        """Coming back is silent but for one summary (ux 16)."""
        if not self._returning or outbox.waiting or not self._waited:
            return
        sent = max(0, self._waited - outbox.needs_review)
        parts = [self.tr("%n sent", "", sent)]
        if outbox.needs_review:
            parts.append(wording.needs_review_count(outbox.needs_review))
        self._returning, self._waited = False, 0
        self._window.news.show_message(
            ", ".join(parts),
            actions=(
                MessageAction(CATCH_UP, self.tr("What is left to do"), "G, K"),
                MessageAction("ok", self.tr("Dismiss")),
            ),
            state=State.OK,
            icon="check-circle",
        )

    def show_what_works(self) -> None:
        """What can be done now, and what waits."""
        down = [one.service for one in self._session.statuses if one.word is ServiceWord.DOWN]
        fact = self.tr("Calls, tickets, search, notes and promises work on this computer.")
        waits = self._joined([terms.service(one) for one in down]) if down else ""
        more = self.tr("What needs {services} is sent by itself later.").format(services=waits)
        close = (MessageAction("ok", wording.close()),)
        self._window.news.show_message(
            fact, more if down else "", close, state=State.NEU, icon="lifebuoy"
        )

    def _act(self, key: str) -> None:
        if key == "status":
            self.status_wanted.emit()
        else:
            self.show_what_works()

    def _state(self, status: ServiceStatus, now: Millis) -> ServiceState:
        at = status.since if status.word is ServiceWord.DOWN else status.as_of
        time = moment(at, now) if at is not None else ""
        good = moment(status.last_good, now) if status.last_good is not None else ""
        tip = self.tr("Last good contact: {time}").format(time=good or self.tr("never"))
        name = terms.service(status.service)
        return ServiceState(status.service, name, status.word, time, f"{tip}\n{status.endpoint}")

    def _words(self, named: Sequence[ServiceStatus], now: Millis) -> tuple[str, str]:
        every = len(named) == len(Service)
        names = self._joined([terms.service(one.service) for one in named])
        names = self.tr("Central") if every else names
        since = min(one.outage_since for one in named if one.outage_since is not None)
        fact = self.tr("{services} unreachable since {time}.").format(
            services=names, time=moment(since, now)
        )
        waiting = sum(one.waiting for one in named)
        if any(one.service == Service.TICKETS for one in named):
            here = self.tr("New tickets are saved on this computer")
            wait = self.tr("%n waiting", "", waiting) if waiting else self.tr("none waits yet")
            more = f"{here}; {wait}."
        else:
            more = self.tr("Calls and tickets go on; its data is shown with its age.")
        return fact, more

    def _joined(self, names: Sequence[str]) -> str:
        if len(names) == 1:
            return names[0]
        return self.tr("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])
