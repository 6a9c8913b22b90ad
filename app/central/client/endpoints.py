"""The ways in to one service: ordered, sticky, each behind a breaker, and a budget for retries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.central.client.breaker import Breaker
from app.domain.central_services import Service
from app.domain.configuration import Configuration, EndpointPlace
from app.domain.feed import Silence
from app.domain.ids import Millis
from app.ports.central import EndpointState
from app.ports.system import Clock

NOT_THE_ENDPOINT = frozenset({Silence.THIS_COMPUTER, Silence.BUSY})
"""Silences that are not held against an endpoint."""


def places(
    configuration: Configuration | None, central_urls: Sequence[str]
) -> dict[Service, tuple[EndpointPlace, ...]]:
    """Each service's endpoints: the configuration's, else the addresses given at enrolment."""
    known = configuration.endpoints if configuration else {}
    fallback = tuple(EndpointPlace(url.rstrip("/")) for url in central_urls)
    return {service: tuple(known.get(service) or fallback) for service in Service}


@dataclass(slots=True)
class Endpoint:
    """One way in, with what is known of it."""

    place: EndpointPlace
    breaker: Breaker = field(default_factory=Breaker)
    last_good: Millis | None = None
    last_trouble: str = ""

    @property
    def url(self) -> str:
        return self.place.url.rstrip("/")


class EndpointPool:
    """Pick-first and sticky: the endpoint that answered stays in use until it fails."""

    def __init__(self, configured: Sequence[EndpointPlace], clock: Clock) -> None:
        self._clock = clock
        self._endpoints = [Endpoint(place) for place in configured]
        self._current = 0

    def reconfigure(self, configured: Sequence[EndpointPlace]) -> None:
        """Take a new list; what is known of endpoints that stay is kept, and so is the one in use
        where it stays.
        """
        known = {endpoint.url: endpoint for endpoint in self._endpoints}
        in_use = self._endpoints[self._current].url if self._endpoints else ""
        self._endpoints = [
            Endpoint(place, old.breaker, old.last_good, old.last_trouble)
            if (old := known.get(place.url.rstrip("/")))
            else Endpoint(place)
            for place in configured
        ]
        urls = [endpoint.url for endpoint in self._endpoints]
        self._current = urls.index(in_use) if in_use in urls else 0

    def candidates(self, *, forced: bool = False) -> list[Endpoint]:
        """Those that may be tried now, the one in use first; closed ones before half-open ones.

        `forced` leaves the breakers out: a probe of a service with no endpoint left.
        """
        ring = self._endpoints[self._current :] + self._endpoints[: self._current]
        if forced:
            return ring
        now = self._clock.monotonic()
        able = [endpoint for endpoint in ring if endpoint.breaker.admits(now)]
        return sorted(able, key=lambda endpoint: endpoint.breaker.open_until is not None)

    def good(self, endpoint: Endpoint) -> None:
        """It answered with a body of the contract: it is the one in use."""
        endpoint.breaker = endpoint.breaker.good()
        endpoint.last_good = self._clock.now()
        endpoint.last_trouble = ""
        if endpoint in self._endpoints:
            self._current = self._endpoints.index(endpoint)

    def bad(self, endpoint: Endpoint, cause: Silence) -> None:
        """No answer of central came from it."""
        endpoint.last_trouble = cause
        if cause in NOT_THE_ENDPOINT:
            endpoint.breaker = endpoint.breaker.spared()
        else:
            endpoint.breaker = endpoint.breaker.bad(self._clock.monotonic())

    def states(self) -> tuple[EndpointState, ...]:
        return tuple(
            EndpointState(
                url=endpoint.url,
                region=endpoint.place.region,
                cloud=endpoint.place.cloud,
                open_until=endpoint.breaker.open_until,
                failures=endpoint.breaker.failures,
                in_use=index == self._current,
                last_good=endpoint.last_good,
                last_trouble=endpoint.last_trouble,
            )
            for index, endpoint in enumerate(self._endpoints)
        )


class RetryBudget:
    """Second tries inside one call: a fifth of the calls, and at least one each ten seconds."""

    SHARE = 0.2
    MOST = 10.0
    AT_LEAST_EACH_S = 10.0

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._saved = 0.0
        self._last: float | None = None

    def called(self) -> None:
        """A first try went: it earns a share of a retry."""
        self._saved = min(self._saved + self.SHARE, self.MOST)

    def allows(self) -> bool:
        """Whether one more try could go now."""
        waited_s = None if self._last is None else self._clock.monotonic() - self._last
        return self._saved >= 1.0 or waited_s is None or waited_s >= self.AT_LEAST_EACH_S

    def take(self) -> bool:
        """Whether one more try may go now, which it does."""
        if not self.allows():
            return False
        if self._saved >= 1.0:
            self._saved -= 1.0
        self._last = self._clock.monotonic()
        return True


def by_service(
    configured: Mapping[Service, Sequence[EndpointPlace]], clock: Clock
) -> dict[Service, EndpointPool]:
    """One pool for each service."""
    return {service: EndpointPool(configured.get(service, ()), clock) for service in Service}
