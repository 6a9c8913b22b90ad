"""The rail and its counts: lanes, call-backs, kept calls, saved views, outbox."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from PySide6.QtCore import QObject, Signal

from app.domain.call import Draft
from app.domain.ids import Millis
from app.domain.operations import Json
from app.domain.times import DAY
from app.domain.views import CallBack, OutboxCounts, QueueView, RailCounts
from ui.lanes import APPROVE, CALL_BACKS, DRAFTS, HANDED_DRAFTS, MODELS, Lanes
from ui.main_window import MainWindow
from ui.session import Session
from ui.tasks import Debounce, async_slot
from ui.times import moment
from ui.views.filter_bar import filter_of

VIEWS = "views"
_COUNT_MS = 150
_MOST_CALL_BACKS = 200


class RailCounting(QObject):
    """Counts again, soon after something moved; the newest person and views count."""

    counted = Signal(object)
    """The OutboxCounts."""
    fell_due = Signal(object)
    """The CallBacks that have fallen due since the last count; never those of before the start."""

    def __init__(
        self,
        session: Session,
        window: MainWindow,
        lanes: Lanes,
        on_screen: Callable[[], Collection[str]],
    ) -> None:
        """`on_screen` names the drafts that are open as calls, and so are not "kept"."""
        super().__init__(window)
        self._session, self._window, self._lanes = session, window, lanes
        self._on_screen = on_screen
        self._views: list[dict[str, Json]] = []
        self._due: frozenset[str] | None = None
        self._soon = Debounce(_COUNT_MS, self.count, self)

    # --- saved views ------------------------------------------------------------------------

    @property
    def views(self) -> Sequence[dict[str, Json]]:
        return self._views

    async def recall(self) -> None:
        """Read the saved views."""
        kept = (await self._session.settings.read(VIEWS)).get(VIEWS)
        views = kept if isinstance(kept, list) else []
        self._views = [one for one in views if isinstance(one, dict)]

    async def keep_view(self, view: dict[str, Json]) -> int:
        """Add a view; its place among the views."""
        self._views.append(view)
        await self._session.settings.keep({VIEWS: list(self._views)})
        await self._count()
        return len(self._views) - 1

    async def drop_view(self, at: int) -> None:
        del self._views[at]
        await self._session.settings.keep({VIEWS: list(self._views)})
        await self._count()

    @property
    def is_counted(self) -> bool:
        """Whether the counts on screen are known yet."""
        return self._due is not None

    # --- counting ---------------------------------------------------------------------------

    def soon(self) -> None:
        """Something moved."""
        self._soon.touch()

    def stop(self) -> None:
        self._soon.drop()

    @async_slot
    async def count(self) -> None:
        await self._count()

    async def _count(self) -> None:
        session, person, views = self._session, self._session.person, tuple(self._views)
        counts = await session.tickets.counts(person)
        before = Millis(session.now + DAY)
        call_backs = await session.tickets.call_backs(before, _MOST_CALL_BACKS)
        in_views = [await self._in_view(one) for one in views]
        outbox = await session.outgoing.counts()
        drafts = await session.intake.kept(person)
        resolve, approve = await session.opened.models.counts()
        beside = {
            CALL_BACKS: len(call_backs), MODELS: resolve, APPROVE: approve,
            DRAFTS: self._not_open(drafts.here), HANDED_DRAFTS: self._not_open(drafts.handed),
            QueueView.NEEDS_REVIEW: await session.opened.conflicts.beside_tickets(),
        }  # fmt: skip
        if person is session.person and views == tuple(self._views):
            named = [(str(one["name"]), n) for one, n in zip(views, in_views, strict=True)]
            self._show(counts, beside, named, outbox)
            self._tell_due(call_backs)

    def _not_open(self, drafts: Sequence[Draft]) -> int:
        shown = self._on_screen()
        return sum(one.call.draft_id not in shown for one in drafts)

    def _tell_due(self, call_backs: Sequence[CallBack]) -> None:
        """Each is told once; what was due before the desk opened stands in its list already."""
        late = [one for one in call_backs if one.is_late(Millis(self._session.now + 1))]
        fresh = [one for one in late if self._due is not None and one.id not in self._due]
        self._due = frozenset(one.id for one in late)
        if fresh:
            self.fell_due.emit(fresh)

    async def _in_view(self, kept: dict[str, Json]) -> int:
        which = filter_of(kept, self._session.person.id, self._session.now)
        return (await self._session.tickets.queue(which, None, 1)).total

    def _show(
        self,
        counts: RailCounts,
        beside: Mapping[str, int],
        views: Sequence[tuple[str, int]],
        outbox: OutboxCounts,
    ) -> None:
        self._window.rail.show_groups(self._lanes.groups(counts, beside, views))
        oldest = moment(outbox.oldest, self._session.now) if outbox.oldest is not None else ""
        total = outbox.waiting + outbox.needs_review
        self._window.bar.show_outbox(total, oldest, outbox.needs_review)
        self.counted.emit(outbox)
