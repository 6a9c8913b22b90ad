"""The rail's rows: lanes, saved views and places, with their counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject

from app.domain.views import QueueFilter, QueueView, RailCounts
from ui.actions import Act, Actions
from ui.views.queue_view import Queue
from ui.widgets.rail import RailGroup, RailItem

DRAFTS, HANDED_DRAFTS = "drafts", "handed_drafts"
CALL_BACKS, OUTBOX, STATUS = "call_backs", "outbox", "status"
CATCH_UP = "catch_up"
MODELS, APPROVE, CATALOG = "models_to_resolve", "to_approve", "catalog"
VIEW_PREFIX = "view:"

LANE_OF: Mapping[str, QueueView] = {
    Act.GO_MINE: QueueView.MINE,
    Act.GO_UNASSIGNED: QueueView.UNASSIGNED,
    Act.GO_TO_COMPLETE: QueueView.TO_COMPLETE,
    Act.GO_PAYMENTS: QueueView.PAYMENTS,
    Act.GO_REVIEW: QueueView.NEEDS_REVIEW,
    Act.GO_QUARANTINE: QueueView.QUARANTINE,
    Act.GO_OPEN: QueueView.OPEN,
}
_LANES = (
    (Act.GO_MINE, Act.GO_UNASSIGNED, Act.GO_OPEN),
    (Act.GO_TO_COMPLETE, Act.GO_MODELS, Act.GO_PAYMENTS, Act.GO_REVIEW),
    (
        Act.GO_QUARANTINE, Act.GO_CALL_BACKS, Act.GO_APPROVE, Act.GO_CATALOG, Act.GO_OUTBOX,
        Act.GO_STATUS,
    ),
)  # fmt: skip
_UNCOUNTED = (Act.GO_CATALOG, Act.GO_STATUS)
"""Places where nothing waits for anybody."""
PLACES: Mapping[str, str] = {
    Act.GO_MODELS: MODELS,
    Act.GO_APPROVE: APPROVE,
    Act.GO_CATALOG: CATALOG,
    Act.GO_CALL_BACKS: CALL_BACKS,
    Act.GO_OUTBOX: OUTBOX,
    Act.GO_STATUS: STATUS,
    Act.GO_CATCH_UP: CATCH_UP,
}


FIRST_LANE = QueueView.MINE
"""What the desk opens with."""


def first_lane(actions: Actions, person_id: str) -> Queue:
    """That lane, for the person who sits here."""
    view = QueueFilter(FIRST_LANE, owner=person_id)
    return Queue(str(FIRST_LANE), Lanes(actions).title(FIRST_LANE), view)


class Lanes(QObject):
    """Builds the rail's groups from counts and kept views."""

    def __init__(self, actions: Actions, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._actions = actions

    def groups(
        self,
        counts: RailCounts | None,
        beside: Mapping[str, int],
        views: Sequence[tuple[str, int | None]],
    ) -> tuple[RailGroup, ...]:
        """The rows; counts that are not known yet are left empty.

        `beside` counts the places that are no queue of tickets, and what stands beside the
        tickets of one, by their keys.
        """
        lanes = [
            RailGroup(self.tr("Lanes") if at == 0 else "", self._lane(acts, counts, beside))
            for at, acts in enumerate(_LANES)
        ]
        calls = tuple(
            RailItem(key, word, icon, beside[key])
            for key, word, icon in (
                (DRAFTS, self.tr("Kept calls"), "file-dotted"),
                (HANDED_DRAFTS, self.tr("Handed-over calls"), "handshake"),
            )
            if beside.get(key)
        )
        saved = [
            RailItem(f"{VIEW_PREFIX}{at}", name, "bookmark-simple", count)
            for at, (name, count) in enumerate(views)
        ]
        groups = [*lanes, RailGroup("", calls)] if calls else lanes
        return (*groups, RailGroup(self.tr("Saved views"), tuple(saved))) if saved else (*groups,)

    def _lane(
        self, acts: Sequence[Act], counts: RailCounts | None, beside: Mapping[str, int]
    ) -> tuple[RailItem, ...]:
        return tuple(self._item(act, counts, beside) for act in acts)

    def _item(self, act: Act, counts: RailCounts | None, beside: Mapping[str, int]) -> RailItem:
        spec = self._actions.spec(act)
        key = str(LANE_OF.get(act) or PLACES[act])
        count = self._count(act, counts, beside)
        return RailItem(key, spec.text, spec.icon, count, review=act is Act.GO_REVIEW)

    def _count(self, act: Act, counts: RailCounts | None, beside: Mapping[str, int]) -> int | None:
        if counts is None or act in _UNCOUNTED:
            return None
        if act is Act.GO_OUTBOX:
            return counts.outbox
        if act in PLACES:
            return beside.get(PLACES[act], 0)
        view = LANE_OF[act]
        return counts.by_view.get(view, 0) + beside.get(view, 0)

    def title(self, key: str) -> str:
        """The name of a lane."""
        act = next((act for act, view in LANE_OF.items() if view == key), None)
        return self._actions.spec(act).text if act else key
