"""Two people after all: a customer's merge taken back from one of their tickets."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from app.domain.errors import OffhookError, Refused
from app.services.merging import Merging
from ui.actions import Act, Actions
from ui.session import Session
from ui.tasks import async_slot
from ui.undoing import Done
from ui.views.ticket_view import TicketView


class Unmerging(QObject):
    """A ticket names the customer it was taken for; readers follow the merge until it goes."""

    done = Signal(object)
    """A `Done`, for the undo."""

    def __init__(self, session: Session, actions: Actions, view: TicketView) -> None:
        super().__init__(view)
        self._session, self._view = session, view
        self._merging = Merging(session.opened.desk)
        actions.bind(Act.UNMERGE_CUSTOMER, view, self.take_back)

    @async_slot
    async def take_back(self) -> None:
        """The ticket's own customer stands for itself again."""
        detail = self._view.detail
        if detail is None:
            return
        own = str(detail.fields.get("customer_id") or "")
        shown = detail.customer.id if detail.customer is not None else own
        try:
            if own in ("", shown):
                raise Refused("It is not merged into anything.", safe="Nothing was written.")
            decided = await self._merging.unmerge_customer(own, self._session.person)
        except OffhookError as problem:
            self._session.refuse(problem)
            return
        self._session.saved()
        self.done.emit(Done(self.tr("The customers are two again"), op_id=decided.op_id))
