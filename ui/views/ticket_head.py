"""Under a ticket's fault: its reference, state and origin in a line, and how far it has come."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.domain.tickets import Status
from app.domain.views import TicketDetail
from ui.delegates.parts import Part, Pill, danger, intake, lead, small, taken_in_outage
from ui.session import Session
from ui.terms import terms
from ui.theme import Space
from ui.times import moment
from ui.widgets.marks import PartsLabel
from ui.widgets.progress import Step, Stepper, StepState
from ui.widgets.surfaces import column

_PATH = (
    Status.NEW, Status.TO_COMPLETE, Status.READY, Status.SCHEDULED, Status.DONE, Status.CLOSED,
)  # fmt: skip
_STATES = (StepState.DONE, StepState.CURRENT, StepState.TO_COME)


class TicketHead(QWidget):
    """Shows what somebody who takes the ticket over asks first."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._origin = PartsLabel((), self).stretching()
        self._steps = Stepper(parent=self)
        box = column(self, gap=Space.S)
        box.addWidget(self._origin)
        box.addSpacing(Space.XS)
        box.addWidget(self._steps)

    def show_detail(self, detail: TicketDetail) -> None:
        """Follow the ticket."""
        self._origin.set_parts(self._origin_of(detail))
        self._steps.set_steps(self._path_of(detail))

    def _origin_of(self, detail: TicketDetail) -> tuple[Part, ...]:
        row = detail.row
        parts: list[Part] = [lead(row.reference), Pill(row.state)]
        if row.danger:
            parts.append(danger(terms.safety(row.safety)))
        if detail.fields.get("offline"):
            parts.append(taken_in_outage())
        parts.append(intake(str(detail.fields.get("intake") or "phone")))
        by = self._session.name_of(str(detail.fields.get("taken_by") or ""))
        time = moment(row.happened_at, self._session.now)
        parts.append(small(self.tr("{person}, {time}").format(person=by or "central", time=time)))
        return tuple(parts)

    def _path_of(self, detail: TicketDetail) -> tuple[Step, ...]:
        status = detail.row.status
        path: tuple[str, ...] = _PATH if status in _PATH else (Status.NEW, status)
        at = path.index(status)
        order = [(number > at) + (number >= at) for number in range(len(path))]
        first = moment(detail.row.happened_at, self._session.now)
        return tuple(
            Step(terms.status(one), _STATES[order[number]], first if number == 0 else "")
            for number, one in enumerate(path)
        )
