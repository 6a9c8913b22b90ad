"""What is done to the ticket on screen: notes, fields, promises, its model taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from app.domain.errors import Invalid, OffhookError
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.views import TicketDetail
from app.services.decisions import Decided
from ui.problems import problems
from ui.session import Session
from ui.tasks import async_slot
from ui.views.promise_list import still_open

T = TypeVar("T")


class TicketWork(QObject):
    """Each act is tried, saved and told with its undo, or refused with the reason."""

    done = Signal(str, str)
    """Operation id and what was done, for the undo."""
    noted = Signal(str)
    """The ticket whose note is in the outbox."""
    objected = Signal(object)
    """What a rule says no to: field → sentence."""

    def __init__(
        self, session: Session, current: Callable[[], TicketDetail | None], parent: QObject
    ) -> None:
        """`current` is the ticket on screen, if any."""
        super().__init__(parent)
        self._session = session
        self._current = current

    @async_slot
    async def save_note(self, text: str, *, internal: bool) -> None:
        """Append the note."""
        detail, session = self._current(), self._session
        if detail is None:
            return
        work = session.tickets.note(detail.row.reference, text, session.person, internal=internal)
        decided = await self._tried(work)
        if decided is not None:
            self.noted.emit(detail.row.id)
            self.tell(decided.op_id, self.tr("Note saved at {reference}"), detail)

    @async_slot
    async def set_fields(self, wanted: Mapping[str, Json]) -> None:
        """Change fields; what a rule says no to is told field by field."""
        detail, session = self._current(), self._session
        if detail is None:
            return
        try:
            decided = await session.tickets.set_fields(detail.row.reference, wanted, session.person)
        except Invalid as problem:
            self.objected.emit(
                {name: problems.field("", said) for name, said in problem.fields.items()}
            )
        except OffhookError as problem:
            session.refuse(problem)
        else:
            self.tell(decided.op_id, self.tr("Changed {reference}"), detail)

    @async_slot
    async def revert_model(self, why: str) -> None:
        """The caller's words alone count again; what was decided stays in the history."""
        detail, session = self._current(), self._session
        if detail is None:
            return
        work = session.opened.models.revert([detail.row.id], why, session.person)
        decided = await self._tried(work)
        if decided is not None:
            words = self.tr("Model of {reference} taken back")
            self.tell(decided[0].op_id, words, detail)

    @async_slot
    async def save_promise(self, what: str, to: str, until: Millis) -> None:
        """Promise it; it is listed among the call-backs until it is kept."""
        detail, session = self._current(), self._session
        if detail is None:
            return
        work = session.tickets.promise(detail.row.reference, what, to, until, session.person)
        await self._told(work, self.tr("Promised at {reference}"), detail)

    def keep_first_promise(self) -> None:
        """The oldest open promise was kept."""
        detail = self._current()
        if detail is not None and (promises := still_open(detail.promises)):
            self.keep_promise(promises[0].id)

    @async_slot
    async def keep_promise(self, promise_id: str) -> None:
        """That promise was kept."""
        detail, session = self._current(), self._session
        if detail is None:
            return
        work = session.tickets.keep_promise(detail.row.reference, promise_id, session.person)
        await self._told(work, self.tr("Promise kept at {reference}"), detail)

    # --- telling ----------------------------------------------------------------------------

    async def _told(self, work: Awaitable[Decided], words: str, detail: TicketDetail) -> None:
        decided = await self._tried(work)
        if decided is not None:
            self.tell(decided.op_id, words, detail)

    async def _tried(self, work: Awaitable[T]) -> T | None:
        """None where it was refused, and the reason shows."""
        try:
            return await work
        except OffhookError as problem:
            self._session.refuse(problem)
            return None

    def tell(self, op_id: str, words: str, detail: TicketDetail) -> None:
        """Wake the engine and offer the undo; `words` with the place for the reference."""
        self._session.saved()
        self.done.emit(op_id, words.format(reference=detail.row.reference))
