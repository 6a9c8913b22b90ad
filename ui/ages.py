"""How old a group of fields is, and what can be said of it to the caller."""

from __future__ import annotations

from PySide6.QtCore import QObject

from app.domain.freshness import of_statuses
from app.domain.ids import Millis
from app.domain.tickets import Group
from app.domain.views import AsOf
from ui.session import Session
from ui.times import moment
from ui.widgets.card import Card


class Sayings(QObject):
    """One sentence for each group: what the agent can say while its data is old."""

    def say(self, group: Group, time: str) -> str:
        """With the time the data is from; without one it was never received."""
        if not time:
            return self._never(group)
        return {
            Group.CONTACT: self.tr(
                "I see your calls up to {time}. If you rang since, please tell me what was agreed."
            ),
            Group.CUSTOMER: self.tr(
                "I have your address and numbers as of {time}. Has anything changed since?"
            ),
            Group.COVERAGE: self.tr(
                "I see your plan as it was at {time}. I take the fault now; if your cover has "
                "changed, we ring you."
            ),
            Group.DEVICE: self.tr(
                "I have your devices as of {time}. If yours is newer, please read me its label."
            ),
            Group.FAULT: self.tr(
                "I see your ticket as it was at {time}. Somebody may have worked on it since."
            ),
            Group.PAYMENT: self.tr(
                "I cannot see payments made after {time} yet. I note yours; it is checked as soon "
                "as I can see it."
            ),
            Group.VISIT: self.tr(
                "I see your visit as planned at {time}. If it has moved, we ring you."
            ),
        }[group].format(time=time)

    def _never(self, group: Group) -> str:
        return {
            Group.CONTACT: self.tr(
                "I cannot see earlier calls just now. Please tell me what was agreed."
            ),
            Group.CUSTOMER: self.tr(
                "I cannot see your record just now. Please tell me your address and a number."
            ),
            Group.COVERAGE: self.tr(
                "I cannot see your plan just now. I take the fault all the same; we check your "
                "cover and ring you."
            ),
            Group.DEVICE: self.tr(
                "I cannot see your devices just now. Please read me the label of the one you "
                "ring about."
            ),
            Group.FAULT: self.tr(
                "I cannot see all of your ticket just now. Please tell me what you know of it."
            ),
            Group.PAYMENT: self.tr(
                "I cannot see payments just now. I note yours; it is checked as soon as I can "
                "see it."
            ),
            Group.VISIT: self.tr("I cannot see visits just now. We ring you to confirm the time."),
        }[group]

    def never(self) -> str:
        """In place of the time of data that was never received."""
        return self.tr("never")


sayings = Sayings()
"""The one to ask; it keeps no words."""


class Ages:
    """Marks cards with the age of what they show, as the services stand now."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of(self, group: Group) -> AsOf:
        """The group's age on any screen that shows it from the mirror."""
        return of_statuses(group, self._session.statuses)

    def mark(self, card: Card, group: Group, age: AsOf | None = None) -> bool:
        """Past the threshold: the mark and the sentence to say; whether it is."""
        found = age or self.of(group)
        if not found.stale:
            card.set_as_of("")
            return False
        time = self._time(found.at)
        card.set_as_of(time or sayings.never(), sayings.say(group, time))
        return True

    def _time(self, at: Millis | None) -> str:
        return moment(at, self._session.now) if at is not None else ""
