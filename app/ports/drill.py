"""What a drill's desk may do: simulate outages, and give a call to the real desk beside it."""

from __future__ import annotations

from typing import Protocol

from app.domain.call import Call
from app.domain.central_services import Service


class DrillControls(Protocol):
    """Each takes a moment, so call off the GUI thread."""

    @property
    def away(self) -> frozenset[Service]:
        """The services whose outage is simulated."""
        ...

    def simulate(self, away: frozenset[Service]) -> None:
        """Let exactly these services be away. Raises EnvironmentFault."""
        ...

    def completed(self, seconds: float) -> None:
        """Note beside the real profile that a drill was completed; the real desk reports it."""
        ...

    def to_real(self, call: Call) -> None:
        """Open the call in the real desk, started where it does not run. Raises OffhookError."""
        ...
