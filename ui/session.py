"""The opened desk as its screens know it: services, who sits here, what moved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal

from app.domain.central_services import Service
from app.domain.changes import Changes
from app.domain.errors import OffhookError
from app.domain.ids import Millis
from app.domain.people import Person
from app.domain.views import ServiceStatus, ServiceWord
from ui.changes import ChangeFeed
from ui.text import one_line

if TYPE_CHECKING:  # the services are imported by whoever opens the desk, beside the window
    from app.services.opened import OpenedDesk


class Session(QObject):
    """One per window, made when the desk is open.

    `changed` carries the joined `Changes` of commits, `statuses_changed` tells that a service's
    line moved, `person_changed` that somebody else sits here now, `refused` carries an
    OffhookError to be shown as a sentence.
    """

    changed = Signal(object)
    statuses_changed = Signal()
    person_changed = Signal()
    refused = Signal(object)

    def __init__(self, opened: OpenedDesk, person: Person, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.opened = opened
        self.intake = opened.intake
        self.tickets = opened.tickets
        self.finding = opened.finding
        self.outgoing = opened.outgoing
        self.sync = opened.sync
        self.settings = opened.settings
        self.person = person
        self._statuses = opened.sync.statuses(self.wall)
        self._feed = ChangeFeed(self)
        self._feed.changed.connect(self._pass_on)
        self._feed.statuses_moved.connect(self.read_statuses)
        self._feed.follow(opened.subscribe, opened.sync.subscribe)

    @property
    def now(self) -> Millis:
        """By central's clock, as what is recorded."""
        return self.opened.desk.clock.now()

    @property
    def wall(self) -> Millis:
        """By the machine's own clock, as the engine plans."""
        return self.opened.desk.wall.now()

    @property
    def language(self) -> str:
        """The two letters of the screens' language."""
        return QLocale().name().split("_")[0]

    @property
    def statuses(self) -> tuple[ServiceStatus, ...]:
        return self._statuses

    def status(self, service: Service) -> ServiceStatus | None:
        return next((one for one in self._statuses if one.service == service), None)

    def is_up(self, service: Service) -> bool:
        """Whether what is saved now goes out at once."""
        found = self.status(service)
        return found is not None and found.word not in (ServiceWord.DOWN, ServiceWord.SIGN_IN)

    def names(self) -> Mapping[str, str]:
        """Everybody of the configuration, by id."""
        return {one.id: one.name for one in self.opened.desk.configuration.people}

    def name_of(self, person_id: str) -> str:
        """As it is shown beside other words."""
        return one_line(self.names().get(person_id, person_id))

    def read_statuses(self) -> None:
        """Ask the engine how the services stand."""
        self._statuses = self.sync.statuses(self.wall)
        self.statuses_changed.emit()

    def set_person(self, person: Person) -> None:
        self.person = person
        self.person_changed.emit()

    def refuse(self, problem: OffhookError) -> None:
        """Let the window show a refusal or a fault of the environment."""
        self.refused.emit(problem)

    def saved(self) -> None:
        """Something was written: the engine may send it at once."""
        self.sync.nudge()

    def stop(self) -> None:
        """Hear nothing more; before the desk closes."""
        self._feed.stop()

    def _pass_on(self, changes: Changes) -> None:
        self.changed.emit(changes)
