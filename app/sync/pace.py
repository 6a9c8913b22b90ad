"""How fast this desk may speak: central's published rate, and the ramp after a return."""

from __future__ import annotations

from app.ports.system import Clock

WIDEST = 16
_LEAST_S = 1e-6


class Rate:
    """A token bucket that holds some seconds' worth (at least one token)."""

    def __init__(self, clock: Clock, per_second: float, *, burst_s: float = 1.0) -> None:
        self._clock = clock
        self._per_second = per_second
        self._burst_s = burst_s
        self._tokens = self._most
        self._at = clock.monotonic()

    @property
    def _most(self) -> float:
        return max(1.0, self._per_second * self._burst_s)

    @property
    def per_second(self) -> float:
        return self._per_second

    def publish(self, per_second: float) -> None:
        """Central published another share; nonsense (nothing, or less) is not taken."""
        if per_second > 0 and per_second != self._per_second:
            self._fill()
            self._per_second = per_second
            self._tokens = min(self._tokens, self._most)

    def _fill(self) -> None:
        now = self._clock.monotonic()
        passed_s = max(0.0, now - self._at)
        self._tokens = min(self._most, self._tokens + passed_s * self._per_second)
        self._at = now

    def available(self) -> int:
        """Whole tokens there are now."""
        self._fill()
        return int(self._tokens + 1e-9)

    def take(self, count: int = 1) -> None:
        self._fill()
        self._tokens -= count

    def ready_in(self) -> float:
        """Seconds until there is one token, never too few for a clock to tell; 0 where there is."""
        if self.available():
            return 0.0
        return max(_LEAST_S, (1.0 - self._tokens) / self._per_second)


class Ramp:
    """Lanes that may be under way at once: 1, 2, 4 … while answers come, 1 after a silence."""

    def __init__(self, widest: int = WIDEST) -> None:
        self._widest = widest
        self._answered = 0
        self.width = 1

    def answered(self) -> None:
        """An answer of central came; a whole width of them doubles it."""
        self._answered += 1
        if self._answered >= self.width:
            self.width = min(self.width * 2, self._widest)
            self._answered = 0

    def silent(self) -> None:
        self.width, self._answered = 1, 0
