"""Which slot of a service's tables is read, which one a snapshot builds, which one is emptied."""

from __future__ import annotations

from collections.abc import Sequence

from app.domain.central_services import OWNERS, Aggregate, Service
from app.domain.lifecycle import OVERLAID
from app.domain.operations import KINDS
from local_store import feeds, records, unread
from local_store.kept import Slots
from local_store.layout import UNFINISHED
from local_store.sql import Sql

_OVERLAID = ", ".join(f"'{state}'" for state in sorted(OVERLAID))


class Generations:
    """One transaction's view of the slots; a swap is one row."""

    def __init__(self, sql: Sql) -> None:
        self._sql = sql

    def of(self, service: Service) -> Slots:
        return self._sql.kept.slots_of(service)

    def filling(self, service: Service) -> Sql:
        """Where central's pages go now."""
        slots = self.of(service)
        building = slots.building
        return self._sql.at(service, slots.reading if building is None else building)

    def live(self, service: Service) -> Sequence[Sql]:
        """Where the desk's own operations show: what is read, and what will be."""
        slots = self.of(service)
        reading = self._sql.at(service, slots.reading)
        return (reading, self.filling(service)) if slots.is_hidden else (reading,)

    def begin(self, service: Service) -> None:
        """Start a generation: the very first fills what is read already, so it shows at once."""
        slots = self.of(service)
        for aggregate in OWNERS[service]:
            self._sql.run("DELETE FROM removed WHERE type = ?", aggregate.value)
        if self._is_first(service, slots):
            self._set(service, building=slots.reading)
            return
        fresh = 1 - slots.reading
        self._set(service, building=fresh, emptying=None)
        target = self._sql.at(service, fresh)
        while self._take_out(service, target, 1_000):
            pass  # whoever begins has emptied it in slices before; nothing is left as a rule
        self._lay_pending(service, target)

    def clear(self, service: Service, limit: int) -> int:
        """Delete up to `limit` records of the slot that a new generation will fill; how many went.

        A generation half built before is given up with that.
        """
        slots = self.of(service)
        if self._is_first(service, slots):
            return 0
        if slots.is_hidden:
            self._set(service, building=None, emptying=1 - slots.reading)
        return self._take_out(service, self._sql.at(service, 1 - slots.reading), limit)

    def _is_first(self, service: Service, slots: Slots) -> bool:
        """Whether central's rows have never been here: none is missed, so none stays by mistake."""
        reading = self._sql.at(service, slots.reading)
        return slots.mirrored == 0 and not unread.is_any(reading, service)

    def _lay_pending(self, service: Service, target: Sql) -> None:
        """The desk's own operations show in the new generation as in the old one."""
        rows = self._sql.all(
            "SELECT DISTINCT lane, kind FROM outbox WHERE service = ? "
            f"AND {UNFINISHED} AND lane NOT LIKE 'ref:%' AND state IN ({_OVERLAID})",
            service.value,
        )
        for lane, aggregate in {(lane, KINDS[kind].aggregate) for lane, kind in rows}:
            records.reproject(target, aggregate, lane)

    def swap(self, service: Service) -> bool:
        """Read what was built from here on; whether that is another slot than before."""
        slots = self.of(service)
        if not slots.is_hidden:
            self._set(service, building=None)
            return False
        self._set(
            service, reading=slots.building, building=None, emptying=slots.reading,
            mirrored=slots.built,
        )  # fmt: skip
        self._sql.turn(service, slots.building or 0)
        return True

    def empty(self, service: Service, limit: int) -> int:
        """Delete up to `limit` records of what was swapped out; how many went."""
        slots = self.of(service)
        if slots.emptying is None:
            return 0
        gone = self._take_out(service, self._sql.at(service, slots.emptying), limit)
        if gone == 0:
            self._set(service, emptying=None)
        return gone

    @staticmethod
    def _take_out(service: Service, target: Sql, limit: int) -> int:
        gone = 0
        for aggregate in OWNERS[service]:
            entities = _some(target, aggregate, limit - gone)
            if entities:
                records.remove(target, aggregate, entities)
            gone += len(entities)
        return gone + (unread.empty(target, service, limit - gone) if gone < limit else 0)

    def _set(self, service: Service, **slots: int | None) -> None:
        feeds.keep(self._sql, service, **slots)


def _some(sql: Sql, aggregate: Aggregate, limit: int) -> list[int]:
    rows = sql.all(f"SELECT entity FROM ${aggregate} LIMIT ?", limit)
    return [int(entity) for (entity,) in rows]
