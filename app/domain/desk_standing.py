"""How the organisation's desks stand: what each reports, and which a supervisor looks at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.domain.audit import Head
from app.domain.central_services import Service
from app.domain.ids import Millis
from app.domain.times import DAY, MINUTE

REPORT_EACH_S = 60.0
SILENT_AFTER = 5 * MINUTE
"""A desk that has not reported for that long is silent: nobody knows what waits there."""
_FORGOTTEN_AFTER = 30 * DAY
"""A desk silent for longer with nothing unsent when it was last heard of is no news."""


@dataclass(frozen=True, slots=True)
class DeskReport:
    """What a desk says of itself; numbers and times, never a customer's words."""

    version: str
    waiting: int
    """Operations without a verdict."""
    needs_review: int
    oldest_unsent: Millis | None
    as_of: Mapping[Service, Millis | None] = field(default_factory=dict)
    last_drill: Millis | None = None
    sealing_key: str = ""
    """X25519, base64: what is handed over to this desk is sealed for it."""
    audit: Head | None = None
    """Where its trail of decisions stands; central signs that."""
    removed: bool = False
    """Its last word: it was taken off its computer."""

    @property
    def unsent(self) -> int:
        return self.waiting + self.needs_review


@dataclass(frozen=True, slots=True)
class DeskStanding:
    """One desk as central last heard of it."""

    desk_id: str
    name: str
    codes: tuple[str, ...]
    extension: str
    last_seen: Millis | None
    report: DeskReport | None


class Hearing(StrEnum):
    """Whether a desk is heard of."""

    SILENT = "silent"
    NEVER = "never"
    HEARD = "heard"
    REMOVED = "removed"
    """It said so itself, or central's people did."""


@dataclass(frozen=True, slots=True)
class WatchedDesk:
    """A desk with unsent work, one of which nobody knows, or one that is no more."""

    standing: DeskStanding
    hearing: Hearing

    @property
    def unsent(self) -> int:
        return self.standing.report.unsent if self.standing.report else 0


def to_watch(standings: Iterable[DeskStanding], now: Millis) -> tuple[WatchedDesk, ...]:
    """Desks with unsent work and silent ones; silent first, the longest waiting first in each.

    A silent desk may hold more than it reported, so it is listed even where that was nothing,
    until it has been gone for a month. Removed ones stand last, for a month as well.
    """
    found = [WatchedDesk(one, hearing_of(one, now)) for one in standings]
    wanted = [one for one in found if _is_waited_for(one) or _is_news(one, now)]
    return tuple(sorted(wanted, key=_order))


def hearing_of(standing: DeskStanding, now: Millis) -> Hearing:
    """Whether the desk reported lately."""
    if standing.report is not None and standing.report.removed:
        return Hearing.REMOVED
    if standing.last_seen is None:
        return Hearing.NEVER
    return Hearing.SILENT if now - standing.last_seen > SILENT_AFTER else Hearing.HEARD


def _is_waited_for(desk: WatchedDesk) -> bool:
    return bool(desk.unsent) and desk.hearing is not Hearing.REMOVED


def _is_news(desk: WatchedDesk, now: Millis) -> bool:
    seen, gone = desk.standing.last_seen, desk.hearing in (Hearing.SILENT, Hearing.REMOVED)
    return gone and seen is not None and now - seen < _FORGOTTEN_AFTER


def _order(desk: WatchedDesk) -> tuple[bool, bool, bool, int, str]:
    report = desk.standing.report
    oldest = report.oldest_unsent if report else None
    return (
        desk.hearing is Hearing.REMOVED,
        desk.hearing is not Hearing.SILENT,
        not desk.unsent,
        int(oldest if oldest is not None else desk.standing.last_seen or 0),
        desk.standing.name,
    )
