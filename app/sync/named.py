"""Operations that pages have named lately."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from app.domain.ids import OpId

_REMEMBERED = 2_000


class Named:
    """Operations that pages have named lately: their answers may come after the page."""

    def __init__(self) -> None:
        self._order: deque[OpId] = deque()
        self._known: set[OpId] = set()

    def add(self, ids: Iterable[OpId]) -> None:
        for op_id in ids:
            if op_id not in self._known:
                self._known.add(op_id)
                self._order.append(op_id)
        while len(self._order) > _REMEMBERED:
            self._known.discard(self._order.popleft())

    def forget(self) -> None:
        """Another history is followed from here on."""
        self._order.clear()
        self._known.clear()

    def __contains__(self, op_id: object) -> bool:
        return op_id in self._known
