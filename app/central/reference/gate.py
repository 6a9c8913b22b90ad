"""What one desk may ask in a second: its share of the total, published to it and held to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from app.central.contract import wire
from app.domain.ids import Millis

ONE_DESK = wire.Rate(operations=300.0, pages=50.0)
"""The most for one desk, however few there are."""
ALL_DESKS = wire.Rate(operations=300.0, pages=500.0)
"""What a node takes for each service on a core it shares (`benchmarks.central`)."""
_PRESENT_MS = 60_000
"""A desk that asked within this time has its share of the total."""
_BURST_S = 1.0
"""Of its rate; all desks together so stay below 1.2 times the total in any ten seconds."""
_LEAST = wire.Rate(operations=0.2, pages=0.2)


@dataclass(slots=True)
class _Bucket:
    """Tokens for some seconds of a rate."""

    tokens: float
    at: Millis

    def until_one(self, per_second: float, now: Millis) -> float:
        """Seconds until there is one to take; 0 where there is."""
        most = per_second * _BURST_S + 1
        passed_s = max(0, now - self.at) / 1_000
        self.tokens, self.at = min(most, self.tokens + passed_s * per_second), now
        return 0.0 if self.tokens >= 1 else (1 - self.tokens) / per_second

    def take(self) -> None:
        self.tokens -= 1


def _full(per_second: float, now: Millis) -> _Bucket:
    return _Bucket(per_second * _BURST_S + 1, now)


@dataclass(slots=True)
class _Seen:
    """A desk at a service: when it last asked, what it was told, what it has left."""

    at: Millis
    told: wire.Rate
    operations: _Bucket
    pages: _Bucket


class Gate:
    """Counts by desk and service in this process; for use from any thread."""

    def __init__(self, now: Callable[[], Millis], total: wire.Rate = ALL_DESKS) -> None:
        self._now = now
        self._total = total
        self._seen: dict[str, dict[str, _Seen]] = {}
        self._all: dict[str, _Bucket] = {}
        self._lock = threading.Lock()

    def operation(self, desk: str, service: str) -> float:
        """Seconds until the desk may send one; 0 where this one may pass, and is counted.

        Where more desks have come since it was told its share, the smaller share counts; and all
        desks of a service draw on one total, so that many that return at once are no flood.
        """
        with self._lock:
            now = self._now()
            seen = self._of(desk, service, now)
            everybody = self._all.setdefault(service, _full(self._total.operations, now))
            share = min(seen.told.operations, self._share(service, now).operations)
            wait_s = max(
                seen.operations.until_one(share, now),
                everybody.until_one(self._total.operations, now),
            )
            if not wait_s:
                seen.operations.take()
                everybody.take()
            return wait_s

    def page(self, desk: str, service: str) -> float:
        """The same for a page."""
        with self._lock:
            now = self._now()
            seen = self._of(desk, service, now)
            if wait_s := seen.pages.until_one(seen.told.pages, now):
                return wait_s
            seen.pages.take()
            return 0.0

    def published(self, desk: str, service: str) -> wire.Rate:
        """The desk's share now; it is held to it from here on."""
        with self._lock:
            now = self._now()
            seen = self._of(desk, service, now)
            seen.told = self._share(service, now)
            return seen.told

    def _of(self, desk: str, service: str, now: Millis) -> _Seen:
        desks = self._seen.setdefault(service, {})
        seen = desks.get(desk)
        if seen is None:
            told = self._most()
            full = (_full(rate, now) for rate in (told.operations, told.pages))
            seen = desks[desk] = _Seen(now, told, *full)
        seen.at = now
        return seen

    def _most(self) -> wire.Rate:
        return wire.Rate(
            min(ONE_DESK.operations, self._total.operations), min(ONE_DESK.pages, self._total.pages)
        )

    def _share(self, service: str, now: Millis) -> wire.Rate:
        desks, most = self._seen[service], self._most()
        present = sum(1 for one in desks.values() if now - one.at <= _PRESENT_MS)
        return wire.Rate(
            max(_LEAST.operations, min(most.operations, self._total.operations / present)),
            max(_LEAST.pages, min(most.pages, self._total.pages / present)),
        )
