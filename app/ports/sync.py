"""What people and screens may ask of the running sync engine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.domain.ids import Millis
from app.domain.views import ServiceStatus
from app.ports.central import EndpointState


class SyncControl(Protocol):
    """Thread-safe; none of these waits for the network."""

    def start(self) -> None:
        """Begin to talk to central; once, whatever else is asked again."""
        ...

    def statuses(self, now: Millis) -> tuple[ServiceStatus, ...]:
        """One line per service, in the order of `Service`."""
        ...

    def endpoints(self, service: str) -> tuple[EndpointState, ...]: ...

    def subscribe(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call (on the engine's thread) whenever a status moved; returns the undo."""
        ...

    def nudge(self) -> None:
        """Something was saved: try to send at once."""
        ...

    def probe_all(self) -> None:
        """Ask every service now, ending stored waiting times where it answers."""
        ...


class KeyRegistration(Protocol):
    """Tells central which keys people sign with at this desk."""

    async def register_keys(self) -> None:
        """Register what central does not know yet. Raises CentralUnavailable, SignInNeeded."""
        ...
