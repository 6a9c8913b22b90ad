"""How a service stands, as values: what was heard, and which word and line follow (ux 10, 11).

Times are monotonic seconds where something lasts, milliseconds where something is shown.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.ids import Millis
from app.domain.views import ServiceWord

FAILURES_TO_MARK = 2
"""Silences in a row on one kind of talk before the mark; a failed probe marks at once."""
MARK_AFTER_S = 2.0
"""A silence that nothing has answered since marks by itself, however long its probe takes."""
LINE_AFTER_S = 30.0
CLEARED_AFTER_S = 60.0
SLOW_S = 2.0


class Talk(StrEnum):
    """What the engine speaks about with a service; each fails and recovers by itself."""

    PROBE = "probe"
    PULL = "pull"
    PUSH = "push"


@dataclass(frozen=True, slots=True)
class Moment:
    """One instant on both clocks."""

    monotonic: float
    wall: Millis


@dataclass(frozen=True, slots=True)
class Health:
    """What is known of one service. Each change gives a new value; reading needs the time."""

    silences: tuple[tuple[Talk, int], ...] = ()
    """Silences in a row per kind of talk; kinds that are well are left out."""
    trouble: Moment | None = None
    """When the present spell of silences began."""
    down: Moment | None = None
    """Since when it is marked; None while it is not."""
    well_since: float | None = None
    """Since when every answer was good, after a spell."""
    line_since: Millis | None = None
    """The spell the line told of, until 60 s of good answers."""
    restless: bool = False
    """Down again within 60 s of coming back: the mark stays until it is calm."""
    unanswered: bool = False
    """Nothing has come since the present spell began."""
    last_slow: float | None = None
    sign_in: bool = False
    cause: str = ""

    def heard(self, talk: Talk, at: Moment, took_s: float = 0.0) -> Health:
        """A body of the contract came."""
        return replace(self._heard(talk, at, took_s), unanswered=False)

    def _heard(self, talk: Talk, at: Moment, took_s: float) -> Health:
        silences = tuple(pair for pair in self.silences if pair[0] is not talk)
        slow = at.monotonic if took_s > SLOW_S else self.last_slow
        if silences or self.trouble is None:
            return replace(self, silences=silences, last_slow=slow)
        return replace(
            self,
            silences=(),
            trouble=None,
            down=None,
            well_since=at.monotonic if self.down else self.well_since,
            line_since=self.outage(at.monotonic),
            last_slow=slow,
            cause="",
        )

    def back(self, at: Moment) -> Health:
        """A probe answered after silence: what failed before is tried afresh."""
        return replace(self, silences=()).heard(Talk.PROBE, at)

    def silent(self, talk: Talk, at: Moment, cause: str) -> Health:
        """No body of the contract came."""
        count = dict(self.silences).get(talk, 0) + 1
        silences = (*(pair for pair in self.silences if pair[0] is not talk), (talk, count))
        trouble = self.trouble or at
        down = self.down
        if down is None and (talk is Talk.PROBE or count >= FAILURES_TO_MARK):
            down = trouble
        calming = self._calming(at.monotonic)
        again = down is not None and self.down is None
        return replace(
            self,
            silences=silences,
            trouble=trouble,
            down=down,
            line_since=self.outage(at.monotonic),
            restless=calming and (self.restless or again),
            unanswered=self.unanswered or self.trouble is None,
            cause=cause,
        )

    def since(self, now: float) -> Millis | None:
        """Since when it is marked; None while it is not, or is only calming down."""
        began = self.down or (self.trouble if self._unanswered(now) else None)
        return began.wall if began else None

    def failing(self, talk: Talk) -> bool:
        """Whether the last word on that kind of talk was silence."""
        return any(kind is talk for kind, _ in self.silences)

    def refused(self, *, refused: bool) -> Health:
        """The desk's credential is, or is no longer, refused."""
        return replace(self, sign_in=refused)

    def _calming(self, now: float) -> bool:
        return self.well_since is not None and now - self.well_since < CLEARED_AFTER_S

    def marked(self, now: float) -> bool:
        """Whether the status shows it as down."""
        return (
            self.down is not None or self._unanswered(now) or (self.restless and self._calming(now))
        )

    def _unanswered(self, now: float) -> bool:
        """Nothing has come since the spell began, and that is a while ago."""
        began = self.trouble.monotonic if self.trouble and self.unanswered else now
        return now - began >= MARK_AFTER_S

    def outage(self, now: float) -> Millis | None:
        """Since when the outage line names it: after 30 s of the mark, until 60 s of calm."""
        if self.down is not None:
            if self.line_since is not None:
                return self.line_since
            return self.down.wall if now - self.down.monotonic >= LINE_AFTER_S else None
        if self.trouble is not None or self._calming(now):
            return self.line_since
        return None

    def word(self, now: float, *, stale: bool) -> ServiceWord:
        """The one word of the status area."""
        if self.sign_in:
            return ServiceWord.SIGN_IN
        if self.marked(now):
            return ServiceWord.DOWN
        if stale:
            return ServiceWord.STALE
        if self.last_slow is not None and now - self.last_slow < CLEARED_AFTER_S:
            return ServiceWord.SLOW
        return ServiceWord.UP
