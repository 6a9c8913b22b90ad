"""Holds deletions that nobody announced, once they are a mass; the rows stay shown meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from app.domain.central_services import Service
from app.domain.configuration import AnnouncedDeletion
from app.domain.deletions import HeldDeletions, allowance, within_a_day
from app.domain.feed import FeedItem, ItemOp, Position
from app.domain.ids import EntityId, Millis
from app.domain.incidents import IncidentKind
from app.domain.times import HOUR
from local_store.incidents import Incidents
from local_store.sql import Sql, listed

_EXAMPLES = 5
DELETED = "deleted"
_SETTING = "setting.deletions."


class Deletions:
    """Implements what of `app.ports.store.MirrorWrites` is about held tombstones."""

    def __init__(self, sql: Sql, incidents: Incidents) -> None:
        self._sql = sql
        self._incidents = incidents

    def hold(
        self,
        service: Service,
        gone: Sequence[FeedItem],
        present: int,
        announced: Sequence[AnnouncedDeletion],
        at: Millis,
    ) -> frozenset[str]:
        """Of a page's deletions the ids that are held; the others are counted and may go."""
        plain = [one for one in gone if one.reason == DELETED]
        if not plain:
            return frozenset()
        plain = plain[self._spend(service, announced, len(plain)) :]
        hours = self._hours(service)
        newest = max((one.as_of for one in plain), default=Millis(0))
        lately = sum(within_a_day(hours, newest).values())
        may_go = 0 if self._is_holding(service) else allowance(present, lately)
        plain, held = plain[:may_go], plain[may_go:]
        if held:
            self._keep(service, held, at)
        for one in plain:
            hours[one.as_of // HOUR] = hours.get(one.as_of // HOUR, 0) + 1
        self._write(f"{service}.hours", within_a_day(hours, newest))
        return frozenset(one.id for one in held)

    def drop(self, ids: Iterable[str]) -> None:
        """These records stand again, or have gone for another reason: nothing is held of them."""
        if self._sql.value("SELECT 1 FROM held_tombstone LIMIT 1"):
            self._sql.run(
                "DELETE FROM held_tombstone WHERE id IN (SELECT value FROM json_each(?))",
                listed(ids),
            )

    def held_ids(self, service: Service) -> list[str]:
        rows = self._sql.all("SELECT id FROM held_tombstone WHERE service = ?", service.value)
        return [str(id_) for (id_,) in rows]

    def held(self) -> Sequence[HeldDeletions]:
        """What waits for a person, and what one has refused, by service."""
        rows = self._sql.all(
            "SELECT service, refused_at IS NOT NULL, count(*), min(at) FROM held_tombstone "
            "GROUP BY 1, 2 ORDER BY 1, 2"
        )
        return [
            HeldDeletions(
                service, count, self._mirrored(service), Millis(since), bool(refused),
                self._examples(service),
            )
            for service, refused, count, since in rows
        ]  # fmt: skip

    def announced_since(
        self, service: Service, announced: Sequence[AnnouncedDeletion]
    ) -> Sequence[FeedItem]:
        """Held ones that an announcement which came after them lets go."""
        left = sum(one.count for one in self._left(service, announced).values())
        if not left or not self._is_holding(service):
            return ()
        items = self.oldest(service, left)
        self._spend(service, announced, len(items))
        return items

    def oldest(self, service: Service, limit: int) -> Sequence[FeedItem]:
        """Held tombstones as they came, in the order of central's history."""
        rows = self._sql.all(
            "SELECT id, type, rev, term, n, as_of FROM held_tombstone "
            "WHERE service = ? AND refused_at IS NULL ORDER BY term, n LIMIT ?",
            service.value, limit,
        )  # fmt: skip
        return [
            FeedItem(
                type_, EntityId(id_), rev, Position(term, n), ItemOp.TOMBSTONE, {}, b"{}",
                Millis(as_of), "", (), DELETED,
            )
            for id_, type_, rev, term, n, as_of in rows
        ]  # fmt: skip

    def refuse(self, service: Service, at: Millis, by: str) -> int:
        """The rows stay shown for good; how many."""
        count = self._sql.run(
            "UPDATE held_tombstone SET refused_at = ? WHERE service = ? AND refused_at IS NULL",
            at, service.value,
        )  # fmt: skip
        self._closed(service, at, by)
        return count

    def closed_if_empty(self, service: Service, at: Millis, by: str) -> None:
        if not self._is_holding(service):
            self._closed(service, at, by)

    def _closed(self, service: Service, at: Millis, by: str) -> None:
        self._incidents.close(IncidentKind.MASS_DELETION, service.value, service.value, at, by)

    def _keep(self, service: Service, gone: Sequence[FeedItem], at: Millis) -> None:
        self._sql.many(
            "INSERT OR REPLACE INTO held_tombstone (id, type, service, rev, term, n, as_of, at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    one.id, one.type, service.value, one.rev, one.position.term, one.position.n,
                    one.as_of, at,
                )
                for one in gone
            ],
        )  # fmt: skip
        count = self._sql.value(
            "SELECT count(*) FROM held_tombstone WHERE service = ? AND refused_at IS NULL",
            service.value,
        )
        self._incidents.note(
            IncidentKind.MASS_DELETION, service.value, service.value, at, str(count)
        )

    def _is_holding(self, service: Service) -> bool:
        found = self._sql.value(
            "SELECT 1 FROM held_tombstone WHERE service = ? AND refused_at IS NULL LIMIT 1",
            service.value,
        )
        return found is not None

    def _mirrored(self, service: str) -> int:
        return int(self._sql.value("SELECT mirrored FROM feed WHERE service = ?", service))

    def _examples(self, service: str) -> tuple[EntityId, ...]:
        rows = self._sql.all(
            "SELECT id FROM held_tombstone WHERE service = ? ORDER BY term, n LIMIT ?",
            service, _EXAMPLES,
        )  # fmt: skip
        return tuple(EntityId(id_) for (id_,) in rows)

    # --- what was announced, and what is counted ---------------------------------------------

    def _left(
        self, service: Service, announced: Sequence[AnnouncedDeletion]
    ) -> dict[str, AnnouncedDeletion]:
        """Announcements with what is left of their counts, by a name of their own."""
        used = self._read(f"{service}.used")
        found: dict[str, AnnouncedDeletion] = {}
        for one in announced:
            name = f"{one.at}/{one.reason}"
            left = one.count - used.get(name, 0)
            if one.service is service and one.reason == DELETED and left > 0:
                found[name] = AnnouncedDeletion(service, one.reason, left, one.at)
        return found

    def _spend(self, service: Service, announced: Sequence[AnnouncedDeletion], count: int) -> int:
        """How many of so many deletions were announced; they are counted off."""
        spent, used = 0, self._read(f"{service}.used")
        for name, one in self._left(service, announced).items():
            take = min(one.count, count - spent)
            used[name] = used.get(name, 0) + take
            spent += take
        if spent:
            self._write(f"{service}.used", used)
        return spent

    def _hours(self, service: Service) -> dict[int, int]:
        return {int(hour): count for hour, count in self._read(f"{service}.hours").items()}

    def _read(self, name: str) -> dict[str, int]:
        kept = self._sql.setting(_SETTING + name)
        found: dict[str, int] = json.loads(kept) if kept else {}
        return found

    def _write(self, name: str, value: object) -> None:
        self._sql.keep_setting(_SETTING + name, json.dumps(value))
