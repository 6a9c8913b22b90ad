"""When an endpoint is left alone: a breaker as values, without a clock of its own."""

from __future__ import annotations

from dataclasses import dataclass, replace

FAILURES_TO_OPEN = 5
OPEN_S = 30.0
LONGEST_OPEN_S = 300.0


@dataclass(frozen=True, slots=True)
class Breaker:
    """Closed, open until a time, or half-open: once that time has passed, one trial goes."""

    failures: int = 0
    """Consecutive ones."""
    openings: int = 0
    """How often it opened since the last good answer."""
    open_until: float | None = None
    trial: bool = False
    """A half-open trial is under way."""

    def admits(self, now: float) -> bool:
        """Whether a call may go to the endpoint now."""
        return self.open_until is None or (now >= self.open_until and not self.trial)

    def admitted(self) -> Breaker:
        """A call goes; while it is a trial no second one does."""
        return self if self.open_until is None else replace(self, trial=True)

    def good(self) -> Breaker:
        return Breaker()

    def spared(self) -> Breaker:
        """The call said nothing about the endpoint (abandoned, or the fault was here)."""
        return replace(self, trial=False)

    def bad(self, now: float) -> Breaker:
        """One more failure; the fifth in a row, or a failed trial, opens it, longer each time."""
        failures = self.failures + 1
        if failures < FAILURES_TO_OPEN and self.open_until is None:
            return replace(self, failures=failures)
        if self.open_until is not None and now < self.open_until:
            return replace(self, failures=failures, trial=False)
        openings = self.openings + 1
        until = now + min(OPEN_S * openings, LONGEST_OPEN_S)
        return Breaker(failures, openings, until)
