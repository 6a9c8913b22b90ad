"""The status: each service on its own, its endpoint, last good contact, age, next try."""

from __future__ import annotations

from contextlib import suppress

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from app.domain.central_services import Service
from app.domain.errors import StoreFault
from app.domain.views import CopyWord, SecondCopy, ServiceStatus, ServiceWord
from app.ports.central import EndpointState
from ui.actions import Act, Actions
from ui.delegates.parts import AsOf, Break, Part, RowKind, Text, lead, small
from ui.delegates.rows import PartsModel, PartsRow, row_height
from ui.session import Session
from ui.tasks import async_slot
from ui.terms import terms
from ui.text import one_line
from ui.theme import VERY_NARROW_BELOW, Size, Space, Token, Type, theme
from ui.times import clock_seconds, moment, time_words
from ui.views.outgoing_view import OutgoingView
from ui.views.oversight_view import Oversight
from ui.widgets.buttons import Button
from ui.widgets.page_area import room_of
from ui.widgets.parts_view import PartsTable
from ui.widgets.service_bar import service_parts
from ui.widgets.surfaces import column
from ui.widgets.view_head import ViewHead

_ROOM_FOR_BOTH = 560
"""Pixels at 100 %."""
_GOOD_CONTACT = 3


class Delivery(QWidget):
    """Status above, outbox below: what is unreachable, and what waits because of it."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.status = StatusView(session, actions, self)
        self.oversight = Oversight(session, self)
        self.outbox = OutgoingView(session, actions, self)
        self._outbox_asked = True
        body = column(self)
        body.addWidget(self.status)
        body.addWidget(self.oversight)
        body.addWidget(self.outbox, 1)
        self.oversight.grown.connect(self._fit)
        actions.bind(Act.DECIDE_HELD, self, self.oversight.decide)

    def show_both(self, *, outbox: bool) -> None:
        """Read both; the focus goes to the one that was asked for, which stands alone where
        there is no room for two.
        """
        self._outbox_asked = outbox
        self._fit()
        self.status.show_statuses()
        self.oversight.reload()
        self.outbox.reload()
        if outbox:
            self.outbox.focus_list()
        else:
            self.status.table.setFocus()

    def _fit(self) -> None:
        room = room_of(self)
        low = room / theme().effective_factor < _ROOM_FOR_BOTH
        over = self.oversight.sizeHint().height() if low else 0
        self.status.fit_into(room - over if low else None)
        deciding = not self.oversight.form.isHidden()
        self.status.setHidden(low and (self._outbox_asked or deciding))
        self.outbox.setHidden(low and not self._outbox_asked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class StatusView(QWidget):
    """Six lines, one per service."""

    def __init__(self, session: Session, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.head = ViewHead(self.tr("Status"), self)
        self._show_copy(SecondCopy(CopyWord.CURRENT))
        probe = Button(self.tr("Probe all now"), self.head, icon="arrows-clockwise", keys="P")
        probe.clicked.connect(self.probe)
        self.head.add_action(probe)
        heads = (
            self.tr("Service"), self.tr("State"), self.tr("Endpoint in use"),
            self.tr("Last good contact"), self.tr("Data as of"), self.tr("Next try"),
        )  # fmt: skip
        self.model = PartsModel(heads, self)
        self.table = PartsTable(self.tr("Services"), self)
        self.table.setModel(self.model)
        body = column(self)
        body.addWidget(self.head)
        body.addWidget(self.table)
        self._set_widths()
        self._fit()
        session.statuses_changed.connect(self.show_statuses)
        actions.bind(Act.PROBE, self, self.probe)

    def _set_widths(self) -> None:
        header, metrics = self.table.header(), theme().metrics(Type.LEAD, tabular=True)
        header.setStretchLastSection(False)
        samples = (
            "Notifications, 99 waiting", "down since Mon 10:42", "", "Last good contact 10",
            "as of Mon 10:42", "Mon 10:42:00",
        )  # fmt: skip
        for at, sample in enumerate(samples):
            if sample:
                header.resizeSection(at, metrics.horizontalAdvance(sample) + Space.XL)
            else:
                header.setSectionResizeMode(at, QHeaderView.ResizeMode.Stretch)

    def _fit(self, most: int | None = None) -> None:
        """As high as its six rows, for the outbox stands below; never higher than `most`."""
        rows = len(Service) * row_height(RowKind.TWO_LINES, theme())
        head = self.table.header().sizeHint().height()
        full = rows + max(head, theme().px(Size.COLUMN_HEAD)) + Space.S
        least = full - rows + 2 * row_height(RowKind.TWO_LINES, theme())
        room = full if most is None else max(least, min(full, most))
        policy = Qt.ScrollBarPolicy
        self.table.setFixedHeight(room)
        self.table.setVerticalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if room == full else policy.ScrollBarAsNeeded
        )

    def fit_into(self, height: int | None) -> None:
        """Take no more than this height; as much as it wants without one."""
        self._fit(None if height is None else height - self.head.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() / theme().effective_factor < VERY_NARROW_BELOW
        self.table.setColumnHidden(_GOOD_CONTACT, narrow)

    def _show_copy(self, copy: SecondCopy) -> None:
        """Beside the title, so that it is read where people ask whether their work is safe."""
        note = self.tr("six services, each on its own")
        if copy.word is not CopyWord.CURRENT or copy.folder:
            here = self.tr("what is saved here: {where}").format(where=terms.copy(copy.word))
            note = f"{note} \N{MIDDLE DOT} {here}"
        self.head.set_note(note)

    @async_slot
    async def _look_at_copy(self) -> None:
        with suppress(StoreFault):  # the desk is closing: there is nothing to show it on
            self._show_copy(await self._session.opened.copies.standing())

    def probe(self) -> None:
        """Ask every service now."""
        self._session.sync.probe_all()

    def show_statuses(self) -> None:
        if self.isVisible():
            self.model.set_rows([self._row(one) for one in self._session.statuses])
            self._look_at_copy()

    def _row(self, status: ServiceStatus) -> PartsRow:
        now = self._session.now
        since = moment(status.since, now) if status.since is not None else ""
        time = since if status.word is ServiceWord.DOWN else ""
        good: tuple[Part, ...] = (Text(self.tr("never")),)
        if status.last_good is not None:
            good = (
                Text(clock_seconds(status.last_good), tabular=True), Break(),
                small(time_words.ago(status.last_good, now)),
            )  # fmt: skip
        cells = (
            (lead(terms.service(status.service)), Break(), small(self._note(status))),
            service_parts(status.word, time),
            self._endpoint(status),
            good,
            self._age(status),
            self._next(status),
        )
        return PartsRow(status.service, cells, RowKind.TWO_LINES)

    def _note(self, status: ServiceStatus) -> str:
        if status.expected is not None and status.mirrored < status.expected:
            return self.tr("first mirror: {here} of {all}").format(
                here=status.mirrored, all=status.expected
            )
        if status.waiting:
            return self.tr("%n waiting", "", status.waiting)
        return self.tr("%n record(s) here", "", status.mirrored)

    def _endpoint(self, status: ServiceStatus) -> tuple[Part, ...]:
        places = self._session.sync.endpoints(status.service)
        used = next((one for one in places if one.in_use), None)
        name = _named(used) if used else status.endpoint
        first = Text(one_line(name or self.tr("none answers")))
        trouble = [
            f"{_named(one)}: {terms.waiting(one.last_trouble, status.service)}"
            for one in places
            if one.last_trouble
        ]
        detail = terms.waiting(status.detail, status.service) if status.detail else ""
        second = "; ".join(trouble) or detail or self.tr("first choice")
        return (first, Break(), small(one_line(second)))

    def _age(self, status: ServiceStatus) -> tuple[Part, ...]:
        if status.as_of is None:
            return (Text(self.tr("not yet"), Token.MUTED),)
        time = moment(status.as_of, self._session.now)
        return (AsOf(time),) if status.stale else (Text(time, Token.TEXT2, tabular=True),)

    def _next(self, status: ServiceStatus) -> tuple[Part, ...]:
        if status.next_try is None:
            return (Text(self.tr("watching")), Break(), small(self.tr("long-poll")))
        until = time_words.until(status.next_try, self._session.wall)
        return (Text(clock_seconds(status.next_try), tabular=True), Break(), small(until))


def _named(place: EndpointState) -> str:
    """Region and cloud; the address of one that has neither."""
    return ", ".join(part for part in (place.region, place.cloud) if part) or place.url
