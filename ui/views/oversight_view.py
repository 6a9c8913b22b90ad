"""What somebody must look at between the services and the outbox: incidents, held deletions."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.deletions import HeldDeletions
from app.domain.errors import OffhookError
from app.domain.incidents import Incident, IncidentKind
from app.domain.parity import Finding
from app.domain.times import DAY
from ui.session import Session
from ui.tasks import NewestWins, async_slot
from ui.terms import terms
from ui.theme import Space, State
from ui.views.disputed_lines import OtherDisputed
from ui.views.field_forms import TicketForm
from ui.widgets.buttons import Button, ButtonKind
from ui.widgets.field import Field
from ui.widgets.message import Message, MessageAction
from ui.widgets.surfaces import column

_Found = tuple[Sequence[HeldDeletions], Sequence[Incident]]
_REPAIRED = frozenset(one.value for one in Finding)


class Oversight(QWidget):
    """A line for what is held, one for what goes on, one for a copied folder, one for what stands
    though it was taken back, one for what was put right; mostly none.

    `grown` tells that it needs more or less room than before.
    """

    grown = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._held: HeldDeletions | None = None
        self.held = Message(State.REV, "warning", self)
        self.ongoing = Message(State.REV, "git-merge", self)
        self.overtaken = Message(State.REV, "warning", self)
        self.copied = Message(State.REV, "copy", self)
        self.repaired = Message(State.NEU, "check-circle", self)
        self.disputed = OtherDisputed(session, self)
        self.form = HeldForm(self)
        body = column(self, gap=Space.XS)
        body.setContentsMargins(Space.L, 0, Space.L, 0)
        lines = (self.ongoing, self.copied, self.overtaken, self.repaired)
        for widget in (self.held, self.form, self.disputed, *lines):
            body.addWidget(widget)
        self._newest = NewestWins(self._ask, self._show)
        self.held.acted.connect(lambda _key: self.decide())
        self.disputed.shown.connect(self.grown)
        self.form.shown.connect(self.grown)
        self.form.closed.connect(self.grown)
        self.form.released.connect(self.release)
        self.form.refused.connect(self.refuse)

    def reload(self) -> None:
        self._newest.request(None)
        self.disputed.reload()

    def changed(self) -> None:
        """An incident moved."""
        if self.isVisible():
            self.reload()

    async def _ask(self, _nothing: None) -> _Found:
        oversight = self._session.opened.oversight
        return await oversight.held(), await oversight.incidents()

    def _show(self, _nothing: None, found: _Found) -> None:
        held, incidents = found
        self._held = next((one for one in held if not one.refused), None)
        self._show_held()
        self._show_ongoing([one for one in incidents if one.closed_at is None])
        since = self._session.now - DAY
        lately = [one for one in incidents if one.last_at >= since]
        self._show_overtaken([one for one in lately if one.kind == IncidentKind.OVERTAKEN])
        self._show_copied([one for one in lately if one.kind == IncidentKind.COPIED])
        self._show_repaired([one for one in lately if one.kind in _REPAIRED])
        self.grown.emit()

    def _show_held(self) -> None:
        if self._held is None:
            self.held.clear()
            self.form.close_form()
            return
        name = terms.service(self._held.service)
        fact = self.tr(
            "{service}: %n record(s) were deleted at central and nobody announced it.",
            "", self._held.count,
        ).format(service=name)  # fmt: skip
        more = self.tr("They stay here until a supervisor decides.")
        decide = MessageAction("decide", self.tr("Decide"), "D", ButtonKind.PLAIN)
        self.held.show_message(fact, more, (decide,))

    def _show_ongoing(self, incidents: Sequence[Incident]) -> None:
        circles = [one for one in incidents if one.kind == IncidentKind.REDIRECT_CYCLE]
        split = [one for one in incidents if one.kind == IncidentKind.SPLIT_BRAIN]
        if split:
            names = ", ".join(terms.service(one.service) for one in split)
            self.ongoing.show_message(
                self.tr("Two centrals answer for {services}.").format(services=names),
                self.tr("Nothing is sent there until one of them is gone; all of it is kept."),
            )
        elif circles:
            self.ongoing.show_message(
                self.tr("%n merge(s) lead in a circle.", "", len(circles)),
                self.tr("Somebody at central has to take one of them back."),
            )
        else:
            self.ongoing.clear()

    def _show_overtaken(self, incidents: Sequence[Incident]) -> None:
        if not incidents:
            self.overtaken.clear()
            return
        self.overtaken.show_message(
            self.tr("%n change(s) stand at central though they were taken back.", "",
                    len(incidents)),
            self.tr("Central had lost its note of that; undo what should not stand."),
        )  # fmt: skip

    def _show_copied(self, incidents: Sequence[Incident]) -> None:
        if not incidents:
            self.copied.clear()
            return
        self.copied.show_message(
            self.tr("This desk's folder is a copy; it goes on under another code."),
            self.tr("Central refuses the other one; hand over what is unsent there."),
        )

    def _show_repaired(self, incidents: Sequence[Incident]) -> None:
        if not incidents:
            self.repaired.clear()
            return
        self.repaired.show_message(
            self.tr("%n record(s) here were not as at central.", "", len(incidents)),
            self.tr("Found and put right within the last day."),
        )

    # --- deciding -----------------------------------------------------------------------------

    def decide(self) -> None:
        """D: open the form for what is held."""
        if self._held is not None:
            self.form.open_form()
            self.form.reason.setFocus()

    @async_slot
    async def release(self, reason: str) -> None:
        await self._decided(reason, release=True)

    @async_slot
    async def refuse(self, reason: str) -> None:
        await self._decided(reason, release=False)

    async def _decided(self, reason: str, *, release: bool) -> None:
        if self._held is None:
            return
        oversight = self._session.opened.oversight
        decide = oversight.release if release else oversight.refuse
        try:
            _ = await decide(self._held.service, reason, self._session.person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self.form.close_form()
        self.reload()


class HeldForm(TicketForm):
    """Let the deletions happen, or keep the records; either needs its reason."""

    released = Signal(str)
    refused = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(
            self.tr("Deletions that nobody announced"), self.tr("Let them happen"), parent
        )
        self.reason = Field(self.tr("Why"), self)
        keep = Button(self.tr("Keep the records"), self, kind=ButtonKind.PLAIN)
        keep.clicked.connect(lambda: self.refused.emit(self.reason.text()))
        self._foot.add(keep, at=1)
        self._body.addWidget(self.reason)
        self._body.addLayout(self._foot)

    def save(self) -> None:
        self.released.emit(self.reason.text())

    def close_form(self) -> None:
        self.reason.set_text("")
        super().close_form()
